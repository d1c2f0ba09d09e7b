"""The normalisation under which quotes are found: each rule, and that every character keeps its place."""

from __future__ import annotations

import random
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fot_graph.core.fragments import Span
from fot_graph.core.quote_errors import QuoteAmbiguousError, QuoteDividesWordError, QuoteError, QuoteNotFoundError
from fot_graph.text.normalisation import RULES, Tracked, needed_rules, normalise, plain_letters
from fot_graph.text.passages import check_words, find, overlooked_rules

NFC, NFD = "heroriëntering", unicodedata.normalize("NFD", "heroriëntering")
AROUND = ("Een zin vooraf. De {} loopt nog.\nEen zin erna.", "De {} loopt")


@pytest.mark.parametrize(
    ("written", "typed", "cause"),
    [
        (NFC, NFD, "combined letters"),
        (NFD, NFC, "combined letters"),
        ("tussen\u00a0stap", "tussen stap", "special spaces"),
        ("tussen\u202f\u2003stap", "tussen stap", "special spaces"),
        ("tussen stap", "tussen\u2009stap", "special spaces"),
        ("werk\u00adzaamheid", "werkzaamheid", "soft hyphens"),
        ("werkzaamheid", "werk\u00adzaamheid", "soft hyphens"),
        ("werk\u00ad\nzaamheid", "werkzaamheid", "soft hyphens"),
        ("werk\u00ad\nzaamheid", "werk-zaamheid", "soft hyphens"),
        ("werk\u200bzaam\u200cheid", "werkzaamheid", "zero-width characters"),
        ("werk\u2060zaam\u200dheid\ufeff", "werkzaamheid", "zero-width characters"),
        ("werkzaamheid", "werk\u200dzaam\ufeffheid", "zero-width characters"),
        ("ﬁnanciële eﬀectieve oﬃciële", "financiële effectieve officiële", "ligatures"),
        ("bijdrage", "bĳdrage", "ligatures"),
        ("KPI’s en ‘meer’", "KPI's en 'meer'", "quotation marks and apostrophes"),
        ("zogenaamde “winst”", 'zogenaamde "winst"', "quotation marks and apostrophes"),
        ('zogenaamde "winst"', "zogenaamde „winst”", "quotation marks and apostrophes"),
        ("periode 2019–2024", "periode 2019-2024", "dashes"),
        ("periode − 2024", "periode — 2024", "dashes"),
        ("viona\u2011onderzoek", "viona-onderzoek", "dashes"),
        ("viona-\nonderzoek", "viona-onderzoek", "a hyphen at a line end"),
        ("werkzaam-  \n\nheidsgraad", "werkzaamheidsgraad", "a hyphen at a line end"),
        ("werkzaamheidsgraad", "werkzaam-\nheidsgraad", "a hyphen at a line end"),
        ("https://x.be/a_\nb.pdf", "https://x.be/a_b.pdf", "a hyphen at a line end"),
    ],
)
def test_a_quote_is_found_by_a_rule_and_the_message_names_it(written: str, typed: str, cause: str) -> None:
    text, quote = AROUND[0].format(written), AROUND[1].format(typed)
    span = find(text, quote)
    start = text.index("De ")
    assert span == (start, text.index(" loopt nog") + len(" loopt"))  # a range of the untouched text
    assert cause in overlooked_rules(text, quote, span)
    assert set(overlooked_rules(text, quote, span)) <= {rule.name for rule in RULES}
    with pytest.raises(QuoteDividesWordError, match=f"found by overlooking .*{cause}"):
        check_words(text, quote[:-2], find(text, quote[:-2]))
    with pytest.raises(QuoteAmbiguousError, match=f"found by overlooking .*{cause}"):
        find(f"{text} {text}", quote)


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("café", "cafe"),
        ("cafe", "café"),
        ("Minister", "minister"),
        ("radarwerk", "radar werk"),
        ("2019-358", "2019358"),
        ("2019-\n358", "2019358"),
        ("Sociaal-\nEconomische", "SociaalEconomische"),
        ("in-\nen uitstroom", "inen uitstroom"),
        ("viona-onderzoek", "vionaonderzoek"),
        ("a_\nb", "ab"),
        ("wacht…", "wacht..."),
        ("één", "een"),
    ],
)
def test_it_is_never_fuzzy(written: str, typed: str) -> None:
    with pytest.raises(QuoteNotFoundError):
        find(AROUND[0].format(written), AROUND[1].format(typed))


