"""Material and travel beside hours times a rate: whether the customer pays them too is asked."""

import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, typed, write

__all__ = ["write"]

HOURS = "Datum;Klant;Uren;Uurtarief;Onderdelen;Voorrijkosten\n3-2-2025;Vos;2;60,00;11,50;25,00\n9-2-2025;Das;3;60,00;;25,00\n"


def test_they_are_asked_about_and_each_advice_works(write):
    path = write(HOURS)
    with pytest.raises(Ambiguous, match="'Onderdelen' en 'Voorrijkosten' bedragen") as asked:
        read(path)
    both, none = '--kolommen "plus2=Onderdelen,plus3=Voorrijkosten"', "--kolommen plus2=-"
    assert both in asked.value.remedy
    assert none in asked.value.remedy
    assert figures(typed(path, both))[1] == 361.5
    assert figures(typed(path, none))[1] == 300.0


def test_so_are_they_beside_an_amount_that_is_just_the_product(write):
    rows = "3-2-2025;Vos;2;60,00;120,00;9,20\n9-2-2025;Das;3;60,00;180,00;0,00\n"
    path = write(f"Datum;Klant;Uren;Tarief;Bedrag;Reiskosten\n{rows}")
    with pytest.raises(Ambiguous, match="Naast 'Bedrag' heeft ook 'Reiskosten'"):
        read(path)
    assert figures(typed(path, "--kolommen plus2=Reiskosten"))[1] == 309.2


def test_a_total_that_holds_them_asks_nothing(write):
    rows = "3-2-2025;Vos;2;60,00;9,20;129,20\n9-2-2025;Das;3;60,00;0,00;180,00\n"
    assert figures(read(write(f"Datum;Klant;Uren;Tarief;Reiskosten;Totaal\n{rows}")))[1] == 309.2


def test_what_holds_nothing_or_no_money_asks_nothing(write):
    rows = "3-2-2025;Vos;2;60,00;hout;0,00\n9-2-2025;Das;3;60,00;verf;0,00\n"
    assert figures(read(write(f"Datum;Klant;Uren;Uurtarief;Materiaal;Reiskosten\n{rows}")))[1] == 300.0


@pytest.mark.parametrize("header", ["Declarabel", "Te factureren"])
def test_hours_that_are_not_to_be_invoiced_are_asked_about(write, header):
    path = write(f"Datum;Klant;Uren;Uurtarief;{header}\n3-2-2025;Vos;2;60,00;ja\n9-2-2025;Das;3;60,00;nee\n")
    with pytest.raises(Ambiguous, match=f"{header!r} is bij 1 rij geen ja"):
        read(path)
    assert figures(typed(path, f'--alleen "{header}=ja"'))[1] == 120.0


def test_who_pays_cash_is_nobody(write):
    path = write("Datum;Klant;Bedrag\n3-2-2025;Vos;2,00\n9-2-2025;Contant;5,00\n9-3-2025;Vos;4,00\n")
    assert figures(read(path)) == (3, 11.0, 11.0, 1)
