"""Every atomic fact of the packaged document, listed from its text alone, can be asked and shown.

The files beside this one hold the facts, part by part of the document. Each has the words of the source that say it
(`quote`, several where other words stand between), the fact in two languages, and a SPARQL query with the answer that
is expected: true, or the rows. Queries go by structure; none reads a label or searches in a text. `part:` are parts of
the document, `this:` names that it brings.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
import yaml
from packaged import PREFIXES, curie
from pyoxigraph import NamedNode

from fot_graph.api import Graph, load
from fot_graph.core.fragments import Span
from fot_graph.core.terms import text_of
from fot_graph.text.normalisation import normalise
from fot_graph.text.passages import find

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fot_graph.core.terms import Term
    from fot_graph.evidence.answers import Answer

DOCUMENT = "vp-sv-2019-2020-358"
NAMED = {"this": f"{PREFIXES['doc']}{DOCUMENT}/", "part": f"{PREFIXES['doc']}{DOCUMENT}#"}
DECLARED = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in NAMED.items())
OF_TEXTS = (
    *("abel", "skos:definition", "skos:note", "prov:value", "fot:quote", "Quote", "oa:"),
    *("REGEX", "STR", "CONTAINS", "REPLACE", "CASE("),
)
PLACES = """SELECT ?part ?start ?end {
  ?part dcterms:isPartOf ?whole ; oa:hasSelector ?place . ?place oa:start ?start ; oa:end ?end
}"""


class Fact(NamedTuple):
    """What the source says, in which words, and how to ask for it."""

    name: str
    quotes: list[str]
    query: str
    rows: list[tuple[str, ...]]  # of ASK one, with 'true'
    in_words: dict[str, str]


def facts() -> Iterator[Fact]:
    """Read the facts of all files."""
    for path in sorted(Path(__file__).parent.glob("*.yaml")):
        for given in yaml.load(path.read_text("utf-8"), yaml.CSafeLoader):
            quote, answer = given["quote"], given["answer"]
            quotes = quote if isinstance(quote, list) else [quote]
            rows = [tuple(row) if isinstance(row, list) else (row,) for row in answer] if answer is not True else []
            in_words = {lang: given[lang] for lang in ("nl", "en")}
            yield Fact(given["fact"], quotes, DECLARED + given["query"], rows or [("true",)], in_words)


FACTS = list(facts())
each_fact = pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.name)


@pytest.fixture(scope="module")
def graph() -> Graph:
    return load()


@pytest.fixture(scope="module")
def places(graph: Graph) -> dict[str, Span]:
    """Give the place of each part of the document, by its CURIE."""
    return {_named(part): Span(int(text_of(start)), int(text_of(end))) for part, start, end in graph.query(PLACES).rows}


def test_every_fact_has_a_name_of_its_own_and_stands_in_both_languages() -> None:
    assert not [name for name, times in Counter(fact.name for fact in FACTS).items() if times > 1]
    assert not [fact.name for fact in FACTS if not all(fact.in_words.values())]


@each_fact
def test_each_quote_stands_exactly_once_in_the_source(fact: Fact, graph: Graph) -> None:
    text = graph.sources[DOCUMENT].text
    assert all(normalise(text[slice(*find(text, quote))]).text == normalise(quote).text for quote in fact.quotes)


@each_fact
def test_query_reads_no_label_and_no_text(fact: Fact) -> None:
    assert not [word for word in OF_TEXTS if word in fact.query.removeprefix(DECLARED)]


@each_fact
def test_query_gives_what_the_source_says(fact: Fact, graph: Graph) -> None:
    assert Counter(_rows(graph.query(fact.query))) == Counter(fact.rows)


@each_fact
def test_evidence_holds_the_words_that_say_it(fact: Fact, graph: Graph, places: dict[str, Span]) -> None:
    """Each row shows some of the words, all rows together all of them.

    Where the text of the document itself yields a row, its words are the parts that the query or the row names.
    """
    answer = graph.query(fact.query)
    text = graph.sources[DOCUMENT].text
    said = [find(text, quote) for quote in fact.quotes]
    shown = []
    for evidence, row in zip(answer.evidence(every=True), _rows(answer), strict=True):
        spans = [Span(passage.start, passage.end) for claim in evidence.claims for passage in claim.passages]
        if "document" in evidence.context:
            spans += [places[name] for name in (*re.findall(r"part:[\w-]+", fact.query), *row) if name in places]
        assert any(_overlap(span, quote) for span in spans for quote in said)
        shown += spans
    assert all(any(_overlap(span, quote) for span in shown) for quote in said)


def _rows(answer: Answer) -> list[tuple[str, ...]]:
    """Write an answer as the files do: things by their CURIEs, all else by its value."""
    return [("true",)] if answer.truth else [tuple(map(_named, row)) for row in answer.rows]


def _named(term: Term | None) -> str:
    for prefix, namespace in NAMED.items():
        if isinstance(term, NamedNode) and term.value.startswith(namespace):
            return f"{prefix}:{term.value.removeprefix(namespace)}"
    return curie(term.value) if isinstance(term, NamedNode) else text_of(term)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
