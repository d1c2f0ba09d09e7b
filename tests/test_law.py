"""The law of evidence, on random queries and the catalogue: what is shown suffices, and nothing of it is superfluous.

For each row of an answer the query is asked again of fewer claims (`oracle.Parts`). The claims that are shown yield the
row again; without any one of them they do not; and without one claim of each derivation the whole graph does not.

A query that looks for what is missing can gain a row when a claim goes. So where OPTIONAL, MINUS or NOT EXISTS take
part, a row that comes back counts against the evidence only if it comes by a solution that the whole graph has too.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from itertools import count, islice
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from oracle import LAYERS, Parts, comparable, loose
from random_queries import CONSTRUCTS, Data, Query, make, queries, shorter

from fot_graph import catalogue, load
from fot_graph.answers import Answer
from fot_graph.errors import FotGraphError
from fot_graph.evidence import Claim, Evidence
from fot_graph.explain import explain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from oracle import Row
    from pyoxigraph import Store

    Explain = Callable[..., list[Evidence]]

GRAPH = load().only()  # a store filled in one order, whether or not there is a snapshot: the queries depend on it
PARTS = Parts(GRAPH)
EVERY = PARTS.claims | LAYERS

MOST_ROWS = 3  # of a random query that are tried
BATCHES = 20  # that share the work among the cores
QUERIES = int(os.environ.get("FOT_GRAPH_QUERIES", "2000"))
SEED = int(os.environ.get("FOT_GRAPH_SEED", "0"))


# --- What a query is like -------------------------------------------------------------------------------------------

_SLICE = re.compile(r"\s(?:LIMIT|OFFSET) \d+")
_ABSENCE = re.compile(r"\b(?:OPTIONAL|MINUS|NOT\s+EXISTS)\b|[(,!]\s*EXISTS\b|\|\|\s*EXISTS\b")
_GROUPED = re.compile(r"\b(?:GROUP BY|COUNT|SUM|AVG|MIN|MAX|SAMPLE|GROUP_CONCAT)\b")


class Asked(NamedTuple):
    """A query, how it is asked again, and what may be expected of its evidence."""

    text: str

    @property
    def again(self) -> str:
        """The query without LIMIT and OFFSET, by which a row may lose its place when others go."""
        return _SLICE.sub("", self.text)

    @property
    def looks_for_absence(self) -> bool:
        return bool(_ABSENCE.search(self.text))

    @property
    def is_grouped(self) -> bool:
        return bool(_GROUPED.search(self.text))

    @property
    def is_grouped_within(self) -> bool:
        return any(_GROUPED.search(self.text[start:end]) for start, end in self._queries_within(r"\{\s*SELECT\b"))

    @property
    def is_sliced_within(self) -> bool:
        return bool(_SLICE.search(self.text[: self.text.rindex("}")] if "}" in self.text else ""))

    @property
    def hides_absence(self) -> bool:
        """Tell whether OPTIONAL stands where no solution of the whole shows it: in a query in the query, or EXISTS."""
        return any("OPTIONAL" in self.text[start:end] for start, end in self._queries_within(r"\{\s*SELECT\b|EXISTS\b"))

    def _queries_within(self, beginning: str) -> list[tuple[int, int]]:
        return [_braces(self.text, found.start()) for found in re.finditer(beginning, self.text)]

    @property
    def rests_on_absence(self) -> bool:
        """Tell whether FILTER NOT EXISTS or MINUS stands in the outermost group, on its own."""
        depth = 0
        for word in re.finditer(r"[{}]|\b(?:FILTER NOT EXISTS|MINUS)(?= \{)", self.text[_where(self.text) :]):
            if depth == 1 and word[0] not in "{}":
                return True
            depth += {"{": 1, "}": -1}.get(word[0], 0)
        return False

    @property
    def absences(self) -> int:
        return len(_ABSENCE.findall(self.text))

    def over(self, parts: frozenset[str]) -> Counter[Row]:
        return PARTS.rows(self.again, parts)

    def has_old_solution(self, row: Row, parts: frozenset[str]) -> bool:
        """Tell whether a row comes from some parts by a solution of the pattern that the whole graph has too."""
        solutions = _all_variables(self.again)
        names, columns = list(GRAPH.query(solutions).variables), GRAPH.query(self.again).variables
        known = {names.index(name): row[place] for place, name in enumerate(columns) if name in names}
        here = [one for one in PARTS.rows(solutions, parts) if all(one[place] == text for place, text in known.items())]
        old = [one in PARTS.rows(solutions, EVERY) for one in here]
        return any(old) if columns or self.text.startswith("ASK") else all(old)


def _all_variables(query: str) -> str:
    """Write the query that gives the solutions of a query's pattern."""
    text = re.sub(r"^#.*$", "", query, flags=re.MULTILINE)
    start, end = _braces(text, _where(text))
    prologue = " ".join(re.findall(r"PREFIX\s+\S+\s+\S+", text))
    dataset = " ".join(re.findall(r"\bFROM\s+(?:NAMED\s+)?\S+", text))
    values = re.search(r"\bVALUES\b.*", text[end:])
    pattern = re.sub(r"\b(?:OPTIONAL|UNION)\s*\{(?!\s*SELECT\b)", _Marks(), text[start:end])
    return f"{prologue} SELECT * {dataset} WHERE {pattern} {values[0] if values else ''}"


