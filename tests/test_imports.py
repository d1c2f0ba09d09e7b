"""House rules that an eye would miss: imports go one way, start-up stays light, only the command line prints."""

from __future__ import annotations

import ast
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from itertools import chain
from pathlib import Path

import pytest

import fot_graph

PACKAGE = Path(fot_graph.__file__).parent
# A package imports only from those left of it, and a page knows nothing of the command line
ORDER = (
    *("core", "text", "sparql", "claims", "stores", "evidence", "questions", "validation", "authoring", "formats"),
    *("pictures", "api", "web", "cli", "__main__"),
)
HEAVY = {"rdflib", "oxrdflib", "pyshacl", "networkx", "matplotlib", "pandas", "rapidfuzz", "shtab", "urllib3"} | {
    "uharfbuzz",
    "markdown_it",
    "resvg_py",
    "fpdf",
    "starlette",
    "uvicorn",
    "jinja2",
}
# Which read input, and show progress
PRINTING = {"cli.main", "cli.output", *(f"cli.commands.{name}" for name in ("query", "load", "review"))}
# The package itself hands out `load`, `Graph` … when they are asked for (see `__getattr__` there)
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def imported(path: Path) -> set[str]:
    """Give the names that a module imports, also inside functions; from our own package as 'fot_graph.module'."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    plain = (alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names)
    froms = [node for node in nodes if isinstance(node, ast.ImportFrom)]
    return set(chain(plain, (f"{node.module}.{alias.name}" for node in froms for alias in node.names)))


def module(path: Path) -> str:
    """Give the name of a module below the package: 'api', 'cli.ask', and 'cli' for the package of that name."""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")


def own(path: Path) -> set[str]:
    """Give the modules of our own that a module imports, also inside functions and for type checkers."""
    known = {module(other) for other in MODULES}
    below = {name.removeprefix("fot_graph.") for name in imported(path) if name.startswith("fot_graph.")}
    return {name if name in known else name.rpartition(".")[0] for name in below} & known


def package(name: str) -> str:
    """Give the package that a module stands in."""
    return name.partition(".")[0]


def test_each_package_has_its_place() -> None:
    assert {package(module(path)) for path in MODULES} == set(ORDER)


@pytest.mark.parametrize("path", MODULES, ids=module)
def test_a_package_imports_only_from_those_left_of_it(path: Path) -> None:
    place = ORDER.index(package(module(path)))
    assert not {name for name in own(path) if ORDER.index(package(name)) > place}


def test_the_command_line_starts_the_server_and_knows_no_more_of_it() -> None:
    users = {module(path) for path in MODULES if package(module(path)) == "cli" and "web" in map(package, own(path))}
    assert users == {"cli.commands.serve"}


def test_no_modules_import_each_other_in_a_circle() -> None:
    uses = {module(path): own(path) - {module(path)} for path in MODULES}
    try:
        TopologicalSorter(uses).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


@pytest.mark.parametrize("path", [path for path in MODULES if path.name == "__init__.py"], ids=module)
def test_a_package_hands_out_no_names(path: Path) -> None:
    assert all(isinstance(node, ast.Expr) for node in ast.parse(path.read_text(encoding="utf-8")).body)


@pytest.mark.parametrize("path", MODULES, ids=module)
def test_what_a_term_may_be_is_said_once(path: Path) -> None:
    kinds = {"NamedNode", "BlankNode", "Literal", "Triple", "DefaultGraph"}
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    unions = [node.value for node in nodes if isinstance(node, ast.Assign) and isinstance(node.value, ast.BinOp)]
    said = [union for union in unions if {each.id for each in ast.walk(union) if isinstance(each, ast.Name)} & kinds]
    assert not said or module(path) in {"core.terms", "sparql.tree"}, "use the types of core.terms"


@pytest.mark.parametrize("path", MODULES, ids=module)
def test_no_type_is_claimed_that_a_checker_cannot_see(path: Path) -> None:
    """No cast, and no class that is made while the program runs."""
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    named = [(call.func.id, len(call.args)) for call in calls if isinstance(call.func, ast.Name)]
    assert not [name for name, given in named if name == "cast" or (name == "type" and given > 1)]


def test_the_text_modules_know_no_rdf() -> None:
    todo, met = {name for name in map(module, MODULES) if package(name) == "text"}, set[str]()
    while todo:
        name = todo.pop()
        met.add(name)
        todo |= (own(PATHS[name]) if name in PATHS else set()) - met
    roots = {name.partition(".")[0] for module in met for name in imported(PATHS[module])}
    assert len(met) > 6
    assert not roots & {*HEAVY, "pyoxigraph"} - {"rapidfuzz"}


PATHS = {module(path): path for path in MODULES}


@pytest.mark.parametrize("path", MODULES, ids=module)
def test_only_the_command_line_prints(path: Path) -> None:
    names = {node.id for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Name)}
    attributes = {node.attr for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Attribute)}
    assert module(path) in PRINTING or not ({"print", "input"} & names or {"stdout", "stderr"} & attributes)


def test_asking_imports_nothing_heavy() -> None:
    program = (
        "import sys; from fot_graph.cli.main import main; main(['ask', 'predecessors', '-o', sys.argv[1]]);"
        f"print(sorted({HEAVY!r} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", program, "/dev/null"], capture_output=True, text=True, check=True)
    assert (ran.stdout, ran.stderr) == ("[]\n", "")


def test_a_graph_comes_without_its_shortcuts() -> None:
    program = "import sys, fot_graph.api; print([name for name in sys.modules if name.startswith('fot_graph.')])"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not {"questions", "formats", "pictures", "validation"} & {
        package(name.removeprefix("fot_graph.")) for name in ast.literal_eval(ran.stdout)
    }
