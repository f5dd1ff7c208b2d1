"""What a workbook is made of, as frozen data: sheets of blocks, without a single address.

A block names settings, results, figures and functions; `layout` gives it a place and resolves the
names, `draw` writes it. In a formula (file notation):

* `kw_…` a setting or a figure that a refresh fills, `kc_…` and other names a cell of a grid;
* `tblKpi[omzet]` a column of a result or an input table;
* `{grid.column}` the cells of a grid's column, `{.column}` the one in its row, `{^.column}` in the row above;
* `{below.tblKpi}` the first column from a table's first row to the end of the sheet.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from klantwaarde_xl.data.settings import Setting
from klantwaarde_xl.workbook.column_looks import (
    AsChosen,
    Bar,
    ByWord,
    Faint,
    Filled,
    Look,
    Reached,
    Scale,
    Shades,
    Words,
)

__all__ = ["AsChosen", "Bar", "ByWord", "Faint", "Filled", "Look", "Reached", "Scale", "Shades", "Words"]

# ── cells ───────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Formula:
    """A computed cell. number: its format by name; role: its style; name: workbook-wide."""

    text: str
    number: str = ""
    role: str = "calculation"
    name: str = ""


@dataclass(frozen=True)
class Input:
    """A cell for the user to fill in; rule: which values it takes, its unit and its message.

    name: workbook-wide; example: what the example of the workbook has there; among: a column, as charts name
    it, of which the first rows are what it takes, and the cell that says how many these are.
    """

    rule: Setting
    name: str = ""
    example: str | float | None = None
    among: tuple[str, str] | None = None


@dataclass(frozen=True)
class Given:
    """A cell that a refresh fills with the figure of a result: `waarde`, or `ververst` of the state.

    since: the version in which it came, where its grid is older; lines: how many a text may take, wrapped.
    """

    figure: str
    since: int = 1
    lines: int = 1


@dataclass(frozen=True)
class Link:
    """A way to the place of a `Text` with an anchor."""

    anchor: str


Cell: TypeAlias = str | Formula | Input | Given | Link | None


# ── blocks ──────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Text:
    """Lines of text, each in a row; anchor: by which a `Link` finds it."""

    lines: tuple[str | Formula, ...]
    role: str = "note"
    heading: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class Message:
    """A text that may take more lines, over the width; stressed: when it is all that the page has to say."""

    text: Formula
    height: float = 32
    stressed: str = ""


@dataclass(frozen=True)
class Column:
    """A column of a grid, span columns wide; role: of its texts; numbers: its header is on the right."""

    header: str
    role: str = "label"
    numbers: bool = False
    span: int = 1
    shown: Formula | None = None  # in place of the header


@dataclass(frozen=True)
class Grid:
    """Rows of cells under headers; name: by which formulas and charts refer to its columns."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    name: str = ""
    heading: str | Formula = ""
    looks: tuple[Look, ...] = ()
    since: int = 1


@dataclass(frozen=True)
class Form:
    """Settings, a row each; used: also what the last refresh computed with, and whether that still holds.

    later: settings that came in a later version of the template, with that version; used_since: the
    version in which `used` came.
    """

    settings: tuple[str, ...]
    used: bool = False
    later: tuple[tuple[int, str], ...] = ()
    used_since: int = 1


@dataclass(frozen=True)
class Own:
    """A column of the user's beside a result: its header, the words to choose from, and what it is for."""

    header: str
    choices: tuple[str, ...]
    help: str


@dataclass(frozen=True)
class ResultBlock:
    """The table of a result, which a refresh fills; room: rows kept free for it.

    since: the version of the template in which it came; older workbooks do without. later: columns that came
    in a later version than the table, with that version; apart: whether it begins a printed page, where its
    heading would be the last line of the page before; own: columns behind those of the result, which the user
    fills: a refresh lets their rows follow, as in any column that he adds himself.
    """

    result: str
    heading: str | Formula = ""
    looks: tuple[Look, ...] = ()
    room: int = 1
    since: int = 1
    later: tuple[tuple[int, str], ...] = ()
    apart: bool = False
    own: tuple[Own, ...] = ()


