"""The law of evidence: what is shown for a row yields the row, nothing of it is too much, and absences are told.

The judge asks the query again of fewer claims, or of more, and knows nothing of how evidence is found. 'Over' some
claims means over these claims, each with what the provenance says of it, and all layers: naming, document, ontology and
the sources of the provenance. The row 'comes back' when it is among the rows of the query; LIMIT and OFFSET of the
query itself are left out, because they only choose which rows are shown.

1. Over the claims shown the row comes back. That holds for every query: where nothing is missing because fewer claims
   are there, and where something is. So no claim at all is shown only if the row comes back over the layers alone.
2. None of the claims shown is too much. Without it the row does not come back, or it comes back only until other claims
   of the graph come in too, so that it would be no proof. For a query with groups it is enough that some group has
   other solutions without the claim: the largest of five numbers may be shown with one claim or with five. This is not
   asked where something that is missing may take the place of the claim (a condition or a value that turns on an
   absence), because the row without the claim would be another derivation; nor where without the claim an OPTIONAL
   finds nothing with which something else has to agree, so that this agrees with anything; nor of groups within the
   query, of whose numbers the query itself may use none.
3. A row that can be lost by more claims rests on an absence, and says so. The judge adds claims of the graph to those
   shown, and then to the whole graph triples that it does not say. Where the row is lost, and no other row has all its
   values (as when an OPTIONAL finds something where it found nothing), something has to be absent. The triples that the
   graph does not say are not tried on groups, whose numbers they change, nor on slices within, whose rows they move.
4. No row says that it rests on an absence, if the query has no OPTIONAL, MINUS or EXISTS, no groups, and no slice in a
   query in it: of these a number may be there only because there is no more to count, or a row because no other comes
   before it.
5. The layers that are named are enough: over them alone, with the claims shown, the row comes back. Where an absence is
   told, layers may be named for what is not there, or not at all.
6. All derivations, where they are asked for, are in the order of their size, the one that is shown among them, and
   obey 1 and 2. Together they are complete: without one claim of each the whole graph does not yield the row. This is
   asked of queries that only gain rows by more claims, without groups within or slices within.
7. A row whose evidence is not known shows none. How many there are is counted, and `test_law` sets the bound.

Not judged: a query with RAND, NOW, UUID, STRUUID or BNODE in a condition, and a slice of unordered rows in a sub-query,
because they give other rows each time; the random queries make neither. A value of SAMPLE in a column counts as equal
to any other, one of RAND and the like to any of its datatype, and a GROUP_CONCAT is compared without its order. So
does one of RAND or NOW in a triple of CONSTRUCT.
"""

from __future__ import annotations

import re
from contextlib import closing
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import query_text
from oracle import LAYERS, Parts, comparable, loose
from packaged import expand
from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from fot_graph import load
from fot_graph.evidence.answers import Answer
from fot_graph.evidence.explaining import explain
from fot_graph.sparql.admission import admit, iris

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterator, Sequence

    from oracle import Row

    from fot_graph.core.terms import Term
    from fot_graph.evidence.claims import Claim, Evidence

    Explain = Callable[..., list[Evidence]]

GRAPH = load().only()  # a store filled in one order, whether or not there is a snapshot: the queries depend on it
PARTS = Parts(GRAPH)
EVERY = PARTS.claims | LAYERS
_TRIED = 8  # claims of a derivation that are left out, one by one


class Asked(NamedTuple):
    """A query, and how it is asked again."""

    text: str

    @property
    def again(self) -> str:
        return query_text.unsliced(self.text)

    @property
    def only_gains(self) -> bool:
        """Tell whether more claims can take no row away."""
        return not (query_text.looks_for_absence(self.text) or self.is_grouped or self.is_sliced_within)

    @property
    def is_grouped(self) -> bool:
        return query_text.is_grouped(self.text)

    @property
    def is_sliced_within(self) -> bool:
        return query_text.is_sliced_within(self.text)

    def over(self, parts: frozenset[str]) -> Counter[Row]:
        return PARTS.rows(self.again, parts)

    def counts_over(self, row: Row, parts: frozenset[str]) -> list[Row]:
        """Give how many solutions the groups behind a row have; of other forms than SELECT those behind all rows."""
        text, columns = query_text.counted(self.again)
        rows = PARTS.rows(text, parts).elements()
        selects = re.match(r"\s*(?:PREFIX\s+\S+\s+\S+\s+)*SELECT\b", query_text.uncommented(self.text))
        return sorted(one[:columns] if selects else one for one in rows if not selects or one[columns:] == row)


