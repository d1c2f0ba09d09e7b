"""The snapshot gives the very graph that reading gives, and no other: it is never stale, and never in the way."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sampling import in_turn
from test_imports import PACKAGE, own

from fot_graph.api import Graph, load
from fot_graph.claims import cache as snapshot
from fot_graph.claims import corpus, vocabulary
from fot_graph.core import resources, workspace
from fot_graph.core.errors import RdfSyntaxError
from fot_graph.core.quote_errors import QuoteError

HOUSE = Path(resources.__file__).parents[2]


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "fot-graph"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Graph, Path]:
    """Read the data once for all that begins with a snapshot: give the graph, and what is kept of it."""
    place = tmp_path_factory.mktemp("kept")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(place))
        graph = load()
    return graph, place / "fot-graph"


@pytest.fixture
def graph(cache: Path, kept: tuple[Graph, Path]) -> Graph:
    """Give the graph as it was read when its snapshot was written."""
    shutil.copytree(kept[1], cache)
    return kept[0]


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a copy of data and ontology that may be changed."""
    for name in ("data", "ontology"):
        shutil.copytree(HOUSE / name, tmp_path / "house" / name)
    shutil.copy(HOUSE / workspace.FILE, tmp_path / "house")
    for module in (vocabulary, snapshot, workspace):
        monkeypatch.setattr(module, "folder", lambda name: tmp_path / "house" / name)
    return tmp_path / "house"


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def is_kept() -> bool:
    return snapshot.read(snapshot.inputs()) is not None


def test_the_second_load_gives_what_the_first_gave(cache: Path) -> None:
    first = load()
    assert [path.name[:9] for path in sorted(cache.iterdir())] == ["snapshot", "snapshot-"]
    second = load()
    assert second.quads == first.quads == Graph(corpus.read().quads).quads
    assert list(map(str, second.quads)) == list(map(str, first.quads))
    assert set(second.store) == set(first.store)
    assert second.sources == first.sources
    assert (second.problems, second.labels("nl")) == (first.problems, first.labels("nl"))


def test_a_command_that_finds_a_snapshot_does_not_even_import_the_readers() -> None:
    load()
    reader = "fot_graph.claims.documents"
    code = f"import sys; from fot_graph import load; load().labels('nl'); print({reader!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("data/entities.ttl", '"SERV"', '"SERW"'),
        ("ontology/schemes.ttl", "@en", "@nl"),
        ("data/documents/vp-sv-2019-2020-358/source.txt", "samenhang", "samenzang"),
    ],
)
def test_a_changed_input_is_read_anew(house: Path, file: str, old: str, new: str) -> None:
    load()
    assert is_kept()
    replaced(house / file, old, new)
    assert not is_kept()


def test_a_change_is_seen_in_the_answers(house: Path) -> None:
    assert not load().query("ASK { ?x skos:prefLabel 'Nieuw'@nl }").truth
    with (house / "data" / "entities.ttl").open("a") as file:
        file.write("<urn:new> skos:prefLabel 'Nieuw'@nl .\n")
    assert load().query("ASK { ?x skos:prefLabel 'Nieuw'@nl }").truth
    assert load().query("ASK { ?x skos:prefLabel 'Nieuw'@nl }").truth


def test_a_document_more_or_less_is_seen(house: Path) -> None:
    load()
    (house / "data" / "background" / "public-sources.trig").unlink()
    assert not is_kept()
    assert not load().query("ASK { ?claim fot:status status:background }").truth


def test_mistakes_in_the_data_are_told_each_time(house: Path) -> None:
    load()
    claims = house / "data" / "documents" / "vp-sv-2019-2020-358" / "claims.trig"
    replaced(claims, "De partners ervaren", "De vennoten ervaren")
    for _ in range(2):
        assert load(strict=False).problems
        with pytest.raises(QuoteError):
            load()
    claims.write_text("<urn:x> ")
    with pytest.raises(RdfSyntaxError):
        load()


def test_nothing_is_kept_of_what_changed_while_it_was_read(cache: Path, house: Path) -> None:
    before = snapshot.inputs()
    replaced(house / "data" / "entities.ttl", '"SERV"', '"SERW"')
    snapshot.write(before, [])
    assert not cache.exists()


