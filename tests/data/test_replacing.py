"""Invoices that say which older one they take the place of: that one counts no more."""

import pytest

from tests.data.exported import figures, read, typed, write
from tests.examples import crossed

__all__ = ["write"]

HEADS = [
    "Vervangt factuur",
    "Replaces invoice",
    "Vervanging van",
    "Supersedes",
    "Replacement for order",
    "Ersetzt",
]
NUMBERS = ["Factuurnummer", "Invoice number", "Ordernummer"]


def export(head, number, rows, *, first=True):
    cells = [[older, *own] if first else [*own, older] for *own, older in rows]
    names = (
        [head, number, "Klantnr", "Datum", "Totaal"]
        if first
        else [number, "Klantnr", "Datum", "Totaal", head]
    )
    return "".join(";".join(line) + "\n" for line in [names, *cells])


ROWS = [
    ("F7", "A", "3-3-2025", "200,00", ""), ("F8", "B", "4-3-2025", "35,00", ""),
    ("F9", "A", "9-3-2025", "180,00", "F7"), ("F10", "C", "12-3-2025", "12,50", ""),
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("head", "number", "first"), crossed(HEADS, NUMBERS, [True, False]))
def test_the_older_one_does_not_count(write, head, number, first):
    path = write(export(head, number, ROWS, first=first))
    checked = read(path)
    assert figures(checked) == (3, 227.5, 227.5, 3)
    assert head in str(checked.quality.left_out[0])
    assert figures(typed(path, f'--alleen "{head}=*"'))[:2] == (4, 427.5)


def test_each_older_one_in_a_row_of_them_and_all_of_its_lines_go(write):
    rows = [*ROWS, ("F7", "A", "3-3-2025", "20,00", ""), ("F11", "A", "15-3-2025", "170,00", "F9")]
    assert figures(read(write(export("Vervangt factuur", "Factuurnummer", rows))))[1] == 217.5


def test_one_that_a_credit_note_took_off_stays_beside_it(write):
    rows = [*ROWS, ("F12", "A", "8-3-2025", "-200,00", "")]
    checked = read(write(export("Vervangt factuur", "Factuurnummer", rows)))
    assert figures(checked)[2] == 227.5
    assert not checked.quality.left_out


@pytest.mark.parametrize("rows", [
    [*ROWS[:2], ("F9", "A", "9-3-2025", "0,00", "F7"), ROWS[3]],  # sent again for nothing
    [*ROWS[:2], ("F9", "A", "9-3-2025", "180,00", "X99"), ROWS[3]],  # an older one that is not here
])  # fmt: skip
def test_without_another_amount_or_the_older_one_all_counts(write, rows):
    checked = read(write(export("Vervangt factuur", "Factuurnummer", rows)))
    assert not checked.quality.left_out


def test_one_that_was_cancelled_replaces_nothing(write):
    text = export("Vervangt factuur", "Factuurnummer", ROWS, first=False).splitlines()
    states = ["Status", "Betaald", "Betaald", "Geannuleerd", "Betaald"]
    path = write("".join(f"{line};{state}\n" for line, state in zip(text, states, strict=True)))
    assert figures(read(path))[1] == 247.5
