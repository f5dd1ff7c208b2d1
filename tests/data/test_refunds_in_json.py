"""What was paid back and stands as JSON in a cell goes off the order."""

import json

import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, follow, read, write

__all__ = ["write"]


def table(write, head, *cells):
    quoted = [
        '"' + (cell if isinstance(cell, str) else json.dumps(cell)).replace('"', '""') + '"' for cell in cells
    ]
    rows = [f"o{n},2025-06-0{n},k{n},{100 * n}.50,{cell}" for n, cell in enumerate(quoted, 1)]
    return write("\n".join([f"number,date,customer,total,{head}", *rows]) + "\n")


@pytest.mark.parametrize(
    "refunds",
    [
        [{"id": 7, "reason": "te klein", "total": "-40.25"}],
        [
            {"amount": {"value": "30.00", "currency": "EUR"}},
            {"amount": {"value": "10.25", "currency": "EUR"}},
        ],
        [{"transactions": [{"kind": "refund", "amount": "40.25"}], "note": "x"}],
        {"refunded_amount": 40.25, "amount": 200.5},
    ],
)
def test_refunds_in_json_go_off(write, refunds):
    checked = read(table(write, "refunds", [], refunds, ""))
    assert figures(checked)[1:3] == (601.5, 561.25)


def test_empty_refunds_change_nothing(write):
    assert figures(read(table(write, "refunds", [], "[]", [])))[2] == 601.5


def test_that_refunds_are_not_to_go_off_can_be_said(write):
    path = table(write, "refunds", [], [{"total": "-40.25"}])
    assert figures(read(path, {"terugbetaald": "-"}))[2] == 301.0


@pytest.mark.slow
def test_refunds_in_json_of_something_else_are_a_question_whose_answer_works(write):
    paid = {"amount": "100.50", "amount_refunded": "0.00"}, {"amount": "200.50", "amount_refunded": "12.50"}
    path = table(write, "payment", *paid)
    with pytest.raises(Ambiguous, match="JSON") as asked:
        read(path)
    assert figures(follow(path, asked.value))[2] == 288.5
    assert figures(read(path, {"terugbetaald": "-"}))[2] == 301.0


def test_refunds_without_an_amount_are_a_question(write):
    with pytest.raises(Ambiguous, match="zonder bedrag"):
        read(table(write, "refunds", [], [{"id": 9, "reason": "kapot"}]))


def test_json_that_speaks_of_no_refund_is_left_alone(write):
    assert figures(read(table(write, "line_items", [{"name": "Mok", "total": "5.00"}], [])))[2] == 301.0
