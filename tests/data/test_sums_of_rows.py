"""Rows that hold the sum of other rows: an order beside its lines, subtotals with a day or a customer."""

from __future__ import annotations

import datetime as dt

import pytest

from klantwaarde_xl.data.reading.cells.columns import Reading
from klantwaarde_xl.data.reading.files import read_transactions
from klantwaarde_xl.errors import Ambiguous
from tests.examples import crossed

TODAY = dt.date(2026, 11, 27)


def read(tmp_path, text, **choices):
    path = tmp_path / "export.csv"
    path.write_text(text, encoding="utf-8")
    return read_transactions(path, today=TODAY, reading=Reading(**choices))


def figures(checked):
    found = dict(checked.quality.totals)
    return found["orders"], round(found["netto"], 2), found["klanten"]


def left(checked):
    return [(one.rows, one.amount) for one in checked.quality.left_out]


def orders(kinds, shipping=0.0, count=12):
    """Orders of two lines, with a row of the whole before them."""
    whole, line = kinds
    rows = []
    for at in range(1, count + 1):
        day, name = f"{at:02}-03-2025", f"k{at % 5}@x.nl"
        rows.append(f"{whole};{day};{at + 700};{name};{3 * at + shipping:.2f};")
        rows += [f"{line};{day};{at + 700};{name};{part * at:.2f};art{part}" for part in (1, 2)]
    return "\n".join(rows)


KINDS = [
    ("Order", "Line item"), ("Bestelling", "Orderregel"), ("Header", "Detail"), ("factuur", "factuurregel"),
    ("ORDER", "PRODUCT"), ("Payment", "Invoice line"), ("Kop", "Regel"),
]  # fmt: skip


@pytest.mark.parametrize(("kinds", "header"), crossed(KINDS, ["Row type", "Soort rij", "Rec"]))
def test_an_order_beside_its_lines_counts_once(tmp_path, kinds, header):
    text = f"{header};Orderdatum;Bestelnummer;E-mail;Bedrag;Artikel\n{orders(kinds)}"
    found = read(tmp_path, text)
    assert figures(found) == (12, 234.0, 5)
    assert left(found) == [(12, 234.0)]


@pytest.mark.slow
def test_an_order_that_is_no_sum_of_its_lines_is_asked_and_each_answer_counts_once(tmp_path):
    text = f"Rij;Orderdatum;Bestelnummer;E-mail;Bedrag;Artikel\n{orders(('Order', 'Item'), shipping=5)}"
    with pytest.raises(Ambiguous, match="dubbel") as asked:
        read(tmp_path, text)
    assert '--alleen "Rij=Order"' in str(asked.value)
    assert figures(read(tmp_path, text, only=(("Rij", "Order"),))) == (12, 294.0, 5)
    assert figures(read(tmp_path, text, only=(("Rij", "Item"),))) == (12, 234.0, 5)
    assert figures(read(tmp_path, text, lines="optellen")) == (12, 528.0, 5)


@pytest.mark.slow
def test_an_order_without_lines_beside_it_keeps_its_row(tmp_path):
    text = f"Rij;Orderdatum;Bestelnummer;E-mail;Bedrag;Artikel\n{orders(('Order', 'Item'))}\nOrder;20-03-2025;900;z@x.nl;7;"
    assert figures(read(tmp_path, text)) == (13, 241.0, 6)


@pytest.mark.slow
@pytest.mark.parametrize("whole", ["first", "last"])
def test_an_order_s_row_without_an_article_is_the_sum_of_its_lines(tmp_path, whole):
    lines = ["Datum,Order,Klant,Product,Aantal,Totaal"]
    for at in range(1, 9):
        own = [f"2025-04-{at:02},{at},K{at % 3},,,{at * 5}"]
        parts = [f"2025-04-{at:02},{at},K{at % 3},P{part},{part},{at * part}" for part in (2, 3)]
        lines += own + parts if whole == "first" else parts + own
    assert figures(read(tmp_path, "\n".join(lines))) == (8, 180.0, 3)


@pytest.mark.slow
def test_one_order_whose_line_without_an_article_adds_up_by_chance_is_asked(tmp_path):
    text = (
        "Datum;Order;Klant;Artikel;Bedrag\n01-02-2026;1;A;Mok;10\n01-02-2026;1;A;Bord;20\n01-02-2026;1;A;;30\n"
        "02-02-2026;2;B;Mok;10\n"
    )
    with pytest.raises(Ambiguous, match="totaal, of een verkoop"):
        read(tmp_path, text)
    assert figures(read(tmp_path, text, without=(("Artikel", ""),))) == (2, 40.0, 2)
    assert figures(read(tmp_path, text, lines="optellen")) == (2, 70.0, 2)


