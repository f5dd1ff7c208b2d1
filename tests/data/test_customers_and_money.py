"""Whose an order is, what its money is, and rows that are no orders at all."""

import datetime as dt
import re
from decimal import Decimal

import pytest

from klantwaarde_xl.data.analyse import analyse
from klantwaarde_xl.data.reading.files import read_transactions, transactions_from_cells
from klantwaarde_xl.errors import (
    Ambiguous,
    ColumnsMissing,
    FileUnreadable,
    NotAvailable,
    UsageError,
)
from tests.data.exported import TODAY, figures, read, said, write

__all__ = ["write"]


# ── who ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "head", ["Klant;Klantnummer", "Customer;Customer ID", "Naam;E-mail", "Relatie;Relatiecode"]
)
def test_a_code_or_an_address_goes_before_a_name(write, head):
    rows = "Jansen;17;1-2-2024;5\nJansen;18;2-2-2024;6\n"
    assert figures(read(write(f"{head};Datum;Bedrag\n{rows}")))[3] == 2


def test_our_own_headers_are_taken_as_they_stand(write):
    path = write("klant;datum;bedrag;notitie\nA;1-2-2024;5;x\n")
    assert read(path).rows() == [("A", dt.date(2024, 2, 1), 5.0)]


def test_what_the_user_puts_beside_our_own_table_says_nothing_of_its_rows():
    headers = ("klant", "datum", "bedrag", "E-mail", "Status", "Order")
    day = dt.date(2024, 2, 1)
    rows = [("A", day, 5.0, "a@x.nl", "geannuleerd", "1"), ("B", day, 6.0, "a@x.nl", "betaald", "1")]
    checked = transactions_from_cells(headers, rows, source="Gegevens", today=TODAY)
    assert checked.rows() == [("A", day, 5.0), ("B", day, 6.0)]


@pytest.mark.parametrize(("people", "told"), [(2, True), (3, True), (4, False), (6, False)])
def test_a_few_customers_with_all_rows_may_be_a_shop_or_channel(write, people, told):
    names = ["Noord", "Zuid", "Oost", "West", "Midden", "Kust"][:people]
    rows = "".join(f"{names[n % people]};{1 + n % 28}-{1 + n % 12}-2024;{n + 5},5\n" for n in range(70))
    notes = read(write(f"Koper;Datum;Bedrag\n{rows};5-5-2024;9\n")).quality.notes
    assert any(note.startswith(f"70 rijen van maar {people} klanten (") for note in notes) is told


def test_addresses_do_not_mind_capitals_and_blanks(write):
    assert figures(read(write("E-mail;Datum;Bedrag\nA@x.nl ;1-2-2024;5\n a@X.NL;2-2-2024;6\n")))[3] == 1


@pytest.mark.slow
@pytest.mark.parametrize("nobody", ["", "gast", "Guest", "n/a", "-"])
def test_guests_are_revenue_and_nobodys_figures(write, nobody):
    rows = "".join(f"{n};K{n % 5};{1 + n}-2-2024;10\n" for n in range(10)) + f"99;{nobody};3-3-2024;7,50\n"
    checked = read(write(f"Ordernummer;Klantnr;Datum;Bedrag\n{rows}"))
    assert figures(checked) == (11, 107.5, 107.5, 5)
    done = analyse(checked, names=["kpi", "rfm", "retentie", "brug", "prognose"])
    assert sum(done["kpi"].column("netto omzet")) == 107.5
    assert sum(done["kpi"].column("orders")) == 11
    assert sum(done["kpi"].column("nieuw")) == 5
    assert sorted(done["rfm"].column("klant")) == [f"K{n}" for n in range(5)]
    assert (done.figures["gasten_orders"], done.figures["gasten_netto"]) == (1, 7.5)
    assert sum(done["rfm"].column("omzet")) + done.figures["gasten_netto"] == 107.5
    assert any("zonder klant" in note for note in checked.quality.notes)


def test_orders_without_any_customer_are_refused_with_what_to_do(write):
    checked = read(write("Ordernummer;Klantnr;Datum;Bedrag\n1;;1-2-2024;5\n2;gast;2-2-2024;6\n"))
    with pytest.raises(NotAvailable) as error:
        analyse(checked)
    assert "--kolommen klant" in error.value.remedy


@pytest.mark.slow
def test_a_report_by_customer_is_asked_about_and_both_answers_work(write):
    path = write("Klant;Datum;Bedrag\nAlfa;1-2-2024;10\n;2-2-2024;20\nBeta;3-2-2024;5\n;4-2-2024;7\n")
    with pytest.raises(Ambiguous, match="geen klant") as asked:
        read(path)
    assert "--lege-klant" in asked.value.remedy
    assert [row[0] for row in read(path, blanks="erboven").rows()] == ["Alfa", "Alfa", "Beta", "Beta"]
    assert [row[0] for row in read(path, blanks="gast").rows()] == ["Alfa", None, "Beta", None]


