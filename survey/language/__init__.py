"""The languages of the interface: registry, choice by the browser, catalogs.

Knows nothing of requests.
"""

from survey.language.accept import match
from survey.language.catalog import CatalogError, MissingText, Words, own_name
from survey.language.registry import CATALOGS, Language, Registry, check, registry
from survey.language.speaking import (
    N_,
    gettext,
    ngettext,
    npgettext,
    pgettext,
    speaking,
    speaks,
)

__all__ = [
    "CATALOGS",
    "CatalogError",
    "Language",
    "MissingText",
    "N_",
    "Registry",
    "Words",
    "check",
    "gettext",
    "match",
    "ngettext",
    "npgettext",
    "own_name",
    "pgettext",
    "registry",
    "speaking",
    "speaks",
]
