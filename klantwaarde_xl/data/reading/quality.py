"""The data-quality report: what was read, corrected and refused, every problem with its row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from klantwaarde_xl.data.reading.cells.currencies import EURO, with_currency
from klantwaarde_xl.data.reading.cells.numbers import PLACES
from klantwaarde_xl.data.reading.sources.source import Source
from klantwaarde_xl.dutch import format_number, format_rows
from klantwaarde_xl.errors import RowsRefused

SHOWN = 20


@dataclass(frozen=True)
class Problem:
    """One cell that could not be read, with its row as the user's program counts it.

    table: its name, where more tables stand in one report; part: the file or sheet of its row, where
    several were read together.
    """

    row: int
    column: str
    text: str
    reason: str
    table: str = ""
    part: str = ""

    def __str__(self) -> str:
        shown = f" ({self.text!r})" if self.text else ""
        part = f"{self.part}, " if self.part else ""
        return f"{part}rij {self.row}, kolom {self.column}: {self.reason}{shown}"


@dataclass(frozen=True)
class Said:
    """How something was read (Dutch); about: what it is about, in a word."""

    about: str
    text: str

    def __str__(self) -> str:
        return f"{self.about}: {self.text}"


@dataclass(frozen=True)
class LeftOut:
    """Rows that are well read and do not count.

    amount: their sum, None where it is not known or of several currencies; currency: the code of its own.
    """

    reason: str
    rows: int
    amount: float | None = None
    currency: str | None = EURO

    def __str__(self) -> str:
        held = "" if self.amount is None else f", samen {with_currency(self.amount, self.currency)}"
        return f"{format_rows(self.rows)}{held}: {self.reason}"


@dataclass(frozen=True)
class Quality:
    """The outcome of reading one table.

    headers: which header of the file was taken for each of our columns; amount_kept, amount_refused:
    the sums of the rows that were used and left out (of these: as far as their amount can be
    read), None for a table without amounts; amounts_unknown: rows left out whose amount cannot be read;
    said: how the file was read; left_out: rows that do not count, such as those of cancelled orders;
    totals: what a bookkeeper would compare, by name; otherwise: what reads the rows with problems, so that
    none is lost (Dutch), empty where nothing does; currency: the code of what all sums are in;
    currency_named: whether the file or the user says so, for without either it is the euro.
    """

    source: Source
    rows_read: int
    rows_kept: int
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    amount_kept: float | None = None
    amount_refused: float | None = None
    amounts_unknown: int = 0
    said: tuple[Said, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    totals: tuple[tuple[str, Any], ...] = ()
    otherwise: str = ""
    currency: str = EURO
    currency_named: bool = False

    @property
    def amount_read(self) -> float | None:
        """The sum of all rows whose amount can be read, used or not."""
        if self.amount_kept is None or self.amount_refused is None:
            return None
        return round(self.amount_kept + self.amount_refused, PLACES)

    @property
    def rows_refused(self) -> int:
        """Rows that were left out because a cell in them could not be read."""
        return len({(problem.table, problem.part, problem.row) for problem in self.problems})

    @property
    def _way_out(self) -> str:
        if self.otherwise:
            return f"{self.otherwise} Of verbeter deze rijen; met --overslaan raakt u ze kwijt."
        return "Verbeter deze rijen, of laat ze weg met --overslaan."

    def raise_if_refused(self, option: str = "") -> None:
        """Raise `RowsRefused` with every problem (the first twenty in words) if there is any.

        option: what `klantwaarde controleer` needs to read this table.
        """
        if not self.problems:
            return
        lines = [f"  {problem}" for problem in self.problems[:SHOWN]]
        if len(self.problems) > SHOWN:
            lines.append(f"  … en nog {len(self.problems) - SHOWN} problemen")
        refused, read = (format_number(one, 0) for one in (self.rows_refused, self.rows_read))
        verb = "is" if self.rows_refused == 1 else "zijn"
        raise RowsRefused(
            f"{refused} van de {read} rijen {verb} niet te lezen:\n" + "\n".join(lines),
            where=str(self.source),
            remedy=f"{self._way_out} `klantwaarde controleer{option}` toont alle problemen.",
        )


def together(main: str, each: Mapping[str, Quality]) -> Quality:
    """One report of several tables, by name: all their rows, remarks and problems, each with its table.

    main: the table whose source, headers and amounts are the report's; euros of orders and of costs do
    not add up to anything. A single table keeps its report as it is.
    """
    if len(each) == 1:
        return each[main]
    return replace(
        each[main],
        rows_read=sum(one.rows_read for one in each.values()),
        rows_kept=sum(one.rows_kept for one in each.values()),
        problems=tuple(replace(p, table=name) for name, one in each.items() for p in one.problems),
        notes=tuple(f"{name}: {note}" for name, one in each.items() for note in one.notes),
        said=tuple(Said(f"{name}, {s.about}", s.text) for name, one in each.items() for s in one.said),
        left_out=tuple(
            replace(o, reason=f"{name}: {o.reason}") for name, one in each.items() for o in one.left_out
        ),
    )
