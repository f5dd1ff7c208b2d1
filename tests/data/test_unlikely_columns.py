"""What a column is not, whatever its header or its numbers look like: no order, no money, no customer."""

import pytest

from klantwaarde_xl.errors import Ambiguous, ColumnsMissing
from tests.data.exported import figures, read, said, typed, write

__all__ = ["write"]

DAYS = [f"2025-0{at % 8 + 1}-1{at % 9}" for at in range(12)]


@pytest.mark.parametrize("header", ["Cart Order", "Bestelling", "Order"])
def test_what_was_ordered_in_words_numbers_no_orders(write, header):
    bread = "2x bruin brood, gesneden, groot"
    text = f"Email;{header};Totaal;Datum\nan@x.nl;{bread};9,00;2025-03-01\nan@x.nl;{bread};9,00;2025-03-01\n"
    text += "bo@y.nl;1x taart met slagroom erop;22,50;2025-03-04\n"
    assert figures(read(write(text)))[:2] == (3, 40.5)


def test_a_number_of_an_order_with_words_in_it_still_joins_its_lines(write):
    number = "Bestelling nummer 18 van 2025"
    text = f"Klant;Ordernummer;Regelbedrag;Datum\nA;{number};9,00;2025-03-01\nA;{number};4,00;2025-03-01\n"
    assert figures(read(write(text)))[:2] == (1, 13.0)


@pytest.mark.parametrize(("first", "second"), [("lat", "lon"), ("Shop latitude", "Shop longitude")])
def test_coordinates_are_no_part_of_an_amount(write, first, second):
    spots = [
        f"{52 + at / 7:.6f};{4 + at / 9:.6f}" if at % 5 else ";" for at in range(12)
    ]  # not of every order
    rows = [f"{at};K{at % 4};{DAYS[at]};{at * 9 + 40}.50;{spots[at]}" for at in range(12)]
    path = write("\n".join([f"nr;klantnr;datum;wat het werd;{first};{second}", *rows]))
    with pytest.raises(ColumnsMissing) as error:
        read(path)
    assert "plus2" not in error.value.remedy
    assert first not in error.value.remedy
    checked = typed(path, '--kolommen "bedrag=wat het werd"')
    assert figures(checked)[1] == sum(at * 9 + 40.5 for at in range(12))


def test_the_number_of_a_document_is_no_amount(write):
    rows = [f"{day};{at * 31 + 120}.25;EUR;4711000{at:03}.0" for at, day in enumerate(DAYS)]
    with pytest.raises(ColumnsMissing) as error:
        read(write("\n".join(["Belegdatum;Was es war;Hauswährung;Gegenstück", *rows])))
    assert "bedrag=Was es war" in error.value.remedy


@pytest.mark.parametrize("header", ["payment_id", "review_id", "order link", "paid amount"])
def test_the_number_of_a_row_or_its_money_is_no_customer(write, header):
    cells = [f"P-{at:04}" if header != "paid amount" else str(at * 7 % 3) for at in range(12)]
    rows = [f"{cell};{day};{at + 3}.20" for at, (cell, day) in enumerate(zip(cells, DAYS, strict=True))]
    with pytest.raises(ColumnsMissing) as error:
        read(write("\n".join([f"{header};date;amount", *rows])))
    assert f"klant={header}" not in error.value.remedy
    assert "--kolommen klant=-" in error.value.remedy


def test_a_debit_and_a_credit_in_french_are_proposed(write):
    rows = [
        f"{day};Reçu {at};{'' if at % 3 else at + 2.5};{at * 4 + 1.5 if at % 3 else ''};{at + 70}"
        for at, day in enumerate(DAYS)
    ]
    with pytest.raises(ColumnsMissing) as error:
        read(write("\n".join(["Date;Texte;Débit;Crédit;Solde", *rows])))
    assert "erbij=Crédit,eraf=Débit" in error.value.remedy


def test_transfers_of_a_bank_are_asked_about_as_a_statement(write):
    text = (
        "Booking Date;Partner Name;Partner Iban;Type;Amount\n"
        "2025-03-01;Zaal Noord;NL01BANK0000000001;Credit Transfer;410.00\n"
        "2025-03-02;Drukkerij;NL01BANK0000000002;Debit Transfer;-60.00\n"
    )
    with pytest.raises((Ambiguous, ColumnsMissing), match="afschrift") as error:
        read(write(text))
    assert "Credit Transfer,Credit Transfer" not in str(error.value)
    assert figures(typed(write(text), '--kolommen "klant=Partner Name"', '--zonder "Amount=-*"'))[:2] == (
        1,
        410.0,
    )


@pytest.mark.parametrize(
    "names", [("Income", "Checking"), ("Sales Income", "Petty Cash"), ("Assets:Bank", "Expenses")]
)
def test_accounts_of_the_books_are_no_customers_in_silence(write, names):
    rows = [f"2025-03-0{at + 1};{names[at % 2]};{at + 1}0.00" for at in range(6)]
    with pytest.raises(Ambiguous, match="de rekening"):
        read(write("\n".join(["Date;AccountName;Amount", *rows])))


