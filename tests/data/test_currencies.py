"""The currency that a text names, as people write it."""

import pytest

from klantwaarde_xl.data.reading.cells.columns import Reading
from klantwaarde_xl.data.reading.cells.currencies import currency_named
from klantwaarde_xl.data.reading.files import read_table
from klantwaarde_xl.data.tables import COSTS
from klantwaarde_xl.errors import Ambiguous, UsageError
from tests.data.exported import TODAY, figures, read, typed, write

__all__ = ["write"]


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("EUR", "eur,€,Euro,euro's,Euro’s,EUROS,Eur.,Euro (€),EUR - euro,€ / EUR"),
        ("GBP", "£,gbp,Pond,ponden,pond sterling,Britse  ponden,British Pounds,Pound (GBP)"),
        ("USD", "$,US$,dollars,US Dollar,Amerikaanse dollars,$ (USD)"),
        ("DKK", "Deense kronen,Deense kroon,dkk"),
        ("", "kroon,Euro (USD),eurotop,EUR0,euro - pond,'0,(),-,Eurobedrag"),
    ],
)
def test_a_currency_is_known_by_its_code_its_symbol_and_its_name(code, names):
    assert {name: currency_named(name) for name in names.split(",")} == dict.fromkeys(names.split(","), code)


def test_one_currency_written_in_three_ways_is_one(write):
    rows = "1;1-2-2026;A;12,50;Euro's\n2;13-2-2026;B;10;EUR\n3;15-2-2026;B;10;Euro (€)\n"
    assert figures(read(write("Ordernummer;Datum;Klantnr;Bedrag;Valuta\n" + rows)))[1] == 32.5


def test_a_currency_that_nobody_knows_is_asked_about_in_words_that_can_be_typed(write):
    rows = "1;1-2-2026;A;12,50;Mike's munten\n2;13-2-2026;B;10;Oude guldens\n3;15-2-2026;B;11;Oude guldens\n"
    path = write("Ordernummer;Datum;Klantnr;Bedrag;Valuta\n" + rows)
    with pytest.raises(Ambiguous, match="meer dan één valuta") as asked:
        read(path)
    assert '--valuta "OUDE GULDENS"' in asked.value.remedy
    assert figures(typed(path, '--valuta "OUDE GULDENS"'))[1] == 21.0
    assert figures(typed(path, '--valuta "MIKE\'S MUNTEN"'))[1] == 12.5


ODD = (
    "Klantnr;Datum;Bedrag;Valuta\n"
    "A;1-2-2026;12,50;Mike's munten\nB;13-2-2026;10;Oude guldens\nC;15-2-2026;11;Oude guldens\n"
)


def test_odd_currencies_have_rates_too(write):
    assert figures(typed(write(ODD), '--valuta "Oude guldens,Mike\'s munten=0.5"'))[1] == 27.25
    assert figures(typed(write(ODD), '--valuta "mike\'s munten;oude Guldens=2"'))[1] == 54.5


@pytest.mark.parametrize("said", ["EURR", "EUR,USD=0.9", '"Oude gulden"'])
def test_a_currency_that_no_amount_has_is_named_with_those_that_there_are(write, said):
    with pytest.raises(
        UsageError, match=r"Er zijn bedragen in OUDE GULDENS \(2 rijen, 21,00\), MIKE"
    ) as told:
        typed(write(ODD), f"--valuta {said}")
    assert '--valuta "OUDE GULDENS"' in told.value.remedy
    assert "--tellen" not in told.value.remedy


def test_an_amount_without_currency_is_in_the_one_that_the_user_names(write):
    """A plain number needs no currency of its own, so the one chosen can be its."""
    path = write("Klantnr;Datum;Bedrag;Valuta\nA;1-2-2026;12,50;USD\nB;13-2-2026;10;\n")
    assert figures(typed(path, "--valuta EUR"))[1] == 10.0


def test_costs_in_a_currency_that_is_not_there_are_refused_as_orders_are(write):
    path = write("maand;kanaal;kosten;valuta\n2026-01;zoeken;100;USD\n2026-02;zoeken;50;USD\n")
    reading = Reading(currencies=(("GBP", 1.0),))
    with pytest.raises(UsageError, match=r"Geen bedrag is in GBP .*USD \(2 rijen, 150,00\)"):
        read_table(path, COSTS, today=TODAY, reading=reading)


@pytest.mark.parametrize("said", ["-", "---", "EUR,-=2", "12"])
def test_what_names_no_currency_is_refused_at_the_option(write, said):
    with pytest.raises(UsageError, match="Bij --valuta kan"):
        typed(write(ODD), f"--valuta={said}")
