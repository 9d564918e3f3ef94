"""What writing programs slip into texts is taken out, and nothing else."""

from __future__ import annotations

import pytest

from survey.questionnaire.tidying import tidy


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("  نعم\u200f ", "نعم"),
        ("\ufeffТак", "Так"),
        ("U\u0308ber Sie", "Über Sie"),
        ("zwei  Worte\tund drei", "zwei Worte und drei"),
        ("eins \r\n zwei\rdrei\u2028vier", "eins\nzwei\ndrei\nvier"),
        ("می\u200cکنید", "می\u200cکنید"),
        ("Quoi\u202f?", "Quoi\u202f?"),
        ("10\u00a0%", "10\u00a0%"),
        ("\u2067عربي\u2069", "عربي"),
    ],
)
def test_a_text_is_what_its_reader_would_see(text, plain):
    assert tidy(text) == plain


def test_line_breaks_become_blanks_where_the_text_is_one_line():
    assert tidy("eins \n\n zwei", has_lines=False) == "eins zwei"
