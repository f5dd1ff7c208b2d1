"""Custom properties of an open workbook, which xlwings has no words for: Excel's own objects on Windows."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping

import xlwings as xw

_TEXT = 4  # msoPropertyTypeString


def properties_of(book: xw.Book, prefix: str) -> dict[str, str]:
    """The properties whose names begin so, as text."""
    held = book.api.CustomDocumentProperties
    found = (held.Item(at) for at in range(1, held.Count + 1))
    return {str(one.Name): str(one.Value) for one in found if str(one.Name).casefold().startswith(prefix)}


def keep_properties(book: xw.Book, prefix: str, values: Mapping[str, str]) -> None:
    """Give the workbook these properties in place of those whose names begin so.

    Where Excel refuses, what is there is of another refresh than the workbook says, and nobody heeds it.
    """
    with contextlib.suppress(Exception):  # what Excel raises is another class on every system
        held = book.api.CustomDocumentProperties
        for name in properties_of(book, prefix):
            held.Item(name).Delete()
        for name, text in values.items():
            held.Add(Name=name, LinkToContent=False, Type=_TEXT, Value=text)
