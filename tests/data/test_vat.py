"""Revenue without and with VAT: which column is which, by its header or by the sums in the rows."""

import pytest

from klantwaarde_xl.errors import Ambiguous, ColumnsMissing, FileUnreadable, UsageError
from tests.data.exported import figures, read, said, write
from tests.examples import crossed

__all__ = ["write"]


def net(checked):
    return figures(checked)[2]


def table(write, head, *rows):
    return write("\n".join([head, *rows]) + "\n")


# ── net, VAT and gross ──────────────────────────────────────────────────────────────────────

NAMES = [("Net", "VAT", "Gross"), ("Nettobedrag", "Btw", "Brutobedrag"), ("Net Amount", "Tax", "Total"),
         ("Omzet netto", "Btw", "Omzet bruto")]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("heads", "order"), crossed(NAMES, [(0, 1, 2), (2, 1, 0)]))
def test_the_net_amount_is_revenue_where_net_and_vat_are_gross(write, heads, order):
    cells = [("80.00", "16.80", "96.80"), ("50.00", "4.50", "54.50"), ("-10.00", "-2.10", "-12.10")]
    rows = [f"C{n % 2},2024-03-0{n + 1}," + ",".join(row[at] for at in order) for n, row in enumerate(cells)]
    path = table(write, "Customer,Date," + ",".join(heads[at] for at in order), *rows)
    assert net(read(path)) == 120.0
    assert net(read(path, vat="incl")) == 139.2
    assert net(read(path, vat="excl")) == 120.0


def test_a_net_amount_after_fees_is_no_revenue(write):
    path = table(write, "Klant;Datum;Bruto;Kosten;Netto", "A;1-2-2024;50,00;1,00;49,00")
    assert net(read(path)) == 50.0


@pytest.mark.slow
@pytest.mark.parametrize(
    "head",
    ["Totaal_excl", "Excl.", "Omzet ex btw", "totaalprijs excl. btw", "Invoice total excl. VAT",
     "Grand_Total_Excl_Tax"],
)  # fmt: skip
def test_a_header_may_say_that_an_amount_is_without_vat(write, head):
    path = table(write, f"Klant;Datum;{head};Btw", "A;1-2-2024;100,00;21,00", "B;2-2-2024;50,00;4,50")
    assert "zonder btw" in said(read(path), "bedrag")
    assert net(read(path, vat="excl")) == 150.0
    assert net(read(path, vat="incl")) == 175.5


def test_an_amount_without_shipping_costs_is_not_one_without_vat(write):
    path = table(write, "Klant;Datum;Bedrag excl. verzendkosten;Btw", "A;1-2-2024;121,00;21,00")
    columns = {"bedrag": "Bedrag excl. verzendkosten"}
    assert net(read(path, columns, vat="excl")) == 100.0


@pytest.mark.slow
def test_vat_that_is_a_share_of_the_amount_says_that_it_is_not_in_it(write):
    path = table(write, "Klant;Datum;Bedrag;Btw", "A;1-2-2024;100,00;21,00", "B;3-2-2024;30,00;2,70")
    assert net(read(path, vat="excl")) == 130.0
    assert net(read(path, vat="incl")) == 153.7


@pytest.mark.slow
def test_a_column_that_the_user_points_at_is_known_by_the_sums_too(write):
    path = table(write, "Klant;Datum;Kolom X;Btw;Kolom Y", "A;1-2-2024;100,00;21,00;121,00")
    assert net(read(path, {"bedrag": "Kolom X"}, vat="excl")) == 100.0
    assert net(read(path, {"bedrag": "Kolom Y"}, vat="excl")) == 100.0


# ── VAT as a percentage ─────────────────────────────────────────────────────────────────────


