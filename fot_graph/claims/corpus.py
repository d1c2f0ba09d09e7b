"""All that a graph is made of: ontology and names, and the documents and claims that stand on them."""

from __future__ import annotations

from functools import lru_cache
from os.path import realpath  # a link to itself ends Path.resolve
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode, Quad

from fot_graph.claims.documents import FORMATS, ONTOLOGY, PROVENANCE, read_claims, read_document, read_layer, read_names
from fot_graph.core import limits
from fot_graph.core.errors import InputFileError, UsageError
from fot_graph.core.namespaces import PACKAGED, URI_SPACE, Namespaces, expand
from fot_graph.core.resources import folder, is_there, read_text
from fot_graph.text import source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from os import PathLike

    from fot_graph.claims.documents import DocumentFolder
    from fot_graph.core.errors import QuoteError
    from fot_graph.text.source import Source


class Corpus(NamedTuple):
    """All quads, each in its named graph, the parsed text of each document, and the quotes that were not found."""

    quads: list[Quad]
    sources: dict[str, Source]
    problems: list[QuoteError]


class PathContent(NamedTuple):
    """What one path gives: its quads, the document if it is one, and the texts that an exported graph carries."""

    quads: list[Quad]
    document: DocumentFolder | None = None
    sources: dict[str, Source] = {}  # noqa: RUF012  never changed


def read(paths: Iterable[str | PathLike[str]] | None = None, *, strict: bool = True, base: str | None = None) -> Corpus:
    """Read the given documents, claims and names, or those that come with fot_graph; `api.load` tells more.

    Raises: as `parts`.
    """
    found = Corpus([], {}, [])
    for quads, document, sources in parts(paths, strict=strict, base=base):
        found.quads.extend(quads)
        found.sources.update(sources)
        if document:
            found.sources[document.id] = document.source
            found.problems.extend(document.problems)
    return found


def parts(
    paths: Iterable[str | PathLike[str]] | None = None, *, strict: bool = True, base: str | None = None
) -> Iterator[PathContent]:
    """Read what `read` reads one path at a time, ontology and names first, so that nobody has to hold it all.

    Without `base` it is the one that an exported graph among the paths tells of, or else the packaged one.

    Raises: `InputFileError`, `RdfSyntaxError`, `QuoteError`, `InventedError`; `UsageError` for two
    documents of one name, and for claims that derive from themselves, or by more than `limits.DERIVATIONS` steps.
    """
    places = list(_packaged() if paths is None else _documents_in(map(Path, paths)))
    namespaces = _namespaces(() if paths is None else places, base)
    yield PathContent([*_vocabulary(namespaces), *_base_quads(namespaces)])
    texts = _Texts(places)
    names: set[str] = set()
    bases: dict[str, set[str]] = {}
    for path in places:
        claims = _claims_of_document(path)
        if claims:
            document = read_document(claims.parent, claims.name, strict=strict, at_hand=texts, namespaces=namespaces)
            if document.id in names:
                raise UsageError("two-documents", name=document.id)
            names.add(document.id)
            part = PathContent(document.quads, document)
        else:
            part = _read_other(path, texts, namespaces, strict=strict)
        _add_bases(part.quads, bases)
        yield part
    _check_depth(bases, namespaces)


class _Texts:
    """The texts of the documents that are read: of the folders given, and of the exported graphs read so far."""

    def __init__(self, places: Iterable[Path]) -> None:
        found = (claims for claims in map(_claims_of_document, places) if claims)
        self._files = {Path(realpath(claims.parent)).name: claims.parent / "source.txt" for claims in found}
        self.exported: dict[str, Source] = {}
        self._read = lru_cache(maxsize=16)(source.read)

    def __call__(self, name: str) -> Source | None:
        """Give the text of a document, if there is one."""
        return self._read(self._files[name]) if name in self._files else self.exported.get(name)


def _add_bases(quads: Iterable[Quad], bases: dict[str, set[str]]) -> None:
    """Add what each claim derives from."""
    for quad in quads:
        if quad.predicate == _DERIVED_FROM:
            bases.setdefault(_document_of(quad.subject), set()).add(_document_of(quad.object))


def _document_of(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)


