"""What a refresh takes from where a user put it, in words: values, rows, and what shows another row now."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.xlsx.values import Value
from klantwaarde_xl.xlsx.words import shortened

LOST_SHEET = "Vervallen rijen"
LOST_HEADERS = ("vervallen op", "tabel", "hoorde bij", "rij", "kolom", "waarde")


@dataclass(frozen=True)
class Lost:
    """What the user had in a cell beside a row that is gone.

    title: of the table; row: of the sheet; belongs_to: the row's key in words ("klant K10002"),
    empty for a table without a key; value: what the cell held, a formula as its text. Of a figure in a named
    cell it is the figure's title, row 0, and the name for a column.
    """

    table: str
    title: str
    row: int
    belongs_to: str
    column: str
    value: Value

    def __str__(self) -> str:
        if not self.row:
            return f"{self.title}, cel {self.column}: {shortened(shown(self.value))}"
        whose = f"{self.belongs_to} (rij {self.row})" if self.belongs_to else f"rij {self.row}"
        return f"{self.title}, {whose}, kolom {self.column}: {shortened(shown(self.value))}"


@dataclass(frozen=True)
class Shifted:
    """A formula that shows a row by its address: which, what it shows, who stood there, who does now."""

    said: str
    target: str
    was: str
    now: str

    def __str__(self) -> str:
        return (
            f"{self.said}, die wijst naar {self.target}: was {self.was}, is nu {self.now or 'een lege rij'}"
        )


def shown(value: Value) -> str:
    """A cell's value in words: Dutch numbers and dates, text as it is."""
    if isinstance(value, bool):
        return "WAAR" if value else "ONWAAR"
    if isinstance(value, dt.datetime) and (value.hour or value.minute or value.second):
        return f"{value:%d-%m-%Y %H:%M}"
    if isinstance(value, dt.date):
        return f"{value:%d-%m-%Y}"
    if isinstance(value, CellError):
        return value.text
    if isinstance(value, int | float):
        return f"{value:.15g}".replace(".", ",") if value == value else CellError.NUM.text
    return "" if value is None else str(value)
