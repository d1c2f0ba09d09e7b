"""The lines below the heading of a claim: status, voice and strength, where its place does not tell them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from fot_graph.claims.claims_md.lines import keyword, plain
from fot_graph.claims.claims_md.voices import ANSWER, QUESTION, TextHalves, called, name_of
from fot_graph.claims.claims_md.words import spellings
from fot_graph.core.terms import node
from fot_graph.text.parts import parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fot_graph.claims.claims_md.blocks import Section, Text
    from fot_graph.claims.claims_md.lines import LineReader
    from fot_graph.text.source import Source

NO_CLAIM = spellings("no_claim")
_HALVES = dict.fromkeys(spellings("question"), QUESTION) | dict.fromkeys(spellings("answer"), ANSWER)
_SPOKEN = {"stated": ANSWER, "asked": QUESTION, "premise": QUESTION}  # by whom the half of the text is
_BY_EDITORS = {"interpreted", "computed"}
_WITHOUT_VOICE = {
    QUESTION: "claims-no-voice-of-question",
    ANSWER: "claims-no-voice-of-answer",
    "": "claims-no-voice-of-others",
}
_MOST_WORDS = 4  # of a status; more are a quote or a fact without the sign before it
_BY = re.compile(r"(?<!\S)(?:by|door)(?!\S)")


class Standing(NamedTuple):
    """What a claim is: its status, voice and strength; whether it is one, or says that a passage carries none."""

    status: NamedNode | None = None
    voice: NamedNode | None = None
    strength: NamedNode | None = None
    is_claim: bool = True


class Standings:
    """Tells what the claims of a file are, by their lines and their places in the text."""

    def __init__(self, reader: LineReader, source: Source | None) -> None:
        self._reader, self._names = reader, reader.names
        self._places = TextHalves(source) if source else None
        self._fragments = {(unit.kind, unit.start): fragment for unit, fragment, _ in parts(source)} if source else {}
        self.speakers: dict[str, NamedNode] = {}

    def speaker(self, line: Text) -> None:
        """Take a line of the section 'Voices': who speaks in the question, or in the answer."""
        found = keyword(line)
        half = _HALVES.get(found[0].lower()) if found else None
        if not found or not half:
            raise self._reader.error(line, "claims-speaker")
        self.speakers[half] = self._reader.thing(found[1])

    def item(self, quotes: Sequence[str]) -> NamedNode | None:
        """Give the part of the text that is the item of question or answer in which the first of some quotes stands."""
        unit = self._places.item(quotes) if self._places else None
        fragment = self._fragments.get((unit.kind, unit.start), "") if unit else ""
        return NamedNode(self._names.iri(f"part:{fragment}")) if fragment else None

    def of(self, section: Section, quotes: Sequence[str], usual: str = "") -> Standing:
        """Give what a claim is; `usual` is the status that its lines imply, '' where its place tells.

        Raises: `ClaimsFileError` for a word that is unknown, and where nobody says it.
        """
        found = Standing()
        for part in _commas(section.paragraphs):
            if part.text.lower() in NO_CLAIM:
                return Standing(is_claim=False)
            by = _BY.search(part.text)
            before, after = by.span() if by else (len(part.text), len(part.text))
            if part.text[after:].strip():
                found = found._replace(voice=self._reader.thing(part.part(after, len(part.text))))
            if part.text[:before].strip():
                scheme, concept = self._word(part.part(0, before))
                is_status = scheme == "status"
                found = found._replace(status=concept) if is_status else found._replace(strength=concept)
        if usual and not found.status:
            found = found._replace(status=node(f"status:{usual}"))
        return self._completed(found, section.title, quotes)

    def implied(self, quotes: Sequence[str], status: str = "") -> Standing:
        """Give the status that the place of some quotes implies, and its voice, as far as they are known."""
        implied, start = self._places.status(quotes) if self._places else ("", 0)
        name = status or implied
        if name in _BY_EDITORS:
            return Standing(node(f"status:{name}"), NamedNode(self._names.iri("id:editors")))
        speaker = self.speakers.get(_SPOKEN.get(name, ""))
        if not speaker and name in _SPOKEN and (said := self._said(name, start)):
            speaker = self._named(said)
        return Standing(node(f"status:{name}") if name else None, speaker)

    def _named(self, said: str) -> NamedNode | None:
        """Give who has the name that the head gives, of a person or an office; None for nobody and several."""
        tries = (
            self._names.find(" ".join(words[:count]).rstrip(",;("))
            for words in map(str.split, called(said))
            for count in range(len(words), 0, -1)
        )
        found = next(filter(None, tries), [])
        return NamedNode(found[0]) if len(found) == 1 else None

    def _said(self, status: str, start: int) -> str:
        return self._places.speaker(_SPOKEN[status], start) if self._places else ""

    def _word(self, text: Text) -> tuple[str, NamedNode]:
        """Give the status or the strength that a word names."""
        name = plain(text.text)
        for scheme in ("status", "strength"):
            kind = self._reader.kind_iri(f"{scheme}:")
            found = [iri for iri in [self._names.iri(f"{scheme}:{name}")] if iri and self._names.is_a(iri, kind)]
            if found := found or self._names.find(name, kind=kind):
                return scheme, NamedNode(found[0])
        known = [each for scheme in ("status:", "strength:") for each in self._known(scheme)]
        near = self._reader.nearest(name, known)
        if not near and (len(name.split()) > _MOST_WORDS or re.search(r"[|<>]", name)):
            raise self._reader.error(text, "claims-stray-line")
        hint = "did-you-mean" if near else None
        raise self._reader.error(text, "claims-unknown-word", hint, name=name, near=near, known=known)

    def _known(self, scheme: str) -> list[str]:
        return [each for lang in ("nl", "en") for each in self._names.of_scheme(self._reader.kind_iri(scheme), lang)]

    def _completed(self, found: Standing, title: Text, quotes: Sequence[str]) -> Standing:
        if found.status and found.voice:
            return found
        given = found.status.value.rpartition("/")[2] if found.status else ""
        implied = self.implied(quotes, given)
        status, voice = found.status or implied.status, found.voice or implied.voice
        if not status:
            raise self._reader.error(title, "claims-no-status", name=title.text)
        if voice:
            return found._replace(status=status, voice=voice)
        name = status.value.rpartition("/")[2]
        start = self._places.status(quotes)[1] if self._places else 0
        said = self._said(name, start) if name in _SPOKEN else ""
        if said:
            voice = self._reader.thing(title._replace(text=name_of(said)), "foaf:Person")
            return found._replace(status=status, voice=voice)
        half = _SPOKEN.get(name, "")
        raise self._reader.error(title, _WITHOUT_VOICE[half], name=half or name)


def _commas(paragraphs: Sequence[Text]) -> Iterator[Text]:
    for paragraph in paragraphs:
        start = 0
        for found in re.finditer(r",|$", paragraph.text):
            if (part := paragraph.part(start, found.start())).text:
                yield part
            start = found.end()
