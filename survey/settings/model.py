"""What the settings are, and what each is for; knows no file."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with the settings: where, why, and what to do."""

    place: str
    reason: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.place}: {self.reason} {self.remedy}"


class SettingsError(Exception):
    """The instance must not start; ``problems`` holds every reason."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an instance is told; ``secrets`` holds the current one first."""

    instance: Path
    keys_dir: Path
    secrets: tuple[bytes, ...] = field(repr=False)
    public_url: str = "http://127.0.0.1:8000"
    database_url: str = field(default="", repr=False)
    lane: str = "main"
    trusted_proxies: int = 0
    upstream_logs: str = ""
    image_backups: str = ""
    demo: bool = False
    town: str = ""
    address: str = ""
    represented_by: str = ""
    telephone: str = ""
    hours: str = ""
    email: str = ""
    data_protection_officer: str = ""
    supervisory_authority: str = ""
    enforcement_body: str = ""
    accessibility_checked_on: str = ""

    @property
    def is_https(self) -> bool:
        """Whether residents reach the instance through https."""
        return self.public_url.startswith("https://")

    @property
    def cookie_name(self) -> str:
        """Name of the one cookie a resident can get; follows ``public_url``."""
        return "__Host-draft" if self.is_https else "draft"

    @property
    def reports_dir(self) -> Path:
        """Folder of the published reports, one folder per survey."""
        return self.instance / "reports"

    def unset_for_publishing(self) -> tuple[str, ...]:
        """Names of the settings that have no default and block publishing."""
        return tuple(
            name
            for name in ("upstream_logs", "image_backups")
            if not getattr(self, name)
        )


DESCRIPTIONS = {
    "public_url": "Address for residents: https, or http on this machine only.",
    "database_url": "Empty: SQLite in this folder; or postgresql://user@host/name.",
    "lane": "Name of this machine, where several share one database.",
    "keys_dir": "Folder of the keys; empty: keys/ in this folder.",
    "trusted_proxies": "Number of proxies in front that set X-Forwarded headers.",
    "upstream_logs": "What the computing centre logs: none, days:N or unknown.",
    "image_backups": "Backups of the whole machine: none or keys-excluded.",
    "demo": "A demonstration: simulated answers are allowed, pages say so.",
    "town": "Name of the municipality, as shown on every page.",
    "address": "Postal address, lines separated by \\n.",
    "represented_by": "Who represents the municipality, for the imprint.",
    "telephone": "Telephone for residents' questions.",
    "hours": "Hours of that telephone.",
    "email": "Mail address for residents' questions.",
    "data_protection_officer": "Name or office, and how to reach it.",
    "supervisory_authority": "Data protection authority of the state.",
    "enforcement_body": "Who settles complaints about accessibility.",
    "accessibility_checked_on": "Day of the last check by people, YYYY-MM-DD.",
}
