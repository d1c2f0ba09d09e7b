"""Pictures on the pages, in headless Chromium: lines and boxes by keyboard, zooming and moving."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browsing import NEEDS_CHROMIUM, Watch, context, until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page

pytestmark = NEEDS_CHROMIUM


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give a page of its own: what one test scrolls and enlarges may still move when the next begins."""
    made = context(browser)
    yield made.new_page()
    made.close()


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
    page.wait_for_url("**open=doc*")
    assert boxes.count() > before


BUTTONS = ("Zoom in", "Zoom out", "Whole picture")


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
    // The part that is seen of what has the focus, of as much as there is room for: points of a line, area of a box
    const link = document.activeElement, frame = link.closest("svg").getBoundingClientRect();
    const room = link.closest(".picture").getBoundingClientRect();
    const left = Math.max(frame.left, room.left), right = Math.min(frame.right, room.right, innerWidth);
    const top = Math.max(frame.top, 0), bottom = Math.min(frame.bottom, innerHeight);
    const line = link.querySelector(".wire");
    if (line) {
        const points = [...Array(101).keys()].map((part) =>
            line.getPointAtLength(line.getTotalLength() * part / 100).matrixTransform(line.getScreenCTM()));
        const fits = Math.min(1, Math.min(right - left, bottom - top) / line.getTotalLength() / line.getScreenCTM().a);
        return points.filter(({ x, y }) => left <= x && x <= right && top <= y && y <= bottom).length / 101 / fits;
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
def test_only_a_page_with_a_picture_asks_for_what_zooms_it(
    watch: Watch,
    page: Page,
    url: str,
    path: str,
    there: bool,  # noqa: FBT001
) -> None:
    page.goto(f"{url}/en{path}")
    page.wait_for_load_state("networkidle")
    assert any("/static/picture.js" in address for address in watch.requests) is there
    assert page.locator(".zooms:visible").count() == there
