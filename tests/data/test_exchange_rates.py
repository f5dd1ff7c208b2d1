"""Amounts in the currency of their row beside the same in euros: the euros are taken, without a question."""

import pytest
import xlsxwriter

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, typed
from tests.examples import crossed

SALES = [
    ("CHF", 1.0312, 310.0),
    ("EUR", 1, 45.5),
    ("SEK", 0.0884, 1200.0),
    ("CHF", 1.0287, 85.25),
    ("EUR", 1, 20.0),
]
EUROS = round(sum(round(rate * amount, 2) for _, rate, amount in SALES), 2)
FOREIGN = ["Bedrag valuta", "Amount FC", "Bedrag in VV", "Foreign amount", "Factuurbedrag (vreemde valuta)"]
BOOKS = ["Bedrag", "Amount", "Bedrag EUR", "Amount (base)"]
RATES = ["Koers", "Exchange rate", "Wisselkoers", "Rate"]


def lines(foreign, books, rate, *, per_euro=False):
    yield ["Factuurnr", "Klantnr", "Datum", "Valuta", rate, foreign, books]
    for at, (code, times, amount) in enumerate(SALES):
        shown = round(1 / times, 5) if per_euro else times
        yield [f"F{at}", f"K{at % 2}", f"2025-04-{at + 1:02}", code, shown, amount, round(times * amount, 2)]


def saved(tmp_path, rows, order, comma):
    def text(cell):
        shown = f"{cell:.5f}" if isinstance(cell, float) and cell < 12 else str(cell)
        return shown.replace(".", ",") if comma and isinstance(cell, float) else shown

    path = tmp_path / "uit.csv"
    path.write_text("".join(";".join(text(row[at]) for at in order) + "\n" for row in rows), encoding="utf-8")
    return path


ORDERS = [(0, 1, 2, 3, 4, 5, 6), (6, 5, 4, 3, 2, 1, 0), (2, 6, 1, 4, 0, 5, 3)]


@pytest.mark.parametrize("per_euro", [False, True])
@pytest.mark.parametrize("comma", [False, True])
@pytest.mark.parametrize(("foreign", "books", "rate", "order"), crossed(FOREIGN, BOOKS, RATES, ORDERS))
def test_the_column_in_euros_is_taken(tmp_path, foreign, books, rate, order, comma, per_euro):
    path = saved(tmp_path, lines(foreign, books, rate, per_euro=per_euro), order, comma)
    checked = read(path)
    assert figures(checked)[:2] == (5, EUROS)
    assert f"{books!r} is {foreign!r} in euro's" in " ".join(checked.quality.notes)


@pytest.mark.slow
def test_the_column_in_euros_of_a_workbook(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "uit.xlsx") as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(lines("Bedrag valuta", "Bedrag", "Koers")):
            sheet.write_row(at, 0, row)
    assert figures(read(tmp_path / "uit.xlsx"))[1] == EUROS


def test_a_currency_that_the_user_wants_is_asked_of_the_column_that_has_it(tmp_path):
    path = saved(tmp_path, lines("Bedrag valuta", "Bedrag", "Koers"), ORDERS[0], comma=False)
    assert figures(typed(path, '--kolommen "bedrag=Bedrag valuta" --valuta CHF'))[1] == 395.25


def test_what_no_rate_proves_is_asked_about(tmp_path):
    rows = [
        [*row[:4], 2.5 if at else row[4], *row[5:]]
        for at, row in enumerate(lines("Bedrag valuta", "Bedrag", "Koers"))
    ]
    with pytest.raises(Ambiguous, match="meer dan één valuta"):
        read(saved(tmp_path, rows, ORDERS[0], comma=False))


@pytest.mark.slow
def test_books_in_another_currency_than_the_euro_are_asked_about(tmp_path):
    rows = [
        ["GBP" if cell == "EUR" else cell for cell in row] for row in lines("Amount FC", "Amount", "Rate")
    ]
    with pytest.raises(Ambiguous, match="meer dan één valuta"):
        read(saved(tmp_path, rows, ORDERS[0], comma=False))


HEADS = ("Currency", "Total", "Payout currency", "Payout total")


def paid_out(tmp_path, heads, off=0.0):
    rows = [
        ",".join(
            (
                f"T{at}",
                f"2025-05-{at + 1:02}",
                f"K{at % 2}",
                code,
                f"{amount}",
                "EUR",
                f"{rate * amount - off:.2f}",
            )
        )
        for at, (code, rate, amount) in enumerate(SALES)
    ]
    path = tmp_path / "uit.csv"
    path.write_text(
        "\n".join([f"Transaction ID,Date,Customer ID,{','.join(heads)}", *rows]), encoding="utf-8"
    )
    return path


def test_money_that_is_the_amount_where_that_is_in_euros_is_it_in_euros(tmp_path):
    assert figures(read(paid_out(tmp_path, HEADS)))[:2] == (5, EUROS)


def test_money_that_is_less_than_the_amount_in_euros_is_not_taken_for_it(tmp_path):
    with pytest.raises(Ambiguous, match="valuta"):
        read(paid_out(tmp_path, HEADS, off=1.5))
