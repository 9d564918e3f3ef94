"""The fixed words of charts and tables in one language; knows no figure."""

from __future__ import annotations

from analysis.language import Language


def signs(language: Language) -> dict[str, str]:
    """The words for what is not shown, by sign."""
    _ = language.gettext
    return {
        "protected": _("withheld to protect people"),
        "few": _("too few cases to say"),
        "uncertain": _("few answers: rounded count instead of percent"),
        "not_meaningful": _("not meaningful"),
        "impossible": _("cannot occur"),
    }


def legend(language: Language, *, is_open: bool = False) -> dict[str, str]:
    """The charts' own words, by the keys the charts ask for.

    In open participation nothing is called secured: it holds among those who came.
    """
    _ = language.gettext
    secured = _("bold: secured difference to the others")
    if is_open:
        secured = _("bold: clear difference to the others who took part")
    words = {
        "channels": _("Ways in"),
        "nothing": _("No figures are published."),
        "net": _("Net"),
        "mark": _("The line marks 100 percent; rounded parts need not reach it"),
        "majority": _("A large majority answered: %(answer)s"),
        "interval": _("range of uncertainty"),
        "top2": _("Share of the favourable answers"),
        "means": _("mean of all fields"),
        "box": _("uncertainty of both figures"),
        "undecided": _("hollow: not decidable"),
        "rank": _("Place"),
        "rank_interval": _("possible places"),
    }
    words["secured"] = secured
    words |= {f"corner.{name}": text for name, text in quadrants(language).items()}
    words |= {f"sign.{name}": text for name, text in signs(language).items()}
    return words | statistics(language)


def quadrants(language: Language) -> dict[str, str]:
    """The corners of the priority matrix."""
    _ = language.gettext
    return {
        "act": _("more important, less satisfied"),
        "keep": _("more important, more satisfied"),
        "watch": _("less important, less satisfied"),
        "calm": _("less important, more satisfied"),
    }


def stabilities(language: Language) -> dict[str, str]:
    """Whether a field would stay in its corner if others of an open round had come."""
    _ = language.gettext
    return {"stable": _("stable"), "changeable": _("changeable"), "open": _("open")}


def statistics(language: Language) -> dict[str, str]:
    """What a number is, as heads of tables and beside bars."""
    _ = language.gettext
    return {
        "importance": _("Importance"),
        "satisfaction": _("Satisfaction"),
        "gap": _("Gap"),
        "first": _("Share that put it first"),
        "ranked": _("Share that ranked it"),
        "invited": _("invited"),
        "undeliverable": _("undeliverable"),
        "started": _("started"),
        "completed": _("sent"),
        "partial": _("of them sent before the end"),
        "ineligible": _("of them outside the target group"),
        "excluded": _("left out after review"),
        "response_rate": _("Response rate"),
        "cooperation_rate": _("Cooperation rate"),
        "completion_rate": _("Share of those started that were sent"),
        "reached": _("got as far as this page"),
        "register": _("in the register"),
        "weighted": _("weighted"),
    }


def no_answers(language: Language) -> dict[str, str]:
    """The kinds of no answer."""
    _ = language.gettext
    return {
        "-1": _("not asked"),
        "-2": _("no answer"),
        "-3": _("Don’t know"),
        "-4": _("Prefer not to say"),
        "-5": _("not reached"),
    }


def channels(language: Language) -> dict[str, str]:
    """The ways in, and what groups are called that no questionnaire names."""
    _ = language.gettext
    return {
        "": _("all"),
        "other": _("others"),
        "code": _("with an access code"),
        "link": _("through the open link"),
        "paper": _("on paper"),
        "assisted": _("with staff"),
        "conference": _("at a conference"),
        "other_open": _("through other open ways"),
    }


def reasons(language: Language) -> dict[str, str]:
    """Why answers were left out, by the rules of the data review."""
    _ = language.gettext
    return {
        "identical": _("a copy of another answer"),
        "straight": _("the same answer to every row"),
        "contradiction": _("answers that contradict each other"),
        "first_option": _("always the first answer"),
        "empty": _("nothing answered"),
    }


def notes(language: Language) -> dict[str, str]:
    """What has to be known to read a table, by note."""
    _ = language.gettext
    return {
        "rounded": _("Every count is rounded to a multiple of 5."),
        "own_sum": _("Rounded parts need not add up to their total."),
        "about": _("Percentages of small bases stand in steps of 5."),
        "uncertain": _(
            "Where answers are few, rounded counts stand in brackets instead of "
            "percentages."
        ),
        "protected": _("Some figures are withheld to protect people."),
        "homogeneous": _(
            "Where nearly all of a small group agree, no figures are shown."
        ),
        "nonresponse_over_20": _(
            "More than a fifth of those asked gave no answer here: read with care."
        ),
        "multiple": _(
            "Several answers were possible; the shares may add up to more than "
            "100 percent."
        ),
        "net": _("Net: favourable minus unfavourable answers, in points."),
        "gap": _("Gap: importance times what is missing in satisfaction."),
        "saw": _("Base: everybody who saw the question."),
        "ranges": _("In square brackets: range of uncertainty."),
        "only_in": _(
            "Whoever answered in another language did not meet this question."
        ),
        "as_asked": _("The question and its answers stand as they were asked."),
        "points": _(
            "Share: whoever gave it at least one point. Median: half of the people "
            "gave at most so many points; middle half: from where a quarter gave less "
            "to where a quarter gave more."
        ),
        "impossible": _("Where “cannot occur” stands, that group was not asked."),
        "stability": _(
            "In brackets: whether a field would stay where it stands if other people "
            "of this same round had come. Stable: in at least nine of ten trials; "
            "changeable: in at least half; open: in fewer."
        ),
        "weighted": _(
            "Weighted shares correct for who answered more often than others; the "
            "number of answers is never weighted."
        ),
        "merged": _("Small groups are shown together."),
        "below_minimum": _(
            "Too few people answered: to protect them, no figures are published."
        ),
        "no_invited_answers": _("Nobody answered by invitation."),
    }


def rows(language: Language) -> dict[str, str]:
    """What has to be known to read a file of rows."""
    _ = language.gettext
    return {
        "0": _("not chosen"),
        "1": _("chosen"),
        "empty": _("not given, or withheld to protect people"),
        "alike": _(
            "Every combination of groups stands in at least %(count)s rows. Nobody can "
            "tell whether an empty group was not given or was withheld."
        ),
        "order": _("The order of the rows says nothing."),
        "emptied": _(
            "Withheld in so many rows that the rest is no fair part of all: %(names)s"
        ),
        "unprotected": _(
            "These rows are not protected: whoever knows a person may find out what "
            "that person answered."
        ),
    }


def left_out(language: Language) -> dict[str, str]:
    """Why questions are not in a file of rows, with their names."""
    _ = language.gettext
    return {
        "sensitive": _("Not in this file, because they are sensitive: %(names)s"),
        "describes": _("Not in this file, because they describe people: %(names)s"),
        "own_words": _(
            "Not in this file, because they hold own words, numbers or dates: %(names)s"
        ),
        "some_languages": _(
            "Not in this file, because only some languages were asked: %(names)s"
        ),
        "routed": _("Not in this file, because only some groups were asked: %(names)s"),
        "one_group": _(
            "Not in this file, because only one group could be shown: %(names)s"
        ),
    }
