"""What rules find in real questions of several parliaments, held against what a person annotated in them.

FOT_GRAPH_TEXTS names the folder of the texts, as for `test_annotated`; the dates of two of them are annotated here, in
`dates.json`, by their characters and values. `python benchmarks/findings.py` prints the counts.
"""

from __future__ import annotations

import os
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

FOLDER = os.environ.get("FOT_GRAPH_TEXTS", "")
ROOT = Path(__file__).parents[3]
SPEC = spec_from_file_location("findings", ROOT / "benchmarks" / "findings.py")
assert SPEC
assert SPEC.loader
benchmark = module_from_spec(SPEC)
SPEC.loader.exec_module(benchmark)

LEAST = {"date": (0.99, 0.99), "promise": (1.0, 0.8), "evaluation": (0.9, 0.6)}
needs_texts = pytest.mark.skipif(not FOLDER, reason="FOT_GRAPH_TEXTS names no folder of annotated texts")


@needs_texts
def test_most_is_found_and_right() -> None:
    for score in benchmark.scores(Path(FOLDER)):
        least_found, least_right = LEAST.get(score.kind, (0.9, 0.95))
        assert score.found >= least_found * score.wanted > 0, score.wrong
        assert score.right >= least_right * score.proposed, score.wrong


@needs_texts
def test_the_page_has_the_table_that_the_texts_give() -> None:
    page = (ROOT / "docs" / "findings.md").read_text(encoding="utf-8")
    assert benchmark.with_table(page, benchmark.scores(Path(FOLDER))) == page
    assert benchmark.table(benchmark.scores(Path(FOLDER))) in page
