"""What claims quote, made comparable with what they say: on one line, in plain signs, with figures in one piece."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from fot_graph.text.edges import GROUPING
from fot_graph.text.normalisation import plain_signs
from fot_graph.text.passages import reflow
from fot_graph.validation.written_forms import decimal_sign, thousands_sign


class QuotedText(NamedTuple):
    """What a claim quotes, on one line and comparable, and the language in which it is read."""

    text: str
    language: str


_THOUSANDS = re.compile(rf"(?<=\d)[{GROUPING}](?=\d{{3}}(?!\d))")
_FRACTIONS = {"½": "5", "¼": "25", "¾": "75"}
_FRACTION = re.compile(rf"(?<![\w.,])(?:(?P<whole>\d+)[ {GROUPING}]?)?(?P<part>[½¼¾])")
_SPACED = re.compile(r"(?<![\d.,])(?<!\d )\d{1,3}(?: \d{3})+(?![., ]?\d)")
_MARKED = re.compile(r"(?<![^\s(\"'])_+(?=[^\W_])|(?<=[^\W_])_+(?![^\s.,;:!?)\"'])")  # '_geen_', as for italics


def with_joined_thousands(text: str) -> str:
    """Join the thousands of running text, where '1 000' is one figure; in a table plain spaces stand between cells."""
    return _SPACED.sub(lambda figure: figure[0].replace(" ", "\u00a0"), text)


@lru_cache(maxsize=16_384)  # names and quotes come again, in this claim and the next, in this validation and the next
def comparable(text: str, language: str) -> str:
    """Write a text on one line, in plain letters and signs, and its numbers as its language does.

    With its sign between thousands, fractions (2 ½) as decimals, and whole amounts (5,00) without any.
    """
    point = decimal_sign(language)
    joined = _THOUSANDS.sub(thousands_sign(language), reflow(text))
    joined = _FRACTION.sub(lambda found: f"{found['whole'] or 0}{point}{_FRACTIONS[found['part']]}", joined)
    joined = re.sub(rf"(?<=\d){re.escape(point)}00(?!\d|[.,:]\d)", "", joined)
    return _MARKED.sub("", " ".join(plain_signs(joined).text.split()))
