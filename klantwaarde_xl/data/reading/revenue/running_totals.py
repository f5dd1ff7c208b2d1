"""Columns that add up as they go: every row has the total of all rows so far, and no amount of its own."""

from __future__ import annotations

import datetime as dt
import math
import statistics
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from klantwaarde_xl.data.reading.cells.contents import Cells
from klantwaarde_xl.data.reading.cells.rows import Rows
from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.kinds.parts_of_payments import column_of_parts
from klantwaarde_xl.data.reading.naming.headers import as_option, forms
from klantwaarde_xl.data.reading.naming.words import AMOUNT
from klantwaarde_xl.data.reading.revenue.sums import CENT, Numbers
from klantwaarde_xl.errors import Ambiguous

_FEWEST_STEPS = 4  # from a row to the next one, that show a total
_FEWEST_KINDS = 3  # of amounts, where no header says that they are any
_MOSTLY = 0.9
_OF_MONEY = frozenset(AMOUNT)
_GIVE_WAY = ("incl", "stukprijs")  # what the amount may have been taken for beside its total
# Without a column of amounts: so many rows, of which nearly each is more than the one before
_FEWEST_RISING, _LOOKED_AT = 10, 500
_A_TOTAL = 0.3  # of the average amount so far is what a total grows by; a price that rises each year does not
# A total grows by amounts, ever less of what it is; a price by a share, from a little in its first rows
_FEWEST_ROWS = 3  # of a customer, of which two steps each rise
_LITTLE, _EARLY = 0.5, 3
_SLOPE, _ERRORS = -0.6, 2.5  # of shares by rows (-1 of a total, 0 of a price), and how sure that it is not -1
_FEWEST_SHARES = 5


def take_steps(rows: Rows, found: dict[str, int], named: Mapping[str, str]) -> dict[int, str]:
    """Take the column of amounts in place of the one that adds these up row by row.

    Returns what to say of such totals, by their places.
    """
    total = found.get("bedrag")
    if total is None or "bedrag" in named or total not in rows.numbers:
        return {}
    taken = {place for name, place in found.items() if name not in ("bedrag", *_GIVE_WAY)}
    groups = [None, *(rows.column(found[name]).texts for name in ("klant", "datum") if name in found)]
    money = [one for at, one in rows.numbers.items() if at not in taken]
    sums = [one for one in money if one.place == total or set(forms(one.header)) & {*_OF_MONEY}]
    notes: dict[int, str] = {}
    for whole in sums:
        others = (one for one in money if one is not whole and _adds_up(whole, one, groups))
        # Of two that are nearly the same each seems to add up the other where amounts double
        steps = next((one for one in others if not _adds_up(one, whole, groups)), None)
        if steps is None:
            continue
        for name in [name for name in _GIVE_WAY if found.get(name) in (whole.place, steps.place)]:
            del found[name]
        if whole.place == total:
            found["bedrag"] = total = steps.place
        notes[whole.place] = (
            f"kolom {whole.header!r} telt {steps.header!r} op van rij tot rij: zij is niet het bedrag"
        )
    return notes


def is_total_so_far(whole: Cells, steps: Cells) -> bool:
    """Whether a column adds up another row by row, through the whole file."""
    return _adds_up(whole, steps, [None])


def _adds_up(whole: Cells, steps: Cells, groups: Sequence[Sequence[str] | None]) -> bool:
    kinds = {number for number in steps.numbers if number}
    if not kinds or (len(kinds) < _FEWEST_KINDS and not _OF_MONEY.intersection(forms(steps.header))):
        return False
    return any(_rises_by(whole.numbers, steps.numbers, group) for group in groups)


def _rises_by(whole: Numbers, steps: Numbers, group: Sequence[str] | None) -> bool:
    """Whether each total is the one before and an amount: as the rows stand, the last one first, or sorted.

    group: by what the total begins again, None for a total of the whole file.
    """
    rows = [
        (total, step, group[at] if group else "")
        for at, (total, step) in enumerate(zip(whole, steps, strict=True))
        if total is not None and step is not None
    ]
    by_size = sorted(rows, key=lambda row: (row[0], -abs(row[1])))
    for ordered in (rows, rows[::-1], by_size):
        checked = [*_steps(ordered, begins=group is not None)]
        moves = [right for right, moved in checked if moved]  # where nothing is added, equals prove nothing
        every = sum(right for right, _ in checked) >= _MOSTLY * len(checked)
        if len(moves) >= _FEWEST_STEPS and sum(moves) >= _MOSTLY * len(moves) and every:
            return True
    return False


