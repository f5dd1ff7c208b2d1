"""Cells in, cells out: the one adapter between any host and a kernel.

A host hands over what its cells hold: numbers, text, dates, booleans, errors, blanks, a single
value or rows of values. What each means is decided here and nowhere else:

* a blank (None or empty text) leaves an optional argument out; a required one is #VALUE!;
* an error in a cell comes out as the same error, the leftmost argument's first;
* text is read as a Dutch number or date; anything else, or what can be read two ways, is #VALUE!;
* a boolean counts as 1 or 0, because Calc hands over nothing else;
* ranges broadcast as in the spreadsheet: one row or column repeats, a hole is #N/A.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Sequence
from decimal import Decimal
from numbers import Real
from typing import Any, TypeAlias

import numpy as np

from klantwaarde_xl.dutch import date_to_serial, parse_date, parse_number
from klantwaarde_xl.errors import (
    BY_TEXT,
    CellError,
    ErrorInArgument,
    FunctionError,
    WrongType,
    error_of,
)
from klantwaarde_xl.functions.spec import Arg, Column, Kind, Spec
from klantwaarde_xl.kernels.arrays import Floats, is_elementwise

Result: TypeAlias = Any  # a cell value, or a list of rows of them
Render: TypeAlias = Callable[[CellError], Any]

log = logging.getLogger(__name__)


def call(spec: Spec, cells: Sequence[Any], *, render: Render = lambda error: error) -> Result:
    """Compute a function from cells; never raises.

    cells: one entry an argument, a value or rows of values; fewer than declared leaves the last
    ones out. render turns a `CellError` into what the host shows as that error.
    Returns one cell value, or a list of rows.
    """
    try:
        return _compute(spec, cells, render)
    except FunctionError as error:
        log.info("%s: %s", spec.name, error.what)
        return render(error.cell)
    except Exception:
        # The wall between our code and the user's sheet: a bug shows as #VALUE!, and in the log.
        log.exception("%s failed", spec.name)
        return render(CellError.VALUE)


def _compute(spec: Spec, cells: Sequence[Any], render: Render) -> Result:
    if len(cells) > len(spec.args):
        raise WrongType(f"{spec.name} heeft {len(spec.args)} argumenten, geen {len(cells)}.")
    padded = [*cells, *[None] * (len(spec.args) - len(cells))]
    if is_elementwise(spec.kernel):
        return _broadcast(spec, padded, render)
    return _aggregate(spec, padded, render)


# ── elementwise: every argument a number or an array of numbers ─────────────────────────────


def _broadcast(spec: Spec, cells: Sequence[Any], render: Render) -> Result:
    values = [_numbers(spec, arg, cell) for arg, cell in zip(spec.args, cells, strict=True)]
    if not any(isinstance(value, np.ndarray) for value in values):
        for value in values:
            if value != value:
                return render(error_of(value) or CellError.NUM)
        return _cell(spec.kernel(*values), render, spec.texts)
    arrays = _align(values)
    result = np.asarray(spec.kernel(*arrays), dtype=np.float64)
    for array in reversed(arrays):
        result = np.where(np.isnan(array), array, result)
    return _rows(result, render, spec.texts)


def _numbers(spec: Spec, arg: Arg, cell: Any) -> Any:
    """A float, or a 2-D array when the cell is a range of more than one cell."""
    if not _is_range(cell):
        return _number(spec, arg, cell)
    rows = _as_rows(cell)
    if len(rows) == 1 and len(rows[0]) == 1:
        return _number(spec, arg, rows[0][0])
    plain = _plain_floats(rows) if arg.kind is not Kind.CHOICE else None
    if plain is not None:
        return plain
    width = max(len(row) for row in rows)
    missing = CellError.NA.nan
    return np.array(
        [[_number(spec, arg, c) for c in row] + [missing] * (width - len(row)) for row in rows],
        dtype=np.float64,
    )


def _plain_floats(rows: Sequence[Sequence[Any]]) -> Floats | None:
    """Rows that hold nothing but finite numbers, in one go; None when a cell needs reading."""
    try:
        array = np.array(rows)
    except (ValueError, OverflowError):  # rows of different lengths, numbers beyond a float
        return None
    if array.ndim != 2 or array.dtype.kind not in "fiub":
        return None
    floats = array.astype(np.float64)
    return floats if bool(np.isfinite(floats).all()) else None


def _align(values: Sequence[Any]) -> list[Floats]:
    """Broadcast as the spreadsheet does: what falls outside a shorter range is #N/A."""
    arrays = [np.asarray(value, dtype=np.float64) for value in values]
    arrays = [a.reshape(1, 1) if a.ndim == 0 else a for a in arrays]
    height = max(a.shape[0] for a in arrays)
    width = max(a.shape[1] for a in arrays)
    aligned = []
    for array in arrays:
        rows = height if array.shape[0] == 1 else array.shape[0]
        columns = width if array.shape[1] == 1 else array.shape[1]
        full = np.full((height, width), CellError.NA.nan)
        full[:rows, :columns] = array
        aligned.append(full)
    return aligned


