"""Break the real data in hundreds of ways, systematically, and see that validation catches each.

A kind of mutation names the rules of which at least one must catch it; another rule does not count. What no machine
could catch, because the broken data are as good as the real ones for anyone who cannot read the sources:

- another figure, date or name in a background claim: the sources' sentences are not copied, so there is nothing to
  hold it against, unless it contradicts another claim or makes no sense (a mandate that ends before it starts);
- another assessment of a matter from which the same follows for its item, another rationale, or a theme that the same
  passage mentions too: readings are the editors' own, and only what they rest on can be checked;
- another finding, means, aim or kind of finding that the same quotes name: telling them apart takes a reader;
- another class for something that no property with a domain or range speaks of;
- a label or definition that is wrong but well-formed;
- an openList that is lost from a claim that gives one thing only: whether the source lists more is not in the triples.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from functools import cache
from itertools import chain, groupby, permutations
from typing import TYPE_CHECKING, NamedTuple

import pytest
from packaged import THIS, curie, expand
from pyoxigraph import Literal, NamedNode, Quad
from sampling import every

from fot_graph.api import Graph, load
from fot_graph.claims.found_layer import curated
from fot_graph.claims.layers import DOCUMENT, NAMING, ONTOLOGY, PROVENANCE
from fot_graph.core.resources import folder
from fot_graph.validation import shapes as shacl
from fot_graph.validation import validating
from fot_graph.validation.report import SHAPES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import TypeVar

    from pyoxigraph import DefaultGraph

    from fot_graph.core.terms import Term
    from fot_graph.validation.report import ValidationResult
    from fot_graph.validation.shapes import Shapes

    Item = TypeVar("Item")
    Mutations = Callable[[], Iterable["Mutation | Rewriting"]]

pytestmark = pytest.mark.slow

GRAPH = load()
QUADS = curated(GRAPH.quads)  # what rules find is computed, and nobody's to mend
STATUSES = "stated reported quoted premise asked interpreted computed background".split()
DOCUMENT_NAME = "vp-sv-2019-2020-358"


class Mutation(NamedTuple):
    """Quads that go and quads that come, or what becomes of a file of the document."""

    gone: Sequence[Quad] = ()
    new: Sequence[Quad] = ()


class Rewriting(NamedTuple):
    """A file of the document in which a stretch of text becomes another."""

    file: str
    before: str
    after: str


class Kind(NamedTuple):
    """A way of breaking the data, the rules that may catch it, and what yields its mutations."""

    what: str
    rules: frozenset[str]
    mutations: Mutations
    house: bool


KINDS: list[Kind] = []


def kind(*rules: str, house: bool = False) -> Callable[[Mutations], Mutations]:
    """Register what a function yields as a kind of mutation; the function's name, in words, is the kind's."""

    def register(mutations: Mutations) -> Mutations:
        KINDS.append(Kind(mutations.__name__.replace("_", " "), frozenset(rules), mutations, house))
        return mutations

    return register


# --- Finding what to break ------------------------------------------------------------------------------------------


def term(name: str) -> NamedNode:
    return NamedNode(expand(name))


def find(
    subject: str | NamedNode | None = None,
    predicate: str | None = None,
    object_: str | NamedNode | Literal | None = None,
    graph: NamedNode | None = None,
) -> list[Quad]:
    """Give the quads of a pattern, in the order of the data; names are CURIEs."""
    wanted = (node(subject), node(predicate), node(object_), graph)
    lists = [INDEX[place, term] for place, term in enumerate(wanted) if term is not None]
    return [
        quad
        for quad in min(lists, key=len)
        if all(term in (None, part) for term, part in zip(wanted, parts(quad), strict=True))
    ]


def parts(quad: Quad) -> tuple[Term | DefaultGraph, ...]:
    return quad.subject, quad.predicate, quad.object, quad.graph_name


INDEX: dict[tuple[int, Term | DefaultGraph], list[Quad]] = defaultdict(list)
for quad in QUADS:
    for place, part_ in enumerate(parts(quad)):
        INDEX[place, part_].append(quad)


def node(name: str | NamedNode | Literal | None) -> NamedNode | Literal | None:
    return term(name) if isinstance(name, str) else name


def some(items: Iterable[Item], most: int) -> list[Item]:
    """Take items at even distances."""
    given = list(items)
    return given[:: max(1, -(-len(given) // most))]


def claims(*statuses: str) -> list[NamedNode]:
    found = chain.from_iterable(find(None, "fot:status", f"status:{status}") for status in statuses or STATUSES)
    return [quad.subject for quad in found if isinstance(quad.subject, NamedNode)]


def claim(name: str) -> NamedNode:
    return term(f"claim:{DOCUMENT_NAME}/{name}")


def about(subject: NamedNode, predicate: str) -> list[Quad]:
    return find(subject, predicate, None, PROVENANCE)


def said(subject: NamedNode, predicate: str | None = None) -> list[Quad]:
    return find(None, predicate, None, subject)


def said_by(predicate: str, *statuses: str) -> list[Quad]:
    return [quad for name in claims(*statuses) for quad in said(name, predicate)]


def status_of(name: NamedNode) -> str:
    return curie(str(about(name, "fot:status")[0].object)[1:-1]).partition(":")[2]


def changed(quad: Quad, **parts: str | NamedNode | Literal) -> Mutation:
    """Put another subject, predicate or object in a quad."""
    subject, predicate = node(parts.get("subject")) or quad.subject, node(parts.get("predicate")) or quad.predicate
    assert not isinstance(subject, Literal)
    assert isinstance(predicate, NamedNode)
    return Mutation([quad], [Quad(subject, predicate, node(parts.get("object")) or quad.object, quad.graph_name)])


def added(subject: str | NamedNode, predicate: str, object_: str | NamedNode | Literal, graph: NamedNode) -> Mutation:
    start, end = node(subject), node(object_)
    assert isinstance(start, NamedNode)
    assert end is not None
    return Mutation((), [Quad(start, term(predicate), end, graph)])


def lost(*quads: Quad) -> Mutation:
    return Mutation(quads)


def literal(value: str, kind: str) -> Literal:
    return Literal(value, datatype=term(kind))


# --- Claims: what they say of themselves ----------------------------------------------------------------------------


@kind("claim-status")
def a_claim_loses_its_status() -> Iterator[Mutation]:
    yield from (lost(*about(claims(status)[0], "fot:status")) for status in STATUSES)


@kind("claim-status")
def a_claim_has_two_statuses() -> Iterator[Mutation]:
    for name in some(claims("stated"), 3):
        yield added(name, "fot:status", "status:reported", PROVENANCE)


@kind("claim-status")
def a_claim_has_a_status_that_does_not_exist() -> Iterator[Mutation]:
    for name in some(claims(), 3):
        yield changed(about(name, "fot:status")[0], object="status:certain")


@kind(
    *("needs-quote", "needs-rationale", "needs-derivation", "needs-source", "background-quotes-nothing"),
    *("passages-of-both-sides", "voice-of-question", "voice-of-answer", "voice-of-report", "voice-of-quotation"),
    *("voice-of-editors", "voice-of-background", "property-of-status", "asked-asserts-nothing", "place-of-question"),
)
def a_claim_has_the_status_of_another() -> Iterator[Mutation]:
    for before, after in permutations(STATUSES, 2):
        yield changed(about(claims(before)[1 % len(claims(before))], "fot:status")[0], object=f"status:{after}")


@kind("claim-voice")
def a_claim_loses_its_voice() -> Iterator[Mutation]:
    yield from (lost(*about(claims(status)[0], "fot:voice")) for status in STATUSES)


@kind("claim-voice")
def a_claim_has_two_voices() -> Iterator[Mutation]:
    for name in some(claims(), 4):
        yield added(name, "fot:voice", "id:serv", PROVENANCE)


@kind("voice-of-question", "voice-of-answer", "voice-of-report", "voice-of-quotation", "voice-of-editors")
def a_claim_speaks_in_the_voice_of_another() -> Iterator[Mutation]:
    voices = {
        "premise": f"{THIS}minister",
        "asked": f"{THIS}minister",
        "stated": "id:tom-ongena",
        "reported": f"{THIS}minister",
    }
    voices |= {"quoted": "id:viona-study", "interpreted": f"{THIS}minister", "computed": f"{THIS}administrative-data"}
    for status, voice in voices.items():
        for name in some(claims(status), 2):
            yield changed(about(name, "fot:voice")[0], object=voice)


@kind("voice-of-background")
def background_speaks_in_the_voice_of_another_source() -> Iterator[Mutation]:
    for name in some(claims("background"), 3):
        other = "id:source-de-tijd" if "de-tijd" not in str(about(name, "fot:voice")) else "id:source-themis"
        yield changed(about(name, "fot:voice")[0], object=other)


@kind("one-minister")
def one_claim_is_stated_by_another_person() -> Iterator[Mutation]:
    for name in some(claims("stated"), 2):
        yield changed(about(name, "fot:voice")[0], object="id:hilde-crevits")


@kind("claim-graph")
def a_claim_says_nothing() -> Iterator[Mutation]:
    yield from (lost(*said(claims(status)[-1])) for status in STATUSES)


@kind("statement-claim")
def a_graph_belongs_to_no_claim() -> Iterator[Mutation]:
    for name in some(claims(), 4):
        yield lost(*find(name, None, None, PROVENANCE))


@kind("claim-by-use", "quoting")
def a_claim_is_not_called_one() -> Iterator[Mutation]:
    for name in some(claims(), 3):
        yield lost(*about(name, "rdf:type"))
        yield changed(about(name, "rdf:type")[0], object="fot:Clam")


@kind("claim-place")
def a_claim_is_named_outside_its_folder() -> Iterator[Mutation]:
    for name in some(claims("stated", "interpreted", "background"), 3):
        other = NamedNode(name.value.replace("/claim/", "/claim/elsewhere-"))
        mine = [quad for quad in QUADS if name in (quad.subject, quad.graph_name)]
        yield Mutation(mine, [renamed(quad, name, other) for quad in mine])


def renamed(quad: Quad, before: NamedNode, after: NamedNode) -> Quad:
    swap = {before: after}
    return Quad(
        swap.get(quad.subject, quad.subject) if isinstance(quad.subject, NamedNode) else quad.subject,
        quad.predicate,
        swap.get(quad.object, quad.object) if isinstance(quad.object, NamedNode) else quad.object,
        swap.get(quad.graph_name, quad.graph_name) if isinstance(quad.graph_name, NamedNode) else quad.graph_name,
    )


@kind("claim-shares-statements")
def a_claim_is_there_twice() -> Iterator[Mutation]:
    for name in some(claims("stated", "background"), 2):
        twin = NamedNode(name.value + "-again")
        mine = [quad for quad in QUADS if name in (quad.subject, quad.graph_name)]
        yield Mutation((), [renamed(quad, name, twin) for quad in mine])


@kind("closed-claim")
def a_claim_has_a_property_that_it_cannot_have() -> Iterator[Mutation]:
    for name, predicate in zip(some(claims(), 3), ("fot:opneList", "fot:theme", "dcterms:creator"), strict=False):
        yield added(name, predicate, "id:serv", PROVENANCE)


# --- Claims: what they rest on --------------------------------------------------------------------------------------


@kind("needs-quote", "passage-unused")
def a_claim_quotes_nothing() -> Iterator[Mutation]:
    for status in ("stated", "reported", "quoted", "premise", "asked"):
        for name in some(claims(status), 2):
            yield lost(*about(name, "prov:wasQuotedFrom"))


@kind("value-in-quote", "mentioned-in-quote", "place-of-report", "place-of-question", "place-of-answer", "about-part")
def a_claim_quotes_another_passage() -> Iterator[Mutation]:
    other = about(claim("unfilled-vacancies"), "prov:wasQuotedFrom")[0].object
    assert isinstance(other, NamedNode)
    for name in some(claims("stated", "reported", "premise", "asked"), 12):
        quotes = about(name, "prov:wasQuotedFrom")
        if said(name)[0].object != said(claim("unfilled-vacancies"))[0].object:
            yield Mutation(quotes, [Quad(name, term("prov:wasQuotedFrom"), other, PROVENANCE)])


@kind("claim-quotes")
def a_claim_quotes_a_claim() -> Iterator[Mutation]:
    for name in some(claims("stated"), 2):
        yield changed(about(name, "prov:wasQuotedFrom")[0], object=name)


@kind(
    *("leaf-covered", "finding-of", "question-item-asks", "question-item-assessment", "entity-unused", "link-subject"),
    *("question-author", "leaf-address", "asked-matter-assessment", "rests-on-claims"),
)
def a_claim_is_left_out() -> Iterator[Mutation]:
    for name in some(claims("stated", "reported", "asked"), 6):
        yield lost(*(quad for quad in QUADS if name in (quad.subject, quad.graph_name)))
    for assessed in some(said_by("fot:assessedAs"), 4):
        yield lost(*(quad for quad in QUADS if assessed.graph_name in (quad.subject, quad.graph_name)))


@kind("needs-rationale", "rationale")
def a_rationale_is_empty_or_lacks_a_language() -> Iterator[Mutation]:
    for name in some(claims("interpreted"), 3):
        dutch, english = sorted(about(name, "fot:rationale"), key=lambda quad: "@nl" not in str(quad.object))
        yield lost(dutch)
        yield lost(english)
        yield changed(dutch, object=Literal("", language="nl"))
        yield changed(english, object=Literal(" ", language="en"))
        yield changed(english, object=Literal("Pourquoi", language="fr"))


@kind("needs-source")
def background_loses_its_source() -> Iterator[Mutation]:
    for name in some(claims("background"), 3):
        yield lost(*about(name, "dcterms:source"))


@kind("needs-source", "voice-of-background")
def background_has_something_else_for_a_source() -> Iterator[Mutation]:
    for name, other in zip(
        some(claims("background"), 3), ("id:serv", "id:viona-study", f"{THIS}minister"), strict=False
    ):
        yield changed(about(name, "dcterms:source")[0], object=other)


@kind("needs-derivation", "derivation-yields")
def a_calculation_loses_its_query() -> Iterator[Mutation]:
    for name in some(claims("computed"), 2):
        yield lost(*about(name, "fot:derivation"))


@kind("derivation-agrees", "derivation-yields")
def a_calculation_has_another_query() -> Iterator[Mutation]:
    queries = (
        "SELECT (MAX(?n) AS ?value) WHERE { ?figure sdmx-measure:obsValue ?n }",
        "SELECT (COUNT(*) AS ?value) WHERE { ?figure fot:countOf counted:subsidy }",
        "SELECT ?n WHERE { ?figure sdmx-measure:obsValue ?n }",
        "SELECT (SUM(?n) AS ?value) WHERE { ?figure sdmx-measure:obsValue ?n",
        "SELECT * WHERE { SERVICE <https://example.org/> { ?figure sdmx-measure:obsValue ?value } }",
        "ASK { ?figure sdmx-measure:obsValue ?n }",
    )
    for name, query in zip(claims("computed"), queries, strict=False):
        yield changed(about(name, "fot:derivation")[0], object=Literal(query))


@kind("derivation-agrees", "assessment-derived")
def a_calculation_leaves_out_a_claim() -> Iterator[Mutation]:
    for name in some(claims("computed"), 5):
        yield lost(about(name, "prov:wasDerivedFrom")[0])


@kind("needs-premises", "derivation-yields", "derivation-agrees")
def a_calculation_rests_on_nothing() -> Iterator[Mutation]:
    for name in some(claims("computed"), 2):
        yield lost(*about(name, "prov:wasDerivedFrom"))


@kind("rests-on-claims")
def a_claim_rests_on_what_is_no_claim() -> Iterator[Mutation]:
    for name, other in zip(
        some(claims("interpreted"), 3), ("claim:missing", "id:viona-study", "part:question"), strict=False
    ):
        yield added(name, "prov:wasDerivedFrom", other, PROVENANCE)


@kind("rests-on-itself")
def a_claim_rests_on_itself() -> Iterator[Mutation]:
    for name in some(claims("interpreted"), 2):
        yield added(name, "prov:wasDerivedFrom", name, PROVENANCE)


@kind("open-list-told")
def an_open_list_is_called_closed() -> Iterator[Mutation]:
    for name in claims("premise", "stated", "reported"):
        several = len({quad.object for quad in said(name)}) > 1 and len({quad.subject for quad in said(name)}) == 1
        if about(name, "fot:openList") and several and len({quad.predicate for quad in said(name)}) == 1:
            yield lost(*about(name, "fot:openList"))


@kind("open-list-shown")
def a_closed_list_is_called_open() -> Iterator[Mutation]:
    for name in (claim("study"), claim("agreement-support"), claim("introduced")):
        yield added(name, "fot:openList", literal("true", "xsd:boolean"), PROVENANCE)


# --- Figures, dates, names ------------------------------------------------------------------------------------------


def numbers(*statuses: str) -> list[Quad]:
    kinds = (term("xsd:integer"), term("xsd:decimal"))
    everything = (quad for name in claims(*statuses) for quad in said(name))
    return [quad for quad in everything if isinstance(quad.object, Literal) and quad.object.datatype in kinds]


def as_literal(quad: Quad) -> Literal:
    assert isinstance(quad.object, Literal)
    return quad.object


def with_text(quad: Quad, text: str) -> Mutation:
    value = as_literal(quad)
    other = Literal(text, language=value.language) if value.language else Literal(text, datatype=value.datatype)
    return changed(quad, object=other)


@kind("value-in-quote")
def a_figure_is_one_digit_off() -> Iterator[Mutation]:
    for quad in some(numbers("stated", "reported"), 12):
        text = as_literal(quad).value
        yield with_text(quad, text[:-1] + str((int(text[-1]) + 1) % 10))


@kind("value-in-quote")
def a_figure_has_its_first_digits_swapped_or_loses_one() -> Iterator[Mutation]:
    for quad in some(numbers("stated", "reported"), 6):
        text = as_literal(quad).value
        swapped = text[1] + text[0] + text[2:]
        yield with_text(quad, swapped if text[0] != text[1] and text[1] not in ".0" else text + "0")
        yield with_text(quad, text[1:] if text[1:] and text[1] != "." else "1" + text)


@kind("derivation-agrees")
def a_computed_figure_is_another() -> Iterator[Mutation]:
    for quad in numbers("computed"):
        text = as_literal(quad).value
        yield with_text(quad, text[:-1] + str((int(text[-1]) + 1) % 10))


@kind("figure-told", "value-in-quote")
def a_missing_figure_is_given_as_zero() -> Iterator[Mutation]:
    for quad in said(claim("use-2016-diversity"), "sdmx-attribute:obsStatus"):
        yield changed(quad, predicate="sdmx-measure:obsValue", object=literal("0", "xsd:integer"))
        zero = Quad(quad.subject, term("sdmx-measure:obsValue"), literal("0", "xsd:integer"), quad.graph_name)
        yield Mutation((), [zero])


@kind("figure-told")
def a_missing_figure_is_not_called_missing() -> Iterator[Mutation]:
    yield lost(*said_by("sdmx-attribute:obsStatus"))


@kind("figure-told", "observation-measures", "figure-in-words")
def a_figure_that_is_there_is_called_missing() -> Iterator[Mutation]:
    for quad in some(said_by("sdmx-measure:obsValue", "reported"), 2):
        yield changed(quad, predicate="sdmx-attribute:obsStatus", object="sdmx-code:obsStatus-M")


@kind("value-in-quote")
def a_missing_figure_is_missing_in_other_words() -> Iterator[Mutation]:
    for quad in said_by("sdmx-attribute:comment"):
        yield changed(quad, object=Literal("niet bekend", language="nl"))


@kind("observation-twice", "figure-count", "mentioned-in-quote")
def a_figure_stands_in_another_column() -> Iterator[Mutation]:
    for quad in some(said_by("fot:countOf", "reported"), 3):
        yield changed(quad, object="counted:advice-files" if "subsidy" in str(quad.object) else "counted:subsidy")
        yield changed(quad, object="counted:projects")


@kind("observation-measures", "observation-columns", "observation-dimensions", "figure-count", "figure-concerns")
def an_observation_has_a_value_too_many_or_too_few() -> Iterator[Mutation]:
    for predicate in ("sdmx-dimension:refPeriod", "fot:concerns", "fot:countOf", "sdmx-measure:obsValue"):
        yield lost(said_by(predicate, "reported")[0])
    row = said_by("sdmx-measure:obsValue", "reported")[0]
    yield Mutation((), [Quad(row.subject, term("fot:about"), term("id:sme-portfolio"), row.graph_name)])


@kind("observation-data-set", "observation-measures", "observation-dimensions", "observation-columns")
def an_observation_belongs_to_another_table_or_to_none() -> Iterator[Mutation]:
    for quad, other in zip(said_by("qb:dataSet", "reported"), (f"{THIS}service-providers", "id:missing"), strict=False):
        yield changed(quad, object=other)
        yield lost(quad)


@kind("value-in-quote", "observation-twice")
def an_observation_is_of_another_year_or_theme() -> Iterator[Mutation]:
    for quad in some(said_by("sdmx-dimension:refPeriod", "reported"), 4):
        yield with_text(quad, "2017" if as_literal(quad).value != "2017" else "2015")
    themes = [quad for quad in said_by("fot:concerns", "reported") if "advice-theme" in str(quad.object)]
    for quad in some(themes, 3):
        yield changed(quad, object="advice:hrm" if "diversity" in str(quad.object) else "advice:diversity")


@kind("value-in-quote", "question-date", "question-number", "issued")
def a_date_or_number_is_moved() -> Iterator[Mutation]:
    moves = {
        "dcterms:issued": ("2020-02-11", "2019-03-12", "2021-03-21", "2019-02-30"),
        "dcterms:identifier": ("357", "58", "3580"),
    }
    for predicate, texts in moves.items():
        quads = said_by(predicate, "stated")
        yield from (with_text(quads[number % len(quads)], text) for number, text in enumerate(texts))


@kind("value-in-quote", "instant-agrees", "instant-day", "instant-date", "instant-after-question")
def the_deadline_is_moved() -> Iterator[Mutation]:
    for text in ("--10-30", "--09-03", "--09-31"):
        yield with_text(said_by("fot:monthDay", "stated")[0], text)
    for text in ("2020-09-29", "2019-09-30", "2021-09-30", "2020-10-30", "2020-09-31"):
        yield with_text(said_by("time:inXSDDate", "interpreted")[0], text)


@kind("mandate-start", "minister-in-office", "mandate-end")
def the_mandate_is_moved() -> Iterator[Mutation]:
    start, end = said_by("mandaat:start")[0], said_by("mandaat:einde")[0]
    for quad, text in ((start, "2020-03-01"), (start, "2021-10-02"), (end, "2020-01-10"), (end, "2019-05-10")):
        yield with_text(quad, text)
    yield lost(start)


@kind("mandate-office", "office-holder")
def the_office_is_held_without_a_mandate() -> Iterator[Mutation]:
    (held,) = said_by("org:holds")
    yield lost(held)
    yield changed(held, subject="id:hilde-crevits")
    yield Mutation((), changed(held, subject="id:hilde-crevits").new)


@kind("source-page")
def a_source_gives_the_home_page_of_its_website() -> Iterator[Mutation]:
    (page,) = find("id:source-serv", "foaf:page")
    for home in ("https://serv.be", "https://serv.be/", "https://www.serv.be/nl"):
        yield changed(page, object=NamedNode(home))


@kind("single-value", "issued")
def two_claims_contradict_each_other() -> Iterator[Mutation]:
    for text in ("2019-03-22", "2018-03-21"):
        yield with_text(next(q for q in said_by("dcterms:issued", "background") if "viona" in str(q.subject)), text)


@kind("value-in-quote")
def a_text_or_address_has_another_letter() -> Iterator[Mutation]:
    for predicate in ("dcterms:title", "fot:timeIndication"):
        quad = said_by(predicate, "stated")[0]
        yield with_text(quad, as_literal(quad).value.replace("e", "a", 1))
        yield with_text(quad, as_literal(quad).value + " toch")
    for quad in said_by("foaf:page", "stated"):
        yield changed(quad, object=NamedNode(str(quad.object)[1:-1] + "x"))
        yield changed(quad, object=NamedNode(str(quad.object)[1:-1][:-1]))


@kind("value-in-quote")
def a_duration_is_another() -> Iterator[Mutation]:
    for quad in said_by("schema:duration", "reported"):
        yield changed(quad, object=literal("P4Y", "xsd:duration"))
        yield changed(quad, object=literal("P3M", "xsd:duration"))


# --- What claims speak of -------------------------------------------------------------------------------------------

ELSEWHERE = {  # of each class, things that the source does not name where the others stand
    "fot:involves": "id:voka",
    "dcterms:replaces": "id:ead-policy",
    "fot:evaluates": "id:track-1",
    "fot:carriedOutBy": "id:serv",
    "fot:measuredBy": "id:iedereen-aan-boord",
    "fot:concerns": "group:over-55",
    "schema:recipient": "id:trade-unions",
    "fot:aimedAt": "group:over-55",
    "fot:means": "means:own-expertise",
    "fot:purpose": "aim:promoting-diversity",
    "fot:theme": "theme:climate",
    "fot:mainTheme": "theme:climate",
    "fot:fundingPrinciple": "principle:open-call",
    "fot:guides": "theme:climate",
    "fot:supports": "group:over-55",
    "skos:related": "transition:ageing",
    "fot:parameter": "parameter:employment-rate",
    "fot:about": "id:vdab",
    "fot:inLightOf": "id:sector-covenants",
    "fot:experiencedBy": "group:over-55",
}


@kind("mentioned-in-quote", "range", "range-includes", "single-value")
def a_claim_names_something_else_of_the_same_class() -> Iterator[Mutation]:
    for predicate, other in ELSEWHERE.items():
        for quad in some(said_by(predicate, "stated", "reported", "quoted", "premise", "asked"), 3):
            if quad.object != term(other) and not mentions(quad.graph_name, other):
                yield changed(quad, object=other)


def mentions(graph: object, name: str) -> bool:
    """Tell whether a claim's quotes name a thing, so that only a reader could tell it apart."""
    labels = {as_literal(quad).value.casefold() for quad in find(name) if "abel" in quad.predicate.value}
    texts = [quad.object for p in find(None, "prov:wasQuotedFrom") if p.subject == graph for quad in values(p.object)]
    return any(label in " ".join(str(text).split()).casefold() for label in labels for text in texts)


