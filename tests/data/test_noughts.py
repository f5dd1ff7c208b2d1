"""Nought as bookkeepers write it: a dash in the place of an amount, and what does not apply."""

import pytest

from klantwaarde_xl.errors import RowsRefused
from tests.data.exported import figures, read, said, typed, write

__all__ = ["write"]


def order(write, nought, head="Bedrag"):
    return write(
        f"Datum;Klant;Factuurnr;{head}\n3-2-2024;A;1;12,50\n4-2-2024;B;2;{nought}\n5-2-2024;A;3;20,00\n"
    )


@pytest.mark.parametrize(
    "nought", ["-", " - ", "–", "—", "--", "€ -", "€ –", "- €", "EUR -", "-,--", "n.v.t.", "NVT"]
)
def test_a_dash_by_itself_is_nought_and_that_is_said(write, nought):
    path = order(write, nought)
    checked = read(path)
    assert figures(checked) == (3, 32.5, 32.5, 2)
    assert f"bij 1 rij staat '{nought.strip()}', gelezen als nul" in said(checked, "bedrag")
    assert figures(typed(path, f'--zonder "Bedrag={nought.strip()}"')) == (2, 32.5, 32.5, 1)


@pytest.mark.parametrize("text", ["-?", "n/a", "NA", "x", "- 5 -", "--5"])
def test_what_may_be_unknown_or_a_number_is_refused(write, text):
    with pytest.raises(RowsRefused):
        read(order(write, text))


def test_a_dash_is_nought_of_pieces_and_of_a_price_too(write):
    path = write(
        "Datum;Klant;Ordernr;Aantal;Prijs\n3-2-2024;A;1;2;12,50\n4-2-2024;B;2;-;-\n5-2-2024;A;3;1;20,00\n"
    )
    assert figures(read(path))[:2] == (3, 45.0)


def test_dashes_take_no_column_of_money_for_words(write):
    rows = "".join(
        f"{at}-3-2024;K{at % 3};F{at};{at}0,00;{f'{at * 2.1:.2f}' if at % 4 == 0 else '-'};"
        f"{at * 10 + (at * 2.1 if at % 4 == 0 else 0):.2f}\n".replace(".", ",")
        for at in range(1, 13)
    )
    checked = read(write(f"Datum;Klant;Factuurnr;Netto;Btw;Bruto\n{rows}"))
    assert figures(checked)[:2] == (12, 780.0)


def test_a_column_of_dashes_alone_gives_way_to_one_with_amounts(write):
    rows = "".join(f"{at}-3-2024;K{at % 3};F{at};-;{at}0,00\n" for at in range(1, 6))
    assert figures(read(write(f"Datum;Klant;Factuurnr;Totaal;Prijs\n{rows}")))[:2] == (5, 150.0)


def test_a_dash_has_no_minus(write):
    rows = "3-2-2024;A;1;10,00;factuur\n4-2-2024;B;2;-;factuur\n5-2-2024;A;3;4,00;credit\n"
    path = write(f"Datum;Klant;Factuurnr;Bedrag;Soort\n{rows}")
    assert figures(typed(path, '--retour "Soort=credit"')) == (2, 10.0, 6.0, 2)
