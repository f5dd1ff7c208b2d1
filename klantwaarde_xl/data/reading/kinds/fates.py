"""What can have become of an order, in our words, and a column that says it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Fate(IntEnum):
    """What became of an order; of several statuses the one named first holds."""

    CANCELLED = 0
    FAILED = 1
    TURNED_BACK = 2  # an order of which its status says that it was refunded: no sale
    REFUNDED = 3  # it was paid, and paid back
    DRAFT = 4  # not sent yet: no sale, of an invoice either
    OPEN = 5
    PARTLY_REFUNDED = 6
    UNKNOWN = 7
    PAID = 8


WORDS = {
    Fate.CANCELLED: "geannuleerd", Fate.FAILED: "mislukt", Fate.TURNED_BACK: "teruggedraaid",
    Fate.REFUNDED: "terugbetaald", Fate.DRAFT: "concept", Fate.OPEN: "open",
    Fate.PARTLY_REFUNDED: "deels terugbetaald",
    Fate.UNKNOWN: "onbekend", Fate.PAID: "betaald",
}  # fmt: skip
CHOICES = {word: fate for fate, word in WORDS.items()}


LOST = (Fate.CANCELLED, Fate.FAILED)
"""What never became a sale."""


@dataclass(frozen=True)
class Status:
    """A column that says what became of an order.

    of_order: it speaks of the order, in which refunded is no sale, and not of a payment; of_payment: paid in
    it is paid, whatever is open elsewhere; of_delivery: it speaks of the parcel, in which only cancelled
    and returned say something of the sale; of_refund, of_cancel, of_unpaid: it only says yes or no to a
    refund, to having been cancelled, or to being open; of_money: it is of a payment service, where what is
    dealt with is not paid yet;
    of_invoice: of an invoice, which is late where a payment has failed; of_quote: of a quote, which is no
    sale before the customer agrees; codes: the service whose numbers
    they are (`status_codes.TABLES`), empty for words; authorised: that is the last step of a payment in it;
    ordered: what it calls ordered is not paid, as another of its words is.
    """

    place: int
    header: str
    of_order: bool = False
    of_payment: bool = False
    of_delivery: bool = False
    of_refund: bool = False
    of_cancel: bool = False
    of_unpaid: bool = False
    of_money: bool = False
    of_invoice: bool = False
    of_quote: bool = False
    codes: str = ""
    authorised: bool = False
    ordered: bool = False

    @property
    def yes(self) -> Fate | None:
        """What a yes in it says; None where it has other words."""
        says = (
            (self.of_refund, Fate.REFUNDED),
            (self.of_cancel, Fate.CANCELLED),
            (self.of_unpaid, Fate.OPEN),
        )
        return next((fate for is_so, fate in says if is_so), None)
