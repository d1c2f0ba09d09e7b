"""Files and folders that are written whole or not at all."""

from __future__ import annotations

import os
from _thread import allocate_lock
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from fot_graph.core import terminal
from fot_graph.core.errors import OutputFileError, system_message
from fot_graph.core.media_types import is_compressed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fot_graph.core.words import Message

_unfinished: set[Path] = set()
_gate = allocate_lock()  # who holds it begins or ends a file


def write(path: Path | str, content: str | bytes | Iterable[str]) -> None:
    """Write a file, of text (UTF-8) or bytes or of texts one after the other: beside its place, and then renamed.

    A file named .gz is compressed, the same content always to the same bytes. A device or a pipe (/dev/stdout) is
    written as it is; nothing in the content steers a terminal. Raises OutputFileError, and leaves nothing behind,
    whatever goes wrong, also where the texts come from.
    """
    place = Path(path)
    try:
        if place.exists() and not place.is_file() and not place.is_dir():
            with place.open("wb") as device:
                device.writelines(_for_terminal(content) if device.isatty() else _encoded(content))
        else:
            _replace(place.resolve(), content)
    except OSError as error:
        raise OutputFileError(path, _reason(error)) from error


@contextmanager
def whole_folder(place: Path) -> Iterator[Path]:
    """Give a new folder whose contents come to stand at a place when all of them are written, or not at all.

    The place may be a folder with nothing in it, in which somebody may stand. Raises: `OutputFileError`.
    """
    beside = (place if place.is_dir() else place.parent) / f".{place.name}.{os.getpid()}.tmp"
    try:
        with _gate:
            beside.mkdir()
            _unfinished.add(beside)
        yield beside
        with _gate:
            if place.is_dir():
                for each in sorted(beside.iterdir()):
                    each.rename(place / each.name)
            else:
                beside.rename(place)
    except OSError as error:
        raise OutputFileError(place, _reason(error)) from error
    finally:
        _unfinished.discard(beside)
        _remove(beside)


def _remove(path: Path) -> None:
    """Remove what is not finished; nothing is there that bears its name by now."""
    with suppress(OSError):
        if path.is_dir():
            from shutil import rmtree  # noqa: PLC0415  few leave a folder

            rmtree(path, ignore_errors=True)
        else:
            path.unlink()


def abandon() -> None:
    """Remove what is not finished, and let no file be begun or ended any more: the process is about to end."""
    _gate.acquire()
    for path in _unfinished:
        _remove(path)


def _encoded(content: str | bytes | Iterable[str]) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
    else:
        yield from (part.encode() for part in ([content] if isinstance(content, str) else content))


def _compressed(content: str | bytes | Iterable[str]) -> Iterator[bytes]:
    """Compress by gzip (RFC 1952), without a name and a time."""
    import zlib  # noqa: PLC0415  few files ask for it

    packer = zlib.compressobj(wbits=16 + zlib.MAX_WBITS)
    for part in _encoded(content):
        yield packer.compress(part)
    yield packer.flush()


def _for_terminal(content: str | bytes | Iterable[str]) -> Iterator[bytes]:
    for part in _encoded(content):
        yield terminal.visible_text(part.decode(errors="replace")).encode()


def _replace(place: Path, content: str | bytes | Iterable[str]) -> None:
    beside = place.with_name(f".{place.name}.{os.getpid()}.tmp")
    with _gate:
        file = beside.open("xb")
        _unfinished.add(beside)
    try:
        with file:
            file.writelines(_compressed(content) if is_compressed(place) else _encoded(content))
            file.flush()
            os.fsync(file.fileno())
        if place.exists():
            beside.chmod(place.stat().st_mode & 0o777)
        with _gate:
            beside.replace(place)
    finally:
        _unfinished.discard(beside)
        _remove(beside)


def _reason(error: OSError) -> str | Message:
    reasons: dict[type[OSError], str] = {
        FileNotFoundError: "no-folder",
        NotADirectoryError: "no-folder",
        IsADirectoryError: "is-a-folder",
        PermissionError: "permission-denied",
    }
    return reasons.get(type(error)) or system_message(error)
