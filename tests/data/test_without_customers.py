"""Exports of tills and payouts, in which nobody is named: revenue and orders, and nothing per customer."""

import pytest

from klantwaarde_xl.data.analyse import analyse
from klantwaarde_xl.data.reading.questions.recipe import as_text, from_text
from klantwaarde_xl.errors import ColumnsMissing, NotAvailable
from tests.data.exported import figures, follow, read, said, write

__all__ = ["write"]

TILL = """\
Bonnr;Datum;Totaal
B1;5-1-2024;10,50
B2;6-1-2024;20,00
B3;7-2-2024;30,25
B4;8-2-2024;-20,00
"""


@pytest.mark.slow
def test_the_question_says_what_to_type_where_nobody_is_named_and_it_works(write):
    path = write(TILL)
    with pytest.raises(ColumnsMissing) as asked:
        read(path)
    assert "lees dan alleen de omzet: --kolommen klant=-." in asked.value.remedy
    checked = read(path, {"klant": "-"})
    assert figures(checked) == (3, 60.75, 40.75, 0)
    assert "gasten" in said(checked, "klant")


@pytest.mark.slow
def test_other_columns_that_are_missing_are_proposed_with_it(write):
    path = write(TILL.replace("Datum", "Kiedy"))
    with pytest.raises(ColumnsMissing) as asked:
        read(path)
    assert "--kolommen klant=-,datum=Kiedy." in asked.value.remedy


def test_an_address_or_a_guest_beside_it_makes_nobody_a_customer(write):
    text = TILL.replace("\n", ";a@x.nl\n").replace("Totaal;a@x.nl", "Totaal;E-mail")
    assert figures(read(write(text), {"klant": "-"}))[3] == 0


def test_months_are_counted_and_figures_of_customers_say_why_not(write):
    made = analyse(read(write(TILL), {"klant": "-"}), names=("kpi", "rfm", "segmenten", "prognosetotaal"))
    assert made["kpi"].column("AOV") == [15.25, 30.25]
    assert made["rfm"].rows == ()
    assert made["segmenten"].rows == ()
    assert "geen klanten" in made.figures["bericht"]


def test_a_column_of_customers_that_is_empty_is_still_a_question(write):
    checked = read(write(TILL.replace("Totaal", "Totaal;Klantnr")))
    with pytest.raises(NotAvailable) as refused:
        analyse(checked)
    assert "--kolommen klant=-" in refused.value.remedy


def test_a_recipe_keeps_that_there_are_no_customers(write):
    recipe = read(write(TILL), {"klant": "-"}).recipe
    text = as_text({"transacties": recipe})
    assert from_text(text, ("transacties",), "recept.json")["transacties"].columns["klant"] == "-"


@pytest.mark.slow
def test_other_columns_are_followed_with_the_first_answer(write):
    path = write("Kiedy;Kto;Totaal\n5-1-2024;R1;10,50\n6-2-2024;R1;20,50\n7-2-2024;R2;20,50\n")
    with pytest.raises(ColumnsMissing) as asked:
        read(path)
    assert figures(follow(path, asked.value))[3] == 2
