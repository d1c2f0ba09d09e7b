"""Why an answer holds: for each row the smallest set of claims that yields it.

A row rests on its solutions, a solution on its triples, and a triple on the claim whose graph it stands in, or on a
layer, which needs no claim. What a row needs together is a derivation. It is verified before it is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from fot_graph.core.errors import UsageError
from fot_graph.core.terms import node
from fot_graph.evidence import claims
from fot_graph.evidence.claims import Claim, Evidence
from fot_graph.evidence.derivations import ABSENT, ALL, SMALLEST, Derivation
from fot_graph.evidence.rows import RowDerivations
from fot_graph.evidence.trial import Trial
from fot_graph.evidence.triples import TripleDerivations
from fot_graph.evidence.verifying import Verifier
from fot_graph.sparql import reader
from fot_graph.sparql.traits import sought_in_vain
from fot_graph.stores.parts import LAYERS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fot_graph.core.terms import Term
    from fot_graph.evidence.answers import Answer
    from fot_graph.evidence.derivations import Limits
    from fot_graph.sparql.tree import Query
    from fot_graph.stores.parts import Parts
    from fot_graph.stores.rows import Queryable

    Items = Sequence[tuple[Term | None, ...]]
    Values = Mapping[str, Term | None] | None  # of the columns of a row; None of what has none


def explain(
    store: Queryable, query: str, answer: Answer, *, every: bool = False, parts: Parts | None = None
) -> list[Evidence]:
    """Give the evidence of each row of an answer, of each triple of a graph, or of the truth of an ASK.

    Of each the smallest derivation, or all with `every`; it is verified against `parts`, the graph taken apart, unless
    the graph is too large for that. Raises: `UsageError` for queries beyond SPARQL 1.1.
    """
    parsed = reader.parse(query)
    tracer = Tracer(store, parsed, ALL if every else SMALLEST)
    if answer.truth is False:  # every claim was looked at
        return tracer.evidence([[ABSENT]], [None])
    names = [f"?{name}" for name in answer.variables]
    items: Items = [()] if answer.truth else [tuple(item) for item in answer]
    try:
        found = tracer.traced(names, items)
    except SyntaxError as error:
        raise UsageError("evidence-not-found", words=str(error)) from None
    if parts:

        def traced(item: Sequence[Term | None], claims: frozenset[str]) -> list[Derivation]:
            over = parts.together((claims | LAYERS) & parts.all)
            return Tracer(over, parsed, SMALLEST).traced(names, [tuple(item)])[0]

        verifier = Verifier(Trial(parts, parsed, names), parsed, traced, every=every)
        found = verifier.verified(items, found)
        tracer.rows.search.more = tracer.rows.search.more or (every and verifier.more)
    return tracer.evidence(found, [dict(zip(names, item, strict=False)) for item in items])


class Tracer:
    """Traces what the answer to one query rests on in one store."""

    def __init__(self, store: Queryable, query: Query, limits: Limits) -> None:
        """Take the limits, SMALLEST or ALL."""
        self.rows, self.limits = RowDerivations(store, query, limits), limits
        self.sought = [(one.subject, str(one.path[0]), one.object) for one in sought_in_vain(query)]

    def traced(self, names: Sequence[str], items: Items) -> list[list[Derivation]]:
        """Give the derivations of each row, whose columns are `names`, of each triple, or of the truth of an answer."""
        if self.rows.query.form in ("select", "ask"):
            return self.rows.of_answer(names, items)
        return TripleDerivations(self.rows).of_answer([Triple(*item) for item in items])  # type: ignore[arg-type]  # terms of a triple

    def evidence(self, found: Sequence[Sequence[Derivation]], rows: Sequence[Values]) -> list[Evidence]:
        """Give derivations of rows with their claims: all, or of each the smallest."""
        shown = [derivations if self.limits == ALL else derivations[:1] for derivations in found]
        iris = (iri for derivations in shown for derivation in derivations for iri in sorted(derivation.claims))
        known = claims.read(self.rows.lookup.store, iris)
        return [
            self._of_one(derivations, known, row, more=len(each) > len(derivations))
            for derivations, each, row in zip(shown, found, rows, strict=True)
        ]

    def _of_one(
        self, derivations: Sequence[Derivation], known: Mapping[str, Claim], row: Values, *, more: bool
    ) -> Evidence:
        context = {name for derivation in derivations for name in derivation.context}
        return Evidence(
            [tuple(known.get(iri) or Claim(iri, "", "") for iri in sorted(one.claims)) for one in derivations],
            context,
            self.rows.lookup.looked_at if any(one.absent for one in derivations) else None,
            sought=[] if row is None else [tuple(_term(word, row) for word in words) for words in self.sought],
            more=more or self.rows.search.more,
            known=bool(derivations),
        )


def _term(word: str, row: Mapping[str, Term | None]) -> Term:
    """Read a word of a pattern: a variable is what a row has there, or else stands for itself."""
    if word == "a":
        return node("rdf:type")
    if word.startswith("<"):
        return NamedNode(word[1:-1])
    return row.get(word) or Literal(word)
