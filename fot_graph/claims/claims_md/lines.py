"""The lines of a `claims.md`: their cells, and what the names and values in them stand for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from fot_graph.claims.claims_md import values
from fot_graph.claims.claims_md.blocks import Text, unmarked
from fot_graph.claims.claims_md.errors import ClaimsFileError
from fot_graph.claims.claims_md.names import KIND, PROPERTY, THING, TYPE
from fot_graph.claims.claims_md.values import Value
from fot_graph.core.close_matches import close_matches
from fot_graph.core.terms import node
from fot_graph.core.words import Message

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from fot_graph.claims.claims_md.names import KnownNames

OPEN = ("…", "...")  # keeps a list open
_IS_A = ("a", "is a", "is an", "is een")
_OF_YEARS = {node("sdmx-dimension:refPeriod"), node("dcterms:date")}  # of which a number of four digits is a year
_OF_TEXTS = {node("owl:DatatypeProperty"), node("owl:AnnotationProperty")}
_SIGNS = re.compile(r'\\.|"|[|;]', re.DOTALL)
_ESCAPED = re.compile(r"\\([|;\\:])")


def split(text: Text, sign: str) -> list[Text]:
    r"""Give what stands between the signs ('|' or ';') of a line; a backslash or quotation marks keep one from parting.

    >>> line = Text('a \\| b | "c | d" ; e', 0, ((0, 1, 1),))
    >>> [part.text for part in split(line, "|")], [part.text for part in split(line, ";")]
    (['a \\| b', '"c | d" ; e'], ['a \\| b | "c | d"', 'e'])
    """
    parts: list[Text] = []
    start, piece, quoted = 0, 0, False
    for found in _SIGNS.finditer(text.text):
        if found[0] == '"':
            begins = not quoted and piece >= 0 and not text.text[piece : found.start()].strip()
            quoted, piece = begins, -1  # only what stands at the beginning of a piece opens a text
        elif found[0] in "|;" and not quoted:
            piece = found.end()
            if found[0] == sign:
                parts.append(text.part(start, found.start()))
                start = found.end()
    return [*parts, text.part(start, len(text.text))]


def keyword(text: Text) -> tuple[str, Text] | None:
    """Give the word before the first colon of a line, and what stands behind it; None where no word begins the line."""
    found = re.match(r"((?:[A-Za-z][\w-]*:)?[^|:;\"<\s][^|:;\"<]*):(?:\s+|$)", text.text)
    return (found[1].strip(), text.part(found.end(), len(text.text))) if found else None


def plain(text: str) -> str:
    r"""Give a name without the backslashes that keep a sign of it from parting the line.

    >>> plain(r"water\; lucht")
    'water; lucht'
    """
    return _ESCAPED.sub(r"\1", unmarked(text))


class LineReader:
    """Reads the names and values of one file, for a document in some language."""

    def __init__(self, path: Path, names: KnownNames, language: str) -> None:
        self.path, self.names, self.language = path, names, language

    def error(self, text: Text, code: str, hint: str | None = None, **data: object) -> ClaimsFileError:
        """Give an error at the place of a text."""
        line, column = text.place()
        return ClaimsFileError(self.path, line, column, Message(code, **data), hint)

    def thing(self, text: Text, kind: str = "") -> NamedNode:
        """Give the thing that a name stands for; with `kind`, a CURIE, one of this class or scheme."""
        name = plain(text.text)
        found = self.names.find(name, THING, self.kind_iri(kind)) or (self.names.find(name) if kind else [])
        return self._only(text, name, found, THING, kind)

    def property(self, text: Text) -> NamedNode:
        """Give the property that a name stands for."""
        name = plain(text.text)
        return TYPE if name in _IS_A else self._only(text, name, self.names.find(name, PROPERTY), PROPERTY)

    def kind(self, text: Text) -> NamedNode:
        """Give the class or the scheme of concepts that a name stands for; `counted:` is the scheme of that prefix."""
        name = plain(text.text)
        found = [self.kind_iri(name)] if name.endswith(":") else self.names.find(name, KIND)
        return self._only(text, name, [iri for iri in found if iri], KIND)

    def kind_iri(self, kind: str) -> str:
        """Give the IRI of a class, or of the scheme whose concepts have a prefix (`counted:`)."""
        if kind.endswith(":"):
            return self.names.namespaces.prefixes.get(kind[:-1], "").rstrip("/")
        return self.names.iri(kind)

    def object(self, text: Text, predicate: NamedNode) -> Value:
        """Give what stands as the object of a fact: a thing or a value."""
        if predicate == TYPE:
            return Value(self.kind(text))
        is_text = bool(self.names.values(predicate.value, TYPE) & _OF_TEXTS)
        name = plain(text.text)
        quoted = name.startswith('"')
        found = [iri] if (iri := self.names.iri(name)) else [] if is_text or quoted else self.names.find(name)
        if not found and (value := self.value(text, predicate)):
            return value
        if is_text and not found and name and not quoted:
            return Value(Literal(name, language=self.language))
        if quoted:
            raise self.error(text, "claims-text")
        return Value(self._only(text, name, found, THING))

    def value(self, text: Text, predicate: NamedNode | None = None) -> Value | None:
        """Give the value that a text is written as, if it is one."""
        raw = text.text if text.text.startswith('"') else plain(text.text)
        years = values.year(raw) if predicate in _OF_YEARS else None
        return Value(years) if years else values.read(raw, self.language, lambda name: self.names.iri(name) or name)

    def nearest(self, word: str, known: Iterable[str]) -> list[str]:
        """Give the known words that are most like one that is not known."""
        return close_matches(word.lower(), dict.fromkeys(known))

    def _only(self, text: Text, name: str, found: list[str], role: str, kind: str = "") -> NamedNode:
        """Give the one thing that a name stands for. Raises: `ClaimsFileError` for none and for several."""
        if len(found) == 1:
            return NamedNode(found[0])
        if not name:
            raise self.error(text, _MISSING[role])
        if found:
            told = [self.names.described(iri) for iri in found[:_LISTED]]
            raise ClaimsFileError(self.path, *text.place(), "claims-several", things=told, name=name)
        near = self.names.near(name, role)
        unknown, like, add = _UNKNOWN[role]
        if kind == _MATTER:
            add = "claims-add-matter"
        hint = like if near else add
        raise self.error(text, unknown, hint, name=name, near=near, kind=kind or Message("claims-some-kind"))


_LISTED = 10
_MATTER = "fot:Matter"
_MISSING = {THING: "claims-no-thing", PROPERTY: "claims-no-property", KIND: "claims-no-kind"}
_UNKNOWN = {  # the code of the mistake, and of what to do where something is like the name, and where nothing is
    THING: ("claims-unknown-thing", "claims-near-thing", "claims-add-thing"),
    PROPERTY: ("claims-unknown-property", "did-you-mean", "claims-add-property"),
    KIND: ("claims-unknown-kind", "did-you-mean", "claims-add-kind"),
}
