"""What stands in an amount and is no revenue: a tip, a deposit, a levy, a gift card that was sold.

An export can have a column for several of these. Of each of them sums show whether it is in the amount.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from klantwaarde_xl.data.reading.cells.contents import Cells, numbers_in
from klantwaarde_xl.data.reading.cells.numbers import AMOUNT
from klantwaarde_xl.data.reading.cells.rows import Rows
from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.naming.by_rate import PARTS
from klantwaarde_xl.data.reading.naming.headers import as_option, forms, plain
from klantwaarde_xl.data.reading.naming.words import (
    DISCOUNT,
    GIFTS_SOLD,
    HANDED,
    HANDED_ON,
    OF_A_SUBTOTAL,
    OF_THE_ORDER,
    TAX,
    TIP,
    WITH_VAT,
    WITHOUT_VAT,
)
from klantwaarde_xl.data.reading.revenue.handed_shown import shown_in
from klantwaarde_xl.data.reading.revenue.sums import CENT, Numbers, added, holds
from klantwaarde_xl.errors import Ambiguous

_MOST_BESIDE = 4  # columns that make a total together with one of these
_MOST_SUMS = 3
_OF_A_DISCOUNT = frozenset(DISCOUNT)
_FILLED = 200  # rows with one that are looked at
_OF_A_SALE = frozenset(
    (
        *OF_A_SUBTOTAL,
        *WITHOUT_VAT,
        *WITH_VAT,
        *OF_THE_ORDER,
        *TAX,
        *HANDED_ON,
        *TIP,
        "net",
        "netto",
        "nettobedrag",
        "netsales",
    )
)


def is_handed_on(header: str) -> bool:
    """Whether a header is that of money in an amount that is no revenue."""
    name = plain(header)
    return name in (*TIP, *HANDED_ON) or re.match(GIFTS_SOLD, name) is not None


def find_handed(rows: Rows, found: dict[str, int], named: Mapping[str, str]) -> None:
    """Find every column of what is no revenue, where its header shows one."""
    if HANDED[0] in found and HANDED[0] not in named:
        taken = {place for name, place in found.items() if name not in HANDED}
        places = [at for at, one in enumerate(rows.headers) if is_handed_on(one) and at not in taken]
        found.update(zip(HANDED, places, strict=False))


def keep_handed(rows: Rows, found: dict[str, int], named: Mapping[str, str]) -> None:
    """Keep of the columns of a sale what is in the amount and no revenue, and drop what is not in it.

    named: the columns that the user gave. Takes a column that is the amount without it, where there is one.
    Raises `Ambiguous` where no sum shows whether one is in the amount.
    """
    if HANDED[0] in named:
        return
    kept = [found[name] for name in HANDED if name in found and _is_in(rows, found, found[name], named)]
    for name in HANDED:
        found.pop(name, None)
    found.update(zip(HANDED, (place for place in kept if place != found["bedrag"]), strict=False))


def _is_in(rows: Rows, found: dict[str, int], place: int, named: Mapping[str, str]) -> bool:
    amount = found["bedrag"]
    cells = ", ".join(map(rows.cell, range(len(rows.headers))))
    filled = f"from lines where rij > {rows.header_row} and regexp_matches({rows.cell(place)}, '[1-9]')"
    some = rows.con.execute(f"select {cells} {filled} order by rij limit {_FILLED}").fetchall()
    if not some or not named.keys().isdisjoint(PARTS):  # a column beside parts that the user adds up is apart
        return False
    sums = _sums_of(rows, [list(record) for record in some], place, amount)
    # Rows without any of it say more of a sum, but what was paid back there may break it
    everywhere = set(sums) & set(_sums_of(rows, rows.few, place, amount))
    without = next((one for one in sums if one in everywhere), sums[0] if sums else None)
    if without and len(without) == 1 and without in everywhere and "bedrag" not in named:
        found["bedrag"] = without[0]
        return False  # of what is taken now
    if without is not None:
        return bool(without)
    if (inside := _shown_in(rows, [list(record) for record in some], place, amount)) is not None:
        return inside
    raise Ambiguous(
        f"Of {_what(rows.headers[place])} ({rows.name(place)}) in {rows.name(amount)} zit, is niet te "
        "zien. Omzet is zij niet.",
        where=rows.where,
        remedy=f"Zit zij erin, dan gaat zij eraf met {as_option(rows.headers, 'fooi', place)}. "
        f"Zit zij er niet in: {as_option(rows.headers, 'fooi', None)}.",
    )


def _shown_in(rows: Rows, records: Sequence[Sequence[str]], place: int, amount: int) -> bool | None:
    money = numbers_in(rows.headers, records)
    if place not in money or amount not in money:
        return None
    own, total = money.pop(place).numbers, money.pop(amount).numbers
    return shown_in(money, own, total)


def _what(header: str) -> str:
    return "fooi" if plain(header) in TIP else "borg, heffing of cadeaubon"


def _sums_of(rows: Rows, records: Sequence[Sequence[str]], place: int, amount: int) -> list[tuple[int, ...]]:
    """The columns that are the total together with this one; none of them where it is not in it.

    What was paid in cash and by card shows nothing. The first sums that hold, the shortest first.
    """
    money = numbers_in(rows.headers, records)
    if place not in money or amount not in money:
        return []
    own, total = money.pop(place).numbers, money.pop(amount).numbers
    found: dict[tuple[int, ...], None] = {}
    for beside in _without(money, own, total):
        found[beside] = None
        if len(found) == _MOST_SUMS:
            break
    return [*found]


def _without(money: Mapping[int, Cells], own: Numbers, total: Numbers) -> Iterator[tuple[int, ...]]:
    signed = {at: _less(one.numbers) if _OF_A_DISCOUNT & set(forms(one.header)) else one.numbers
              for at, one in money.items()}  # fmt: skip
    of_a_sale = {at: bool(_OF_A_SALE & set(forms(one.header))) for at, one in money.items()}
    for count in range(_MOST_BESIDE + 1):
        for beside in combinations(money, count):
            if count == _MOST_BESIDE and not all(of_a_sale[at] for at in beside):
                continue  # of many columns four fit by chance
            rest = [signed[at] for at in beside]
            whole = added([total, own, *rest])
            if any(holds(_same, whole, one.numbers) for at, one in money.items() if at not in beside):
                yield ()  # it comes on top
            if not rest:
                continue
            if holds(_same, added([*rest, own]), total):
                yield beside
            elif all(of_a_sale[at] for at in beside) and holds(_same, added(rest), total):
                yield ()


def _less(numbers: Numbers) -> Numbers:
    return [None if number is None else -abs(number) for number in numbers]


def _same(one: float, other: float) -> bool:
    return abs(one - other) < CENT


def less_handed(export: Export) -> None:
    """Take off what is in an amount and no revenue, and say of what stands apart that it does not count."""
    for place, header in enumerate(export.headers):
        if is_handed_on(header) and place not in export.places.values():
            what = "fooi" if plain(header) in TIP else "geen omzet"
            export.say("bedrag", f"kolom {header.strip()!r} is {what}, en telt niet mee")
    for name in HANDED:
        if export.has(name):
            _take_off(export, name)


def _take_off(export: Export, name: str) -> None:
    revenue, own = export.values("bedrag"), export.values(name)
    held = export.rows(f"select sum(v) from {own} join raw using (rij)")[0][0]
    export.set_values(
        "bedrag",
        f"""select b.rij, cast(b.v - coalesce(t.v, 0) as {AMOUNT}) as v, b.valuta
            from {revenue} b left join {own} t using (rij)""",
    )
    is_tip = plain(export.headers[export.places[name]]) in TIP
    export.say(
        "bedrag",
        f"{'de fooi' if is_tip else 'wat geen omzet is'} (kolom {export.header(name)}, samen "
        f"{export.money(held or 0)}) is eraf",
    )
