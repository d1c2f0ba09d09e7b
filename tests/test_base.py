"""A graph with a base of its own: the packaged document, read as if it stood below another address.

All must be as in the packaged graph but for the IRIs of documents, claims and names; the ontology, its schemes and the
names of the layers keep theirs.
"""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus

import pytest
from packaged import PACKAGED, WITHOUT_ANSWER
from pyoxigraph import Literal, NamedNode, RdfFormat, parse
from serving import running
from starlette.applications import Starlette
from starlette.testclient import TestClient

from fot_graph import load, open_store
from fot_graph.cli.main import main
from fot_graph.core import media_types
from fot_graph.core.errors import InventedError, UsageError
from fot_graph.core.namespaces import URI_SPACE, Namespaces, expand
from fot_graph.core.resources import folder
from fot_graph.formats import citation, export
from fot_graph.questions import catalogue
from fot_graph.questions.coverage import coverage
from fot_graph.validation.validating import validate
from fot_graph.web.http.cache import ResponseCache
from fot_graph.web.pages import routes as pages

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fot_graph.api import Graph

BASE = "https://data.oireachtas.example/graph/"
OWN = Namespaces(BASE)
DOCUMENT = "vp-sv-2019-2020-358"
CLAIM = f"{DOCUMENT}/little-steering"
FOREIGN = re.compile(r"https://w3id\.org/fot-graph/(?:id|doc|claim)/")


@pytest.fixture(scope="module")
def graph() -> Graph:
    return load(base=BASE)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("base") / "store"
    assert main(["load", "--store", str(place), "--base", BASE]) == 0
    return place


def told(quads: object) -> list[str]:
    return [quad.object.value for quad in quads if quad.predicate.value == URI_SPACE]  # type: ignore[attr-defined]


# --- Loading ---------------------------------------------------------------------------------------------------------


def test_every_name_claim_and_passage_moves_and_nothing_else(graph: Graph) -> None:
    moved = {OWN.moved(str(quad)) for quad in load().quads}
    assert {str(quad) for quad in graph.quads if quad.predicate.value != URI_SPACE} == moved
    assert told(graph.quads) == [BASE]
    assert not FOREIGN.search("".join(map(str, graph.quads)))


def test_the_packaged_graph_says_nothing_of_its_base() -> None:
    assert told(load().quads) == []
    assert load().namespaces.base == PACKAGED.base
    assert load(base=PACKAGED.base).quads == load().quads


def test_a_file_that_names_something_below_the_base_is_read_as_it_is(tmp_path: Path) -> None:
    names = tmp_path / "names.ttl"
    same = "<https://w3id.org/fot-graph/id/serv>"
    names.write_text(f"<{BASE}id/nesc> <http://www.w3.org/2004/02/skos/core#exactMatch> {same} .")
    found = load([folder("data") / "documents" / DOCUMENT, names], base=BASE)
    assert [str(term) for term in found.entity("id:nesc").values("skos:exactMatch")] == [same]


