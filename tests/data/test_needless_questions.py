"""What was asked about, or refused, and can be read in one way only."""

import zipfile

import pytest

from klantwaarde_xl.errors import Ambiguous, ColumnsMissing
from tests.data.exported import figures, read, said, write

__all__ = ["write"]


def table(head, *rows):
    return "\n".join([head, *rows]) + "\n"


@pytest.mark.parametrize(
    ("head", "columns"),
    [
        ("CUST_NO;INV_NO;INV_DT;NET_AMT;TAX_AMT;GROSS_AMT", "bedrag=NET_AMT"),
        ("Cust ID;Ord Nr;Order dt;Order amt;Curr;x", "bedrag=Order amt"),
        ("Customer email;Order ID;Txn date;Basket total;y;x", "bedrag=Basket total"),
        ("Klantnr;Bestelnr;Besteldatum;Totaal winkelwagen;y;x", "bedrag=Totaal winkelwagen"),
        ("Booked by;Guest name(s);Booked on;Price;y;x", "bedrag=Price"),
        ("Customer;Order #;Date;N. Revenue;y;x", "bedrag=N. Revenue"),
        ("E-mail (facturatie);Order no;Closed at;Total;y;x", "bedrag=Total"),
        ("Retailer name;Order number;Captured at;Total;y;x", "bedrag=Total"),
    ],
)
def test_headers_in_short_words_and_of_a_cart_are_known(write, head, columns):
    cells = "17;{at};0{day}-03-2024;100,00;21,00;121,00"
    if "Booked" in head:
        cells = "K17;K17;0{day}-03-2024;100,00;y;x"
    if "Curr" in head:
        cells = "17;{at};0{day}-03-2024;100,00;EUR;x"
    checked = read(write(table(head, *(cells.format(at=at, day=at) for at in (1, 2)))))
    assert figures(checked)[:2] == (2, 200.0)
    assert dict(checked.quality.headers)["bedrag"] == columns.partition("=")[2]


def test_a_day_of_checking_out_is_no_day_of_an_order(write):
    with pytest.raises(ColumnsMissing):
        read(write(table("Klantnr;Checkout date;Totaal", "17;1-3-2024;100,00")))


@pytest.mark.parametrize(("sign", "one"), [("¥", "¥20,130"), ("KRW ", "KRW 20.130"), ("", "20,130 JPY")])
def test_money_without_cents_has_thousands_and_no_decimals(write, sign, one):
    path = write(
        table("Order\tDate\tCustomer ID\tAmount", f"1\t2024-03-01\t7\t{one}", f"2\t2024-03-02\t8\t{one}")
    )
    assert figures(read(path))[1] == 40260.0


def test_money_with_cents_keeps_the_question(write):
    with pytest.raises(Ambiguous, match="twee manieren"):
        read(write(table("Order\tDate\tCustomer ID\tAmount", "1\t2024-03-01\t7\t$20,130")))


@pytest.mark.parametrize("heads", ["2021;2022;2023", "Omzet 2021;Omzet 2022;Omzet 2023"])
def test_years_side_by_side_stand_on_their_first_day_and_that_is_said(write, heads):
    checked = read(write(table(f"Klantnr;{heads}", "K1;100,50;0;20,00", "K2;;60,00;70,00")))
    assert figures(checked)[1:] == (250.5, 250.5, 2)
    assert {str(row[1]) for row in checked.rows()} == {"2021-01-01", "2022-01-01", "2023-01-01"}
    assert any("eerste dag" in note for note in checked.quality.notes)


@pytest.mark.parametrize("header", ["Soort", "Kind", "Type"])
def test_refunds_among_kinds_of_rows_that_have_a_minus_are_off_already(write, header):
    rows = ["1;K1;1-3-2024;50,00;sale", "2;K2;2-3-2024;30,00;sale", "3;K1;3-3-2024;-20,00;refund"]
    checked = read(write(table(f"Id nr;Klantnr;Datum;Bedrag;{header}", *rows)))
    assert figures(checked)[:3] == (2, 80.0, 60.0)
    assert "heeft een minteken" in said(checked, "bedrag")


