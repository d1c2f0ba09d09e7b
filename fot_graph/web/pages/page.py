"""How a page is declared: a module of this folder that has `PAGES`, or `DOWNLOADS`, is found by its file.

A view gives the content, as plain data: a function of a graph, a language (`lang`) and what `choose` takes from a
request. It runs in a worker, which knows no HTTP, so a module that declares a page imports nothing that speaks HTTP.
`MENU` puts a page among those that every page links to: its place there and its path.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request

    View = Callable[..., Any]
    Choose = Callable[[Request], Mapping[str, Any]]


def nothing(_: Request) -> Mapping[str, Any]:
    """Choose nothing: the view wants to know the language only."""
    return {}


class Download(NamedTuple):
    """What a view gives to keep, a text or bytes; `path` stands below the language, as that of a page."""

    path: str
    media_type: str
    view: View
    choose: Choose = nothing


class Page(NamedTuple):
    """A page: `path` is its address below the language, `template` the file beside the module that shows it.

    `instead` gives the download that a request asks for in place of the page, or None.
    """

    path: str
    template: str
    view: View
    choose: Choose = nothing
    instead: Callable[[Request], Download | None] = lambda _: None


@cache
def declared(kind: str) -> tuple[Any, ...]:
    """Give what the modules of this folder declare as `kind`: 'PAGES', 'DOWNLOADS', 'ROUTES' or 'MENU'."""
    files = sorted(Path(__file__).parent.glob("[a-z]*.py"))
    modules = [import_module(f"{__package__}.{file.stem}") for file in files]
    return tuple(each for module in modules for each in getattr(module, kind, ()))
