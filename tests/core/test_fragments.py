"""The addresses of passages within a document."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fot_graph.core import fragments
from fot_graph.core.errors import UsageError
from fot_graph.core.fragments import Span, fragment, parse_fragment, parse_passage


@given(st.integers(0, 10**12), st.integers(0, 10**6))
def test_fragments_round_trip(start: int, length: int) -> None:
    span = Span(start, start + length)
    assert parse_fragment(fragment(span)) == span


def test_a_fragment_is_as_the_standard_writes_it() -> None:
    assert fragment(Span(4120, 4203)) == "char=4120,4203"


@pytest.mark.parametrize(
    "identifier",
    [
        *("", "char=", "char=1", "char=,5", "char=5,1", "char=-1,5", "char=1,5;length=9", "line=1,5", "#char=1,5"),
        *("char=1, 5", "char=1,5\n", "char=٣,٤", "char=1," + "9" * 5000),
    ],
)
def test_nonsense_is_no_fragment(identifier: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_fragment(identifier)
    assert caught.value.hint


@pytest.mark.parametrize("iri", ["", "urn:a", "urn:a#", "urn:a#question-1", "urn:a#char=5,1", "urn:a#x#char=1,5"])
def test_no_other_iri_is_that_of_a_passage(iri: str) -> None:
    assert parse_passage(iri) is None


def test_a_passage_reads_back() -> None:
    iri = fragments.passage("urn:a", Span(1, 5))
    assert parse_passage(iri) == ("urn:a", Span(1, 5))
