"""Lists of quotes, which are no sales before the customer agrees, and what was due of which all was paid."""

import pytest

from klantwaarde_xl.errors import Ambiguous, FileUnreadable
from tests.data.exported import figures, follow, read, said, typed, write

__all__ = ["write"]


def quotes(write, *statuses, number="Offertenummer"):
    rows = [f"O{at};{at + 1}-3-2025;K{at};{100 + at};{word}" for at, word in enumerate(statuses)]
    return write("\n".join([f"{number};Datum;Klant;Bedrag;Status", *rows]) + "\n")


@pytest.mark.parametrize("number", ["Offertenummer", "Quote number", "Angebotsnr"])
def test_of_quotes_only_those_that_were_agreed_to_are_sales(write, number):
    path = quotes(
        write, "Akkoord", "Verzonden", "Niet akkoord", "Bekeken", "Geaccepteerd", "Concept", number=number
    )
    assert figures(read(path))[:2] == (2, 100 + 104)


def test_what_was_sent_of_an_order_or_an_invoice_is_a_sale(write):
    for number in ("Ordernummer", "Factuurnummer"):
        assert figures(read(quotes(write, "Verzonden", "Verzonden", number=number)))[0] == 2


def test_quotes_of_which_nothing_says_what_became_of_them_are_refused_and_the_way_out_works(write):
    path = write("Offertenr;Datum;Klant;Bedrag\nO1;1-3-2025;A;100\nO2;2-3-2025;B;250\n")
    with pytest.raises(FileUnreadable, match="offertes") as refused:
        read(path)
    assert figures(follow(path, refused.value))[:2] == (2, 350)


def test_what_was_due_and_paid_is_the_same_money_and_never_added_up(write):
    rows = [
        "i1,c1,2025-03-01,20.00,20.00,paid",
        "i2,c2,2025-03-02,35.50,35.50,paid",
        "i3,c1,2025-03-09,20.00,0,open",
    ]
    path = write("\n".join(["id,customer,created,amount_due,amount_paid,status", *rows]) + "\n")
    with pytest.raises(Ambiguous) as asked:
        read(path)
    assert "plus2" not in asked.value.remedy
    assert figures(read(path, {"bedrag": "amount_paid"}))[1] == 55.5


def test_what_is_still_due_may_be_added_to_what_was_paid(write):
    rows = ["i1,c1,2025-03-01,0.00,20.00", "i2,c2,2025-03-02,5.50,30.00", "i3,c1,2025-03-09,20.00,0.00"]
    path = write("\n".join(["id,customer,created,amount_due,amount_paid", *rows]) + "\n")
    with pytest.raises(Ambiguous) as asked:
        read(path)
    assert figures(follow(path, asked.value))[1] == 75.5


def test_of_quotes_a_word_that_nobody_knows_and_no_word_are_no_sale(write):
    checked = read(quotes(write, "Geaccepteerd", "geen reactie", "", "in behandeling", "not accepted"))
    assert figures(checked)[:2] == (1, 100.0)
    assert "geen reactie (1: niet herkend, telt niet mee)" in said(checked, "status")
    assert "bij 1 rij leeg: niet geaccepteerd" in said(checked, "status")


@pytest.mark.parametrize("header", ["Akkoord", "Geaccepteerd", "Accepted"])
def test_a_yes_beside_a_quote_is_asked_about_and_both_answers_work(write, header):
    path = write(f"Offerte;Datum;Klant;Bedrag;{header}\nO1;1-3-2025;A;100;ja\nO2;2-3-2025;B;250;nee\n")
    with pytest.raises(Ambiguous, match=header) as asked:
        read(path)
    assert figures(typed(path, f'--alleen "{header}=ja"'))[:2] == (1, 100.0)
    assert f'--alleen "{header}=ja,nee"' in asked.value.remedy
    assert figures(typed(path, f'--alleen "{header}=ja,nee"'))[:2] == (2, 350.0)


@pytest.mark.parametrize("words", [("nee", "ja", "nee"), ("Badkamer", "Keuken", "Badkamer"), ("", "O7", "")])
def test_a_column_that_says_which_orders_began_as_a_quote_makes_no_list_of_quotes(write, words):
    rows = [f"K{at};{at + 1}-3-2025;{100 + at};verzonden;{word}" for at, word in enumerate(words)]
    path = write("\n".join(["Klant;Datum;Bedrag;Status;Quotation", *rows]) + "\n")
    assert figures(read(path, only=(("Quotation", "*"),)))[0] == 3


def test_a_bare_word_with_numbers_of_its_own_is_a_list_of_quotes(write):
    assert figures(read(quotes(write, "Akkoord", "Verzonden", "Akkoord", number="Offerte")))[0] == 2


def test_a_quote_beside_an_invoice_is_the_invoice(write):
    path = write("Offertenummer;Factuur;Datum;Klant;Bedrag;Status\nO1;F1;1-3-2025;A;10;verzonden\n")
    assert figures(read(path))[0] == 1
