"""Shops, branches and tills that each number their own receipts."""

import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, said, write

__all__ = ["write"]

RECEIPTS = "Bonnummer;{head};Datum;Klantnr;Totaal\n{rows}"


def receipts(write, head, rows):
    return read(write(RECEIPTS.format(head=head, rows=rows)))


@pytest.mark.parametrize("head", ["Filiaal", "Winkel", "Kassa", "Vestigingsnaam", "Location", "Register"])
def test_one_number_in_two_shops_is_two_orders(write, head):
    head = head.replace("Vestigingsnaam", "Vestiging naam")
    checked = receipts(write, head, "7;Noord;4-3-2025;A;12\n7;Zuid;4-3-2025;A;12\n8;Noord;5-3-2025;B;3\n"
                       "8;Zuid;9-3-2025;B;4\n")  # fmt: skip
    assert figures(checked) == (4, 31.0, 31.0, 2)
    assert f"'{head}'" in said(checked, "rij")


def test_a_guest_in_one_shop_is_not_the_customer_of_another(write):
    checked = receipts(write, "Filiaal", "7;Noord;4-3-2025;A;12\n7;Zuid;4-3-2025;;80\n8;Noord;5-3-2025;A;3\n")
    assert figures(checked) == (3, 95.0, 95.0, 1)
    assert any("1 order zonder klant, samen € 80,00" in note for note in checked.quality.notes)


def test_guests_at_two_tills_are_two_orders_though_nothing_else_differs(write):
    checked = receipts(write, "Kassa", "7;K1;4-3-2025;;12\n7;K2;4-3-2025;;12\n8;K1;5-3-2025;;3\n")
    assert figures(checked)[:2] == (3, 27.0)


def test_lines_of_an_order_in_one_shop_are_still_one(write):
    rows = "7;Noord;4-3-2025;A;12\n7;Noord;4-3-2025;A;5\n7;Zuid;9-3-2025;B;1\n7;Zuid;9-3-2025;B;2\n"
    assert figures(receipts(write, "Winkel", rows))[:2] == (2, 20.0)


def test_a_line_that_leaves_out_its_shop_has_that_of_its_order(write):
    rows = "7;Noord;4-3-2025;A;12\n7;;4-3-2025;A;5\n7;Zuid;9-3-2025;B;1\n"
    assert figures(receipts(write, "Winkel", rows))[:2] == (2, 18.0)


def test_sellers_of_the_lines_of_one_order_do_not_split_it(write):
    rows = "7;Noord;4-3-2025;A;12\n7;Zuid;4-3-2025;A;5\n8;Noord;5-3-2025;B;1\n"
    checked = receipts(write, "Shop", rows)
    assert figures(checked)[:2] == (2, 18.0)
    assert "'Shop'" not in said(checked, "rij")


@pytest.mark.slow
def test_a_total_on_each_line_counts_once_in_each_till(write):
    rows = "7;K1;4-3-2025;A;12\n7;K1;4-3-2025;A;12\n7;K2;4-3-2025;B;12\n7;K2;4-3-2025;B;12\n"
    path = write(f"Bonnummer;Kassa;Datum;Klantnr;Ordertotaal\n{rows}")
    assert figures(read(path))[:2] == (2, 24.0)


@pytest.mark.slow
def test_a_receipt_is_made_at_one_till_whoever_bought(write):
    rows = ["1;14-05-2025;K1;7;10,50", "1;14-05-2025;K2;7;20,00", "2;14-05-2025;K1;7;5,00"]
    path = write("\n".join(["Bonnr;Datum;Kassa;Klantnr;Totaal", *rows]) + "\n")
    assert figures(read(path))[0] == 3


def test_placeholders_of_customers_do_not_join_receipts(write):
    rows = ["1;14-05-2025;U;Passant;10,50", "1;14-05-2025;Z;Passant;20,00", "2;14-05-2025;U;Passant;5,00"]
    path = write("\n".join(["Ordernummer;Datum;Vestiging;Klant;Totaal", *rows]) + "\n")
    assert figures(read(path))[0] == 3


MIXED = ["1;14-05-2025;U;7;10,50", "1;14-05-2025;Z;7;20,00", "2;14-05-2025;U;7;5,00", "2;14-05-2025;Z;8;6,00"]
MIXED += ["3;15-05-2025;U;9;1,50", "3;15-05-2025;Z;9;2,50"]


@pytest.mark.slow
def test_numbers_that_are_of_one_customer_in_most_branches_are_a_question_whose_answers_work(write):
    path = write("\n".join(["Ordernummer;Datum;Vestiging;Klant;Totaal", *MIXED]) + "\n")
    with pytest.raises(Ambiguous, match="eigen nummers") as asked:
        read(path)
    assert "--kolommen order=-" in asked.value.remedy
    assert figures(read(path, {"order": "Ordernummer"}))[0] == 4
    assert figures(read(path, {"order": "-"}))[0] == 6


def test_orders_that_go_on_in_another_branch_are_one_and_said(write):
    path = write("\n".join(["Ordernummer;Datum;Vestiging;Klant;Totaal", *MIXED[:2], *MIXED[4:]]) + "\n")
    checked = read(path)
    assert figures(checked)[0] == 2
    assert "gaan door" in said(checked, "rij")
