"""What the head of a text says, as stated claims of the document itself: in the graph, in answers, and only once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode

from fot_graph.api import Graph, load
from fot_graph.core.errors import InventedError
from fot_graph.formats import results
from fot_graph.formats.export import export
from fot_graph.questions import catalogue
from fot_graph.validation.validating import validate

if TYPE_CHECKING:
    from pathlib import Path

GHENT = """SCHRIFTELIJKE VRAAG
nr. 12
van AN DE SMET en TOM MAES
datum: 1 maart 2021
aan HILDE VOS
VLAAMS MINISTER VAN WERK

Kansen

Hoeveel fietspaden zijn er?

ANTWOORD
op vraag nr. 12 van 1 maart 2021
van AN DE SMET en TOM MAES

Er zijn 12 fietspaden. Ik zal ze tellen.
"""
DUBLIN = """Cycling Policy

46. Deputies Aoife Byrne, Tom Daly and Mary Murphy asked the Minister for Transport, the Minister for Health and the
Minister for Finance the number of cycle lanes; and if they will make a statement on the matter.
"""
PLAIN = "Er zijn fietspaden langs de kanalen. Ze zijn goed verlicht.\n"
NAMES = """@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://w3id.org/fot-graph/doc/ghent/minister> a foaf:Person ; skos:prefLabel "de minister"@nl , "the minister"@en .
"""
CLAIMS = """PREFIX c: <https://w3id.org/fot-graph/claim/ghent/>
PREFIX doc: <https://w3id.org/fot-graph/doc/>
PREFIX fot: <https://w3id.org/fot-graph/ontology#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX status: <https://w3id.org/fot-graph/status/>
c:counts a fot:Claim ; fot:status status:stated ; fot:voice <https://w3id.org/fot-graph/doc/ghent/minister> ;
    prov:wasQuotedFrom "Ik zal ze tellen." .
