"""What an answer rests on, in the words of a reader: the quotes with their place, who says so, and why.

Every output that shows a claim, from the terminal to a footnote, shows it by these lines.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import Literal

from fot_graph.core import tables, terms
from fot_graph.core.words import text_in, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from fot_graph.core.terms import Term
    from fot_graph.evidence.claims import Claim, Evidence, Passage

_TIED = "\u00a0"  # keeps words on one line, and becomes a blank when the line is made; no data holds it then
_LAYERS = ("naming", "document", "ontology", "provenance")


class EvidenceLine(NamedTuple):
    """A line about a claim: `depth` tells what belongs to which line above it."""

    depth: int
    tied: str

    @property
    def text(self) -> str:
        """The line, on which any blank may be broken."""
        return self.tied.replace(_TIED, " ")

    def laid_out(self, width: int | None, indent: int) -> str:
        """Give the line indented, and wrapped if there is a width."""
        return tables.indented_text(self.tied, width, indent + 2 * self.depth, hang=2).replace(_TIED, " ")


class Reader:
    """Someone who reads of claims in a language, 'nl' or 'en', with things by their labels (none: by their names).

    `name` names what has no label: by its CURIE for people (`Namespaces.shorten`), by its IRI for programs (`str`).
    `text` makes a text safe where it goes.
    """

    def __init__(
        self,
        labels: Mapping[str, str],
        lang: str,
        name: Callable[[str], str],
        text: Callable[[str], str] = tables.one_line,
    ) -> None:
        self.lang, self.text, self._labels, self._name = lang, text, labels, name
        self._words = texts("evidence", lang)

    def named(self, iri: str) -> str:
        """Name a thing by its label, or else by its name."""
        return self.text(self._labels.get(iri) or self._name(iri))

    def word(self, name: str) -> str:
        """Give a word of the reader's language: 'or', 'more' …."""
        return self._words[name]

    def claim(self, claim: Claim, depth: int = 0, shown: Collection[str] = ()) -> Iterator[EvidenceLine]:
        """Give the quotes of a claim, who says so, and what else it rests on, less what is `shown` already."""
        for passage in claim.passages:
            place = self.place(passage).replace(" ", _TIED)
            yield EvidenceLine(depth, f"“{self.text(passage.quote)}” ({place})")
        yield EvidenceLine(depth, f"— {self._said(claim)}")
        _, rationale = text_in(dict(claim.rationale), self.lang)
        if rationale:
            yield EvidenceLine(depth + 1, f"{self._words['rationale']}: {self.text(rationale)}")
        for source, page in zip_longest(claim.sources, claim.pages, fillvalue=""):
            if source != claim.voice:
                yield EvidenceLine(depth + 1, f"{self._words['source']}: {self.named(source)}")
            if page and page != source:
                yield EvidenceLine(depth + 1, self.text(page))
        yield from self._bases(claim, depth + 1, shown)

    def place(self, passage: Passage) -> str:
        """Say where a passage stands: 'answer 3-7, line 126', or 'answer 2, page 3, line 12' where there are pages."""
        line = f"{self._words['line']} {passage.page_line or passage.line}"
        if passage.page:
            line = f"{self._words['page']} {passage.page}, {line}"
        return f"{self.named(passage.item)}, {line}" if passage.item else line

    def blocks(self, evidence: Evidence) -> Iterator[list[EvidenceLine]]:
        """Give one block of lines a claim, derivation after derivation, and what else there is to say."""
        several = len(evidence.derivations) > 1
        for number, derivation in enumerate(evidence.derivations, start=1):
            if several:
                yield [EvidenceLine(0, f"{self._words['or']} {number}." if number > 1 else "1.")]
            shown: set[str] = set()
            for claim in derivation:
                yield list(self.claim(claim, int(several), shown))
                shown |= {claim.iri, *(base.iri for base in claim.derived_from if claim.derivation)}
        yield from ([EvidenceLine(0, note)] for note in self.notes(evidence))

    def lines(self, evidence: Evidence) -> Iterator[EvidenceLine]:
        """Give all that there is to say of what a row rests on."""
        for block in self.blocks(evidence):
            yield from block

    def cell(self, evidence: Evidence) -> str:
        """Say it in one cell of a table, the claims with a bar between them."""
        return " | ".join(" ".join(line.text for line in block) for block in self.blocks(evidence))

    def notes(self, evidence: Evidence) -> Iterator[str]:
        """Say in words what no claim says: that none is needed or known, what is absent, that there is more."""
        if not evidence.known:
            yield self._words["unknown"]
        elif evidence.looked_at is not None:
            counted = terms.literal_text(Literal(evidence.looked_at), self.lang)
            absence = self._words["absence of 1" if evidence.looked_at == 1 else "absence"].format(counted)
            yield absence + (f" ({self._words['sought']}: {self._sought(evidence)})" if evidence.sought else "")
        elif not evidence:
            layers = [self._words[layer] for layer in _LAYERS if layer in evidence.context]
            yield f"{self._words['none']}: {', '.join(layers or [self._words['query']])}"
        if evidence.more:
            yield self._words["more"]

    def _sought(self, evidence: Evidence) -> str:
        """Say which triples were looked for, by labels."""
        return "; ".join(" – ".join(map(self._word_of, triple)) for triple in evidence.sought)

    def _word_of(self, term: Term) -> str:
        if isinstance(term, Literal):
            return self.text(terms.literal_text(term, self.lang))
        return self.named(terms.iri_of(term)) or "…"

    def _said(self, claim: Claim) -> str:
        """Say who says so, in what way, in which document, and by which claim."""
        voice = ", ".join(self.named(iri) for iri in (claim.voice, claim.status) if iri)
        documents = ", ".join(dict.fromkeys(self.named(passage.document) for passage in claim.passages))
        return f"{'; '.join(filter(None, (voice, documents)))} ({self.text(self._name(claim.iri))})".lstrip()

    def _bases(self, claim: Claim, depth: int, shown: Collection[str]) -> Iterator[EvidenceLine]:
        """Give what a claim derives from: by name, or with its quotes where a figure was calculated from them."""
        if claim.derivation:
            how = f"({self._words['by']} {self.text(claim.derivation)})"
            yield EvidenceLine(depth, f"{self._words['computed']} {how}:")
            for base in claim.derived_from:
                if base.iri in shown:
                    yield EvidenceLine(depth + 1, f"— {self._said(base)}, {self._words['above']}")
                else:
                    yield from self.claim(base, depth + 1, shown)
        elif claim.derived_from:
            folder = f"{self._name(claim.iri).rpartition('/')[0]}/"
            names = [self.text(self._name(base.iri).removeprefix(folder)) for base in claim.derived_from]
            yield EvidenceLine(depth, f"{self._words['derived']}: {', '.join(names)}")


