"""All that a graph is made of: ontology and names, and the documents and claims that stand on them."""

from __future__ import annotations

from functools import cache, lru_cache, partial
from os.path import realpath  # a link to itself ends Path.resolve
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode, Quad

from fot_graph.claims import curation, inputs, vocabulary
from fot_graph.claims.claims_md.errors import ClaimsFileError
from fot_graph.claims.documents import Context, read_claims, read_document, read_names
from fot_graph.claims.found_layer import found_quads
from fot_graph.claims.known_names import Said, names_in, said_in
from fot_graph.claims.layers import FORMATS, PROVENANCE, read_layer
from fot_graph.claims.origin import Origin, read_source
from fot_graph.claims.origin import read as read_origin
from fot_graph.core import limits, workspace
from fot_graph.core.errors import InputFileError, InventedError, RdfSyntaxError, SeveralErrors, UsageError
from fot_graph.core.namespaces import PACKAGED, URI_SPACE, Namespaces
from fot_graph.core.quote_errors import QuoteError
from fot_graph.core.resources import is_there, read_text
from fot_graph.core.terms import node
from fot_graph.core.words import LANGUAGES
from fot_graph.core.workspace import FILE, packaged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from os import PathLike

    from fot_graph.claims.claims_md.naming import Vocabulary
    from fot_graph.claims.documents import DocumentFolder
    from fot_graph.claims.inputs import Places
    from fot_graph.claims.known_names import Known
    from fot_graph.core.errors import FotGraphError
    from fot_graph.core.workspace import Workspace
    from fot_graph.text.source import Source


class Corpus(NamedTuple):
    """All quads, each in its named graph, the parsed text of each document, and the quotes that were not found.

    `workspaces` are the folders of the workspaces read, but for the one that comes with fot_graph.
    """

    quads: list[Quad]
    sources: dict[str, Source]
    problems: list[QuoteError]
    workspaces: tuple[Path, ...] = ()


class PathContent(NamedTuple):
    """What one path gives: its quads, the document if it is one, and the texts that an exported graph carries."""

    quads: list[Quad]
    document: DocumentFolder | None = None
    sources: dict[str, Source] = {}  # noqa: RUF012  never changed


