"""Quotes that do not hold, with the passage that each of them may mean, and those that can be mended without a person.

A quote is mended by itself only where it differs from one passage of the source, and from no other as little, by the
case of letters or by one typing error, and where nothing is at stake that one letter makes another: a figure, a number
or a month in words, a numeral or a letter of a list, an address, or a word that turns the sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import DefaultGraph, Quad

from fot_graph.authoring import literals
from fot_graph.claims.claims_md import blocks, compiling
from fot_graph.claims.documents import written_quotes
from fot_graph.claims.inputs import claims_files
from fot_graph.claims.layers import FORMATS, PROVENANCE
from fot_graph.claims.origin import read_source
from fot_graph.claims.quotes import is_quote
from fot_graph.core import files, workspace
from fot_graph.core.fragments import Span
from fot_graph.core.namespaces import Namespaces
from fot_graph.core.quote_errors import QuoteAmbiguousError, QuoteDividesWordError, QuoteError, QuoteNotFoundError
from fot_graph.core.resources import read_text
from fot_graph.text.edges import divided_words, word_bounds
from fot_graph.text.languages import words
from fot_graph.text.nearest import CAPITALS, changes, difference, is_one_slip, nearest_stretch
from fot_graph.text.normalisation import needed_rules, normalise, plain_signs
from fot_graph.text.omissions import turning_words
from fot_graph.text.passages import check_words, find, reflow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from fot_graph.text.source import Source

MISSING, AMBIGUOUS, DIVIDES, FOUND = "missing", "ambiguous", "divides-word", "found"


class Proposal(NamedTuple):
    """A quote of a claim that does not hold, and what may be put in its place.

    `state` is MISSING, AMBIGUOUS or DIVIDES; or FOUND for one that holds, but only by rules of the normalisation, which
    `overlooked` names. `passage` is the nearest text, as it may be quoted, on `source_line`; `only`
    in what one thing the two differ. With `certain` it may be put in the place of the quote without a person.
    """

    file: Path
    line: int
    claim: str
    quote: str
    state: str
    error: str = ""
    passage: str = ""
    source_line: int = 0
    only: str | None = None
    certain: bool = False
    overlooked: tuple[str, ...] = ()

    @property
    def changes(self) -> list[tuple[str, str]]:
        """The words of the quote that the passage has otherwise, each with what stands there instead."""
        return changes(self.quote, self.passage) if self.passage else []

    @property
    def is_near(self) -> bool:
        """Whether the quote differs from the passage by capitals or one typing error only."""
        return self.state == MISSING and _is_near(self.passage, self.quote)


def proposals(paths: Iterable[Path] | None = None) -> list[Proposal]:
    """Look at every quote of the documents at some paths, or of those that come with fot_graph.

    Raises: `InputFileError`, `RdfSyntaxError`.
    """
    return [proposal for file in claims_files(paths) for proposal in _document_proposals(file)]


def write_certain(proposed: Iterable[Proposal]) -> list[Proposal]:
    """Put in the passages of the proposals that are certain, each file whole or not at all; give those put in.

    Only the texts of the quotes change. Raises: `InputFileError`, `OutputFileError`.
    """
    by_file: dict[Path, list[Proposal]] = {}
    for proposal in proposed:
        if proposal.certain:
            by_file.setdefault(proposal.file, []).append(proposal)
    written = []
    for file, ours in by_file.items():
        mark = "\ufeff" if file.read_bytes().startswith(b"\xef\xbb\xbf") else ""
        values = {proposal.quote: proposal.passage for proposal in ours}
        if file.suffix == ".md":
            text, done = _with_other_quotes(file, values)
        else:
            text, done = literals.replace_strings(read_text(file), FORMATS[file.suffix], values, _is_written_quote)
        if done:
            files.write(file, (mark + text).encode())
        written += [proposal for proposal in ours if done[proposal.quote]]
    return written


def _is_written_quote(quad: Quad) -> bool:
    """Tell whether a quad gives a quote, as it stands in the file: what is in no graph there is about claims."""
    in_place = quad.graph_name in (DefaultGraph(), PROVENANCE)
    return in_place and is_quote(Quad(quad.subject, quad.predicate, quad.object, PROVENANCE))


def _document_proposals(file: Path) -> Iterator[Proposal]:
    source = read_source(file.parent, workspace.layouts(file.parent))
    quads = written_quotes(file)
    lines = _lines_of_quotes(file)
    edges = source.edges()
    for quad in quads:
        quote = getattr(quad.object, "value", "")
        subject = Namespaces().shorten(getattr(quad.subject, "value", str(quad.subject)))
        shown = Proposal(file, lines.get(quote, 0), subject, quote, FOUND)
        proposal = _proposal(shown, source, edges)
        if proposal.state != FOUND or proposal.overlooked:
            yield proposal


def _lines_of_quotes(file: Path) -> dict[str, int]:
    """Give the line of each text of a file that may be a quote, where it stands first."""
    text = read_text(file)
    if file.suffix == ".md":
        found = ((quad, place.place()[0]) for quad, place in compiling.quotes(file, text, file.parent.name))
        pairs = [(getattr(quad.object, "value", ""), line) for quad, line in found]
    else:
        pairs = [(string.value, string.line(text)) for string in literals.strings(text)]
    return dict(reversed(pairs))


def _with_other_quotes(file: Path, values: Mapping[str, str]) -> tuple[str, Counter[str]]:
    """Put other quotes in the place of some in a `claims.md`, and count what was replaced; all other lines stay."""
    text, done = read_text(file), Counter[str]()
    lines = text.split("\n")
    for quad, place in reversed(compiling.quotes(file, text, file.parent.name)):
        quote = getattr(quad.object, "value", "")
        if quote in values:
            first, column = place.place()
            last, _ = place.place(len(place.text))
            lines[first - 1 : last] = [lines[first - 1][: column - 1] + blocks.marked(values[quote])]
            done[quote] += 1
    return "\n".join(lines), done


def _proposal(quote: Proposal, source: Source, edges: set[int]) -> Proposal:
    text = source.text
    try:
        span = find(text, quote.quote, edges)
        check_words(text, quote.quote, span, edges)
    except QuoteNotFoundError as error:
        return _proposal_for_missing(quote._replace(state=MISSING, error=error.message), source, edges)
    except QuoteDividesWordError as error:
        divided = divided_words(text, *span, edges)
        whole = Span(min(span.start, divided[0][0]), max(span.end, divided[-1][1]))
        return _proposal_with_passage(quote._replace(state=DIVIDES, error=error.message), source, whole)
    except QuoteError as error:
        state = AMBIGUOUS if isinstance(error, QuoteAmbiguousError) else MISSING
        return quote._replace(state=state, error=str(error))
    rules = needed_rules(text[span.start : span.end], quote.quote)
    return quote._replace(overlooked=tuple(rule.name for rule in rules))


def _proposal_for_missing(quote: Proposal, source: Source, edges: set[int]) -> Proposal:
    span = Span(*nearest_stretch(source.text, quote.quote))
    stretch = source.text[span.start : span.end]
    proposed = _proposal_with_passage(quote, source, span)._replace(only=difference(stretch, quote.quote))
    return proposed._replace(certain=_is_certain(source, span, quote.quote, edges))


def _proposal_with_passage(quote: Proposal, source: Source, span: Span) -> Proposal:
    return quote._replace(passage=reflow(source.text[span.start : span.end]), source_line=source.line(span.start))


def _is_certain(source: Source, span: Span, quote: str, edges: set[int]) -> bool:
    """Tell whether a quote can mean no other passage than this one, and nothing that matters changes with it."""
    text, language = source.text, source.language_at(span.start)
    stretch = text[span.start : span.end]
    kept = _kept_words(stretch, language) == _kept_words(quote, language)
    if not _is_near(stretch, quote) or not kept:
        return False
    try:
        if find(text, stretch) != span or divided_words(text, *span, edges):
            return False
    except QuoteError:
        return False
    others = f"{text[: span.start]}\n{text[span.end :]}"
    start, end = nearest_stretch(others, quote)
    return not _is_near(others[start:end], quote)


def _is_near(stretch: str, quote: str) -> bool:
    return difference(stretch, quote) == CAPITALS or is_one_slip(stretch, quote)


def _kept_words(text: str, language: str) -> tuple[list[str], list[str]]:
    """Give the words of a text that no typing error may touch, and the words that turn its sentence."""
    pattern, _ = turning_words(language)
    turning = [word.casefold() for word in pattern.findall(plain_signs(text).text)] if pattern else []
    plain = normalise(text).text
    spelled = (plain[start:end].casefold() for start, end in zip(*word_bounds(plain), strict=True))
    return [word for word in spelled if _is_kept(word)], turning


def _is_kept(word: str) -> bool:
    is_code = any(sign.isnumeric() or sign in "@/" for sign in word) or word.startswith("www.")
    return is_code or bool(_NUMERAL.fullmatch(word)) or word in _numbers_and_months()


_NUMERAL = re.compile(r"[ivxlcdm]+|.")  # a roman one, or a letter


@cache
def _numbers_and_months() -> frozenset[str]:
    named = (word for key in ("months", "short_months", "numerals", "counted", "magnitudes") for word in words(key))
    return frozenset(normalise(word).text.casefold() for word in named) - set(words("common"))