def values(passage: object) -> list[Quad]:
    assert isinstance(passage, NamedNode)
    return find(passage, "prov:value")


def by_predicate(*statuses: str) -> dict[str, Quad]:
    """Give one statement of each property."""
    quads = (quad for name in claims(*statuses) for quad in said(name))
    return {curie(quad.predicate.value): quad for quad in quads}


def has(predicate: str, *properties: str) -> bool:
    return any(find(predicate, name) for name in properties)


@kind(
    *("range", "range-includes", "assessment-scheme", "finding-kind-scheme", "verdict-scheme", "firmness-scheme"),
    *("stage-scheme", "count-scheme", "link-object"),
)
def a_claim_points_to_the_wrong_class() -> Iterator[Mutation]:
    for name, quad in some(by_predicate().items(), 30):
        open_ = name.startswith(("qb:", "sdmx-")) or find(name, "rdfs:range", "rdfs:Resource")
        ranged = has(name, "rdfs:range", "schema:rangeIncludes") and not open_
        if ranged and isinstance(quad.object, NamedNode):
            yield changed(quad, object="unit:euro")


@kind("domain", "domain-includes")
def a_claim_speaks_of_the_wrong_class() -> Iterator[Mutation]:
    for name, quad in some(by_predicate().items(), 30):
        if has(name, "rdfs:domain", "schema:domainIncludes") and not name.startswith(("qb:", "sdmx-")):
            yield changed(quad, subject="unit:euro")


