"""A workspace: a folder in which documents, the names that they share and a person's own questions stand together.

The file `fot-graph.toml` makes a folder a workspace. Below it stand `data/documents/` (one folder a document),
`data/*.ttl` (names), `data/background/` (claims from other sources), `queries/`, `templates/` and `layouts/`; each of
them may be missing. What comes with fot_graph is such a workspace itself.
"""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from fot_graph.core.errors import InputFileError, UsageError
from fot_graph.core.namespaces import Namespaces
from fot_graph.core.resources import folder, read_toml
from fot_graph.core.words import Message

if TYPE_CHECKING:
    from typing import TypeGuard

FILE = "fot-graph.toml"
_LANGUAGE = re.compile(r"[a-z]{2}")


class Workspace(NamedTuple):
    """What `fot-graph.toml` says: the name, the base IRI, the languages of labels and rationales.

    `curator` is who writes the claims, by name or as in `id:jan`, and `curated` the day on which they were written last
    (ISO 8601); '' where nothing is told.
    """

    folder: Path
    name: str
    base: str
    languages: tuple[str, ...]
    curator: str = ""
    curated: str = ""

    @property
    def documents(self) -> Path:
        """The folder that holds a folder for each document."""
        return self.folder / "data" / "documents"

    @property
    def names(self) -> list[Path]:
        """The files of names that all documents share."""
        return sorted([*(self.folder / "data").glob("*.ttl"), *(self.folder / "data").glob("entities.csv")])

    @property
    def background(self) -> list[Path]:
        """The files of claims from other public sources."""
        place = self.folder / "data" / "background"
        return sorted([*place.glob("*.trig"), *place.glob("*.md")])


def packaged() -> Path:
    """Give the folder of the workspace that comes with fot_graph. Raises: `InputFileError`, as `resources.folder`."""
    return folder("data").parent


def above(place: str | os.PathLike[str]) -> Path | None:
    """Find the workspace that a place belongs to: its own folder, or the nearest one above it that has the file."""
    here = os.path.abspath(place)  # noqa: PTH100  as `Path.absolute`, without '..'
    while not os.path.exists(os.path.join(here, FILE)):  # noqa: PTH110, PTH118  each command looks, so it has to be quick
        here, below = os.path.dirname(here), here  # noqa: PTH120  as above
        if here == below:
            return None
    return Path(here)


def layouts(*places: Path) -> list[Path]:
    """Give the folders of layouts of the workspaces that some places belong to."""
    found = (above(place) for place in places)
    return [home / "layouts" for home in dict.fromkeys(found) if home]


def read(place: Path) -> Workspace:
    """Read the file of a workspace.

    Raises: `InputFileError` for a file that is no TOML, lacks a key, has one that is not known or a value that cannot
    be.
    """
    file = place / FILE
    given = read_toml(file, Workspace._fields[1:])
    languages = given.get("languages")
    if not is_languages(languages):
        raise InputFileError(file, "no-languages")
    base = text_of(file, given, "base")
    try:
        Namespaces(base)
    except UsageError as error:
        raise InputFileError(file, Message(error.code, **error.data)) from None
    curator = text_of(file, given, "curator") if given.get("curator") else ""
    day = day_of(file, given, "curated")
    return Workspace(place, text_of(file, given, "name"), base, tuple(languages), curator, day)


def is_languages(given: object) -> TypeGuard[list[str]]:
    """Tell whether a value is a list of languages, each by its code of two letters (ISO 639-1).

    >>> is_languages(["nl", "fr"]), is_languages("nl"), is_languages([])
    (True, False, False)
    """
    return isinstance(given, list) and bool(given) and all(isinstance(x, str) and _LANGUAGE.fullmatch(x) for x in given)


def day_of(file: Path, given: dict[str, object], key: str) -> str:
    """Give the day that a file has for a key; '' if none. Raises: `InputFileError` for what is no day (ISO 8601)."""
    day = str(given.get(key, ""))
    try:
        return date.fromisoformat(day).isoformat() if day else ""
    except ValueError:
        raise InputFileError(file, "key-without-day", key=key) from None


def text_of(file: Path, given: dict[str, object], key: str) -> str:
    """Give the text that a file has for a key. Raises: `InputFileError` where there is none."""
    text = given.get(key)
    if not isinstance(text, str) or not text.strip():
        raise InputFileError(file, "key-without-text", key=key)
    return text
