"""Proposals that rules make of a text, for a person to judge: what `text.finding.drafts` reads, in templates.

Each item of the question asks about something (`question`); an answer item that bears its number takes that up
(`judgement`) or refuses it (`refusal`); sentences of the answer promise something by a time (`promise`), or tell at
which stage an evaluation is (`evaluation`). What the claims of the document say already is not proposed again.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from fot_graph.core.quote_errors import QuoteError
from fot_graph.core.terms import node
from fot_graph.core.words import LANGUAGES, Message
from fot_graph.text.finding.drafts import drafts
from fot_graph.text.parts import parts
from fot_graph.text.passages import find, reflow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fot_graph.claims.documents import Written
    from fot_graph.core.fragments import Span
    from fot_graph.text.finding.drafts import Suggestion
    from fot_graph.text.source import Source
    from fot_graph.text.units import Unit

_ASKS, _ASSESSED, _QUOTED = node("fot:asksAbout"), node("fot:assessedAs"), node("prov:wasQuotedFrom")
_SAYS = {  # by which a claim says it already
    "promise": {node("fot:intends")},
    "evaluation": {node("fot:stage"), node("fot:evaluates")},
}
_STAGES = {"announced": "stage:announced", "under way": "stage:under-way"}


class _Matter(NamedTuple):
    """What an item asks about: its name, the claim that says so, and the words that this quotes."""

    name: str
    claim: str
    quote: str


def of_rules(written: Written, source: Source) -> Iterator[dict[str, object]]:
    """Give what rules propose for a document, in the order of the text, each as a proposal (`proposals.schema`)."""
    said = _Said(written, source)
    matters = dict(said.matters)
    for item in source.question_items():
        if item.label not in matters:
            asked = [*_matters(source, item)]
            matters[item.label] = asked
            for matter in asked:
                yield {**_proposal("question", [matter.quote], this=matter.name), "name": matter.claim}
    found = drafts(source)
    for item in source.answer_items():
        inside = [draft for draft in found if item.start <= draft.span.start < item.end and draft.kind != "coverage"]
        for draft in inside:
            if draft.kind in _SAYS and not said.says(draft.kind, draft.span):
                yield _of_sentence(written, source, draft)
        refused = next((draft for draft in inside if draft.kind == "refusal"), None)
        for label in source.answered_by(item):
            for matter in matters.get(label, ()):
                if matter.name not in said.assessed:
                    proposal = _judged(written, source, item, matter, refused)
                    yield {**proposal, "name": f"{proposal['template']}-{label}".rstrip("-").lower()}


def _of_sentence(written: Written, source: Source, draft: Suggestion) -> dict[str, object]:
    """Propose a promise or an evaluation, under the words of its sentence."""
    told, sentence = dict(draft.parts), reflow(source.text[draft.span.start : draft.span.end])
    name = _name(sentence)
    if draft.kind == "promise":
        return _proposal("promise", [sentence], this=name, when=told["by-when"])
    stage = _concept(written, source, _STAGES[told["state"]])
    return _proposal("evaluation", [sentence], this=name, stage=stage)


def _judged(
    written: Written, source: Source, item: Unit, matter: _Matter, refused: Suggestion | None
) -> dict[str, object]:
    """Propose that an answer item answers a matter, or refuses to."""
    if refused:
        answer = reflow(source.text[refused.span.start : refused.span.end])
        proposal = _proposal("refusal", [matter.quote, answer], matter=matter.name)
        reason = Message("draft-refused", words=dict(refused.parts)["words"])
    else:
        quotes = [matter.quote, _opening(source, item)]
        how = _concept(written, source, "assessment:answered")
        proposal = _proposal("judgement", quotes, matter=matter.name, how=how)
        reason = Message("draft-numbered", number=item.label) if item.label else Message("draft-not-numbered")
    spoken = [lang for lang in written.vocabulary.languages if lang in LANGUAGES]
    because = {lang: reason.worded(lang) for lang in spoken}
    return {**proposal, "strength": "weak", "because": because, "derived_from": [matter.claim]}


def _proposal(template: str, quotes: Sequence[str], **fields: str) -> dict[str, object]:
    return {"template": template, "quotes": list(quotes), "fields": fields}


def _concept(written: Written, source: Source, curie: str) -> str:
    """Name a concept as the document would."""
    return written.vocabulary.names.name(node(curie).value, (source.language, *LANGUAGES))


def _matters(source: Source, item: Unit) -> Iterator[_Matter]:
    """Give what an item asks about: its questions, or its last sentence where it puts none."""
    sentences = [reflow(source.text[unit.start : unit.end]) for unit in _sentences(item)]
    asked = [sentence for sentence in sentences if sentence.endswith("?")] or sentences[-1:]
    for number, sentence in enumerate(asked, start=1):
        claim = "-".join(filter(None, ["question", item.label, str(number) if number > 1 else ""]))
        yield _Matter(_name(sentence), claim, sentence)


def _sentences(unit: Unit) -> Iterator[Unit]:
    if unit.kind == "sentence":
        yield unit
    for child in unit.children:
        yield from _sentences(child)


def _name(sentence: str) -> str:
    return sentence.rstrip(" .?!:;")


def _opening(source: Source, item: Unit) -> str:
    """Give the first words of an item that stand only once in the text: its first sentence, or some more of them."""
    sentences = [*_sentences(item)]
    quote = ""
    for last in sentences:
        quote = reflow(source.text[sentences[0].start : last.end])
        if _place(source, quote):
            break
    return quote


def _place(source: Source, quote: str) -> Span | None:
    try:
        return find(source.text, quote)
    except QuoteError:
        return None


class _Said:
    """What the claims of a document say already: matters by the label of their item, names of those judged."""

    def __init__(self, written: Written, source: Source) -> None:
        names = written.vocabulary.names
        quotes: dict[object, list[str]] = defaultdict(list)
        for quad in written.quads:
            if quad.predicate == _QUOTED and isinstance(quad.object, Literal):
                quotes[quad.subject].append(quad.object.value)
        labels = {names.iri(f"part:{fragment}"): unit.label for unit, fragment, _ in parts(source)}
        self.matters: dict[str, list[_Matter]] = defaultdict(list)
        self.assessed: set[str] = set()
        self._spans: dict[str, list[Span]] = defaultdict(list)
        for quad in written.quads:
            subject, claim = quad.subject, quad.graph_name
            if quad.predicate == _ASKS and isinstance(subject, NamedNode) and isinstance(quad.object, NamedNode):
                name, own = names.name(quad.object.value, LANGUAGES), names.shorten(str(claim).strip("<>"))
                label = labels.get(subject.value, "")
                self.matters[label] += [_Matter(name, own, quote) for quote in quotes[claim][:1]]
            elif quad.predicate == _ASSESSED and isinstance(subject, NamedNode):
                self.assessed.add(names.name(subject.value, LANGUAGES))
            for template, predicates in _SAYS.items():
                if quad.predicate in predicates:
                    self._spans[template] += filter(None, (_place(source, quote) for quote in quotes[claim]))

    def says(self, template: str, span: Span) -> bool:
        """Tell whether a claim that says such a thing quotes some of a passage."""
        return any(each.start < span.end and span.start < each.end for each in self._spans[template])
