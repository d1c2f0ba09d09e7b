"""What the pages show, asked without a server."""

from __future__ import annotations

import pickle
import re
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from packaged import PACKAGED, PREFIXES, THIS, WITHOUT_ANSWER
from pyoxigraph import RdfFormat, parse
from sampling import every

import fot_graph
from fot_graph.core.errors import UnknownNameError
from fot_graph.core.statuses import STATUSES
from fot_graph.pictures.layout import type_of
from fot_graph.questions.coverage import told_by_head
from fot_graph.text.parts import is_leaf, parts, wording
from fot_graph.text.source import read
from fot_graph.web.pages import (
    ask,
    board,
    claim,
    entity,
    figures,
    neighbourhood,
    ontology,
    reading,
    search,
    themes,
    timeline,
)
from fot_graph.web.pages.around import MOST_LINES, picture_of
from fot_graph.web.pages.common import Namer, TermView, address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from servers import Backend

    from fot_graph.pictures.drawing import Drawing
    from fot_graph.web.pages.reading_views import Reading, TextBlock, TextLeaf

DOCUMENT = "vp-sv-2019-2020-358"


@pytest.fixture(scope="module")
def graph() -> fot_graph.Graph:
    return fot_graph.load()


@pytest.fixture(scope="module")
def page(graph: fot_graph.Graph) -> Reading:
    return reading.reading(graph, "nl")


def blocks(page: Reading) -> Iterator[TextBlock]:
    items = [item for pair in page.answer.pairs for item in (*pair.asked, *filter(None, [pair.answered]))]
    for block in chain(page.context, page.answer.preamble, *(item.blocks for item in items)):
        yield from block.blocks or (block,)


def leaves(page: Reading) -> Iterator[TextLeaf]:
    yield from filter(None, (page.policy_field, page.title, page.answer.head))
    for block in blocks(page):
        yield from block.leaves


def leaf(page: Reading, start: str) -> TextLeaf:
    return next(leaf for leaf in leaves(page) if leaf.text.startswith(start))


# --- Reading ---------------------------------------------------------------------------------------------------------


def test_every_sentence_is_on_the_page_once(graph: fot_graph.Graph, page: Reading) -> None:
    units = [unit for unit in graph.sources[DOCUMENT].leaves() if unit.kind != "marker"]
    assert sorted(leaf.id for leaf in leaves(page)) == sorted(f"char={unit.start},{unit.end}" for unit in units)


def test_the_segments_of_a_leaf_read_as_the_leaf_does(page: Reading) -> None:
    for each in leaves(page):
        assert " ".join("".join(segment.text for segment in cell) for cell in each.cells) == each.text


def test_every_passage_of_a_claim_has_a_place_on_the_page(graph: fot_graph.Graph, page: Reading) -> None:
    ids = {each.id for each in leaves(page)}
    ids |= {id_ for each in leaves(page) for cell in each.cells for segment in cell for id_ in segment.ids}
    passages = graph.query("SELECT DISTINCT ?passage { ?claim a fot:Claim ; prov:wasQuotedFrom ?passage }").rows
    assert {str(passage).strip("<>").partition("#")[2] for (passage,) in passages} <= ids


def test_every_line_of_the_source_has_a_place_on_the_page(graph: fot_graph.Graph, page: Reading) -> None:
    """A line that is not shown, such as an empty one, begins where the next one does that is."""
    text = graph.sources[DOCUMENT].text
    segments = [segment for each in leaves(page) for cell in each.cells for segment in cell]
    numbers = [number for segment in segments for _, lines in segment.lines for number in lines]
    assert sorted(numbers) == list(range(1, text.count("\n") + 2))
    assert all("".join(piece for _, piece in segment.pieces) == segment.text for segment in segments)
    rows = text.split("\n")
    shown = {lines[0]: piece for segment in segments for lines, piece in segment.pieces if lines}
    assert len(shown) > 100
    for number, piece in shown.items():
        assert "".join(piece.split())[:8] in "".join(" ".join(rows[number - 1 : number + 1]).split()), number


def test_no_place_is_there_twice(page: Reading) -> None:
    ids = [each.id for each in leaves(page)]
    ids += [id_ for each in leaves(page) for cell in each.cells for segment in cell for id_ in segment.ids]
    assert len(ids) == len(set(ids))


