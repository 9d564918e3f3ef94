"""The first page of a survey, and Start: who may answer, and as whom.

A draft is never resumed silently: whoever comes here while one exists is asked.
"""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from survey.forms.problems import Complaint
from survey.headers import answer_page
from survey.language import Language, gettext
from survey.questionnaire.duration import minutes
from survey.respond import budget, burst, cookie, draft, errors, sealing, stored, token
from survey.respond.draft import Draft
from survey.respond.entry import Answering, begun_at
from survey.respond.path import resume
from survey.respond.rendering import Choice, kept, render, send
from survey.respond.token import Claim
from survey.respond.visit import Visit, arrive, chosen_language, leave
from survey.storage import retention
from survey.urn import CodeState
from survey.urn.codes import normalise

blueprint = Blueprint("about", __name__)
_BEGUN = "begun"
TRAP = "reference"


@blueprint.get("/<language:language>/<slug>/")
def show(language: Language, slug: str) -> Response:
    """Who asks and why; or, where somebody has begun, the question who it was."""
    visit = arrive(language, slug)
    if not visit.is_open:
        return errors.closed(visit.survey, language)
    begun = _begun(visit)
    if begun is not None:
        return _begun_page(begun)
    channel = request.args.get("channel", "")
    if channel not in visit.survey.channels:
        channel = ""
    key = ("about", visit.version, channel)
    return send(kept(key, lambda: _about(visit, channel)))


@blueprint.post("/<language:language>/<slug>/")
def take(language: Language, slug: str) -> Response:
    """Start; or decide about what was begun."""
    visit = arrive(language, slug)
    if not visit.is_open:
        return visit.go()
    if request.form.get("go") == "leave":
        return leave(visit, with_copies=True)
    if chosen_language(visit):
        return _speak(visit, chosen_language(visit))
    if token.page_of(request.form.get("token", "")) == _BEGUN:
        return _decide(visit)
    return _start(visit)


@blueprint.get("/<language:language>/<slug>/used")
def used(language: Language, slug: str) -> Response:
    """The code has been used; the ways that are left."""
    visit = arrive(language, slug)

    def write() -> str:
        return render(
            "respond/used.html",
            language=language,
            page="used",
            slug=slug,
            takes_link="link" in visit.survey.channels,
            switch=[Choice(one, f"/{one.code}/{slug}/used") for one in visit.offered],
        )

    return send(kept(("used", visit.version), write))


def _begun(visit: Visit) -> Answering | None:
    """A draft of this survey that lies in this browser and is not idle."""
    record = visit.drawer.read() if visit.drawer else None
    if visit.drawer is None or not isinstance(record, Draft):
        return None
    if record.is_idle(visit.now):
        return None
    return Answering(visit, visit.drawer, record)


def _about(visit: Visit, channel: str, *, code: str = "", problem: str = "") -> str:
    survey, edition, language = visit.survey, visit.edition, visit.language
    with visit.speaking():
        days = retention.days_of(survey.policy)
        kept_until = {kind: language.day(day) for kind, day in days.items()}
        rows = stored.rows(kept_until, has_contacts=bool(survey.contact_for))
        never = stored.never()
    return render(
        "respond/about.html",
        language=language,
        page="about",
        name=edition.filled("title", language.code),
        address=visit.address(),
        channel=channel,
        code=code,
        problems=[Complaint("code", problem)] if problem else [],
        is_invalid=bool(problem),
        asks_code="code" in survey.channels,
        takes_link="link" in survey.channels,
        is_by_lot=survey.design == "random",
        core_minutes=minutes(edition, part="core"),
        more_minutes=minutes(edition, part="more"),
        until=language.day(survey.until) if survey.until else "",
        offered=visit.offered,
        rows=rows,
        never=never,
        **stored.upstream(visit.services.settings),
    )


def _begun_page(begun: Answering) -> Response:
    visit = begun.visit
    html = render(
        "respond/begun.html",
        language=visit.language,
        page=_BEGUN,
        name=visit.edition.filled("title", visit.language.code),
        token=token.write(begun.drawer.keys.form, _BEGUN, begun.draft.claim),
        offered=visit.offered,
    )
    return answer_page(html)


