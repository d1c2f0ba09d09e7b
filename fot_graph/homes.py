"""The other homes of a graph: a store on disk, which `fot-graph load` writes, and a SPARQL server.

They may hold more than fits in memory, and a server answers late. So nothing is read ahead but the names of what an
answer shows, many with one query, and whatever needs the graph as a whole (`Graph.quads`: an export, a part by layer or
status) fetches it when it is asked for.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from pyoxigraph import Literal, NamedNode, Quad, Store

from fot_graph import source
from fot_graph.errors import InputFileError, UsageError
from fot_graph.graph import Graph
from fot_graph.namespaces import PREFIXES, expand
from fot_graph.places import Hold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from os import PathLike

    from pyoxigraph import QuerySolution
    from rdflib import Dataset

    from fot_graph.answers import Answer
    from fot_graph.endpoint import Login
    from fot_graph.errors import FotGraphError
    from fot_graph.parts import Parts
    from fot_graph.source import Source

    _Name = tuple[str, bool, str]  # its language, whether it is the preferred one, and what it reads

T = TypeVar("T")


def open_store(directory: str | PathLike[str]) -> Graph:
    """Open a store on disk, to read it only; so may others, at the same time.

    It is the version that stands there now: `fot-graph load --replace` changes nothing for who has it open.

    Raises: `InputFileError` for a folder that is not there, is no store, is being written, is damaged or may not be
    read.
    """
    place = Path(directory)
    try:
        if not stat.S_ISDIR(place.stat().st_mode):
            raise InputFileError(place, "it is no folder", _MAKE)
        hold = Hold(place)
    except (FileNotFoundError, NotADirectoryError):
        raise InputFileError(place, "there is no such folder", _MAKE) from None
    except OSError as error:
        raise _unopened(place, place, error) from None
    try:
        return _DiskGraph(place, hold.keep(_opened(place, hold.path)), hold.path)
    except BaseException:
        hold.end()
        raise


def _opened(place: Path, path: Path) -> Store:
    """Open the store that is found at `path`, and is called `place`."""
    try:
        with os.scandir(path) as found:
            files = {file.name: file.is_file() for file in found}
        if "CURRENT" not in files:
            raise InputFileError(place, "it is no store", _MAKE)
        for name in sorted(name for name, is_file in files.items() if not is_file and _OF_A_STORE.fullmatch(name)):
            raise InputFileError(place / name, "it is no file", "the other files of the store may be whole")
        if _is_written(path):
            raise InputFileError(place, "another program is writing it", "wait until it has ended")
        store = Store.read_only(str(path))
        is_empty = next(iter(store), None) is None  # so is one whose list of files (MANIFEST) is cut short
    except (OSError, RuntimeError) as error:
        raise _unopened(place, path, error) from None
    if is_empty:
        raise InputFileError(place, "there is nothing in the store", _MAKE)
    return store


def connect(url: str, login: Login | None = None, *, default_graph: str = "", timeout: float = 60.0) -> Graph:
    """Ask a SPARQL 1.1 server that holds layers and claims as named graphs, and as default graph their union.

    A server of the store that `fot-graph load` writes does. Where the server has no default graph of its own (Virtuoso)
    the union stands in a named graph, and `default_graph` is its IRI. Without a login it is that of the environment
    (`Login.from_environment`). Nothing is asked yet. `timeout` is in seconds.

    Raises: `UsageError` for what is no address; then, by everything that asks, `EndpointError`.
    """
    from fot_graph.endpoint import Endpoint, Login  # noqa: PLC0415  urllib3 is heavy: only those who need it pay for it

    login = Login.from_environment(os.environ) if login is None else login
    return _RemoteGraph(cast("Store", Endpoint(url, login, default_graph=default_graph, timeout=timeout)))


class HomeGraph(Graph):
    """A graph that stays where it is: see `open_store` and `connect`.

    What needs all quads (an export of everything, `here`) fetches them. Literals are as the home gives them, numbers
    and dates perhaps in another lexical form than they were written in.
    """

    is_here = False

    def __init__(self, store: Store) -> None:
        """Take an open store, or what answers to the same calls. Its default graph has to be the union."""
        self.store = store
        self.problems = []
        self._lookup = _Lookup(self._rows)

    @cached_property
    def quads(self) -> tuple[Quad, ...]:
        """All quads of the named graphs, fetched at once."""
        return tuple(Quad(*row) for row in self._rows("SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } }"))

    @cached_property
    def sources(self) -> Mapping[str, Source]:  # type: ignore[override]  # one that reads what is asked for
        """The parsed text of each document, by the document's name, read from the home itself when it is asked for."""
        return _Sources(self._rows)

    @cached_property
    def parts(self) -> Parts | None:
        """None: what is at home elsewhere is not copied to verify evidence."""
        return None

    def query(self, query: str) -> Answer:
        """Answer a SPARQL 1.1 query, as `Graph.query` does."""
        answer = super().query(query)
        answer.labels = lambda lang: self._labels_of(answer, lang)
        return answer

    def labels(self, lang: str) -> Mapping[str, str]:
        """Give the names of things by IRI; they are looked up when they are asked for."""
        return _Names(self._lookup, lang)

    def expect(self, iris: Iterable[str]) -> None:
        """Say which names will be asked for, so that they are looked up together."""
        self._lookup.expect(iris)

    # --- Inside -------------------------------------------------------------------------------------------------------

    def _rows(self, query: str) -> Iterator[QuerySolution]:
        return cast("Iterator[QuerySolution]", self.store.query(query, prefixes=PREFIXES))

    def _labels_of(self, answer: Answer, lang: str) -> Mapping[str, str]:
        self._lookup.find({term.value for row in answer for term in row if isinstance(term, NamedNode)})
        return self.labels(lang)

    def _arriving(self, rows: Iterable[QuerySolution]) -> Iterator[QuerySolution]:
        """Read some rows ahead, whose names are then looked up together."""
        for some in _in_chunks(rows, _AHEAD):
            self.expect(term.value for row in some for term in row if isinstance(term, NamedNode))
            yield from some

    def _knows(self, node: NamedNode) -> bool:
        return bool(self.store.query(f"ASK {{ {{ {node} ?p ?o }} UNION {{ ?s ?q {node} }} }}"))

    def _named(self, name: str, *properties: NamedNode) -> Iterator[NamedNode]:
        literals = [Literal(name), *(Literal(name, language=tag) for tag in ("nl", "en"))]
        ways = " UNION ".join(f"{{ ?thing {way} {literal} }}" for way in properties for literal in literals)
        return self._things(f"SELECT DISTINCT ?thing {{ {ways} }}")

    def _names_like(self, name: str, *properties: NamedNode) -> Iterator[tuple[NamedNode, Literal]]:
        ways = " UNION ".join(f"{{ ?thing {way} ?name }}" for way in properties)
        wanted = f"LCASE({Literal(' '.join(name.split()))})"
        alike = f'LCASE(STR(?name)) = {wanted} || LCASE(REPLACE(STR(?name), "\\\\s+", " ")) = {wanted}'
        return (
            (thing, label)
            for thing, label in self._rows(f"SELECT DISTINCT ?thing ?name {{ {ways} FILTER({alike}) }}")
            if isinstance(thing, NamedNode) and isinstance(label, Literal)
        )

    def _subjects_among(self, nodes: Iterable[NamedNode]) -> Iterator[NamedNode]:
        ways = " UNION ".join(f"{{ {node} ?p ?o BIND({node} AS ?thing) }}" for node in nodes)
        return self._things(f"SELECT DISTINCT ?thing {{ {ways} }}")

    def _subjects_like(self, name: str) -> Iterator[NamedNode]:
        ends = " || ".join(f"STRENDS(STR(?thing), {Literal(sign + name)})" for sign in "/#")
        return self._things(f"SELECT DISTINCT ?thing {{ ?thing a ?class FILTER(isIRI(?thing) && ({ends})) }}")

    def _preferred_labels(self) -> Iterator[str]:
        rows = self._rows(f"SELECT DISTINCT ?name {{ ?thing skos:prefLabel ?name }} LIMIT {_COMPARED}")
        return (row[0].value for row in rows)

    def _things(self, query: str) -> Iterator[NamedNode]:
        return (row[0] for row in self._rows(query) if isinstance(row[0], NamedNode))


