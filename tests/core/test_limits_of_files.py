"""What is too large, too deep or no file at all is one clear error wherever files are read, and nothing hangs."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from packaged import PREFIXES
from sampling import in_turn

from fot_graph import load
from fot_graph.claims import cache, layers
from fot_graph.cli.main import main
from fot_graph.core import errors, limits, resources
from fot_graph.stores import loading

if TYPE_CHECKING:
    from collections.abc import Callable

TINY = Path(__file__).parents[1] / "fixtures" / "vp-test-1"
HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TINY, tmp_path / "vp-test-1"))


def pipe(path: Path) -> None:
    os.mkfifo(path)


def link_to_itself(path: Path) -> None:
    path.symlink_to(path)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def gigantic(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(2**40)  # sparse: it takes no room


def unreadable(path: Path) -> None:
    path.mkdir()


NO_FILES: dict[str, tuple[Callable[[Path], None], str]] = {
    "a named pipe": (pipe, "it is a named pipe"),
    "a device": (device, "it is a device"),
    "a folder": (unreadable, "it is a folder"),
    "a link to itself": (link_to_itself, "Too many levels of symbolic links"),
    "a gigantic file": (gigantic, "bytes, the most that is read"),
}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no such pipes")
@pytest.mark.parametrize(
    ("name", "what"),
    in_turn(("source.txt", "claims.trig", "more.trig", "more.nq", "names.ttl", "names.nt"), list(NO_FILES)),
)
def test_what_is_no_file_is_told(
    copy: Path, tmp_path: Path, what: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    make, reason = NO_FILES[what]
    of_document = name in ("source.txt", "claims.trig")
    file = copy / name if of_document else tmp_path / name
    path = copy if of_document else file
    file.unlink(missing_ok=True)
    make(file)
    if what == "a folder" and not of_document:  # as a document it has no text
        file, reason = file / "source.txt", "No such file"
    for words in (["load", "--store", str(tmp_path / "store"), str(path)], ["validate", str(path)]):
        assert main(words) == 3
        said = capsys.readouterr()
        assert said.out == ""
        assert said.err.startswith(f"fot-graph: cannot read {file}: ")
        assert reason in said.err
        assert said.err.count("\n") == 1
    with pytest.raises(errors.InputFileError):
        load(path)
    assert not (tmp_path / "store").exists()


def test_a_pipe_among_the_packaged_files_keeps_nobody_waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    house = Path(shutil.copytree(resources.folder("data"), tmp_path / "data"))
    os.mkfifo(house / "documents" / "vp-sv-2019-2020-358" / "notes")
    monkeypatch.setattr(cache, "folder", lambda name: tmp_path / name)
    assert b"notes 0\n" in cache.inputs()


def test_a_query_may_come_by_a_pipe_but_is_bounded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reader, writer = os.pipe()
    os.write(writer, b"ASK { ?claim a fot:Claim }")
    os.close(writer)
    assert main(["query", f"/dev/fd/{reader}"]) == 0
    os.close(reader)
    assert main(["query", "/dev/zero"]) == 3
    assert "it has more than 1,048,576 bytes, the most that is read" in capsys.readouterr().err


# --- Too much in a file --------------------------------------------------------------------------------------------


def told(path: Path, text: str, message: str) -> None:
    path.write_text(text, encoding="utf-8")
    with pytest.raises((errors.InputFileError, errors.UsageError), match=message):
        load([TINY, path])


@pytest.mark.parametrize("megabytes", [2, 17])
@pytest.mark.parametrize("suffix", [".trig", ".ttl", ".nq", ".nt"])
def test_a_text_that_is_too_long(tmp_path: Path, suffix: str, megabytes: int) -> None:
    text = f'<urn:a> <urn:b> "{"x" * (megabytes << 20)}" .'
    told(tmp_path / f"more{suffix}", text, "a text in it has more than 1,048,576 characters")


def test_an_iri_that_is_too_long(tmp_path: Path) -> None:
    told(tmp_path / "more.trig", f"<urn:{'x' * (17 << 20)}> <urn:b> 1 .", "more than 1,048,576 characters")


@pytest.mark.parametrize(
    "statement",
    [
        "<urn:{}> <urn:p> 1 .",
        "<urn:s> <urn:{}> 1 .",
        "<urn:s> <urn:p> <urn:{}> .",
        "<urn:s> <urn:p> '1'^^<urn:{}> .",
        "<urn:s> <urn:p> <<( <urn:{}> <urn:p> 1 )>> .",
        "<urn:{}> {{ <urn:s> <urn:p> 1 }}",
    ],
)
def test_a_long_iri_anywhere(tmp_path: Path, statement: str) -> None:
    told(tmp_path / "more.trig", statement.format("a" * 2**21), "a text in it has more than 1,048,576 characters")


def test_too_many_triples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "TRIPLES", 500)
    told(tmp_path / "more.trig", f"<urn:a> <urn:b> {','.join(map(str, range(501)))} .", "more than 500 triples")


def test_too_many_quotes(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "QUOTES", 6)
    with pytest.raises(errors.InputFileError, match=r"claims\.trig: it has more than 6 quotes"):
        load(copy)


def test_quotes_that_take_too_long(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SECONDS", -1.0)
    with pytest.raises(errors.InputFileError, match=r"claims\.trig: to find its quotes takes more than -1 s"):
        load(copy)


def test_too_many_parts(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PARTS", 10)
    with pytest.raises(errors.InputFileError, match=r"source\.txt: the text has more than 10 sentences"):
        load(copy)


def chain(steps: int) -> str:
    return HEAD + "".join(f"claim:c{step} prov:wasDerivedFrom claim:c{step + 1} .\n" for step in range(steps))


def test_claims_that_derive_from_others_too_many_times(tmp_path: Path) -> None:
    told(tmp_path / "more.trig", chain(500), r"claim:c\d+ derives from others by more than 100 steps")
    (tmp_path / "more.trig").write_text(chain(100), encoding="utf-8")
    assert load([TINY, tmp_path / "more.trig"])


def test_a_chain_over_several_files(tmp_path: Path) -> None:
    lines = chain(101).splitlines(keepends=True)
    heads = len(PREFIXES)
    (tmp_path / "one.trig").write_text("".join(lines[: heads + 50]), encoding="utf-8")
    (tmp_path / "two.trig").write_text("".join([*lines[:heads], *lines[heads + 50 :]]), encoding="utf-8")
    with pytest.raises(errors.UsageError, match="by more than 100 steps"):
        loading.write(tmp_path / "store", [TINY, tmp_path / "one.trig", tmp_path / "two.trig"])


def test_claims_in_a_circle_are_told_too(tmp_path: Path) -> None:
    circle = HEAD + "claim:a prov:wasDerivedFrom claim:b . claim:b prov:wasDerivedFrom claim:a ."
    told(tmp_path / "more.trig", circle, "claim:a derives from itself, or from a claim that does")


def test_claims_without_a_name_in_a_circle_are_told_too(tmp_path: Path) -> None:
    circle = "_:a prov:wasDerivedFrom _:b . _:b prov:wasDerivedFrom _:a ."
    told(tmp_path / "more.trig", f"@prefix prov: <{PREFIXES['prov']}> .{circle}", r"_:\w+ derives from itself")


@pytest.mark.parametrize("brackets", ["[]", "()"])
def test_deep_brackets_end_nothing(tmp_path: Path, brackets: str) -> None:
    opening = "[ <urn:p> " if brackets == "[]" else "( "
    text = f"<urn:a> <urn:b> {opening * 200_000}1{brackets[1] * 200_000} ."
    (tmp_path / "deep.ttl").write_text(text, encoding="utf-8")
    assert len(layers.read_layer(tmp_path / "deep.ttl", layers.NAMING)) > 200_000
