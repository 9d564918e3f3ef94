"""Fixtures that every folder may use; a folder's own stand in its conftest."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as generated

from tests import instances, visits
from tests.page_lint import Resident

# A loaded machine is slow, not wrong.
generated.register_profile(
    "unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
generated.load_profile("unhurried")


# Part of every `make test`, too long for the inner loop (`make quick`).
THOROUGH = (
    "tests/analysis/test_cluster.py",
    "tests/analysis/test_columns.py",
    "tests/analysis/test_compare.py",
    "tests/analysis/test_coverage.py",
    "tests/analysis/test_fields.py",
    "tests/analysis/test_package_faults.py",
    "tests/attack/",
    "tests/authoring/",
    "tests/backup/",
    "tests/charts/test_files.py",
    "tests/charts/test_numbers.py",
    "tests/charts/test_places.py",
    "tests/charts/test_rules.py",
    "tests/cli/",
    "tests/contract/",
    "tests/disclosure/test_hull.py",
    "tests/disclosure/test_literal.py",
    "tests/disclosure/test_matrix.py",
    "tests/disclosure/test_places.py",
    "tests/disclosure/test_publish.py",
    "tests/disclosure/test_rows.py",
    "tests/disclosure/test_suppression.py",
    "tests/disclosure/test_taking_part.py",
    "tests/disclosure/test_three_way.py::test_the_file_of_rows",
    "tests/disclosure/test_three_way.py::test_the_workbench",
    "tests/disclosure/test_weighted.py",
    "tests/disclosure/test_withheld.py",
    "tests/disclosure/test_workbench.py",
    "tests/letters/",
    "tests/logs/test_list.py",
    "tests/questionnaire/test_expression_oracle.py",
    "tests/questionnaire/test_journey_generated.py",
    "tests/questionnaire/test_reach.py",
    "tests/questionnaire/test_skips_generated.py",
    "tests/report/test_commands.py",
    "tests/report/test_folder.py",
    "tests/report/test_hostile.py",
    "tests/report/test_meagre_surveys.py",
    "tests/report/test_order.py",
    "tests/report/test_page.py",
    "tests/report/test_people.py::test_it_stands_on_the_page",
    "tests/report/test_survives.py",
    "tests/respond/test_about.py",
    "tests/respond/test_begun.py",
    "tests/respond/test_burst.py",
    "tests/respond/test_contact.py",
    "tests/respond/test_journey.py",
    "tests/respond/test_kept_way.py",
    "tests/respond/test_kinds.py",
    "tests/respond/test_later.py",
    "tests/respond/test_long_lists.py",
    "tests/respond/test_one_length.py",
    "tests/respond/test_question.py",
    "tests/respond/test_review.py",
    "tests/respond/test_thanks.py",
    "tests/respond/test_where_translated.py",
    "tests/retention/",
    "tests/rules/test_imports.py",
    "tests/serving/",
    "tests/storage/test_postgres.py",
    "tests/urn/test_alike.py",
    "tests/web/",
)


def pytest_collection_modifyitems(items):
    for item in items:
        if item.nodeid.startswith(THOROUGH):
            item.add_marker(pytest.mark.thorough)


def pytest_terminal_summary(terminalreporter):
    """Print what tests have measured; the figures also stand in the documents."""
    for report in terminalreporter.stats.get("passed", []):
        for name, value in report.user_properties:
            if name == "measured":
                terminalreporter.write_line(value)


class Clock:
    """A clock that stands until a test moves it."""

    def __init__(self) -> None:
        self.now = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **amount: float) -> None:
        self.now += timedelta(**amount)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def rng():
    import numpy

    return numpy.random.default_rng(20261005)


@pytest.fixture
def settings(tmp_path):
    return instances.fresh(tmp_path / "instance")


@pytest.fixture
def app(settings, clock):
    with instances.serving(settings, clock) as application:
        application.test_client_class = Resident
        yield application


@pytest.fixture
def resident(app):
    return app.test_client()


@pytest.fixture
def publish(settings, clock):
    def publish(name, **terms):
        return instances.publish(settings, name, clock().date(), **terms)

    return publish


@pytest.fixture
def respond(app):
    def respond(answers, language="en", **how):
        return visits.respond(app.test_client(), answers, language, **how)

    return respond
