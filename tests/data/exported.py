"""What tests of exports read, and the figures that they look at."""

import datetime as dt
from pathlib import Path

import pytest

from klantwaarde_xl.data.reading.columns import Reading
from klantwaarde_xl.data.reading.files import read_transactions

CASES = Path(__file__).parent / "cases"
TODAY = dt.date(2026, 11, 27)


def read(path, **reading):
    return read_transactions(Path(path), today=TODAY, reading=Reading(**reading))


def figures(checked):
    """Orders, revenue, net revenue, customers."""
    found = dict(checked.quality.totals)
    return found["orders"], round(found["omzet"], 2), round(found["netto"], 2), found["klanten"]


def said(checked, about):
    return " | ".join(one.text for one in checked.quality.said if one.about == about)


@pytest.fixture
def write(tmp_path):
    def _write(text, name="export.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return _write
