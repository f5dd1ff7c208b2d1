"""What a payment service kept back comes on a net amount, where no gross one stands beside it."""

import pytest

from klantwaarde_xl.data.reading.naming.kept_back import SURE
from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, follow, read, said, typed, write

__all__ = ["write"]
ROWS = ("a@x.nl,2025-05-02,48.50,1.50", "b@x.nl,2025-05-07,96.25,3.75", "a@x.nl,2025-06-01,19.40,0.60")


def table(write, net, *fees, rows=ROWS):
    return write("\n".join([",".join(["Customer", "Date", net, *fees]), *rows]) + "\n")


@pytest.mark.parametrize(
    "net", ["Net", "Net amount", "Nettobedrag", "Payout amount", "Uitbetaald", "Net proceeds"]
)
@pytest.mark.parametrize("fee", ["Fee", "Transactiekosten", "Processing fees", "Stripe Fee", "Gebühr"])
def test_a_fee_comes_on_what_is_left_of_a_payment(write, net, fee):
    checked = read(table(write, net, fee))
    assert figures(checked)[1] == 170.0
    assert f"plus wat is ingehouden ('{fee}')" in said(checked, "bedrag")


def test_the_report_says_how_to_take_the_net_amount(write):
    path = table(write, "Net amount", "Fee")
    option = '--kolommen "bedrag=Net amount"'
    assert option in said(read(path), "bedrag")
    assert figures(typed(path, option))[1] == 164.15


def test_a_fee_with_a_minus_and_one_that_came_back(write):
    rows = ("a@x.nl,2025-05-02,48.50,-1.50", "b@x.nl,2025-05-07,96.25,-3.75", "a@x.nl,2025-06-01,-19.40,0.60")
    assert figures(read(table(write, "Net", "Fee", rows=rows)))[1:3] == (150.0, 130.0)


def test_fees_of_two_kinds_and_a_blank_one(write):
    rows = ("a@x.nl,2025-05-02,48.00,1.50,0.50", "b@x.nl,2025-05-07,96.25,3.75,", "c@x.nl,2025-05-08,10,,")
    assert figures(read(table(write, "Net", "Platform fee", "Payment fee", rows=rows)))[1] == 160.0


@pytest.mark.parametrize(
    ("net", "others", "cells"),
    [
        ("Net", ("Shipping fee",), ",1.50"),
        ("Netto omzet", ("Commissie",), ",1.50"),
        ("Net sales", ("Fee",), ",1.50"),
        ("Netto", ("Btw", "Transactiekosten"), ",4.41,1.50"),
        ("Netto", ("Kosten", "Marge"), ",4.41,1.50"),
    ],
)
def test_a_net_amount_that_is_no_rest_stays(write, net, others, cells):
    rows = [f"k{at},2025-05-0{at},21.00{cells}" for at in (1, 2, 3)]
    assert figures(read(table(write, net, *others, rows=rows)))[1] == 63.0


@pytest.mark.parametrize("fee", ["Commissie", "Kosten", "Provision"])
def test_what_may_be_a_buyers_costs_is_asked_with_answers_that_work(write, fee):
    path = table(write, "Netto", fee)
    with pytest.raises(Ambiguous, match="geen mindere omzet") as asked:
        read(path)
    assert figures(follow(path, asked.value))[1] == 170.0
    assert figures(read(path, {"bedrag": "Netto"}))[1] == 164.15


@pytest.mark.parametrize(
    "name", ["latefee", "bookingfee", "inschrijfkosten", "feepercent", "annuleringskosten"]
)
def test_what_a_customer_pays_is_not_kept_back(name):
    assert not SURE.fullmatch(name)
