"""What the head of a text says, as claims of status 'stated' whose voice is the document itself.

They are computed, as the found layer is: number, date and title of the question, who puts it and to whom, and of each
answer who gives it and when. Whoever has a name in the workspace goes by that; anybody else by an IRI below that of the
document. What a claim of the document says already is not said again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode, Quad

from fot_graph.claims.document_layer import PART_NAMES, passage_iri, passage_quads
from fot_graph.claims.layers import NAMING, PROVENANCE
from fot_graph.core.fragments import Span
from fot_graph.core.terms import node, time_literal
from fot_graph.text.bearers import name_of_person
from fot_graph.text.parts import parts
from fot_graph.text.passages import joined_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fot_graph.claims.known_names import Known, Said
    from fot_graph.core.namespaces import Namespaces
    from fot_graph.core.terms import Term
    from fot_graph.text.heads import HeadField
    from fot_graph.text.source import Source

_TYPE, _LABEL, _PERSON, _AGENT = map(node, ("rdf:type", "rdfs:label", "foaf:Person", "foaf:Agent"))
FOUND_CLAIM, _STATUS, _STATED = node("fot:FoundClaim"), node("fot:status"), node("status:stated")
_VOICE, _QUOTED, _QUOTE = node("fot:voice"), node("prov:wasQuotedFrom"), node("fot:quote")
_MENTIONS, _RESOLVES_TO = node("fot:mentions"), node("fot:resolvesTo")
_NUMBER, _DATE, _TITLE = node("dcterms:identifier"), node("dcterms:issued"), node("dcterms:title")
_BY, _TO = node("dcterms:creator"), node("schema:toRecipient")
_PREDICATES = {
    "number": _NUMBER,
    "date_asked": _DATE,
    "author": _BY,
    "addressee": _TO,
    "answered_by": _BY,
    "date_answered": _DATE,
    "title": _TITLE,
}
_OF_ANSWERS = ("answered_by", "date_answered")
_OF_AGENTS = ("author", "addressee", "answered_by")


def head_quads(name: str, source: Source, known: Known, own: Said, namespaces: Namespaces) -> Iterator[Quad]:
    """Give what the head of a document says and its claims do not; name whoever has no name in the graph."""
    head = _Head(name, source, known, own, namespaces)
    facts = head.facts()
    told = {term for fact in facts for term in (fact.subject, fact.object)}
    yield from (quad for quad in head.names() if quad.subject in told)
    for fact in facts:
        first = fact.spans[0]
        place = f"{fact.field.replace('_', '-')}-{first.start}-{first.end}"
        claim = NamedNode(namespaces.claim(f"{name}/head-{place}"))
        yield from passage_quads(head.document, source, fact.spans)
        yield from claim_quads(claim, _STATED, head.document, source, fact.spans)
        yield Quad(claim, _VOICE, head.document, PROVENANCE)
        for term in (fact.subject, fact.object):
            if isinstance(term, NamedNode):
                yield Quad(claim, _MENTIONS, term, PROVENANCE)
        yield Quad(fact.subject, fact.predicate, fact.object, claim)


def claim_quads(
    claim: NamedNode, status: NamedNode, document: NamedNode, source: Source, spans: Sequence[Span]
) -> Iterator[Quad]:
    """Say of a claim that a rule makes which status it has, and what it quotes, in one text and by its passages."""
    quote = Literal(joined_text(source.text, spans), language=source.language_at(spans[0].start))
    for predicate, term in ((_TYPE, FOUND_CLAIM), (_STATUS, status), (_QUOTE, quote)):
        yield Quad(claim, predicate, term, PROVENANCE)
    for span in spans:
        yield Quad(claim, _QUOTED, passage_iri(document, span), PROVENANCE)


class _Fact(NamedTuple):
    """A triple that the head says, the field that says it, and its passages."""

    subject: NamedNode
    predicate: NamedNode
    object: Term
    field: str
    spans: list[Span]


class _Agent(NamedTuple):
    """Who asks, is asked or answers; `name` is '' for whoever has a name in the graph."""

    iri: NamedNode
    is_person: bool
    name: str


class _Head:
    """The head of one text while it is read."""

    def __init__(self, name: str, source: Source, known: Known, own: Said, namespaces: Namespaces) -> None:
        self.document, self._source = NamedNode(namespaces.document(name)), source
        self._question = NamedNode(f"{self.document.value}#question")
        self._known, self._own = known, own
        self._answers = _answers(self.document, source)
        self._agents: dict[str, _Agent] = {}

    def facts(self) -> list[_Fact]:
        """Give what the head says and no claim does, each fact once with all its passages."""
        found: dict[tuple[Term, ...], _Fact] = {}
        first: dict[tuple[Term, ...], Term] = {}
        for field in self._source.fields:
            subject = self._subject(field)
            if field.name not in _PREDICATES or subject is None:
                continue
            predicate, term = _PREDICATES[field.name], self._term(field)
            if field.name not in _OF_AGENTS and first.setdefault((subject, predicate), term) != term:
                continue  # the number or the date of another question, which is answered too
            fact = _Fact(subject, predicate, term, field.name, [])
            found.setdefault((subject, predicate, term), fact).spans.append(Span(field.start, field.end))
        told = [*found.values(), *self._minister([*found.values()])]
        return [each for each in told if (each.subject, each.predicate) not in self._own.said]

    def names(self) -> Iterator[Quad]:
        """Name those who have no name in the graph, as the head does, and a question that the text does not have."""
        if not any(unit.kind in ("question", "question-item") for unit, _ in self._source.walk()):
            for lang, name in zip(("nl", "en"), PART_NAMES["question"], strict=True):
                yield Quad(self._question, _LABEL, Literal(name, language=lang), NAMING)
        for agent in self._agents.values():
            if agent.name:
                yield Quad(agent.iri, _TYPE, _PERSON if agent.is_person else _AGENT, NAMING)
                yield Quad(agent.iri, _LABEL, Literal(agent.name), NAMING)

    def _subject(self, field: HeadField) -> NamedNode | None:
        """Give what a field is about; None for an answer that is not in the text."""
        if field.name == "title":
            return self.document
        if field.name not in _OF_ANSWERS:
            return self._question
        later = (iri for end, iri in self._answers if end > field.start)
        return next(later, self._answers[-1][1] if self._answers else None)

    def _term(self, field: HeadField) -> Term:
        if field.name in _OF_AGENTS:
            return self._agent(field).iri
        if field.name == "title":
            return Literal(field.value, language=self._source.language_at(field.start))
        return time_literal(field.value) if field.name.startswith("date") else Literal(field.value)

    def _agent(self, field: HeadField) -> _Agent:
        name = field.value if field.name == "author" else name_of_person(field.value)
        written = name or field.value
        if (key := written.casefold()) not in self._agents:
            own, shared = self._own.names.get(key), self._known.agents.bearer(written) or self._known_at_end(field)
            if iri := own or (NamedNode(shared) if shared else None):
                is_person = iri in self._own.people or iri in self._known.people
                self._agents[key] = _Agent(iri, is_person, "")
            else:
                iri = NamedNode(f"{self.document.value}/agent-{field.start}-{field.end}")
                self._agents[key] = _Agent(iri, bool(name), written)
        return self._agents[key]

    def _known_at_end(self, field: HeadField) -> str:
        """Give the person with a name in the workspace who stands behind an office: 'minister van Werk An De Smet'."""
        found = self._known.agents.find(field.value)
        people = (each for each in found if NamedNode(each.bearer) in self._known.people)
        behind = (each.bearer for each in people if each.end == len(field.value) and each.start > 0)
        return next(behind, "") if field.name != "author" else ""

    def _minister(self, facts: Sequence[_Fact]) -> Iterator[_Fact]:
        """Say who it is that speaks in the answer, where only the document names that person ('the minister').

        It is the one person who answers by the head, or else the one who is asked.
        """
        answering = [fact for fact in facts if fact.field == "answered_by"]
        named = answering or [fact for fact in facts if fact.field == "addressee"]
        people = {agent.iri for agent in self._agents.values() if agent.is_person}
        speakers = self._own.speakers & self._own.people
        one = {fact.object for fact in named}
        if len(speakers) == 1 and len(one) == 1 and one <= people - speakers:
            spans = [span for fact in named for span in fact.spans]
            yield _Fact(NamedNode(next(iter(speakers)).value), _RESOLVES_TO, one.pop(), "minister", spans)


def _answers(document: NamedNode, source: Source) -> list[tuple[int, NamedNode]]:
    """Give each answer with the place where it ends; answers that stand among the questions are one."""
    found = [(unit.end, fragment) for unit, fragment, _ in parts(source) if unit.kind == "answer"]
    if not found and (items := source.answer_items()):
        found = [(items[-1].end, "answer")]
    return [(end, NamedNode(f"{document.value}#{fragment}")) for end, fragment in found]
