"""What the review changed and which wordings to compare, in the reader's words."""

from analysis.disclosure import Statement
from analysis.report import Labels
from analysis.review import RULES
from tests.disclosure.examples import Sheet
from tests.report.saying import ENGLISH, LANGUAGES, choice, shown

PLACE = choice("yes", "no", name="q7")


def review_notes(language=ENGLISH):
    sheet = Sheet("participation", "open")
    sheet.add("", "completed", n=300)
    for statistic, n, base, share in (
        ("before_review", 115, 320, 0.36),
        ("after_review", 100, 300, 0.33),
    ):
        sheet.add("q7", statistic, category="yes", n=n, base=base, share=share)
    return shown(
        sheet.protected("participation", (), base=300), PLACE, language=language
    ).notes


def test_an_answer_stands_with_and_without_those_left_out():
    assert review_notes()[-1] == (
        "Changed most by leaving answers out: Question q7? – yes: 36% before, 33% after"
    )


def test_the_row_of_a_battery_is_named_with_the_question_above_it(sample):
    labels = Labels(sample.about.codebook, ENGLISH)
    assert labels.whole("q04_f3").endswith(" – Housing and neighbourhood")
    assert labels.whole("q15") == labels.item("q15")


def translation_notes(values, language=ENGLISH):
    said = [
        Statement("check_translation", "q7", code, group_variable="form_language")
        for code in values
    ]
    sheet = Sheet("q7-by-form_language", "random")
    for group in ("de", "ar"):
        sheet.add(
            "q7",
            "share",
            category="yes",
            group=group,
            variable="form_language",
            n=100,
            base=400,
            share=0.25,
            low=0.2,
            high=0.3,
        )
    table = sheet.protected(
        "groups",
        ("q7",),
        group_variable="form_language",
        base=400,
        statements=tuple(said),
    )
    return shown(table, PLACE, language=language)


def test_a_translation_to_check_stands_below_the_chart_and_on_its_picture():
    chart = translation_notes(["ar"])
    said = (
        "Check the translation of “Question q7?”: whoever answered in Arabic answered "
        "differently. Until then it is no finding about people."
    )
    assert chart.notes[-1] == said
    assert chart.words.notes[-1] == said


def test_several_languages_stand_in_one_sentence():
    german = translation_notes(["ar", "tr"], LANGUAGES[0]).notes[-1]
    assert "auf Arabisch und Türkisch geantwortet" in german


def test_the_language_of_the_source_is_named_only_alone():
    # The example was written in English.
    assert (
        "whoever answered in Arabic answered"
        in translation_notes(["en", "ar"]).notes[-1]
    )
    assert "whoever answered in English answered" in translation_notes(["en"]).notes[-1]


def test_without_a_suspicion_nothing_is_said():
    assert not [note for note in translation_notes([]).notes if "translation" in note]


def test_every_rule_of_the_review_has_a_reason_in_words():
    from analysis.report.terms import reasons

    assert reasons(ENGLISH).keys() == RULES.keys()
