"""The ready-made workbooks, one folder each: which parts, where, fed by which result tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from klantwaarde_xl.workbook.sheets import Book


@dataclass(frozen=True)
class Feed:
    """A table of a workbook, the result table that fills it, and what identifies its rows."""

    table: str
    result: str
    key: tuple[str, ...]


@dataclass(frozen=True)
class Template:
    """A workbook that can be made: id and version go into its document properties.

    inputs: the named cells that the user fills in, settings: those that the computation reads (the
    others act in the workbook's formulas); sources: the rows of the domain that it serves.
    """

    id: str
    version: str
    title: str
    purpose: str
    write: Callable[[Book], None]
    feeds: tuple[Feed, ...]
    inputs: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


def templates() -> Mapping[str, Template]:
    """All templates by id."""
    from klantwaarde_xl.workbook.templates.dashboard.template import DASHBOARD
    from klantwaarde_xl.workbook.templates.forecast.template import FORECAST
    from klantwaarde_xl.workbook.templates.functionsheet import FUNCTIONS

    return {template.id: template for template in (DASHBOARD, FORECAST, FUNCTIONS)}
