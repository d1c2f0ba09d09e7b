"""What goes wrong on a page is told in the language of the page, with the words of another server marked as English."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.testclient import TestClient
from test_web_pages import Elements, Remembering, client_of

import fot_graph
from fot_graph.core.errors import FotGraphError, HttpStatusError, UnknownNameError, UsageError
from fot_graph.evidence import explaining
from fot_graph.web.endpoint import describing
from fot_graph.web.http import problems
from fot_graph.web.http.cache import ResponseCache
from fot_graph.web.http.errors import (
    BusyError,
    EngineFailedError,
    InternalError,
    MemoryLimitError,
    TimeLimitError,
    TooMuchError,
)
from fot_graph.web.http.metrics import Metrics
from fot_graph.web.http.security import Gate
from fot_graph.web.pages import routes as pages
from fot_graph.web.settings import RequestLimits

if TYPE_CHECKING:
    from httpx2 import Response

# --- The pages -------------------------------------------------------------------------------------------------------


class Failing:
    """A pool in which nothing works."""

    def __init__(self, error: FotGraphError) -> None:
        self.error = error

    async def run(self, *_: object, **__: object) -> None:
        raise self.error


@pytest.fixture(scope="module")
def client() -> Remembering:
    return client_of(fot_graph.load())


def failing(error: FotGraphError) -> TestClient:
    app = Starlette(routes=pages.routes)
    app.state.pool, app.state.cache = Failing(error), ResponseCache(0)
    return TestClient(app)


def text_of(response: Response) -> str:
    """Give what a page says of an error, without its marks."""
    found = re.search(r'<(p|div) class="error".*?(?=<p><a href|</main>|<section)', response.text, re.DOTALL)
    assert found, response.text
    return " ".join(unescape(re.sub("<[^>]*>", " ", found[0])).split())


MET = [
    ("/ask?query=SELECT+*+{", "kolom 10: ‘{’ wordt nergens gesloten voeg ‘}’ toe", "'{' is never closed add '}'"),
    ("/ask?query=SLECT+*+{}", "begint niet met ‘SLECT’ bedoelt u SELECT?", "'SLECT' is no kind of query did you mean"),
    ("/ask?query=ASK+{+?a+fo:b+?c+}", "de prefix ‘fo:’ is niet gedeclareerd bedoelt u fot of", "'fo:' is not declared"),
    ("/ask?query=ASK+{+SERVICE+<urn:a>+{}+}", "SERVICE bevraagt een andere", "SERVICE asks another server"),
    ("/ask?query=ASK+FROM+<urn:a>+{}", "<urn:a> noemt een graaf die hier niet is", "<urn:a> names a graph that is not"),
    ("/ask?query=CLEAR+ALL", "CLEAR zou de graaf wijzigen een query mag alleen lezen", "CLEAR would change the graph"),
    ("/ask?question=findngs", "onbekende vraag ‘findngs’ bedoelt u findings", "unknown question 'findngs' did you"),
    ("/ask?question=everything-about&p_entity=SERF", "onbekende naam ‘SERF’ bedoelt u SERV of sterk?", "unknown name"),
    ("/ask?question=everything-about&p_x=1", "onbekende parameter ‘x’ bekend: entity", "unknown parameter 'x'"),
    ("/page/id/serf", "de graaf kent ‘id:serf’ niet bedoelt u id:serv?", "unknown thing 'id:serf' did you mean id:"),
    ("/page/claim/predecesors", "bedoelt u vp-sv-2019-2020-358/predecessors?", "did you mean vp-sv-2019-2020-358/pre"),
    ("/page/doc/vp-sv-359", "onbekend document ‘vp-sv-359’ bedoelt u vp-sv-2019-", "unknown document 'vp-sv-359' did"),
    ("/?status=statd", "onbekende status ‘statd’ bedoelt u stated?", "unknown status 'statd' did you mean stated?"),
    ("/graph?status=x", "onbekende status ‘x’ bekend: asked, background", "unknown status 'x' known: asked, backgr"),
    ("/?theme=dversity", "onbekend thema ‘dversity’ bedoelt u diversity?", "unknown theme 'dversity' did you mean div"),
    ("/answer.cvs?query=ASK{}", "onbekend formaat ‘cvs’ bedoelt u csv", "unknown format 'cvs' did you mean csv"),
]


@pytest.mark.parametrize(("path", "said", "english"), MET)
def test_an_error_is_told_in_the_language_of_the_page(client: Remembering, path: str, said: str, english: str) -> None:
    ours, theirs = client.get(f"/nl{path}"), client.get(f"/en{path}")
    assert ours.status_code == theirs.status_code >= 400
    assert said in text_of(ours)
    assert english in text_of(theirs)
    for page in (ours, theirs):
        assert "lang=" not in page.text[page.text.index('class="error"') :]


DOWNLOADS = [
    ("/answer.csv?query=ASK+{", "fout in de query op regel 1, kolom 5: ‘{’ wordt nergens gesloten (voeg ‘}’ toe)"),
    ("/answer.csv?query=CONSTRUCT+WHERE+{?s+a+fot:Claim}", "onbekend formaat ‘csv’ (bekend: jsonld"),
    ("/page/claim/vp-sv-2019-2020-358/predecessors?cite=bibtx", "onbekend formaat ‘bibtx’ (bedoelt u bibtex?)"),
    ("/board.csv?document=x", "onbekend document ‘x’ (bekend: vp-sv-2019-2020-358)"),
]


@pytest.mark.parametrize(("path", "said"), DOWNLOADS)
def test_what_cannot_be_kept_says_so_in_the_language_of_the_page(client: Remembering, path: str, said: str) -> None:
    answer = client.get(f"/nl{path}")
    assert answer.status_code >= 400
    assert answer.text.startswith(said)
    assert client.get(f"/en{path}").text[:12] != said[:12]


def test_the_place_of_a_mistake_is_shown_beneath_it(client: Remembering) -> None:
    answer = client.get("/nl/answer.csv", params={"query": "ASK {\n  ?s ?p 'a }"})
    assert answer.text.splitlines()[-2:] == ["    ?s ?p 'a }", "          ^"]


def test_the_editor_marks_a_mistake_in_the_language_of_the_page(client: Remembering) -> None:
    for lang, said in (("nl", "fout in de query op regel 1"), ("en", "malformed SPARQL at line 1")):
        page = Elements(client.get(f"/{lang}/ask?query=ASK+{{").text)
        assert next(page.values("data-message")).startswith(said)


LIMITS: list[tuple[FotGraphError, str]] = [
    (TimeLimitError(2.5), "de tijdslimiet van 2,5 s is overschreden vraag minder, of vraag het in kleinere stappen"),
    (MemoryLimitError(), "de query heeft meer geheugen nodig dan ze mag gebruiken"),
    (EngineFailedError(), "de databank is op deze query vastgelopen"),
    (
        TooMuchError("too-many-rows", 10000),
        "het antwoord telt meer dan 10000 rijen voeg LIMIT en OFFSET toe, of vraag minder",
    ),
    (TooMuchError("too-many-megabytes", 2.5), "het antwoord is groter dan 2,5 MB"),
    (BusyError(), "te veel aanvragen tegelijk probeer het zo dadelijk opnieuw"),
    (InternalError(), "er ging iets mis op de server het logboek van de server zegt wat"),
]


@pytest.mark.parametrize(("error", "said"), LIMITS)
@pytest.mark.parametrize("path", ["/", "/ask?query=ASK{}", "/page/id/serv"])
def test_a_limit_is_told_in_the_language_of_the_page(error: FotGraphError, said: str, path: str) -> None:
    client = failing(error)
    assert said in text_of(client.get(f"/nl{path}"))
    assert error.message in text_of(client.get(f"/en{path}"))


@pytest.mark.parametrize("path", ["/nl/", "/nl/ask?query=ASK{}"])
def test_the_words_of_a_server_are_marked_as_english(path: str) -> None:
    page = failing(HttpStatusError("https://example.org/", 404, "<b>Gone", "part-of-the-answer.hint")).get(path)
    assert re.search(r'<(p|span)( class="error")? lang="en">https://example.org/: HTTP 404: &lt;b&gt;Gone<', page.text)
    assert re.search(r"<(p|span)>vraag minder<", page.text)
    assert (
        'lang="en"'
        not in failing(HttpStatusError("https://example.org/", 500, "")).get(path).text.split('class="error', 1)[1]
    )


def test_evidence_that_cannot_be_had_is_told_in_the_language_of_the_page(
    client: Remembering, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise UsageError("no-evidence-for-triple-terms")

    monkeypatch.setattr(explaining, "explain", fail)
    query = {"query": "SELECT * { ?x ?p ?o } LIMIT 1"}
    page = client.get("/nl/ask", params=query)
    assert page.status_code == 200
    assert '<p class="error">' in page.text
    assert text_of(page).startswith("onderbouwing is er alleen voor SPARQL 1.1")
    assert text_of(client.get("/en/ask", params=query)).startswith("evidence is for SPARQL 1.1")


def test_what_never_comes_to_a_page_is_told_in_the_language_of_its_address() -> None:
    gate = Middleware(Gate, limits=RequestLimits(headers=1024), metrics=Metrics(), log=False)
    handlers = {HTTPException: problems.on_http_error}
    client = TestClient(Starlette(routes=pages.routes, middleware=[gate], exception_handlers=handlers))
    said = {path: client.get(f"{path}?query={'x' * 1024}").text for path in ("/nl/ask", "/en/ask", "/sparql")}
    assert said["/nl/ask"] == "het adres is langer dan 1 KiB (verstuur een lange query met POST)\n"
    assert said["/en/ask"] == said["/sparql"] == "the address is longer than 1 KiB (send a long query by POST)\n"
    assert client.post("/nl/ask").text == "deze methode kan hier niet (de header Allow zegt wat wel kan)\n"


# --- Near names ------------------------------------------------------------------------------------------------------


def test_a_page_that_is_not_there_knows_no_other_names(client: Remembering) -> None:
    assert text_of(client.get("/nl/bord")) == "onbekende pagina ‘/nl/bord’"
    assert text_of(client.get("/en/page/zzz/q")) == "unknown thing 'https://w3id.org/fot-graph/zzz/q'"
    assert UnknownNameError("page", "/nl/bord", []).hint == ""


@pytest.mark.parametrize("path", ["/page/id/se<rv", "/page/claim/x y", "/graph?focus=id:serv&open=urn:x"])
def test_what_can_be_no_name_is_not_there_either(client: Remembering, path: str) -> None:
    assert client.get(f"/en{path}").status_code == 404


def test_only_so_many_names_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = fot_graph.load()
    with pytest.raises(UnknownNameError) as raised:
        describing.find(graph, ["id/zzzzqqq"])
    assert raised.value.hint == ""
    assert describing.similar_paths(graph, "id/serf") == ["id/serv"]
    monkeypatch.setattr(describing, "_COMPARED", 2)
    assert len(describing._similar_paths(graph, "id/serf")) == 2
