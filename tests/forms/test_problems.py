"""What is wrong with an answer, in words."""

import pytest

from survey.forms.problems import MESSAGES, in_words
from survey.language import registry, speaking
from survey.questionnaire.answers import AnswerProblem


def said(problem, language):
    languages = registry()
    with speaking(languages.words(languages.get(language))):
        (complaint,) = in_words([problem], str)
    return complaint


@pytest.mark.parametrize(
    ("code", "params", "words"),
    [
        ("unknown_option", {}, "Please choose one of the answers on the page."),
        ("one_only", {}, "Please choose only one answer."),
        (
            "too_many",
            {"at_most": 3, "chosen": 5},
            "You have chosen 5 answers. Please choose at most 3.",
        ),
        (
            "too_many",
            {"at_most": 1, "chosen": 2},
            "You have chosen 2 answers. Please choose only 1.",
        ),
        (
            "too_long",
            {"longest": 600, "length": 612},
            "Your text has 612 characters. Please shorten it to at most 600.",
        ),
        (
            "rank_missing",
            {"rank": 1},
            "Place 1 is empty. Please fill the places from the first one on.",
        ),
        (
            "together",
            {},
            "These answers do not fit together. Please check them.",
        ),
        (
            "given_few",
            {"at_least": 2},
            "Please give at least 2 answers here, or none.",
        ),
        (
            "given_many",
            {"at_most": 3, "given": 5},
            "You have given 5 answers here. Please give at most 3.",
        ),
        (
            "sum_small",
            {"least": "10", "sum": "7.5"},
            "Your numbers add up to 7.5. Together they must be at least 10.",
        ),
        (
            "sum_large",
            {"most": "20", "sum": "21"},
            "Your numbers add up to 21. Together they must be at most 20.",
        ),
        (
            "sum_other",
            {"total": "12", "sum": "11"},
            "Your numbers add up to 11. Together they must be 12.",
        ),
    ],
)
def test_a_problem_is_told_with_its_numbers(code, params, words):
    problem = AnswerProblem("q05", "q05__2", code, params)
    complaint = said(problem, "en")
    assert (complaint.field, complaint.message) == ("q05__2", words)


@pytest.mark.parametrize("language", ["de", "ar"])
@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_every_problem_has_words_in_every_language(code, language):
    params = {"at_most": 3, "chosen": 4, "longest": 600, "length": 601, "rank": 2}
    params |= {
        "least": "1",
        "most": "9",
        "decimals": 2,
        "left": 2,
        "total": 10,
        "at_least": 2,
        "given": 4,
        "sum": "7.5",
    }
    problem = AnswerProblem("a", "a", code, params)
    assert said(problem, language).message != said(problem, "en").message


def test_every_code_that_a_kind_can_give_has_words():
    from survey.questionnaire.kinds import base

    listed = base.AnswerProblem.__doc__.partition("``code``:")[2].partition(".")[0]
    codes = {code.strip() for code in listed.replace("\n", " ").split(",")}
    assert codes == set(MESSAGES)
