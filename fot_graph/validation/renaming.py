"""A document whose claims are named after another folder: one mistake, which breaks the rules of a hundred claims."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from fot_graph.claims.found_layer import curated
from fot_graph.core.terms import node
from fot_graph.core.words import LANGUAGES, texts
from fot_graph.validation.report import SHAPES, ValidationResult

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fot_graph.core.namespaces import Namespaces
    from fot_graph.core.terms import Term
    from fot_graph.stores.interface import StoredGraph

_QUOTED, _SOURCE = node("prov:wasQuotedFrom"), node("oa:hasSource")


def told_once(results: Iterable[ValidationResult], graph: StoredGraph) -> list[ValidationResult]:
    """Put one result in the place of all those of a document whose folder has another name than its claims tell.

    What else is wrong with such a document shows when that is mended.
    """
    names = _renamed(graph)
    about = {*names, *names.values()}
    kept = (each for each in results if not about & {document_of(term, graph) for term in (each.focus, each.value)})
    return [*kept, *(_result(graph.namespaces, new, old) for new, old in sorted(names.items()))]


def _renamed(graph: StoredGraph) -> dict[str, str]:
    """Give the documents of which all claims are named after one other folder, each with the name of that folder."""
    folders: dict[str, set[str]] = defaultdict(set)
    for quad in curated(graph.quads):  # what rules find is named after the folder, whatever its claims are
        if quad.predicate == _QUOTED and isinstance(quad.object, NamedNode):
            named = document_of(quad.subject, graph)
            folders[document_of(quad.object, graph)].update({named} - {"background"})
    single = {new: min(names) for new, names in folders.items() if len(names) == 1}
    return {new: old for new, old in single.items() if _is_renamed(graph, new, old)}


def _is_renamed(graph: StoredGraph, new: str, old: str) -> bool:
    """Tell a folder of another name from a document that only the claims of another one quote."""
    known = graph.sources
    return new != old and new in known and (old not in known or known[old].text == known[new].text)


def document_of(term: Term | None, graph: StoredGraph) -> str:
    """Give the name of the document that a claim or a part or a name of a document belongs to; '' for anything else."""
    if not isinstance(term, NamedNode):
        return ""
    space = graph.namespaces.claim("")
    if term.value.startswith(space):
        return term.value.removeprefix(space).partition("/")[0]
    return re.split("[#/]", graph.namespaces.document_name(term.value))[0]


def _result(namespaces: Namespaces, new: str, old: str) -> ValidationResult:
    rule = NamedNode(f"{SHAPES}claim-place")
    said = [Literal(texts("validation", lang)["renamed"].format(new=new, old=old), language=lang) for lang in LANGUAGES]
    component, severity = node("sh:SPARQLConstraintComponent"), node("sh:Violation")
    focus = NamedNode(namespaces.document(new))
    return ValidationResult(NamedNode(f"{SHAPES}claim"), focus, None, None, rule, component, severity, tuple(said))