def with_subtotals(word, day="31-05-2025", customer=""):
    """Three months of four sales, each month with its total, and a total of all."""
    rows = []
    for month in (3, 4, 5):
        rows += [f"{at:02}-{month:02}-2025;K{at % 3};Vaas;{at * month}.50" for at in range(1, 5)]
        rows.append(f"28-{month:02}-2025;{customer};{word};{10 * month + 2}.00")
    return "\n".join([*rows, f"{day};{customer};{word};126.00"])


@pytest.mark.parametrize(
    "word", ["Totaal", "Subtotaal", "Total", "Totaal maand", "subtotal:", "Grand total", ""]
)
def test_subtotals_with_a_day_do_not_count(tmp_path, word):
    found = read(tmp_path, f"Datum;Klantnr;Artikel;Bedrag\n{with_subtotals(word)}")
    assert figures(found) == (12, 126.0, 3)
    assert sum(amount for _, amount in left(found)) == 252.0


def test_a_total_of_a_customer_under_his_rows_does_not_count(tmp_path):
    rows = ["Relatienr;Datum;Bedrag;Boeking"]
    for name in range(101, 106):
        rows += [f"{name};{at:02}-06-2025;{at}.25;verkoop" for at in (2, 9, 16)]
        rows.append(f"{name};30-06-2025;27.75;")
    assert figures(read(tmp_path, "\n".join(rows))) == (15, 138.75, 5)


@pytest.mark.slow
def test_a_customer_of_a_total_by_name_is_none(tmp_path):
    text = (
        "Klant;Datum;Bedrag\nJan;01-02-2026;10\nJan;03-02-2026;15\nTotaal Jan;28-02-2026;25\n"
        "Eva;01-02-2026;20\nTotaal Eva;28-02-2026;20\n"
    )
    assert figures(read(tmp_path, text)) == (3, 45.0, 2)


@pytest.mark.parametrize("day", ["28-02-2026", ""])
@pytest.mark.parametrize("word", ["Totaal", "Total", "- subtotaal:"])
def test_a_customer_with_the_word_total_behind_it_is_none(tmp_path, day, word):
    text = (
        "Klant;Datum;Bedrag\nJan;01-02-2026;10\nJan;03-02-2026;15\nJan;04-02-2026;7\n"
        f"JAN {word};{day};32\nEva;01-02-2026;20\nEva {word};{day};20\nEindtotaal;;52\n"
    )
    assert figures(read(tmp_path, text)) == (4, 52.0, 2)


def test_a_customer_whose_own_name_ends_with_total_buys(tmp_path):
    text = (
        "Klant;Datum;Bedrag\nBouw;01-02-2026;10\nBouw Totaal;03-02-2026;15\nTuin Totaal;04-02-2026;7\n"
        "Bouw;04-02-2026;9\n"
    )
    assert figures(read(tmp_path, text)) == (4, 41.0, 3)


def test_sums_without_a_word_or_a_day_do_not_count_where_one_is_of_a_single_row(tmp_path):
    text = (
        "Klant;Datum;Bedrag\nJan;01-02-2026;10\nJan;03-02-2026;15\n;;25\nEva;04-02-2026;7\n;;7\n"
        "Bo;05-02-2026;9\nBo;06-02-2026;2\n;;11\n;;43\n"
    )
    assert figures(read(tmp_path, text)) == (5, 43.0, 3)


@pytest.mark.slow
def test_the_last_row_without_a_customer_is_the_sum_of_all(tmp_path):
    rows = [f"{at:02}-07-2025;F{at};K{at % 4};{at * 2},10" for at in range(1, 20)]
    text = "Datum;Factuurnr;Klant;Bedrag\n" + "\n".join(rows) + "\n31-07-2025;;;381,90\n"
    assert figures(read(tmp_path, text)) == (19, 381.9, 4)