def test_every_part_of_the_document_has_the_address_that_its_iri_has(graph: fot_graph.Graph, page: Reading) -> None:
    ids = {each.id for each in leaves(page)} | {"question", "answer"}
    items = [item for pair in page.answer.pairs for item in (*pair.asked, *filter(None, [pair.answered]))]
    ids |= {item.id for item in items}
    for block in chain(page.context, page.answer.preamble, *(item.blocks for item in items)):
        ids |= {block.id, *(inner.id for inner in block.blocks)}
    parts = graph.query("SELECT DISTINCT ?part { ?part dcterms:isPartOf+ doc:vp-sv-2019-2020-358 }").rows
    assert {str(part).strip("<>").partition("#")[2] for (part,) in parts} <= ids


def test_overlapping_passages_share_a_segment(page: Reading) -> None:
    found = leaf(page, "Het programma Focus op Talent werd")
    segments = [segment for cell in found.cells for segment in cell]
    period = next(segment for segment in segments if "vorige legislatuur" in segment.text)
    assert period.text == "tijdens de vorige legislatuur"
    assert set(segments[0].claims) < set(period.claims)
    assert segments[-1].text.endswith("Jobkanaal.")


def test_the_firmest_status_of_a_segment_counts(page: Reading) -> None:
    found = leaf(page, "Ja.")
    assert [page.claims[number].status for number in found.claims] == ["stated", "interpreted"]
    assert found.cells[0][0].status == "stated"


def test_the_words_of_the_question_are_drawn_as_the_questioners(page: Reading) -> None:
    """The minister's "Ja." rests on them as well, but does not say them."""
    found = leaf(page, "Werd reeds een evaluatie-oefening")
    assert {page.claims[number].status for number in found.claims} == {"asked", "stated", "interpreted"}
    assert found.cells[0][0].status == "asked"
    assert found.counts[0][0] == "asked"
    context = leaf(page, "Het programma Focus op Talent werd")
    assert {segment.status for segment in context.cells[0]} == {"premise"}


def test_the_words_of_a_quoted_text_are_drawn_as_quoted(page: Reading) -> None:
    """The minister states that the agreement says so; what stands between the quotation marks, the agreement says."""
    first = leaf(page, "Zo stelt het regeerakkoord dat").cells[0]
    drawn = {segment.text: segment.status for segment in first}
    assert drawn["Zo stelt het regeerakkoord dat"] == "stated"
    assert [status for text, status in drawn.items() if text.startswith("We ondersteunen")] == ["quoted"]
    for start in ("We maken de omslag", "De Focus op Talent-middelen"):
        assert leaf(page, start).cells[0][0].status == "quoted"
        assert leaf(page, start).counts[0][0] == "quoted"
    other = leaf(page, "Hierin zit reeds de aanzet")
    assert {segment.status for segment in other.cells[0]} == {"stated"}


def test_the_page_of_a_status_lists_its_claims(graph: fot_graph.Graph) -> None:
    for status in STATUSES:
        shown = entity.thing(graph, "en", f"status/{status}").claims
        assert {each.status for each in shown} == {status}
        wanted = graph.query(f"SELECT ?c {{ ?c fot:status status:{status} }} ORDER BY ?c").rows
        assert [each.iri for each in shown] == [str(row[0]).strip("<>") for row in wanted]
    assert not entity.thing(graph, "en", "id/serv").claims


def test_a_filter_draws_a_segment_by_what_is_left(graph: fot_graph.Graph) -> None:
    page = reading.reading(graph, "nl", statuses=["stated"])
    assert leaf(page, "Werd reeds een evaluatie-oefening").cells[0][0].status == "stated"


def test_a_row_of_the_table_has_its_cells(page: Reading) -> None:
    row = leaf(page, "2017 403")
    assert ["".join(s.text for s in cell) for cell in row.cells] == ["2017", "403", "609.407,71", "9", "28.433,60"]
    total = leaf(page, "Aantal dienstverleners HRM")
    assert ["".join(s.text for s in cell) for cell in total.cells] == ["Aantal dienstverleners HRM (advies)", "514"]


