"""Orders that are called refunded beside rows below nought: whether these are their refunds."""

import openpyxl
import pytest

from klantwaarde_xl.data.reading.files import read_transactions
from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import TODAY
from tests.data.test_paid_back_kinds import figures, read

HEAD = "Ordernr;Klant;Datum;Bedrag;"
SOLD = "1;A;01-02-2026;100;completed\n2;B;02-02-2026;50;refunded\n"


@pytest.mark.slow
@pytest.mark.parametrize("status", ["Order Status", "Payment Status"])
def test_rows_below_nought_that_are_too_little_for_refunded_orders_are_asked_about(tmp_path, status):
    text = f"{HEAD}{status}\n{SOLD};C;03-02-2026;-20;completed\n"
    with pytest.raises(Ambiguous, match=r"samen 50,00.*samen 20,00") as asked:
        read(tmp_path, text)
    assert '--tellen "betaald"' in str(asked.value)
    assert figures(read(tmp_path, text, counted=("betaald",)))[1] == 80.0
    last = str(asked.value).rpartition("--tellen ")[2].strip('".').split(",")
    assert figures(read(tmp_path, text, counted=tuple(last)))[1] == 130.0


@pytest.mark.parametrize("status", ["Order Status", "Payment Status"])
def test_rows_that_are_enough_for_refunded_orders_are_their_refunds(tmp_path, status):
    text = f"{HEAD}{status}\n{SOLD};B;03-02-2026;-50;completed\n;A;04-02-2026;-10;completed\n"
    assert figures(read(tmp_path, text))[1] == 90.0


@pytest.mark.slow
@pytest.mark.parametrize("status", ["Order Status", "Payment Status"])
def test_a_row_with_the_number_of_another_order_is_no_refund_of_this_one(tmp_path, status):
    text = f"{HEAD}{status}\n{SOLD}1;A;03-02-2026;-20;completed\n"
    assert figures(read(tmp_path, text))[1] == 80.0


@pytest.mark.slow
def test_a_total_on_each_line_of_a_refunded_order_is_paid_back_once(tmp_path):
    lines = "2;B;02-02-2026;50;refunded\n" * 3
    text = f"Ordernr;Klant;Datum;Ordertotaal;Order Status\n1;A;01-02-2026;100;completed\n{lines}"
    assert figures(read(tmp_path, f"{text};B;03-02-2026;-50;completed\n"))[1] == 100.0


@pytest.mark.parametrize("yes", ["1", "TRUE", "ja"])
def test_a_column_that_says_back_as_a_whole_beside_one_of_parts_takes_both(tmp_path, yes):
    no = {"1": "0", "TRUE": "FALSE", "ja": "nee"}[yes]
    text = (
        "Sale;Buyer Email;Purchase Date;Sale Price;Fully Refunded?;Partial Refund\n"
        f"a;a@x.nl;2025-01-03;24.20;{no};0.00\nb;b@x.nl;2025-02-13;30.00;{yes};0.00\n"
        f"c;a@x.nl;2025-03-03;60.50;{no};10.00\n"
    )
    assert figures(read(tmp_path, text)) == (3, 74.7, 2)


def test_so_it_does_in_a_workbook_whose_yes_and_no_are_numbers(tmp_path):
    book = openpyxl.Workbook()
    for row in (
        ("Sale", "Buyer Email", "Purchase Date", "Sale Price", "Fully Refunded?", "Partial Refund"),
        ("a", "a@x.nl", "2025-01-03", 24.2, 0, 0.0),
        ("b", "b@x.nl", "2025-02-13", 30.0, 1, 0.0),
        ("c", "a@x.nl", "2025-03-03", 60.5, 0, 10.0),
    ):
        book.active.append(row)
    book.save(tmp_path / "verkoop.xlsx")
    assert figures(read_transactions(tmp_path / "verkoop.xlsx", today=TODAY)) == (3, 74.7, 2)
