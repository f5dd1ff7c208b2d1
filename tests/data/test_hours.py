"""Hours as clocks and people write them, beside what one hour costs."""

import datetime as dt

import openpyxl
import pytest

from klantwaarde_xl.errors import Ambiguous, ColumnsMissing
from tests.data.exported import figures, read, said, write

__all__ = ["write"]


def table(write, head, times, rate="60,00"):
    rows = [f"K{at};{at}-4-2025;{time};{rate}" for at, time in enumerate(times, start=1)]
    return write("\n".join([f"Klant;Datum;{head}", *rows]) + "\n")


@pytest.mark.parametrize(
    ("head", "times"),
    [
        ("Uren;Uurtarief", ("1:30", "0:20", "10:00")),
        ("Duration;Hourly rate", ("01:30:00", "00:20:00", "10:00:00")),
        ("Duur;Uurtarief", ("90 min", "20 min.", "600 min")),
        ("Minuten;Tarief per uur", ("90", "20", "600")),
        ("Duration (min);Rate/hour", ("90", "20", "600")),
        ("Tijd besteed;Uurtarief (€)", ("1u30", "20m", "10u")),
        ("Uren;Tarief", ("1:30", "0:20", "10:00")),
        ("Duration (h);Hourly rate", ("1.5", "0:20", "10")),
        ("Gewerkt;Uurtarief", ("1 uur en 30 min", "20 minuten", "10 uur")),
    ],
)
def test_time_times_the_rate_of_an_hour_is_the_amount(write, head, times):
    checked = read(table(write, head, times))
    assert figures(checked)[:2] == (3, 710.0)
    assert "is tijd" in said(checked, "bedrag")


@pytest.mark.slow
def test_times_of_a_workbook_are_read_so_too(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Klant", "Datum", "Uren", "Uurtarief"])
    book.active.append(["Ko", dt.date(2025, 4, 1), dt.time(2, 15), 40])
    book.active.append(["An", dt.date(2025, 4, 2), dt.timedelta(hours=30), 40])
    book.save(tmp_path / "uren.xlsx")
    assert figures(read(tmp_path / "uren.xlsx"))[:2] == (2, 1290.0)


@pytest.mark.parametrize(
    ("head", "times"), [("Duur;Uurtarief", ("90", "20", "600")), ("Duur;Uurtarief", ("lang", "kort", "1:30"))]
)
def test_what_may_be_minutes_or_hours_is_not_guessed_and_the_rate_is_no_amount(write, head, times):
    with pytest.raises((ColumnsMissing, Ambiguous)) as asked:
        read(table(write, head, times))
    assert "bedrag=Uurtarief" not in asked.value.remedy


def test_a_treatment_of_so_long_has_one_price(write):
    checked = read(table(write, "Duur;Bedrag", ("60 min", "30 min", "60 min")))
    assert figures(checked)[:2] == (3, 180.0)


def test_metres_are_no_minutes(write):
    checked = read(table(write, "Aantal;Stukprijs", ("5 m", "2 m", "1 m")))
    assert figures(checked)[:2] == (3, 480.0)


@pytest.mark.parametrize(("begins", "ends"), [("Start date", "End date"), ("Startdatum", "Einddatum")])
def test_work_is_of_the_day_on_which_it_begins(write, begins, ends):
    rows = "Ko BV;2025-02-03;2025-02-03;01:30:00;80.00\nAn BV;2025-02-04;2025-02-05;00:45:00;80.00\n"
    checked = read(write(f"Client;{begins};{ends};Duration;Hourly rate\n{rows}"))
    assert dict(checked.quality.headers)["datum"] == begins
    assert figures(checked)[:2] == (2, 180.0)


@pytest.mark.parametrize(
    ("yes", "no", "head"),
    [("Yes", "No", "Billable?"), ("Ja", "Nein", "Abrechenbar?"), ("ja", "nee", "Declarabel")],
)
def test_hours_that_are_not_billed_and_have_no_amount_are_no_orders(write, yes, no, head):
    rows = f"2026-08-04;Nord;6,5;{yes};60,00;390,00\n2026-08-20;Nord;1;{no};0,00;0,00\n"
    checked = read(write(f"Date;Client;Hours;{head};Billable Rate;Billable Amount\n{rows}"))
    assert figures(checked)[:2] == (1, 390.0)
    assert "geen ja" in checked.quality.left_out[0].reason


def test_hours_that_are_not_billed_and_have_an_amount_are_still_asked_about(write):
    rows = "4-8-2026;Nord;6,5;Ja;60,00\n20-8-2026;Nord;1;Nein;60,00\n"
    path = write(f"Datum;Kunde;Stunden;Abrechenbar?;Stundensatz\n{rows}")
    with pytest.raises(Ambiguous, match="tellen die als verkoop"):
        read(path)


def test_a_billable_rate_is_of_one_hour(write):
    rows = "4-8-2026;Nord;6,5;60,00\n20-8-2026;Nord;1;60,00\n"
    assert figures(read(write(f"Date;Client;Hours;Billable Rate\n{rows}")))[:2] == (2, 450.0)


@pytest.mark.parametrize(
    "head",
    [
        "Minutes;Price per minute",
        "Minuten;Tarief per minuut",
        "Kilometers;Prijs per kilometer",
        "Km;Prijs per km",
        "Nights;Rate per night",
    ],
)
@pytest.mark.parametrize("unit", ["", " min"])
def test_minutes_kilometres_and_nights_are_pieces_of_a_price_of_one(write, head, unit):
    unit = unit if "min" in head.casefold() else ""
    checked = read(table(write, head, (f"90{unit}", f"20{unit}", f"600{unit}"), "0,50"))
    assert figures(checked)[:2] == (3, 355.0)


def test_a_fare_beside_kilometres_is_asked_about(write):
    rows = "Ko;1-4-2025;10;2,00;5,00\nAn;2-4-2025;20;2,00;5,00\n"
    with pytest.raises((Ambiguous, ColumnsMissing)):
        read(write(f"Klant;Datum;Kilometers;Tarief per km;Starttarief\n{rows}"))


@pytest.mark.parametrize(("begins", "ends"), [("09:00", "10:30"), ("9:00 AM", "10:30 AM")])
def test_the_time_until_which_work_lasts_is_no_total(write, begins, ends):
    rows = f"Ko;1-4-2025;{begins};{ends};1:30;60,00\nAn;13-4-2025;{begins};{ends};1:30;60,00\n"
    assert figures(read(write(f"Klant;Datum;Van;Tot;Uren;Tarief\n{rows}")))[:2] == (2, 180.0)