def test_the_joint_answer_stands_beside_all_that_it_answers(page: Reading) -> None:
    asked = [[item.label for item in pair.asked] for pair in page.answer.pairs]
    assert asked == [["1"], ["2"], ["3a", "3b", "4", "5", "6", "7"]]
    assert [pair.answered.label for pair in page.answer.pairs if pair.answered] == ["1", "2", "3-7"]


def test_coverage_names_what_has_no_claim_with_the_reason(page: Reading) -> None:
    covered = page.coverage
    assert covered.level == "curated"
    assert (covered.total, covered.quoted, covered.accounted) == (76, 75, 1)
    (title,) = covered.without
    assert title.reason
    assert title.reason.lang == "nl"


def test_statuses_are_offered_the_firmest_first(graph: fot_graph.Graph) -> None:
    page = reading.reading(graph, "nl")
    assert [choice.value for choice in page.statuses] == list(STATUSES)
    around = neighbourhood.neighbourhood(graph, "nl", "SERV")
    assert [choice.value for choice in around.statuses] == list(STATUSES)


def test_a_filter_leaves_marked_what_it_asks_for(graph: fot_graph.Graph) -> None:
    page = reading.reading(graph, "en", statuses=["asked"], theme="diversity")
    marked = [page.claims[number] for number in page.marked]
    assert {claim.name for claim in marked} == {"asks-reorientation", "asks-spearheads"}
    segments = [segment for each in leaves(page) for cell in each.cells for segment in cell]
    assert all(segment.marked == bool(page.marked & set(segment.claims)) for segment in segments)
    assert {each.id for each in leaves(page) if each.marked} == {"char=625,756", "char=761,938"}


@pytest.mark.parametrize("wrong", [{"statuses": ["sure"]}, {"theme": "nothing"}, {"document": "none"}])
def test_an_unknown_choice_is_said_so(graph: fot_graph.Graph, wrong: dict[str, Any]) -> None:
    with pytest.raises(UnknownNameError):
        reading.reading(graph, "nl", **wrong)


# --- Board, themes, things, claims -----------------------------------------------------------------------------------


def test_the_board_judges_each_matter_and_from_these_each_item(graph: fot_graph.Graph) -> None:
    found = board.board(graph, "en")
    assert [
        (item.label, item.verdict.name, item.joint, [each.verdict.name for each in item.matters])
        for item in found.items
    ] == [
        ("1", "answered", False, ["answered", "answered", "answered"]),
        ("2", "answered", False, ["answered", "answered", "lapsed"]),
        ("3a", "partly-answered", True, ["partly-answered"]),
        ("3b", "partly-answered", True, ["partly-answered"]),
        ("4", "deferred", True, ["deferred", "not-answered", "not-answered"]),
        ("5", "partly-answered", True, ["partly-answered", "not-answered"]),
        ("6", "not-answered", True, ["not-answered"]),
        ("7", "partly-answered", True, ["partly-answered", "not-answered"]),
    ]
    assert (found.document.text, found.title.lang) == ("written question 358", "nl")
    assert found.title.text == graph.sources["vp-sv-2019-2020-358"].title != ""
    matters = [each for item in found.items for each in item.matters]
    assert all(each.rationale.lang == "en" and each.verdict.href for each in matters)
    assert all(bool(each.quotes) == (each.verdict.name != "not-answered") for each in matters)
    assert found.items[7].matters[0].quotes[0].text == "wil ik de komende maanden verder verkennen"
    counts = [("answered", 5), ("partly-answered", 4), ("deferred", 1), ("not-answered", 5), ("lapsed", 1)]
    assert [(name, count) for name, _, count in found.counts] == counts


def test_the_board_as_text_has_the_same_rows(graph: fot_graph.Graph) -> None:
    assert board.csv(graph, "nl").splitlines()[0] == (
        "onderdeel,gevraagd,oordeel over het onderdeel,antwoord,kwestie,oordeel,citaten uit het antwoord,motivering"
    )
    assert board.markdown(graph, "en").count("\n") == 2 + 16


