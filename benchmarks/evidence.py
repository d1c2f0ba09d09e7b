"""Measure what evidence costs: each question of the catalogue on a large corpus, with and without it.

    python benchmarks/evidence.py                  on 1,000 documents, made for it
    python benchmarks/evidence.py out/corpus       on a store that benchmarks/corpus.py made

The plain query is read until its 100th row; then the evidence of these rows is found. Each question has a process of
its own, so that one that takes too long can be stopped. Both take turns, and the first turn only warms up.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from corpus import build
from run import SLOW_RUNS, calls

from fot_graph import load, open_store
from fot_graph.questions.catalogue import bind, question, questions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fot_graph.evidence.answers import Answer

ROWS = 100
LIMIT = 60  # seconds for a question, with all its turns, unless told otherwise
NAMED = {"everything-about": {"entity": "Focus op Talent"}}  # a question about all things unless one is named
GOAL_TIMES, GOAL_SECONDS = 10, 0.2  # evidence may take so many times the time of the plain query, or so long


class Line(NamedTuple):
    """What was measured of one question, in seconds; None: it was not done in time."""

    name: str
    rows: int = 0
    plain: float | None = None
    evidence: float | None = None

    @property
    def met(self) -> bool:
        """Tell whether the goal is met."""
        if self.plain is None or self.evidence is None:
            return False
        return self.evidence <= max(GOAL_TIMES * self.plain, GOAL_SECONDS)

    def __str__(self) -> str:
        times = f"{self.evidence / self.plain:.1f}" if self.plain and self.evidence else ""
        cells = (self.name, str(self.rows or ""), _shown(self.plain), _shown(self.evidence), times)
        return f"| {' | '.join([*cells, 'yes' if self.met else 'no'])} |"


def main() -> None:
    """Print the table line by line."""
    parser = argparse.ArgumentParser(description="Measure what evidence costs on a large corpus.")
    parser.add_argument("store", type=Path, nargs="?", help="made by benchmarks/corpus.py; 1,000 documents without it")
    parser.add_argument("--only", nargs="+", default=list(questions()), help="questions of the catalogue")
    parser.add_argument("--limit", type=float, default=LIMIT, help=f"seconds for a question; {LIMIT} by default")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        _measure(args.one, args.store)
    elif args.store:
        report(args.only, args.store, args.limit)
    else:
        with tempfile.TemporaryDirectory() as folder:
            build(Path(folder) / "store", 1000)
            report(args.only, Path(folder) / "store", args.limit)


def report(names: Iterable[str], store: Path, limit: float) -> None:
    """Print what is measured, and how many questions meet the goal."""
    sys.stdout.write("| question | rows | plain, ms | evidence, ms | times | met |\n|---|---:|---:|---:|---:|---|\n")
    lines = []
    for line in measured(names, store, limit):
        lines.append(line)
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    sys.stdout.write(f"\n{summary(lines)}\n")


def measured(names: Iterable[str], store: Path, limit: float) -> Iterator[Line]:
    """Measure one question after the other, each in a process that ends in time."""
    for name in names:
        command = [sys.executable, __file__, str(store), "--one", name]
        try:
            said = subprocess.run(command, capture_output=True, check=True, timeout=limit).stdout  # noqa: S603  our own
        except subprocess.TimeoutExpired as late:
            said = late.stdout or b""
        known: dict[str, float] = {}
        for part in said.splitlines():
            known |= json.loads(part)
        yield Line(name, int(known.pop("rows", 0)), **known)


def summary(lines: list[Line]) -> str:
    """Say in a sentence how many questions meet the goal."""
    ratios = [line.evidence / line.plain for line in lines if line.plain and line.evidence]
    met = sum(line.met for line in lines)
    middle = f"; evidence takes {median(ratios):.1f} times the time of the plain query (median)" if ratios else ""
    return f"{met} of {len(lines)} questions meet the goal{middle}."


def _measure(name: str, store: Path) -> None:
    """Measure one question, and say what is known as soon as it is: the process may be stopped."""
    asked = question(name)
    given = {"lang": "en"} if "lang" in asked.parameters else NAMED.get(name, {})
    query = bind(asked, load(), given)
    graph = open_store(store)

    def plain() -> Answer:
        stream = graph.stream(query)
        stream.limit = ROWS
        return stream.answer()

    answer = plain()
    times = calls({"plain": plain}, SLOW_RUNS)
    _say(rows=len(answer), **times)
    both = {"plain": plain, "evidence": lambda: answer.explain(answer, False)}  # noqa: FBT003  as it is declared
    _say(**calls(both, SLOW_RUNS))


def _say(**known: float) -> None:
    sys.stdout.write(json.dumps(known) + "\n")
    sys.stdout.flush()


def _shown(seconds: float | None) -> str:
    return "too long" if seconds is None else f"{seconds * 1000:.1f}"


if __name__ == "__main__":
    main()
