"""`fot-graph show ENTITY`: show what the graph says of a person, organisation, policy or theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from fot_graph.cli import claims, home, output, words
from fot_graph.core import media_types, tables
from fot_graph.core.order import grouped
from fot_graph.core.words import texts

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator, Sequence

    from fot_graph.cli.claims import FactPrinter
    from fot_graph.questions.facts import Entity, Fact


def add_words(parser: ArgumentParser) -> None:
    """Add the options."""
    text = "a label in Dutch or English, a CURIE such as id:serv, or an IRI"
    parser.add_argument("entity", metavar="ENTITY", help=text)
    parser.epilog = "Arrows: → it does, ← is done to it. A claim's own name shows what the claim says."
    words.add_common(parser, media_types.ROWS)
    words.add_iris(parser)
    words.add_statuses(parser)
    words.add_home(parser)
    words.add_limit(parser)


def run(args: Namespace) -> int:
    """Show the thing."""
    graph = home.part(args)
    entity = graph.entity(args.entity)
    found = entity.facts()
    support = claims.FactPrinter(graph, found, args)
    format_ = output.format_of(args, media_types.ROWS, output.fitting_format(args))
    if format_ == "table":
        return output.deliver(_page(entity, found, support, args), args)
    if format_ == "json":
        return output.deliver(output.json_text(_object(entity, found, support)), args)
    if format_ == "md":
        return output.deliver(_markdown_head(entity, support, args.lang) + support.markdown(found), args)
    return output.deliver(support.text(found, format_), args)


def _page(entity: Entity, found: Sequence[Fact], support: FactPrinter, args: Namespace) -> str:
    """Give the names, and below them the facts under their relation."""
    width = output.width(args)
    head = _head(entity, support, args.lang)
    shown = tables.records(list(head), [list(head.values())], width or 10**6)
    groups = grouped(found, lambda fact: (_direction(fact, entity), support.name(fact.relation)))
    blocks = [
        "\n".join([output.wrapped(f"{arrow} {relation}".strip(), width), *(_lines(arrow, members, support, width))])
        for (arrow, relation), members in sorted(groups.items())
    ]
    return "\n\n".join([shown.rstrip(), *(blocks or [texts("show", args.lang)["none"]])]) + "\n"


def _head(entity: Entity, support: FactPrinter, lang: str) -> dict[str, str]:
    """Give what is known of a thing by the layers: its names in both languages, its types, what it reads."""
    said = {
        **{tongue: " / ".join(entity.names(tongue)) for tongue in (lang, *({"nl", "en"} - {lang}))},
        "also": " / ".join(entity.other_names()),
        "type": ", ".join(support.name(NamedNode(iri)) for iri in entity.types),
        "definition": " ".join(entity.texts("skos:definition", lang)),
        "text": " ".join(entity.texts("prov:value", "nl")),
        "rationale": " ".join(entity.texts("fot:rationale", lang)),
        "iri": entity.name,
    }
    return {texts("show", lang)[name]: tables.folded(text) for name, text in said.items() if text}


def _direction(fact: Fact, entity: Entity) -> str:
    return "→" if fact.subject == entity.node else "←" if fact.object == entity.node else ""


def _lines(arrow: str, members: Sequence[Fact], support: FactPrinter, width: int | None) -> Iterator[str]:
    """Give the other end of each fact and what supports it; both ends where neither is the thing itself."""
    for fact in members:
        both = f"{support.name(fact.subject)} → {support.name(fact.object)}"
        other = {"→": support.name(fact.object), "←": support.name(fact.subject)}.get(arrow, both)
        yield output.wrapped(other, width, 2)
        yield support.lines(fact, width, 6)


def _object(entity: Entity, found: Sequence[Fact], support: FactPrinter) -> dict[str, object]:
    return {
        "iri": entity.iri,
        "labels": {lang: entity.names(lang) for lang in ("nl", "en")},
        "alsoNamed": entity.other_names(),
        "types": [{"iri": iri, "label": support.name(NamedNode(iri))} for iri in entity.types],
        "definition": {lang: entity.texts("skos:definition", lang) for lang in ("nl", "en")},
        "text": entity.texts("prov:value", "nl"),
        "facts": [support.as_object(fact) for fact in found],
    }


def _markdown_head(entity: Entity, support: FactPrinter, lang: str) -> str:
    head = _head(entity, support, lang)
    lines = "".join(f"- {name}: {tables.markdown(text)}\n" for name, text in head.items())
    return f"# {tables.markdown(support.name(entity.node))}\n\n{lines}\n"
