"""Kinds of faults that exports drawn at random showed: each with the smallest file that has it."""

import pytest
import xlsxwriter

from klantwaarde_xl.data.reading.naming.headers import find_columns, needed_of, wanted_of
from klantwaarde_xl.data.tables import TRANSACTIONS
from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, said, write

__all__ = ["write"]


def _lines(orders, row):
    return "".join(row(number, line) for number, many in orders for line in range(many))


def test_refunds_of_large_amounts_lose_their_vat(write):
    rows = "7;4-2-2025;A;8000,00;9680,00;9680,00\n8;9-2-2025;B;3000,00;3630,00;1815,00\n9;9-2-2025;C;20,00;24,20;0\n"
    path = write(f"Nr;Datum;Klantnr;Totaal excl. btw;Totaal incl. btw;Terugbetaald bedrag\n{rows}")
    assert figures(read(path)) == (3, 11020.0, 1520.0, 3)


def test_vat_of_an_order_of_large_amounts_is_parted_over_its_lines(write):
    rows = "1;4-2-2025;A;x;9000,00;2940,00\n1;4-2-2025;A;y;5000,00;2940,00\n2;9-2-2025;B;x;6000,00;2110,00\n"
    rows += "2;9-2-2025;B;z;4047,62;2110,00\n"
    path = write(f"Ordernummer;Datum;Klantnr;Artikel;Regelbedrag excl. btw;Btw bestelling\n{rows}")
    assert figures(read(path, vat="incl"))[1] == pytest.approx(29097.62, abs=0.01)


@pytest.mark.parametrize(
    ("ours", "headers"),
    [
        ("klant", "Partnernaam factuur|Besteller|Factuurnaam|Deb.nr.|Debiteurennummer|Sold-to party|Bill to"),
        ("datum", "Invoice/Bill Date|Documentdatum|Booked at|Gemaakt op|Order Timestamp|Fact.dat.|DATENEW"),
        (
            "bedrag",
            "Bedrag excl. belastingen|Bedrag_excl._belastingen|Gefactureerd bedrag|Amount billed|Notabedrag|Opbrengst|Deal value",
        ),
        ("order", "Documentnr.|Document number|Bill number"),
    ],
)
def test_headers_of_programs_are_known(ours, headers):
    wanted, needed = wanted_of(TRANSACTIONS, None), needed_of(TRANSACTIONS, None)
    names = {"klant": "Klantnr", "datum": "Datum", "bedrag": "Bedrag", "order": "Ordernr"}
    for header in headers.split("|"):
        found = find_columns([*(names | {ours: header}).values()], wanted, needed)
        assert found is not None, header
        assert found[ours] == list(names).index(ours), header


@pytest.mark.parametrize("header", ["ID", "Kenmerk"])
def test_lines_without_an_amount_belong_to_the_order_above_whatever_its_number_is_called(write, header):
    orders = [(501, 2), (502, 1), (503, 3), (504, 2)]
    rows = _lines(
        orders, lambda n, at: f"{n};{n - 498}-3-2025;k{n % 2};stoel {at};{'' if at else f'{n},50'}\n"
    )
    assert figures(read(write(f"{header};Datum;Klantnr;Artikel;Totaal\n{rows}"))) == (4, 2012.0, 2012.0, 2)


