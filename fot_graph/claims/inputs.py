"""What the paths stand for that a person gives: workspaces, documents, folders of documents, other files."""

from __future__ import annotations

from os.path import realpath  # a link to itself ends Path.resolve
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from fot_graph.claims.documents import CLAIMS, claims_path
from fot_graph.core import workspace
from fot_graph.core.errors import InputFileError, system_message
from fot_graph.core.resources import is_there
from fot_graph.core.workspace import FILE, packaged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from os import PathLike

    from fot_graph.core.workspace import Workspace


class Places(NamedTuple):
    """What some paths stand for: documents and other files, and the workspaces whose names they are read with."""

    paths: list[Path]
    workspaces: list[Workspace]


def claims_files(paths: Iterable[Path] | None = None) -> Iterator[Path]:
    """Give the file of claims of each document at some paths, or of those that come with fot_graph.

    Raises: `InputFileError` for a path where no document is.
    """
    for path in places(paths).paths:
        folder, claims = document(path) or (path, "")
        file = folder / claims if claims else claims_path(folder)
        if file and is_there(file):
            yield file
        elif paths is not None and not is_there(folder / "source.txt"):
            raise InputFileError(path, "no-document-here")


def places(paths: Iterable[str | PathLike[str]] | None) -> Places:
    """Give what paths stand for: of a workspace all that it holds, but for what is given by itself under the same name.

    Raises: `InputFileError` for a workspace that cannot be read.
    """
    found: list[Path] = []
    homes: dict[Path, None] = {}  # in order
    whole: dict[Path, None] = {}
    for path in [packaged()] if paths is None else map(Path, paths):
        if is_there(path / FILE):
            whole[Path(realpath(path))] = None
        else:
            found += _documents_at(path)
        if home := workspace.above(path):
            homes[Path(realpath(home))] = None
    workspaces = [workspace.read(home) for home in homes]
    given = {_name(Path(realpath(path))) for path in found}
    held = [path for each in workspaces if each.folder in whole for path in _contents(each)]
    return Places([*(path for path in held if path.name not in given), *found], workspaces)


def _name(path: Path) -> str:
    return path.parent.name if path.name in CLAIMS else path.name


def _contents(given: Workspace) -> list[Path]:
    return [*(_listed(given.documents) if is_there(given.documents) else []), *given.background]


def _documents_at(path: Path) -> list[Path]:
    """Give the documents of a folder of documents in its place."""
    if not is_there(path, Path.is_dir) or _has_text_or_claims(path):
        return [path]
    below = _listed(path)
    return below if any(map(_has_text_or_claims, below)) else [path]


def _listed(folder: Path) -> list[Path]:
    """Give all that stands in a folder, in order, but for names that begin with a dot. Raises: `InputFileError`."""
    try:
        return sorted(each for each in folder.iterdir() if not each.name.startswith("."))
    except OSError as error:
        raise InputFileError(folder, system_message(error)) from None


def _has_text_or_claims(path: Path) -> bool:
    return any(is_there(path / name) for name in (*CLAIMS, "source.txt"))


def document(path: Path) -> tuple[Path, str] | None:
    """Give the folder of a document, and the file of claims that was named: a path may name either of them."""
    if is_there(path, Path.is_dir):
        return path, ""
    is_claims = path.suffix in _SUFFIXES and is_there(path.parent / "source.txt")
    return (path.parent, path.name) if is_claims else None


_SUFFIXES = {Path(name).suffix for name in CLAIMS}
