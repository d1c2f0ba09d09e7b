"""What goes wrong on a Dutch page is said in Dutch: every error that a page can meet has its Dutch text."""

from __future__ import annotations

import re
import time
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from error_texts import UNKNOWN, Found, Module
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.testclient import TestClient
from test_web_pages import Elements, Remembering, client_of

import fot_graph
from fot_graph.core.errors import (
    ConnectionFailedError,
    FotGraphError,
    HttpStatusError,
    QuerySyntaxError,
    UnknownNameError,
    UsageError,
)
from fot_graph.evidence import explaining
from fot_graph.sparql import mistakes
from fot_graph.stores import endpoint
from fot_graph.web import describing, dutch, pages, problems
from fot_graph.web.errors import (
    BusyError,
    EngineFailedError,
    InternalError,
    MemoryLimitError,
    TimeLimitError,
    TooMuchError,
    WebError,
)
from fot_graph.web.kept import Kept
from fot_graph.web.metrics import Metrics
from fot_graph.web.security import Gate
from fot_graph.web.settings import Limits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from httpx2 import Response

# --- The code: every error that a page can meet ----------------------------------------------------------------------

PACKAGE = Path(fot_graph.__file__).parent
PROGRAMS = {  # whose errors no page shows, and why
    "claims/corpus.py": "reads the files of the graph before a server starts",
    "claims/documents.py": "reads the files of the graph before a server starts",
    "core/errors.py": "makes errors of what it is given",
    "core/files.py": "writes files, for the command line",
    "claims/guard.py": "reads the files of the graph before a server starts",
    "formats/networkx.py": "makes networks of other libraries",
    "text/passages.py": "finds quotes, when the files of the graph are read",
    "pictures/picture.py": "draws for the command line",
    "pictures/views.py": "draws for the command line",
    "validation/shapes.py": "validates, for the command line",
    "stores/loading.py": "writes stores, for the command line",
    "web/answering.py": "answers programs, at /sparql",
    "web/dataset.py": "answers programs, at /sparql",
    "web/dutch.py": "makes errors of what it is given",
    "web/negotiation.py": "answers programs, which name media types",
    "web/protocol.py": "answers programs, at /sparql",
    "web/server.py": "starts the server",
}
ELSEWHERE = {  # functions of other modules, for the same reasons
    ("core/media_types.py", "of_file"): "the names of files, for the command line",
    ("evidence/answers.py", "to_dataframe"): "for Python only",
    ("formats/sparql_results.py", "_csv_cell"): "answers programs, at /sparql",
    ("formats/spreadsheet.py", "workbook"): "pages offer no workbooks where the library is missing",
    ("stores/endpoint.py", "_checked"): "the server starts",
    ("stores/endpoint.py", "from_environment"): "the server starts",
    ("stores/server.py", "dataset"): "for Python only",
    ("web/access.py", "host_name"): "the server starts",
    ("web/access.py", "origin"): "the server starts",
    ("stores/places.py", "_work_begun"): "writes stores, for the command line",
}
UNSEEN = {  # texts that are not in the code where an error is made, and why that is well
    ("formats/cited_claim.py", "_no_claim", "hint"): "the hint of another error",
    ("stores/endpoint.py", "_check", "reason"): "the words of the server",
    ("stores/endpoint.py", "_failure", "ConnectionFailedError(url, *known[1:3])"): "see the test of _FAILURES",
    ("core/resources.py", "read_bytes", "error.strerror or str(error)"): "the words of the system",
    ("core/resources.py", "read_bytes", "str(error)"): "the words of the system",
    ("stores/execution.py", "engine_failure", "str(error)"): "the words of the engine",
    ("stores/engine.py", "_start", "str(error)"): "the words of the system",
    ("stores/disk.py", "_unopened", "reason"): "the words of the system",
    ("sparql/tokens.py", "malformed", "hint"): "seen where it is called",
    ("sparql/tokens.py", "refused", "hint"): "seen where it is called",
    ("sparql/tokens.py", "refused", "reason"): "seen where it is called",
    ("sparql/tokens.py", "malformed", "reason"): "seen where it is called",
    ("sparql/mistakes.py", "_mistaken", "hint"): "see the test of _MISTAKES",
    ("sparql/mistakes.py", "_mistaken", "reason"): "see the test of _MISTAKES",
    ("web/problems.py", "on_http_error", "said"): "the words of Starlette",
}
MODULES = {path.relative_to(PACKAGE).as_posix(): path for path in sorted(PACKAGE.rglob("*.py"))}
FOUND = {
    name: list(Module(path.read_text(encoding="utf-8"), name).errors())
    for name, path in MODULES.items()
    if not name.startswith("cli/")
}


