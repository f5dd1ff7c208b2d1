"""Months that are another one to Croats than to Poles and Czechs: other words say which, or it is asked."""

import datetime as dt

import pytest

from klantwaarde_xl.data.reading.files import read_table
from klantwaarde_xl.data.tables import TRANSACTIONS
from klantwaarde_xl.dutch import parse_date
from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import TODAY, read, typed, write

__all__ = ["write"]
CROATIAN = "siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga prosinca"
CZECH = "ledna únor březen duben květen červen červenec srpen září říjen listopad prosinec"


def days(write, *texts, head="Klant;Datum;Bedrag", **options):
    rows = [f"k{at % 3};{text};{at}0,00" for at, text in enumerate(texts, 1)]
    checked = read(write("\n".join([head, *rows]) + "\n"), **options)
    return [day.isoformat() for _, day, _ in checked.rows()]


@pytest.mark.parametrize("line", [CROATIAN, CZECH])
def test_all_months_of_a_language_that_says_itself(write, line):
    found = days(write, *(f"7. {name} 2025" for name in line.split()))
    assert found == [f"2025-{month:02}-07" for month in range(1, 13)]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("3. listopad 2025", "5. studeni 2025"), ["2025-10-03", "2025-11-05"]),
        (("3. listopad 2025", "5. říjen 2025"), ["2025-11-03", "2025-10-05"]),
        (("3 lis 2025", "4 paź 2025", "5 lip 2025"), ["2025-11-03", "2025-10-04", "2025-07-05"]),
        (("3 lis 2025", "4 stu 2025", "5 lip 2025"), ["2025-10-03", "2025-11-04", "2025-06-05"]),
        (("3 srp 2025", "5 kol 2025"), ["2025-07-03", "2025-08-05"]),
        (("3 srp 2025", "5 dub 2025"), ["2025-08-03", "2025-04-05"]),
    ],
)
def test_the_other_months_say_which(write, texts, expected):
    assert days(write, *texts) == expected


@pytest.mark.parametrize(
    ("head", "expected"), [("Klant;Datum;Bedrag;Kupac", "2025-10-03"), ("Klient;Data;Kwota;X", "2025-11-03")]
)
def test_else_the_headers_say_it(write, head, expected):
    checked = read(write(f"{head}\nk1;3. listopada 2025;10,00;a\n"))
    assert checked.rows()[0][1].isoformat() == expected


def test_what_nothing_says_is_asked_and_both_answers_read(write):
    with pytest.raises(
        Ambiguous, match="in het Kroatisch oktober, in het Pools en Tsjechisch november"
    ) as asked:
        days(write, "3 listopad 2025", "5 listopad 2025")
    assert "--datumvolgorde pools (november) of --datumvolgorde kroatisch (oktober)" in asked.value.remedy
    path = write("Klant;Datum;Bedrag\nk1;3 listopad 2025;10,00\n")
    for word, month in (("kroatisch", 10), ("pools", 11)):
        checked = typed(path, f"--datumvolgorde {word}")
        assert [day for _, day, _ in checked.rows()] == [dt.date(2025, month, 3)]
        assert checked.recipe.reading.usual.date_order == word


def test_the_recipe_answers_it_the_next_time(write):
    first = typed(write("Klant;Datum;Bedrag\nk1;3 listopad 2025;10,00\n"), "--datumvolgorde kroatisch")
    path = write("Klant;Datum;Bedrag\nk1;4 listopad 2025;10,00\n")
    checked = read_table(path, TRANSACTIONS, today=TODAY, recipe=first.recipe)
    assert [day for _, day, _ in checked.rows()] == [dt.date(2025, 10, 4)]


def test_a_cell_that_nothing_stands_beside_is_no_date():
    assert parse_date("3 listopad 2024") is None
    assert parse_date("3 studeni 2024") == dt.date(2024, 11, 3)
    assert parse_date("3 października 2024") == dt.date(2024, 10, 3)


def test_the_word_alone_where_no_month_is_of_two_changes_nothing(write):
    assert days(write, "3 maart 2025", "5 mei 2025", date_order="kroatisch") == ["2025-03-03", "2025-05-05"]
