"""A graph asked in SPARQL, so that the answer can tell what it rests on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from fot_graph.core.errors import UsageError
from fot_graph.core.terms import is_iri
from fot_graph.evidence.answers import Answer, Stream
from fot_graph.stores import engine

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from fot_graph.core.terms import Term
    from fot_graph.core.words import Message
    from fot_graph.evidence.claims import Evidence
    from fot_graph.stores.interface import StoredGraph


def ask(graph: StoredGraph, query: str) -> Answer:
    """Answer a query, and keep the rows. Raises what `StoredGraph.execute` does."""
    answer = stream(graph, query).answer()

    def labels(lang: str) -> Mapping[str, str]:
        graph.expect(term.value for item in answer for term in item if isinstance(term, NamedNode))
        return graph.labels(lang)

    answer.labels = labels
    return answer


def stream(
    graph: StoredGraph, query: str, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()
) -> Stream:
    """Answer a query for reading once: rows come as they are found, and are not kept.

    `default_graphs` and `named_graphs` (IRIs), if there are any, are read in place of those that the query chooses.

    Raises: what `StoredGraph.execute` does; `UsageError` for what is no IRI or no graph that is here.
    """
    if default_graphs or named_graphs:
        from fot_graph.sparql.dataset import with_dataset  # noqa: PLC0415  few queries need it

        query = with_dataset(query, _dataset_clauses(graph, default_graphs, named_graphs))
    result = graph.execute(query)
    explain = partial(_explain, graph, result.text)

    def shorten(iri: str) -> str:
        return graph.namespaces.shorten(iri)  # looked up when it is needed

    answer = Stream(result.form, result.variables, result.found, result.truth, graph.labels, explain, shorten)
    answer.warn = partial(_warnings, graph, result.text)
    answer.units = partial(_units, graph, result.text, result.variables)
    return answer


def _dataset_clauses(graph: StoredGraph, default: Sequence[str], named: Sequence[str]) -> Iterator[str]:
    for clause, iris in (("FROM", default), ("FROM NAMED", named)):
        for iri in iris:
            if not is_iri(iri):
                raise UsageError("no-iri-of-a-graph", iri=iri[:200])
            if not graph.store.contains_named_graph(NamedNode(iri)):
                raise UsageError("no-graph-here", iri=iri[:200])
            yield f"{clause} {NamedNode(iri)}"


def _warnings(graph: StoredGraph, query: str) -> list[Message]:
    from fot_graph.evidence.unknown import unknown_terms  # noqa: PLC0415  only an answer that is asked for them pays for it

    return unknown_terms(graph, query)


def _units(
    graph: StoredGraph, query: str, variables: tuple[str, ...], rows: Sequence[Sequence[Term | None]]
) -> Mapping[tuple[int, int], str]:
    from fot_graph.evidence.units import units_in_rows, units_in_triples  # noqa: PLC0415  only tables for people need them

    return units_in_rows(graph, query, variables, rows) if variables else units_in_triples(graph, rows)


def _explain(graph: StoredGraph, query: str, answer: Answer, every: bool) -> list[Evidence]:  # noqa: FBT001  as answers.Explain
    from fot_graph.evidence.explaining import explain  # noqa: PLC0415  only an answer that is asked for it pays for it
    from fot_graph.evidence.wording import named_by  # noqa: PLC0415  as above

    try:
        found = engine.run(lambda: explain(graph.store, query, answer, every=every, parts=graph.parts))
    except (RuntimeError, OSError) as error:
        raise graph.failure(error) from None
    graph.expect(named_by(claim for evidence in found for claim in evidence.claims))
    return found
