"""What tests of exports read, and the figures that they look at."""

import datetime as dt
import re
import shlex
from pathlib import Path

import pytest

from klantwaarde_xl.cli.commands import RUNS
from klantwaarde_xl.cli.reading import columns_of, reading_of
from klantwaarde_xl.cli.words import parser
from klantwaarde_xl.data.reading.cells.columns import Reading
from klantwaarde_xl.data.reading.files import read_transactions
from klantwaarde_xl.data.tables import TRANSACTIONS

CASES = Path(__file__).parent / "cases"
TODAY = dt.date(2026, 11, 27)


def read(path, columns=None, sheets=(), **reading):
    return read_transactions(
        Path(path), today=TODAY, columns=columns, sheets=sheets, reading=Reading(**reading)
    )


def follow(path, error, **reading):
    """What is read after typing what a question advises, as a command takes it."""
    typed = re.findall(r'--(kolommen|alleen|blad) ("[^"]*"|\S+)', error.remedy)
    words = {name: shlex.split(word.rstrip("."))[0] for name, word in reversed(typed)}
    columns = columns_of([words["kolommen"]], [TRANSACTIONS])[TRANSACTIONS.name]
    only = tuple(tuple(word.split("=", 1)) for word in [words["alleen"]]) if "alleen" in words else ()
    sheets = (words["blad"],) if "blad" in words else ()
    return read(path, columns, sheets, only=only, **reading)


def typed(path, *options):
    """What is read where options are typed as a user types them: `--retour "D/C=C"`."""
    words = [word for option in options for word in shlex.split(option)]
    given = parser(RUNS).parse_args(["controleer", str(path), *words])
    columns = columns_of(given.kolommen, [TRANSACTIONS]).get(TRANSACTIONS.name)
    return read_transactions(
        Path(path),
        today=TODAY,
        columns=columns,
        reading=reading_of(given),
        sheets=given.blad or (),
        skip_refused=given.overslaan,
    )


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
