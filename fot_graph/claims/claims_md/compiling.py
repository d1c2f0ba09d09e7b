"""A `claims.md` compiled: the quads that its claims and names mean, as if they had been read from a `claims.trig`.

Claims stand in named graphs, what is said about them in the layer of provenance, the names of the document in that of
names. Quotes are literals, whose passages are found in the text as those of any other file.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from fot_graph.claims.claims_md import blocks
from fot_graph.claims.claims_md.assessing import assessments
from fot_graph.claims.claims_md.errors import ClaimsFileError
from fot_graph.claims.claims_md.facts import BECAUSE, Facts
from fot_graph.claims.claims_md.filling import template_of
from fot_graph.claims.claims_md.lines import LineReader, keyword, plain
from fot_graph.claims.claims_md.names import TYPE, KnownNames, Label, slug
from fot_graph.claims.claims_md.naming import NewNames
from fot_graph.claims.claims_md.standing import Standing, Standings
from fot_graph.claims.claims_md.words import spellings
from fot_graph.claims.document_layer import PART_NAMES
from fot_graph.claims.layers import NAMING, PROVENANCE
from fot_graph.core.errors import SeveralErrors
from fot_graph.core.namespaces import Namespaces
from fot_graph.core.terms import node
from fot_graph.core.words import LANGUAGES
from fot_graph.text.parts import parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from fot_graph.claims.claims_md.blocks import Fence, Section, Text
    from fot_graph.claims.claims_md.naming import Vocabulary
    from fot_graph.core.terms import Term
    from fot_graph.text.source import Source

Found = TypeVar("Found")
NAMES, SOURCES, VOICES = map(spellings, ("names", "sources", "voices"))
_CLAIM, _NO_CLAIM = node("fot:Claim"), node("fot:NoClaim")
_STATUS, _VOICE, _STRENGTH = node("fot:status"), node("fot:voice"), node("fot:strength")
_QUOTED, _RATIONALE, _DERIVATION = node("prov:wasQuotedFrom"), node("fot:rationale"), node("fot:derivation")
_SUBJECT, _OBJECT = node("fot:subjectPassage"), node("fot:objectPassage")
_ROLES = dict.fromkeys(spellings("subject"), _SUBJECT) | dict.fromkeys(spellings("object"), _OBJECT)
_ROLE = re.compile(rf"({'|'.join(_ROLES)})(\\?):\s*")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]*")


class Compiled(NamedTuple):
    """What a file means: its quads, and line and column of each quote of a claim, by the claim's IRI and the quote."""

    quads: list[Quad]
    places: Mapping[tuple[str, str], tuple[int, int]]


def read(path: Path, text: str, source: Source | None, vocabulary: Vocabulary) -> Compiled:
    """Compile a file; `source` is the text that its claims quote, None for claims from other sources.

    The names are those of its document (`KnownNames.within`), and get what the file adds.

    Raises: `ClaimsFileError` for its one mistake, `SeveralErrors` with all of them.
    """
    compiler = _Compiler(path, source, vocabulary)
    with suppress(_EnoughError):
        compiler.compile(blocks.read(path, text))
    told = {
        (each.code, each.data.get("name", each.line)): each for each in reversed(compiler.errors)
    }  # the first of each
    if told:
        errors = sorted(told.values(), key=lambda each: (each.line, each.column))
        raise errors[0] if len(errors) == 1 else SeveralErrors(errors)
    return Compiled(list(dict.fromkeys(compiler.quads)), compiler.places)


class Quote(NamedTuple):
    """A quote as it is written: by which property the claim has it, its words, and where they stand in the file."""

    predicate: NamedNode
    written: str
    text: Text


def read_quote(quote: Text) -> Quote:
    """Read a quote, whose first word may say that it is the one of the subject or of the object of the claim."""
    role = _ROLE.match(quote.text)
    if role and role[2]:  # a backslash: the word is one of the source
        return Quote(_QUOTED, f"{role[1]}:{quote.text[role.end(2) + 1 :]}", quote)
    text = quote.part(role.end(), len(quote.text)) if role else quote
    return Quote(_ROLES[role[1]] if role else _QUOTED, blocks.unmarked(text.text), text)


def quotes(path: Path, text: str, document: str) -> list[tuple[Quad, Text]]:
    """Read the quotes of the claims of a document, and nothing else: as quads, with their places in the file.

    Raises: `ClaimsFileError`, `InputFileError`.
    """
    names = KnownNames(Namespaces(), document)
    found: list[tuple[Quad, Text]] = []
    for section in (section for section in blocks.read(path, text) if section.level > 1):
        claim = NamedNode(claim_iri(names, section.title.text) or names.iri("c:-"))
        read = map(read_quote, section.quotes)
        found += [(Quad(claim, each.predicate, Literal(each.written), PROVENANCE), each.text) for each in read]
    return found


