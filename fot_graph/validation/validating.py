"""Validation: whether documents, claims and figures hold together, and what an author has to do where they don't.

The data are checked as one flat graph with the facts of `grounding`, `recomputing` and `quotation`; the house
(ontology, schemes, shapes and questions themselves) as a graph of its own, which knows the terms of SHACL. One standard
report covers both.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from fot_graph.claims.found_layer import curated, told_by_heads
from fot_graph.claims.layers import DOCUMENT, NAMING, ONTOLOGY, read_layer
from fot_graph.core.fragments import parse_passage
from fot_graph.core.namespaces import PACKAGED, Namespaces
from fot_graph.core.resources import folder
from fot_graph.core.terms import node
from fot_graph.core.words import LANGUAGES
from fot_graph.questions.catalogue import questions
from fot_graph.sparql import admission
from fot_graph.stores.flattening import flat as flattened
from fot_graph.text.parts import parts as text_parts
from fot_graph.validation import grounding, languages, quotation, recomputing
from fot_graph.validation import shapes as shacl
from fot_graph.validation.languages import Languages
from fot_graph.validation.renaming import document_of, told_once
from fot_graph.validation.report import SHAPES, CheckedCounts, Report, ReportContext

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from pyoxigraph import Quad

    from fot_graph.core.terms import Term
    from fot_graph.questions.catalogue import Question
    from fot_graph.stores.interface import StoredGraph
    from fot_graph.validation.shapes import Shapes


_TOLD_BY_HEAD = NamedNode(f"{SHAPES}toldByHead")
_PREFIXES = "prefixes.ttl"  # what all files of shapes share


_TYPE, _LABEL, _VALUE = map(node, ("rdf:type", "rdfs:label", "prov:value"))
_CLAIM, _NO_CLAIM, _PASSAGE, _QUOTED = map(node, ("fot:Claim", "fot:NoClaim", "fot:Passage", "prov:wasQuotedFrom"))
_DOCUMENT = node("foaf:Document")
_OF_ORIGIN = {node("foaf:page"), node("owl:sameAs")}  # what `document.toml` says of a document
_ONTOLOGY, _RESOURCE, _REFERENCES = map(node, ("owl:Ontology", "rdfs:Resource", "dcterms:references"))
_EXECUTABLE, _SELECT, _MESSAGE = map(node, ("sh:SPARQLExecutable", "sh:select", "sh:message"))


def validate(graph: StoredGraph, *, house: bool = True) -> Report:
    """Check a graph, best loaded with `strict=False`, against the shapes that come with fot_graph (W3C SHACL).

    With `house`, ontology, shapes and the questions of the catalogue are checked too; with a workspace of somebody only
    its own questions, for what comes with fot_graph is not for its authors to mend.

    >>> from fot_graph.api import load
    >>> validate(load()).conforms
    True
    """
    spaces = graph.namespaces
    rules = shapes(spaces, spoken=languages.of(graph))
    parts = [(data, rules), *([(house_data, shapes(spaces, house=True))] if house else [])]
    found = (result for given, rules in parts for result in shacl.evaluate(given(graph), rules))
    terms = {quad.subject for quad in graph.quads if quad.graph_name == ONTOLOGY and not _is_ours(graph)}
    results = told_once((result for result in found if result.focus not in terms), graph)
    written = [triple for _, rules in parts for triple in rules.triples]
    return Report(results, shacl.paths(results, written), _checked_counts(graph, written), _report_context(graph))


def shapes(namespaces: Namespaces | None = None, *, house: bool = False, spoken: Languages | None = None) -> Shapes:
    """Give the shapes for data, or those for the house, ready to be evaluated. `.triples` are the standard shapes.

    They are those for the graph with these namespaces and languages (`spoken`), or else for the packaged one.
    """
    return _prepared_shapes(namespaces.base if namespaces else PACKAGED, house, spoken or Languages())


def data(graph: StoredGraph) -> list[Triple]:
    """Give what the shapes for data are about: the flat graph, with facts that are computed for them.

    Documents that nobody has curated are left out: the shapes ask for claims about each sentence. So is what rules
    find, which is computed.
    """
    quads = curated(graph.quads)
    waiting = _uncurated(graph, quads)
    flat = flattened(quads)
    if waiting:
        flat = [triple for triple in flat if document_of(triple.subject, graph) not in waiting]
    spaces, told = graph.namespaces, told_by_heads(graph.quads)
    flat += [Triple(leaf, _TOLD_BY_HEAD, Literal(value=True)) for leaf in told if isinstance(leaf, NamedNode)]
    return [*flat, *grounding.facts(quads, spaces), *recomputing.facts(quads, spaces), *quotation.facts(quads)]


def _uncurated(graph: StoredGraph, quads: Collection[Quad]) -> set[str]:
    """Give the names of the documents of which no claim says anything."""
    layers = (ONTOLOGY, NAMING, DOCUMENT)
    claimed = (quad for quad in quads if quad.graph_name not in layers and quad.predicate not in _OF_ORIGIN)
    said = (term for quad in claimed for term in (quad.subject, quad.object))
    read = (quad.subject for quad in quads if quad.graph_name == DOCUMENT and quad.object == _DOCUMENT)
    return {document_of(document, graph) for document in read} - {document_of(term, graph) for term in said}


def _is_ours(graph: StoredGraph) -> bool:
    """Tell whether a graph is the one that comes with fot_graph, with nothing of another workspace."""
    return graph.namespaces.is_packaged and not graph.workspaces


def house_data(graph: StoredGraph) -> list[Triple]:
    """Give what the shapes for the house are about: ontology, names, shapes and questions, and the terms they use."""
    own = [quad.triple for quad in graph.quads if quad.graph_name in (ONTOLOGY, NAMING)]
    ours, spaces = _is_ours(graph), graph.namespaces
    known, own_folders = questions(*graph.workspaces).values(), set(graph.workspaces)
    shown = (each for each in known if ours or each.path.parents[1] in own_folders)
    asked = (triple for question in shown for triple in _question(question, spaces))
    return [*own, *(_shapes_described() if ours else ()), *asked, *shacl_terms()]


# --- Shapes ---------------------------------------------------------------------------------------------------------


@cache
def _prepared_shapes(base: str, house: bool, spoken: Languages) -> Shapes:  # noqa: FBT001  the key of the cache
    files = [_shape_folder() / _PREFIXES, *_house_shape_files()] if house else _data_shape_files()
    read = [triple for path in files for triple in _read(path, base)]
    return shacl.prepare(read if house else languages.adapted(read, spoken))


def _shape_folder() -> Path:
    return folder("ontology") / "shapes"


def _data_shape_files() -> list[Path]:
    return sorted(_shape_folder().glob("*.ttl"))


def _house_shape_files() -> list[Path]:
    return sorted((_shape_folder() / "house").glob("*.ttl"))


@cache
def _read(path: Path, base: str) -> tuple[Triple, ...]:
    return tuple(quad.triple for quad in read_layer(path, ONTOLOGY, Namespaces(base)))


# --- The house ------------------------------------------------------------------------------------------------------


@cache
def _shapes_described() -> tuple[Triple, ...]:
    """Give all shapes, and of each file of them the terms that it uses in RDF and in SPARQL."""
    read = (_read(path, PACKAGED) for path in (*_data_shape_files(), *_house_shape_files()))
    return tuple(triple for triples in read for triple in (*triples, *_term_uses(triples)))


def _term_uses(triples: tuple[Triple, ...]) -> Iterator[Triple]:
    file = next(triple.subject for triple in triples if triple.predicate == _TYPE and triple.object == _ONTOLOGY)
    named = {part.value for triple in triples for part in triple if isinstance(part, NamedNode)}
    selects = (_name(triple.object) for triple in triples if triple.predicate == _SELECT)
    known = {**Namespaces().prefixes, "shape": SHAPES}
    asked = {iri for select in selects for iri in admission.iris(select, known)}
    yield from (Triple(file, _REFERENCES, NamedNode(iri)) for iri in sorted(named | asked))


def _question(question: Question, namespaces: Namespaces) -> Iterator[Triple]:
    """Describe a question of the catalogue with the terms of SHACL for queries, and the terms that it uses."""
    iri, text = NamedNode(f"{PACKAGED}query/{question.name}"), namespaces.moved(question.text)
    yield Triple(iri, _TYPE, _EXECUTABLE)
    yield Triple(iri, node(f"sh:{admission.check(text)}"), Literal(text))
    for lang, summary in question.summary.items():
        yield Triple(iri, _LABEL, Literal(summary, language=lang))
    yield from (Triple(iri, _REFERENCES, NamedNode(term)) for term in sorted(admission.iris(text, namespaces.prefixes)))


def shacl_terms() -> Iterator[Triple]:
    """Declare the terms that SHACL has, so that one that it does not have is seen."""
    from rdflib import SH  # noqa: PLC0415  heavy, and validation loads it anyway

    reserved = (SH[word] for word in ("and", "class", "in", "not", "or"))  # rdflib does not list what Python reserves
    yield from (Triple(NamedNode(str(term)), _TYPE, _RESOURCE) for term in (*dir(SH), *reserved))


# --- What the report says besides -----------------------------------------------------------------------------------


def _checked_counts(graph: StoredGraph, rules: Iterable[Triple]) -> CheckedCounts:
    typed = [quad for quad in curated(graph.quads) if quad.predicate == _TYPE]
    claims, passages = (len({quad.subject for quad in typed if quad.object == kind}) for kind in (_CLAIM, _PASSAGE))
    return CheckedCounts(len({triple.subject for triple in rules if triple.predicate == _MESSAGE}), claims, passages)


def _report_context(graph: StoredGraph) -> ReportContext:
    texts: dict[Term, str] = {}
    quoted: dict[Term, list[Term]] = defaultdict(list)
    for quad in graph.quads:
        if quad.predicate == _VALUE and isinstance(quad.object, Literal) and quad.object.language:
            texts[quad.subject] = quad.object.value
        elif quad.predicate == _QUOTED:
            quoted[quad.subject].append(quad.object)
    quotes = {_name(claim): tuple(texts.get(term, _name(term)) for term in terms) for claim, terms in quoted.items()}
    claims = quotes.keys() | {_name(quad.subject) for quad in graph.quads if quad.object in (_CLAIM, _NO_CLAIM)}
    parts = {_name(part): (text,) for part, text in texts.items()}
    hints = {problem.quote: {lang: problem.hint_in(lang) for lang in LANGUAGES} for problem in graph.problems}
    return ReportContext(frozenset(claims), {**parts, **quotes}, hints, graph.namespaces, _places(graph, quoted))


def _places(graph: StoredGraph, quoted: Mapping[Term, Sequence[Term]]) -> dict[str, tuple[str, int]]:
    """Give where each part of a document begins, and each claim: where the first passage does that it quotes."""
    found = {
        f"{graph.namespaces.document(name)}#{fragment}".rstrip("#"): (name, unit.start)
        for name, source in graph.sources.items()
        for unit, fragment, _ in text_parts(source)
    }
    for claim, passages in quoted.items():
        places = [place for passage in passages if (place := _place_of(passage, graph))]
        if places:
            found[_name(claim)] = min(places)
    return found


def _place_of(passage: Term, graph: StoredGraph) -> tuple[str, int] | None:
    place = parse_passage(_name(passage))
    return (graph.namespaces.document_name(place[0]), place[1].start) if place else None


def _name(term: Term) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else str(term)
