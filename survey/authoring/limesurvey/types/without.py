"""Types without an answer of a person: X and *; and those refused: I and |."""

from __future__ import annotations

from survey.authoring.limesurvey import standard
from survey.authoring.limesurvey.markup import GAP, to_plain
from survey.authoring.limesurvey.script import ScriptError
from survey.authoring.limesurvey.structure import Asked
from survey.authoring.limesurvey.taking import Block, Refused, Taking, explained
from survey.authoring.limesurvey.variables import Variable
from survey.questionnaire.model import Question


def note(asked: Asked, taking: Taking) -> list[Block]:
    """Something to read (X)."""
    name = taking.name(asked)
    question = Question(name, "note", has_hint=taking.label(asked, name))
    taking.know(asked, "", Variable(hindrance=f"{asked.code} has no answer."))
    return [Block([question])]


def calculated(asked: Asked, taking: Taking) -> list[Block]:
    """A value out of other answers (*); what it says on the page is not shown."""
    attribute = asked.attribute("equation")
    words = asked.words.get(taking.survey.base)
    written = attribute.value if attribute else (words.markup if words else "")
    calculation = _calculation(asked, taking, written)
    taking.claim(attribute)
    hidden = asked.attribute("hidden")
    if hidden is not None:
        taking.claim(hidden)
    name = taking.name(asked)
    _label(asked, taking, name, has_words=attribute is not None)
    taking.know(asked, "", Variable(item=name, question=name))
    question = Question(name, "calculated", calculation=calculation)
    return [Block([question])]


def _label(asked: Asked, taking: Taking, name: str, *, has_words: bool) -> None:
    """Nothing is shown, but every file names the value."""
    words = asked.words.get(taking.survey.base)
    if has_words and words is not None and to_plain(words.markup).text not in ("", GAP):
        taking.texts.say(f"{name}.label", asked.words, asked.code or name)
    else:
        code = standard.alike(asked.code or name, taking.survey.languages)
        taking.texts.put(f"{name}.label", code)


def _calculation(asked: Asked, taking: Taking, written: str) -> str:
    meant = taking.own[asked].meant("calculation", written)
    if meant is not None:
        return meant
    if not written.strip():
        raise Refused("It has no equation.", "Write one in LimeSurvey.")
    try:
        return taking.looking_back().value(written)
    except ScriptError as error:
        reason, remedy, excerpt = explained(written, error)
        what = f"Its equation cannot be taken: {reason}"
        raise Refused(what, remedy, excerpt) from error


def language_switch(asked: Asked, taking: Taking) -> list[Block]:
    """Everybody can change the language on every page here (I)."""
    raise Refused(
        "It switches the language, which every page offers here by itself.",
        "Conditions that look at it have to be left out.",
    )


def upload(asked: Asked, taking: Taking) -> list[Block]:
    """Files could give people away (|)."""
    raise Refused(
        "It takes files, which could give away who sent them.",
        "Ask for a description in words.",
    )
