"""Exports that a spreadsheet saved again, carts that nobody paid, and sums too large for a factor."""

import contextlib
import sqlite3

import pytest

from klantwaarde_xl.errors import Ambiguous, ColumnsMissing, FileUnreadable
from tests.data.exported import figures, read, typed, write

__all__ = ["write"]


@pytest.mark.parametrize("sign", [",", ";"])
@pytest.mark.parametrize("head", ['"{}"', "{}"])
def test_lines_between_quotation_marks_as_a_whole_are_read(write, sign, head):
    rows = ["7,2024-02-01,Kade 1,10.50", '8,2024-02-05,""Kade 2, hoog"",20.25', "7,2024-03-01,Kade 1,30.00"]
    lines = [head.format("Klantnr,Datum,Adres,Bedrag"), *(f'"{row}"' for row in rows)]
    checked = read(write("\n".join(lines).replace(",", sign) + "\n"))
    assert figures(checked) == (3, 60.75, 60.75, 2)
    assert any("tussen aanhalingstekens" in note for note in checked.quality.notes)


def test_some_lines_between_quotation_marks_are_read_like_the_others(write):
    path = write('Klantnr,Datum,Bedrag\n7,2024-02-01,10.50\n"8,2024-02-05,20.25"\n7,2024-03-01,30.00\n')
    assert figures(read(path)) == (3, 60.75, 60.75, 2)


def test_numbers_that_a_sheet_rounded_join_no_orders(write):
    path = write(
        "Order ID,Email,Date,Total\n4.81516E+12,a@x.nl,2024-01-03,10.00\n4.81516E+12,a@x.nl,2024-01-03,10.00\n"
        "4.81517E+12,b@x.nl,2024-01-05,40.00\n"
    )
    with pytest.raises(Ambiguous, match=r"4\.81516E\+12 staat bij 2 rijen"):
        read(path)
    assert figures(typed(path, "--kolommen order=-"))[:2] == (3, 60.0)


def test_a_customer_whose_number_a_sheet_rounded_is_nobody_known(write):
    head = "Klantnr;Datum;Bedrag\n"
    path = write(f"{head}3,16123E+10;2024-01-03;10,00\n3,16123E+10;2024-02-03;20,00\nx;2024-02-04;5,00\n")
    with pytest.raises(Ambiguous, match="Wie dezelfde klant is"):
        read(path)
    exact = write(f"{head}1,2E+1;2024-01-03;10,00\n1,2E+1;2024-02-03;20,00\nx;2024-02-04;5,00\n")
    assert figures(read(exact))[3] == 2


def test_carts_that_nobody_paid_are_no_orders(write):
    rows = "".join(f"#{at},k{at}@x.nl,,,2024-01-0{at},{at}0.00\n" for at in range(1, 5))
    path = write(f"Name,Email,Financial Status,Paid at,Created at,Total\n{rows}")
    with pytest.raises(Ambiguous, match="winkelwagens die klanten hebben laten staan"):
        read(path)
    assert figures(typed(path, '--alleen "Financial Status=*"'))[:2] == (4, 100.0)


def test_a_refund_times_an_order_may_be_more_than_a_million(write):
    path = write(
        "Order;Klantnr;Datum;Bedrag incl. btw;Bedrag excl. btw;Terugbetaald\n"
        "1;A;2024-01-03;12100,00;10000,00;1210,00\n2;B;2024-01-04;121,00;100,00;0,00\n"
    )
    checked = read(path)
    assert figures(checked) == (2, 10100.0, 9100.0, 2)


def test_a_share_of_the_vat_of_a_large_order_is_taken(write):
    path = write(
        "Order;Klantnr;Datum;Artikel;Regelbedrag;Btw order\n"
        "1;A;2024-01-03;X;24200,00;6300,00\n1;A;2024-01-03;Y;12100,00;6300,00\n"
        "2;B;2024-01-04;X;121,00;31,50\n2;B;2024-01-04;Z;60,50;31,50\n"
    )
    assert figures(typed(path, '--kolommen "btw=Btw order"', "--btw excl"))[:2] == (2, 30150.0)


def test_a_tag_says_nothing_beside_what_was_paid_back(write):
    rows = "1,a@x.nl,2024-01-03,50.00,0.00,Returned\n2,b@x.nl,2024-01-04,30.00,30.00,VIP\n"
    rest = "".join(f"{at},c{at}@x.nl,2024-02-0{at},10.00,0.00,VIP\n" for at in range(3, 7))
    path = write(f"Order,Email,Date,Total,Refunded Amount,Tags\n{rows}{rest}")
    assert figures(read(path))[1:3] == (120.0, 90.0)


def test_millions_with_points_are_an_amount_to_propose(write):
    path = write(
        "Datum;Wat;Wie\n2024-01-03;1.000.000;Jan\n2024-01-04;16.350.000;An\n2024-01-05;500.000;Jan\n"
    )
    with pytest.raises(ColumnsMissing, match="bedrag kan zijn: 'Wat'"):
        read(path)


@pytest.mark.parametrize("head", ["Converted Amount,Converted Currency", "Amount in THB,Land"])
def test_an_amount_in_one_currency_beside_those_of_many_is_the_amount(write, head):
    path = write(
        f"Date,Customer ID,Amount,Currency,{head}\n2024-01-03,A,15.00,usd,534.80,thb\n"
        "2024-01-04,B,9.00,eur,350.20,thb\n2024-01-05,A,9.00,mxn,17.00,thb\n"
    )
    checked = read(path)
    assert (figures(checked)[:2], checked.quality.currency) == ((3, 902.0), "THB")