def test_each_link_to_a_theme_has_two_sides_and_a_reason(graph: fot_graph.Graph) -> None:
    found = themes.themes(graph, "nl")
    links = graph.query("SELECT ?f ?t { ?f fot:informs ?t }").rows
    assert len(found.links) == len(links) == len(found.picture.lines)
    assert all(link.finding_quotes and link.theme_quotes and link.claim.rationale.text for link in found.links)
    assert {each.line.href for each in found.picture.lines} == {f"#{link.id}" for link in found.links}


def test_a_thing_has_its_names_and_its_facts(graph: fot_graph.Graph) -> None:
    found = entity.thing(graph, "en", "id/serv")
    assert (found.thing.text, found.names[0]) == ("SERV", ("nl", ("SERV",)))
    assert found.total == len(graph.entity("SERV").facts(found=False)) < len(graph.entity("SERV").facts())
    assert {fact.way for group in found.groups for fact in group.facts} == {"in", "out"}


def test_of_a_thing_with_too_many_facts_the_page_says_so(
    graph: fot_graph.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entity, "READ", 2)
    assert (entity.thing(graph, "en", "id/serv").total, entity.thing(graph, "en", "id/serv").cut) == (2, True)
    assert neighbourhood.neighbourhood(graph, "en", "id:serv").cut
    monkeypatch.undo()
    assert not entity.thing(graph, "en", "id/serv").cut


def test_what_nobody_knows_has_no_page(graph: fot_graph.Graph) -> None:
    for path in ("id/nothing", "not an iri", "id/<script>"):
        with pytest.raises(UnknownNameError):
            entity.thing(graph, "en", path)
        with pytest.raises(UnknownNameError):
            claim.claim_page(graph, "en", path)


def test_a_claim_tells_what_it_rests_on(graph: fot_graph.Graph) -> None:
    found = claim.claim_page(graph, "en", f"{DOCUMENT}/30-september-is")
    assert [quote.text for quote in found.subject_quotes] == ["een verlenging hebben gekregen tot en met 30 september"]
    assert {base.name for base in found.bases} == {"extension", "question-put", "structural-partners-extension"}
    assert [format_ for format_, _ in found.citations] == ["text", "md", "bibtex", "csl", "ris"]


def test_the_figures_are_those_of_the_table(graph: fot_graph.Graph) -> None:
    use, providers, totals, shares, others = figures.figures(graph, "nl")
    rows = [[line.period.text, line.group, *(cell.shown.text for cell in line.cells if cell)] for line in use.lines]
    assert rows[:3] == [
        ["2016", "diversiteit", "nvt", "nvt"],
        ["2016", "HRM", "443", "707.315,48"],
        ["2017", "diversiteit", "9", "28.433,60"],
    ]
    assert [cell.number for cell in use.lines[0].cells if cell] == [None, None]
    assert [len(table.lines) for table in (use, providers, totals, shares)] == [8, 2, 3, 2]
    assert {cell.claim.status for line in totals.lines for cell in line.cells if cell} == {"computed"}
    assert (others.id, [line.cells[0].shown.text for line in others.lines if line.cells[0]]) == ("", ["8", "8"])


def test_a_measure_tells_its_unit_and_who_says_so(graph: fot_graph.Graph) -> None:
    use, _, _, shares, _ = figures.figures(graph, "en")
    files, subsidy = use.measures
    assert (files.name.text, files.unit.text, files.claim) == ("advice files", "", None)
    assert (subsidy.unit.text, subsidy.claim and subsidy.claim.status) == ("euro", "interpreted")
    assert [(measure.name.text, measure.unit.text, measure.claim) for measure in shares.measures] == [
        ("advice files", "per cent", None),  # each figure's own claim says so
        ("subsidy", "per cent", None),
    ]


