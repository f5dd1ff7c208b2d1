"""A function call as the text of a formula: as a Dutch user types it, and as files hold it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeGuard

from klantwaarde_xl.addresses import Area
from klantwaarde_xl.dutch import format_date, format_number
from klantwaarde_xl.errors import CellError, SpecError
from klantwaarde_xl.formula import PREFIX, TOKEN, FormulaError, parts_of
from klantwaarde_xl.functions.dutch_names import ERRORS, FUNCTIONS, KEYWORDS
from klantwaarde_xl.functions.reserved import RESERVED_NAMES
from klantwaarde_xl.functions.spec import Arg, Cell, Cells, Example, Kind, Native, Spec

_SHORT = 12  # as many values of a range are printed


@dataclass(frozen=True)
class Dialect:
    """How one language of the spreadsheet writes a formula."""

    separator: str
    decimal: str
    true: str
    false: str
    date: str


DUTCH = Dialect(";", ",", "WAAR", "ONWAAR", "DATUM")
FILE = Dialect(",", ".", "TRUE", "FALSE", "DATE")


@dataclass(frozen=True)
class Placed:
    """Arguments laid out on a sheet: the text of each, and the cells that hold the ranges."""

    texts: tuple[str | None, ...]
    cells: tuple[tuple[int, int, Cell], ...]


def literal(value: Cell, dialect: Dialect) -> str:
    """Write a value inside a formula; a blank is empty text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return dialect.true if value else dialect.false
    if isinstance(value, CellError):
        return value.text
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    if isinstance(value, dt.date):
        parts = dialect.separator.join(str(part) for part in (value.year, value.month, value.day))
        return f"{dialect.date}({parts})"
    if isinstance(value, int):  # a choice's code too, which is a number with a name
        return str(int(value))
    return repr(float(value)).replace(".", dialect.decimal)


def is_range(value: Cells) -> bool:
    """Whether an example's argument is a range of cells."""
    return isinstance(value, tuple)


def place(args: Sequence[Cells], *, row: int, column: int, dialect: Dialect, sheet: str = "") -> Placed:
    """Lay ranges out in columns from a cell on, and write the other arguments as literals.

    sheet: the sheet that the ranges lie on, when the formula stands on another.
    """
    prefix = f"{sheet}!" if sheet else ""
    texts: list[str | None] = []
    cells: list[tuple[int, int, Cell]] = []
    for value in args:
        if not isinstance(value, tuple):
            texts.append(None if value is None else literal(value, dialect))
            continue
        rows = [one if isinstance(one, tuple) else (one,) for one in value]
        width = max(len(one) for one in rows)
        texts.append(prefix + Area(row, column, row + len(rows) - 1, column + width - 1).address)
        cells += [(row + i, column + j, cell) for i, one in enumerate(rows) for j, cell in enumerate(one)]
        column += width
    return Placed(tuple(texts), tuple(cells))


def call_formula(spec: Spec, texts: Sequence[str | None], dialect: Dialect) -> str:
    """`=NAAM(a;b)` from the text of each argument; arguments left out at the end disappear."""
    shown = ["" if text is None else text for text in texts]
    while shown and not shown[-1]:
        shown.pop()
    return f"={spec.name}({dialect.separator.join(shown)})"


def native_formula(spec: Spec, texts: Sequence[str | None]) -> str | None:
    """The same call as a plain Excel formula in file notation; None without a closed form.

    texts: file-notation text of each argument, None where one is left out.
    """
    given = sum(1 for _ in _without_tail(texts))
    form = next((form for form in spec.native if given <= form.before), None)
    if form is None:
        return None
    padded = [*texts, *[None] * (len(spec.args) - len(texts))]
    values = {
        arg.name: _operand(text) if text else literal(spec.defaults.get(arg.name), FILE)
        for arg, text in zip(spec.args, padded, strict=True)
    }
    for arg in spec.args:
        for choice in arg.choices:
            if values[arg.name].strip('"') == choice.word:
                values[arg.name] = str(choice.code)
    return "=" + _guarded(form).format_map(values)


def _without_tail(texts: Sequence[str | None]) -> list[str | None]:
    shown = list(texts)
    while shown and not shown[-1]:
        shown.pop()
    return shown


def _operand(text: str) -> str:
    return f"({text})" if text.startswith("-") else text


# Too large for any engine: #NUM! in Excel, IronCalc and LibreOffice alike, where the square root of
# a negative number is an error of LibreOffice's own.
_NUM_ERROR = "EXP(1000)"


def _guarded(form: Native) -> str:
    formula = form.value
    if form.na:
        formula = f"IF({form.na},NA(),{formula})"
    if form.num:
        formula = f"IF({form.num},{_NUM_ERROR},{formula})"
    return formula


def shown_example(spec: Spec, example: Example) -> tuple[str, str]:
    """An example as a Dutch user reads it: the formula, and what it gives."""
    formula = call_formula(spec, shown_call(spec, example.args).texts, DUTCH)
    if isinstance(example.result, tuple):
        wide = len(example.result[0]) if isinstance(example.result[0], tuple) else 1
        return formula, f"tabel van {len(example.result)} rijen en {wide} kolommen"
    if isinstance(example.result, CellError):
        return formula, example.result.dutch
    if isinstance(example.result, (int, float)):
        return formula, format_number(round(float(example.result), 6))
    return formula, str(example.result)