@kind("property-known")
def a_property_is_misspelled() -> Iterator[Mutation]:
    for quad in some(by_predicate().values(), 6):
        yield changed(quad, predicate=NamedNode(quad.predicate.value + "s"))


@kind("named")
def a_claim_speaks_of_something_without_a_name() -> Iterator[Mutation]:
    for quad in some((q for q in by_predicate("stated").values() if isinstance(q.object, NamedNode)), 3):
        yield changed(quad, object="id:nobody")
        yield changed(quad, subject="id:nobody")


@kind("kind-of-property")
def a_text_stands_where_a_thing_should_or_the_other_way_round() -> Iterator[Mutation]:
    for name, quad in some(by_predicate("stated", "premise").items(), 8):
        if find(name, "rdf:type", "owl:ObjectProperty"):
            yield changed(quad, object=Literal("Focus op Talent"))
        elif find(name, "rdf:type", "owl:DatatypeProperty"):
            yield changed(quad, object="id:focus-op-talent")


@kind(
    *("range-literal", "figure-value", "figure-period", "figure-words", "instant-day", "issued", "duration-value"),
    *("title", "question-date"),
)
def a_value_has_another_datatype() -> Iterator[Mutation]:
    for quad in by_predicate("stated", "reported").values():
        if isinstance(quad.object, Literal) and quad.object.datatype != term("xsd:string"):
            yield changed(quad, object=Literal(quad.object.value))


