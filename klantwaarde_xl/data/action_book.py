"""The book of actions (Actieboek): who got an action, who was drawn not to, and what each bought meanwhile.

A row is a customer of one action: its first day, the segment that it is for, the group. Until that day the
list follows the segment; from it on it stays as it was drawn, so that groups are compared as drawn. The draw
is a digest of the action and the customer: no refresh draws anew, and who comes later moves nobody.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from klantwaarde_xl.data.addresses_of import reach
from klantwaarde_xl.data.results import Row
from klantwaarde_xl.data.results.context import Context
from klantwaarde_xl.data.results.rfm import SEGMENT, scored
from klantwaarde_xl.dutch import format_date

ACTION, CONTROL = "actie", "controle"
BOOK_NAME = "actieboek"
_BOUGHT = """
    select klant, cast(sum(bedrag) as double) from tx
    where dag between $start and $until and klant is not null group by klant"""
_KNOWN = "select distinct klant from tx where bedrag >= 0 and klant is not null and dag <= $as_of"


class Campaign(NamedTuple):
    """An action: its first day, and the segment that it is for."""

    start: dt.date
    segment: str


class Entry(NamedTuple):
    """A customer of an action.

    until: the last day that is measured; cost: euro per customer that gets it, None when not said; revenue:
    what he bought from the first day up to and with counted, None while that is not known; drawn: the day.
    """

    start: dt.date
    segment: str
    customer: str
    group: str
    until: dt.date
    cost: float | None
    revenue: float | None
    counted: dt.date | None
    drawn: dt.date | None

    @property
    def campaign(self) -> Campaign:
        """The action that it belongs to."""
        return Campaign(self.start, self.segment)


@dataclass(frozen=True)
class Book:
    """The rows after a refresh.

    entries: of all actions; others: rows of the user's own making, which go on as they are; current: the
    action of the settings; refused: customers of its segment without consent; said: what there is to say
    of it; lost: by action, of how many customers no order is there any more.
    """

    entries: Sequence[Entry]
    others: Sequence[Row]
    current: Campaign | None
    refused: int
    said: str
    lost: Mapping[Campaign, int]

    @property
    def rows(self) -> list[Row]:
        """The rows as they are filed, the newest action on top."""
        ordered = sorted(self.entries, key=lambda one: (one.segment, one.customer))
        ordered.sort(key=lambda one: one.start, reverse=True)
        return [*(tuple(one) for one in ordered), *self.others]

    def campaigns(self) -> dict[Campaign, list[Entry]]:
        """The entries of each action, the newest first."""
        found: dict[Campaign, list[Entry]] = {}
        for one in sorted(self.entries, key=lambda one: (-one.start.toordinal(), one.segment)):
            found.setdefault(one.campaign, []).append(one)
        return found


def book_of(context: Context) -> Book:
    """The book as it was filed, with the action of the settings drawn or kept, and what customers bought."""
    entries, others = _filed(context.earlier.get(BOOK_NAME, ()))
    settings = context.settings
    current = Campaign(settings.action_start, settings.segment) if settings.action_start else None
    there = [one for one in entries if one.campaign == current]
    rest = [one for one in entries if one.campaign != current]
    refused, said = 0, ""
    if current is None:
        said = "Vul op Instellingen de eerste dag van de actie in, en ververs: dan wordt er geloot."
    elif context.today < current.start or (context.today == current.start and not there):
        there, refused = _drawn(context, current)
        if not there:
            said = f"In het segment {current.segment} zit nu geen klant" + (
                " met toestemming om te mailen." if refused else "; kies op Instellingen een ander."
            )
    elif not there:
        said = (
            f"De actie begon op {format_date(current.start)} zonder dat er was geloot: wie haar niet kreeg, "
            "is niet te zeggen. Kies op Instellingen een eerste dag vanaf vandaag."
        )
    length = dt.timedelta(days=settings.action_days - 1)
    # What is over is not measured over another time than was said before its outcome was known
    there = [
        one._replace(
            until=one.until if context.today > one.until else one.start + length,
            cost=settings.action_cost,
        )
        for one in there
    ]
    counted, lost = _counted(context, [*there, *rest])
    return Book(counted, others, current, refused, said, lost)


def _drawn(context: Context, current: Campaign) -> tuple[list[Entry], int]:
    """The customers of a segment, each with the group that the draw gives; and how many did not consent."""
    members = [row[0] for row in context.once(scored) if row[SEGMENT] == current.segment]
    reached = context.once(reach)
    allowed = [name for name in members if reached.may_write(name)]
    share, end = context.settings.control_share, current.start
    drawn = [
        Entry(*current, name, group_of(current, name, share), end, None, None, None, context.today)
        for name in allowed
    ]
    return drawn, len(members) - len(allowed)


def group_of(campaign: Campaign, customer: str, share: float) -> str:
    """The group of a customer: the same whenever it is asked, whoever else there is.

    share: of the control group, 0…1. A larger one adds customers to it and takes none away.
    """
    key = "\0".join((campaign.start.isoformat(), campaign.segment, customer))
    place = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big") / 2**64
    return CONTROL if place < share else ACTION


def _filed(rows: Iterable[Row]) -> tuple[list[Entry], list[Row]]:
    entries, others = [], []
    for row in rows:
        one = _entry(row)
        if one is None:
            others.append(tuple(row))
        else:
            entries.append(one)
    return list({(one.campaign, one.customer): one for one in entries}.values()), others


def _entry(row: Row) -> Entry | None:
    """A row that says what an entry must say, as one; None for another."""
    start, segment, customer, group, until, cost, revenue, counted, drawn = row
    customer = _key(customer)
    known = isinstance(start, dt.date) and isinstance(until, dt.date) and isinstance(segment, str)
    if not (known and customer and group in (ACTION, CONTROL) and start <= until):
        return None
    days = [day if isinstance(day, dt.date) else None for day in (counted, drawn)]
    return Entry(start, segment, customer, group, until, _number(cost), _number(revenue), *days)


def _key(value: Any) -> str:
    """A customer as the orders have him: a number that a program made of it is written as it was."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value or "").strip()


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _counted(context: Context, entries: Sequence[Entry]) -> tuple[list[Entry], dict[Campaign, int]]:
    """What each customer bought in his action, as far as the data tell; what they do not is as it was filed.

    Data that begin after the first day, or in which a customer of the action has no order, tell nothing.
    """
    known = {row[0] for row in context.rows("transacties", _KNOWN, as_of=context.as_of)} if entries else set()
    bought: dict[tuple[dt.date, dt.date], dict[str, float]] = {}
    found: list[Entry] = []
    lost: dict[Campaign, int] = {}
    for one in entries:
        if one.customer not in known:
            lost[one.campaign] = lost.get(one.campaign, 0) + 1
            found.append(one)
        elif context.first_day <= one.start <= context.as_of:
            span = one.start, min(one.until, context.as_of)
            if span not in bought:
                rows = context.rows("transacties", _BOUGHT, start=span[0], until=span[1])
                bought[span] = {row[0]: row[1] for row in rows}
            found.append(one._replace(revenue=bought[span].get(one.customer, 0.0), counted=span[1]))
        else:
            found.append(one)
    return found, lost
