"""SHACL shapes, evaluated where each kind of constraint is fast (W3C SHACL, Core and SPARQL-based constraints).

pyshacl evaluates the core constraints, on a plain rdflib graph. It would run a constraint in SPARQL once for every
focus node, in rdflib; here such a constraint runs once for all of them, in Oxigraph. The results are the same.
"""

from __future__ import annotations

import logging
import re
from collections import Counter, defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QuerySolutions, Store, Triple

from fot_graph.core.errors import FotGraphError
from fot_graph.core.terms import canonical, node
from fot_graph.validation.report import ValidationResult

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import rdflib

    from fot_graph.core.terms import Term


_SPARQL, _SELECT, _MESSAGE, _SEVERITY = map(node, ("sh:sparql", "sh:select", "sh:message", "sh:severity"))
_DEACTIVATED, _PREFIXES, _DECLARE = map(node, ("sh:deactivated", "sh:prefixes", "sh:declare"))
_PREFIX, _NAMESPACE, _PATH = map(node, ("sh:prefix", "sh:namespace", "sh:path"))
_VIOLATION, _COMPONENT = map(node, ("sh:Violation", "sh:SPARQLConstraintComponent"))
_TYPE, _NODE_SHAPE, _PROPERTY = map(node, ("rdf:type", "sh:NodeShape", "sh:property"))
_STRING = node("xsd:string")
# How a target of a shape is found, with the term that the shape gives for it.
_TARGETS = {
    node("sh:targetNode"): "BIND ({} AS ?this)",
    node("sh:targetClass"): "?this a/<http://www.w3.org/2000/01/rdf-schema#subClassOf>* {}",
    node("sh:targetSubjectsOf"): "?this {} ?_object",
    node("sh:targetObjectsOf"): "?_subject {} ?this",
}


class Constraint(NamedTuple):
    """A constraint in SPARQL of a shape, ready to run for all focus nodes at once."""

    shape: NamedNode | BlankNode
    node: NamedNode | BlankNode
    query: str
    severity: NamedNode
    messages: tuple[Literal, ...]


class Shapes(NamedTuple):
    """Shapes as written, what of them is left to pyshacl (`core`), and the constraints that Oxigraph runs."""

    triples: tuple[Triple, ...]
    core: tuple[Triple, ...]
    constraints: tuple[Constraint, ...]


def prepare(triples: Iterable[Triple]) -> Shapes:
    """Tell the constraints of shapes that Oxigraph can run for all focus nodes from those that are left to pyshacl.

    Left are those of property shapes, of shapes without a target, and of shapes that other shapes refer to.
    """
    graph = _Graph(triples)
    moved = {triple for triple in graph.triples if triple.predicate == _SPARQL and graph.stands_alone(triple.subject)}
    constraints = (graph.constraint(triple.subject, triple.object) for triple in graph.triples if triple in moved)
    core = (each for triple in graph.triples if triple not in moved for each in graph.targeted(triple))
    return Shapes(graph.triples, tuple(core), tuple(filter(None, constraints)))


