"""Advice with words that have signs of a command line in them works as it is typed."""

import re

import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, typed, write

__all__ = ["write"]


SLOW = pytest.mark.slow


@pytest.mark.parametrize(
    "word",
    [
        'Scherm 24"',
        *(pytest.param(one, marks=SLOW) for one in ("Bon $5", "a`b", "Pak [6]", "Kop, hoog", "Wow!")),
    ],
)
def test_words_with_odd_signs_are_found_by_what_is_advised(write, word):
    quoted = word.replace('"', '""')
    rows = f'An;3-2-2025;8,00;"{quoted}"\nBo;4-2-2025;9,00;verkoop\nBo;5-2-2025;3,00;"terugbetaling ""x"""\n'
    path = write(f"Klant;Datum;Bedrag;Soort\n{rows}")
    with pytest.raises(Ambiguous, match="zegt wat elke rij is") as asked:
        read(path)
    both, sales = re.findall(r'--alleen "[^"]*"', asked.value.remedy)
    assert figures(typed(path, both))[:3] == (2, 17.0, 14.0)
    assert figures(typed(path, sales))[:3] == (2, 17.0, 17.0)


def test_a_header_with_quotes_is_typed_without(write):
    rows = "An;3-2-2025;8,00;verkoop\nBo;5-2-2025;3,00;payout\n"
    path = write(f'Klant;Datum;Bedrag;"Soort ""rij"""\n{rows}')
    with pytest.raises(Ambiguous) as asked:
        read(path)
    assert figures(typed(path, re.search(r'--alleen "[^"]*"', asked.value.remedy)[0]))[1] == 8.0