def _steps(rows: Sequence[tuple[float, float, str]], *, begins: bool) -> Iterator[tuple[bool, bool]]:
    """Of each row whether it is right by the one before in its group, and whether it proves anything.

    begins: whether the first of a group has to be its own amount.
    """
    before: dict[str, float] = {}
    for total, step, name in rows:
        if name in before:
            yield abs(before[name] + step - total) < CENT, bool(step and before[name])
        elif begins:
            yield abs(step - total) < CENT, False
        before[name] = total


def ask_rising(export: Export) -> None:
    """Raise `Ambiguous` where amounts rise with the days, from row to row, as those of orders do not."""
    if not export.has("bedrag") or "bedrag" in export.named or len(export.sample.first) < _FEWEST_RISING:
        return
    if column_of_parts(export) is not None:
        return  # a deposit and the rest, which is more
    customer = export.shown("klant") if export.has("klant") else "''"
    rows = export.rows(f"""
        select d.v, b.v, {customer} from raw join {export.values("datum")} d using (rij)
          join {export.values("bedrag")} b using (rij)
        where raw.rij between {export.header_row} and {export.header_row + _LOOKED_AT}
          and d.v is not null and b.v is not null order by raw.rij""")
    rows = [(day, float(amount), who) for day, amount, who in rows]
    own: dict[str, list[tuple[dt.date, float]]] = defaultdict(list)
    for day, amount, who in rows:
        own[who].append((day, amount))
    runs = {"": [[(day, amount) for day, amount, _ in rows]], " van elke klant": [*own.values()]}
    what = next((what for what, every in runs.items() if _are_totals(every)), None)
    if what is None:
        return
    place = export.places["bedrag"]
    header = export.headers[place].strip()
    raise Ambiguous(
        f"In kolom {header!r} is, op volgorde van datum, bijna elk bedrag{what} hoger dan dat ervoor: "
        "dat lijkt een lopend totaal, en niet het bedrag van elke order.",
        where=f"kolom {header}",
        remedy="Is het een lopend totaal, exporteer dan met het bedrag van elke order. Is elk bedrag toch "
        f"van één order: {as_option(export.headers, 'bedrag', place)}.",
    )


def _are_totals(runs: Sequence[Sequence[tuple[dt.date, float]]]) -> bool:
    """Whether all runs rise as a total does, and those of several steps do alone: of two rows half rise."""
    return all(_all_rise([run for run in runs if len(run) >= rows]) for rows in (2, _FEWEST_ROWS))


def _all_rise(runs: Sequence[Sequence[tuple[dt.date, float]]]) -> bool:
    """Whether amounts in some runs rise with the days as a total does: never down, in no even steps."""
    steps: list[float] = []
    shares: list[tuple[int, float]] = []  # of each step, the how many-th it is and its share of what was
    for run in runs:
        days = [day for day, _ in run]
        if days == sorted(days, reverse=True) and days[0] != days[-1]:
            run = run[::-1]
        elif days != sorted(days):
            return False
        if days[0] == days[-1] or run[0][1] <= 0:
            return False
        for at, ((_, before), (_, later)) in enumerate(pairwise(run), 1):
            if before <= 0:  # it fell, or went off
                return False
            steps.append(later - before)
            shares.append((at, (later - before) / before))
    rising = sum(step > CENT for step in steps)
    different = len({round(step, 2) for step in steps})
    return (
        rising >= _FEWEST_RISING - 1
        and rising >= _MOSTLY * len(steps)
        and not any(step < -CENT for step in steps)
        and 2 * different > len(steps)
        and statistics.median(at * share for at, share in shares) > _A_TOTAL
        and not _by_shares(shares)
    )


def _by_shares(shares: Sequence[tuple[int, float]]) -> bool:
    """Whether steps are shares of the amount before, as of a subscription that grows, and no amounts.

    shares: the how many-th step of its run each is, and its share.
    """
    first = max(2, max(at for at, _ in shares) // _EARLY)
    if statistics.median(at * share for at, share in shares if at <= first) >= _LITTLE:
        return False
    points = [(math.log(at), math.log(share)) for at, share in shares if share > 0]
    places, sizes = zip(*points, strict=True)
    if len(points) < _FEWEST_SHARES or min(places) == max(places):
        return False
    slope, start = statistics.linear_regression(places, sizes)
    off = sum((size - start - slope * place) ** 2 for place, size in points)
    error = math.sqrt(off / (len(points) - 2) / statistics.variance(places) / (len(points) - 1))
    return slope > _SLOPE and slope - _ERRORS * error > -1
