"""Why an answer may hold less than expected: terms that the graph does not hold, and statuses that are left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import Literal

from fot_graph.core.close_matches import close_matches
from fot_graph.core.errors import AmbiguousNameError, UsageError
from fot_graph.core.namespaces import PACKAGED
from fot_graph.core.statuses import firmness_rank
from fot_graph.core.words import Message
from fot_graph.sparql.tokens import is_word, tokenize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fot_graph.evidence.answers import Stream
    from fot_graph.stores.interface import StoredGraph


def unknown_terms(graph: StoredGraph, query: str) -> list[Message]:
    """Name each term of an admitted query of which the graph says nothing, with terms that may have been meant.

    Of our own namespaces every one is named; of other vocabularies those that are nearly a term which the graph has.
    """
    asked = _sought(query)[:_MOST]
    patterns = " UNION ".join(_KNOWN.format(iri) for iri in asked)
    known = {row[0].value for row in graph.rows(f"SELECT DISTINCT ?term {{ {patterns} }}")} if asked else set()
    return [message for iri in asked if iri not in known for message in _unknown(graph, iri)]


def left_out(answer: Stream) -> Message | None:
    """Say which statuses the claims have that an answer rests on; None where it is empty or rests on no claim.

    It is the answer of the whole graph to a query to which the part with claims of some statuses has none.
    """
    answer.limit = _MOST
    found = answer.answer()
    if not found:
        return None
    statuses = {claim.status.rpartition("/")[2] for evidence in found.evidence() for claim in evidence.claims}
    return Message("emptied-by-statuses", statuses=sorted(statuses, key=firmness_rank)) if statuses else None


# --- Inside ----------------------------------------------------------------------------------------------------------

_MOST = 50  # terms of a query, and rows of an answer, that are looked at
_KNOWN = (
    "{{ SELECT ?term {{ BIND(<{0}> AS ?term) <{0}> ?p ?o }} LIMIT 1 }}"
    " UNION {{ SELECT ?term {{ BIND(<{0}> AS ?term) ?s <{0}> ?o }} LIMIT 1 }}"
    " UNION {{ SELECT ?term {{ BIND(<{0}> AS ?term) ?s ?p <{0}> }} LIMIT 1 }}"
    " UNION {{ SELECT ?term {{ BIND(<{0}> AS ?term) GRAPH <{0}> {{ ?s ?p ?o }} }} LIMIT 1 }}"
)
_NEAR = """SELECT DISTINCT ?term {
  { ?term a ?kind } UNION { ?s ?term ?o } UNION { ?s a ?term }
  FILTER(isIRI(?term) && (STRSTARTS(STR(?term), %s)
    || STRENDS(LCASE(STR(?term)), LCASE(%s)) || STRENDS(LCASE(STR(?term)), LCASE(%s))))
} LIMIT 5000"""


def _sought(query: str) -> list[str]:
    """Give the IRIs of an admitted query but those of a template, which makes new triples, in their order."""
    tokens = tokenize(query)
    if len(tokens) > 1 and is_word(tokens[0], "CONSTRUCT") and tokens[1][0] == "{":
        end = next(place for place, token in enumerate(tokens) if token[0] == "}")  # a template nests no braces
        tokens = tokens[end:]
    return list(dict.fromkeys(token[0][1:-1] for token in tokens if token.lastgroup == "iri"))


def _unknown(graph: StoredGraph, iri: str) -> Iterator[Message]:
    """Say that the graph holds no such term, if it ought to, or if it holds one that is nearly so."""
    shorten = graph.namespaces.shorten
    name = shorten(iri)
    is_ours = iri.startswith((PACKAGED, graph.namespaces.base))
    if name == iri and not is_ours:
        return
    near = [shorten(term) for term in _near(graph, iri, cutoff=0.6 if is_ours else 0.8)]
    near += _named(graph, iri) if is_ours else []
    if near:
        yield Message("unknown-term-near", name=name, near=list(dict.fromkeys(near))[:3])
    elif is_ours:
        yield Message("unknown-term", name=name)


def _near(graph: StoredGraph, iri: str, cutoff: float) -> list[str]:
    """Give the terms of this local name in other namespaces, and those of its namespace that are named nearly so."""
    local = _LOCAL.split(iri)[-1]
    space = iri.removesuffix(local)
    wanted = local.casefold()
    rows = graph.rows(_NEAR % tuple(map(Literal, (space, f"/{local}", f"#{local}"))))
    names = {row[0].value: _LOCAL.split(row[0].value)[-1].casefold() for row in rows}
    same = sorted((not term.startswith(space), term) for term, name in names.items() if local and name == wanted)
    beside = {name: term for term, name in sorted(names.items()) if term.startswith(space)}
    return [*(term for _, term in same), *(beside[name] for name in close_matches(wanted, beside, cutoff=cutoff))]


def _named(graph: StoredGraph, iri: str) -> list[str]:
    """Give what has the local name of an IRI as its name, or in it."""
    try:
        return [graph.namespaces.shorten(graph.find(re.sub("[-_]", " ", _LOCAL.split(iri)[-1])).value)]
    except AmbiguousNameError as error:
        return [curie for curie, _ in error.things]
    except UsageError:
        return []


_LOCAL = re.compile("[#/]")
