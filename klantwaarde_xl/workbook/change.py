"""What a refresh changes in the data, in words and numbers: orders that came, went or differ, and revenue.

Rows are compared one by one where the workbook's own are read; else the figures of the last refresh are,
which tell how many more there are.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from klantwaarde_xl.data.reading.cells.currencies import with_currency
from klantwaarde_xl.data.reading.files import Checked
from klantwaarde_xl.data.tables import Kind
from klantwaarde_xl.data.tables import Table as InputTable
from klantwaarde_xl.dutch import format_number, serial_to_date
from klantwaarde_xl.plan.matching import Key, key_of
from klantwaarde_xl.plan.plan import Contents, NameWrite, Value, header, positions

MOST_COMPARED = 50_000  # rows of the old table: reading more of them would slow the refresh by a tenth
_CALLED = {"transacties": ("order", "orders"), "enquete": ("antwoord", "antwoorden")}
_REFUND = ("retour", "retouren")
_FIRST_DAY, _LAST_DAY = "kw_periode_van", "kw_periode_tot"  # their cells
_DAYS = 2_958_466  # the first day number that is none
_OLDER = "deze gegevens eindigen eerder dan de vorige keer. Is er een nieuwer bestand, ververs dan daarmee."
_LATER = (
    "de gegevens beginnen nu op {now:%d-%m-%Y}, en begonnen op {before:%d-%m-%Y}: wat daarvóór was, telt "
    "niet meer mee. Moet dat blijven, lees dan alle exports samen, als map of patroon."
)
_SMALLEST = 0.0005  # a share that shows as nought


def changes(
    contents: Contents,
    main: Checked | None,
    names: Sequence[NameWrite],
    *,
    from_file: bool,
    filled: int = 1,
) -> tuple[str, ...]:
    """What is new against what the workbook held, each a piece of a sentence; nothing at its first refresh.

    main: its main table as it is read now; names: what its named cells get; from_file: whether that table is
    replaced, so that the one in `contents` is the old one; filled: how many tables have rows.
    """
    before = {name.casefold(): value for name, value in contents.names.items()}
    if main is None or not before.get("kw_ververst"):
        return ()
    one, more = _CALLED.get(main.table.name, ("rij", "rijen"))
    old = _old_rows(contents, main.table) if from_file else None
    now = {write.name.casefold(): write.value for write in names}
    earlier = (
        f"laatste {one} {days[1]:%d-%m-%Y} (was {days[0]:%d-%m-%Y})" for days in went_back(contents, names)
    )
    if old is not None and main.count() <= 2 * MOST_COMPARED:
        return (*_compared(main, old, main.rows(), one, more), *earlier)
    return (*_by_figures(before, now, main, filled), *earlier)


def about_period(contents: Contents, names: Sequence[NameWrite]) -> list[str]:
    """Say that the data end earlier, or begin later, than at the refresh before; names: as of `changes`."""
    found = [_OLDER for _ in went_back(contents, names)]
    begins = _days(contents, names, _FIRST_DAY)
    return found + [_LATER.format(now=now, before=before) for before, now in begins if now > before]


def went_back(contents: Contents, names: Sequence[NameWrite]) -> Iterator[tuple[dt.date, dt.date]]:
    """The last day of the data before and now, where it is earlier than it was; names: as of `changes`."""
    return (days for days in _days(contents, names, _LAST_DAY) if days[1] < days[0])


def _days(contents: Contents, names: Sequence[NameWrite], cell: str) -> Iterator[tuple[dt.date, dt.date]]:
    """A day that a workbook shows, before this refresh and now, where it has both."""
    before = next((v for name, v in contents.names.items() if name.casefold() == cell), None)
    old, new = contents.day(before), next((one.value for one in names if one.name == cell), None)
    if (
        isinstance(old, int | float)
        and not isinstance(old, bool)
        and 0 < old < _DAYS
        and isinstance(new, dt.date)
    ):
        yield serial_to_date(float(old)), new.date() if isinstance(new, dt.datetime) else new


# ── by row ──────────────────────────────────────────────────────────────────────────────────


def _old_rows(contents: Contents, table: InputTable) -> list[list[Value]] | None:
    """The rows that the workbook holds, in the order of the table's columns; None where they are not read.

    A column that it does not have is left out of every row as `...`.
    """
    found = contents.table(table.sheet_table)
    if found is None or not found[1].rows:
        return None
    there = positions(found[1].headers)
    places = [(there.get(header(column.name)), column in table.dates) for column in table.columns]
    if places[0][0] is None:
        return None
    rows = []
    for row in found[1].rows:
        values: list[Any] = [
            ... if at is None else contents.day(row[at]) if is_day else row[at] for at, is_day in places
        ]
        if any(value not in (None, "", ...) for value in values):
            rows.append(values)
    return rows


def _compared(
    main: Checked, old: Sequence[Sequence[Any]], new: Sequence[Sequence[Any]], one: str, more: str
) -> Iterable[str]:
    table = main.table
    kept = [at for at in range(len(table.columns)) if not old or old[0][at] is not ...]
    counted = [Counter(key_of(row[at] for at in kept) for row in rows) for rows in (old, new)]
    gone, came = counted[0] - counted[1], counted[1] - counted[0]
    same = [
        place for place, at in enumerate(kept) if table.columns[at].kind in (Kind.KEY, Kind.DATE, Kind.MONTH)
    ]
    parts = [(gone, came, one, more)]
    amount = next((place for place, at in enumerate(kept) if table.columns[at].kind is Kind.AMOUNT), None)
    if table.name == "transacties" and amount is not None:  # a refund is a row too, and no order
        parts = [
            (_of_sign(gone, amount, back=back), _of_sign(came, amount, back=back), *words)
            for back, words in ((False, (one, more)), (True, _REFUND))
        ]
    differ = [sum((_by_key(gone, same) & _by_key(came, same)).values()) for gone, came, *_ in parts]
    arrived = [part[1].total() - changed for part, changed in zip(parts, differ, strict=True)]
    lost = sum(part[0].total() for part in parts) - sum(differ)
    said = [
        f"{format_number(many, 0)} nieuwe {part[2] if many == 1 else part[3]}"
        for many, part in zip(arrived, parts, strict=True)
        if many
    ]
    said += [
        f"{format_number(many, 0)} {word}"
        for many, word in ((lost, "vervallen"), (sum(differ), "gewijzigd"))
        if many
    ]
    if not said:
        yield f"geen nieuwe of andere {more}"
        return
    yield from said
    yield from _revenue_by_row(main, old, new)


def _of_sign(rows: Counter[Key], amount: int, *, back: bool) -> Counter[Key]:
    """The rows with an amount below nought, or the others; amount: the place of it in a key."""
    return Counter({key: many for key, many in rows.items() if key[amount].startswith("-") == back})


def _by_key(rows: Counter[Key], places: Sequence[int]) -> Counter[Key]:
    found: Counter[Key] = Counter()
    for key, many in rows.items():
        found[tuple(key[place] for place in places)] += many
    return found


def _revenue_by_row(
    main: Checked, old: Sequence[Sequence[Any]], new: Sequence[Sequence[Any]]
) -> Iterable[str]:
    """The revenue of the last year that has orders, against what the workbook had of that year."""
    table = main.table
    amount = next((at for at, one in enumerate(table.columns) if one.kind is Kind.AMOUNT), None)
    day = next((at for at, one in enumerate(table.columns) if one.kind is Kind.DATE), None)
    if amount is None or day is None or table.name != "transacties":
        return
    sums = [_by_year(rows, day, amount) for rows in (old, new)]
    if sums[1]:
        year = max(sums[1])
        yield from _revenue(f"omzet {year}", sums[0].get(year, 0.0), sums[1][year], main.quality.currency)


def _by_year(rows: Sequence[Sequence[Any]], day: int, amount: int) -> dict[int, float]:
    found: dict[int, float] = {}
    for row in rows:
        when = row[day]
        if isinstance(when, int | float) and not isinstance(when, bool):
            when = serial_to_date(float(when))
        if isinstance(when, dt.date) and isinstance(row[amount], int | float):
            found[when.year] = found.get(when.year, 0.0) + float(row[amount])
    return found


# ── by figure ───────────────────────────────────────────────────────────────────────────────


def _by_figures(
    before: Mapping[str, Value], now: Mapping[str, Value], main: Checked, filled: int
) -> Iterable[str]:
    """The rows of all tables together, for that is the figure, and the revenue."""
    together = f" in {filled} tabellen samen" if filled > 1 else ""
    old, new = (values.get("kw_rijen_gebruikt") for values in (before, now))
    if isinstance(old, int | float) and isinstance(new, int | float):
        many = round(abs(new - old))
        if many:
            word = "rij" if many == 1 else "rijen"
            yield f"{format_number(many, 0)} {word} {'meer' if new > old else 'minder'}{together}"
        else:
            yield f"evenveel rijen{together}"
    old, new = (values.get("kw_bedrag_gebruikt") for values in (before, now))
    is_money = main.table.name == "transacties"
    if is_money and isinstance(old, int | float) and isinstance(new, int | float):
        yield from _revenue("omzet in totaal", float(old), float(new), main.quality.currency)


def _revenue(label: str, old: float, new: float, currency: str) -> Iterable[str]:
    if abs(new - old) < 0.005:
        return
    if old <= 0:
        yield f"{label} nu {with_currency(new, currency, 0)}"
        return
    share = new / old - 1
    if abs(share) < _SMALLEST:
        yield f"{label} vrijwel gelijk"
    else:
        yield f"{label} {'+' if share > 0 else '−'}{format_number(100 * abs(share), 1)} %"
