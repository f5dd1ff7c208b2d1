"""Columns of which the header says what they are, and in which nothing stands."""

import pytest

from klantwaarde_xl.errors import ColumnsMissing, RowsRefused
from tests.data.exported import figures, follow, read, typed, write

__all__ = ["write"]


def with_blank(write, blank, other, count=3):
    rows = "".join(f"{at};{at % 28 + 1}-2-2024;K{at % 5};;{at}0,00\n" for at in range(1, count + 1))
    return write(f"Ordernr;Datum;Klantnr;{blank};{other}\n{rows}")


@pytest.mark.parametrize(
    ("blank", "other"),
    [
        ("Totaal", "Prijs"), ("Totaal", "Totaal incl. btw"), ("Bedrag", "Waarde order"), ("Bedrag", "Omzet"),
        ("Factuurbedrag", "Betaald bedrag"), ("Bedrag excl. btw", "Bedrag"),
    ],
)  # fmt: skip
def test_an_amount_that_is_blank_everywhere_gives_way_to_another(write, blank, other):
    checked = read(with_blank(write, blank, other))
    assert figures(checked) == (3, 60.0, 60.0, 3)
    assert dict(checked.quality.headers)["bedrag"] == other


def test_so_it_does_in_more_rows_than_are_looked_at_first(write):
    assert figures(read(with_blank(write, "Totaal", "Prijs", 1500)))[:2] == (1500, 10.0 * 1500 * 1501 / 2)


def test_one_that_is_filled_far_down_is_kept(write):
    path = with_blank(write, "Totaal", "Prijs", 1500)
    path.write_text(path.read_text() + "1501;1-3-2024;K1;5,00;5,00\n")
    with pytest.raises(RowsRefused):
        read(path)


def test_numbers_below_a_header_of_nobody_are_asked_about_with_an_answer_that_works(write):
    path = with_blank(write, "Bedrag", "Kwartje")
    with pytest.raises(ColumnsMissing, match="bedrag kan zijn: 'Kwartje'") as asked:
        read(path)
    assert figures(follow(path, asked.value))[:2] == (3, 60.0)


def test_a_blank_number_of_orders_gives_way_to_a_filled_one(write):
    path = write(
        "Ordernummer;Factuurnummer;Datum;Klantnr;Bedrag\n;F1;1-2-2024;A;10\n;F1;1-2-2024;A;5\n;F2;2-2-2024;B;7\n"
    )
    assert figures(read(path))[:2] == (2, 22.0)


def test_a_blank_column_that_the_user_names_stays_his(write):
    with pytest.raises(RowsRefused):
        typed(with_blank(write, "Totaal", "Prijs"), "--kolommen bedrag=Totaal")
