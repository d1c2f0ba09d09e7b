"""`fot-graph show ENTITY`: show what the graph says of a person, organisation, policy or theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from fot_graph.cli import claims, opening, output, words
from fot_graph.core import media_types, tables
from fot_graph.core.canonical_order import grouped
from fot_graph.core.statuses import firmness_rank
from fot_graph.core.words import Message, texts
from fot_graph.questions.facts import Entity

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator, Sequence

    from fot_graph.cli.claims import FactPrinter
    from fot_graph.questions.facts import Fact


def add_words(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("entity", metavar="ENTITY", help="show.entity")
    parser.epilog = "show.epilog"
    words.add_common(parser, media_types.ROWS)
    words.add_iris(parser)
    words.add_statuses(parser)
    words.add_graph_choice(parser)
    words.add_limit(parser)


def run(args: Namespace) -> int:
    """Show the thing."""
    whole = opening.graph(args)
    graph = opening.part(whole, args)
    entity = graph.entity(args.entity)
    found, members = entity.shown_facts(args.statuses), entity.members()
    both = [*found, *(fact for fact in members if fact not in found)]
    support = claims.FactPrinter(graph, both, args)
    format_ = output.format_of(args, media_types.ROWS, output.fitting_format(args))
    text: str | bytes
    if format_ == "table":
        text = _page(entity, found, members, support, args)
    elif format_ == "json":
        text = output.json_text(_object(entity, found, members, support))
    elif format_ == "md":
        text = _markdown_head(entity, members, support, args.lang) + support.markdown(found)
    else:
        text = support.text(both, format_)
    output.deliver(text, args)
    if not found and args.statuses:
        _tell_statuses(Entity(whole, entity.node).facts(), args)
    return 0


def _tell_statuses(facts: Sequence[Fact], args: Namespace) -> None:
    """Say which statuses the facts have that the chosen ones leave out, if there are any."""
    statuses = {fact.status.value.rpartition("/")[2] for fact in facts if fact.status}
    if statuses:
        output.note(Message("emptied-by-statuses", statuses=sorted(statuses, key=firmness_rank)), args)


def _page(entity: Entity, found: Sequence[Fact], members: Sequence[Fact], support: FactPrinter, args: Namespace) -> str:
    """Give the names, below them the facts under their relation, and the members of a class or a scheme."""
    width = output.width(args)
    head = _known_names(entity, support, args.lang)
    shown = tables.records(list(head), [list(head.values())], width or 10**6)
    groups = grouped(found, lambda fact: (_direction(fact, entity), support.name(fact.relation)))
    blocks = [
        "\n".join([output.wrap_text(f"{arrow} {relation}".strip(), width), *(_lines(arrow, members, support, width))])
        for (arrow, relation), members in sorted(groups.items())
    ]
    if members:
        listed = (output.wrap_text(f"{label}  {name}", width, 2) for label, name in _members(members, support))
        blocks.append("\n".join([_counted(members, args.lang), *listed]))
    none = [] if found else [texts("show", args.lang)["none"]]
    return "\n\n".join([shown.rstrip(), *none, *blocks]) + "\n"


def _members(members: Sequence[Fact], support: FactPrinter) -> list[tuple[str, str]]:
    """Give each member of a class once, by its label and its CURIE, in the order of the labels."""
    named = {(support.name(fact.subject), support.curie(fact.subject)) for fact in members}
    return sorted(named, key=lambda pair: (pair[0].casefold(), pair[1]))


def _counted(members: Sequence[Fact], lang: str) -> str:
    return texts("show", lang)["members"].format(len({fact.subject for fact in members}))


def _known_names(entity: Entity, support: FactPrinter, lang: str) -> dict[str, str]:
    """Give what is known of a thing by the layers: its names in each language, its types, what it reads."""
    words, spoken = texts("show", lang), entity.spoken(*_NAMES)
    said = {
        **{tongue: " / ".join(entity.names(tongue)) for tongue in sorted(spoken, key=lambda tongue: tongue != lang)},
        "also": " / ".join(entity.other_names()),
        "type": ", ".join(support.name(NamedNode(iri)) for iri in entity.types),
        "definition": entity.text_for("skos:definition", lang),
        "text": entity.text_for("prov:value", lang),
        "rationale": entity.text_for("fot:rationale", lang),
        "iri": entity.name,
    }
    return {words.get(name, name): tables.one_line(text) for name, text in said.items() if text}


_NAMES = ("skos:prefLabel", "rdfs:label")


def _direction(fact: Fact, entity: Entity) -> str:
    return "→" if fact.subject == entity.node else "←" if fact.object == entity.node else ""


def _lines(arrow: str, members: Sequence[Fact], support: FactPrinter, width: int | None) -> Iterator[str]:
    """Give the other end of each fact and what supports it; both ends where neither is the thing itself."""
    for fact in members:
        both = f"{support.name(fact.subject)} → {support.value(fact)}"
        other = {"→": support.value(fact), "←": support.name(fact.subject)}.get(arrow, both)
        yield output.wrap_text(other, width, 2)
        yield support.lines(fact, width, 6)


def _object(entity: Entity, found: Sequence[Fact], members: Sequence[Fact], support: FactPrinter) -> dict[str, object]:
    return {
        "iri": entity.iri,
        "labels": {lang: entity.names(lang) for lang in entity.spoken(*_NAMES)},
        "alsoNamed": entity.other_names(),
        "types": [{"iri": iri, "label": support.name(NamedNode(iri))} for iri in entity.types],
        "definition": {lang: entity.texts("skos:definition", lang) for lang in entity.spoken("skos:definition")},
        "text": [text for lang in entity.spoken("prov:value") for text in entity.texts("prov:value", lang)],
        "facts": [support.as_object(fact) for fact in found],
        "members": support.as_things(fact.subject for fact in members),
    }


def _markdown_head(entity: Entity, members: Sequence[Fact], support: FactPrinter, lang: str) -> str:
    head = _known_names(entity, support, lang)
    lines = "".join(f"- {name}: {tables.markdown(text)}\n" for name, text in head.items())
    named = (f"- {tables.markdown(label)} ({tables.markdown(name)})\n" for label, name in _members(members, support))
    listed = f"{_counted(members, lang)}\n\n{''.join(named)}\n" if members else ""
    return f"# {tables.markdown(support.name(entity.node))}\n\n{lines}\n{listed}"
