"""Cells that say `idem`, and e-mail addresses as programs of mail write them."""

import pytest

from klantwaarde_xl.errors import RowsRefused
from tests.data.exported import figures, read, said, write

__all__ = ["write"]


@pytest.mark.parametrize(
    "mark", ["idem", "Idem", "IDEM", '""""', "''", ",,", "ditto", "zie boven", "„", "id."]
)
def test_a_mark_for_the_same_has_the_customer_of_the_row_above(write, mark):
    path = write(f"Datum;Klant;Bedrag\n4-3-2025;Bakker;5\n5-3-2025;{mark};6\n6-3-2025;Smid;7\n7-3-2025;{mark};8\n"
                 f"8-3-2025;{mark};9\n")  # fmt: skip
    checked = read(path)
    assert figures(checked) == (5, 35.0, 35.0, 2)
    assert [row[0] for row in checked.rows()] == ["Bakker", "Bakker", "Smid", "Smid", "Smid"]
    assert "3 cellen" in said(checked, "klant")


def test_a_mark_for_the_same_day_is_that_day(write):
    checked = read(write('Datum;Klant;Bedrag\n4-3-2025;A;5\nidem;B;6\n"""";C;7\n9-3-2025;D;8\n'))
    assert figures(checked)[0] == 4
    assert len({row[1] for row in checked.rows()}) == 2


def test_a_mark_in_a_number_of_an_order_is_a_line_of_that_order(write):
    path = write("Ordernummer;Datum;Klant;Regelbedrag\n7;4-3-2025;A;5\nidem;idem;idem;6\n8;5-3-2025;B;7\n")
    assert figures(read(path)) == (2, 18.0, 18.0, 2)


def test_a_customer_whose_name_only_begins_so_is_one(write):
    path = write("Datum;Klant;Bedrag\n4-3-2025;A;5\n5-3-2025;Idem Advies;6\n6-3-2025;Zelfde maar anders;7\n")
    assert figures(read(path))[3] == 3


def test_a_row_below_one_without_a_customer_is_of_nobody_too(write):
    path = write("Datum;Klant;Bedrag\n4-3-2025;A;5\n5-3-2025;;6\n6-3-2025;idem;7\n7-3-2025;A;8\n")
    assert figures(read(path)) == (4, 26.0, 26.0, 1)


@pytest.mark.parametrize("text", [
    "An de Wit <an@wit.nl>", "mailto:an@wit.nl", "MAILTO:An@Wit.nl", "<an@wit.nl>", '"""De Wit, An"" <AN@wit.nl>"',
    "an@wit.nl;", "an@wit.nl,", "an@wit.nl (An)", "An de Wit (an@wit.nl)", "'an@wit.nl'", " AN@WIT.NL ",
    "an@wit.nl.",
])  # fmt: skip
def test_an_address_is_one_customer_however_it_is_written(write, text):
    cell = f'"{text}"' if ";" in text else text
    checked = read(
        write(f"Datum;E-mail;Bedrag\n4-3-2025;an@wit.nl;5\n5-3-2025;{cell};6\n6-3-2025;bo@wit.nl;7\n")
    )
    assert figures(checked)[3] == 2
    assert {row[0] for row in checked.rows()} == {"an@wit.nl", "bo@wit.nl"}


@pytest.mark.parametrize("text", ["an@wit.nl, bo@wit.nl", "an@wit.nl / 0612345678", "afdeling @ kantoor"])
def test_a_text_that_is_more_than_one_address_stays_what_it_is(write, text):
    checked = read(write(f"Datum;Klant;Bedrag\n4-3-2025;an@wit.nl;5\n5-3-2025;{text};6\n"))
    assert figures(checked)[3] == 2


SALES = [
    "3-2-2025;Vos;12,50",
    ";Das;20,00",
    ";Bos;7,00",
    "9-2-2025;Vos;7,25",
    "2-3-2025;Bos;30,00",
    ";Vos;1,00",
]


def test_rows_below_a_day_that_stands_once_are_of_that_day(write):
    checked = read(write("\n".join(["Datum;Klant;Bedrag", *SALES, "9-3-2025;Das;4,00"])))
    assert figures(checked) == (7, 81.75, 81.75, 3)
    assert [row[1].day for row in checked.rows()] == [3, 3, 3, 9, 2, 2, 9]
    assert "3 rijen zonder datum" in said(checked, "datum")


@pytest.mark.parametrize(
    "rows",
    [
        [*SALES, "2-3-2025;Das;4,00"],  # a day that stands twice
        [*SALES, "1-2-2025;Das;4,00"],  # days that do not run on
        [*(row for row in SALES if row[0] != ";"), *[";Das;4,00"] * 3],  # all at the end
        SALES[1:],
    ],
)
def test_days_that_may_have_been_forgotten_are_refused(write, rows):
    with pytest.raises(RowsRefused, match="kolom datum"):
        read(write("\n".join(["Datum;Klant;Bedrag", *rows])))
