"""The part a server runs: asks people and keeps what they answer.

Importing it loads nothing else, so the pure rooms work without a web framework.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from survey.meter import Meter
    from survey.settings import Settings

__version__ = "0.1.0"


def create_app(
    settings: Settings | None = None, *, meter: Meter | None = None
) -> Flask:
    """Assemble the web application; settings are read from the instance if absent.

    Raises ``SettingsError`` or ``CatalogError`` when it must not start.
    """
    from survey.app import assemble

    return assemble(settings, meter=meter)