def claim_iri(names: KnownNames, title: str) -> str:
    """Give the IRI of a claim by its heading: a name, words that make one, a CURIE or an IRI; '' for no name."""
    name = plain(title)
    local = name if _NAME.fullmatch(name) else slug(name)
    return names.iri(name) or (names.iri(f"c:{local}") if local else "")


class _EnoughError(Exception):
    """So many mistakes that the rest of the file need not be read."""


_MOST_ERRORS = 100


def name_parts(names: KnownNames, source: Source) -> None:
    """Name question, answer and their items as the pages do: 'de vraag', 'vraag 3b', 'question 3b'.

    Where each answer follows its question, these have no unit of their own, but are parts of the document all the same.
    """
    named = {fragment: (unit.kind, unit.label) for unit, fragment, _ in parts(source)}
    wholes = {kind.removesuffix("-item"): (kind.removesuffix("-item"), "") for kind, _ in named.values()}
    for fragment, (kind, label) in {**wholes, **named}.items():
        for lang, name in zip(LANGUAGES, PART_NAMES.get(kind, ()), strict=False):
            names.add_label(Label(names.iri(f"part:{fragment}"), name.format(label).strip(), lang, preferred=True))


class _Compiler:
    """The state of one file: what was read of it so far."""

    def __init__(self, path: Path, source: Source | None, vocabulary: Vocabulary) -> None:
        self.path, self._names, self._templates = path, vocabulary.names, vocabulary.templates
        language = source.language if source else vocabulary.languages[0]
        self._reader = LineReader(path, self._names, language)
        self._standings = Standings(self._reader, source)
        self._new = NewNames(self._reader, vocabulary)
        self._claims: dict[str, Text] = {}
        self.quads: list[Quad] = []
        self.places: dict[tuple[str, str], tuple[int, int]] = {}
        self.errors: list[ClaimsFileError] = []
        if source:
            name_parts(self._names, source)

    def compile(self, sections: Sequence[Section]) -> None:
        """Compile all sections: names first, then whatever uses them, wherever in the file they stand."""
        shared, claims = ([each for each in sections if (each.level > 1) == deep] for deep in (False, True))
        for section in sorted(shared, key=lambda each: each.title.text.lower() in VOICES):
            self._shared(section)
        for section in claims:
            self._trying(self._declare, section)
        for section in claims:
            self._trying(self._claim, section)
        self.quads += [*self._new.quads, *assessments(self.quads, self._names)]
        self.errors += self._new.errors

    def _trying(self, read: Callable[..., Found], *given: object) -> Found | None:
        """Read a part of the file; a mistake there is kept for later."""
        try:
            return read(*given)
        except ClaimsFileError as error:
            self.errors.append(error)
            if len(self.errors) >= _MOST_ERRORS:
                raise _EnoughError from None
            return None

    # --- Sections without a claim -------------------------------------------------------------------------------------

    def _shared(self, section: Section) -> None:
        """Read names, sources or voices; other sections of the first level are titles, with text that says nothing."""
        title = self._title(section)
        for fence in section.fences:
            self._trying(self._fence, fence, None)
        lines = section.items
        if title in VOICES + NAMES + SOURCES and section.quotes:  # a claim without its heading: told below, once
            lines = [line for line in lines if line.place() < section.quotes[0].place()]
        if title in VOICES:
            for line in lines:
                self._trying(self._standings.speaker, line)
        elif title in NAMES + SOURCES:
            self._named(lines, NAMING if title in NAMES else PROVENANCE)
        is_list = title in VOICES + NAMES + SOURCES
        if stray := section.quotes if is_list else [*lines, *section.quotes]:
            self.errors.append(self._reader.error(stray[0], "claims-outside-a-claim"))
        if is_list and section.paragraphs:
            self.errors.append(self._reader.error(section.paragraphs[0], "claims-name-parts"))

    def _named(self, lines: Sequence[Text], layer: NamedNode) -> None:
        """Take what a list of names says; of a line one mistake is enough."""
        named = [(line, self._trying(self._new.declare, line, layer)) for line in lines]
        told = {error.line for error in self._new.errors}
        for line, things in named:
            for thing in things or ():
                if line.place()[0] not in told:
                    self._trying(self._new.describe, line, thing, layer)
                else:
                    with suppress(ClaimsFileError):
                        self._new.describe(line, thing, layer)

    def _title(self, section: Section) -> str:
        """Give the title of a section without a claim; one that is nearly that of a list is read as it, and told."""
        title = section.title.text.lower()
        known = VOICES + NAMES + SOURCES
        if section.items and title not in known and (near := self._reader.nearest(title, known)):
            self.errors.append(
                self._reader.error(section.title, "claims-unknown-section", "did-you-mean", name=title, near=near)
            )
            return near[0]
        return title

    # --- Claims -------------------------------------------------------------------------------------------------------

    def _declare(self, section: Section) -> None:
        """Take the name of a claim, and what its templates name."""
        iri = self._iri(section.title)
        if iri in self._claims:
            first, _ = self._claims[iri].place()
            raise self._reader.error(section.title, "claims-twice", name=section.title.text, first=first)
        self._claims[iri] = section.title
        for line in section.items:
            self._trying(self._new.declare_of_template, line)

    def _iri(self, title: Text) -> str:
        iri = claim_iri(self._names, title.text)
        if not iri:
            raise self._reader.error(title, "claims-no-heading")
        return iri

    def _claim(self, section: Section) -> None:
        claim = NamedNode(self._iri(section.title))
        if self._claims.get(claim.value) is not section.title:
            return  # a second one of the name
        quotes = [self._quote(claim, quote) for quote in section.quotes]
        named = filter(None, (template_of(line, self._templates) for line in section.items))
        usual = next((template.status for template, _ in named if template.status), "")
        found = self._trying(self._standings.of, section, quotes, usual) or Standing(voice=claim)  # told already
        said = {_STATUS: found.status, _VOICE: found.voice, _STRENGTH: found.strength}
        for predicate, term in {TYPE: _CLAIM if found.is_claim else _NO_CLAIM, **said}.items():
            if term:
                self._about(claim, predicate, term)
        given = {"voice": found.voice, "item": self._standings.item(quotes)}
        values: dict[str, list[Term]] = {name: [term] for name, term in given.items() if term}
        facts = Facts(self._reader, self._new, claim, values, self._claims)
        for line in section.items:
            if not self._rationale(claim, line):
                self._trying(facts.read, line, self._templates)
        for fence in section.fences:
            self._trying(self._fence, fence, claim)
        self.quads += facts.quads

    def _rationale(self, claim: NamedNode, line: Text) -> bool:
        """Take a line of reasons, if it is one: 'because en: …'."""
        found = keyword(line)
        words = found[0].split() if found else []
        if not found or len(words) != 2 or words[0].lower() not in BECAUSE or not re.fullmatch("[a-z]{2}", words[1]):
            return False
        self._about(claim, _RATIONALE, Literal(found[1].text, language=words[1]))
        return True

    def _quote(self, claim: NamedNode, quote: Text) -> str:
        """Take a quote of a claim."""
        read = read_quote(quote)
        if not read.written.strip():
            self.errors.append(self._reader.error(quote, "claims-empty-quote"))
        else:
            self._about(claim, read.predicate, Literal(read.written))
            self.places[claim.value, read.written] = read.text.place()
        return read.written

    def _fence(self, fence: Fence, claim: NamedNode | None) -> None:
        """Take fenced code: the query of a calculation, or statements in TriG that have no other form."""
        if fence.language == "sparql" and claim:
            self._about(claim, _DERIVATION, Literal(fence.code))
        elif fence.language == "trig":
            self.quads += self._trig(fence)
        else:
            raise ClaimsFileError(self.path, fence.line - 1, 1, "claims-fence", language=fence.language)

    def _trig(self, fence: Fence) -> Iterator[Quad]:
        prefixes = {**self._names.namespaces.prefixes, **self._names.prefixes}
        head = "".join(f"PREFIX {prefix}: <{space}> " for prefix, space in prefixes.items())
        try:
            for quad in parse(f"{head}\n{fence.code}", RdfFormat.TRIG, rename_blank_nodes=True):
                named = not isinstance(quad.graph_name, DefaultGraph)
                yield quad if named else Quad(quad.subject, quad.predicate, quad.object, PROVENANCE)
        except SyntaxError as error:
            line, said = fence.line - 2 + (error.lineno or 1), error.msg.partition(": ")[2]
            raise ClaimsFileError(self.path, line, error.offset or 1, "words", words=said) from None

    def _about(self, claim: NamedNode, predicate: NamedNode, term: NamedNode | Literal) -> None:
        self.quads.append(Quad(claim, predicate, term, PROVENANCE))
