"""The words of every sheet in one language.

Knows no paper: where a text stands and how large it is, the sheet decides. Every
name, number and address is isolated, so that none turns the sentence around it.
"""

from __future__ import annotations

from survey.language import gettext, ngettext, speaking
from survey.letters.invitation import Invitation, Voice
from survey.letters.sender import line

Texts = dict[str, object]
NO_BREAK = "\u00a0"


def letter(invitation: Invitation, voice: Voice) -> Texts:
    """An invitation with a code."""
    town = invitation.sender
    with speaking(voice.words):
        return {
            **voice.tags,
            "name": voice.language.endonym,
            "heading": gettext("Online, by phone, on paper"),
            "title": voice.title,
            "greeting": gettext("Dear resident,"),
            "asking": " ".join(_asking(invitation)),
            "until": _until(invitation, voice),
            "ways": _ways(invitation),
            "code_heading": gettext("What your access code does and does not do"),
            "code_sentences": _about_codes(),
            "logs": _logs(town.logs),
            "closing": gettext("With kind regards"),
            "signature": line(town.represented_by or town.town)._asdict(),
            "small": _responsible(invitation, voice),
            "code_label": gettext("Your access code"),
            "address_label": gettext("Internet address"),
        }


def slip(invitation: Invitation, voice: Voice) -> Texts:
    """A code without a letter, for a desk, a bulletin or a door."""
    with speaking(voice.words):
        return {
            **voice.tags,
            "title": voice.title,
            "code_sentences": _about_codes()[:2],
            "until": _until(invitation, voice),
            "calling": gettext(
                "By phone or on paper: %(telephone)s",
                telephone=_number(invitation.sender.telephone),
            ),
        }


def card(invitation: Invitation, voice: Voice) -> Texts:
    """A reminder to everybody who got a letter; nobody knows who has taken part."""
    town = invitation.sender
    with speaking(voice.words):
        day = voice.language.day(invitation.until) if invitation.until else ""
        still = gettext("If you have not: there is still time.")
        if day:
            still = gettext(
                "If you have not: you can take part until %(day)s.", day=day
            )
        return {
            **voice.tags,
            "heading": gettext("Have you taken part yet?"),
            "title": voice.title,
            "sentences": [
                gettext("We sent you a letter with an access code."),
                gettext(
                    "If you have taken part: thank you. We do not know who has, so "
                    "this card goes to everybody who got a letter."
                ),
                still,
                gettext(
                    "If you cannot find the letter, please call us and you get a new "
                    "code: %(telephone)s (%(hours)s).",
                    telephone=_number(town.telephone),
                    hours=_name(town.hours),
                ),
            ],
        }


def poster(invitation: Invitation, voice: Voice) -> Texts:
    """One line of a poster, beside the symbol that opens this language."""
    with speaking(voice.words):
        return {
            **voice.tags,
            "name": voice.language.endonym,
            "line": gettext("Your opinion counts"),
            "title": voice.title,
            "until": _until(invitation, voice),
            "alt": gettext(
                "QR code that opens the survey: %(address)s",
                address=_number(invitation.sender.typed(f"/s/{invitation.slug}")),
            ),
        }


def symbol_alt(voice: Voice) -> str:
    """What a symbol with a code is, for people who do not see it."""
    with speaking(voice.words):
        return gettext("QR code that opens the survey with your access code")


def document_title(voice: Voice) -> str:
    """What the file is called in its window and by a screen reader."""
    return voice.title.replace("\u2068", "").replace("\u2069", "")


def _asking(invitation: Invitation) -> list[str]:
    sentences = [
        gettext(
            "%(town)s asks you for your opinion. Your answers help the municipality "
            "to decide what to do next.",
            town=_name(invitation.sender.town),
        )
    ]
    if invitation.is_by_lot:
        sentences.append(
            gettext(
                "The people who are asked were drawn by lot, so that the answers "
                "stand for everybody."
            )
        )
    if invitation.minutes:
        sentences.append(
            ngettext(
                "The most important questions take about one minute.",
                "The most important questions take about %(num)s minutes.",
                invitation.minutes,
            )
        )
    sentences.append(gettext("Taking part is voluntary. You can skip every question."))
    return sentences


def _ways(invitation: Invitation) -> list[tuple[str, str]]:
    """Names of the ways to take part, and how each goes."""
    town = invitation.sender
    return [
        (
            gettext("Online:"),
            gettext("Scan the QR code, or type the address and your access code."),
        ),
        (
            gettext("By phone:"),
            gettext(
                "%(telephone)s (%(hours)s). We read the questions to you and enter "
                "your answers.",
                telephone=_number(town.telephone),
                hours=_name(town.hours),
            ),
        ),
        (
            gettext("On paper:"),
            gettext("Call us and we send you a questionnaire with return envelopes."),
        ),
    ]


def _about_codes() -> list[str]:
    return [
        gettext("With this code you can take part once."),
        gettext(
            "It says nothing about you: there is no list of who was sent which code."
        ),
        gettext(
            "We store only that it was used, never with which answers; when the "
            "survey ends, that is destroyed too."
        ),
    ]


def _logs(upstream: str) -> str:
    kept, _, days = upstream.partition(":")
    if kept == "none":
        return gettext("We keep no log of visits to these pages.")
    if kept == "days":
        return ngettext(
            "The computing centre keeps a log of visits for one day: the internet "
            "address of the device, the page and the time. It does not hold any "
            "answers.",
            "The computing centre keeps a log of visits for %(count)s days: the "
            "internet address of the device, the page and the time. It does not hold "
            "any answers.",
            int(days),
            count=days,
        )
    return gettext(
        "We do not know whether the computing centre keeps a log of visits. Such a log "
        "would not hold any answers."
    )


def _responsible(invitation: Invitation, voice: Voice) -> list[str]:
    town = invitation.sender
    lines = [
        gettext(
            "What is stored, and your rights: %(address)s",
            address=_number(town.typed(f"/{voice.language.code}/privacy")),
        )
    ]
    if town.data_protection_officer:
        lines.append(
            gettext(
                "Data protection officer: %(contact)s",
                contact=_name(town.data_protection_officer),
            )
        )
    return lines


def _until(invitation: Invitation, voice: Voice) -> str:
    if invitation.until is None:
        return ""
    day = voice.language.day(invitation.until)
    return gettext("You can take part until %(day)s.", day=day)


def _name(text: str) -> str:
    """A run whose own letters give its direction."""
    return f"\u2068{text}\u2069"


def _number(text: str) -> str:
    """A telephone number or address: read from the left and not broken at spaces."""
    return f"\u2066{text.replace(' ', NO_BREAK)}\u2069"
