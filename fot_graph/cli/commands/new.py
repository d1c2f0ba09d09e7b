"""`fot-graph new (FILE … | -)`: make a document of a text, PDF, Word or HTML file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from fot_graph.authoring import intake, updating
from fot_graph.cli import opening, output, words
from fot_graph.core import limits, workspace
from fot_graph.core.errors import FotGraphError, InputFileError, RdfSyntaxError, SeveralErrors, UsageError
from fot_graph.core.fragments import fragment
from fot_graph.core.resources import read_bytes
from fot_graph.core.words import Message

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable, Iterator, Sequence

    from fot_graph.authoring.intake import Intake
    from fot_graph.authoring.updating import Update
    from fot_graph.core.workspace import Workspace


def add_words(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("files", metavar="FILE", nargs="*", help="new.files")
    parser.add_argument("--name", metavar="NAME", help="new.name")
    parser.add_argument("--update", action="store_true", help="new.update")
    words.add_data(parser)
    words.add_language(parser)
    words.add_limit(parser)
    parser.epilog = "new.epilog"


def run(args: Namespace) -> int:
    """Make the documents, one by one, and say what was found in each; what cannot be read is told at the end.

    The exit code is 1 when a later version of a document does not have all that its claims quote.
    """
    if not args.files:
        raise UsageError("no-file-to-read")
    if args.name and len(args.files) > 1:
        raise UsageError("one-name-for-several")
    home = _home(args)
    documents = home.documents
    errors: list[FotGraphError] = []
    holds = True
    told: Iterable[Message | FotGraphError]
    for file in args.files:
        try:
            found = _read(file, workspace.layouts(home.folder))
            name = found.name if args.name is None else args.name
            if found.is_in_none_of(home.languages):
                output.complain(Message("text-in-no-language", name=name, languages=home.languages).worded(args.lang))
            if args.update:
                changed = updating.update(found, documents, name)
                holds = holds and not changed.gone
                told = [*_changes(changed, documents / name), *_contents(found, documents / name)]
            else:
                told = _contents(found, intake.add(found, documents, name))
        except (InputFileError, RdfSyntaxError, UsageError) as error:
            errors.append(error)
        else:
            output.say("".join(f"{one.worded(args.lang)}\n" for one in told))
    if errors:
        raise errors[0] if len(args.files) == 1 else SeveralErrors(errors)
    return 0 if holds else 1


def _home(args: Namespace) -> Workspace:
    """Give the workspace that gets the documents, which has to be one of the user's own."""
    places = opening.data(args) or []
    home = workspace.above(places[0]) if len(places) == 1 else None
    if home is None:
        raise UsageError("no-workspace-here")
    return workspace.read(home)


def _read(file: str, layouts: Sequence[Path]) -> Intake:
    if file != "-":
        return intake.read(read_bytes(file, limits.ORIGINAL_BYTES, pipe=True), Path(file).name, file, layouts)
    place = Message("standard-input")
    if sys.stdin is None:  # as after `<&-`
        raise InputFileError(place, "is-closed")
    content = sys.stdin.buffer.read(limits.ORIGINAL_BYTES + 1)
    if len(content) > limits.ORIGINAL_BYTES:
        raise InputFileError(place, "too-many-bytes", most=limits.ORIGINAL_BYTES)
    return intake.read(content, "", place, layouts)


def _contents(found: Intake, place: Path) -> list[Message]:
    """Say which layout a text has, what was found in it, and what it has not that others of its layout have."""
    read = found.source
    counts = {"asked": len(read.question_items()), "answered": len(read.answer_items())}
    said = [Message("document-made", place=_shown(place), layout=read.layout, language=read.language, **counts)]
    fields = dict.fromkeys(field.name for field in read.fields)
    values = {name: output.cut_line("; ".join(read.values(name)), _SHOWN) for name in fields}
    said += [Message("field-found", field=Message(_FIELDS[name]), value=value) for name, value in values.items()]
    missing = [Message(_FIELDS[name]) for name in read.missing]
    said += [Message("fields-missing", fields=missing)] if missing else []
    return said + ([Message("blank-pages", pages=found.derived.blank_pages)] if found.derived.blank_pages else [])


_SHOWN = 100  # characters of a field
# What a head says, and the halves of a document, with the codes of their names
_FIELDS = {
    "number": "field-number",
    "date_asked": "field-date-asked",
    "date_answered": "field-date-answered",
    "author": "field-author",
    "addressee": "field-addressee",
    "answered_by": "field-answered-by",
    "title": "field-title",
    "policy_field": "field-policy-field",
    "question": "field-question",
    "answer": "field-answer",
}


def _changes(changed: Update, place: Path) -> Iterator[Message | FotGraphError]:
    """Say which quotes moved, and which no longer hold."""
    yield from (
        Message("passage-moved", quote=output.cut_line(each.quote, 80), old=fragment(each.old), new=fragment(each.new))
        for each in changed.moved
    )
    yield from changed.gone
    counts = {"holding": changed.holding, "moved": len(changed.moved), "gone": len(changed.gone)}
    yield Message("document-updated", place=_shown(place), **counts)


def _shown(place: Path) -> Path:
    """Give a path as it is seen from where the command is given."""
    here = Path.cwd()
    return place.relative_to(here) if place.is_relative_to(here) else place
