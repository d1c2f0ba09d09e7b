"""The names that a `claims.md` may use: labels and aliases of things, properties and classes; CURIEs."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from fot_graph.core.terms import is_iri, node
from fot_graph.core.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pyoxigraph import Quad

    from fot_graph.core.namespaces import Namespaces

# What a name may stand for
THING, PROPERTY, KIND = "thing", "property", "kind"
TYPE, IN_SCHEME, SUBCLASS = node("rdf:type"), node("skos:inScheme"), node("rdfs:subClassOf")
_CONCEPT = node("skos:Concept")
_LABELS = {
    **dict.fromkeys(map(node, ("skos:prefLabel", "rdfs:label")), True),
    **dict.fromkeys(map(node, ("skos:altLabel", "skos:hiddenLabel")), False),
}
_KINDS = {node("owl:Class"), node("rdfs:Class"), node("skos:ConceptScheme")}
_PROPERTIES = {node(f"owl:{kind}Property") for kind in ("Object", "Datatype", "Annotation")} | {
    *map(node, ("rdf:Property", "qb:DimensionProperty", "qb:MeasureProperty", "qb:AttributeProperty"))
}
_LONGEST = 60  # characters of a short slug
_CURIE = re.compile(r"([A-Za-z][\w-]*):(\S+)")


class Label(NamedTuple):
    """A name of something: its text, its language, and whether it is the preferred one or an alias."""

    iri: str
    text: str
    language: str
    preferred: bool


class Entry(NamedTuple):
    """Something that has a name: its name, its other names, what it is (kinds, or a role), and its CURIE."""

    name: str
    others: tuple[str, ...]
    what: tuple[str, ...]
    address: str


class KnownNames:
    """Things by their names, with what each of them is; `outer` are names that others share.

    `document` is the name of the document whose claims use them: there `this:x` is a name of its own, `part:x` a part
    of its text, `c:x` a claim of it.
    """

    def __init__(self, namespaces: Namespaces, document: str = "", outer: KnownNames | None = None) -> None:
        self.namespaces, self.document, self._outer = namespaces, document, outer
        self._by_text: dict[str, list[Label]] = defaultdict(list)
        self._by_iri: dict[str, list[Label]] = defaultdict(list)
        self._facts: dict[tuple[str, NamedNode], set[NamedNode]] = defaultdict(set)
        place = namespaces.document(document)
        self.own_space = f"{place}/" if document else namespaces.prefixes["id"]  # below which new names stand
        self.prefixes = {"this": f"{place}/", "part": f"{place}#", "c": f"{namespaces.claim(document)}/"}

    def within(self, document: str) -> KnownNames:
        """Give the names of a document: these and its own."""
        return KnownNames(self.namespaces, document, self)

    def copy(self) -> KnownNames:
        """Give the same names, to which others can be added."""
        new = KnownNames(self.namespaces, self.document, self._outer)
        for label in (label for labels in self._by_iri.values() for label in labels):
            new.add_label(label)
        for key, values in self._facts.items():
            new._facts[key] = set(values)
        return new

    def add(self, quads: Iterable[Quad]) -> None:
        """Add the names that some quads give, and what they say of the kind of a thing."""
        for quad in quads:
            if not isinstance(quad.subject, NamedNode):
                continue
            if quad.predicate in _LABELS and isinstance(quad.object, Literal):
                language = quad.object.language or ""
                self.add_label(Label(quad.subject.value, quad.object.value, language, _LABELS[quad.predicate]))
            elif quad.predicate in (TYPE, IN_SCHEME, SUBCLASS) and isinstance(quad.object, NamedNode):
                self._facts[quad.subject.value, quad.predicate].add(quad.object)

    def add_label(self, label: Label) -> None:
        """Add a name."""
        self._by_text[folded(label.text)].append(label)
        self._by_iri[label.iri].append(label)

    # --- From a name to a thing ---------------------------------------------------------------------------------------

    def find(self, name: str, role: str = THING, kind: str = "") -> list[str]:
        """Give the IRIs of what a name stands for: a CURIE, an IRI in angle brackets, a label, else an alias.

        With `kind` they are those of this class or scheme.
        """
        if iri := self.iri(name):
            return [iri]
        found = [label for label in self._with_text(name) if role in self._roles(label.iri)]
        found = [label for label in found if not kind or self.is_a(label.iri, kind)]
        best = min(map(_rank(name), found), default=0)
        return sorted({label.iri for label in found if _rank(name)(label) == best})

    def iri(self, name: str) -> str:
        """Give the IRI that a CURIE of a known prefix, or an IRI in angle brackets, stands for; '' for all else."""
        if name.startswith("<") and name.endswith(">"):
            return name[1:-1] if is_iri(name[1:-1]) else ""
        found = _CURIE.fullmatch(name)
        spaces = {**self.namespaces.prefixes, **self.prefixes}
        iri = spaces[found[1]] + found[2] if found and found[1] in spaces else ""
        return iri if is_iri(iri) and not name.partition(":")[2].startswith("//") else ""

    def near(self, name: str, role: str) -> list[str]:
        """Give the names that are most like one that stands for nothing, the nearest first."""
        from rapidfuzz import fuzz, process  # noqa: PLC0415  heavy, and only mistakes pay for it

        texts = {text: label.text for text, label in self._all() if role in self._roles(label.iri)}
        found = process.extract(folded(name), list(texts), scorer=fuzz.ratio, limit=3, score_cutoff=70)
        return [texts[text] for text, *_ in found]

    # --- From a thing to its names ------------------------------------------------------------------------------------

    def values(self, iri: str, predicate: NamedNode) -> set[NamedNode]:
        """Give the classes of a thing (`TYPE`), its scheme (`IN_SCHEME`), or what a class is a part of (`SUBCLASS`)."""
        own = self._facts.get((iri, predicate), set())
        return own | self._outer.values(iri, predicate) if self._outer else own

    def labels(self, iri: str) -> list[Label]:
        """Give the names of a thing."""
        return [*self._by_iri.get(iri, ()), *(self._outer.labels(iri) if self._outer else ())]

    def every_label(self) -> Iterator[Label]:
        """Give all names of things, those of the document first."""
        yield from (label for _, label in self._all() if THING in self._roles(label.iri))

    def label(self, iri: str, language: str) -> str:
        """Give the preferred name of a thing in a language, or else in another one, or else its CURIE."""
        found = sorted((label.language != language, label.text) for label in self.labels(iri) if label.preferred)
        return found[0][1] if found else self.shorten(iri)

    def shorten(self, iri: str) -> str:
        """Write an IRI as a CURIE that `iri` reads back, or in angle brackets."""
        spaces = sorted({**self.namespaces.prefixes, **self.prefixes}.items(), key=lambda each: -len(each[1]))
        for prefix, space in spaces:
            if iri.startswith(space) and self.iri(name := f"{prefix}:{iri[len(space) :]}") == iri:
                return name
        return f"<{iri}>"

    def described(self, iri: str) -> tuple[str, dict[str, str]]:
        """Give the CURIE of a thing, and by language its name with its kinds, for a list to choose from."""
        told = {}
        for lang in LANGUAGES:
            kinds = ", ".join(sorted(self.label(kind.value, lang) for kind in self.values(iri, TYPE)))
            told[lang] = f"{self.label(iri, lang)} ({kinds})" if kinds else self.label(iri, lang)
        return self.shorten(iri), told

    def entries(self, language: str) -> Iterator[Entry]:
        """List all that has a name, by its name in a language: things, predicates and kinds."""
        for iri in dict.fromkeys(label.iri for _, label in self._all()):
            name, roles = self.label(iri, language), self._roles(iri)
            others = sorted({label.text for label in self.labels(iri)} - {name})
            kinds = (self.values(iri, TYPE) | self.values(iri, IN_SCHEME)) - {_CONCEPT}
            what = sorted({self.label(kind.value, language) for kind in kinds}) if THING in roles else sorted(roles)
            prefixes = (f"{prefix}:" for prefix, space in self.namespaces.prefixes.items() if space == f"{iri}/")
            yield Entry(name, tuple(others), tuple(what), next(prefixes, "") or self.shorten(iri))

    def name(self, iri: str, languages: Iterable[str], role: str = THING) -> str:
        """Give the name by which a person would write a thing: a label that stands for nothing else, or a CURIE."""
        wanted = [*languages]
        fit = [label for label in self.labels(iri) if label.preferred and label.language in wanted]
        for label in sorted(fit, key=lambda label: (wanted.index(label.language), len(label.text))):
            if _is_plain(label.text) and self.find(label.text, role) == [iri]:
                return label.text
        return self.shorten(iri)

    def is_a(self, iri: str, kind: str) -> bool:
        """Tell whether a thing is of a class, or of one below it, or stands in a scheme of concepts."""
        todo, met = {each.value for each in self.values(iri, TYPE) | self.values(iri, IN_SCHEME)}, set[str]()
        while todo - met:
            met |= todo
            todo = {above.value for each in todo for above in self.values(each, SUBCLASS)}
        return kind in met

    def of_scheme(self, scheme: str, language: str) -> list[str]:
        """List the concepts of a scheme by their names in a language."""
        labels = (label for _, label in self._all() if label.preferred and label.language == language)
        return sorted({label.text for label in labels if self.is_a(label.iri, scheme)})

    def _with_text(self, name: str) -> Iterator[Label]:
        yield from self._by_text.get(folded(name), ())
        if self._outer:
            yield from self._outer._with_text(name)  # noqa: SLF001  of the same class

    def _all(self) -> Iterator[tuple[str, Label]]:
        yield from ((text, label) for text, labels in self._by_text.items() for label in labels)
        if self._outer:
            yield from self._outer._all()  # noqa: SLF001  of the same class

    def _roles(self, iri: str) -> set[str]:
        types = self.values(iri, TYPE)
        roles = {role for role, classes in ((PROPERTY, _PROPERTIES), (KIND, _KINDS)) if types & classes}
        return roles or {THING}


def folded(name: str) -> str:
    """Give a name as it is compared: in small letters, with single blanks and straight apostrophes."""
    return " ".join(name.split()).casefold().replace("’", "'")


def slug(text: str, signs: str = "") -> str:
    """Give the last part of an address for a name: small letters and digits of ASCII, and hyphens between them.

    `signs` are kept too, but at the ends.

    >>> slug("De evaluatie (2019) van ‘één’ plan"), slug("Vraag nr. 358", "._~")
    ('de-evaluatie-2019-van-een-plan', 'vraag-nr.-358')
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(rf"[^a-z0-9{signs}]+", "-", plain).strip(f"-{signs}")


def short_slug(text: str) -> str:
    """Give no more of the `slug` of a name than its first words, 60 characters at most."""
    words = slug(text)
    return words if len(words) <= _LONGEST else words[: _LONGEST + 1].rpartition("-")[0] or words[:_LONGEST]


def _rank(name: str) -> Callable[[Label], int]:
    """Tell how well a label fits a name: preferred before alias, the very text before another case."""
    return lambda label: 2 * (not label.preferred) + (label.text != name)


def _is_plain(text: str) -> bool:
    """Tell whether a label can stand in a line as it is: it is on one line, and neither a CURIE nor a value."""
    return bool(re.fullmatch(r"[^\W\d_].*\S|[^\W\d_]", text)) and ": " not in text and text == " ".join(text.split())
