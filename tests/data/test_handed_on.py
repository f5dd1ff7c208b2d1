"""Money in a total that is no revenue: gift cards sold, levies, deposits and interest on lines."""

import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, said, typed, write
from tests.examples import crossed

__all__ = ["write"]

# Who pays with a gift card bought it before: only its sale is in the total, and is none
TILL = """Date,Ref,Customer ID,Goods,Net sales,Gift card sales,Tax,Tip,Total collected,Card,Gift card
2024-03-01,R1,C1,20.00,20.00,0.00,4.20,0.00,24.20,24.20,0.00
2024-03-02,R2,C2,0.00,0.00,75.00,0.00,0.00,75.00,75.00,0.00
2024-03-05,R3,C3,60.00,50.00,0.00,10.50,3.00,63.50,0.00,63.50
2024-03-15,R4,C1,10.00,10.00,25.00,2.10,0.00,37.10,37.10,0.00
"""


def test_a_gift_card_that_was_sold_is_no_revenue_where_net_and_vat_are_the_rest(write):
    checked = read(write(TILL))
    assert figures(checked)[1] == 80.0
    assert "'Gift card sales' is geen omzet" in said(checked, "bedrag")
    assert figures(read(write(TILL), vat="incl"))[1] == 96.8


def test_two_levies_in_one_total_both_go_off(write):
    path = write(
        "Order;Datum;Klant;Goederen;Statiegeld;Recyclingbijdrage;Ordertotaal\n"
        "1;1-2-2024;A;40,00;2,00;1,00;43,00\n2;3-2-2024;B;30,00;1,00;;31,00\n3;9-3-2024;A;12,00;;0,50;12,50\n"
    )
    assert figures(read(path))[1] == 82.0


@pytest.mark.slow
def test_a_levy_of_which_no_sum_tells_whether_it_is_in_the_amount_is_asked_about(write):
    path = write("Order;Datum;Klant;Totaal;Emballage\n1;1-2-2024;A;40,00;2,00\n2;3-2-2024;B;30,00;1,00\n")
    with pytest.raises(Ambiguous, match="Emballage"):
        read(path)
    assert figures(typed(path, "--kolommen fooi=Emballage"))[1] == 67.0
    assert figures(typed(path, "--kolommen fooi=-"))[1] == 70.0


TEXTS = ["Waarborgsom", "Borg steiger 4", "Interest on invoice 2024-11", "Wettelijke rente", "Tourist tax"]


@pytest.mark.slow
@pytest.mark.parametrize(("text", "head"), crossed(TEXTS, ["Omschrijving", "Item name"]))
def test_a_deposit_or_interest_in_the_place_of_an_article_is_asked_about(write, head, text):
    path = write(
        f"Datum;Klantnr;{head};Bedrag\n1-2-2024;A;Huur steiger;80\n1-2-2024;A;{text};200\n2-3-2024;B;Kar;9\n"
    )
    with pytest.raises(Ambiguous, match="geen verkoop lijken") as error:
        read(path)
    assert f'--zonder "{head}={text}"' in error.value.remedy
    assert figures(typed(path, f'--zonder "{head}={text}"'))[1] == 89.0
    assert figures(typed(path, f'--alleen "{head}=*"'))[1] == 289.0


@pytest.mark.slow
def test_many_texts_of_deposits_are_answered_by_one_pattern(write):
    rows = "".join(
        f"{at}-2-2024;K{at % 3};{'Borg kar' if at % 2 else 'Huur kar'} {at};10\n" for at in range(1, 20)
    )
    path = write(f"Datum;Klantnr;Product;Bedrag\n{rows}")
    with pytest.raises(Ambiguous) as error:
        read(path)
    assert '--zonder "Product=Borg*"' in error.value.remedy
    assert figures(typed(path, '--zonder "Product=Borg*"'))[1] == 90.0


def test_articles_whose_names_only_begin_so_are_no_question(write):
    path = write(
        "Datum;Klantnr;Product;Bedrag\n1-2-2024;A;Borgring;80\n2-2-2024;B;Depositbox;20\n3-3-2024;A;Interestgids;9\n"
    )
    assert figures(read(path))[1] == 109.0


@pytest.mark.slow
def test_gift_cards_on_lines_count_and_the_way_to_leave_them_out_is_said(write):
    path = write(
        "Order;Datum;Klantnr;Product;Bedrag\n1;1-2-2024;A;Cadeaubon € 25;25\n1;1-2-2024;A;Mok;9\n2;2-3-2024;B;Kan;8\n"
    )
    assert '--zonder "Product=Cadeaubon*"' in said(read(path), "bedrag")
    assert figures(typed(path, '--zonder "Product=Cadeaubon*"'))[1] == 17.0


@pytest.mark.parametrize("head", ["Gift card sold", "Verkochte cadeaukaarten", "Waardebonnen verkocht"])
def test_a_gift_card_that_was_sold_is_known_in_other_words(write, head):
    path = write(
        f"Order;Datum;Klantnr;{head};Goederen;Totaal\n1;1-2-2024;A;25;10;35\n2;2-2-2024;B;0;8;8\n3;9-3-2024;A;5;1;6\n"
    )
    assert figures(read(path))[1] == 19.0


@pytest.mark.slow
@pytest.mark.parametrize(
    "head", ["Store credit used", "Betaald met cadeaubon", "Gift card amount", "Tegoed ingewisseld"]
)
def test_a_total_without_what_was_paid_by_gift_card_is_asked_about(write, head):
    path = write(
        f"Order;Datum;Klantnr;Gekocht;{head};Totaal\n1;1-2-2024;A;50;20;30\n2;2-2-2024;B;8;;8\n3;9-3-2024;A;6;6;0\n"
    )
    with pytest.raises(Ambiguous, match="is af wat met") as error:
        read(path)
    assert "--kolommen bedrag=Gekocht" in error.value.remedy
    assert figures(typed(path, "--kolommen bedrag=Gekocht"))[1] == 64.0
    assert figures(typed(path, "--kolommen bedrag=Totaal"))[1] == 38.0


def test_what_was_paid_by_gift_card_of_a_whole_total_is_no_question(write):
    path = write(
        "Order;Datum;Klantnr;Totaal;Cadeaubon;Nog te betalen\n1;1-2-2024;A;50;20;30\n2;2-2-2024;B;8;0;8\n"
    )
    assert figures(read(path))[1] == 58.0
