"""Who curated a claim, and on which day: said once, of a workspace or a document, and true of each claim."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fot_graph.api import load
from fot_graph.core.errors import InputFileError
from fot_graph.core.terms import text_of
from fot_graph.formats.citation import cite
from fot_graph.formats.export import export

if TYPE_CHECKING:
    from fot_graph.api import Graph

TINY = Path(__file__).parents[1] / "fixtures" / "vp-test-1"
WHO = "SELECT DISTINCT ?who ?day { ?claim pav:curatedBy ?who OPTIONAL { ?claim pav:curatedOn ?day } }"


def workspace(place: Path, told: str = "", of_document: str = "") -> Path:
    shutil.copytree(TINY, place / "data" / "documents" / "vp-test-1")
    toml = f'name = "m"\nbase = "https://w3id.org/fot-graph/"\nlanguages = ["nl", "en"]\n{told}'
    (place / "fot-graph.toml").write_text(toml, encoding="utf-8")
    (place / "data" / "documents" / "vp-test-1" / "document.toml").write_text(of_document, encoding="utf-8")
    return place


def who(graph: Graph) -> list[tuple[str, ...]]:
    found = graph.query(WHO).rows
    return [tuple(graph.label(text_of(term), "en") for term in row if term) for row in found]


@pytest.mark.parametrize(
    ("told", "of_document", "expected"),
    [
        ("", "", []),
        ('curator = "Jan Peeters"\n', "", [("Jan Peeters",)]),
        ('curator = "Jan Peeters"\ncurated = "2024-05-01"\n', "", [("Jan Peeters", "2024-05-01")]),
        ('curator = "Jan Peeters"\n', 'curator = "An De Smet"\ncurated = 2024-06-02\n', [("An De Smet", "2024-06-02")]),
    ],
)
def test_each_claim_is_curated_by_whom_the_workspace_or_the_document_tells(
    tmp_path: Path, told: str, of_document: str, expected: list[tuple[str, ...]]
) -> None:
    graph = load(workspace(tmp_path / "w", told, of_document))
    assert who(graph) == expected
    (tmp_path / "all.nq").write_text(export(graph, "nq"), encoding="utf-8")
    assert who(load(tmp_path / "all.nq")) == expected


def test_a_claim_may_tell_it_itself_and_who_reviewed_it(tmp_path: Path) -> None:
    place = workspace(tmp_path / "w", 'curator = "Jan Peeters"\ncurated = "2024-05-01"\n')
    claims = place / "data" / "documents" / "vp-test-1" / "claims.trig"
    asked = "SELECT ?c { ?c a fot:Claim } ORDER BY ?c"
    first = text_of(load(place).query(asked).rows[0].c)
    with claims.open("a", encoding="utf-8") as file:
        file.write(
            f"\n<{first}> <http://purl.org/pav/curatedBy> <https://w3id.org/fot-graph/id/an> ;"
            " <https://w3id.org/fot-graph/ontology#reviewedBy> <https://w3id.org/fot-graph/id/bo> ."
        )
    graph = load(place)
    assert sorted(name for name, *_ in who(graph)) == ["Jan Peeters", "id:an"]
    assert cite(graph, first).endswith("Curated by id:an, 1 May 2024. Reviewed by id:bo.\n")


@pytest.mark.parametrize("day", ["2024-02-30", "yesterday"])
def test_what_is_no_day_is_said_so(tmp_path: Path, day: str) -> None:
    with pytest.raises(InputFileError, match="'curated' is no day"):
        load(workspace(tmp_path / "w", f'curated = "{day}"\n'))
