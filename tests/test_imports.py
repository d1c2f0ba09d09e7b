"""House rules that an eye would miss: imports go one way, start-up stays light, only the command line prints."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from itertools import chain
from pathlib import Path

import pytest

import fot_graph

PACKAGE = Path(fot_graph.__file__).parent
ORDER = [
    *("namespaces", "errors", "limits", "terminal", "files", "resources", "markup", "tables", "source"),
    *("normalisation", "edges", "nearest", "passages", "omissions"),
    *("tokens", "mistakes", "names", "sparql", "remote", "engine"),
    *("syntax", "variables", "pruning", "witness", "traits"),
    *("terms", "evidence", "quotes", "answers", "derivations", "ways", "probe", "parts", "verifying", "explain"),
    *("guard", "documents", "corpus", "snapshot", "graph", "endpoint", "places", "homes", "stores"),
    *("facts", "layers", "catalogue", "results", "coverage", "overview"),
    *("bibliography", "citation"),
    *("order", "turtle", "jsonld", "rdfxml", "listing", "attributed", "layout", "network", "export", "pictures"),
    *("literals", "mending"),
    *("report", "grounding", "quotation", "shacl", "validation"),
    *("web", "web.errors", "web.logs", "web.dutch", "web.access", "web.settings", "web.negotiation", "web.dataset"),
    *("web.answering", "web.describing", "web.worker", "web.workers", "web.kept", "web.following", "web.metrics"),
    *("web.problems", "web.security"),
    *("web.description", "web.protocol", "web.linked"),
    *(
        "web.words",
        "web.views",
        "web.views.common",
        "web.views.drawing",
        "web.views.around",
        "web.views.entity",
        "web.views.ontology",
        "web.views.*",
        "web.pages",
        "web.app",
        "web.server",
    ),
    *(
        "cli.words",
        "cli.limits",
        "cli.home",
        "cli.output",
        "cli.claims",
        "cli.*",
        "cli.board",
        "cli.line",
        "cli",
        "__main__",
    ),
]
# What stands right of the graph and has a method of `Graph` as a shortcut to it, for those who work in Python
SHORTCUTS = {"graph": {"catalogue", "facts", "layers", "network", "overview"}}
TEXT_ONLY = {"namespaces", "errors", "limits", "terminal", "files", "resources", "markup", "tables", "source"} | {
    "normalisation",
    "edges",
    "passages",
    "omissions",
}
HEAVY = {"rdflib", "oxrdflib", "pyshacl", "networkx", "matplotlib", "pandas", "rapidfuzz", "shtab", "urllib3"} | {
    "starlette",
    "uvicorn",
    "jinja2",
}
PRINTING = {"cli", "cli.output", "cli.query", "cli.load"}  # the last two read standard input, and show progress
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE or path.name != "__init__.py")


def imported(path: Path) -> set[str]:
    """Give the names that a module imports, also inside functions; from our own package as 'fot_graph.module'."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    plain = (alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names)
    froms = [node for node in nodes if isinstance(node, ast.ImportFrom)]
    return set(chain(plain, (f"{node.module}.{alias.name}" for node in froms for alias in node.names)))


def module(path: Path) -> str:
    """Give the name of a module below the package: 'graph', 'cli.ask', and 'cli' for the package of that name."""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")


def own(path: Path) -> set[str]:
    """Give the modules of our own that a module imports."""
    known = {module(other) for other in MODULES}
    below = {name.removeprefix("fot_graph.") for name in imported(path) if name.startswith("fot_graph.")}
    return {name if name in known else name.rpartition(".")[0] for name in below} & known


def place(name: str) -> int:
    """Give the place of a module in ORDER, where 'cli.*' stands for each command that is not named there."""
    return ORDER.index(name if name in ORDER else re.sub(r"\.\w+$", ".*", name))


@pytest.mark.parametrize("path", MODULES, ids=module)
def test_a_module_imports_only_what_stands_left_of_it(path: Path) -> None:
    wrong = {name for name in own(path) if place(name) >= place(module(path))}
    assert wrong <= SHORTCUTS.get(module(path), set()), "a new module takes its place in ORDER"


@pytest.mark.parametrize(("name", "further"), SHORTCUTS.items())
def test_a_shortcut_is_imported_only_when_it_is_taken(name: str, further: set[str]) -> None:
    program = (
        f"import sys, fot_graph.{name}; print({further!r} & set(m.removeprefix('fot_graph.') for m in sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout == "set()\n"


@pytest.mark.parametrize("name", sorted(TEXT_ONLY))
def test_the_text_modules_know_no_rdf(name: str) -> None:
    roots = {module.partition(".")[0] for module in imported(PACKAGE / f"{name}.py")}
    assert not roots & {*HEAVY, "pyoxigraph"}


@pytest.mark.parametrize("path", MODULES, ids=module)
def test_only_the_command_line_prints(path: Path) -> None:
    names = {node.id for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Name)}
    attributes = {node.attr for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Attribute)}
    assert module(path) in PRINTING or not ({"print", "input"} & names or {"stdout", "stderr"} & attributes)


def test_asking_imports_nothing_heavy() -> None:
    program = (
        "import sys; from fot_graph.cli import main; main(['ask', 'predecessors', '-o', sys.argv[1]]);"
        f"print(sorted({HEAVY!r} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", program, "/dev/null"], capture_output=True, text=True, check=True)
    assert (ran.stdout, ran.stderr) == ("[]\n", "")
