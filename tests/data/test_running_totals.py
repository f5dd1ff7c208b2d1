"""Columns that add up as they go: the total of all rows so far is no amount of an order."""

from itertools import accumulate

import pytest
import xlsxwriter

from klantwaarde_xl.errors import Ambiguous, ColumnsMissing
from tests.data.exported import figures, read, typed
from tests.examples import crossed

AMOUNTS = [18.4, 92.0, 7.25, 41.9, 63.35, 12.0, 30.8, 9.15, 77.7, 24.6, 51.0, 16.05]
OWN = round(sum(AMOUNTS), 2)
HEADS = [
    ("Omzet", "Totaal"), ("Bedrag", "Cumulatief"), ("Bedrag", "Saldo"), ("Sale", "Total"),
    ("Spend", "Amount"), ("Order value", "Running total"), ("Verkocht", "Totaalbedrag"),
]  # fmt: skip


def table(steps, whole, *, per_customer=False, backwards=False, total_first=False):
    so_far, rows = {}, []
    for at, amount in enumerate(AMOUNTS):
        who = f"K{at % 3}"
        name = who if per_customer else ""
        so_far[name] = so_far.get(name, 0) + amount
        money = [f"{amount:.2f}", f"{so_far[name]:.2f}"]
        rows.append([f"2024-02-{at + 3:02}", who, *(money[::-1] if total_first else money)])
    head = ["Datum", "Klantnummer", *([whole, steps] if total_first else [steps, whole])]
    return [head, *(rows[::-1] if backwards else rows)]


