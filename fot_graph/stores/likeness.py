"""How much a name is like what a person types: accents, case, apostrophes, hyphens, plurals and word order aside."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

SAME = 1  # the last rank at which all words of a name are given as they are


def rank(sought: str, name: str) -> int | None:
    """Tell how well a name holds the words that are sought, 0 being best; None where it does not hold all of them.

    Up to `SAME` they are the whole name: its very words, in this or another order. Then come names that are these words
    but for a plural, begin with them, hold them, hold them but for a plural, hold words that begin so, and hold words
    in which they stand.

    >>> rank("HERORIENTERING", "heroriëntering"), rank("KPI's", "de KPI’s van de projecten"), rank("SERV", "VDAB")
    (0, 4, None)
    """
    wanted, words = folded(sought), folded(name)
    alike = all(any(_forms(part) & _forms(word) for word in words) for part in wanted)
    joined = " ".join(words)
    degrees = (
        "".join(wanted) == "".join(words),
        sorted(wanted) == sorted(words),
        alike and len(wanted) == len(words),
        words[: len(wanted)] == wanted,
        set(wanted) <= set(words),
        alike,
        all(len(part) > 1 and any(word.startswith(part) for word in words) for part in wanted),
        all(len(part) > 2 and part in joined for part in wanted),
    )
    return next((place for place, holds in enumerate(degrees) if wanted and holds), None)


def folded(name: str) -> list[str]:
    """Give the words of a name in small letters, without accents and apostrophes.

    >>> folded("De KMO’s en de co-financiering")
    ['de', 'kmos', 'en', 'de', 'co', 'financiering']
    """
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign)).casefold()
    return re.findall(r"[^\W_]+", re.sub(_APOSTROPHE, "", plain))


def pattern(word: str) -> str:
    """Give a regular expression for at least the names that hold a folded word in some form, whatever their case.

    In the place of a letter may stand what is none of a to z: an accented letter, which some servers read as two.

    >>> pattern("plannen2")
    '(p|[^a-z])+(l|[^a-z])+(a|[^a-z])+(n|[^a-z])+(e|[^a-z])+(n|[^a-z])+2'
    """
    part = re.sub(r"([^\W\d])\1", r"\1", min(_forms(word), key=len))
    part = re.sub("[fsy]$", "", part) if len(part) > 3 else part  # which a plural may write as v, z or ie
    return "".join(f"({sign}|[^a-z])+" if "a" <= sign <= "z" else sign for sign in part)


# --- Inside ----------------------------------------------------------------------------------------------------------

_APOSTROPHE = "['’‘ʼ`´′]"


@cache
def _forms(word: str) -> frozenset[str]:
    """Give a word, and what it may be the plural of, in Dutch or English.

    >>> [*map(sorted, map(_forms, ("scholen", "brieven", "policies")))]
    [['schol', 'scholen', 'school'], ['brief', 'briev', 'brieven'], ['policie', 'policies', 'policy']]
    """
    if len(word) < 4 or word.isdigit():
        return frozenset([word])
    if not word.endswith("en"):
        ends = {"ies": ["ie", "y"], "s": [""]}
        end = next((end for end in ends if word.endswith(end)), "")
        return frozenset([word, *(word.removesuffix(end) + singular for singular in ends.get(end, ()))])
    part = word.removesuffix("en")
    once = re.sub(r"([^aeiou])\1$", r"\1", part)  # plannen, plan
    long = re.sub(r"(?<![aeiou])([aeou])([^aeiou])$", r"\1\1\2", part)  # scholen, school
    return frozenset([word, part, once, long, *(re.sub("z$", "s", re.sub("v$", "f", each)) for each in (part, long))])
