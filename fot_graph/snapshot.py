"""What reading the packaged files came to, kept for the next process in the user's cache folder.

To find hundreds of quotes in their source takes longer than all the rest of a short command, so the first run keeps
the quads that came of it in a file of their own, which the engine reads by itself while Python goes on. Another file
holds the very inputs, all data and all code that reads them, and the name of the first; it is used only where they
equal those at hand byte for byte: it cannot be stale. Both are written whole or not at all, and where they cannot be
written or read the packaged files are read anew.
"""

from __future__ import annotations

import os
import re
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, Store, __version__, serialize

from fot_graph.resources import folder

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from pyoxigraph import Quad

READERS = (
    *("corpus", "documents", "errors", "guard", "limits", "namespaces"),
    *("passages", "resources", "snapshot", "source"),
)
_END = b"# complete\n"  # N-Quads takes it for a comment
_DAY = 24 * 60 * 60  # in seconds
_NAME = re.compile(r"snapshot-\d+-\d+\.nq")


def inputs() -> bytes:
    """Give all that decides what the packaged graph is: the engine's version, our code, ontology and data."""
    files = _CODE + _bundled(_data())
    return b"pyoxigraph %s, %d bytes\n%s" % (__version__.encode(), len(files), files)


def read(inputs: bytes) -> Path | None:
    """Find the quads (N-Quads) that came of the inputs, with their union, if a former run kept them."""
    with suppress(OSError, RuntimeError):  # RuntimeError: the user has no home
        place = _place()
        kept = place.read_bytes()
        name = kept[len(inputs) :].decode(errors="replace")
        if kept.startswith(inputs) and _NAME.fullmatch(name) and _is_whole(place.with_name(name)):
            return place.with_name(name)
    return None


def load(path: Path) -> Store:
    """Load such a file into a store; the engine reads it sooner than Python hands over quads, and without Python.

    Raises: OSError, SyntaxError.
    """
    store = Store()
    store.load(path=path, format=RdfFormat.N_QUADS, lenient=True)
    return store


def ready() -> tuple[Path, Store] | None:
    """Give the file that a former run kept, and a store that holds it, if there is one."""
    with suppress(SyntaxError, OSError):  # a disk may fail
        path = read(inputs())
        return (path, load(path)) if path else None
    return None


def write(before: bytes, quads: Collection[Quad]) -> None:
    """Keep the quads that came of the inputs, with the union of their graphs.

    Unless the inputs have changed since, and if there is a place for it.
    """
    if inputs() != before or _code() != _CODE:
        return
    with suppress(OSError, RuntimeError):
        place = _place()
        place.parent.mkdir(parents=True, exist_ok=True)
        new = place.with_name(f"{place.name}-{os.getpid()}-{time.time_ns()}.nq")
        beside = new.with_suffix(".new")
        try:
            with new.open("wb") as file:
                serialize(quads, file, RdfFormat.N_QUADS)
                serialize(dict.fromkeys(quad.triple for quad in quads), file, RdfFormat.N_TRIPLES)  # their union
                file.write(_END)
            beside.write_bytes(before + new.name.encode())
            beside.replace(place)
        except OSError:
            new.unlink(missing_ok=True)
            raise
        finally:
            beside.unlink(missing_ok=True)
        _tidy(place, new)


def _is_whole(path: Path) -> bool:
    """Tell whether a file of quads was written to its end."""
    with path.open("rb") as file:
        file.seek(-len(_END), os.SEEK_END)
        return file.read() == _END


def _tidy(place: Path, new: Path) -> None:
    """Remove the quads of former snapshots, unless a process that began today may still read them."""
    for path in place.parent.glob(f"{place.name}-*.nq"):
        with suppress(OSError):
            if path != new and time.time() - path.stat().st_mtime > _DAY:
                path.unlink()


def _place() -> Path:
    """Find the place of the snapshot (XDG Base Directory Specification, XDG_CACHE_HOME)."""
    given = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (given if given.is_absolute() else Path.home() / ".cache") / "fot-graph" / "snapshot"


def _data() -> Iterator[Path]:
    data = folder("data")
    yield from sorted(folder("ontology").glob("*.ttl"))
    yield data / "entities.ttl"
    yield from sorted((data / "documents").glob("*/*"))
    yield from sorted((data / "background").glob("*.trig"))


def _bundled(paths: Iterable[Path]) -> bytes:
    """Put files together, each with its name and size. One that cannot be read is empty here, and an error later."""
    parts: list[bytes] = []
    for path in paths:
        content = b""
        with suppress(OSError):
            content = path.read_bytes()
        parts.append(b"%s/%s %d\n%s" % (os.fsencode(path.parent.name), os.fsencode(path.name), len(content), content))
    return b"".join(parts)


def _code() -> bytes:
    return _bundled(Path(__file__).with_name(f"{name}.py") for name in READERS)


_CODE = _code()  # as it was imported: in a notebook that stays open it may change on the disk
