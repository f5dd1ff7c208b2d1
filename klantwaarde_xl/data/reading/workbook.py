"""Reading a workbook that others made, in a child process.

The reader is fast native code; a hostile file (a cell in the last corner of the sheet) makes it
ask for more memory than there is and takes its process down. So that process is not ours.
"""

from __future__ import annotations

import concurrent.futures
import multiprocessing
import os
from collections.abc import Mapping
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from pathlib import Path
from typing import Any

from klantwaarde_xl.data.reading.text import RawText, from_cells
from klantwaarde_xl.data.tables import TableSpec, columns_missing, find_columns
from klantwaarde_xl.errors import FileUnreadable, KlantwaardeError

HEADER_WITHIN = 20  # a title and a date above the header are common in exports
_MEMORY = 8 << 30


def from_workbook(path: Path, folder: Path, table: TableSpec, named: Mapping[str, str] | None) -> RawText:
    """Read the first sheet with the table's header as marked text, in a child process.

    Raises `FileUnreadable` when the file cannot be read, `ColumnsMissing` when no sheet has the
    columns.
    """
    context = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(1, mp_context=context) as pool:
        try:
            return pool.submit(_read, path, folder, table, dict(named or {})).result()
        except BrokenProcessPool as error:
            raise FileUnreadable(
                "Dit werkboek is te groot of beschadigd om te lezen.",
                where=str(path),
                remedy="Bewaar alleen de rijen met gegevens in een nieuw werkboek, of als CSV.",
            ) from error


def _read(path: Path, folder: Path, table: TableSpec, named: Mapping[str, str]) -> RawText:
    _limit_memory()
    _silence()
    from python_calamine import CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_path(path)
        headers: list[str] = []
        found: list[tuple[int, str, int, list[list[Any]]]] = []
        for name in workbook.sheet_names:
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for number, row in enumerate(rows[:HEADER_WITHIN]):
                texts = [cell if isinstance(cell, str) else "" for cell in row]
                headers = headers or [text for text in texts if text]
                if find_columns(texts, table, named) is not None:
                    found.append((len(rows) - number, name, number, rows))
                    break
        if found:
            return _largest(path, folder, found)
    except KlantwaardeError:
        raise
    except BaseException:  # native code that panics raises what cannot even cross to our process
        raise FileUnreadable(
            "Dit werkboek is niet te lezen.",
            where=str(path),
            remedy="Open het in Excel of LibreOffice, bewaar het opnieuw als .xlsx en probeer het nog eens.",
        ) from None
    raise columns_missing(headers, table, str(path), named)


def _largest(path: Path, folder: Path, found: list[tuple[int, str, int, list[list[Any]]]]) -> RawText:
    """The sheet with the most rows as text; the others that would do are named in a note."""
    _, name, number, rows = max(found, key=lambda sheet: sheet[0])
    others = [repr(sheet[1]) for sheet in found if sheet[1] != name]
    raw = from_cells(rows[number:], folder, f"{path}, blad {name}", number + 1)
    note = f"blad {', '.join(others)} heeft ook deze kolommen en is niet gelezen" if others else ""
    return replace(raw, notes=(note,) if note else ())


def _silence() -> None:
    """Keep what a panicking reader prints away from the user; our message says what matters."""
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 2)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; there the process just fails
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
