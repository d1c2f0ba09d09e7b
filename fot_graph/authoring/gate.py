"""Which proposals hold: the gate that each of them has to pass before it is a draft.

A proposal is read as the lines of a `claims.md`; its quotes have to stand in the text, in whole words; what it says is
held to the same rules as the claims of a curator.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal

from fot_graph.authoring import claims_in_markdown
from fot_graph.authoring.drafts import CLAIM_NAME, Draft, joined
from fot_graph.authoring.proposals import ProposalError, ProposalWriter, parsed
from fot_graph.claims import corpus, documents
from fot_graph.claims.claims_md import compiling
from fot_graph.claims.claims_md.errors import ClaimsFileError
from fot_graph.claims.claims_md.examples import READING
from fot_graph.claims.claims_md.naming import ALIAS, PREFERRED
from fot_graph.claims.claims_md.voices import speakers
from fot_graph.claims.claims_md.words import words_in
from fot_graph.claims.layers import NAMING, PROVENANCE
from fot_graph.core.errors import FotGraphError, InputFileError, SeveralErrors
from fot_graph.core.quote_errors import QuoteError
from fot_graph.core.resources import is_there, read_text
from fot_graph.core.terms import node, text_of
from fot_graph.core.words import Message
from fot_graph.text.figures import unquoted_figures
from fot_graph.text.languages import patterns
from fot_graph.text.passages import check_words, find

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from fot_graph.claims.claims_md.compiling import Compiled
    from fot_graph.claims.claims_md.templates import Template
    from fot_graph.claims.documents import Written
    from fot_graph.core.terms import Subject
    from fot_graph.text.source import Source

_VOICE, _STATUS = node("fot:voice"), node("fot:status")


class Proposed(NamedTuple):
    """A proposal: the line that it stands on, its draft, and why it falls, None if it holds."""

    line: int
    draft: Draft
    reason: Message | FotGraphError | None = None


class Desk(NamedTuple):
    """What proposals for a document are read with: the file that they are for, and the claims so far, in lines.

    The names of `written` are those of the document, with what its claims name.
    """

    path: Path
    claims: str
    written: Written

    @classmethod
    def of(cls, folder: Path) -> Desk:
        """Give that of a document folder.

        Raises: `InputFileError` where it has no text; as `documents.read_document`.
        """
        if not is_there(folder / "source.txt"):
            raise InputFileError(folder, "no-document-here")
        path = folder / "claims.md"
        file = documents.claims_path(folder) or path
        written = documents.read_written(file, corpus.context_of(folder))
        if file == path:
            claims = read_text(path) if is_there(path) else ""
        else:
            claims = claims_in_markdown.written(written.quads, path, written.source, written.vocabulary)
        written.vocabulary.names.add(quad for quad in written.quads if quad.graph_name == NAMING)
        return cls(path, claims, written)

    @property
    def source(self) -> Source:
        """The text of the document."""
        assert self.written.source is not None, "it has a source.txt"
        return self.written.source


def held(desk: Desk, lines: Iterable[str], findings: Callable[[str], Mapping[str, Message]]) -> Iterator[Proposed]:
    """Tell of each proposal, a line of JSON, whether it holds.

    `findings` gives what the rules of validation say of the claims of a text, by their names.
    """
    gate = _Gate(desk)
    read = [gate.read(number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    good = [each.draft for each in read if not each.reason]
    told = findings(joined(desk.claims, good)) if good else {}
    for each in read:
        reason = each.reason or told.get(each.draft.name) or gate.resting_on_fallen(each.draft)
        if reason:
            gate.fallen.add(each.draft.name)
        yield each._replace(reason=reason)


def unlabelled(desk: Desk, claims: str) -> list[str]:
    """Give the languages of the workspace in which a name that `claims` add to those of a desk has no label yet."""
    vocabulary = desk.written.vocabulary
    vocabulary = vocabulary._replace(names=vocabulary.names.within(vocabulary.names.document))
    labelled: dict[Subject, set[str | None]] = defaultdict(set)
    for quad in compiling.read(desk.path, claims, desk.source, vocabulary).quads:
        if quad.graph_name == NAMING and quad.predicate == PREFERRED and isinstance(quad.object, Literal):
            labelled[quad.subject].add(quad.object.language)
    return [lang for lang in vocabulary.languages if any(lang not in told for told in labelled.values())]


class _UnquotedError(Exception):
    """A name that holds what no quote of its claim has; `reason` says what."""

    def __init__(self, reason: Message) -> None:
        super().__init__(str(reason))
        self.reason = reason


class _Gate:
    """Reads proposals one after the other; one that reads other claims may name what an earlier one named."""

    def __init__(self, desk: Desk) -> None:
        self._path, self._source, self._vocabulary = desk.path, desk.source, desk.written.vocabulary
        self._head = desk.claims.partition("\n## ")[0]
        self._edges = desk.source.edges()
        self.fallen: set[str] = set()
        self._lines: dict[object, int] = {}  # of the proposals that hold so far, by their words and by their facts
        self._taken = set(CLAIM_NAME.findall(desk.claims))
        self._named = self._vocabulary.names.within(self._vocabulary.names.document)
        self._speakers = speakers(desk.source)
        labels = (item.label for item in (*desk.source.question_items(), *desk.source.answer_items()))
        self._numbers = {number for label in (desk.source.number, *labels) for number in re.findall(r"\d+", label)}
        self._also = words_in(desk.source.language).also
        self._writer = ProposalWriter(self._vocabulary, self._source)

    def read(self, number: int, line: str) -> Proposed:
        """Read a proposal as the claim that it is, and see that its quotes stand in the text."""
        draft = Draft("")
        reason: Message | FotGraphError | None = None
        same: list[object] = []  # what another proposal would have in common with it that says the same
        try:
            given, template = parsed(line, self._vocabulary.templates)
            draft = self._writer.draft(self._free_name(str(given.get("name") or template.name)), given, template)
            same.append(" ".join(draft.renamed("").claim.split()))
            reason = self.resting_on_fallen(draft) or self._twice(same)
            if not reason:
                draft, facts = self._with_speaker(draft, template)
                same.append(facts)
                reason = self._twice(same)
        except SeveralErrors as errors:
            reason = errors.errors[0]
        except (ClaimsFileError, QuoteError) as error:
            reason = error
        except ProposalError as error:
            reason = Message("proposals-no-proposal", wrong=error.wrong)
        except _UnquotedError as error:
            reason = error.reason
        if not reason:
            self._lines |= dict.fromkeys(same, number)
        (self.fallen if reason else self._taken).add(draft.name)
        return Proposed(number, draft, reason)

    def _twice(self, same: list[object]) -> Message | None:
        """Say that a proposal before says the same; None where none does."""
        lines = (self._lines[each] for each in same if each in self._lines)
        return next((Message("proposal-twice", first=line) for line in lines), None)

    def resting_on_fallen(self, draft: Draft) -> Message | None:
        """Say that a draft reads a claim that fell itself; None where it reads none."""
        bases = [base for base in re.findall(r"\bc:([a-z0-9-]+)", draft.claim) if base in self.fallen]
        return Message("proposal-reads-fallen", name=bases[0]) if bases else None

    def _with_speaker(self, draft: Draft, template: Template) -> tuple[Draft, frozenset[object]]:
        """Compile a draft; give it with the name of who speaks, as the head of the text and its quotes have it.

        With it comes what its claim says: its facts, its status and its voice.

        Where a template says that the speaker does something, a quote that says 'I' names the speaker.
        """
        try:
            compiled = self._compile(draft, template)
        except (ClaimsFileError, SeveralErrors) as error:
            first = error.errors[0] if isinstance(error, SeveralErrors) else error
            name = str(first.data.get("name"))
            if first.code != "claims-unknown-thing" or name not in self._speakers:
                raise
            person = self._vocabulary.names.label(node("foaf:Person").value, self._source.language)
            draft = draft._replace(names=(f"{name} | {person}", *draft.names))
            compiled = self._compile(draft, template)
        voice = next((text_of(quad.object) for quad in compiled.quads if quad.predicate == _VOICE), "")
        pronoun = self._pronoun(draft) if "voice" in template.needs else None
        if pronoun and voice not in self._vocabulary.names.find(pronoun):
            curie = self._vocabulary.names.shorten(voice)
            draft = draft._replace(names=(*draft.names, f"{curie} | {self._also}: {pronoun}"))
        facts = {quad.triple for quad in compiled.quads if quad.graph_name not in (NAMING, PROVENANCE)}
        status = {(quad.predicate, quad.object) for quad in compiled.quads if quad.predicate in (_VOICE, _STATUS)}
        return draft, frozenset({*facts, *status})

    def _pronoun(self, draft: Draft) -> str | None:
        """Give the word by which a quote of a draft names who speaks, such as 'ik'."""
        quotes = re.findall(r"(?m)^> (.*)$", draft.claim)
        found = (re.search(rf"(?i)(?<!\w)(?:{patterns('first_person')})(?!\w)", quote) for quote in quotes)
        return next((match[0].lower() if match[0] != "I" else "I" for match in found if match), None)

    def _compile(self, draft: Draft, template: Template) -> Compiled:
        """Compile a draft, and find its quotes in the text."""
        names = (self._named if template.status == READING else self._vocabulary.names).within(self._named.document)
        vocabulary = self._vocabulary._replace(names=names)
        compiled = compiling.read(self._path, joined(self._head, [draft]), self._source, vocabulary)
        for quote in {quote for _, quote in compiled.places}:
            place = find(self._source.text, quote, self._edges)
            check_words(self._source.text, quote, place, self._edges)
        if any(field.kind == "name" for field in template.fields):  # else the fields make it, whose values are held
            self._check_names(compiled)
        self._named.add(quad for quad in compiled.quads if quad.graph_name == NAMING)
        return compiled

    def _check_names(self, compiled: Compiled) -> None:
        """See that each figure of a name that a draft brings stands in its own quotes. Raises: `_UnquotedError`."""
        quotes = [(quote, self._source.language) for _, quote in compiled.places]
        for quad in compiled.quads:
            name = quad.object
            if quad.graph_name != NAMING or quad.predicate not in (PREFERRED, ALIAS) or not isinstance(name, Literal):
                continue
            iri = text_of(quad.subject)
            known = {label.text for label in (*self._vocabulary.names.labels(iri), *self._named.labels(iri))}
            found = unquoted_figures(name.value, name.language or "", quotes, self._numbers)
            if found and name.value not in known:
                raise _UnquotedError(Message("proposal-figure-of-name", figure=found[0], name=name.value))

    def _free_name(self, wanted: str) -> str:
        numbered = (f"{wanted}-{number}" for number in range(2, len(self._taken) + 3))
        return next(name for name in (wanted, *numbered) if name not in self._taken)