def untold(error: FotGraphError) -> list[str]:
    """Give what an error says without Dutch."""
    texts = [text for text, lang in dutch.said(error, "nl") if lang == "en"]
    return [text for text in texts if text and UNKNOWN not in text]


def complaints(name: str, found: list[Found]) -> Iterator[str]:
    for each in found:
        if each.error:
            yield from (f"{name}:{each.line}: no Dutch for ‘{text}’" for text in untold(each.error))
        elif (name, each.function, each.unclear) not in UNSEEN:
            yield f"{name}:{each.line}: nobody can see what ‘{each.unclear}’ says"


def test_every_error_that_a_page_can_meet_has_its_dutch() -> None:
    met = {
        name: [each for each in found if (name, each.function) not in ELSEWHERE]
        for name, found in FOUND.items()
        if name not in PROGRAMS
    }
    assert sum(map(len, met.values())) > 100
    assert [text for name, found in met.items() for text in complaints(name, found)] == []


def test_nothing_is_left_out_without_need() -> None:
    assert [name for name in PROGRAMS if not list(complaints(name, FOUND[name]))] == []
    for name, function in ELSEWHERE:
        assert list(complaints(name, [each for each in FOUND[name] if each.function == function])), (name, function)
    unclear = {(name, each.function, each.unclear) for name, found in FOUND.items() for each in found}
    assert UNSEEN.keys() <= unclear


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("raise UsageError('a new mistake')", "no Dutch for ‘a new mistake’"),
        ("raise UsageError('there is no query', 'a new hint')", "no Dutch for ‘a new hint’"),
        ("raise UsageError(f'a new mistake in {name}')", "no Dutch for ‘a new mistake in 7’"),
        ("def f(x): raise errors.WebError(400, 'there is no query' if x else 'none')", "no Dutch for ‘none’"),
        ("raise UnknownNameError('dog', name, known)", "no Dutch for ‘unknown dog 'word'’"),
        ("raise TooMuchError(f'{count} dogs')", "no Dutch for ‘the answer is longer than 7 dogs’"),
        ("def f():\n    error.hint = 'a new hint'", "no Dutch for ‘a new hint’"),
        ("def f(): return 'a', 'b'\nUsageError(*f())", "no Dutch for ‘a’"),
        ("def f(x): raise UsageError(x)\nf('a')\nf('there is no query')", "no Dutch for ‘a’"),
        ("raise UsageError(found.text)", "nobody can see what ‘found.text’ says"),
        ("def f(x):\n    x = x or 'there is no query'\n    raise UsageError(x)", "nobody can see what ‘x’ says"),
        ("raise UsageError(*found)", "nobody can see what ‘UsageError(*found)’ says"),
    ],
)
def test_an_error_without_dutch_is_seen(code: str, said: str) -> None:
    assert [text.partition(": ")[2] for text in complaints("new.py", list(Module(code).errors()))][:1] == [said]


def test_the_tables_of_mistakes_and_failures_have_their_dutch() -> None:
    for reason, hint in mistakes._MISTAKES.values():
        assert untold(QuerySyntaxError("ASK", 1, 1, reason, hint)) == []
    for _, reason, hint, _ in endpoint._FAILURES:
        assert untold(ConnectionFailedError("https://example.org/", reason, hint)) == []


# --- The table -------------------------------------------------------------------------------------------------------

PART = re.compile(r"\{(\w+)\}")
ENGLISH = {
    "names": "a or b or c",
    "number": "2.5",
    "reason": "the server is busy",
    "status": "503",
    "unit": "title",
    "url": "https://example.org/a:b",
}
DUTCH = {**ENGLISH, "names": "a, b of c", "number": "2,5", "reason": "de server is overbelast", "unit": "de titel"}


