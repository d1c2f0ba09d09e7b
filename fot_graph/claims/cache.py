"""Keeps the quads of the packaged graph for the next process, in the user's cache folder.

To find hundreds of quotes in their source takes longer than all the rest of a short command, so the first run keeps
the quads that came of it in a file of their own, which the engine reads while Python goes on. Another file holds the
very inputs, all data and all code that reads them, with the name and the checksum (SHA-256) of the first.

It is used only where the inputs equal those at hand byte for byte and the checksum fits: it cannot be stale, nor cut
short, nor changed by a disk. Both files and their folder belong to the user alone (modes 600 and 700); where another
could have written them, or one is a link, they are not believed. Whatever is odd means that the packaged files are read
anew, and that the snapshot is written anew where that can be done.
"""

from __future__ import annotations

import os
import re
import stat
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, Store, __version__, serialize

from fot_graph.core import limits
from fot_graph.core.errors import InputFileError
from fot_graph.core.resources import folder, read_bytes
from fot_graph.core.workspace import FILE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from pyoxigraph import Quad

READERS = ("core", "text", "claims")  # the packages of all code that reads files
_DAY = 24 * 60 * 60  # in seconds
_KEPT = re.compile(rb"(snapshot-\d+-\d+\.nq) (\d{1,10}) ([0-9a-f]{64})\n")  # name, size and checksum of the quads


def inputs() -> bytes:
    """Give all that decides what the packaged graph is: the engine's version, our code, ontology and data."""
    files = _CODE + _bundle(_data_files())
    return b"pyoxigraph %s, %d bytes\n%s" % (__version__.encode(), len(files), files)


def read(inputs: bytes) -> bytes | None:
    """Give the quads (N-Quads) that came of the inputs, with their union, if a former run kept them."""
    with suppress(OSError, RuntimeError):  # RuntimeError: the user has no home
        place = _snapshot_path()
        if not _is_private_file(os.lstat(place.parent), stat.S_IFDIR):
            return None
        kept = _read_private(place, len(inputs) + 200)
        found = _KEPT.fullmatch(kept, len(inputs)) if kept.startswith(inputs) else None
        if found:
            quads = _read_private(place.with_name(found[1].decode()), int(found[2]))
            return quads if _checksum(quads) == found[3] else None
    return None


def load(quads: bytes) -> Store:
    """Load such quads into a store; the engine reads them sooner than Python hands them over, and without Python.

    Raises: SyntaxError.
    """
    store = Store()
    store.load(quads, RdfFormat.N_QUADS, lenient=True)
    return store


def ready() -> tuple[bytes, Store] | None:
    """Give the quads that a former run kept, and a store that holds them, if there are any."""
    with suppress(SyntaxError):
        quads = read(inputs())
        return (quads, load(quads)) if quads else None
    return None


def write(before: bytes, quads: Collection[Quad]) -> None:
    """Keep the quads that came of the inputs, with the union of their graphs.

    Unless the inputs have changed since, and if there is a place for it.
    """
    if inputs() != before or _code_bytes() != _CODE:
        return
    with suppress(OSError, RuntimeError):  # RuntimeError: the user has no home
        place = _snapshot_path()
        _make_private_folder(place.parent)
        new = place.with_name(f"{place.name}-{os.getpid()}-{time.time_ns()}.nq")
        beside = new.with_suffix(".new")
        union = dict.fromkeys(quad.triple for quad in quads)
        written = serialize(quads, None, RdfFormat.N_QUADS), serialize(union, None, RdfFormat.N_TRIPLES)
        content = b"".join(part or b"" for part in written)
        try:
            _write_private(new, content)
            _write_private(beside, b"%s%s %d %s\n" % (before, os.fsencode(new.name), len(content), _checksum(content)))
            beside.replace(place)
        except OSError:
            new.unlink(missing_ok=True)
            raise
        finally:
            beside.unlink(missing_ok=True)
        _tidy(place, new)


# --- Files of the user alone -----------------------------------------------------------------------------------------


def _is_private_file(found: os.stat_result, kind: int) -> bool:
    """Tell whether something is of this kind, and the user's, and nobody else may read or change it."""
    if not hasattr(os, "geteuid"):  # Windows keeps such rights elsewhere
        return stat.S_IFMT(found.st_mode) == kind
    return stat.S_IFMT(found.st_mode) == kind and found.st_uid == os.geteuid() and not found.st_mode & 0o077


def _read_private(path: Path, most: int) -> bytes:
    """Read a file of the user's own, of at most so many bytes. Raises: OSError, also for one that others may read."""
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | _NO_LINK)) as file:
        if not _is_private_file(os.fstat(file.fileno()), stat.S_IFREG):
            raise PermissionError(path)
        content = file.read(most + 1)
    if len(content) > most:
        raise OSError("longer than it was written")
    return content


_NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)  # nor wait for a pipe


def _write_private(path: Path, content: bytes) -> None:
    with open(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(content)


def _make_private_folder(place: Path) -> None:
    """Make a folder for the user alone, or take it from others. Raises: OSError for one that is not the user's."""
    place.parent.mkdir(parents=True, exist_ok=True)
    place.mkdir(mode=0o700, exist_ok=True)
    if stat.S_ISLNK(os.lstat(place).st_mode):
        raise PermissionError(place)
    place.chmod(0o700)
    if not _is_private_file(os.lstat(place), stat.S_IFDIR):
        raise PermissionError(place)


def _checksum(content: bytes) -> bytes:
    import hashlib  # noqa: PLC0415  while the engine is being imported

    return hashlib.sha256(content).hexdigest().encode()


def _tidy(place: Path, new: Path) -> None:
    """Remove the quads of former snapshots, unless a process that began today may still read them."""
    for path in place.parent.glob(f"{place.name}-*.nq"):
        with suppress(OSError):
            if path != new and time.time() - path.stat().st_mtime > _DAY:
                path.unlink()


def _snapshot_path() -> Path:
    """Find the place of the snapshot, where the system has its caches. Raises: RuntimeError if the user has no home."""
    from platformdirs import user_cache_path  # noqa: PLC0415  only the packaged graph has a snapshot

    return user_cache_path("fot-graph", appauthor=False) / "snapshot"


def _data_files() -> Iterator[Path]:
    data = folder("data")
    yield from sorted(folder("ontology").glob("*.ttl"))
    yield data.parent / FILE
    yield from sorted([*data.glob("*.ttl"), *data.glob("*.csv")])
    yield from sorted((data / "documents").glob("*/*"))
    yield from sorted((data / "background").glob("*"))
    yield from sorted(folder("templates").glob("*.rq"))


def _bundle(paths: Iterable[Path]) -> bytes:
    """Put files together, each with its name and size. One that cannot be read is empty here, and an error later."""
    parts: list[bytes] = []
    for path in paths:
        content = b""
        with suppress(InputFileError):
            content = read_bytes(path, limits.RDF_BYTES)
        parts.append(b"%s/%s %d\n%s" % (os.fsencode(path.parent.name), os.fsencode(path.name), len(content), content))
    return b"".join(parts)


def _code_bytes() -> bytes:
    folders = [Path(__file__).parents[1] / name for name in READERS]
    patterns = ("*.py", "*/*.py", "*/*.toml")
    return _bundle(file for place in folders for pattern in patterns for file in sorted(place.glob(pattern)))


_CODE = _code_bytes()  # as it was imported: in a notebook that stays open it may change on the disk
