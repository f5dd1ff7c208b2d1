"""The functions as names in an open workbook, as `klantwaarde voegtoe` puts them into a closed one."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable

import xlwings as xw

from klantwaarde_xl.errors import HostError
from klantwaarde_xl.formula import sheet_of
from klantwaarde_xl.xlsx.named import Named

# How a LAMBDA of ours reads in an open Excel: the first name that it gives is one that we give
_OURS = re.compile(r"=LAMBDA\((?:\[?\w+\]?,\s*)*LET\((?:\w+_v|gevuld),", re.IGNORECASE)


def put_functions(book: xw.Book) -> Named:
    """Put every function that has a closed form among an open workbook's names.

    A LAMBDA that we made is renewed; a name that means anything else is the user's and stays. Raises
    HostError when this Excel knows no LAMBDA; then no name is left behind. A name of one sheet stays too,
    and is told.
    """
    from klantwaarde_xl.functions.lambdas.definition import lambdas  # all kernels: not before it is needed

    there = {name.name.casefold(): name for name in book.names}
    added, renewed, taken = [], [], []
    for one in lambdas().values():
        name = there.get(one.name.casefold())
        if name is not None and not _OURS.match(name.refers_to or ""):
            taken.append(one.name)
            continue
        wanted = f"={one.text()}"
        if name is None:
            _add(book, one.name, wanted, one.comment)
            added.append(one.name)
        elif name.refers_to != wanted:
            _define(name, wanted, one.comment)
            renewed.append(one.name)
    return Named(tuple(added), tuple(renewed), tuple(taken), _local(there.values()))


def _local(there: Iterable[xw.Name]) -> tuple[tuple[str, str], ...]:
    """The functions of which a sheet has another one under a name of its own, with that sheet."""
    from klantwaarde_xl.functions.lambdas.definition import lambdas

    ours = {one.name.casefold(): one for one in lambdas().values()}
    found = []
    for name in there:
        sheet, mark, called = name.name.rpartition("!")
        one = ours.get(called.casefold()) if mark else None
        if one is not None and name.refers_to != f"={one.text()}":
            found.append((one.name, sheet_of(f"{sheet}!", "")))
    return tuple(found)


def _add(book: xw.Book, called: str, formula: str, comment: str) -> None:
    name = book.names.add(called, "=0")  # adding reads the formula in the user's language, defining does not
    try:
        _define(name, formula, comment)
    except HostError:
        name.delete()
        raise


def _define(name: xw.Name, formula: str, comment: str) -> None:
    try:
        name.refers_to = formula
    except Exception as error:  # of pywin32 or AppleScript: another class on every system
        raise HostError(
            "Deze Excel neemt de functies niet als namen aan; dat kan in Excel 365 en Excel 2024.",
            where=name.name,
            remedy="Gebruik de functies van de invoegtoepassing: die werken ook zonder.",
        ) from error
    with contextlib.suppress(Exception):  # only Excel for Windows has room for a description
        name.api.Comment = comment
