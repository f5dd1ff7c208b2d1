"""The same sale in several rows: papers of a sale, steps of a payment, balances beside an amount."""

import re

import pytest

from klantwaarde_xl.errors import Ambiguous, ColumnsMissing
from tests.data.exported import figures, read, typed, write

__all__ = ["write"]

HEAD = "Soort;Nummer;Datum;Relatie;Bedrag excl. btw\n"


def papers(*kinds, rows=(("Bos", 300, 3), ("Dam", 425, 9), ("Vis", 50, 12))):
    """A row for each paper of each sale, a day after one another."""
    return HEAD + "".join(
        f"{kind};{kind[:2]}{number};{day + later}-04-2025;{customer};{amount},00\n"
        for number, (customer, amount, day) in enumerate(rows)
        for later, kind in enumerate(kinds)
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kinds", "last"),
    [
        (("Order", "Factuur"), "Factuur"),
        (("Bestelling", "Pakbon"), "Pakbon"),
        (("Angebot", "Auftragsbestätigung", "Lieferschein", "Rechnung"), "Rechnung"),
        (("Sales order", "Sales invoice"), "Sales invoice"),
        (("Devis", "Commande", "Facture"), "Facture"),
        (("Betaling", "Bestelling"), "Bestelling"),
    ],
)
def test_of_papers_of_the_same_sales_one_counts(write, kinds, last):
    path = write(papers(*kinds))
    with pytest.raises(Ambiguous) as asked:
        read(path)
    assert (
        f"ook als {', '.join(map(repr, sorted(kinds[:-1], key=asked.value.what.find)))}" in asked.value.what
    )
    (only,) = re.findall(r"--alleen \"[^\"]*\"", asked.value.remedy)
    assert only == f'--alleen "Soort={last}"'
    assert figures(typed(path, only)) == (3, 775.0, 775.0, 3)


def test_papers_of_other_sales_all_count(write):
    rows = "Order;1;3-4-2025;Bos;300\nFactuur;2;4-4-2025;Dam;425\nOrder;3;5-4-2025;Vis;50\nFactuur;4;6-4-2025;Vis;80\n"
    assert figures(read(write(HEAD + rows)))[:2] == (4, 855.0)


def test_an_order_that_was_invoiced_in_parts_is_one_when_most_others_were_invoiced_at_once(write):
    text = papers("Order", "Factuur")
    text += "Order;X;1-5-2025;Lam;90\nFactuur;Y;2-5-2025;Lam;60\nFactuur;Z;3-5-2025;Lam;30\n"
    with pytest.raises(Ambiguous, match="ook als 'Order'"):
        read(write(text))


EVENTS = (
    "Merchant Reference,Booking Date,Shopper,Main Amount,Record Type,Payable (SC)\n"
    "71,2025-04-03,a@x.nl,50.00,Received,\n71,2025-04-03,a@x.nl,50.00,Authorised,\n"
    "71,2025-04-04,a@x.nl,50.00,Settled,49.70\n"
    "72,2025-04-07,b@x.nl,30.00,Received,\n72,2025-04-07,b@x.nl,30.00,Authorised,\n"
    "72,2025-04-08,b@x.nl,30.00,Settled,29.40\n72,2025-04-11,b@x.nl,20.00,Refunded,-20.00\n"
)


@pytest.mark.slow
def test_a_refund_of_a_part_does_not_hide_that_a_payment_stands_there_per_step(write):
    path = write(EVENTS)
    named = '--kolommen "klant=Shopper,bedrag=Main Amount"'
    with pytest.raises(Ambiguous, match="per stap een keer") as asked:
        typed(path, named)
    (step,) = re.findall(r"--alleen \"[^*\"]*\"", asked.value.remedy)
    assert figures(typed(path, named, step)) == (2, 80.0, 60.0, 2)


@pytest.mark.slow
def test_what_was_left_of_an_amount_after_fees_is_no_part_of_it(write):
    with pytest.raises((Ambiguous, ColumnsMissing)) as asked:
        read(write(EVENTS))
    assert "plus2" not in str(asked.value)


@pytest.mark.parametrize("is_last_first", [False, True])
def test_a_balance_before_and_after_is_no_amount(write, is_last_first):
    moved = [121.00, -23.45, 60.50, 84.70, 250.00]
    rows, balance = [], 1000.0
    for at, amount in enumerate(moved):
        after = round(balance + amount, 2)
        cells = ("NL12ABNA0123456789", "EUR", f"202404{at + 3:02}", balance, after, amount, f"Naam {at}")
        rows.append("\t".join(f"{cell:.2f}" if isinstance(cell, float) else cell for cell in cells))
        balance = after
    with pytest.raises(ColumnsMissing) as asked:
        read(write("\n".join(rows[::-1] if is_last_first else rows) + "\n"))
    assert "bedrag=6" in str(asked.value)
    assert "bedrag kan zijn: kolom 6" in str(asked.value)
