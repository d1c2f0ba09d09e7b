"""Claims go from TriG to Markdown and back: the same quads, whatever they are."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Literal, NamedNode, Quad

from fot_graph.authoring import claims_in_markdown
from fot_graph.authoring.formatting import formatted
from fot_graph.claims import corpus, documents
from fot_graph.claims.claims_md import compiling
from fot_graph.claims.layers import NAMING, PROVENANCE
from fot_graph.core.resources import folder
from fot_graph.core.terms import node

DATA = folder("data")
FILES = [*sorted(DATA.glob("documents/*/claims.trig")), *sorted(DATA.glob("background/*.trig"))]
PLACE = Path("claims.md")


def again(text: str, read: documents.Written) -> list[Quad]:
    return compiling.read(PLACE, text, read.source, read.vocabulary).quads


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.parent.name)
def test_all_packaged_claims_come_back(file: Path) -> None:
    read = documents.read_written(file, corpus.context_of(file))
    text = claims_in_markdown.written(read.quads, PLACE, read.source, read.vocabulary)
    assert "```trig" not in text  # each of them has a form of its own
    assert len(read.quads) > 200
    assert set(again(text, read)) == set(read.quads)
    assert formatted(PLACE, text) == text


# --- Random claims ---------------------------------------------------------------------------------------------------

TEXTS = (
    *(
        "Ja.",
        "- met een streepje",
        "1) een nummer",
        "# een kop",
        "twee\nregels",
        "  blanks  ",
        "a | b; c",
        'met "tekens"',
    ),
    *("subject: iets", "\\- al een backslash", "> citaat", "```", "…", "omdat nl: iets", "x: y", "ja", "2016", "1.500"),
    *("12 februari 2020", "€ 5", "SERV", "een; twee", "<b>vet</b>", "tab\there", "é", "\\", "einde\\", ""),
)
TYPES = ("string", "integer", "decimal", "gYear", "date", "boolean", "gMonthDay", "duration", "gYearMonth")
NUMBERS = (
    "7",
    "007",
    "+7",
    "28433.60",
    "1.500",
    "2016",
    "2020-02-30",
    "2020-02-12",
    "true",
    "1",
    "--09-30",
    "P3Y",
    "2019-03",
)
CURIES = (
    *(
        "id:serv",
        "id:focus-op-talent",
        "theme:diversity",
        "advice:diversity",
        "fot:Policy",
        "status:stated",
        "dcterms:title",
    ),
    *("doc:vp-sv-2019-2020-358#question-1", "doc:vp-sv-2019-2020-358/minister", "claim:vp-sv-2019-2020-358/a"),
)


class Some:
    """Random parts of claims."""

    def __init__(self, seed: int, names: documents.Written) -> None:
        self.random, self._names = random.Random(seed), names.vocabulary.names

    def thing(self) -> NamedNode:
        odd = ["https://example.org/a b".replace(" ", "%20"), "urn:x:y", "https://w3id.org/fot-graph/id/a;b"]
        return NamedNode(self.random.choice([*map(self._names.iri, CURIES), *odd]))

    def literal(self) -> Literal:
        draw = self.random
        if draw.random() < 0.4:
            return Literal(draw.choice(TEXTS), language=draw.choice(["nl", "en", "nl-be"]))
        kind = draw.choice(TYPES)
        return Literal(draw.choice(TEXTS if kind == "string" else NUMBERS), datatype=node(f"xsd:{kind}"))

    def term(self) -> NamedNode | Literal | BlankNode:
        draw = self.random.random()
        return self.thing() if draw < 0.5 else self.literal() if draw < 0.97 else BlankNode("b")

    def property(self) -> NamedNode:
        names = (
            "fot:concerns",
            "dcterms:title",
            "sdmx-dimension:refPeriod",
            "rdf:type",
            "fot:openList",
            "urn:p",
            "fot:derivation",
        )
        name = self.random.choice([*names, "fot:timeIndication", "prov:wasDerivedFrom", "sdmx-measure:obsValue"])
        return NamedNode(name) if name.startswith("urn:") else node(name)

    def claim(self) -> list[Quad]:
        draw = self.random
        names = ("a", "a-claim", "Een.Naam", "met spatie".replace(" ", "%20"), "x/y")
        claim = NamedNode(self._names.prefixes["c"] + draw.choice(names))
        about: list[tuple[NamedNode, NamedNode | Literal | BlankNode]] = [
            (node("rdf:type"), node(draw.choice(["fot:Claim", "fot:Claim", "fot:Claim", "fot:NoClaim", "fot:Figure"])))
        ]
        for _ in range(draw.choice([1, 1, 1, 0, 2])):
            about.append(
                (node("fot:status"), node(f"status:{draw.choice(['stated', 'asked', 'premise', 'interpreted'])}"))
            )
            about.append((node("fot:voice"), self.thing()))
        for _ in range(draw.randrange(3)):
            quoting = draw.choice(["prov:wasQuotedFrom", "fot:subjectPassage", "fot:objectPassage"])
            about.append((node(quoting), Literal(draw.choice(TEXTS))))
        about += [(node("fot:rationale"), self.literal())] * draw.randrange(2)
        about += [(node("fot:openList"), Literal("true", datatype=node("xsd:boolean")))] * draw.randrange(2)
        about += [(self.property(), self.term()) for _ in range(draw.randrange(2))]
        said = [Quad(claim, predicate, term, PROVENANCE) for predicate, term in about]
        facts = [Quad(self.thing(), self.property(), self.term(), claim) for _ in range(draw.randrange(4))]
        return [*said, *facts]

    def name(self) -> list[Quad]:
        thing, layer = self.thing(), self.random.choice([NAMING, PROVENANCE])
        labels = [Literal(self.random.choice(TEXTS), language=lang) for lang in ("nl", "en")]
        facts: list[tuple[NamedNode, NamedNode | Literal]] = []
        facts += [(node("skos:prefLabel"), label) for label in labels[: self.random.randrange(3)]]
        facts += [(node("rdf:type"), node("fot:Policy"))] * self.random.randrange(2)
        return [Quad(thing, predicate, term, layer) for predicate, term in facts]


def canonical(quads: list[Quad]) -> set[str]:
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return set(map(str, dataset))


@pytest.fixture(scope="module")
def packaged() -> documents.Written:
    return documents.read_written(FILES[0], corpus.context_of(FILES[0]))


@pytest.mark.parametrize("seed", range(200))
def test_random_claims_come_back(seed: int, packaged: documents.Written) -> None:
    some = Some(seed, packaged)
    quads = [*some.claim(), *some.claim(), *some.name()]
    text = claims_in_markdown.written(quads, PLACE, packaged.source, packaged.vocabulary)
    assert canonical(again(text, packaged)) == canonical(quads)
    assert formatted(PLACE, text) == text
    assert canonical(again(formatted(PLACE, text), packaged)) == canonical(quads)


def test_most_random_claims_have_a_form_of_their_own(packaged: documents.Written) -> None:
    """Else the fence would make the test above easy to pass."""
    plain = 0
    for seed in range(200):
        text = claims_in_markdown.written(Some(seed, packaged).claim(), PLACE, packaged.source, packaged.vocabulary)
        plain += "```trig" not in text
    assert plain > 40
