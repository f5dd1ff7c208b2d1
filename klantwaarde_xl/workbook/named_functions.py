"""The functions as names in a workbook, so that its Excel knows them without an add-in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from klantwaarde_xl.functions.lambdas.writing import TYPED, TYPED_WITH_SEMICOLONS, Notation
from klantwaarde_xl.xlsx.function_names import FunctionName
from klantwaarde_xl.xlsx.named import Named
from klantwaarde_xl.xlsx.package import Package

MODULES = {"komma": TYPED, "puntkomma": TYPED_WITH_SEMICOLONS}


@cache
def _wanted() -> tuple[FunctionName, ...]:
    from klantwaarde_xl.functions.lambdas.definition import lambdas  # all kernels: not before it is needed

    return tuple(FunctionName(one.name, one.stored, one.comment) for one in lambdas().values())


def name_functions(package: Package) -> Named:
    """Put every function that has a closed form among a workbook's names.

    Raises as `Package.name_functions`.
    """
    return package.name_functions(_wanted())


@dataclass(frozen=True)
class Put:
    """What happened to a file: its names, and where the old file is kept."""

    named: Named
    backup: Path | None


def put_into_file(book: Path, *, now: dt.datetime, backup: bool) -> Put:
    """Put the functions into a closed workbook; a workbook that has them all is left as it is.

    Raises the errors of opening and saving a workbook, and of `name_functions`.
    """
    package = Package.open(book)
    named = name_functions(package)
    changed = named.added or named.renewed
    return Put(named, package.save(book, backup=backup, now=now) if changed else None)


def module_text(notation: Notation) -> str:
    """The functions as text for a module of Excel Labs, with their descriptions."""
    from klantwaarde_xl.functions.lambdas.definition import lambdas

    texts = (f"/** {one.comment} */\n{one.name} = {one.text(notation)};\n" for one in lambdas().values())
    return "\n".join(texts)
