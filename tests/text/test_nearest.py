"""The text that is most like a quote, in what they differ, and that finding it is bounded."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from rapidfuzz import fuzz

from fot_graph.core.quote_errors import QuoteNotFoundError
from fot_graph.text import nearest as module
from fot_graph.text.edges import divided_words
from fot_graph.text.nearest import changes, difference, is_one_slip, nearest_stretch
from fot_graph.text.passages import find

TEXT = (Path(__file__).parents[2] / "data/documents/vp-sv-2019-2020-358/source.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("Mijn administratie doet een evaluatie uit", "Mijn administratie voert een evaluatie uit"),
        ("2016 443 707.315,49 nvt nvt", "2016 443 707.315,48  nvt nvt"),
        ("radar werk", "radarwerk"),
        ("Momenteel lopt een heroriënteringsoefening.", "Momenteel loopt een heroriënteringsoefening."),
        ("gelijke kansen en diversitei", "gelijke kansen en \ndiversiteit"),
    ],
)
def test_the_nearest_text_is_whole_words(quote: str, expected: str) -> None:
    assert TEXT[slice(*nearest_stretch(TEXT, quote))] == expected


@pytest.mark.parametrize("seed", range(4))
def test_a_stretch_with_a_few_errors_is_found_back(seed: int) -> None:
    chance = random.Random(seed)
    for length in (40, 300, 2_000):
        start = chance.randrange(len(TEXT) - length)
        stretch = " ".join(TEXT[start : start + length].split()[1:-1])
        at = chance.randrange(len(stretch))
        span = nearest_stretch(TEXT, f"{stretch[:at]}qq{stretch[at + 1 :]}")
        assert abs(span[0] - start) < 60
        assert not divided_words(TEXT, *span)


def test_no_text_has_nothing_near() -> None:
    assert nearest_stretch("", "een") == nearest_stretch(" \n", "een") == (0, 0)
    assert nearest_stretch("kort", "een veel langere zin") == (0, 4)


def test_the_work_is_bounded_for_a_long_quote_in_a_long_text(monkeypatch: pytest.MonkeyPatch) -> None:
    work: list[int] = []

    class Counting:
        @staticmethod
        def ratio(one: str, other: str) -> float:
            work.append(len(one) * len(other))
            return fuzz.ratio(one, other)

        @staticmethod
        def partial_ratio_alignment(one: str, other: str) -> object:
            assert len(one) <= 64
            work.append(len(one) * len(other))
            return fuzz.partial_ratio_alignment(one, other)

    monkeypatch.setattr(module, "fuzz", Counting)
    chance = random.Random(1)
    words = TEXT.split()
    text, quote = (" ".join(chance.choices(words, k=size // 6)) for size in (200_000, 5_000))
    with pytest.raises(QuoteNotFoundError) as caught:
        find(text, quote)
    assert len(caught.value.nearest) < 6_000
    assert len(str(caught.value)) < 800
    assert sum(work) < 9e9  # signs compared with signs, of which rapidfuzz does 64 at once: the whole would take 2e11
    work.clear()
    nearest_stretch(text, quote * 200)
    assert sum(work) < 9e9


@pytest.mark.parametrize(
    ("stretch", "quote", "only"),
    [
        *(("De SERV", "de serv", "capitals"), ("één", "een", "accents"), ("a-b", "ab", "hyphens")),
        *(("radarwerk", "radar werk", "white space"), ("ja, nee", "ja nee", "punctuation")),
        *(("radarwerk", "radarwrk", "one letter or sign"), ("radarwerk", "radrawerk", "one letter or sign")),
        *(("radarwerk", "raadwerk", None), ("een", "twee", None)),
    ],
)
def test_what_alone_differs(stretch: str, quote: str, only: str | None) -> None:
    found = difference(stretch, quote)
    assert found == only


def test_one_slip_is_one_sign() -> None:
    assert is_one_slip("slaagden", "slagden")
    assert is_one_slip("slaagden", "slaagdne")
    assert not is_one_slip("slaagden", "slagde")
    assert not is_one_slip("slaagden", "slaagden")


def test_changes_are_by_words() -> None:
    assert changes("de projecten slagden niet", "de projecten slaagden er niet") == [("slagden", "slaagden er")]