@pytest.mark.slow
@pytest.mark.parametrize(
    ("head", "rates"),
    crossed(
        ["Btw", "BTW %", "Btw-percentage", "VAT rate"],
        [("21%", "9%", "0%"), ("21", "9", "0"), ("0,21", "0,09", "0"), ("21 %", "9,0%", "")],
    ),
)
def test_vat_may_be_a_percentage(write, head, rates):
    amounts = ("242,00", "54,50", "10,00")
    rows = [f"K{n};{n + 1}-2-2024;{amounts[n]};{rate}" for n, rate in enumerate(rates)]
    path = table(write, f"Klant;Datum;Totaal incl. btw;{head}", *rows)
    assert net(read(path, vat="excl")) == 260.0
    assert net(read(path)) == 306.5


def test_a_percentage_is_put_on_an_amount_without_vat(write):
    path = table(write, "Klant;Datum;Totaal excl. btw;Btw", "A;1-2-2024;200,00;21%", "B;1-2-2024;50,00;9%")
    assert net(read(path, vat="incl")) == 296.5


@pytest.mark.slow
def test_vat_in_words_is_refused_where_it_is_needed(write):
    path = table(write, "Klant;Datum;Bedrag;Btw", "A;1-2-2024;121,00;hoog", "B;2-2-2024;109,00;laag")
    assert net(read(path)) == 230.0
    with pytest.raises(FileUnreadable, match="hoog"):
        read(path, vat="excl")


def test_an_amount_of_vat_that_happens_to_be_a_rate_is_an_amount(write):
    path = table(write, "Klant;Datum;Bedrag;Btw", "A;1-2-2024;121,00;21,00", "B;2-2-2024;121,00;21,00")
    assert net(read(path, vat="excl")) == 200.0


# ── prices of a piece ───────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_a_price_without_vat_is_of_one_piece_beside_pieces(write):
    head = "Ordernr;Datum;Klant;Prijs incl. btw;Prijs excl. btw;Aantal"
    path = table(write, head, "1;1-2-2024;A;12,10;10,00;4", "2;2-2-2024;B;6,05;5,00;2")
    assert net(read(path)) == 50.0
    assert net(read(path, vat="incl")) == 60.5


def test_vat_comes_off_pieces_times_a_price(write):
    path = table(write, "Datum;Klant;Stukprijs incl. btw;Aantal;Btw %", "1-2-2024;A;12,10;3;21")
    assert net(read(path, vat="excl")) == 30.0
    path = table(write, "Datum;Klant;Stukprijs;Aantal", "1-2-2024;A;12,10;3")
    with pytest.raises(UsageError, match="kolom met de btw"):
        read(path, vat="excl")


# ── a row for each rate ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("orders", [1, 2, 6])
@pytest.mark.parametrize("total", [True, False])
def test_equal_amounts_at_two_rates_of_vat_add_up(write, orders, total):
    rows = []
    for n in range(orders):
        rows += [f"F{n};{n + 1}-2-2024;K{n};40,00;8,40;92,00", f"F{n};{n + 1}-2-2024;K{n};40,00;3,60;92,00"]
    head = f"Factuurnr;Datum;Klant;Bedrag excl. btw;Btw;{'Totaal incl. btw' if total else 'Notitie'}"
    assert figures(read(table(write, head, *rows))) == (orders, 80.0 * orders, 80.0 * orders, orders)


@pytest.mark.slow
def test_rates_alone_do_not_say_whose_the_amount_is(write):
    rows = ["7;1-2-2024;A;21;50,00", "7;1-2-2024;A;9;50,00", "8;2-2-2024;B;21;10,00"]
    path = table(write, "Factuurnr;Datum;Klant;Btw %;Bedrag excl. btw", *rows)
    with pytest.raises(Ambiguous, match="van de hele order"):
        read(path)


def test_a_total_with_its_vat_on_each_line_counts_once(write):
    rows = [f"F{n};{n + 1}-2-2024;K{n};121,00;21,00" for n in range(4) for _ in range(3)]
    checked = read(table(write, "Ordernr;Datum;Klant;Totaal;Btw", *rows))
    assert figures(checked) == (4, 484.0, 484.0, 4)


