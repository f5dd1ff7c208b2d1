"""Revenue inside a total: a tip that is none, columns by rate of VAT, pieces × price without VAT."""

import pytest

from klantwaarde_xl.errors import Ambiguous, ColumnsMissing
from tests.data.exported import figures, follow, read, said, write

__all__ = ["write"]


def table(head, *rows):
    return "\n".join([head, *rows]) + "\n"


TIPPED = table(
    "Ticket no;Date;Customer no;Net sales;VAT;Gratuity;Amount due;Cash;Card",
    "T1;2024-06-03;C1;40.00;8.40;2.50;50.90;0.00;50.90",
    "T2;2024-06-04;C2;10.00;2.10;0.00;12.10;12.10;0.00",
    "T3;2024-06-07;C1;25.00;5.25;1.00;31.25;31.25;0.00",
)


@pytest.mark.slow
def test_a_tip_beside_net_and_vat_is_no_revenue_and_is_said(write):
    path = write(TIPPED.replace("Amount due", "Total"))
    checked = read(path)
    assert figures(checked)[:2] == (3, 75.0)
    assert "'Gratuity' is fooi" in said(checked, "bedrag")
    assert figures(read(path, vat="incl"))[1] == 90.75  # and none of it with VAT


def test_of_two_totals_the_one_without_the_tip_is_taken(write):
    path = write(table(
        "Bon;Klantnr;Datum;Fooi;Bedrag;Totaal",
        "1;K1;3-6-2024;3,00;60,50;63,50", "2;K2;4-6-2024;;18,15;18,15", "3;K1;9-6-2024;1,50;9,00;10,50",
    ))  # fmt: skip
    assert figures(read(path))[1] == 87.65


def test_a_tip_in_a_total_of_more_columns_goes_off(write):
    path = write(table(
        "Order;Besteldatum;Klantnr;Subtotaal;Verzendkosten;BTW;Tip;Totaal",
        "1;3-6-2024;K1;100,00;5,00;22,05;4,00;131,05", "2;4-6-2024;K2;20,00;5,00;5,25;0,00;30,25",
    ))  # fmt: skip
    checked = read(path)
    assert figures(checked)[1] == 157.3
    assert "samen € 4,00) is eraf" in said(checked, "bedrag")


def test_a_tip_that_was_paid_above_the_total_changes_nothing(write):
    path = write(table(
        "Order;Besteldatum;Klantnr;Totaal;Fooi;Ontvangen bedrag",
        "1;3-6-2024;K1;131,05;4,00;135,05", "2;4-6-2024;K2;30,25;0,00;30,25",
    ))  # fmt: skip
    assert figures(read(path))[1] == 161.3


@pytest.mark.slow
@pytest.mark.parametrize("header", ["Fooi", "Tips", "Tip amount", "Trinkgeld"])
def test_a_tip_of_which_no_sum_tells_is_asked_about_and_both_answers_work(write, header):
    path = write(
        table(f"Bon;Datum;Klantnr;{header};Totaal", "1;3-6-2024;K1;2,00;22,00", "2;4-6-2024;K2;;10,00")
    )
    with pytest.raises(Ambiguous, match="Omzet is zij niet") as asked:
        read(path)
    assert figures(follow(path, asked.value))[1] in (30.0, 32.0)
    assert figures(read(path, {"fooi": header}))[1] == 30.0
    assert figures(read(path, {"fooi": "-"}))[1] == 32.0


def test_a_column_of_tips_without_any_is_no_question(write):
    path = write(table("Bon;Datum;Klantnr;Tip;Totaal", "1;3-6-2024;K1;0,00;22,00", "2;4-6-2024;K2;;10,00"))
    assert figures(read(path))[1] == 32.0


@pytest.mark.slow
def test_a_few_tips_far_down_are_found(write):
    rows = [f"{at};{at % 28 + 1}-6-2024;K{at % 9};10,00;0,00;10,00" for at in range(1500)]
    rows[1400] = "1400;1-6-2024;K1;10,00;2,00;12,00"
    assert figures(read(write(table("Bon;Datum;Klantnr;Bedrag;Fooi;Totaal", *rows))))[1] == 15000.0


