"""A query that someone wrote, admitted and run by the engine, with what it finds as it arrives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import NamedNode, Store

from fot_graph.core.errors import EngineError
from fot_graph.sparql import admission
from fot_graph.stores import engine

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable

    from fot_graph.core.errors import FotGraphError
    from fot_graph.core.namespaces import Namespaces
    from fot_graph.stores.rows import Queryable


class QueryResult(NamedTuple):
    """What the engine found for a query, while it arrives.

    `form` is 'select', 'ask', 'construct' or 'describe', `text` the query as it was sent. `variables` are those of a
    SELECT, `truth` is that of an ASK; `found` gives the rows, or the triples, once.
    """

    form: str
    text: str
    variables: tuple[str, ...]
    truth: bool | None
    found: Iterable[Any]

    @property
    def iris(self) -> set[str]:
        """The IRIs that the query names."""
        return admission.iris(self.text)


def execute(
    store: Queryable, query: str, namespaces: Namespaces, failure: Callable[[Exception], FotGraphError]
) -> QueryResult:
    """Run a query in a store. `failure` says what an error of the engine means.

    Raises: `QueryRefusedError` for a query that would change the graph or reach outside it (see `admission.admit`)
    and `QuerySyntaxError`, both with line and column; what `failure` gives.
    """
    form, text = admission.admit(query, lambda iri: _has_graph(store, iri), namespaces.prefixes)
    found = engine.stream(_result_items(store, query, form, text, failure))
    head = next(found)
    if isinstance(head, bool):
        return QueryResult(form, text, (), head, ())
    return QueryResult(form, text, head, None, found)


def engine_failure(error: Exception) -> FotGraphError:
    """Say what an error of the engine means where nothing more is known of it."""
    return EngineError(str(error))


def _result_items(
    store: Queryable, query: str, form: str, text: str, failure: Callable[[Exception], FotGraphError]
) -> Generator[Any]:
    """Yield first the truth of an ASK, or the variables of a SELECT, or (); then the rows or triples."""
    try:
        result: Any = store.query(text, prefixes={})  # with none, so that no IRI can be read as a comparison
        if form == "ask":
            yield bool(result)
            return
        yield tuple(variable.value for variable in result.variables) if form == "select" else ()
        yield from result
    except SyntaxError as error:
        raise admission.syntax_error(query, _engine_message(query) or str(error)) from None
    except (RuntimeError, OSError, ValueError) as error:
        raise failure(error) from None


def _engine_message(query: str) -> str:
    """Ask the engine again about a form of the query in which the place that it reports can be trusted."""
    try:
        Store().query(admission.one_token_a_line(query), prefixes={})
    except SyntaxError as error:
        return str(error)
    return ""


def _has_graph(store: Queryable, iri: str) -> bool:
    try:
        return store.contains_named_graph(NamedNode(iri))
    except ValueError:
        return False
