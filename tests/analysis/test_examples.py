"""Every example in a docstring of the statistics runs."""

import doctest
import importlib
import pkgutil

import pytest

ROOMS = (
    "comments",
    "compare",
    "fields",
    "participation",
    "ranking",
    "scales",
    "codebook",
    "design",
    "disclosure",
    "engine",
    "estimates",
    "intake",
    "package",
    "responses",
    "review",
    "waves",
    "weights",
)


def modules():
    """Names of all modules of the statistics."""
    for room in ROOMS:
        module = importlib.import_module(f"analysis.{room}")
        yield module.__name__
        for found in pkgutil.iter_modules(getattr(module, "__path__", [])):
            yield f"analysis.{room}.{found.name}"


@pytest.mark.parametrize("name", sorted(modules()))
def test_the_examples_of_a_module_run(name):
    outcome = doctest.testmod(
        importlib.import_module(name), optionflags=doctest.NORMALIZE_WHITESPACE
    )
    assert outcome.failed == 0
