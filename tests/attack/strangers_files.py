"""Small right files of the kinds strangers send, to be twisted by others."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

Sheets = Mapping[str, Sequence[Sequence[object]]]

ROOT = Path(__file__).parents[2]
TOML = tuple(
    path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "tests" / "questionnaires").rglob("*.toml"))
)
PO = (
    (ROOT / "translations/ar/LC_MESSAGES/zusammenleben.po")
    .read_text(encoding="utf-8")
    .split("\n\n")
)

XLSFORM: Sheets = {
    "survey": [
        ["type", "name", "label::English (en)", "label:Arabic", "hint::English (en)",
         "relevant", "constraint", "constraint_message", "calculation",
         "choice_filter", "appearance", "required", "default"],
        ["start", "start"],
        ["begin group", "about", "You", "عنك", "", "", "", "", "", "", "field-list"],
        ["select_one yesno", "lives", "Do you live here?", "هل تسكن هنا؟", "Say it."],
        ["integer", "age", "How old are you?", "كم عمرك؟", "", "${lives} = 'yes'",
         ". >= 18 and . <= 120", "18 to 120"],
        ["end group"],
        ["select_multiple places or_other", "seen", "Where?", "أين؟", "",
         "selected(${lives}, 'yes') and ${age} > 17", "count-selected(.) <= 3"],
        ["select_one places", "best", "Best of ${seen}?", "الأفضل؟", "", "", "", "", "",
         "side = ${lives}", "minimal"],
        ["begin group", "rate", "Rate", "قيّم", "", "", "", "", "", "", "table-list"],
        ["select_one scale", "rate_a", "A", "أ"],
        ["select_one scale", "rate_b", "B", "ب"],
        ["end group"],
        ["calculate", "sum", "", "", "", "", "", "", "${age} * 2 + 1"],
        ["date", "born", "Born?", "متى؟", "", "", ". < today()"],
        ["range", "warm", "Warm?", "دافئ؟"],
        ["text", "mail", "Mail?", "بريد؟", "", "", "regex(., '^[^@]+@[^@]+$')"],
        ["rank places", "order", "Order?", "رتّب"],
        ["note", "thanks", "Thank you, ${lives}.", "شكرا"],
        ["begin repeat", "child", "Child", "طفل"],
        ["text", "child_name", "Name", "اسم"],
        ["end repeat"],
        ["geopoint", "where", "Where are you?", "أين أنت؟"],
    ],
    "choices": [
        ["list_name", "name", "label::English (en)", "label::Arabic", "side"],
        ["yesno", "yes", "Yes", "نعم"],
        ["yesno", "no", "No", "لا"],
        ["places", "mill", "Mill", "الطاحونة", "yes"],
        ["places", "port", "Port", "الميناء", "no"],
        ["places", "16", "Sixteen", "ستة عشر", "no"],
        ["scale", 1, "Good", "جيد"],
        ["scale", 2, "Bad", "سيئ"],
    ],
    "settings": [
        ["form_title", "form_id", "default_language", "version"],
        ["A form", "a_form", "English (en)", "2026"],
    ],
}  # fmt: skip


def workbook(
    sheets: Sheets, *, merged: tuple[int, int, int, int] | None = None
) -> bytes:
    """An .xlsx of these cells; what begins with = is a formula.

    A pair is a formula and its value; ``merged`` are a range's first and last
    row and column in every sheet, from 0.
    """
    import xlsxwriter

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        for number, (name, rows) in enumerate(sheets.items()):
            sheet = book.add_worksheet(
                f"{name[:25]}{number or ''}" if number > 2 else name
            )
            for down, row in enumerate(rows):
                for across, cell in enumerate(row):
                    if isinstance(cell, tuple):
                        sheet.write_formula(down, across, cell[0], None, cell[1])
                        continue
                    if isinstance(cell, str):  # no half a character in a workbook
                        cell = cell.encode("utf-8", "replace").decode("utf-8")
                    if cell not in ("", None):
                        sheet.write(down, across, cell)
            if merged:
                first, left, last, right = merged
                words = rows[first][left]
                sheet.merge_range(first, left, last, right, words)
    return file.getvalue()


def _rows(name: str, rows: Sequence[Mapping[str, object]]) -> str:
    written = "".join(
        "<row>"
        + "".join(f"<{key}><![CDATA[{value}]]></{key}>" for key, value in row.items())
        + "</row>"
        for row in rows
    )
    return f"<{name}><rows>{written}</rows></{name}>"


def _questions(*, is_new: bool) -> list[dict[str, object]]:
    asked = (
        (1000, 0, "L", "q1", "Ja oder nein?"),
        (2000, 0, "M", "q2", "Was alles?"),
        (2001, 2000, "T", "SQ1", "Dies"),
        (2002, 2000, "T", "SQ2", "Das"),
        (3000, 0, "F", "q3", "Wie gut?"),
        (3001, 3000, "T", "A", "Eins"),
        (4000, 0, "N", "q4", "Wie viel?"),
        (5000, 0, "S", "q5", "Und sonst?"),
    )
    relevance = {2000: "((q1.NAOK == 'Y'))", 4000: "!is_empty(q3_A) and q2_SQ1 == 'Y'"}
    return [
        {
            "qid": number,
            "parent_qid": parent,
            "sid": 7,
            "gid": 1,
            "type": kind,
            "title": code,
            "question_order": place,
            "mandatory": "N",
            "other": "N",
            "scale_id": 0,
            "relevance": relevance.get(number, "1"),
            **({} if is_new else {"question": words, "help": "", "language": "de"}),
        }
        for place, (number, parent, kind, code, words) in enumerate(asked)
    ]


def lss(*, is_new: bool) -> str:
    """A LimeSurvey file in one of its two layouts."""
    questions = _questions(is_new=is_new)
    own = [q for q in questions if not q["parent_qid"]]
    below = [q for q in questions if q["parent_qid"]]
    group = {"gid": 1, "sid": 7, "group_order": 1}
    answers = [
        {
            "qid": qid,
            "code": code,
            "sortorder": place,
            "scale_id": 0,
            "aid": qid + place,
        }
        for qid in (1000, 3000)
        for place, code in enumerate(("Y", "N"))
    ]
    words = {"group_name": "Gruppe", "description": "", "language": "de"}
    title = {"surveyls_survey_id": 7, "surveyls_language": "de", "surveyls_title": "X"}
    asked = {"question": "Frage?", "help": "", "language": "de"}
    sections = [
        _rows("subquestions", below),
        _rows("questions", own),
        _rows("question_attributes", [
            {"qid": 4000, "attribute": "max_num_value_n", "value": "99", "language": ""}
        ]),
        _rows("surveys", [{"sid": 7, "language": "de", "additional_languages": "en"}]),
        _rows("surveys_languagesettings", [title]),
    ]  # fmt: skip
    if is_new:
        sections += [
            _rows("groups", [group]),
            _rows("group_l10ns", [{**words, "gid": 1, "id": 1}]),
            _rows("question_l10ns", [
                {**asked, "id": n, "qid": q["qid"], "question": f"Frage {n}?"}
                for n, q in enumerate(questions)
            ]),
            _rows("answers", answers),
            _rows("answer_l10ns", [
                {"id": n, "aid": a["aid"], "answer": a["code"], "language": "de"}
                for n, a in enumerate(answers)
            ]),
        ]  # fmt: skip
    else:
        sections += [
            _rows("groups", [{**group, **words}]),
            _rows("answers", [
                {**a, "answer": a["code"], "language": "de"} for a in answers
            ]),
        ]  # fmt: skip
    version = "600" if is_new else "177"
    return (
        '<?xml version="1.0" encoding="UTF-8"?><document>'
        f"<LimeSurveyDocType>Survey</LimeSurveyDocType><DBVersion>{version}</DBVersion>"
        f"<languages><language>de</language></languages>{''.join(sections)}</document>"
    )
