"""The data-quality report: what was read, corrected and refused, every problem with its row."""

from __future__ import annotations

from dataclasses import dataclass

from klantwaarde_xl.data.reading.source import Source
from klantwaarde_xl.errors import RowsRefused

SHOWN = 20


@dataclass(frozen=True)
class Problem:
    """One cell that could not be read, with its row as the user's program counts it."""

    row: int
    column: str
    text: str
    reason: str

    def __str__(self) -> str:
        shown = f" ({self.text!r})" if self.text else ""
        return f"rij {self.row}, kolom {self.column}: {self.reason}{shown}"


@dataclass(frozen=True)
class Quality:
    """The outcome of reading one table.

    headers: which header of the file was taken for each of our columns; amount_kept, amount_refused:
    the sums in euro of the rows that were used and left out (of these: as far as their amount can be
    read), None for a table without amounts; amounts_unknown: rows left out whose amount cannot be read.
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

    @property
    def amount_read(self) -> float | None:
        """The sum in euro of all rows whose amount can be read, used or not."""
        if self.amount_kept is None or self.amount_refused is None:
            return None
        return round(self.amount_kept + self.amount_refused, 2)

    @property
    def rows_refused(self) -> int:
        """Rows that were left out because a cell in them could not be read."""
        return len({problem.row for problem in self.problems})

    def raise_if_refused(self) -> None:
        """Raise `RowsRefused` with every problem (the first twenty in words) if there is any."""
        if not self.problems:
            return
        lines = [f"  {problem}" for problem in self.problems[:SHOWN]]
        if len(self.problems) > SHOWN:
            lines.append(f"  … en nog {len(self.problems) - SHOWN} problemen")
        raise RowsRefused(
            f"{self.rows_refused} van de {self.rows_read} rijen zijn niet te lezen:\n" + "\n".join(lines),
            where=str(self.source),
            remedy="Verbeter deze rijen, of laat ze weg met --overslaan. "
            "`klantwaarde controleer` toont alle problemen.",
        )
