"""How well a name holds the words that a person types."""

from __future__ import annotations

import re

import pytest

from fot_graph.stores import likeness

BEST_FIRST = [
    "Kmo’s portefeuille",
    "portefeuille KMO’s",
    "de kmos-portefeuilles",
    "KMO portefeuilles in Vlaanderen",
    "de kmostudie en de portefeuilleverdeling",
]


def test_names_rank_from_the_whole_name_to_words_in_which_it_stands() -> None:
    ranks = [likeness.rank("KMO's portefeuille", name) for name in BEST_FIRST[:3]]
    assert ranks[:2] == [0, 1]
    assert ranks[2] is not None
    assert ranks[2] > likeness.SAME
    looser = [likeness.rank("kmo portefeuille", name) for name in BEST_FIRST[3:]]
    assert None not in looser
    assert looser == sorted(looser, key=str)


@pytest.mark.parametrize(
    ("one", "other"),
    [("bedrijf", "de bedrijven"), ("scholen", "een school"), ("plannen", "het plan"), ("policies", "a policy"),
     ("foto’s", "foto"), ("KPI", "KPI's"), ("analyses", "analyse")],
)  # fmt: skip
def test_singular_and_plural_are_found_by_each_other(one: str, other: str) -> None:
    assert likeness.rank(one, other) is not None
    assert all(re.search(likeness.pattern(word), other, re.IGNORECASE) for word in likeness.folded(one))


@pytest.mark.parametrize(("one", "other"), [("SERF", "SERV"), ("serv", "observatie x"), ("ab", "cabal"), ("’", "x")])
def test_what_only_looks_alike_is_not_found(one: str, other: str) -> None:
    assert (likeness.rank(one, other) is None) is (other != "observatie x")  # within a word it is the last resort


def test_a_pattern_finds_accents_of_either_form() -> None:
    pattern = re.compile(likeness.pattern("herorientering"), re.IGNORECASE)
    assert all(map(pattern.search, ("HERORIËNTERING", "herorie\u0308ntering", "Herorientering")))
