"""Only a source text says what its passages read: whatever else a file says of them is refused, at every door."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from packaged import PREFIXES, expand
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, serialize
from sampling import in_turn

from fot_graph import load, open_store
from fot_graph.cli.main import main
from fot_graph.core import errors
from fot_graph.core.quote_errors import QuoteError
from fot_graph.formats.export import export
from fot_graph.questions.coverage import coverage
from fot_graph.stores import loading

if TYPE_CHECKING:
    from fot_graph.api import Graph

TINY = Path(__file__).parents[1] / "fixtures" / "vp-test-1"
DOC = PREFIXES["doc"] + "vp-test-1"
FAKE = PREFIXES["doc"] + "fake"
HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
CLAIM = "claim:x a fot:Claim ; fot:status status:stated ; fot:voice doc:vp-sv-2019-2020-358\\/minister"
FACT = "claim:x { doc:vp-sv-2019-2020-358\\/minister fot:promises id:money . }\n"


def quoting(passage: str, predicate: str = "prov:wasQuotedFrom") -> str:
    return f"{CLAIM} ; {predicate} {passage} .\n{FACT}"


INVENTED = {
    "a document": quoting(f"<{FAKE}#char=0,99999>") + f'<{FAKE}#char=0,99999> prov:value "Ik beloof geld."@nl .',
    "a document, without a value": quoting(f"<{FAKE}#char=0,9>"),
    "a document with its text": f'<{FAKE}> a foaf:Document ; prov:value "Ik beloof geld." .',
    "another document": quoting("<https://example.org/a#char=0,9>"),
    "another value": quoting(f"<{DOC}#char=0,4>") + f'<{DOC}#char=0,4> prov:value "Ik beloof geld."@nl .',
    "a second value": f'<{DOC}#char=30,84> prov:value "Ik beloof geld."@nl .',
    "a range beyond the text": quoting(f"<{DOC}#char=0,99999>"),
    "a range of nothing": quoting(f"<{DOC}#char=4,4>"),
    "a range that ends before it starts": quoting(f"<{DOC}#char=9,4>"),
    "zeros before a number": quoting(f"<{DOC}#char=00,4>"),
    "a sign encoded": quoting(f"<{DOC}%23char=0,4>"),
    "a letter encoded": quoting(f"<{DOC}#ch%61r=0,4>"),
    "encoded twice": quoting(f"<{DOC}%2523char=0,4>"),
    "capitals": quoting(f"<{DOC}#CHAR=0,4>"),
    "steps in the path": quoting(f"<{PREFIXES['doc']}../doc/vp-test-1#char=0,4>"),
    "more in the fragment": quoting(f"<{DOC}#char=0,4;length=9>"),
    "a disguised passage that is only named": f"claim:x {{ id:a dcterms:source <{DOC}#CHAR=0,4> }}",
    "another scheme": quoting(f"<{DOC.replace('https', 'http')}#char=0,4>"),
    "a part, not a passage": quoting(f"<{DOC}#answer-1>"),
    "a blank node": quoting('[ prov:value "Ik beloof geld."@nl ]'),
    "a blank node without a value": quoting("[]"),
    "an entity": quoting("id:money") + 'id:money prov:value "Ik beloof geld."@nl .',
    "on one side": quoting(f"<{FAKE}#char=0,9>", "fot:subjectPassage"),
    "on the other side": quoting(f"<{DOC}#char=0,99999>", "fot:objectPassage"),
    "a wording": f'{CLAIM} ; fot:quote "Ik beloof geld."@nl .\n{FACT}',
    "a wording beside a passage": quoting(f"<{DOC}#char=0,4>") + 'claim:x fot:quote "Ik beloof geld."@nl .',
    "a wording of one side": f'{CLAIM} ; fot:subjectQuote "Ik beloof geld."@nl .\n{FACT}',
    "a wording of the other side": f'{CLAIM} ; fot:objectQuote "Ik beloof geld."@nl .\n{FACT}',
    "a wording in a claim": 'claim:y { claim:x fot:quote "Ik beloof geld."@nl }',
    "a wording in the naming layer": 'graph:naming { claim:x fot:quote "Ik beloof geld."@nl }',
    "a quote in a claim": f"claim:y {{ claim:x prov:wasQuotedFrom <{DOC}#char=0,4> }}",
    "a term that the claim does not mention": "claim:x fot:mentions id:money .",
    "a value in a claim": f'claim:y {{ <{DOC}#char=0,4> prov:value "WERK"@nl }}',
    "a place in a claim": f"claim:y {{ <{DOC}#char=0,4> fot:standsIn <{DOC}#char=6,28> }}",
    "a range in a claim": f"claim:y {{ <{DOC}/position/0-4> oa:start 7 }}",
    "anything about a passage": f"<{DOC}#char=0,4> dcterms:creator doc:vp-sv-2019-2020-358\\/minister .",
    "a name of a passage": f'<{DOC}#char=0,4> rdfs:label "Ik beloof geld."@nl .',
    "a name of a part": f'<{DOC}#answer-1> skos:prefLabel "Ik beloof geld."@nl .',
    "a title of the document": f'<{DOC}> dcterms:title "Ik beloof geld."@nl .',
    "a part": f"<{DOC}#answer-9> a fot:AnswerItem .",
    "a part by its words": f'<{DOC}#answer-9> prov:value "Ik beloof geld."@nl .',
    "a sentence": f"<{DOC}#promise> a doco:Sentence ; dcterms:isPartOf <{DOC}#answer> .",
    "which item answers which": f"<{DOC}#answer-1> eli-dl:answers_to <{DOC}#question-2a> .",
    "the document layer": f'graph:document {{ <{DOC}#char=0,4> prov:value "Ik beloof geld."@nl }}',
    "an entity in the document layer": 'graph:document { id:money rdfs:label "geld"@nl }',
    "a passage in the document layer": f"graph:document {{ <{DOC}#char=0,99999> a fot:Passage }}",
    "another text": f'graph:document {{ <{DOC}> prov:value "Ik beloof geld." }}',
    "another text in Dutch": f'graph:document {{ <{DOC}> prov:value "Ik beloof geld."@nl }}',
    "a layer that there is not": "graph:promises { doc:vp-sv-2019-2020-358\\/minister fot:promises id:money }",
    "a layer that looks like one": f"<{PREFIXES['graph']}../graph/document> {{ id:a fot:promises id:money }}",
    "a claim that is a passage": f"<{DOC}#char=0,4> {{ doc:vp-sv-2019-2020-358\\/minister fot:promises id:money }}",
    "a claim that is a part": f"<{DOC}#answer> {{ doc:vp-sv-2019-2020-358\\/minister fot:promises id:money }}",
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TINY, tmp_path / "vp-test-1"))


@pytest.mark.parametrize("what", INVENTED)
def test_the_claims_of_a_document_cannot_invent(copy: Path, what: str) -> None:
    with (copy / "claims.trig").open("a", encoding="utf-8") as file:
        file.write(HEAD + INVENTED[what])
    for strict in (True, False):
        with pytest.raises(errors.InventedError, match=r"claims\.trig: "):
            load(copy, strict=strict)


@pytest.mark.parametrize("what", INVENTED)
def test_other_claims_cannot_invent(tmp_path: Path, what: str) -> None:
    file = tmp_path / "more.trig"
    file.write_text(HEAD + INVENTED[what], encoding="utf-8")
    for paths in ([TINY, file], [file, TINY]):
        with pytest.raises(errors.InventedError, match=r"more\.trig: "):
            load(paths)


FORMATS = {".nq": RdfFormat.N_QUADS, ".trig": RdfFormat.TRIG}


@pytest.fixture(scope="module")
def exported() -> list[Quad]:
    return list(load(TINY).quads)


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_exported_graph_is_read(exported: list[Quad], tmp_path: Path, suffix: str) -> None:
    serialize(exported, str(tmp_path / f"all{suffix}"), FORMATS[suffix])
    assert set(load(tmp_path / f"all{suffix}").quads) == set(exported)


@pytest.mark.parametrize(("what", "suffix"), in_turn(INVENTED, list(FORMATS)))
def test_an_exported_graph_cannot_invent(exported: list[Quad], tmp_path: Path, what: str, suffix: str) -> None:
    file = tmp_path / f"all{suffix}"
    store = Store()
    store.extend(exported)
    read = Store()
    read.load(HEAD + INVENTED[what], RdfFormat.TRIG)
    layer = NamedNode(expand("graph:provenance"))
    for quad in read:
        graph = quad.graph_name if isinstance(quad.graph_name, NamedNode) else layer
        store.add(Quad(quad.subject, quad.predicate, quad.object, graph))
    serialize(store, str(file), FORMATS[suffix])
    with pytest.raises(errors.InventedError, match=rf"all\{suffix}: "):
        load(file)


@pytest.mark.parametrize("what", [what for what in INVENTED if "{" not in INVENTED[what]])
def test_names_cannot_invent(tmp_path: Path, what: str) -> None:
    file = tmp_path / "names.ttl"
    file.write_text(HEAD + INVENTED[what], encoding="utf-8")
    with pytest.raises(errors.InventedError, match=r"names\.ttl: "):
        load([TINY, file])


def test_every_command_that_reads_files_refuses(copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (copy / "claims.trig").open("a", encoding="utf-8") as file:
        file.write(HEAD + INVENTED["another value"])
    for words in (["load", "--store", str(tmp_path / "store"), str(copy)], ["validate", str(copy)]):
        assert main(words) == 3
        said = capsys.readouterr()
        assert said.out == ""
        assert said.err.startswith(f"fot-graph: {copy / 'claims.trig'}: doc:vp-test-1#char=0,4 prov:value ")
        assert said.err.count("\n") == 1
    assert not (tmp_path / "store").exists()


def test_a_quote_needs_a_text_to_stand_in(tmp_path: Path) -> None:
    (tmp_path / "more.trig").write_text(HEAD + quoting('"WERK"'), encoding="utf-8")
    with pytest.raises(QuoteError, match=r"claim:x: quote has no source text: “WERK”"):
        load([TINY, tmp_path / "more.trig"])
    assert load([TINY, tmp_path / "more.trig"], strict=False)  # validation tells of it


# --- What may be said ----------------------------------------------------------------------------------------------


def values(graph: Graph, query: str) -> list[str]:
    return sorted(str(getattr(row[0], "value", "")) for row in graph.query(query))


@pytest.mark.parametrize("order", [1, -1])
def test_another_file_may_quote_by_iri_and_the_text_gives_the_words(tmp_path: Path, order: int) -> None:
    (tmp_path / "more.trig").write_text(HEAD + quoting(f"<{DOC}#char=0,4>"), encoding="utf-8")
    graph = load([TINY, tmp_path / "more.trig"][::order])
    assert values(graph, f"SELECT ?text {{ <{DOC}#char=0,4> prov:value ?text }}") == ["WERK"]
    assert values(graph, "SELECT ?text { claim:x fot:quote ?text }") == ["WERK"]


@pytest.mark.parametrize("place", ["char=31,84", "char=30,82", "char=0,3"])
def test_a_passage_by_its_iri_divides_no_word_either(copy: Path, tmp_path: Path, place: str) -> None:
    (tmp_path / "more.trig").write_text(HEAD + quoting(f"<{DOC}#{place}>"), encoding="utf-8")
    with pytest.raises(QuoteError, match="claim:x"):
        load([TINY, tmp_path / "more.trig"])
    with (copy / "claims.trig").open("a", encoding="utf-8") as file:
        file.write(HEAD + quoting(f"<{DOC}#{place}>"))
    with pytest.raises(QuoteError, match="claim:x"):
        load(copy)


def test_a_document_may_be_spoken_of(tmp_path: Path) -> None:
    names = f'<{DOC}#finding-1> a fot:Finding ; skos:prefLabel "bevinding"@nl .'
    claims = f"claim:x {{ <{DOC}#question> dcterms:creator id:a . <{DOC}#answer-1> fot:adduces <{DOC}#finding-1> . }}"
    (tmp_path / "names.ttl").write_text(HEAD + names, encoding="utf-8")
    (tmp_path / "more.trig").write_text(HEAD + claims, encoding="utf-8")
    graph = load([TINY, tmp_path / "names.ttl", tmp_path / "more.trig"])
    assert graph.label(f"{DOC}#finding-1", "nl") == "bevinding"


@pytest.mark.parametrize("format_", ["trig", "nq"])
def test_an_exported_graph_is_read_back_whole(tmp_path: Path, format_: str) -> None:
    whole, file = load(), tmp_path / f"all.{format_}"
    file.write_text("".join(export(whole, format_)), encoding="utf-8")
    read = load(file)
    assert set(map(str, read.quads)) == set(map(str, whole.quads))
    assert read.sources == whole.sources
    assert [line.line for line in coverage(read)] == [line.line for line in coverage(whole)]


def test_what_a_store_exports_is_read_back(tmp_path: Path) -> None:
    loading.write(tmp_path / "store", [TINY])
    (tmp_path / "all.nq").write_text("".join(export(open_store(tmp_path / "store"), "nq")), encoding="utf-8")
    assert sorted(load(tmp_path / "all.nq").sources) == ["vp-test-1"]


def test_a_document_and_its_export_may_be_read_together(tmp_path: Path) -> None:
    file = tmp_path / "all.nq"
    file.write_text("".join(export(load(TINY), "nq")), encoding="utf-8")
    assert set(load([TINY, file]).quads) == set(load(TINY).quads)
    other = shutil.copytree(TINY, tmp_path / "vp-test-1")
    text = (other / "source.txt").read_text(encoding="utf-8")
    (other / "source.txt").write_text(text + "\nNog iets.\n", encoding="utf-8")
    with pytest.raises(errors.InventedError, match="two texts are given for this document"):
        load([other, file])


def test_claims_without_their_document_are_refused(tmp_path: Path) -> None:
    (tmp_path / "claims.nq").write_text("".join(export(load(TINY), "nq", layers=["claims"])), encoding="utf-8")
    with pytest.raises(errors.InventedError, match=r"not at hand \(give the folder of vp-test-1 too\)"):
        load(tmp_path / "claims.nq")
    assert load([TINY, tmp_path / "claims.nq"])


def test_a_text_in_a_file_that_is_no_question_is_a_document_too(tmp_path: Path) -> None:
    layer = NamedNode(expand("graph:document"))
    quad = Quad(NamedNode(FAKE), NamedNode(expand("prov:value")), Literal("Hallo."), layer)
    (tmp_path / "all.nq").write_text(f"{quad} .\n", encoding="utf-8")
    assert load(tmp_path / "all.nq").sources["fake"].layout == "plain"