def read(
    paths: Iterable[str | PathLike[str]] | None = None,
    *,
    strict: bool = True,
    base: str | None = None,
    failed: list[FotGraphError] | None = None,
) -> Corpus:
    """Read the given workspaces, documents, claims and names, or what comes with fot_graph; `api.load` tells more.

    Raises: as `parts`.
    """
    places = inputs.places(paths)
    found = Corpus([], {}, [], tuple(each.folder for each in places.workspaces if each.folder != packaged()))
    for quads, document, sources in _parts(places, strict=strict, base=base, failed=failed):
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

    Without `base` it is the one that an exported graph among the paths tells of, or else that of the workspace. What
    cannot be read does not keep the rest from being read; it is raised at the end, or added to `failed` where that is
    given.

    Raises: `InputFileError`, `RdfSyntaxError`, `QuoteError`, `InventedError`, or `SeveralErrors`
    where there are several of them; `UsageError` for two documents of one name, and for claims that derive from
    themselves, or by more than `limits.DERIVATIONS` steps.
    """
    yield from _parts(inputs.places(paths), strict=strict, base=base, failed=None)


def _parts(
    places: Places, *, strict: bool, base: str | None, failed: list[FotGraphError] | None
) -> Iterator[PathContent]:
    namespaces, workspaces = _namespaces(places, base)
    errors: list[FotGraphError] = []
    texts = _Texts(places.paths, workspace.layouts(*(each.folder for each in workspaces)))
    context, shared = _context(texts, namespaces, workspaces, errors)
    yield PathContent(shared)
    looked_for = names_in(shared, namespaces)
    names: set[str] = set()
    bases: dict[str, set[str]] = {}
    for path in places.paths:
        try:
            part = _part(path, texts, context, looked_for, strict=strict)
            part = _curated(part, path, workspaces, namespaces)
        except UNREADABLE as error:
            errors += error.errors if isinstance(error, SeveralErrors) else [error]
            continue
        if part.document and part.document.id in names:
            raise UsageError("two-documents", name=part.document.id)
        names.update([part.document.id] if part.document else [])
        _add_bases(part.quads, bases)
        yield part
    told = list({error.worded("en"): error for error in errors}.values())  # one may keep others from being read
    if failed is not None:
        failed += told
    elif told:
        raise told[0] if len(told) == 1 else SeveralErrors(told)
    _check_depth(bases, namespaces)


def context_of(path: Path) -> Context:
    """Give what a file is read with: the names, templates and layouts of the workspace that it stands in.

    Raises: as `parts`.
    """
    places = inputs.places([path])
    namespaces, workspaces = _namespaces(places, None)
    errors: list[FotGraphError] = []
    texts = _Texts(places.paths, workspace.layouts(*(each.folder for each in workspaces)))
    context, _ = _context(texts, namespaces, workspaces, errors)
    if errors:
        raise errors[0]
    return context


def shared_names(home: Workspace) -> list[Quad]:
    """Give the names that the documents of a workspace share. Raises: as `parts`."""
    context = context_of(home.folder)
    return [quad for path in home.names for quad in read_names(path, context).quads]


def _context(
    texts: _Texts, namespaces: Namespaces, workspaces: Sequence[Workspace], errors: list[FotGraphError]
) -> tuple[Context, list[Quad]]:
    """Give what files are read with, and the quads of ontology and shared names. What cannot be read is an error."""
    shared = [*vocabulary.ontology(namespaces), *_graph_quads(namespaces, workspaces)]
    languages = list(dict.fromkeys(tag for each in workspaces for tag in each.languages))

    @cache
    def words() -> Vocabulary:
        return vocabulary.of(shared, namespaces, languages, [each.folder for each in workspaces])

    context = Context(texts, namespaces, texts.layouts, words, shared)
    for path in (file for each in workspaces for file in each.names):
        try:
            shared += read_names(path, context).quads
        except UNREADABLE as error:
            errors.append(error)
    return context, shared


UNREADABLE = (InputFileError, RdfSyntaxError, ClaimsFileError, QuoteError, InventedError, SeveralErrors)


def _part(path: Path, texts: _Texts, context: Context, looked_for: Known, *, strict: bool) -> PathContent:
    """Read a document, with what rules find in its text, or another file."""
    if place := inputs.document(path):
        document = read_document(*place, strict=strict, context=context)
        own = said_in(document.quads, context.namespaces).get(document.id, Said())
        found = found_quads(document.id, document.source, looked_for, own, context.namespaces)
        return PathContent([*document.quads, *found], document)
    is_names = path.suffix in (".ttl", ".nt")
    content = read_names(path, context) if is_names else read_claims(path, context, strict=strict)
    texts.exported.update(content.sources)
    return PathContent(content.quads, None, content.sources)


def _curated(part: PathContent, path: Path, workspaces: Sequence[Workspace], namespaces: Namespaces) -> PathContent:
    """Add who curated the claims of a part, as its document or the workspace in which it stands tells it."""
    home = workspace.above(path)
    found = next((each for each in workspaces if home and each.folder == Path(realpath(home))), None)
    document = inputs.document(path) if part.document else None
    told = read_origin(document[0]) if document else Origin()
    curator, day = told.curator or (found.curator if found else ""), told.curated or (found.curated if found else "")
    return part._replace(quads=[*part.quads, *curation.quads(part.quads, curator, day, namespaces)])


class _Texts:
    """The texts of the documents that are read: of the folders given, and of the exported graphs read so far."""

    def __init__(self, places: Iterable[Path], layouts: Sequence[Path]) -> None:
        found = (document[0] for document in map(inputs.document, places) if document)
        self._files = {Path(realpath(folder)).name: folder for folder in found}
        self.exported: dict[str, Source] = {}
        self.layouts = layouts
        self._read = lru_cache(maxsize=16)(partial(read_source, layouts=layouts))

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


_DERIVED_FROM = node("prov:wasDerivedFrom")


# --- What the graph is, as a whole -----------------------------------------------------------------------------------


def _graph_quads(namespaces: Namespaces, workspaces: Iterable[Workspace]) -> Iterator[Quad]:
    """Let the graph itself tell its base (VoID, 6.2) and its languages, if they are not the packaged ones."""
    space = NamedNode(namespaces.base)
    if not namespaces.is_packaged:
        yield Quad(space, NamedNode(URI_SPACE), Literal(namespaces.base), PROVENANCE)
    languages = dict.fromkeys(tag for each in workspaces for tag in each.languages)
    if tuple(languages) != LANGUAGES:
        yield from (Quad(space, _LANGUAGE, Literal(tag), PROVENANCE) for tag in languages)


_LANGUAGE = node("dcterms:language")


def _namespaces(places: Places, base: str | None) -> tuple[Namespaces, list[Workspace]]:
    """Give the namespaces of the graph that some places make, and the workspaces whose names it has.

    They are those below `base`, or below what an exported graph or a workspace among the places tells.

    Raises: `UsageError` where several bases are told of, and for one that cannot be a base.
    """
    told = {} if base is None else {base: ""}
    for path in places.paths:
        if path.suffix in FORMATS and is_there(path, Path.is_file) and URI_SPACE in read_text(path):
            quads = (quad for quad in read_layer(path, PROVENANCE) if quad.predicate.value == URI_SPACE)
            told |= {quad.object.value: str(path) for quad in quads if isinstance(quad.object, Literal)}
    is_exported = any(told.values())
    own = {each.base: str(each.folder / FILE) for each in places.workspaces if each.base != PACKAGED}
    told = {**own, **told}
    if len(told) > 1:
        first, second = (f"{space} ({path})" if path else space for space, path in list(told.items())[:2])
        raise UsageError("two-bases", first=first, second=second)
    strays = [] if places.workspaces or is_exported else [workspace.read(packaged())]
    return Namespaces(*told), [*places.workspaces, *strays]
