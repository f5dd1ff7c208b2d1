"""Cells in, cells out: the one adapter between any host and a kernel.

A host hands over what its cells hold: numbers, text, dates, booleans, errors, blanks, a single
value or rows of values. What each means is decided here and nowhere else:

* a blank (None or empty text) leaves an optional argument out; a required one is #VALUE!;
* an error in a cell comes out as the same error, the leftmost argument's first;
* text is read as a Dutch number or date; anything else, or what can be read two ways, is #VALUE!;
* a boolean counts as 1 or 0, because Calc hands over nothing else;
* ranges broadcast as in the spreadsheet: one row or column repeats, a hole is #N/A;
* a range may be whole columns with their headers (`adapter/ranges.py`).
"""

from __future__ import annotations

import datetime as dt
import logging
import math
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import numpy as np

from klantwaarde_xl.errors import (
    BY_CODE,
    CellError,
    ErrorInArgument,
    FunctionError,
    NotAvailable,
    OutOfRange,
    WrongType,
    error_of,
)
from klantwaarde_xl.functions.adapter.cells import (
    error_in,
    flat_cells,
    is_blank,
    is_omitted,
    number_in,
    numbers_in,
    refuse_choice,
    to_float,
)
from klantwaarde_xl.functions.adapter.ranges import Block, data_rows
from klantwaarde_xl.functions.spec import Arg, Column, Kind, Spec
from klantwaarde_xl.kernels.arrays import Floats, is_elementwise

Result: TypeAlias = Any  # a cell value, or a list of rows of them
Render: TypeAlias = Callable[[CellError], Any]

log = logging.getLogger(__name__)

LONGEST_NUMBER = 15  # digits that a spreadsheet keeps


def call(spec: Spec, cells: Sequence[Any], *, render: Render = lambda error: error) -> Result:
    """Compute a function from cells; never raises.

    cells: one entry an argument, a value or rows of values; fewer than declared leaves the last
    ones out. render turns a `CellError` into what the host shows as that error.
    Returns one cell value, or a list of rows.
    """
    try:
        return compute(spec, cells, render)
    except FunctionError as error:
        log.info("%s: %s", spec.name, error.what)
        return render(error.cell)
    except Exception:
        # The wall between our code and the user's sheet: a bug shows as #VALUE!, and in the log.
        log.exception("%s failed", spec.name)
        return render(CellError.VALUE)


def compute(spec: Spec, cells: Sequence[Any], render: Render = lambda error: error) -> Result:
    """Compute a function from cells as `call` does, but raise the `FunctionError` with its reason."""
    if len(cells) > len(spec.args):
        raise WrongType(f"{spec.name} heeft {len(spec.args)} argumenten, geen {len(cells)}.")
    padded = [*cells, *[None] * (len(spec.args) - len(cells))]
    if is_elementwise(spec.kernel):
        return _broadcast(spec, padded, render)
    return _aggregate(spec, padded, render)


# ── elementwise: every argument a number or an array of numbers ─────────────────────────────


def _broadcast(spec: Spec, cells: Sequence[Any], render: Render) -> Result:
    values = [numbers_in(spec, arg, cell) for arg, cell in zip(spec.args, cells, strict=True)]
    if not any(isinstance(value, np.ndarray) for value in values):
        for arg, cell, value in zip(spec.args, cells, values, strict=True):
            if value != value:
                refuse_choice(arg, flat_cells(cell)[0])
                return render(error_of(value) or CellError.NUM)
        return _cell(spec.kernel(*values), render, spec.texts)
    aligned = _align(values)
    result = np.asarray(spec.kernel(*aligned), dtype=np.float64)
    for value in reversed(aligned):
        holes = np.isnan(value)
        if holes.any():
            result = np.where(holes, value, result)
    return _rows(result, render, spec.texts)


def _align(values: Sequence[Any]) -> list[Any]:
    """Broadcast as the spreadsheet does: what falls outside a shorter range is #N/A.

    Single cells stay single: numpy repeats them for free.
    """
    shapes = {value.shape for value in values if isinstance(value, np.ndarray)}
    if len(shapes) == 1:
        return list(values)
    height = max(shape[0] for shape in shapes)
    width = max(shape[1] for shape in shapes)
    return [_stretch(value, height, width) for value in values]


def _stretch(value: Any, height: int, width: int) -> Any:
    if not isinstance(value, np.ndarray):
        return value
    rows = height if value.shape[0] == 1 else value.shape[0]
    columns = width if value.shape[1] == 1 else value.shape[1]
    full = np.full((height, width), CellError.NA.nan)
    full[:rows, :columns] = value
    return full


