"""The names that a `claims.md` brings itself: those of its section 'Names', and what its templates name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode, Quad

from fot_graph.claims.claims_md.errors import ClaimsFileError
from fot_graph.claims.claims_md.filling import assigned, template_of
from fot_graph.claims.claims_md.lines import keyword, plain, split
from fot_graph.claims.claims_md.names import IN_SCHEME, TYPE, short_slug
from fot_graph.claims.claims_md.values import figure
from fot_graph.claims.claims_md.words import spellings
from fot_graph.claims.layers import NAMING
from fot_graph.core.namespaces import PREFIXES
from fot_graph.core.terms import node, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from fot_graph.claims.claims_md.blocks import Text
    from fot_graph.claims.claims_md.lines import LineReader
    from fot_graph.claims.claims_md.names import KnownNames
    from fot_graph.claims.claims_md.templates import Template
    from fot_graph.core.terms import Term

PREFERRED, ALIAS = node("skos:prefLabel"), node("skos:hiddenLabel")
ALSO, AS = spellings("also"), spellings("address")
_SCHEME, _CONCEPT = node("skos:ConceptScheme"), node("skos:Concept")
_OF_SCHEME = {  # the class of the concepts of a scheme, for those that have one of their own
    PREFIXES[prefix].rstrip("/"): node(f"fot:{name}")
    for prefix, name in {
        "theme": "Theme",
        "principle": "FundingPrinciple",
        "transition": "Transition",
        "group": "Group",
        "parameter": "Parameter",
        "means": "Means",
        "aim": "Aim",
        "kind": "FindingKind",
    }.items()
}
_TRANSLATED = re.compile(r"\s@([a-z]{2})\s+")


class Vocabulary(NamedTuple):
    """What a `claims.md` may use beside what it says itself: names, templates, and the languages of labels."""

    names: KnownNames
    templates: Mapping[str, Template]
    languages: tuple[str, ...]


class NewNames:
    """What a file names, with the quads that say so."""

    def __init__(self, reader: LineReader, vocabulary: Vocabulary) -> None:
        self._reader, self._names, self._vocabulary = reader, vocabulary.names, vocabulary
        self.quads: list[Quad] = []
        self.errors: list[ClaimsFileError] = []  # what does not keep a line from giving its names
        self._made: set[str] = set()

    def declare(self, line: Text, layer: NamedNode) -> list[NamedNode]:
        """Take the first cells of a line of the section 'Names', labels and their kind, and give the things."""
        cells = split(line, "|")
        if len(cells) < 2 or not cells[0].text:
            raise self._reader.error(line, "claims-name-parts")
        if known := self._names.iri(plain(cells[0].text)):
            return [NamedNode(known)]  # of which more is said: aliases, by which this document calls it
        kinds = list(self._kinds(cells[1]))
        said = {named[0].lower(): named[1] for cell in cells[2:] if (named := keyword(cell))}
        given = next((said[word] for word in AS if word in said), None)
        return [self._declared(piece, kinds, given, layer, said) for piece in split(cells[0], ";")]

    def _kinds(self, cell: Text) -> Iterator[NamedNode]:
        for piece in split(cell, ";"):
            try:
                yield self._reader.kind(piece)
            except ClaimsFileError as error:
                self.errors.append(error)

    def _declared(
        self, label: Text, kinds: list[NamedNode], given: Text | None, layer: NamedNode, said: Iterable[str]
    ) -> NamedNode:
        scheme = next((kind.value for kind in kinds if _SCHEME in self._names.values(kind.value, TYPE)), "")
        labels = self._labels(label)
        if not scheme and labels[0][1][:1].isupper():  # a name of its own is the same in each language
            told = [*said, *(lang for lang, _ in labels)]
            labels += [(lang, labels[0][1]) for lang in self._vocabulary.languages if lang not in told]
        iri = self._address(given) if given else NamedNode(self._new_iri(labels[0][1], f"{scheme}/" if scheme else ""))
        if not given and not iri.value.rpartition("/")[2]:
            raise self._reader.error(label, "claims-name-without-letters")
        quads = [Quad(iri, TYPE, kind, layer) for kind in kinds if kind.value != scheme]
        if scheme:
            quads += [Quad(iri, TYPE, _OF_SCHEME[scheme], layer)] if scheme in _OF_SCHEME else []
            quads += [Quad(iri, TYPE, _CONCEPT, layer), Quad(iri, IN_SCHEME, NamedNode(scheme), layer)]
        self._keep([*quads, *(self._label(iri, lang, text, layer) for lang, text in labels)])
        return iri

    def _label(self, thing: NamedNode, lang: str, text: str, layer: NamedNode) -> Quad:
        """Say how a thing is called; in a language that the workspace has no labels in, as words of the source."""
        predicate = PREFERRED if lang in self._vocabulary.languages else ALIAS
        return Quad(thing, predicate, Literal(text, language=lang), layer)

    def describe(self, line: Text, iri: NamedNode, layer: NamedNode) -> None:
        """Take the other cells of such a line: labels in other languages, aliases, and what else is said of a name."""
        cells = split(line, "|")
        known = bool(self._names.iri(plain(cells[0].text)))
        for cell in cells[1:] if known else cells[2:]:
            named = keyword(cell)
            if not named:
                raise self._reader.error(cell, "claims-name-cell")
            word, rest = named[0], named[1]
            if re.fullmatch(r"[a-z]{2}", word) and word not in (*AS, *ALSO):
                quads = [self._label(iri, word, plain(rest.text), layer)]
            elif word.lower() in ALSO:
                also = (Literal(plain(piece.text), language=self._reader.language) for piece in split(rest, ";"))
                quads = [Quad(iri, ALIAS, label, layer) for label in also]
            elif word.lower() in AS:
                quads = []
            else:
                predicate = self._reader.property(cell.part(0, len(word)))
                terms = (self._reader.object(piece, predicate).term for piece in split(rest, ";"))
                quads = [Quad(iri, predicate, term, layer) for term in terms]
            self._keep(quads)

    def declare_of_template(self, line: Text) -> None:
        """Take what a template names by a field, unless something has that name."""
        found = template_of(line, self._vocabulary.templates)
        if not found:
            return
        template, rest = found
        cells = assigned(self._reader, template, line, rest)
        for field in template.fields:
            if field.kind == "name" and (cell := cells.get(field.name)):
                labels = self._labels(cell)
                if not self._names.find(labels[0][1]) and short_slug(labels[0][1]):
                    self._make(self._new_iri(labels[0][1]), labels, template, field.name)

    def named(self, cell: Text) -> NamedNode:
        """Give the thing that a field names, which `declare_of_template` has seen."""
        first = _TRANSLATED.search(cell.text)
        name = cell.part(0, first.start()) if first else cell
        if not self._names.find(plain(name.text)) and not short_slug(name.text):
            raise self._reader.error(name, "claims-name-without-letters")
        return self._reader.thing(name)

    def unnamed(self, template: Template, claim: str, values: Mapping[str, Sequence[Term]]) -> NamedNode:
        """Make a thing to which no field gives a name: its label says what the fields say."""
        local = claim.rpartition("/")[2]
        iri = self._new_iri(f"{template.name}-{local}")
        labels = [(lang, self._pattern(template, values, lang)) for lang in self._vocabulary.languages]
        return self._make(iri, labels, template, "this")

    def _make(self, iri: str, labels: list[tuple[str, str]], template: Template, variable: str) -> NamedNode:
        thing = NamedNode(iri)
        kinds = [triple.object for triple in template.filled({variable: [thing]}) if triple.predicate == TYPE]
        self._keep([Quad(thing, TYPE, kind, NAMING) for kind in kinds])
        self._keep([self._label(thing, lang, text, NAMING) for lang, text in labels if text])
        return thing

    def _keep(self, quads: list[Quad]) -> None:
        self.quads += quads
        self._names.add(quads)

    def _labels(self, cell: Text) -> list[tuple[str, str]]:
        """Give a label in the language of the document, and those in others: 'het plan @en the plan'."""
        first, *others = _TRANSLATED.split(cell.text)
        translated = zip(others[::2], others[1::2], strict=True)
        pairs = [(self._reader.language, first), *translated]
        return [(lang, plain(text.strip())) for lang, text in pairs]

    def _address(self, given: Text) -> NamedNode:
        iri = self._names.iri(plain(given.text))
        if not iri:
            raise self._reader.error(given, "claims-no-address", name=given.text)
        return NamedNode(iri)

    def _new_iri(self, label: str, space: str = "") -> str:
        """Give an IRI that nothing else in the file has: below that of the document, or of a scheme of concepts."""
        local = short_slug(label)
        space = space or self._names.own_space
        count = 1
        while (iri := f"{space}{local}{'' if count == 1 else f'-{count}'}") in self._made:
            count += 1
        self._made.add(iri)
        return iri

    def _pattern(self, template: Template, values: Mapping[str, Sequence[Term]], lang: str) -> str:
        """Fill the pattern of a label; a part of it, between commas, for which there is no value is left out."""
        parts = []
        for part in template.label.split(", "):
            words = re.findall(r"\{(\w+)\}", part)
            if all(values.get(word) for word in words):
                shown = {word: "; ".join(self._shown(term, lang) for term in values[word]) for word in words}
                parts.append(re.sub(r"\{(\w+)\}", lambda found, shown=shown: shown[found[1]], part))  # type: ignore[misc]
        return ", ".join(parts)

    def _shown(self, term: Term, lang: str) -> str:
        if isinstance(term, NamedNode):
            return self._names.label(term.value, lang)
        return figure(term, lang) if isinstance(term, Literal) else text_of(term)
