"""What is shared while the rows of one file are built; knows no kind of question."""

from __future__ import annotations

from typing import Any

from survey.authoring.limesurvey import own
from survey.authoring.limesurvey.markup import to_markup
from survey.authoring.limesurvey.out import codes
from survey.authoring.limesurvey.out.codes import Codes
from survey.authoring.limesurvey.out.saying import Name, Sayer
from survey.authoring.limesurvey.out.sheets import Sheets
from survey.questionnaire import texts
from survey.questionnaire.model import Questionnaire

_OWN_LANGUAGES = {"de-simple": "de-easy"}


def language_of(code: str) -> str:
    """LimeSurvey's code of a language: ``pt-BR``, ``zh-Hans``."""
    if code in _OWN_LANGUAGES:
        return _OWN_LANGUAGES[code]
    first, *rest = code.split("-")
    spelled = [
        part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part
        for part in rest
    ]
    return "-".join([first, *spelled])


class Building:
    """The rows so far, what each question carries of ours, and what is lost.

    ``names`` is how equations call our items; ``option_codes`` and ``row_codes``
    are the codes of options and rows by question.
    """

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        source = questionnaire.source_language
        others = sorted(code for code in questionnaire.texts if code != source)
        self.languages = {code: language_of(code) for code in (source, *others)}
        self.sheets = Sheets(self.languages.values())
        self.survey_id = 100_000 + int(own.digest(questionnaire.name)[:8], 16) % 900_000
        self.codes = codes.of_questions(q.name for q in questionnaire.questions())
        self.option_codes: dict[str, Codes] = {}
        self.row_codes: dict[str, Codes] = {}
        self.names: dict[str, Name] = {}
        self.carried: dict[str, dict[str, Any]] = {}
        self.ids: dict[str, int] = {}
        self.lost: list[str] = []

    def lose(self, name: str, what: str) -> None:
        """Something LimeSurvey cannot say."""
        sentence = f"{name}: {what}." if name else f"{what[:1].upper()}{what[1:]}."
        if sentence not in self.lost:
            self.lost.append(sentence)

    def sayer(self, current: str = "") -> Sayer:
        """Says expressions that look at what was asked so far."""
        return Sayer(self.names, current)

    def words(self, key: str, language: str) -> str:
        """A text as LimeSurvey keeps it, its slots filled."""
        text = self.questionnaire.texts[language].get(key, "")
        slots = self.questionnaire.settings.slots
        if texts.slots_of(text):
            self.lose("", "slots such as {place}: their values stand in the texts")
        values = {name: slots.get(name, name) for name in texts.slots_of(text)}
        return to_markup(texts.fill(text, values, isolate=False))

    def setting(self, id: int, name: str, value: object, language: str = "") -> None:
        """One attribute of a question."""
        self.sheets.add(
            "question_attributes",
            qid=id,
            attribute=name,
            value=value,
            language=language,
        )
