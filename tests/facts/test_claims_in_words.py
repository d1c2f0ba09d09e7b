"""What every claim of the packaged document says in words, as it was read beside its quotes in both languages."""

from __future__ import annotations

import pytest
from claims_in_words import OPEN, claims_in_words, expected


@pytest.mark.parametrize("lang", OPEN)
def test_claims_say_in_words_what_was_read_beside_their_quotes(lang: str) -> None:
    assert claims_in_words(lang) == expected(lang).read_text("utf-8")
