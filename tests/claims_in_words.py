"""Writes what every claim of the packaged document says, from its triples in words, under the quotes that say it.

Claims stand in the order of their quotes, those without after them. Findings, intentions, circumstances and goals have
sentences for names: in claims that the source makes they go by their class, so that triples alone give the words. `make
words` writes the two files that `facts/test_claims_in_words.py` expects; read what changes in them beside the quotes.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from packaged import PREFIXES

from fot_graph.api import Graph, load
from fot_graph.core.terms import iri_of
from fot_graph.formats.cited_claim import Citation, citation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CLAIMS = PREFIXES["claim"] + "vp-sv-2019-2020-358/"
OF_THE_DOCUMENT = f"""SELECT DISTINCT ?claim ?open ?by_editors {{
  ?claim a fot:Claim . FILTER STRSTARTS(STR(?claim), "{CLAIMS}")
  OPTIONAL {{ ?claim fot:openList ?open }}
  OPTIONAL {{ ?claim fot:status ?by_editors FILTER (?by_editors IN (status:interpreted, status:computed)) }}
}}"""
SENTENCES = """SELECT ?thing ?class {
  ?thing a ?class . FILTER (?class IN (fot:Finding, fot:Intention, fot:Circumstance, fot:Goal))
}"""
OPEN = {"nl": "de opsomming is open", "en": "the list is open"}


def expected(lang: str) -> Path:
    """Name the file with the claims in the words of a language."""
    return Path(__file__).parent / "facts" / f"claims_in_words.{lang}.txt"


def claims_in_words(lang: str) -> str:
    """Write all claims: name, status and voice, quotes, and what the claim says."""
    named, unnamed = load(), WithoutSentences(stored=load().stored)
    cited = []
    for claim, is_open, by_editors in named.query(OF_THE_DOCUMENT).rows:
        cited.append((citation(named if by_editors else unnamed, iri_of(claim), lang), is_open is not None))
    return "\n".join("".join(f"{line}\n" for line in _lines(*each)) for each in sorted(cited, key=_place))


class WithoutSentences(Graph):
    """A graph that names by their class, with a number, the things whose own name is a sentence."""

    @cache  # noqa: B019  one graph is made, for the length of a call
    def labels(self, lang: str) -> Mapping[str, str]:
        """Give the names of things in a language."""
        names = super().labels(lang)
        things = sorted((iri_of(sort), iri_of(thing)) for thing, sort in self.rows(SENTENCES))
        return {**names, **{thing: f"{names[sort]} {number}" for number, (sort, thing) in enumerate(things, 1)}}


def _place(pair: tuple[Citation, bool]) -> tuple[float, str]:
    claim = pair[0].claim
    return min((passage.start for passage in claim.passages), default=float("inf")), claim.iri


def _lines(cited: Citation, is_open: bool) -> Iterator[str]:  # noqa: FBT001  as it stands in the pair
    yield f"{cited.claim.iri.removeprefix(CLAIMS)} ({cited.status}, {cited.voice})"
    yield from (f"  “{passage.quote}”" for passage in cited.claim.passages)
    yield f"  = {cited.statement}{f' [{OPEN[cited.lang]}]' if is_open else ''}"


if __name__ == "__main__":
    for language in OPEN:
        expected(language).write_text(claims_in_words(language), encoding="utf-8")
