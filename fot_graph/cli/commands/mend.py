"""`fot-graph mend`: propose the nearest passage for each quote that does not hold, and put in what is certain."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fot_graph.cli import opening, output, words
from fot_graph.core import media_types
from fot_graph.core.words import fill, texts

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

    from fot_graph.authoring.mending import Proposal

_MOST_CHANGES = 12  # that are shown of one quote


def add_words(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("files", metavar="PATH", nargs="*", type=Path, help="mend.files")
    parser.add_argument("--write", action="store_true", help="mend.write")
    words.add_data(parser)
    words.add_common(parser, media_types.MENDING)


def run(args: Namespace) -> int:
    """List the quotes that do not hold; the exit code is 1 when one is left so."""
    from fot_graph.authoring import mending  # noqa: PLC0415  --help does not pay for reading documents

    found = mending.proposals([*args.files, *args.data] or opening.data(args))
    written = mending.write_certain(found) if args.write else []
    format_ = output.format_of(args, media_types.MENDING, "text")
    text = _json(found, written) if format_ == "json" else _text(found, written, args)
    output.deliver(text, args)
    left = [one for one in found if one.state != mending.FOUND and one not in written]
    return 1 if left else 0


def _json(found: Sequence[Proposal], written: Sequence[Proposal]) -> str:
    return output.json_text(
        [
            {
                "file": str(one.file),
                "line": one.line,
                "claim": one.claim,
                "quote": one.quote,
                "state": one.state,
                "error": one.error,
                "passage": one.passage,
                "sourceLine": one.source_line,
                "changes": [list(change) for change in one.changes],
                "only": one.only or "",
                "certain": one.certain,
                "written": one in written,
                "overlooked": list(one.overlooked),
            }
            for one in found
        ]
    )


def _text(found: Sequence[Proposal], written: Sequence[Proposal], args: Namespace) -> str:
    said = texts("mending", args.lang)
    blocks = ["\n".join(_lines(one, args.lang, is_written=one in written)) + "\n" for one in found]
    bad = [one for one in found if one.state != "found"]
    ready = sum(one.certain and one not in written for one in bad)
    counts = (len(bad), len(written), ready, len(bad) - len(written) - ready)
    total = fill(said["total"], args.lang, *counts) if bad else said["none"]
    return output.wrap_lines("\n".join([*blocks, f"{total}\n"]), output.width(args))


def _lines(one: Proposal, lang: str, *, is_written: bool) -> list[str]:
    said, named = texts("mending", lang), texts("errors", lang)
    names = ", ".join(named[name] for name in one.overlooked)
    lines = [f"{one.file}:{one.line}: {one.claim}", f"  “{_one_line(one.quote)}”"]
    lines.append(f"  - {said[one.state].format(names)}")
    if one.passage:
        lines.append(f"  - {said['nearest'].format(one.source_line, _one_line(one.passage))}")
        lines += [f"    {said['change'].format(*map(_one_line, change))}" for change in one.changes[:_MOST_CHANGES]]
        lines += ["    …"] if len(one.changes) > _MOST_CHANGES else []
    if one.only:
        lines.append(f"  - {said['only'].format(named[one.only])}")
    if one.state != "found":
        outcome = "written" if is_written else "certain" if one.certain else "stake" if one.is_near else "kept"
        lines.append(f"  - {said[outcome]}")
    return lines


def _one_line(text: str, width: int = 400) -> str:
    """Give a text on one line, cut where it is very long, and without what could steer a terminal."""
    from fot_graph.core.tables import one_line  # noqa: PLC0415  as above

    return output.cut_line(one_line(text), width)
