"""A store that is replaced while the server runs: from one answer to the next, all is of the new one."""

from __future__ import annotations

import os
import threading
from contextlib import contextmanager
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from serving import Server, running, write_store

from fot_graph.web.workers.following import StoreFolder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

QUERY = "SELECT ?label { id:serv skos:prefLabel ?label }"
OTHERS = ["/sparql?query=" + quote("CONSTRUCT WHERE { ?s ?p ?o }"), "/id/serv.ttl", "/id/serv.nq", "/en/page/id/serv"]
WORDS = ("old", "new", "newer")


def moved(new: Path, place: Path) -> None:
    """Put a folder in the place of another, which is removed from it first."""
    place.rename(place.with_name("gone"))
    new.rename(place)


def linked(new: Path, place: Path) -> None:
    """Let a link lead to another folder."""
    link = place.with_name("link")
    link.symlink_to(new)
    link.replace(place)


@contextmanager
def serving(place: Path, *options: str) -> Iterator[Server]:
    with running("--quiet", "--store", str(place), *options) as server:
        yield server


def word(body: bytes) -> str:
    """Give the word of the store that an answer is of."""
    found = [each for each in WORDS if f'"{each}"'.encode() in body or f">{each}<".encode() in body]
    assert len(found) == 1, body
    return found[0]


@pytest.fixture(params=[moved, linked])
def put(request: pytest.FixtureRequest) -> Callable[[Path, Path], None]:
    """Give the ways in which a store is replaced."""
    return request.param  # type: ignore[no-any-return]


def first_place(tmp_path: Path, put: Callable[[Path, Path], None]) -> Path:
    if put is moved:
        return write_store(tmp_path / "store", "old")
    linked(write_store(tmp_path / "old", "old"), tmp_path / "store")
    return tmp_path / "store"


def test_the_first_answer_after_it_is_new(tmp_path: Path, put: Callable[[Path, Path], None]) -> None:
    place = first_place(tmp_path, put)
    with serving(place, "--workers", "2") as server:
        before = {path: server.get(path) for path in OTHERS}
        assert {word(got.body) for got in before.values()} == {"old"}
        for number, name in enumerate(("new", "newer")):
            put(write_store(tmp_path / f"{number}", name), place)
            answers = [server.get(path) for path in OTHERS * 3]
            assert [word(got.body) for got in answers] == [name] * len(answers)
            if put is moved:
                (tmp_path / "gone").rename(tmp_path / f"gone{number}")


def test_what_a_client_has_of_the_old_one_is_not_current(tmp_path: Path, put: Callable[[Path, Path], None]) -> None:
    """Also if the new one was written earlier than the old one."""
    new = write_store(tmp_path / "new", "new")
    for file in new.iterdir():
        os.utime(file, (1, 1))
    place = first_place(tmp_path, put)
    with serving(place, "--workers", "1") as server:
        old = server.get("/id/serv.ttl").headers
        put(new, place)
        for condition in ({"If-None-Match": old["ETag"]}, {"If-Modified-Since": old["Last-Modified"]}):
            got = server.request("GET", "/id/serv.ttl", headers=condition)
            assert (got.status, word(got.body)) == (200, "new")
        now = server.get("/id/serv.ttl").headers
        assert now["ETag"] != old["ETag"]
        assert server.request("GET", "/id/serv.ttl", headers={"If-None-Match": now["ETag"]}).status == 304
        times = [old["Last-Modified"], now["Last-Modified"]]
        if put is moved:
            (tmp_path / "gone").rename(tmp_path / "first")
        put(write_store(tmp_path / "newer", "newer"), place)
        times.append(server.get("/id/serv.ttl").headers["Last-Modified"])
        assert len(set(times)) == 3  # though all of it may have happened within a second


def test_what_was_counted_follows(tmp_path: Path) -> None:
    place, new = write_store(tmp_path / "store", "old"), write_store(tmp_path / "new", "new", more=5)
    count = "<http://rdfs.org/ns/void#triples> {} ;"
    with serving(place, "--workers", "1") as server:
        assert count.format(2) in server.get("/.well-known/void").text
        moved(new, place)
        assert count.format(7) in server.get("/.well-known/void").text


def test_for_many_clients_the_answers_turn_once(tmp_path: Path, put: Callable[[Path, Path], None]) -> None:
    """Each client gets answers of the old one, and then of the new one: never back, whether they were kept or not."""
    place, new = first_place(tmp_path, put), write_store(tmp_path / "new", "new")
    with serving(place, "--workers", "3") as server:

        def client(got: list[str]) -> None:
            got.extend(word(server.ask(f"{QUERY} # {number % 7}").body) for number in range(40))

        clients: list[list[str]] = [[], [], [], []]
        threads = [threading.Thread(target=client, args=(got,)) for got in clients]
        for thread in threads:
            thread.start()
        while min(map(len, clients)) < 10:
            threading.Event().wait(0.01)
        put(new, place)
        for thread in threads:
            thread.join()
    assert [[name for name, _ in groupby(got)] for got in clients] == [["old", "new"]] * 4


def test_no_work_on_the_old_one_ends_in_an_answer(tmp_path: Path) -> None:
    """A long query that began before is begun anew, and its answer is kept for the new store only."""
    place, new = write_store(tmp_path / "store", "old"), write_store(tmp_path / "new", "new")
    parts = " ".join(f"VALUES ?x{n} {{ {'1 ' * 60} }}" for n in range(4))
    long = f"SELECT ?label (COUNT(*) AS ?n) {{ id:serv skos:prefLabel ?label {parts} }} GROUP BY ?label"
    with serving(place, "--workers", "2", "--limit=time=60") as server:
        got: list[str] = []
        thread = threading.Thread(target=lambda: got.append(word(server.ask(long).body)))
        thread.start()
        while server.metric("requests_active") < 2:
            threading.Event().wait(0.01)
        threading.Event().wait(0.3)  # so that a worker has begun
        moved(new, place)
        assert word(server.ask(QUERY).body) == "new"
        thread.join()
        assert got == ["new"]
        assert word(server.ask(long).body) == "new"


def test_while_no_store_is_there_the_old_one_answers(tmp_path: Path) -> None:
    place = write_store(tmp_path / "store", "old")
    with serving(place, "--workers", "1") as server:
        assert word(server.ask(QUERY).body) == "old"
        place.rename(tmp_path / "gone")
        assert word(server.ask(QUERY).body) == "old"
        write_store(tmp_path / "new", "new").rename(place)
        assert word(server.ask(QUERY).body) == "new"


def test_a_store_that_cannot_be_opened_is_told_until_another_comes(tmp_path: Path) -> None:
    place, new = write_store(tmp_path / "store", "old"), write_store(tmp_path / "new", "new")
    broken = tmp_path / "broken"
    broken.mkdir()
    with serving(place, "--workers", "1", "--limit=time=1") as server:
        moved(broken, place)
        assert server.ask(QUERY).status == 503
        assert server.get("/health").status == 503
        (tmp_path / "gone").rename(tmp_path / "first")
        moved(new, place)
        for _ in range(100):
            if server.ask(QUERY).status == 200:
                break
        assert word(server.ask(QUERY).body) == "new"


def test_a_folder_that_was_removed_lends_its_number_to_no_other(tmp_path: Path) -> None:
    """File systems give the numbers of removed folders to new ones at once."""
    path = tmp_path / "store"
    path.mkdir()
    place = StoreFolder(str(path))
    assert not place.has_changed()
    for _ in range(50):
        path.rmdir()
        path.mkdir()
        assert place.has_changed()
        assert not place.has_changed()
    place.close()