@pytest.mark.parametrize("rows", [
    ["1;K1;1-3-2024;50,00;sale", "2;K2;2-3-2024;30,00;sale", "3;K1;3-3-2024;20,00;refund"],
    ["1;K1;1-3-2024;50,00;sale", "2;K2;2-3-2024;-30,00;payout", "3;K1;3-3-2024;-20,00;refund"],
    ["1;K1;1-3-2024;50,00;sale", "2;K2;2-3-2024;30,00;refund", "3;K1;3-3-2024;-20,00;refund"],
])  # fmt: skip
def test_other_kinds_of_rows_keep_the_question(write, rows):
    with pytest.raises(Ambiguous, match="zegt wat elke rij is"):
        read(write(table("Id nr;Klantnr;Datum;Bedrag;Type", *rows)))


def test_a_flag_of_refunds_that_have_a_minus_is_no_question(write):
    rows = ["1;K1;1-3-2024;50,00;N", "2;K2;2-3-2024;-30,00;J"]
    assert figures(read(write(table("Ordernr;Klantnr;Datum;Bedrag;Retour", *rows))))[:3] == (1, 50.0, 20.0)


@pytest.mark.parametrize("word", ["Gesamt", "Übertrag", "Transport", "Naar blad 2", ""])
def test_a_row_without_a_day_that_is_the_sum_of_those_above_is_no_order(write, word):
    rows = [
        "1-3-2024;Bo;10,50",
        "2-3-2024;Ina;20,25",
        f";{word};30,75",
        "3-3-2024;Bo;5,00",
        "4-3-2024;Jo;1,00",
    ]
    path = write(table("Datum;Klant;Bedrag", *rows, f";{word};36,75"))
    assert figures(read(path)) == (4, 36.75, 36.75, 3)


def test_sums_of_each_page_are_no_orders_either(write):
    rows = [
        "1-3-2024;Bo;10,50",
        "2-3-2024;Ina;20,25",
        ";Blad 1;30,75",
        "3-3-2024;Bo;5,00",
        "4-3-2024;Jo;1,00",
    ]
    assert figures(read(write(table("Datum;Klant;Bedrag", *rows, ";Blad 2;6,00"))))[1] == 36.75


def content(currency, style="currency"):
    named = f' office:currency="{currency}"' if currency else ""
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        for text in ("Klant", "Datum", "Bedrag")
    )
    rows = "".join(
        f'<table:table-row><table:table-cell office:value-type="string"><text:p>{who}</text:p></table:table-cell>'
        f'<table:table-cell office:value-type="date" office:date-value="2024-03-0{day}"><text:p>x</text:p>'
        f'</table:table-cell><table:table-cell office:value-type="{style}"{named} office:value="{value}">'
        f"<text:p>{value}</text:p></table:table-cell></table:table-row>"
        for who, day, value in (("A", 1, 20.5), ("B", 2, 30.25))
    )
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:body>'
        f'<office:spreadsheet><table:table table:name="Blad1"><table:table-row>{cells}</table:table-row>{rows}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )


def sheet(tmp_path, currency, style="currency"):
    path = tmp_path / "uit.ods"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr("content.xml", content(currency, style))
        file.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return path


@pytest.mark.slow
def test_an_opendocument_names_the_currency_of_its_cells(tmp_path):
    checked = read(sheet(tmp_path, "USD"))
    assert figures(checked)[1] == 50.75
    assert "USD" in said(checked, "valuta")


@pytest.mark.slow
@pytest.mark.parametrize(("currency", "style"), [("EUR", "currency"), ("", "float")])
def test_an_opendocument_in_euros_or_without_a_currency_says_nothing_of_it(tmp_path, currency, style):
    checked = read(sheet(tmp_path, currency, style))
    assert figures(checked)[1] == 50.75
    assert not said(checked, "valuta")


@pytest.mark.parametrize("heads", ["Bto bdrg;Nto bdrg", "Osszeg brutto;Osszeg netto"])
def test_of_few_rows_the_net_amount_is_proposed_before_the_gross_one(write, heads):
    path = write(table(f"Rel.nr;Dokdat;{heads}", "17;1-3-2024;121,00;100,00", "18;2-3-2024;60,50;50,00"))
    with pytest.raises(ColumnsMissing) as asked:
        read(path)
    assert f"bedrag={heads.split(';')[1]}" in asked.value.remedy


def test_of_few_rows_sums_show_which_amount_has_the_vat(write):
    rows = ["17;1-3-2024;121,00;21,00;100,00", "18;2-3-2024;54,50;4,50;50,00"]
    with pytest.raises(ColumnsMissing) as asked:
        read(write(table("Rel.nr;Dokdat;Zus A;Zus B;Zus C", *rows)))
    assert "bedrag=Zus C" in asked.value.remedy


