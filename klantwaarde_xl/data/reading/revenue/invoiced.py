"""What was ordered beside what was invoiced of it: where these differ, which is the revenue is asked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from klantwaarde_xl.data.reading.cells.contents import numbers_in
from klantwaarde_xl.data.reading.cells.rows import Rows
from klantwaarde_xl.data.reading.kinds.fates import Fate
from klantwaarde_xl.data.reading.kinds.statuses import COUNTED, fate_of, statuses_in
from klantwaarde_xl.data.reading.naming.headers import forms, plain
from klantwaarde_xl.data.reading.naming.words import OF_THE_ORDER
from klantwaarde_xl.data.reading.revenue.sums import CENT, is_taxed_on_most
from klantwaarde_xl.data.reading.revenue.vat import in_header
from klantwaarde_xl.dutch import format_rows
from klantwaarde_xl.errors import Ambiguous

# What is left to pay of an invoice, or was paid of it, is no other amount that was invoiced
_LEFT = "due$|dueamount|paid|open|outstanding|betaald|balance|saldo|offen|restant|rest$"
_OTHERS = f"(?!.*({_LEFT}))"
_OTHERS += "(?!.*(aantal|qty|quantity|stuks|pieces|nummer|number|datum|date|status|id$|nr$|op$|at$|on$))"
_INVOICED = re.compile(
    f"{_OTHERS}(.*(gefactureerd|invoiced|billed|fakturiert|berechnet)|(factuur|invoice|rechnungs)(bedrag|totaal|"
    "amount|total|betrag|summe)).*"
)
_ORDERED = re.compile(f"{_OTHERS}.*(order|bestel|auftrag|commande).*")
_MOST = 200  # rows


def ask_invoiced(rows: Rows, found: dict[str, int], named: Mapping[str, str]) -> None:
    """Raise `Ambiguous` where orders that count were not invoiced for the amount that was ordered.

    What was invoiced with VAT, at nought for some customers, is the ordered amount with it.
    """
    amount = found.get("bedrag")
    if amount is None or "bedrag" in named or amount not in rows.numbers:
        return
    takes_invoiced = _is_invoiced(rows.headers[amount])
    if not takes_invoiced and not _is_ordered(rows.headers[amount]):
        return
    taken = {place for name, place in found.items() if name != "incl"}
    for at, one in rows.numbers.items():
        is_other = _is_ordered(one.header) if takes_invoiced else _is_invoiced(one.header)
        if not is_other or at in taken or in_header(one.header) != in_header(rows.headers[amount]):
            continue
        if not any(
            first and first == second
            for first, second in zip(rows.numbers[amount].numbers, one.numbers, strict=True)
        ):
            continue  # with and without VAT, or something else
        ordered, invoiced = (at, amount) if takes_invoiced else (amount, at)
        if is_taxed_on_most(rows.numbers[ordered].numbers, rows.numbers[invoiced].numbers):
            found.update(bedrag=ordered, incl=invoiced)
            return
        if count := _differing(rows, amount, at):
            many = format_rows(count)
            raise Ambiguous(
                f"Bij {many} is in {rows.name(invoiced)} een ander bedrag gefactureerd dan in "
                f"{rows.name(ordered)} besteld.",
                where=rows.where,
                remedy=f"Telt wat is gefactureerd: {rows.typed('bedrag', invoiced)}. Telt wat is besteld: "
                f"{rows.typed('bedrag', ordered)}.",
            )


def _is_invoiced(header: str) -> bool:
    return _INVOICED.fullmatch(plain(header)) is not None and not _ORDERED.fullmatch(plain(header))


def _is_ordered(header: str) -> bool:
    of_an_order = not set(forms(header)).isdisjoint(OF_THE_ORDER)
    return _ORDERED.fullmatch(plain(header)) is not None or (of_an_order and not _is_invoiced(header))


def _differing(rows: Rows, one: int, other: int) -> int:
    """On how many rows, up to a number, of orders that count two amounts differ."""
    cells = ", ".join(map(rows.cell, range(len(rows.headers))))
    first, second = rows.cell(one), rows.cell(other)
    records = [
        list(record)
        for record in rows.con.execute(
            f"select {cells} from lines where rij > {rows.header_row} and {first} <> {second} "
            f"and {first} <> '' and {second} <> '' limit {_MOST}"
        ).fetchall()
    ]
    money = numbers_in(rows.headers, [*records, *rows.few])
    states = [(status.place, status) for status in statuses_in(rows.headers)]

    def counts(record: Sequence[str]) -> bool:
        fates = {fate_of(record[at], status) for at, status in states if record[at]}
        return fates - {None} <= {*COUNTED, Fate.UNKNOWN}

    if one not in money or other not in money:
        return 0
    pairs = zip(records, money[one].numbers, money[other].numbers, strict=False)
    return sum(
        counts(record) and a is not None and b is not None and abs(a - b) > CENT for record, a, b in pairs
    )
