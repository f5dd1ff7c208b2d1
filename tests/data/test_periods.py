"""Which months are whole, and that a running one moves no figure."""

import datetime as dt

import pytest

from klantwaarde_xl.data.analyse import Settings, analyse
from klantwaarde_xl.data.periods import month_end, month_number, periods
from klantwaarde_xl.data.reading.files import transactions_from_cells


def day(text):
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("as_of", "today", "chosen", "last", "runs_to"),
    [
        # the last order is of the month's last day, or later
        ("2026-10-31", "2026-10-31", False, "2026-10-01", None),
        ("2026-10-31", "2026-12-05", False, "2026-10-01", None),
        ("2026-11-01", "2026-12-05", False, "2026-10-01", "2026-11-01"),
        # closed in the last weekend, seen from a later month; while the month lasts, it runs
        ("2026-10-28", "2026-11-02", False, "2026-10-01", None),
        ("2026-10-28", "2026-10-31", False, "2026-09-01", "2026-10-28"),
        ("2026-10-27", "2026-11-20", False, "2026-09-01", "2026-10-27"),
        ("2024-02-26", "2024-03-01", False, "2024-02-01", None),
        ("2024-02-25", "2024-03-01", False, "2024-01-01", "2024-02-25"),
        # a chosen day is taken at its word
        ("2026-10-30", "2027-01-01", True, "2026-09-01", "2026-10-30"),
        ("2026-10-31", "2027-01-01", True, "2026-10-01", None),
        # but a day that has not come is not there yet
        ("2026-12-31", "2026-11-27", True, "2026-10-01", "2026-11-27"),
        ("2026-01-15", "2026-01-20", False, "2025-12-01", "2026-01-15"),
    ],
)
def test_the_last_whole_month_is_that_of_the_rule(as_of, today, chosen, last, runs_to):
    found = periods(day(as_of), day(today), chosen=chosen)
    assert found.last_month == day(last)
    assert found.runs_to == (day(runs_to) if runs_to else None)


def test_months_are_numbered_one_by_one():
    assert month_number(day("2025-01-01")) - month_number(day("2024-12-31")) == 1
    assert month_end(day("2024-02-03")) == day("2024-02-29")


def kpi(rows, today, **options):
    cells = [[name, day(text), amount] for name, text, amount in rows]
    read = transactions_from_cells(("klant", "datum", "bedrag"), cells, source="S", today=day(today))
    return analyse(read, Settings(inactive_months=1, **options), ["kpi"], today=day(today))


ROWS = [("A", "2026-08-03", 10), ("B", "2026-08-31", 5), ("A", "2026-09-04", 10), ("B", "2026-10-31", 5)]
RUNNING = [*ROWS, ("A", "2026-11-05", 7)]


def test_a_running_month_stays_in_the_table_and_is_said():
    made = kpi(RUNNING, "2026-11-27")
    assert made["kpi"].column("maand")[-1] == day("2026-11-01")
    assert made["kpi"].column("retentie")[-1] is None
    assert made.figures["laatste_maand"] == day("2026-10-01")
    assert made.figures["loopt_tot"] == day("2026-11-05")


def test_a_running_month_leaves_the_rows_before_it_as_they_are():
    assert kpi(RUNNING, "2026-11-27")["kpi"].rows[:-1] == kpi(ROWS, "2026-11-27")["kpi"].rows


def test_data_of_one_running_month_have_no_whole_month():
    figures = kpi([("A", "2026-11-05", 7)], "2026-11-27").figures
    assert (figures["laatste_maand"], figures["loopt_tot"]) == (None, day("2026-11-05"))


def test_the_same_data_say_the_same_until_the_month_is_over():
    rows = [*ROWS, ("A", "2026-11-28", 7)]
    early, late = kpi(rows, "2026-11-30"), kpi(rows, "2026-12-01")
    assert early.figures["laatste_maand"] == day("2026-10-01")
    assert late.figures["laatste_maand"] == day("2026-11-01")
