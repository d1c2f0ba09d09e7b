"""A fact and what supports it, as `show` and `path` print them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from fot_graph import terms
from fot_graph.cli import output
from fot_graph.namespaces import curie

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Mapping

    from fot_graph.facts import Fact

    Names = Callable[[terms.Term | None], str]

FORMATS = ("table", "csv", "tsv", "json", "xml", "md")


def names(labels: Mapping[str, str], args: Namespace) -> Names:
    """Name things as the options of a command ask: in its language, or by their CURIE."""
    known, blanks = ({} if args.iris else labels), terms.blank_names()
    return lambda term: terms.shown(term, known, blanks, args.lang)


def support(fact: Fact, names: Names, width: int | None, indent: int) -> str:
    """Give the claim behind a fact: its status and voice, its name, and below them its quote."""
    who = ", ".join(names(term) for term in (fact.status, fact.voice) if term is not None)
    lines = [f"{who} ({curie(fact.claim.value)})", *([f"“{fact.quote.value}”"] if fact.quote else [])]
    return "\n".join(output.wrapped(line, width, indent) for line in lines)


def as_object(fact: Fact, names: Names) -> dict[str, object]:
    """Give a fact for JSON: its terms with their labels, and what supports it."""
    return {
        "subject": _term(fact.subject, names),
        "relation": _term(fact.relation, names),
        "object": _term(fact.object, names),
        "status": _term(fact.status, names),
        "voice": _term(fact.voice, names),
        "quote": fact.quote.value if fact.quote else None,
        "claim": fact.claim.value,
    }


def _term(term: terms.Term | None, names: Names) -> dict[str, str] | None:
    match term:
        case NamedNode():
            return {"iri": term.value, "label": names(term)}
        case Literal(language=str(tag)):
            return {"value": term.value, "language": tag}
        case Literal():
            return {"value": terms.lexical(term), "datatype": term.datatype.value}
    return None if term is None else {"value": str(term)}
