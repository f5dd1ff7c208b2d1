"""Dates that the rows put in one order, and days that are a range."""

import datetime as dt

import pytest

from klantwaarde_xl.data.reading.days.first_of_range import first_of
from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, said, write

__all__ = ["write"]

DAYS = [dt.date(2023, 11, 4) + dt.timedelta(days=at) for at in (0, 3, 6, 27, 30, 61, 64, 90, 93, 95, 125)]


def _export(write, form, days):
    rows = "".join(f"{day.strftime(form)},k{at % 4},{at + 3}.25\n" for at, day in enumerate(days))
    return write(f"Date,Customer ID,Amount\n{rows}")


@pytest.mark.parametrize("form", ["%d/%m/%Y", "%m/%d/%Y"])
@pytest.mark.parametrize("turned", [False, True])
def test_days_that_run_on_in_one_reading_only_are_read_so_and_it_is_said(write, form, turned):
    checked = read(_export(write, form, DAYS[::-1] if turned else DAYS))
    assert (checked.first_day, checked.last_day) == (DAYS[0], DAYS[-1])
    assert "op volgorde" in said(checked, "datum")


def test_rows_that_stand_by_the_text_of_their_date_or_are_few_are_asked_about(write):
    by_text = sorted(DAYS[5:] + [dt.date(2024, month, 7) for month in (5, 6, 7, 8)], key=lambda day: day.day)
    for days in (by_text, DAYS[:6]):
        with pytest.raises(Ambiguous, match="twee manieren"):
            read(_export(write, "%d/%m/%Y", days))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("03-02 t/m 06-02", "3 februari"),
        ("30-12 t/m 02-01-2025", "30-12-2024"),
        ("3 t/m 9 maart 2025", "3 maart 2025"),
        ("31 dec tot 4 jan 2025", "31 dec 2024"),
        ("2025-03-02 - 2025-03-05", "2025-03-02"),
        ("ma 3 mrt 2025 – vr 7 mrt 2025", "3 mrt 2025"),
        ("2025-03-02", None),
        ("3-2", None),
        ("4 - 6", None),
    ],
)
def test_the_first_day_of_a_range_has_what_only_the_last_one_says(text, first):
    assert first_of(text) == first


def test_a_stay_counts_on_its_first_day(write):
    rows = "03-02-2025 t/m 06-02-2025;A;80,00\n11-02-2025;B;20,00\n28-02 t/m 03-03-2025;A;60,00\nTotaal;;160,00\n"
    checked = read(write(f"Datum;Klantnr;Bedrag\n{rows}"))
    assert figures(checked) == (3, 160.0, 160.0, 2)
    assert (checked.first_day, checked.last_day) == (dt.date(2025, 2, 3), dt.date(2025, 2, 28))
    assert "de eerste telt" in said(checked, "datum")
