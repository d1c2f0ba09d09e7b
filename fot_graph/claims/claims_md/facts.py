"""The facts of a claim: lines of subject, predicate and objects, lines of templates, and what is said of the claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from fot_graph.claims.claims_md.filling import assigned, language_of, template_of
from fot_graph.claims.claims_md.lines import OPEN, keyword, plain, split
from fot_graph.claims.claims_md.names import PROPERTY, TYPE
from fot_graph.claims.claims_md.templates import THIS
from fot_graph.claims.claims_md.values import CURRENCIES, EURO, year
from fot_graph.claims.claims_md.words import spellings
from fot_graph.claims.layers import PROVENANCE
from fot_graph.core.namespaces import expand
from fot_graph.core.terms import node

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from fot_graph.claims.claims_md.blocks import Text
    from fot_graph.claims.claims_md.errors import ClaimsFileError
    from fot_graph.claims.claims_md.lines import LineReader
    from fot_graph.claims.claims_md.naming import NewNames
    from fot_graph.claims.claims_md.templates import Field, Template
    from fot_graph.claims.claims_md.values import Value
    from fot_graph.core.terms import Term

BECAUSE = spellings("because")
OPEN_LIST, _UNIT, DERIVED = node("fot:openList"), node("sdmx-attribute:unitMeasure"), node("prov:wasDerivedFrom")
TRUE = Literal("true", datatype=NamedNode(expand("xsd:boolean")))


class Facts:
    """Reads the lines of one claim into quads.

    `given` are the values of what a template has without a field (`voice`, `item`), `claims` the IRIs of the claims of
    the file, which a calculation or an interpretation may name by their headings.
    """

    def __init__(
        self,
        reader: LineReader,
        new: NewNames,
        claim: NamedNode,
        given: Mapping[str, list[Term]],
        claims: Container[str],
    ) -> None:
        self._reader, self._new, self._given, self._claims = reader, new, given, claims
        self.claim = claim
        self.quads: list[Quad] = []
        self._subjects: list[Text] = []

    def read(self, line: Text, templates: Mapping[str, Template]) -> None:
        """Read a line. Raises: `ClaimsFileError`."""
        cells = split(line, "|")
        if found := template_of(line, templates):
            self._fill(found[0], line, found[1])
        elif len(cells) == 3:
            self._fact(*cells)
        elif (named := keyword(line)) and self._reader.names.find(plain(named[0]), PROPERTY):
            self._property(line.part(0, len(named[0])), named[1])
        elif named:
            raise self._unknown_word(line, named[0], templates)
        else:
            raise self._reader.error(line, "claims-fact-parts", count=len(cells))

    def _unknown_word(self, line: Text, word: str, templates: Mapping[str, Template]) -> ClaimsFileError:
        """Say that the word before a colon is that of no template and no property."""
        if word.lower() in BECAUSE:
            return self._reader.error(line, "claims-because-language", name=word)
        known = [name for each in templates.values() for name in (each.name, *each.names.values())]
        near = self._reader.nearest(word, known)
        hint = "did-you-mean" if near else None
        return self._reader.error(line, "claims-unknown-template", hint, name=word, near=near)

    # --- Subject, predicate, objects ----------------------------------------------------------------------------------

    def _fact(self, first: Text, second: Text, third: Text) -> None:
        subjects = split(first, ";") if first.text else self._subjects
        if not subjects:
            raise self._reader.error(second, "claims-no-subject")
        self._subjects = subjects  # the next line may go on about them, even if this one has a mistake
        predicate = self._reader.property(second)
        things = [self._reader.thing(piece) for piece in subjects]
        for value in self._objects(third, predicate):
            for thing in things:
                self.quads.append(Quad(thing, predicate, value.term, self.claim))
                if value.unit:
                    self.quads.append(Quad(thing, _UNIT, value.unit, self.claim))

    def _objects(self, cell: Text, predicate: NamedNode) -> Iterator[Value]:
        for piece in self._pieces(cell):
            yield self._reader.object(piece, predicate)

    def _pieces(self, cell: Text) -> Iterator[Text]:
        """Give the pieces of a list; the sign that keeps it open is said of the claim."""
        for piece in split(cell, ";"):
            if piece.text in OPEN:
                self.quads.append(Quad(self.claim, OPEN_LIST, TRUE, PROVENANCE))
            else:
                yield piece

    def _property(self, name: Text, rest: Text) -> None:
        """Read what is said of the claim itself."""
        predicate = self._reader.property(name)
        for piece in split(rest, ";"):
            own = self._reader.names.iri(f"c:{piece.text}")
            if predicate == DERIVED and own in self._claims:
                self.quads.append(Quad(self.claim, predicate, NamedNode(own), PROVENANCE))
            else:
                self.quads.append(Quad(self.claim, predicate, self._reader.object(piece, predicate).term, PROVENANCE))

    # --- Templates ----------------------------------------------------------------------------------------------------

    def _fill(self, template: Template, line: Text, rest: Text) -> None:
        values: dict[str, list[Term]] = dict(self._given)
        for field in template.fields:
            if cell := assigned(self._reader, template, line, rest).get(field.name):
                values |= self._values(field, cell)
        for variable in sorted(template.needs - values.keys() - {THIS}):
            raise self._reader.error(line, _WITHOUT[variable], usage=template.usage(language_of(template, line)))
        if THIS in template.needs and THIS not in values:
            values[THIS] = [self._new.unnamed(template, self.claim.value, values)]
        named = {term for field in template.fields if field.kind == "name" for term in values.get(field.name, ())}
        named |= set(values.get(THIS, ()))
        for triple in template.filled(values):
            if triple.predicate != TYPE or triple.subject not in named:
                self.quads.append(Quad(triple.subject, triple.predicate, triple.object, self.claim))

    def _values(self, field: Field, cell: Text) -> dict[str, list[Term]]:
        """Give the values of a field, and of an amount or a share the unit."""
        match field.kind:
            case "text":
                return {field.name: [Literal(plain(cell.text), language=self._reader.language)]}
            case "name":
                return {field.name: [self._new.named(cell)]}
            case "number" | "money" | "period" | "date":
                return self._measured(field, cell)
        kind = "" if field.kind == "thing" else field.kind
        return {field.name: [self._reader.thing(piece, kind) for piece in self._pieces(cell)]}

    def _measured(self, field: Field, cell: Text) -> dict[str, list[Term]]:
        value = self._reader.value(cell)
        if field.kind == "money" and value and value.unit not in (None, *CURRENCIES.values()):
            value = None
        years = year(plain(cell.text)) if field.kind == "period" else None
        kinds = _DATATYPES[field.kind]
        if value and isinstance(value.term, Literal) and (years or value.term.datatype.value in kinds):
            unit = value.unit or (EURO if field.kind == "money" else None)
            return {field.name: [years or value.term], f"{field.name}_unit": [unit] if unit else []}
        if field.kind != "period":
            amount = "28,433.60" if self._reader.language == "en" else "28.433,60"
            raise self._reader.error(cell, _NOT[field.kind], name=cell.text, amount=amount)
        return {field.name: [self._reader.thing(cell)]}


_WITHOUT = {"voice": "claims-template-voice", "item": "claims-template-item"}
_NOT = {"number": "claims-no-number", "money": "claims-no-money", "date": "claims-no-date"}
_DATATYPES = {
    "number": {expand("xsd:integer"), expand("xsd:decimal")},
    "money": {expand("xsd:integer"), expand("xsd:decimal")},
    "period": {expand("xsd:date"), expand("xsd:gYearMonth")},
    "date": {expand("xsd:date")},
}