@pytest.mark.parametrize("base", ["", "a.example/", "https://a.example", "https://a.example/x y/", "urn:x:"])
def test_what_is_no_base_is_said_so(base: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is no base for IRIs"):
        load(base=base)
    assert main(["load", "--store", str(tmp_path / "store"), "--base", base]) == 2
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("format_", ["trig", "nq"])
def test_an_exported_graph_tells_its_base(graph: Graph, tmp_path: Path, format_: str) -> None:
    file = tmp_path / f"graph.{format_}"
    file.write_text(export.export(graph, format_))
    read = load(file)
    assert read.namespaces.base == BASE
    assert set(read.quads) == set(graph.quads)
    assert read.sources == graph.sources
    with pytest.raises(UsageError, match=r"two bases: https://b\.example/ and https://data\.oireachtas"):
        load(file, base="https://b.example/")


def test_what_only_the_text_may_say_is_refused_below_another_base_too(tmp_path: Path) -> None:
    document = tmp_path / DOCUMENT
    shutil.copytree(folder("data") / "documents" / DOCUMENT, document)
    with (document / "claims.trig").open("a") as file:
        file.write(f'\n<{OWN.document(DOCUMENT)}#char=0,4> prov:value "Neen."@nl .\n')
    with pytest.raises(InventedError, match="doc:vp-sv-2019-2020-358#char=0,4"):
        load(document, base=BASE)


# --- Asking ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", catalogue.questions())
def test_each_question_has_the_same_answer(graph: Graph, name: str) -> None:
    def rows(asked: Graph, written: Callable[[str], str]) -> list[list[str]]:
        return sorted([written(str(term)) for term in row] for row in asked.ask(name).rows)

    expected = rows(load(), OWN.moved)
    assert rows(graph, str) == expected
    assert expected or name in WITHOUT_ANSWER


@pytest.mark.parametrize("opened", [False, True])
def test_the_prefixes_are_those_of_the_graph(graph: Graph, store: Path, opened: bool) -> None:  # noqa: FBT001
    asked = open_store(store) if opened else graph
    answer = asked.query(
        "SELECT ?c ?theme { GRAPH ?c { doc:vp-sv-2019-2020-358\\/finding-little-steering fot:informs ?theme } }"
    )
    claim = str(answer.rows[0][0]).strip("<>")
    assert claim.startswith(f"{BASE}claim/{DOCUMENT}/")
    assert asked.query(f"ASK {{ doc:{DOCUMENT} dcterms:title ?title }}").truth
    assert [each.iri for each in answer.rows[0].evidence] == [claim]
    assert answer.rows[0].evidence[0].passages[0].document == OWN.document(DOCUMENT)
    assert asked.query("PREFIX id: <urn:other:> ASK { id:serv ?p ?o }").truth is False


def test_things_go_by_their_curie(graph: Graph) -> None:
    assert graph.find("SERV") == graph.find("id:serv") == graph.find("serv") == NamedNode(f"{BASE}id/serv")
    assert repr(graph.entity("SERV")) == "<Entity id:serv: SERV>"
    assert "id:serv" in graph.to_networkx(focus="SERV")
    assert str(dict(graph.dataset.namespaces())["id"]) == f"{BASE}id/"


def test_parts_of_the_graph_keep_its_base(graph: Graph) -> None:
    stated = graph.only(statuses=["stated"])
    assert stated.namespaces.base == graph.here().namespaces.base == BASE
    assert graph.only(claims=[OWN.claim(CLAIM)]).namespaces.base == BASE
    assert graph.only(["naming"]).namespaces.base == BASE


def test_coverage_is_the_same(graph: Graph) -> None:
    expected = [line._replace(claims=tuple(map(OWN.moved, line.claims))) for line in coverage(load())]
    assert coverage(graph) == expected


@pytest.mark.parametrize("format_", media_types.formats_holding(media_types.CITATION))
def test_a_claim_is_cited_by_its_iri(graph: Graph, format_: str) -> None:
    cited = citation.cite(graph, f"claim:{CLAIM}", format_)
    assert cited == OWN.moved(citation.cite(load(), "little-steering", format_))
    assert OWN.claim(CLAIM) in cited


# --- Files -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", media_types.formats_holding(media_types.DATASET))
def test_no_export_names_the_packaged_base(graph: Graph, format_: str) -> None:
    text = export.export(graph, format_)
    assert not FOREIGN.search(text)
    assert "id:serv" in text or f"{BASE}id/serv" in text


def test_trig_and_json_ld_read_back_to_the_same_iris(graph: Graph) -> None:
    for format_, reader in (("trig", RdfFormat.TRIG), ("jsonld", RdfFormat.JSON_LD)):
        assert set(parse(export.export(graph, format_), reader)) == set(graph.quads)


# --- Validating ------------------------------------------------------------------------------------------------------


def test_the_graph_conforms(graph: Graph) -> None:
    report = validate(graph)
    assert report.conforms, report.text()


def test_the_same_mistakes_are_found(tmp_path: Path) -> None:
    """A name, a claim and a voice that do not fit are told of in both graphs, by the same rules and CURIEs."""
    document = tmp_path / DOCUMENT
    shutil.copytree(folder("data") / "documents" / DOCUMENT, document)
    with (document / "claims.trig").open("a") as file:
        file.write(
            "\n<https://w3id.org/fot-graph/claim/elsewhere/wrong> a fot:Claim ; fot:status status:stated ;"
            ' fot:voice id:editors ; prov:wasQuotedFrom "Ja. Mijn administratie voert een evaluatie uit" .\n'
            "<https://w3id.org/fot-graph/claim/elsewhere/wrong> { id:serv foaf:member id:Nobody_Known . }\n"
        )
    names = tmp_path / "names.ttl"
    names.write_text(
        '<https://w3id.org/fot-graph/id/Wrong_Name> <http://www.w3.org/2004/02/skos/core#prefLabel> "x"@nl .'
    )
    background = sorted((folder("data") / "background").glob("*.trig"))
    here, there = (
        validate(load([document, *background, names], strict=False, base=base), house=False).findings()
        for base in (BASE, None)
    )
    assert [(one.rule, one.claim, OWN.moved(one.focus)) for one in there] == [
        (one.rule, one.claim, one.focus) for one in here
    ]
    assert {"entity", "claim-place", "voice-of-editors"} <= {one.rule for one in here}
    assert not FOREIGN.search(json.dumps([one._asdict() for one in here]))


# --- Command line and server -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        *(["show", "SERV"], ["show", "id:serv", "--iris"], ["path", "SERV", "id:focus-op-talent"], ["board"]),
        *(["ask", "findings-informing-themes", "--with-quotes"], ["query", "-e", "DESCRIBE id:serv"]),
        *(["cite", "predecessors"], ["query", "-e", "SELECT ?x { ?x a fot:Claim }", "--iris"]),
    ],
)
def test_commands_say_the_same_of_a_store_with_a_base(
    store: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    assert main([*words, "--lang", "nl", "--store", str(store)]) == 0
    said = capsys.readouterr().out
    assert main([*words, "--lang", "nl"]) == 0
    packaged = capsys.readouterr().out
    assert not FOREIGN.search(said)
    expected = OWN.moved(packaged).replace(f"@base <{PACKAGED.base}>", f"@base <{BASE}>")
    assert sorted(said.split()) == sorted(expected.split())  # what goes by IRIs has another order


def test_pictures_are_drawn(store: Path, tmp_path: Path) -> None:
    for number, words in enumerate((["--theme-map"], ["--focus", "SERV"], ["--question", "predecessors"])):
        picture = tmp_path / f"{number}.svg"
        assert main(["draw", *words, "--store", str(store), "-o", str(picture)]) == 0
        assert not FOREIGN.search(picture.read_text())


def test_validate_takes_a_base(capsys: pytest.CaptureFixture[str]) -> None:
    document = folder("data") / "documents" / DOCUMENT
    assert main(["validate", str(document), "--base", BASE, "--lang", "en", "-f", "turtle"]) == 0
    assert f"@base <{BASE}>" in capsys.readouterr().out


class Here:
    """A pool that runs a view where it is."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    async def run(self, function: Callable[..., object], /, **kwargs: object) -> object:
        return function(self.graph, **kwargs)


PAGES = [
    *("/", "/board", "/themes", "/figures", "/timeline", "/ontology", "/ask?question=predecessors"),
    *("/graph?focus=id:serv", "/search?words=serv", "/page/id/serv", "/page/theme/diversity", f"/page/claim/{CLAIM}"),
    f"/page/doc/{DOCUMENT}",
]


def test_pages_are_the_same(graph: Graph) -> None:
    def client(shown: Graph) -> TestClient:
        app = Starlette(routes=pages.routes)
        app.state.pool, app.state.cache = Here(shown), ResponseCache(0)
        return TestClient(app)

    own, packaged = client(graph), client(load())
    for path in PAGES:
        got = own.get(f"/nl{path}")
        assert got.status_code == packaged.get(f"/nl{path}").status_code == 200, path
        assert not FOREIGN.search(got.text), path
        pages_ = got.text, packaged.get(f"/nl{path}").text
        links, expected = (set(map(unquote_plus, re.findall('href="([^"]*)"', page))) for page in pages_)
        assert links == set(map(OWN.moved, expected)), path


def test_things_are_served_at_the_paths_below_the_base(store: Path) -> None:
    with running("--store", str(store), "--workers", "1", "--quiet") as server:
        for path in ("id/serv", f"claim/{CLAIM}", f"doc/{DOCUMENT}"):
            assert server.get(f"/{path}", "text/turtle").headers["Location"] == f"/{path}.ttl"
            found = {quad.subject for quad in parse(server.get(f"/{path}.nt").body, RdfFormat.N_TRIPLES)}
            assert NamedNode(BASE + path) in found
        status = {quad.subject for quad in parse(server.get("/status/stated.nt").body, RdfFormat.N_TRIPLES)}
        assert NamedNode(expand("status:stated")) in status
        assert server.get("/id/sserv").status == 404
        assert server.ask("ASK { id:serv skos:prefLabel ?label }").truth()
        description = set(parse(server.get("/.well-known/void", "application/n-triples").body, RdfFormat.N_TRIPLES))
        assert Literal(BASE) in {quad.object for quad in description if quad.predicate.value == URI_SPACE}
        for page in (f"/nl/page/claim/{CLAIM}", "/en/page/id/serv"):
            assert not FOREIGN.search(server.get(page, "text/html").text)
