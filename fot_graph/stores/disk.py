"""A graph in a store on disk, which `fot-graph load` writes; it may hold more than fits in memory."""

from __future__ import annotations

import errno
import os
import re
import stat
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Store

from fot_graph.core.errors import InputFileError, system_message
from fot_graph.core.words import Message
from fot_graph.stores.places import HeldFolder
from fot_graph.stores.queried import QueriedGraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from os import PathLike

    from rdflib import Dataset

    from fot_graph.core.errors import FotGraphError
    from fot_graph.core.terms import Solution, Term
    from fot_graph.stores.parts import Parts

_MAKE = "load-makes-a-store"


class DiskGraph(QueriedGraph):
    """A graph in a store on disk, open to be read; what cannot be read there is said so."""

    store: Store

    def __init__(self, place: Path, store: Store, path: Path) -> None:
        """Take a store, what it is called, and where it is found (`places.HeldFolder`)."""
        super().__init__(store)
        self.place, self._path = place, path

    @classmethod
    def open(cls, directory: str | PathLike[str]) -> DiskGraph:
        """Open a store to read it only; so may others, at the same time.

        It is the version that stands there now: `fot-graph load --replace` changes nothing for who has it open.

        Raises: `InputFileError` for a folder that is not there, is no store, is being written, is damaged or may not
        be read.
        """
        place = Path(directory)
        try:
            if not stat.S_ISDIR(place.stat().st_mode):
                raise InputFileError(place, "is-no-folder", _MAKE)
            hold = HeldFolder(place)
        except (FileNotFoundError, NotADirectoryError):
            raise InputFileError(place, "no-folder", _MAKE) from None
        except OSError as error:
            raise _open_error(place, place, error) from None
        try:
            return cls(place, hold.keep(_open(place, hold.path)), hold.path)
        except BaseException:
            hold.end()
            raise

    def __repr__(self) -> str:
        return f"<Graph in {self.place}>"

    @cached_property
    def parts(self) -> Parts | None:
        """The graph taken apart, to verify evidence; None where it has more claims than `parts.MOST_CLAIMS`."""
        from fot_graph.stores.parts import MOST_CLAIMS, Parts  # noqa: PLC0415  as MemoryGraph.parts

        claims = self.rows(f"SELECT ?claim {{ ?claim a fot:Claim }} LIMIT {MOST_CLAIMS + 1}")
        return Parts(self.store) if len(list(claims)) <= MOST_CLAIMS else None

    @property
    def dataset(self) -> Dataset:
        """The same store as an `rdflib.Dataset`, without a copy, to read it only."""
        from fot_graph.stores.dataset import as_dataset  # noqa: PLC0415  as MemoryGraph.dataset

        return as_dataset(self.store, self.namespaces)

    def rows(self, query: str, about: Iterable[str | Term] = ()) -> Iterator[Solution]:
        """Run a SELECT of our own. Raises: `InputFileError` for a store that can no longer be read."""
        try:
            yield from super().rows(query, about)
        except (OSError, RuntimeError) as error:
            raise self.failure(error) from None

    def failure(self, error: Exception) -> FotGraphError:
        """Say why the store cannot be read."""
        return _open_error(self.place, self._path, error)


def _open(place: Path, path: Path) -> Store:
    """Open the store that is found at `path`, and is called `place`."""
    try:
        with os.scandir(path) as found:
            files = {file.name: file.is_file() for file in found}
        if "CURRENT" not in files:
            raise InputFileError(place, "is-no-store", _MAKE)
        for name in sorted(name for name, is_file in files.items() if not is_file and _OF_A_STORE.fullmatch(name)):
            raise InputFileError(place / name, "is-no-file", "other-files-may-be-whole")
        if _is_being_written(path):
            raise InputFileError(place, "is-being-written")
        store = Store.read_only(str(path))
        is_empty = next(iter(store), None) is None  # so is one whose list of files (MANIFEST) is cut short
    except (OSError, RuntimeError) as error:
        raise _open_error(place, path, error) from None
    if is_empty:
        raise InputFileError(place, "nothing-in-store", _MAKE)
    return store


def _is_being_written(place: Path) -> bool:
    """Tell whether another process holds the lock of a store, where the system knows such locks."""
    try:
        import fcntl  # noqa: PLC0415  not on Windows
    except ImportError:
        return False
    with suppress(FileNotFoundError), (place / "LOCK").open("rb") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError as error:
            return error.errno in (errno.EACCES, errno.EAGAIN)
    return False


def _open_error(place: Path, path: Path, error: Exception) -> InputFileError:
    """Say why the store that is found at `path`, and is called `place`, cannot be opened or read.

    Only one in which the engine finds wrong bytes, or misses a file, is damaged; no other may be removed for it.
    """
    if isinstance(error, InputFileError):
        return error
    if unreadable := _unreadable_file(path):
        file = place / unreadable if unreadable != "." else place
        return InputFileError(file, "permission-denied", "store-not-yours-to-read")
    said = " ".join(str(error).replace(str(path), str(place)).split())
    missing = isinstance(error, FileNotFoundError) or "no such file" in said.lower()
    if "corruption" in said.lower() or (missing and place.exists()):
        return InputFileError(place, "store-damaged")
    reason = system_message(error) if isinstance(error, OSError) and error.errno else Message("words", words=said)
    return InputFileError(place, reason, "store-may-be-whole")


def _unreadable_file(path: Path) -> str:
    """Give the name of a file of a store that may not be read ('.' for its folder), '' if there is none."""
    try:
        for file in sorted(path.iterdir()):
            if _OF_A_STORE.fullmatch(file.name):
                file.open("rb").close()
    except PermissionError as error:
        return "." if Path(error.filename) == path else Path(error.filename).name
    except OSError:
        return ""
    return ""


# What is opened of a store, which could keep the reader waiting where it is no file; LOG is only written
_OF_A_STORE = re.compile(r"CURRENT|IDENTITY|LOCK|(?:MANIFEST|OPTIONS)-\d+|\d+\.(?:sst|log|blob)")