@pytest.mark.parametrize(
    "text",
    [
        # an article that begins so, a guest with a number of his own, a credit note, empty remarks
        "Datum;Klant;Artikel;Bedrag\n01-02-2026;A;Mok;10\n02-02-2026;B;Total body lotion;20\n03-02-2026;A;Mok;25",
        "Datum;Factuurnr;Klant;Bedrag\n01-02-2026;1;A;10\n02-02-2026;2;B;15\n03-02-2026;3;;25\n04-02-2026;4;A;5",
        "Datum;Order;Klant;Bedrag;Code\n01-02-2026;1;A;15;X\n02-02-2026;2;B;15;Y\n03-02-2026;3;C;30;\n04-02-2026;4;A;-5;",
        "Datum;Klant;Bedrag;Opmerking\n01-02-2026;A;25;bel\n02-02-2026;B;15;mail\n03-02-2026;C;15;\n04-02-2026;D;0;",
    ],
)
def test_what_only_looks_like_a_sum_counts(tmp_path, text):
    assert figures(read(tmp_path, text))[1] == 55.0


@pytest.mark.slow
def test_a_cell_that_says_total_in_a_row_that_is_no_sum_is_asked(tmp_path):
    text = (
        "Bon;Datum;Klant;Artikel;Bedrag\n1;01-02-2026;A;Mok;10\n1;01-02-2026;A;Bord;20\n1;01-02-2026;A;Totaal;36\n"
        "2;01-02-2026;B;Bord;20\n"
    )
    with pytest.raises(Ambiguous, match="'Totaal' in kolom 'Artikel'"):
        read(tmp_path, text)
    assert figures(read(tmp_path, text, without=(("Artikel", "Totaal"),)))[1] == 50.0
    assert figures(read(tmp_path, text, lines="optellen"))[1] == 86.0


@pytest.mark.slow
def test_orders_and_lines_without_a_number_of_the_order_are_asked(tmp_path):
    text = (
        "Datum;Klant;Soort regel;Bedrag\n01-02-2026;A;Factuur;30\n01-02-2026;A;Factuurregel;10\n"
        "01-02-2026;A;Factuurregel;20\n02-02-2026;B;Factuur;8\n02-02-2026;B;Factuurregel;8\n"
    )
    with pytest.raises(Ambiguous, match="dubbel") as asked:
        read(tmp_path, text)
    assert "?" not in str(asked.value)
    assert figures(read(tmp_path, text, only=(("Soort regel", "Factuur"),))) == (2, 38.0, 2)


@pytest.mark.slow
def test_an_order_s_row_of_somewhat_more_than_its_lines_is_asked(tmp_path):
    lines = ["Order ID,Date,Customer,Line item,Amount"]
    for at in range(1, 6):
        lines += [f"{at},2025-03-0{at},c{at % 2}@x.nl,{name},{amount}" for name, amount in (
            ("", 10 * at + 4.95), ("Vaas", 7 * at), ("Kaars", 3 * at))]  # fmt: skip
    text = "\n".join(lines)
    with pytest.raises(Ambiguous, match="met verzendkosten"):
        read(tmp_path, text)
    assert figures(read(tmp_path, text, only=(("Line item", ""),))) == (5, 174.75, 2)
    assert figures(read(tmp_path, text, without=(("Line item", ""),))) == (5, 150.0, 2)
    assert figures(read(tmp_path, text, lines="optellen")) == (5, 324.75, 2)


def test_a_line_of_shipping_without_an_article_is_a_line(tmp_path):
    lines = ["Order ID,Date,Customer,SKU,Amount"]
    for at in range(1, 6):
        lines += [f"{at},2025-03-0{at},c{at % 2}@x.nl,{sku},{amount}" for sku, amount in (
            ("v1", 7 * at), ("k1", 13 * at), ("", 4.95))]  # fmt: skip
    assert figures(read(tmp_path, "\n".join(lines))) == (5, 324.75, 2)


@pytest.mark.slow
@pytest.mark.parametrize("words", [("bundle", "component"), ("Configurable", "Simple"), ("Set", "Onderdeel")])
def test_a_set_of_articles_counts_once_where_its_parts_have_the_money_too(tmp_path, words):
    whole, part = words
    lines = ["Order;Datum;Klant;Product type;Prijs"]
    for at in range(1, 5):
        lines += [f"{at};0{at}-03-2025;K{at};{kind};{price}" for kind, price in (
            (whole, 30), (part, 10), (part, 20))]  # fmt: skip
    assert figures(read(tmp_path, "\n".join(lines))) == (4, 120.0, 4)
    only_sets = "\n".join(line.replace(f"{part};10", f"{part};0") for line in lines)
    assert figures(read(tmp_path, only_sets))[1] == 200.0


