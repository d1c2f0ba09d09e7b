"""What the pages show, asked without a server."""

from __future__ import annotations

import pickle
from itertools import chain
from typing import TYPE_CHECKING, Any

import pytest

import fot_graph
from fot_graph.errors import UnknownNameError
from fot_graph.namespaces import PREFIXES
from fot_graph.web.views import board, claim, drawing, entity, reading, themes
from fot_graph.web.views.common import Named, Namer, address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fot_graph.web.views.reading import Block, Leaf, Reading

DOCUMENT = "vp-sv-2019-2020-358"


@pytest.fixture(scope="module")
def graph() -> fot_graph.Graph:
    return fot_graph.load()


@pytest.fixture(scope="module")
def page(graph: fot_graph.Graph) -> Reading:
    return reading.reading(graph, "nl")


def blocks(page: Reading) -> Iterator[Block]:
    items = [item for pair in page.pairs for item in (*pair.asked, *filter(None, [pair.answered]))]
    for block in chain(page.context, page.preamble, *(item.blocks for item in items)):
        yield from block.blocks or (block,)


def leaves(page: Reading) -> Iterator[Leaf]:
    yield from (page.policy_field, page.title, page.head)
    for block in blocks(page):
        yield from block.leaves


def leaf(page: Reading, start: str) -> Leaf:
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


def test_no_place_is_there_twice(page: Reading) -> None:
    ids = [each.id for each in leaves(page)]
    ids += [id_ for each in leaves(page) for cell in each.cells for segment in cell for id_ in segment.ids]
    assert len(ids) == len(set(ids))


def test_every_part_of_the_document_has_the_address_that_its_iri_has(graph: fot_graph.Graph, page: Reading) -> None:
    ids = {each.id for each in leaves(page)} | {"question", "answer"}
    items = [item for pair in page.pairs for item in (*pair.asked, *filter(None, [pair.answered]))]
    ids |= {item.id for item in items}
    for block in chain(page.context, page.preamble, *(item.blocks for item in items)):
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


def test_a_row_of_the_table_has_its_cells(page: Reading) -> None:
    row = leaf(page, "2017 403")
    assert ["".join(s.text for s in cell) for cell in row.cells] == ["2017", "403", "609.407,71", "9", "28.433,60"]
    total = leaf(page, "Aantal dienstverleners HRM")
    assert ["".join(s.text for s in cell) for cell in total.cells] == ["Aantal dienstverleners HRM (advies)", "514"]


def test_the_joint_answer_stands_beside_all_that_it_answers(page: Reading) -> None:
    asked = [[item.label for item in pair.asked] for pair in page.pairs]
    assert asked == [["1"], ["2"], ["3a", "3b", "4", "5", "6", "7"]]
    assert [pair.answered.label for pair in page.pairs if pair.answered] == ["1", "2", "3-7"]


def test_coverage_names_what_has_no_claim_with_the_reason(page: Reading) -> None:
    covered = page.coverage
    assert (covered.total, covered.quoted, covered.accounted) == (76, 75, 1)
    (title,) = covered.without
    assert title.reason
    assert title.reason.lang == "nl"


def test_a_filter_leaves_marked_what_it_asks_for(graph: fot_graph.Graph) -> None:
    page = reading.reading(graph, "en", statuses=["asked"], theme="diversity")
    kept = [page.claims[number] for number in page.on]
    assert {claim.name for claim in kept} == {"asks-reorientation", "asks-spearheads"}
    segments = [segment for each in leaves(page) for cell in each.cells for segment in cell]
    assert all(segment.on == bool(page.on & set(segment.claims)) for segment in segments)
    assert {each.id for each in leaves(page) if each.kept} == {"char=625,756", "char=761,938"}


@pytest.mark.parametrize("wrong", [{"statuses": ["sure"]}, {"theme": "nothing"}, {"document": "none"}])
def test_an_unknown_choice_is_said_so(graph: fot_graph.Graph, wrong: dict[str, Any]) -> None:
    with pytest.raises(UnknownNameError):
        reading.reading(graph, "nl", **wrong)


# --- Board, themes, things, claims -----------------------------------------------------------------------------------


def test_the_board_has_a_row_an_item(graph: fot_graph.Graph) -> None:
    found = board.board(graph, "en")
    assert [(row.label, row.verdict, row.joint) for row in found.rows] == [
        ("1", "answered", False),
        ("2", "answered", False),
        ("3a", "partly-answered", True),
        ("3b", "partly-answered", True),
        ("4", "deferred", True),
        ("5", "partly-answered", True),
        ("6", "not-answered", True),
        ("7", "partly-answered", True),
    ]
    assert all(row.quotes and row.rationale.lang == "en" for row in found.rows)
    assert found.rows[7].quotes[0].text == "wil ik de komende maanden verder verkennen"


