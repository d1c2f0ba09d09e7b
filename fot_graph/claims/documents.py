"""Documents, claims and names, read from files as RDF.

Nothing of the layout is typed by hand and no offset either: the parts of a document are computed from `source.txt`
(`document_layer`), and a quote that a curator wrote in `claims.trig` or `claims.md` is found there and replaced by the
IRI of its passage (`quotes`). Each quad stands in a named graph: a layer (document, provenance, naming, ontology) or a
claim.
"""

from __future__ import annotations

import os
import re
from os.path import realpath  # a link to itself ends Path.resolve
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode, Quad

from fot_graph.claims import entities_csv, guard, origin, vocabulary
from fot_graph.claims.claims_md import compiling
from fot_graph.claims.document_layer import part_quads, passage_quads
from fot_graph.claims.found_layer import found_quads, parted
from fot_graph.claims.guard import PassagePlace
from fot_graph.claims.known_names import Said, names_in, said_in
from fot_graph.claims.layers import NAMING, PROVENANCE, read_layer
from fot_graph.claims.quotes import (
    check_places,
    is_quote,
    passage_links,
    quotes_found,
    refuse_quotes,
    wording_quads,
)
from fot_graph.core import limits
from fot_graph.core.errors import InputFileError
from fot_graph.core.namespaces import Namespaces, is_layer
from fot_graph.core.resources import read_text
from fot_graph.core.terms import node

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from fot_graph.claims.claims_md.naming import Vocabulary
    from fot_graph.claims.guard import AtHand, FileContent
    from fot_graph.core.quote_errors import QuoteError
    from fot_graph.text.source import Source

CLAIMS = ("claims.trig", "claims.md")  # a document has one of them, or none
_PACKAGED = Namespaces()
_MENTIONS, _QUOTED = node("fot:mentions"), node("prov:wasQuotedFrom")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]*")


class DocumentFolder(NamedTuple):
    """A document folder, read: its name, its parsed text, all its quads, and the quotes that were not found."""

    id: str
    source: Source
    quads: list[Quad]
    problems: list[QuoteError]


class ClaimsFile(NamedTuple):
    """A file of claims or names, read: its quads, and the documents whose text stands in it, by name."""

    quads: list[Quad]
    sources: dict[str, Source]


def _no_text(_: str) -> None:
    """Know no other document."""


class Context(NamedTuple):
    """What a file is read with.

    `at_hand` gives the texts of other documents, by name, whose passages claims may name. `namespaces` are those of the
    graph that the file belongs to, `layouts` folders of layouts beside ours. `vocabulary` gives what a `claims.md` may
    use beside what it says itself; without one it is the ontology. `shared` are the quads of the ontology and of the
    names that all documents share: what rules look for in a text.
    """

    at_hand: AtHand = _no_text
    namespaces: Namespaces = _PACKAGED
    layouts: Sequence[Path] = ()
    vocabulary: Callable[[], Vocabulary] = lambda: vocabulary.of(vocabulary.ontology(_PACKAGED), _PACKAGED)
    shared: Sequence[Quad] = ()


_ALONE = Context()


def claims_path(folder: Path) -> Path | None:
    """Give the file of claims of a document folder, if it has one. Raises: `InputFileError` for one that has two."""
    found = [folder / name for name in CLAIMS if os.path.lexists(folder / name)]
    if len(found) > 1:
        raise InputFileError(folder, "claims-twice-written")
    return found[0] if found else None


