"""Evidence of small queries, construct by construct, as a reader of the source works it out.

`evidence_cases/*.yaml` hold the cases. Of each row of the answer ('yes' or 'no' of ASK) they name the claims that a
person would point at: `c:` is a claim of question 358, `bg:` one from the background (`this:` is a name that question
358 brings), 'none' means that no claim is needed, '+ absence' that something has to be absent as well, '+ absence?'
that either will do, 'or' stands between alternatives; `others` are the rows that are not named. What another reading
of the standard would give stands under 'by the standard'. The claims were found by leaving claims out of the graph, and
read against their quotes.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import yaml
from law import GRAPH, PARTS, Asked, explained, is_known, rows_of
from oracle import LAYERS
from packaged import PREFIXES, curie, expand
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Store

from fot_graph.core.errors import FotGraphError, UsageError

if TYPE_CHECKING:
    from fot_graph.core.terms import Term
    from fot_graph.evidence.answers import Answer
    from fot_graph.evidence.claims import Evidence

HERE, BACKGROUND = f"{PREFIXES['claim']}vp-sv-2019-2020-358/", f"{PREFIXES['claim']}background/"
THIS = f"{PREFIXES['doc']}vp-sv-2019-2020-358/"


class Case(NamedTuple):
    """A query with the evidence of its rows; `standard` are those of another reading of the standard."""

    name: str
    query: str
    rows: dict[str, str]
    standard: dict[str, str] | None


class Expected(NamedTuple):
    """One way in which a row may be shown to hold; `absent` is None where it does not matter."""

    claims: frozenset[str]
    absent: bool | None


def cases() -> list[Case]:
    """Read the cases of all files."""
    files = sorted((Path(__file__).parents[1] / "evidence_cases").glob("*.yaml"))
    read: list[dict[str, Any]] = [
        case for file in files for case in yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)
    ]
    prefix = f"PREFIX this: <{THIS}> "
    return [Case(case["case"], prefix + case["query"], case["rows"], case.get("by the standard")) for case in read]


def expected(text: str) -> list[Expected]:
    """Read what stands beside a row."""
    found = []
    for alternative in text.split(" or "):
        claims, _, absence = alternative.partition("+")
        named = [word for word in claims.split() if word not in ("none", "absence")]
        absent = None if absence.strip() == "absence?" else "absence" in alternative
        found.append(Expected(frozenset(map(claim, named)), absent))
    return found


def claim(name: str) -> str:
    """Give the IRI of a claim, which has to be one of the graph's."""
    prefix, _, local = name.partition(":")
    iri = {"c": HERE, "bg": BACKGROUND}[prefix] + local
    assert iri in PARTS.claims, name
    return iri


def rows_by_name(answer: Answer) -> list[str]:
    if answer.truth is not None:
        return ["yes" if answer.truth else "no"]
    return [" | ".join(map(cell, row)) for row in answer]


def cell(term: Term | None) -> str:
    match term:
        case None:
            return "–"
        case NamedNode():
            return curie(term.value.replace(HERE, "c:").replace(BACKGROUND, "bg:").replace(THIS, "this:"))
        case BlankNode():
            return "_:b"
        case _:
            return str(getattr(term, "value", term))


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_evidence_is_what_a_reader_expects(case: Case) -> None:
    answer = GRAPH.query(case.query)
    names = rows_by_name(answer)
    is_other = case.standard is not None and set(names) == case.standard.keys()
    rows = case.standard if is_other and case.standard is not None else case.rows
    assert set(names) - rows.keys() == set() or "others" in rows
    assert rows.keys() - {"others"} <= set(names)
    for name, found in zip(names, explained(case.query, answer), strict=True) if names else ():
        text = rows.get(name) or rows["others"]
        assert is_known(found), name
        assert is_as_expected(found, text), f"{name}: {shown(found)}, not {text}"