class _DiskGraph(HomeGraph):
    """A graph in a store on disk; what cannot be read there is said so."""

    def __init__(self, place: Path, store: Store, path: Path) -> None:
        """Take a store, what it is called, and where it is found (`places.Hold`)."""
        super().__init__(store)
        self._place, self._path = place, path

    def __repr__(self) -> str:
        return f"<Graph in {self._place}>"

    @cached_property
    def parts(self) -> Parts | None:
        """The graph taken apart, to verify evidence; None where it has more claims than `parts.MOST_CLAIMS`."""
        from fot_graph.parts import MOST_CLAIMS, Parts  # noqa: PLC0415  as Graph.parts

        claims = self._rows(f"SELECT ?claim {{ ?claim a fot:Claim }} LIMIT {MOST_CLAIMS + 1}")
        return Parts(self.store) if len(list(claims)) <= MOST_CLAIMS else None

    def _rows(self, query: str) -> Iterator[QuerySolution]:
        try:
            yield from super()._rows(query)
        except (OSError, RuntimeError) as error:
            raise self._failure(error) from None

    def _failure(self, error: Exception) -> FotGraphError:
        return _unopened(self._place, self._path, error)


class _RemoteGraph(HomeGraph):
    """A graph on a server."""

    def __repr__(self) -> str:
        return f"<Graph at {self.store!r}>"

    @property
    def dataset(self) -> Dataset:
        """Not for a server: rdflib has a store of its own for these."""
        raise UsageError("a server gives no rdflib.Dataset", "open it with rdflib's SPARQLStore")


