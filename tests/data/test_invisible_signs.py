"""Signs that nobody sees, around days, amounts, names and headers."""

import openpyxl
import pytest

from tests.data.exported import figures, read, write

__all__ = ["write"]


@pytest.mark.parametrize("sign", ["\u200b", "\u200e", "\ufeff", "\u2060", "\u00a0", " "])
def test_a_customer_is_one_with_and_without_them(write, sign):
    path = write(
        f"{sign}Nr;Datum{sign};Naam;Bedrag\n1;{sign}3-2-2024;Vries{sign};10,25{sign}\n2;4-2-2024{sign};Vries;5,00\n"
        f"3;14-3-2024;{sign}Bos;2,50\n4;15-3-2024;Bos;{sign}1,25\n"
    )
    assert figures(read(path)) == (4, 19.0, 19.0, 2)


def test_an_address_is_one_in_more_rows_than_are_looked_at(write):
    rows = "".join(f"{at % 28 + 1}-2-2023;a{at}@x.nl;1\n" for at in range(1200))
    path = write(f"Datum;E-mail;Bedrag\n{rows}1-3-2023;a7@x.nl\u200b;1\n2-3-2023;\u200bA7@x.nl;1\n")
    assert figures(read(path)) == (1202, 1202.0, 1202.0, 1200)


def test_numbers_as_text_in_a_workbook(tmp_path):
    book = openpyxl.Workbook()
    rows = [["1", "3-2-2024", "K1", "1.010,25"], ["2", "14-2-2024", "K2", "5,00"]]
    for row in [["Nr", "Datum", "Klantnr", "Bedrag"], *([f"{text}\u200b" for text in row] for row in rows)]:
        book.active.append(row)
    path = tmp_path / "verkoop.xlsx"
    book.save(path)
    assert figures(read(path)) == (2, 1015.25, 1015.25, 2)
