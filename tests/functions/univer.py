"""Univer, a spreadsheet engine of npm, as a second opinion on the functions as LAMBDAs.

Its packages are in `.ci/node` (`.ci/run` installs them); without them the tests skip, as `node.py` says. What Univer
does not read is written otherwise, each with its reason in `UNREAD`; all else of the bodies is as it is stored.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from klantwaarde_xl.dutch import date_to_serial
from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.adapter.call import call
from klantwaarde_xl.functions.lambdas.definition import Lambda, lambdas
from klantwaarde_xl.functions.lambdas.reading import FILLED, WORD
from klantwaarde_xl.functions.lambdas.writing import TYPED, write
from klantwaarde_xl.functions.registry import REGISTRY
from klantwaarde_xl.functions.spec import Cells
from tests.functions.node import missing, node, run

FOLDER = Path(__file__).parents[2] / ".ci" / "node"
_ROOM = 14  # rows between calls
_PACKAGES = ("@univerjs/presets", "@univerjs/preset-sheets-node-core")
_NOTATION = replace(TYPED, optional=lambda name: name)


class Kind(NamedTuple):
    """A way in which Univer differs: a formula that shows it, what that should give, and the reason in words.

    above: the formula above it on the sheet without which it would be right.
    """

    formula: str
    wanted: float
    reason: str
    above: str = ""


# Univer gets these written otherwise
UNREAD = (
    Kind(
        "=LET(f,LAMBDA(x,x+1),f(2))",
        3,
        "a LAMBDA that LET names cannot be called: it is a name of the workbook",
    ),
    Kind(
        "=LET(x,3,0+-x)", -3, "a minus before a name of LET or LAMBDA is #NAME?: it is subtracted from nought"
    ),
    Kind(
        "=LET(f,LAMBDA(x,y,IF(ISOMITTED(y),x,1)),f(3))", 3, "no optional parameters: left out is empty text"
    ),
    # Of cells that it compared it keeps where each value stands, and looks there the next time
    Kind(
        "=SUM((VSTACK(1,2,3)=2)*1)+10*SUM((VSTACK(2,2,2)=2)*1)",
        31,
        "an array that a function makes passes for the cells from the formula on, and gets the answers of the "
        "one that did so before it: transposed twice it stands nowhere",
    ),
    Kind(
        "=SUM((VSTACK(2,2)=2)*1)",
        2,
        "the same, where the array of a formula above reaches down to this one",
        above=f"=SUM((TOCOL(SEQUENCE({_ROOM}+5))=0)*1)",
    ),
    Kind(
        '=0*CELL+(CELL="45000")*1',
        0,
        "a cell with a number that was computed with is equal to the same number as text: ISTEXT asks instead",
    ),
)
# An error, such as that of text where a number belongs, is #NAME? where it becomes a parameter of MAP's LAMBDA
FAULT_IN_LAMBDA = Kind(
    '=IFERROR(ERROR.TYPE(LET(x,(CELL&"x")+0,MAP(x+0*x,LAMBDA(y,y)))),0)', 3, "#NAME? for the error itself"
)
_ERRORS = {CellError.NA: "=NA()", CellError.DIV0: "=1/0"}
# What gives an array a place in Univer, of all that our closed forms call
_PLACED = re.compile(r'"[^"]*"|\b(?:BYROW|CHOOSEROWS|FILTER|HSTACK|MAP|SCAN|SORT|TOCOL|VSTACK)\(|.')
_TEXT, _NUMBER, _BOOLEAN = 1, 2, 3
_PROGRAM = """
const { readFileSync } = require("fs");
const { names, cells, data, areas, modules } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const { createUniver, LocaleType } = require(modules + "/@univerjs/presets");
const { UniverSheetsNodeCorePreset } = require(modules + "/@univerjs/preset-sheets-node-core");
const sheet = (id, cellData) => ({ id, name: id, cellData, rowCount: 20000, columnCount: 400 });
(async () => {
  const { univerAPI } = createUniver({ locale: LocaleType.EN_US, locales: {}, presets: [UniverSheetsNodeCorePreset()] });
  const book = univerAPI.createWorkbook({ id: "w", sheetOrder: ["T", "D"], sheets: { T: sheet("T", {}), D: sheet("D", data) } });
  for (const [name, text] of Object.entries(names)) book.insertDefinedName(name, text);
  const page = book.getSheetByName("T");
  for (const [row, text] of cells) page.getRange(row, 0).setFormula(text);
  const formula = univerAPI.getFormula();
  formula.executeCalculation();
  let seen, shown = "";
  do {  // the values come in some time after what it calls the end of the calculation
    seen = shown;
    await new Promise((done) => setTimeout(done, 1500));
    shown = JSON.stringify(areas.map(([row, rows, columns]) => page.getRange(row, 0, rows, columns).getValues()));
  } while (shown !== seen || areas.every(([row]) => page.getRange(row, 0).getValue() === null));
  console.log(shown);
  process.exit(0);
})();
"""


def second_engine() -> None:
    """Skip, or fail when hosts are required, where Univer is not there."""
    node()
    for name in _PACKAGES:
        if not (FOLDER / "node_modules" / name).is_dir():
            missing(f"{name} is not installed (npm install --no-package-lock --ignore-scripts in .ci/node)")


class Sheet:
    """Calls on a sheet: `add` them, then see each beside what the kernel gives."""

    def __init__(self, named: Sequence[Lambda] | None = None) -> None:
        self._names = {name.upper(): f"={_subtracted(text)}" for name, text in (FILLED, WORD)}
        self._names |= {
            one.name: f"={_text(one)}" for one in (lambdas().values() if named is None else named)
        }
        self._cells: list[tuple[int, str]] = []
        self._data: dict[int, dict[int, dict[str, Any]]] = {}
        self._calls: list[tuple[str, tuple[Cells, ...], Any, int]] = []
        self._at = self._row = 0

    def add(self, name: str, args: tuple[Cells, ...]) -> None:
        """Call a function, its arguments in cells."""
        texts: list[str] = []
        column = height = 0
        for value in args:
            if value is None:
                texts.append('""')
                continue
            rows = _rows(value)
            for i, row in enumerate(rows):
                for j, cell in enumerate(row):
                    if cell is not None:
                        self._data.setdefault(self._row + i, {})[column + j] = _cell(cell)
            place = xl_range(self._row, column, self._row + len(rows) - 1, column + len(rows[0]) - 1)
            one = xl_rowcol_to_cell(self._row, column)
            texts.append("D!" + (place if isinstance(value, tuple) else one))
            column, height = column + len(rows[0]), max(height, len(rows))
        texts += ['""'] * (len(REGISTRY[name].args) - len(texts))
        wanted = call(REGISTRY[name], [_rows(one) if isinstance(one, tuple) else one for one in args])
        self._cells.append((self._at, f"={name}({','.join(texts)})"))
        self._calls.append((name, args, wanted, self._at))
        self._row += height + 1
        self._at += (len(wanted) if isinstance(wanted, list) else 1) + _ROOM

    def formula(self, text: str) -> None:
        """Compute a formula as it stands; `CELL` in it is a cell with 45000."""
        self._data.setdefault(self._row, {})[0] = _cell(45000.0)
        self._cells.append((self._at, text.replace("CELL", f"D!A{self._row + 1}")))
        self._row += 1
        self._calls.append((text, (), None, self._at))
        self._at += _ROOM

    def values(self, folder: Path) -> list[list[list[Any]]]:
        """What each call gives, as rows."""
        return self._computed(folder, self._tables())

    def _tables(self) -> list[list[list[Any]]]:
        return [wanted if isinstance(wanted, list) else [[wanted]] for _, _, wanted, _ in self._calls]

    def different(self, folder: Path) -> dict[str, list[str]]:
        """By function the calls that give something else than the kernel."""
        tables = self._tables()
        off: dict[str, list[str]] = {}
        for (name, args, _, _), wanted, got in zip(
            self._calls, tables, self._computed(folder, tables), strict=True
        ):
            cells = [
                (g, w)
                for left, right in zip(got, wanted, strict=True)
                for g, w in zip(left, right, strict=True)
            ]
            if not all(_same(g, w) for g, w in cells):
                off.setdefault(name, []).append(f"{args}: {got} and not {wanted}")
        return off

    def _computed(self, folder: Path, tables: list[list[list[Any]]]) -> list[list[list[Any]]]:
        given = {
            "names": self._names,
            "cells": self._cells,
            "data": self._data,
            "areas": [
                (at, len(rows), len(rows[0])) for (*_, at), rows in zip(self._calls, tables, strict=True)
            ],
            "modules": str(FOLDER / "node_modules"),
        }
        found: list[list[list[Any]]] = run(_PROGRAM, given, folder)
        return found


def _text(one: Lambda) -> str:
    """A LAMBDA without what Univer does not read."""
    body = one.body
    for name, text in (FILLED, WORD):
        body = body.replace(f"{name},{text},", "")
    plain = re.sub(r"ISOMITTED\(\w+\)", "FALSE", write(body, one.parameters, _NOTATION))
    plain = re.sub(r'\((\w+)=\1&""\)', r"ISTEXT(\1)", plain)
    return _nowhere(_subtracted(plain))


def _nowhere(text: str) -> str:
    """A formula whose arrays do not pass for cells."""
    written: list[str] = []
    ends: list[str] = []  # what closes each parenthesis that is open
    for token in _PLACED.findall(text):
        if token.endswith("("):
            makes = len(token) > 1
            ends.append(")))" if makes else ")")
            written.append(f"TRANSPOSE(TRANSPOSE({token}" if makes else token)
        else:
            written.append(ends.pop() if token == ")" else token)
    return "".join(written)


def _subtracted(text: str) -> str:
    assert not re.search(r"(?<![\w)])-\w+\^", text)  # there a minus from nought would be another number
    text = re.sub(r"\^-(\w+)", r"^(0-\1)", text)
    return re.sub(r"(?<=[(,=<>])-(?=[\w(])", "0-", text)


def _cell(value: Any) -> dict[str, Any]:
    if isinstance(value, CellError):
        return {"f": _ERRORS[value]}
    if isinstance(value, bool):
        return {"v": int(value), "t": _BOOLEAN}
    if isinstance(value, str):
        return {"v": value, "t": _TEXT}
    return {"v": date_to_serial(value) if isinstance(value, dt.date) else float(value), "t": _NUMBER}


def _rows(value: Any) -> list[list[Any]]:
    if not isinstance(value, tuple):
        return [[value]]
    return [list(one) if isinstance(one, tuple) else [one] for one in value]


def _same(got: Any, wanted: Any) -> bool:
    if isinstance(wanted, CellError):
        return got in (wanted.text, "#NAME?")  # `FAULT_IN_LAMBDA`
    if isinstance(wanted, dt.date):
        return isinstance(got, (int, float))
    if wanted is None or isinstance(wanted, str):
        return (got or "") == (wanted or "")
    if isinstance(got, bool) or not isinstance(got, (int, float)):
        return False
    return bool(abs(got - wanted) <= 1e-9 * max(1e-3, abs(wanted)))
