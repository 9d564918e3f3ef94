"""What a row says that has no effect here: said, so that nobody waits for it.

Knows no type of question.
"""

from __future__ import annotations

import re

from survey.authoring.xlsform.draft import Draft

_SILENT = re.compile(
    r"w[0-9]+|columns(-.*)?|quick|quickcompact|compact(-[0-9]+)?|horizontal(-compact)?|"
    r"vertical|minimal|autocomplete|search|likert|label|list|list-nolabel|no-buttons|"
    r"field-list|table-list|no-calendar|month-year|year|multiline|numbers|rating|new|"
    r"thousands-sep|counter|picker|no-ticks|distress|analog-scale|h[0-9]+|selfie|map|"
    r"ethiopian|coptic|islamic|bikram-sambat|myanmar|persian|buddhist|text|radio|url"
)
_PARAMETERS = frozenset({"randomize", "seed", "start", "end", "step", "rows"})
_NO = frozenset({"", "no", "false", "false()", "0"})


def remark(draft: Draft) -> None:
    """Everything of a row that is not honoured."""
    entry = draft.entry
    if draft.value("required").lower() not in _NO and _asks(draft):
        entry.change("Every answer is optional here.")
    if draft.value("read_only").lower() not in _NO and _asks(draft):
        entry.change("It can be answered, though it is written as read-only.")
    if draft.value("choice_filter") and not draft.leaf.type.list_name:
        reason = "A choice_filter filters nothing here; everybody is asked."
        entry.change(reason, "Is it a condition? Write it into relevant.")
    if draft.record.texts.get("guidance_hint"):
        entry.change("Its guidance for interviewers is not shown.")
    if draft.record.texts.get("video"):
        entry.change("Its video is not shown.")
    if draft.value("trigger"):
        entry.change("It is not reckoned anew when another answer changes.")
    _remark_appearance(draft)
    parameters = re.findall(r"([A-Za-z_-]+)\s*=", draft.value("parameters"))
    unused = [name for name in parameters if name.lower() not in _PARAMETERS]
    if unused:
        entry.change(f"Its parameters {', '.join(unused)} have no effect.")


def _asks(draft: Draft) -> bool:
    return draft.item is not None and "calculation" not in draft.values


def _remark_appearance(draft: Draft) -> None:
    written = draft.value("appearance")
    if "ex:" in written:
        draft.entry.change("It is typed here: no other program is opened.")
        return
    unused = [word for word in written.split() if not _SILENT.fullmatch(word.lower())]
    if unused:
        draft.entry.change(f"The appearance {' '.join(unused)} has no effect.")