RATES = [
    ("Omzet hoog;Omzet laag;Btw hoog;Btw laag", 0),
    ("Omzet 21%;Omzet 9%;BTW 21%;BTW 9%", 0),
    ("Grondslag (21%);Grondslag (9%);BTW (21%);BTW (9%)", 0),
    ("Umsatz 19%;Umsatz 7%;MwSt 19%;MwSt 7%", 0),
    ("Net amount standard;Net amount reduced;VAT standard;VAT reduced", 0),
    ("Omzet hoog;Omzet laag;Btw hoog;Btw laag;Totaal", 1),
]


@pytest.mark.slow
@pytest.mark.parametrize(("heads", "total"), RATES)
def test_revenue_in_a_column_by_rate_adds_up_and_its_vat_too(write, heads, total):
    first, last = ";121,00" * total, ";241,80" * total
    path = write(table(
        f"Bon;Datum;Klantnr;{heads}",
        f"1;3-6-2024;K1;100,00;;21,00;{first}", f"2;4-6-2024;K2;150,00;55,46;31,50;4,99{last.replace('241,80', '241,95')}",
    ))  # fmt: skip
    checked = read(path)
    assert figures(checked)[:2] == (2, 305.46)
    assert "zonder btw" in said(checked, "bedrag")
    assert figures(read(path, vat="incl"))[1] == 305.46 + 57.49


def test_a_total_that_is_the_columns_by_rate_is_no_more_than_they_are(write):
    path = write(table(
        "Bon;Datum;Klantnr;Omzet hoog;Omzet laag;Totaal",
        "1;3-6-2024;K1;10,00;5,00;15,00", "2;4-6-2024;K2;0,00;7,50;7,50",
    ))  # fmt: skip
    assert figures(read(path))[1] == 22.5


@pytest.mark.slow
def test_a_total_beside_a_subtotal_and_vat_by_rate_is_with_vat(write):
    path = write(table(
        "Bon;Datum;Klantnr;Subtotaal;BTW laag;BTW hoog;Totaal",
        "1;3-6-2024;K1;100,00;0,00;21,00;121,00", "2;4-6-2024;K2;50,00;4,50;;54,50",
    ))  # fmt: skip
    assert figures(read(path))[1] == 150.0
    assert figures(read(path, vat="incl"))[1] == 175.5


@pytest.mark.parametrize("heads", ["Prijs hoog;Prijs laag", "Score 1;Score 2", "Omzet 1;Omzet 2"])
def test_columns_of_something_else_do_not_add_up(write, heads):
    path = write(table(f"Bon;Datum;Klantnr;{heads};Bedrag", "1;3-6-2024;K1;8,00;9,00;5,50"))
    assert figures(read(path))[1] == 5.5


@pytest.mark.slow
@pytest.mark.parametrize(
    ("heads", "vat"),
    [("Prijs excl. btw;Aantal;Btw %;Totaal incl. btw", "21"), ("Price;Qty;VAT;Total", "8,40")],
)
def test_pieces_times_price_with_vat_being_the_total_is_revenue_without_it(write, heads, vat):
    path = write(table(
        f"Factuurnr;Datum;Klantnr;{heads}",
        f"1;3-6-2024;K1;20,00;2;{vat};48,40", f"2;4-6-2024;K2;40,00;1;{vat};48,40",
    ))  # fmt: skip
    checked = read(path)
    assert figures(checked)[1] == 80.0
    assert "is het € 96,80: --btw incl" in said(checked, "bedrag")
    assert figures(read(path, vat="incl"))[1] == 96.8


def test_what_is_off_of_pieces_times_price_leaves_the_total_to_count(write):
    path = write(table(
        "Order;Datum;Klantnr;Prijs;Aantal;BTW;Totaal",
        "1;3-6-2024;K1;20,00;2;6,30;36,30", "2;4-6-2024;K2;40,00;1;8,40;48,40",
    ))  # fmt: skip
    assert figures(read(path))[1] == 84.7


