"""Quotes at their edges, in the document that comes with fot_graph: at load, and in the report of validation."""

from __future__ import annotations

import random
import shutil
from contextlib import nullcontext
from pathlib import Path

import pytest
from packaged import expand
from pyoxigraph import Literal, NamedNode, Quad

from fot_graph.api import Graph, load
from fot_graph.claims.documents import read_document
from fot_graph.claims.layers import PROVENANCE, read_layer
from fot_graph.claims.quotes import is_quote
from fot_graph.core.fragments import Span
from fot_graph.core.quote_errors import QuoteDividesWordError
from fot_graph.core.resources import folder
from fot_graph.text.passages import check_words, find
from fot_graph.validation import shapes, validating
from fot_graph.validation.quotation import DIVIDES, LEAVES_OUT, facts

FOLDER = folder("data") / "documents" / "vp-sv-2019-2020-358"
DOCUMENT = read_document(FOLDER)
TEXT = DOCUMENT.source.text
EDGES = {edge for unit in DOCUMENT.source.leaves() for edge in (unit.start, unit.end)}

HEAD = """
@prefix c: <https://w3id.org/fot-graph/claim/vp-sv-2019-2020-358/> .
@prefix fot: <https://w3id.org/fot-graph/ontology#> .
@prefix id: <https://w3id.org/fot-graph/id/> .
@prefix this: <https://w3id.org/fot-graph/doc/vp-sv-2019-2020-358/> .
@prefix sdmx-measure: <http://purl.org/linked-data/sdmx/2009/measure#> .
@prefix status: <https://w3id.org/fot-graph/status/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
c:c a fot:Claim ; fot:status status:reported ; fot:voice this:minister ; prov:wasQuotedFrom {} .
"""


@pytest.fixture
def document(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / FOLDER.name))


def quoting(document: Path, *quotes: str, said: str = "", source: tuple[str, str] = ("", "")) -> Graph:
    """Load a document with one claim that quotes this and says that, with something else in the source."""
    written = " , ".join(str(Literal(quote)) for quote in quotes)
    (document / "claims.trig").write_text(f"{HEAD.format(written)}\nc:c {{ {said} }}", encoding="utf-8")
    text = (document / "source.txt").read_text(encoding="utf-8")
    assert source[0] in text
    (document / "source.txt").write_text(text.replace(source[0], source[1], 1), encoding="utf-8")
    return load(document, strict=False)


def found(graph: Graph, predicate: object) -> list[str]:
    return sorted(str(fact.object.value) for fact in facts(graph.quads) if fact.predicate == predicate)  # type: ignore[union-attr]


def broken(graph: Graph) -> dict[str, str]:
    """Give what validation finds of quotes and figures, by rule, in English."""
    results = shapes.sparql_results(validating.data(graph), validating.shapes().constraints)
    kept = (result for result in results if result.rule in {"whole-words", "nothing-turned", "value-in-quote"})
    return {result.rule: next(m.value for m in result.messages if m.language == "en") for result in kept}


# --- Whole words ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(5))
def test_a_stretch_is_refused_where_it_is_cut_inside_a_word_and_only_there(seed: int) -> None:
    """Letters and digits on both sides of a cut are a word; blanks on the other side of both cuts are none."""
    chance = random.Random(seed)
    met = {True: 0, False: 0}
    for _ in range(400):
        start = chance.randrange(len(TEXT) - 1)
        end = chance.randint(start + 1, min(len(TEXT), start + 200))
        pairs = [(TEXT[at - 1 : at], TEXT[at : at + 1]) for at in (start, end)]
        inside = any(before.isalnum() and after.isalnum() for before, after in pairs)
        outside = all((not before.strip() or not after.strip()) and before not in "-_" for before, after in pairs)
        broken_word = "-\n" in TEXT[start - 9 : start] or "_\n" in TEXT[start - 9 : start]
        if (inside or outside) and not broken_word and {start, end}.isdisjoint(EDGES):
            met[inside] += 1
            with pytest.raises(QuoteDividesWordError) if inside else nullcontext():
                check_words(TEXT, TEXT[start:end], Span(start, end), EDGES)
    assert min(met.values()) > 20


def test_no_quote_of_today_falls() -> None:
    quads = [quad for quad in read_layer(FOLDER / "claims.trig", PROVENANCE) if is_quote(quad)]
    for quad in quads:
        assert isinstance(quad.object, Literal)
        check_words(TEXT, quad.object.value, find(TEXT, quad.object.value), EDGES)
    assert len(quads) > 250
    assert facts(load().quads) == []


