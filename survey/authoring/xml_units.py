"""Reads XML from strangers piece by piece: no entities, no depth, little memory.

Knows nothing of what the elements mean.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from survey.authoring.archive import refusal
from survey.authoring.problems import AuthoringError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

DEEPEST = 60
_NO_XML = "The file is no XML that can be read"
_REMEDY = "Export it again from the program it came from."


def name_of(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def events(path: Path, content: bytes) -> Iterator[tuple[str, Element]]:
    """Beginnings and ends of all elements; raises ``AuthoringError``.

    Whoever takes an element at its end clears it, so that nothing piles up.
    """
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    depth = 0
    try:
        for event, element in iterparse(
            io.BytesIO(content), ("start", "end"), forbid_dtd=True
        ):
            depth += 1 if event == "start" else -1
            if depth > DEEPEST:
                reason = f"The elements of the file are nested over {DEEPEST} deep."
                raise refusal(path, reason, _REMEDY)
            yield event, element
    except AuthoringError:
        raise
    except DefusedXmlException as error:
        reason = "The file defines entities or a document type of its own."
        raise refusal(path, reason, "No questionnaire needs that: a trap?") from error
    except ParseError as error:
        line, column = error.position
        reason = f"{_NO_XML}: line {line}, column {column + 1}."
        raise refusal(path, reason, _REMEDY) from error
    except (ValueError, LookupError) as error:
        raise refusal(path, f"{_NO_XML}.", _REMEDY) from error


def on_lines(element: Element, whole: frozenset[str]) -> None:
    """Give every element a line of its own, except inside those that hold words."""
    for child in element:
        child.tail = "\n"
        if name_of(child) not in whole:
            on_lines(child, whole)
    if len(element):
        element.text = "\n"
