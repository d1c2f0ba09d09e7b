"""Where the files that come with fot_graph are, those of a workspace beside them, and how a text file is read."""

from __future__ import annotations

import os
import stat
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from fot_graph.core import limits
from fot_graph.core.close_matches import close_matches
from fot_graph.core.errors import InputFileError, system_message

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from os import PathLike

_PACKAGE = Path(__file__).parents[1]


def folder(name: str) -> Path:
    """Find the folder 'ontology', 'data', 'queries' or 'templates'.

    A wheel carries them inside the package; a checkout has them beside it, where an editable install leaves them.

    Raises: `InputFileError` when neither is there.
    """
    for place in (_PACKAGE / "_resources" / name, _PACKAGE.parent / name):
        if place.is_dir():
            return place
    raise InputFileError(name, "installed-without-folder")


def query_files(name: str, workspaces: Iterable[Path] = ()) -> dict[str, Path]:
    """List the `*.rq` files in a folder that comes with fot_graph, and in that of some workspaces, by their names.

    One of a workspace takes the place of one of ours of the same name.
    """
    folders = (folder(name), *(each / name for each in workspaces))
    return dict(sorted({path.stem: path for place in folders for path in place.glob("*.rq")}.items()))


def header_of(text: str) -> dict[str, str]:
    r"""Read the header of such a file: `#+ key: value` in each of its first lines.

    >>> header_of("#+ name: figure\n#+ tags: [a]\nASK { } #+ no: header")
    {'name': 'figure', 'tags': '[a]'}
    """
    lines = takewhile(lambda line: line.startswith("#+"), text.splitlines())
    parted = (line[2:].partition(":") for line in lines)
    return {key.strip(): value.strip() for key, _, value in parted}


def is_there(path: Path, test: Callable[[Path], bool] = Path.exists) -> bool:
    """Test a path. One that may not be looked at counts as missing; reading it then says why."""
    try:
        return test(path)
    except OSError:
        return False


def read_text(path: str | PathLike[str], most: int = limits.RDF_BYTES, *, pipe: bool = False) -> str:
    """Read a UTF-8 file whole. A byte-order mark is dropped; line endings stay as they are.

    `most` is the number of bytes that it may have, `pipe` whether it may be a pipe (`fot-graph query <(…)`).

    Raises: `InputFileError` for a file that is missing, not permitted, too large or not UTF-8, and for what is no file:
    a folder, a device, or a pipe, which could keep the reader waiting for ever.
    """
    try:
        return read_bytes(path, most, pipe=pipe).decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise InputFileError(path, "not-utf-8", byte=error.start) from None


def read_toml(path: Path, keys: Collection[str]) -> dict[str, object]:
    """Read a small TOML file. Raises: `InputFileError`, as `read_text`, for no TOML, and for a key not among `keys`."""
    import tomllib  # noqa: PLC0415  the packaged graph is read without it, as a former run left it

    try:
        found = tomllib.loads(read_text(path, limits.TOML_BYTES))
    except tomllib.TOMLDecodeError as error:
        raise InputFileError(path, "no-toml", words=str(error)) from None
    for key in found:
        if key not in keys:
            near = close_matches(key, keys, n=1)
            hint = "did-you-mean" if near else "known-names"
            raise InputFileError(path, "unknown-key", hint, key=key, near=near, known=[*keys])
    return found


def read_bytes(path: str | PathLike[str], most: int, *, pipe: bool = False) -> bytes:
    """Read a file whole, of at most so many bytes. Raises: `InputFileError`, as `read_text`."""
    try:
        # Without O_NONBLOCK a pipe that nobody writes would wait here
        descriptor = os.open(path, os.O_RDONLY | (0 if pipe else _NONBLOCK))
        try:
            kind = stat.S_IFMT(os.fstat(descriptor).st_mode)
            if kind != stat.S_IFREG and not (pipe and kind in (stat.S_IFIFO, stat.S_IFCHR)):
                raise InputFileError(path, _KINDS.get(kind, "is-no-file"), "name-a-file")
            with open(descriptor, "rb", closefd=False) as file:
                content = file.read(most + 1)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise InputFileError(path, system_message(error)) from None
    except ValueError as error:  # a null character in the path
        raise InputFileError(repr(path), "no-path", words=str(error)) from None
    if len(content) > most:
        raise InputFileError(path, "too-many-bytes", most=most)
    return content


_NONBLOCK = getattr(os, "O_NONBLOCK", 0)  # not on Windows, which has no such pipes
_KINDS = {
    stat.S_IFDIR: "is-a-folder",
    stat.S_IFIFO: "is-a-pipe",
    stat.S_IFCHR: "is-a-device",
    stat.S_IFBLK: "is-a-device",
}
