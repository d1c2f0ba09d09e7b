"""Stores on disk: written whole or not at all, read by many, changed by none."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from packaged import expand
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store
from sampling import in_turn

from fot_graph import load, open_store
from fot_graph.claims.layers import ONTOLOGY
from fot_graph.cli.main import main
from fot_graph.core import errors, media_types
from fot_graph.formats.export import export
from fot_graph.stores import disk, places
from fot_graph.stores import loading as stores

if TYPE_CHECKING:
    from fot_graph.api import Graph

TINY = Path(__file__).parents[1] / "fixtures" / "vp-test-1"


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


FORMS = """
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://w3id.org/fot-graph/id/forms> <urn:p> 28433.60 , 1500.00 , +1 , 007 , 1e3 , "1"^^xsd:boolean , "x"@NL-be ,
    "12"^^xsd:nonNegativeInteger , "+5"^^xsd:positiveInteger , "3"^^xsd:long , "3.10"^^xsd:float , "many"^^xsd:integer ,
    "P12M"^^xsd:duration , "2020-01-01+00:00"^^xsd:date , "2020-01-01T00:00:00.0"^^xsd:dateTime , "x"^^<urn:other> .
"""


@pytest.mark.parametrize("format_", media_types.formats_holding(media_types.DATASET))
def test_an_export_has_the_same_bytes_whatever_the_lexical_forms(tmp_path: Path, format_: str) -> None:
    (tmp_path / "forms.ttl").write_text(FORMS)
    paths = [TINY, tmp_path / "forms.ttl"]
    stores.write(tmp_path / "store", paths)
    graph, stored = load(paths), open_store(tmp_path / "store")
    assert export(stored, format_) == export(graph, format_)
    assert export(stored.only(["naming"]), "nq") == export(graph, "nq", layers=["naming"])


def test_an_export_of_a_store_reads_back_to_the_same_bytes(place: Path, tmp_path: Path) -> None:
    written = export(open_store(place), "nq")
    (tmp_path / "all.nq").write_text(written, encoding="utf-8")
    assert export(load([tmp_path / "all.nq"]), "nq") == written


def test_it_says_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["load", "--store", str(tmp_path / "new"), str(TINY)]) == 0
    said = capsys.readouterr()
    triples = len(list(load(TINY).store.quads_for_pattern(None, None, None, DefaultGraph())))
    assert said.out == f"{tmp_path / 'new'}: 1 document, 3 claims, {triples} triples\n"
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
    assert others(place) == [".store.load"], "the old one is there as long as somebody reads it"
    del reader
    stores.write(place, [TINY], replace=True)
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
        "import os, signal, sys, time\nfrom fot_graph.stores import loading as stores\n"
        "from fot_graph.cli.main import main\n"
        "counted = stores._count\n"
        "def late(*args):\n    os.kill(os.getpid(), signal.SIGTERM)\n    time.sleep(60)\n    return counted(*args)\n"
        "stores._count = late\nsys.exit(main(sys.argv[1:]))"
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


# --- One version gives way to another ------------------------------------------------------------------------------


def claims(graph: Graph) -> int:
    return len(graph.query("SELECT ?claim { ?claim a fot:Claim }").rows)


def whole(place: Path) -> int:
    """Give the number of claims of a store, all of which can be read."""
    graph = open_store(place)
    assert len(graph.quads) == len(graph.here().quads)
    return claims(graph)


def test_the_place_is_another_folder_after_a_replacement(tmp_path: Path) -> None:
    place = tmp_path / "store"
    stores.write(place, [TINY])
    place.chmod(0o700)
    before = place.stat()
    stores.write(place, [TINY], replace=True)
    after = place.stat()
    assert (before.st_dev, before.st_ino) != (after.st_dev, after.st_ino)
    assert after.st_mode & 0o777 == 0o700, "who may read it stays as it was"


def many_files(place: Path, name: str) -> None:
    """Make a store of more files than the engine opens at once, in which every text is `name`."""
    shutil.rmtree(place, ignore_errors=True)
    store = Store(str(place))
    store.add(Quad(NamedNode("urn:s"), NamedNode("urn:p"), NamedNode("urn:o"), ONTOLOGY))
    for batch in range(8):
        quads = (
            Quad(NamedNode(f"urn:{batch}:{n}"), NamedNode("urn:p"), Literal(name), NamedNode(f"urn:g{batch}"))
            for n in range(500)
        )
        store.bulk_extend(quads)
    store.flush()
    del store
    assert len(list(place.glob("*.sst"))) > 30


def test_a_reader_never_sees_files_of_another_version(tmp_path: Path) -> None:
    """The engine opens most files late, by name; and both versions have files of the same names."""
    place = tmp_path / "store"
    many_files(place, "old")
    texts = "SELECT DISTINCT ?text { GRAPH ?g { ?s <urn:p> ?text FILTER(isLiteral(?text)) } }"
    store = open_store(place).store  # the graph itself is gone
    with places.replacing(place) as new:
        many_files(new, "new")
        places.put(new, place)
    seen = [open_store(place).query(texts).rows, list(store.query(texts))]
    assert [[row[0].value for row in rows] for rows in seen] == [["new"], ["old"]]


def test_where_there_is_no_exchange_two_renames_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "store"
    stores.write(place)
    monkeypatch.setattr(places, "_exchange", lambda *_: False)
    stores.write(place, [TINY], replace=True)
    assert (whole(place), others(place)) == (3, [])


def test_two_renames_of_which_one_was_made_are_mended(tmp_path: Path) -> None:
    place = tmp_path / "store"
    stores.write(place, [TINY])
    (tmp_path / ".store.load").mkdir()
    place.rename(tmp_path / ".store.load" / "former")
    with pytest.raises(errors.UsageError, match="holds a store already"):
        stores.write(place, [TINY])
    assert (whole(place), others(place)) == (3, [])


def test_an_exchange_that_fails_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "store"
    stores.write(place, [TINY])

    def busy(*_: object) -> bool:
        raise OSError(errno.EBUSY, "Device or resource busy")

    monkeypatch.setattr(places, "_exchange", busy)
    with pytest.raises(errors.OutputFileError, match="device or resource busy"):
        stores.write(place, replace=True)
    assert (whole(place), others(place)) == (3, [])


# --- Links ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("target", ["real", "./deep/real", "{0}/real", "second"])
@pytest.mark.parametrize("there", [True, False])
def test_a_link_is_followed(tmp_path: Path, target: str, *, there: bool) -> None:
    """Also a relative one, one to a link, and one that leads to where nothing is yet."""
    (tmp_path / "deep").mkdir()
    (tmp_path / "second").symlink_to("deep/real")
    link = tmp_path / "link"
    link.symlink_to(target.format(tmp_path))
    if there:
        stores.write(link, [TINY])
        assert whole(link) == 3
    stores.write(link, [TINY], replace=there)
    assert (link.is_symlink(), link.resolve().is_symlink(), whole(link)) == (True, False, 3)
    assert sorted(path.name for path in tmp_path.rglob(".*")) == []


def test_a_link_to_itself_or_to_no_folder_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "lost").symlink_to("none/store")
    assert main(["load", "--store", str(tmp_path / "loop"), str(TINY)]) == 2
    assert "is a link that leads to itself (name a folder)\n" in capsys.readouterr().err
    assert main(["load", "--store", str(tmp_path / "lost"), str(TINY)]) == 3
    assert capsys.readouterr().err == f"fot-graph: cannot write {tmp_path / 'none/store'}: there is no such folder\n"
    for name in ("loop", "lost"):
        assert main(["query", "-e", "ASK {}", "--store", str(tmp_path / name)]) == 3
        assert capsys.readouterr().err.startswith(f"fot-graph: cannot read {tmp_path / name}: ")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["loop", "lost"]


# --- Kills, and two loads at once ----------------------------------------------------------------------------------

SIGNALS = (signal.SIGKILL, signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
LATE = (
    "import sys\nfrom fot_graph.stores import loading as stores, places\nfrom fot_graph.cli.main import main\n"
    "def late(*args):\n    print('late', flush=True)\n    sys.stdin.readline()\n    return {name}(*args)\n"
    "{name}, {where} = {where}, late\nsys.exit(main(sys.argv[1:]))"
)


def loading(place: Path, where: str) -> subprocess.Popen[str]:
    """Start a load that waits at a step until it gets a line; gives it when it has come there."""
    program = LATE.format(name="step", where=where)
    command = [sys.executable, "-c", program, "load", "--store", str(place), "--replace", str(TINY)]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "late\n"
    return process


@pytest.mark.skipif(os.name != "posix", reason="only POSIX systems tell who holds a lock")
def test_two_loads_at_once_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "store"
    first = loading(place, "stores._count")
    assert main(["load", "--store", str(place), str(TINY)]) == 2
    assert capsys.readouterr().err == (f"fot-graph: another load is writing {place} (wait until it has ended)\n")
    assert main(["load", "--store", str(tmp_path / "other"), str(TINY)]) == 0, "another store is another matter"
    first.communicate("\n" * 9)
    assert (first.returncode, whole(place)) == (0, 3)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other", "store"]


@pytest.mark.skipif(os.name != "posix", reason="only POSIX systems have these signals")
@pytest.mark.parametrize(
    ("where", "sign"),
    [
        *((where, signal.SIGKILL) for where in ("places._exchange", "places._tidy")),
        *in_turn(("stores._count", "places.put"), SIGNALS),
    ],
)
def test_a_load_that_is_killed_leaves_a_whole_store(tmp_path: Path, where: str, sign: signal.Signals) -> None:
    place = tmp_path / "store"
    stores.write(place)
    before = whole(place)
    process = loading(place, where)
    process.send_signal(sign)
    assert process.wait(60) == (130 if sign != signal.SIGKILL else -sign)
    assert "Traceback" not in process.communicate()[1]
    assert whole(place) == before
    stores.write(place, [TINY], replace=True)
    assert (whole(place), others(place)) == (3, [])


@pytest.mark.skipif(os.name != "posix", reason="only POSIX systems have these signals")
def test_an_interrupted_load_ends_at_once(tmp_path: Path) -> None:
    """Also while the engine works, which no Python code can interrupt."""
    program = (
        "import sys, time, threading\nfrom fot_graph.stores import loading as stores\n"
        "from fot_graph.cli.main import main\n"
        "def deaf(*args):\n    print('late', flush=True)\n    threading.Event().wait()\n"
        "stores._count = deaf\nsys.exit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", program, "load", "--store", str(tmp_path / "new"), str(TINY)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "late\n"
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=60) == ("", "")
    assert process.returncode == 130
    assert list(tmp_path.iterdir()) == []


# --- What cannot be opened -----------------------------------------------------------------------------------------


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="the system keeps such rights elsewhere")
@pytest.mark.parametrize("what", ["CURRENT", "MANIFEST", ".sst", "the folder"])
def test_what_may_not_be_read_is_not_called_damaged(place: Path, tmp_path: Path, what: str) -> None:
    closed = Path(shutil.copytree(place, tmp_path / "closed"))
    hidden = [closed] if what == "the folder" else [path for path in closed.iterdir() if what in path.name]
    for path in hidden:
        path.chmod(0)
    tmp_path.chmod(0o755)
    program = (
        "import os, sys, tempfile\nfrom fot_graph.core import errors\nfrom fot_graph import open_store\n"
        "try:\n    open_store(tempfile.mkdtemp())\nexcept errors.InputFileError as error:\n    str(error)\n"
        # all is imported now
        "if os.geteuid() == 0:\n    os.setuid(65534)\n"  # everything may be read by the superuser
        "try:\n    open_store(sys.argv[1])\nexcept errors.InputFileError as error:\n    print(error)"
    )
    for folder in (tmp_path, *list(tmp_path.parents)[:3]):  # one more where several processes test
        folder.chmod(folder.stat().st_mode | 0o711)
    ran = subprocess.run([sys.executable, "-c", program, str(closed)], capture_output=True, text=True, check=True)
    assert ran.stdout == (
        f"cannot read {min(hidden)}: permission denied "
        "(the store is whole, but not yours to read: ask its owner, or set the rights with chmod)\n"
    )


def test_a_store_with_nothing_in_it_is_no_answer(place: Path, tmp_path: Path) -> None:
    """The engine opens one whose list of files is cut short, and finds nothing there."""
    cut = Path(shutil.copytree(place, tmp_path / "cut"))
    [listed] = cut.glob("MANIFEST-*")
    listed.write_bytes(listed.read_bytes()[: listed.stat().st_size // 2])
    with pytest.raises(errors.InputFileError, match="there is nothing in the store"):
        open_store(cut)


@pytest.mark.parametrize("what", ["CURRENT", "MANIFEST", ".sst", "IDENTITY", "LOCK", "OPTIONS"])
def test_a_pipe_in_a_store_keeps_nobody_waiting(place: Path, tmp_path: Path, what: str) -> None:
    odd = Path(shutil.copytree(place, tmp_path / "odd"))
    path = min(path for path in odd.iterdir() if what in path.name)
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(errors.InputFileError, match=rf"cannot read {path}: it is no file"):
        open_store(odd)


@pytest.mark.parametrize("number", [errno.EMFILE, errno.EIO, errno.ENOMEM])
def test_what_the_system_refuses_is_not_called_damaged(
    place: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refused(_: str) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(disk, "Store", SimpleNamespace(read_only=refused))
    with pytest.raises(errors.InputFileError) as caught:
        open_store(place)
    assert (caught.value.reason, caught.value.hint) == (os.strerror(number), "the store itself may be whole")


def test_a_damaged_store_is_not_replaced_by_mistake(place: Path, tmp_path: Path) -> None:
    broken = Path(shutil.copytree(place, tmp_path / "broken"))
    (broken / "CURRENT").write_bytes(b"\xff")
    with pytest.raises(errors.InputFileError, match=r"the store is damaged \(remove it"):
        stores.write(broken, [TINY], replace=True)
