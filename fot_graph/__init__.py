"""One parliamentary question and its answer as a graph: ask it in SPARQL, see the sentence behind every row.

>>> import fot_graph
>>> graph = fot_graph.load()
>>> graph.query("SELECT ?label { id:serv skos:prefLabel ?label FILTER(LANG(?label) = 'en') }").variables
('label',)

Public: `load`, `open_store` (a store on disk), `connect` (a SPARQL server), `Graph`, `Answer`, `style` (how networkx
draws a graph), the module `errors`, and `__version__`.
They are imported when first used, so that `import fot_graph` costs next to nothing.
"""

from __future__ import annotations

TYPE_CHECKING = False  # type checkers take it for True, as typing's own; importing typing would take ten milliseconds
if TYPE_CHECKING:
    from fot_graph.api import Answer, Graph, connect, load, open_store
    from fot_graph.core import errors
    from fot_graph.pictures.network import style

    __version__: str

__all__ = ["Answer", "Graph", "__version__", "connect", "errors", "load", "open_store", "style"]


def __getattr__(name: str) -> object:
    from importlib import import_module  # noqa: PLC0415  see the docstring above

    if name == "__version__":
        return import_module("importlib.metadata").version("fot-graph")
    if name == "errors":
        return import_module("fot_graph.core.errors")
    if name == "style":
        return import_module("fot_graph.pictures.network").style
    if name in __all__:
        return getattr(import_module("fot_graph.api"), name)
    raise AttributeError(f"module 'fot_graph' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