def _number(spec: Spec, arg: Arg, cell: Any) -> float:
    """One cell as a float; an error, or what is no number, as that error's NaN."""
    if arg.choices and isinstance(cell, str) and cell.strip():
        words = {choice.word: float(choice.code) for choice in arg.choices}
        word = cell.strip().casefold()
        if word in words:
            return words[word]
    value = _to_float(cell, is_date=arg.kind is Kind.DATE)
    if value is None:
        if spec.is_optional(arg):
            return float(spec.defaults[arg.name])
        return CellError.VALUE.nan
    if arg.choices and value == value and value not in [choice.code for choice in arg.choices]:
        return CellError.NUM.nan
    return value


def _to_float(cell: Any, *, is_date: bool = False) -> float | None:
    """A cell's number (dates as day numbers), an error's NaN, or None for a blank."""
    if cell is None:
        return None
    if isinstance(cell, CellError):
        return cell.nan
    if isinstance(cell, str):
        return _text_to_float(cell, is_date=is_date)
    if isinstance(cell, dt.date):
        return date_to_serial(cell)
    if not isinstance(cell, (Real, Decimal)):
        return CellError.VALUE.nan
    try:
        value = float(cell)
    except (OverflowError, ValueError):
        return CellError.NUM.nan
    if value in (np.inf, -np.inf):
        return CellError.NUM.nan
    return value if value == value else (error_of(value) or CellError.NUM).nan


def _text_to_float(text: str, *, is_date: bool) -> float | None:
    body = text.strip()
    if not body:
        return None
    if body in BY_TEXT:
        return BY_TEXT[body].nan
    if is_date:
        date = parse_date(body)
        return date_to_serial(date) if date else CellError.VALUE.nan
    number = parse_number(body)
    return CellError.VALUE.nan if number is None else number


# ── ranges: the kernel sees whole columns ───────────────────────────────────────────────────


def _aggregate(spec: Spec, cells: Sequence[Any], render: Render) -> Result:
    columns = _columns(spec, cells)
    labels: dict[str, list[Any]] = {}
    given: dict[str, Any] = {}
    for arg, cell in zip(spec.args, cells, strict=True):
        if arg.kind.is_range and spec.is_optional(arg) and _is_omitted(cell):
            continue
        if arg.kind is Kind.KEYS:
            given[arg.parameter], labels[arg.name] = _factorise(arg, columns[arg.name])
        elif arg.kind.is_column:
            given[arg.parameter] = _float_column(arg, columns[arg.name])
        elif arg.kind is Kind.NUMBERS:
            given[arg.parameter] = _skip_blanks(arg, cell)
        elif arg.kind is Kind.MATRIX:
            given[arg.parameter] = _matrix(arg, cell)
        elif (value := _one_number(spec, arg, cell)) is not None:
            given[arg.parameter] = value
    result = spec.kernel(**given)
    if spec.columns:
        return _table(spec, result, labels, render)
    return _cell(float(result), render, spec.texts)


def _columns(spec: Spec, cells: Sequence[Any]) -> dict[str, list[Any]]:
    """The row-by-row columns without the rows in which all of them are blank."""
    columns = {
        arg.name: _flat(cell)
        for arg, cell in zip(spec.args, cells, strict=True)
        if arg.kind.is_column and not (spec.is_optional(arg) and _is_omitted(cell))
    }
    lengths = {name: len(column) for name, column in columns.items()}
    if len(set(lengths.values())) > 1:
        shown = ", ".join(f"{name} {length}" for name, length in lengths.items())
        raise WrongType(
            f"De kolommen zijn niet even lang: {shown}.", remedy="Kies voor elke kolom dezelfde rijen."
        )
    kept = [row for row in zip(*columns.values(), strict=True) if not all(_is_blank(c) for c in row)]
    return {name: [row[i] for row in kept] for i, name in enumerate(columns)}


def _factorise(arg: Arg, column: list[Any]) -> tuple[Any, list[Any]]:
    """Codes 0…n−1 in order of appearance, and the label of each."""
    codes: dict[Any, int] = {}
    result = np.empty(len(column), dtype=np.intp)
    for row, cell in enumerate(column):
        if isinstance(error := _error_in(cell), CellError):
            raise ErrorInArgument(error, where=f"{arg.name}, rij {row + 1}")
        if _is_blank(cell):
            raise WrongType(f"{arg.name}: rij {row + 1} is leeg.")
        key = cell.strip() if isinstance(cell, str) else cell
        result[row] = codes.setdefault(key, len(codes))
    return result, list(codes)