c:counts { <https://w3id.org/fot-graph/doc/ghent/minister> fot:intends <https://w3id.org/fot-graph/doc/ghent/count> . }
"""


def folder_of(place: Path, name: str, text: str, claims: str = "", names: str = "") -> Path:
    folder = place / name
    folder.mkdir()
    (folder / "source.txt").write_text(text, encoding="utf-8")
    for file, written in (("claims.trig", claims), ("names.ttl", names)):
        if written:
            (folder / file).write_text(written, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    place = tmp_path_factory.mktemp("heads")
    texts = {"dublin": DUBLIN, "plain": PLAIN}
    folders = [folder_of(place, name, text) for name, text in texts.items()]
    return load([folder_of(place, "ghent", GHENT, CLAIMS, NAMES), *folders])


def answer(graph: Graph, name: str) -> list[str]:
    question = catalogue.question(name)
    return results.render(graph.query(catalogue.bind(question, graph, {})), "csv", "en").splitlines()[1:]


def said(graph: Graph, where: str) -> list[str]:
    rows = graph.query(f"SELECT ?value {{ {where} }}").rows
    labels = graph.labels("en")
    return sorted(labels.get(row[0].value, row[0].value) for row in rows if isinstance(row[0], Literal | NamedNode))


def test_a_question_tells_what_heads_say_with_the_words(graph: Graph) -> None:
    told = [
        line.split(",", 1)[1] for line in answer(graph, "what-the-head-says") if line.startswith("written question 12")
    ]
    assert told == [
        "written question 12,title,Kansen,Kansen",
        "the question,number,12,12",
        "the question,date,2021-03-01,1 maart 2021",
        "the question,drawn up by,AN DE SMET,AN DE SMET",
        "the question,drawn up by,TOM MAES,TOM MAES",
        "the question,addressed to,HILDE VOS,HILDE VOS VLAAMS MINISTER VAN WERK",
    ]


def test_several_authors_and_ministers_of_a_question_without_an_answer(graph: Graph) -> None:
    about = "<https://w3id.org/fot-graph/doc/dublin#question>"
    assert said(graph, f"{about} dcterms:creator ?value") == ["Aoife Byrne", "Mary Murphy", "Tom Daly"]
    ministers = ["the Minister for Finance", "the Minister for Health", "the Minister for Transport"]
    assert said(graph, f"{about} schema:toRecipient ?value") == ministers
    assert (
        said(graph, f"{about} schema:toRecipient ?x . ?x a ?value")
        == [graph.label("http://xmlns.com/foaf/0.1/Agent", "en")] * 3
    )


def test_a_text_whose_head_says_nothing_has_no_such_claims(graph: Graph) -> None:
    assert not said(graph, "?c a fot:FoundClaim ; fot:status status:stated ; fot:voice doc:plain BIND(?c AS ?value)")


def test_who_speaks_in_the_answer_is_whom_the_head_names(graph: Graph) -> None:
    row = graph.query("SELECT ?who { doc:ghent\\/minister fot:resolvesTo ?who }").rows[0]
    assert isinstance(row[0], NamedNode)
    assert graph.label(row[0].value, "nl") == "HILDE VOS"
    (claim,) = row.evidence
    assert (claim.status.rpartition("/")[2], claim.voice) == ("stated", graph.namespaces.document("ghent"))
    assert [passage.quote for passage in claim.passages] == ["HILDE VOS VLAAMS MINISTER VAN WERK"]


def test_what_a_claim_says_is_not_said_again_and_a_name_of_the_workspace_is_used() -> None:
    packaged = load()
    assert said(packaged, "?q a sro:InitiatiefrechtVraag ; dcterms:creator ?value") == ["Tom Ongena"]
    stated = "?c a fot:FoundClaim ; fot:status status:stated . GRAPH ?c { ?s ?value ?o }"
    assert said(packaged, stated) == [packaged.label("http://purl.org/dc/terms/title", "en")]


def test_whoever_has_a_name_in_the_workspace_goes_by_it(tmp_path: Path) -> None:
    text = GHENT.replace("AN DE SMET", "TOM ONGENA")
    found = load([folder_of(tmp_path, "other", text)])
    assert "https://w3id.org/fot-graph/id/tom-ongena" in {
        row[0].value
        for row in found.query("SELECT ?who { ?q dcterms:creator ?who }").rows
        if isinstance(row[0], NamedNode)
    }


def test_a_known_person_is_known_behind_an_office(tmp_path: Path) -> None:
    text = GHENT.replace("aan HILDE VOS\nVLAAMS MINISTER VAN WERK", "aan VLAAMS MINISTER VAN WERK HILDE CREVITS")
    rows = load([folder_of(tmp_path, "other", text)]).query("SELECT ?who { ?q schema:toRecipient ?who }").rows
    assert [row[0] for row in rows] == [NamedNode("https://w3id.org/fot-graph/id/hilde-crevits")]


def test_what_the_head_says_counts_where_claims_are_checked(graph: Graph) -> None:
    messages = [result.messages for result in validate(graph, house=False).results]
    assert not [each for each in messages if "dcterms:creator" in str(each)]


def test_an_exported_graph_is_read_again_and_no_head_is_invented(graph: Graph, tmp_path: Path) -> None:
    file = tmp_path / "graph.trig"
    file.write_text(export(graph, "trig"), encoding="utf-8")
    assert set(load([file]).quads) == set(graph.quads)
    forged = file.read_text(encoding="utf-8").replace('dcterms:identifier "12"', 'dcterms:identifier "13"')
    assert forged != file.read_text(encoding="utf-8")
    file.write_text(forged, encoding="utf-8")
    with pytest.raises(InventedError):
        load([file])


def test_the_layer_of_what_is_found_holds_heads(graph: Graph) -> None:
    assert "head-number" in export(graph, "nq", layers=["found"])
    assert "head-number" not in export(graph, "nq", layers=["claims"])


def test_a_question_that_the_text_does_not_have_is_named_too(tmp_path: Path) -> None:
    text = """Den Haag, 25 mei 2021

Betreft: Uitstel beantwoording Kamervragen over brug De Zwaan

Geachte voorzitter,

Op 3 mei 2021 hebben de leden Wouters en De Roo (beiden XYZ) vragen gesteld over brug De Zwaan (2021Z07331).
De beantwoording vergt meer tijd.

Hoogachtend,

de Staatssecretaris van Infrastructuur en Waterstaat,

P. van den Broek
"""
    folder = tmp_path / "uitstel"
    folder.mkdir()
    (folder / "source.txt").write_text(text, encoding="utf-8")
    (folder / "claims.trig").touch()
    graph = load(folder)
    asked = graph.query("SELECT ?question ?name { ?question dcterms:identifier '2021Z07331' ; rdfs:label ?name }")
    assert {str(row[1]) for row in asked.rows} == {'"de vraag"@nl', '"the question"@en'}
