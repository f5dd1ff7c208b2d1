"""Amounts in a cell with their currency, as the interface of a payment service gives them."""

import json

import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, typed, write

__all__ = ["write"]


def payments(write, form, *amounts, back="0.00"):
    cells = [form(amount, currency).replace('"', '""') for amount, currency in amounts]
    none = form(back, "EUR").replace('"', '""')
    rows = [f'tr_{at},2024-03-{at + 3:02},cst_{at % 2},"{cell}","{none}"' for at, cell in enumerate(cells)]
    return write("\n".join(["id,createdAt,customerId,amount,amountRefunded", *rows]) + "\n")


FORMS = [
    lambda amount, currency: json.dumps({"value": amount, "currency": currency}),
    lambda amount, currency: json.dumps({"currency_code": currency, "value": amount}),
    lambda amount, currency: str({"amount": float(amount), "currency": currency}),
    lambda amount, currency: json.dumps({"shop_money": {"amount": amount, "currency_code": currency}}),
]


@pytest.mark.parametrize("form", FORMS)
def test_an_amount_is_taken_out_of_its_object(write, form):
    path = payments(write, form, ("10.50", "EUR"), ("1204.25", "EUR"), ("7.25", "EUR"), back="1.25")
    assert figures(read(path)) == (3, 1222.0, 1218.25, 2)


def test_its_currency_counts(write):
    path = payments(write, FORMS[0], ("10.50", "EUR"), ("20.00", "USD"), ("7.25", "EUR"))
    with pytest.raises(Ambiguous, match="meer dan één valuta"):
        read(path)
    assert figures(typed(path, "--valuta EUR"))[1] == 17.75


def test_whole_numbers_in_objects_are_asked_about_as_cents(write):
    def minor(amount, currency):
        return json.dumps({"currency": currency, "value": int(amount)})

    path = payments(write, minor, ("1050", "EUR"), ("2000", "EUR"), ("725", "EUR"), back="0")
    assert figures(typed(path, "--decimaal centen"))[1] == 37.75
