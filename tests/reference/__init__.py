"""Values from independent programs, with the scripts that made them."""

from pathlib import Path

import pandas as pd

FOLDER = Path(__file__).parent


def table(name, **options):
    """One table of reference values."""
    return pd.read_csv(FOLDER / f"{name}.csv", **options)
