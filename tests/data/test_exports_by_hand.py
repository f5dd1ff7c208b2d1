"""Lists that people keep by hand: months and customers above their rows, remarks, VAT in words."""

import re

import pytest

from klantwaarde_xl.errors import Ambiguous, ColumnsMissing, RowsRefused
from tests.data.exported import figures, follow, read, said, typed, write

__all__ = ["write"]


def days(checked):
    found = dict(checked.quality.totals)
    return str(found["van"]), str(found["tot"])


@pytest.mark.parametrize(
    ("heads", "first", "last"),
    [
        (("Maart 2025", "April 2025"), "2025-03-04", "2025-04-21"),
        (("mrt '25".replace("'25", "2025"), "apr. 2025"), "2025-03-04", "2025-04-21"),
        (("2025;;\nMaart", "April"), "2025-03-04", "2025-04-21"),
        (("2024;;\nDecember", "2025;;\nJanuari"), "2024-12-04", "2025-01-21"),
    ],
)
def test_a_month_above_its_rows_is_that_of_their_days(write, heads, first, last):
    path = write(
        f"Dag;Klant;Bedrag\n{heads[0]};;\n4;Kok;10,00\n17;Mus;20,00\nTotaal;;30,00\n"
        f"{heads[1]};;\n2;Kok;40,00\n21;Ree;50,00\nTotaal;;90,00\n"
    )
    checked = read(path)
    assert figures(checked) == (4, 120.0, 120.0, 3)
    assert days(checked) == (first, last)
    assert "erboven" in said(checked, "datum")


def test_a_year_above_its_rows_is_that_of_their_days(write):
    path = write("Datum;Klant;Bedrag\n2024;;\n3 nov;Kok;10,00\n2025;;\n1 feb;Mus;20,00\n20 feb;Kok;30,00\n")
    assert days(read(path)) == ("2024-11-03", "2025-02-20")


def test_a_month_that_does_not_say_its_year_after_another_december_is_asked_about(write):
    path = write("Dag;Klant;Bedrag\nDecember 2024;;\n3;Kok;10,00\nJanuari;;\n1;Mus;20,00\n9;Kok;30,00\n")
    with pytest.raises(Ambiguous, match="geen jaar"):
        read(path)
    assert days(typed(path, "--jaar 2025")) == ("2024-12-03", "2025-01-09")


@pytest.mark.parametrize("head", ["Maart", "maart 2025"])
def test_a_month_above_rows_with_days_of_their_own_is_a_remark(write, head):
    path = write(f"Dag;Klant;Bedrag\n{head};;\n4-3-2025;Kok;10,00\n5-3-2025;Mus;20,00\n")
    assert figures(read(path)) == (2, 30.0, 30.0, 2)


def test_a_row_of_a_month_with_an_amount_stays_refused(write):
    path = write("Dag;Klant;Bedrag\nMaart 2025;Kok;10,00\n4;Mus;20,00\n5;Kok;30,00\n")
    with pytest.raises(RowsRefused):
        read(path)


def test_customers_above_their_rows_are_proposed_and_the_answer_works(write):
    path = write(
        "Declaraties\n\nDatum;Prestatie;Tarief\nDhr. B. Kok;;\n4-3-2025;Zitting;45,00\n11-3-2025;Zitting;45,00\n"
        "Mw. A. Mus;;\n5-3-2025;Zitting;45,00\n;;\n* alle prijzen zijn vrij van btw;;\n"
    )
    with pytest.raises(ColumnsMissing, match="Titel") as asked:
        read(path)
    checked = follow(path, asked.value)
    assert figures(checked) == (3, 135.0, 135.0, 2)


def test_heads_of_months_are_not_proposed_as_customers(write):
    path = write("Datum;Wat;Bedrag\nMaart 2025;;\n4-3-2025;Taart;45,00\nApril 2025;;\n5-4-2025;Brood;5,00\n")
    with pytest.raises(ColumnsMissing) as asked:
        read(path)
    assert "Titel" not in str(asked.value)


@pytest.mark.parametrize("note", ["* prijzen incl. btw", "- betaald per bank", "Let op: zonder fooi"])
def test_a_remark_below_the_rows_is_no_order(write, note):
    path = write(f"Datum;Klant;Bedrag\n4-3-2025;Kok;10,00\n5-3-2025;Mus;20,00\n{note};;\n")
    assert figures(read(path)) == (2, 30.0, 30.0, 2)


