"""A store as an `rdflib.Dataset`, to read it only.

Read only, because a store keeps its default graph as the union of its named graphs: what rdflib adds to one it would
not add to the other, and plain queries would not see it. Claims come from files, where each has its quote.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from oxrdflib import OxigraphStore
from oxrdflib._converter import from_ox, from_ox_graph_name, to_ox_quad_pattern
from pyoxigraph import DefaultGraph
from rdflib import Dataset
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.plugins.sparql.sparql import Query

from fot_graph.core.errors import UsageError
from fot_graph.sparql.admission import admit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from pyoxigraph import Store
    from rdflib import Graph
    from rdflib.query import Result

    from fot_graph.core.namespaces import Namespaces


def as_dataset(store: Store, namespaces: Namespaces) -> Dataset:
    """Give a store as an `rdflib.Dataset` without a copy; its queries see the union of the named graphs.

    Whatever would change it raises `UsageError`; its queries are admitted as all others are (`sparql.admission`).
    """
    dataset = Dataset(store=_ReadOnlyStore(store, namespaces.prefixes), default_union=True)
    for prefix, namespace in namespaces.prefixes.items():
        dataset.bind(prefix, namespace)
    return dataset


class _ReadOnlyStore(OxigraphStore):
    """The named graphs of a store; its own default graph, which is their union, answers where no graph is named."""

    def __init__(self, store: Store, prefixes: Mapping[str, str]) -> None:
        super().__init__(store=store)
        self._prefixes = prefixes

    def triples(self, triple_pattern: Any, context: Graph | None = None) -> Iterator[tuple[Any, Iterator[Any]]]:  # noqa: ANN401  rdflib's types
        """Give each triple once, with the named graphs that have it; the default graph has none of its own."""
        if context is not None and context.identifier == DATASET_DEFAULT_GRAPH_ID:
            return iter(())
        if context is not None:
            return super().triples(triple_pattern, context)
        try:
            subject, predicate, object_, _ = to_ox_quad_pattern(triple_pattern)
        except (TypeError, ValueError):  # what can stand in no triple
            return iter(())
        found = self._inner.quads_for_pattern(subject, predicate, object_, DefaultGraph())
        return ((tuple(map(from_ox, quad.triple)), self._graphs(quad.triple)) for quad in found)

    def _graphs(self, triple: Any) -> Iterator[Any]:  # noqa: ANN401  as above
        quads = self._inner.quads_for_pattern(triple.subject, triple.predicate, triple.object)
        return (from_ox_graph_name(q.graph_name, self) for q in quads if q.graph_name != DefaultGraph())

    def query(
        self,
        query: Any,  # noqa: ANN401  as above
        initNs: Mapping[str, Any],  # noqa: N803  rdflib's name
        initBindings: Mapping[str, Any],  # noqa: N803  as above
        queryGraph: str,  # noqa: N803  as above
        **kwargs: object,
    ) -> Result:
        """Let Oxigraph answer a query, but rdflib itself one with bindings: Oxigraph binds only what is selected.

        Raises: as `admission.admit`, for FROM too, because rdflib chooses the graph.
        """
        text, names = (query._original_args or ("", {}, None))[:2] if isinstance(query, Query) else (query, initNs)  # noqa: SLF001
        admitted = admit(text, prefixes={**self._prefixes, **{name: str(space) for name, space in names.items()}})
        if initBindings or isinstance(query, Query):
            raise NotImplementedError  # so rdflib answers
        graph = DATASET_DEFAULT_GRAPH_ID if queryGraph == "__UNION__" else queryGraph
        return super().query(admitted.text, {}, {}, graph, **kwargs)

    def add_graph(self, graph: Graph) -> None:
        """Change nothing: `Dataset.graph` asks for this also to read a graph, and an empty one holds nothing."""

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise UsageError("dataset-is-read-only")

    add = addN = remove = update = remove_graph = destroy = _refuse  # noqa: N815  rdflib's names
