"""The example notebook runs from top to bottom, and each of its cells shows something."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib.pyplot as plt

if TYPE_CHECKING:
    import pytest

NOTEBOOK = json.loads((Path(__file__).parents[1] / "docs" / "example.ipynb").read_text(encoding="utf-8"))
CELLS = ["".join(cell["source"]) for cell in NOTEBOOK["cells"] if cell["cell_type"] == "code"]


def run(cell: str, names: dict[str, object]) -> object:
    """Run a cell as a notebook does: the value of its last line, if it is one, is what it shows."""
    tree = ast.parse(cell)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names) if isinstance(last, ast.Expr) else None


def test_every_cell_runs_and_shows_something(capsys: pytest.CaptureFixture[str]) -> None:
    plt.switch_backend("agg")
    names: dict[str, object] = {}
    for cell in CELLS:
        shown = run(cell, names)
        html = getattr(shown, "_repr_html_", lambda: "")()
        drawn = [axes for number in plt.get_fignums() for axes in plt.figure(number).axes if axes.texts]
        plt.close("all")
        assert html or shown or drawn or capsys.readouterr().out, cell
        assert "<table" in html or not html
        assert bool(drawn) == ("nx.draw(" in cell)


def test_it_shows_pictures_centrality_and_communities() -> None:
    for words in ("graph.picture(", "**fot_graph.style(network)", "centrality(", "communities("):
        assert any(words in cell for cell in CELLS), words


def test_it_is_kept_without_outputs() -> None:
    cells = [cell for cell in NOTEBOOK["cells"] if cell["cell_type"] == "code"]
    assert not any(cell["outputs"] or cell["execution_count"] for cell in cells)