FIGURES = """
graph:naming { %s }
graph:provenance {
  claim:one a fot:Claim ; fot:status status:reported .
  claim:two a fot:Claim ; fot:status status:reported .
}
claim:one {
  id:a fot:countOf counted:fires ; fot:concerns id:antwerp , id:houses ; sdmx-dimension:refPeriod "2023"^^xsd:gYear ;
    schema:maxValue 5 ; sdmx-attribute:comment "< 5"@nl .
  id:b fot:countOf counted:fires ; fot:concerns id:antwerp , id:houses ; sdmx-dimension:refPeriod "2024"^^xsd:gYear ;
    sdmx-measure:obsValue 12 .
}
claim:two { id:c fot:countOf counted:fires ; fot:concerns id:antwerp , id:houses ;
    sdmx-dimension:refPeriod "2024"^^xsd:gYear ; sdmx-measure:obsValue 3.5 ; sdmx-attribute:unitMeasure unit:per-cent .
  id:d fot:countOf counted:fires ; fot:concerns id:antwerp , id:houses ; sdmx-dimension:refPeriod "2024"^^xsd:gYear ;
    sdmx-measure:obsValue 14 .
}
"""


def test_figures_of_any_document_show_with_all_that_they_concern() -> None:
    names = (("antwerp", "Antwerpen"), ("houses", "woningen"))
    text = FIGURES % " ".join(f'id:{name} skos:prefLabel "{label}"@nl .' for name, label in names)
    prefixes = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
    graph = fot_graph.Graph(parse(prefixes + text, RdfFormat.TRIG), {})
    (table,) = figures.figures(graph, "nl")
    assert [(measure.name.name, measure.unit.name) for measure in table.measures] == [
        ("counted:fires", ""),
        ("counted:fires", "unit:per-cent"),
    ]
    assert [(line.period.text, line.group) for line in table.lines] == [
        ("2023", "Antwerpen · woningen"),
        ("2024", "Antwerpen · woningen"),
        ("2024", "Antwerpen · woningen"),
    ]
    shown = [[cell and (cell.shown.text, cell.number) for cell in line.cells] for line in table.lines]
    assert shown == [[("< 5", None), None], [("12", 12.0), ("3,5", 3.5)], [("14", 14.0), None]]


def test_a_bar_is_as_high_as_its_value(graph: fot_graph.Graph) -> None:
    files, _ = figures.figures(graph, "en")[0].charts
    assert [bar.value for bar in files.bars] == ["nvt", "443", "9", "403", "15", "433", "13", "452"]
    tallest = max(files.bars, key=lambda bar: bar.height)
    assert tallest.value == "452"
    assert files.bars[0].height == 0
    assert files.bars[2].height == pytest.approx(tallest.height * 9 / 452, abs=0.06)


def test_the_timeline_tells_a_reading_from_what_is_stated(graph: fot_graph.Graph) -> None:
    found = timeline.timeline(graph, "en")
    dates = [(moment.date, [claim.status for claim in moment.claims]) for moment in found.moments]
    assert [date for date, _ in dates] == sorted(date for date, _ in dates)
    assert ("2020-02-12", ["stated"]) in dates
    (extension,) = (moment for moment in found.moments if moment.thing.name == "doc:vp-sv-2019-2020-358/extension")
    assert (extension.date, extension.claims[0].status, extension.via[0].status) == (
        "2020-09-30",
        "interpreted",
        "stated",
    )
    before = next(each for each in found.undated if each.shown.text == "the previous legislature")
    assert before.resolving
    assert (before.claim.status, before.resolving.status) == ("premise", "interpreted")


def test_search_finds_names_and_sentences(graph: fot_graph.Graph) -> None:
    found = search.search(graph, "en", "serv")
    assert found.things[0].thing.name == "id:serv"
    assert [hit.thing.text for hit in found.sentences] == ["question 5"]
    assert "".join(piece.text for piece in found.sentences[0].found).endswith("(SERV)?")
    assert search.search(graph, "nl", "klimaat digitalisering").sentences
    assert not search.search(graph, "nl", "").things
    assert not search.search(graph, "nl", "\"') }} x").things


def words_of(hits: tuple[search.Hit, ...]) -> list[str]:
    return ["".join(piece.text for piece in hit.found) for hit in hits]


@pytest.mark.parametrize(("lang", "word"), [("en", "serv"), ("nl", "raad"), ("en", "form"), ("nl", "vers")])
def test_whole_words_are_found_first(graph: fot_graph.Graph, lang: str, word: str) -> None:
    found = search.search(graph, lang, word)
    for hits in (found.sentences, [hit for hit in found.rationales if hit.tongue == lang]):
        begins = [re.search(rf"\b{word}", text, re.IGNORECASE) is not None for text in words_of(tuple(hits))]
        whole = [re.search(rf"\b{word}\b", text, re.IGNORECASE) is not None for text in words_of(tuple(hits))]
        assert whole == sorted(whole, reverse=True)
        assert begins == sorted(begins, reverse=True)


