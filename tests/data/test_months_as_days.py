"""Exports with months, quarters or weeks where others have days."""

import datetime as dt

import duckdb
import pytest

from klantwaarde_xl.errors import Ambiguous, ColumnsMissing, RowsRefused
from tests.data.exported import figures, follow, read, said, write

__all__ = ["write"]


def days(checked):
    return [row[1] for row in checked.rows()]


def export(header, *cells):
    rows = [f"{cell};K{at % 2};{at + 1},50" for at, cell in enumerate(cells)]
    return "\n".join([f"{header};Klantnr;Omzet", *rows]) + "\n"


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Periode", ["2023-11", "2024-02"]),
        ("Maand", ["november 2023", "februari 2024"]),
        ("Month", ["Nov-23", "Feb-24"]),
        ("Datum", ["11/2023", "02/2024"]),
        ("Boekperiode", ["202311", "202402"]),
        ("Orderdatum", ["nov. 2023", "feb 2024"]),
        ("Monat", ["November 2023", "Februar 2024"]),
        ("Jaar;Maand", ["2023;11", "2024;2"]),
        ("Maand;Jaar", ["november;2023", "feb;2024"]),
        ("Datum;Jaar", ["nov;2023", "feb;2024"]),
    ],
)
def test_a_month_is_read_as_its_first_day(write, header, cells):
    checked = read(write(export(header, *cells)))
    assert days(checked) == [dt.date(2023, 11, 1), dt.date(2024, 2, 1)]
    assert "datums per maand" in said(checked, "datum")


@pytest.mark.parametrize(
    ("header", "cells", "word"),
    [
        ("Kwartaal", ["Q4 2023", "Q1 2024"], "kwartaal"),
        ("Jaar;Kwartaal", ["2023;4", "2024;1"], "kwartaal"),
        ("Year;Quarter", ["2023;Q4", "2024;Q1"], "kwartaal"),
    ],
)
def test_a_quarter_is_read_as_its_first_day(write, header, cells, word):
    checked = read(write(export(header, *cells)))
    assert days(checked) == [dt.date(2023, 10, 1), dt.date(2024, 1, 1)]
    assert f"datums per {word}" in said(checked, "datum")


@pytest.mark.parametrize(
    ("header", "cells"),
    [("Week", ["2023-W52", "2024-W06"]), ("Jaar;Week", ["2023;52", "2024;6"]), ("Weeknr;Jaar", ["wk 52;2023", "wk 6;2024"])],
)  # fmt: skip
def test_a_week_is_read_as_its_monday(write, header, cells):
    checked = read(write(export(header, *cells)))
    assert days(checked) == [dt.date(2023, 12, 25), dt.date(2024, 2, 5)]
    assert "datums per week" in said(checked, "datum")


def test_a_month_beside_a_day_changes_nothing(write):
    text = "Maand;Jaar;Datum;Klantnr;Omzet\n2;2024;15-2-2024;K1;10,50\n"
    checked = read(write(text))
    assert days(checked) == [dt.date(2024, 2, 15)]
    assert "jaar" not in dict(checked.quality.headers)


def test_months_without_a_year_are_still_asked_about(write):
    with pytest.raises(Ambiguous, match="'januari' hebben geen jaar"):
        read(write(export("Maand", "januari", "maart")))


@pytest.mark.slow
def test_a_month_of_which_either_part_can_be_the_year_is_asked_and_the_answer_works(write):
    path = write(export("Periode", "03-04", "05-04"))
    with pytest.raises((Ambiguous, ColumnsMissing)):
        read(path)
    columns = {"datum": "Periode"}
    with pytest.raises(Ambiguous) as asked:
        read(path, columns)
    assert "--datumvolgorde dmj" in asked.value.remedy
    assert days(read(path, columns, date_order="dmj")) == [dt.date(2004, 3, 1), dt.date(2004, 5, 1)]
    assert days(read(path, columns, date_order="jmd")) == [dt.date(2003, 4, 1), dt.date(2005, 4, 1)]


def test_months_among_days_are_refused(write):
    with pytest.raises(RowsRefused):
        read(write(export("Datum", "15-2-2024", "2024-03")))


def test_days_without_a_year_are_no_months(write):
    with pytest.raises(RowsRefused):
        read(write(export("Datum", "jan-05", "jan-12", "jan-24")))


def test_a_total_below_a_few_months_is_passed_over(write):
    checked = read(write(export("Periode", "2024-01", "2024-02") + "Totaal;;4,00\n"))
    assert figures(checked)[:2] == (2, 4.0)


def test_months_that_lost_their_last_nought_are_refused(write):
    with pytest.raises(RowsRefused):
        read(write(export("Datum", "2024.1", "2024.11", "2024.12")))


def test_months_below_a_header_that_nobody_knows_are_proposed(write):
    path = write(export("Wanneer", "2023-11", "2023-12", "2024-01", "2024-02"))
    with pytest.raises(ColumnsMissing) as asked:
        read(path)
    assert days(follow(path, asked.value))[0] == dt.date(2023, 11, 1)


def test_months_of_a_typed_source_are_read_the_same_way(tmp_path):
    path = tmp_path / "verkoop.parquet"
    rows = "(values (2023, 11, 'K1', 10.5), (2024, 2, 'K2', 20.0)) t(jaar, maand, klantnr, omzet)"
    duckdb.sql(f"copy (from {rows}) to '{path}'")
    checked = read(path)
    assert days(checked) == [dt.date(2023, 11, 1), dt.date(2024, 2, 1)]
    assert figures(checked) == (2, 30.5, 30.5, 2)


@pytest.mark.parametrize(
    ("header", "cells", "first"),
    [
        ("Week", ("2024-03", "2024-04", "2024-11"), dt.date(2024, 1, 15)),
        ("Weeknummer", ("202403", "202404", "202411"), dt.date(2024, 1, 15)),
        ("Jaar-week", ("2024/3", "2024/4", "2024/11"), dt.date(2024, 1, 15)),
        ("KW", ("03-2024", "04-2024", "11-2024"), dt.date(2024, 1, 15)),
    ],
)
def test_a_year_and_a_number_below_a_header_of_weeks_are_no_month(write, header, cells, first):
    checked = read(write(export(header, *cells)))
    assert days(checked)[::2] == [first, dt.date(2024, 3, 11)]
    assert "datums per week" in said(checked, "datum")


def test_a_week_that_no_year_has_is_refused(write):
    with pytest.raises((RowsRefused, ColumnsMissing)):
        read(write(export("Week", "2024-03", "2024-54")))


def test_a_day_of_a_week_is_a_day(write):
    checked = read(write(export("Datum", "2024-W03-1", "2024-W03-7", "2024W092")))
    assert days(checked) == [dt.date(2024, 1, 15), dt.date(2024, 1, 21), dt.date(2024, 2, 27)]
    assert not said(checked, "datum")