def saved(tmp_path, rows):
    path = tmp_path / "uit.csv"
    path.write_text("".join(",".join(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("heads", "per_customer", "total_first"), crossed(HEADS, [False, True], [False, False, True, True])
)
def test_the_amount_of_each_row_is_taken_and_not_the_total_so_far(tmp_path, heads, per_customer, total_first):
    steps, whole = heads
    rows = table(steps, whole, per_customer=per_customer, total_first=total_first)
    checked = read(saved(tmp_path, rows))
    assert figures(checked) == (12, OWN, OWN, 3)
    assert not any("kon ook" in note for note in checked.quality.notes)


@pytest.mark.parametrize(
    "order", [lambda rows: rows[::-1], lambda rows: sorted(rows, key=lambda row: row[1])]
)
def test_a_total_so_far_is_known_in_any_order_of_its_rows(tmp_path, order):
    head, *rows = table("Omzet", "Totaal")
    checked = read(saved(tmp_path, [head, *order(rows)]))
    assert figures(checked)[1] == OWN
    assert "telt 'Omzet' op van rij tot rij" in " ".join(checked.quality.notes)


@pytest.mark.slow
def test_a_total_so_far_in_a_workbook(tmp_path):
    head, *rows = table("Sale", "Total")
    with xlsxwriter.Workbook(tmp_path / "uit.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, head)
        for at, row in enumerate(rows, 1):
            sheet.write_row(at, 0, [*row[:2], *map(float, row[2:])])
    assert figures(read(tmp_path / "uit.xlsx"))[1] == OWN


@pytest.mark.parametrize("head", ["Totaal tot nu toe", "Running total", "Cumulatieve omzet", "Lopend totaal"])
def test_a_header_that_says_so_is_not_proposed_as_the_amount(tmp_path, head):
    rows = [row[:2] + row[3:] for row in table("Omzet", head)]
    with pytest.raises(ColumnsMissing) as error:
        read(saved(tmp_path, rows))
    assert f"bedrag={head}" not in error.value.remedy


@pytest.mark.parametrize(("backwards", "head"), crossed([False, True], ["Bedrag", "Amount", "Omzet"]))
def test_amounts_that_only_rise_with_the_days_are_asked_about(tmp_path, head, backwards):
    path = saved(tmp_path, [row[:2] + row[3:] for row in table("x", head, backwards=backwards)])
    with pytest.raises(Ambiguous, match="lopend totaal") as error:
        read(path)
    assert f"--kolommen bedrag={head}" in error.value.remedy
    assert figures(typed(path, f"--kolommen bedrag={head}"))[1] == round(sum(accumulate(AMOUNTS)), 2)


@pytest.mark.slow
def test_orders_that_fall_now_and_then_or_rise_evenly_or_are_sorted_by_amount_are_no_question(tmp_path):
    orders = [["Datum", "Klant", "Bedrag"]]
    orders += [[f"2024-02-{at + 3:02}", f"K{at % 3}", str(amount)] for at, amount in enumerate(AMOUNTS)]
    assert figures(read(saved(tmp_path, orders)))[1] == OWN
    head, *rows = orders
    assert figures(read(saved(tmp_path, [head, *sorted(rows, key=lambda row: float(row[2]))])))[1] == OWN
    even = [[f"2024-02-{at + 3:02}", "K1", f"{10 * at + 10}.00"] for at in range(12)]
    assert figures(read(saved(tmp_path, [head, *even])))[1] == 780.0


@pytest.mark.parametrize("customers", [1, 6, 14])
def test_a_price_that_rises_each_year_is_no_total(tmp_path, customers):
    """Subscriptions of a year, each dearer than the one before by a share of its own."""
    years = 12 if customers == 1 else 3
    rows = [
        [
            f"{2012 + year}-02-{who + 3:02}",
            f"K{who}",
            f"{(100 + 17 * who) * (1.021 + who / 1000) ** year + year:.2f}",
        ]
        for year in range(years)
        for who in range(customers)
    ]
    wanted = round(sum(float(row[2]) for row in rows), 2)
    assert figures(read(saved(tmp_path, [["Datum", "Klant", "Bedrag"], *rows])))[1] == wanted


def test_a_total_of_each_customer_is_asked_about(tmp_path):
    rows = []
    for who in range(6):
        totals = list(accumulate([20.0 + who, 35.5, 12.25 + who]))
        rows += [[f"2024-0{at + 1}-1{who}", f"K{who}", f"{total:.2f}"] for at, total in enumerate(totals)]
    with pytest.raises(Ambiguous, match="van elke klant"):
        read(saved(tmp_path, [["Datum", "Klant", "Bedrag"], *rows]))


@pytest.mark.parametrize(("customers", "months", "growth"), [(1, 24, 1.03), (3, 36, 1.04), (12, 6, 1.12)])
def test_what_grows_by_a_share_each_time_is_no_total(tmp_path, customers, months, growth):
    """Customers who use more each month, by about a share."""
    rows = [
        [
            f"{2020 + month // 12}-{month % 12 + 1:02}-{who + 3:02}",
            f"K{who}",
            f"{(80 + 23 * who) * growth**month * (1 + (month * 7 + who) % 5 / 400):.2f}",
        ]
        for month in range(months)
        for who in range(customers)
    ]
    wanted = round(sum(float(row[2]) for row in rows), 2)
    assert figures(read(saved(tmp_path, [["Datum", "Klant", "Bedrag"], *rows])))[1] == wanted


@pytest.mark.parametrize(("customers", "times"), [(1, 40), (8, 6)])
def test_totals_of_many_rows_or_customers_keep_the_question(tmp_path, customers, times):
    rows = []
    for who in range(customers):
        totals = accumulate(AMOUNTS[(at * 5 + who) % len(AMOUNTS)] + at for at in range(times))
        rows += [[f"{2020 + at // 12}-{at % 12 + 1:02}-{who + 3:02}", f"K{who}", f"{total:.2f}"]
                 for at, total in enumerate(totals)]  # fmt: skip
    with pytest.raises(Ambiguous, match="lopend totaal"):
        read(saved(tmp_path, [["Datum", "Klant", "Bedrag"], *sorted(rows)]))


def test_amounts_of_nought_among_others_are_no_total(tmp_path):
    rows = [[f"2024-02-{at + 3:02}", "K1", f"{amount}"] for at, amount in enumerate([9, 0, 12, 30, 31])]
    assert figures(read(saved(tmp_path, [["Datum", "Klant", "Bedrag"], *rows])))[1] == 82.0


DEPOSITS = [("Aanbetaling 30%", "Restbetaling"), ("1e termijn", "Slotfactuur"), ("Acompte", "Solde")]


def invoices(customers, words, per_customer=2):
    """A smaller invoice and larger ones later, of each customer."""
    rows = [["Factuurdatum", "Klantnummer", "Soort", "Bedrag excl. btw"]]
    for who in range(customers):
        for nth in range(per_customer):
            amount = (100 + 13.7 * who) * (0.3 if nth == 0 else 0.7 + 0.6 * (nth - 1))
            word = words[min(nth, len(words) - 1)]
            rows.append([f"2024-0{2 + nth * 2}-{who + 3:02}", f"K{who}", word, f"{amount:.2f}"])
    return rows


@pytest.mark.parametrize("words", DEPOSITS)
@pytest.mark.parametrize("per_customer", [2, 3])
def test_a_deposit_and_a_larger_rest_are_no_total_so_far(tmp_path, words, per_customer):
    rows = invoices(14, words, per_customer)
    revenue = round(sum(float(row[-1]) for row in rows[1:]), 2)
    assert figures(read(saved(tmp_path, rows))) == (14 * per_customer, revenue, revenue, 14)


def test_two_rows_of_each_customer_prove_no_total_so_far(tmp_path):
    assert figures(read(saved(tmp_path, invoices(14, ["Factuur"]))))[0] == 28
