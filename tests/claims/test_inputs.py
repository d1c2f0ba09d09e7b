"""What paths stand for: workspaces with their own base and names, documents with and without claims, and bad ones."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import fot_graph
from fot_graph.core import workspace
from fot_graph.core.errors import InputFileError, RdfSyntaxError, SeveralErrors, UsageError
from fot_graph.core.quote_errors import QuoteNotFoundError
from fot_graph.core.resources import folder

TINY = Path(__file__).parents[1] / "fixtures" / "vp-test-1"
PACKAGED = folder("data") / "documents" / "vp-sv-2019-2020-358"
BASE = "https://data.example.org/mine/"
TOML = f'name = "Mine"\nbase = "{BASE}"\nlanguages = ["nl", "en"]\n'
NAMES = f'<{BASE}id/nesc> <http://www.w3.org/2004/02/skos/core#prefLabel> "NESC"@en .'


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """Give a workspace with one document, without claims, and one name."""
    place = tmp_path / "mine"
    document = place / "data" / "documents" / "first"
    document.mkdir(parents=True)
    shutil.copy(TINY / "source.txt", document)
    (place / "fot-graph.toml").write_text(TOML, encoding="utf-8")
    (place / "data" / "entities.ttl").write_text(NAMES, encoding="utf-8")
    return place


def test_a_workspace_has_its_own_base_and_no_packaged_name(mine: Path) -> None:
    graph = fot_graph.load(mine)
    assert graph.namespaces.base == BASE
    assert list(graph.sources) == ["first"]
    assert str(graph.find("NESC")) == f"<{BASE}id/nesc>"
    packaged = re.compile(r"https://w3id\.org/fot-graph/(id|doc|claim)/|vp-sv-2019|/id/(serv|structure)\b")
    assert [str(quad) for quad in graph.quads if packaged.search(str(quad))] == []


def test_a_document_without_claims_has_its_structure_and_can_be_asked(mine: Path) -> None:
    graph = fot_graph.load(mine)
    document = "https://data.example.org/mine/doc/first"
    assert graph.query(f"ASK {{ <{document}> dcterms:hasPart <{document}#question> }}").truth
    assert not graph.query("ASK { ?claim a fot:Claim }").truth
    assert graph.ask("parts-of-the-document").rows
    assert graph.ask("asked-versus-answered").rows == []


def test_the_packaged_workspace_is_read_as_any_other() -> None:
    assert fot_graph.load(workspace.packaged()).quads == fot_graph.load().quads


def test_a_document_is_read_with_the_names_and_the_base_of_its_workspace(mine: Path) -> None:
    graph = fot_graph.load(mine / "data" / "documents" / "first")
    assert graph.namespaces.base == BASE
    assert graph.find("NESC")
    assert fot_graph.load(mine / "data" / "documents").quads == fot_graph.load(mine).quads


def test_a_document_in_no_workspace_is_read_with_the_packaged_names(tmp_path: Path) -> None:
    copy = shutil.copytree(TINY, tmp_path / "vp-test-1")
    graph = fot_graph.load(copy)
    assert graph.namespaces.is_packaged
    assert graph.find("SERV")


def test_a_document_that_is_given_takes_the_place_of_that_of_the_workspace(mine: Path, tmp_path: Path) -> None:
    other = shutil.copytree(mine / "data" / "documents" / "first", tmp_path / "first")
    text = (other / "source.txt").read_text(encoding="utf-8").replace("Barometer", "Thermometer")
    (other / "source.txt").write_text(text, encoding="utf-8")
    assert fot_graph.load([mine, other]).sources["first"].title.startswith("Thermometer")
    with pytest.raises(UsageError, match="two documents are named first"):
        fot_graph.load([mine / "data" / "documents" / "first", other])


def test_workspaces_of_two_bases_are_not_one_graph(mine: Path, tmp_path: Path) -> None:
    other = shutil.copytree(mine, tmp_path / "other")
    (other / "fot-graph.toml").write_text(TOML.replace("mine/", "other/"), encoding="utf-8")
    with pytest.raises(UsageError, match="these are graphs with two bases"):
        fot_graph.load([mine, other])


def test_a_graph_without_documents_is_a_graph(mine: Path) -> None:
    shutil.rmtree(mine / "data" / "documents")
    assert dict(fot_graph.load(mine).sources) == {}


def test_its_own_questions_join_the_catalogue(mine: Path) -> None:
    (mine / "queries").mkdir()
    query = "#+ summary: Which?\n#+ summary_nl: Welke?\nSELECT ?document { ?document a foaf:Document }"
    (mine / "queries" / "mine.rq").write_text(query, encoding="utf-8")
    graph = fot_graph.load(mine)
    for asked in (graph, graph.only(statuses=["stated"]), graph.only(claims=[])):
        assert len(asked.ask("mine").rows) == 1
        assert asked.ask("parts-of-the-document").rows
    with pytest.raises(fot_graph.errors.UnknownNameError):
        fot_graph.load().ask("mine")


def test_the_languages_are_those_of_the_workspace(mine: Path) -> None:
    (mine / "fot-graph.toml").write_text(TOML.replace('"nl", "en"', '"fr"'), encoding="utf-8")
    query = f"SELECT ?tag {{ <{BASE}> dcterms:language ?tag }}"
    assert [str(row[0]) for row in fot_graph.load(mine).query(query).rows] == ['"fr"']


# --- What cannot be read ---------------------------------------------------------------------------------------------


def bad(mine: Path) -> None:
    """Add a document whose claims are no TriG, one with a quote that does not hold, and a file that is no document."""
    documents = mine / "data" / "documents"
    for name in ("second", "third"):
        shutil.copytree(documents / "first", documents / name)
    (documents / "second" / "claims.trig").write_text("<urn:a> <urn:b>", encoding="utf-8")
    quote = f'<{BASE}claim/third/a> <http://www.w3.org/ns/prov#wasQuotedFrom> "Dit staat er niet." .'
    (documents / "third" / "claims.trig").write_text(quote, encoding="utf-8")
    (documents / "question.pdf").touch()


def test_all_bad_documents_are_told_at_the_end(mine: Path) -> None:
    bad(mine)
    with pytest.raises(SeveralErrors, match="3 errors") as caught:
        fot_graph.load(mine)
    assert [type(each) for each in caught.value.errors] == [InputFileError, RdfSyntaxError, QuoteNotFoundError]
    for name in ("question.pdf", "second", "third/a"):
        assert name in str(caught.value)
    assert len(str(caught.value).splitlines()) == 4


def test_one_bad_document_is_its_own_error(mine: Path) -> None:
    bad(mine)
    (mine / "data" / "documents" / "question.pdf").unlink()
    shutil.rmtree(mine / "data" / "documents" / "third")
    with pytest.raises(RdfSyntaxError, match="second"):
        fot_graph.load(mine)


def test_a_document_without_a_text_is_told(mine: Path) -> None:
    (mine / "data" / "documents" / "empty").mkdir()
    with pytest.raises(InputFileError, match=r"empty/source\.txt"):
        fot_graph.load(mine)


def test_what_begins_with_a_dot_is_no_document(mine: Path) -> None:
    (mine / "data" / "documents" / ".gitkeep").touch()
    assert list(fot_graph.load(mine).sources) == ["first"]
