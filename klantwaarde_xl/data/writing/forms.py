"""Relations to files: Parquet and CSV by the engine itself, and a workbook with a sheet each.

The CSV is what a Dutch Excel opens right: semicolons, decimal commas, and the mark of UTF-8 in front. No
text becomes a formula, in a workbook by its type, in a CSV (which has none) by an apostrophe.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from klantwaarde_xl import addresses
from klantwaarde_xl.data.writing.relations import COUNT, DAY, NUMBER, TEXT, Output, quoted
from klantwaarde_xl.dutch import format_number

BOOK = "klantwaarde.xlsx"
_MARK = "\ufeff"
_MOST_TEXT = 32_767  # characters in a cell of Excel
_BATCH = 10_000
# What Excel would compute: not +31 6 12345678, which has digits and signs only
_COMPUTES = r"regexp_matches({0}, '(?s)^([=@\t\r]|[+-].*[^-+0-9 .,()/])')"

Said = list[str]  # what the user should know of how something was written (Dutch)


def files_of(form: str, names: Sequence[str]) -> list[str]:
    """The names of the files that a form makes of tables, as far as that is known before they are."""
    return [BOOK] if form == "xlsx" else [f"{name}.{form}" for name in names]


def _parquet(outputs: Sequence[Output], folder: Path) -> Said:
    for one in outputs:
        _copy(one, one.query, folder / f"{one.name}.parquet", "format parquet, compression zstd")
    return []


def _csv(outputs: Sequence[Output], folder: Path) -> Said:
    said = []
    for one in outputs:
        columns = list(zip(one.columns, one.types, strict=True))
        # The mark stands before the first header, and so at the very front of the file
        headers = [f"{'' if place else _MARK}{column.header}" for place, (column, _) in enumerate(columns)]
        shown = ", ".join(
            f"{_as_text(quoted(column.header), kind)} as {quoted(header)}"
            for header, (column, kind) in zip(headers, columns, strict=True)
        )
        query = f"select {shown} from ({one.query})"
        _copy(one, query, folder / f"{one.name}.csv", "format csv, header, delimiter ';'")
        if marked := _computing(one):
            texts = "1 tekst" if marked == 1 else f"{format_number(marked, 0)} teksten"
            said.append(f"{one.name}.csv: {texts} met een apostrof ervoor, omdat Excel ze zou uitrekenen.")
    return said


def _as_text(column: str, kind: str) -> str:
    """SQL for a cell of a CSV: dates as 2026-03-01, which every Excel reads."""
    if kind == NUMBER:
        return f"replace(cast({column} as varchar), '.', ',')"
    if kind == TEXT:
        return f"case when {_COMPUTES.format(column)} then '''' || {column} else {column} end"
    return column


def _computing(output: Output) -> int:
    """How many texts Excel would compute."""
    texts = [
        quoted(column.header)
        for column, kind in zip(output.columns, output.types, strict=True)
        if kind == TEXT
    ]
    if not texts:
        return 0
    counts = " + ".join(f"count(*) filter ({_COMPUTES.format(text)})" for text in texts)
    return int(output.con.execute(f"select {counts} from ({output.query})").fetchall()[0][0])


def _copy(output: Output, query: str, path: Path, options: str) -> None:
    target = str(path).replace("'", "''")
    output.con.execute(f"copy ({query}) to '{target}' ({options})")


# ── a workbook ──────────────────────────────────────────────────────────────────────────────


def _xlsx(outputs: Sequence[Output], folder: Path) -> Said:
    import xlsxwriter

    fitting = [one for one in outputs if _fits(one)]
    large = [one for one in outputs if one not in fitting]
    options = {
        "constant_memory": True,  # rows go to the disk as they come
        "tmpdir": str(folder),
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(folder / BOOK, options) as book:
        head, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd-mm-yyyy"})
        for one in fitting:
            sheet = book.add_worksheet(one.name)
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, len(one.columns) - 1, 16)
            for place, column in enumerate(one.columns):
                sheet.write_string(0, place, column.header, head)
            _rows(sheet, one, day)
    said = []
    for one in large:
        rows = format_number(one.count(), 0)
        said.append(f"{one.name} past niet op een blad ({rows} rijen); alles ervan staat in {one.name}.csv.")
    return said + _csv(large, folder)


def _fits(output: Output) -> bool:
    """Whether a sheet can hold it: so many rows, and no text that is too long for a cell."""
    if output.count() > addresses.MOST_ROWS - 1:
        return False
    lengths = [
        f"max(length({quoted(column.header)}))"
        for column, kind in zip(output.columns, output.types, strict=True)
        if kind == TEXT
    ]
    if not lengths:
        return True
    longest = output.con.execute(f"select {', '.join(lengths)} from ({output.query})").fetchall()[0]
    return max(length or 0 for length in longest) <= _MOST_TEXT


def _rows(sheet: Any, output: Output, day: Any) -> None:
    """Write the rows of a relation under the headers; an empty cell is not written."""
    write: Mapping[str, Callable[[int, int, Any], Any]] = {
        TEXT: sheet.write_string,
        COUNT: sheet.write_number,
        NUMBER: sheet.write_number,
        DAY: lambda row, place, value: sheet.write_datetime(
            row, place, dt.datetime.combine(value, dt.time()), day
        ),
    }
    for row, values in enumerate(_fetched(output), 1):
        for place, (value, kind) in enumerate(zip(values, output.types, strict=True)):
            if value is not None:
                write[kind](row, place, value)


def _fetched(output: Output) -> Iterator[tuple[Any, ...]]:
    cursor = output.con.execute(output.query)
    yield from (row for batch in iter(partial(cursor.fetchmany, _BATCH), []) for row in batch)


# What writes tables into a folder in each form, and says what the user should know of it
FORMS: Mapping[str, Callable[[Sequence[Output], Path], Said]] = MappingProxyType(
    {"parquet": _parquet, "csv": _csv, "xlsx": _xlsx}
)