@pytest.mark.slow
def test_a_few_totals_of_what_may_be_lines_are_asked_about(write):
    rows = ["1;1-2-2024;A;Pen;20,00", "1;1-2-2024;A;Inkt;20,00"]
    path = table(write, "Ordernr;Datum;Klant;Artikel;Totaal", *rows)
    with pytest.raises(Ambiguous, match="van de hele order"):
        read(path)
    assert net(read(path, lines="optellen")) == 40.0
    assert net(read(table(write, "Ordernr;Datum;Klant;Artikel;Ordertotaal", *rows))) == 20.0


@pytest.mark.parametrize(
    ("low", "high"),
    [
        ("Orderprijs exclusief belasting", "Orderprijs inclusief belasting"),
        ("Pre-tax total", "After-tax total"),
        ("Price_Excl", "Price_Incl"),
        ("Amount before tax", "Amount after tax"),
        ("Totaal ex omzetbelasting", "Totaal inc omzetbelasting"),
        ("Betrag ohne Steuer", "Betrag inkl. Steuer"),
    ],
)
def test_the_same_money_without_and_with_vat_is_told_apart_in_any_words_of_vat(write, low, high):
    text = f"Order;Datum;Klant;{high};{low}\n1;02-04-2025;p;60,50;50,00\n2;05-04-2025;q;36,30;30,00\n"
    checked = read(write(text))
    assert dict(checked.quality.totals)["omzet"] == 80
    assert "zonder btw" in said(checked, "bedrag")


@pytest.mark.parametrize(
    ("paid", "revenue"),
    crossed(
        ["Totaal betaald", "Amount paid", "Betaald bedrag", "Paid amount"],
        ["Factuurwaarde excl. belasting", "Pre-tax amount", "Totaal incl. btw", "Subtotaal"],
    ),
)
def test_what_was_paid_never_goes_before_the_revenue_of_the_row(write, paid, revenue):
    text = f"Factuur;Datum;Klant;{paid};{revenue}\n1;02-04-2025;p;60,00;60,00\n2;05-04-2025;q;0,00;30,00\n"
    assert dict(read(write(text)).quality.totals)["omzet"] == 90


def test_what_was_paid_is_revenue_where_nothing_else_is(write):
    text = "Factuur;Datum;Klant;Totaal betaald;Prijs\n1;02-04-2025;p;60,00;20,00\n2;05-04-2025;q;15,00;5,00\n"
    assert dict(read(write(text)).quality.totals)["omzet"] == 75


@pytest.mark.slow
def test_yes_and_no_under_a_header_of_vat_is_no_amount(write):
    head = "Ordernummer;Datum;Klantnr;Bedrag;Incl. btw\n"
    path = write(head + "1;1-2-2024;A;10;ja\n2;2-2-2024;B;20;nee\n3;5-2-2024;A;30;ja\n")
    with pytest.raises(Ambiguous, match="van sommige rijen dat het bedrag met btw is"):
        read(path)
    assert figures(read(write(head + "1;1-2-2024;A;10;ja\n2;2-2-2024;B;20;ja\n")))[1] == 30.0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("low", "high"),
    crossed(
        ["Bedrag", "Orderbedrag", "Subtotaal", "Omzet", "Amount"],
        ["Totaal incl. btw", "Factuurbedrag incl. btw", "Bedrag inclusief BTW"],
    ),
)
def test_a_total_that_says_with_vat_gives_way_to_the_amount_that_it_is_made_of(write, low, high):
    rows = ["A;3-1-2025;100,00;121,00", "B;5-1-2025;250,00;302,50", "C;9-1-2025;80,00;87,20"]
    path = table(write, f"Klant;Datum;{low};{high}", *rows)
    assert net(read(path)) == 430.0
    assert net(read(path, vat="incl")) == 510.7
    assert "zonder btw" in said(read(path), "bedrag")