def test_an_address_says_who_it_is_where_a_number_is_not_always_there(write):
    rows = "0;a@x.nl;1-2-2024;5\n0;b@x.nl;2-2-2024;6\n17;c@x.nl;2-2-2024;7\n;a@x.nl;3-2-2024;8\n"
    checked = read(write(f"Customer ID;Customer Email;Date;Amount\n{rows}"))
    assert figures(checked) == (4, 26.0, 26.0, 3)
    assert "Customer Email" in said(checked, "klant")


def test_one_thing_that_is_missing_is_named(write):
    with pytest.raises(ColumnsMissing, match=r"Er ontbreekt: bedrag\.") as error:
        read(write("cust;date;kleur\nA;2024-02-01;rood\n"))
    assert "--kolommen bedrag=…" in error.value.remedy


# ── rows that are no orders ─────────────────────────────────────────────────────────────────


def test_a_header_that_comes_again_is_passed_over(write):
    path = write("Klantnr;Datum;Totaal\nA;1-2-2024;5\nKlantnr;Datum;Totaal\nB;2-2-2024;6\n")
    assert figures(read(path))[:2] == (2, 11.0)


def test_another_header_halfway_is_another_table_and_refused_with_its_row(write):
    path = write(
        "Klantnr;Datum;Totaal;Verzendkosten\nA;1-2-2024;5;1\nKlantnr;Datum;Btw;Totaal\nB;2-2-2024;1;6\n"
    )
    with pytest.raises(FileUnreadable, match="andere tabel") as error:
        read(path)
    assert "rij 3" in error.value.where


@pytest.mark.slow
def test_a_product_that_is_called_total_is_no_total(write):
    path = write(
        "Bestelnummer;Klantnr;Datum;Artikel;Regelbedrag\n1;A;1-2-2024;Boek;10\n1;;;Total War: Rome;40\n"
    )
    assert figures(read(path))[:2] == (1, 50.0)


def test_when_nothing_counts_that_is_what_is_said(write):
    with pytest.raises(FileUnreadable, match=r"Geen enkele rij telt mee.*geannuleerd") as error:
        read(write("Klantnr;Datum;Bedrag;Status\nA;1-2-2024;5;geannuleerd\n"))
    assert "--tellen" in error.value.remedy


@pytest.mark.slow
def test_a_column_of_ids_that_never_repeat_is_of_rows_and_no_customer(write):
    with pytest.raises(ColumnsMissing):
        read(write("id;Datum;Bedrag\n1;1-2-2024;5\n2;2-2-2024;6\n"))
    assert figures(read(write("id;Datum;Bedrag\n1;1-2-2024;5\n2;2-2-2024;6\n1;3-2-2024;6\n")))[3] == 2


# ── money ───────────────────────────────────────────────────────────────────────────────────

VAT = "Klantnr;Datum;Bedrag excl. btw;Btw;Bedrag incl. btw\nA;1-2-2024;100,00;21,00;121,00\n"


@pytest.mark.slow
def test_revenue_is_without_vat_where_the_file_has_that_and_the_other_is_said(write):
    checked = read(write(VAT))
    assert figures(checked)[1] == 100.0
    assert "€ 121,00" in said(checked, "bedrag")
    assert figures(read(write(VAT), vat="incl"))[1] == 121.0
    assert figures(read(write(VAT), vat="excl"))[1] == 100.0


def test_vat_is_taken_off_or_put_on_with_its_own_column(write):
    assert figures(read(write("Klantnr;Datum;Totaal;Btw\nA;1-2-2024;121;21\n"), vat="excl"))[1] == 100.0
    assert (
        figures(read(write("Klantnr;Datum;Bedrag excl. btw;Btw\nA;1-2-2024;100;21\n"), vat="incl"))[1]
        == 121.0
    )


def test_vat_that_the_file_does_not_have_is_refused(write):
    with pytest.raises(UsageError, match="kolom met de btw"):
        read(write("Klantnr;Datum;Totaal\nA;1-2-2024;121\n"), vat="excl")


@pytest.mark.parametrize("head", ["Bedrag (dagen)", "Omzet (x € 1.000)", "Btw (%)", "Korting %"])
def test_an_amount_in_another_measure_is_not_taken(write, head):
    with pytest.raises(ColumnsMissing):
        read(write(f"Klantnr;Datum;{head}\nA;1-2-2024;100\n"))


@pytest.mark.parametrize("head", ["Total (USD)", "Total USD", "Amount [usd]"])
def test_a_currency_in_the_header_is_the_amounts(write, head):
    assert "USD" in said(read(write(f"Customer ID;Date;{head}\nA;2024-02-01;100\n")), "valuta")


