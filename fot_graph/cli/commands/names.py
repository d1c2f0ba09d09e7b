"""`fot-graph names [NAME]`: list the names that a claims.md can use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fot_graph.cli import opening, output, words
from fot_graph.core import media_types, tables
from fot_graph.core.words import Message, texts

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_words(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("word", metavar="NAME", nargs="?", default="", help="names.word")
    words.add_data(parser)
    words.add_common(parser, media_types.LIST)


def run(args: Namespace) -> int:
    """List each name with what it names, its other names and its CURIE; the exit code is 1 when none fits."""
    from fot_graph.claims import corpus  # noqa: PLC0415  --help does not pay for reading names
    from fot_graph.claims.claims_md.names import folded  # noqa: PLC0415
    from fot_graph.core import workspace  # noqa: PLC0415

    places = opening.data(args) or [workspace.packaged()]
    entries = corpus.context_of(places[0]).vocabulary().names.entries(args.lang)
    said = texts("names", args.lang)
    roles = {"kind": said["kind"], "property": said["property"]}
    found = sorted(each._replace(what=tuple(roles.get(what, what) for what in each.what)) for each in entries)
    rows = [[each.name, "; ".join(each.what), "; ".join(each.others), each.address] for each in found]
    rows = [row for row in rows if folded(args.word) in folded("; ".join(row))]
    if not rows:
        output.note(Message("no-such-name", name=args.word), args)
        return 1
    format_ = output.format_of(args, media_types.LIST, output.fitting_format(args))
    header = [said[column] for column in ("label", "what", "others", "address")]
    if format_ == "table":
        return output.deliver(tables.table(header, rows, width=output.width(args)), args)
    return output.deliver(
        output.list_text(header, rows, [dict(zip(header, row, strict=True)) for row in rows], format_), args
    )
