"""Statuses that nobody knows are shown with their money, and words that are no sale are none."""

import pytest

from klantwaarde_xl.data.reading.statuses import Fate, fate_of, status_at
from tests.data.exported import figures, read, said, write

__all__ = ["write"]

_KNOWN = ("Betaald", "Paid", "Completed", "Shipped", "Delivered", "Verzonden", "Geleverd", "Bezorgd", "Klaar")


def export(write, unknown):
    rows = [(f"{word}", 8) for word in _KNOWN for _ in range(2)] + [(word, 300) for word in unknown]
    lines = [
        f"{at};{1 + at % 27:02}-04-2025;k{at};{held},00;{word}" for at, (word, held) in enumerate(rows, 1)
    ]
    return write("\n".join(["Order;Datum;Klant;Totaal;Status", *lines]))


def test_a_word_that_nobody_knows_is_never_cut_off_and_has_its_money(write):
    shown = said(read(export(write, ["Zwevend", "Zwevend"])), "status")
    assert shown.startswith("kolom 'Status': Zwevend (2, samen € 600,00: niet herkend, telt mee), ")
    assert shown.endswith("…")


def test_all_words_that_nobody_knows_are_shown_also_when_they_are_many(write):
    words = [f"Stand {sign}" for sign in "ABCDEFGHIJKLM"]
    shown = said(read(export(write, words)), "status")
    assert all(f"{word} (1, samen € 300,00: niet herkend" in shown for word in words)


def test_of_very_many_words_the_rest_is_one_sum(write):
    words = [f"Opmerking {first}{second}" for first in "abcdefg" for second in "uvwxyz"]
    assert "12 andere woorden (12, samen € 3.600,00: niet herkend, telt mee)" in said(
        read(export(write, words)), "status"
    )


@pytest.mark.parametrize(
    ("word", "fate"),
    [
        ("Verlaten mandje", Fate.FAILED),
        ("Deal lost", Fate.FAILED),
        ("closed_lost", Fate.FAILED),
        ("Verloren", Fate.FAILED),
        ("No show", Fate.FAILED),
        ("Suspected fraud", Fate.FAILED),
        ("charged_back", Fate.REFUNDED),
        ("Teruggeboekt", Fate.REFUNDED),
        ("Pro forma", Fate.DRAFT),
        ("Wish list", Fate.DRAFT),
        ("Verlanglijstje", Fate.DRAFT),
        ("initialised", Fate.OPEN),
        ("Winkelmandje", Fate.OPEN),
        ("No fraud", Fate.UNKNOWN),
        ("Closed won", Fate.UNKNOWN),
    ],
)
def test_a_word_of_what_is_no_sale_has_its_class(word, fate):
    assert fate_of(word, status_at(0, "Status")) is fate


def test_what_was_only_wished_for_is_no_revenue(write):
    assert figures(read(export(write, ["Verlanglijst"])))[:2] == (18, 144.0)
