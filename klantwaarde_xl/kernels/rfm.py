"""RFM: recency, frequency and monetary value per customer, their scores, and the segment.

RFM's words are not those of the probability models: recency is days since the last purchase
and frequency counts all purchases.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.errors import NotAvailable, OutOfRange
from klantwaarde_xl.kernels.arrays import Floats

Codes = npt.NDArray[np.intp]
Scores = npt.NDArray[np.int8]

FEWEST_CUSTOMERS = 5


class Segment(NamedTuple):
    """A group of customers: its name and what to do with it."""

    name: str
    action: str


# R by the rounded mean of F and M, the grid that marketers use; rows R = 5…1, columns FM = 1…5.
# The names are those of the field (R by mean of F and M, eleven names), in Dutch.
SEGMENTS = (
    Segment("Kampioenen", "Beloon ze, vraag om aanbevelingen, laat ze nieuwe dingen als eerste zien."),
    Segment("Trouwe klanten", "Bied het duurdere of aanvullende aan; vraag om een beoordeling."),
    Segment("Potentieel trouw", "Nodig uit voor een spaarprogramma; raad aan wat bij de aankoop past."),
    Segment("Nieuwe klanten", "Heet welkom, help op weg, verleid binnen een maand tot een tweede aankoop."),
    Segment("Veelbelovend", "Maak het merk bekend; geef iets kleins cadeau of laat gratis proberen."),
    Segment("Aandacht nodig", "Doe een aanbod met einddatum op grond van eerdere aankopen."),
    Segment("Dreigen in te slapen", "Stuur iets nuttigs en populaire artikelen met korting; wek ze."),
    Segment(
        "Risico op vertrek", "Schrijf persoonlijk; bied verlenging of een goede reden om terug te komen."
    ),
    Segment("Niet kwijtraken", "Bel ze. Vraag wat er mis is en los het op voor ze naar een ander gaan."),
    Segment("Slapend", "Toon andere artikelen en een scherpe prijs; bouw waarde opnieuw op."),
    Segment("Verloren", "Probeer één campagne om terug te winnen; steek er anders geen geld meer in."),
)
SEGMENT_NAMES = tuple(segment.name for segment in SEGMENTS)
_GRID = np.array(
    [
        # FM 1  2  3  4  5
        [3, 2, 2, 0, 0],  # R 5
        [4, 2, 2, 1, 0],  # R 4
        [6, 6, 5, 1, 1],  # R 3
        [9, 9, 7, 7, 8],  # R 2
        [10, 10, 9, 7, 8],  # R 1
    ],
    dtype=np.int8,
)


class RfmTable(NamedTuple):
    """One row a customer; all arrays of the same length."""

    customer: Codes
    recency: Floats
    frequency: Floats
    monetary: Floats
    r: Scores
    f: Scores
    m: Scores
    segment: Scores


def quintile_scores(values: Floats, *, reverse: bool = False) -> Scores:
    """Score values 1…5 by quintile; equal values get equal scores, all equal gives 3.

    values: any numbers, at least five; reverse gives the smallest values the highest score.
    A value's place is the share of values below it, so row order never matters and the many
    customers with a single purchase all score 1.
    Raises `OutOfRange` for fewer than five values.
    """
    numbers = np.asarray(values, dtype=np.float64)
    if numbers.size < FEWEST_CUSTOMERS:
        raise OutOfRange(
            f"Er zijn {numbers.size} klanten; scores in vijven vragen er minstens {FEWEST_CUSTOMERS}."
        )
    _, place, counts = np.unique(-numbers if reverse else numbers, return_inverse=True, return_counts=True)
    below = np.cumsum(counts) - counts
    # In whole numbers: no rounding at the borders of a quintile
    score = 5 * below // numbers.size + 1 if len(counts) > 1 else np.array([3])
    scores: Scores = score.astype(np.int8)[place.reshape(numbers.shape)]
    return scores


def segment_codes(r: Scores, f: Scores, m: Scores) -> Scores:
    """Index into `SEGMENTS` from scores 1…5, by R and the mean of F and M (halves round up).

    Raises `OutOfRange` for a score outside 1…5.
    """
    for score in (r, f, m):
        if np.any((score < 1) | (score > 5)):
            raise OutOfRange("Een RFM-score ligt buiten 1 t/m 5.")
    fm = (f.astype(np.int64) + m + 1) // 2
    segments: Scores = _GRID[5 - r.astype(np.int64), fm - 1]
    return segments


def score_customers(recency: Floats, frequency: Floats, monetary: Floats) -> RfmTable:
    """Score customers from their three figures; customers keep their order.

    recency: days since the last purchase; frequency: purchases; monetary: currency in total.
    Raises `OutOfRange` for fewer than five customers.
    """
    r = quintile_scores(recency, reverse=True)
    f = quintile_scores(frequency)
    m = quintile_scores(monetary)
    customers = np.arange(len(r), dtype=np.intp)
    return RfmTable(customers, recency, frequency, monetary, r, f, m, segment_codes(r, f, m))


def rfm(customers: Codes, days: Floats, amounts: Floats, as_of: float | None = None) -> RfmTable:
    """RFM per customer from transactions (article 003: D28).

    customers: codes 0…n−1, one a transaction; days: day numbers; amounts: currency, a negative
    amount is a refund: it lowers monetary and is no purchase; as_of: day number from which
    recency counts, by default the last day in the data. Later transactions are left out, and so
    are customers without a purchase.
    Raises `NotAvailable` when nothing is left, `OutOfRange` for fewer than five customers.
    """
    last_day = float(np.max(days)) if as_of is None and days.size else as_of
    kept = days <= (last_day if last_day is not None else 0.0)
    bought = kept & (amounts >= 0)
    if not np.any(bought):
        raise NotAvailable("Er zijn geen aankopen tot en met de peildatum.")
    total = int(customers.max()) + 1
    frequency = np.bincount(customers[bought], minlength=total).astype(np.float64)
    monetary = np.bincount(customers[kept], weights=amounts[kept], minlength=total).astype(np.float64)
    latest = np.full(total, -np.inf)
    np.maximum.at(latest, customers[bought], np.floor(days[bought]))
    buyers = np.flatnonzero(frequency > 0)
    recency = np.floor(last_day or 0.0) - latest[buyers]
    table = score_customers(recency, frequency[buyers], monetary[buyers])
    return table._replace(customer=buyers)
