"""The pages as people use them, in headless Chromium: by keyboard, on a narrow screen, in the dark, on paper, offline.

Needs Chromium (on Debian `apt install chromium`), and for the checks of accessibility axe-core (`npm ci` in frontend/).
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Quad
from serving import running

import fot_graph
from fot_graph.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FRONTEND = Path(fot_graph.__file__).parent.parent / "frontend"
AXE = FRONTEND / "node_modules" / "axe-core" / "axe.min.js"
OPTIONS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: the pages are not tried in a browser"),
]

DOCUMENT = "vp-sv-2019-2020-358"
PATHS = [
    "/",
    "/board",
    "/themes",
    "/figures",
    "/timeline",
    "/search?words=serv",
    "/graph?focus=id:serv&open=id:matter-reform-advice",
    "/ask?question=findings-informing-themes",
    "/ask?question=subsidy-table",
    "/ask?query=CONSTRUCT+WHERE+{+?f+fot:informs+?t+}",
    "/ontology",
    "/page/id/focus-op-talent",
    f"/page/claim/{DOCUMENT}/30-september-is",
    f"/page/claim/{DOCUMENT}/total-hrm-2016-2019-files",
]
BROKEN = ["/ask?query=SELECT+*+{+x", "/page/id/nothing"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield made
        made.close()


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running("--workers", "2", "--quiet") as server:
        yield server.url.rstrip("/")


class Watch:
    """What a page asks for and complains of."""

    def __init__(self, page: Page) -> None:
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", self._asked)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def _asked(self, dialog: Dialog) -> None:
        self.complaints.append("a dialog")
        dialog.dismiss()


def context(browser: Browser, width: int = 1280, scheme: str = "light", *, scripts: bool = True) -> BrowserContext:
    return browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
        java_script_enabled=scripts,
    )


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    made = context(browser)
    yield made.new_page()
    made.close()


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")


# --- Every page ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_page_asks_for_nothing_elsewhere_and_complains_of_nothing(page: Page, url: str, lang: str, path: str) -> None:
    watch = Watch(page)
    page.goto(f"{url}/{lang}{path}")
    page.wait_for_load_state("networkidle")
    assert [address for address in watch.requests if not address.startswith(f"{url}/")] == []
    assert watch.complaints == []


@pytest.mark.skipif(
    not AXE.exists(), reason="axe-core is not installed (npm ci in frontend/): accessibility is not checked"
)
@pytest.mark.parametrize("path", [*PATHS, *BROKEN])
@pytest.mark.parametrize(("lang", "scheme"), [("nl", "light"), ("en", "light"), ("en", "dark")])
def test_axe_finds_nothing(browser: Browser, url: str, lang: str, scheme: str, path: str) -> None:
    made = context(browser, scheme=scheme)
    page = made.new_page()
    page.goto(f"{url}/{lang}{path}")
    unfold(page)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    made.close()
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []


@pytest.mark.parametrize("path", [*PATHS, *BROKEN])
@pytest.mark.parametrize(("lang", "width"), [("nl", 360), ("en", 360), ("nl", 1280)])
def test_no_screen_scrolls_sideways(browser: Browser, url: str, lang: str, width: int, path: str) -> None:
    made = context(browser, width=width)
    page = made.new_page()
    page.goto(f"{url}/{lang}{path}")
    unfold(page)
    found = page.evaluate("document.documentElement.scrollWidth")
    made.close()
    assert found <= width


# --- Reading ---------------------------------------------------------------------------------------------------------


def test_the_keyboard_leads_from_a_sentence_to_its_facts_and_back(page: Page, url: str) -> None:
    page.goto(f"{url}/en/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#content"
    note = page.locator(".item .note").first
    note.focus()
    page.keyboard.press("Enter")
    facts = page.locator(page.evaluate("CSS.escape(location.hash.slice(1)).replace(/^/, '#')"))
    assert facts.is_visible()
    facts.locator(".of a").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash").startswith("#char=")


def test_choosing_a_fact_marks_its_passages(page: Page, url: str) -> None:
    page.goto(f"{url}/en/")
    page.locator(".item .note").first.click()
    place = page.locator(".claims > li:visible .places a").first
    place.click()
    chosen = page.locator("mark.chosen")
    assert chosen.count() >= 1
    number = place.evaluate("(link) => link.closest('li').dataset.c")
    assert all(number in (mark.get_attribute("data-c") or "").split() for mark in chosen.all())


def test_a_passage_opens_its_facts(page: Page, url: str) -> None:
    page.goto(f"{url}/nl/")
    page.locator(".answered mark").first.click()
    assert page.locator(".claims > li.chosen:visible").count() >= 1


def test_a_filter_acts_at_once_and_stays_in_the_address(page: Page, url: str) -> None:
    page.goto(f"{url}/en/")
    marks = page.locator("mark:not(.off)")
    before = marks.count()
    page.get_by_label("asked").check()
    assert 0 < marks.count() < before
    assert page.url.endswith("/en/?status=asked")
    left = marks.count()
    page.reload()
    assert marks.count() == left
    assert page.locator(".kept").text_content() == "16 of 130 claims marked"


def test_without_scripts_the_filter_and_the_facts_work(browser: Browser, url: str) -> None:
    made = context(browser, scripts=False)
    page = made.new_page()
    page.goto(f"{url}/en/")
    page.get_by_label("asked").check()
    page.get_by_role("button", name="Show").click()
    assert "status=asked" in page.url
    assert page.locator("mark:not(.off)").count() > 0
    page.locator(".facts:not([hidden]) > summary").first.click()
    assert page.locator("details[open] .said:visible").count() > 0
    made.close()


def test_the_slash_leads_to_the_search(page: Page, url: str) -> None:
    page.goto(f"{url}/en/board")
    page.keyboard.press("/")
    page.keyboard.type("serv")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?words=serv")
    assert page.get_by_role("link", name="SERV", exact=True).first.is_visible()


def test_on_paper_there_is_the_text_and_no_menu(page: Page, url: str) -> None:
    page.goto(f"{url}/nl/")
    page.emulate_media(media="print")
    assert not page.locator("nav").first.is_visible()
    assert page.locator(".item mark").first.is_visible()
    assert len(page.pdf(format="A4")) > 10_000


# --- Pictures --------------------------------------------------------------------------------------------------------


def test_a_line_of_the_map_opens_its_quotes_by_keyboard(page: Page, url: str) -> None:
    page.goto(f"{url}/en/themes")
    line = page.locator("a.stroke").first
    line.focus()
    page.keyboard.press("Enter")
    drawer = page.locator(".drawer:target")
    assert drawer.is_visible()
    assert drawer.locator("q").count() >= 2
    drawer.get_by_role("link", name="Close").click()
    assert page.locator(".drawer:visible").count() == 0


def test_enter_opens_what_surrounds_a_thing(page: Page, url: str) -> None:
    page.goto(f"{url}/en/graph?focus=SERV")
    boxes = page.locator("svg a.box")
    before = boxes.count()
    page.locator("svg a.box", has_text="as an example of that input").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**open=id*")
    assert boxes.count() > before


# --- Asking ----------------------------------------------------------------------------------------------------------


def test_the_editor_completes_runs_and_lets_the_keyboard_out(page: Page, url: str) -> None:
    page.goto(f"{url}/en/ask")
    editor = page.locator(".cm-content")
    editor.click()
    page.keyboard.type("SELECT ?theme { ?theme a fot:ReformTh")
    page.locator(".cm-tooltip-autocomplete li", has_text="fot:ReformTheme").first.click()
    page.keyboard.type(" }")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "BUTTON"
    editor.click()
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/ask?query=*")
    assert page.locator(".answers tbody.row").count() == 12
    page.locator(".evidence summary").first.click()
    assert page.locator(".evidence").first.text_content()


def test_a_label_completes_what_it_names(page: Page, url: str) -> None:
    page.goto(f"{url}/nl/ask")
    page.locator(".cm-content").click()
    page.keyboard.type("SELECT * { ?x hervormingsth")
    assert page.locator(".cm-tooltip-autocomplete li", has_text="fot:ReformTheme").first.text_content()


def test_an_error_is_shown_at_its_place(page: Page, url: str) -> None:
    page.goto(f"{url}/en/ask?query=SELECT+*+%7B%0A++?x+foo+?y+%7D")
    assert page.locator(".cm-lintRange-error").text_content() == "foo"
    assert page.get_by_role("alert").is_visible()


def test_evidence_leads_to_its_place_in_the_text(page: Page, url: str) -> None:
    page.goto(f"{url}/en/ask?question=predecessors")
    page.locator(".evidence summary").first.click()
    page.locator(".evidence .place").first.click()
    page.wait_for_url("**/page/doc/**")
    assert page.locator(":target").count() == 1


def test_without_scripts_a_question_can_be_asked(browser: Browser, url: str) -> None:
    made = context(browser, scripts=False)
    page = made.new_page()
    page.goto(f"{url}/nl/ask")
    page.locator("textarea").fill("SELECT ?t { ?t a fot:ReformTheme }")
    page.get_by_role("button", name="Stel de vraag", exact=True).click()
    assert page.locator(".answers tbody.row").count() == 12
    made.close()


# --- Names that mean harm --------------------------------------------------------------------------------------------

ALERT = "window.harmed=1"
HOSTILE = [
    f"<script>{ALERT}</script>",
    f"</script><script>{ALERT}</script>",
    f"</title><script>{ALERT}</script>",
    f"</textarea><script>{ALERT}</script>",
    f"</style><script>{ALERT}</script>",
    f"</svg><script>{ALERT}</script>",
    f"--><script>{ALERT}</script><!--",
    f"<img src=x onerror={ALERT}>",
    f"<svg onload={ALERT}>",
    f"<svg><script>{ALERT}</script></svg>",
    f"<body onload={ALERT}>",
    f"<iframe src=javascript:{ALERT}>",
    f"<a href=javascript:{ALERT}>x</a>",
    f"<math><mtext></mtext><script>{ALERT}</script></math>",
    f"<details open ontoggle={ALERT}>",
    f"<input autofocus onfocus={ALERT}>",
    f"<object data=javascript:{ALERT}>",
    f"<template><script>{ALERT}</script></template>",
    f"<base href=//evil.example/><script src=x></script>{ALERT}",
    f"<meta http-equiv=refresh content='0;url=javascript:{ALERT}'>",
    f"<link rel=stylesheet href=//evil.example/{ALERT}>",
    f"<form action=javascript:{ALERT}><button>",
    f'"><script>{ALERT}</script>',
    f"'><script>{ALERT}</script>",
    f'" onmouseover="{ALERT}" x="',
    f"' onfocus='{ALERT}' autofocus x='",
    f"`-{ALERT}-`",
    f"${{{ALERT}}}",
    "{{7*7}}",
    "{% raw %}{{ config }}",
    "{{ ''.__class__.__mro__ }}",
    f"&lt;script&gt;{ALERT}&lt;/script&gt;",
    f"&#60;script&#62;{ALERT}&#60;/script&#62;",
    f"\\u003cscript\\u003e{ALERT}",
    f"%3Cscript%3E{ALERT}%3C/script%3E",
    f"]]><script>{ALERT}</script>",
    f"<![CDATA[<script>{ALERT}</script>]]>",
    f"<!--{ALERT}//-->",
    f"<scr<script>ipt>{ALERT}</script>",
    f"<SCRIPT SRC=//evil.example/x.js>{ALERT}",
    f"\u202e<script>{ALERT}</script>",
    f"\u0000<script>{ALERT}</script>".replace("\u0000", ""),
    f"<x onclick={ALERT}>x</x>" * 3,
    "<" * 300,
    "&" * 300,
    "\u2028\u2029",
    f"javascript:{ALERT}",
    f"data:text/html,<script>{ALERT}</script>",
    f"vbscript:{ALERT}",
    "a" * 5_000,
]
HOSTILE_IRIS = [
    f"javascript:{ALERT}",
    f"data:text/html,{ALERT}",
    f"vbscript:{ALERT}",
    f"https://evil.example/?x='onclick={ALERT}",
]


def hostile_quads(graph: fot_graph.Graph) -> Iterator[Quad]:
    """Give the graph with a hostile name for everything that has a name, and hostile addresses."""
    name, naming = NamedNode(PREFIXES["skos"] + "prefLabel"), NamedNode(PREFIXES["graph"] + "naming")
    same, serv = NamedNode(PREFIXES["owl"] + "sameAs"), NamedNode(PREFIXES["id"] + "serv")
    things = sorted({quad.subject for quad in graph.quads if quad.predicate == name}, key=str)
    yield from (quad for quad in graph.quads if quad.predicate != name)
    for place, thing in enumerate(things):
        yield Quad(thing, name, Literal(HOSTILE[place % len(HOSTILE)], language="en"), naming)
    for iri in HOSTILE_IRIS:
        yield Quad(serv, same, NamedNode(iri), naming)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("hostile")
    quads = "".join(f"{quad} .\n" for quad in hostile_quads(fot_graph.load()))
    (folder / "hostile.nq").write_text(quads, encoding="utf-8")
    with running("--workers", "2", "--quiet", "--store", str(stored(folder))) as server:
        yield server.url.rstrip("/")


def stored(folder: Path) -> Path:
    from pyoxigraph import RdfFormat, Store

    place = folder / "store"
    store = Store(str(place))
    store.bulk_load(path=str(folder / "hostile.nq"), format=RdfFormat.N_QUADS)
    store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
    store.flush()
    return place


@pytest.mark.parametrize(
    "path", [*PATHS[:6], *PATHS[7:], "/graph?focus=id:serv", "/page/id/serv", "/page/theme/climate"]
)
def test_no_name_runs_as_a_script(page: Page, hostile: str, path: str) -> None:
    watch = Watch(page)
    page.goto(f"{hostile}/en{path}")
    unfold(page)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.harmed") is None
    assert [said for said in watch.complaints if not re.search("status of (4|5)", said)] == []
    assert [address for address in watch.requests if not address.startswith(f"{hostile}/")] == []
    links = page.evaluate("[...document.querySelectorAll('[href]')].map((each) => each.href.baseVal ?? each.href)")
    assert [link for link in links if re.match("(javascript|data|vbscript):", link, re.IGNORECASE)] == []
