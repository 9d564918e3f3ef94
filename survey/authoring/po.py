"""A translator's file as PO (gettext), out and in.

The context is the text's key, the message its source. A mark *fuzzy* is a machine's
draft, or, with the previous message beside it, an outdated translation.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, PoFileParser, unescape, write_po

from survey.authoring.archive import refusal
from survey.authoring.encodings import decoded
from survey.authoring.exchange import Entry, Exchange, stamp_in
from survey.authoring.exchange_file import check_count, content_of, heading
from survey.language.registry import Language
from survey.questionnaire.translation import (
    MACHINE_DRAFT,
    OUTDATED,
    REVIEWED,
    TRANSLATED,
)

SUFFIXES = (".po", ".pot")
SURVEY, SOURCE_LANGUAGE, SOURCE_HASH = (
    "X-Survey",
    "X-Source-Language",
    "X-Source-Hash",
)
_FUZZY = "fuzzy"
_CHARSET = re.compile(rb"charset=([A-Za-z0-9_-]+)")
_PREVIOUS = re.compile(r'^\|\s*(?:msgid\s+)?(".*")\s*$')
_START = 4_000


def write(exchange: Exchange, language: Language) -> bytes:
    """The file, without dates and names, so that it is the same every time."""
    catalog = Catalog(charset="utf-8")
    for entry in exchange.entries:
        message = catalog.add(
            entry.source,
            entry.target,
            auto_comments=[*_comments(entry)],
            context=entry.key,
            previous_id=entry.previous if entry.state == OUTDATED else (),
        )
        # only what we say: "50 % der" is no format of C or Python
        message.flags = {_FUZZY} if _is_fuzzy(entry) else set()
    out = io.BytesIO()
    write_po(out, catalog, width=0, omit_header=True, include_previous=True)
    return f"{_header(exchange, language)}\n".encode() + out.getvalue()


def _is_fuzzy(entry: Entry) -> bool:
    return entry.state in (MACHINE_DRAFT, OUTDATED)


def _comments(entry: Entry) -> Iterator[str]:
    for line in (entry.context, *entry.notes):
        yield " ".join(line.split())
    if entry.state == REVIEWED:
        yield REVIEWED
    yield f"stamp {entry.stamp}"


def _header(exchange: Exchange, language: Language) -> str:
    fields = [
        f"Project-Id-Version: {exchange.survey}",
        f"Language: {language.html}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        *([f"Plural-Forms: {language.plural}"] if language.plural else []),
        f"{SURVEY}: {exchange.survey}",
        f"{SOURCE_LANGUAGE}: {exchange.source_language}",
        f"{SOURCE_HASH}: {exchange.source_hash}",
    ]
    lines = "".join(f'"{line}\\n"\n' for line in fields)
    return f'msgid ""\nmsgstr ""\n{lines}'


class _Messages(Catalog):
    """Collects what the parser finds, doubles too, and the header as it is."""

    def __init__(self) -> None:
        super().__init__(charset="utf-8")
        self.found: list[Message] = []
        self.header = ""

    def __setitem__(self, key: object, message: Message) -> None:
        if message.id:
            self.found.append(message)
        elif not self.header:
            self.header = str(message.string)


def read(path: Path) -> Exchange:
    """What a translator sends back; raises ``AuthoringError``, with the line."""
    text = _text(path)
    check_count(path, text.count("\nmsgid "))  # before the parser takes its time
    messages = _parsed(path, text)
    fields = dict(_fields(messages.header))
    told = heading(
        path,
        survey=fields.get(SURVEY.lower(), ""),
        language=fields.get("language", ""),
        source_language=fields.get(SOURCE_LANGUAGE.lower(), ""),
        source_hash=fields.get(SOURCE_HASH.lower(), ""),
    )
    entries = tuple(_entry(message) for message in messages.found)
    return told.exchange(entries, has_tended_states=True)


def _text(path: Path) -> str:
    content = content_of(path)
    named = _CHARSET.search(content[:_START])
    encoding = named[1].decode("ascii") if named else ""
    if encoding.lower() in ("", "charset"):
        found = decoded(content)
        if found is not None:
            return found.text
    try:
        return content.decode(encoding or "utf-8").removeprefix("\ufeff")
    except (LookupError, UnicodeDecodeError) as error:
        found = decoded(content) if content[:1] in (b"\xff", b"\xfe") else None
        if found is not None:
            return found.text
        reason = f"The file says that it is written in {encoding}, and is not."
        raise refusal(path, reason, "Save it again as PO in UTF-8.") from error


def _parsed(path: Path, text: str) -> _Messages:
    messages = _Messages()
    parser = PoFileParser(messages, ignore_obsolete=True, abort_invalid=True)
    try:
        # not splitlines: a text may hold other separators
        parser.parse(text.replace("\r\n", "\n").split("\n"))
    except PoFileError as error:
        shown = "".join(sign for sign in error.line[:60] if sign.isprintable())
        reason = f"Line {error.lineno + 1} is no PO: {shown.strip()}"
        remedy = "Open it in a PO editor, or look at the quotes around there."
        raise refusal(path, reason, remedy) from error
    except (ValueError, IndexError, AttributeError) as error:
        reason = f"The file is no PO, near line {parser.offset + 1}."
        raise refusal(path, reason, "Save it again in a PO editor.") from error
    return messages


def _fields(header: str) -> Iterator[tuple[str, str]]:
    for line in header.split("\n"):
        name, _, value = line.partition(":")
        yield name.strip().lower(), value.strip()


def _entry(message: Message) -> Entry:
    source, target = _first(message.id), _first(message.string)
    stamp = stamp_in(" ".join(message.auto_comments))
    comments = [comment for comment in message.user_comments if comment]
    previous = [unescape(m[1]) for c in comments if (m := _PREVIOUS.match(c))]
    said = [comment for comment in comments if not comment.startswith("|")]
    state = TRANSLATED if target else ""
    if message.fuzzy and target:
        was_outdated = stamp is not None and stamp.state == OUTDATED
        state = OUTDATED if previous or was_outdated else MACHINE_DRAFT
    elif target and stamp is not None and stamp.state == REVIEWED:
        state = REVIEWED
    return Entry(
        key=str(message.context or ""),
        source=source,
        target=target,
        state=state,
        previous="".join(previous),
        stamp=stamp,
        remark=" ".join(said),
        place="line",
        row=message.lineno or 0,
    )


def _first(text: object) -> str:
    """A text; of one with plural forms, which questionnaires have not, the first."""
    if isinstance(text, tuple | list):
        text = text[0] if text else ""
    return str(text or "")