def test_nothing_is_kept_of_code_that_is_no_longer_on_the_disk(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "_CODE", b"older")
    load()
    assert not cache.exists()


def quads_of(cache: Path) -> Path:
    """Find the file of quads that is in use."""
    assert is_kept()
    name = (cache / "snapshot").read_bytes()[len(snapshot.inputs()) :].split()[0]
    return cache / name.decode()


@pytest.mark.usefixtures("graph")
def test_a_snapshot_that_was_cut_off_is_not_used(cache: Path) -> None:
    kept = (cache / "snapshot").read_bytes()
    (cache / "snapshot").write_bytes(kept[:-4])
    assert not is_kept()
    load()
    quads = quads_of(cache)
    kept = quads.read_bytes()
    quads.write_bytes(kept[: kept.rindex(b"\n", 0, -100) + 1])
    assert not is_kept()
    load()
    assert quads_of(cache).read_bytes() == kept


def test_a_snapshot_without_its_quads_is_not_used(cache: Path, graph: Graph) -> None:
    for spoilt in (b"", b"#"):
        quads_of(cache).write_bytes(spoilt)
        assert not is_kept()
        assert load().quads == graph.quads
    quads_of(cache).unlink()
    assert not is_kept()
    assert load().quads == graph.quads


def test_a_snapshot_that_a_disk_spoilt_is_not_used(cache: Path, graph: Graph) -> None:
    quads = quads_of(cache)
    quads.write_bytes(b"\0" * quads.stat().st_size)
    assert not is_kept()
    assert load().quads == graph.quads
    assert is_kept(), "it is written anew"


def test_a_figure_that_was_changed_is_not_believed(cache: Path, graph: Graph) -> None:
    quads = quads_of(cache)
    content = quads.read_bytes()
    assert b'"28433.6"' in content
    quads.write_bytes(content.replace(b'"28433.6"', b'"98433.60"'))
    assert load().quads == graph.quads
    assert quads_of(cache).read_bytes() == content


def test_a_file_of_one_line_is_not_believed(cache: Path, graph: Graph) -> None:
    for content in (b"# complete\n", b"<urn:a> <urn:b> <urn:c> .\n"):
        quads_of(cache).write_bytes(content)
        assert load().quads == graph.quads
        assert is_kept()


@pytest.mark.usefixtures("graph")
def test_another_checksum_or_size_is_not_believed(cache: Path) -> None:
    kept, inputs = (cache / "snapshot").read_bytes(), snapshot.inputs()
    name, size, checksum = kept[len(inputs) :].split()
    for wrong in (
        b"%s %s %s\n" % (name, size, b"0" * 64),
        b"%s %d %s\n" % (name, int(size) - 1, checksum),
        b"../%s %s %s\n" % (name, size, checksum),
        b"%s %s %s\nmore" % (name, size, checksum),
        b"%s" % name,
        b"",
    ):
        (cache / "snapshot").write_bytes(inputs + wrong)
        assert not is_kept()


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="the system keeps such rights elsewhere")
def test_the_snapshot_is_the_users_alone(cache: Path) -> None:
    cache.mkdir(parents=True, mode=0o755)
    load()
    modes = {path.name[:9]: path.stat().st_mode & 0o777 for path in cache.iterdir()}
    assert (cache.stat().st_mode & 0o777, modes) == (0o700, {"snapshot": 0o600, "snapshot-": 0o600})


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="the system keeps such rights elsewhere")
@pytest.mark.parametrize(("mode", "what"), in_turn([0o020, 0o002, 0o040, 0o004], ["folder", "inputs", "quads"]))
def test_what_others_may_change_or_read_is_not_believed(cache: Path, graph: Graph, mode: int, what: str) -> None:
    path = {"folder": cache, "inputs": cache / "snapshot", "quads": quads_of(cache)}[what]
    path.chmod(path.stat().st_mode | mode)
    assert not is_kept()
    assert load().quads == graph.quads
    assert is_kept(), "it is written anew"


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="the system keeps such rights elsewhere")
@pytest.mark.usefixtures("graph")
def test_what_belongs_to_another_is_not_believed(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path.name: path.read_bytes() for path in cache.iterdir()}
    monkeypatch.setattr(os, "geteuid", lambda: cache.stat().st_uid + 1)
    assert not is_kept()
    assert load().query("ASK { ?claim a fot:Claim }").truth
    assert {path.name: path.read_bytes() for path in cache.iterdir()} == before, "nor is it written"


