"""The place of a store on disk: held open by those who read it, given a new version by one rename.

A new version is made in a folder beside the place (`.NAME.load`). When it is whole the two change places by one system
call (renameat2 with RENAME_EXCHANGE on Linux, renamex_np with RENAME_SWAP on macOS): whoever looks at the place, at any
moment, also after a kill or a power cut, finds the whole old version or the whole new one, and `os.stat` gives another
(st_dev, st_ino). Unlike a link to the version in use, the store stays one plain folder, which people copy, move and
remove as one. Where a system or a file system knows no exchange, two renames follow one another; a load that is killed
between them is mended by the next one.

Who reads a store holds its folder open, with a lock (flock) that ends with the process, and opens it by that hold
(/proc/self/fd on Linux): the engine opens files late, by name, and would find those of the new version under the same
names. A version that somebody still reads stays in the folder beside the place until the next load finds it free.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from _thread import allocate_lock
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from fot_graph.core.errors import InputFileError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Store

_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)
_TRIES = 50  # a version that is replaced while it is being opened is opened anew


class HeldFolder:
    """The folder of a store, held open as it is, whatever comes to stand in its place.

    `path` is where the engine finds it.
    """

    def __init__(self, place: Path) -> None:
        """Take hold of a store to read it. Raises: OSError, `InputFileError`."""
        _release_unused()
        for _ in range(_TRIES):
            self._descriptor = os.open(place, _FOLDER)
            if _lock(self._descriptor, shared=True) and _is_at(self._descriptor, place):
                break
            self.end()
        else:
            raise InputFileError(place, "replaced-all-the-time")
        own = f"/proc/self/fd/{self._descriptor}"
        self.path = Path(own) if os.path.isdir(own) else place  # noqa: PTH112  not an error where there is no /proc

    def keep(self, store: Store) -> Store:
        """Hold on for as long as this store is in use: it opens files late."""
        _kept.append((self, store))
        return store

    def end(self) -> None:
        """Let go."""
        os.close(self._descriptor)


_kept: list[tuple[HeldFolder, Store]] = []  # an engine's object takes no attribute, nor tells when it goes


def _release_unused() -> None:
    """End the holds of stores that nobody uses any more."""
    for entry in list(_kept):
        if sys.getrefcount(entry[1]) == _UNUSED:
            _kept.remove(entry)
            entry[0].end()


_UNUSED = 2  # references to an object that stands in `_kept` only: that one, and the argument of getrefcount


@contextmanager
def replacing(place: Path) -> Iterator[Path]:
    """Give a new folder beside a place, for `put`. What killed loads left there is removed, before and after.

    Raises: `UsageError` while another process does the same; OSError.
    """
    beside = place.with_name(f".{place.name}.load")
    descriptor = _start_load(beside, place)
    _unfinished.add(beside)
    try:
        _recover(beside, place)
        _tidy(beside)
        new = beside / _unique_name()
        new.mkdir()
        yield new
    finally:
        _tidy(beside)
        with suppress(OSError):  # somebody still reads an old version
            beside.rmdir()
        _unfinished.discard(beside)  # last: until here it is for `abandon` to remove
        os.close(descriptor)


_unfinished: set[Path] = set()
_gate = allocate_lock()  # who holds it puts a new version in its place


def abandon() -> None:
    """Remove what is not finished, and let nothing be put in its place any more: the process is about to end."""
    _gate.acquire()
    for beside in list(_unfinished):
        for _ in range(_TRIES):  # the engine may still be making files there
            with suppress(OSError):
                _tidy(beside)
                beside.rmdir()
            if not beside.exists():
                break
            time.sleep(0.005)


def put(new: Path, place: Path) -> None:
    """Put a new version in its place; one that stands there goes to where the new one was. Raises: OSError."""
    with _gate:
        _put(new, place)


def _put(new: Path, place: Path) -> None:
    if not place.exists():
        new.rename(place)
        return
    new.chmod(place.stat().st_mode & 0o7777)
    if _exchange(new, place):
        return
    former = new.with_name(_FORMER)
    place.rename(former)
    try:
        new.rename(place)
    except OSError:
        former.rename(place)
        raise
    former.rename(new)


_FORMER = "former"  # where there is no exchange: the version that has left its place, before the new one comes


def _recover(beside: Path, place: Path) -> None:
    """Put back a version that left its place in a load that was killed just then."""
    if (beside / _FORMER).exists() and not place.exists():
        (beside / _FORMER).rename(place)


def _start_load(beside: Path, place: Path) -> int:
    """Make the folder of a load, and lock it; the lock ends with the process. Gives its descriptor."""
    while True:
        with suppress(FileExistsError):
            beside.mkdir(mode=0o700)
        descriptor = os.open(beside, _FOLDER | getattr(os, "O_NOFOLLOW", 0))
        if not _lock(descriptor, shared=False):
            os.close(descriptor)
            raise UsageError("another-load-is-writing", place=place)
        if _is_at(descriptor, beside):
            return descriptor
        os.close(descriptor)  # the one that held it before has just removed it


def _tidy(beside: Path) -> None:
    """Remove the versions that nobody reads, and those that are not whole."""
    import gc  # noqa: PLC0415  who reads does without
    import shutil  # noqa: PLC0415  as above

    if _kept:
        gc.collect()  # a graph and its names refer to each other
        _release_unused()
    for old in beside.iterdir():
        with suppress(OSError):
            descriptor = os.open(old, _FOLDER)
            try:
                if _lock(descriptor, shared=False):
                    shutil.rmtree(old, ignore_errors=True)
            finally:
                os.close(descriptor)


def _unique_name() -> str:
    return f"{os.getpid()}-{time.time_ns()}"


# --- The system ------------------------------------------------------------------------------------------------------


def _lock(descriptor: int, *, shared: bool) -> bool:
    """Lock an open folder until it is closed; False where another process has locked it.

    Where there are no such locks (Windows, some network file systems) it counts as locked.
    """
    try:
        import fcntl  # noqa: PLC0415  not on Windows
    except ImportError:
        return True
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in (errno.EWOULDBLOCK, errno.EACCES)
    return True


def _is_at(descriptor: int, place: Path) -> bool:
    """Tell whether an open folder still stands at a place."""
    try:
        return os.path.samestat(os.fstat(descriptor), place.stat())
    except FileNotFoundError:
        return False


_EXCHANGE, _HERE = 2, -100  # RENAME_EXCHANGE, AT_FDCWD in <linux/fs.h>, <fcntl.h>; RENAME_SWAP on macOS is 2 as well
_UNKNOWN = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP}


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders by one system call; False where there is none. Raises: OSError."""
    if sys.platform not in ("linux", "darwin"):
        return False
    import ctypes  # noqa: PLC0415  who reads does without

    system = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(one), os.fsencode(other)
    if hasattr(system, "renameat2"):
        failed = system.renameat2(_HERE, names[0], _HERE, names[1], _EXCHANGE)
    elif hasattr(system, "renamex_np"):
        failed = system.renamex_np(*names, _EXCHANGE)
    else:
        return False
    number = ctypes.get_errno()
    if failed and number not in _UNKNOWN:
        raise OSError(number, os.strerror(number), str(other))
    return not failed