@pytest.mark.parametrize(
    ("quote", "word"),
    [
        ("14 Aantal dienstverleners Diversiteit", "514"),
        ("Aantal dienstverleners HRM (advies) 5", "514"),
        ("2016 443 707.315", "707.315,48"),
        ("609.407,71 9 28.433", "28.433,60"),
        ("407,71 9 28.433,60", "609.407,71"),
        ("werkzaamheidsgraad van kansengroe", "kansengroepen"),
        ("Elk jaar werden de KPI", "KPI’s"),
        ("De Focus op Talent", "Talent-middelen"),
        ("onderzoek (cfr het viona-onderzoek", "viona-onderzoek"),
        ("te raadplegen op https://www.vlaanderen.be", "https://www.vlaanderen.be/publicaties/de-kans"),
        ("De cijfers m.b", "m.b.t"),
    ],
)
def test_a_quote_that_divides_a_word_is_refused_and_named(document: Path, quote: str, word: str) -> None:
    graph = quoting(document, quote)
    assert word in found(graph, DIVIDES)[0]
    assert "quote the whole word or number" in broken(graph)["whole-words"]
    with pytest.raises(QuoteDividesWordError, match=f"^claim:vp-sv-2019-2020-358/c: quote divides a word.*{word}"):
        load(document)


@pytest.mark.parametrize(
    "quote",
    [
        "Momenteel loopt een heroriënteringsoefening.",
        "De Focus op Talent-middelen worden",
        "2016 443 707.315,48",
        "de face to face-ondersteuning",
        "(advies) 514",
    ],
)
def test_a_quote_of_whole_words_is_taken(document: Path, quote: str) -> None:
    assert found(quoting(document, quote), DIVIDES) == []
    load(document)


def test_a_divided_word_is_one_finding(document: Path) -> None:
    report = validating.validate(quoting(document, "De Focus op Talent"), house=False).text("en")
    assert report.count("Talent-middelen") == 1


def test_the_quotes_about_14_providers_ground_no_figure(document: Path) -> None:
    said = "id:a sdmx-measure:obsValue {} ."
    both = ("Aantal dienstverleners HRM (advies)", "14 Aantal dienstverleners Diversiteit")
    assert broken(quoting(document, *both, said=said.format(14))).keys() == {"whole-words"}
    whole = ("Aantal dienstverleners HRM (advies) 514",)
    assert broken(quoting(document, *whole, said=said.format(14))).keys() == {"value-in-quote"}
    assert broken(quoting(document, *whole, said=said.format(514))) == {}


@pytest.mark.parametrize(
    ("written", "figure", "grounded"),
    [
        *(
            ("1\u202f234", "1234", True),
            ("1\u202f234", "234", False),
            ("1\u00a0234", "1234", True),
            ("514", "514", True),
        ),
        *(
            ("2019-358", "2019", False),
            ("2019/24", "2019", False),
            ("2019-2024", "2019", True),
            ("2019–2024", "2024", True),
        ),
        *(("5\u00ad14", "514", True), ("5\u200b14", "14", False)),
    ],
)
def test_a_figure_is_grounded_by_a_whole_figure(document: Path, written: str, figure: str, *, grounded: bool) -> None:
    quote = f"Aantal dienstverleners HRM (advies) {written}"
    graph = quoting(
        document, quote, said=f"id:a sdmx-measure:obsValue {figure} .", source=("(advies) 514", f"(advies) {written}")
    )
    assert broken(graph).keys() == (set() if grounded else {"value-in-quote"})


# --- Nothing is jumped over -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quotes", "words"),
    [
        (("De projecten slaagden er", "in de bredere samenleving te mobiliseren."), ["niet"]),
        (("De projecten slaagden er",), ["niet in de bredere samenleving te mobiliseren."]),
        (("in de bredere samenleving te mobiliseren.",), ["De projecten slaagden er niet"]),
        (("De projecten slaagden er niet in de bredere samenleving",), []),
        (("De projecten slaagden er", "er niet in", "in de bredere samenleving te mobiliseren."), []),
        (
            ("Een ondersteunende communicatiecampagne is relevant",),
            ["om een ruimer bereik te realiseren maar heeft pas zin"],
        ),
        (("De projecten dienen", "gezien te worden als een deeltje"), ["(slechts)"]),
        (("hebben te veel Vlamingen", "werk of zijn niet op zoek naar werk."), ["geen"]),
        (("Ja.",), []),
        (("2017 403 609.407,71",), []),
    ],
)
def test_what_turns_a_sentence_may_not_be_left_out(document: Path, quotes: tuple[str, ...], words: list[str]) -> None:
    graph = quoting(document, *quotes)
    assert graph.problems == []
    assert [text[: len(word)] for text, word in zip(found(graph, LEAVES_OUT), words, strict=True)] == words
    assert bool(words) == ("nothing-turned" in broken(graph))