def test_a_state_of_a_country_is_no_status_and_one_of_an_order_is(write):
    head = "Order ID;Customer;Date;State;Sales"
    places = [
        f"{at};K{at % 3};{day};{place};{at + 1}0.00"
        for at, (day, place) in enumerate(zip(DAYS, ("Utah", "Ohio", "Iowa") * 4, strict=True))
    ]
    checked = read(write("\n".join([head, *places])))
    assert said(checked, "status") == ""
    states = ["1;A;2025-01-02;paid;10.00", "2;B;2025-01-03;cancelled;30.00", "3;C;2025-01-04;pending;40.00"]
    assert figures(read(write("\n".join([head, *states]))))[1] == 10.0


def test_of_many_lists_only_those_with_a_word_of_an_order_are_asked_about(write):
    heads = "wie;wanneer;wat;geslacht;regio;pas;tijd;toestand"
    lists = [("man", "noord", "goud", "ochtend", "geleverd"), ("vrouw", "zuid", "zilver", "middag", "weg")]
    rows = [f"K{at % 5};{day};{at + 1}.75;{';'.join(lists[at % 2])}" for at, day in enumerate(DAYS)]
    with pytest.raises(ColumnsMissing) as error:
        read(write("\n".join([heads, *rows])))
    assert "'toestand'" in str(error.value).split("Naar de inhoud")[1]
    assert "zegt 'geslacht'" not in str(error.value)


def test_an_article_that_is_called_after_a_bank_is_no_payment(write):
    head = "Invoice;Description;Quantity;Invoice date;Unit price;Customer ID"
    path = write(
        f"{head}\n81;GLASS MONEY BANK;-2;2025-03-01;4.50;901\n82;CASH BOX RED;-1;2025-03-04;11.00;902\n"
    )
    assert figures(read(path))[2] == -20.0
    paid = write(f"{head}\n81;Vaas;2;2025-03-01;4.50;901\n82;Betaling;-1;2025-03-04;9.00;901\n")
    with pytest.raises(Ambiguous, match="een betaling is"):
        read(paid)


@pytest.mark.parametrize("due", ["Due on", "Vervalt", "Échéance"])
def test_the_day_on_which_it_is_due_is_not_the_first_that_is_proposed(write, due):
    rows = [f"{at};K{at % 3};2025-09-{at + 11};{day};{at + 7}.25" for at, day in enumerate(DAYS)]
    with pytest.raises(ColumnsMissing) as error:
        read(write("\n".join([f"Factuurnr;Klantnr;{due};Toen;Bedrag", *rows])))
    assert "datum=Toen" in error.value.remedy


@pytest.mark.parametrize("header", ["Tax rate", "Btw-tarief", "VAT percentage"])
def test_the_share_of_vat_is_not_proposed_as_the_amount(write, header):
    rows = [f"K{at % 4};{day};{21 - 12 * (at % 2)}.0;{at * 7 + 12}.30" for at, day in enumerate(DAYS)]
    with pytest.raises(ColumnsMissing) as error:
        read(write("\n".join([f"Klantnr;Datum;{header};Gedoe", *rows])))
    assert "bedrag=Gedoe" in error.value.remedy
    assert f"{header!r} (" not in str(error.value)


def test_the_vat_goes_before_its_share_in_whatever_words(write):
    rows = [
        f"K{at % 4};{day};{at + 10}.00;21;{(at + 10) * 0.21:.2f};{(at + 10) * 1.21 + 3:.2f};3.00"
        for at, day in enumerate(DAYS)
    ]
    checked = read(write("\n".join(["Customer;Date;Net amount;Tax rate;Tax total;Total;Shipping", *rows])))
    assert dict(checked.quality.headers)["btw"] == "Tax total"


def test_what_was_paid_in_each_way_is_added_up(write):
    path = write(
        "Datum;Klant;Contant;Pin;Tikkie\n3-2-2025;Vos;12,50;;\n9-2-2025;Das;;20,00;\n"
        "14-2-2025;Vos;;;7,25\n2-3-2025;Bos;10,00;20,00;\n"
    )
    with pytest.raises(ColumnsMissing) as asked:
        read(path)
    assert "--kolommen bedrag=Contant,plus2=Pin,plus3=Tikkie" in asked.value.remedy
    assert "--zonder" not in asked.value.remedy
    assert figures(typed(path, "--kolommen bedrag=Contant,plus2=Pin,plus3=Tikkie"))[:2] == (4, 69.75)


@pytest.mark.parametrize(("meant", "came"), [("Begroot", "Werkelijk"), ("Toegezegd", "Ontvangen")])
def test_what_was_meant_is_proposed_after_what_came_of_it(write, meant, came):
    path = write(f"Datum;Klant;{meant};{came}\n3-2-2025;Vos;25;25\n9-2-2025;Das;20;0\n14-2-2025;Vos;9;9\n")
    with pytest.raises(ColumnsMissing) as asked:
        read(path)
    assert f"--kolommen bedrag={came}." in asked.value.remedy