@pytest.mark.parametrize(
    "rows",
    [
        ["A;3-1-2025;100,00;125,95", "B;5-1-2025;250,00;307,45", "C;9-1-2025;80,00;92,15"],  # with shipping
        [
            "A;3-1-2025;100,00;90,00",
            "B;5-1-2025;250,00;240,00",
            "C;9-1-2025;80,00;70,00",
        ],  # a discount went off
        ["A;3-1-2025;100,00;121,00", "B;5-1-2025;250,00;302,50", "C;9-1-2025;80,00;95,00"],
    ],
)
def test_a_total_with_vat_stays_where_vat_is_not_all_that_differs(write, rows):
    path = table(write, "Klant;Datum;Bedrag;Totaal incl. btw", *rows)
    wanted = round(sum(float(row.split(";")[3].replace(",", ".")) for row in rows), 2)
    assert net(read(path)) == wanted


# ── neither header says which ───────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("low", "high"), [("Bedrag", "Totaal"), ("Total", "Amount"), ("Omzet", "Totaalbedrag")]
)
def test_the_lower_of_two_amounts_a_usual_rate_apart_is_without_vat(write, low, high):
    path = table(write, f"Ordernr;Datum;Klantnr;{high};{low}", "1;1-2-2024;A;84,70;70,00",
                 "2;2-2-2024;B;43,60;40,00", "3;9-3-2024;A;12,09;9,99")  # fmt: skip
    checked = read(path)
    assert net(checked) == 119.99
    assert f"kolom '{low}', zonder btw; met btw ('{high}') is het € 140,39" in said(checked, "bedrag")
    assert net(read(path, vat="incl")) == 140.39


@pytest.mark.parametrize("rows", [
    ("1;1-2-2024;A;73,50;70,00", "2;2-2-2024;B;42,00;40,00", "3;9-3-2024;A;10,50;10,00"),  # a fee of 5%
    ("1;1-2-2024;A;84,70;70,00", "2;2-2-2024;B;48,40;40,00", "3;9-3-2024;A;11,00;10,00"),  # not on each row
    ("1;1-2-2024;A;84,70;70,00", "2;2-2-2024;B;84,70;70,00", "3;9-3-2024;A;84,70;70,00"),  # one amount
])  # fmt: skip
def test_two_amounts_that_may_differ_otherwise_are_not_taken_for_vat(write, rows):
    path = table(write, "Ordernr;Datum;Klantnr;Totaal;Bedrag", *rows)
    assert "zonder btw;" not in said(read(path), "bedrag")


def test_of_two_amounts_without_a_name_the_one_without_vat_is_proposed(write):
    path = table(write, "Datum;Klantnr;Bedrag I;Bedrag II", "1-2-2024;A;84,70;70,00", "2-2-2024;B;43,60;40,00",
                 "9-3-2024;A;12,09;9,99")  # fmt: skip
    with pytest.raises(ColumnsMissing) as error:
        read(path)
    assert '--kolommen "bedrag=Bedrag II"' in error.value.remedy


@pytest.mark.parametrize("heads", [
    ("Bruto 21%", "Netto 21%", "BTW 21%", "Bruto 9%", "Netto 9%", "BTW 9%"),
    ("Gross at 21.00 % VAT", "Net at 21.00 % VAT", "VAT value at 21.00 % VAT",
     "Gross at 9.00 % VAT", "Net at 9.00 % VAT", "VAT value at 9.00 % VAT"),
])  # fmt: skip
@pytest.mark.parametrize("whole", ["", "Order total"])
def test_net_by_rate_goes_before_gross_by_rate_and_is_not_mixed_with_it(write, heads, whole):
    rows = [(60.5, 50, 10.5, 21.8, 20, 1.8), (12.1, 10, 2.1, 0, 0, 0), (0, 0, 0, 43.6, 40, 3.6)]
    lines = [
        ";".join([str(at), f"{at}-3-2025", "AB"[at % 2], *(f"{cell:.2f}" for cell in row)])
        + (f";{row[0] + row[3]:.2f}" if whole else "")
        for at, row in enumerate(rows, 1)
    ]
    path = table(write, ";".join(["Nr", "Datum", "Klantnr", *heads, *([whole] if whole else [])]), *lines)
    assert net(read(path)) == 120.0
    assert net(read(path, vat="incl")) == 138.0
