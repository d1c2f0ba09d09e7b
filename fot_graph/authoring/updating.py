"""A later version of a document, such as a question with its answer: each quote is found again in the new text.

Curators wrote quotes and no offsets, so their files stay as they are. A passage that stands elsewhere now has another
IRI; its old one stays an alias of it, which `document.toml` keeps.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, NamedTuple

from fot_graph.authoring.intake import ORIGINAL
from fot_graph.claims import origin
from fot_graph.claims.documents import claims_path, written_quotes
from fot_graph.claims.quotes import quotes_found
from fot_graph.core import workspace
from fot_graph.core.errors import OutputFileError, UsageError, system_message
from fot_graph.core.fragments import fragment
from fot_graph.core.namespaces import Namespaces
from fot_graph.core.terms import text_of
from fot_graph.stores import places

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from fot_graph.authoring.intake import Intake
    from fot_graph.core.fragments import Span
    from fot_graph.core.quote_errors import QuoteError
    from fot_graph.text.source import Source


class Moved(NamedTuple):
    """A passage of the old text that stands elsewhere in the new one; `quote` is what a claim quotes of it."""

    quote: str
    old: Span
    new: Span


class Update(NamedTuple):
    """What became of the quotes of a document: how many hold, which moved, and which hold no more, with the errors."""

    holding: int
    moved: list[Moved]
    gone: list[QuoteError]


def update(intake: Intake, documents: Path, name: str) -> Update:
    """Put a later version of a text in the place of that of a document, at one stroke, and find its quotes again.

    Raises: `UsageError` for a document that is not there, and for a text that has none of its quotes and is therefore
    another document; `InputFileError`, `RdfSyntaxError` for one that cannot be read; `OutputFileError`.
    """
    place = documents / name
    if not (place / "source.txt").exists():
        raise UsageError("no-document-to-update", name=name, place=place)
    found = _quotes_again(place, intake.source)
    if len(found.gone) > 1 and not found.holding and not found.moved:
        raise UsageError("another-document", name=name, place=place, count=len(found.gone))
    try:
        with places.replacing(place) as new:
            shutil.copytree(place, new, symlinks=True, dirs_exist_ok=True)
            for old in new.glob(f"{ORIGINAL}.*"):
                old.unlink()
            for file, content in _files(intake, place, found.moved).items():
                (new / file).unlink(missing_ok=True)  # a link would lead elsewhere
                (new / file).write_bytes(content)
            places.put(new, place)
    except (OSError, shutil.Error) as error:
        reason = system_message(error) if isinstance(error, OSError) and error.errno else "place-not-written"
        raise OutputFileError(place, reason) from error
    return found


def _files(intake: Intake, place: Path, moved: list[Moved]) -> Mapping[str, bytes]:
    """Give the files that change; what a person told in `document.toml` stays, and so do earlier aliases."""
    before = origin.read(place)
    now = {fragment(each.old): fragment(each.new) for each in moved}
    aliases = {old: now.get(new, new) for old, new in before.moved.items()} | now
    kept = {old: new for old, new in aliases.items() if old != new}
    languages = before.languages or intake.origin.languages
    told = intake.origin._replace(address=before.address, languages=languages, moved=kept)
    told = told._replace(curator=before.curator, curated=before.curated)
    return {**intake.files, origin.FILE: origin.written(told).encode()}


def _quotes_again(place: Path, new: Source) -> Update:
    """Find each quote in the old text and in the new one."""
    file = claims_path(place)
    quads = written_quotes(file) if file else []
    old = origin.read_source(place, workspace.layouts(place))
    before, _ = quotes_found(file or place, old, quads, Namespaces(), strict=False)
    after, problems = quotes_found(file or place, new, quads, Namespaces(), strict=False)
    moved: dict[tuple[Span, Span], Moved] = {}
    for quad, span in after.items():
        if quad in before and before[quad] != span:
            moved[before[quad], span] = Moved(" ".join(text_of(quad.object).split()), before[quad], span)
    kept = {quad for quad, span in after.items() if before.get(quad, span) == span}
    return Update(len(kept), sorted(moved.values(), key=lambda each: each.old), problems)
