"""What serves one document serves any: nothing but its data names the packaged one, or a thing that it speaks of.

Looked through are the code, questions, templates, ontology and shapes, and the sources of words, pages and scripts.
Doctests may show the packaged graph, because they run on it; the text around them may not.
"""

from __future__ import annotations

import doctest
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from packaged import BASE, curie, expand
from pyoxigraph import Literal

from fot_graph.api import Graph, load
from fot_graph.core.terms import literal_text, text_of
from fot_graph.core.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
FOLDERS = ("fot_graph", "frontend/src", "ontology", "queries", "templates")
BUILT = ROOT / "fot_graph" / "web" / "static"  # of frontend/src
FILES = sorted(
    path
    for folder in FOLDERS
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".css", ".html", ".js", ".json", ".md", ".py", ".rq", ".toml", ".ttl"}
    and not path.is_relative_to(BUILT)
)
# The curators of a workspace are named by its conventions, and schemes of concepts by the prefixes of these
THINGS = """SELECT DISTINCT ?thing {
  GRAPH graph:naming { ?thing a ?class }
  FILTER NOT EXISTS { ?claim pav:curatedBy ?thing }
  FILTER NOT EXISTS { ?thing a skos:ConceptScheme }
}"""
DAYS = """SELECT DISTINCT ?day {
  ?claim a fot:Claim GRAPH ?claim { ?thing ?property ?day FILTER(DATATYPE(?day) IN (xsd:date, xsd:gMonthDay)) }
}"""
DOCUMENTS = "SELECT ?document ?number { ?question dcterms:isPartOf ?document ; dcterms:identifier ?number }"


@pytest.fixture(scope="module")
def names() -> re.Pattern[str]:
    found = sorted(_names(load()), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, found))})(?!\w)")


def _names(graph: Graph) -> Iterator[str]:
    """Give the CURIEs and the ends of the IRIs of all things, and what people call those of `id:`."""
    for iri in (text_of(term) for (term,) in graph.query(THINGS).rows):
        yield from (curie(iri), iri.removeprefix(BASE))
        if iri.startswith(expand("id:")):
            yield from _proper_names(graph, iri)
    for document, number in graph.query(DOCUMENTS).rows:
        yield from (text_of(document).rpartition("/")[2], text_of(number))


def _proper_names(graph: Graph, iri: str) -> Iterator[str]:
    """Give its labels with a capital, an abbreviation in small letters too, and of a person the last name."""
    entity = graph.entity(iri)
    for label in [*entity.names("nl"), *entity.names("en"), *entity.other_names()]:
        if label != label.lower():
            yield label
        if label.isupper():
            yield label.lower()
        if expand("foaf:Person") in entity.types:
            yield label.split()[-1]


def _without_doctests(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    if path.suffix not in (".md", ".py"):
        return text
    return "".join(part for part in doctest.DocTestParser().parse(text) if isinstance(part, str))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_file_names_nothing_of_the_packaged_document(path: Path, names: re.Pattern[str]) -> None:
    assert names.findall(f"{path.name}\n{_without_doctests(path)}") == []


@pytest.mark.parametrize(
    "text", ["id:serv", "/id/serv", "Focus op Talent", "minister Crevits", "bij vdab", "vp-sv-2019-2020-358", "nr. 358"]
)
def test_such_names_are_found(text: str, names: re.Pattern[str]) -> None:
    assert names.search(text)


def test_what_is_said_to_people_tells_no_day_of_the_packaged_document() -> None:
    found = [day for (day,) in load().query(DAYS).rows if isinstance(day, Literal)]
    days = {literal_text(day, lang) for day in found for lang in LANGUAGES}
    assert len(days) > 2
    said = {path: path.read_text(encoding="utf-8") for path in FILES if path.suffix in {".html", ".json"}}
    assert {(path.name, day) for path, text in said.items() for day in days if day in text} == set()
