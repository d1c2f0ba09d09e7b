"""What reading the packaged files came to, kept for the next process in the user's cache folder.

To find hundreds of quotes in their source takes longer than all the rest of a short command, so the first run keeps
the quads that came of it. The file opens with the very inputs, all data and all code that reads them, and is used only
where they equal those at hand byte for byte: it cannot be stale. It is written whole or not at all, there is only one,
and where it cannot be written or read the packaged files are read anew.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, __version__, serialize

from fot_graph.resources import folder

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from pyoxigraph import Quad

_END = b"# complete\n"  # N-Quads takes it for a comment


def inputs() -> bytes:
    """Give all that decides what the packaged graph is: the engine's version, our code, ontology and data."""
    files = _CODE + _bundled(_data())
    return b"pyoxigraph %s, %d bytes\n%s" % (__version__.encode(), len(files), files)


def read(inputs: bytes) -> bytes | None:
    """Give the quads (N-Quads) that came of the inputs, with their union, if a former run kept them."""
    with suppress(OSError, RuntimeError):  # RuntimeError: the user has no home
        kept = _place().read_bytes()
        if kept.startswith(inputs) and kept.endswith(_END):
            return kept[len(inputs) :]
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
        beside = place.with_name(f"{place.name}.{os.getpid()}")
        try:
            with beside.open("wb") as file:
                file.write(before)
                serialize(quads, file, RdfFormat.N_QUADS)
                serialize(dict.fromkeys(quad.triple for quad in quads), file, RdfFormat.N_TRIPLES)  # their union
                file.write(_END)
            beside.replace(place)
        finally:
            beside.unlink(missing_ok=True)


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
    return _bundled(sorted(Path(__file__).parent.glob("*.py*")))


_CODE = _code()  # as it was imported: in a notebook that stays open it may change on the disk
