"""The page on how evidence is found is true: each of its lines is run."""

from __future__ import annotations

import doctest
from pathlib import Path

import fot_graph

PAGE = Path(fot_graph.__file__).parent / "evidence" / "README.md"


def test_each_step_gives_what_the_page_says() -> None:
    result = doctest.testfile(str(PAGE), module_relative=False)
    assert result.attempted > 15
    assert result.failed == 0


def test_every_module_of_the_package_is_told_of() -> None:
    modules = {path.stem for path in PAGE.parent.glob("*.py")} - {"__init__"}
    page = PAGE.read_text(encoding="utf-8")
    assert {module for module in modules if f"`{module}`" not in page} == set()
