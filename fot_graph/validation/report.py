"""What validation found: the standard SHACL report, and the same as findings that an author can act on."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from fot_graph.core.namespaces import PACKAGED, Namespaces
from fot_graph.core.terms import node
from fot_graph.core.words import fill, texts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from fot_graph.core.terms import Term


SHAPES = PACKAGED + "shapes#"


class ValidationResult(NamedTuple):
    """One `sh:ValidationResult` (SHACL, 3.6.2); `constraint` is set for constraints in SPARQL only.

    `messages` are in a fixed order, one a language. A `path` that is a blank node is described by `Report.paths`.
    """

    shape: Term
    focus: Term
    path: Term | None
    value: Term | None
    constraint: Term | None
    component: Term
    severity: Term
    messages: tuple[Literal, ...]

    @property
    def rule(self) -> str:
        """The local name of what was broken: the constraint in SPARQL, or the shape."""
        return _plain_text(self.constraint or self.shape).removeprefix(SHAPES)


class CheckedCounts(NamedTuple):
    """How much was checked."""

    shapes: int
    claims: int
    passages: int


class Finding(NamedTuple):
    """A result as an author reads it: where (a claim's CURIE, if it concerns one, and its quotes), what, what to do.

    `focus`, `path` and `value` are IRIs or plain texts; `message` and `hint`, the nearest text of a quote that was
    not found, are by language.
    """

    claim: str
    quotes: tuple[str, ...]
    rule: str
    focus: str
    path: str
    value: str
    message: dict[str, str]
    hint: Mapping[str, str]


class ReportContext(NamedTuple):
    """What a report says besides the results: which claims there are, what things quote or read, and hints by quote.

    `namespaces` are those of the graph, by which IRIs are shortened. `places` give of claims and parts of documents the
    document and the character where they begin, by which findings stand in the order of the text.
    """

    claims: frozenset[str] = frozenset()
    quotes: Mapping[str, tuple[str, ...]] = {}
    hints: Mapping[str, Mapping[str, str]] = {}
    namespaces: Namespaces = Namespaces()
    places: Mapping[str, tuple[str, int]] = {}


class Report:
    """The outcome of a validation: `results` in a fixed order, and the forms in which they are handed on."""

    def __init__(
        self,
        results: Iterable[ValidationResult],
        paths: Iterable[Triple],
        checked: CheckedCounts,
        context: ReportContext | None = None,
    ) -> None:
        self.results = sorted(dict.fromkeys(results), key=_sort_key)
        self.paths = list(paths)
        self.checked = checked
        self._context = context or ReportContext()

    def of(self, chosen: Iterable[ValidationResult]) -> Report:
        """Give the report of some of the results."""
        return Report(chosen, self.paths, self.checked, self._context)

    @property
    def conforms(self) -> bool:
        """Whether nothing was found."""
        return not self.results

    def findings(self) -> list[Finding]:
        """Give the results as findings, in the order of the text; a value that fails a rule twice fails it."""
        findings = [_finding(result, self._context) for result in self.results]
        different = {(one.rule, one.focus, one.path, one.value): one for one in findings}
        return sorted(different.values(), key=self._order)

    def text(self, lang: str = "en", apart: Collection[str] = ()) -> str:
        """Say in words, in 'nl' or 'en', where what is wrong and what to do; the last line sums up.

        What breaks the rules `apart`, that a sentence carries a claim, is counted apart, and told elsewhere.
        """
        blocks: dict[str, list[Finding]] = {}
        findings = self.findings()
        for finding in findings:
            if finding.rule not in apart:
                blocks.setdefault(self._heading(finding), []).append(finding)
        shown = [_block(place, findings, lang, self._context.namespaces) for place, findings in blocks.items()]
        told = sum(map(len, blocks.values()))
        return "\n\n".join([*shown, _summary(told, len(findings) - told, self.checked, lang)]) + "\n"

    def _order(self, finding: Finding) -> tuple[bool, tuple[str, int], str, str]:
        """Sort by the text, those of one claim together; what stands nowhere in a text comes last."""
        iri = self._context.namespaces.expand(finding.claim) if finding.claim else finding.focus
        place = self._context.places.get(iri)
        return place is None, place or ("", 0), self._heading(finding), finding.focus

    def _heading(self, finding: Finding) -> str:
        return finding.claim or self._context.namespaces.shorten(finding.focus)

    def json(self) -> str:
        """Give the findings as a JSON list of objects, with messages in both languages and hints in English."""
        objects = [{**finding._asdict(), "hint": finding.hint.get("en", "")} for finding in self.findings()]
        return json.dumps(objects, ensure_ascii=False, indent=2) + "\n"

    def triples(self) -> list[Triple]:
        """Give the standard report (SHACL, 3.6); each result has an IRI that depends on nothing but what it says."""
        base = self._context.namespaces.base
        named = [(NamedNode(f"{base}report#{_digest(result)}"), result) for result in self.results]
        report = NamedNode(base + "report")
        conforms = Literal("true" if self.conforms else "false", datatype=node("xsd:boolean"))
        head = [Triple(report, _TYPE, node("sh:ValidationReport")), Triple(report, node("sh:conforms"), conforms)]
        links = [Triple(report, node("sh:result"), iri) for iri, _ in named]
        return [
            *head,
            *links,
            *self.paths,
            *(triple for iri, result in named for triple in _result_triples(iri, result)),
        ]


_TYPE = node("rdf:type")
_PROPERTIES = {
    "shape": node("sh:sourceShape"),
    "focus": node("sh:focusNode"),
    "path": node("sh:resultPath"),
    "value": node("sh:value"),
    "constraint": node("sh:sourceConstraint"),
    "component": node("sh:sourceConstraintComponent"),
    "severity": node("sh:resultSeverity"),
}


def _result_triples(iri: NamedNode, result: ValidationResult) -> Iterator[Triple]:
    yield Triple(iri, _TYPE, node("sh:ValidationResult"))
    for field, predicate in _PROPERTIES.items():
        term = getattr(result, field)
        if term is not None:
            yield Triple(iri, predicate, term)
    yield from (Triple(iri, node("sh:resultMessage"), message) for message in result.messages)


def _sort_key(result: ValidationResult) -> tuple[str, ...]:
    return tuple("" if isinstance(field, BlankNode) else str(field) for field in result)


def _digest(result: ValidationResult) -> str:
    return sha256("\n".join(_sort_key(result)).encode()).hexdigest()[:16]


# --- Findings -------------------------------------------------------------------------------------------------------


def _plain_text(term: Term | None) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else "" if term is None else str(term)


def _finding(result: ValidationResult, context: ReportContext) -> Finding:
    focus, value = _plain_text(result.focus), _plain_text(result.value)
    claim = next((iri for iri in (focus, focus.partition("#")[0], value) if iri in context.claims), "")
    path = "" if isinstance(result.path, BlankNode) else _plain_text(result.path)
    return Finding(
        claim=context.namespaces.shorten(claim),
        quotes=context.quotes.get(claim or focus, ()),
        rule=result.rule,
        focus=focus,
        path=path,
        value="" if result.value == result.focus else value,
        message={message.language or "": _readable(message.value, context.namespaces) for message in result.messages},
        hint=context.hints.get(value, {}) if isinstance(result.value, Literal) else {},
    )


def _readable(message: str, namespaces: Namespaces) -> str:
    """Shorten the IRIs in a message, but for what may end a sentence after one."""
    return re.sub(r"https?://[^\s‘’“”]*[^\s‘’“”.,:;)]", lambda iri: namespaces.shorten(iri[0]), message)


# --- Text -----------------------------------------------------------------------------------------------------------


def _block(place: str, findings: list[Finding], lang: str, namespaces: Namespaces) -> str:
    quotes = dict.fromkeys(quote for finding in findings for quote in finding.quotes)
    lines = dict.fromkeys(line for finding in findings for line in _lines(finding, lang, namespaces))
    return "\n".join([place, *(f"  “{quote}”" for quote in quotes), *lines])


def _lines(finding: Finding, lang: str, namespaces: Namespaces) -> Iterator[str]:
    message = finding.message.get(lang) or next(iter(finding.message.values()), "")
    yield f"  - {message} [{finding.rule}]{_property_and_value(finding, namespaces)}"
    if finding.hint:
        yield f"    {finding.hint[lang]}"


def _property_and_value(finding: Finding, namespaces: Namespaces) -> str:
    """Say at which property and value, where the message doesn't."""
    value = namespaces.shorten(finding.value)
    shown = finding.claim, *(finding.quotes[:1] if len(finding.quotes) == 1 else ())
    told = not value or value in shown or any(value in message for message in finding.message.values())
    path = namespaces.shorten(finding.path)
    parts = [path, "" if told else value if "://" in finding.value else f"“{value}”"]
    return "".join(f" {part}" for part in parts if part)


def _summary(found: int, uncovered: int, checked: CheckedCounts, lang: str) -> str:
    counts = [found, uncovered] if uncovered else [found] if found else []
    wording = texts("validation", lang)[("conforms", "findings", "uncovered")[len(counts)]]
    return fill(wording, lang, *counts, *checked)
