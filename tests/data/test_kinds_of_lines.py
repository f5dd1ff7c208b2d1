"""Rows that are no sale by the kind of line, journal or deal that a column says they are."""

import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, said, write
from tests.examples import crossed

__all__ = ["write"]

LINES = "Ordernummer;Datum;Klantnr;{head};Regelbedrag\n{rows}"


def asked(path):
    with pytest.raises(Ambiguous) as error:
        read(path)
    return error.value


def lines(write, *kinds, head="Regeltype"):
    rows = "".join(f"5;3-4-2025;A;{kind};{amount}\n" for kind, amount in kinds)
    return write(LINES.format(head=head, rows=rows + f"6;8-4-2025;B;{kinds[0][0]};9\n"))


NO_REVENUE = ["BTW", "tax", "VAT 9%", "Fooi", "Tip", "Gift card", "Cadeaubon"]


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "head"), crossed(NO_REVENUE, ["Regeltype", "Item type", "Soort"]))
def test_a_line_that_is_no_revenue_is_asked_about_and_the_advice_leaves_it_out(write, head, kind):
    path = lines(write, ("Artikel", "40"), (kind, "7"), head=head)
    assert f'--alleen "{head}=Artikel"' in asked(path).remedy
    assert figures(read(path, only=((head, "Artikel"),)))[:2] == (2, 49.0)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["coupon", "Korting", "discount"])
def test_a_discount_in_lines_is_asked_about_and_both_answers_work(write, kind):
    path = lines(write, ("line_item", "40"), ("shipping", "3"), (kind, "5"))
    remedy = asked(path).remedy
    assert '--alleen "Regeltype=line_item,shipping"' in remedy
    assert f'--alleen "Regeltype=line_item,shipping,{kind}"' in remedy
    assert figures(read(path, only=(("Regeltype", "line_item,shipping"),)))[2] == 52.0
    assert figures(read(path, only=(("Regeltype", f"line_item,shipping,{kind}"),)))[2] == 47.0


def test_a_discount_with_a_minus_is_no_question(write):
    assert figures(read(lines(write, ("Artikel", "40"), ("Korting", "-5"))))[2] == 44.0


def test_shipping_counts_and_is_said_with_what_leaves_it_out(write):
    checked = read(lines(write, ("Artikel", "40"), ("Verzendkosten", "3")))
    assert figures(checked)[:2] == (2, 52.0)
    assert '--zonder "Regeltype=Verzendkosten"' in said(checked, "bedrag")


@pytest.mark.slow
def test_vat_in_the_place_of_an_article_is_asked_about_and_both_answers_work(write):
    path = lines(write, ("Kan", "40"), ("BTW 9%", "3,60"), head="Omschrijving")
    remedy = asked(path).remedy
    assert '--zonder "Omschrijving=BTW 9%"' in remedy
    assert '--alleen "Omschrijving=*"' in remedy
    assert figures(read(path, without=(("Omschrijving", "BTW 9%"),)))[1] == 49.0
    assert figures(read(path, only=(("Omschrijving", "*"),)))[1] == 52.6


def test_an_article_that_has_vat_in_its_name_is_an_article(write):
    path = lines(write, ("Kan", "40"), ("Btw-wijzer 2025", "12"), head="Omschrijving")
    assert figures(read(path))[:2] == (2, 61.0)


@pytest.mark.slow
@pytest.mark.parametrize("head", ["Dagboek", "Dagboekcode", "Type", "Journal"])
@pytest.mark.parametrize(
    ("sale", "purchase", "cash"), [("Verkoopboek", "Inkoopboek", "Kasboek"), ("VRK", "INK", "BNK")]
)
def test_only_the_journal_of_sales_is_advised(write, head, sale, purchase, cash):
    rows = f"{sale};1;3-4-2025;A;70\n{purchase};2;4-4-2025;B;50\n{cash};3;5-4-2025;C;30\n"
    path = write(f"{head};Boekstuk;Datum;Relatiecode;Bedrag\n{rows}")
    assert f'--alleen "{head}={sale}"' in asked(path).remedy
    assert figures(read(path, only=((head, sale),)))[:2] == (1, 70.0)


def test_numbers_of_journals_are_asked_about(write):
    rows = "70;1;3-4-2025;A;70\n60;2;4-4-2025;B;50\n70;3;5-4-2025;C;30\n"
    path = write(f"Dagboek;Boekstuk;Datum;Relatiecode;Bedrag\n{rows}")
    assert '--alleen "Dagboek=70"' in asked(path).remedy


def test_two_journals_of_sales_are_no_question(write):
    rows = "Verkoop winkel;1;3-4-2025;A;70\nVerkoop webshop;2;4-4-2025;B;50\n"
    assert figures(read(write(f"Dagboek;Boekstuk;Datum;Relatiecode;Bedrag\n{rows}")))[1] == 120.0


@pytest.mark.parametrize("head", ["Deal Stage", "Fase"])
def test_of_deals_those_won_are_advised(write, head):
    rows = "1;Closed Won;3-4-2025;A;70\n2;Closed Lost;4-4-2025;B;50\n3;Proposal;5-4-2025;C;30\n"
    path = write(f"Deal;{head};Datum;Klant;Bedrag\n{rows}")
    assert f'--alleen "{head}=Closed Won"' in asked(path).remedy
    assert figures(read(path, only=((head, "Closed Won"),)))[:2] == (1, 70.0)


def tipped(write, code, head="Sku"):
    rows = f"5;3-4-2025;A;K1;Kan;40\n5;3-4-2025;A;{code};Tip;3\n6;8-4-2025;B;K1;Kan;9\n"
    return write(f"Ordernummer;Datum;Klantnr;{head};Product;Regelbedrag\n{rows}")


@pytest.mark.parametrize("head", ["Sku", "EAN", "Artikelnummer", "Product ID", "Lineitem sku"])
def test_an_article_that_is_called_tip_has_a_code_and_counts(write, head):
    checked = read(tipped(write, "T7", head))
    assert figures(checked)[:2] == (2, 52.0)
    assert '--zonder "Product=Tip"' in said(checked, "bedrag")


def test_a_tip_has_none_and_is_asked_about(write):
    assert '--zonder "Product=Tip"' in asked(tipped(write, "")).remedy


def test_the_price_for_which_a_piece_was_sold_goes_times_the_pieces(write):
    rows = "1;3-4-2025;a;Mok;2;12,50\n2;4-4-2025;b;Mok;1;12,50\n3;5-4-2025;a;Kan;1;22,50\n"
    checked = read(write(f"Order Number;Sale Date;Buyer Username;Item Title;Quantity;Sold For\n{rows}"))
    assert figures(checked) == (3, 60.0, 60.0, 2)


@pytest.mark.parametrize("head", ["Pos Gesamt", "Pos. Gesamt", "Positionsbetrag", "Gesamt Pos.", "Pos-Summe"])
def test_the_total_of_a_position_is_of_its_line(write, head):
    rows = "A1;03.04.2025;M;Tasse;25,00\nA1;03.04.2025;M;Kanne;25,00\nA2;04.04.2025;S;Tasse;12,50\n"
    checked = read(write(f"Auftragsnummer;Datum;Kunde;Artikel;{head}\n{rows}"))
    assert figures(checked) == (2, 62.5, 62.5, 2)
