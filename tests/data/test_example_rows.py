"""The row of a template that shows how to fill it in is no sale."""

import re

import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, typed, write

__all__ = ["write"]

ROWS = "Fien;3-2-2025;4,00;a\nGijs;4-2-2025;6,00;b\n"


@pytest.mark.parametrize(
    "first",
    [
        "VOORBEELD;1-1-2024;99,00;",
        "*VOORBEELD*;dd-mm-jjjj;0,00;",
        "Jan;1-1-2024;99,00;*voorbeeld* niet meetellen",
        "Jan;1-1-2024;99,00;Voorbeeldrij, verwijder deze",
        "Voorbeeldklant;1-1-2024;99,00;",
        "Jan;1-1-2024;99,00;Dit is een voorbeeld, wis deze rij",
        "(example);1-1-2024;99,00;",
        "example-1;1-1-2024;99,00;",
        "Beispiel;1-1-2024;99,00;",
    ],
)
def test_an_example_at_the_top_is_left_out_and_said(write, first):
    checked = read(write(f"Klant;Datum;Bedrag;Notitie\n{first}\n{ROWS}"))
    assert figures(checked) == (2, 10.0, 10.0, 2)
    assert "een voorbeeld" in checked.quality.left_out[0].reason


@pytest.mark.slow
@pytest.mark.parametrize("name", ["Voorbeeld B.V.", "Jan Voorbeeld"])
def test_a_customer_who_may_be_called_so_is_asked_about(write, name):
    path = write(f"Klant;Datum;Bedrag;Notitie\n{name};1-1-2024;99,00;\n{ROWS}")
    with pytest.raises(Ambiguous, match="lijkt een voorbeeld") as asked:
        read(path)
    without, kept = re.findall(r'--(?:zonder|alleen) "[^"]*"', asked.value.remedy)
    assert figures(typed(path, without))[1] == 10.0
    assert figures(typed(path, kept))[1] == 109.0


@pytest.mark.parametrize(
    "rows",
    [
        "Voorbeeld 1;1-1-2024;99,00;\nVoorbeeld 2;2-1-2024;1,00;\n",
        "jan@example.com;1-1-2024;100,00;\nbo@shop.nl;2-1-2024;0,00;\n",
        "Fien;1-1-2024;100,00;\nVoorbeeld;2-1-2024;0,00;\n",
        "Fien;1-1-2024;100,00;voorbeeldboek\nGijs;2-1-2024;0,00;pen\n",
        "Fien;1-1-2024;100,00;graag als op het voorbeeld, en wis mijn adres\nGijs;2-1-2024;0,00;\n",
        "Fien;1-1-2024;100,00;#voorbeeld voor de krant\nGijs;2-1-2024;0,00;\n",
    ],
)
def test_names_addresses_and_later_rows_count(write, rows):
    assert figures(read(write(f"Klant;Datum;Bedrag;Artikel\n{rows}")))[1] == 100.0


def test_the_only_row_of_a_file_counts(write):
    assert figures(read(write("Klant;Datum;Bedrag\nVoorbeeld;1-1-2024;99,00\n")))[1] == 99.0
