"""Claims on any document, made by a program: enough of them for the shapes to ask for nothing more.

Each sentence is said to carry no claim, but the ones that ask; the head gives author, number and date of the question;
each item asks about a matter, which is judged where there is an answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fot_graph.core.namespaces import PREFIXES, Namespaces
from fot_graph.text.parts import is_leaf, parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from fot_graph.text.heads import HeadField
    from fot_graph.text.source import Source
    from fot_graph.text.units import Unit

BASE = "https://data.example.org/kinds/"

_LETTERS = str.maketrans("0123456789", "abcdefghij")  # a name has no figures that its quotes have not


def workspace(place: Path, languages: Sequence[str]) -> Path:
    """Make a workspace whose labels are in these languages."""
    (place / "data" / "documents").mkdir(parents=True)
    tags = ", ".join(f'"{tag}"' for tag in languages)
    toml = f'name = "kinds"\nbase = "{BASE}"\nlanguages = [{tags}]\n'
    (place / "fot-graph.toml").write_text(toml, encoding="utf-8")
    label = " , ".join(f'"editors"@{tag}' for tag in languages)
    names = f"<{BASE}id/editors> a <{PREFIXES['foaf']}Group> ; <{PREFIXES['skos']}prefLabel> {label} ."
    (place / "data" / "entities.ttl").write_text(names, encoding="utf-8")
    return place


class Curation:
    """The files of claims and names of a document."""

    def __init__(self, source: Source, name: str, languages: Sequence[str]) -> None:
        self.source, self.languages = source, languages
        spaces = Namespaces(BASE).prefixes | {
            "c": f"{BASE}claim/{name}/",
            "this": f"{BASE}doc/{name}/",
        }
        self.prefixes = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in (PREFIXES | spaces).items())
        self.document = f"{BASE}doc/{name}"
        self.leaves = [(unit, whole) for unit, _, whole in parts(source) if is_leaf(unit) and whole]

    def names(self) -> str:
        """Write `names.ttl`: each author by the name that the head gives."""
        authors = self.source.values("author") or [self.source.text.split()[0]]
        if not any(self._asked()):
            return self.prefixes
        people = dict(zip(self._authors(), authors, strict=True))
        people |= {"minister": "minister"} if self._is_told_in_answer() else {}
        found = [f"this:{each} a foaf:Person ; {self._labels(name)} .\n" for each, name in people.items()]
        labels = {matter: self._labels(matter.translate(_LETTERS)) for matter, _, _ in self._asked()}
        found += [f"this:{matter} a fot:Matter ; {label} .\n" for matter, label in labels.items()]
        return "".join([self.prefixes, *found])

    def claims(self) -> str:
        """Write `claims.trig`."""
        return "".join([self.prefixes, *self._notes(), *self._head(), *self._matters()])

    def _labels(self, text: str) -> str:
        return "skos:prefLabel " + " , ".join(f'"{text}"@{tag}' for tag in self.languages)

    def _authors(self) -> list[str]:
        return [f"member-{number}" for number, _ in enumerate(self.source.values("author") or [""], start=1)]

    def _asked(self) -> Iterator[tuple[str, Unit, str]]:
        """Give each matter with the sentence that asks about it and the part of the question that it is asked in."""
        asking = {id_: unit for unit, id_, _ in parts(self.source) if unit.kind == "question-item"}
        for number, (id_, item) in enumerate(asking.items(), start=1):
            inside = [leaf for leaf, _ in self.leaves if item.start <= leaf.start and leaf.end <= item.end]
            if inside:
                yield f"matter-{number}", inside[-1], id_

    def _quote(self, unit: Unit) -> str:
        """Give the passage of a unit by its address; of one that stands twice, with what stands before it."""
        starts = [leaf.start for leaf in self.source.leaves() if leaf.start <= unit.start]
        while len(starts) > 1 and self.source.text.count(self.source.text[starts[-1] : unit.end]) > 1:
            starts.pop()
        return f"<{self.document}#char={starts[-1]},{unit.end}>"

    def _reason(self) -> str:
        return "fot:rationale " + " , ".join(f'"an invented text"@{tag}' for tag in self.languages)

    def _told(self) -> list[Unit]:
        """List the lines that say who put the question, with its number and its day, and those that stand twice.

        Without an author the first line is among them, since it has to be somebody.
        """
        if not any(self._asked()):
            return []
        spans = [(field.start, field.end) for field in self._fields()]
        asking = {unit for _, unit, _ in self._asked()}
        lines = [leaf for leaf, _ in self.leaves if leaf not in asking]
        leaves = [leaf for leaf, _ in self.leaves]
        found = [leaf for leaf in leaves if any(leaf.start < end and start < leaf.end for start, end in spans)]
        found += [] if self.source.values("author") else [self.leaves[0][0]]
        found += [leaf for leaf in lines if self.source.text.count(self.source.text[leaf.start : leaf.end]) > 1]
        return list(dict.fromkeys(found))

    def _fields(self) -> list[HeadField]:
        return [field for field in self.source.fields if field.name in ("author", "number", "date_asked")]

    def _is_told_in_answer(self) -> bool:
        return any(unit.kind == "answer-head" for unit in self._told())

    def _notes(self) -> Iterator[str]:
        quoted = {unit for _, unit, _ in self._asked()} | set(self._told())
        for number, (unit, _) in enumerate(self.leaves):
            if unit not in quoted:
                yield f"c:note-{number} a fot:NoClaim ; prov:wasQuotedFrom {self._quote(unit)} ; {self._reason()} .\n"

    def _head(self) -> Iterator[str]:
        """Say who put the question, with its number and its day."""
        if not any(self._asked()):
            return
        facts = [f"dcterms:creator this:{each}" for each in self._authors()]
        facts += [f'dcterms:identifier "{field.value}"' for field in self._fields() if field.name == "number"]
        facts += [f'dcterms:issued "{field.value}"^^xsd:date' for field in self._fields() if field.name == "date_asked"]
        status, voice = ("stated", "minister") if self._is_told_in_answer() else ("premise", "member-1")
        said = f"status:{status} ; fot:voice this:{voice}"
        quotes = list(map(self._quote, self._told()))
        for field in self._fields():  # a number in brackets after the last sentence is no line of its own
            before = [leaf for leaf, _ in self.leaves if leaf.end <= field.start]
            if before and not any(leaf.start <= field.start < leaf.end for leaf, _ in self.leaves):
                quotes.append(f"<{self.document}#char={before[-1].start},{field.end}>")
        quoted = " , ".join(quotes)
        yield f"c:put a fot:Claim ; fot:status {said} ; prov:wasQuotedFrom {quoted} .\n"
        yield f"c:put {{ <{self.document}#question> {' ; '.join(facts)} . }}\n"

    def _matters(self) -> Iterator[str]:
        answered = bool(self.source.answer_items())
        for matter, sentence, item in self._asked():
            voice, quote = "fot:voice this:member-1", self._quote(sentence)
            about = f"c:asks-{matter}"
            yield f"{about} a fot:Claim ; fot:status status:asked ; {voice} ; prov:wasQuotedFrom {quote} .\n"
            yield f"{about} {{ <{self.document}#{item}> fot:asksAbout this:{matter} . }}\n"
            if answered:
                yield from self._judged(matter, quote, item)

    def _judged(self, matter: str, quote: str, item: str) -> Iterator[str]:
        judged, followed = f"c:judges-{matter}", f"c:follows-{matter}"
        yield (
            f"{judged} a fot:Claim ; fot:status status:interpreted ; fot:voice id:editors ;"
            f" fot:strength strength:strong ;"
            f" prov:wasDerivedFrom c:asks-{matter} ; fot:subjectPassage {quote} ; {self._reason()} .\n"
            f"{judged} {{ this:{matter} fot:assessedAs assessment:not-answered . }}\n"
            f"{followed} a fot:Claim ; fot:status status:computed ; fot:voice id:editors ;"
            f" prov:wasDerivedFrom c:asks-{matter} , {judged} ;\n"
            f'  fot:derivation "SELECT ?each {{ ?matter fot:assessedAs ?each }}" .\n'
            f"{followed} {{ <{self.document}#{item}> fot:assessedAs assessment:not-answered . }}\n"
        )