def is_as_expected(found: Evidence, text: str) -> bool:
    claims, absent = frozenset(claim.iri for claim in found), found.looked_at is not None
    return any(claims == alternative.claims and alternative.absent in (None, absent) for alternative in expected(text))


def shown(found: Evidence) -> str:
    claims = " ".join(sorted(cell(NamedNode(claim.iri)) for claim in found)) or "none"
    return claims + " + absence" * (found.looked_at is not None)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_what_a_reader_expects_yields_the_row(case: Case) -> None:
    """Each way that a case names is enough, whatever the engine of evidence shows."""
    answer = GRAPH.query(case.query)
    asked = Asked(case.query)
    for name, row in zip(rows_by_name(answer), rows_of(case.query, answer), strict=False):
        for alternative in expected(case.rows.get(name) or case.rows.get("others") or "none"):
            assert row in asked.over(LAYERS | alternative.claims), name


def test_there_are_cases_of_every_kind() -> None:
    files = Counter(file.stem for file in (Path(__file__).parents[1] / "evidence_cases").glob("*.yaml"))
    assert len(files) == 10
    assert len(cases()) >= 250
    assert [name for name, times in Counter(case.name for case in cases()).items() if times > 1] == []


# --- What no table can say --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?f { ?f fot:informs ?x ~ ?r }",
        "SELECT ?f { ?f fot:informs ?x {| fot:status ?s |} }",
        "SELECT ?f { <<?f fot:informs ?x>> fot:status ?s }",
        "SELECT ?f { <<( ?f fot:informs ?x )>> fot:status ?s }",
        "SELECT ?f { ?f fot:informs ?x LATERAL { SELECT ?i { ?i fot:theme ?x } LIMIT 1 } }",
        "ASK { ?f fot:informs ?x ~ }",
        "CONSTRUCT { ?f fot:about ?x } WHERE { ?f fot:informs ?x ~ ?r }",
        "SELECT ?n { { SELECT (COUNT(*) AS ?n) { ?f fot:informs ?x ~ ?r } } }",
        "SELECT ?f { ?f a fot:Finding FILTER EXISTS { ?f fot:informs ?x ~ ?r } }",
    ],
)
def test_what_goes_beyond_sparql_1_1_is_one_clear_error(query: str) -> None:
    """Either the query is refused as a whole, or its evidence is."""
    with pytest.raises(FotGraphError) as caught:
        explained(query, GRAPH.query(query))
    assert isinstance(caught.value, UsageError) or "SPARQL" in str(caught.value)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?x { id:a fot:informs ?x }",
        "SELECT ?x { id:a fot:informs|fot:theme ?x }",
        "SELECT ?x { id:a fot:informs+ ?x }",
        "SELECT (COUNT(*) AS ?n) { id:a fot:informs ?x }",
        "SELECT ?x { { SELECT DISTINCT ?x { id:a fot:informs ?x } } }",
        "SELECT ?b { BIND(EXISTS { id:a fot:informs ?x } AS ?b) }",
        "SELECT ?x { VALUES ?x { 1 } FILTER EXISTS { id:a fot:informs ?y } }",
        "ASK { id:a fot:informs ?x }",
        "CONSTRUCT { id:a fot:about ?x } { id:a fot:informs ?x }",
        "CONSTRUCT WHERE { id:a fot:informs ?x }",
        "DESCRIBE id:a",
    ],
)
def test_a_fact_of_no_claim_and_no_layer_is_not_known(query: str) -> None:
    """A store that another tool made may have facts in its default graph alone."""
    from fot_graph.api import Graph

    fact = [NamedNode(expand(name)) for name in ("id:a", "fot:informs", "id:b")]
    store = Store()
    store.add(Quad(fact[0], fact[1], fact[2], DefaultGraph()))
    answer = Graph(store).query(query)
    assert answer
    assert [(is_known(found), tuple(found)) for found in answer.evidence()] == [(False, ())]
