"""Write a store on disk: the layers and claims as named graphs, and as default graph their union, each triple once.

Documents are read one at a time and handed to the engine as they are read. The store is made beside its place and put
there when it is whole (`places`), so that a load that fails, is interrupted or killed leaves what was there.
"""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import DefaultGraph, Literal, Quad, QuerySolutions, Store

from fot_graph.claims.corpus import parts
from fot_graph.claims.layers import ONTOLOGY
from fot_graph.core.errors import OutputFileError, UsageError, system_message
from fot_graph.core.namespaces import PREFIXES
from fot_graph.stores import places
from fot_graph.stores.disk import DiskGraph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from os import PathLike


class StoreCounts(NamedTuple):
    """What a store holds."""

    documents: int
    claims: int
    triples: int


def write(
    directory: str | PathLike[str],
    paths: Iterable[str | PathLike[str]] | None = None,
    *,
    replace: bool = False,
    base: str | None = None,
    told: Callable[[int], None] = lambda _: None,
) -> StoreCounts:
    """Write the packaged documents, or the given ones, as `api.load` reads them, to a new store.

    With `replace` a store of fot_graph that is there gives way to it; who has that one open goes on with it. A link is
    followed, also one that leads to where nothing is yet. `told` is called after each document, with the number of
    documents that were read.

    Raises: as `api.load`; `UsageError` for a folder with something else in it, and while another load writes there;
    `InputFileError` for a store there that cannot be opened; `OutputFileError`.
    """
    place = Path(os.path.realpath(directory))
    try:
        _check(place, replace=replace)
        with places.replacing(place) as new:
            _check(place, replace=replace)  # again: another load may just have ended
            store = Store(str(new))
            quads = _quads(paths, base, told)
            while some := list(islice(quads, _AT_ONCE)):
                store.bulk_extend(some)
            store.optimize()
            store.flush()
            written = StoreCounts(*(_count(store, query) for query in _COUNTS))
            del store  # closes it
            places.put(new, place)
            return written
    except OSError as error:
        raise OutputFileError(place, system_message(error)) from error


def abandon() -> None:
    """Leave what was there, whatever `write` is doing in another thread: the process is about to end."""
    places.abandon()


_AT_ONCE = 400_000  # quads; left to itself the engine takes five times the memory, and is no faster
_COUNTS = (
    "SELECT (COUNT(DISTINCT ?document) AS ?n) { ?document a foaf:Document ; prov:value ?text }",
    "SELECT (COUNT(*) AS ?n) { ?claim a fot:Claim }",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
)


def _quads(
    paths: Iterable[str | PathLike[str]] | None, base: str | None, told: Callable[[int], None]
) -> Iterator[Quad]:
    """Yield each quad, and its triple for the default graph; the store keeps the same quad once."""
    union, documents = DefaultGraph(), 0
    for part in parts(paths, base=base):
        for quad in part.quads:
            yield quad
            yield Quad(quad.subject, quad.predicate, quad.object, union)
        documents += part.document is not None
        told(documents)


def _count(store: Store, query: str) -> int:
    found = store.query(query, prefixes=PREFIXES)
    assert isinstance(found, QuerySolutions)
    number = next(found)[0]
    assert isinstance(number, Literal)
    return int(number.value)


# --- The place -------------------------------------------------------------------------------------------------------


def _check(place: Path, *, replace: bool) -> None:
    if not place.parent.is_dir():
        raise OutputFileError(place, "no-folder")
    if place.is_symlink():
        raise UsageError("link-to-itself", place=place)
    if place.exists() and not place.is_dir():
        raise UsageError("place-is-a-file", place=place)
    if not place.exists() or not any(place.iterdir()):
        return
    if not (place / "CURRENT").exists() or not DiskGraph.open(place).store.contains_named_graph(ONTOLOGY):
        raise UsageError("folder-not-empty", place=place)
    if not replace:
        raise UsageError("store-there-already", place=place)
