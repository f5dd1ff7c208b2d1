"""Excel through xlwings: this package is the module that xlwings is told to import.

Every registered function, the script `ververs` and the button's `main` stand here under their
Excel names; `functions` makes them, `book` reads an open workbook, `write` applies a plan to it.
"""

from klantwaarde_xl.hosts.excel import functions as _functions
from klantwaarde_xl.hosts.excel.functions import main, refresh_book, ververs

__all__ = ["main", "refresh_book", "ververs"]

globals().update(_functions.registered())
