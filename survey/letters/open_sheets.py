"""Sheets without codes: the poster of an open link, and reminder cards."""

from __future__ import annotations

from survey.letters import qr, wording
from survey.letters.errors import LettersError
from survey.letters.invitation import Invitation, Voice
from survey.letters.sender import line
from survey.letters.typesetting import typeset

LINK = "link"
MOST_ON_POSTER = 15


def poster(invitation: Invitation, *, channel: str = LINK) -> bytes:
    """One line and one symbol for each language; each opens its own language."""
    if len(invitation.voices) > MOST_ON_POSTER:
        raise LettersError(f"A poster has room for {MOST_ON_POSTER} languages.")
    shown = "" if channel == LINK else f"/{channel}"
    rows = [
        wording.poster(invitation, voice)
        | {"svg": qr.svg(qr.symbol(_opening(invitation, voice, channel)), quiet=0)}
        for voice in invitation.voices
    ]
    town = invitation.sender
    own: dict[str, object] = {
        "address": town.typed(f"/s/{invitation.slug}{shown}"),
        "telephone": town.telephone,
        "hours": line(town.hours)._asdict(),
        "voices": rows,
    }
    return typeset("poster", _data(invitation) | own)


def cards(invitation: Invitation) -> bytes:
    """Four cards to a sheet: the words in front, room for an address behind."""
    voices = [wording.card(invitation, voice) for voice in invitation.voices]
    own: dict[str, object] = {
        "address": invitation.sender.typed(f"/s/{invitation.slug}"),
        "sender": [line(text)._asdict() for text in invitation.sender.address],
        "voices": voices,
    }
    return typeset("cards", _data(invitation) | own)


def _opening(invitation: Invitation, voice: Voice, channel: str) -> str:
    """The survey in this language, the channel as the short address passes it on."""
    base = invitation.sender.public_url
    return f"{base}/{voice.language.code}/{invitation.slug}/?channel={channel}"


def _data(invitation: Invitation) -> dict[str, object]:
    first = invitation.voices[0]
    return first.tags | {
        "title": wording.document_title(first),
        "town": line(invitation.sender.town)._asdict(),
    }
