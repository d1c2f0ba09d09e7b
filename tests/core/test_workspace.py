"""The file of a workspace is read whole or refused with its place, and a workspace is found from below."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fot_graph.core import workspace
from fot_graph.core.errors import InputFileError
from fot_graph.core.namespaces import PACKAGED

if TYPE_CHECKING:
    from pathlib import Path

TOML = """\
name = "Mijn vragen"
base = "https://data.example.org/mine/"
languages = ["nl", "fr"]
curator = "An Peeters"
"""


def made(place: Path, text: str = TOML) -> Path:
    place.mkdir(exist_ok=True)
    (place / "fot-graph.toml").write_text(text, encoding="utf-8")
    return place


def test_it_says_what_stands_in_its_file(tmp_path: Path) -> None:
    read = workspace.read(made(tmp_path))
    assert read[1:5] == ("Mijn vragen", "https://data.example.org/mine/", ("nl", "fr"), "An Peeters")
    assert workspace.read(made(tmp_path, TOML.rpartition("curator")[0])).curator == ""


def test_the_packaged_data_are_one() -> None:
    read = workspace.read(workspace.packaged())
    assert (read.base, read.languages) == (PACKAGED, ("nl", "en"))
    assert [path.name for path in read.names] == ["entities.ttl"]
    assert read.documents.is_dir()
    assert read.background


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"Mijn vragen"', '""', "it has no text for 'name'"),
        ('"Mijn vragen"', "7", "it has no text for 'name'"),
        ("base", "bas", r"it has a key 'bas' that is not known \(did you mean base\?\)"),
        ("base", "purpose", "it has a key 'purpose' that is not known"),
        ('base = "https://data.example.org/mine/"\n', "", "it has no text for 'base'"),
        ("mine/", "mine", "'https://data.example.org/mine' is no base for IRIs"),
        ('["nl", "fr"]', "[]", "it does not say in which languages labels are"),
        ('["nl", "fr"]', '["Dutch"]', "it does not say in which languages labels are"),
        ('["nl", "fr"]', '"nl"', "it does not say in which languages labels are"),
        ('["nl", "fr"]', '["nl"', "it is no TOML: "),
        ("Mijn", "\xff", "byte 8 is not UTF-8"),
    ],
)
def test_what_cannot_be_is_refused_with_its_file(tmp_path: Path, old: str, new: str, message: str) -> None:
    made(tmp_path).joinpath("fot-graph.toml").write_bytes(TOML.replace(old, new).encode("latin-1"))
    with pytest.raises(InputFileError, match=message) as caught:
        workspace.read(tmp_path)
    assert caught.value.message.startswith(f"cannot read {tmp_path / 'fot-graph.toml'}: ")


def test_it_is_found_from_below_and_the_nearest_one(tmp_path: Path) -> None:
    inner = made(made(tmp_path / "outer") / "inner")
    below = inner / "data" / "documents" / "a"
    below.mkdir(parents=True)
    assert workspace.above(below) == workspace.above(inner) == inner
    assert workspace.above(below / "source.txt") == inner
    assert workspace.above(inner.parent) == tmp_path / "outer"
    assert workspace.above(tmp_path) is None
