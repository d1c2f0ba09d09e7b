"""No regular expression of ours takes more than linear work, whatever it is given.

The patterns are read from the code, each with the methods that use it, and applied to texts made of what they look for.
"""

from __future__ import annotations

import ast
import re
from importlib import import_module
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from processor import NEGLIGIBLE, work

import fot_graph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from types import ModuleType

PACKAGE = Path(fot_graph.__file__).parent
METHODS = ("match", "fullmatch", "search", "sub", "findall", "finditer", "split")
SHORT, LONG = 4_000, 16_000
GROWTH = 9  # of linear work it is 4, of quadratic 16
UNITS = [
    *"aA0 \n.-<>()[]{}'\"“:/#%_*|\\é,;=&",
    "a ",
    "a.",
    "0.",
    "0,",
    "a-",
    "a\n",
    " \n",
    "1. ",
    "a:",
    "<a",
    "](",
    "**",
]
HEADS, TAILS = ("", "<", "(", '"', "1", "a", "a:", "http://a", "a/a;", "char="), ("", "\x00")
FRAMES = [(head, tail) for head in HEADS for tail in TAILS]
MOST_TELLING = ("", "\x00")


class Use(NamedTuple):
    """A pattern and a method by which it is used somewhere."""

    place: str
    pattern: re.Pattern[Any]
    method: str

    def calls(self) -> Callable[[str], object]:
        if isinstance(self.pattern.pattern, bytes):
            return lambda text: getattr(self.pattern, self.method)(text.encode())
        if self.method == "sub":
            return lambda text: self.pattern.sub("", text)
        if self.method in ("finditer", "findall", "split"):
            return lambda text: sum(1 for _ in self.pattern.finditer(text))
        called: Callable[[str], object] = getattr(self.pattern, self.method)
        return called


def uses() -> Iterator[Use]:
    """Give every pattern that the code names or writes in place, with its methods."""
    sources = {path: path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py"))}
    everywhere = "\n".join(sources.values())
    for path, source in sources.items():
        if path.name == "__main__.py":
            continue
        name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")
        module = import_module(name)
        for constant, pattern in vars(module).items():
            if isinstance(pattern, re.Pattern):
                readers = source if constant.startswith("_") else everywhere
                methods = sorted(set(re.findall(rf"\b{constant}\.({'|'.join(METHODS)})\(", readers)))
                yield from (Use(f"{name}.{constant}", pattern, method) for method in methods)
            elif isinstance(pattern, dict | tuple):  # tables of patterns, which are for whole texts
                found = pattern.values() if isinstance(pattern, dict) else pattern
                yield from (
                    Use(f"{name}.{constant}", each, "fullmatch") for each in found if isinstance(each, re.Pattern)
                )
        for made, pattern in made_at_first_use(module):
            methods = sorted(set(re.findall(rf"\b{made}\(\)\.({'|'.join(METHODS)})\(", source)))
            yield from (Use(f"{name}.{made}", pattern, method) for method in methods)
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and (method := written(node)):
                pattern = compiled(node, vars(module))
                if pattern:
                    yield Use(f"{name}:{node.lineno}", pattern, method)


def made_at_first_use(module: ModuleType) -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Give the patterns that functions of a module without parameters make once, by the names of the functions."""
    for name, function in vars(module).items():
        is_kept = hasattr(function, "cache_info") and function.__module__ == module.__name__
        if is_kept and not signature(function).parameters and isinstance(pattern := function(), re.Pattern):
            yield name, pattern


def written(node: ast.Call) -> str:
    """Give the method of a call such as `re.search(…)`, '' for any other code."""
    match node.func:
        case ast.Attribute(ast.Name("re"), method) if method in METHODS:
            return method
    return ""


def compiled(call: ast.Call, names: dict[str, Any]) -> re.Pattern[str] | None:
    """Give the pattern of such a call; None for one that is made, when it is called, of texts that are looked for."""
    try:
        pattern = eval(ast.unparse(call.args[0]), names)
    except NameError:
        return None
    return pattern if isinstance(pattern, re.Pattern) else re.compile(pattern)


def grows_too_fast(use: Use, frames: Iterable[tuple[str, str]] = FRAMES) -> str:
    """Give a text, as its parts, that takes more than linear work; '' if none was found."""
    call = use.calls()
    words = re.findall(r"[A-Za-z]{2,}", str(use.pattern.pattern))
    for unit in dict.fromkeys([*UNITS, *words[:12], *(f"{word} " for word in words[:12])]):
        for head, tail in frames:
            short, long = (head + unit * (size // len(unit)) + tail for size in (SHORT, LONG))
            spent = work(call, long)
            if spent > NEGLIGIBLE and spent > GROWTH * work(call, short):
                return f"{head!r} + {unit!r} * n + {tail!r}: {spent:.2f} s"
    return ""


BOUNDED = {"fot_graph.text.edges._RUN_BEFORE": "is given 64 characters"}
USES = list({(use.pattern, use.method): use for use in uses() if use.place not in BOUNDED}.values())


def test_the_patterns_are_found() -> None:
    assert len(USES) > 60
    places = {use.place for use in USES}
    assert {"fot_graph.sparql.tokens._TOKEN", "fot_graph.text.blocks._ROW", "fot_graph.text.heads._is_open"} <= places
    assert "fot_graph.validation.quotes._THOUSANDS" in places


@pytest.mark.slow
@pytest.mark.parametrize("frames", [[MOST_TELLING], pytest.param(FRAMES, marks=pytest.mark.exhaustive)], ids=["", "+"])
@pytest.mark.parametrize("use", USES, ids=lambda use: f"{use.place}-{use.method}")
def test_a_pattern_takes_linear_work(use: Use, frames: Sequence[tuple[str, str]]) -> None:
    assert not grows_too_fast(use, frames)


@pytest.mark.parametrize(
    ("pattern", "method"), [(r"0*([0-9]*)x", "fullmatch"), (r"[a-z]+$", "search"), (r"\s+\n", "sub")]
)
def test_a_pattern_that_takes_more_is_seen(pattern: str, method: str) -> None:
    assert grows_too_fast(Use("", re.compile(pattern), method))
