"""The rows of a source below its header, as far as they are looked at before anything is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from klantwaarde_xl.data.reading.cells.contents import SAMPLE, Cells, numbers_in
from klantwaarde_xl.data.reading.naming.headers import as_option
from klantwaarde_xl.data.reading.sources.marked import MARK

if TYPE_CHECKING:
    import duckdb

_FEW = 200  # rows
_MOST = 30  # different texts of a column that is a list


@dataclass(frozen=True)
class Rows:
    """The lines of a source in the engine below its header; headers: of all columns; where: for errors."""

    con: duckdb.DuckDBPyConnection
    headers: Sequence[str]
    header_row: int
    where: str

    def cell(self, place: int) -> str:
        """The SQL of a cell's text."""
        return f"trim(coalesce(cast(c{place} as varchar), ''))"

    @cached_property
    def _records(self) -> list[tuple[Any, ...]]:
        cells = ", ".join(self.cell(place) for place in range(len(self.headers)))
        rows = f"(from lines where rij > {self.header_row} limit {SAMPLE})"
        return self.con.execute(f"select rij, {cells} from {rows}").fetchall()

    @cached_property
    def first(self) -> list[list[str]]:
        """The texts of the first rows."""
        return [list(texts) for _, *texts in self._records]

    @property
    def by_row(self) -> dict[int, tuple[str, ...]] | None:
        """The texts of all rows as the user sees them, by `rij`; None where there are more than the first."""
        if not self.are_all:
            return None
        return {row: tuple(map(shown, texts)) for row, *texts in self._records}

    @property
    def are_all(self) -> bool:
        """Whether these first rows are all that there are, so that nothing more has to be asked."""
        return len(self.first) < SAMPLE

    def texts(self, place: int) -> list[str] | None:
        """The different texts of a column as the user sees them, in their order; None where rows are more."""
        if not self.are_all:
            return None
        return list(dict.fromkeys(shown(row[place]) for row in self.first))

    def every(self, place: int) -> list[str]:
        """The different texts of a column but the empty one, in no order."""
        if self.are_all:
            return [*self.words(place) - {""}]
        cell = self.cell(place)
        found = self.con.execute(
            f"select distinct {cell} from lines where rij > {self.header_row} and {cell} <> ''"
        )
        return [text for (text,) in found.fetchall()]

    def may_hold(self, place: int, fits: Callable[[str], object]) -> bool:
        """Whether a text of a column can be one that the engine is to be asked about.

        fits: of a text as the user sees it, in small letters.
        """
        texts = self.texts(place)
        return texts is None or any(fits(text.lower()) for text in texts)

    @property
    def few(self) -> list[list[str]]:
        """Enough of the first rows to see which sums hold."""
        return self.first[:_FEW]

    @cached_property
    def numbers(self) -> dict[int, Cells]:
        """The columns of these that hold numbers, by their place."""
        return numbers_in(self.headers, self.few)

    def column(self, place: int) -> Cells:
        """One column of these few rows."""
        if place not in self._columns:
            texts = tuple(row[place].strip() for row in self.few)
            self._columns[place] = Cells(place, self.headers[place].strip(), texts)
        return self._columns[place]

    @cached_property
    def _columns(self) -> dict[int, Cells]:
        return {}

    def lists(self, free: Sequence[int]) -> dict[int, dict[str, int]]:
        """Of these columns those with few different texts, and how often each stands there."""
        found = {}
        for place in free:
            if len(self.words(place)) > _MOST + 1:
                continue
            seen = self._seen(place)
            if 0 < len(seen) <= _MOST:
                found[place] = dict(seen)
        return found

    def words(self, place: int) -> set[str]:
        """The different texts of a column in the first rows, an empty one too."""
        if place not in self._words:
            self._words[place] = {row[place] for row in self.first}
        return self._words[place]

    @cached_property
    def _words(self) -> dict[int, set[str]]:
        return {}

    def _seen(self, place: int) -> list[tuple[str, int]]:
        """The different texts of a column and how often each stands there, the most frequent first."""
        if self.are_all:
            counted = Counter(row[place] for row in self.first if row[place])
            return sorted(counted.items(), key=lambda one: (-one[1], one[0]))
        cell = self.cell(place)
        return self.con.execute(f"""select {cell}, count(*) from lines
            where rij > {self.header_row} and {cell} <> '' group by 1
            order by 2 desc, 1 limit {_MOST + 1}""").fetchall()

    def name(self, place: int) -> str:
        """What a column is called, between quotes."""
        return repr(self.headers[place].strip())

    def typed(self, name: str, place: int | None) -> str:
        """The option that says which column is one of ours."""
        return as_option(self.headers, name, place)


def shown(text: str) -> str:
    """A text as the user sees it."""
    return text.replace(MARK, "").strip(" ")