def test_rationales_are_searched(graph: fot_graph.Graph) -> None:
    query = "SELECT ?claim ?text { ?claim fot:rationale ?text ; a fot:Claim FILTER(LANG(?text) = 'nl') } LIMIT 1"
    ((claim, text),) = graph.query(query).rows
    found = search.search(graph, "nl", " ".join(text.value.split()[:6]))  # type: ignore[union-attr]
    (hit,) = (hit for hit in found.rationales if hit.thing.href.endswith(str(claim).strip("<>").rpartition("/")[2]))
    assert "".join(piece.text for piece in hit.found) == text.value  # type: ignore[union-attr]
    assert hit.tongue == "nl"


def test_the_neighbourhood_grows_and_can_be_narrowed(graph: fot_graph.Graph) -> None:
    one = neighbourhood.neighbourhood(graph, "en", "SERV")
    two = neighbourhood.neighbourhood(graph, "en", "SERV", ["doc:vp-sv-2019-2020-358/matter-reform-advice"])
    assert len(one.facts) < len(two.facts)
    assert [name.name for name, _ in two.opened] == ["doc:vp-sv-2019-2020-358/matter-reform-advice"]
    assert not boxes_overlap(two.picture)
    said = [(fact.subject.name, fact.relation.name, fact.object.name, fact.claim.name) for fact in two.facts]
    assert len(said) == len(set(said))  # one that belongs to both things is told once
    assert len(two.picture.lines) == len({(each.line.start, each.line.end) for each in two.picture.lines})
    narrow = neighbourhood.neighbourhood(graph, "en", "SERV", statuses=["asked"], relations=["fot:concerns"])
    assert {fact.claim.status for fact in narrow.facts} == {"asked"}
    assert neighbourhood.neighbourhood(graph, "en").focus.name == "id:focus-op-talent"


def test_the_ontology_has_every_term(graph: fot_graph.Graph) -> None:
    found = {term.name for _, terms in ontology.ontology(graph, "nl").terms for term in terms}
    terms = graph.query("SELECT ?term { ?term rdfs:isDefinedBy <https://w3id.org/fot-graph/ontology> }").rows
    assert {f"fot:{str(term).strip('<>').partition('#')[2]}" for (term,) in terms} <= found
    assert "dcterms:replaces" in found


def test_an_answer_names_terms_that_the_graph_does_not_hold(graph: fot_graph.Graph) -> None:
    (warning,) = ask.answer_page(graph, "nl", "SELECT ?x { ?x fot:infroms ?y }").warnings
    assert warning == "de graaf heeft geen fot:infroms: dat levert niets op; bedoelt u fot:informs?"
    assert ask.answer_page(graph, "nl", "SELECT ?x { ?x fot:informs ?y }").warnings == ()


def test_every_question_of_the_catalogue_can_be_asked(graph: fot_graph.Graph) -> None:
    for lang in ("nl", "en"):
        for question in ask.questions(graph, lang):
            query, headings = ask.text(graph, lang, question.name, {})
            found = ask.answer_page(graph, lang, query)
            assert found.rows or question.name in WITHOUT_ANSWER
            assert not headings or len(headings) == len(found.columns)
            assert not query.startswith("#+")


def test_each_row_has_what_it_rests_on(graph: fot_graph.Graph) -> None:
    query, _ = ask.text(graph, "en", "findings-informing-themes", {})
    found = ask.page_support(graph, "en", query)
    assert len(found.rows) == 20
    assert all(len(row.claims) == 1 for row in found.rows)
    assert all(claim.quotes for claim in found.claims)


def test_a_calculation_leads_to_the_figures_that_it_took(graph: fot_graph.Graph) -> None:
    found = claim.claim_page(graph, "nl", f"{DOCUMENT}/total-hrm-2016-2019-files").claim
    assert not found.quotes
    assert [quote.text[:4] for quote in found.base_quotes] == ["aant", "2016", "2017", "2018", "2019"]
    assert all("#char=" in quote.href for quote in found.base_quotes)


