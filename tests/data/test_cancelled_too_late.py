"""Appointments that were cancelled too late may be charged: asked about, and both answers work."""

import re

import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, typed, write

__all__ = ["write"]

HEAD = "Klant;Datum;Behandeling;Prijs;{}\n"
ROWS = (
    "K1;3-4-2025;Knippen;30,00;Afgerond\nK2;4-4-2025;Kleuren;40,00;{late}\nK3;5-4-2025;Knippen;25,00;Afgezegd\n"
    "K1;6-4-2025;Knippen;35,00;No-show\nK2;7-4-2025;Knippen;5,00;Afgerond\n"
)
LATE = [
    "Te laat afgezegd", "Te laat geannuleerd", "Late cancellation", "Late cancel", "Geannuleerd (te laat)",
    "Last minute cancelled", "niet op tijd afgezegd", "Zu spät abgesagt",
]  # fmt: skip


def appointments(write, late, header="Status", amount="40,00"):
    return write(HEAD.format(header) + ROWS.format(late=late).replace("40,00", amount))


@pytest.mark.parametrize("late", LATE)
def test_what_was_cancelled_too_late_is_asked_about_and_both_answers_read(write, late):
    path = appointments(write, late)
    with pytest.raises(Ambiguous, match="te laat werd afgezegd") as asked:
        read(path)
    yes, no = re.findall(r'--\w+ "[^"]*"', asked.value.remedy)
    assert figures(typed(path, yes)) == (3, 75.0, 75.0, 2)
    assert figures(typed(path, no)) == (2, 35.0, 35.0, 2)


@pytest.mark.parametrize("late", ["Te laat afgezegd", "Late cancellation"])
def test_without_an_amount_it_counts_for_nothing_and_is_not_asked(write, late):
    assert figures(read(appointments(write, late, amount="0,00"))) == (2, 35.0, 35.0, 2)


@pytest.mark.parametrize(
    "word", ["Tijdig afgezegd", "Afgezegd", "Geannuleerd", "Cancelled", "Later afgezegd door salon"]
)
def test_what_was_not_too_late_is_cancelled_at_once(write, word):
    assert figures(read(appointments(write, word))) == (2, 35.0, 35.0, 2)


@pytest.mark.parametrize("word", ["Te laat betaald", "Laat geleverd", "Te laat verzonden"])
def test_late_is_of_other_things_too(write, word):
    assert figures(read(appointments(write, word)))[:2] == (3, 75.0)


@pytest.mark.parametrize(
    "word",
    [
        "No-show (kosten in rekening gebracht)",
        "Cancelled - charged",
        "Te laat afgezegd, doorberekend",
        "No show charged",
    ],
)
def test_what_says_that_it_was_charged_is_a_sale(write, word):
    assert figures(read(appointments(write, word)))[:2] == (3, 75.0)


@pytest.mark.parametrize("word", ["Cancelled - not charged", "Afgezegd, niet doorberekend"])
def test_what_says_that_it_was_not_is_none(write, word):
    assert figures(read(appointments(write, word)))[:2] == (2, 35.0)


def test_the_words_that_a_user_says_count_do_count(write):
    path = appointments(write, "Afgezegd")
    assert figures(typed(path, '--alleen "Status=Afgerond,No-show"')) == (3, 70.0, 70.0, 2)
    assert figures(typed(path, '--alleen "Status=*"')) == (2, 35.0, 35.0, 2)