@kind("asked-asserts-nothing")
def a_question_asserts_something() -> Iterator[Mutation]:
    for name in some(claims("asked"), 3):
        yield added("id:focus-op-talent", "fot:involves", "id:serv", name)


@kind("property-of-status")
def a_reading_passes_for_a_statement() -> Iterator[Mutation]:
    for predicate in ("fot:informs", "fot:assessedAs", "fot:resolvesTo", "skos:closeMatch"):
        quad = said_by(predicate)[0]
        yield Mutation([quad], [Quad(quad.subject, quad.predicate, quad.object, claim("study"))])


@kind("about-part")
def a_claim_is_about_another_part_of_the_document() -> Iterator[Mutation]:
    for quad in some(said_by("fot:asksAbout"), 3):
        yield changed(quad, subject=part("question-3a" if "question-3a" not in str(quad.subject) else "question-7"))
    for quad in some(said_by("fot:adduces"), 2):
        yield changed(quad, subject=part("answer-1"))


def part(name: str) -> NamedNode:
    return term(f"doc:{DOCUMENT_NAME}#{name}")


# --- Findings and links ---------------------------------------------------------------------------------------------


@kind("finding-of", "finding-kind", "finding-about", "finding-claimed")
def a_finding_lacks_what_a_finding_has() -> Iterator[Mutation]:
    for predicate in ("fot:findingOf", "fot:findingKind"):
        yield from (lost(quad) for quad in some(said_by(predicate, "reported", "stated"), 2))
    for name in some({quad.graph_name: None for quad in said_by("fot:findingOf", "reported")}, 2):
        assert isinstance(name, NamedNode)
        yield lost(*said(name, "fot:about"))


