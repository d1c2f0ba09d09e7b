"""The pages as a browser gets them: addresses, languages, statuses, and HTML in which data is text and nothing else."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import unquote

import pytest
from packaged import PREFIXES
from sampling import in_turn
from starlette.applications import Starlette
from starlette.testclient import TestClient

import fot_graph
from fot_graph.core.words import LANGUAGES
from fot_graph.core.workspace import packaged
from fot_graph.web.http.cache import ResponseCache
from fot_graph.web.pages import routes as pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from httpx2 import Response

T = TypeVar("T")
DOCUMENT = "vp-sv-2019-2020-358"
PATHS = [
    "/",
    "/board",
    "/themes",
    "/ontology",
    "/figures",
    "/timeline",
    "/search",
    "/graph",
    "/graph?focus=id:serv&open=doc:vp-sv-2019-2020-358/matter-reform-advice&status=asked",
    "/ask",
    "/ask?question=findings-informing-themes",
    "/ask?question=everything-about&p_entity=id:serv",
    "/ask?query=CONSTRUCT+WHERE+{+?f+fot:informs+?t+}",
    "/search?words=serv",
    "/page/id/serv",
    "/page/theme/diversity",
    f"/page/claim/{DOCUMENT}/30-september-is",
    f"/page/claim/{DOCUMENT}/total-hrm-2016-2019-files",
    f"/page/claim/{DOCUMENT}/found-name-1265-1305",
    "/graph?focus=id:serv&status=found",
    f"/page/doc/{DOCUMENT}",
]


class Here:
    """A pool that runs a view where it is."""

    def __init__(self, graph: fot_graph.Graph) -> None:
        self.graph = graph

    async def run(self, function: Callable[..., T], /, **kwargs: object) -> T:
        return function(self.graph, **kwargs)


class Remembering(TestClient):
    """A client that asks for each page once."""

    kept: dict[str, Response]

    def page(self, address: str) -> Response:
        self.kept = getattr(self, "kept", {})
        if address not in self.kept:
            self.kept[address] = self.get(address)
        return self.kept[address]


def client_of(graph: fot_graph.Graph) -> Remembering:
    app = Starlette(routes=pages.routes)
    app.state.pool, app.state.cache = Here(graph), ResponseCache(0)
    return Remembering(app, follow_redirects=False)


@pytest.fixture(scope="module")
def client() -> Remembering:
    return client_of(fot_graph.load())


DOCUMENTS = Path(__file__).parents[2] / "documents"


@pytest.fixture(scope="module")
def of_several() -> Remembering:
    return client_of(fot_graph.load([packaged(), DOCUMENTS / "together"]))


class Elements(HTMLParser):
    """The elements of a page, with their attributes."""

    VOID = frozenset({"meta", "link", "input", "br", "img", "hr"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes another element"

    def values(self, name: str) -> Iterator[str]:
        return (attributes[name] for _, attributes in self.found if name in attributes)


def elements(response: Response) -> Elements:
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return Elements(response.text)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("lang", LANGUAGES)
class TestEachPage:
    def test_is_well_formed_and_says_its_language(self, client: Remembering, path: str, lang: str) -> None:
        page = elements(client.page(f"/{lang}{path}"))
        assert not page.open
        assert next(attributes for tag, attributes in page.found if tag == "html") == {"lang": lang}
        assert [tag for tag, _ in page.found].count("h1") == 1

    def test_gives_no_id_twice(self, client: Remembering, path: str, lang: str) -> None:
        ids = list(elements(client.page(f"/{lang}{path}")).values("id"))
        assert len(ids) == len(set(ids))

    def test_links_to_places_that_are_there(self, client: Remembering, path: str, lang: str) -> None:
        page = elements(client.page(f"/{lang}{path}"))
        ids = set(page.values("id"))
        inside = {
            href[1:] for tag, attributes in page.found for href in [attributes.get("href", "")] if href[:1] == "#"
        }
        assert inside <= ids

    def test_has_neither_scripts_nor_styles_of_its_own(self, client: Remembering, path: str, lang: str) -> None:
        page = elements(client.page(f"/{lang}{path}"))
        assert not list(page.values("style"))
        assert not [name for _, attributes in page.found for name in attributes if name.startswith("on")]
        assert all(
            attributes.get("src", "").startswith("/static/") for tag, attributes in page.found if tag == "script"
        )
        assert "<style" not in client.page(f"/{lang}{path}").text

    def test_loads_nothing_from_elsewhere(self, client: Remembering, path: str, lang: str) -> None:
        page = elements(client.page(f"/{lang}{path}"))
        loading = [attributes for tag, attributes in page.found if tag in ("link", "script", "img", "use", "iframe")]
        addresses = [each.get("href", "") + each.get("src", "") for each in loading]
        assert all(address.startswith(("/", "#")) and not address.startswith("//") for address in addresses)

    def test_leads_to_the_same_page_in_the_other_language(self, client: Remembering, path: str, lang: str) -> None:
        other = next(each for each in LANGUAGES if each != lang)
        page = elements(client.page(f"/{lang}{path}"))
        links = [attributes for tag, attributes in page.found if tag == "a" and attributes.get("hreflang") == other]
        assert [unquote(link["href"]) for link in links] == [f"/{other}{path}"]


@pytest.mark.parametrize(("path", "lang"), in_turn(PATHS, LANGUAGES))
def test_every_link_to_a_page_of_ours_works(client: Remembering, path: str, lang: str) -> None:
    page = elements(client.page(f"/{lang}{path}"))
    links = {
        attributes["href"].partition("#")[0]
        for tag, attributes in page.found
        if tag == "a" and re.match(rf"/({'|'.join(LANGUAGES)})/", attributes.get("href", ""))
    }
    assert {link for link in links if client.page(link).status_code != 200} == set()


@pytest.mark.parametrize(
    ("wish", "lang"),
    [("en-GB,en;q=0.9", "en"), ("nl", "nl"), ("fr, en;q=0.3, nl;q=0.8", "nl"), ("", "nl"), ("de;q=x,,;q=", "nl")],
)
def test_the_root_leads_to_the_language_that_the_browser_prefers(client: Remembering, wish: str, lang: str) -> None:
    response = client.get("/", headers={"accept-language": wish})
    assert (response.status_code, response.headers["location"]) == (302, f"/{lang}/")
    assert response.headers["vary"] == "Accept-Language"


@pytest.mark.parametrize(
    "path",
    ["/nl/nothing", "/en/page/id/nothing", "/en/page/claim/x", "/nl/page/doc/x", "/nl/?status=x", "/en/?theme=x"],
)
def test_what_is_not_there_is_a_page_that_says_so(client: Remembering, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert not Elements(response.text).open
    assert "Traceback" not in response.text


def test_what_a_rule_found_is_shown_where_it_is_asked_for_and_cited_nowhere(client: Remembering) -> None:
    found = "/found-name-"
    assert found not in client.page("/en/page/id/serv").text
    assert found not in client.page("/en/graph?focus=id:serv").text
    assert found in client.page("/en/graph?focus=id:serv&status=found").text
    page = client.page(f"/en/page/claim/{DOCUMENT}/found-name-1265-1305").text
    assert "A rule found it in the text: the passage names it, and that says no more." in page
    assert 'id="cite"' not in page


def test_one_of_a_kind_is_counted_as_one(client: Remembering) -> None:
    assert "Found: 14 names, 1 sentence, 1 rationale." in client.get("/en/search?words=serv").text
    assert "Gevonden: 14 namen, 1 zin, 1 motivering." in client.get("/nl/search?words=serv").text
    assert "Found: 2 names, 1 sentence, 1 rationale." in client.get("/en/search?words=verlenging").text
    assert "Gevonden: 2 namen, 1 zin, 1 motivering." in client.get("/nl/search?words=verlenging").text


@pytest.mark.parametrize("path", PATHS)
def test_a_graph_that_holds_nothing_has_pages_that_say_so(path: str) -> None:
    response = client_of(fot_graph.Graph([], {})).get(f"/nl{path}")
    assert response.status_code in (200, 400, 404)
    assert not Elements(response.text).open


def test_a_filter_works_without_a_script(client: Remembering) -> None:
    page = elements(client.get("/en/?status=asked&theme=diversity"))
    checked = [attributes["value"] for tag, attributes in page.found if tag == "input" and "checked" in attributes]
    selected = [attributes["value"] for tag, attributes in page.found if tag == "option" and "selected" in attributes]
    assert (checked, selected) == (["asked"], ["diversity"])
    marks = [attributes["class"] for tag, attributes in page.found if tag == "mark"]
    assert 0 < len([mark for mark in marks if "off" not in mark]) < len(marks)


def test_the_first_page_is_light(client: Remembering) -> None:
    import gzip

    files = ["/nl/", "/static/style.css", "/static/page.js"]
    assert sum(len(gzip.compress(client.get(file).content)) for file in files) < 100_000


def test_the_source_is_dutch_on_an_english_page(client: Remembering) -> None:
    page = elements(client.get("/en/"))
    assert all(attributes.get("lang") == "nl" for tag, attributes in page.found if tag in ("h1", "q"))


def test_the_board_can_be_kept(client: Remembering) -> None:
    assert client.get("/nl/board.csv").text.startswith("onderdeel,gevraagd,oordeel over het onderdeel")
    assert client.get("/en/board.md").headers["content-type"] == "text/markdown; charset=utf-8"


def test_a_citation_can_be_kept(client: Remembering) -> None:
    address = f"/en/page/claim/{DOCUMENT}/predecessors"
    assert client.get(f"{address}?cite=bibtex").text.startswith("@")
    assert client.get(f"{address}?cite=word").status_code == 404


def test_what_belongs_to_the_pages_is_kept_by_the_browser(client: Remembering) -> None:
    assert "immutable" in client.get("/static/style.css").headers["cache-control"]
    assert client.get("/static/../pages.py").status_code == 404


def test_a_query_that_does_not_parse_is_shown_with_its_place(client: Remembering) -> None:
    response = client.get("/en/ask", params={"query": "SELECT * {\n  ?x foo ?y }"})
    assert response.status_code == 400
    (field,) = (attributes for tag, attributes in Elements(response.text).found if tag == "textarea")
    assert (field["data-line"], field["data-column"], field["aria-invalid"]) == ("2", "6", "true")


def test_a_query_that_would_reach_outside_is_refused(client: Remembering) -> None:
    response = client.get("/en/ask", params={"query": "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }"})
    assert response.status_code == 403
    assert not Elements(response.text).open


@pytest.mark.parametrize("format_", ["csv", "tsv", "md", "json", "xml"])
def test_an_answer_can_be_kept_in_each_format(client: Remembering, format_: str) -> None:
    response = client.get(f"/nl/answer.{format_}", params={"query": "SELECT ?t { ?t a fot:Theme }"})
    assert response.status_code == 200
    assert "klimaat" in response.text or "theme/climate" in response.text
    with_evidence = client.get(
        f"/nl/answer.{format_}", params={"query": "SELECT ?f { ?f fot:informs ?t }", "evidence": "1"}
    )
    assert "meerwaarde" in with_evidence.text


@pytest.mark.parametrize("format_", ["ttl", "trig", "nt", "nq", "jsonld", "rdf"])
def test_a_graph_can_be_kept_in_each_format(client: Remembering, format_: str) -> None:
    response = client.get(f"/en/answer.{format_}", params={"query": "CONSTRUCT WHERE { ?f fot:informs ?t }"})
    assert response.status_code == 200
    assert "informs" in response.text


@pytest.mark.parametrize("format_", ["ttl", "trig", "nt", "nq", "jsonld"])
def test_a_graph_can_be_kept_with_its_evidence(client: Remembering, format_: str) -> None:
    query = "CONSTRUCT WHERE { doc:vp-sv-2019-2020-358\\/finding-little-steering fot:informs ?t }"
    response = client.get(f"/en/answer.{format_}", params={"query": query, "evidence": "1"})
    assert "little-steering-informs-content-direction" in response.text
    assert "te weinig aansturing" in response.text


def test_what_cannot_be_kept_says_so(client: Remembering) -> None:
    assert client.get("/en/answer.ttl?query=ASK{}").status_code in (400, 404)
    assert client.get("/en/answer.exe?query=ASK{}").status_code == 404
    assert client.get("/en/answer.csv?query=DESCRIBE+id:serv&evidence=1").status_code in (400, 404)
    assert client.get("/en/answer.csv").status_code == 400


HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{7*7}}</textarea></title>"


def test_hostile_names_are_text() -> None:
    from pyoxigraph import Literal, NamedNode, Quad

    naming = NamedNode(PREFIXES["graph"] + "naming")
    name = NamedNode(PREFIXES["skos"] + "prefLabel")
    same = NamedNode(PREFIXES["owl"] + "sameAs")
    graph = fot_graph.load()
    renamed = [quad for quad in graph.quads if quad.predicate != name]
    things = {quad.subject for quad in graph.quads if quad.predicate == name}
    added = [Quad(thing, name, Literal(HOSTILE, language="en"), naming) for thing in things]
    serv = NamedNode(PREFIXES["id"] + "serv")
    added.append(Quad(serv, same, NamedNode("javascript:alert(3)"), naming))
    client = client_of(fot_graph.Graph([*renamed, *added], graph.sources))
    for path in PATHS:
        page = elements(client.get(f"/en{path}"))
        assert not [tag for tag, attributes in page.found if tag == "img" or "onerror" in attributes]
        assert all(
            attributes.get("src", "").startswith("/static/") for tag, attributes in page.found if tag == "script"
        )
        assert not [href for href in page.values("href") if href.lower().startswith("javascript:")]


@pytest.mark.parametrize(("lang", "title"), [("nl", "organisatie: VDAB"), ("en", "organisation: VDAB")])
def test_what_rules_found_is_shown_with_a_switch(client: Remembering, lang: str, title: str) -> None:
    text = client.page(f"/{lang}/").text
    assert f'<span class="found" title="{title}">VDAB</span>' in text
    assert '<input type="checkbox" id="hide-found">' in text
    assert text.count('<details class="found-list"') >= 10


# --- Several documents, and text without claims -----------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/en/board", "/en/"])
def test_of_a_few_documents_each_is_in_sight(of_several: Remembering, path: str) -> None:
    listed = re.findall(r"<details open><summary>Documents: 3</summary><ul>(.*?)</ul>", of_several.page(path).text)
    names = [re.findall(rf">(written question {number})<", "".join(listed)) for number in (358, 187, 41)]
    assert [len(each) for each in names] == [1, 1, 1]


def test_the_board_tells_which_of_its_documents_it_shows(of_several: Remembering) -> None:
    board = of_several.page("/en/board?document=vp-sv-2031-2032-41").text
    assert re.findall(r'<b aria-current="page">(.*?)</b>', board) == ["written question 41"]
    assert "?document=vp-sv-2031-2032-187" in board


def test_why_a_stretch_has_no_claims_is_said_once() -> None:
    page = client_of(fot_graph.load(DOCUMENTS / "other-parliaments")).page("/en/page/doc/repair-workshops").text
    reason = "A rule reads in the head who asked and answered, and when."
    before, _, coverage = page.partition('<details class="coverage">')
    told, _, after = coverage.partition("</details>")
    assert [(before + after).count(reason), told.count(reason)] == [2, 2]  # of the head, and of that of the answer
