from pathlib import Path

import pytest

from fot_graph.core import resources
from fot_graph.core.errors import InputFileError
from fot_graph.core.resources import folder, read_text


@pytest.mark.parametrize("name", ["ontology", "data", "queries"])
def test_a_folder_is_found(name: str) -> None:
    assert folder(name).is_dir()
    assert folder(name).name == name


def test_the_copy_inside_the_wheel_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "fot_graph")
    (tmp_path / "data").mkdir()
    assert folder("data") == tmp_path / "data"
    (tmp_path / "fot_graph" / "_resources" / "data").mkdir(parents=True)
    assert folder("data") == tmp_path / "fot_graph" / "_resources" / "data"


def test_a_missing_folder_is_an_error_with_a_hint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path)
    with pytest.raises(InputFileError, match="install the package again"):
        folder("data")


def test_text_is_read_as_it_is_but_for_the_byte_order_mark(tmp_path: Path) -> None:
    file = tmp_path / "text"
    file.write_bytes(b"\xef\xbb\xbfcaf\xc3\xa9\r\n\xef\xbb\xbf")
    assert read_text(file) == "café\r\n\ufeff"


def test_wrong_encoding_names_the_byte(tmp_path: Path) -> None:
    file = tmp_path / "text"
    file.write_bytes("vijf café".encode("latin-1"))
    with pytest.raises(InputFileError, match="byte 8 is not UTF-8"):
        read_text(file)


@pytest.mark.parametrize("name", ["nothing-here", ".", "a\0b"])
def test_a_file_that_cannot_be_read(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputFileError, match="cannot read"):
        read_text(tmp_path / name)