@kind("mentioned-in-quote", "finding-kind-fits")
def a_finding_is_of_another_kind() -> Iterator[Mutation]:
    kinds = {"strength": "point-of-attention", "point-of-attention": "strength", "observation": "conclusion"}
    for quad in some(said_by("fot:findingKind", "reported", "stated"), 8):
        other = f"kind:{kinds[str(quad.object)[1:-1].rpartition('/')[2]]}"
        if not mentions(quad.graph_name, other):
            yield changed(quad, object=other)


@kind("finding-voice", "mentioned-in-quote", "finding-kind-fits")
def a_finding_comes_from_elsewhere() -> Iterator[Mutation]:
    for quad in some(said_by("fot:findingOf", "reported"), 2):
        yield changed(quad, object="doc:vp-sv-2019-2020-358/sme-portfolio-use")


@kind("finding-told-twice")
def a_finding_is_told_twice() -> Iterator[Mutation]:
    for quad in some(said_by("fot:findingOf", "reported"), 2):
        yield added(NamedNode(str(quad.subject)[1:-1]), "fot:findingOf", "id:viona-study", claim("study"))


@kind("link-sides", "assessment-shows-answer")
def a_link_loses_the_passage_of_a_side() -> Iterator[Mutation]:
    for side in ("fot:subjectPassage", "fot:objectPassage"):
        for predicate in ("fot:informs", "fot:askedIf", "fot:assessedAs", "fot:resolvesTo", "skos:closeMatch"):
            name = said_by(predicate, "interpreted")[0].graph_name
            assert isinstance(name, NamedNode)
            yield lost(*about(name, side))


@kind("link-subject", "link-object", "assessment-of-matter", "assessment-of-answer")
def a_link_has_its_sides_swapped() -> Iterator[Mutation]:
    for quad in [*some(said_by("fot:informs"), 3), *some(said_by("fot:assessedAs", "interpreted"), 2)]:
        assert isinstance(quad.graph_name, NamedNode)
        subjects, objects = (about(quad.graph_name, f"fot:{side}Passage") for side in ("subject", "object"))
        there = [Quad(q.subject, term("fot:objectPassage"), q.object, PROVENANCE) for q in subjects]
        yield Mutation(
            [*subjects, *objects],
            [*there, *(Quad(q.subject, term("fot:subjectPassage"), q.object, PROVENANCE) for q in objects)],
        )


@kind("link-subject", "link-object")
def a_link_does_not_say_which_claims_it_reads() -> Iterator[Mutation]:
    for quad in some(said_by("fot:informs"), 3):
        assert isinstance(quad.graph_name, NamedNode)
        yield lost(about(quad.graph_name, "prov:wasDerivedFrom")[0])
        yield lost(*about(quad.graph_name, "prov:wasDerivedFrom")[1:])


@kind("link-subject")
def a_link_is_of_another_finding() -> Iterator[Mutation]:
    for quad in some(said_by("fot:informs"), 4):
        other = f"{THIS}finding-flanking" if "flanking" not in str(quad.subject) else f"{THIS}finding-own-expertise"
        yield changed(quad, subject=other)


@kind("link-object")
def a_link_is_to_another_theme() -> Iterator[Mutation]:
    for quad in some(said_by("fot:informs"), 4):
        yield changed(quad, object="theme:climate")


@kind("link-one-a-claim")
def a_claim_makes_two_links() -> Iterator[Mutation]:
    for quad in some(said_by("fot:informs"), 2):
        assert isinstance(quad.graph_name, NamedNode)
        yield added("doc:vp-sv-2019-2020-358/finding-flanking", "fot:informs", "theme:climate", quad.graph_name)


@kind("question-item-assessment", "asked-matter-assessment")
def what_is_asked_is_assessed_twice() -> Iterator[Mutation]:
    for quad in some(said_by("fot:assessedAs"), 4):
        assert isinstance(quad.graph_name, NamedNode)
        others = ("assessment:deferred", "assessment:answered")
        yield added(
            NamedNode(str(quad.subject)[1:-1]),
            "fot:assessedAs",
            next(name for name in others if term(name) != quad.object),
            quad.graph_name,
        )