def test_the_totals_of_an_invoice_with_its_vat_do_not_count(tmp_path):
    lines = ["Factuur;Factuurdatum;Klant;Regel;Bedrag"]
    for at in range(1, 4):
        lines += [f"{at};0{at}-03-2025;K{at};{what};{amount}" for what, amount in (
            ("Vaas", 10 * at), ("Kaars", 20 * at), ("Subtotaal", 30 * at), ("Btw", 6.3 * at), ("Totaal", 36.3 * at)
        )]  # fmt: skip
    assert figures(read(tmp_path, "\n".join(lines))) == (3, 217.8, 3)


def test_each_row_counts_where_the_user_says_so_but_a_total_that_says_so_and_is_one(tmp_path):
    text = (
        "Bon;Datum;Klant;Artikel;Bedrag\n1;01-02-2026;A;Mok;10\n1;01-02-2026;A;Mok;10\nDagtotaal;01-02-2026;;;20\n"
        "2;02-02-2026;B;Bord;20\nDagtotaal;02-02-2026;;;20\n"
    )
    found = read(tmp_path, text, lines="optellen")
    assert figures(found) == (2, 40.0, 2)
    assert left(found) == [(2, 40.0)]


@pytest.mark.slow
def test_an_article_or_customer_whose_name_begins_with_total_is_sold(tmp_path):
    rows = [f"{at:02}-03-2025;{at};K{at % 4};{what};20" for at, what in enumerate(
        ("Mok", "Total body lotion", "Bord", "Total body lotion", "Total body lotion"), 1)]  # fmt: skip
    assert figures(read(tmp_path, "\n".join(["Datum;Order;Klant;Artikel;Bedrag", *rows])))[1] == 100.0
    rows = [f"{at:02}-03-2025;{who};{at}0" for at, who in enumerate(("A", "B", "Total Energies", "C"), 1)]
    text = "\n".join(["Datum;Klant;Bedrag", *rows])
    with pytest.raises(Ambiguous, match="Total Energies") as asked:
        read(tmp_path, text)
    assert '--zonder "Klant=Total Energies"' in str(asked.value)
    assert figures(read(tmp_path, text, without=(("Klant", "Total Energies"),)))[1] == 70.0
    assert figures(read(tmp_path, text, lines="optellen"))[1] == 100.0


def test_one_line_that_begins_with_total_beside_another_of_its_price_is_a_line(tmp_path):
    text = "Datum;Order;Klant;Artikel;Regelbedrag\n01-03-2025;1;A;Mok;20\n01-03-2025;1;A;Total lotion;20\n02-03-2025;2;B;Pan;9\n"
    assert figures(read(tmp_path, text))[1] == 49.0


def receipts(off, parts=3, again=""):
    """Receipts with their lines below them, of which the sums lie `off` from the whole on every other one."""
    rows = ["Kind;Date;Receipt no;Customer code;Net;VAT;Gross;Sku"]
    for at in range(1, 9):
        day, gap = f"{at:02}-03-2025", off * (at % 2)
        rows.append(f"Sale;{day};{at};C{at % 3};{10 * at:.2f};{2.1 * at:.2f};{12.1 * at:.2f};")
        each = round(10 * at / parts, 2)
        last = round(10 * at - each * (parts - 1) - gap, 2)
        gross = [round(1.21 * each, 2)] * (parts - 1)
        gross.append(round(12.1 * at - sum(gross), 2))
        for nth, (net, whole) in enumerate(zip([each] * (parts - 1) + [last], gross, strict=True)):
            rows.append(f"Sale line;{day};{at};;{net:.2f};{whole - net:.2f};{whole:.2f};x{nth}")
        rows.append(f"Payment;{day};{at};;;;{12.1 * at:.2f};")
    return "\n".join([*rows, *([again] if again else [])])


def test_lines_that_differ_by_a_cent_each_from_their_order_give_way_to_it(tmp_path):
    found = read(tmp_path, receipts(0.03))
    assert figures(found) == (8, 360.0, 3)
    assert sum(rows for rows, _ in left(found)) == 24 + 8
    assert figures(read(tmp_path, receipts(0.03), vat="incl")) == (8, 435.6, 3)


def test_lines_that_differ_by_more_are_asked_about(tmp_path):
    with pytest.raises(Ambiguous, match="dubbel"):
        read(tmp_path, receipts(0.05))


def test_an_order_that_stands_there_as_lines_alone_keeps_them(tmp_path):
    found = read(tmp_path, receipts(0.02, again="Sale line;09-03-2025;9;C1;5.00;1.05;6.05;x1"))
    assert figures(found)[:2] == (9, 365.0)