@pytest.mark.slow
@pytest.mark.parametrize("subtotal", ["{at};{day}-0{month}-2024;;{held}", ";{day}-0{month}-2024;K5;{held}"])
@pytest.mark.parametrize("rest", [0, 60])
def test_subtotals_of_more_rows_than_the_look_are_found(write, subtotal, rest):
    rows, total = [], 0
    for month in (1, 2):
        held = 0
        for at in range(1200):
            amount = 500 + 37 * at % 8000
            held += amount
            rows.append(
                f"{month}{at};{at % 28 + 1}-0{month}-2024;K{at % 50};{amount / 100:.2f}".replace(".", ",")
            )
        total += held
        cells = subtotal.format(at="90" + str(month), day=28, month=month, held=f"{held / 100:.2f}")
        rows.append(cells.replace(".", ","))
    rows += [f"8{at};1-03-2024;K1;1,00" for at in range(rest)]
    checked = read(write(table("Bonnr;Datum;Klantnr;Bedrag", *rows)))
    assert figures(checked)[1] == pytest.approx(total / 100 + rest)


def kinds(header, words, by_customer=False):
    """Twelve orders of six customers, of which each has one word in a column, or every word in turn."""
    rows = (
        f"{at};{at + 1}-3-2024;K{at % 6};{20 + 7 * at},50;{words[(at % 6 if by_customer else at // 5) % len(words)]}"
        for at in range(12)
    )
    return table(f"Ordernr;Datum;Klantnr;Bedrag;{header}", *rows)


@pytest.mark.parametrize(
    ("words", "by_customer"),
    [
        (["A", "B", "C"], False),
        (["A", "B", "C", "D"], False),
        (["D", "P"], False),
        (["B", "C"], True),
        (["Installatie", "Vervanging onderdelen"], False),
        (["Repair", "Replacement parts"], False),
    ],
)
def test_classes_and_kinds_of_work_are_sales(write, words, by_customer):
    checked = read(write(kinds("Type", words, by_customer)))
    assert figures(checked) == (12, 708.0, 708.0, 6)


@pytest.mark.parametrize(
    "words", [["F", "C"], ["M", "C", "D"], ["Order", "Vervanging"], ["Sale", "Replacement order"]]
)
def test_a_letter_of_credit_and_a_replacement_keep_the_question(write, words):
    with pytest.raises(Ambiguous, match=r"niet alles lijkt een verkoop|is C een creditnota"):
        read(write(kinds("Type", words)))


def test_the_name_of_an_account_is_the_customer_where_no_other_name_is(write):
    head = "Opportunity Name;Account Name;Close Date;Amount"
    checked = read(
        write(table(head, "a;Bos;2024-03-01;90.00", "b;Dam;2024-03-05;40.00", "c;Bos;2024-04-01;35.00"))
    )
    assert figures(checked) == (3, 165.0, 165.0, 2)
    with pytest.raises(Ambiguous, match="rekening"):
        read(
            write(
                table(
                    "Account Name;Date;Amount",
                    *(
                        f"{one};2024-03-0{at};9"
                        for at, one in enumerate(["Omzet hoog", "Debiteuren", "Bank"], 1)
                    ),
                )
            )
        )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("Type", ["Overboeking", "iDEAL", "Creditcard"]),
        ("Soort", ["Automatische incasso", "Overboeking"]),
        ("Transaction type", ["Card", "Bank transfer", "Cash"]),
    ],
)
def test_ways_of_paying_are_sales_where_nothing_goes_out(write, header, words):
    path = write(kinds(header, words))
    assert figures(read(path)) == (12, 708.0, 708.0, 6)
    with pytest.raises(Ambiguous, match="niet alles lijkt een verkoop"):
        read(write(kinds(header, words).replace(";20,50;", ";-20,50;")))


@pytest.mark.parametrize("words", [["Overboeking", "Verkoop"], ["Bank transfer", "Transfer"]])
def test_a_transfer_beside_other_kinds_of_rows_keeps_the_question(write, words):
    with pytest.raises(Ambiguous, match="niet alles lijkt een verkoop"):
        read(write(kinds("Type", words)))


def test_what_is_given_is_the_amount_where_no_other_is(write):
    checked = read(write(table("Lidnummer;Datum;Donatiebedrag", "7;1-3-2024;60,00", "8;1-3-2024;45,50")))
    assert figures(checked)[1] == 105.5
    both = read(
        write(table("Lidnummer;Datum;Giftbedrag;Totaal", "7;1-3-2024;60,00;70,00", "8;2-3-2024;45,50;45,50"))
    )
    assert figures(both)[1] == 115.5