def shown_call(spec: Spec, args: Sequence[Cells]) -> Placed:
    """The arguments of a call as the manual prints them: each range from A2, then beside it.

    A range of few plain numbers is printed as an array constant, where every host takes one: Calc
    wants real cells for the columns of a log.
    """
    column = 1
    texts: list[str | None] = []
    cells: list[tuple[int, int, Cell]] = []
    for arg, value in zip(spec.args, args, strict=False):
        numbers = _few_numbers(arg, value)
        if numbers:
            texts.append("{" + ";".join(map(_shown_number, numbers)) + "}")
            continue
        placed = place([value], row=2, column=column, dialect=DUTCH)
        texts.append(_shown_number(value) if _is_number(value) else placed.texts[0])
        cells += placed.cells
        column = max([column, *(cell[1] + 1 for cell in placed.cells)])
    return Placed(tuple(texts), tuple(cells))


def shown_cells(spec: Spec, args: Sequence[Cells]) -> str:
    """What stands in the cells of such a call, as far as it is short: `A2:A4: 7; 8; 9`."""
    columns: dict[int, list[tuple[int, Cell]]] = {}
    for row, column, value in shown_call(spec, args).cells:
        columns.setdefault(column, []).append((row, value))
    if any(len(values) > _SHORT for values in columns.values()):
        return ""
    return ", ".join(
        f"{Area(values[0][0], column, values[-1][0], column).address}: "
        + "; ".join(_shown_value(value) for _, value in values)
        for column, values in columns.items()
    )


def _few_numbers(arg: Arg, value: Cells) -> list[float]:
    """The numbers of a range that is printed as an array constant; none for any other argument."""
    if not isinstance(value, tuple) or len(value) > _SHORT or arg.kind.is_column or arg.kind is Kind.CELLS:
        return []
    numbers = [one for one in value if isinstance(one, (int, float)) and not isinstance(one, bool)]
    return numbers if len(numbers) == len(value) else []


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _shown_number(value: float) -> str:
    """A number as a user types it: without a fraction that is not there."""
    is_whole = float(value).is_integer() and abs(value) < 1e15
    return literal(int(value) if is_whole else value, DUTCH)


def _shown_value(value: Cell) -> str:
    if value is None:
        return "(leeg)"
    if isinstance(value, CellError):
        return value.dutch
    if isinstance(value, dt.date):
        return format_date(value)
    return _shown_number(value) if _is_number(value) else str(value)


def dutch(formula: str) -> str:
    r"""A formula from a file as it reads, and is typed, in a Dutch Excel.

    Functions get their Dutch names, arguments `;`, numbers a comma, columns of an array `\\`, and a
    table's own row `[@kolom]`. Text, names, sheets and our own functions stay as they are; so does the
    format of TEXT, which is text. Raises `SpecError` for a function of Excel without a Dutch name here.
    """
    is_array = False
    written = []
    for match in TOKEN.finditer(formula):
        text = match[0]
        if text in ("{", "}"):
            is_array = text == "{"
        elif text == ",":
            text = "\\" if is_array else ";"
        elif match["number"]:
            text = text.replace(".", ",")
        elif match["error"]:
            sheet, mark, name = text.rpartition("#")
            text = sheet + ERRORS.get(mark + name, mark + name)
        elif match["bracket"]:
            text = (match["table"] or "") + _dutch_columns(match["bracket"])
        elif match["call"]:
            text = _dutch_name(match["word"]) + "("
        elif match["word"] and not match["scope"]:
            text = {"TRUE": "WAAR", "FALSE": "ONWAAR"}.get(text.upper(), PREFIX.sub("", text))
        written.append(text)
    return "".join(written)


def _dutch_name(word: str) -> str:
    """The Dutch name of a function of Excel; our own are Dutch already."""
    name = PREFIX.sub("", word)
    if name.upper() in FUNCTIONS:
        return FUNCTIONS[name.upper()]
    if name.upper() in RESERVED_NAMES:
        raise SpecError(f"De functie {name} heeft hier nog geen Nederlandse naam.", where="dutch_names.py")
    return name


def _dutch_columns(bracket: str) -> str:
    """What stands in the brackets of a table: `[@kolom]`, `[[#Kopteksten];[kolom]]`, `[kolom]`."""
    try:
        parts = parts_of(bracket)
    except FormulaError:
        return bracket  # another workbook
    if parts and parts[0].casefold() == "#this row":
        rest = parts[1:]
        if len(rest) == 1 and re.fullmatch(r"\w+", rest[0]):
            return f"[@{rest[0]}]"
        return f"[@{''.join(':' if part == ':' else _bracketed(part) for part in rest)}]"
    if len(parts) == 1:
        return _bracketed(KEYWORDS.get(parts[0].casefold(), parts[0]), is_keyword=parts[0].startswith("#"))
    if not parts:
        return bracket
    shown: list[str] = []
    for part in parts:
        keyword = KEYWORDS.get(part.casefold())
        piece = ":" if part == ":" else _bracketed(keyword or part, is_keyword=keyword is not None)
        shown += [";", piece] if shown and ":" not in (part, shown[-1]) else [piece]
    return f"[{''.join(shown)}]"


def _bracketed(name: str, *, is_keyword: bool = False) -> str:
    escaped = name if is_keyword else re.sub(r"([\[\]'#@])", r"'\1", name)
    return f"[{escaped}]"
