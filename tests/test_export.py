"""Exports read back to the same graph, stand in a fixed order, and reach the disk whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from fot_graph import export
from fot_graph.errors import OutputFileError, UnknownNameError
from fot_graph.graph import Graph, load
from fot_graph.namespaces import BASE, PREFIXES


@pytest.fixture(scope="module")
def graph() -> Graph:
    return load()


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def read(text: str, format_: RdfFormat) -> set[Quad]:
    return set(parse(text, format_))


# --- Round trips -----------------------------------------------------------------------------------------------------


def test_trig_reads_back_to_the_same_dataset(graph: Graph) -> None:
    assert read(export.export(graph, "trig"), RdfFormat.TRIG) == set(graph.quads)


def test_turtle_reads_back_to_the_flattened_graph(graph: Graph) -> None:
    text = export.export(graph, "ttl")
    assert {quad.triple for quad in read(text, RdfFormat.TURTLE)} == set(graph.flat())


def test_rdflib_reads_both_forms(graph: Graph) -> None:
    import rdflib

    assert len(rdflib.Graph().parse(data=export.export(graph, "ttl"), format="turtle")) == len(set(graph.flat()))
    dataset = rdflib.Dataset().parse(data=export.export(graph, "trig"), format="trig")
    assert sum(1 for _ in dataset.quads()) == len(set(graph.quads))


IRIS = st.sampled_from(
    [
        *(PREFIXES["id"] + local for local in ("vdab", "a/b", "a.", ".a", "", "x,y", "é", "-a", "9", "a:b")),
        *(BASE + rest for rest in ("", "a/../b", "x:y/z", "doc/d#char=1,2", "/x", "?q", "#f", "a/.", "a?b=/c")),
        *("urn:x", "http://example.org?a=b", "mailto:a@b.c"),
    ]
).map(NamedNode)
KINDS = ["string", "integer", "decimal", "boolean", "date", "double"]
TYPED = st.builds(
    lambda text, kind: Literal(text, datatype=NamedNode(PREFIXES["xsd"] + kind)),
    st.one_of(st.text(), st.sampled_from(["01", "+1", "1.50", ".5", "1.", "true", "1", "TRUE", "1e3", "--09-30"])),
    st.sampled_from(KINDS),
)
TAGGED = st.builds(lambda text, tag: Literal(text, language=tag), st.text(), st.sampled_from(["nl", "en", "nl-be"]))
GRAPHS = st.one_of(st.just(DefaultGraph()), IRIS)
QUADS = st.lists(st.builds(Quad, IRIS, IRIS, st.one_of(IRIS, TYPED, TAGGED), GRAPHS))


@given(QUADS)
def test_any_dataset_reads_back(quads: list[Quad]) -> None:
    text = export.trig(quads)
    assert read(text, RdfFormat.TRIG) == set(quads)
    assert export.trig(reversed(quads)) == text


@given(QUADS)
def test_any_graph_reads_back(quads: list[Quad]) -> None:
    triples = {quad.triple for quad in quads}
    for format_, reader in (("ttl", RdfFormat.TURTLE), ("nt", RdfFormat.N_TRIPLES)):
        assert {quad.triple for quad in read(export.triples_text(triples, format_), reader)} == triples


def test_blank_nodes_keep_their_shape_and_get_stable_names() -> None:
    def triples() -> list[Triple]:
        one, two = BlankNode(), BlankNode()
        return [Triple(one, PREFIX_A, two), Triple(two, PREFIX_A, Literal("x"))]

    text = export.triples_text(triples(), "ttl")
    assert text == export.triples_text(triples(), "ttl")
    assert len({quad.subject for quad in read(text, RdfFormat.TURTLE)}) == 2


PREFIX_A = NamedNode("http://example.org/a")


# --- What it looks like ----------------------------------------------------------------------------------------------


def test_the_text_is_fit_to_read() -> None:
    data = """
    @prefix id: <https://w3id.org/fot-graph/id/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    @prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix graph: <https://w3id.org/fot-graph/graph/> .
    @prefix c: <https://w3id.org/fot-graph/claim/d/> . @prefix dcterms: <http://purl.org/dc/terms/> .
    graph:naming { id:vdab dcterms:extent 1.50 ; skos:prefLabel "b"@nl , "a"@en ; a foaf:Group . }
    c:ten { id:vdab dcterms:isPartOf <https://w3id.org/fot-graph/doc/d#char=1,2> . }
    """
    assert export.trig(parse(data, RdfFormat.TRIG)) == (
        "@base <https://w3id.org/fot-graph/> .\n"
        "@prefix id: <https://w3id.org/fot-graph/id/> .\n"
        "@prefix graph: <https://w3id.org/fot-graph/graph/> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "@prefix dcterms: <http://purl.org/dc/terms/> .\n"
        "@prefix foaf: <http://xmlns.com/foaf/0.1/> .\n"
        "\n"
        "graph:naming {\n"
        "    id:vdab a foaf:Group ;\n"
        '        skos:prefLabel "a"@en , "b"@nl ;\n'
        "        dcterms:extent 1.50 .\n"
        "}\n"
        "\n"
        "<claim/d/ten> {\n"
        "    id:vdab dcterms:isPartOf <doc/d#char=1,2> .\n"
        "}\n"
    )


def test_an_unknown_format_says_which_exist(graph: Graph) -> None:
    with pytest.raises(UnknownNameError, match="did you mean trig"):
        export.export(graph, "trigg")


# --- Writing ---------------------------------------------------------------------------------------------------------


def test_write_replaces_a_file_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    place = tmp_path / "graph.ttl"
    place.write_text("old")
    place.chmod(0o640)
    export.write(place, "één\n")
    assert place.read_bytes() == "één\n".encode()
    assert (place.stat().st_mode & 0o777, names(tmp_path)) == (0o640, ["graph.ttl"])


def test_write_follows_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "real")
    export.write(tmp_path / "link", "x")
    assert ((tmp_path / "link").is_symlink(), (tmp_path / "real").read_text()) == (True, "x")


def test_write_to_a_device_keeps_the_device() -> None:
    export.write("/dev/null", "x")
    assert not Path("/dev/null").is_file()


@pytest.mark.parametrize("name", ["no/such/folder.ttl", ".", "x" * 300, "file/below"])
def test_what_cannot_be_written_leaves_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("kept")
    with pytest.raises(OutputFileError, match=r"^cannot write .*: \S"):
        export.write(tmp_path / name, "x")
    assert (names(tmp_path), (tmp_path / "file").read_text()) == (["file"], "kept")


def test_a_failed_write_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "file").write_text("kept")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputFileError, match="no space left on device"):
        export.write(tmp_path / "file", "x")
    assert (names(tmp_path), (tmp_path / "file").read_text()) == (["file"], "kept")