@pytest.mark.parametrize("word", ["incl.", "(incl. btw)", "inclusief btw", "excl.", "ex btw"])
def test_an_amount_may_say_whether_it_is_with_vat(write, word):
    path = write(f"Datum;Klant;Bedrag\n4-3-2025;Kok;€ 12,50 {word}\n5-3-2025;Mus;20,- {word}\n")
    checked = read(path)
    assert figures(checked)[1] == 32.5
    assert ("met btw" if word.strip("(").startswith("in") else "zonder btw") in said(checked, "bedrag")


def test_an_amount_with_vat_beside_others_that_do_not_say_is_read_and_said(write):
    checked = read(write("Datum;Klant;Bedrag\n4-3-2025;Kok;12,50 incl.\n5-3-2025;Mus;20,00\n"))
    assert figures(checked)[1] == 32.5
    assert "bij 1 staat niets" in said(checked, "bedrag")


@pytest.mark.parametrize("other", ["20,00", "20,00 incl."])
def test_amounts_without_vat_beside_others_are_never_added_up(write, other):
    with pytest.raises(Ambiguous, match="zonder btw"):
        read(write(f"Datum;Klant;Bedrag\n4-3-2025;Kok;12,50 excl.\n5-3-2025;Mus;{other}\n"))


@pytest.mark.parametrize("header", ["Besteld", "Gekocht", "Wanneer"])
def test_days_without_a_year_are_known_by_what_they_are(write, header):
    path = write(f"Kerst 2024;;\n{header};Naam;Te betalen\n30 nov;Kok;€ 40,-\nvr 6 dec;Mus;€ 20,-\n")
    checked = read(path) if header != "Wanneer" else None
    if checked is None:
        with pytest.raises(ColumnsMissing, match="datum kan zijn: 'Wanneer'") as asked:
            read(path)
        checked = typed(path, re.search(r"--kolommen \S+", asked.value.remedy)[0].rstrip("."))
    assert days(checked) == ("2024-11-30", "2024-12-06")


@pytest.mark.parametrize("word", ["pin", "(contant)", "per bank", "Tikkie", "betaald"])
def test_an_amount_may_say_how_it_was_paid(write, word):
    path = write(f"Datum;Klant;Bedrag\n4-3-2025;Kok;€ 12,50 {word}\n5-3-2025;Mus;20,00\n")
    assert figures(read(path))[1] == 32.5


def test_an_amount_that_says_it_was_not_paid_stays_refused(write):
    with pytest.raises(RowsRefused):
        read(write("Datum;Klant;Bedrag\n4-3-2025;Kok;12,50 niet betaald\n5-3-2025;Mus;20,00\n"))


def test_what_a_bill_of_work_is_made_of_is_proposed_together(write):
    path = write("Datum;Klant;Arbeid;Materiaal\n4-3-2025;Kok;30,00;20,00\n5-3-2025;Mus;60,00;45,50\n")
    with pytest.raises(ColumnsMissing, match="delen van één bedrag") as asked:
        read(path)
    assert figures(typed(path, re.search(r"--kolommen \S+", asked.value.remedy)[0].rstrip(".")))[1] == 155.5


def test_months_side_by_side_below_a_strange_header_ask_for_the_customer_and_the_year_alone(write):
    path = write("Rijlabels;jan;feb;Eindtotaal\nKok;20,00;40,00;60,00\nMus;30,00;;30,00\n")
    with pytest.raises(ColumnsMissing, match="maanden zonder jaar") as asked:
        read(path)
    assert "datum=…" not in asked.value.remedy
    checked = typed(path, "--kolommen klant=Rijlabels", "--jaar 2025")
    assert figures(checked) == (3, 90.0, 90.0, 2)


@pytest.mark.parametrize("months", ["2025-01,2025-02,2025-03", "jan 2025,feb 2025,mrt 2025"])
@pytest.mark.parametrize("amounts", ["10.00,12.00,1.00", "10.25,12.00,1.99"])
def test_amounts_that_could_be_months_stand_below_months(write, months, amounts):
    path = write(f"Klant,Plan,{months}\nKok,Pro,{amounts}\nMus,Pro,,5.00,5.00\n")
    checked = read(path)
    assert figures(checked)[1] == round(sum(map(float, amounts.split(","))) + 10.0, 2)
    assert days(checked) == ("2025-01-01", "2025-03-01")


def test_amounts_that_could_be_months_are_not_proposed_as_days(write):
    path = write("Klant,Huur,Extra\nKok,10.00,5.00\nMus,12.00,6.00\nKok,11.00,1.00\n")
    with pytest.raises(ColumnsMissing) as asked:
        read(path)
    assert "datum kan zijn" not in str(asked.value)
