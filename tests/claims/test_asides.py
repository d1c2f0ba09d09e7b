"""Footnotes and annexes have their own terms among the parts of a document."""

from __future__ import annotations

from pathlib import Path

import pytest

from fot_graph.api import load

TEXTS = Path(__file__).parents[1] / "text" / "questions"


@pytest.mark.parametrize(
    ("name", "kind"), [("flemish-footnotes", "doco:Footnote"), ("flemish-letters-and-annex", "doco:Appendix")]
)
def test_what_stands_aside_is_said_to_be_so(tmp_path: Path, name: str, kind: str) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "source.txt").write_bytes((TEXTS / f"{name}.txt").read_bytes())
    query = f"SELECT ?text {{ ?sentence dcterms:isPartOf+ ?aside ; prov:value ?text . ?aside a {kind} }}"
    assert load(tmp_path / name).query(query).rows