def read_document(
    folder: Path, claims_file: str = "", *, strict: bool = True, context: Context = _ALONE
) -> DocumentFolder:
    """Read `source.txt`, the claims and the names (`names.ttl`, if any) of a folder; its name identifies the document.

    The claims are those of `claims_file`, or else of `claims_path`: a document need not have any.

    With `strict=False` a quote that is missing or ambiguous is collected in `problems` and stays a literal; one that
    divides a word becomes a passage. Validation tells of both.

    Raises: `InputFileError`, `RdfSyntaxError`, `QuoteError` naming the claim, `InventedError` for what the claims say
    of the text that the text does not give; `ClaimsFileError` for a mistake in a `claims.md`, `SeveralErrors` for more.
    """
    at_hand, namespaces, layouts = context[:3]
    name = Path(realpath(folder)).name
    if not _ID.fullmatch(name):
        raise InputFileError(folder, "folder-name")
    source = origin.read_source(folder, layouts)
    _check_parts(folder / "source.txt", source)
    iri, path = NamedNode(namespaces.document(name)), folder / claims_file if claims_file else claims_path(folder)
    names = folder / "names.ttl"
    named = read_names(names, context).quads if os.path.lexists(names) else []
    written, lines = _written_claims(path, context, name, named, source) if path else ([], {})
    path = path or folder
    found, written = parted(written)
    guard.same(path, found, (), namespaces)  # what rules find is never written
    checked = guard.check(path, written, lambda other: source if other == name else at_hand(other), namespaces)
    spans, problems = quotes_found(path, source, checked.own, namespaces, lines, strict=strict)
    places = {**checked.quoted, **{quad: PassagePlace(name, span) for quad, span in spans.items()}}
    layer = {name: source} | checked.texts
    if strict:
        check_places(checked.quoted, lambda other: layer.get(other) or at_hand(other), namespaces)
    quads = _completed_quads(path, checked, places, lambda other: layer.get(other) or at_hand(other), namespaces)
    quoted = {quad.object for quad in quads if quad.predicate == _QUOTED}
    told = origin.quads(origin.read(folder), iri, quoted)
    return DocumentFolder(name, source, [*part_quads(iri, source), *named, *quads, *told], problems)


def _written_claims(
    path: Path, context: Context, name: str, named: Iterable[Quad], source: Source | None
) -> tuple[list[Quad], Mapping[tuple[str, str], tuple[int, int]]]:
    """Read a file of claims; give its quads, and of a `claims.md` the line and the column of each quote."""
    if path.suffix != ".md":
        return read_layer(path, PROVENANCE, context.namespaces), {}
    text, vocabulary = context.namespaces.moved(read_text(path)), _vocabulary_of(name, named, context)
    return compiling.read(path, text, source, vocabulary)


def _vocabulary_of(name: str, named: Iterable[Quad], context: Context) -> Vocabulary:
    """Give what the claims of a document may use: what all share, and the names of its own."""
    shared = context.vocabulary()
    names = shared.names.within(name)
    names.add(named)
    return shared._replace(names=names)


class Written(NamedTuple):
    """A file of claims as a person wrote it: its quads, the text beside it, and the vocabulary of its document."""

    quads: list[Quad]
    source: Source | None
    vocabulary: Vocabulary


def read_written(path: Path, context: Context = _ALONE) -> Written:
    """Read a file of claims, if it is there, without finding its quotes. Raises: as `read_document`."""
    folder = path.parent
    source = origin.read_source(folder, context.layouts) if os.path.lexists(folder / "source.txt") else None
    names, name = folder / "names.ttl", Path(realpath(folder)).name
    named = read_names(names, context).quads if source and os.path.lexists(names) else []
    quads = _written_claims(path, context, name, named, source)[0] if os.path.lexists(path) else []
    return Written(quads, source, _vocabulary_of(name, named, context))


def written_quotes(path: Path) -> list[Quad]:
    """Read the quotes of the claims in a file, as they are written. Raises: as `read_document`."""
    if path.suffix == ".md":
        return [quad for quad, _ in compiling.quotes(path, read_text(path), path.parent.name)]
    return [quad for quad in read_layer(path, PROVENANCE) if is_quote(quad)]


def read_claims(path: Path, context: Context = _ALONE, *, strict: bool = True) -> ClaimsFile:
    """Read claims and what is said about them (graph:provenance), with the terms that each of them mentions.

    Their passages are those of documents that are `at_hand`, or whose text stands in the file (an exported graph).
    What rules find in such a text is found anew.

    Raises: as `read_document`, and `QuoteError` for a quote as a text, which only claims beside a source text have,
    unless `strict` is False.
    """
    at_hand, namespaces, layouts = context[:3]
    written, _ = _written_claims(path, context, path.parent.name, (), None)
    said, written = parted(written)
    checked = guard.check(path, written, at_hand, namespaces, layouts)
    found = list(_found_again(checked.texts, written, context)) if checked.texts else []
    guard.same(path, said, found, namespaces)
    if strict:
        refuse_quotes(path, checked.own, namespaces)
        check_places(checked.quoted, lambda name: checked.texts.get(name) or at_hand(name), namespaces)
    content = _with_texts(path, checked, context)
    return content._replace(quads=[*content.quads, *found])