def _check_depth(bases: dict[str, set[str]], namespaces: Namespaces) -> None:
    """See that no claim derives from itself, nor from others too many times over."""
    waiting = {claim: {base for base in found if base in bases} for claim, found in bases.items()}
    for _ in range(limits.DERIVATIONS):
        done = {claim for claim, found in waiting.items() if not found}
        if not done:
            break
        waiting = {claim: found - done for claim, found in waiting.items() if found}
    if waiting:
        deep = any(not found for found in waiting.values())
        code = "derives-too-deep" if deep else "derives-from-itself"
        claim = namespaces.shorten(min(waiting))
        raise UsageError(code, "derive-from-quotes", claim=claim, steps=limits.DERIVATIONS)


_DERIVED_FROM = NamedNode(expand("prov:wasDerivedFrom"))


def claims_files(paths: Iterable[Path] | None = None) -> Iterator[Path]:
    """Give the file of claims of each document at some paths, or of those that come with fot_graph.

    Raises: `InputFileError` for a path where no document is.
    """
    for path in _packaged() if paths is None else _documents_in(paths):
        claims = _claims_of_document(path)
        if claims and claims.exists():
            yield claims
        elif paths is not None:
            raise InputFileError(path, "no-document-here")


def packaged_sources() -> dict[str, Source]:
    """Parse the texts of the documents that come with fot_graph, by the names of the documents."""
    return {path.name: source.read(path / "source.txt") for path in _packaged() if path.is_dir()}


def _vocabulary(namespaces: Namespaces) -> list[Quad]:
    files = sorted(folder("ontology").glob("*.ttl"))
    ontology = [quad for path in files for quad in read_layer(path, ONTOLOGY, namespaces)]
    return ontology + read_names(folder("data") / "entities.ttl", namespaces=namespaces).quads


def _base_quads(namespaces: Namespaces) -> Iterator[Quad]:
    """Let the graph itself tell its base (VoID, 6.2), if that is not the packaged one."""
    if not namespaces.is_packaged:
        yield Quad(NamedNode(namespaces.base), NamedNode(URI_SPACE), Literal(namespaces.base), PROVENANCE)


def _namespaces(places: Iterable[Path], base: str | None) -> Namespaces:
    """Give the namespaces of the graph that some places make: those below `base`, or below what a graph in them tells.

    Raises: `UsageError` where several bases are told of, and for one that cannot be a base.
    """
    told = {PACKAGED if base is None else base: ""}
    for path in places:
        if path.suffix in FORMATS and is_there(path, Path.is_file) and URI_SPACE in read_text(path):
            quads = (quad for quad in read_layer(path, PROVENANCE) if quad.predicate.value == URI_SPACE)
            told |= {quad.object.value: str(path) for quad in quads if isinstance(quad.object, Literal)}
    if base is None and len(told) > 1:
        del told[PACKAGED]
    if len(told) > 1:
        first, second = (f"{space} ({path})" if path else space for space, path in list(told.items())[:2])
        raise UsageError("two-bases", first=first, second=second)
    return Namespaces(*told)


def _packaged() -> list[Path]:
    data = folder("data")
    return [*sorted((data / "documents").iterdir()), *sorted((data / "background").glob("*.trig"))]


def _documents_in(paths: Iterable[Path]) -> Iterator[Path]:
    """Give the documents of a folder of documents in its place."""
    for path in paths:
        own = any(is_there(path / name) for name in ("claims.trig", "source.txt"))
        holds_others = is_there(path, Path.is_dir) and not own
        documents = sorted(claims.parent for claims in path.glob("*/claims.trig")) if holds_others else []
        yield from documents or [path]


def _claims_of_document(path: Path) -> Path | None:
    """Give the file of claims when the path is a document: a folder, or claims with a source text beside them."""
    if is_there(path, Path.is_dir):
        return path / "claims.trig"
    return path if path.suffix == ".trig" and is_there(path.parent / "source.txt") else None


def _read_other(path: Path, texts: _Texts, namespaces: Namespaces, *, strict: bool) -> PathContent:
    is_names = path.suffix in (".ttl", ".nt")
    if is_names:
        found = read_names(path, at_hand=texts, namespaces=namespaces)
    else:
        found = read_claims(path, strict=strict, at_hand=texts, namespaces=namespaces)
    texts.exported.update(found.sources)
    return PathContent(found.quads, None, found.sources)
