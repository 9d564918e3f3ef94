"""The reference job as a questionnaire file: pages, questions and languages."""

from __future__ import annotations

from collections.abc import Iterator

PAGES, QUESTIONS, ANSWERS = 10, 4, 5
LANGUAGES = ("de", "en", "ar")
FLOOR_LANGUAGES = (*LANGUAGES, "fr", "it", "es", "tr", "ru", "uk", "pl", "ro", "fa")

QUESTION = {
    "de": "Frage {n}: Wie zufrieden sind Sie mit diesem Teil des Lebens hier?",
    "en": "Question {n}: how content are you with this part of life here?",
    "ar": "السؤال {n}: ما مدى الرضا عن هذا الجانب من الحياة هنا؟",
}
ANSWER = {"de": "Antwort {n}", "en": "Answer {n}", "ar": "الجواب {n}"}
COMMENT = {
    "de": "Was möchten Sie noch sagen?",
    "en": "What else would you like to say?",
    "ar": "ما الذي تودون إضافته؟",
}
TITLE = {"de": "Vergleichsbefragung", "en": "Reference survey", "ar": "استطلاع مرجعي"}


def table(texts: dict[str, str], **values: object) -> str:
    """An inline table of wordings, one per language."""
    pairs = (f'{code} = "{text.format(**values)}"' for code, text in texts.items())
    return "{" + ", ".join(pairs) + "}"


def question(page: int, place: int) -> Iterator[str]:
    """The lines of one single-choice question."""
    number = page * QUESTIONS + place + 1
    yield "[[pages.questions]]"
    yield f'name = "q{number:02d}"'
    yield 'kind = "single"'
    yield f"label = {table(QUESTION, n=number)}"
    yield "options = ["
    for n in range(1, ANSWERS + 1):
        yield f'  {{code = "a{n}", label = {table(ANSWER, n=n)}}},'
    yield "]"


def questionnaire() -> str:
    """The questionnaire file."""
    lines = ['name = "job"', 'language = "de"', f"title = {table(TITLE)}"]
    for page in range(PAGES):
        title = dict.fromkeys(LANGUAGES, f"{page + 1} / {PAGES}")
        lines += ["[[pages]]", f'name = "s{page + 1}"', f"title = {table(title)}"]
        for place in range(QUESTIONS):
            lines += question(page, place)
        if page == PAGES - 1:
            lines += [
                "[[pages.questions]]",
                'name = "comment"',
                'kind = "text"',
                "longest = 2000",
                f"label = {table(COMMENT)}",
            ]
    return "\n".join(lines) + "\n"
