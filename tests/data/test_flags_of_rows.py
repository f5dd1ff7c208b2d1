"""Columns of yes and no, and of kinds, that say a row is no sale: left out and said, or asked about."""

import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, said, typed, write
from tests.examples import crossed

__all__ = ["write"]


def table(head, *rows):
    return "\n".join([head, *rows]) + "\n"


def bookings(header, *words):
    """Nine sales of 20 each, and a word of each of three rows more of 50."""
    rows = [f"F{at};K{at % 4};{at + 1}-3-2025;20,00;{words[0]}" for at in range(9)]
    rows += [f"F{at + 9};K{at};{at + 12}-3-2025;50,00;{words[1]}" for at in range(3)]
    return table(f"Factuurnr;Klantnr;Datum;Bedrag;{header}", *rows)


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("Storno", ("nee", "ja")),
        ("Storno", ("0", "1")),
        ("Pro forma", ("N", "J")),
        ("Entwurf", ("no", "yes")),
        ("No show", ("", "x")),
        ("Interne bestelling", ("Nee", "Ja")),
    ],
)
def test_a_row_that_is_marked_as_no_sale_does_not_count_and_is_said(write, header, words):
    checked = read(write(bookings(header, *words)))
    assert figures(checked)[:2] == (9, 180.0)
    assert f"'{header}'" in said(checked, "status")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("header", "words"),
    crossed(["Afgerond", "Approved", "Is geldig", "Abrechenbar"], [("ja", "nee"), ("x", "")]),
)
def test_rows_that_are_not_marked_as_done_are_asked_about_and_both_answers_work(write, header, words):
    path = write(bookings(header, *words))
    with pytest.raises(Ambiguous, match=header) as asked:
        read(path)
    assert "3 rijen" in asked.value.what
    some, every = (f'--alleen "{header}={",".join(these)}"' for these in (words[:1], words))
    assert some in asked.value.remedy
    assert figures(typed(path, some))[:2] == (9, 180.0)
    assert figures(typed(path, every))[:2] == (12, 330.0)


def test_an_answer_about_another_column_does_not_answer_for_this_one(write):
    text = bookings("Afgerond;Kanaal", "ja;web", "nee;web")
    with pytest.raises(Ambiguous, match="Afgerond"):
        typed(write(text), '--alleen "Kanaal=web"')


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("Belegtyp", ("Rechnung", "Stornorechnung")),
        ("Vorgangsart", ("Verkauf", "Gutschrift")),
        ("Sorte", ("facture", "Avoir partiel")),
        ("Boeking", ("Verkoop", "Teruggave")),
        ("Is retour", ("nee", "ja")),
        ("Creditnota", ("", "X")),
        ("Retour van bon", ("", "B-0012")),
        ("Gutschrift zu Rechnung", ("", "R44")),
    ],
)
def test_credit_notes_without_a_minus_are_asked_about_under_any_header(write, header, words):
    path = write(bookings(header, *words))
    with pytest.raises(Ambiguous, match=r"minteken|geen verkoop") as asked:
        read(path)
    assert f'"{header}=' in asked.value.remedy


def test_credit_notes_that_have_a_minus_are_not_asked_about(write):
    text = bookings("Belegtyp", "Rechnung", "Gutschrift").replace(";50,00;", ";-50,00;")
    assert figures(read(write(text)))[2] == 30.0


def test_a_card_that_is_of_credit_gave_nothing_back(write):
    text = bookings("Card Funding", "debit", "credit")
    assert figures(read(write(text)))[:2] == (12, 330.0)


@pytest.mark.parametrize("header", ["Afgezegd", "Tijdig_afgezegd", "Op tijd afgemeld"])
def test_who_called_it_off_in_time_does_not_pay(write, header):
    rows = "K1;3-2-2025;80,00;n\nK2;4-2-2025;90,00;j\n"
    assert figures(read(write(f"Klantnr;Datum;Bedrag;{header}\n{rows}")))[:2] == (1, 80.0)
