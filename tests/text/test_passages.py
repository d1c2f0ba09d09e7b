"""Quotes found in a text, passages shown to people."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fot_graph.core.fragments import Span
from fot_graph.core.quote_errors import QuoteAmbiguousError, QuoteError, QuoteNotFoundError
from fot_graph.text.edges import divided_words
from fot_graph.text.passages import context, find, reflow

PATH = Path(__file__).parents[2] / "data/documents/vp-sv-2019-2020-358/source.txt"
TEXT = PATH.read_text(encoding="utf-8")

GAPS = st.text(" \t\n\r\f\u00a0", min_size=1, max_size=4)
SMALL_TEXTS = st.text("ab-_ \n\u00a0.é", max_size=40)


# --- find -----------------------------------------------------------------------------------------------------------


def places_of(text: str, quote: str) -> Span | list[int]:
    """Give the place of a quote, or where each begins of the places that it may have."""
    try:
        return find(text, quote)
    except QuoteAmbiguousError as error:
        return error.starts


def test_a_quote_that_stands_within_words_besides_is_found_where_it_is_whole() -> None:
    text = "14.514 dossiers, 514 diensten en de Antwoorden\n\nAntwoord"
    assert find(text, "514") == Span(17, 20)
    assert find(text, "Antwoord") == Span(48, 56)
    with pytest.raises(QuoteAmbiguousError):  # where the heading ends, a word does, too
        find("Antwoorddat is zo. Antwoord", "Antwoord", edges={0, 8})


@pytest.mark.parametrize(
    ("quote", "stretch"),
    [
        ("Ja. Mijn administratie", "Ja. Mijn administratie"),
        ("in functie van een toekomstige heroriëntering", "in functie van een toekomstige \nheroriëntering"),
        ("via een viona- onderzoek", "via een viona-\nonderzoek"),
        ("en deze groepen ook", "en deze \n\n\n\ngroepen ook"),
        ("Telkens met als doel", "Telkens met \n als doel"),
        ("  30\n\tseptember  ", "30 september"),
        ("Focus op Talent-beleid - Hervorming", "Focus op Talent-beleid  -  Hervorming"),
    ],
)
def test_white_space_matches_white_space(quote: str, stretch: str) -> None:
    start = TEXT.index(stretch)
    assert find(TEXT, quote) == Span(start, start + len(stretch))


@pytest.mark.parametrize("quote", ["ja. Mijn administratie", "KPIs werden", "Ja.Mijn administratie", "radar werk"])
def test_everything_else_matches_exactly(quote: str) -> None:
    with pytest.raises(QuoteNotFoundError):
        find(TEXT, quote)


def test_the_nearest_text_can_be_quoted() -> None:
    quote = "Deze evaluatie brengt de werkzaamheid van de kansengroepen in beeld"
    with pytest.raises(QuoteNotFoundError) as caught:
        find(TEXT, quote)
    assert caught.value.quote == quote
    assert caught.value.nearest.startswith("Deze evaluatie brengt de werkzaamheidsgraad van kansengroepen in")
    assert len(caught.value.nearest) < 1.3 * len(quote)
    assert find(TEXT, caught.value.nearest)


@pytest.mark.parametrize(
    ("quote", "stretch"),
    [
        ("via een viona-onderzoek (cfr", "via een viona-\nonderzoek (cfr"),
        ("voorstel_1_idea_consult_zfp.pdf", "voorstel_1_idea_\nconsult_zfp.pdf"),
        ("het viona- onderzoek “tussentijdse", "het viona-onderzoek “tussentijdse"),
    ],
)
def test_a_broken_word_is_quoted_as_it_is_read_or_as_it_stands(quote: str, stretch: str) -> None:
    start = TEXT.index(stretch)
    assert find(TEXT, quote) == Span(start, start + len(stretch))


def test_no_cause_is_named_where_more_differs() -> None:
    with pytest.raises(QuoteNotFoundError) as caught:
        find(TEXT, "een evaluatie-oefening van Jobkanaal")
    assert caught.value.cause is None


def test_ambiguous_quotes_tell_every_place() -> None:
    with pytest.raises(QuoteAmbiguousError) as caught:
        find(TEXT, "Focus op Talent")
    places = caught.value.starts
    assert len(places) == 14
    assert all(" ".join(TEXT[start:].split()).startswith("Focus op Talent") for start in places)


def test_overlapping_places_count() -> None:
    with pytest.raises(QuoteAmbiguousError) as caught:
        find(" ja \n ja ja", "ja ja")
    assert caught.value.starts == [1, 6]


@pytest.mark.parametrize("quote", ["", " ", "\n\t"])
def test_a_blank_quote_is_no_quote(quote: str) -> None:
    with pytest.raises(QuoteError, match="empty"):
        find(TEXT, quote)


@pytest.mark.parametrize("text", ["", " \n", "kort"])
def test_a_quote_from_a_text_that_is_shorter(text: str) -> None:
    with pytest.raises(QuoteNotFoundError) as caught:
        find(text, "een veel langere zin")
    assert caught.value.nearest == text.strip()


@given(st.data())
def test_any_stretch_is_found_however_it_is_wrapped(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(TEXT) - 1))
    end = data.draw(st.integers(start + 1, min(len(TEXT), start + 300)))
    stretch = TEXT[start:end]
    assume(stretch.strip())
    wrapped = "".join(word + data.draw(GAPS) for word in stretch.split())
    expected = Span(start + len(stretch) - len(stretch.lstrip()), start + len(stretch.rstrip()))
    if " ".join(TEXT.split()).count(" ".join(stretch.split())) == 1:
        assert find(TEXT, wrapped) == expected
        return
    places = places_of(TEXT, wrapped)
    if isinstance(places, Span):
        assert not divided_words(TEXT, *places)  # the only place where it divides none
    else:
        assert expected.start in places or expected.start > places[999]


@given(SMALL_TEXTS, SMALL_TEXTS)
def test_find_agrees_with_counting_character_by_character(text: str, quote: str) -> None:
    """In these texts the normalisation is white space, folded, and left out after a hyphen or underscore."""

    def plain(text: str) -> str:
        return re.sub(r"(?<=[-_])\s+", "", " ".join(text.replace("é", "ë").split()))

    wanted = plain(quote)
    assume(wanted)
    visible = [at for at in range(len(text)) if not text[at].isspace()]
    starts = [at for at in visible if plain(text[at:]).startswith(wanted)]
    if len(starts) == 1:
        start, end = find(text, quote)
        assert start == starts[0]
        assert plain(text[start:end]) == wanted
        assert text[start:end] == text[start:end].strip()
    elif starts:
        places = places_of(text, quote)
        if isinstance(places, Span):
            assert places.start in starts
            assert not divided_words(text, *places)
        else:
            assert places == starts
    elif not any(sign == "-" for sign in text + quote):  # a hyphen that ends a line may vanish
        with pytest.raises(QuoteNotFoundError):
            find(text, quote)


# --- reflow ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" twee  woorden\n", "twee woorden"),
        ("via een viona-\nonderzoek", "via een viona-onderzoek"),
        ("viona- \n\n onderzoek", "viona-onderzoek"),
        ("Focus op Talent-\r\nbeleid", "Focus op Talent-beleid"),
        ("Sociaal-\nEconomische Raad", "Sociaal-Economische Raad"),
        ("2019-\n2020", "2019-2020"),
        ("https://x.be/voorstel_1_idea_\nconsult_zfp.pdf", "https://x.be/voorstel_1_idea_consult_zfp.pdf"),
        ("https://x.be/met-focus-op-\ntalent-de-fot", "https://x.be/met-focus-op-talent-de-fot"),
        ("https://x.be/werk-\nen-economie", "https://x.be/werk-en-economie"),
        ("structurele inspannings- naar resultaatgerichte", "structurele inspannings- naar resultaatgerichte"),
        ("inspannings-\nnaar resultaatgerichte", "inspannings- naar resultaatgerichte"),
        ("in-\nen uitstroom", "in- en uitstroom"),
        ("in- \n of uitstroom", "in- of uitstroom"),
        ("in-\nenkele gevallen", "in-enkele gevallen"),
        ("beleid  -\nHervorming", "beleid - Hervorming"),
        ("eerst\n- dan", "eerst - dan"),
        ("werk\u00ad\nzaam\u00adheid", "werk\u00adzaam\u00adheid"),
        ("1\u202f234 en\u00a02016", "1\u202f234 en 2016"),
        ("een\u200bwoord\u200d", "een\u200bwoord\u200d"),
        ("", ""),
    ],
)
def test_reflow(text: str, expected: str) -> None:
    assert reflow(text) == expected


def test_the_source_breaks_four_words_or_addresses_and_a_heading() -> None:
    folded = " ".join(TEXT.split())
    assert len(folded) - len(reflow(TEXT)) == 5


@given(SMALL_TEXTS)
def test_reflow_is_stable_and_changes_white_space_only(text: str) -> None:
    once = reflow(text)
    assert reflow(once) == once
    assert once.split() == once.split(" ") or not once
    assert "".join(once.split()) == "".join(text.split())


# --- Context --------------------------------------------------------------------------------------------------------


def test_context_is_verbatim_and_ends_with_the_text() -> None:
    text = "een\n twee drie vier"
    assert context(text, Span(5, 9), 3) == ("n\n ", " dr")
    assert context(text, Span(5, 9)) == ("een\n ", " drie vier")
    assert context(text, Span(0, len(text))) == ("", "")
    span = find(TEXT, "Mijn administratie voert een evaluatie uit")
    before, after = context(TEXT, span)
    assert len(before) == len(after) == 32
    assert before + TEXT[span.start : span.end] + after in TEXT