# ── ranges: the kernel sees whole columns ───────────────────────────────────────────────────


def _aggregate(spec: Spec, cells: Sequence[Any], render: Render) -> Result:
    blocks = data_rows(spec, cells)
    labels: dict[str, list[Any]] = {}
    given: dict[str, Any] = {}
    for arg, cell in zip(spec.args, cells, strict=True):
        if arg.kind.is_range:
            if arg.name in blocks:
                given[arg.parameter] = _range(arg, blocks[arg.name], labels)
        elif arg.kind is Kind.KEY:
            if not (spec.is_optional(arg) and is_omitted(cell)):
                given[arg.parameter] = _key(arg, cell, next(iter(labels.values()), None))
        elif (value := _one_number(spec, arg, cell)) is not None:
            given[arg.parameter] = value
    result = spec.kernel(**given)
    if spec.columns:
        return _table(spec, result, labels, _chosen(spec, given), render)
    return result if isinstance(result, str) else _cell(float(result), render, spec.texts)


def _range(arg: Arg, block: Block, labels: dict[str, list[Any]]) -> Any:
    """What the kernel gets for a range; what names and columns are called is kept by the argument's name."""
    if arg.kind is Kind.KEYS:
        codes, labels[arg.name] = _factorise(arg, block)
        return codes
    if arg.kind.is_column:
        return _float_column(arg, block)
    if arg.kind is Kind.CELLS:
        return block
    if arg.kind is Kind.NUMBERS:
        return _skip_blanks(arg, block)
    labels[arg.name] = _headers(block)
    return _matrix(arg, block)


def _headers(block: Block) -> list[Any]:
    """What the columns of a block of numbers are called: by its header, or by their place."""
    width = max(map(len, block.rows), default=0)
    return [cell.strip() for cell in block.header] or [f"kolom {n}" for n in range(1, width + 1)]


def _factorise(arg: Arg, block: Block) -> tuple[Any, list[Any]]:
    """Codes 0…n−1 in order of appearance, and the label of each."""
    codes: dict[Any, int] = {}
    labels: list[Any] = []
    result = np.empty(len(block.rows), dtype=np.intp)
    for place, (row, cell) in enumerate(block.cells()):
        if isinstance(error := error_in(cell), CellError):
            raise ErrorInArgument(error, where=f"{arg.name}, rij {row}")
        if is_blank(cell):
            raise WrongType(f"{arg.name}: rij {row} is leeg.")
        if not isinstance(cell, (str, int, float, dt.date)) or cell in (math.inf, -math.inf):
            raise WrongType(f"{arg.name}: rij {row} is geen naam of nummer.")
        code = codes.setdefault(_name(cell), len(codes))
        if code == len(labels):
            labels.append(cell.strip() if isinstance(cell, str) else cell)
        result[place] = code
    return result, labels


def _name(cell: Any) -> Any:
    """What makes names equal: a whole number typed as text is that number, but 007 is not 7."""
    if not isinstance(cell, str):
        return cell
    text = cell.strip()
    is_number = text.isascii() and text.isdigit() and (text == "0" or not text.startswith("0"))
    return float(text) if is_number and len(text) <= LONGEST_NUMBER else text


def _float_column(arg: Arg, block: Block) -> Floats:
    result = np.empty(len(block.rows))
    for place, (row, cell) in enumerate(block.cells()):
        value = to_float(cell, is_date=arg.kind.has_dates)
        if value is None and not arg.kind.is_open:
            raise WrongType(f"{arg.name}: rij {row} is leeg.")
        result[place] = np.nan if value is None else _good(arg, row, value)
        if arg.kind.has_dates and result[place] < 1:
            raise OutOfRange(f"{arg.name}: rij {row} ligt voor 1900.")
    return result


def _skip_blanks(arg: Arg, block: Block) -> Floats:
    read = ((row, to_float(cell)) for row, cell in block.cells())
    return np.array([_good(arg, row, value) for row, value in read if value is not None], dtype=np.float64)


def _matrix(arg: Arg, block: Block) -> Floats:
    """A rectangle of numbers; a blank in a matrix is a mistake that a zero would hide."""
    if len(set(map(len, block.rows))) > 1:
        raise WrongType(f"{arg.name}: de rijen zijn niet even lang.")
    values = []
    for row, cells in zip(block.numbers, block.rows, strict=True):
        for column, cell in enumerate(cells):
            is_date = arg.dated and column == 0
            value = to_float(cell, is_date=is_date)
            if value is None and arg.kind is Kind.MATRIX:
                raise WrongType(f"{arg.name}: een cel in rij {row} is leeg.")
            values.append(np.nan if value is None else _good(arg, row, value, is_date=is_date))
    return np.array(values, dtype=np.float64).reshape(len(block.rows), -1)