def test_names_of_one_currency_are_one(write):
    path = write("Klantnr;Datum;Bedrag;Valuta\nA;1-2-2024;10;EUR\nB;1-2-2024;20;Euro\nC;1-2-2024;30;€\n")
    assert figures(read(path))[:2] == (3, 60.0)


def test_less_than_no_pieces_are_returned_whatever_the_sign_of_their_price(write):
    path = write("Klantnr;Datum;Aantal;Stukprijs\nA;1-2-2024;3;10\nA;2-2-2024;-1;-10\n")
    assert figures(read(path))[1:3] == (30.0, 20.0)


MIXED = "Klantnr;Datum;Bedrag;Valuta\nA;1-2-2024;10;EUR\nB;1-2-2024;20;usd\nC;1-2-2024;30;GBP\n"


@pytest.mark.slow
def test_one_currency_is_chosen_and_others_are_converted(write):
    with pytest.raises(Ambiguous, match=r"EUR .*GBP .*USD"):
        read(write(MIXED))
    chosen = read(write(MIXED), currencies=(("USD", 1.0),))
    assert figures(chosen)[:2] == (1, 20.0)
    assert sum(left.rows for left in chosen.quality.left_out) == 2
    both = read(write(MIXED), currencies=(("EUR", 1.0), ("USD", 0.92)))
    assert figures(both)[:2] == (2, 28.4)


def test_amounts_are_added_exactly_and_customers_and_months_agree(write):
    rows = "".join(f"{n};K{n % 3};{1 + n % 27}-{1 + n % 9}-2024;0,333333\n" for n in range(300))
    checked = read(write(f"Ordernummer;Klantnr;Datum;Bedrag\n{rows}"))
    total = checked.con.execute("select sum(bedrag) from tx").fetchall()[0][0]
    assert total == Decimal("99.999900")


PAYMENTS = "Customer ID;Created;Amount;Type\ncus_1;2024-02-01;100;charge\ncus_1;2024-02-02;-50;refund\n;2024-02-03;-97;payout\n"


@pytest.mark.slow
def test_rows_that_are_no_sales_are_asked_about_and_the_answer_works(write):
    path = write(PAYMENTS)
    with pytest.raises(Ambiguous, match="charge") as asked:
        read(path)
    assert '--alleen "Type=charge"' in asked.value.remedy
    assert figures(read(path, only=(("Type", "charge"),)))[2] == 100.0
    assert figures(read(path, only=(("type", "Charge, refund"),)))[2] == 50.0
    assert figures(read(path, without=(("Type", "payout"),)))[2] == 50.0


@pytest.mark.parametrize(
    ("head", "values"),
    [
        ("D/C", ("D", "C")),
        ("Af Bij", ("Af", "Bij")),
        ("Soort", ("Verkoop", "Terugbetaling")),
        ("Fase", ("Gewonnen", "Verloren")),
    ],
)
def test_a_column_that_tells_sales_from_what_is_none_is_asked_about(write, head, values):
    rows = "".join(f"A;1-2-2024;{n}0;{value}\n" for n, value in enumerate(values, 1))
    with pytest.raises(Ambiguous, match=re.escape(values[0])):
        read(write(f"Klantnr;Datum;Bedrag;{head}\n{rows}"))


@pytest.mark.parametrize(
    ("head", "values"),
    [("Type", ("simple", "variable")), ("Type", ("Credit card", "iDEAL")), ("Soort", ("Boek", "Mok"))],
)
def test_a_column_of_other_kinds_is_no_question(write, head, values):
    rows = "".join(f"A;1-2-2024;{n}0;{value}\n" for n, value in enumerate(values, 1))
    assert figures(read(write(f"Klantnr;Datum;Bedrag;{head}\n{rows}")))[1] == 30.0


# ── what is no export of orders ─────────────────────────────────────────────────────────────


@pytest.mark.parametrize("head", ["Aantal orders", "Orders Count", "Number of orders"])
def test_a_list_of_customers_is_no_list_of_orders(write, head):
    path = write(f"Klantnummer;{head};Omzet;Datum\nK1;4;400,00;01-02-2024\nK2;1;30,00;01-02-2024\n")
    with pytest.raises(FileUnreadable, match="lijst van klanten") as caught:
        read(path)
    (advice,) = re.findall('--kolommen "([^"]+)"', caught.value.remedy)
    columns = dict([advice.split("=")])
    assert read_transactions(path, today=TODAY, columns=columns).count() == 2


@pytest.mark.slow
def test_a_name_beside_pieces_and_a_price_may_be_of_the_article(write):
    path = write("Datum;Naam;Aantal;Prijs\n15-01-2024;Thee;2;2,50\n16-01-2024;Koek;1;2,00\n")
    with pytest.raises(Ambiguous, match="ook het artikel"):
        read(path)
    assert read_transactions(path, today=TODAY, columns={"klant": "Naam"}).count() == 2


