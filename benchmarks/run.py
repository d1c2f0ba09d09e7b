"""Compare fot_graph with its alternatives, side by side in one run, and print a table of ratios.

Contestants take turns, so that a busy moment of the machine meets all of them, and the median of each is compared.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import RdfFormat, serialize
from rdflib import Dataset

from fot_graph import load
from fot_graph.core.namespaces import Namespaces
from fot_graph.formats.export import export
from fot_graph.questions.catalogue import bind, questions
from fot_graph.validation.shapes import to_rdflib
from fot_graph.validation.validating import data, house_data, shapes

PREFIXES = Namespaces().prefixes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pyoxigraph import Triple

    from fot_graph.api import Graph
    from fot_graph.questions.catalogue import Question

    Command = list[str]

HERE = Path(__file__).parent
RUNS = 15
SLOW_RUNS = 3  # of what may take seconds
PATIENCE = 10.0  # seconds, after which what was measured has to do
QUESTION = "findings-informing-themes"


class Line(NamedTuple):
    """A line of the table: `times` says how often faster (or slower) fot_graph is, `goal` is the least (or most)."""

    what: str
    times: float
    goal: float | None = None
    slower: bool = False

    def __str__(self) -> str:
        shown = f"{self.times:.2g}" if self.times < 10 else f"{self.times:.0f}"
        cells = [self.what, f"{shown} times {'slower' if self.slower else 'faster'}"]
        return f"| {' | '.join([*cells, *self._goal()])} |"

    def _goal(self) -> list[str]:
        if self.goal is None:
            return ["", ""]
        met = self.times <= self.goal if self.slower else self.times >= self.goal
        return [f"{'at most' if self.slower else 'at least'} {self.goal:g}", "yes" if met else "no"]


def main() -> None:
    """Print the table line by line."""
    sys.stdout.write("| compared | fot_graph is | goal | met |\n|---|---|---|---|\n")
    graph = load()
    with tempfile.TemporaryDirectory() as folder:
        for measure in (asking, loading, querying, validating, exporting):
            for line in measure(graph, Path(folder)):
                sys.stdout.write(f"{line}\n")
                sys.stdout.flush()


# --- What is measured -----------------------------------------------------------------------------------------------


def asking(graph: Graph, folder: Path) -> list[Line]:
    """Ask one question in a new process, from the command to the last row."""
    file, query = _turtle(graph, folder), str(HERE / f"{QUESTION}.rq")
    ask = _command("fot-graph", "ask", QUESTION, "--lang", "en", "-f", "tsv")
    times = processes(
        {
            "here": ask,
            "first": ["env", f"XDG_CACHE_HOME={os.devnull}", *ask],
            "rdflib": _script("rdflib_ask", file, query),
            "floor": _script("pyoxigraph_ask", file, query),
        }
    )
    return [
        Line("`ask`, whole process, with a script on rdflib", times["rdflib"] / times["here"], 4),
        Line("`ask`, whole process, with a bare script on pyoxigraph", times["here"] / times["floor"], 2, slower=True),
        Line("the same without a snapshot, with rdflib", times["rdflib"] / times["first"]),
        Line("the same without a snapshot, with pyoxigraph", times["first"] / times["floor"], slower=True),
    ]


def loading(graph: Graph, folder: Path) -> list[Line]:
    """Load the graph in a new process."""
    file = _turtle(graph, folder)
    times = processes(
        {
            "here": _script("fot_graph_load"),
            "rdflib": _script("rdflib_load", file),
            "floor": _script("pyoxigraph_load", file),
        }
    )
    return [
        Line("load, whole process, with rdflib", times["rdflib"] / times["here"]),
        Line("load, whole process, with pyoxigraph", times["here"] / times["floor"], slower=True),
    ]


def querying(graph: Graph, folder: Path) -> list[Line]:
    """Ask every question of the catalogue, of data that are loaded."""
    del folder
    dataset = Dataset()
    dataset.parse(data=graph.store.dump(format=RdfFormat.N_QUADS), format="nquads")
    queries = [bind(question, graph, _language(question)) for question in questions().values()]
    ratios = [_query_ratio(graph, dataset, query) for query in queries]
    return [
        Line(f"the {len(ratios)} questions of the catalogue, with rdflib: median", median(ratios), 20),
        Line("the same: least", min(ratios)),
        Line("the same: most", max(ratios)),
    ]


def validating(graph: Graph, folder: Path) -> list[Line]:
    """Validate all of it in a new process, from the command to the report in Turtle."""
    parts = (data(graph), shapes().triples, house_data(graph), shapes(house=True).triples)
    files = [_written(triples, folder / f"part-{number}.ttl") for number, triples in enumerate(parts)]
    times = processes(
        {
            "here": _command("fot-graph", "validate", "-f", "turtle"),
            "pyshacl": _script("pyshacl_validate", *files),
        },
        SLOW_RUNS,
    )
    return [Line("`validate`, whole process, with plain pyshacl", times["pyshacl"] / times["here"], 3)]


def exporting(graph: Graph, folder: Path) -> list[Line]:
    """Write the graph as Turtle, in the order and the form that each thinks best."""
    del folder
    plain = to_rdflib(graph.flat())
    for prefix, namespace in PREFIXES.items():
        plain.bind(prefix, namespace)
    times = calls(
        {
            "here": lambda: export(graph, "ttl"),
            "turtle": lambda: plain.serialize(format="turtle"),
            "longturtle": lambda: plain.serialize(format="longturtle"),
        },
        SLOW_RUNS,
    )
    names = ("turtle", "longturtle")
    return [Line(f"export of Turtle, with rdflib's `{name}`", times[name] / times["here"]) for name in names]


# --- How it is measured ---------------------------------------------------------------------------------------------


def processes(contestants: Mapping[str, Command], runs: int = RUNS) -> dict[str, float]:
    """Give the median time of each command, which writes where nobody reads."""

    def run(command: Command) -> None:
        subprocess.run(command, stdout=subprocess.DEVNULL, env=_environment(), check=True)  # noqa: S603  our own

    return calls({name: partial(run, command) for name, command in contestants.items()}, runs)


def calls(contestants: Mapping[str, Callable[[], object]], runs: int) -> dict[str, float]:
    """Give the median time of each function, once all of them are warm."""
    times: dict[str, list[float]] = {name: [] for name in contestants}
    begin = perf_counter()
    while len(times[next(iter(times))]) <= runs:
        for name, call in contestants.items():
            times[name].append(_time(call))
        if perf_counter() - begin > PATIENCE:
            break
    # The first turn only warms up (compiled modules, the snapshot, the disk), unless there was time for no other
    return {name: median(measured[1:] or measured) for name, measured in times.items()}


def _time(call: Callable[[], object]) -> float:
    start = perf_counter()
    call()
    return perf_counter() - start


def _environment() -> dict[str, str]:
    """Let Python keep compiled modules, as it does for everyone who has not forbidden it."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _query_ratio(graph: Graph, dataset: Dataset, query: str) -> float:
    contestants: dict[str, Callable[[], object]] = {
        "here": lambda: list(graph.query(query).rows),
        "rdflib": lambda: list(dataset.query(query, initNs=PREFIXES)),
    }
    times = calls(contestants, SLOW_RUNS)
    return times["rdflib"] / times["here"]


def _language(question: Question) -> dict[str, str]:
    return {"lang": "en"} if "lang" in question.parameters else {}


def _command(name: str, *words: str) -> Command:
    return [str(Path(sys.executable).with_name(name)), *words]


def _script(name: str, *words: str) -> Command:
    return [sys.executable, str(HERE / "contestants" / f"{name}.py"), *words]


def _turtle(graph: Graph, folder: Path) -> str:
    """Write the Turtle that the command exports."""
    file = folder / "graph.ttl"
    file.write_text(export(graph, "ttl"), encoding="utf-8")
    return str(file)


def _written(triples: Iterable[Triple], file: Path) -> str:
    serialize(dict.fromkeys(triples), file, RdfFormat.TURTLE, prefixes=PREFIXES)
    return str(file)


if __name__ == "__main__":
    main()
