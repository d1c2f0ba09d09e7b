"""The pages as people use them, in headless Chromium: by keyboard, on a narrow screen, in the dark, on paper."""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from browsing import AXE, BROKEN, DESK, DOCUMENT, NEEDS_CHROMIUM, PATHS, Watch, context, unfold
from sampling import every, in_turn

from fot_graph.core.words import LANGUAGES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = NEEDS_CHROMIUM


# --- Every page ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("path", "lang"), in_turn(PATHS, LANGUAGES))
def test_a_page_asks_for_nothing_elsewhere_and_complains_of_nothing(
    watch: Watch, page: Page, url: str, lang: str, path: str
) -> None:
    page.goto(f"{url}/{lang}{path}")
    page.wait_for_load_state("networkidle")
    assert [address for address in watch.requests if not address.startswith(f"{url}/")] == []
    assert watch.complaints == []


@pytest.mark.skipif(
    not AXE.exists(), reason="axe-core is not installed (npm ci in frontend/): accessibility is not checked"
)
@pytest.mark.parametrize(("path", "lang", "scheme"), every(3, product([*PATHS, *BROKEN], LANGUAGES, ("light", "dark"))))
def test_axe_finds_nothing(browser: Browser, url: str, lang: str, scheme: str, path: str) -> None:
    made = context(browser, scheme=scheme)
    page = made.new_page()
    page.goto(f"{url}/{lang}{path}")
    unfold(page)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    more = "{ 'target-size': { enabled: true }, 'focus-order-semantics': { enabled: true } }"  # not among its defaults
    found = page.evaluate(f"axe.run(document, {{ resultTypes: ['violations'], rules: {more} }})")
    made.close()
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []


@pytest.mark.parametrize(("path", "lang"), in_turn([*PATHS, *BROKEN], LANGUAGES))
def test_no_screen_scrolls_sideways(page: Page, url: str, lang: str, path: str) -> None:
    page.set_viewport_size({**DESK, "width": 360})
    page.goto(f"{url}/{lang}{path}")
    unfold(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.set_viewport_size(DESK)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


@pytest.mark.parametrize("width", [360, 1280])
def test_no_address_is_broken_in_a_table_that_scrolls_instead(browser: Browser, url: str, width: int) -> None:
    long = f"https://example.org/{'a-very/long.name/' * 20}"
    made = context(browser, width=width)
    page = made.new_page()
    query = f"SELECT ?iri ?text {{ VALUES (?iri ?text) {{ (<{long}> 'see {long}, or id:vdab') }} }}"
    page.goto(f"{url}/en/ask?{urlencode({'query': query})}")
    lines = page.evaluate("[...document.querySelectorAll('td .address')].map((it) => it.getClientRects().length)")
    hidden, screen = page.evaluate(
        "[document.querySelector('.answers').parentElement.scrollWidth, document.documentElement.scrollWidth]"
    )
    made.close()
    assert lines == [1, 1, 1]
    assert screen <= width < hidden


def test_marks_in_pictures_have_a_light_edge_in_the_dark(browser: Browser, url: str) -> None:
    found = []
    for scheme in ("light", "dark"):
        made = context(browser, scheme=scheme)
        page = made.new_page()
        page.goto(f"{url}/nl/themes")
        look = "getComputedStyle(document.querySelector('.mark > *')).stroke === getComputedStyle(document.body).color"
        found.append((page.evaluate(look), page.evaluate("getComputedStyle(document.body).color")))
        made.close()
    assert [edge for edge, _ in found] == [True, True]
    assert len({ink for _, ink in found}) == 2


def test_a_citation_of_a_line_leads_to_it(page: Page, url: str) -> None:
    page.goto(f"{url}/nl/page/claim/{DOCUMENT}/agreement-support")
    link = page.locator(".place a", has_text="regel 132").first
    link.click()
    page.wait_for_url(re.compile("#line-132$"))
    target = page.locator("#line-132")
    assert target.inner_text().startswith("beleid.") or "regeerakkoord" in target.inner_text()
    assert target.evaluate("(it) => getComputedStyle(it, '::before').content").startswith('"132"')
    assert page.evaluate("document.getElementById('line-132').getBoundingClientRect().top < innerHeight")
    assert page.evaluate("[...document.querySelectorAll('a.line')].every((it) => document.querySelector(it.hash))")


def test_the_language_switch_keeps_the_place(page: Page, url: str) -> None:
    page.goto(f"{url}/nl/?theme=climate#question-5")
    page.locator("#filter [name=status]").first.check()
    page.evaluate("location.hash = 'answer'")
    page.locator(".languages a").click()
    page.wait_for_url(re.compile("/en/"))
    assert page.url == f"{url}/en/?status=stated&theme=climate#answer"


STOPS = 40  # of the Tab key on a page, which suffice to leave its head and to meet every kind of thing on it
FOCUSED = """async () => {
    // What has the focus, and whether it can be seen: on the screen, and drawn otherwise than without the focus
    let it = document.activeElement;
    while (it.shadowRoot?.activeElement) it = it.shadowRoot.activeElement;
    const look = (each) => JSON.stringify(["outline", "stroke", "stroke-width", "text-decoration"].map(
        (name) => getComputedStyle(each).getPropertyValue(name)));
    const parts = [it, ...it.querySelectorAll(".hit, .wire, rect"), it.closest(".cm-editor") ?? it];
    const moment = () => new Promise((done) => setTimeout(done, 20));  // which the editor takes
    await moment();
    const focused = parts.map(look).join();
    const { left, right, top, bottom } = it.getBoundingClientRect();
    it.blur();
    await moment();
    const plain = parts.map(look).join();
    it.focus();
    const isNew = window.stop !== it;
    window.stop = it;
    return {
        isNew,
        name: `${it.tagName} ${it.id || it.getAttribute("class") || ""} ${it.textContent.slice(0, 40)}`,
        isSeen: right > 0 && bottom > 0 && left < innerWidth && top < innerHeight && focused !== plain,
    };
}"""


@pytest.mark.parametrize(("path", "lang"), every(5, product([*PATHS, *BROKEN], LANGUAGES)))
def test_the_tab_key_leads_through_a_page_and_shows_where_it_is(page: Page, url: str, lang: str, path: str) -> None:
    page.goto(f"{url}/{lang}{path}")
    page.wait_for_load_state("networkidle")
    stops = []
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):  # behind the last one
            break
        stops.append(page.evaluate(FOCUSED))
    assert [stop["name"] for stop in stops if not stop["isSeen"]] == []
    assert [stop["name"] for stop in stops if not stop["isNew"]] == [], "the focus does not move on"
    assert len(stops) > 10