def _decide(visit: Visit) -> Response:
    """Start anew deletes what was begun; only who pressed Continue goes on."""
    begun = _begun(visit)
    if begun is None:
        return visit.go()
    claim = token.read(begun.drawer.keys.form, request.form["token"])
    if claim != begun.draft.claim:
        return visit.go()
    if request.form.get("go") == "next":
        return visit.go(resume(begun.journey))
    return leave(visit, to="")


def _speak(visit: Visit, language: str) -> Response:
    """The page in another language, with the code that was typed."""
    code = _typed()
    channel = _channel(visit)
    if not code:
        query = f"?channel={channel}" if channel else ""
        return visit.go(query, language)
    spoken = visit.services.languages.get(language)
    if spoken is None:
        abort(404)
    other = arrive(spoken, visit.survey.slug)
    with other.speaking():
        problem = gettext("The language has changed. Please check your code and start.")
    html = _about(other, channel, code=code, problem=problem)
    return answer_page(html, 422)


def _typed() -> str:
    """The code as it was typed; what cannot be shown cannot be typed either."""
    return "".join(filter(str.isprintable, request.form.get("code", ""))).strip()


def _channel(visit: Visit) -> str:
    """The named link somebody has come by, if it is one of the survey."""
    channel = request.form.get("channel", "")
    return channel if channel in visit.survey.channels else ""


def _start(visit: Visit) -> Response:
    typed = _typed()
    if not typed:
        if "link" not in visit.survey.channels:
            return _ask_again(visit, typed)
        if burst.is_paused(visit):
            return errors.paused(visit.survey, visit.language)
        return _begin(visit, channel=_channel(visit) or "link", admission=b"")
    urn = visit.services.urn(visit.survey.slug)
    state = urn.state_of(typed)
    if state is CodeState.USED:
        return visit.go("used")
    code = normalise(typed)
    if state is CodeState.UNKNOWN or code is None:
        return _wrong(visit, typed)
    return _begin(visit, channel=token.BY_CODE, admission=urn.admission(code))


def _begin(visit: Visit, *, channel: str, admission: bytes) -> Response:
    """An empty draft, unless the same person has begun: then they are asked."""
    visit.services.sweep_drafts()
    begun = _begun(visit)
    if begun is not None and _is_same(begun.draft.claim, channel, admission):
        return visit.go()
    drawer = visit.drawer
    if drawer is None or drawer.read() is not None:
        # a new key for a new person: with it the browser drops the pages it keeps
        if drawer is not None:
            drawer.empty()
        drawer = visit.drawer_of(sealing.new_key())
    is_trapped = bool(request.form.get(TRAP, "").strip())
    drawer.write(
        draft.begin(
            channel=channel, admission=admission, now=visit.now, is_trapped=is_trapped
        )
    )
    visit.services.urn(visit.survey.slug).count("started")
    response = visit.go(begun_at(visit, "p1"))
    return cookie.give(response, visit.services.settings, drawer.key)


def _wrong(visit: Visit, typed: str) -> Response:
    """A code that is none of ours costs a little of the neighbourhood's budget."""
    if not budget.wrong(visit):
        abort(429)
    return _ask_again(visit, typed)


def _is_same(claim: Claim, channel: str, admission: bytes) -> bool:
    """Whether Start was pressed again by the person whose draft lies here."""
    if claim.has_code or channel == token.BY_CODE:
        return claim.admission == admission
    return True


def _ask_again(visit: Visit, typed: str) -> Response:
    with visit.speaking():
        if not typed:
            problem = gettext("Please type the code from your letter or slip.")
        elif normalise(typed) is None:
            problem = gettext(
                "This is not a complete code. It has 16 digits. Please check it."
            )
        else:
            problem = gettext(
                "We do not know this code. Please check it, or call us."
                " Each survey has its own codes."
            )
    html = _about(visit, _channel(visit), code=typed[:80], problem=problem)
    return answer_page(html, 422)
