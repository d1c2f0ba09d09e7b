"""A reader who meets a name knows which thing it is: no two public classes have the same one."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

import fot_graph

PACKAGE = Path(fot_graph.__file__).parent


def test_no_two_public_classes_have_one_name() -> None:
    modules_of = defaultdict[str, list[str]](list)
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                modules_of[node.name].append(path.relative_to(PACKAGE).as_posix())
    assert len(modules_of) > 100
    assert not {name: modules for name, modules in modules_of.items() if len(modules) > 1}
