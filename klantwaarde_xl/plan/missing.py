"""The parts that a workbook must have, and one message that names all those it lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from klantwaarde_xl.errors import WorkbookChanged
from klantwaarde_xl.plan.plan import Contents, header, positions

TABLE, COLUMN, NAME = "tabel", "kolom", "naam"


@dataclass(frozen=True)
class Part:
    """A table, one column of a table, or a named cell that a refresh reads or writes.

    name: in the workbook, of a column that of its table; kind: what people call it (Dutch), `TABLE` for a
    table, `COLUMN` for a column; title: how they know it, empty for no other way than by its name; sheet:
    where it stands in a new workbook; columns: the headers that a table must have, or the one of a column.
    """

    name: str
    kind: str
    title: str = ""
    sheet: str = ""
    columns: tuple[str, ...] = ()

    def words(self, reason: str = "", sheet: str = "") -> str:
        """What to look for: `tabel 'RFM-scores' (tblRfm op blad Segmenten)`; reason: why it will not do."""
        where = sheet or self.sheet
        if not self.title:
            return f"{self.kind} {self.name}" + (f" ({reason})" if reason else "")
        place = self.name + (f" op blad {where}" if where else "")
        return f"{self.kind} '{self.title}' ({place}{f': {reason}' if reason else ''})"


def is_there(part: Part, contents: Contents) -> bool:
    """Whether a table, column or named cell is there and fit to use; of a table its columns do not count."""
    if part.kind in (TABLE, COLUMN):
        found = contents.head(part.name)
        if found is None or part.kind == TABLE:
            return found is not None
        return header(part.columns[0]) in positions(found[1].headers)
    return part.name.casefold() in {name.casefold() for name in contents.names}


def missing(parts: Iterable[Part], contents: Contents) -> Iterator[str]:
    """Say in Dutch of each part, and of each column, that is not there what it is."""
    unfit = {name.casefold(): reason for name, reason in contents.unfit.items()}
    for part in parts:
        if part.kind != COLUMN and not is_there(part, contents):
            yield part.words(unfit.get(part.name.casefold(), ""))
        elif part.columns:
            yield from _missing_columns(part, contents)


def _missing_columns(part: Part, contents: Contents) -> Iterator[str]:
    found = contents.head(part.name)
    if found is None:
        return
    name, table = found
    there = positions(table.headers)
    times = Counter(map(header, table.headers))
    where = f"{name} op blad {table.sheet}" if table.sheet else name
    if part.title:
        where = replace(part, kind=TABLE).words(sheet=table.sheet)
    for column in dict.fromkeys(part.columns):
        if header(column) not in there:
            yield f"{COLUMN} {column} in {where}"
        elif times[header(column)] > 1:  # which of them is ours is not to be told
            yield f"{COLUMN} {column} in {where}: die kop staat er {times[header(column)]} keer"


def refusal(lacking: Sequence[str], contents: Contents, template: str = "") -> WorkbookChanged:
    """The error that names everything a workbook lacks; template: from which to make a new one."""
    kinds = {one.partition(" ")[0] for one in lacking}
    back = []
    if TABLE in kinds:
        back.append("een tabel haar naam of kopregel (Tabelontwerp)")
    if COLUMN in kinds:
        back.append("een kolom haar kop")
    if kinds - {TABLE, COLUMN}:
        back.append("een cel haar naam (Formules, Namen beheren)")
    there = ", ".join(contents.table_names()) or "geen"
    new = f" met `klantwaarde nieuw {template}`" if template else ""
    return WorkbookChanged(
        "Het werkboek mist onderdelen die Klantwaarde XL nodig heeft.",
        where=", ".join(lacking),
        remedy=f"Geef {' en '.join(back)} terug, of maak een nieuw werkboek{new} en neem uw gegevens over."
        + (f" De tabellen die er zijn: {there}." if TABLE in kinds else ""),
    )