def named_by(claims: Iterable[Claim]) -> Iterator[str]:
    """Give the IRIs of what is named by its label where these claims are shown."""
    for claim in claims:
        yield from filter(None, (claim.status, claim.voice, *claim.sources))
        yield from (iri for passage in claim.passages for iri in (passage.document, passage.item) if iri)
        yield from named_by(claim.derived_from)


def laid_out(lines: Iterable[EvidenceLine], width: int | None, indent: int = 0) -> str:
    """Give lines as text, indented, and wrapped if there is a width."""
    return "\n".join(line.laid_out(width, indent) for line in lines)


def column(names: Sequence[str]) -> str:
    """Name a column for evidence beside those of an answer: 'evidence', with a number if that is taken."""
    candidates = ["evidence", *(f"evidence_{number}" for number in range(2, len(names) + 3))]
    return next(candidate for candidate in candidates if candidate not in names)


# --- For programs ----------------------------------------------------------------------------------------------------


def as_object(claim: Claim) -> dict[str, Any]:
    """Give a claim for JSON, with IRIs for names; what it does not have is not there."""
    further = {
        "rationale": dict(claim.rationale),
        "derivation": claim.derivation,
        "derivedFrom": [as_object(base) for base in claim.derived_from],
        "source": [
            _without_blanks({"iri": iri, "page": page})
            for iri, page in zip_longest(claim.sources, claim.pages, fillvalue="")
        ],
    }
    said = {"claim": claim.iri, "status": claim.status, "voice": claim.voice}
    return {**said, "passages": [_passage(passage) for passage in claim.passages], **_without_blanks(further)}


def notes_as_object(evidence: Evidence, *, every: bool) -> dict[str, Any]:
    """Give for JSON what a list of claims cannot say: layers, absence, that there is more or none known, all ways."""
    absence = {} if evidence.looked_at is None else {"claimsLookedAt": evidence.looked_at}
    said = {"context": list(evidence.context), **_without_blanks({"absence": absence, "more": evidence.more})}
    said |= {} if evidence.known else {"known": False}
    alternatives = [[as_object(claim) for claim in derivation] for derivation in evidence.derivations]
    return {**said, "derivations": alternatives} if every else said


def _passage(passage: Passage) -> dict[str, Any]:
    place = {"document": passage.document, "start": passage.start, "end": passage.end, "line": passage.line}
    on_page = {"page": passage.page, "lineOnPage": passage.page_line}
    return {"quote": passage.quote, **place, **_without_blanks({**on_page, "item": passage.item})}


def _without_blanks(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if value}