@pytest.mark.parametrize(("english", "translation"), dutch.TEXTS)
class TestEachText:
    def test_has_the_same_parts_in_both_languages(self, english: str, translation: str) -> None:
        parts = PART.findall(english)
        assert sorted(parts) == sorted(PART.findall(translation))
        assert len(parts) == len(set(parts))

    def test_is_read_with_its_parts(self, english: str, translation: str) -> None:
        text = PART.sub(lambda part: ENGLISH.get(part[1], f"it's 'a' {part[1]}"), english)
        assert dutch.dutch(text) == PART.sub(lambda part: DUTCH.get(part[1], f"it's 'a' {part[1]}"), translation)

    def test_has_the_quotes_of_its_language(self, english: str, translation: str) -> None:
        assert "‘" not in english
        assert "'" not in translation or "aanhalingstekens" in translation


def test_every_text_is_one_that_an_error_says() -> None:
    made = [each.error for found in FOUND.values() for each in found if each.error]
    reasons = [*mistakes._MISTAKES.values()] + [failure[1:3] for failure in endpoint._FAILURES]
    said = {text for error in made for text in (error.message, error.hint, getattr(error, "reason", ""))}
    said |= {text for pair in reasons for text in pair}
    said |= {"HTTP 503", "method not allowed"}  # of which the code has only a part
    unused = [english for english, _ in dutch.TEXTS if not any(map(dutch.pattern(english).fullmatch, said))]
    assert unused == []


def test_the_words_of_others_stay_as_they_are() -> None:
    error = HttpStatusError("https://example.org/", 500, "Virtuoso 37000 Error")
    assert dutch.said(error, "nl")[0] == ("https://example.org/: HTTP 500: Virtuoso 37000 Error", "en")
    assert dutch.said(HttpStatusError("https://example.org/", 500, ""), "nl")[0].lang == "nl"


@pytest.mark.parametrize(
    ("first", "again"),
    [("malformed SPARQL at line ", ", column "), ("", "https://a: "), ("unknown thing '", "' '"), ("FROM", " <")],
)
def test_a_long_text_takes_no_long_time(first: str, again: str) -> None:
    began = time.process_time()
    dutch.dutch(first + again * (64_000 // len(again)) + "x")
    assert time.process_time() - began < 0.5


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
    app.state.pool, app.state.kept = Failing(error), Kept(0)
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
    ("/ask?question=everything-about&p_entity=SERF", "onbekende naam ‘SERF’ bedoelt u SERV?", "unknown name 'SERF'"),
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
    (TooMuchError("10000 rows"), "het antwoord telt meer dan 10000 rijen voeg LIMIT en OFFSET toe, of vraag minder"),
    (TooMuchError("2.5 MB"), "het antwoord is groter dan 2,5 MB"),
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
    page = failing(HttpStatusError("https://example.org/", 404, "<b>Gone", "ask for less")).get(path)
    assert re.search(r'<(p|span)( class="error")? lang="en">https://example.org/: HTTP 404: &lt;b&gt;Gone<', page.text)
    assert re.search(r"<(p|span)>vraag minder<", page.text)
    page = failing(WebError(400, "there is no query", "write it in Latin")).get(path)
    assert re.search(r'<(p|span) lang="en">write it in Latin<', page.text)


def test_evidence_that_cannot_be_had_is_told_in_the_language_of_the_page(
    client: Remembering, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise UsageError("evidence is for SPARQL 1.1, without triples in triples")

    monkeypatch.setattr(explaining, "explain", fail)
    query = {"query": "SELECT * { ?x ?p ?o } LIMIT 1"}
    page = client.get("/nl/ask", params=query)
    assert page.status_code == 200
    assert '<p class="error">' in page.text
    assert text_of(page).startswith("onderbouwing is er alleen voor SPARQL 1.1")
    assert text_of(client.get("/en/ask", params=query)).startswith("evidence is for SPARQL 1.1")


def test_what_never_comes_to_a_page_is_told_in_the_language_of_its_address() -> None:
    gate = Middleware(Gate, limits=Limits(headers=1024), metrics=Metrics(), log=False)
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
        describing.find(graph, "id/zzzzqqq")
    assert raised.value.hint == ""
    assert describing.near(graph, "id/serf") == ["id/serv"]
    monkeypatch.setattr(describing, "_COMPARED", 2)
    assert len(describing._alike(graph, "id/serf")) == 2
