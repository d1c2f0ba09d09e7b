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

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Locator, Page

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


BUTTONS = ("Zoom in", "Zoom out", "Whole picture")


def until(page: Page, true: str) -> None:
    """Wait for what an event brings about; the page allows no `eval`, with which Playwright would wait."""
    for _ in range(100):
        if page.evaluate(true):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never: {true}")


def buttons(page: Page) -> list[Locator]:
    return [page.get_by_role("button", name=name, exact=True) for name in BUTTONS]


def ends(page: Page) -> list[bool]:
    return [button.is_disabled() for button in buttons(page)]


def place(thing: Locator) -> tuple[float, float, float, float]:
    found = thing.bounding_box()
    assert found
    return found["x"], found["y"], found["width"], found["height"]


def enlarged(page: Page, address: str, times: int = 2) -> None:
    """Open a page and enlarge its picture, with the top of it at the top of the screen."""
    page.goto(address)
    page.locator(".zooms").evaluate("(tools) => tools.scrollIntoView()")
    for _ in range(times):
        buttons(page)[0].click()


def test_buttons_enlarge_a_picture_and_show_it_whole_again(page: Page, url: str) -> None:
    page.goto(f"{url}/en/themes")
    box = page.locator("a.box").first
    before = place(box)
    assert ends(page) == [False, True, True]
    buttons(page)[0].click()
    assert place(box)[2] == pytest.approx(1.5 * before[2], rel=0.02)
    assert ends(page) == [False, False, False]
    buttons(page)[0].focus()
    for _ in range(9):
        page.keyboard.press("Enter")
    assert place(box)[2] == pytest.approx(6 * before[2], rel=0.02)
    assert ends(page) == [True, False, False]
    assert buttons(page)[0].evaluate("(button) => button === document.activeElement")
    buttons(page)[1].click()
    assert ends(page) == [False, False, False]
    buttons(page)[2].click()
    assert place(box) == before
    assert ends(page) == [False, True, True]


@pytest.mark.parametrize("key", ["Control", "Meta"])
def test_the_wheel_scrolls_the_page_and_with_a_key_it_zooms(page: Page, url: str, key: str) -> None:
    page.goto(f"{url}/en/themes")
    box = page.locator("a.box").first
    left, _, width, _ = place(box)
    page.mouse.move(left + width / 2, place(box)[1] + 10)
    page.mouse.wheel(0, 150)
    until(page, "scrollY === 150")
    page.mouse.wheel(0, -50)
    until(page, "scrollY === 100")
    assert place(box)[2] == width
    page.keyboard.down(key)
    page.mouse.wheel(0, -100)
    until(page, "document.querySelector('svg.enlarged') !== null")
    assert width < place(box)[2] < 2 * width
    page.mouse.wheel(0, 1000)
    until(page, "document.querySelector('svg.enlarged') === null")
    page.keyboard.up(key)
    assert place(box)[0] == left
    assert page.evaluate("scrollY") == 100


def test_a_wheel_that_can_zoom_no_further_leaves_the_page_as_it_is(page: Page, url: str) -> None:
    page.goto(f"{url}/en/themes")
    page.evaluate("addEventListener('wheel', (event) => { window.kept = event.defaultPrevented; })")
    x, y, *_ = place(page.locator("a.box").first)
    page.mouse.move(x + 10, y + 10)
    page.keyboard.down("Control")
    page.mouse.wheel(0, 100)
    until(page, "window.kept !== undefined")
    assert page.evaluate("window.kept") is True


@pytest.mark.parametrize("width", [1280, 360])
def test_what_has_the_focus_comes_in_sight(browser: Browser, url: str, width: int) -> None:
    made = context(browser, width=width)
    page = made.new_page()
    enlarged(page, f"{url}/en/themes", 5)
    buttons(page)[2].focus()
    boxes, lines = page.locator("svg a.box").count(), page.locator("svg a.stroke").count()
    for _ in range(boxes + lines):
        page.keyboard.press("Tab")
        assert page.evaluate(SEEN) > 0.25, page.evaluate("document.activeElement.textContent")
    made.close()


SEEN = """() => {
    // The part that is seen of what has the focus: of a line its points, of a box as much as there is room for
    const link = document.activeElement, frame = link.closest("svg").getBoundingClientRect();
    const room = link.closest(".picture").getBoundingClientRect();
    const left = Math.max(frame.left, room.left), right = Math.min(frame.right, room.right, innerWidth);
    const top = Math.max(frame.top, 0), bottom = Math.min(frame.bottom, innerHeight);
    const line = link.querySelector(".wire");
    if (line) {
        const points = [...Array(101).keys()].map((part) =>
            line.getPointAtLength(line.getTotalLength() * part / 100).matrixTransform(line.getScreenCTM()));
        return points.filter(({ x, y }) => left <= x && x <= right && top <= y && y <= bottom).length / 101;
    }
    const box = link.getBoundingClientRect();
    const wide = Math.min(box.right, right) - Math.max(box.left, left);
    const high = Math.min(box.bottom, bottom) - Math.max(box.top, top);
    return Math.max(0, wide) * Math.max(0, high)
        / Math.min(box.width, right - left) / Math.min(box.height, bottom - top);
}"""


