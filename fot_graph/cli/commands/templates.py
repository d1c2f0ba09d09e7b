"""`fot-graph templates`: list the kinds of fact that a claims.md can name in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fot_graph.cli import opening, output, words
from fot_graph.core import media_types, tables

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from fot_graph.claims.claims_md.templates import Template


def add_words(parser: ArgumentParser) -> None:
    """Add the options."""
    words.add_data(parser)
    words.add_common(parser, media_types.LIST)


def run(args: Namespace) -> int:
    """List the templates with the form of their lines, what they say, and an example."""
    from fot_graph.claims.claims_md import templates  # noqa: PLC0415  --help does not pay for reading them

    found = list(templates.read_all(opening.workspaces(args)).values())
    lines = [each.usage(args.lang).removeprefix("- ") for each in found]  # a cell that begins with a hyphen is guarded
    rows = [[line, each.help[args.lang], each.examples[args.lang][0]] for line, each in zip(lines, found, strict=True)]
    format_ = output.format_of(args, media_types.LIST, output.fitting_format(args))
    header = ["line", "help", "example"]
    if format_ == "table":
        return output.deliver(tables.table(header[:2], [row[:2] for row in rows], width=output.width(args)), args)
    return output.deliver(output.list_text(header, rows, [_described(each) for each in found], format_), args)


def _described(template: Template) -> dict[str, object]:
    fields = [each._asdict() for each in template.fields]
    return {"name": template.name, "names": template.names, "help": template.help, "fields": fields}
