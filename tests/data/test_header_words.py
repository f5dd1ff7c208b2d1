"""Headers in other languages, orders and spellings than those we list, and what is none of ours."""

import pytest

from klantwaarde_xl.data.reading.naming.header_words import alike
from tests.data.exported import figures, read, said, write

__all__ = ["write"]


@pytest.mark.parametrize(
    ("header", "known"),
    [
        ("Rechnungsdatum", "factuurdatum"),
        ("Bestelldatum und Uhrzeit", "orderdatum"),
        ("Date de la commande", "orderdatum"),
        ("paid_date_utc", "paymentdate"),
        ("orderCreatedAt", "orderdatum"),
        ("tblVerkoop.Datum_verkoop", "verkoopdatum"),
        ("Kunden-Nr.", "klantnummer"),
        ("numero client", "klantnummer"),
        ("E-Mail des Kunden", "emailadres"),
        ("Name der Kundin", ""),
        ("Montant total TTC", "bedraginclbtw"),
        ("Orders[Totaal incl. btw]", "bedraginclbtw"),
        ("Excl.", "bedragexclbtw"),
        ("Total HT", "bedragexclbtw"),
        ("Bestelbedrag", "orderbedrag"),
        ("BTW totaalbedrag", "btwbedrag"),
        ("Einzelpreis", "stukprijs"),
        ("N° de facture", "factuurnummer"),
        ("Aantal stuks per regel", ""),
    ],
)
def test_a_header_is_known_by_what_all_its_words_say(header, known):
    assert (alike(header) or ("",))[0] == known


@pytest.mark.parametrize(
    "header",
    ["Anzahl Bestellungen", "Lieferdatum", "Uhrzeit der Bestellung", "Btw-percentage", "Verzendkosten",
     "Uitbetalingsbedrag", "Geburtstag des Kunden", "Openstaand bedrag", "Total orders", "Totaal 2024"],
)  # fmt: skip
def test_a_header_with_one_other_word_is_something_else(header):
    assert alike(header) == ()


@pytest.mark.parametrize(
    "head",
    [
        "Auftrags-Nr;Datum des Auftrags;Kundennummer;Gesamtbetrag (brutto)",
        "Numéro de commande;Date de commande;Numéro client;Montant total",
        "orders.order_number;orders.created_at;orders.customer_id;orders.total_price",
        "Verkopen[Bonnummer];Verkopen[Datum en tijd];Verkopen[Relatienr];Verkopen[Bedrag incl. btw]",
        "orderNo;dateCreatedGmt;clientCode;amountTotal",
    ],
)
def test_an_export_with_such_headers_is_read_without_a_question(write, head):
    rows = "A1;2024-01-05;7;10.50\nA1;2024-01-05;7;20.25\nA2;2024-03-05;8;30.75\n"
    assert figures(read(write(f"{head}\n{rows}")))[:3] == (2, 61.5, 61.5)


def test_a_word_of_ours_goes_before_one_that_only_says_the_same(write):
    checked = read(write("Klantnr;Datum;Rechnungsdatum;Bedrag\n1;2024-01-05;2024-02-01;10.50\n"))
    assert [row[1].isoformat() for row in checked.rows()] == ["2024-01-05"]


def test_a_bare_id_gives_way_to_a_header_that_says_who(write):
    text = "id;kunden_nr;datum;bedrag\n1;7;2024-01-05;10.50\n2;7;2024-01-09;10.50\n"
    assert figures(read(write(text)))[3] == 1


def test_the_same_money_without_vat_is_the_revenue(write):
    text = "Kunde;Rechnungsdatum;Summe brutto;Summe netto\nM;2024-01-05;121.00;100.00\n"
    checked = read(write(text))
    assert figures(checked)[1] == 100.0
    assert "Summe netto" in said(checked, "bedrag")


def test_money_of_a_piece_is_no_revenue_in_other_words_either(write):
    text = "Kunde;Rechnungsdatum;Menge;Einzelpreis\nM;2024-01-05;3;10.50\n"
    assert figures(read(write(text)))[1] == 31.5


@pytest.mark.slow
def test_rows_without_a_name_that_do_not_count_are_no_question(write):
    text = (
        "Datum;Naam consument;Bedrag;Status\n2024-01-05;J Smit;10.50;Betaald\n2024-01-06;E Bos;9.50;Betaald\n"
    )
    lost = "2024-01-07;;8.50;Verlopen\n2024-01-08;;8.50;Mislukt\n"
    assert figures(read(write(text + lost))) == (2, 20.0, 20.0, 2)


@pytest.mark.slow
def test_what_paying_costs_is_no_revenue(write):
    text = "Klantnr;Datum;Payment_excl;Total_excl\n1;2024-01-05;0.50;100.00\n2;2024-01-06;0.50;90.00\n"
    assert figures(read(write(text)))[1] == 190.0


def test_pieces_are_taken_times_their_price_without_vat(write):
    text = "Klantnr;Datum;Aantal;Prijs incl. btw;Prijs excl. btw\n1;2024-01-05;3;12.10;10.00\n"
    checked = read(write(text))
    assert figures(checked)[1] == 30.0
    assert "zonder btw" in said(checked, "bedrag")


@pytest.mark.parametrize("part", ["Donatie", "Contributie", "Gift", "Waarde"])
@pytest.mark.parametrize("total", ["Totaal betaald", "Totaalprijs", "Factuurtotaal"])
def test_what_may_be_a_part_of_it_never_goes_before_a_total(write, part, total):
    path = write(f"Klantnr;Datum;{part};{total}\nA;1-3-2025;5,00;48,50\nB;4-3-2025;0,00;72,50\n")
    assert figures(read(path))[1] == 121.0
