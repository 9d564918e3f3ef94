"""Every page for people who see, hear, move or read differently."""

import io

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image

from tests.browser.walking import every_kind, every_page, go, start, tick, until

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING = {
    "runOnly": {"type": "tag", "values": TAGS},
    # the contrast we ask for is that of level AAA
    "rules": {"color-contrast-enhanced": {"enabled": True}},
}
COLOURS = {"runOnly": ["color-contrast", "color-contrast-enhanced"]}
SMALLEST_TARGET = 44
WALKS = pytest.mark.parametrize("walk", [every_page, every_kind])


def barriers(page, options):
    """What axe finds on a page."""
    results = Axe().run(page, options=options)
    return [
        f"{violation['id']}: {node['html'][:120]}"
        for violation in results.response["violations"]
        for node in violation["nodes"]
    ]


def test_axe_sees_a_barrier_where_there_is_one(visitor):
    page = visitor(scripts=True)
    page.set_content("<main><p style='color: #666'>some words</p><input></main>")
    found = " ".join(barriers(page, EVERYTHING))
    assert "label: <input>" in found
    assert "color-contrast-enhanced: <p" in found
    assert "color-contrast-enhanced: <p" in " ".join(barriers(page, COLOURS))


@WALKS
@pytest.mark.parametrize("language", ["de", "ar"])
def test_no_page_has_a_barrier_that_axe_knows(town, visitor, language, walk):
    page = visitor(scripts=True, bypass_csp=True)
    found = {
        name: problems
        for name in walk(page, town, language)
        if (problems := barriers(page, EVERYTHING))
    }
    assert found == {}


@WALKS
def test_the_dark_scheme_has_contrast_too(town, visitor, walk):
    page = visitor(scripts=True, bypass_csp=True, color_scheme="dark")
    found = {
        name: problems
        for name in walk(page, town, "ar")
        if (problems := barriers(page, COLOURS))
    }
    assert found == {}


@WALKS
@pytest.mark.parametrize("language", ["de", "ar"])
def test_nothing_is_cut_off_on_the_narrowest_screen(town, visitor, language, walk):
    page = visitor(240, 480)
    wide = [
        (name, width)
        for name in walk(page, town, language)
        if (width := page.evaluate("() => document.documentElement.scrollWidth")) > 240
    ]
    assert wide == []


@WALKS
@pytest.mark.parametrize("language", ["de", "ar"])
def test_nothing_is_cut_off_with_text_twice_as_large(town, visitor, language, walk):
    page = visitor(640, 480)
    wide = []
    for name in walk(page, town, language):
        width = page.evaluate(
            """() => {
                const root = document.documentElement;
                const size = parseFloat(getComputedStyle(root).fontSize);
                root.style.fontSize = `${2 * size}px`;
                return root.scrollWidth;
            }"""
        )
        if width > 640:
            wide.append((name, width))
    assert wide == []


def beside_the_arrow(select, *, mirrored):
    """The narrow strip between the words of a list and its arrow, as pixels."""
    picture = Image.open(io.BytesIO(select.screenshot()))
    width, height = picture.size
    place = (17, 19) if mirrored else (width - 19, width - 17)
    return picture.crop((place[0], 4, place[1], height - 4)).convert("RGB").getcolors()


@pytest.mark.parametrize(("language", "mirrored"), [("de", False), ("ar", True)])
def test_a_long_choice_ends_before_the_arrow_of_its_list(
    town, visitor, language, mirrored
):
    page = visitor()
    start(page, town, language)
    until(page, "#q05")
    tick(page, "q05", "f9")
    tick(page, "q05", "f7")
    go(page)
    for field in ("f9", "f7"):
        page.select_option("#q06__1", field)
        page.click("h1")  # no focus ring in the picture
        colours = beside_the_arrow(page.locator("#q06__1"), mirrored=mirrored)
        assert len(colours) == 1


@WALKS
def test_targets_are_large_enough_for_a_thumb(town, visitor, walk):
    page = visitor()
    small = []
    for name in walk(page, town, "de"):
        for target in page.query_selector_all(
            "main button:not(.default), main .option label, main select, main textarea,"
            " main input[type=text], header a, footer a, main p > a:only-child"
        ):
            box = target.bounding_box()
            if box and min(box["height"], box["width"]) < SMALLEST_TARGET:
                small.append((name, target.inner_text()[:40], box["height"]))
    assert small == []


def test_a_chosen_answer_is_marked_without_colours(town, visitor):
    page = visitor(forced_colors="active")
    start(page, town, "de")
    before = page.locator(".option").nth(1).screenshot()
    tick(page, "q01", "works_here")
    page.focus("textarea, button.primary")
    assert page.locator(".option").nth(1).screenshot() != before
    colours = page.evaluate(
        """() => [...document.querySelectorAll('.option label, button.primary')]
            .map((one) => getComputedStyle(one).borderTopStyle)"""
    )
    assert set(colours) == {"solid"}


def test_the_focus_is_seen_on_everything_that_can_have_it(town, visitor):
    page = visitor()
    start(page, town, "de")
    page.bring_to_front()
    page.wait_for_load_state()
    seen = set()
    for _ in range(30):
        page.keyboard.press("Tab")
        outline, what = page.evaluate(
            """() => {
                const one = document.activeElement;
                const is_mark = one.matches('.option input');
                const style = getComputedStyle(is_mark ? one.nextElementSibling : one);
                return [style.outlineStyle + ' ' + style.outlineWidth, one.outerHTML];
            }"""
        )
        if what.startswith("<body") and not seen:
            continue  # the first press may come before the page has the focus
        if what in seen or what.startswith("<body"):
            break
        seen.add(what)
        assert outline.startswith("solid"), what
        assert float(outline.removeprefix("solid ").removesuffix("px")) >= 3, what
    assert len(seen) > 8


def left_of(page, selector):
    box = page.locator(selector).first.bounding_box()
    return box["x"]


@pytest.mark.parametrize(("language", "is_mirrored"), [("de", False), ("ar", True)])
def test_pages_are_mirrored_where_the_script_runs_from_right_to_left(
    town, visitor, language, is_mirrored
):
    page = visitor(1280, 900)
    start(page, town, language)
    mark, words = left_of(page, "#q01-yes"), left_of(page, "label[for=q01-yes]")
    label = page.locator("label[for=q01-yes]").bounding_box()
    middle = words + label["width"] / 2
    assert (mark > middle) is is_mirrored
    go(page)
    primary, back = left_of(page, "button.primary"), left_of(page, "button.secondary")
    assert (primary > back) is is_mirrored
    until(page, "#q05")
    for code in ("f1", "f2", "f3", "f4"):
        tick(page, "q05", code)
    go(page)
    bar = page.evaluate(
        """() => {
            const style = getComputedStyle(document.querySelector('main .invalid'));
            return [style.borderLeftWidth, style.borderRightWidth].map(parseFloat);
        }"""
    )
    assert (bar[1] > bar[0]) is is_mirrored


def test_names_and_codes_keep_their_own_direction(town, visitor):
    page = visitor()
    page.goto(town.address("ar"))
    assert page.get_attribute("#code", "dir") == "ltr"
    assert page.evaluate(
        "() => getComputedStyle(document.querySelector('#code')).direction"
    ) == ("ltr")
