"""Statuses with a code before or behind them are read by their word."""

import pytest

from klantwaarde_xl.data.reading.kinds.coded_words import as_pattern, without_code
from tests.data.exported import figures, read, said, typed, write

__all__ = ["write"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Denegada 190", "Denegada"), ("OK (00)", "OK"), ("5 - Completed", "Completed"), ("paid_2", "paid"),
        ("[6] geannuleerd", "geannuleerd"), ("S09 Canceled", "Canceled"), ("200: succeeded", "succeeded"),
        ("05 Declined (51)", "Declined"), ("Autorizada 12AB34", "Autorizada"), ("1. 2. nieuw", "nieuw"),
    ],
)  # fmt: skip
def test_codes_are_looked_through(text, word):
    assert without_code(text) == word


@pytest.mark.parametrize("text", ["Paid", "in behandeling", "190", "A12", "S01 2", "", "covid19"])
def test_what_has_no_code_beside_a_word_stays(text):
    assert without_code(text) == text


def test_a_user_types_a_star_for_the_code():
    assert [as_pattern(text) for text in ("Denegada 190", "5 - Klaar", "Klaar")] == [
        "Denegada*",
        "*Klaar",
        "Klaar",
    ]


def orders(write, *words, header="Status"):
    rows = [f"{at};k{at % 2};0{at}-02-2025;{word};{10 * at},00" for at, word in enumerate(words, 1)]
    return write("\n".join([f"Order;Klant;Datum;{header};Totaal", *rows]) + "\n")


@pytest.mark.parametrize(
    ("good", "bad"),
    [("OK (00)", "KO (51)"), ("9 - OK", "4 - KO"), ("ok_200", "denegada_190"), ("Ja 1", "Nee 0"),
     ("Autorizada 443322", "Denegada 116"), ("Autorizado 7", "No autorizado 8"), ("01 Bezahlt", "02 Abgelehnt")],
)  # fmt: skip
def test_only_what_went_through_counts(write, good, bad):
    assert figures(read(orders(write, good, bad, good)))[:2] == (2, 40.0)


@pytest.mark.parametrize("header", ["Status", "Resultado operación"])
def test_a_code_of_its_own_on_each_row(write, header):
    words = [
        f"Denegada {190 + at}" if at % 9 == 5 else f"Autorizada {900100 + 37 * at}" for at in range(1, 45)
    ]
    rows = [f"{at};k{at % 5};{at % 28 + 1:02}-02-2025;{word};{at},00" for at, word in enumerate(words, 1)]
    path = write("\n".join([f"Order;Klant;Datum;{header};Totaal", *rows]) + "\n")
    checked = read(path)
    good = [at for at, word in enumerate(words, 1) if word.startswith("A")]
    assert figures(checked)[:2] == (len(good), sum(good))
    if header == "Status":
        assert '--zonder "Status=Autorizada*"' in said(checked, "status")
        refused = figures(typed(path, '--zonder "Status=Autorizada*"', "--tellen mislukt"))
        assert refused[:2] == (44 - len(good), 990 - sum(good))
