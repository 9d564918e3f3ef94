"""Weighted shares beside rounded counts."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.disclosure import publish
from analysis.disclosure.policy import thresholds
from analysis.disclosure.weighted import _interval, _size
from analysis.package import Design
from analysis.weights import TRIM, rake
from tests.disclosure.weighing import (
    AGE,
    ASKED,
    SEX,
    answers,
    survey,
    totals,
    women_and_men,
)


def figure(publication, item="q", category="yes", statistic="share"):
    figures = publication.table(item).figures
    rows = figures[
        (figures["category"] == category) & (figures["statistic"] == statistic)
    ]
    [row] = rows.to_dict("records")
    return row


def test_a_weighted_share_is_that_of_the_register_s_people():
    # half of 24/30 and half of 21/70: .55; unweighted 45 of 100
    row = figure(publish(women_and_men(), seed=1, resamples=20))
    assert (row["n"], row["base"], row["share"]) == (45, 100, 0.45)
    assert row["weighted_share"] == 0.55
    assert row["weighted"] is False


def test_its_interval_is_korn_and_graubard_s_on_the_size_that_is_left():
    # effect 1.19, said as 1.2; R: n <- 98/(1.2-98/46000); p <- .545;
    # floor(100*qbeta(.025, p*n, n-p*n+1)); p <- .555;
    # ceiling(100*qbeta(.975, p*n+1, n-p*n))  gives 43 and 67
    row = figure(publish(women_and_men(), seed=1, resamples=20))
    assert (row["weighted_low"], row["weighted_high"]) == (0.43, 0.67)


def test_a_known_population_makes_it_narrower():
    # R: the same with n <- 98/(1.2-98/300) gives 44.83 and 64.88
    design = Design("census", 300, 300, ("code",))
    row = figure(publish(women_and_men(design=design), seed=1, resamples=20))
    assert (row["weighted_low"], row["weighted_high"]) == (0.44, 0.65)


def test_what_is_said_of_the_weights_follows_from_them():
    # 30 weights of 5/3 and 70 of 5/7: effect 1.190, 100/1.2 = 83.3
    said = publish(women_and_men(), seed=1, resamples=20).correction
    assert said.is_applied
    assert (said.deff, said.n_eff, said.light) == (1.2, 80, "green")
    assert (said.least, said.most) == (0.7, 2.0)
    assert [(t.groups, t.target, t.weighted) for t in said.totals] == [
        (("female",), 0.5, 0.5),
        (("male",), 0.5, 0.5),
    ]
    [change] = said.changed
    assert (change.item, change.share, change.weighted) == ("q", 0.45, 0.55)


def test_who_took_part_stands_beside_the_register():
    figures = publish(women_and_men(), seed=1, resamples=20).table("participation")
    told = figures.figures
    register = told[told["statistic"] == "register"]
    assert dict(zip(register["category"], register["share"], strict=True)) == {
        "female": 0.5,
        "male": 0.5,
    }
    shares = told[(told["item"] == "sex") & (told["statistic"] == "share")]
    assert shares["weighted_share"].tolist() == [0.5, 0.5]
    assert shares["share"].tolist() == [0.3, 0.7]


def test_an_open_round_is_never_weighted():
    publication = publish(
        women_and_men(design=Design("open", channels=("code",))), seed=1, resamples=20
    )
    assert publication.correction.state == "open"
    assert publication.figures()["weighted_share"].isna().all()


def test_without_totals_nothing_is_weighted_and_that_is_said():
    package = women_and_men()
    publication = publish(
        survey(package.responses, pd.DataFrame()), seed=1, resamples=20
    )
    assert publication.correction.state == "no_totals"
    assert publication.figures()["weighted_share"].isna().all()


def test_few_answers_left_by_the_weights_have_no_share():
    # 36 answers, 12 women of 80 %: weights 2.4 and .3, effect 1.99: 18 are left
    responses = answers(
        [
            ({"q": "yes", "sex": "female"}, 7),
            ({"q": "no", "sex": "female"}, 5),
            ({"q": "yes", "sex": "male"}, 13),
            ({"q": "no", "sex": "male"}, 11),
        ]
    )
    most = totals(sex={"female": 8_000, "male": 2_000})
    row = figure(publish(survey(responses, most), seed=1, resamples=20))
    assert pd.isna(row["weighted_share"])
    assert row["weighted_sign"] == "few"


def test_a_share_that_would_tell_of_two_people_is_withheld_and_signed():
    """Two of 11 old people said yes: "0 of 110", and with weights "5 %"."""
    publication = publish(two_old_people(), seed=1, resamples=20)
    row = figure(publication)
    assert (row["n"], row["base"]) == (0, 110)
    assert pd.isna(row["weighted_share"])
    assert row["weighted_sign"] == "protected"


def two_old_people():
    responses = answers(
        [
            ({"q": "yes", "age": "old"}, 2),
            ({"q": "no", "age": "old"}, 9),
            ({"q": "no", "age": "young"}, 99),
        ]
    )
    people = totals(age={"young": 73_000, "old": 27_000})
    return survey(responses, people, items=(ASKED, AGE), groups=("age",))


def test_blank_answers_keep_their_weight_and_are_counted():
    responses = answers(
        [
            ({"q": "yes", "sex": "female"}, 24),
            ({"q": "no", "sex": "female"}, 16),
            ({"q": "yes", "sex": "male"}, 21),
            ({"q": "no", "sex": "male"}, 39),
            ({"q": "no", "sex": "-2"}, 11),
        ]
    )
    half = totals(sex={"female": 500, "male": 500})
    publication = publish(survey(responses, half), seed=1, resamples=20)
    assert publication.correction.blank == {"sex": 10}
    assert not pd.isna(figure(publication)["weighted_share"])


def test_totals_out_of_reach_stop_nothing_and_name_the_cure():
    publication = publish(
        young_and_middle({"young": 500, "middle": 300, "old": 200}),
        seed=1,
        resamples=20,
    )
    said = publication.correction
    assert said.state == "impossible"
    assert said.reasons == ("empty cell",)
    # "other" are the old, whom nobody is; their neighbours are the middle
    assert said.merges == {"age": (("middle", "other"),)}
    assert figure(publication)["n"] == 60
    assert figure(publication)["weighted_sign"] == ""


def young_and_middle(people):
    responses = answers(
        [
            ({"q": "yes", "age": "young"}, 40),
            ({"q": "no", "age": "young"}, 40),
            ({"q": "yes", "age": "middle"}, 20),
            ({"q": "no", "age": "middle"}, 20),
        ]
    )
    return survey(responses, totals(age=people), items=(ASKED, AGE), groups=("age",))


def test_categories_written_together_are_weighted_together():
    # nobody is old: with the cure, 80 young for 500 and 40 of the rest for 500
    publication = publish(
        young_and_middle({"young": 500, "middle+old": 500}),
        seed=1,
        resamples=20,
    )
    assert publication.correction.is_applied
    assert publication.correction.most == 1.5


def test_totals_that_differ_name_what_to_leave_out():
    responses = women_and_men().responses.assign(age=["young", "old"] * 50)
    people = totals(sex={"female": 500, "male": 500}, age={"young": 700, "old": 900})
    package = survey(
        responses.astype("str"), people, items=(ASKED, SEX, AGE), groups=("sex",)
    )
    said = publish(package, seed=1, resamples=20).correction
    assert said.reasons == ("unequal totals",)
    assert len(said.whole) == 1


def test_small_groups_are_weighted_as_they_are_shown():
    """Six middle and five old people are shown together, so they weigh the same."""
    responses = answers(
        [
            ({"q": "yes", "age": "young"}, 50),
            ({"q": "no", "age": "young"}, 39),
            ({"q": "yes", "age": "middle"}, 6),
            ({"q": "no", "age": "old"}, 5),
        ]
    )
    people = totals(age={"young": 800, "middle": 150, "old": 50})
    package = survey(responses, people, items=(ASKED, AGE), groups=("age",))
    said = publish(package, seed=1, resamples=20).correction
    assert [total.groups for total in said.totals] == [("young",), ("other",)]
    assert said.most == 2.0  # (200/1000)/(11/100) = 1.82


def test_totals_of_what_is_no_question_about_people_are_named_and_not_used():
    people = totals(
        sex={"female": 500, "male": 500}, form_language={"de": 900, "ar": 100}
    )
    package = survey(women_and_men().responses, people)
    said = publish(package, seed=1, resamples=20).correction
    assert said.unused == ("form_language",)
    assert said.variables == ("sex",)


@pytest.mark.parametrize("share", [0.05, 0.3, 0.5, 0.9])
@pytest.mark.parametrize("size", [120, 400])
def test_the_interval_as_published_covers_what_weights_are_for(size, share):
    """Groups that differ in opinion and in how often they answer, drawn 400 times."""
    rng = np.random.default_rng(size)
    own = thresholds()
    part = np.array([0.5, 0.3, 0.2])  # of the town
    answering = np.array([0.35, 0.35, 0.3])
    opinion = np.clip(share * np.array([1.3, 0.8, 0.55]), 0, 1)
    true = float((part * opinion).sum())
    inside, drawn = 0, 400
    for _ in range(drawn):
        groups = rng.choice(3, size, p=answering)
        said = rng.random(size) < opinion[groups]
        table = pd.DataFrame({"g": groups.astype(str)})
        raked = rake(table, {"g": {str(k): part[k] for k in range(3)}}, bounds=TRIM)
        weights = raked.weights.to_numpy()
        width = 0.01 if size >= 100 else 0.05
        value = round(float((weights * said).sum() / weights.sum()) / width) * width
        deff = np.ceil(raked.deff * 10) / 10
        base = 5 * ((size + 2) // 5)
        least = _size(base - 2, deff, None)
        low, _ = _interval(max(value - width / 2, 0), least, own)
        _, high = _interval(min(value + width / 2, 1), least, own)
        inside += low <= true <= high
    assert inside / drawn >= 0.925
    assert stats.binom.cdf(inside, drawn, 0.925) > 0.05
