"""All that a graph is made of: ontology and names, and the documents and claims that stand on them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from fot_graph import source
from fot_graph.documents import NAMING, ONTOLOGY, read_claims, read_document, read_layer
from fot_graph.errors import InputFileError, UsageError
from fot_graph.resources import folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from os import PathLike

    from pyoxigraph import Quad

    from fot_graph.documents import Document
    from fot_graph.errors import QuoteError
    from fot_graph.source import Source


class Corpus(NamedTuple):
    """All quads, each in its named graph, the parsed text of each document, and the quotes that were not found."""

    quads: list[Quad]
    sources: dict[str, Source]
    problems: list[QuoteError]


class Part(NamedTuple):
    """What one path gives: its quads, and the document, if it is one."""

    quads: list[Quad]
    document: Document | None = None


def read(paths: Iterable[str | PathLike[str]] | None = None, *, strict: bool = True) -> Corpus:
    """Read the given documents, claims and names, or those that come with fot_graph; `graph.load` tells more.

    Raises: `InputFileError`, `RdfSyntaxError`, `SourceLayoutError`, `QuoteError`, and `UsageError` for two documents
    of one name.
    """
    found = Corpus([], {}, [])
    for quads, document in parts(paths, strict=strict):
        found.quads.extend(quads)
        if document:
            found.sources[document.id] = document.source
            found.problems.extend(document.problems)
    return found


def parts(paths: Iterable[str | PathLike[str]] | None = None, *, strict: bool = True) -> Iterator[Part]:
    """Read what `read` reads one path at a time, ontology and names first, so that nobody has to hold it all.

    Raises: as `read`.
    """
    yield Part(_vocabulary())
    names: set[str] = set()
    for path in _packaged() if paths is None else _each(map(Path, paths)):
        claims = _claims_of_document(path)
        if not claims:
            yield Part(_other(path))
            continue
        document = read_document(claims.parent, claims.name, strict=strict)
        if document.id in names:
            raise UsageError(f"two documents are named {document.id}", "a document is named after its folder")
        names.add(document.id)
        yield Part(document.quads, document)


def claims_files(paths: Iterable[Path] | None = None) -> Iterator[Path]:
    """Give the file of claims of each document at some paths, or of those that come with fot_graph.

    Raises: `InputFileError` for a path where no document is.
    """
    for path in _packaged() if paths is None else _each(paths):
        claims = _claims_of_document(path)
        if claims and claims.exists():
            yield claims
        elif paths is not None:
            hint = "give a folder with source.txt and claims.trig, or claims with their source.txt beside them"
            raise InputFileError(path, "no document is here", hint)


def packaged_sources() -> dict[str, Source]:
    """Parse the texts of the documents that come with fot_graph, by the names of the documents."""
    return {path.name: source.read(path / "source.txt") for path in _packaged() if path.is_dir()}


def _vocabulary() -> list[Quad]:
    ontology = [quad for path in sorted(folder("ontology").glob("*.ttl")) for quad in read_layer(path, ONTOLOGY)]
    return ontology + read_layer(folder("data") / "entities.ttl", NAMING)


def _packaged() -> list[Path]:
    data = folder("data")
    return [*sorted((data / "documents").iterdir()), *sorted((data / "background").glob("*.trig"))]


def _each(paths: Iterable[Path]) -> Iterator[Path]:
    """Give the documents of a folder of documents in its place."""
    for path in paths:
        holds_others = path.is_dir() and not any((path / name).exists() for name in ("claims.trig", "source.txt"))
        documents = sorted(claims.parent for claims in path.glob("*/claims.trig")) if holds_others else []
        yield from documents or [path]


def _claims_of_document(path: Path) -> Path | None:
    """Give the file of claims when the path is a document: a folder, or claims with a source text beside them."""
    if path.is_dir():
        return path / "claims.trig"
    return path if path.suffix == ".trig" and (path.parent / "source.txt").exists() else None


def _other(path: Path) -> list[Quad]:
    return read_layer(path, NAMING) if path.suffix in (".ttl", ".nt") else read_claims(path)
