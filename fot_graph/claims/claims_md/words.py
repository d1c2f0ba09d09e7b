"""The words of a `claims.md` that are no names, in English and in Dutch: those that are written, and those read."""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """The words in a language: titles of sections, then what stands in the lines of names and of claims."""

    names: str
    sources: str
    claims: str
    by: str
    because: str
    no_claim: str
    subject: str
    object: str
    is_a: str
    also: str
    address: str
    voices: str
    question: str
    answer: str


_WORDS = {
    "en": Words(
        *("Names", "Sources", "Claims", "by", "because", "no claim"),
        *("subject", "object", "is a", "also", "as", "Voices", "question", "answer"),
    ),
    "nl": Words(
        *("Namen", "Bronnen", "Beweringen", "door", "omdat", "geen bewering"),
        *("onderwerp", "voorwerp", "is een", "ook", "als", "Stemmen", "vraag", "antwoord"),
    ),
}


def words_in(language: str) -> Words:
    """Give the words in a language; those in English, where it has none of its own."""
    return _WORDS.get(language, _WORDS["en"])


def spellings(name: str) -> tuple[str, ...]:
    """Give how a word may be written, in each of the languages, in small letters.

    >>> spellings("no_claim")
    ('no claim', 'geen bewering')
    """
    return tuple(getattr(words, name).lower() for words in _WORDS.values())
