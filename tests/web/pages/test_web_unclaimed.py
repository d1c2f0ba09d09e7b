"""The pages of documents that nobody has curated, of all layouts: none fails, and each shows what its text has."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from curation import workspace

from fot_graph.api import Graph, load
from fot_graph.authoring import intake, updating
from fot_graph.core.words import texts
from fot_graph.questions.levels import CURATED, DRAFT, REVIEWED
from fot_graph.questions.overview import overview
from fot_graph.web.pages import board, figures, neighbourhood, reading, search, themes, timeline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fot_graph.web.pages.reading_views import Reading, TextBlock

TEXTS = Path(__file__).parents[2] / "text" / "questions"
NAMES = sorted(path.stem for path in TEXTS.glob("*.txt"))


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    place = workspace(tmp_path_factory.mktemp("unclaimed") / "w", ("nl", "en"))
    for name in NAMES:
        folder = place / "data" / "documents" / name
        folder.mkdir()
        (folder / "source.txt").write_bytes((TEXTS / f"{name}.txt").read_bytes())
    return load(place)


def blocks(found: Reading) -> Iterator[TextBlock]:
    waiting = [*found.opening, *found.context, *(block for _, blocks in found.closing for block in blocks)]
    for answer in (found.answer, *found.further):
        items = [item for pair in answer.pairs for item in (*pair.asked, None if pair.elsewhere else pair.answered)]
        waiting += [*answer.preamble, *(block for item in items if item for block in item.blocks)]
    while waiting:
        block = waiting.pop()
        yield block
        waiting += block.blocks


@pytest.mark.parametrize("name", NAMES)
def test_the_reading_page_shows_all_of_the_text(graph: Graph, name: str) -> None:
    found = reading.reading(graph, "nl", name)
    leaves = [leaf for block in blocks(found) for leaf in block.leaves]
    heads = [answer.head for answer in (found.answer, *found.further)]
    leaves += [leaf for leaf in (found.policy_field, found.title, *heads) if leaf]
    assert len({leaf.id for leaf in leaves}) == len(leaves)
    shown = {leaf.id for leaf in leaves}
    missing = [leaf.text for leaf in found.coverage.without if leaf.id not in shown]
    assert missing == []
    told_by_head = found.coverage.quoted
    assert found.coverage.total == len(found.coverage.without) + told_by_head
    assert found.coverage.level == "draft"


def test_what_stands_before_the_question_is_no_part_of_it(graph: Graph) -> None:
    letter = reading.reading(graph, "nl", "tweede-kamer-letter")
    opening = " ".join(leaf.text for block in letter.opening for leaf in block.leaves)
    assert "Hierbij zend ik u de antwoorden" in opening
    assert letter.context == ()


def test_a_row_has_its_cells(graph: Graph) -> None:
    found = reading.reading(graph, "nl", "flemish-table")
    rows = [
        ["".join(segment.text for segment in cell) for cell in leaf.cells]
        for block in blocks(found)
        for leaf in block.leaves
        if leaf.kind == "table-row"
    ]
    assert ["Antwerpen", "1 234", "< 5"] in rows
    assert ["Gent", "12 %", "3,5 %"] in rows
    assert ["West-Vlaanderen", "n.b.", "-"] in rows


@pytest.mark.parametrize("view", [board.board, themes.themes, figures.figures, timeline.timeline])
def test_a_page_of_what_claims_say_is_a_page_without_any(graph: Graph, view: object) -> None:
    assert view(graph, "nl") is not None  # type: ignore[operator]


def test_the_neighbourhood_of_nothing_is_a_page(graph: Graph) -> None:
    found = neighbourhood.neighbourhood(graph, "nl")
    assert {fact.claim.curated for fact in found.facts} == {False}, "only what its head says"
    assert found.focus.name == f"doc:{NAMES[0]}"


def test_the_overview_lists_documents_without_a_title(graph: Graph) -> None:
    (_, documents), *_ = overview(graph, "en")
    assert documents.startswith(f"{len(NAMES)}: ")
    assert "doc:tweede-kamer-letter" in documents or "2021Z09999" in documents


def test_a_word_of_the_text_is_found(graph: Graph) -> None:
    assert search.search(graph, "nl", "fietspaden") is not None


def test_a_passage_that_moved_has_its_old_anchor(tmp_path: Path) -> None:
    place = workspace(tmp_path / "w", ("nl", "en"))
    folder = place / "data" / "documents" / "a"
    folder.mkdir()
    old = "Vraag nr. 7\n\nLoopt er iets? Er loopt een trein.\n"
    (folder / "source.txt").write_text(old, encoding="utf-8")
    (folder / "claims.trig").write_text(
        "@prefix c: <https://data.example.org/kinds/claim/a/> . @prefix prov: <http://www.w3.org/ns/prov#> .\n"
        "@prefix fot: <https://w3id.org/fot-graph/ontology#> .\n"
        'c:n a fot:NoClaim ; prov:wasQuotedFrom "Er loopt een trein." ; fot:rationale "x"@nl , "x"@en .\n'
        'c:m a fot:Claim ; prov:wasQuotedFrom "Er loopt een trein." .',
        encoding="utf-8",
    )
    later = f"Een kop.\n\n{old}".encode()
    updating.update(intake.read(later, "a.txt", "a.txt"), place / "data" / "documents", "a")
    found = reading.reading(load(place), "nl", "a")
    ids = [
        id_
        for block in blocks(found)
        for leaf in block.leaves
        for cell in leaf.cells
        for segment in cell
        for id_ in segment.ids
    ]
    before = old.index("Er loopt")
    assert f"char={before},{before + len('Er loopt een trein.')}" in ids
    assert re.fullmatch(r"char=\d+,\d+", ids[0])


def test_a_title_within_a_line_heads_the_page(graph: Graph) -> None:
    found = reading.reading(graph, "nl", "european-parliament-web")
    assert found.title is None or found.named
    assert {read.title for read in graph.sources.values()} >= {found.named}


@pytest.mark.parametrize(("lang", "reason"), [("nl", "de reden waarom niet"), ("en", "the reason why not")])
def test_each_level_says_that_a_sentence_may_carry_a_reason_in_place_of_claims(lang: str, reason: str) -> None:
    said = texts("pages", lang)
    assert [level for level in (DRAFT, CURATED, REVIEWED) if reason not in said[f"level_{level}"]] == []


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("page", ["board", "themes", "figures", "timeline", "reading"])
def test_a_page_without_claims_says_how_to_make_them(page: str, lang: str) -> None:
    template = (Path(board.__file__).parent / f"{page}.html").read_text(encoding="utf-8")
    said = [texts("pages", lang)[name] for name in re.findall(r"t\.(no_\w+_yet)\.format", template)]
    assert [text for text in said if "fot-graph propose {}" in text] == said != []


@pytest.mark.parametrize(("lang", "ours"), [("nl", "gegevens"), ("en", "data")])
def test_the_licence_is_of_the_ontology_and_what_comes_along_not_of_data_of_others(lang: str, ours: str) -> None:
    said = texts("pages", lang)["licence"]
    assert ours not in said
    assert "fot_graph" in said.partition(": CC BY 4.0")[0]
    assert "Ontology and our own data: CC BY 4.0." in (Path(__file__).parents[3] / "README.md").read_text("utf-8")
