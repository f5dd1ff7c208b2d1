"""A function for a caller from Python: values come back, and an error is raised with its reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from klantwaarde_xl.errors import (
    CellError,
    DivisionByZero,
    ErrorInArgument,
    FunctionError,
    NotAvailable,
    OutOfRange,
    UsageError,
    WrongType,
)
from klantwaarde_xl.functions.adapter.call import compute
from klantwaarde_xl.functions.spec import Spec

# What needs no second look, and what pandas, which may not be loaded, writes for a missing value
_PLAIN = {int, float, str, bool, dt.date, dt.datetime, type(None)}
_MISSING = {"NAType", "NaTType"}
_CODE = 0xFFFFFFFF  # the bits of a NaN that say which error it is
_RAISED = {kind.cell: kind for kind in (DivisionByZero, OutOfRange, NotAvailable, WrongType)}


def value_of(spec: Spec, cells: Sequence[Any], named: Mapping[str, Any]) -> Any:
    """Compute a function from values in order, or by the Dutch name of their argument.

    A column is a list, a range, an array or a column of a frame, in which a missing value (None, NaN, masked)
    is an empty cell; a single NaN is a number that went wrong; a frame is a table.
    Returns one value, or rows of them in which a cell may be a `CellError`; raises the `FunctionError` that
    stands behind the error of a single value, and `UsageError` for an argument that is missing or that it
    does not have.
    """
    result = compute(spec, [_cells(one) for one in _in_order(spec, cells, named)])
    if isinstance(result, CellError):
        raise _error(spec, result)
    return result


def _in_order(spec: Spec, cells: Sequence[Any], named: Mapping[str, Any]) -> list[Any]:
    names = [arg.name for arg in spec.args]
    unknown = [name for name in named if name not in names[len(cells) :]]
    if unknown or len(cells) > len(names):
        raise UsageError(
            f"Dit past niet bij {spec.name}: {', '.join(unknown) or 'zoveel argumenten'}.",
            remedy=f"Roep het aan als {spec.signature()}.",
        )
    given = dict(zip(names, cells, strict=False)) | dict(named)
    missing = [arg.name for arg in spec.args if not spec.is_optional(arg) and arg.name not in given]
    if missing:
        raise UsageError(
            f"Bij {spec.name} ontbreekt: {', '.join(missing)}.",
            remedy=f"Roep het aan als {spec.signature()}.",
        )
    return [given.get(name) for name in names]


def _cells(value: Any) -> Any:
    """A value, a column, an array or a frame as the adapter takes it, what is missing as an empty cell."""
    if isinstance(value, range):
        return list(value)
    if hasattr(value, "columns"):  # a frame of pandas, whose names may come twice
        columns = (_cells(value.iloc[:, place]) for place in range(len(value.columns)))
        return [list(row) for row in zip(*columns, strict=True)]
    if hasattr(value, "isna"):  # a column, an index or an array of pandas
        gone = value.isna().tolist()
        return [None if none else one for one, none in zip(value.tolist(), gone, strict=True)]
    if isinstance(value, np.ndarray | np.generic):
        return _array(value)
    if isinstance(value, list | tuple):
        cells = value if _PLAIN.issuperset(map(type, value)) else [_cells(one) for one in value]
        return [None if _is_missing(one) else one for one in cells] if any(map(_is_missing, cells)) else cells
    return None if type(value).__name__ in _MISSING else value


def _array(value: Any) -> Any:
    """An array or a single value of numpy."""
    if value.dtype.kind == "M":
        return value.astype("datetime64[us]").tolist()
    is_plain = value.ndim and value.dtype == np.float64 and not isinstance(value, np.ma.MaskedArray)
    return value if is_plain and not np.isnan(value).any() else _cells(value.tolist())


def _is_missing(cell: Any) -> bool:
    """Whether a cell of a column is a NaN that stands for no error."""
    return cell != cell and isinstance(cell, float) and not int(np.float64(cell).view(np.uint64)) & _CODE


def _error(spec: Spec, error: CellError) -> FunctionError:
    kind = _RAISED.get(error)
    if kind is None:
        return ErrorInArgument(error)
    reason = spec.explain(error)
    return kind(
        f"{spec.name} heeft hier geen uitkomst ({error.dutch})"
        + (f". Dat is zo als: {reason}." if reason else ".")
    )