def test_what_is_nought_on_most_rows_adds_up_to_no_total(write):
    rows = [f"{at},k{at}@x.nl,2024-01-{at % 28 + 1:02},29.90,0.00" for at in range(1, 90)]
    rows += [f"{at},k{at}@x.nl,2024-02-{at - 89:02},{at}.90,{at - 60}.50" for at in range(90, 96)]
    checked = read(write("\n".join(["Order,Email,Created at,Total,Outstanding Balance", *rows]) + "\n"))
    assert figures(checked)[1] == round(89 * 29.9 + sum(at + 0.9 for at in range(90, 96)), 2)
    assert not any("van rij tot rij" in note for note in checked.quality.notes)


def test_a_field_longer_than_a_cell_beside_a_gap_in_the_header_is_refused_as_that(write):
    rows = "1-2-2024;A;10;;\n2-2-2024;B;20;;" + "x" * 140_000 + "\n"
    with pytest.raises(FileUnreadable, match="langer dan een cel"):
        read(write(f"Datum;Klantnr;Bedrag;;Bewijs\n{rows}"))


def test_lines_in_quotes_that_came_apart_are_one_record_again(write):
    path = write(
        'Klantnr,Datum,Notitie,Bedrag;\n"7,2024-02-01,""eerst";\n"bel, of niet"",10.50";\n'
        '"8,2024-02-05,""x, y"",20.25";\n"7,2024-03-01,,30.00";\n'
    )
    assert figures(read(path))[:2] == (3, 60.75)


@pytest.mark.parametrize(
    ("price", "number"), [("Ticket price", "Number of tickets"), ("Ticketprijs", "Aantal tickets")]
)
def test_the_price_of_a_thing_is_taken_times_the_number_of_it(write, price, number):
    path = write(
        f"Datum;Klantnr;{price};{number}\n1-2-2024;A;12,50;3\n2-2-2024;B;10,00;1\n3-2-2024;A;8,00;2\n"
    )
    assert figures(read(path))[:2] == (3, 63.5)
    assert figures(typed(path, f'--kolommen "bedrag={price}"'))[:2] == (3, 30.5)
    total = write(
        f"Datum;Klantnr;{price};Totaal;{number}\n1-2-2024;A;12,50;37,50;3\n2-2-2024;B;10,00;10,00;1\n"
    )
    assert figures(read(total))[:2] == (2, 47.5)


@pytest.mark.parametrize(
    ("back", "kept"), [("refunded", "not refunded"), ("terugbetaald", "niet terugbetaald")]
)
def test_words_for_paid_back_say_which_orders_were(write, back, kept):
    path = write(
        f"Date;Email;Total;Refunded\n2024-02-01;a@x.nl;30;{kept}\n2024-02-02;b@x.nl;20;{back}\n"
        f"2024-02-03;c@x.nl;10;{kept}\n"
    )
    assert figures(read(path))[1:3] == (60.0, 40.0)


def test_first_and_last_name_of_a_form_are_one_customer(write):
    rows = "2024-02-01;An;Bos;10\n2024-02-02;An;Vos;20\n2024-02-03;An;Bos;30\n"
    path = write(f"Date Created;Sponsor Name - First;Sponsor Name - Last;Payment Amount\n{rows}")
    assert figures(read(path)) == (3, 60.0, 60.0, 2)


def test_a_number_of_things_is_proposed_as_no_customer(write):
    rows = "".join(f"2024-02-0{at};{at % 3 + 1};Zaal;10.50\n" for at in range(1, 8))
    with pytest.raises(ColumnsMissing) as error:
        read(write(f"Date;Number of guests;Plek;Total\n{rows}"))
    assert "Number of guests" not in error.value.remedy


def test_all_numbers_of_a_status_count_when_the_user_says_all_do(write):
    rows = "".join(f"{at},k{at % 3},2024-02-0{at},{at % 4},{at}0.00\n" for at in range(1, 9))
    path = write(f"ORDER_ID,CUSTOMER_ID,ORDER_DATE,ORDER_STATUS,ORDER_TOTAL\n{rows}")
    with pytest.raises(Ambiguous, match="met een nummer"):
        read(path)
    assert figures(typed(path, '--alleen "ORDER_STATUS=*"'))[:2] == (8, 360.0)


@pytest.mark.parametrize("head", ["remisePourcent", "Rabatt Prozent", "Discount pct"])
def test_a_percentage_in_another_language_is_taken_of_the_line(write, head):
    rows = "1,A,2024-02-01,2,50.00,0.4\n1,A,2024-02-01,1,10.00,0.4\n2,B,2024-02-02,1,30.00,0\n"
    path = write(f"Order,Klantnr,Datum,Aantal,Stukprijs,{head}\n{rows}")
    assert figures(typed(path, f'--kolommen "korting={head}"'))[:2] == (2, 96.0)


def test_a_total_that_stands_on_each_line_is_asked_about_with_once_as_the_first_answer(write):
    rows = "7,A,2024-02-01,64.40,X\n7,A,2024-02-01,64.40,Y\n8,B,2024-02-02,20.00,X\n"
    path = write(f"Order,Klantnr,Datum,Total cost,Artikel\n{rows}")
    with pytest.raises(Ambiguous) as error:
        read(path, {"bedrag": "Total cost"})
    assert error.value.remedy.startswith("Zeg het: --regels ordertotaal")


@pytest.mark.parametrize("head", ["naam text", "klant text, datum text, bedrag text"])
def test_of_many_tables_the_one_called_sales_is_the_first_answer(tmp_path, head):
    path = tmp_path / "winkel.db"
    with contextlib.closing(sqlite3.connect(path)) as con:
        for name in ("kosten", "ventas", "zaken"):
            con.execute(f"create table {name} ({head})")
    with pytest.raises(Ambiguous) as error:
        read(path)
    assert error.value.remedy.endswith('winkel.db#ventas"')
