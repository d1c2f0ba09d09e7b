"""A new document: the folder that is made of a file, with the text that was read in it."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from fot_graph.claims import origin
from fot_graph.claims.claims_md.names import slug
from fot_graph.claims.origin import Origin
from fot_graph.core.errors import OutputFileError, UsageError, system_message
from fot_graph.core.files import whole_folder
from fot_graph.text import source
from fot_graph.text.languages import is_in_none_of
from fot_graph.text.originals.reading import derived

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fot_graph.text.originals.reading import DerivedText
    from fot_graph.text.source import Source

ORIGINAL = "original"  # the name of the file that was read, as it is kept, with the suffix of its kind
_MOST = 100  # characters of a name
_SIGNS = "._~"  # in names of folders, besides letters, digits and hyphens


class Intake(NamedTuple):
    """A file that was read, ready to become a document: its content, its text, and what was found in the text."""

    file: str
    content: bytes
    derived: DerivedText
    source: Source

    @property
    def name(self) -> str:
        """The name that its folder gets unless another one is given: that of the file, or else its title."""
        return folder_name(Path(self.file).stem or self.source.title)

    @property
    def files(self) -> dict[str, bytes]:
        """The files of its folder; the file itself is kept where it is not the text."""
        kept = {f"{ORIGINAL}{self.derived.suffix}": self.content} if self.derived.suffix else {}
        text = self.derived.text.encode() if self.derived.suffix else self.content
        return {**kept, "source.txt": text, origin.FILE: origin.written(self.origin).encode()}

    def is_in_none_of(self, languages: Sequence[str]) -> bool:
        """Tell that the text is in none of some languages, such as those of a workspace, as far as is known."""
        return is_in_none_of(self.source.text, languages)

    @property
    def origin(self) -> Origin:
        """What its `document.toml` says."""
        checksum = hashlib.sha256(self.content).hexdigest()
        told = Origin(file=self.file, sha256=checksum, tool=self.derived.tool, version=self.derived.version)
        return told._replace(layout=self.source.layout, languages=self.source.languages)


def read(content: bytes, file: str, place: object, layouts: Sequence[Path] = ()) -> Intake:
    """Read a file that has this content and name; `place` is what errors call it.

    `layouts` are folders with layouts beside those that come with fot_graph.

    Raises: `InputFileError`, `MissingLibraryError`, as `originals.reading.derived`.
    """
    found = derived(content, place)
    text = found.text.replace("\r\n", "\n").replace("\r", "\n")
    return Intake(file, content, found, source.parse(text, layouts))


def add(intake: Intake, documents: Path, name: str) -> Path:
    """Make a document of a file, in a folder of documents, whole or not at all.

    Raises: `UsageError` for a name that is taken or cannot be one; `OutputFileError`.
    """
    place = documents / name
    if slug(name, _SIGNS) != name.casefold() or not name:
        raise UsageError("no-document-name", name=name)
    if os.path.lexists(place):
        raise UsageError("document-there-already", name=name, place=place)
    try:
        documents.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputFileError(documents, system_message(error)) from error
    with whole_folder(place) as new:
        for file, content in intake.files.items():
            (new / file).write_bytes(content)
    return place


def folder_name(text: str) -> str:
    """Make a name for a document of any text: letters without accents, digits, and hyphens between them.

    >>> folder_name("Schriftelijke vraag nr. 358 (één)")
    'schriftelijke-vraag-nr.-358-een'
    """
    return slug(text, _SIGNS)[:_MOST].rstrip(f"-{_SIGNS}") or "document"