@pytest.mark.slow
@pytest.mark.parametrize(
    ("head", "yes", "no"),
    [("Geretourneerd", "Ja", ""), ("Returned", "true", "false")],
)
def test_a_column_that_says_yes_to_what_is_no_sale_is_asked_about(write, head, yes, no):
    path = write(f"Datum;Klantnummer;Bedrag;{head}\n1-2-2024;K1;20,00;{no}\n2-2-2024;K1;10,00;{yes}\n")
    with pytest.raises(Ambiguous, match="geen verkoop") as caught:
        read(path)
    (nothing,) = [tuple(one.split("=")) for one in re.findall('--zonder "([^"]+)"', caught.value.remedy)]
    (everything,) = [tuple(one.split("=")) for one in re.findall('--alleen "([^"]+)"', caught.value.remedy)]
    assert figures(read(path, without=(nothing,)))[1] == 20.0
    assert figures(read(path, only=(everything,)))[1] == 30.0


@pytest.mark.slow
def test_each_word_for_yes_is_named(write):
    path = write(
        "Datum;Klantnummer;Bedrag;Retour\n1-2-2024;K1;20,00;Nee\n2-2-2024;K1;9,00;Ja\n3-2-2024;K1;8,00;x\n"
    )
    with pytest.raises(Ambiguous) as caught:
        read(path)
    pairs = re.findall('--zonder "([^"]+)"', caught.value.remedy)
    assert figures(read(path, without=tuple(tuple(one.split("=")) for one in pairs)))[1] == 20.0


@pytest.mark.slow
def test_a_number_of_pieces_that_came_back_is_no_yes_and_asked_about(write):
    path = write(
        "Datum;Klantnummer;Bedrag;Retour\n1-2-2024;K1;20,00;0\n2-2-2024;K1;9,00;1\n3-2-2024;K1;8,00;3\n"
    )
    with pytest.raises(Ambiguous, match="bij 2 rijen hoeveel stuks") as asked:
        read(path)
    assert '--alleen "Retour=0,1,3"' in asked.value.remedy
    assert figures(read(path, only=(("Retour", "0,1,3"),)))[1] == 37.0
    assert figures(read(path, only=(("Retour", "0"),)))[1] == 20.0


@pytest.mark.slow
def test_a_kind_of_row_with_a_comma_in_its_name_is_kept_as_advised(write):
    rows = "1-2-2024;K1;20,00;Verkoop, web\n2-2-2024;K1;9,00;Verkoop , kassa\n3-2-2024;K1;4,00;Retour\n"
    path = write(f"Datum;Klantnummer;Bedrag;Type\n{rows}")
    with pytest.raises(Ambiguous) as caught:
        read(path)
    net, sales = re.findall('--alleen "([^"]+)"', caught.value.remedy)
    assert figures(read(path, only=(tuple(net.split("=")),)))[:3] == (2, 29.0, 25.0)
    assert figures(read(path, only=(tuple(sales.split("=")),)))[:3] == (2, 29.0, 29.0)


def test_a_ledger_in_which_revenue_has_a_minus_is_asked_about(write):
    path = write("Datum;Dagboek;Relatiecode;Bedrag\n1-2-2024;70;1;-9,00\n2-2-2024;70;2;-5,00\n")
    with pytest.raises(Ambiguous, match="onder nul"):
        read(path)
    assert figures(read(path, {"eraf": "Bedrag"}))[:2] == (2, 14.0)
    with pytest.raises(FileUnreadable, match=r"geen enkele verkoop[\s\S]*eraf=Bedrag"):
        read(path, only=(("Bedrag", "*"),))


def test_a_second_table_with_few_words_of_ours_is_seen(write):
    second = "\nBetaalwijze;Van;Aantal;Totaal\niDEAL;1-1-2024;1;10,00\n"
    with pytest.raises(FileUnreadable, match="andere tabel"):
        read(write(f"Ordernummer;Datum;E-mail;Totaal\n1;10-01-2024;jan@x.nl;10,00\n{second}"))


def test_the_gross_amount_goes_before_what_fees_left(write):
    path = write("Date,Customer Email,Gross Amount,Fee,Net Amount\n2024-01-15,a@x.nl,100.00,3.00,97.00\n")
    assert figures(read(path))[1] == 100.0


def test_a_rate_of_vat_in_a_header_is_no_other_column(write):
    path = write("Datum;Klant;Bedrag (incl. 21% btw);Bedrag (excl. 21% btw)\n1-2-2024;A;121,00;100,00\n")
    assert figures(read(path))[1] == 100.0
