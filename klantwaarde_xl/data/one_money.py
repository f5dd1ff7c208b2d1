"""Tables whose amounts are computed with together are in one currency, or they are not computed with."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from klantwaarde_xl.data.reading.cells.currencies import EURO
from klantwaarde_xl.data.reading.files import Checked
from klantwaarde_xl.data.reading.revenue.one_currency import as_currencies
from klantwaarde_xl.data.tables import TRANSACTIONS
from klantwaarde_xl.errors import DataError


def money_of(tables: Mapping[str, Checked]) -> str:
    """The code of the currency that these tables are in together: that of the orders, where there are any.

    Raises `DataError` where the amounts of a table are said to be in another one.
    """
    held = _in_order(tables)
    if not held:
        return EURO
    first, code = held[0], held[0].quality.currency
    for other in held[1:]:
        if other.quality.currency_named and other.quality.currency != code:
            raise _two(first, other)
    return code


def taken_for(tables: Mapping[str, Checked], read: Collection[str]) -> tuple[str, ...]:
    """What to know of tables that say no currency, beside orders in one that is no euro; read: from files."""
    code = money_of(tables)
    if code == EURO:
        return ()
    return tuple(
        f"{one.table.title}: zonder valuta; de bedragen tellen als {code}, zoals die van de orders."
        for one in _in_order(tables)
        if one.table.name in read and one.count() and not one.quality.currency_named
    )


def _in_order(tables: Mapping[str, Checked]) -> list[Checked]:
    """The tables with amounts, the orders first, then those of which the currency is known."""
    held = [one for one in tables.values() if any(column.is_money for column in one.table.columns)]
    return sorted(held, key=lambda one: (one.table.name != TRANSACTIONS.name, not one.quality.currency_named))


def _two(one: Checked, other: Checked) -> DataError:
    first, second = one.quality.currency, other.quality.currency
    return DataError(
        f"{one.table.title} zijn in {first}, en {other.table.title.lower()} in {second}: ze zijn niet samen "
        "te rekenen.",
        where=str(other.quality.source),
        remedy=f"Reken ze om met de koers, zoals {as_currencies(f'{first},{second}=0.92')} als één {second} "
        f"0,92 {first} is, of zet ze in het bestand in {first}.",
    )
