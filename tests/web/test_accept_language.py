"""What browsers really send, and the language a person then meets."""

from __future__ import annotations

import pytest

from survey.language import match

OFFERED = [
    ("de", "de"),
    ("de-simple", "de-simple"),
    ("en", "en"),
    ("fr", "fr"),
    ("tr", "tr"),
    ("uk", "uk"),
    ("ru", "ru"),
    ("ar", "ar"),
    ("fa", "fa"),
    ("kmr", "kmr"),
    ("zh-Hans", "zh-Hans"),
    ("zh-Hant", "zh-Hant"),
    ("pt", "pt"),
    ("pt-br", "pt-BR"),
]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", []),
        ("*", []),
        ("de", ["de"]),
        ("de-AT,de;q=0.9,en;q=0.8", ["de", "en"]),
        ("uk-UA, en;q=.5", ["uk", "en"]),
        ("en;q=.5, uk-UA", ["uk", "en"]),
        ("ar-SY", ["ar"]),
        ("ar-EG,ar;q=0.9,en-US;q=0.8", ["ar", "en"]),
        ("zh-CN", ["zh-Hans"]),
        ("zh", ["zh-Hans"]),
        ("zh-TW,zh;q=0.9", ["zh-Hant", "zh-Hans"]),
        ("zh-Hant-HK", ["zh-Hant"]),
        ("fa-IR", ["fa"]),
        ("prs", ["fa"]),
        ("fa-AF", ["fa"]),
        ("kmr-TR", ["kmr"]),
        ("ku", ["kmr"]),
        ("pt-BR,pt;q=0.9", ["pt-br", "pt"]),
        ("pt-PT", ["pt", "pt-br"]),
        ("de-simple", ["de-simple", "de"]),
        ("tlh, tr;q=0.3", ["tr"]),
        ("ckb-IQ", []),
        ("FR-fr", ["fr"]),
        ("en_US", ["en"]),
        ("de;q=0, en", ["en"]),
        ("en, de;q=0, de-CH", ["en"]),
        ("en;q=0.1, fr;q=0.2, tr;q=0.3", ["tr", "fr", "en"]),
    ],
)
def test_every_range_is_looked_up_in_its_own_right(header, expected):
    assert match(header, OFFERED) == expected


@pytest.mark.parametrize(
    "header",
    [
        "en;q=high",
        "en;q=nan",
        "en;q=-1",
        "en;q=7",
        ";;;,,,",
        "-",
        "\x00",
        "q=1",
        "e" * 5000,
        "€",
    ],
)
def test_nonsense_is_nobodys_wish(header):
    assert match(header, OFFERED) == []


def test_a_header_without_end_is_read_only_so_far():
    assert match(",".join(["xx"] * 5000 + ["de"]), OFFERED) == []