class _Graph:
    """The triples of shapes by subject and property."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.triples = tuple(dict.fromkeys(triples))
        self._values: dict[tuple[Term, NamedNode], list[Term]] = defaultdict(list)
        for triple in self.triples:
            self._values[triple.subject, triple.predicate].append(triple.object)
        self._uses = Counter(triple.object for triple in self.triples)

    def values(self, subject: Term, predicate: NamedNode) -> list[Term]:
        return self._values.get((subject, predicate), [])

    def stands_alone(self, shape: Term) -> bool:
        return self._has_targets(shape) and shape not in self._uses and not self.values(shape, _PATH)

    def _has_targets(self, shape: Term) -> bool:
        return any(self.values(shape, target) for target in _TARGETS)

    def targeted(self, triple: Triple) -> list[Triple]:
        """Give the targets of a shape to a property shape that only this shape uses, in place of the use.

        The results are the same, and pyshacl is faster: it looks at all targets of a shape together, but at the focus
        nodes that another shape hands on one by one.
        """
        shape, predicate, used = triple
        is_plain = self.values(shape, _TYPE) == [_NODE_SHAPE]  # the instances of one that is a class are targets too
        if predicate != _PROPERTY or not is_plain or not self.stands_alone(shape) or self._is_off(shape):
            return [triple]
        if isinstance(used, Literal | Triple) or self._uses[used] > 1 or self._has_targets(used):
            return [triple]
        return [Triple(used, target, term) for target in _TARGETS for term in self.values(shape, target)]

    def constraint(self, shape: Term, node: Term) -> Constraint | None:
        selects = self.values(node, _SELECT)
        if self._is_off(shape) or self._is_off(node) or not selects:
            return None
        assert not isinstance(shape, Literal | Triple)
        assert not isinstance(node, Literal | Triple)
        severities = [term for term in self.values(shape, _SEVERITY) if isinstance(term, NamedNode)]
        messages = self.values(node, _MESSAGE) or self.values(shape, _MESSAGE)
        query = f"{self._prefixes(node)}{_for_all_focus_nodes(_plain_text(selects[0]), self._targets(shape))}"
        return Constraint(shape, node, query, (severities or [_VIOLATION])[0], _literals(messages))

    def _is_off(self, node: Term) -> bool:
        return any(_plain_text(term) in ("true", "1") for term in self.values(node, _DEACTIVATED))

    def _prefixes(self, node: Term) -> str:
        declared = [term for ontology in self.values(node, _PREFIXES) for term in self.values(ontology, _DECLARE)]
        pairs = ((self.values(term, _PREFIX)[0], self.values(term, _NAMESPACE)[0]) for term in declared)
        return "".join(f"PREFIX {_plain_text(prefix)}: <{_plain_text(namespace)}>\n" for prefix, namespace in pairs)

    def _targets(self, shape: Term) -> list[str]:
        return [pattern.format(term) for target, pattern in _TARGETS.items() for term in self.values(shape, target)]


def _for_all_focus_nodes(select: str, targets: list[str]) -> str:
    """Write a query so that it looks at all focus nodes: they are found first, where the query begins to match."""
    head, brace, body = select.partition("{")
    focus = " UNION ".join(f"{{ {target} }}" for target in targets)
    return f"{head}{brace} {{ SELECT DISTINCT ?this WHERE {{ {focus} }} }} {body}"


def _plain_text(term: Term) -> str:
    return term.value if isinstance(term, NamedNode | BlankNode | Literal) else str(term)


def _literals(terms: Iterable[Term]) -> tuple[Literal, ...]:
    return tuple(sorted((term for term in terms if isinstance(term, Literal)), key=str))


def paths(results: Iterable[ValidationResult], triples: Iterable[Triple]) -> list[Triple]:
    """Give of the triples of shapes those that describe the paths in results that are more than one property."""
    about: dict[Term, list[Triple]] = defaultdict(list)
    for triple in triples:
        about[triple.subject].append(triple)
    found: dict[Triple, None] = {}
    waiting = [result.path for result in results if isinstance(result.path, BlankNode)]
    while waiting:
        new = [triple for triple in about[waiting.pop()] if triple not in found]
        found.update(dict.fromkeys(new))
        waiting += [triple.object for triple in new if isinstance(triple.object, BlankNode)]
    return list(found)


# --- Evaluation -----------------------------------------------------------------------------------------------------


def evaluate(data: Iterable[Triple], shapes: Shapes) -> list[ValidationResult]:
    """Give the results of all shapes for a data graph, in no particular order.

    Raises: `FotGraphError` when pyshacl cannot make sense of the shapes.
    """
    triples = list(data)
    return [*core_results(triples, shapes.core), *sparql_results(triples, shapes.constraints)]


def sparql_results(data: Iterable[Triple], constraints: Iterable[Constraint]) -> Iterator[ValidationResult]:
    """Run constraints in SPARQL on Oxigraph, each once for all its focus nodes."""
    triples = list(data)
    store = Store()
    store.extend(Quad(*triple) for triple in triples)
    written = {stored: term for term, stored in canonical(triple.object for triple in triples).items()}
    for constraint in constraints:
        solutions = store.query(constraint.query)
        assert isinstance(solutions, QuerySolutions)
        names = [variable.value for variable in solutions.variables]
        for row in dict.fromkeys(tuple(solution) for solution in solutions):
            pairs = ((name, term) for name, term in zip(names, row, strict=True) if term is not None)
            yield _result(constraint, {name: written.get(term, term) for name, term in pairs})


def _result(constraint: Constraint, bound: dict[str, Term]) -> ValidationResult:
    """Make a result of a solution (SHACL, 5.3.2): without a value it is the focus node that is at fault."""
    bound = {"value": bound["this"], **bound}
    return ValidationResult(
        shape=constraint.shape,
        focus=bound["this"],
        path=bound.get("path"),
        value=bound["value"],
        constraint=constraint.node,
        component=_COMPONENT,
        severity=constraint.severity,
        messages=_literals(_filled_message(message, bound) for message in constraint.messages),
    )


def _filled_message(message: Literal, bound: dict[str, Term]) -> Literal:
    def fill(name: re.Match[str]) -> str:
        return _plain_text(bound[name[1]]) if name[1] in bound else name[0]

    return Literal(re.sub(r"\{[?$](\w+)\}", fill, message.value), language=message.language)


# --- The core, by pyshacl -------------------------------------------------------------------------------------------


def core_results(data: Iterable[Triple], core: Iterable[Triple]) -> Iterator[ValidationResult]:
    """Let pyshacl evaluate shapes.

    Raises: `FotGraphError` when it cannot make sense of them.
    """
    import rdflib  # noqa: PLC0415  heavy, and nobody pays for it who does not validate
    from pyshacl import validate  # noqa: PLC0415

    with lexical_forms():
        _, report, text = validate(to_rdflib(data), shacl_graph=to_rdflib(core), inference="none")
    if not isinstance(report, rdflib.Graph):
        raise FotGraphError("shapes-not-evaluated", words=text)
    yield from from_report(report)


@contextmanager
def lexical_forms() -> Iterator[None]:
    """Keep rdflib from rewriting literals ('01' as '1') and from logging malformed ones: SHACL reports them."""
    import rdflib  # noqa: PLC0415

    log = logging.getLogger("rdflib.term")
    before = rdflib.NORMALIZE_LITERALS, log.disabled
    rdflib.NORMALIZE_LITERALS, log.disabled = False, True
    try:
        yield
    finally:
        rdflib.NORMALIZE_LITERALS, log.disabled = before


def to_rdflib(triples: Iterable[Triple]) -> rdflib.Graph:
    """Give triples as a plain rdflib graph in memory, with their lexical forms and the names of their blank nodes."""
    from rdflib import BNode, Graph, URIRef  # noqa: PLC0415
    from rdflib import Literal as RdfLiteral  # noqa: PLC0415

    def term(term: Term) -> rdflib.term.Node:
        if isinstance(term, NamedNode):
            return URIRef(term.value)
        if isinstance(term, Literal):
            datatype = None if term.language or term.datatype == _STRING else URIRef(term.datatype.value)
            return RdfLiteral(term.value, lang=term.language, datatype=datatype, normalize=False)
        return BNode(_plain_text(term))

    terms: dict[Term, rdflib.term.Node] = {}
    graph = Graph(bind_namespaces="none")
    for triple in triples:
        for part in triple:
            if part not in terms:
                terms[part] = term(part)
        graph.add((terms[triple.subject], terms[triple.predicate], terms[triple.object]))
    return graph


def from_report(report: rdflib.Graph) -> Iterator[ValidationResult]:
    """Read the results of a standard report (SHACL, 3.6)."""
    from rdflib import RDF, SH  # noqa: PLC0415

    for result in report.subjects(RDF.type, SH.ValidationResult):
        values = {predicate: _from_rdflib(value) for predicate, value in report.predicate_objects(result)}
        yield ValidationResult(
            shape=values[SH.sourceShape],
            focus=values[SH.focusNode],
            path=values.get(SH.resultPath),
            value=values.get(SH.value),
            constraint=values.get(SH.sourceConstraint),
            component=values[SH.sourceConstraintComponent],
            severity=values[SH.resultSeverity],
            messages=_literals(_from_rdflib(message) for message in report.objects(result, SH.resultMessage)),
        )


def _from_rdflib(term: rdflib.term.Node) -> Term:
    from rdflib import BNode  # noqa: PLC0415
    from rdflib import Literal as RdfLiteral  # noqa: PLC0415

    if isinstance(term, RdfLiteral):
        datatype = NamedNode(str(term.datatype)) if term.datatype and not term.language else None
        return Literal(str(term), language=term.language, datatype=datatype)
    return BlankNode(str(term)) if isinstance(term, BNode) else NamedNode(str(term))
