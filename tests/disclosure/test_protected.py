"""Protected tables: columns, types, stable numbers, hand-made examples."""

import pytest

from analysis.disclosure import FIGURE_COLUMNS, KINDS, NOTES, SIGNS, STATISTICS
from analysis.disclosure.protected import Publication, figure_id, frame
from tests.disclosure import examples

NAMES = {
    "survey": "rueckblick",
    "wave": "1",
    "channel": "",
    "table": "q04",
    "item": "q04_f1",
    "statistic": "share",
    "category": "very",
    "group_variable": "d1",
    "group": "65",
}


def test_figures_have_exactly_the_columns_of_the_file():
    documented = (
        "table,item,category,group,n,share,low,high,sign,figure_id,statistic,"
        "group_variable,channel,wave,base,design,weighted,package_hash,"
        "weighted_share,weighted_low,weighted_high,weighted_sign"
    )
    assert ",".join(FIGURE_COLUMNS) == documented
    assert list(frame([]).columns) == list(FIGURE_COLUMNS)


def test_a_figure_keeps_its_number_and_every_name_changes_it():
    # By hand: printf 'rueckblick\x1f1\x1f\x1fq04\x1f...' | b2sum -l 48
    assert figure_id(**NAMES) == 19637777979150
    numbers = {figure_id(**NAMES | {name: "x"}) for name in NAMES}
    assert len(numbers) == len(NAMES)
    assert figure_id(**NAMES) not in numbers
    assert all(0 <= number < 2**48 for number in numbers)


@pytest.mark.parametrize("design", ["random", "census", "open"])
def test_the_examples_are_what_the_gate_would_return(design):
    tables = examples.every_kind(design)
    # people by three groups have no picture, so no example to draw
    assert {table.kind for table in tables} == set(KINDS) - {"people"}
    for table in tables:
        figures = table.figures
        assert list(figures.columns) == list(FIGURE_COLUMNS)
        assert (figures.dtypes == frame([]).dtypes).all()
        assert figures["figure_id"].is_unique
        assert set(figures["statistic"]) <= set(STATISTICS)
        assert set(figures["sign"]) <= set(SIGNS)
        assert (figures["n"].dropna() % 5 == 0).all()
        assert {note.partition(":")[0] for note in table.notes} <= set(NOTES)
        if design == "open":
            assert figures[["low", "high"]].isna().all(axis=None)


def test_a_publication_finds_its_tables_and_puts_figures_together():
    tables = examples.every_kind()
    publication = Publication(tables)
    assert publication.table("q04") is tables[1]
    assert len(publication.figures()) == sum(len(table.figures) for table in tables)
    assert not publication.is_below_minimum
    with pytest.raises(KeyError):
        publication.table("nothing")
    assert Publication((examples.below_minimum(),)).is_below_minimum