def test_wrapping_is_no_cause() -> None:
    assert needed_rules("een viona-\n  onderzoek\tloopt", "een viona- onderzoek loopt") == ()


@pytest.mark.parametrize(
    ("written", "typed", "said"),
    [
        ("Een café", "een café", "they differ only in capitals"),
        ("een café", "een cafe", "they differ only in accents"),
        ("een radarwerk", "een radar werk", "they differ only in white space"),
        ("een viona-onderzoek", "een vionaonderzoek", "they differ only in hyphens"),
        ("een ja, nee", "een ja nee", "they differ only in punctuation"),
        ("een radarwerk", "een radarwerp", "they differ only in one letter or sign"),
    ],
)
def test_the_message_names_what_alone_keeps_a_quote_from_being_found(written: str, typed: str, said: str) -> None:
    with pytest.raises(QuoteNotFoundError, match=said):
        find(f"Hier staat {written}.", typed)


@pytest.mark.parametrize(("text", "quote"), [("de oﬃciële tekst", "de of"), (f"de {NFD}", f"de {NFD[:7]}")])
def test_a_character_is_never_divided(text: str, quote: str) -> None:
    with pytest.raises(QuoteNotFoundError, match="divides a character of the source"):
        find(text, quote)


@pytest.mark.parametrize("quote", ["\u200b", "\u00ad \ufeff"])
def test_what_nobody_sees_is_no_quote(quote: str) -> None:
    with pytest.raises(QuoteError, match="empty"):
        find("tekst", quote)


def test_thousands_of_places_are_counted_and_not_listed() -> None:
    with pytest.raises(QuoteAmbiguousError) as caught:
        find("een woord of " * 20_000, "woord")
    assert caught.value.count == 20_000
    assert len(caught.value.starts) <= 1_000
    assert "it stands 20000 times, at characters 4, 17, 30, 43, 56 …: quote more" in str(caught.value)


# --- Every character keeps its place --------------------------------------------------------------------------------

PIECES = [
    *("werk", "zaam", "een", "é", "e\u0301", "n\u0303\u0323", "ﬁ", "ĳ", "’", "'", "“", "–", "-", "_", "2019", "358"),
    *(".", "\u00ad", "\u200b", "\u200d", "\ufeff", " ", "  ", "\n", "-\n", "- \n\n", "\u00ad\n", "\u00a0", "\u202f"),
    *("\t", "en"),
]


def outcome(text: str, quote: str) -> Span | QuoteError:
    try:
        return find(text, quote)
    except QuoteError as error:
        return error


@pytest.mark.parametrize("seed", range(12))
def test_what_is_found_is_the_quote_once_both_are_normalised(seed: int) -> None:
    chance = random.Random(seed)
    found = 0
    for _ in range(300):
        text = "".join(chance.choices(PIECES, k=chance.randint(1, 40)))
        start = chance.randrange(len(text))
        end = chance.randint(start + 1, len(text))
        quote = text[start:end]
        span = outcome(text, quote)
        if isinstance(span, Span):
            found += 1
            shown = text[span.start : span.end]
            assert re.sub("[- ]", "", normalise(shown).text) == re.sub("[- ]", "", normalise(quote).text)
            assert shown == shown.strip()
        elif isinstance(span, QuoteNotFoundError):  # a stretch is missed only where it parts a letter from its mark
            following = (plain_letters(stretch).text.lstrip()[:1] for stretch in (quote, text[end:]))
            assert any(map(unicodedata.combining, filter(None, following)))
    assert found > 50


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_the_ranges_are_in_order_and_normalising_is_stable(text: str) -> None:
    given = normalise(text).tracked
    assert len(given.text) == len(given.starts) == len(given.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(given.starts, given.ends, strict=True))
    assert list(given.starts) == sorted(given.starts)
    assert normalise(given.text).text == given.text


def test_a_rewritten_text_knows_where_it_comes_from() -> None:
    rule = next(rule for rule in RULES if rule.name == "ligatures")
    given = Tracked.of("aﬃb").sub(rule.pattern, rule.write)
    assert (given.text, list(given.starts), list(given.ends)) == ("affib", [0, 1, 1, 1, 2], [1, 2, 2, 2, 3])


def test_marks_without_end_take_no_more_than_their_length() -> None:
    marks = "\u0301\u0323" * 50_000
    assert len(normalise(f"e{marks}").text) == 100_001
