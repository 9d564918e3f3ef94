"""Sections of a .lss file while it is written, in the layout of LimeSurvey 6.

Knows columns and their order, nothing of our questionnaires.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from survey.authoring.limesurvey.document import Document, Row, Section

DB_VERSION = "606"
# What XML cannot hold; a carriage return would come back as a line end.
_ILLEGAL = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_COLUMNS = {
    "answers": "aid qid code sortorder assessment_value scale_id",
    "answer_l10ns": "id aid answer language",
    "defaultvalues": "dvid qid scale_id sqid specialtype",
    "defaultvalue_l10ns": "id dvid language defaultvalue",
    "groups": "gid sid group_order randomization_group grelevance",
    "group_l10ns": """
        id gid group_name description language sid group_order
        randomization_group grelevance
    """,
    "questions": """
        qid parent_qid sid gid type title preg other mandatory encrypted
        question_order scale_id same_default relevance question_theme_name
        modulename same_script
    """,
    "question_l10ns": "id qid question help script language",
    "question_attributes": "qid attribute value language",
    "surveys": """
        sid gsid admin expires startdate adminemail anonymized format savetimings
        template language additional_languages datestamp usecookie allowregister
        allowsave autonumber_start autoredirect allowprev printanswers ipaddr
        ipanonymize refurl showsurveypolicynotice publicstatistics publicgraphs
        listpublic htmlemail sendconfirmation tokenanswerspersistence assessments
        usecaptcha usetokens bounce_email attributedescriptions emailresponseto
        emailnotificationto tokenlength showxquestions showgroupinfo shownoanswer
        showqnumcode bounceprocessing showwelcome showprogress questionindex
        navigationdelay nokeyboard alloweditaftercompletion
    """,
    "surveys_languagesettings": """
        surveyls_survey_id surveyls_language surveyls_title surveyls_description
        surveyls_welcometext surveyls_endtext surveyls_policy_notice
        surveyls_policy_error surveyls_policy_notice_label surveyls_url
        surveyls_urldescription surveyls_dateformat surveyls_numberformat
    """,
}
_COLUMNS["subquestions"] = _COLUMNS["questions"]
COLUMNS: Mapping[str, list[str]] = {
    section: columns.split() for section, columns in _COLUMNS.items()
}
# A closed, anonymous survey that keeps neither times nor addresses.
USUAL_SETTINGS: Mapping[str, str] = {
    "gsid": "1",
    "admin": "inherit",
    "adminemail": "inherit",
    "anonymized": "Y",
    "format": "G",
    "savetimings": "N",
    "template": "inherit",
    "datestamp": "N",
    "usecookie": "N",
    "allowregister": "N",
    "allowsave": "N",
    "autonumber_start": "0",
    "autoredirect": "N",
    "allowprev": "Y",
    "printanswers": "N",
    "ipaddr": "N",
    "ipanonymize": "Y",
    "refurl": "N",
    "showsurveypolicynotice": "0",
    "publicstatistics": "N",
    "publicgraphs": "N",
    "listpublic": "N",
    "htmlemail": "Y",
    "sendconfirmation": "N",
    "tokenanswerspersistence": "N",
    "assessments": "N",
    "usecaptcha": "N",
    "usetokens": "N",
    "bounce_email": "inherit",
    "tokenlength": "15",
    "showxquestions": "N",
    "showgroupinfo": "B",
    "shownoanswer": "Y",
    "showqnumcode": "X",
    "bounceprocessing": "N",
    "showwelcome": "N",
    "showprogress": "Y",
    "questionindex": "0",
    "navigationdelay": "0",
    "nokeyboard": "N",
    "alloweditaftercompletion": "N",
}
_LANGUAGES = "languages"


class Sheets:
    """Collects rows; the same rows can be read back or written as XML."""

    def __init__(self, languages: Iterable[str]) -> None:
        self.languages = tuple(languages)
        self.rows: dict[str, list[dict[str, str]]] = {name: [] for name in COLUMNS}

    def add(self, section: str, **cells: object) -> None:
        """One row; empty cells may be left out."""
        kept = {column: legal(str(value)) for column, value in cells.items()}
        self.rows[section].append({c: text for c, text in kept.items() if text})

    def next_id(self, section: str) -> int:
        """The number of the row that comes next."""
        return len(self.rows[section]) + 1

    def document(self) -> Document:
        """The sections as they would be read from the file."""
        kind = Section("LimeSurveyDocType", 1, text="Survey")
        found = {kind.name: kind, "DBVersion": Section("DBVersion", 1, text=DB_VERSION)}
        entries = [
            Row(_LANGUAGES, number, 1, {"language": code})
            for number, code in enumerate(self.languages, start=1)
        ]
        found[_LANGUAGES] = Section(_LANGUAGES, 1, entries=entries)
        for name, rows in self.rows.items():
            if rows:
                numbered = enumerate(rows, start=1)
                own = [Row(name, number, 1, cells) for number, cells in numbered]
                found[name] = Section(name, 1, rows=own)
        return found

    def xml(self) -> bytes:
        """The file."""
        lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<document>"]
        lines.append(" <LimeSurveyDocType>Survey</LimeSurveyDocType>")
        lines.append(f" <DBVersion>{DB_VERSION}</DBVersion>")
        lines.append(" <languages>")
        lines += [f"  <language>{code}</language>" for code in self.languages]
        lines.append(" </languages>")
        for name in sorted(self.rows):
            if self.rows[name]:
                lines += self._section(name)
        lines.append("</document>")
        return ("\n".join(lines) + "\n").encode()

    def _section(self, name: str) -> Iterable[str]:
        columns = COLUMNS[name]
        yield f" <{name}>"
        yield "  <fields>"
        yield from (f"   <fieldname>{column}</fieldname>" for column in columns)
        yield "  </fields>"
        yield "  <rows>"
        for row in self.rows[name]:
            yield "   <row>"
            yield from (f"    {_cell(column, row)}" for column in columns)
            yield "   </row>"
        yield "  </rows>"
        yield f" </{name}>"


def _cell(column: str, row: Mapping[str, str]) -> str:
    if column not in row:
        return f"<{column}/>"
    text = row[column].replace("]]>", "]]]]><![CDATA[>")
    return f"<{column}><![CDATA[{text}]]></{column}>"


def legal(text: str) -> str:
    """What XML can hold of a text."""
    return _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
