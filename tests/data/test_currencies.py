"""The currency that a text names, as people write it."""

import pytest

from klantwaarde_xl.data.reading.currencies import currency_named
from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, typed, write

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
