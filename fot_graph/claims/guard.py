"""What only a source text may say: which passages there are, what they read, and what the parts of a document are.

Files of claims and names are written by people or programs, and could make a person say what no source holds. So
whatever they say of the document layer has to be what the text itself gives, and the text has to be at hand: in the
`source.txt` of a document that is read too, or in the file itself, which is then an exported graph. All else is
refused: a passage of another range or with other words, a part that is not there, a wording of a claim (`fot:quote`)
that is not the words of its passages.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode

from fot_graph.claims.document_layer import LAYOUT
from fot_graph.claims.layers import DOCUMENT, LAYERS, PROVENANCE
from fot_graph.claims.origin import unknown_layout
from fot_graph.core import fragments
from fot_graph.core.errors import InventedError, UnknownNameError
from fot_graph.core.namespaces import Namespaces, is_layer
from fot_graph.core.terms import node
from fot_graph.text import source as sources
from fot_graph.text.parts import is_part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from pyoxigraph import Quad

    from fot_graph.core.fragments import Span
    from fot_graph.text.source import Source

    AtHand = Callable[[str], Source | None]


class PassagePlace(NamedTuple):
    """A passage: the name of its document, and its characters."""

    document: str
    span: Span


class FileContent(NamedTuple):
    """What a file says, apart: what it says itself, what it repeats of the document layer, and the passages it names.

    `quoted` are the passages by the quads that quote them, `named` all that the claims name or the layer has, `texts`
    the documents whose text stands in the file.
    """

    own: list[Quad]
    layer: list[Quad]
    quoted: dict[Quad, PassagePlace]
    named: set[PassagePlace]
    texts: dict[str, Source]


def _nodes(*names: str) -> frozenset[NamedNode]:
    return frozenset(map(node, names))


WORDINGS = _nodes("fot:quote", "fot:subjectQuote", "fot:objectQuote")
_QUOTING = _nodes("prov:wasQuotedFrom", "fot:subjectPassage", "fot:objectPassage")
_PASSAGE, _TYPE, _VALUE, _MENTIONS = node("fot:Passage"), node("rdf:type"), node("prov:value"), node("fot:mentions")
_SAME, _LANGUAGE, _LAYOUT = node("owl:sameAs"), node("dcterms:language"), node("dcterms:conformsTo")
# What nobody but the text says, of anything
_SAYING = _nodes(
    *("prov:value", "fot:standsIn", "oa:hasSource", "oa:hasSelector", "oa:start", "oa:end"),
    *("oa:exact", "oa:prefix", "oa:suffix"),
)
_KINDS = _nodes(
    *("fot:Passage", "fot:QuestionItem", "fot:AnswerItem", "fot:Heading", "fot:ListItem", "fot:TableRow"),
    *("doco:Title", "doco:Appendix", "doco:Footnote", "doco:Paragraph", "doco:List", "doco:Table", "doco:Sentence"),
    *("oa:TextPositionSelector", "oa:TextQuoteSelector"),
)
# What nobody but the text says of a document and its parts
_DESCRIBING = _nodes(
    *("rdf:type", "dcterms:title", "dcterms:language", "dcterms:hasPart", "dcterms:isPartOf", "dcterms:references"),
    *("dcterms:conformsTo", "skos:notation", "eli-dl:answers_to"),
    *("fot:rationale", "rdfs:comment", "dcterms:description", "skos:definition"),
    *("rdfs:label", "skos:prefLabel", "skos:altLabel", "skos:hiddenLabel"),
)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]*")
_IN_THE_TEXT = "quote-the-source"


def check(
    path: Path, quads: Iterable[Quad], at_hand: AtHand, namespaces: Namespaces, layouts: Sequence[Path] = ()
) -> FileContent:
    """Take apart what a file says, and refuse what only a source text may say. `at_hand` gives the texts by name.

    `layouts` are folders with layouts beside those that come with fot_graph.

    What `layer` repeats, and the wordings in `own`, are still to be compared with what the texts give: `same`.

    Raises: `InventedError`.
    """
    quads = list(quads)
    layer = [quad for quad in quads if quad.graph_name == DOCUMENT]
    own = [quad for quad in quads if quad.graph_name != DOCUMENT]
    reader = _Reader(path, _texts(path, layer, at_hand, namespaces, layouts), at_hand, namespaces)
    quoted: dict[Quad, PassagePlace] = {}
    named: set[PassagePlace] = set()
    for quad in own:
        if _is_alias(quad, namespaces):
            continue
        reader.refuse_invented(quad)
        named.update(reader.places(quad))
        if quad.predicate in _QUOTING and isinstance(quad.object, NamedNode):
            quoted[quad] = reader.place(quad.object)
    for quad in layer:
        if quad.predicate == _TYPE and quad.object == _PASSAGE and isinstance(quad.subject, NamedNode):
            named.add(reader.place(quad.subject))
    return FileContent(own, layer, quoted, named | set(quoted.values()), reader.texts)


def _is_alias(quad: Quad, namespaces: Namespaces) -> bool:
    """Tell whether a quad says of a passage by which IRI it went in an earlier version of the text (`origin`)."""
    if quad.predicate != _SAME or quad.graph_name != PROVENANCE:
        return False
    before, now = passage(quad.subject, namespaces), passage(quad.object, namespaces)
    return before is not None and now is not None and before.document == now.document


def same(path: Path, said: Iterable[Quad], computed: Iterable[Quad], namespaces: Namespaces) -> None:
    """See that all that a file repeats is what the text gives.

    Raises: `InventedError` for the first that is not.
    """
    known = {_key(quad) for quad in computed}
    for quad in said:
        if _key(quad) not in known:
            raise _invented_error(path, quad, namespaces, "not-in-the-source", _IN_THE_TEXT)


def _key(quad: Quad) -> tuple[object, ...]:
    """Give what two quads have in common that say the same; an offset may have any datatype of whole numbers."""
    term = quad.object
    if isinstance(term, Literal) and quad.predicate in _OFFSETS:
        return quad.subject, quad.predicate, term.value, quad.graph_name
    return quad.subject, quad.predicate, term, quad.graph_name


_OFFSETS = _nodes("oa:start", "oa:end")


def is_derived(quad: Quad) -> bool:
    """Tell whether a quad is about a claim and follows from its passages or its triples: its wording, its terms."""
    return quad.graph_name == PROVENANCE and (quad.predicate in WORDINGS or quad.predicate == _MENTIONS)


def passage(term: object, namespaces: Namespaces) -> PassagePlace | None:
    """Read the IRI of a passage (`<document>#char=4120,4203`), written as it is here and in no other way.

    >>> passage(NamedNode("https://w3id.org/fot-graph/doc/a#char=0,4"), Namespaces())
    PassagePlace(document='a', span=Span(start=0, end=4))
    >>> passage(NamedNode("https://w3id.org/fot-graph/doc/a#char=00,4"), Namespaces()) is None
    True
    """
    found = fragments.parse_passage(term.value) if isinstance(term, NamedNode) else None
    if found is None or fragments.passage(*found) != getattr(term, "value", ""):
        return None
    name = namespaces.document_name(found[0])
    return PassagePlace(name, found[1]) if _NAME.fullmatch(name) else None


class _Reader:
    """The quads of one file, one after the other."""

    def __init__(self, path: Path, texts: dict[str, Source], at_hand: AtHand, namespaces: Namespaces) -> None:
        self.path, self.texts, self._at_hand, self.namespaces = path, texts, at_hand, namespaces
        self._looks = re.compile(f"{re.escape(namespaces.base.partition('://')[2].casefold())}.*#\\s*char\\s*=")
        self._lengths: dict[str, int] = {}

    def refuse_invented(self, quad: Quad) -> None:
        """Refuse what a file cannot say by itself."""
        graph, predicate = quad.graph_name, quad.predicate
        if isinstance(graph, NamedNode) and is_layer(graph.value) and graph not in LAYERS:
            raise self._invented(quad, "no-such-layer", layer=self.namespaces.shorten(graph.value))
        if isinstance(graph, NamedNode) and graph.value.startswith(self.namespaces.document("")):
            raise self._invented(quad, "no-name-of-a-claim", name=self.namespaces.shorten(graph.value))
        if predicate in _SAYING or (predicate == _TYPE and quad.object in _KINDS):
            raise self._invented(quad, "only-a-source-says", _IN_THE_TEXT)
        if graph != PROVENANCE and (predicate in _QUOTING or predicate in WORDINGS or predicate == _MENTIONS):
            raise self._invented(quad, "said-about-a-claim", _IN_THE_TEXT)
        if isinstance(quad.subject, NamedNode) and _is_computed(quad.subject, predicate, self.namespaces):
            raise self._invented(quad, "only-the-source-tells-parts", _IN_THE_TEXT)
        if predicate in _QUOTING and not isinstance(quad.object, NamedNode | Literal):
            raise self._invented(quad, "says-no-passage", _IN_THE_TEXT)

    def places(self, quad: Quad) -> Iterator[PassagePlace]:
        """Give the passages that a quad names. An IRI that only looks like a passage is refused."""
        for term in (quad.subject, quad.object, quad.graph_name):
            if isinstance(term, NamedNode) and "char" in (plain := _plain(term.value)) and self._looks.search(plain):
                yield self.place(term)

    def place(self, term: NamedNode) -> PassagePlace:
        """Give the passage of an IRI; it lies within a text that is at hand."""
        found, named = passage(term, self.namespaces), self.namespaces.shorten(term.value)
        if found is None:
            raise InventedError(self.path, named, "is-no-passage", _IN_THE_TEXT)
        if found.document not in self._lengths:
            text = self.texts.get(found.document) or self._at_hand(found.document)
            self._lengths[found.document] = len(text.text) if text else -1
        length = self._lengths[found.document]
        if length < 0:
            raise InventedError(self.path, named, "text-not-at-hand", document=found.document)
        if not found.span.start < found.span.end <= length:
            raise InventedError(self.path, named, "beyond-the-text", _IN_THE_TEXT, count=length)
        return found

    def _invented(self, quad: Quad, code: str, hint: str | None = None, **data: str) -> InventedError:
        return _invented_error(self.path, quad, self.namespaces, code, hint, **data)


def _plain(iri: str) -> str:
    """Undo what could disguise an IRI: percent-encoding (more than once too) and capitals."""
    for _ in range(4):
        if "%" not in iri:
            break
        iri = unquote(iri)
    return iri.casefold()


def _is_computed(subject: NamedNode, predicate: NamedNode, namespaces: Namespaces) -> bool:
    """Tell whether a subject is a passage, or a document or one of its parts of which the text says this."""
    local = namespaces.document_name(subject.value)
    name, sign, part = local.partition("#")
    if part.startswith("char=") or fragments.is_selector(local):
        return True
    is_described = is_part(part) if sign else bool(_NAME.fullmatch(name))
    return is_described and predicate in _DESCRIBING


def _texts(
    path: Path, layer: Iterable[Quad], at_hand: AtHand, namespaces: Namespaces, layouts: Sequence[Path]
) -> dict[str, Source]:
    """Read the texts of documents that stand in the file itself, by the layout and in the languages that it tells."""
    told: dict[str, dict[NamedNode, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in layer:
        name = namespaces.document_name(quad.subject.value) if isinstance(quad.subject, NamedNode) else ""
        if _NAME.fullmatch(name) and isinstance(quad.object, Literal | NamedNode):
            told[name][quad.predicate].append(quad.object.value)
    found: dict[str, Source] = {}
    for name, values in told.items():
        for text in values[_VALUE]:
            if (known := found.get(name) or at_hand(name)) and known.text != text:
                raise InventedError(path, f"doc:{name}", "two-texts")
            layout = next((iri.removeprefix(LAYOUT) for iri in values[_LAYOUT]), "")
            found[name] = known or _parsed(path, text, layouts, layout, values[_LANGUAGE])
    return found


def _parsed(path: Path, text: str, layouts: Sequence[Path], layout: str, languages: Sequence[str]) -> Source:
    try:
        return sources.parse(text, layouts, layout, languages)
    except UnknownNameError as error:
        raise unknown_layout(path, error) from None


def _invented_error(
    path: Path, quad: Quad, namespaces: Namespaces, code: str, hint: str | None = None, **data: str
) -> InventedError:
    return InventedError(path, " ".join(_shortened(term, namespaces) for term in quad.triple), code, hint, **data)


def _shortened(term: object, namespaces: Namespaces) -> str:
    text = namespaces.shorten(term.value) if isinstance(term, NamedNode) else str(term)
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


_SHOWN = 80  # characters of a term in an error


def document_of(term: object, namespaces: Namespaces) -> str:
    """Give the name of the document that a passage, a part or a place belongs to; '' for anything else."""
    found = _NAME.match(namespaces.document_name(term.value)) if isinstance(term, NamedNode) else None
    return found[0] if found else ""


def by_document(places: Iterable[PassagePlace]) -> dict[str, list[Span]]:
    """Group passages by their document, in the order of the text."""
    found: dict[str, list[Span]] = defaultdict(list)
    for document, span in sorted(set(places)):
        found[document].append(span)
    return dict(found)