# --- Names -----------------------------------------------------------------------------------------------------------


class _Lookup:
    """The names that were looked up, and those that soon will be."""

    def __init__(self, ask: Callable[[str], Iterable[QuerySolution]]) -> None:
        self._ask = ask
        self._known: dict[str, list[_Name]] = {}
        self._expected: set[str] = set()

    def expect(self, iris: Iterable[str]) -> None:
        """Look these up with the next one that is not known."""
        if len(self._expected) > _KEPT:  # nobody asks for names here
            self._expected.clear()
        self._expected.update(iris)

    def names(self, iri: str) -> list[_Name]:
        """Give the names of a thing, each with its rank."""
        if iri not in self._known:
            self.find({iri, *self._expected})
            self._expected.clear()
        return self._known[iri]

    def find(self, iris: set[str]) -> None:
        """Look up names, many with one query."""
        if len(self._known) > _KEPT:
            self._known.clear()
        for some in _in_chunks(sorted(iris - self._known.keys()), _AT_ONCE):
            self._known.update({iri: [] for iri in some})
            nodes = " ".join(f"<{iri}>" for iri in some if _IRI.fullmatch(iri))
            for thing, property_, name in self._ask(_NAMES.format(f"VALUES ?thing {{ {nodes} }}")):
                self._add(thing, property_, name)

    def all(self) -> Iterable[str]:
        """Look up every name there is, and give the things that have one."""
        for thing, property_, name in self._ask(_NAMES.format("")):
            self._known.setdefault(thing.value, [])
            self._add(thing, property_, name)
        return [iri for iri, names in self._known.items() if names]

    def _add(self, thing: NamedNode, property_: NamedNode, name: Literal) -> None:
        self._known[thing.value].append((name.language or "", property_ == _PREF_LABEL, name.value))


