"""Orders and costs in two currencies are never added up or divided: it is said, with what helps."""

import pytest

from klantwaarde_xl.cli.commands import main
from klantwaarde_xl.data.analyse import analyse
from klantwaarde_xl.data.one_money import money_of, taken_for
from klantwaarde_xl.data.reading.cells.columns import Reading
from klantwaarde_xl.data.reading.files import read_table, read_transactions
from klantwaarde_xl.data.tables import tables
from klantwaarde_xl.errors import DataError
from klantwaarde_xl.workbook.build import build_workbook
from klantwaarde_xl.workbook.refresh import refresh_file
from klantwaarde_xl.workbook.templates import template
from tests.conftest import NOW

ORDERS = [("A", "2026-01-05", 80), ("B", "2026-02-07", 30), ("A", "2026-03-09", 55), ("C", "2026-04-11", 20)]
COSTS = [("2026-01", "Post", 40), ("2026-02", "Post", 25)]


def lines(head, rows, code):
    more = ([",valuta"], [f",{code}"] * len(rows)) if code else ([""], [""] * len(rows))
    return "\n".join(
        [head + more[0][0], *(",".join(map(str, r)) + m for r, m in zip(rows, more[1], strict=True)), ""]
    )


def files(folder, orders, costs):
    """Both files, each with a column of its currency where it names one."""
    paths = folder / "orders.csv", folder / "kosten.csv"
    paths[0].write_text(lines("klant,datum,bedrag", ORDERS, orders), encoding="utf-8")
    paths[1].write_text(lines("maand,kanaal,bedrag", COSTS, costs), encoding="utf-8")
    return paths


def read(folder, orders, costs, reading=None):
    first, second = files(folder, orders, costs)
    found = read_transactions(first, reading=reading)
    return {
        "transacties": found,
        "kosten": read_table(second, tables()["kosten"], today=NOW.date(), reading=reading, con=found.con),
    }


@pytest.mark.parametrize(
    ("orders", "costs", "wanted"),
    [("USD", "USD", "USD"), ("USD", "", "USD"), ("", "", "EUR"), ("", "EUR", "EUR"), ("EUR", "", "EUR")],
)
def test_one_currency_is_that_of_all(tmp_path, orders, costs, wanted):
    found = read(tmp_path, orders, costs)
    assert money_of(found) == wanted
    told = taken_for(found, found.keys())
    assert [("kosten" in one.lower(), f"tellen als {wanted}" in one) for one in told] == [(True, True)] * (
        wanted != "EUR" and not costs
    )
    assert not taken_for(found, {"transacties"})  # those on a sheet stand there with their sign


@pytest.mark.parametrize(("orders", "costs"), [("USD", "EUR"), ("EUR", "GBP"), ("", "DKK"), ("CHF", "EUR")])
def test_two_are_refused_and_the_advice_works(tmp_path, orders, costs):
    found = read(tmp_path, orders, costs)
    for act in (lambda: analyse(found), lambda: build_workbook(template("dashboard"), found, now=NOW)):
        with pytest.raises(DataError, match=f"zijn in {orders or 'EUR'}, en .* in {costs}") as error:
            act()
    (option,) = [word for word in error.value.remedy.split() if "=" in word]
    money = dict(part.partition("=")[::2] for part in option.split(","))
    rates = tuple((code, float(rate or 1)) for code, rate in money.items())
    mended = read(tmp_path, orders, costs, Reading(currencies=rates))
    assert money_of(mended) == (orders or "EUR")
    assert sum(row[2] for row in mended["kosten"].rows()) == pytest.approx(65 * 0.92)
    assert sum(row[2] for row in mended["transacties"].rows()) == pytest.approx(185)


def test_the_command_refuses_and_takes_the_option_that_it_names(tmp_path, capsys):
    first, second = files(tmp_path, "USD", "EUR")
    words = ["nieuw", "dashboard", "--gegevens", f"transacties={first}", "--gegevens", f"kosten={second}"]
    book = tmp_path / "boek.xlsx"
    assert main([*words, "--uit", str(book)]) != 0
    assert "--valuta USD,EUR=0.92" in capsys.readouterr().err
    assert not book.exists()
    assert main([*words, "--valuta", "USD,EUR=0.92", "--uit", str(book)]) == 0


def test_a_refresh_with_costs_in_another_currency_leaves_the_workbook_as_it_was(tmp_path):
    found = read(tmp_path, "USD", "EUR")
    book = tmp_path / "boek.xlsx"
    build_workbook(template("dashboard"), found["transacties"], now=NOW).save(book)
    before = book.read_bytes()
    with pytest.raises(DataError, match="USD"):
        refresh_file(book, now=NOW, tables={"kosten": found["kosten"]}, backup=False)
    assert book.read_bytes() == before