def _found_again(texts: Mapping[str, Source], written: Sequence[Quad], context: Context) -> Iterator[Quad]:
    """Find anew what rules find in the texts of an exported graph."""
    known, own = names_in([*context.shared, *written], context.namespaces), said_in(written, context.namespaces)
    for name, source in texts.items():
        yield from found_quads(name, source, known, own.get(name, Said()), context.namespaces)


def read_names(path: Path, context: Context = _ALONE) -> ClaimsFile:
    """Read names, which all stand in graph:naming. Raises: as `read_claims`."""
    is_table = path.suffix == ".csv"
    quads = entities_csv.read(path, context.namespaces) if is_table else read_layer(path, NAMING, context.namespaces)
    checked = guard.check(path, quads, context.at_hand, context.namespaces)
    return _with_texts(path, checked, context)


def _with_texts(path: Path, checked: FileContent, context: Context) -> ClaimsFile:
    at_hand, namespaces = context[:2]
    parts: list[Quad] = []
    for name, source in checked.texts.items():
        _check_parts(path, source)
        parts += part_quads(NamedNode(namespaces.document(name)), source)
    quads = _completed_quads(
        path, checked, checked.quoted, lambda name: checked.texts.get(name) or at_hand(name), namespaces
    )
    return ClaimsFile([*parts, *quads], checked.texts)


def _check_parts(path: Path, source: Source) -> None:
    if sum(1 for _ in source.walk()) > limits.PARTS:
        raise InputFileError(path, "many-parts", count=limits.PARTS)


def _completed_quads(
    path: Path, checked: FileContent, places: dict[Quad, PassagePlace], text_of: AtHand, namespaces: Namespaces
) -> list[Quad]:
    """Put passages in the place of quotes, and add what the texts and the claims give: passages, wordings, terms.

    Raises: `InventedError` where the file itself says something else.
    """
    named = guard.by_document({*checked.named, *places.values()})
    claims: set[object] = {quad.graph_name for quad in checked.own}
    layer: list[Quad] = []
    wordings: list[Quad] = []
    for name, spans in named.items():
        source = text_of(name)
        assert source is not None, "guard.check has seen it"
        iri = NamedNode(namespaces.document(name))
        layer += passage_quads(iri, source, spans)
        of_document = {quad: place.span for quad, place in places.items() if place.document == name}
        wordings += wording_quads(source, of_document, claims)
    mentions = list(dict.fromkeys(_mentions(checked.own)))
    written = [quad for quad in checked.own if guard.is_derived(quad)]
    guard.same(path, written, [*wordings, *mentions], namespaces)
    guard.same(path, checked.layer, _layer_of(checked, layer, text_of, namespaces), namespaces)
    own = [quad for quad in checked.own if quad not in places and not guard.is_derived(quad)]
    return [*layer, *own, *passage_links(places, namespaces), *wordings, *mentions]


def _layer_of(checked: FileContent, passages: list[Quad], text_of: AtHand, namespaces: Namespaces) -> Iterator[Quad]:
    """Give what a file may repeat of the document layer: what the text of each document in it gives."""
    yield from passages
    for name in {guard.document_of(quad.subject, namespaces) for quad in checked.layer}:
        source = text_of(name)
        if source is not None:
            yield from part_quads(NamedNode(namespaces.document(name)), source)


def _mentions(quads: list[Quad]) -> Iterator[Quad]:
    for quad in quads:
        claim = quad.graph_name
        if isinstance(claim, NamedNode) and not is_layer(claim.value):
            for term in (quad.subject, quad.object):
                if isinstance(term, NamedNode):
                    yield Quad(claim, _MENTIONS, term, PROVENANCE)
