"""Stores on disk: written whole or not at all, read by many, changed by none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from fot_graph import errors, load, open_store, stores
from fot_graph.cli import main
from fot_graph.namespaces import expand

TINY = Path(__file__).parent / "fixtures" / "vp-test-1"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("stores") / "tiny"
    assert stores.write(place, [TINY]).documents == 1
    return place


def others(place: Path) -> list[str]:
    """Give what stands beside a store."""
    return [path.name for path in place.parent.iterdir() if path != place]


# --- Writing -------------------------------------------------------------------------------------------------------


def test_a_store_holds_what_memory_holds(place: Path) -> None:
    graph = load(TINY)
    assert set(Store.read_only(str(place))) == set(graph.store)
    assert others(place) == []


def test_every_triple_stands_once_in_the_default_graph(place: Path) -> None:
    store = Store.read_only(str(place))
    union = [quad.triple for quad in store.quads_for_pattern(None, None, None, DefaultGraph())]
    assert len(union) == len(set(union)) == len({quad.triple for quad in store})


def test_it_says_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["load", "--store", str(tmp_path / "new"), str(TINY)]) == 0
    said = capsys.readouterr()
    triples = len(list(load(TINY).store.quads_for_pattern(None, None, None, DefaultGraph())))
    assert said.out == f"{tmp_path / 'new'}: 1 documents, 3 claims, {triples} triples\n"
    assert said.err == ""


def test_the_packaged_documents_are_written_if_none_is_given(tmp_path: Path) -> None:
    written = stores.write(tmp_path / "new")
    assert written.claims == len(load().query("SELECT ?claim { ?claim a fot:Claim }").rows)


def test_a_folder_of_documents_is_all_of_them(tmp_path: Path) -> None:
    told: list[int] = []
    for name in ("vp-test-2", "vp-test-1", "vp-test-3"):
        shutil.copytree(TINY, tmp_path / "documents" / name)
        claims = tmp_path / "documents" / name / "claims.trig"
        claims.write_text(claims.read_text(encoding="utf-8").replace("vp-test-1", name), encoding="utf-8")
    assert stores.write(tmp_path / "new", [tmp_path / "documents"], told=told.append)[:2] == (3, 9)
    assert told == [0, 1, 2, 3]
    assert sorted(load(tmp_path / "documents").sources) == ["vp-test-1", "vp-test-2", "vp-test-3"]


def test_documents_are_handed_over_in_pieces(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores, "_AT_ONCE", 100)
    stores.write(tmp_path / "new", [TINY])
    assert set(open_store(tmp_path / "new").store) == set(open_store(place).store)


# --- What is there -------------------------------------------------------------------------------------------------


def test_a_store_gives_way_only_when_told_so(tmp_path: Path) -> None:
    place = tmp_path / "store"
    stores.write(place)
    reader = open_store(place)
    with pytest.raises(errors.UsageError, match=r"holds a store already \(--replace"):
        stores.write(place, [TINY])
    assert stores.write(place, [TINY], replace=True).documents == 1
    assert len(open_store(place).query("SELECT ?c { ?c a fot:Claim }").rows) == 3
    assert len(reader.query("SELECT ?c { ?c a fot:Claim }").rows) > 100, "who reads the old one goes on"
    assert others(place) == []


@pytest.mark.parametrize("replace", [True, False])
def test_another_folder_is_never_touched(tmp_path: Path, *, replace: bool) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("Dear")
    Store(str(tmp_path / "other")).add(Quad(*(NamedNode(f"urn:{name}") for name in "spog")))
    for name, message in [
        ("full", "something else in it"),
        ("other", "something else in it"),
        ("full/letter.txt", "is a file"),
    ]:
        with pytest.raises(errors.UsageError, match=message):
            stores.write(tmp_path / name, [TINY], replace=replace)
    with pytest.raises(errors.OutputFileError, match="there is no such folder"):
        stores.write(tmp_path / "none" / "store", [TINY], replace=replace)
    assert (tmp_path / "full" / "letter.txt").read_text() == "Dear"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["full", "other"]


def test_an_empty_folder_becomes_the_store(tmp_path: Path) -> None:
    assert stores.write(tmp_path, [TINY]).claims == 3


# --- What goes wrong -----------------------------------------------------------------------------------------------


def test_a_load_that_fails_leaves_what_was_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "store"
    stores.write(place, [TINY])
    before = {path.name: path.read_bytes() for path in place.iterdir()}
    bad = tmp_path / "vp-test-2"
    shutil.copytree(TINY, bad)
    (bad / "claims.trig").write_text((TINY / "claims.trig").read_text(encoding="utf-8").replace("Mijn", "Onze"))
    assert main(["load", "--store", str(place), "--replace", str(TINY), str(bad)]) == 3
    assert main(["load", "--store", str(tmp_path / "new"), str(bad)]) == 3
    assert "not found in the source" in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in place.iterdir()} == before
    assert others(place) == ["vp-test-2"]


def test_a_load_that_is_interrupted_leaves_nothing(tmp_path: Path) -> None:
    def told(documents: int) -> None:
        if documents:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stores.write(tmp_path / "new", [TINY], told=told)
    assert list(tmp_path.iterdir()) == []


def test_a_load_that_is_ended_leaves_nothing(tmp_path: Path) -> None:
    program = (
        "import os, signal, sys\nfrom fot_graph import stores\nfrom fot_graph.cli import main\n"
        "counted = stores._counted\n"
        "def late(*args):\n    os.kill(os.getpid(), signal.SIGTERM)\n    return counted(*args)\n"
        "stores._counted = late\nsys.exit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", program, "load", "--store", str(tmp_path / "new"), str(TINY)]
    assert subprocess.run(command, check=False, capture_output=True).returncode == 130
    assert list(tmp_path.iterdir()) == []


# --- Reading -------------------------------------------------------------------------------------------------------


def test_reading_writes_nothing(place: Path) -> None:
    before = {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in place.iterdir()}
    graph = open_store(place)
    assert graph.query("ASK { ?s ?p ?o }").truth
    with pytest.raises(RuntimeError):
        graph.store.add(Quad(*(NamedNode(f"urn:{name}") for name in "spog")))
    del graph
    assert {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in place.iterdir()} == before


def test_several_read_at_once(place: Path) -> None:
    program = (
        "import sys, fot_graph; graph = fot_graph.open_store(sys.argv[1]); print('open', flush=True); input();"
        "print(graph.query('ASK { ?c a fot:Claim }').truth)"
    )
    command = [sys.executable, "-c", program, str(place)]
    readers = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert [reader.stdout.readline() for reader in readers if reader.stdout] == ["open\n"] * 3
    assert open_store(place).query("ASK { ?c a fot:Claim }").truth
    assert [reader.communicate("\n")[0] for reader in readers] == ["True\n"] * 3


@pytest.mark.skipif(os.name != "posix", reason="only POSIX systems tell who holds a lock")
def test_a_store_that_is_being_written_is_left_alone(tmp_path: Path) -> None:
    stores.write(tmp_path / "store", [TINY])
    program = "import sys, pyoxigraph; store = pyoxigraph.Store(sys.argv[1]); print('open', flush=True); input()"
    command = [sys.executable, "-c", program, str(tmp_path / "store")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout
        assert writer.stdout.readline() == "open\n"
        with pytest.raises(errors.InputFileError, match="another program is writing it"):
            open_store(tmp_path / "store")
        writer.communicate("\n")
    assert open_store(tmp_path / "store").query("ASK { ?c a fot:Claim }").truth


def test_what_is_no_store_is_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "folder").mkdir()
    for name, reason in [
        ("none", "there is no such folder"),
        ("file", "it is no folder"),
        ("folder", "it is no store"),
    ]:
        assert main(["query", "-e", "ASK {}", "--store", str(tmp_path / name)]) == 3
        message = f"fot-graph: cannot read {tmp_path / name}: {reason} (fot-graph load --store DIR makes one)\n"
        assert capsys.readouterr().err == message
    assert list((tmp_path / "folder").iterdir()) == []


@pytest.mark.parametrize("what", ["MANIFEST", ".sst", "CURRENT"])
def test_a_damaged_store_is_said_so(place: Path, tmp_path: Path, what: str) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(place, broken)
    for path in broken.iterdir():
        if what in path.name:
            path.write_bytes(b"\xff" * path.stat().st_size)
    with pytest.raises(errors.InputFileError, match="the store is damaged"):
        open_store(broken).query("SELECT * { ?s ?p ?o }")


def test_one_home_at_a_time(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ask = ["query", "-e", "ASK {}"]
    assert main([*ask, "--store", str(place), "--endpoint", "http://localhost/"]) == 2
    assert main([*ask, "--store", str(place), "--default-graph", expand("graph:union")]) == 2
    assert "--default-graph is about a server" in capsys.readouterr().err