class _Names(Mapping[str, str]):
    """The names of things in a language, by IRI: a mapping that looks them up."""

    def __init__(self, lookup: _Lookup, lang: str) -> None:
        self._lookup, self._lang = lookup, lang

    def __getitem__(self, iri: str) -> str:
        """Give the name that `Graph.labels` gives."""
        names = self._lookup.names(iri)
        if not names:
            raise KeyError(iri)
        return max(names, key=lambda name: (name[0] == self._lang, *name[1:]))[2]

    def __iter__(self) -> Iterator[str]:
        return iter(self._lookup.all())

    def __len__(self) -> int:
        return len(list(self._lookup.all()))


class _Sources(Mapping[str, "Source"]):
    """The texts of documents, by the names of the documents: a mapping that looks them up."""

    def __init__(self, ask: Callable[[str], Iterable[QuerySolution]]) -> None:
        self._ask = ask

    def __getitem__(self, name: str) -> Source:
        """Read one text."""
        known = f"<{PREFIXES['doc']}{name}>" if _NAME.fullmatch(name) else ""
        for row in self._ask(f"SELECT ?text {{ {known} a foaf:Document ; prov:value ?text }}") if known else ():
            return source.parse(row[0].value)
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        found = self._ask("SELECT ?document { ?document a foaf:Document ; prov:value ?text }")
        return iter(sorted(row[0].value.removeprefix(PREFIXES["doc"]) for row in found))

    def __len__(self) -> int:
        return len(list(iter(self)))


_MAKE = "fot-graph load --store DIR makes one"
_NAME = re.compile(r"[A-Za-z0-9._~-]+")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*")
_AHEAD, _AT_ONCE, _KEPT = 100, 200, 50_000
_COMPARED = 5_000  # names that an unknown one is compared with
_PREF_LABEL = NamedNode(expand("skos:prefLabel"))
_NAMES = """SELECT ?thing ?property ?name {{
  {{ {0} ?thing rdfs:label ?name BIND(rdfs:label AS ?property) }}
  UNION {{ {0} ?thing skos:prefLabel ?name BIND(skos:prefLabel AS ?property) }}
  FILTER(isIRI(?thing) && isLiteral(?name))
}}"""


def _in_chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk


def _is_written(place: Path) -> bool:
    """Tell whether another process holds the lock of a store, where the system knows such locks."""
    try:
        import fcntl  # noqa: PLC0415  not on Windows
    except ImportError:
        return False
    with suppress(FileNotFoundError), (place / "LOCK").open("rb") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError as error:
            return error.errno in (errno.EACCES, errno.EAGAIN)
    return False


def _unopened(place: Path, path: Path, error: Exception) -> InputFileError:
    """Say why the store that is found at `path`, and is called `place`, cannot be opened or read.

    Only one in which the engine finds wrong bytes, or misses a file, is damaged; no other may be removed for it.
    """
    if isinstance(error, InputFileError):
        return error
    if unreadable := _unreadable(path):
        hint = "the store is whole, but not yours to read: ask its owner, or set the rights with chmod"
        return InputFileError(place / unreadable if unreadable != "." else place, "permission denied", hint)
    said = " ".join(str(error).replace(str(path), str(place)).split())
    missing = isinstance(error, FileNotFoundError) or "no such file" in said.lower()
    if "corruption" in said.lower() or (missing and place.exists()):
        return InputFileError(place, "the store is damaged", "remove it and write it anew with fot-graph load")
    reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else said
    return InputFileError(place, reason, "the store itself may be whole")


def _unreadable(path: Path) -> str:
    """Give the name of a file of a store that may not be read ('.' for its folder), '' if there is none."""
    try:
        for file in sorted(path.iterdir()):
            if _OF_A_STORE.fullmatch(file.name):
                file.open("rb").close()
    except PermissionError as error:
        return "." if Path(error.filename) == path else Path(error.filename).name
    except OSError:
        return ""
    return ""


# What is opened of a store, which could keep the reader waiting where it is no file; LOG is only written
_OF_A_STORE = re.compile(r"CURRENT|IDENTITY|LOCK|(?:MANIFEST|OPTIONS)-\d+|\d+\.(?:sst|log|blob)")