def _key(arg: Arg, cell: Any, labels: list[Any] | None) -> int:
    """The code of one name among those of a column, None where that was left out."""
    if labels is None:
        raise WrongType(f"{arg.name} is gekozen, maar de kolom met namen ontbreekt.")
    flat = flat_cells(cell)
    if len(flat) > 1:
        raise WrongType(f"{arg.name} moet één cel zijn, geen bereik.")
    (shown,) = _factorise(arg, Block([flat], [1]))[1]
    names = [_name(label) for label in labels]
    if _name(shown) not in names:
        raise NotAvailable(
            f"{arg.name}: {shown} staat niet in de kolom.", remedy="Kies een naam uit de kolom."
        )
    return names.index(_name(shown))


def _good(arg: Arg, row: int, value: float, *, is_date: bool = False) -> float:
    error = error_of(value)
    if error is None:
        return value
    if error is CellError.VALUE:
        kind = "datum" if is_date or arg.kind.has_dates else "getal"
        raise WrongType(f"{arg.name}: rij {row} heeft een cel die geen {kind} is.")
    raise ErrorInArgument(error, where=f"{arg.name}, rij {row}")


def _one_number(spec: Spec, arg: Arg, cell: Any) -> float | None:
    """A single number beside the ranges; None when it is left out."""
    flat = flat_cells(cell)
    if len(flat) > 1:
        raise WrongType(f"{arg.name} moet één cel zijn, geen bereik.")
    if not flat or is_blank(flat[0]):
        if spec.is_optional(arg):
            return None
        raise WrongType(f"{arg.name} ontbreekt.")
    value = number_in(spec, arg, flat[0])
    if value != value:
        refuse_choice(arg, flat[0])
    return _good(arg, 1, value, is_date=arg.kind is Kind.DATE)


# ── results ─────────────────────────────────────────────────────────────────────────────────


def _cell(value: float, render: Render, texts: Sequence[str] = ()) -> Any:
    error = CellError.NUM if math.isinf(value) else error_of(value)
    if error is not None:
        return render(error)
    return texts[int(value)] if texts else value


def _rows(array: Floats, render: Render, texts: Sequence[str] = ()) -> list[tuple[Any, ...]]:
    if texts:
        return [tuple(_cell(value, render, texts) for value in row) for row in array.tolist()]
    flat = array.ravel().tolist()
    holes = np.flatnonzero(np.isnan(array))
    if holes.size:
        shown = {code: render(BY_CODE.get(code, CellError.NUM)) for code in set(_codes(array, holes))}
        for place, code in zip(holes.tolist(), _codes(array, holes), strict=True):
            flat[place] = shown[code]
    # Tuples, because a hundred thousand lists keep the garbage collector busy for longer than all else
    return list(zip(*[iter(flat)] * array.shape[1], strict=True))


def _codes(array: Floats, holes: Any) -> list[int]:
    """The errors that NaNs stand for, by number."""
    bits = np.ascontiguousarray(array).view(np.uint64).ravel()[holes]
    codes: list[int] = (bits & np.uint64(0xFFFFFFFF)).tolist()
    return codes


def _chosen(spec: Spec, given: dict[str, Any]) -> dict[str, str]:
    """The word of each choice, by the name of its argument."""
    return {
        arg.name: choice.word
        for arg in spec.args
        for choice in arg.choices
        if choice.code == given.get(arg.parameter, spec.defaults.get(arg.name))
    }


def _table(
    spec: Spec, result: Any, labels: dict[str, list[Any]], words: dict[str, str], render: Render
) -> list[tuple[Any, ...]]:
    """A spilled table: the headers, then a row for each element of the result's columns."""
    headers: list[Any] = []
    columns: list[list[Any]] = []
    for column in spec.columns:
        values = np.asarray(getattr(result, column.field))
        spread = values.T if values.ndim == 2 else [values]
        for number, one in enumerate(spread):
            headers.append(column.header.format(n=number, **words))
            columns.append(_column(column, one, labels, render))
    return [tuple(headers), *zip(*columns, strict=True)]


def _column(column: Column, values: Any, labels: dict[str, list[Any]], render: Render) -> list[Any]:
    if column.labels_of:
        known = labels.get(column.labels_of)
        return [
            column.together if code < 0 else known[code] if known else float(code) for code in values.tolist()
        ]
    if values.dtype.kind in "US":
        return list(values.tolist())
    shown = (lambda error: "" if error is CellError.NA else render(error)) if column.blank else render
    return [_cell(float(value), shown, column.texts) for value in values.tolist()]