def test_arrow_keys_move_an_enlarged_picture_and_else_the_page(page: Page, url: str) -> None:
    page.goto(f"{url}/en/themes")
    box = page.locator("a.box").first
    buttons(page)[0].click()
    before = place(box)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    assert place(box)[0] < before[0]
    assert place(box)[1] < before[1]
    page.wait_for_timeout(200)
    assert page.evaluate("scrollY") == 0
    buttons(page)[2].click()
    page.keyboard.press("ArrowDown")
    until(page, "scrollY > 0")


def test_without_scripts_there_are_no_buttons_to_zoom(browser: Browser, url: str) -> None:
    made = context(browser, scripts=False)
    page = made.new_page()
    page.goto(f"{url}/en/themes")
    assert page.locator("svg a.box").first.is_visible()
    assert page.locator(".zooms").count() == 1
    assert not page.locator(".zooms").is_visible()
    made.close()


def test_a_click_in_an_enlarged_picture_follows_a_link_and_a_drag_does_not(page: Page, url: str) -> None:
    enlarged(page, f"{url}/en/graph?focus=SERV")
    box = page.locator("svg a.box").first
    box.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    before = place(box)
    page.mouse.move(before[0] + 60, before[1] + 40)
    page.mouse.down()
    page.mouse.move(before[0] + 20, before[1] + 20)
    page.mouse.up()
    assert place(box) == pytest.approx((before[0] - 40, before[1] - 20, *before[2:]), abs=0.5)
    page.mouse.move(before[0] + 20, before[1] + 20)
    page.mouse.down()
    page.mouse.move(before[0] + 9000, before[1] + 9000)
    page.mouse.up()
    left = min(place(each)[0] for each in page.locator("svg .box rect").all())
    assert left == pytest.approx(place(page.locator(".picture svg"))[0], abs=20), "a picture never leaves its frame"
    assert page.url.endswith("/en/graph?focus=SERV")
    box.click()
    page.wait_for_url("**open=id*")


class Fingers:
    """Fingers on the screen, each moved from one spot to another."""

    def __init__(self, page: Page) -> None:
        self.page, self.session = page, page.context.new_cdp_session(page)

    def _send(self, kind: str, points: list[tuple[float, float]]) -> None:
        touches = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    def move(self, *ways: tuple[tuple[float, float], tuple[float, float]]) -> None:
        for number in range(len(ways)):
            self._send("touchStart", [start for start, _ in ways[: number + 1]])
        for step in range(1, 11):
            part = step / 10
            self._send("touchMove", [(x0 + (x1 - x0) * part, y0 + (y1 - y0) * part) for (x0, y0), (x1, y1) in ways])
            self.page.wait_for_timeout(16)
        self._send("touchEnd", [])


def test_two_fingers_enlarge_and_move_a_picture_and_one_scrolls_the_page(browser: Browser, url: str) -> None:
    made = browser.new_context(viewport={"width": 360, "height": 800}, has_touch=True, is_mobile=True)
    page = made.new_page()
    watch = Watch(page)
    page.goto(f"{url}/en/themes")
    box, fingers = page.locator("a.box").first, Fingers(page)
    width = place(box)[2]
    fingers.move(((150, 600), (150, 500)))
    until(page, "scrollY > 50")
    assert place(box)[2] == width
    fingers.move(((150, 400), (125, 400)), ((200, 400), (225, 400)))
    assert place(box)[2] == pytest.approx(2 * width, rel=0.02)
    before, scrolled = place(box), page.evaluate("scrollY")
    fingers.move(((150, 400), (120, 370)), ((200, 400), (170, 370)))
    assert place(box) == pytest.approx((before[0] - 30, before[1] - 30, *before[2:]), abs=1)
    assert page.evaluate("scrollY") == scrolled
    fingers.move(((150, 600), (150, 500)))
    until(page, f"scrollY > {scrolled + 50}")
    assert place(box)[2] == pytest.approx(before[2], abs=0.1)
    assert page.evaluate("visualViewport.scale") == 1
    assert watch.complaints == []
    made.close()


def test_on_paper_a_picture_is_whole_and_has_no_buttons(page: Page, url: str) -> None:
    enlarged(page, f"{url}/en/themes")
    page.emulate_media(media="print")
    assert not page.locator(".zooms").is_visible()
    x, y, width, height = place(page.locator(".picture svg"))
    for box in map(place, page.locator("svg .box").all()):
        assert x - 1 <= box[0] <= box[0] + box[2] <= x + width + 1
        assert y - 1 <= box[1] <= box[1] + box[3] <= y + height + 1


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("/themes", True),
        ("/graph", True),
        ("/page/id/serv", True),
        ("/ask?query=CONSTRUCT+WHERE+{+?f+fot:informs+?t+}", True),
        ("/ask?question=predecessors", False),
        ("/board", False),
        ("/", False),
    ],
)
def test_only_a_page_with_a_picture_asks_for_what_zooms_it(page: Page, url: str, path: str, there: bool) -> None:  # noqa: FBT001
    watch = Watch(page)
    page.goto(f"{url}/en{path}")
    page.wait_for_load_state("networkidle")
    assert any("/static/picture.js" in address for address in watch.requests) is there
    assert page.locator(".zooms:visible").count() == there


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
