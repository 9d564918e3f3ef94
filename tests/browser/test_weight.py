"""What a page costs somebody with an old phone and little data."""

import pytest

from tests.browser.walking import every_page

pytestmark = pytest.mark.browser

FIRST_PAGE = 14_000
ANY_PAGE = 30_000
# the page, its stylesheet, its icon and the script of the page with the code
MOST_REQUESTS = 4


class Traffic:
    """What came for the page that is shown, and from where."""

    def __init__(self, page, town):
        self.base = town.base
        self.own = set()
        self.requests = []
        page.on("request", self._begin)
        page.on("requestfinished", self._add)

    def _begin(self, request):
        # a page begins when it is asked for; its end may be told after its parts
        if request.is_navigation_request():
            self.requests.clear()
        self.own.add(request.url.startswith(self.base))

    def _add(self, request):
        if request.response().status not in (302, 303):
            self.requests.append(request)

    def weight(self):
        """Bytes of the page with everything it loads."""
        return sum(one.sizes()["responseBodySize"] for one in self.requests)


@pytest.mark.parametrize("language", ["de", "ar"])
def test_pages_stay_light_and_ask_no_other_host(town, visitor, language):
    page = visitor()
    traffic = Traffic(page, town)
    page.goto(f"{town.base}/")
    assert traffic.weight() <= FIRST_PAGE
    assert len(traffic.requests) <= MOST_REQUESTS
    for name in every_page(page, town, language):
        assert traffic.weight() <= ANY_PAGE, name
        assert len(traffic.requests) <= MOST_REQUESTS, name
    assert traffic.own == {True}


def test_only_the_page_with_the_code_has_a_script(town, visitor):
    page = visitor(scripts=True)
    traffic = Traffic(page, town)
    for name in every_page(page, town, "de"):
        kinds = [one.resource_type for one in traffic.requests]
        assert kinds.count("script") <= name.startswith("about"), name
