"""A claim in the lines of a `claims.md`: heading, status and voice, quotes, facts, reasons."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from fot_graph.claims.claims_md import blocks, values
from fot_graph.claims.claims_md.blocks import Text
from fot_graph.claims.claims_md.compiling import claim_iri, name_parts, read_quote
from fot_graph.claims.claims_md.errors import ClaimsFileError
from fot_graph.claims.claims_md.facts import DERIVED, OPEN_LIST, TRUE
from fot_graph.claims.claims_md.lines import LineReader
from fot_graph.claims.claims_md.names import KIND, PROPERTY, THING, TYPE
from fot_graph.claims.claims_md.standing import Standings
from fot_graph.claims.claims_md.voices import ANSWER, QUESTION
from fot_graph.claims.claims_md.words import words_in
from fot_graph.claims.layers import PROVENANCE
from fot_graph.core.terms import node

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from fot_graph.claims.claims_md.naming import Vocabulary
    from fot_graph.core.terms import Term
    from fot_graph.text.source import Source

_CLAIM, _NO_CLAIM = node("fot:Claim"), node("fot:NoClaim")
_STATUS, _VOICE, _STRENGTH = node("fot:status"), node("fot:voice"), node("fot:strength")
_QUOTED, _RATIONALE, _DERIVATION = node("prov:wasQuotedFrom"), node("fot:rationale"), node("fot:derivation")
_SUBJECT, _OBJECT = node("fot:subjectPassage"), node("fot:objectPassage")
_STANDING = (TYPE, _STATUS, _VOICE, _STRENGTH)


class NoForm(Exception):  # noqa: N818  it says that something has to be written otherwise, and is no error
    """What a claim says has no form in Markdown."""


class Terms:
    """Writes things and values so that they are read back as what they are."""

    def __init__(self, reader: LineReader) -> None:
        self.reader, self.names = reader, reader.names
        self.language = reader.language
        self.languages = tuple(dict.fromkeys((reader.language, "nl", "en")))
        self.words = words_in(self.language)

    def thing(self, term: object, role: str = THING) -> str:
        """Write a thing by its name or CURIE. Raises: `NoForm` for what is none."""
        if not isinstance(term, NamedNode):
            raise NoForm
        if role == PROPERTY and term == TYPE:
            return self.words.is_a
        text = escaped(self.names.name(term.value, self.languages, role))
        read = {THING: self.reader.thing, PROPERTY: self.reader.property, KIND: self.reader.kind}[role]
        try:
            if read(_line(text)) == term:
                return text
        except ClaimsFileError:
            pass
        return self.names.shorten(term.value)

    def object(self, term: Term, predicate: NamedNode) -> str:
        """Write the object of a fact. Raises: `NoForm` for one that cannot be read back."""
        for text in self._candidates(term, predicate):
            try:
                value = self.reader.object(_line(text), predicate)
            except ClaimsFileError:
                continue
            if value.term == term and not value.unit:
                return text
        raise NoForm

    def objects(self, terms: Iterable[Term], predicate: NamedNode) -> str:
        """Write the objects of a fact as a list."""
        return "; ".join(self.object(term, predicate) for term in terms)

    def _candidates(self, term: Term, predicate: NamedNode) -> Iterator[str]:
        if isinstance(term, NamedNode):
            yield self.thing(term, KIND if predicate == TYPE else THING)
            yield self.names.shorten(term.value)
        elif isinstance(term, Literal):
            if term.language == self.language and term.value == " ".join(term.value.split()):
                yield escaped(term.value)
            if term.datatype == _YEAR:
                yield term.value
            yield values.written(term, self.language, self.names.shorten)
            yield values.quoted(term, self.names.shorten)


_YEAR = node("xsd:gYear")


class ClaimWriter:
    """Writes the claims of one file."""

    def __init__(self, path: Path, source: Source | None, vocabulary: Vocabulary) -> None:
        names = vocabulary.names
        language = source.language if source else vocabulary.languages[0]
        self.terms = Terms(LineReader(path, names, language))
        self.words = self.terms.words
        self._standings = Standings(self.terms.reader, source)
        self._names = names
        if source:
            name_parts(names, source)

    def find_voices(self, quads: Iterable[Quad]) -> None:
        """Find who speaks in question and answer where the head of the text does not say: whoever most claims name."""
        said: dict[Term, dict[NamedNode, Term]] = {}
        for quad in quads:
            if quad.graph_name == PROVENANCE and quad.predicate in (_STATUS, _VOICE):
                said.setdefault(quad.subject, {})[quad.predicate] = quad.object
        for half, status in ((QUESTION, "premise"), (ANSWER, "stated")):
            spoken = (facts.get(_VOICE) for facts in said.values() if facts.get(_STATUS) == node(f"status:{status}"))
            counted = Counter(voice for voice in spoken if isinstance(voice, NamedNode))
            if counted and not self._standings.implied([], status).voice:
                self._standings.speakers[half] = min(counted, key=lambda voice: (-counted[voice], voice.value))

    def voices(self) -> list[str]:
        """Write who speaks in question and answer, where `find_voices` has found it."""
        words = {QUESTION: self.words.question, ANSWER: self.words.answer}
        return [f"- {words[half]}: {self.terms.thing(voice)}" for half, voice in self._standings.speakers.items()]

    def claim(self, claim: NamedNode, quads: list[Quad]) -> str:
        """Write a claim. Raises: `NoForm` for one that says what has no form."""
        about = [quad for quad in quads if quad.graph_name == PROVENANCE]
        facts = [quad for quad in quads if quad.graph_name == claim]
        if len(about) + len(facts) != len(quads):
            raise NoForm
        quotes = [quad for quad in about if _is_quote(quad)]
        head = self._head(about, [quad.object.value for quad in quotes])  # type: ignore[union-attr]  # literals
        is_open = bool(facts) and any(quad.predicate == OPEN_LIST and quad.object == TRUE for quad in about)
        other = [quad for quad in about if quad not in quotes and quad.predicate not in _STANDING]
        other = [quad for quad in other if not (is_open and quad.predicate == OPEN_LIST and quad.object == TRUE)]
        items = [*self._facts(facts, is_open=is_open), *self._properties(other)]
        parts = [f"## {self._heading(claim)}{head}", *(self._quote(quad) for quad in quotes)]
        fences = [_code(quad.object) for quad in other if _is_code(quad)]
        return "\n\n".join([*parts, *(["\n".join(items)] if items else []), *fences])

    def _heading(self, claim: NamedNode) -> str:
        local = claim.value.removeprefix(self._names.prefixes["c"])
        name = local if claim_iri(self._names, local) == claim.value else self._names.shorten(claim.value)
        if claim_iri(self._names, name) != claim.value:
            raise NoForm
        return name

    def _head(self, about: list[Quad], quotes: list[str]) -> str:
        """Write the line below the heading, with what the place of the claim does not tell."""
        said: dict[NamedNode, list[Term]] = {predicate: [] for predicate in _STANDING}
        for quad in about:
            if quad.predicate in said:
                said[quad.predicate].append(quad.object)
        kinds, status, voice, strength = said.values()
        if kinds == [_NO_CLAIM] and not (status or voice or strength):
            return f"\n{self.words.no_claim}"
        if kinds != [_CLAIM] or (len(status), len(voice)) != (1, 1) or len(strength) > 1:
            raise NoForm
        name = str(getattr(status[0], "value", "")).rpartition("/")[2]
        words = []
        if self._standings.implied(quotes).status != status[0]:
            words.append(self._word(status[0]))
        if self._standings.implied(quotes, name).voice != voice[0]:
            words.append(f"{self.words.by} {self._plain(voice[0])}")
        line = " ".join(words)
        shown = ", ".join([*([line] if line else []), *map(self._word, strength)])
        return f"\n{shown}" if shown else ""

    def _word(self, term: Term) -> str:
        text = self._plain(term)
        return text if ":" not in text else text.partition(":")[2]

    def _plain(self, term: Term) -> str:
        """Write a name for a line in which commas and 'by' part the words."""
        text = self.terms.thing(term)
        odd = "," in text or re.search(r"\b(?:by|door)\b", text)
        return self._names.shorten(term.value) if odd and isinstance(term, NamedNode) else text

    def _quote(self, quad: Quad) -> str:
        assert isinstance(quad.object, Literal)
        role = {_SUBJECT: self.words.subject, _OBJECT: self.words.object}.get(quad.predicate, "")
        text = blocks.marked(quad.object.value)
        if not role:
            text = re.sub(r"^(subject|object|onderwerp|voorwerp):", r"\1\\:", text)
        lines = f"{role}: {text}" if role else text
        written = "\n".join(f"> {line}".rstrip() for line in lines.split("\n"))
        read = blocks.read(self.terms.reader.path, f"## x\n\n{written}\n")[-1].quotes
        again = [read_quote(each) for each in read]
        if [(each.predicate, each.written) for each in again] != [(quad.predicate, quad.object.value)]:
            raise NoForm
        return written

    def _facts(self, facts: list[Quad], *, is_open: bool) -> Iterator[str]:
        """Write the facts, one line for what is said of a subject by a property; an open list ends in '…'."""
        said: dict[tuple[object, NamedNode], list[Term]] = {}
        for quad in facts:
            said.setdefault((quad.subject, quad.predicate), []).append(quad.object)
        longest = max(said, key=lambda key: len(said[key]), default=None)
        before: object = None
        for (subject, predicate), objects in said.items():
            first = self.terms.thing(subject) if subject != before else ""
            ending = "; …" if is_open and (subject, predicate) == longest else ""
            text = self.terms.objects(objects, predicate)
            yield f"- {first} | {self.terms.thing(predicate, PROPERTY)} | {text}{ending}".replace("-  |", "- |")
            before = subject

    def _properties(self, about: list[Quad]) -> Iterator[str]:
        """Write what is said of the claim itself: reasons, what it derives from, sources."""
        said: dict[NamedNode, list[Term]] = {}
        for quad in about:
            if _is_reason(quad):
                yield f"- {self.words.because} {quad.object.language}: {quad.object.value}"  # type: ignore[union-attr]
            elif not _is_code(quad):
                said.setdefault(quad.predicate, []).append(quad.object)
        for predicate, terms in said.items():
            texts = (
                "; ".join(map(self._of_claim, terms)) if predicate == DERIVED else self.terms.objects(terms, predicate)
            )
            yield f"- {self.terms.thing(predicate, PROPERTY)}: {texts}"

    def _of_claim(self, term: Term) -> str:
        if not isinstance(term, NamedNode):
            raise NoForm
        return self._names.shorten(term.value)


def _is_quote(quad: Quad) -> bool:
    term = quad.object
    is_text = isinstance(term, Literal) and not term.language and term.datatype == node("xsd:string")
    return quad.predicate in (_QUOTED, _SUBJECT, _OBJECT) and is_text


def _is_reason(quad: Quad) -> bool:
    term = quad.object
    if quad.predicate != _RATIONALE or not isinstance(term, Literal):
        return False
    is_one_line = bool(re.fullmatch(r"\S(?:[^\n\r]*\S)?", term.value))
    return is_one_line and bool(re.fullmatch("[a-z]{2}", term.language or ""))


def _is_code(quad: Quad) -> bool:
    term = quad.object
    if quad.predicate != _DERIVATION or not isinstance(term, Literal) or term.datatype != node("xsd:string"):
        return False
    return bool(term.value) and term.value.strip("\n") == term.value and not re.search("```|\r", term.value)


def _code(term: Term) -> str:
    assert isinstance(term, Literal)
    return f"```sparql\n{term.value}\n```"


def escaped(text: str) -> str:
    """Write a name with a backslash before what would part the line."""
    return re.sub(r"([|;\\])", r"\\\1", text)


def _line(text: str) -> Text:
    return Text(text, 0, ((0, 1, 1),))
