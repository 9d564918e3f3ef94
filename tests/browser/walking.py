"""How people walk through the reference questionnaire with a real browser."""

from __future__ import annotations

from contextlib import suppress

from playwright.sync_api import Error

PRIMARY = "main button.primary:not([hidden])"


def kind(page):
    return page.get_attribute("body", "data-page")


def start(page, town, language="de", code=""):
    page.goto(town.address(language))
    if code:
        page.fill("#code", code)
    page.click(PRIMARY)


def go(page, value="next"):
    """Press the visible button of that value."""
    page.click(f'main button[name="go"][value="{value}"]:not(.default)')
    page.wait_for_load_state()


def tick(page, name, code):
    page.click(f'label[for="{name}-{code}"]')


def is_ticked(page, name, code):
    return page.is_checked(f'[id="{name}-{code}"]')


def place(page):
    return page.url.partition("?")[0].rpartition("/")[2]


def until(page, selector, *, most=40):
    """Press Continue until something is on the page."""
    for _ in range(most):
        if page.query_selector(selector):
            return
        go(page)
    raise AssertionError(f"{selector} never came")


def history(page, steps):
    """Go back as a person does; a kept page fires no load."""
    with page.expect_navigation(wait_until="commit"), suppress(Error):
        # the page that evaluates this may be gone before it can answer
        page.evaluate(f"() => {{ history.go({steps}) }}")
    if page.url != "about:blank":
        page.wait_for_selector("body[data-page]")


def key(page, name):
    """Press a key that sends the form."""
    with page.expect_navigation():
        page.keyboard.press(name)


def every_page(page, town, language="de"):
    """Visit one page of every kind and state; yields its name each time."""
    page.goto(town.address(language))
    yield "about"
    page.fill("#code", "1234")
    go(page, "start")
    yield "about with an error"
    page.fill("#code", "")
    go(page, "start")
    yield "single"
    go(page)
    go(page)
    for code in ("f1", "f2", "f3", "f5"):
        tick(page, "q05", code)
    go(page)
    yield "pick with an error"
    tick(page, "q05", "f5")
    go(page)
    yield "rank"
    page.select_option("#q06__1", "f2")
    page.select_option("#q06__2", "f2")
    go(page)
    yield "rank with an error"
    page.select_option("#q06__2", "f1")
    go(page)
    tick(page, "q04_f1", "partly")
    yield "battery"
    go(page)
    page.fill("textarea", "x" * 601)
    go(page)
    yield "text with an error"
    page.fill("textarea", "Bänke und مقاعد\nund Licht")
    go(page)
    yield "several questions"
    go(page)
    yield "fork"
    go(page, "review")
    yield "review"
    page.goto(town.address(language))
    yield "begun"
    page.goto(town.address(language, "review"))
    go(page, "later")
    yield "words to finish later"
    noted = " ".join(page.locator(".words li").all_inner_texts())
    go(page, "pause")
    yield "left to finish later"
    page.goto(town.address(language, "resume"))
    page.fill("#words", f"{noted} qwertz")
    go(page)
    yield "words with an error"
    page.fill("#words", noted)
    go(page)
    page.goto(town.address(language, "review"))
    go(page, "send")
    yield "thanks"
    page.fill("#contact_reach", "anna@")
    go(page, "contact")
    yield "thanks with an error"
    page.fill("#contact_reach", f"{language}{page.viewport_size['width']}@a.example")
    tick(page, "contact_for", "raffle")
    go(page, "contact")
    yield "contact noted"
    go(page, "leave")
    yield "left"
    page.goto(town.address(language, "used"))
    yield "used"
    page.goto(town.address(language, "nowhere/at/all"))
    yield "error"


def every_kind(page, town, language="de"):
    """Visit the kinds that the reference questionnaire does not ask, with errors."""
    page.goto(town.address(language, survey="kinds"))
    go(page, "start")
    yield "number and date"
    page.fill("#people__number", "30")
    page.fill("#since__day", "31")
    page.fill("#since__month", "2")
    page.fill("#since__year", "2020")
    go(page)
    yield "number and date with errors"
    page.fill("#people__number", "٣")
    page.fill("#since__day", "28")
    go(page)
    page.fill("#share__bus", "6")
    go(page)
    yield "points with an error"
    page.fill("#share__park", "4")
    go(page)
    page.fill("#way_other", "x" * 201)
    go(page)
    yield "own words with an error"
    page.fill("#way_other", "Mit dem Pferd")
    go(page)
    tick(page, "part", "north")
    go(page)
    page.select_option("#home", "mill")
    yield "long list"
    go(page)
    yield "note"
    go(page)
    page.fill("#nick", "الحي القديم")
    yield "short text"
    go(page)
    yield "review of every kind"
