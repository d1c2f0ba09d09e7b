"""The law of evidence held against the catalogue, against random queries, and against evidence that is wrong.

The law itself stands in `law`. `FOT_GRAPH_QUERIES` and `FOT_GRAPH_SEED` choose how many random queries, and which.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from functools import cache
from itertools import islice
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest
from law import GRAPH, PARTS, Asked, explained, iris_of, judge, names_of, rows_of, shortened
from oracle import LAYERS, comparable, loose
from packaged import PARAMETERS
from random_queries import CONSTRUCTS, Query, make, shorter
from random_queries.data import Data

from fot_graph.core.errors import FotGraphError
from fot_graph.evidence.claims import Claim, Evidence
from fot_graph.questions import catalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fot_graph.evidence.answers import Answer

MOST_ROWS = 3  # of a random query that are tried
SOME_ROWS = 3  # of a question of the catalogue that `make test` tries; `make test-all` tries all
QUERIES = int(os.environ.get("FOT_GRAPH_QUERIES", "2000"))
SEED = int(os.environ.get("FOT_GRAPH_SEED", "0"))
BATCH = max(1, min(200, QUERIES // 20))  # queries of one test, so that the cores share the work


# --- Held against it ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("most_rows", [SOME_ROWS, pytest.param(None, marks=pytest.mark.exhaustive)])
@pytest.mark.parametrize("name", sorted(catalogue.questions()))
def test_the_law_holds_for_the_catalogue(name: str, most_rows: int | None) -> None:
    asked = catalogue.bind(catalogue.question(name), GRAPH, PARAMETERS.get(name, {}))
    found = judge(asked, most_rows)
    assert found.broken == []
    assert found.unknown == 0


@pytest.mark.parametrize("first", range(0, QUERIES, BATCH))
def test_the_law_holds_for_random_queries(first: int, record_property: Callable[[str, int], None]) -> None:
    """How many rows were judged, and how many are not known, is summed up in conftest.py, which sets the bound."""
    rows = unknown = 0
    for number in range(first, min(first + BATCH, QUERIES)):
        text = make(Random(f"{SEED} {number}"), data(), GRAPH.store).text
        try:
            found = judge(text, MOST_ROWS)
        except Exception as error:
            raise AssertionError(f"{text}\n(seed {SEED})") from error
        assert found.broken == [], in_short(text, found.broken[0])
        rows, unknown = rows + found.rows, unknown + found.unknown
    record_property("rows", rows)
    record_property("unknown", unknown)


def in_short(text: str, said: str) -> str:
    """Tell the shortest query that breaks the law in the same way."""
    shortest = shorter(text, lambda other: _breaks(other, said.partition(":")[0]))
    told = "\n".join(judge(shortest, MOST_ROWS).broken)
    return f"{said}\n{text}\nor, in short:\n{told}\n{shortest}\n(seed {SEED})"


def _breaks(text: str, law: str) -> bool:
    try:
        few = len(list(islice(GRAPH.stream(text), 100))) < 100
        return few and any(said.startswith(law) for said in judge(text, MOST_ROWS).broken)
    except FotGraphError:
        return False


def test_every_construct_is_written() -> None:
    """Most of them have rows, too; `pytest -rP` shows the numbers."""
    made = some_queries(1000)
    times = Counter(construct for query in made for construct in query.used)
    answered = sum(bool(GRAPH.query(query.text)) for query in made)
    sys.stdout.write(f"{answered} of {len(made)} have an answer\n")
    sys.stdout.writelines(f"{number:5} {construct}\n" for construct, number in times.most_common())
    assert answered >= 700
    assert {construct: times[construct] for construct in CONSTRUCTS if times[construct] < 3} == {}
    assert set(times) == set(CONSTRUCTS)


@cache
def data() -> Data:
    return Data(GRAPH.quads)


@cache
def some_query(number: int) -> Query:
    return make(Random(number), data(), GRAPH.store)


def some_queries(number: int) -> list[Query]:
    return [some_query(one) for one in range(number)]


def test_what_is_found_without_the_engine_is_among_the_derivations() -> None:
    """Claims are left out of the graph in random order, as long as the row is there; what remains is a derivation."""
    random = Random(0)
    for query in some_queries(120):
        asked = Asked(query.text)
        if not asked.only_gains:
            continue
        answer = shortened(GRAPH.query(query.text), 1)
        every = explained(query.text, answer, every=True)
        for row, found in zip(rows_of(query.text, answer), every, strict=False):
            known = {iris_of(claims) for claims in found.derivations}
            assert found.more or PARTS.minimal(asked.again, row, random) in known, query


def test_evidence_changes_nothing() -> None:
    for query in some_queries(100):
        before, size = GRAPH.query(query.text), len(GRAPH.store)
        found = before.evidence()
        after = GRAPH.query(query.text)
        assert Counter(rows_of(query.text, after)) == Counter(rows_of(query.text, before)), query
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
            told = [(list(map(names_of, one.derivations)), one.context, one.looked_at, one.more) for one in found]
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
    other = Claim(max(PARTS.claims - iris_of(found.claims)), "", "")
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
    def mistaken(text: str, answer: Answer, *, every: bool = False) -> list[Evidence]:
        return [mistake(found) for found in explained(text, answer, every=every)]

    assert any(judge(query.text, MOST_ROWS, mistaken).broken for query in some_queries(100))
