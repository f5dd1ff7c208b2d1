"""What was ordered beside what was invoiced: asked about where orders that count have another amount."""

import pytest

from klantwaarde_xl.data.reading.questions.next_questions import first_answer
from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, said, typed, write
from tests.examples import crossed

__all__ = ["write"]

ORDERED = ["Orderbedrag", "Order amount", "Besteltotaal", "Totaal", "Grand Total"]
INVOICED = ["Gefactureerd bedrag", "Invoiced amount", "Total invoiced", "Factuurbedrag", "Gefactureerd"]
ROWS = [(120.0, 120.0, "Betaald"), (80.0, 60.0, "Betaald"), (35.5, 35.5, "Betaald"), (90.0, 0.0, "Betaald")]


def export(ordered, invoiced, rows=ROWS, *, turned=False, status=False):
    head = ["Ordernr", "Klantnr", "Orderdatum", *([invoiced, ordered] if turned else [ordered, invoiced])]
    lines = [[*head, *(["Status"] if status else [])]]
    for at, (one, other, state) in enumerate(rows, 1):
        money = [f"{other:.2f}", f"{one:.2f}"] if turned else [f"{one:.2f}", f"{other:.2f}"]
        lines.append([f"N{at}", f"K{at % 2}", f"2025-07-{at:02}", *money, *([state] if status else [])])
    return "\n".join(map(",".join, lines))


@pytest.mark.slow
@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(("ordered", "invoiced"), crossed(ORDERED, INVOICED))
def test_which_of_the_two_is_the_revenue_is_asked(write, ordered, invoiced, turned):
    path = write(export(ordered, invoiced, turned=turned))
    with pytest.raises(Ambiguous, match="gefactureerd dan in") as error:
        read(path)
    assert figures(typed(path, first_answer(error.value.remedy)))[1] == 215.5
    assert figures(typed(path, f'--kolommen "bedrag={ordered}"'))[1] == 325.5


@pytest.mark.parametrize("state", ["Geannuleerd", "Open", "Pending payment"])
def test_orders_that_do_not_count_are_no_reason_to_ask(write, state):
    rows = [ROWS[0], ROWS[2], (90.0, 0.0, state)]
    assert figures(read(write(export("Grand Total", "Total invoiced", rows, status=True))))[1] == 155.5


@pytest.mark.slow
def test_the_same_amounts_or_one_with_vat_are_no_question(write):
    same = [(one, one, state) for one, _, state in ROWS]
    assert figures(read(write(export("Orderbedrag", "Gefactureerd bedrag", same))))[1] == 325.5
    taxed = [(one, round(one * 1.21, 2), state) for one, _, state in ROWS]
    assert read(write(export("Orderbedrag", "Gefactureerd bedrag incl. btw", taxed)))


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    ("ordered", "invoiced"), [("Orderbedrag", "Factuurbedrag"), ("Order amount", "Invoiced amount")]
)
def test_what_is_invoiced_with_vat_is_no_question_where_some_pay_none(write, ordered, invoiced, turned):
    rates = (0.21, 0.21, 0.0, 0.09)
    rows = [(17.0 * at, round(17.0 * at * (1 + rates[at % 4]), 2), "") for at in range(1, 13)]
    checked = read(write(export(ordered, invoiced, rows, turned=turned)))
    assert figures(checked)[1] == 1326.0
    assert "met btw" in said(checked, "bedrag")


def test_what_is_invoiced_for_other_pieces_keeps_the_question(write):
    pieces = [(10, 11), (5, 6), (4, 5), (10, 10), (25, 26), (20, 21), (12, 13)]
    rows = [(9.0 * before, 9.0 * after, "") for before, after in pieces]
    with pytest.raises(Ambiguous, match="gefactureerd dan in"):
        read(write(export("Orderbedrag", "Factuurbedrag", rows)))