@pytest.mark.parametrize("what", ["inputs", "quads"])
def test_a_link_is_not_believed(cache: Path, graph: Graph, what: str) -> None:
    path = cache / "snapshot" if what == "inputs" else quads_of(cache)
    path.rename(cache.parent / "elsewhere")
    path.symlink_to(cache.parent / "elsewhere")
    assert not is_kept()
    assert load().quads == graph.quads
    assert is_kept(), "it is written anew"
    assert not (cache / "snapshot").is_symlink()


@pytest.mark.usefixtures("graph")
def test_a_folder_that_is_a_link_is_neither_read_nor_written(cache: Path) -> None:
    cache.rename(cache.parent / "elsewhere")
    cache.symlink_to(cache.parent / "elsewhere")
    before = sorted((cache.parent / "elsewhere").iterdir())
    assert not is_kept()
    assert load().query("ASK { ?claim a fot:Claim }").truth
    assert sorted((cache.parent / "elsewhere").iterdir()) == before


def test_a_pipe_in_the_cache_keeps_nobody_waiting(cache: Path, graph: Graph) -> None:
    quads = quads_of(cache)
    for path in (quads, cache / "snapshot"):
        path.unlink()
        os.mkfifo(path, 0o600)
        assert not is_kept()
    assert load().quads == graph.quads


def test_quads_are_read_from_memory_once_they_are_checked(cache: Path) -> None:
    load()
    graph = load()
    quads_of(cache).write_bytes(b"")
    assert len(graph.quads) > 1000


@pytest.mark.usefixtures("graph")
def test_quads_of_former_snapshots_are_removed_after_a_day(cache: Path) -> None:
    old, recent = cache / "snapshot-1-1.nq", cache / "snapshot-1-2.nq"
    for path in (old, recent):
        path.write_bytes(b"")
    os.utime(old, (0, 0))
    (cache / "snapshot").unlink()
    load()
    assert (old.exists(), recent.exists()) == (False, True)


@pytest.mark.parametrize("blocked", ["parent", "place"])
def test_it_works_as_well_where_nothing_can_be_kept(cache: Path, blocked: str) -> None:
    if blocked == "parent":
        cache.parent.write_text("a file where a folder would be")
    else:
        (cache / "snapshot").mkdir(parents=True)
    assert load().quads == load().quads
    assert not is_kept()
    assert blocked == "parent" or [path.name for path in cache.iterdir()] == ["snapshot"]


def test_it_works_for_a_user_without_a_home(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless(user: int) -> None:
        raise KeyError(user)

    monkeypatch.setenv("XDG_CACHE_HOME", "not/absolute")
    monkeypatch.delenv("HOME")
    monkeypatch.setattr("pwd.getpwuid", homeless)
    assert isinstance(load(), Graph)
    assert not is_kept()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have their caches elsewhere")
@pytest.mark.parametrize(
    ("given", "place"),
    [
        ("/somewhere", "/somewhere/fot-graph/snapshot"),
        *((odd, "/home/of/user/.cache/fot-graph/snapshot") for odd in ("", "x/y")),
    ],
)
def test_the_environment_chooses_the_place(monkeypatch: pytest.MonkeyPatch, given: str, place: str) -> None:
    monkeypatch.setenv("HOME", "/home/of/user")
    monkeypatch.setenv("XDG_CACHE_HOME", given)
    assert snapshot._snapshot_path() == Path(place)


def test_paths_of_ones_own_leave_no_snapshot(cache: Path) -> None:
    load(HOUSE / "data" / "entities.ttl")
    assert not cache.exists()


def test_all_code_that_reads_counts() -> None:
    todo, met = {"claims.corpus", "claims.cache"}, set[str]()
    while todo:
        name = todo.pop()
        met.add(name)
        todo |= own(PACKAGE / f"{name.replace('.', '/')}.py") - met
    assert {name.partition(".")[0] for name in met} == set(snapshot.READERS)
