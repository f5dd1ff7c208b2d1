"""A table of totals beside the sales, behind an empty column, gives no amount and no customer to their rows."""

import re

import pytest

from klantwaarde_xl.errors import Ambiguous, ColumnsMissing
from tests.data.exported import figures, read, typed, write

__all__ = ["write"]

SALES = ["3-2-2025;Vos;12,50", "9-2-2025;Das;20,00", "14-2-2025;Vos;7,25", "2-3-2025;Bos;30,00"]


def beside(header, *cells):
    """The sales with a table at the right."""
    rows = [
        f"{row};;{cells[at] if at < len(cells) else ';' * header.count(';')}" for at, row in enumerate(SALES)
    ]
    return "\n".join([f"Datum;Klant;Bedrag;;{header}", *rows]) + "\n"


def test_totals_per_month_beside_the_sales_are_another_table(write):
    checked = read(write(beside("Maand;Omzet", "februari;39,75", "maart;30,00")))
    assert figures(checked)[1:] == (69.75, 69.75, 3)
    assert "niet gelezen: 'Maand', 'Omzet'" in "".join(checked.quality.notes)


def test_so_is_one_total(write):
    assert figures(read(write(beside("Totaal", "69,75"))))[1] == 69.75


def test_a_table_as_long_as_the_sales_is_asked_about_and_each_advice_works(write):
    path = write(beside("Product;Omzet", "zeep;100,00", "kaars;200,00", "mand;300,00", "lint;400,00"))
    with pytest.raises(Ambiguous, match="'Omzet' staat achter een lege kolom") as asked:
        read(path)
    first, second = re.findall(r"--kolommen \S+(?=\.(?: |$))", asked.value.remedy)
    assert figures(typed(path, first))[1] == 69.75
    assert figures(typed(path, second))[1] == 1000.0


def test_a_customer_is_not_taken_from_a_shorter_list_beside_the_sales(write):
    rows = [f"{row.replace(';', ';101;', 1)};;{cells}" for row, cells in zip(
        SALES, ["Vos;19,75", "Das;20,00", ";", ";"], strict=True)]  # fmt: skip
    text = "\n".join(["Datum;Factuurnummer;Regel;Bedrag;;Klant;Totaal", *rows])
    with pytest.raises(ColumnsMissing, match="ontbreekt: klant"):
        read(write(text))


def test_blank_columns_within_one_table_change_nothing(write):
    text = "Datum;;Klant;;Bedrag;;Btw;Totaal incl.\n3-2-2025;;Vos;;12,50;;2,50;15,00\n9-2-2025;;Das;;20,00;;4,00;24,00\n"
    close = read(write(text.replace(";;", ";"), "dicht.csv"))
    assert figures(read(write(text))) == figures(close)