@pytest.mark.parametrize(
    ("source", "quote", "words"),
    [
        (("443 707.315,48  nvt", "443 707.315,48  niet"), "2016 443 707.315,48", ["niet"]),
        (("443 707.315,48  nvt", "443 707.315,48  niet"), "2017 403", []),
        (("Focus op Talent-beleid  -", "Geen beleid  -"), "Hervorming", ["Geen beleid -"]),
    ],
)
def test_rows_and_headings_are_read_as_sentences_are(
    document: Path, source: tuple[str, str], quote: str, words: list[str]
) -> None:
    found_words = found(quoting(document, quote, source=source), LEAVES_OUT)
    assert [text[: len(word)] for text, word in zip(found_words, words, strict=True)] == words


@pytest.mark.parametrize(
    ("which", "quotes", "words"),
    [
        ("geen", ("De projecten dienen (slechts) gezien te worden",), ["De projecten brengen ook geen"]),
        ("geen", ("De projecten brengen", "De projecten dienen (slechts)"), ["ook geen aandachtspunten"]),
        ("geen", ("De projecten brengen ook geen", "De projecten dienen (slechts)"), []),
        ("geen", ("Elk jaar werden de \nKPI’s verhoogd.",), []),
        ("volgende", ("De projecten dienen (slechts) gezien te worden",), []),
    ],
)
def test_the_sentence_that_introduces_a_list_counts_for_its_items(
    document: Path, which: str, quotes: tuple[str, ...], words: list[str]
) -> None:
    source = ("volgende aandachtspunten", f"{which} aandachtspunten")
    graph = quoting(document, *quotes, source=source)
    assert graph.problems == []
    assert [text[: len(word)] for text, word in zip(found(graph, LEAVES_OUT), words, strict=True)] == words


@pytest.mark.parametrize(
    ("quotes", "words"),
    [
        (("Mijn administratie voert geen evaluatie[1] uit, die", "in functie van een toekomstige"), []),
        (("in functie van een toekomstige",), ["Mijn administratie voert geen evaluatie[1] uit"]),
        (("Dit geldt niet voor Brussel.",), []),
        (("voor Brussel.",), ["Dit geldt niet"]),
    ],
)
def test_a_footnote_in_the_middle_of_a_sentence_is_no_part_of_it(
    document: Path, quotes: tuple[str, ...], words: list[str]
) -> None:
    broken_off = "geen evaluatie[1] uit, die\n\n1 Dit geldt niet voor Brussel.\n\f\nin functie"
    graph = quoting(document, *quotes, source=("een evaluatie uit in functie", broken_off))
    assert graph.problems == []
    assert [text[: len(word)] for text, word in zip(found(graph, LEAVES_OUT), words, strict=True)] == words


def test_the_report_shows_what_is_left_out_and_the_cure_in_both_languages(document: Path) -> None:
    graph = quoting(document, "De projecten slaagden er", "in de bredere samenleving te mobiliseren.")
    report = validating.validate(graph, house=False)
    assert "leaves out ‘niet’" in report.text("en")
    assert "quote those words as well. [nothing-turned]" in report.text("en")
    assert "laat ze ‘niet’ weg" in report.text("nl")
    assert "citeer die woorden ook. [nothing-turned]" in report.text("nl")


def test_the_language_of_the_document_counts(document: Path) -> None:
    graph = quoting(document, "De projecten slaagden er")
    words = NamedNode(expand("prov:value"))
    other = [
        Quad(quad.subject, words, Literal(quad.object.value, language="sv"), quad.graph_name)
        if quad.predicate == words and isinstance(quad.object, Literal)
        else quad
        for quad in graph.quads
    ]
    assert found(Graph(other, graph.sources), LEAVES_OUT) == []