class Case(NamedTuple):
    """A row, as it compares across stores and as it is, with the evidence that is shown and all of it."""

    asked: Asked
    row: Row
    terms: tuple[Term | None, ...]
    shown: Evidence
    every: Evidence


class Verdict(NamedTuple):
    """What was found: the laws that are broken, the rows that were judged, and those whose evidence is not known."""

    broken: list[str]
    rows: int
    unknown: int


def explained(text: str, answer: Answer, *, every: bool = False) -> list[Evidence]:
    """Give the evidence of an answer as it is shown: verified."""
    return explain(GRAPH.store, admit(text, lambda _: True).text, answer, every=every, parts=GRAPH.parts)


def judge(text: str, most_rows: int | None = None, explain: Explain = explained) -> Verdict:
    """Hold the law against the evidence of a query, of some rows at even distances."""
    asked = Asked(text)
    answer = shortened(GRAPH.query(text), most_rows)
    shown, every = explain(text, answer), explain(text, answer, every=True)
    if answer.truth is False:
        return Verdict([*_of_no(text, shown), *_of_no(text, every)], 0, 0)
    terms = [()] if answer.truth else [tuple(row) for row in answer]
    cases = [Case(asked, *each) for each in zip(rows_of(text, answer), terms, shown, every, strict=True)]
    known = [case for case in cases if is_known(case.shown) and is_known(case.every)]
    broken = [said for case in cases if case not in known for said in nothing_is_shown_of_the_unknown(case)]
    broken += [f"{law.__name__}: {said}" for law in LAWS for case in known for said in law(case)]
    return Verdict(broken, len(cases), len(cases) - len(known))


