"""What a result is computed from, with what results share computed once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar

from klantwaarde_xl.data.periods import Periods, periods
from klantwaarde_xl.data.reading.files import Checked
from klantwaarde_xl.data.reading.quality import Quality
from klantwaarde_xl.data.results import Row
from klantwaarde_xl.data.settings import Settings

Shared = TypeVar("Shared")


@dataclass(frozen=True)
class Context:
    """Tables, settings and days of one analysis.

    tables: by name; as_of: the day up to which rows count; first_day, last_day: of the first and the
    last order up to then (of the tables' dates where there are no transactions); today: the
    calendar's day; quality: of all that was read; earlier: by result, the rows that a workbook holds of one
    that continues, a value for each of its columns.
    """

    tables: Mapping[str, Checked]
    settings: Settings
    as_of: dt.date
    first_day: dt.date
    last_day: dt.date
    today: dt.date
    quality: Quality
    earlier: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    _made: dict[Callable[[Any], Any], Any] = field(default_factory=dict)

    @property
    def transactions(self) -> Checked:
        """The table of transactions."""
        return self.tables["transacties"]

    def has(self, table: str) -> bool:
        """Whether an input table has rows: one that may stay empty has none until it is filled."""
        return table in self.tables and self.tables[table].count() > 0

    @property
    def day(self) -> dt.date:
        """The chosen day, else the calendar's: up to it counts what is no order."""
        return self.settings.as_of or self.today

    @property
    def periods(self) -> Periods:
        """Which months are whole."""
        return periods(self.as_of, self.today, chosen=self.settings.as_of is not None)

    def once(self, compute: Callable[[Context], Shared]) -> Shared:
        """What a function gives for this context; computed the first time, remembered after."""
        if compute not in self._made:
            self._made[compute] = compute(self)
        shared: Shared = self._made[compute]
        return shared

    def rows(self, table: str, sql: str, **parameters: Any) -> list[Row]:
        """The rows of a query on a table's engine, with exact decimals as floats."""
        found = self.tables[table].con.execute(sql, parameters)
        exact = any(str(column[1]).startswith("DECIMAL") for column in found.description or ())
        rows: list[Row] = found.fetchall()
        if not exact:
            return rows
        return [tuple(float(v) if isinstance(v, Decimal) else v for v in row) for row in rows]