def test_what_rests_on_absence_says_so(graph: fot_graph.Graph) -> None:
    (row,) = ask.page_support(
        graph, "en", "ASK { FILTER NOT EXISTS { doc:vp-sv-2019-2020-358\\/minister fot:intends id:serv } }"
    ).rows
    assert not row.claims
    assert row.notes[0].startswith("rests on absence")


def test_a_long_answer_comes_in_pages(graph: fot_graph.Graph) -> None:
    query = "SELECT ?s { ?s ?p ?o } LIMIT 120"
    last = ask.answer_page(graph, "en", query, 100)
    assert (len(last.rows), last.first, last.total, last.cut) == (20, 100, 120, False)
    assert len(ask.page_support(graph, "en", query, 100).rows) == 20
    assert ask.answer_page(graph, "en", "SELECT * { ?s ?p ?o }").cut


def test_a_graph_is_drawn_if_it_is_small(graph: fot_graph.Graph) -> None:
    small = ask.answer_page(graph, "en", "CONSTRUCT WHERE { ?finding fot:informs ?theme }")
    assert small.picture
    assert not boxes_overlap(small.picture)
    assert len(small.rows) == 20
    assert small.left_out == 0
    drawn = {box.box.text for box in small.picture.boxes}
    assert drawn == {cell.text for row in small.rows for cell in row}  # parts that nothing joins as well
    assert ask.answer_page(graph, "en", "DESCRIBE id:serv").left_out > 0  # texts are no boxes
    assert ask.answer_page(graph, "en", "CONSTRUCT WHERE { ?s ?p ?o }").picture is None


def test_an_editor_gets_terms_with_labels(graph: fot_graph.Graph) -> None:
    terms = {term["label"]: term for term in ask.terms(graph, "nl")}
    assert terms["fot:"]["type"] == "namespace"
    assert (terms["fot:informs"]["type"], terms["fot:informs"]["detail"]) == ("property", "voedt")
    assert terms["fot:Finding"]["type"] == "class"
    assert (terms["fot:Finding"]["detail"], terms["fot:Finding"]["other"]) == ("bevinding", "finding")


def test_views_can_be_sent_between_processes(graph: fot_graph.Graph, page: Reading) -> None:
    made = (
        page,
        board.board(graph, "nl"),
        themes.themes(graph, "nl"),
        entity.thing(graph, "nl", f"doc/{DOCUMENT}/minister"),
        claim.claim_page(graph, "nl", f"{DOCUMENT}/predecessors"),
        figures.figures(graph, "nl"),
        timeline.timeline(graph, "nl"),
        search.search(graph, "nl", "talent"),
        neighbourhood.neighbourhood(graph, "nl"),
        ontology.ontology(graph, "nl"),
        ask.answer_page(graph, "nl", "DESCRIBE id:serv"),
        ask.page_support(graph, "nl", "DESCRIBE id:serv"),
    )
    for each in made:
        assert pickle.loads(pickle.dumps(each)) == each


# --- Names and pictures ----------------------------------------------------------------------------------------------


def test_a_name_tells_its_language(graph: fot_graph.Graph) -> None:
    english, dutch = (Namer(graph, lang)(PREFIXES["theme"] + "climate") for lang in ("en", "nl"))
    assert english == TermView("climate", "en", "/en/page/theme/climate", "theme:climate")
    assert dutch == TermView("klimaat", "nl", "/nl/page/theme/climate", "theme:climate")


def test_terms_lead_to_the_ontology_and_addresses_outside(graph: fot_graph.Graph) -> None:
    namer = Namer(graph, "en")
    assert namer(PREFIXES["dcterms"] + "replaces").href == "/en/ontology#dcterms:replaces"
    assert namer(PREFIXES["fot"] + "informs").href == "/en/ontology#informs"
    assert namer("https://www.wikidata.org/entity/Q1").outside


def test_no_script_becomes_an_address(graph: fot_graph.Graph) -> None:
    assert not Namer(graph, "en")("javascript:alert(1)").href
    assert address('https://w3id.org/fot-graph/id/"><script>', "en", PACKAGED) == "/en/page/id/%22%3E%3Cscript%3E"


