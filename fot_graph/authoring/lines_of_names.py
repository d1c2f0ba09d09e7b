"""A name in the section 'Names' or 'Sources' of a `claims.md`: label, kind, aliases, and what else is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from fot_graph.authoring.lines_of_claims import NoForm, escaped
from fot_graph.claims.claims_md import blocks
from fot_graph.claims.claims_md.names import IN_SCHEME, KIND, PROPERTY, TYPE
from fot_graph.claims.claims_md.naming import ALIAS, PREFERRED
from fot_graph.core.terms import node

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from fot_graph.authoring.lines_of_claims import Terms
    from fot_graph.core.terms import Term

_CONCEPT = node("skos:Concept")


def name_line(thing: NamedNode, quads: list[Quad], terms: Terms) -> str:
    """Write what is said of a thing in one layer as a line. Raises: `NoForm` where it has no form."""
    said: dict[NamedNode, list[Term]] = {}
    for quad in quads:
        said.setdefault(quad.predicate, []).append(quad.object)
    labels = {term.language: term.value for term in said.pop(PREFERRED, []) if isinstance(term, Literal)}
    also = said.pop(ALIAS, [])
    own = [term.value for term in also if isinstance(term, Literal) and term.language == terms.language]
    first = labels.pop(terms.language, "") or (own.pop(0) if own else "")  # words of a language that has no labels
    if not first or not all(text == " ".join(text.split()) for text in (first, *labels.values())):
        raise NoForm
    kinds, schemes = said.pop(TYPE, []), said.pop(IN_SCHEME, [])
    if schemes and (len(schemes) != 1 or _CONCEPT not in kinds):
        raise NoForm
    kinds = [*schemes, *(each for each in kinds if not schemes or each != _CONCEPT)]
    shown = [terms.thing(kind, KIND) for kind in kinds]
    cells = [blocks.marked(escaped(first)), "; ".join(shown)]
    cells += [f"{lang}: {escaped(text)}" for lang, text in labels.items()]
    cells += [f"{terms.words.also}: {'; '.join(map(escaped, own))}"] if own else []
    rest = [term for term in also if not isinstance(term, Literal) or term.language != terms.language]
    for predicate, values in {**said, **({ALIAS: rest} if rest else {})}.items():
        cells.append(f"{terms.thing(predicate, PROPERTY)}: {terms.objects(values, predicate)}")
    cells.append(f"{terms.words.address}: {terms.names.shorten(thing.value)}")
    return f"- {' | '.join(cells)}"