@dataclass(frozen=True)
class DataBlock:
    """The table of an input table, which the user fills; optional: the workbook does without its rows too.

    since, later: as of a `ResultBlock`; begun: rows that stand in a new workbook for the user to complete;
    looks: of its columns; without: columns, none that is required, for which this workbook has no use.
    """

    table: str
    optional: bool = False
    since: int = 1
    begun: tuple[tuple[str | float | None, ...], ...] = ()
    looks: tuple[Look, ...] = ()
    later: tuple[tuple[int, str], ...] = ()
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class Series:
    """A line or a row of columns in a chart.

    values: `grid.column`, or `tblKpi.omzet` of a result; name: as the legend says it, `=ku_naam` as a
    cell does; marks: points with their value written above, on a line that has no axis of values, or in a
    scatter a name without a point; margins: how far what is uncertain reaches below and above each value,
    as `values`; across: in a scatter, what lies along the other axis, and rows: the first and last row of
    its points: one is named, two are a line.
    """

    name: str
    values: str
    color: str
    kind: str = ""
    dash: bool = False
    dots: bool = False
    hatched: bool = False
    marks: bool = False
    margins: tuple[str, str] | None = None
    across: str = ""
    rows: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Chart:
    """A chart under its finding.

    kind: column, stacked, bridge (stacked on a foot without a colour, without a legend), bar, tornado (bars
    to both sides of nought), shares (bars of parts of a whole), scatter or line; labels: what stands along
    it, of a scatter the name of the axis below; number: the format of its values; alt: what it shows, in
    words; span: columns that it takes, rows: of the sheet; dates: labels are days, else words; figure:
    without a value of which there is nothing to draw, and the chart is hidden; empty: what the cell behind
    says then, a formula from `=` on; asks: what it says while the user chose what cannot be drawn, as a
    formula; axis: whether values stand along a side; legend: whether series are named; top, bottom: the
    highest and lowest value, None for the chart's own with nought among them; least: none can lie below it.
    """

    title: str | Formula
    kind: str
    labels: str
    series: tuple[Series, ...]
    number: str
    alt: str
    span: int = 6
    rows: int = 15
    dates: bool = False
    figure: str = ""
    empty: str = ""
    asks: str = '""'
    axis: bool = True
    legend: bool = True
    top: float | None = None
    bottom: float | None = 0
    least: float | None = None
    drawn: str = ""
    also: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Card:
    """A key figure on the page: what it is, its value, what to compare it with, and how far its target is.

    cents: when an amount has them, as a formula; means: its definition, where Begrippen has no other one.
    """

    label: str
    value: Formula
    note: Formula
    goal: Formula | None = None
    cents: str = ""
    means: str = ""


@dataclass(frozen=True)
class Cards:
    """Key figures beside each other, two columns each."""

    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Check:
    """Something that holds when all is well, and what to do when it does not.

    test: a formula that is TRUE then; when: a formula that is FALSE when it cannot be judged yet; why: the
    cell that says why it cannot.
    """

    label: str
    test: str
    remedy: str
    when: str = ""
    since: int = 1
    why: str = ""


@dataclass(frozen=True)
class Checks:
    """The checks of a workbook, with their total; when: a formula that is FALSE while none can be judged."""

    checks: tuple[Check, ...]
    when: str = ""


@dataclass(frozen=True)
class Links:
    """The way to every other sheet, with what it is for; rows: how many there are room for."""

    rows: int = 9


@dataclass(frozen=True)
class Legend:
    """What the colours of cells mean: role and meaning."""

    roles: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Spill:
    """A table that a function of ours gives: its values, and the formula unless it is text beside them."""

    formula: str
    rows: tuple[tuple[object, ...], ...]


@dataclass(frozen=True)
class Free:
    """Single values at places of their own, such as the ranges that examples refer to."""

    cells: tuple[tuple[int, int, object], ...]


@dataclass(frozen=True)
class Stack:
    """Blocks under each other, as one of those in a `Beside`."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class WhenKnown:
    """Blocks under each other of which the cells show nothing while a figure has no value.

    figure: one that the workbook shows in a cell; charts among them wait for it too, beside their own.
    """

    figure: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Beside:
    """Blocks next to each other, from the same row on; gap: columns between them."""

    blocks: tuple[Block, ...]
    gap: int = 1


Block: TypeAlias = (
    Text | Message | Grid | Form | ResultBlock | DataBlock | Chart | Cards | Checks | Links | Legend
    | Spill | Free | Stack | Beside | WhenKnown
)  # fmt: skip


# ── sheets and templates ────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, title, the question it answers, and its blocks from top to bottom.

    purpose: what the sheet Start says of it; widths: of the columns behind the margin; prints: all
    on one page ("page"), as many pages as it takes ("wide"), its first rows only ("head"), or not
    ("no"); printed: how many of the columns, where not all; freeze: keep the first table's headers in
    sight; portrait: paper upright.
    """

    name: str
    title: str
    question: str | Formula
    blocks: tuple[Block, ...]
    widths: tuple[float, ...]
    purpose: str = ""
    tab: str = ""
    prints: str = "wide"
    printed: int = 0
    freeze: bool = False
    portrait: bool = False


@dataclass(frozen=True)
class Template:
    """A workbook that can be made: id and version go into its document properties.

    sheets: as data, or a function of calls_functions that gives them, where making them takes time; sources:
    the rows of the domain that it serves; changed: by version, what an older workbook computes otherwise;
    refreshes: whether a workbook made from it can be refreshed; names_functions: whether it carries the
    functions as names; calls_functions: whether its formulas call our functions, which then must be there
    to compute, or write them out.
    """

    id: str
    version: int
    title: str
    purpose: str
    sheets: tuple[Sheet, ...] | Callable[[bool], tuple[Sheet, ...]] = field(hash=False)
    sources: tuple[str, ...] = ()
    changed: tuple[tuple[int, str], ...] = ()
    refreshes: bool = True
    names_functions: bool = False
    calls_functions: bool = False
