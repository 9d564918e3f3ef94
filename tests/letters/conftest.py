"""Invitations of a made-up town, and sheets read by other people's programs."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pypdf
import pypdfium2
import pytest
import zxingcpp

from survey import settings as given
from survey.language import registry
from survey.letters import invitation
from survey.storage import engine, surveys
from tests import instances

HOST = "https://umfrage.musterstadt.example"


class Sheets:
    """A PDF as somebody else's programs see it."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.pdf = pypdf.PdfReader(BytesIO(content))
        self.texts = [page.extract_text() for page in self.pdf.pages]

    @property
    def words(self) -> str:
        """Everything that is written, blanks and isolates made alike."""
        kept = "".join(x for x in " ".join(self.texts) if x not in "\u2066\u2068\u2069")
        return " ".join(kept.split())

    @property
    def languages(self) -> set[str]:
        """Every language tag: of the document and of its parts."""
        found = {str(self.pdf.root_object["/Lang"])}
        for number in range(1, len(self.pdf.xref[0]) + 1):
            part = self.pdf.get_object(number)
            if isinstance(part, dict) and "/Lang" in part:
                found.add(str(part["/Lang"]))
        return found

    @property
    def alternatives(self) -> list[str]:
        """Alternative texts of all pictures, in the order of the file."""
        parts = (self.pdf.get_object(n + 1) for n in range(len(self.pdf.xref[0])))
        return [str(x["/Alt"]) for x in parts if isinstance(x, dict) and "/Alt" in x]

    def picture(self, page: int = 0, scale: float = 3.0):
        """A page as a picture."""
        document = pypdfium2.PdfDocument(self.content)
        try:
            return document[page].render(scale=scale).to_pil().convert("L")
        finally:
            document.close()

    def symbols(self, page: int = 0) -> list[str]:
        """What a reader of QR codes finds on a page."""
        return [found.text for found in zxingcpp.read_barcodes(self.picture(page))]


@pytest.fixture
def read():
    return Sheets


@pytest.fixture
def invite(settings):
    """An invitation to the reference survey, with some settings changed."""
    connected = engine.connect(settings)

    def invite(*languages: str, until: date | None = date(2026, 10, 31), **changed):
        given.change(settings.instance, {"public_url": HOST, **changed})
        found = given.read(settings.instance, {})
        survey = surveys.get(connected, "zusammenleben") or instances.publish(
            settings,
            "zusammenleben",
            date(2026, 10, 5),
            languages=("de", "en", "ar"),
            design="random",
            access="both",
            population=46000,
            invited=800,
            until=until,
        )
        edition = surveys.edition(connected, survey.edition)
        return invitation(found, survey, edition, registry(), languages=languages)

    yield invite
    connected.dispose()