@kind("assessment-of-item", "question-item-assessment", "derivation-agrees")
def an_assessment_is_of_another_item() -> Iterator[Mutation]:
    for quad in said_by("fot:assessedAs", "computed"):
        yield changed(quad, subject=part("question-2" if "question-2" not in str(quad.subject) else "question-6"))


@kind("assessment-of-matter", "asked-matter-assessment")
def an_assessment_is_of_another_matter() -> Iterator[Mutation]:
    for quad in some(said_by("fot:assessedAs", "interpreted"), 4):
        other = f"doc:{DOCUMENT_NAME}/matter-{'evaluator' if 'open-call' in str(quad.subject) else 'open-call'}"
        yield changed(quad, subject=other)


@kind("assessment-of-item", "derivation-agrees")
def an_item_is_assessed_otherwise_than_its_matters() -> Iterator[Mutation]:
    for quad in said_by("fot:assessedAs", "computed"):
        yield changed(quad, object="assessment:lapsed")


@kind("assessment-lapses")
def a_matter_lapses_that_was_asked_without_a_condition() -> Iterator[Mutation]:
    yield lost(*said_by("fot:askedIfNot"))
    for quad in said_by("fot:assessedAs", "interpreted"):
        if "evaluation-started" in str(quad.subject):
            yield changed(quad, object="assessment:lapsed")


@kind("assessment-scheme")
def an_assessment_is_a_concept_of_another_scheme() -> Iterator[Mutation]:
    for quad in some(said_by("fot:assessedAs"), 3):
        yield changed(quad, object="strength:strong")


@kind("resolution-same-class", "resolution-derived", "resolution-once", "minister-in-office")
def a_reference_means_something_else() -> Iterator[Mutation]:
    for quad in said_by("fot:resolvesTo"):
        yield changed(quad, object="id:serv")
        yield changed(quad, object="id:ella-desmedt" if "minister" in str(quad.subject) else "unit:euro")


# --- The document ---------------------------------------------------------------------------------------------------


def of_parts(predicate: str | None = None) -> list[Quad]:
    """Give what is said of parts of the document and of passages that claims quote, not of what only rules found."""
    found = {quad.object for quad in find(None, "oa:hasSelector") if not has_class(quad.subject)}
    return [q for q in find(None, predicate, None, DOCUMENT) if has_class(q.subject) and q.subject not in found]


def has_class(thing: Term) -> bool:
    return isinstance(thing, NamedNode) and bool(find(thing, "rdf:type"))


@kind("passage-as-in-source")
def a_quote_has_another_letter_than_its_place() -> Iterator[Mutation]:
    for quad in some(of_parts("oa:exact"), 8):
        text = as_literal(quad).value
        middle = len(text) // 2
        yield with_text(quad, text[:middle] + ("x" if text[middle] != "x" else "y") + text[middle + 1 :])


@kind("passage-as-in-source", "part-inside-whole", "leaf-name", "leaf-apart", "position-start")
def a_place_is_moved() -> Iterator[Mutation]:
    leaves = [quad.subject for quad in find(None, "rdf:type", "doco:Sentence")]
    selectors = [quad.object for leaf in leaves for quad in find(NamedNode(str(leaf)[1:-1]), "oa:hasSelector")]
    for selector in some((s for s in selectors if "position" in str(s)), 4):
        assert isinstance(selector, NamedNode)
        start, end = find(selector, "oa:start")[0], find(selector, "oa:end")[0]
        yield with_text(start, str(int(as_literal(start).value) + 1))
        yield with_text(end, str(int(as_literal(start).value)))


@kind(
    *("document-language", "document-text", "assessment-of-answer", "answer-item-other-document"),
    *("part-whole", "part-source", "part-position", "leaf-text", "question-item-assessment"),
    *("leaf-covered", "passage-source", "passage-leaf", "passage-text", "passage-position", "position-start"),
    *("position-end", "quote-exact", "quote-prefix", "quote-suffix", "needs-quote"),
)
def a_part_of_the_document_lacks_something() -> Iterator[Mutation]:
    layer = {curie(quad.predicate.value): quad for quad in of_parts()}
    for name, quad in layer.items():
        if name not in _MAY_BE_MISSING:
            yield lost(*(q for q in find(None, name, None, DOCUMENT) if q.subject == quad.subject))


_MAY_BE_MISSING = (
    *("rdf:type", "rdfs:label", "dcterms:references", "dcterms:title", "dcterms:conformsTo", "skos:notation"),
    *("eli-dl:answers_to", "dcterms:hasPart"),
)


@kind("closed-part", "closed-question-item", "closed-answer-item", "closed-document", "closed-question")
def a_part_of_the_document_says_something_itself() -> Iterator[Mutation]:
    for name in ("question", "question-1", "answer-1"):
        yield added(part(name), "fot:theme", "theme:climate", DOCUMENT)
    yield added(f"doc:{DOCUMENT_NAME}", "fot:theme", "theme:climate", DOCUMENT)


@kind("answer-item-other-document", "question-item-number-unique", "question-item-number")
def items_are_numbered_wrongly() -> Iterator[Mutation]:
    number = find(part("question-2"), "skos:notation")[0]
    yield with_text(number, "1")
    yield with_text(number, "2 b")
    yield changed(find(part("question-2"), "dcterms:isPartOf")[0], object=part("answer"))


# --- Names ----------------------------------------------------------------------------------------------------------


DOMAINS_AND_RANGES = ("rdfs:domain", "rdfs:range", "schema:domainIncludes", "schema:rangeIncludes")


def named(property_: str, lang: str) -> list[Quad]:
    return [quad for quad in find(None, property_, None, NAMING) if as_literal(quad).language == lang]


@kind("preferred-label")
def a_label_is_lost_doubled_or_blank() -> Iterator[Mutation]:
    for lang in ("nl", "en"):
        for quad in some(named("skos:prefLabel", lang), 3):
            yield lost(quad)
            yield with_text(quad, " ")
            yield with_text(quad, as_literal(quad).value + " ")
            yield Mutation((), [Quad(quad.subject, quad.predicate, Literal("anders", language=lang), NAMING)])
            yield changed(quad, object=Literal(as_literal(quad).value))
            yield changed(quad, object=Literal(as_literal(quad).value, language="fr"))


@kind("named", "preferred-label")
def a_thing_loses_its_name() -> Iterator[Mutation]:
    for quad in some(named("skos:prefLabel", "nl"), 4):
        yield lost(*(q for q in find(None, "skos:prefLabel", None, NAMING) if q.subject == quad.subject))


@kind("mentioned-in-quote")
def the_wording_of_the_source_is_lost() -> Iterator[Mutation]:
    for quad in (
        find("doc:vp-sv-2019-2020-358/administration", "skos:hiddenLabel")
        + find("doc:vp-sv-2019-2020-358/lifelong-learning-policy", "skos:hiddenLabel")
        + find("doc:vp-sv-2019-2020-358/reform", "skos:hiddenLabel")
    ):
        label, preferred = as_literal(quad).value, named("skos:prefLabel", "nl")
        known = next(as_literal(q).value for q in preferred if q.subject == quad.subject)
        if label.casefold() not in known.casefold():
            yield with_text(quad, "woorden die er niet staan")


