"""A form as long as real ones get: 250 questions, 60,000 choices in two lists."""

from __future__ import annotations

from survey.questionnaire.model import Option, OptionList, Page, Question, Questionnaire

LANGUAGES = ("de", "ar")
PLACES, DISTRICT_SIZE, PLAIN, PAIRS = 59_800, 299, 240, 5


class _Form:
    def __init__(self) -> None:
        self.texts: dict[str, dict[str, str]] = {one: {} for one in LANGUAGES}
        self.pages: list[Page] = []
        self.say("title", "Ein langer Fragebogen", "استبيان طويل عن البلدة")

    def say(self, key: str, *words: str) -> None:
        for own, wording in zip(self.texts.values(), words, strict=True):
            own[key] = wording

    def options(self, prefix: str, codes: list[str], *words: str) -> tuple[Option, ...]:
        for number, code in enumerate(codes, start=1):
            self.say(f"{prefix}.{code}", *(f"{word} {number}" for word in words))
        return tuple(Option(code, f"{prefix}.{code}") for code in codes)

    def ask(self, name: str, kind: str, **attributes: object) -> None:
        number = len(self.pages) + 1
        self.say(
            f"{name}.label",
            f"Was sagen Sie zu Thema {number}?",
            f"ما رأيك في الموضوع {number}؟",
        )
        question = Question(name, kind, **attributes)  # type: ignore[arg-type]
        self.pages.append(Page(name, (question,)))


def long_form() -> Questionnaire:
    """Every question after the tenth has a condition; five lists are filtered."""
    form = _Form()
    count = PLACES // DISTRICT_SIZE
    districts = form.options(
        "list.districts", [f"d{n}" for n in range(count)], "Bezirk", "الحي"
    )
    places = tuple(
        Option(
            option.code,
            option.text,
            properties=(("district", f"d{n // DISTRICT_SIZE}"),),
        )
        for n, option in enumerate(
            form.options(
                "list.places", [f"p{n}" for n in range(PLACES)], "Ort", "المكان"
            )
        )
    )
    for n in range(PLAIN):
        options = form.options(f"q{n}.option", list("abcde"), "Antwort", "الإجابة")
        condition = f"${{q{n - 10}}} != 'b'" if n >= 10 else ""
        form.ask(f"q{n}", "single", options=options, shown_if=condition)
    for n in range(PAIRS):
        form.ask(f"district{n}", "select", options=districts, options_from="districts")
        form.ask(
            f"place{n}",
            "select",
            options=places,
            options_from="places",
            choice_filter=f"district = ${{district{n}}}",
        )
    lists = (OptionList("districts", districts), OptionList("places", places))
    return Questionnaire(
        "long_form", "de", (), tuple(form.pages), form.texts, lists=lists
    )
