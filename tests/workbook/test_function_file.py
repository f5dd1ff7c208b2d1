"""The function file: what stands in its cells, and what its names give in another engine."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import ironcalc
import openpyxl
import pytest

from klantwaarde_xl.errors import WorkbookChanged
from klantwaarde_xl.functions.lambdas.definition import lambdas
from klantwaarde_xl.workbook.build import build_workbook
from klantwaarde_xl.workbook.function_file import FUNCTION_FILE
from klantwaarde_xl.workbook.refresh import refresh_file

NOW = dt.datetime(2026, 11, 27, 9, 30)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("functiebestand") / "functiebestand.xlsx"
    build_workbook(FUNCTION_FILE, now=NOW).save(made)
    return made


@pytest.fixture(scope="module")
def book(path: Path) -> Any:
    return openpyxl.load_workbook(path)


def _in_file_notation(dutch: str) -> str:
    """An example as a Dutch user types it, as a file holds it."""
    words = {"WAAR": "TRUE", "ONWAAR": "FALSE", "DATUM": "DATE", ",": ".", ";": ","}
    parts = re.split(r'("[^"]*")', dutch)
    return "".join(
        part
        if part.startswith('"')
        else re.sub(r"\b(?:WAAR|ONWAAR|DATUM)\b|[,;]", lambda m: words[m[0]], part)
        for part in parts
    )


def _examples(book: Any) -> list[tuple[str, str, tuple[int, int]]]:
    """Sheet, example as typed, and the cell in which its result stands or begins."""
    found = [
        ("Functies", row[4].value, (row[5].row, row[5].column))
        for row in book["Functies"].iter_rows(min_row=5)
        if isinstance(row[4].value, str) and row[4].value.startswith("=")
    ]
    for (cell,) in book["Tabellen"].iter_rows(min_row=5, min_col=2, max_col=2):
        if isinstance(cell.value, str) and cell.value.startswith("="):
            found.append(("Tabellen", cell.value.partition("     ")[0], (cell.row + 2, 2)))
    return found


def test_every_function_that_has_a_name_stands_in_it_with_an_example(book: Any) -> None:
    called = [re.match(r"=(\w+)\(", text)[1] for _, text, _ in _examples(book)]  # type: ignore[index]
    assert sorted(called) == sorted(lambdas())
    assert set(lambdas()) <= set(book.defined_names)


def test_no_cell_of_ours_calls_a_function_of_ours(book: Any) -> None:
    names = re.compile(rf"\b(?:{'|'.join(lambdas())})\(")
    for sheet in book:
        for row in sheet.iter_rows():
            assert not [
                one.coordinate for one in row if one.data_type == "f" and names.search(str(one.value))
            ]


@pytest.mark.slow
def test_each_example_typed_in_the_file_gives_what_stands_beside_it(path: Path, book: Any) -> None:
    model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
    sheets = book.sheetnames
    model.evaluate()
    off = []
    for sheet, text, (row, column) in _examples(book):
        at = sheets.index(sheet)
        typed = column + 1 if sheet == "Functies" else 40
        model.set_user_input(at, row, typed, _in_file_notation(text))
        model.evaluate()
        wide = 1
        while sheet == "Tabellen" and book[sheet].cell(row, column + wide).value is not None:
            wide += 1
        for right in range(wide):
            got, wanted = (
                model.get_cell_value(at, row, typed + right),
                model.get_cell_value(at, row, column + right),
            )
            close = (
                isinstance(got, float)
                and isinstance(wanted, float)
                and abs(got - wanted) <= 1e-6 * abs(wanted)
            )
            if not (got == wanted or close):
                off.append(f"{text}: {got} and not {wanted}")
    assert not off


def test_there_is_room_for_a_table_where_one_types(book: Any) -> None:
    sheet = book["Tabellen"]
    for name, text, (row, column) in _examples(book):
        if name == "Tabellen":
            head = next(c for c in range(column, 40) if sheet.cell(row, c).value == "typ hier")
            below = [
                sheet.cell(r, c).value
                for r in range(row + 1, row + 1 + _height(sheet, row))
                for c in range(head, 40)
            ]
            assert not any(below), text


def _height(sheet: Any, row: int) -> int:
    high = 0
    while sheet.cell(row + high, 2).value is not None:
        high += 1
    return high


def test_a_refresh_says_that_there_is_nothing_to_refresh(path: Path) -> None:
    with pytest.raises(WorkbookChanged, match="valt niets te verversen"):
        refresh_file(path, now=NOW, tables={}, backup=False)
