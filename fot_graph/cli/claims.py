"""Facts and the claims behind them, as `show` and `path` print them: always with their quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from fot_graph.core import terms
from fot_graph.core.words import text_in
from fot_graph.evidence import wording
from fot_graph.evidence.answers import Answer
from fot_graph.evidence.claims import Claim, Evidence, read
from fot_graph.evidence.units import units_in_triples, units_of
from fot_graph.formats import results
from fot_graph.questions import facts

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Mapping, Sequence

    from fot_graph.api import Graph
    from fot_graph.questions.facts import Fact

_COLUMNS = (*facts.COLUMNS, "place", "rationale", "derived_from")


class FactPrinter:
    """What supports some facts, looked up together, for a reader that the options of a command describe."""

    def __init__(self, graph: Graph, found: Sequence[Fact], args: Namespace) -> None:
        self._graph, self._args = graph, args
        self._labels: Mapping[str, str] = {} if args.iris else graph.labels(args.lang)
        self._blanks = terms.blank_names()
        self._reader = wording.Reader(self._labels, args.lang, self._shorten)
        self._units = units_of(graph, found)
        self._claims = read(graph.store, (fact.claim.value for fact in found))
        graph.expect(wording.named_by(self._claims.values()))

    def _shorten(self, iri: str) -> str:
        return self._graph.namespaces.shorten(iri)

    def name(self, term: terms.Term | None) -> str:
        """Name a thing in the language of the command, or by its CURIE."""
        return terms.display_text(term, self._labels, self._blanks, self._args.lang, self._shorten)

    def value(self, fact: Fact) -> str:
        """Name the object of a fact, or write its number as its unit has it."""
        unit = self._units.of(fact.subject, fact.relation)
        return terms.display_text(fact.object, self._labels, self._blanks, self._args.lang, self._shorten, unit)

    def curie(self, term: terms.Term) -> str:
        """Give the CURIE of a thing, also where its name is shown."""
        return terms.display_text(term, {}, self._blanks, self._args.lang, self._shorten)

    def claim(self, fact: Fact) -> Claim:
        """Give the claim that says a fact."""
        return self._claims.get(fact.claim.value) or Claim(fact.claim.value, "", "")

    def lines(self, fact: Fact, width: int | None, indent: int) -> str:
        """Give the quotes of the claim behind a fact, who says so, and what else it rests on."""
        return wording.laid_out(self._reader.claim(self.claim(fact)), width, indent)

    def as_object(self, fact: Fact) -> dict[str, object]:
        """Give a fact for JSON: its terms with their labels, and what supports it."""
        named = zip(("subject", "relation", "object", "status", "voice"), fact, strict=False)
        quote = {"quote": fact.quote.value if fact.quote else None}
        said = {name: value for name, value in wording.as_object(self.claim(fact)).items() if name not in _NAMED}
        return {**{name: self._term(term) for name, term in named}, **quote, "claim": fact.claim.value, **said}

    def as_things(self, terms_: Iterable[terms.Term]) -> list[dict[str, str] | None]:
        """Give things for JSON, each once, with their labels."""
        return [self._term(term) for term in dict.fromkeys(terms_)]

    def text(self, found: Sequence[Fact], format_: str) -> str | bytes:
        """Give facts as rows in one of the formats that hold rows, with what supports them in columns."""
        lang, iris = self._args.lang, self._args.iris
        rows = [(*fact, *self._further(self.claim(fact))) for fact in found]
        answer = Answer("select", _COLUMNS, rows, labels=self._graph.labels, shorten=self._shorten)
        answer.units = self._units_by_place
        if format_ == "xlsx":
            return results.workbook(answer, lang, iris=iris)
        return results.render(answer, format_, lang, iris=iris)

    def markdown(self, found: Sequence[Fact]) -> str:
        """Give facts as a table with a footnote a claim."""
        evidence = [Evidence([(self.claim(fact),)]) for fact in found]
        answer = Answer(
            "select",
            _COLUMNS[:3],
            [fact[:3] for fact in found],
            labels=self._graph.labels,
            explain=lambda *_: evidence,
            shorten=self._shorten,
        )
        answer.units = self._units_by_place
        return results.render(answer, "md", self._args.lang, iris=self._args.iris, quotes=True)

    def _units_by_place(self, rows: Sequence[Sequence[terms.Term | None]]) -> Mapping[tuple[int, int], str]:
        return units_in_triples(self._graph, rows)

    def _further(self, claim: Claim) -> list[Literal | None]:
        places = "; ".join(self._reader.place(passage) for passage in claim.passages)
        _, rationale = text_in(dict(claim.rationale), self._args.lang)
        bases = " ".join(base.iri for base in claim.derived_from)
        return [Literal(text) if text else None for text in (places, rationale, bases)]

    def _term(self, term: terms.Term | None) -> dict[str, str] | None:
        match term:
            case NamedNode():
                return {"iri": term.value, "label": self.name(term)}
            case Literal(language=str(tag)):
                return {"value": term.value, "language": tag}
            case Literal():
                return {"value": term.value, "datatype": term.datatype.value}
        return None if term is None else {"value": str(term)}


_NAMED = {"claim", "status", "voice"}  # members of a claim that a fact has by itself
