"""Advice on wording and scales: what is worth a look, and what must pass in silence."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from survey.questionnaire.check import check
from survey.questionnaire.model import (
    FieldOfAction,
    Option,
    OptionList,
    Page,
    Question,
    Questionnaire,
    Row,
)
from survey.questionnaire.rules import orders, protection, reading, scales, wording
from tests.questionnaire.examples import questionnaire

GOOD_BAD = (Option("good", "good"), Option("mid", "mid"), Option("bad", "bad"))
YES_NO = (Option("yes", "yes"), Option("no", "no"))
WORDS = {
    "de": {
        "good": "Gut",
        "mid": "Mittel",
        "bad": "Schlecht",
        "yes": "Ja",
        "no": "Nein",
    },
    "en": {"good": "Good", "mid": "Fair", "bad": "Bad", "yes": "Yes", "no": "No"},
}


def ask(question, words, **parts):
    """A questionnaire of one question; ``words`` by language and key."""
    page = Page(question.name, (question,))
    texts = {
        language: MappingProxyType({**WORDS.get(language, {}), **own})
        for language, own in words.items()
    }
    return Questionnaire("made_up", "de", (), (page,), MappingProxyType(texts), **parts)


def labelled(label, language="de", **parts):
    """One question of that label."""
    given = {"kind": "single", "options": GOOD_BAD, **parts}
    return ask(Question("q1", **given), {language: {"q1.label": label}})


def listed(*wordings, language="de", **parts):
    """One question with options of these words."""
    codes = [f"c{number}" for number in range(len(wordings))]
    options = tuple(Option(code, code) for code in codes)
    own = {"q1.label": "Frage?", **dict(zip(codes, wordings, strict=True))}
    asked = Question("q1", "single", options=options, **parts)
    return ask(asked, {language: own})


def places(rule, asked):
    return [found.place for found in rule(asked)]


def test_the_reference_questionnaire_has_only_advice_that_is_true():
    advice = check(questionnaire("zusammenleben"))
    assert all(found.is_warning for found in advice)
    # q09 offers "my right of residence" as an answer; q13 rates letters and forms
    assert {found.place for found in advice} == {"q09.sensitive", "q13.label"}


@pytest.mark.parametrize(
    ("label", "language", "finding"),
    [
        ("Wo kaufen Sie ein und warum?", "de", "und warum"),
        ("Wie oft fahren Sie Bus, und wohin?", "de", "und wohin"),
        ("Brauchen Sie Kurse und/oder Beratung?", "de", "und/oder"),
        ("Wie alt sind Sie? Wo wohnen Sie?", "de", "de"),
        ("كم عمرك؟ أين تسكن؟", "ar", "ar"),
        ("Where do you shop, and why?", "en", "and why"),
        ("Do you need courses and / or advice?", "en", "and / or"),
        ("Wo wohnen Sie und wie lange?", "de-simple", "und wie"),
    ],
)
def test_two_questions_in_one_are_found(label, language, finding):
    [found] = reading.one_thing_is_asked(labelled(label, language))
    assert (found.place, found.is_warning) == ("q1.label", True)
    assert finding in found.reason


@pytest.mark.parametrize(
    ("label", "language"),
    [
        ("Sind Sie oder Ihre Eltern eingewandert?", "de"),
        ("Haben Sie einen Platz in Kita oder Schule?", "de"),
        ("Was hält Sie von Vereinen, Kultur oder Sport ab?", "de"),
        ("Wie alt sind Sie (in Jahren?)?", "de"),
        ("Was meinen Sie???", "de"),
        ("Do you or your parents rent?", "en"),
        ("Где вы живёте и почему?", "ru"),
    ],
)
def test_one_question_passes_in_silence(label, language):
    assert places(reading.one_thing_is_asked, labelled(label, language)) == []


@pytest.mark.parametrize(
    ("label", "language", "is_two"),
    [
        ("Wie zufrieden sind Sie mit Schulen und Straßen?", "de", True),
        ("Wie gern leben und arbeiten Sie hier?", "de", True),
        ("How satisfied are you with shops and schools?", "en", True),
        ("Wie gern oder ungern leben Sie hier?", "de", False),
        ("Wie gut kommen Sie mit Bus und Bahn zur Arbeit?", "de", False),
        ("How satisfied are you with buses and trains?", "en", False),
        ("Wie gut kennen Sie Ihre Nachbarinnen und Nachbarn?", "de", False),
        ("Wie sicher ist es hier zwischen 20 und 24 Uhr?", "de", False),
        ("Wie sicher ist der Weg zwischen Bahnhof und Rathaus?", "de", False),
        ("Wie oft sind Sie ab und zu allein?", "de", False),
        ("Denken Sie an Schulen und Straßen: Wie zufrieden sind Sie?", "de", False),
        ("Wie zufrieden sind Sie mit Angeboten (Kurse und Feste)?", "de", False),
    ],
)
def test_a_rating_of_two_things_is_found(label, language, is_two):
    rated = labelled(label, language, scale="satisfaction3")
    assert bool(places(reading.one_thing_is_asked, rated)) is is_two


def test_the_name_of_a_field_of_action_may_hold_two_things():
    rows = (Row("q1_1", "row_1", "f1"), Row("q1_2", "row_2"))
    asked = Question("q1", "battery", options=GOOD_BAD, rows=rows)
    both = {"row_1": "Sprache und Bildung", "row_2": "Schulen und Straßen"}
    found = ask(asked, {"de": {"q1.label": "Wie gut?", **both}})
    assert places(reading.one_thing_is_asked, found) == ["row_2"]


@pytest.mark.parametrize(
    ("label", "language", "finding"),
    [
        ("Finden Sie nicht, dass keine Bänke fehlen?", "de", "nicht … keine"),
        ("Sind Sie nicht unzufrieden?", "de", "nicht unzufrieden"),
        ("Geht es nicht ohne Auto?", "de", "nicht ohne"),
        ("Do you not agree that nobody is safe?", "en", "not … nobody"),
        ("Isn't the bus never late?", "en", "Isn't … never"),
        ("Are you not dissatisfied?", "en", "not dissatisfied"),
    ],
)
def test_a_double_negation_is_found(label, language, finding):
    [found] = reading.negations_stand_alone(labelled(label, language))
    assert finding in found.reason


@pytest.mark.parametrize(
    ("label", "language"),
    [
        ("Haben Sie keinen Garten und keinen Balkon?", "de"),
        ("Gibt es weder Bus noch Bahn?", "de"),
        ("Wir fragen nicht nach Namen, nicht nach Adressen.", "de"),
        ("Kommen Sie nicht unter 30 Minuten hin?", "de"),
        ("Ist es nicht unser Recht?", "de"),
        ("Wohin kommen Sie ohne Auto nicht?", "de"),
        ("Do you have no garden and no balcony?", "en"),
        ("Is it not under the bridge?", "en"),
    ],
)
def test_one_negation_passes_in_silence(label, language):
    assert places(reading.negations_stand_alone, labelled(label, language)) == []


def test_no_to_a_denied_question_is_a_double_negation():
    denied = labelled("Fahren Sie nicht mit dem Bus?", options=YES_NO)
    [found] = reading.negations_stand_alone(denied)
    assert found.reason.startswith("The question is denied, and so is one")
    asked = labelled("Fahren Sie mit dem Bus?", options=YES_NO)
    assert places(reading.negations_stand_alone, asked) == []


def test_an_answer_may_begin_with_no():
    asked = listed("No, I did not know where", "Yes", language="en")
    assert places(reading.negations_stand_alone, asked) == []


def test_words_are_counted_by_sentence_and_language():
    twenty = " ".join(["Wort"] * 20)
    asked = labelled(f"{twenty}. {twenty}: {twenty}?")
    assert places(reading.sentences_are_short, asked) == []
    label = {"de": {"q1.label": f"{twenty} {{place}}?"}, "en": {"q1.label": twenty}}
    asked = ask(Question("q1", "single", options=GOOD_BAD), label)
    [found] = reading.sentences_are_short(asked)
    assert found.reason == "A sentence has many words (de: 21)."


@pytest.mark.parametrize(
    ("label", "language", "parts", "is_missed"),
    [
        ("Wie zufrieden sind Sie mit der Bücherei?", "de", {}, True),
        ("Wie gut sind die Radwege?", "de", {}, True),
        ("How would you rate the library?", "en", {}, True),
        ("Wie gern leben Sie hier?", "de", {}, False),
        ("Wie gern leben Sie hier?", "de", {"role": "satisfaction"}, True),
        ("Wie gut sind die Radwege?", "de", {"has_dont_know": True}, False),
        ("Wie zufrieden sind Sie?", "de", {"kind": "text", "options": ()}, False),
    ],
)
def test_dont_know_is_missed_where_not_everybody_can_judge(
    label, language, parts, is_missed
):
    found = places(scales.ratings_have_dont_know, labelled(label, language, **parts))
    assert found == (["q1.dont_know"] if is_missed else [])


def test_dont_know_among_the_options_is_said_once():
    asked = listed("Oft", "Nie", "Weiß nicht / keine Angabe", "Weiß nicht, wohin damit")
    assert places(scales.refusals_stand_apart, asked) == [
        "q1.option.c2",
        "q1.option.c3",
    ]
    asked = listed("Oft", "Nie", "Weiß ich nicht genau zu sagen")
    assert places(scales.refusals_stand_apart, asked) == []


@pytest.mark.parametrize(
    ("wordings", "parts", "is_bare"),
    [
        (("1 gern", "2", "3", "4 ungern"), {}, True),
        (("gut", "–", "schlecht"), {}, True),
        (("1", "2", "3"), {"scale": "quality3"}, True),
        (("١ جيد", "٢", "٣ سيئ"), {}, True),
        (("1", "2", "3", "4 oder mehr"), {}, False),
        (("2019", "2020", "2021"), {}, False),
        (("gut", "mittel", "schlecht"), {}, False),
        (("gut", "", "schlecht"), {}, False),
    ],
)
def test_points_of_a_scale_have_words(wordings, parts, is_bare):
    found = places(scales.scale_points_have_words, listed(*wordings, **parts))
    assert found == (["q1.options"] if is_bare else [])


@pytest.mark.parametrize(
    ("wordings", "language", "is_found"),
    [
        (("Stimme voll zu", "Teils-teils", "Stimme nicht zu"), "de", True),
        (("Trifft zu", "Teils", "Trifft nicht zu"), "de", True),
        (("Strongly agree", "Neither", "Disagree"), "en", True),
        (("Oft", "Selten", "Nie"), "de", False),
        (("Stimme zu", "Teils", "Etwas anderes"), "de", False),
    ],
)
def test_agreement_is_advised_against(wordings, language, is_found):
    asked = listed(*wordings, language=language)
    assert bool(places(scales.agreement_is_not_asked, asked)) is is_found


@pytest.mark.parametrize(
    ("label", "language", "subject"),
    [
        ("Welche Religion haben Sie?", "de", "religion"),
        ("Haben Sie eine Behinderung?", "de", "health"),
        ("Welche Staatsangehörigkeit haben Sie?", "de", "nationality"),
        ("Welchen Aufenthaltsstatus haben Sie?", "de", "residence status"),
        ("Wurden Sie diskriminiert?", "de", "discrimination"),
        ("What is your country of birth?", "en", "nationality"),
        ("How is your health?", "en", "health"),
        ("Religion", "de", "religion"),
        ("Staatsangehörigkeit:", "de", "nationality"),
    ],
)
def test_sensitive_words_want_a_mark(label, language, subject):
    asked = labelled(label, language)
    [found] = protection.sensitive_words_are_marked(asked)
    assert f"speaks of {subject}" in found.reason
    marked = labelled(label, language, is_sensitive=True)
    assert places(protection.sensitive_words_are_marked, marked) == []


@pytest.mark.parametrize(
    ("label", "parts"),
    [
        ("Was behindert Sie?", {}),
        ("Glauben Sie, dass der Bus kommt?", {}),
        ("Wer sucht eine Wohnung?", {}),
        ("Wie zufrieden sind Sie mit der Gesundheit?", {"role": "satisfaction"}),
        ("Waren Sie im Gesundheitsamt?", {}),
        ("Wie zugänglich sind die Wege für Menschen mit Behinderung?", {}),
        ("Was fehlt hier für die Gesundheit?", {}),
    ],
)
def test_words_that_only_look_sensitive_pass(label, parts):
    found = places(protection.sensitive_words_are_marked, labelled(label, **parts))
    assert found == []


def test_the_label_of_a_field_of_action_says_nothing_about_a_person():
    options = (Option("f1", "field.f1.label"), Option("f2", "field.f2.label"))
    own = {"q1.label": "Wo?", "field.f1.label": "Religion", "field.f2.label": "Sport"}
    asked = ask(Question("q1", "multiple", options=options), {"de": own})
    asked = replace(asked, fields=(FieldOfAction("f1"), FieldOfAction("f2")))
    assert places(protection.sensitive_words_are_marked, asked) == []


def shared(properties, *filters):
    """Two places of one name, in a list that questions take with these filters."""
    options = tuple(
        Option(f"c{number}", f"list.towns.c{number}", properties=(("land", land),))
        for number, land in enumerate(properties)
    )
    questions = tuple(
        Question(
            f"q{number}",
            "select",
            options=options,
            options_from="towns",
            choice_filter=source,
        )
        for number, source in enumerate(filters)
    )
    own = {option.text: "Neustadt" for option in options}
    return Questionnaire(
        "made_up",
        "de",
        (),
        (Page("p", questions),),
        {"de": own},
        lists=(OptionList("towns", options),),
    )


@pytest.mark.parametrize(
    ("properties", "filters", "twins"),
    [
        (("a", "b"), ("land = 'a'",), []),
        (("a", "a"), ("land = 'a'",), ["list.towns.c1"]),
        (("a", "b"), ("land = 'a'", ""), ["list.towns.c1"]),
        (("a", "b"), ("", ""), ["list.towns.c1"]),
        (("a", "b"), (), ["list.towns.c1"]),
    ],
)
def test_places_of_one_name_stand_in_a_list_that_is_always_filtered(
    properties, filters, twins
):
    found = places(wording.options_read_differently, shared(properties, *filters))
    assert found == twins


def translated(*pairs, code="en"):
    """Options in German and another language."""
    codes = [f"c{number}" for number in range(len(pairs))]
    german = {key: pair[0] for key, pair in zip(codes, pairs, strict=True)}
    other = {key: pair[1] for key, pair in zip(codes, pairs, strict=True)}
    asked = Question("q1", "single", options=tuple(Option(key, key) for key in codes))
    return ask(asked, {"de": german, code: other})


@pytest.mark.parametrize(
    ("pairs", "is_wrong"),
    [
        ((("1", "5"), ("2", "4"), ("3", "3"), ("4", "2"), ("5", "1")), True),
        ((("16 bis 24", "٦٥ فأكثر"), ("65 und älter", "١٦ إلى ٢٤")), True),
        ((("16 bis 24", "24-16"), ("65 und älter", "65+")), False),
        ((("Erstens", "1"), ("Zweitens", "2")), False),
        ((("Ja", "Yes"), ("Nein", "No")), False),
        ((("1" * 5000, "2"), ("2", "1" * 5000)), True),
    ],
)
def test_numbers_stand_in_one_order(pairs, is_wrong):
    found = list(orders.numbers_keep_their_order(translated(*pairs, code="ar")))
    assert [bool(found), any(problem.is_warning for problem in found)] == [
        is_wrong,
        False,
    ]


@pytest.mark.parametrize(
    ("pairs", "is_turned"),
    [
        ((("Sehr gern", "Not at all"), ("Mittel", "Fair"), ("Nie", "A lot")), True),
        ((("Zufrieden", "Satisfied"), ("Mittel", "Fair"), ("Nie", "Never")), False),
        ((("Ja", "Never"), ("Mittel", "Fair"), ("Anders", "Always")), False),
    ],
)
def test_a_scale_runs_one_way(pairs, is_turned):
    found = places(orders.scales_run_the_same_way, translated(*pairs))
    assert bool(found) is is_turned


@pytest.mark.parametrize(
    "piece",
    ["stimme ", "lehne ", "und ", "nicht ", "?", "1", " ", "(", "\u0600", "a.", "un"],
)
def test_long_texts_are_judged_in_no_time(piece):
    text = piece * 200_000
    asked = ask(
        Question("q1", "single", options=GOOD_BAD, scale="quality3"),
        {
            language: dict.fromkeys(("q1.label", "good", "mid", "bad"), text)
            for language in ("de", "en", "ar")
        },
    )
    # ends at once; a pattern that looked back from everywhere would take hours
    assert {len(found.reason) < 3000 for found in check(asked)} == {True}
