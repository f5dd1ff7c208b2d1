"""Klantwaarde XL: customer value in the spreadsheet, and this is its front door for Python.

    from klantwaarde_xl import functions

    print(functions["CLV"](100, 0.8, 0.12))

Importing the package loads nothing; each name is fetched from its room when it is first asked for.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from klantwaarde_xl import models
    from klantwaarde_xl.data.analyse import Analysis, analyse
    from klantwaarde_xl.data.reading.cells.columns import Reading
    from klantwaarde_xl.data.reading.files import Transactions, read_transactions
    from klantwaarde_xl.data.settings import Settings
    from klantwaarde_xl.errors import KlantwaardeError
    from klantwaarde_xl.front_door import build_workbook, refresh_file
    from klantwaarde_xl.functions.adapter.call import call
    from klantwaarde_xl.functions.registry import REGISTRY as functions  # noqa: N811
    from klantwaarde_xl.workbook.templates import templates

__version__ = "0.1.0"

__all__ = [
    "Analysis",
    "KlantwaardeError",
    "Reading",
    "Settings",
    "Transactions",
    "analyse",
    "build_workbook",
    "call",
    "functions",
    "models",
    "read_transactions",
    "refresh_file",
    "templates",
]

# Where each name lives. `functions` and `models` are rooms themselves: the package, and a module.
_HOMES = {
    "Analysis": "data.analyse",
    "KlantwaardeError": "errors",
    "Reading": "data.reading.cells.columns",
    "Settings": "data.settings",
    "Transactions": "data.reading.files",
    "analyse": "data.analyse",
    "build_workbook": "front_door",
    "call": "functions.adapter.call",
    "functions": "",
    "models": "",
    "read_transactions": "data.reading.files",
    "refresh_file": "front_door",
    "templates": "workbook.templates",
}


def __getattr__(name: str) -> Any:
    """Fetch a name of the front door from its room, once."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = importlib.import_module(f"{__name__}.{_HOMES[name] or name}")
    found = getattr(home, name) if _HOMES[name] else home
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
