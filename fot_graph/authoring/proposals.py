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
from fot_graph.core.terms import node
from fot_graph.text.normalisation import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fot_graph.claims.claims_md.naming import Vocabulary
    from fot_graph.claims.claims_md.templates import Template
    from fot_graph.text.source import Source

READING = "interpreted"  # the status of a claim that reads what others say
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_WORDED = ("firmness:", "stage:")  # schemes whose concepts a text says in words of its own, such as 'zal'
_TEXT: dict[str, object] = {"type": "string"}
_LIST: dict[str, object] = {"type": "array", "items": _TEXT}
_OF_ALL: dict[str, object] = {
    "name": {**_TEXT, "pattern": f"^{_NAME.pattern}$", "description": "the name of the claim"},
    "also": {
        "type": "object",
        "propertyNames": {"pattern": f"^({'|'.join(_WORDED)})"},
        "additionalProperties": _TEXT,
        "description": "words of the quotes by which they say how firm something is, or at which stage",
    },
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
    return {
        "document": document,
        "language": source.language,
        "text": source.text,
        "templates": [schema(template) for template in vocabulary.templates.values()],
        "names": [{"name": text, "is": vocabulary.names.shorten(iri)} for text, iri in sorted(names.items())],
    }


def schema(template: Template) -> dict[str, object]:
    """Give the JSON Schema (2020-12) of a proposal of a template, with its help."""
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
            "quotes": {**_LIST, "minItems": 1},
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
        "examples": [template.examples["en"][0]],
    }


def parsed(line: str, templates: Mapping[str, Template]) -> tuple[dict[str, object], Template]:
    """Read a proposal, and give it with its template. Raises: `ValueError` for what is none by its schema."""
    try:
        given = json.loads(line)
    except RecursionError:
        raise ValueError(line) from None
    if not isinstance(given, dict) or not {"template", "quotes", "fields"} <= given.keys():
        raise ValueError(line)
    template, quotes, fields = templates.get(str(given["template"])), given["quotes"], given["fields"]
    if not template or not isinstance(quotes, list) or not quotes or not isinstance(fields, dict):
        raise ValueError(line)
    if not all(isinstance(quote, str) and quote.strip() for quote in quotes):
        raise ValueError(line)
    besides = [*_OF_ALL, *(_OF_READINGS if template.status == READING else ())]
    if not given.keys() <= {"template", "quotes", "fields", *besides}:
        raise ValueError(line)
    if not fields.keys() <= {field.name for field in template.fields}:
        raise ValueError(line)
    if "name" in given and not (isinstance(given["name"], str) and _NAME.fullmatch(given["name"])):
        raise ValueError(line)
    return given, template


class ProposalWriter:
    """Writes proposals for a document as drafts."""

    def __init__(self, vocabulary: Vocabulary, source: Source) -> None:
        self._names = vocabulary.names
        self._lang = "nl" if source.language == "nl" else "en"
        self._roles = {"nl": ("onderwerp", "voorwerp"), "en": ("subject", "object")}[self._lang]
        self._heading = {"nl": "# Namen", "en": "# Names"}[self._lang]

    def draft(self, name: str, given: Mapping[str, object], template: Template) -> Draft:
        """Write a proposal that was `parsed`. Raises: `ValueError` for what is none by its schema."""
        quotes, fields = given["quotes"], given["fields"]
        assert isinstance(quotes, list), "it was parsed"
        assert isinstance(fields, dict), "as above"
        filled = (field for field in template.fields if field.name in fields)
        cells = [f"{field.names[self._lang]}: {_cell(fields[field.name])}" for field in filled]
        shown = self._quotes(quotes, template)
        facts = [f"{template.names[self._lang]}: {' | '.join(cells)}", *self._besides(given)]
        head = "\n".join([f"## {name}", *self._status(given, template)])
        claim = "\n\n".join([head, *shown, "\n".join(f"- {fact}" for fact in facts)])
        return Draft(claim, tuple(self._also(given, quotes)), self._heading)

    def _quotes(self, quotes: list[str], template: Template) -> Iterator[str]:
        """Write the quotes; of a claim that reads others the first is of what it is about, the last of what says it."""
        for at, quote in enumerate(quotes):
            role = self._roles[at > 0] if template.status == READING and at in (0, len(quotes) - 1) else ""
            text = f"{role}: {quote}" if role else blocks.marked(quote)
            yield "\n".join(f"> {part}" for part in text.splitlines())

    def _status(self, given: Mapping[str, object], template: Template) -> Iterator[str]:
        if template.status == READING:
            strength = str(given.get("strength", ""))
            if strength not in STRENGTHS:
                raise ValueError(strength)
            terms = (node(f"status:{READING}"), node(f"strength:{strength}"))
            yield ", ".join(self._names.label(term.value, self._lang) for term in terms)

    def _also(self, given: Mapping[str, object], quotes: list[str]) -> Iterator[str]:
        """Write by which words of the quotes a term is said."""
        quoted = [normalise(quote).text for quote in quotes]
        for term, words in _texts(given, "also"):
            if not term.startswith(_WORDED) or not any(normalise(words).text in quote for quote in quoted):
                raise ValueError(term)
            yield f"{term} | {'ook' if self._lang == 'nl' else 'also'}: {_cell(words)}"

    def _besides(self, given: Mapping[str, object]) -> Iterator[str]:
        """Write what a claim that reads others says of itself."""
        if "derived_from" in given:
            claims = given["derived_from"] if isinstance(given["derived_from"], list) else [None]
            word = "afgeleid van" if self._lang == "nl" else "derived from"
            yield f"{word}: {'; '.join(map(_claim_name, claims))}"
        for lang, reason in _texts(given, "because"):
            if not re.fullmatch("[a-z]{2}", lang):
                raise ValueError(lang)
            yield f"{'omdat' if self._lang == 'nl' else 'because'} {lang}: {' '.join(reason.split())}"


def _texts(given: Mapping[str, object], key: str) -> Iterator[tuple[str, str]]:
    texts = given.get(key, {})
    pairs = texts.items() if isinstance(texts, dict) else [(key, None)]
    for name, text in pairs:
        if not isinstance(text, str) or not text.strip():
            raise ValueError(name)
        yield name, text


def _claim_name(claim: object) -> str:
    name = str(claim).removeprefix("c:")
    if not _NAME.fullmatch(name):
        raise ValueError(name)
    return f"c:{name}"


def _cell(value: object) -> str:
    pieces = value if isinstance(value, list) else [value]
    if not all(isinstance(piece, str | int | float) and not isinstance(piece, bool) for piece in pieces):
        raise ValueError(str(value))
    return "; ".join(re.sub(r"([|;\\])", r"\\\1", " ".join(str(piece).split())) for piece in pieces)
