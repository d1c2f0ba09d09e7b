"""What rules found in a document as the reading page shows it: each passage with what it names, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from fot_graph.core.fragments import Span, parse_passage
from fot_graph.core.terms import node, text_of
from fot_graph.web.pages.common import TermView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fot_graph.api import Graph
    from fot_graph.core.terms import Term
    from fot_graph.text.source import Source
    from fot_graph.web.pages.common import Namer


class FoundThing(NamedTuple):
    """A passage that names something: its line, its words, the kind of the thing, and its value in words.

    The value is '' where none is known. `thing` is what bears a name in the workspace, or an address on the web; its
    text is '' for all else.
    """

    span: Span
    line: int
    words: str
    kind: TermView
    value: str
    thing: TermView

    @property
    def title(self) -> str:
        """What it is in one line: 'date or period: 2016-05-03'."""
        return ": ".join(filter(None, (self.kind.text, self.value or self.thing.text)))


_FOUND = """SELECT ?passage ?words ?thing ?property ?value {
  ?passage oa:hasSource {document} ; prov:value ?words .
  ?claim prov:wasQuotedFrom ?passage ; a fot:FoundClaim ; fot:status status:found .
  GRAPH ?claim { ?passage schema:mentions ?thing }
  OPTIONAL { GRAPH ?claim { ?thing ?property ?value } }
}"""
_CLASSES = "SELECT ?thing ?kind { VALUES ?thing { {about} } ?thing a ?kind } ORDER BY ?thing ?kind"
_KIND, _UNIT, _WEB = node("dcterms:type"), node("schema:unitText"), node("mention:web-address")
_VALUES = tuple(
    map(
        node,
        (
            *("sdmx-dimension:refPeriod", "sdmx-measure:obsValue", "schema:minValue", "schema:maxValue"),
            *("dcterms:identifier", "dcterms:issued"),
        ),
    )
)


def found_things(graph: Graph, namer: Namer, document: str, source: Source) -> tuple[FoundThing, ...]:
    """Give what rules found in a document, in the order of its text."""
    said: dict[tuple[str, str, Term], dict[Term, Term]] = {}
    for passage, words, thing, property_, value in graph.rows(_FOUND.replace("{document}", str(NamedNode(document)))):
        facts = said.setdefault((passage.value, words.value, thing), {})
        if property_ is not None:
            facts[property_] = value
    named = sorted({text_of(thing) for (_, _, thing), facts in said.items() if _KIND not in facts})
    classes = {row[0].value: row[1] for row in reversed(list(graph.rows(_CLASSES, named)))}
    namer.expect([*named, *classes.values(), *(facts.get(_KIND) for facts in said.values())])
    found = []
    for (passage, words, thing), facts in said.items():
        span, kind = _span(passage), facts.get(_KIND)
        of_name = namer(thing) if kind in (None, _WEB) else TermView("")
        shown = namer(kind or classes.get(text_of(thing)))
        found.append(FoundThing(span, source.line(span.start), words, shown, _value(facts, namer), of_name))
    return tuple(sorted(found))


def _span(passage: str) -> Span:
    found = parse_passage(passage)
    assert found  # the address of every passage is made of it
    return found[1]


def _value(facts: dict[Term, Term], namer: Namer) -> str:
    """Write what the text itself says of a thing: a date, an amount with its unit, the number and date of a text."""
    values: Sequence[str] = [namer(facts[name]).text.replace("/", " – ") for name in _VALUES if name in facts]
    unit = text_of(facts.get(_UNIT))
    return f"{' – '.join(values)} {unit}" if unit else ", ".join(values)