@kind("same-name")
def two_things_have_one_name() -> Iterator[Mutation]:
    one, two = find("id:voka", "skos:prefLabel"), find("id:unizo", "skos:prefLabel")
    yield changed(two[0], object=as_literal(one[0]))
    one, two = find(f"{THIS}condition-clarity", "skos:prefLabel"), find(f"{THIS}condition-vision", "skos:prefLabel")
    yield changed(two[1], object=as_literal(one[1]))


@kind(
    *("entity-class", "domain", "domain-includes", "range", "range-includes", "needs-source", "named", "instant-dated"),
    *("concept-class", "observation-class"),
)
def a_thing_loses_its_class() -> Iterator[Mutation]:
    classes = find(None, "rdf:type", None, NAMING)
    below = {quad.subject for quad in find(None, "rdfs:subClassOf", "skos:Concept")}
    implied = {quad.subject for quad in classes if quad.object in below}
    told = [quad for quad in classes if quad.object != term("skos:Concept") or quad.subject not in implied]
    for quad in some(told, 8):
        yield lost(quad)


@kind(
    *("domain", "domain-includes", "range", "range-includes", "voice-of-answer", "voice-of-report", "needs-source"),
    *("resolution-same-class", "creator", "finding-of", "data-set-structure", "observation-data-set", "class-known"),
    *("entity-unused", "observation-columns", "voice-of-quotation", "voice-of-question", "membership"),
    *("figure-period", "listed-concept"),
)
def a_thing_is_of_another_class() -> Iterator[Mutation]:
    names = Counter(other for quad in QUADS for other in (quad.subject, quad.object))
    quads = sorted(find(None, "rdf:type", None, NAMING), key=lambda quad: names[quad.subject])
    most_used = {quad.object: quad for quad in quads}
    for class_, quad in most_used.items():
        constrained = any(find(None, name, curie(str(class_)[1:-1])) for name in DOMAINS_AND_RANGES)
        if constrained and class_ != term("fot:Advice"):  # what is asked about an advice holds of anything
            yield changed(quad, object="schema:FundingScheme")


@kind("class-known")
def a_class_is_misspelled() -> Iterator[Mutation]:
    for quad in some(find(None, "rdf:type", None, NAMING), 3):
        yield changed(quad, object=NamedNode(str(quad.object)[1:-1] + "s"))


@kind("entity-one-class")
def a_thing_has_two_classes() -> Iterator[Mutation]:
    for name in ("id:focus-op-talent", "id:vdab", "id:viona-study"):
        yield added(name, "rdf:type", "fot:Goal", NAMING)


@kind("entity")
def a_thing_has_a_name_that_is_no_name() -> Iterator[Mutation]:
    for name in ("id:Nieuw_beleid", "id:nieuw/beleid"):
        yield Mutation((), labelled(name, "fot:Policy"))


@kind("entity-unused")
def a_name_is_of_no_use() -> Iterator[Mutation]:
    for class_ in ("fot:Policy", "fot:Finding", "fot:Matter"):
        yield Mutation((), labelled("id:new", class_))


def labelled(name: str, class_: str) -> list[Quad]:
    labels = [Literal("x", language=lang) for lang in ("nl", "en")]
    named = [Quad(term(name), term("skos:prefLabel"), label, NAMING) for label in labels]
    return [*named, Quad(term(name), term("rdf:type"), term(class_), NAMING)]


@kind("entity-said-outside-claims")
def a_fact_stands_outside_claims() -> Iterator[Mutation]:
    for layer in (NAMING, PROVENANCE):
        yield added("id:focus-op-talent", "fot:involves", "id:serv", layer)
        yield added("id:vdab", "dcterms:relation", "id:serv", layer)
        yield added("theme:climate", "skos:related", "transition:ageing", layer)


@kind("concept-scheme", "concept-in-scheme", "concept-class", "concept-circle", "concept-broader")
def a_concept_loses_its_place() -> Iterator[Mutation]:
    for quad in some(find(None, "skos:inScheme"), 3):
        yield lost(quad)
        yield changed(quad, object="id:viona-study")
    for quad in some(find(None, "skos:broader"), 2):
        yield changed(quad, object="theme:climate")
        yield Mutation((), [Quad(NamedNode(str(quad.object)[1:-1]), quad.predicate, quad.subject, ONTOLOGY)])
    for quad in some((q for q in find(None, "rdf:type", "fot:Theme")), 2):
        yield changed(quad, object="fot:Group")


@kind("data-set-structure", "component-property", "dimension-codes", "dimension-range", "structure-measure")
def the_structure_of_a_table_is_lost() -> Iterator[Mutation]:
    yield from (lost(quad) for quad in find(None, "qb:structure")[:2])
    yield from (lost(quad) for quad in find(None, "qb:measure")[:2])
    yield from (lost(quad) for quad in find(None, "qb:codeList"))
    yield from (lost(quad) for quad in find("sdmx-dimension:refPeriod", "rdfs:range"))


@kind("component-optional", "observation-columns", "observation-twice")
def a_column_of_a_table_is_another() -> Iterator[Mutation]:
    yield added("structure:value", "qb:componentRequired", literal("false", "xsd:boolean"), ONTOLOGY)
    yield from (lost(quad) for quad in find("structure:figures-by-period", "qb:component")[:4])


# --- The house ------------------------------------------------------------------------------------------------------


@kind("term-label", "term-definition", "foreign-term-label", house=True)
def a_term_lacks_a_label_or_a_definition() -> Iterator[Mutation]:
    for predicate in ("rdfs:label", "skos:definition"):
        terms = [quad for quad in find(None, predicate, None, ONTOLOGY) if "/ontology#" in str(quad.subject)]
        yield from (lost(quad) for quad in some(terms, 4))
        yield with_text(terms[0], " ")


@kind("own-term", "term-ontology", "term-kind", house=True)
def a_term_does_not_say_what_it_is() -> Iterator[Mutation]:
    for quad in some(find(None, "rdfs:isDefinedBy"), 2):
        yield lost(quad)
        yield changed(quad, object="id:serv")
    yield changed(find("fot:informs", "rdf:type")[0], object="rdf:Property")


@kind("term-domain", house=True)
def a_term_is_about_a_class_that_does_not_exist() -> Iterator[Mutation]:
    for predicate in ("rdfs:domain", "rdfs:range", "rdfs:subClassOf", "schema:domainIncludes"):
        terms = [quad for quad in find(None, predicate, None, ONTOLOGY) if "/fot-graph/" in str(quad.subject)]
        yield changed(terms[-1], object="fot:Thingy")


@kind("unknown-term", house=True)
def a_term_that_questions_and_shapes_use_is_gone() -> Iterator[Mutation]:
    for name in ("fot:informs", "fot:Claim", "fot:assessedAs"):
        yield lost(*find(name, None, None, ONTOLOGY))


@kind("term-asked", house=True)
def a_term_is_never_asked_for() -> Iterator[Mutation]:
    for name in ("fot:informs", "fot:Means"):
        mine = find(name, None, None, ONTOLOGY)
        yield Mutation((), [Quad(term(name + "More"), q.predicate, q.object, ONTOLOGY) for q in mine])


