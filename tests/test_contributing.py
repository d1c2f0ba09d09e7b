"""CONTRIBUTING shows the way: each path and each module that it names is there, and each package has its row."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import fot_graph

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PACKAGE = Path(fot_graph.__file__).parent
PLACES = "fot_graph ontology data queries frontend tests benchmarks docs".split()
HEADINGS = ("folder", "package", "a change")


def section(title: str) -> str:
    """Give what stands under a heading."""
    return TEXT.partition(f"## {title}\n")[2].partition("\n## ")[0]


def rows(text: str) -> list[list[str]]:
    """Give the cells of the rows of its tables, without the headings."""
    lines = [line.strip("|").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line] for line in lines if line[0].strip() not in HEADINGS]


def named(text: str) -> list[str]:
    """Give what stands between backticks."""
    return re.findall(r"`([^`\n]+)`", text)


PATHS = sorted({path for path in named(TEXT) if path.partition("/")[0] in PLACES and "/" in path and " " not in path})
PACKAGES = {cells[0].strip("`/"): cells[2] for cells in rows(section("The map")) if len(cells) > 2}


@pytest.mark.parametrize("path", PATHS)
def test_each_path_is_there(path: str) -> None:
    assert list(ROOT.glob(re.sub(r"<\w+>", "*", path.rstrip("/"))))


def test_each_change_names_its_files() -> None:
    changes = rows(section("Where does a change go?"))
    assert len(changes) >= 12
    assert not [change for change, files in changes if not set(named(files)) & set(PATHS)]


def test_each_package_has_its_row() -> None:
    packages = {path.name for path in PACKAGE.iterdir() if path.is_dir() and (path / "__init__.py").exists()}
    assert packages | {"api.py"} == PACKAGES.keys()


@pytest.mark.parametrize("package", [package for package in PACKAGES if package != "api.py"])
def test_each_module_that_the_map_names_is_there(package: str) -> None:
    names = [name for name in named(PACKAGES[package]) if name != "frontend/"]
    folder = PACKAGE / package
    assert names
    assert not [name for name in names if not (folder / f"{name}.py").exists() and not (folder / name).is_dir()]


def test_the_map_comes_first() -> None:
    assert re.findall(r"^## (.*)$", TEXT, re.MULTILINE)[:2] == ["The map", "Where does a change go?"]
