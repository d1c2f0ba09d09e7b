"""`fot-graph entities (add | rename | merge | check | convert) …`: keep the names that documents share."""

from __future__ import annotations

from os.path import relpath
from typing import TYPE_CHECKING

from fot_graph.cli import opening, output, words
from fot_graph.core import files, workspace
from fot_graph.core.errors import OutputFileError, UsageError, system_message
from fot_graph.core.words import Message

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from fot_graph.core.workspace import Workspace

_GIVEN = {"add": 1, "rename": 2, "merge": 2, "check": 0, "convert": 0}


def add_words(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("action", metavar="ACTION", choices=[*_GIVEN], help="entities.action")
    parser.add_argument("names", metavar="NAME", nargs="*", help="entities.names")
    parser.add_argument("--language", metavar="LANG", default="", help="entities.language")
    added = parser.add_argument_group("entities.group")
    added.add_argument("--kind", metavar="KIND", default="", help="entities.kind")
    added.add_argument("--label", metavar="LANG=LABEL", action="append", default=[], help="entities.label")
    added.add_argument("--alias", metavar="ALIAS", action="append", default=[], help="entities.alias")
    added.add_argument("--id", metavar="CURIE", default="", help="entities.id")
    parser.epilog = "entities.epilog"
    words.add_data(parser)
    words.add_language(parser)
    words.add_limit(parser)


def run(args: Namespace) -> int:
    """Do one of these; the exit code is 1 when `check` finds something."""
    if len(args.names) != _GIVEN[args.action]:
        raise UsageError("entities-names", action=args.action, count=_GIVEN[args.action])
    places = opening.data(args) or []
    home = workspace.above(places[0]) if len(places) == 1 else None
    if home is None:
        raise UsageError("no-workspace-here")
    done = {"add": _add, "rename": _rename, "merge": _merge, "check": _check, "convert": _convert}
    found = done[args.action](workspace.read(home), args)
    output.say("".join(f"{each.worded(args.lang)}\n" for each in found))
    return 1 if args.action == "check" and found else 0


def _add(home: Workspace, args: Namespace) -> list[Message]:
    from fot_graph.authoring import entities  # noqa: PLC0415  --help does not pay for reading names

    if not args.kind:
        raise UsageError("entity-without-kind")
    pairs = [label.partition("=")[::2] for label in args.label]
    labels = {args.language or home.languages[0]: args.names[0], **dict(pairs)}
    table = entities.table(home)
    row = entities.add(table, labels, args.kind, args.alias, args.id)
    entities.write(table)
    return [Message("entity-added", name=row["id"], path=relpath(table.file))]


def _rename(home: Workspace, args: Namespace) -> list[Message]:
    from fot_graph.authoring import entities  # noqa: PLC0415  as above

    table = entities.table(home)
    row = entities.rename(table, args.names[0], args.language or home.languages[0], args.names[1])
    entities.write(table)
    return [Message("entity-renamed", name=row["id"], label=args.names[1])]


def _merge(home: Workspace, args: Namespace) -> list[Message]:
    from fot_graph.authoring import entities  # noqa: PLC0415  as above

    table = entities.table(home)
    kept, gone = entities.merge(table, *args.names)
    changed = entities.replaced(home, gone["id"], kept["id"])
    entities.write(table)
    for path, text in changed.items():
        files.write(path, text)
    return [Message("entity-merged", name=gone["id"], other=kept["id"], count=len(changed))]


def _check(home: Workspace, _: Namespace) -> list[Message]:
    from fot_graph.authoring import entities  # noqa: PLC0415  as above

    return entities.check(home)


def _convert(home: Workspace, _: Namespace) -> list[Message]:
    from fot_graph.authoring import entities  # noqa: PLC0415  as above
    from fot_graph.claims import entities_csv  # noqa: PLC0415  as above
    from fot_graph.claims.layers import NAMING, read_layer  # noqa: PLC0415  as above
    from fot_graph.core.namespaces import Namespaces  # noqa: PLC0415  as above
    from fot_graph.formats.turtle import turtle  # noqa: PLC0415  as above

    spaces, turtle_file = Namespaces(home.base), home.folder / "data" / "entities.ttl"
    table_file = turtle_file.with_name(entities_csv.FILE)
    if table_file.exists() and turtle_file.exists():
        raise UsageError("entities-in-both")
    if table_file.exists():
        old, new = table_file, turtle_file
        text = turtle((quad.triple for quad in entities_csv.read(old, spaces)), spaces)
    else:
        old, new = turtle_file, table_file
        text = entities.text(entities.of_quads(new, read_layer(old, NAMING, spaces), spaces, home.languages))
    files.write(new, text)
    try:
        old.unlink()
    except OSError as error:
        raise OutputFileError(old, system_message(error)) from error
    return [Message("claims-converted", old=old, new=new)]
