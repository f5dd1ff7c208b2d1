"""The data-quality report: what was read, corrected and refused, every problem with its row."""

from __future__ import annotations

from dataclasses import dataclass

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

    headers: which header of the file was taken for each of our columns.
    """

    source: str
    rows_read: int
    rows_kept: int
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()

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
            where=self.source,
            remedy="Verbeter deze rijen, of laat ze weg met --overslaan. "
            "`klantwaarde controleer` toont alle problemen.",
        )
