"""`fot-graph` alone: what the graph holds, in five lines, and what to try."""

from __future__ import annotations

from fot_graph.api import load
from fot_graph.cli import opening
from fot_graph.core import tables
from fot_graph.core.words import texts
from fot_graph.questions.overview import overview


def text(lang: str, width: int | None) -> str:
    """Give the five lines, wrapped to the terminal if there is one, and the commands to try."""
    lines = overview(load([found] if (found := opening.own_workspace()) else None), lang)
    held = tables.records([name for name, _ in lines], [[said for _, said in lines]], width or 10**6)
    tries = texts("welcome", lang)
    longest = max(map(len, tries))
    return held + "\n" + "".join(f"  {command:<{longest}}  {what}\n" for command, what in tries.items())
