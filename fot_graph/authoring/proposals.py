"""Proposed claims: the schema of a proposal, what those who propose are told, and a proposal as a claim in lines.

Rules (`drafting`) and programs of the user's choice propose alike: JSON Lines, a proposal a line, by the schema of a
template. Nothing of it is believed: `gate` tells which of them hold.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from fot_graph.authoring.drafts import Draft
from fot_graph.claims.claims_md import blocks
from fot_graph.claims.claims_md.examples import ASKING, READING
from fot_graph.claims.claims_md.facts import DERIVED
from fot_graph.claims.claims_md.words import words_in
from fot_graph.core.terms import node
from fot_graph.core.words import Message
from fot_graph.text.finding.drafts import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fot_graph.claims.claims_md.naming import Vocabulary
    from fot_graph.claims.claims_md.templates import Template
    from fot_graph.text.source import Source

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# What a text says in words that no label has, such as 'zal', with the kind of draft whose rule knows these words
_WORDED = {"firmness:promised": "promise", "stage:announced": "announced", "stage:under-way": "under way"}
_TEXT: dict[str, object] = {"type": "string"}
_LIST: dict[str, object] = {"type": "array", "items": _TEXT}
_OF_ALL: dict[str, object] = {
    "name": {**_TEXT, "pattern": f"^{_NAME.pattern}$", "description": "the name of the claim"},
}
STRENGTHS = ["strong", "plausible", "weak"]
_OF_READINGS: dict[str, object] = {
    "strength": {"enum": STRENGTHS},
    "because": {"type": "object", "additionalProperties": _TEXT, "description": "the reasons, by language"},
    "derived_from": {**_LIST, "description": "the claims that are read, by their names"},
}


def request(document: str, source: Source, vocabulary: Vocabulary) -> dict[str, object]:
    """Give what a program is told: the text, the templates, and the names by which things go."""
    names = {label.text: label.iri for label in vocabulary.names.every_label() if label.preferred}
    asked = vocabulary.templates[ASKING].examples["en"].sentence
    return {
        "document": document,
        "language": source.language,
        "text": source.text,
        "templates": [schema(template, asked) for template in vocabulary.templates.values()],
        "names": [{"name": text, "is": vocabulary.names.shorten(iri)} for text, iri in sorted(names.items())],
    }


def schema(template: Template, asked: str) -> dict[str, object]:
    """Give the JSON Schema (2020-12) of a proposal of a template, with its help; its example reads what is `asked`."""
    text = {"type": ["string", "array"], "items": {"type": "string"}}
    fields = {field.name: {**text, "description": field.kind} for field in template.fields}
    besides = _OF_READINGS if template.status == READING else {}
    return {
        "title": template.name,
        "description": template.help["en"],
        "type": "object",
        "required": ["template", "quotes", "fields", *besides],
        "properties": {
            "template": {"const": template.name},
            "quotes": {**_LIST, "minItems": _least_quotes(template)},
            "fields": {
                "type": "object",
                "properties": fields,
                "required": [field.name for field in template.fields if not field.optional],
                "additionalProperties": False,
            },
            **_OF_ALL,
            **besides,
        },
        "additionalProperties": False,
        "examples": [_example(template, asked)],
    }


def _example(template: Template, asked: str) -> dict[str, object]:
    """Give the example of a template as a proposal; one that reads what others say reads the question."""
    shown = template.examples["en"]
    names = [field.name for field in template.fields]
    named = {field.names["en"]: field.name for field in template.fields}
    fields: dict[str, str] = {}
    for cell in shown.line.split(" | "):
        word, colon, rest = cell.partition(": ")
        name = named.get(word, "") if colon else ""
        fields[name or next(each for each in names if each not in fields)] = rest if name else cell
    proposal: dict[str, object] = {"template": template.name, "quotes": [shown.sentence], "fields": fields}
    if template.status != READING:
        return proposal
    reading = {"strength": STRENGTHS[0], "because": {"en": shown.because}, "derived_from": [ASKING]}
    return {**proposal, "quotes": [asked, shown.sentence], **reading}


def _least_quotes(template: Template) -> int:
    """Give how many quotes a proposal needs: a reading has those of what it is about, and of what says it."""
    return 2 if template.status == READING else 1


class ProposalError(ValueError):
    """A line that is no proposal by the schema of a template; `wrong` says which field, and what is wrong with it."""

    def __init__(self, code: str, **data: object) -> None:
        """Take the code of what is wrong, and its data."""
        super().__init__(code)
        self.wrong = Message(code, **data)


def parsed(line: str, templates: Mapping[str, Template]) -> tuple[dict[str, object], Template]:
    """Read a proposal, and give it with its template. Raises: `ProposalError` for what is none by its schema."""
    given = _object(line)
    for field in ("template", "quotes", "fields"):
        if field not in given:
            raise ProposalError("proposal-lacks", field=field)
    template = templates.get(str(given["template"]))
    if not template:
        raise ProposalError("proposal-no-template", name=given["template"], known=[*templates])
    fields, name = given["fields"], given.get("name", "x")
    _check_quotes(given["quotes"], _least_quotes(template))
    if not isinstance(fields, dict):
        raise ProposalError("proposal-no-fields")
    besides = [*_OF_ALL, *(_OF_READINGS if template.status == READING else ())]
    for place, there, known in (
        ("", given, ["template", "quotes", "fields", *besides]),
        ("fields.", fields, [field.name for field in template.fields]),
    ):
        if unknown := [field for field in there if field not in known]:
            raise ProposalError("proposal-unknown", field=place + unknown[0], template=template.name, known=known)
    if not (isinstance(name, str) and _NAME.fullmatch(name)):
        raise ProposalError("proposal-no-name", field="name", name=name)
    return given, template


def _object(line: str) -> dict[str, object]:
    try:
        given = json.loads(line)
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise ProposalError("proposal-no-object")
    return given


def _check_quotes(quotes: object, least: int) -> None:
    texts = quotes if isinstance(quotes, list) else []
    if len(texts) < least or not all(isinstance(quote, str) and quote.strip() for quote in texts):
        raise ProposalError("proposal-no-quotes" if least == 1 else "proposal-no-answer")


class ProposalWriter:
    """Writes proposals for a document as drafts."""

    def __init__(self, vocabulary: Vocabulary, source: Source) -> None:
        self._names = vocabulary.names
        self._lang = "nl" if source.language == "nl" else "en"
        self._words = words_in(self._lang)

    def draft(self, name: str, given: Mapping[str, object], template: Template) -> Draft:
        """Write a proposal that was `parsed`. Raises: `ProposalError` for what is none by its schema."""
        quotes, fields = given["quotes"], given["fields"]
        assert isinstance(quotes, list), "it was parsed"
        assert isinstance(fields, dict), "as above"
        filled = (field for field in template.fields if field.name in fields)
        cells = [f"{field.names[self._lang]}: {_cell(f'fields.{field.name}', fields[field.name])}" for field in filled]
        shown = self._quotes(quotes, template)
        facts = [f"{template.names[self._lang]}: {' | '.join(cells)}", *self._besides(given)]
        head = "\n".join([f"## {name}", *self._status(given, template)])
        claim = "\n\n".join([head, *shown, "\n".join(f"- {fact}" for fact in facts)])
        return Draft(claim, tuple(self._worded(fields, quotes, template)), f"# {self._words.names}")

    def _quotes(self, quotes: list[str], template: Template) -> Iterator[str]:
        """Write the quotes; of a claim that reads others the first is of what it is about, the last of what says it."""
        for at, quote in enumerate(quotes):
            roles = (self._words.subject, self._words.object)
            role = roles[at > 0] if template.status == READING and at in (0, len(quotes) - 1) else ""
            text = f"{role}: {quote}" if role else blocks.marked(quote)
            yield "\n".join(f"> {part}" for part in text.splitlines())

    def _status(self, given: Mapping[str, object], template: Template) -> Iterator[str]:
        if template.status == READING:
            strength = str(given.get("strength", ""))
            if strength not in STRENGTHS:
                raise ProposalError("proposal-no-strength", name=strength, known=STRENGTHS)
            terms = (node(f"status:{READING}"), node(f"strength:{strength}"))
            yield ", ".join(self._names.label(term.value, self._lang) for term in terms)

    def _worded(self, fields: Mapping[str, object], quotes: list[str], template: Template) -> Iterator[str]:
        """Write by which words of the quotes a term is said, where a rule knows these words."""
        kinds = {field.kind: str(fields.get(field.name, "")) for field in template.fields}
        said = {triple.object for triple in template.triples}
        for term, kind in _WORDED.items():
            iri = node(term).value
            named = kinds.get(f"{term.partition(':')[0]}:", "")
            if node(term) in said or (named and self._names.find(named) == [iri]):
                found = (words_of(kind, " ".join(quote.split())) for quote in quotes)
                for words in [word for word in found if word][:1]:
                    yield f"{term} | {self._words.also}: {_cell(term, words)}"

    def _besides(self, given: Mapping[str, object]) -> Iterator[str]:
        """Write what a claim that reads others says of itself."""
        if "derived_from" in given:
            claims = given["derived_from"] if isinstance(given["derived_from"], list) else [given["derived_from"]]
            derived = self._names.label(DERIVED.value, self._lang)
            yield f"{derived}: {'; '.join(map(_claim_name, claims))}"
        for lang, reason in _reasons(given):
            yield f"{self._words.because} {lang}: {' '.join(reason.split())}"


def _reasons(given: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    reasons = given.get("because", {})
    for lang, reason in reasons.items() if isinstance(reasons, dict) else [("", None)]:
        if not isinstance(reason, str) or not reason.strip() or not re.fullmatch("[a-z]{2}", lang):
            raise ProposalError("proposal-no-reasons")
        yield lang, reason


def _claim_name(claim: object) -> str:
    name = str(claim).removeprefix("c:")
    if not _NAME.fullmatch(name):
        raise ProposalError("proposal-no-name", field="derived_from", name=claim)
    return f"c:{name}"


def _cell(field: str, value: object) -> str:
    pieces = value if isinstance(value, list) else [value]
    if not all(isinstance(piece, str | int | float) and not isinstance(piece, bool) for piece in pieces):
        raise ProposalError("proposal-no-text", field=field)
    return "; ".join(re.sub(r"([|;\\])", r"\\\1", " ".join(str(piece).split())) for piece in pieces)
