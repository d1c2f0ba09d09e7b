"""How often the terms of the ontology are used, and which other texts need those that the document hardly uses.

The table of these stands in `ontology/README.md`. The texts are not ours to give: FOT_GRAPH_TEXTS names the folder
where they stand, and without it only the table is tested.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from fot_graph import load
from fot_graph.claims.layers import DOCUMENT, PROVENANCE
from fot_graph.core.resources import folder
from fot_graph.core.terms import Term, iri_of, node

FOLDER = os.environ.get("FOT_GRAPH_TEXTS", "")
OF_THE_DOCUMENT = "https://w3id.org/fot-graph/claim/vp-sv-2019-2020-358/"
OF_PEOPLE = {"fot:reviewedBy"}  # what people do with claims is in no text
TYPE, DEFINED_BY = node("rdf:type"), node("rdfs:isDefinedBy")


def needed() -> dict[str, list[tuple[str, int, int]]]:
    """Read the table: by term the texts that need it, each a file, its first character and the one after its last."""
    table = (folder("ontology") / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(fot:\w+)` \| [^|]+ \| ([^|]+) \|$", table, re.MULTILINE)
    places = {term: re.findall(r"`(\S+?\.txt)` (\d+)–(\d+)", texts) for term, texts in rows}
    return {term: [(file, int(first), int(end)) for file, first, end in found] for term, found in places.items()}


NEEDED = needed()


def used() -> dict[str, int]:
    """Count for each term the claims of the document that use it; for terms of layers that are computed, what has them.

    A claim uses a class where it speaks of a thing of that class.
    """
    graph = load()
    types: defaultdict[Term, set[Term]] = defaultdict(set)
    users: defaultdict[Term, set[Term]] = defaultdict(set)
    for quad in graph.quads:
        if quad.predicate == TYPE:
            types[quad.subject].add(quad.object)
    for quad in graph.quads:
        claim = quad.graph_name
        if isinstance(claim, NamedNode) and claim.value.startswith(OF_THE_DOCUMENT):
            for term in (quad.predicate, *types[quad.subject], *types[quad.object]):
                users[term].add(claim)
        elif quad.graph_name in (DOCUMENT, PROVENANCE):
            users[quad.object if quad.predicate == TYPE else quad.predicate].add(quad.subject)
    terms = [quad.subject for quad in graph.quads if quad.predicate == DEFINED_BY]
    return {graph.namespaces.shorten(iri_of(term)): len(users[term]) for term in terms}


def test_there_are_few_terms() -> None:
    names = [term.removeprefix("fot:") for term in used()]
    assert sum(name[0].islower() for name in names) <= 60
    assert sum(name[0].isupper() for name in names) <= 40


def test_what_at_most_one_claim_uses_is_in_the_table() -> None:
    assert {term for term, count in used().items() if count <= 1} - OF_PEOPLE == NEEDED.keys()


@pytest.mark.parametrize("term", NEEDED)
def test_two_texts_need_it(term: str) -> None:
    assert len({file for file, _, _ in NEEDED[term]}) >= 2


@pytest.mark.skipif(not FOLDER, reason="FOT_GRAPH_TEXTS names no folder of annotated texts")
@pytest.mark.parametrize(("file", "first", "end"), sorted({place for places in NEEDED.values() for place in places}))
def test_a_range_holds_whole_words_of_the_text(file: str, first: int, end: int) -> None:
    text = (Path(FOLDER) / file).read_bytes().decode("utf-8")
    assert 0 <= first < end <= len(text)
    quote = text[first:end]
    assert quote == quote.strip()
    assert len(quote.split()) > 5
    assert not re.search(r"\w\w", text[max(first - 1, 0) : first + 1])
    assert not re.search(r"\w\w", text[end - 1 : end + 1])