# --- The files of the document --------------------------------------------------------------------------------------

CLAIMS = (folder("data") / "documents" / DOCUMENT_NAME / "claims.trig").read_text(encoding="utf-8")
SOURCE = (folder("data") / "documents" / DOCUMENT_NAME / "source.txt").read_text(encoding="utf-8")


def quoted() -> list[str]:
    """Give quotes that stand once in the file of claims, so that one claim's quote can be changed."""
    lines = (line.split('"') for line in CLAIMS.splitlines() if not re.search("@|SELECT", line))
    texts = [piece for line in lines for piece in line[1::2] if " " in piece and len(piece) > 20]
    return [text for text in dict.fromkeys(texts) if CLAIMS.count(f'"{text}"') == 1]


@kind("claim-quotes", "subject-passage", "object-passage", "no-claim-quote")
def a_quote_has_one_letter_changed() -> Iterator[Rewriting]:
    for number, text in enumerate(some(quoted(), 20)):
        place = next(at for at in range(number % 15, len(text)) if text[at].isalpha())
        letter = "x" if text[place] != "x" else "y"
        yield Rewriting("claims.trig", f'"{text}"', f'"{text[:place]}{letter}{text[place + 1 :]}"')


@kind("claim-quotes", "subject-passage", "object-passage", "no-claim-quote")
def a_quote_has_other_signs_or_words() -> Iterator[Rewriting]:
    for number, text in enumerate(some(quoted(), 8)):
        words = text.split()
        other = [
            text.upper(),
            " ".join(words[1:] + words[:1]),
            text + " Echt waar.",
            " ".join(words[: len(words) // 2] + words[len(words) // 2 + 1 :]),
        ][number % 4]
        yield Rewriting("claims.trig", f'"{text}"', f'"{other}"')


@kind("claim-quotes", "subject-passage", "object-passage", "no-claim-quote")
def a_quote_is_too_short_to_be_found_once() -> Iterator[Rewriting]:
    for text, short in zip(some(quoted(), 4), ("Focus op Talent", "partners", "een", "De projecten"), strict=False):
        yield Rewriting("claims.trig", f'"{text}"', f'"{short}"')


@kind("whole-words")
def a_quote_ends_inside_a_word() -> Iterator[Rewriting]:
    for number, text in enumerate(some((text for text in quoted() if text.strip(".?")[-3:].isalpha()), 12)):
        cut = text.strip(".?")[:-1] if number % 2 else text.strip(".?")[:-2]
        yield Rewriting("claims.trig", f'"{text}"', f'"{cut}"')


@kind("nothing-turned")
def a_quote_jumps_over_what_turns_its_sentence() -> Iterator[Rewriting]:
    for text in quoted():
        word = re.search(r" (niet|geen|slechts|pas|maar|mogelijk) ", text)
        if word and "[" not in text:
            yield Rewriting("claims.trig", f'"{text}"', f'"{text[: word.start()]}" , "{text[word.end() :]}"')


@kind("claim-quotes", "subject-passage", "object-passage", "leaf-covered")
def the_source_has_one_letter_changed() -> Iterator[Rewriting]:
    words = (
        *("opvolger", "speerpunten", "barometer)", "443", "707.315,48", "nvt nvt", "efficiëntiewinsten", "radarwerk"),
        *("consolideren", "co-financiering", "120.000", "krachtenbundeling", "30 september", "mobiliserende rol"),
    )
    for word in words:
        yield Rewriting("source.txt", word, ("z" if word[0] != "z" else "q") + word[1:])


@kind("leaf-covered")
def the_source_says_more_than_the_claims() -> Iterator[Rewriting]:
    for before in ("De cijfers m.b.t.", "Momenteel loopt", "Uiteraard loop ik"):
        yield Rewriting("source.txt", before, f"Er is ook nieuws. {before}")


# --- The test -------------------------------------------------------------------------------------------------------

MUTATIONS = [(each, mutation) for each in KINDS for mutation in each.mutations()]


def mutated(mutation: Mutation | Rewriting, place: Path) -> Graph:
    if isinstance(mutation, Mutation):
        gone = set(mutation.gone)
        return Graph([*(quad for quad in QUADS if quad not in gone), *mutation.new], GRAPH.sources)
    document = place / DOCUMENT_NAME
    document.mkdir()
    for name, text in (("claims.trig", CLAIMS), ("source.txt", SOURCE)):
        new = text.replace(mutation.before, mutation.after, 1) if name == mutation.file else text
        (document / name).write_text(new, encoding="utf-8")
    return load([document, *sorted((folder("data") / "background").glob("*.trig"))], strict=False)


def broken(graph: Graph, rules: frozenset[str], *, house: bool) -> Iterator[ValidationResult]:
    """Give what these rules find, those in SPARQL first. Each rule stands alone, so the others need not run."""
    data = validating.house_data(graph) if house else validating.data(graph)
    shapes = only(rules, house=house)
    yield from shacl.sparql_results(data, shapes.constraints)
    yield from shacl.core_results(data, shapes.core)


@cache
def only(rules: frozenset[str], *, house: bool) -> Shapes:
    """Leave of the shapes what belongs to these rules."""
    shapes = validating.shapes(house=house)
    wanted = {NamedNode(SHAPES + rule) for rule in rules}
    known = {triple.subject for triple in shapes.triples}
    assert wanted <= known, f"no such rules: {wanted - known}"
    constraints = tuple(constraint for constraint in shapes.constraints if constraint.node in wanted)
    properties = {triple for triple in shapes.core if triple.predicate == term("sh:property")}
    kept = {triple.subject for triple in properties if triple.object in wanted} | wanted
    idle = {t for t in shapes.core if str(t.predicate).startswith(f"<{expand('sh:target')}") and t.subject not in kept}
    other = {triple for triple in properties if triple.object not in wanted}
    core = tuple(triple for triple in shapes.core if triple not in idle | other)
    return shapes._replace(core=core, constraints=constraints)


def test_the_data_are_sound_to_begin_with() -> None:
    assert validating.validate(GRAPH).conforms


@pytest.mark.parametrize(
    ("each", "mutation"),
    [one for _, mutations in groupby(MUTATIONS, lambda pair: pair[0].what) for one in every(16, mutations)],
    ids=[each.what.replace(" ", "-") for each, _ in MUTATIONS],
)
def test_a_mutation_is_caught(each: Kind, mutation: Mutation | Rewriting, tmp_path: Path) -> None:
    assert mutation != Mutation()
    found = broken(mutated(mutation, tmp_path), each.rules, house=each.house)
    assert any(result.rule in each.rules for result in found)


def test_the_kinds_and_their_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    counts = Counter(each.what for each, _ in MUTATIONS)
    assert len({(each.what, str(mutation)) for each, mutation in MUTATIONS}) == len(MUTATIONS) >= 200
    lines = [f"{count:5} {what}" for what, count in counts.items()]
    with capsys.disabled():
        sys.stdout.write("\n".join(["", *lines, f"{len(MUTATIONS):5} mutations of {len(KINDS)} kinds", ""]))
