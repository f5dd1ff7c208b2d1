"""Reading the invented files in cases/, and others, as the tests of sources and sheets do."""

import datetime as dt
from pathlib import Path

from klantwaarde_xl.data.reading.files import read_transactions

CASES = Path(__file__).parent / "cases"
TODAY = dt.date(2026, 1, 1)
HEAD = ["klant", "datum", "bedrag"]


def read(path, **options):
    return read_transactions(path, today=TODAY, **options)


def total(path, **options):
    checked = read(path, **options)
    return len(checked.rows()), checked.quality.amount_kept
