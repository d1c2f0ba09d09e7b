"""What is left out of a sentence that is quoted in part, and which words turn it, in three languages."""

from __future__ import annotations

import tomllib
import unicodedata

import pytest

from fot_graph.core.fragments import Span
from fot_graph.core.resources import folder
from fot_graph.text.omissions import KINDS, omitted_spans, turning_omissions, turning_words

LISTS = tomllib.loads((folder("ontology") / "turning-words.toml").read_text(encoding="utf-8"))
ENTRIES = [(lang, word) for lang, lists in LISTS.items() for kind in KINDS for word in lists[kind]]


def hits(sentence: str, language: str, *quoted: str) -> list[str]:
    """Give what is left out of a sentence and turns it, when parts of it are quoted."""
    spans = [Span(sentence.index(part), sentence.index(part) + len(part)) for part in quoted]
    return [
        sentence[start:end].strip()
        for start, end in turning_omissions(sentence, Span(0, len(sentence)), spans, language)
    ]


@pytest.mark.parametrize(("language", "word"), ENTRIES, ids=[f"{lang}-{word}" for lang, word in ENTRIES])
def test_every_word_of_the_lists_turns_a_sentence_wherever_it_is_left_out(language: str, word: str) -> None:
    for written in (word, word.upper(), word.capitalize(), unicodedata.normalize("NFD", word)):
        places = ("{} begin midden einde", "begin {} midden einde", "begin midden einde, {}.")
        for sentence in (place.format(written) for place in places):
            assert hits(sentence, language, "begin", "midden") != []
            assert hits(sentence, language, sentence) == []
            assert hits(sentence, language, "begin", "midden", written) == []
    assert hits(f"begin x{written}x midden", language, "begin") == []


@pytest.mark.parametrize(
    ("language", "sentence", "expected"),
    [
        ("nl", "De projecten slaagden er niet in.", "slaagden er niet in."),
        ("nl-BE", "De projecten slaagden er NIET in.", "slaagden er NIET in."),
        ("nl", "De projecten vragen géén geld.", "vragen géén geld."),
        ("nl", "De projecten voor niet-begeleide jongeren.", "voor niet-begeleide jongeren."),
        ("nl", "De projecten lopen zon-\nder geld.", "lopen zon-\nder geld."),
        ("nl", "De projecten lopen zon\u00adder geld.", "lopen zon\u00adder geld."),
        ("nl", "De projecten lopen ni\u200bet.", "lopen ni\u200bet."),
        ("nl", "De projecten lopen _niet_.", "lopen _niet_."),
        ("en", "De projecten don’t run.", "don’t run."),
        ("en", "De projecten don't run.", "don't run."),
        ("en", "De projecten isn‘t run.", "isn‘t run."),
        ("fr", "De projecten n’a rien.", "n’a rien."),
        ("fr", "De projecten n'avance.", "n'avance."),
        ("fr", "De projecten ne vont pas.", "ne vont pas."),
        ("fr", "De projecten, à\npeine.", ", à\npeine."),
        ("fr", "A moins de, De projecten.", "A moins de,"),
        ("fr", "De projecten GUERE.", "GUERE."),
        ("fr", "De projecten, pour autant qu’il y en ait.", ", pour autant qu’il y en ait."),
        ("en", "De projecten say no. Five.", "say no. Five."),
    ],
)
def test_contracted_split_and_disguised_forms_are_seen(language: str, sentence: str, expected: str) -> None:
    assert hits(sentence, language, "De projecten") == [expected]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "De projecten kunnen, als zij trachten, enkele winsten boeken."),
        ("nl", "De projecten in passage en nietig."),
        ("nl", "De projecten ne not."),
        ("en", "De projecten of no. 5, no.7 and No. 12."),
        ("fr", "De projecten, pour autant, en environs."),
        ("en", "De projecten of note, nothingness and butter."),
        ("fr", "De projecten du passé, et né ici, a peine."),
        ("de", "De projecten nicht."),
        ("", "De projecten niet."),
    ],
)
def test_what_turns_nothing_is_let_be(language: str, sentence: str) -> None:
    assert hits(sentence, language, "De projecten") == []


def test_a_sentence_that_is_not_quoted_at_all_leaves_nothing_out() -> None:
    assert list(omitted_spans(Span(10, 20), [Span(0, 10), Span(20, 30)])) == []


def test_the_union_of_the_passages_counts() -> None:
    quoted = [Span(0, 4), Span(2, 8), Span(12, 30)]
    assert list(omitted_spans(Span(0, 20), quoted)) == [Span(8, 12)]
    assert list(omitted_spans(Span(5, 40), quoted)) == [Span(8, 12), Span(30, 40)]


def test_a_word_that_is_quoted_in_part_is_left_out() -> None:
    assert hits("Dit kan op voorwaarde dat.", "nl", "Dit kan op") == ["voorwaarde dat."]


def test_every_list_says_how_accents_count() -> None:
    assert all(turning_words(language)[0] for language in LISTS)