def _float_column(arg: Arg, column: list[Any]) -> Floats:
    result = np.empty(len(column))
    for row, cell in enumerate(column):
        value = _to_float(cell, is_date=arg.kind is Kind.DATES)
        if value is None:
            raise WrongType(f"{arg.name}: rij {row + 1} is leeg.")
        result[row] = _good(arg, row, value)
    return result


def _skip_blanks(arg: Arg, cell: Any) -> Floats:
    values = []
    for row, one in enumerate(_flat(cell)):
        value = _to_float(one)
        if value is not None:
            values.append(_good(arg, row, value))
    return np.array(values, dtype=np.float64)


def _matrix(arg: Arg, cell: Any) -> Floats:
    """A rectangle of numbers; a blank in it is a mistake that a zero would hide."""
    rows = _as_rows(cell) if _is_range(cell) else [[cell]]
    if len({len(row) for row in rows}) != 1:
        raise WrongType(f"{arg.name}: de rijen zijn niet even lang.")
    values = []
    for number, one in enumerate(one for row in rows for one in row):
        value = _to_float(one)
        if value is None:
            raise WrongType(f"{arg.name}: cel {number + 1} is leeg.")
        values.append(_good(arg, number, value))
    return np.array(values, dtype=np.float64).reshape(len(rows), len(rows[0]))


def _good(arg: Arg, row: int, value: float) -> float:
    error = error_of(value)
    if error is None:
        return value
    if error is CellError.VALUE:
        raise WrongType(
            f"{arg.name}: cel {row + 1} is geen {'datum' if arg.kind is Kind.DATES else 'getal'}."
        )
    raise ErrorInArgument(error, where=f"{arg.name}, cel {row + 1}")


def _one_number(spec: Spec, arg: Arg, cell: Any) -> float | None:
    """A single number beside the ranges; None when it is left out."""
    flat = _flat(cell)
    if len(flat) > 1:
        raise WrongType(f"{arg.name} moet één cel zijn, geen bereik.")
    if not flat or _is_blank(flat[0]):
        if spec.is_optional(arg):
            return None
        raise WrongType(f"{arg.name} ontbreekt.")
    return _good(arg, 0, _number(spec, arg, flat[0]))


def _error_in(cell: Any) -> CellError | None:
    if isinstance(cell, CellError):
        return cell
    if isinstance(cell, str):
        return BY_TEXT.get(cell.strip())
    if isinstance(cell, float):
        return error_of(cell)
    return None


# ── shapes ──────────────────────────────────────────────────────────────────────────────────


def _is_range(cell: Any) -> bool:
    return isinstance(cell, (list, tuple, np.ndarray))


def _as_rows(cell: Any) -> list[Sequence[Any]]:
    """Rows of cells; a flat list is one column, an empty range one blank."""
    rows = list(cell) or [None]
    return [list(row) or [None] if _is_range(row) else [row] for row in rows]


def _flat(cell: Any) -> list[Any]:
    if not _is_range(cell):
        return [cell]
    return [one for row in _as_rows(cell) for one in row]


def _is_omitted(cell: Any) -> bool:
    """Whether a range argument was left out: nothing, or one blank cell."""
    flat = _flat(cell)
    return len(flat) <= 1 and all(_is_blank(one) for one in flat)


def _is_blank(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


# ── results ─────────────────────────────────────────────────────────────────────────────────


def _cell(value: float, render: Render, texts: Sequence[str] = ()) -> Any:
    error = error_of(value)
    if error is not None:
        return render(error)
    return texts[int(value)] if texts else value


def _rows(array: Floats, render: Render, texts: Sequence[str] = ()) -> list[list[Any]]:
    if texts:
        return [[_cell(value, render, texts) for value in row] for row in array.tolist()]
    rows: list[list[Any]] = array.tolist()
    for row, column in np.argwhere(np.isnan(array)):
        rows[row][column] = render(error_of(rows[row][column]) or CellError.NUM)
    return rows


def _table(spec: Spec, result: Any, labels: dict[str, list[Any]], render: Render) -> list[list[Any]]:
    """A spilled table: the headers, then a row for each element of the result's columns."""
    headers: list[Any] = []
    columns: list[list[Any]] = []
    for column in spec.columns:
        values = np.asarray(getattr(result, column.field))
        spread = values.T if values.ndim == 2 else [values]
        for number, one in enumerate(spread):
            headers.append(column.header.replace("{n}", str(number)))
            columns.append(_column(column, one, labels, render))
    return [headers, *(list(row) for row in zip(*columns, strict=True))]


def _column(column: Column, values: Any, labels: dict[str, list[Any]], render: Render) -> list[Any]:
    if column.labels_of:
        known = labels.get(column.labels_of)
        return [known[code] if known else float(code) for code in values.tolist()]
    if values.dtype.kind in "US":
        return list(values.tolist())
    return [_cell(float(value), render, column.texts) for value in values.tolist()]