def test_a_tip_that_comes_on_top_of_net_sales_and_tax_is_not_in_them(write):
    path = write(table(
        "Date;Time;Gross Sales;Discounts;Net Sales;Tax;Tip;Total Collected;Customer ID",
        "2024-06-03;10:00;$20.00;-$2.00;$18.00;$1.62;$1.00;$20.62;7",
        "2024-06-04;11:00;$10.00;$0.00;$10.00;$0.90;$0.00;$10.90;8",
    ))  # fmt: skip
    assert figures(read(path))[1] == 28.0


@pytest.mark.parametrize("net", ["Untaxed Amount", "Waarde A"])
def test_whatever_is_the_total_together_with_its_vat_is_revenue(write, net):
    path = write(table(
        f"Order Reference;Order Date;Customer;{net};Taxes;Total",
        "S1;2024-06-03;Bo;100,00;21,00;121,00", "S2;2024-06-04;Ina;50,00;4,50;54,50",
    ))  # fmt: skip
    assert figures(read(path))[1] == 150.0


@pytest.mark.parametrize("fees", ["Eventbrite Fees", "Transactiekosten", "Commission"])
def test_net_of_the_fees_of_a_service_is_no_revenue(write, fees):
    path = write(table(
        f"Order no.;Order Date;Email;Gross Sales;{fees};Net Sales",
        "1;2024-06-03;a@b.nl;20,00;1,00;19,00", "2;2024-06-04;c@d.nl;50,00;2,50;47,50",
    ))  # fmt: skip
    assert figures(read(path))[1] == 70.0


@pytest.mark.parametrize(("share", "net"), [("21%", 100.0), ("9%", 111.0091743119266)])
def test_a_share_of_vat_alone_does_not_say_that_an_amount_is_without_it(write, share, net):
    path = write(table("Factuurnr;Datum;Klantnr;Bedrag;BTW", f"1;1-6-2024;7;121,00;{share}"))
    assert figures(read(path, vat="excl"))[1] == round(net, 2)


def test_a_tip_beside_a_price_and_its_discount_is_in_their_total(write):
    path = write(table(
        "Datum;Klantnr;Prijs;Korting;Fooi;Totaal",
        "3-6-2024;7;20,00;5,00;2,00;17,00", "4-6-2024;8;10,00;0,00;0,00;10,00",
    ))  # fmt: skip
    assert figures(read(path))[1] == 25.0


INVOICES = table(
    "InvoiceNumber;InvoiceDate;ContactName;Total;Quantity;{net};LineTax;x",
    "1;3-6-2024;Bo;145,20;1;100,00;21,00;a", "1;3-6-2024;Bo;145,20;2;20,00;4,20;b",
    "2;4-6-2024;Ina;60,50;1;50,00;10,50;a",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("net", ["LineAmount", "Netto regel", "Bedr. A"])
def test_lines_that_with_their_vat_are_the_total_of_the_order_are_its_revenue(write, net):
    path = write(INVOICES.format(net=net).replace("LineTax", "TaxAmount"))
    assert figures(read(path))[:2] == (2, 170.0)
    assert figures(read(path, vat="incl"))[1] == 205.7
    assert figures(read(path, {"bedrag": "Total"}))[1] == 205.7


@pytest.mark.slow
def test_vat_of_lines_goes_off_the_total_of_their_order_together(write):
    path = write(INVOICES.format(net="Bedr. A").replace("LineTax", "TaxAmount"))
    assert figures(read(path, {"bedrag": "Total"}, vat="excl"))[1] == 170.0


def test_columns_that_are_called_after_a_rate_alone_are_revenue_beside_their_vat(write):
    rows = "3-2-2025;Vos;100,00;;9,00;\n4-2-2025;Das;;50,00;;10,50\n9-2-2025;Vos;10,00;20,00;0,90;4,20\n"
    checked = read(write(f"Datum;Klant;Laag 9%;Hoog 21%;BTW laag;BTW hoog\n{rows}"))
    assert figures(checked)[2] == 180.0
    with pytest.raises(ColumnsMissing):
        read(write("Datum;Klant;Laag;Hoog\n3-2-2025;Vos;100,00;7,00\n"))