def test_the_board_as_text_has_the_same_rows(graph: fot_graph.Graph) -> None:
    assert (
        board.csv(graph, "nl").splitlines()[0]
        == "onderdeel,gevraagd,oordeel,antwoord,citaten uit het antwoord,motivering"
    )
    assert board.markdown(graph, "en").count("\n") == 2 + 8


def test_each_link_to_a_theme_has_two_sides_and_a_reason(graph: fot_graph.Graph) -> None:
    found = themes.themes(graph, "nl")
    links = graph.query("SELECT ?f ?t { ?f fot:informs ?t }").rows
    assert len(found.links) == len(links) == len(found.picture.strokes)
    assert all(link.finding_quotes and link.theme_quotes and link.claim.rationale.text for link in found.links)
    assert {stroke.edge.href for stroke in found.picture.strokes} == {f"#{link.id}" for link in found.links}


def test_a_thing_has_its_names_and_its_facts(graph: fot_graph.Graph) -> None:
    found = entity.thing(graph, "en", "id/serv")
    assert (found.thing.text, found.names[0]) == ("SERV", ("nl", ("SERV",)))
    assert found.total == len(graph.entity("SERV").facts())
    assert {fact.way for group in found.groups for fact in group.facts} == {"in"}


def test_what_nobody_knows_has_no_page(graph: fot_graph.Graph) -> None:
    for path in ("id/nothing", "not an iri", "id/<script>"):
        with pytest.raises(UnknownNameError):
            entity.thing(graph, "en", path)
        with pytest.raises(UnknownNameError):
            claim.told(graph, "en", path)


def test_a_claim_tells_what_it_rests_on(graph: fot_graph.Graph) -> None:
    found = claim.told(graph, "en", f"{DOCUMENT}/30-september-is")
    assert [quote.text for quote in found.subject_quotes] == ["een verlenging hebben gekregen tot en met 30 september"]
    assert {base.name for base in found.bases} == {"extension", "question-put", "structural-partners-extension"}
    assert [format_ for format_, _ in found.citations] == ["text", "md", "bibtex", "csl"]


def test_views_can_be_sent_between_processes(graph: fot_graph.Graph, page: Reading) -> None:
    made = (
        page,
        board.board(graph, "nl"),
        themes.themes(graph, "nl"),
        entity.thing(graph, "nl", "id/minister"),
        claim.told(graph, "nl", f"{DOCUMENT}/predecessors"),
    )
    for each in made:
        assert pickle.loads(pickle.dumps(each)) == each


# --- Names and pictures ----------------------------------------------------------------------------------------------


def test_a_name_tells_its_language(graph: fot_graph.Graph) -> None:
    english, dutch = (Namer(graph, lang)(PREFIXES["theme"] + "climate") for lang in ("en", "nl"))
    assert english == Named("climate", "en", "/en/page/theme/climate", "theme:climate")
    assert dutch == Named("klimaat", "nl", "/nl/page/theme/climate", "theme:climate")


def test_terms_lead_to_the_ontology_and_addresses_outside(graph: fot_graph.Graph) -> None:
    namer = Namer(graph, "en")
    assert namer(PREFIXES["dcterms"] + "replaces").href == "/en/ontology#dcterms:replaces"
    assert namer(PREFIXES["fot"] + "informs").href == "/en/ontology#informs"
    assert namer("https://www.wikidata.org/entity/Q1").outside


def test_no_script_becomes_an_address(graph: fot_graph.Graph) -> None:
    assert not Namer(graph, "en")("javascript:alert(1)").href
    assert address('https://w3id.org/fot-graph/id/"><script>', "en") == "/en/page/id/%22%3E%3Cscript%3E"


def boxes_overlap(picture: drawing.Picture) -> bool:
    boxes = picture.boxes
    return any(
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
        for place, one in enumerate(boxes)
        for other in boxes[:place]
    )


@pytest.mark.parametrize("path", ["id/focus-op-talent", "id/serv", "id/minister", "theme/diversity", "id/viona-study"])
def test_in_a_picture_nothing_overlaps_and_nothing_is_cut(graph: fot_graph.Graph, path: str) -> None:
    for lang in ("nl", "en"):
        picture = entity.thing(graph, lang, path).picture
        assert not boxes_overlap(picture)
        for box in picture.boxes:
            assert box.x >= 0
            assert box.x + box.width <= picture.width
            assert 0 <= box.y < box.y + box.height <= picture.height
            assert all(drawing.measured(line) <= box.width for _, _, line in box.lines)


def test_the_map_of_themes_overlaps_nowhere(graph: fot_graph.Graph) -> None:
    assert not boxes_overlap(themes.themes(graph, "en").picture)
