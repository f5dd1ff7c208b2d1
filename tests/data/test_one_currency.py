"""Amounts of tables without orders are in one currency: said, asked about or converted, never added up."""

import datetime as dt

import duckdb
import openpyxl
import pytest

from klantwaarde_xl.cli.commands import main
from klantwaarde_xl.data.declared_tables import CONTRACTEN, DOELEN, PRIJZEN
from klantwaarde_xl.data.reading.cells.columns import Reading
from klantwaarde_xl.data.reading.files import read_table, table_from_cells
from klantwaarde_xl.data.tables import COSTS
from klantwaarde_xl.errors import Ambiguous

TODAY = dt.date(2026, 11, 27)
HEADERS = ["Maand", "Kanaal", "Kosten", "Valuta"]
SPENT = [["2026-01", "Ads", 100, "EUR"], ["2026-02", "Ads", 50, "USD"], ["2026-02", "Beurs", 30, "EUR"]]
DOLLARS = Reading(currencies=(("EUR", 1.0), ("USD", 0.5)))


def in_csv(folder, headers, rows):
    lines = [";".join("" if cell is None else str(cell) for cell in row) for row in [headers, *rows]]
    (folder / "t.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder / "t.csv"


def in_workbook(folder, headers, rows):
    book = openpyxl.Workbook()
    for row in [headers, *rows]:
        book.active.append(row)
    book.save(folder / "t.xlsx")
    return folder / "t.xlsx"


def in_parquet(folder, headers, rows):
    con = duckdb.connect()
    types = ["double" if isinstance(cell, int | float) else "varchar" for cell in rows[0]]
    con.execute(
        "create table t (" + ", ".join(f'"{h}" {t}' for h, t in zip(headers, types, strict=True)) + ")"
    )
    con.executemany(f"insert into t values ({', '.join('?' for _ in headers)})", rows)
    con.execute(f"copy t to '{folder / 't.parquet'}' (format parquet)")
    return folder / "t.parquet"


def cells(table, headers, *rows, reading=None):
    return table_from_cells(table, headers, rows, source="Blad", today=TODAY, reading=reading)


def amounts(checked):
    at = checked.table.headers.index(checked.table.amount.name)
    return [row[at] for row in checked.rows()]


def said(checked):
    return [str(one) for one in checked.quality.said if one.about == "valuta"]


@pytest.mark.slow
@pytest.mark.parametrize("write", [in_csv, in_workbook, in_parquet])
def test_two_currencies_in_a_column_of_their_own_are_a_question_whose_answers_work(tmp_path, write):
    path = write(tmp_path, HEADERS, SPENT)
    with pytest.raises(Ambiguous, match=r"EUR \(2 rijen, 130,00\), USD \(1 rij, 50,00\)") as error:
        read_table(path, COSTS, today=TODAY)
    assert "--valuta EUR,USD=0.92" in error.value.remedy
    euros = read_table(path, COSTS, today=TODAY, reading=Reading(currencies=(("EUR", 1.0),)))
    assert amounts(euros) == [100, 30]
    assert [str(left) for left in euros.quality.left_out] == [
        "1 rij, samen $ 50,00: een valuta die u niet koos (--valuta)"
    ]
    assert euros.quality.rows_read == 3
    assert amounts(read_table(path, COSTS, today=TODAY, reading=DOLLARS)) == [100, 25, 30]


def test_our_own_sheet_with_a_column_of_currencies_beside_it_is_asked_about_too():
    with pytest.raises(Ambiguous, match="meer dan één valuta") as error:
        cells(COSTS, ["maand", "kanaal", "bedrag", "valuta"], *SPENT)
    assert "Of zet ze in de tabel zelf in één valuta." in error.value.remedy


@pytest.mark.parametrize("currency", ["USD", "$", "us$", "usd"])
def test_one_currency_is_said_and_rows_without_one_are_counted(currency):
    got = cells(COSTS, HEADERS, ["2026-01", "Ads", 100, currency], ["2026-02", "Ads", 50, ""])
    assert said(got) == [
        "valuta: de bedragen zijn in USD, en zo toont een nieuw werkboek ze",
        "valuta: 1 bedrag zonder valuta is gelezen als USD",
    ]
    assert said(cells(COSTS, HEADERS, ["2026-01", "Ads", 100, "EUR"])) == []


def test_the_header_of_an_amount_names_its_currency():
    row = ["2026-01", "Ads", 100]
    assert said(cells(COSTS, ["Month", "Channel", "Amount spent (USD)"], row)) == [
        "valuta: de bedragen zijn in USD, en zo toont een nieuw werkboek ze"
    ]
    with pytest.raises(Ambiguous, match="zegt EUR, en kolom 'Valuta' zegt USD") as error:
        cells(COSTS, ["Maand", "Kanaal", "Bedrag (EUR)", "Valuta"], [*row, "USD"])
    assert '--kolommen "valuta=-"' in error.value.remedy


def test_an_amount_that_names_another_currency_than_its_header_is_asked_about():
    with pytest.raises(Ambiguous, match="meer dan één valuta"):
        cells(COSTS, ["Maand", "Kanaal", "Bedrag (EUR)"], ["2026-01", "Ads", "$ 5"], ["2026-01", "Ads", "6"])


def test_a_dollar_sign_is_of_the_country_that_the_column_of_currencies_says():
    got = cells(COSTS, HEADERS, ["2026-01", "Ads", "$ 5", "CAD"])
    assert said(got)[0].startswith("valuta: de bedragen zijn in CAD")


@pytest.mark.slow
def test_contracts_in_two_currencies_are_converted_as_the_user_says():
    rows = [
        ["1-1-2026", "basis", 10, "EUR"],
        ["1-2-2026", "basis", 10, "USD"],
        ["1-3-2026", "basis", None, ""],
    ]
    headers = ["Startdatum", "Plan", "Maandbedrag", "Currency"]
    with pytest.raises(Ambiguous, match="meer dan één valuta"):
        cells(CONTRACTEN, headers, *rows)
    got = cells(CONTRACTEN, headers, *rows, reading=DOLLARS)
    assert amounts(got) == [10, 5, None]
    assert said(got) == ["valuta: omgerekend naar EUR met EUR = 1, USD = 0,5"]


@pytest.mark.slow
def test_a_target_in_another_currency_is_no_target_in_euro():
    rows = [["omzet", "2026-01", 1000, "EUR"], ["omzet", "2026-02", 1000, "USD"], ["NPS", "2026-01", 30, ""]]
    headers = ["kpi", "maand", "doel", "valuta"]
    with pytest.raises(Ambiguous, match="meer dan één valuta"):
        cells(DOELEN, headers, *rows)
    targets = cells(DOELEN, headers, *rows, reading=DOLLARS).con.execute(
        "select doel from doelen order by rij"
    )
    assert [value for (value,) in targets.fetchall()] == [1000, 500, 30]
    only = cells(DOELEN, headers, *rows, reading=Reading(currencies=(("EUR", 1.0),)))
    assert [str(left) for left in only.quality.left_out] == ["1 rij: een valuta die u niet koos (--valuta)"]


@pytest.mark.slow
def test_our_own_price_beside_one_in_dollars_is_asked_about_and_its_header_answers():
    headers = ["product", "concurrent", "prijs", "valuta"]
    rows = [["fiets", "x", 100, "USD", 60], ["fiets", "y", 80, "EUR", 60]]
    with pytest.raises(Ambiguous, match="Of dat ook voor 'onze prijs' geldt") as error:
        cells(PRIJZEN, [*headers, "onze prijs"], *rows, reading=DOLLARS)
    assert '"eigen prijs=-"' in error.value.remedy
    got = cells(PRIJZEN, [*headers, "onze prijs (EUR)"], *rows, reading=DOLLARS)
    assert [row[2:4] for row in got.rows()] == [(50, 60), (80, 60)]
    assert amounts(cells(PRIJZEN, headers, *[row[:4] for row in rows], reading=DOLLARS)) == [50, 80]


def test_rates_can_be_given_on_the_command_line(tmp_path, capsys):
    path = str(in_csv(tmp_path, HEADERS, SPENT))
    assert main(["controleer", "--tabel", "kosten", path]) != 0
    assert "--valuta EUR" in capsys.readouterr().err
    assert main(["controleer", "--tabel", "kosten", path, "--valuta", "EUR,USD=0.5"]) == 0
    assert "omgerekend naar EUR met EUR = 1, USD = 0,5" in capsys.readouterr().out
