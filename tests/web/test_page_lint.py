"""The reviewer of pages finds what it is there to find."""

from __future__ import annotations

import pytest
from flask import Response

from survey.headers import answer_page
from tests.page_lint import PageLintError, Resident

GOOD = """<!doctype html>
<html lang="en" dir="ltr">
<head><meta charset="utf-8"><title>Title</title></head>
<body data-page="about">
<main><h1 id="top">Heading</h1>
<form id="answers" method="post">
<label for="a">Name</label><input id="a" name="a">
<button name="go" value="next">Continue</button>
</form>
<p><a href="#top">Up</a></p></main>
</body></html>"""


@pytest.fixture
def visit(app):
    """Serve a page and fetch it with the reviewing client."""

    def visit(html, *, status=200, cookie="", kind=Response):
        def view():
            response = kind(html, status)
            if cookie:
                response.headers["Set-Cookie"] = cookie
            return response

        app.add_url_rule("/page", view_func=view)
        return Resident(app, app.response_class).get("/page")

    return visit


def test_a_good_page_passes(visit):
    assert visit(GOOD).status_code == 200


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("<h1 id", "<h1>One</h1><h1 id", "2 headings of level 1"),
        ("<title>Title</title>", "<title></title>", "no title"),
        ("<title>Title", "<title>Error: Title", "title"),
        ('lang="en"', 'lang="xx"', "in no registry"),
        ('dir="ltr"', 'dir="rtl"', "in no registry"),
        ('id="a"', 'id="top"', "occurs 2 times"),
        ('for="a"', 'for="b"', "has no label"),
        ('href="#top"', 'href="#nowhere"', "leads nowhere"),
        ('name="a"', 'name="a" aria-describedby="b"', "leads nowhere"),
        ("<p>", '<p><a href="https://example.org/">x</a>', "another host"),
        ("<p>", '<p><a href="//example.org/">x</a>', "another host"),
        ("<p>", '<p><img src="/x.png">', "no alternative text"),
        ("<p>", '<p style="color: red">', "a style of its own"),
        ("<p>", '<p onclick="x()">', "a script of its own"),
        ("<p>", "<p><script>x()</script>", "a script stands in the page"),
        ("Continue</button>", "</button>", "says nothing"),
        ("<p>", "<h3>Deep</h3><p>", "follows one of level 1"),
        ("</main>", "</div></main>", "not HTML5"),
        ('data-page="about"', 'data-page="other"', "data-page"),
        ('data-page="about"', 'data-page="error"', "with status 200"),
        ('data-page="about"', 'data-page="question"', "tells its length"),
        ("Heading", "Heading \x02word\x1fname\x03", "left open"),
    ],
)
def test_each_fault_is_named(visit, old, new, fault):
    assert GOOD.count(old) == 1
    with pytest.raises(PageLintError, match=fault):
        visit(GOOD.replace(old, new))


def test_a_refused_form_must_say_error_and_list_what_is_wrong(visit):
    with pytest.raises(PageLintError, match="no summary of errors"):
        visit(GOOD, status=422)


def test_a_refused_form_that_does_so_passes(visit):
    page = GOOD.replace("<title>", "<title>Error: ").replace(
        "<form id", '<div id="errors">x</div><form id'
    )
    assert visit(page, status=422).status_code == 422


def test_an_undeclared_cookie_is_found(visit):
    with pytest.raises(PageLintError, match="undeclared cookie: session"):
        visit(GOOD, cookie="session=1; HttpOnly; SameSite=Lax")


def test_a_cookie_that_scripts_can_read_is_found(visit):
    with pytest.raises(PageLintError, match="lacks HttpOnly"):
        visit(GOOD, cookie="draft=1; SameSite=Lax")


def test_a_filled_answer_page_passes(visit):
    page = GOOD.replace('data-page="about"', 'data-page="question"')
    assert visit(page, kind=answer_page).status_code == 200


def test_an_answer_page_that_tells_its_length_is_found(visit):
    def unfilled(html, status):
        response = answer_page(html, status)
        response.data += b" "
        return response

    page = GOOD.replace('data-page="about"', 'data-page="question"')
    with pytest.raises(PageLintError, match="tells its length"):
        visit(page, kind=unfilled)


PSEUDO = """<!doctype html>
<html lang="en-x-longer" dir="ltr">
<head><title>⟦Týpé⟧ – \u2068Musterstadt\u2069</title></head>
<body data-page="about"><h1>⟦Á <b>bóld</b> héád⟧</h1>
<p><bdi>Rathaus</bdi> <span lang="de">Amt</span> <i translate="no">CSV</i> 12</p>
<p aria-label="⟦Ñámé⟧">⟦Téxt \u2068of Musterstadt\u2069⟧</p>
</body></html>"""


def test_names_and_foreign_words_may_stand_untranslated(visit):
    assert visit(PSEUDO).status_code == 200


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("⟦Týpé⟧", "Type", "title holds an untranslated text: 'Type"),
        ("⟦Á <b>", "⟦Á⟧ <b>", "untranslated text"),
        (" 12", " 12 of", "untranslated text: '12 of'"),
        ("⟦Ñámé⟧", "Name", "untranslated aria-label: 'Name'"),
    ],
)
def test_a_text_that_met_no_catalog_is_found(visit, old, new, fault):
    with pytest.raises(PageLintError, match=fault):
        visit(PSEUDO.replace(old, new))
