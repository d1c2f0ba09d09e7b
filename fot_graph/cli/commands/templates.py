"""`fot-graph templates [NAME]`: list the kinds of fact that a claims.md can name in one line, or explain one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fot_graph.cli import opening, output, words
from fot_graph.core import media_types, tables
from fot_graph.core.errors import UsageError
from fot_graph.core.words import texts

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Mapping

    from fot_graph.claims.claims_md.templates import Template


def add_words(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("name", metavar="NAME", nargs="?", default="", help="templates.name")
    words.add_data(parser)
    words.add_common(parser, media_types.LIST)


def run(args: Namespace) -> int:
    """List the templates with the form of their lines, what they say, and an example."""
    from fot_graph.claims.claims_md import templates  # noqa: PLC0415  --help does not pay for reading them

    known = templates.read_all(opening.workspaces(args))
    found = list(known.values())
    if args.name:
        found = [each for each in found if args.name.lower() in (each.name, *map(str.lower, each.names.values()))]
        if not found:
            raise UsageError("no-such-template", name=args.name)
        if output.format_of(args, media_types.LIST, output.fitting_format(args)) == "table":
            return output.deliver(_explained(found[0], known, args), args)
    lines = [each.usage(args.lang).removeprefix("- ") for each in found]  # a cell that begins with a hyphen is guarded
    rows = [
        [line, each.help[args.lang], each.examples[args.lang].line] for line, each in zip(lines, found, strict=True)
    ]
    format_ = output.format_of(args, media_types.LIST, output.fitting_format(args))
    header = ["line", "help", "example"]
    if format_ == "table":
        said = [texts("names", args.lang)[name] for name in header[:2]]
        return output.deliver(tables.table(said, [row[:2] for row in rows], width=output.width(args)), args)
    return output.deliver(output.list_text(header, rows, [_described(each) for each in found], format_), args)


def _explained(template: Template, templates: Mapping[str, Template], args: Namespace) -> str:
    """Tell how a line of a template is written, what each of its fields may hold, and an example."""
    from fot_graph.claims import corpus  # noqa: PLC0415  only this form pays for reading names
    from fot_graph.claims.claims_md.examples import example  # noqa: PLC0415  as above
    from fot_graph.core import workspace  # noqa: PLC0415

    vocabulary = corpus.context_of((opening.data(args) or [workspace.packaged()])[0]).vocabulary()
    names = vocabulary.names
    said = texts("names", args.lang)
    held = []
    for field in template.fields:
        prefix = field.kind.removesuffix(":")
        known = (
            names.of_scheme(names.namespaces.prefixes[prefix].rstrip("/"), args.lang) if field.kind != prefix else []
        )
        kind = (
            said["of-scheme"].format(prefix=field.kind, names="; ".join(known)) if known else said.get(field.kind, "")
        )
        held.append([field.names[args.lang], kind or field.kind])
    is_shown = template.examples[args.lang].line
    shown = example(template, templates, names, args.lang, vocabulary.languages) if is_shown else ""
    fields = tables.table([said["field"], said["holds"]], held, width=output.width(args))
    return f"{template.usage(args.lang)}\n\n{template.help[args.lang]}\n\n{fields}\n{shown}"


_SAID = ("number", "money", "period", "date", "text", "name", "thing", "counted:")


def _described(template: Template) -> dict[str, object]:
    fields = [each._asdict() for each in template.fields]
    return {"name": template.name, "names": template.names, "help": template.help, "fields": fields}
