"""Files reach the disk whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fot_graph.core import files
from fot_graph.core.errors import OutputFileError

if TYPE_CHECKING:
    from collections.abc import Iterator


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_write_replaces_a_file_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    place = tmp_path / "graph.ttl"
    place.write_text("old")
    place.chmod(0o640)
    files.write(place, "één\n")
    assert place.read_bytes() == "één\n".encode()
    assert (place.stat().st_mode & 0o777, names(tmp_path)) == (0o640, ["graph.ttl"])


def test_write_follows_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "real")
    files.write(tmp_path / "link", "x")
    assert ((tmp_path / "link").is_symlink(), (tmp_path / "real").read_text()) == (True, "x")


def test_write_to_a_device_keeps_the_device() -> None:
    files.write("/dev/null", "x")
    assert not Path("/dev/null").is_file()


@pytest.mark.parametrize("name", ["no/such/folder.ttl", ".", "x" * 300, "file/below"])
def test_what_cannot_be_written_leaves_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("kept")
    with pytest.raises(OutputFileError, match=r"^cannot write .*: \S"):
        files.write(tmp_path / name, "x")
    assert (names(tmp_path), (tmp_path / "file").read_text()) == (["file"], "kept")


def test_a_failed_write_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "file").write_text("kept")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputFileError, match="no space left on device"):
        files.write(tmp_path / "file", "x")
    assert (names(tmp_path), (tmp_path / "file").read_text()) == (["file"], "kept")


def test_texts_are_written_one_after_the_other(tmp_path: Path) -> None:
    files.write(tmp_path / "file", (text for text in ("é", "\n", "x")))
    assert (tmp_path / "file").read_bytes() == "é\nx".encode()


def test_texts_that_break_off_leave_nothing(tmp_path: Path) -> None:
    def broken() -> Iterator[str]:
        yield "x"
        raise ConnectionError

    with pytest.raises(OutputFileError):
        files.write(tmp_path / "file", broken())
    assert names(tmp_path) == []


def test_what_is_abandoned_leaves_nothing(tmp_path: Path) -> None:
    program = """
import os, sys
from fot_graph.core import files
def texts():
    yield "x"
    assert os.listdir(sys.argv[1])
    files.abandon()
    os._exit(4)
files.write(sys.argv[1] + "/file", texts())
"""
    ran = subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False)
    assert (ran.returncode, names(tmp_path)) == (4, [])