def boxes_overlap(picture: Drawing) -> bool:
    places = [box.place for box in picture.boxes]
    return any(
        one.left < other.right and other.left < one.right and one.top < other.bottom and other.top < one.bottom
        for number, one in enumerate(places)
        for other in places[:number]
    )


@pytest.mark.parametrize(
    "path", ["id/focus-op-talent", "id/serv", f"doc/{DOCUMENT}/minister", "theme/diversity", "id/viona-study"]
)
def test_in_a_picture_nothing_overlaps_and_nothing_is_cut(graph: fot_graph.Graph, path: str) -> None:
    for lang in ("nl", "en"):
        picture = entity.thing(graph, lang, path).picture
        assert not boxes_overlap(picture)
        for box in picture.boxes:
            assert 0 <= box.place.left < box.place.right <= picture.width
            assert 0 <= box.place.top < box.place.bottom <= picture.height
            assert all(type_of(box.box).width(line) <= box.place.width for line in box.lines)


def test_a_name_without_end_is_cut() -> None:
    for name in ("a" * 100_000, "aa " * 50_000):
        drawing, _ = picture_of(
            [(TermView(name, name="urn:a"), TermView("is", name="urn:is"), TermView("b", name="urn:b"))]
        )
        (box,) = (box for box in drawing.boxes if box.box.text == name)
        assert len(box.lines) == MOST_LINES == 9
        assert box.lines[-1] == "…"


def test_the_map_of_themes_overlaps_nowhere(graph: fot_graph.Graph) -> None:
    assert not boxes_overlap(themes.themes(graph, "en").picture)


# --- Homes -----------------------------------------------------------------------------------------------------------


def test_every_backend_gives_the_same_pages(graph: fot_graph.Graph, backend: Backend) -> None:
    name, home = backend
    views: list[Callable[[fot_graph.Graph], Any]] = [
        lambda graph: reading.reading(graph, "nl"),
        lambda graph: board.board(graph, "en"),
        lambda graph: themes.themes(graph, "nl"),
        lambda graph: entity.thing(graph, "nl", "id/serv"),
        lambda graph: claim.claim_page(graph, "en", f"{DOCUMENT}/30-september-is"),
        lambda graph: figures.figures(graph, "nl"),
        lambda graph: timeline.timeline(graph, "en"),
        lambda graph: neighbourhood.neighbourhood(graph, "en", "id:serv", [f"{THIS}matter-reform-advice"]),
        lambda graph: ontology.ontology(graph, "nl"),
        lambda graph: ask.page_support(graph, "nl", ask.text(graph, "nl", "findings-informing-themes", {})[0]),
        lambda graph: {hit.thing for hit in search.search(graph, "nl", "talent").things},
    ]
    for place, view in enumerate(views):
        found = view(home)
        assert found == view(graph) or name == "virtuoso", place  # which gives durations in months


# --- Texts of other parliaments -------------------------------------------------------------------------------------

QUESTIONS = sorted((Path(__file__).parents[2] / "text" / "questions").glob("*.txt"))


@pytest.mark.parametrize("file", every(12, QUESTIONS), ids=lambda file: file.stem)
def test_a_text_without_claims_is_read_whole(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "q-1"
    folder.mkdir()
    (folder / "source.txt").write_bytes(file.read_bytes())
    (folder / "claims.trig").write_text("")
    graph = fot_graph.load(folder)
    page = reading.reading(graph, "nl")
    source = read(file)
    told = {leaf.text for leaf in page.coverage.without}
    in_head = told_by_head(graph, graph.namespaces.document("q-1"))
    leaves = [unit for unit, _, _ in parts(source) if is_leaf(unit) and unit.start not in in_head]
    assert {wording(source.text, unit) for unit in leaves} == told
    shown = [item.label for pair in page.answer.pairs for item in pair.asked]
    assert sorted(shown) == sorted(item.label for item in source.question_items())
    assert page.claims == ()
    assert bool(page.issued) == bool(source.values("date_asked"))
    assert {author.text for author in page.authors} == set(source.values("author"))