class _Marks:
    """Writes into each OPTIONAL and into the sides of a UNION a variable that tells whether it took part."""

    def __init__(self) -> None:
        self.numbers = count()

    def __call__(self, opening: re.Match[str]) -> str:
        return f"{opening[0]} BIND(1 AS ?mark{next(self.numbers)}) "


def _where(query: str) -> int:
    """Find the place after which the pattern of a query begins: the first WHERE outside of braces, if there is one."""
    depth = 0
    for word in re.finditer(r"[{}]|\bWHERE\b", query):
        if word[0] == "WHERE" and not depth:
            return word.end()
        depth += {"{": 1, "}": -1}.get(word[0], 0)
    return 0


def _braces(text: str, place: int) -> tuple[int, int]:
    """Find the next braces that belong together; neither texts nor IRIs hold any here."""
    start = end = text.index("{", place)
    depth = 0
    while depth or end == start:
        depth += {"{": 1, "}": -1}.get(text[end], 0)
        end += 1
    return start, end


# --- The law --------------------------------------------------------------------------------------------------------


class Case(NamedTuple):
    """A row, as it compares across stores, with the evidence that is shown and all of it."""

    asked: Asked
    row: Row
    shown: Evidence
    every: Evidence


def broken(text: str, most_rows: int | None = None, explain: Explain = explain) -> list[str]:
    """Tell what evidence of a query breaks which law."""
    asked = Asked(text)
    answer = _shortened(GRAPH.query(text), most_rows)
    shown, every = explain(GRAPH.store, text, answer), explain(GRAPH.store, text, answer, every=True)
    if answer.truth is False:
        return [*_of_no(shown), *_of_no(every)]
    cases = [Case(asked, *each) for each in zip(_rows(asked, answer), shown, every, strict=True)]
    return [f"{law.__name__}: {said}" for law in LAWS for case in cases for said in law(case)]


