"""Who curated a claim, on which day, and who reviewed it: lines that the commands write into `claims.md`.

Who accepts a draft curates the claim; who accepts a claim that somebody else curated has reviewed it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from fot_graph.claims import origin
from fot_graph.claims.curation import curie_of
from fot_graph.core import workspace

if TYPE_CHECKING:
    from pathlib import Path

_WORDS = {  # of the curator, the day, the reviewer; the first of each is what is written
    "nl": ("opgetekend door", "opgetekend op", "nagekeken door"),
    "en": ("curated by", "curated on", "reviewed by"),
}
_BY, _ON, _REVIEWED = (
    re.compile(rf"(?m)^- (?:{'|'.join([*words, curie])}): *(\S.*)$")
    for words, curie in zip(
        zip(*_WORDS.values(), strict=True), ("pav:curatedBy", "pav:curatedOn", "fot:reviewedBy"), strict=True
    )
)


class Signature(NamedTuple):
    """Who goes through claims, by name or as in `id:jan`, '' for nobody who is named; and the day (ISO 8601)."""

    who: str
    day: str


def curator_of(document: Path) -> str:
    """Give who curates the claims of a document, as its folder or its workspace says; '' for nobody.

    Raises: `InputFileError`.
    """
    home = workspace.above(document)
    return origin.read(document).curator or (workspace.read(home).curator if home else "")


def is_open(claim: str, signature: Signature, curator: str) -> bool:
    """Tell whether a claim, in lines, lacks what a person would sign; `curator` is who curates where it says nobody."""
    return not (_ON if is_own(claim, signature, curator) else _REVIEWED).search(claim)


def is_own(claim: str, signature: Signature, curator: str) -> bool:
    """Tell whether a person is the curator of a claim, or nobody else is."""
    said = _BY.search(claim)
    by = said[1].strip() if said else curator
    return not by or curie_of(by) == curie_of(signature.who)


def unsigned(claim: str) -> str:
    """Give a claim, in lines, without who curated it, on which day, and who reviewed it."""
    return "\n".join(line for line in claim.splitlines() if not any(each.match(line) for each in (_BY, _ON, _REVIEWED)))


def signed(claim: str, signature: Signature, curator: str, lang: str) -> str:
    """Give a claim, in lines, with its curator and the day, or with its reviewer where another person curated it."""
    by, on, reviewed = _WORDS[lang]
    who = curie_of(signature.who)
    if is_own(claim, signature, curator):
        lines = [*([] if _BY.search(claim) else [f"- {by}: {who}"]), f"- {on}: {signature.day}"]
    else:
        lines = [f"- {reviewed}: {who}"]
    written = claim.splitlines()
    last = max((at for at, line in enumerate(written) if line.startswith("- ")), default=len(written) - 1)
    return "\n".join([*written[: last + 1], *lines, *written[last + 1 :]])