def shortened(answer: Answer, most_rows: int | None) -> Answer:
    """Keep the rows, or triples, at even distances."""
    step = 1 if most_rows is None else max(1, -(-len(answer) // most_rows))
    return Answer(
        answer.form, answer.variables, answer.rows[::step], answer.truth, answer.triples[::step], answer.labels
    )


def rows_of(text: str, answer: Answer) -> list[Row]:
    """Give the rows of an answer as they compare across stores."""
    if answer.truth is not None:
        return [()] if answer.truth else []
    columns = loose(text, answer.variables)
    return [comparable(row, columns) for row in answer]


def is_known(found: Evidence) -> bool:
    return found.known


def iris_of(claims: Sequence[Claim]) -> frozenset[str]:
    return frozenset(claim.iri for claim in claims)


# Each law yields what it finds wrong with a case


def it_suffices(case: Case) -> Iterator[str]:
    for claims in _derivations(case):
        if case.row not in case.asked.over(LAYERS | iris_of(claims)):
            yield f"{names_of(claims)} do not yield {case.row}"


def the_layers_that_are_told_suffice(case: Case) -> Iterator[str]:
    if case.shown.looked_at is not None:
        return
    if case.row not in case.asked.over(frozenset(case.shown.context) | iris_of(case.shown)):
        yield f"{names_of(case.shown)} with {case.shown.context} do not yield {case.row}"


def nothing_is_too_much(case: Case) -> Iterator[str]:
    yield from _too_much(case, [tuple(case.shown)])


def nothing_of_all_is_too_much(case: Case) -> Iterator[str]:
    yield from _too_much(case, [claims for claims in _derivations(case) if claims != tuple(case.shown)])


def _too_much(case: Case, derivations: Sequence[tuple[Claim, ...]]) -> Iterator[str]:
    if query_text.may_turn_on_absence(case.asked.text) or query_text.is_grouped_within(case.asked.text):
        return
    for claims in derivations:
        whole = LAYERS | iris_of(claims)
        if case.row not in case.asked.over(whole):
            continue  # that is told already
        for claim in claims[:_TRIED]:
            if _is_proof_without(case, whole, claim.iri) and not _counts(case, whole, claim.iri):
                yield f"{names_of(claims)} yield {case.row} without {claim.iri} too"


def an_absence_is_told(case: Case) -> Iterator[str]:
    if case.shown.looked_at is not None or case.asked.only_gains:
        return
    whole = LAYERS | iris_of(case.shown)
    is_there = case.row in case.asked.over(whole)
    if is_there and not query_text.counts_counts(case.asked.text) and not _stays(case, whole, EVERY):
        yield f"{case.row} is lost when other claims of the graph are added to {names_of(case.shown)}"
    if _rests_on_what_is_not_said(case, EVERY):
        yield f"{case.row} is lost when the graph says more"
    elif is_there and _rests_on_what_is_not_said(case, whole):
        yield f"{case.row} comes from {names_of(case.shown)} only because something is missing that the graph says"


def an_absence_can_be(case: Case) -> Iterator[str]:
    told = case.shown.looked_at is not None
    chooses = case.asked.is_grouped or case.asked.is_sliced_within
    if told and not query_text.looks_for_absence(case.asked.text) and not chooses:
        yield f"{case.row} is told to rest on an absence"


def the_smallest_is_shown(case: Case) -> Iterator[str]:
    sizes = [len(claims) for claims in case.every.derivations]
    if sizes != sorted(sizes) and case.asked.over(EVERY)[case.row] == 1:  # identical rows take turns
        yield f"derivations of {sizes} claims are not in order"
    if not (case.asked.is_grouped or tuple(case.shown) in case.every.derivations or case.every.more):
        told = [names_of(claims) for claims in case.every.derivations]
        yield f"{names_of(case.shown)} are none of the derivations {told}"


def all_derivations_are_there(case: Case) -> Iterator[str]:
    is_simple = not query_text.looks_for_absence(case.asked.text) and not case.asked.is_sliced_within
    if not is_simple or case.asked.is_grouped or case.every.more or not all(case.every.derivations):
        return
    if not case.every.derivations:
        yield f"{case.row} has no derivation"
    for place in (0, -1):
        gone = frozenset(claims[place].iri for claims in case.every.derivations)
        if case.row in case.asked.over(EVERY - gone):
            yield f"the graph yields {case.row} without {sorted(gone)} too"


def claims_are_claims(case: Case) -> Iterator[str]:
    if not iris_of(case.every.claims) <= PARTS.claims:
        yield f"{names_of(case.every.claims)} are not all claims"


def nothing_is_shown_of_the_unknown(case: Case) -> Iterator[str]:
    for found in (case.shown, case.every):
        if not is_known(found) and (found or found.derivations or found.looked_at is not None):
            yield f"nothing_is_shown_of_the_unknown: {case.row} is not known, and rests on {names_of(found)}"


LAWS = (
    *(it_suffices, nothing_is_too_much, nothing_of_all_is_too_much, an_absence_is_told, an_absence_can_be),
    *(the_layers_that_are_told_suffice, the_smallest_is_shown, all_derivations_are_there, claims_are_claims),
)


def _of_no(text: str, found: list[Evidence]) -> Iterator[str]:
    """No rests on an absence among the claims that the query reads."""
    named = frozenset(re.findall(r"\bFROM\s+(?:NAMED\s+)?<([^>]*)>", admit(text, lambda _: True).text, re.IGNORECASE))
    read = named & PARTS.claims if named and expand("graph:provenance") not in named else PARTS.claims
    if [(tuple(each), each.looked_at) for each in found] != [((), len(read))]:
        yield f"no rests on {found}"


def _derivations(case: Case) -> list[tuple[Claim, ...]]:
    """Give what is shown, and some of the other derivations."""
    others = [*case.every.derivations[:2], *case.every.derivations[-1:]]
    return list(dict.fromkeys([tuple(case.shown), *others]))


# --- Fewer claims and more ------------------------------------------------------------------------------------------


def _is_proof_without(case: Case, whole: frozenset[str], claim: str) -> bool:
    """Tell whether a row comes back without a claim, and is not lost when more is said."""
    rest = whole - {claim}
    if case.row not in case.asked.over(rest) or _frees_variables(case, whole, rest):
        return False
    return _stays(case, rest, EVERY - {claim}) and not _rests_on_what_is_not_said(case, rest)


def _frees_variables(case: Case, whole: frozenset[str], rest: frozenset[str]) -> bool:
    """Tell whether an OPTIONAL finds nothing in the rest, so that what has to agree with it agrees with anything."""
    required = (query_text.unsliced(text) for text in query_text.with_optionals_required(case.asked.text))
    return any(case.row in PARTS.rows(one, whole) and case.row not in PARTS.rows(one, rest) for one in required)


def _stays(case: Case, parts: frozenset[str], most: frozenset[str]) -> bool:
    """Tell whether a row that comes from some parts still does when more come in: half of the others, or all."""
    if case.asked.only_gains:
        return True
    halves = PARTS.halves[:2] if len(str(case.row)) % 2 else PARTS.halves[2:]
    return all(case.row in case.asked.over(more) for more in (most, *(parts | (half & most) for half in halves)))


def _counts(case: Case, whole: frozenset[str], claim: str) -> bool:
    """Tell whether the groups behind a row have other solutions without a claim."""
    if not case.asked.is_grouped:
        return False
    return case.asked.counts_over(case.row, whole) != case.asked.counts_over(case.row, whole - {claim})


def _rests_on_what_is_not_said(case: Case, parts: frozenset[str]) -> bool:
    """Tell whether a row is lost when the parts say more; a row that gains a value where it has none is not lost."""
    if case.asked.only_gains or case.asked.is_grouped or case.asked.is_sliced_within:
        return False
    return any(_is_lost(case, parts, more) for more in _not_said(case))


def _is_lost(case: Case, parts: frozenset[str], more: Sequence[Quad]) -> bool:
    """Tell whether a row is lost when the parts say more."""
    with closing(PARTS.rows_besides(case.asked.again, parts, more)) as rows:
        for number, row in enumerate(rows):
            if number == _READ or all(mine in ("", other) for mine, other in zip(case.row, row, strict=True)):
                return False
    return True


_NEW = NamedNode("urn:fot-graph:new")
_PREDICATES = {quad.predicate for quads in PARTS.quads.values() for quad in quads}
_SAID = {quad.triple for quads in PARTS.quads.values() for quad in quads}
_NODES = {term for quads in PARTS.quads.values() for quad in quads for term in (quad.subject, quad.object)}
_MOST_NODES, _MOST_PREDICATES = 6, 6
_READ = 2_000  # rows that are looked through for one that was lost


def _not_said(case: Case) -> Iterator[list[Quad]]:
    """Write triples that the graph does not say, with the predicates that the query names.

    First with all of them, between the things that the row and its query name, then with each predicate alone, from
    these things to one that is nowhere.
    """
    named = [NamedNode(iri) for iri in sorted(iris(case.asked.text))]
    predicates = [name for name in named if name in _PREDICATES]
    if re.search(r"\ba\b", query_text.plain(case.asked.text)):
        predicates.append(NamedNode(expand("rdf:type")))
    terms = [term for term in case.terms if term is not None]
    nodes = [*dict.fromkeys([*terms, *(name for name in named if name in _NODES)])][:_MOST_NODES]
    things = [node for node in nodes if isinstance(node, NamedNode)]
    graphs: list[NamedNode | DefaultGraph] = [DefaultGraph()]
    if re.search(r"\b(GRAPH|FROM)\b", query_text.plain(case.asked.text)):  # or it sees the default graph alone
        graphs += [_NEW, *(thing for thing in things if thing.value in PARTS.claims)]
    tried = [(predicates[:_MOST_PREDICATES], [*nodes, _NEW])]
    tried += [([predicate], [_NEW]) for predicate in predicates[:_MOST_PREDICATES]] if len(predicates) > 1 else []
    for some, objects in tried:
        made = [Triple(*terms) for terms in product([*things, _NEW], some, objects)]
        unsaid = [(one.subject, one.predicate, one.object) for one in made if one not in _SAID]
        yield [Quad(*terms, graph) for terms in unsaid for graph in graphs]


def names_of(claims: Sequence[Claim]) -> str:
    """Give the last part of the names of claims."""
    return str(sorted(claim.iri.rpartition("/")[2] for claim in claims))