def _shortened(answer: Answer, most_rows: int | None) -> Answer:
    """Keep the rows, or triples, at even distances."""
    step = 1 if most_rows is None else max(1, -(-len(answer) // most_rows))
    return Answer(
        answer.form, answer.variables, answer.rows[::step], answer.truth, answer.triples[::step], answer.labels
    )


def _rows(asked: Asked, answer: Answer) -> list[Row]:
    if answer.truth is not None:
        return [()] if answer.truth else []
    columns = loose(asked.text, answer.variables)
    return [comparable(row, columns) for row in answer]


# Each law yields what it finds wrong with a case


def it_suffices(case: Case) -> Iterator[str]:
    """The claims of each derivation, with the layers, yield the row again."""
    if case.asked.is_grouped and (case.every.more or case.asked.looks_for_absence or case.asked.is_sliced_within):
        return  # a count of what is missing, or of what there is beyond a slice, is another one when less is known
    if case.every.looked_at is not None and case.asked.absences > 1:
        return  # what is missing may be missing because of what is there
    for claims in _derivations(case):
        if case.row not in case.asked.over(LAYERS | _iris(claims)):
            yield f"{_told(claims)} do not yield {case.row}"


def the_layers_that_are_told_suffice(case: Case) -> Iterator[str]:
    """So do the claims that are shown with only those layers that are said to take part."""
    if case.shown.looked_at is not None or case.asked.is_grouped:
        return
    if case.row not in case.asked.over(frozenset(case.shown.context) | _iris(case.shown)):
        yield f"{_told(case.shown)} with {case.shown.context} do not yield {case.row}"


def nothing_can_be_left_out(case: Case) -> Iterator[str]:
    """Without one claim of a derivation, its other claims do not yield the row."""
    if case.asked.is_grouped or case.asked.is_sliced_within or case.every.more:
        return
    for claims in _derivations(case):
        if case.every.looked_at is not None and any(set(other) < set(claims) for other in case.every.derivations):
            continue  # fewer claims do with an absence, these do without
        for claim in claims[:8]:
            rest = LAYERS | (_iris(claims) - {claim.iri})
            if _is_still_there(case, rest):
                yield f"{_told(claims)} yield {case.row} without {claim.iri} too"


def nothing_is_missing(case: Case) -> Iterator[str]:
    """Without one claim of each derivation, or all of them, the whole graph does not yield the row."""
    if case.every.more or case.asked.is_sliced_within or not all(case.every.derivations) or not case.every.claims:
        return
    if case.asked.is_grouped_within or "SAMPLE" in case.asked.text:
        return  # a number that is not shown may change and leave the row as it was, and so may the number of a sample
    gone = [_iris(case.every.claims)]
    if not case.asked.is_grouped:
        gone += [frozenset(claims[place].iri for claims in case.every.derivations) for place in (0, -1)]
    for claims in dict.fromkeys(gone):
        if _is_still_there(case, EVERY - claims):
            yield f"the graph yields {case.row} without {sorted(claims)} too"


def the_smallest_is_shown(case: Case) -> Iterator[str]:
    """What is shown is one of the derivations, and they come in the order of their size."""
    sizes = [len(claims) for claims in case.every.derivations]
    if sizes != sorted(sizes) and case.asked.over(EVERY)[case.row] == 1:  # identical rows take turns
        yield f"derivations of {sizes} claims are not in order"
    if not (case.asked.is_grouped or tuple(case.shown) in case.every.derivations or case.every.more):
        yield f"{_told(case.shown)} are none of the derivations {[_told(claims) for claims in case.every.derivations]}"


def an_absence_is_told(case: Case) -> Iterator[str]:
    """A row tells of an absence if NOT EXISTS or MINUS stand where no row goes round them, and never without any."""
    told = case.shown.looked_at is not None
    if told and not case.asked.looks_for_absence and not case.asked.is_grouped:
        yield f"{case.row} is told to rest on an absence"
    if not told and case.asked.rests_on_absence:
        yield f"{case.row} is not told to rest on an absence"


def claims_are_claims(case: Case) -> Iterator[str]:
    if not _iris(case.every.claims) <= PARTS.claims:
        yield f"{_told(case.every.claims)} are not all claims"


LAWS = (
    *(it_suffices, the_layers_that_are_told_suffice, nothing_can_be_left_out, nothing_is_missing),
    *(the_smallest_is_shown, an_absence_is_told, claims_are_claims),
)


def _of_no(found: list[Evidence]) -> Iterator[str]:
    """No rests on an absence."""
    if [(tuple(each), each.looked_at) for each in found] != [((), len(PARTS.claims))]:
        yield f"no rests on {found}"


def _derivations(case: Case) -> list[tuple[Claim, ...]]:
    """Give what is shown, and some of the other derivations; those of a group are one."""
    others = [*case.every.derivations[:2], *case.every.derivations[-1:]]
    return list(dict.fromkeys([tuple(case.shown), *others]))


def _is_still_there(case: Case, parts: frozenset[str]) -> bool:
    """Tell whether a row comes from some parts by what the whole graph has too."""
    if case.row not in case.asked.over(parts):
        return False
    if case.asked.is_grouped:  # a group may have solutions that rest on no claim
        return not case.asked.looks_for_absence and case.row not in case.asked.over(LAYERS)
    if case.asked.hides_absence:
        return False
    return not case.asked.looks_for_absence or case.asked.has_old_solution(case.row, parts)


def _iris(claims: Sequence[Claim]) -> frozenset[str]:
    return frozenset(claim.iri for claim in claims)


def _told(claims: Sequence[Claim]) -> str:
    return str(sorted(claim.iri.rpartition("/")[2] for claim in claims))


# --- Held against it ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(catalogue.questions()))
def test_the_law_holds_for_the_catalogue(name: str) -> None:
    assert broken(catalogue.bind(catalogue.question(name), GRAPH, {})) == []


@pytest.mark.parametrize("batch", range(BATCHES))
def test_the_law_holds_for_random_queries(batch: int) -> None:
    tried: set[str] = set()

    @seed(SEED * BATCHES + batch)
    @settings(
        max_examples=QUERIES // BATCHES * 3 // 2,  # some come twice
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(queries(GRAPH))
    def holds(query: Query) -> None:
        if query.text not in tried and len(tried) < QUERIES // BATCHES:
            hold(query.text)
            tried.add(query.text)

    holds()
    assert len(tried) == QUERIES // BATCHES


def hold(text: str) -> None:
    """Hold the law against a query, and tell the shortest one that breaks it in the same way."""
    found = broken(text, MOST_ROWS)
    if found:
        shortest = shorter(text, lambda other: _breaks(other, found[0].partition(":")[0]))
        told = "\n".join(broken(shortest, MOST_ROWS))
        raise AssertionError(f"{found[0]}\n{text}\nor, in short:\n{told}\n{shortest}\n(seed {SEED})")


def _breaks(text: str, law: str) -> bool:
    try:
        few = len(list(islice(GRAPH.stream(text), 100))) < 100
        return few and any(said.startswith(law) for said in broken(text, MOST_ROWS))
    except FotGraphError:
        return False


def test_random_queries_are_of_every_construct() -> None:
    """Most of them have rows, too; `pytest -rP` shows the numbers."""
    made = some_queries(1000)
    times = Counter(construct for query in made for construct in query.used)
    answered = sum(bool(GRAPH.query(query.text)) for query in made)
    sys.stdout.write(f"{answered} of {len(made)} have an answer\n")
    sys.stdout.writelines(f"{number:5} {construct}\n" for construct, number in times.most_common())
    assert answered >= 700
    assert {construct: times[construct] for construct in CONSTRUCTS if times[construct] < 3} == {}
    assert set(times) == set(CONSTRUCTS)


def some_queries(number: int) -> list[Query]:
    data = Data(GRAPH.quads)
    return [make(Random(one), data, GRAPH.store) for one in range(number)]


def test_what_is_found_without_the_engine_is_among_the_derivations() -> None:
    """Claims are left out of the graph in random order, as long as the row is there; what remains is a derivation."""
    random = Random(0)
    for query in some_queries(120):
        asked = Asked(query.text)
        if asked.looks_for_absence or asked.is_grouped or asked.is_sliced_within:
            continue
        answer = _shortened(GRAPH.query(query.text), 1)
        for row, found in zip(_rows(asked, answer), explain(GRAPH.store, query.text, answer, every=True), strict=False):
            known = {_iris(claims) for claims in found.derivations}
            assert found.more or PARTS.minimal(asked.again, row, random) in known, query


def test_evidence_changes_nothing() -> None:
    for query in some_queries(100):
        before, size = GRAPH.query(query.text), len(GRAPH.store)
        found = before.evidence()
        after = GRAPH.query(query.text)
        assert Counter(_rows(Asked(query.text), after)) == Counter(_rows(Asked(query.text), before)), query
        assert len(GRAPH.store) == size
        assert [row.evidence for row in before.rows] == (found if before.form == "select" else [])


def test_evidence_is_the_same_under_every_hash_seed() -> None:
    told = {
        subprocess.run(
            [sys.executable, "-c", "import test_law; test_law.tell_all()"],
            env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(Path(__file__).parent)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for hash_seed in ("1", "2")
    }
    assert len(told) == 1
    assert len(told.pop()) > 10_000


def tell_all() -> None:
    """Print the evidence of some queries; rows without ORDER BY come in any order."""
    for query in some_queries(60):
        answer, lines = GRAPH.query(query.text), []
        for row, *found in zip(answer or [()], answer.evidence(), answer.evidence(every=True), strict=False):
            shown = comparable(row, loose(query.text, answer.variables))
            told = [
                ([_told(claims) for claims in one.derivations], one.context, one.looked_at, one.more) for one in found
            ]
            lines.append(f"{shown} {told}\n")
        sys.stdout.writelines([f"{query.text}\n", *sorted(lines)])


def test_the_parts_are_those_of_only() -> None:
    claims = sorted(PARTS.claims)[::20]
    parts, store = PARTS.holding(LAYERS | set(claims)), GRAPH.only(claims=claims).store
    assert set(parts) == set(store)
    assert set(parts.named_graphs()) == set(store.named_graphs())


# --- The law is no dead letter: evidence that is wrong breaks it ------------------------------------------------------


def _changed(found: Evidence, derivations: Sequence[tuple[Claim, ...]]) -> Evidence:
    return Evidence(derivations, found.context, found.looked_at, more=found.more)


def a_claim_is_lost(found: Evidence) -> Evidence:
    return _changed(found, [claims[1:] for claims in found.derivations])


def a_claim_is_added(found: Evidence) -> Evidence:
    other = Claim(max(PARTS.claims - _iris(found.claims)), "", "")
    return _changed(found, [(*claims, other) for claims in found.derivations])


def a_derivation_is_lost(found: Evidence) -> Evidence:
    return _changed(found, found.derivations[:-1] if len(found.derivations) > 1 else found.derivations)


def the_context_is_lost(found: Evidence) -> Evidence:
    return Evidence(found.derivations, (), found.looked_at, more=found.more)


def the_absence_is_lost(found: Evidence) -> Evidence:
    return Evidence(found.derivations, found.context, None, more=found.more)


def an_absence_is_added(found: Evidence) -> Evidence:
    return Evidence(found.derivations, found.context, len(PARTS.claims), more=found.more)


@pytest.mark.parametrize(
    "mistake",
    [
        *(a_claim_is_lost, a_claim_is_added, a_derivation_is_lost),
        *(the_context_is_lost, the_absence_is_lost, an_absence_is_added),
    ],
)
def test_wrong_evidence_breaks_the_law(mistake: Callable[[Evidence], Evidence]) -> None:
    def mistaken(store: Store, text: str, answer: Answer, *, every: bool = False) -> list[Evidence]:
        return [mistake(found) for found in explain(store, text, answer, every=every)]

    assert any(broken(query.text, MOST_ROWS, mistaken) for query in some_queries(100))