@pytest.mark.parametrize(("path", "lang"), in_turn(PATHS, LANGUAGES))
def test_on_paper_a_page_is_its_content_alone_and_fits(page: Page, url: str, lang: str, path: str) -> None:
    page.set_viewport_size({"width": 718, "height": 1000})  # what A4 holds between its margins
    page.goto(f"{url}/{lang}{path}")
    page.emulate_media(media="print")
    for selector in ("nav", "header form", ".languages", ".skip", "button", "select", "input"):
        assert page.locator(f"{selector}:visible").count() == 0, selector
    assert page.locator("h1").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 718


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
    assert page.locator(".kept").text_content() == "16 of 144 claims marked"


def test_without_scripts_the_filter_and_the_facts_work(browser: Browser, url: str) -> None:
    made = context(browser, scripts=False)
    page = made.new_page()
    page.goto(f"{url}/en/")
    page.get_by_label("asked").check()
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**/en/?status=asked*")
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


# --- Asking ----------------------------------------------------------------------------------------------------------


def test_the_editor_completes_runs_and_lets_the_keyboard_out(page: Page, url: str) -> None:
    page.goto(f"{url}/en/ask")
    editor = page.locator(".cm-content")
    editor.click()
    page.keyboard.type("SELECT ?theme { ?theme a fot:The")
    page.locator(".cm-tooltip-autocomplete li", has_text="fot:Theme").first.click()
    page.keyboard.type(" }")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "BUTTON"
    editor.click()
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/ask?query=*")
    assert page.locator(".answers tbody.row").count() == 9
    page.locator(".evidence summary").first.click()
    assert page.locator(".evidence").first.text_content()


def test_a_label_completes_what_it_names(page: Page, url: str) -> None:
    page.goto(f"{url}/nl/ask")
    page.locator(".cm-content").click()
    page.keyboard.type("SELECT * { ?x thema")
    assert page.locator(".cm-tooltip-autocomplete li", has_text="fot:Theme").first.text_content()


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
    page.locator("textarea").fill("SELECT ?t { ?t a fot:Theme }")
    page.get_by_role("button", name="Stel de vraag", exact=True).click()
    page.wait_for_url("**/ask?*")
    assert page.locator(".answers tbody.row").count() == 9
    made.close()
