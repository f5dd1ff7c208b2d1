"""Money: read as it is written, added as it is read, rounded only where it is shown."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantwaarde_xl.data.analyse import analyse
from klantwaarde_xl.data.reading.files import read_transactions, transactions_from_cells
from klantwaarde_xl.errors import RowsRefused

CASES = Path(__file__).parent / "cases"
TODAY = dt.date(2026, 11, 27)
HEADERS = ("klant", "datum", "bedrag")


def of_file(name):
    return read_transactions(CASES / name, today=TODAY)


def of_rows(*rows):
    return transactions_from_cells(HEADERS, rows, source="proef", today=TODAY)


def of_texts(folder, *amounts):
    path = folder / "bedragen.csv"
    path.write_text("klant;datum;bedrag\n" + "".join(f"A;31-12-2024;{text}\n" for text in amounts))
    return read_transactions(path, today=TODAY)


# ── added exactly ───────────────────────────────────────────────────────────────────────────


def test_a_thousand_eighths_of_a_euro_are_a_hundred_and_twenty_five_euro():
    made = analyse(of_file("c17_halve_centen.csv"))
    assert made["kpi"].column("omzet") == [125.0]
    assert made["kpi"].column("AOV") == [0.125]
    assert sum(made["rfm"].column("omzet")) == 125.0
    assert sum(made["segmenten"].column("omzet")) == 125.0
    assert made.quality.amount_kept == 125.0


def test_a_crumb_in_scientific_notation_is_an_order_of_nought():
    read = of_file("c11_wetenschappelijk.csv")
    assert [row[2] for row in read.rows()] == [150.0, 0.0, 20.0]
    assert analyse(read)["kpi"].column("orders") == [2, 1]


def test_a_crumb_in_a_cell_of_a_workbook_is_an_order_of_nought():
    assert of_rows(["A", dt.date(2024, 1, 5), 1.776e-15]).rows()[0][2] == 0.0


def test_an_amount_of_a_million_millions_is_refused(tmp_path):
    assert of_texts(tmp_path, "999999999999,99").rows()[0][2] == 999999999999.99
    with pytest.raises(RowsRefused, match="rij 2, kolom bedrag"):
        of_texts(tmp_path, "1000000000000")
    with pytest.raises(RowsRefused, match="rij 2, kolom bedrag"):
        of_texts(tmp_path, "-1000000000000")


def test_the_last_year_is_added_exactly():
    days = [dt.date(2023, 1, 5), *(dt.date(2023, month, 7) for month in range(2, 13))]
    rows = [["A", day, 0.333333] for day in days]
    made = analyse(of_rows(*rows, ["A", dt.date(2023, 12, 31), -0.125]), None, ["brug"])
    assert made.figures["brug_omzet"] == 3.999996
    assert made.figures["brug_netto"] == 3.874996
    assert made.figures["brug_eerste"] == 0.333333


def exact(values):
    """The sum of doubles that each stand for a number of six decimals."""
    return sum(Decimal(value).quantize(Decimal("0.000001")) for value in values)


AMOUNTS = st.one_of(
    st.sampled_from(["0.125", "0.333333", "-0.333333", "1.005", "-0.000001"]).map(Decimal),
    st.decimals(-1000, 1000, places=6),
)
TRANSACTION = st.tuples(
    st.sampled_from("ABCDEFGH"), st.dates(dt.date(2023, 1, 1), dt.date(2024, 6, 30)), AMOUNTS
)


@settings(max_examples=30, deadline=None)
@given(st.lists(TRANSACTION, min_size=1, max_size=60))
def test_customers_and_loose_refunds_are_to_the_last_decimal_what_months_are(rows):
    rows = [*rows, ("A", dt.date(2023, 5, 5), Decimal("0.125"))]  # one order at least
    made = analyse(of_rows(*((name, day, float(amount)) for name, day, amount in rows)))
    total = sum(amount for _, _, amount in rows)
    assert exact([*made["rfm"].column("omzet"), made.figures["losse_retouren"]]) == total
    assert exact(made["kpi"].column("netto omzet")) == total
    assert exact([made.quality.amount_kept]) == total


@settings(max_examples=30, deadline=None)
@given(st.lists(AMOUNTS.map(abs), min_size=5, max_size=40))
def test_segments_are_to_the_last_decimal_what_their_customers_are(amounts):
    rows = [(f"K{number % 9}", dt.date(2024, 1, 5), float(amount)) for number, amount in enumerate(amounts)]
    made = analyse(of_rows(*rows), None, ["segmenten"])
    assert exact(made["segmenten"].column("omzet")) == sum(amounts)
