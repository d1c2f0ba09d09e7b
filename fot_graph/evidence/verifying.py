"""Evidence is verified: the query is asked again of the claims shown alone, and the row has to come back.

`Verifier` decides by trials (see `trial`) what is shown.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import islice, product
from typing import TYPE_CHECKING

from fot_graph.evidence.derivations import Derivation, smallest_first
from fot_graph.sparql.traits import (
    chooses_within,
    is_plainly_grouped,
    looks_for_absence,
    merges_slices,
    nests_optional,
    ranks_groups,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from fot_graph.evidence.trial import Row, Terms, Trial
    from fot_graph.sparql.tree import Query


class Verifier:
    """Holds the derivations of rows against the graph, and looks for others where they do not hold.

    `trace` finds the derivations of a row over some claims; `more` tells that a derivation was searched for, beside
    which there may be others.
    """

    def __init__(
        self, trial: Trial, query: Query, trace: Callable[[Terms, frozenset[str]], Sequence[Derivation]], *, every: bool
    ) -> None:
        self.trial, self.trace, self.every = trial, trace, every
        self.absent = looks_for_absence(query)
        self.chooses_within, self.merges_slices = chooses_within(query), merges_slices(query)
        self.has_spare = not (is_plainly_grouped(query) or ranks_groups(query))
        # Another absence than the one that is told need not be told besides: of a group as many solutions come without
        self.tells_for_all = nests_optional(query) or query.grouped
        self.met: dict[Row, list[frozenset[str]]] = defaultdict(list)
        self.more = False

    def verified(self, rows: Iterable[Terms], found: Sequence[Sequence[Derivation]]) -> list[list[Derivation]]:
        """Give for each row the derivations that yield it: all with `every`, otherwise at most two.

        The second only tells that there is more than the first. Where none yields the row, give one that is searched
        for; none at all where the search finds nothing.
        """
        return [self.of_row(terms, alternatives) for terms, alternatives in zip(rows, found, strict=True)]

    def of_row(self, terms: Terms, alternatives: Sequence[Derivation]) -> list[Derivation]:
        """Give the derivations of one row, as `verified` does of each."""
        row, kept = self.trial.row(terms), list[Derivation]()
        for alternative in alternatives if self.every else alternatives[:_TRIED]:
            if len(kept) > 1 and not self.every:
                break
            if kept and self.trial.is_late:
                self.more = True
                break
            if self.yields(row, alternative):
                kept.append(alternative if kept and not self.every else self.minimal(terms, alternative))
        kept = (smallest_first(kept, len(kept)) if self.every else kept) or self.searched(row, alternatives)
        self.met[row] += [alternative.claims for alternative in kept[:1]]
        return kept

    def yields(self, row: Row, alternative: Derivation) -> bool:
        """Tell whether a derivation yields a row, with the layers that it names or with all."""
        with_its_own = self.trial.monotone and self.trial.yields(row, alternative.claims, alternative.context)
        return with_its_own or self.trial.yields(row, alternative.claims)

    def minimal(self, terms: Terms, alternative: Derivation) -> Derivation:
        """Leave out the claims that a derivation does not need, and tell an absence if more claims lose the row."""
        row = self.trial.row(terms)
        for claim in sorted(alternative.claims) if self.has_spare else ():
            if not self.trial.is_late and self.is_spare(terms, alternative, claim):
                alternative = alternative._replace(claims=alternative.claims - {claim})
        if (
            not alternative.absent
            and (self.absent or self.chooses_within)
            and self.may_be_lost(row, alternative.claims)
        ):
            alternative = alternative._replace(absent=True)
        if not (alternative.absent or self.trial.yields(row, alternative.claims, alternative.context)):
            alternative = alternative._replace(context=self.trial.layers(row, alternative.claims))
        return alternative

    def may_be_lost(self, row: Row, claims: frozenset[str]) -> bool:
        """Tell whether a row is lost when more claims come in; halves of the graph are tried.

        Where rows of a slice are counted or made distinct it may be lost by claims that are not tried: this says yes.
        """
        pieces = (2, 8) if self.chooses_within else (2,)
        return self.merges_slices or not all(self.trial.stays(row, claims, some) for some in pieces)

    def is_spare(self, terms: Terms, alternative: Derivation, claim: str) -> bool:
        """Tell whether a row comes without a claim of a derivation, and for the same reason.

        Groups have to hold as many solutions without it, and no absence may take its place that is not told: to know
        that, the row is traced over the other claims. A row with a cell without value has to come from the whole graph
        without the claim, because over few claims an OPTIONAL may find nothing where it finds something there.
        """
        row, rest = self.trial.row(terms), alternative.claims - {claim}
        if not (self.trial.yields(row, rest) and self.trial.counts_alike(row, alternative.claims, rest)):
            return False
        if self.absent:
            others = self.trace(terms, rest)
            if alternative.absent and self.tells_for_all:
                return bool(others)
            if all(other.absent for other in others):
                return False
        if (None in row or self.chooses_within) and not self.trial.stays(row, rest, pieces=1, without=claim):
            return False
        return not self.chooses_within or self.trial.stays(row, rest, without=claim)

    def searched(self, row: Row, alternatives: Sequence[Derivation]) -> list[Derivation]:
        """Search for a derivation; for the second of two identical rows for another one than the first has."""
        likely = alternatives[0].claims if alternatives else frozenset()
        # A derivation that lacks a claim of each one that is taken is another one (Reiter's hitting sets)
        without = [frozenset(one) for one in islice(product(*map(sorted, self.met[row])), _TRIED)]
        others = (self.trial.searched(row, likely, one) for one in dict.fromkeys([*without, frozenset[str]()]))
        found = next((one for one in others if one is not None), None)
        if found is None:
            return []
        self.more = True
        absent = self.absent or self.may_be_lost(row, found)
        return [Derivation(found, self.trial.layers(row, found), absent)]


_TRIED = 8  # derivations of a row that are tried before another one is searched for