def test_a_number_of_orders_that_a_workbook_holds_as_numbers_is_known_by_its_contents(tmp_path):
    path = tmp_path / "regels.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["ID", "Datum", "Klantnr", "Aantal", "Stukprijs"])
    lines = [
        (900 + at // 2, f"0{1 + at // 2}-03-2025", f"k{at // 4}", 1 + at % 2, 10 + at) for at in range(12)
    ]
    for at, line in enumerate(lines, 1):
        sheet.write_row(at, 0, line)
    book.close()
    assert figures(read(path))[0] == 6


def test_an_amount_that_goes_with_the_order_and_with_no_article_is_of_the_order(write):
    orders = [(600 + at, 2) for at in range(9)]
    rows = _lines(
        orders, lambda n, at: f"{n};{n - 599}-3-2025;k{n % 4};art{(n + at) % 4};{n * 7 % 90 + 10},25\n"
    )
    path = write(f"Ordernummer;Datum;Klantnr;Artikel;Bedrag\n{rows}")
    assert figures(read(path))[1] == sum(n * 7 % 90 + 10.25 for n, _ in orders)
    assert "telt één keer" in said(read(path), "rij")


def test_an_amount_that_goes_with_the_article_is_asked_about(write):
    orders = [(600 + at, 2) for at in range(9)]
    rows = _lines(orders, lambda n, at: f"{n};{n - 599}-3-2025;k{n % 4};art{n % 3}{at};{n % 3 + 5},25\n")
    with pytest.raises(Ambiguous, match="van de hele order"):
        read(write(f"Ordernummer;Datum;Klantnr;Artikel;Bedrag\n{rows}"))


def test_the_head_of_each_page_is_no_kind_of_row_and_no_order_that_was_not_paid(write):
    head = "Factuurnr;Dagboek;Datum;Klantnr;Bedrag\n"
    rows = [f"{at};VRK;{at}-3-2025;k{at % 3};{at}0,00\n" for at in range(1, 9)]
    assert figures(read(write(head + "".join(rows[:4]) + head + "".join(rows[4:]))))[:2] == (8, 360.0)
    rows = [f"{at};{at}-3-2025;k{at % 3};{at}0,00;{at}-3-2025\n" for at in range(1, 9)]
    path = write(f"Order;Datum;Klantnr;Bedrag;Betaald op\n{''.join(rows)}Totaal;;;360,00;\n")
    assert figures(read(path))[:2] == (8, 360.0)


@pytest.mark.parametrize(
    ("header", "day"),
    [
        ("Jaar;Maand;Dag", "2025;3;{}"),
        ("Plaatsdatum", "{}-3-2025"),
        ("New date", "{}-3-2025"),
        ("DATENEW", "{}-3-2025"),
    ],
)
def test_the_day_of_payment_gives_way_to_the_day_of_the_order(write, header, day):
    rows = "".join(f"{day.format(at)};k{at % 3};{at},50;{at + 2}-3-2025\n" for at in range(1, 9))
    checked = read(write(f"{header};Klantnr;Bedrag;Betaaldatum\n{rows}"))
    assert (checked.first_day.day, checked.last_day.day) == (1, 8)


def test_a_discount_beside_what_was_charged_with_its_vat_is_off_already(write):
    rows = "".join(
        f"{at};{at}-3-2025;k{at};{at * 100},00;{at * 21},00;{at * 121},00;{at % 2 * 5},00\n"
        for at in range(1, 8)
    )
    checked = read(write(f"Factuur;Datum;Klantnr;Netto;Btw;Bruto;Korting\n{rows}"))
    assert figures(checked)[1] == 2800.0
    assert "al af" in said(checked, "bedrag")


def test_names_with_a_number_in_front_in_some_rows_are_said(write):
    names = ["1001 - Al BV", "Al B.V.", "Jo de Wit", "12 Rozen", "Kim (77)"]
    rows = "".join(f"{at}-3-2025;{name};5,00\n" for at, name in enumerate(names, 1))
    notes = read(write(f"Datum;Klant;Bedrag\n{rows}")).quality.notes
    assert any("'1001 - Al BV' en 'Al B.V.'" in note and note.startswith("1 klant") for note in notes)


def test_march_may_be_short_for_itself(write):
    checked = read(write("Datum;Klantnr;Bedrag\n3-maa-25;a;5,00\n4-apr-25;b;6,00\n"))
    assert checked.first_day.month == 3


@pytest.mark.parametrize("head", ["Order;Datum;Klantnr;Bedrag", "Datum;Order;Klantnr;Bedrag"])
def test_a_summary_behind_a_gap_is_no_order(write, head):
    rows = "".join(f"{at};{at}-3-2025;k{at % 3};{at}0,00\n" for at in range(1, 5))
    if head.startswith("Datum"):
        rows = "".join(f"{at}-3-2025;{at};k{at % 3};{at}0,00\n" for at in range(1, 5))
    checked = read(write(f"{head}\n{rows}\nSamenvatting\nAantal orders;4\nOmzet;100,00\n"))
    assert figures(checked)[:2] == (4, 100.0)
    assert any("samenvatting" in one.reason for one in checked.quality.left_out)


def test_a_free_order_in_books_and_open_invoices_by_their_code_count(write):
    rows = "F1;4-2-2025;A;€ 10,00;Open\nF2;9-2-2025;B;€ -;Betaald\nF3;9-2-2025;C;€ 5,00;Betaald\n"
    checked = read(write(f"Factuurcode;Datum;Klantnr;Totaal;Status\n{rows}"))
    assert figures(checked) == (3, 15.0, 15.0, 3)


def test_free_orders_say_nothing_of_whose_a_total_is(write):
    lines = [(n, line, 0 if n == 3 else n * 10) for n in range(1, 7) for line in ("jas", "das")]
    rows = "".join(f"{n};{n}-3-2025;k{n % 2};{line};{total},00\n" for n, line, total in lines)
    assert figures(read(write(f"Ordernummer;Datum;Klantnr;Artikel;Ordertotaal\n{rows}")))[:2] == (6, 180.0)


def test_a_text_in_a_column_of_money_below_all_rows_is_no_order(write):
    rows = "".join(f"{at},50;{at};{at}-3-2025;k{at % 3};2\n" for at in range(1, 5))
    assert figures(read(write(f"Stukprijs;Order;Datum;Klantnr;Aantal\n{rows}Einde rapport\n")))[:2] == (
        4,
        24.0,
    )


@pytest.mark.parametrize(("header", "yes", "no"), [("Payé", "Oui", "Non"), ("Pagado", "Sí", "No")])
def test_whether_an_order_was_paid_is_known_in_the_south(write, header, yes, no):
    path = write(f"Order;Datum;Klantnr;Totaal;{header}\n1;4-2-2025;A;10,00;{yes}\n2;9-2-2025;B;7,00;{no}\n")
    assert figures(read(path))[:2] == (1, 10.0)


@pytest.mark.parametrize(
    "headers",
    [
        "Annulering|Cancelado|cancelled_flag|Nietig|Offerte",
        "Is refunded|Remboursé|Teruggestort|Gestorneerd|Reembolsado",
        "Onbetaald|Nog te betalen|Unpaid|Impayé|Offen",
    ],
)
def test_a_yes_below_a_word_for_what_did_not_go_through_is_no_revenue_and_it_is_said(write, headers):
    for header in headers.split("|"):
        rows = "".join(
            f"{at};{at}-3-2025;k{at % 3};{at}0,00;{('nee', 'ja')[at == 4]}\n" for at in range(1, 6)
        )
        checked = read(write(f"Ordernummer;Datum;Klantnr;Totaal;{header}\n{rows}"))
        assert figures(checked)[2] == 110.0, header
        assert any(header in one.text for one in checked.quality.said), header


@pytest.mark.parametrize("header", ["Geïncasseerd", "Betaling ontvangen", "Réglé", "paid_flag", "Settled"])
def test_a_no_below_a_word_for_paid_is_open(write, header):
    rows = "".join(
        f"{at};{at}-3-2025;k{at % 3};{at}0,00;{('true', 'false')[at == 4]}\n" for at in range(1, 6)
    )
    assert figures(read(write(f"Ordernummer;Datum;Klantnr;Totaal;{header}\n{rows}")))[1] == 110.0
