"""Charts under their finding: one axis of values, no frame, no second title."""

from __future__ import annotations

from typing import Any

from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook.layout import Placed, chart_name
from klantwaarde_xl.workbook.page import Page
from klantwaarde_xl.workbook.styles import INK, LINE, MUTED, NUMBERS, ON_FILL

ROW_HEIGHT = 18  # points, of the rows behind a chart
_FONT = {"size": 10, "color": INK, "name": "Calibri"}
_AXIS_FONT = {"size": 10, "color": MUTED, "name": "Calibri"}
_BOTH_SIDES = "tornado"
_BRIDGE = "bridge"
_SHARES = ("procent", "deel")
_SHARES_OF_ALL = "shares"
_STACKED = {"type": "column", "subtype": "stacked"}
_WHOLES = {"type": "bar", "subtype": "percent_stacked"}
_NO_AXIS = {"visible": False, "major_gridlines": {"visible": False}}


def chart(page: Page, placed: Placed) -> None:
    """The finding in a cell, the chart below it over a number of columns and rows."""
    block, row, left = placed.block, placed.row, placed.column
    assert isinstance(block, b.Chart)
    if isinstance(block.title, b.Formula):
        page.formula(
            row, left, page.layout.said(block.title.text, row, brief=True), "finding", block.title.number
        )
    else:
        page.text(row, left, block.title, "finding")
    page.sheet.set_row(row - 1, 24)
    for at in range(row, row + block.rows):
        page.sheet.set_row(at, ROW_HEIGHT)
    if block.empty and block.figure:
        middle = row + block.rows // 2
        page.sheet.merge_range(
            middle - 1, left - 1, middle - 1, left + block.span - 2, "", page.style("empty")
        )
        asks = block.asks
        if block.also[0]:
            asks = f'IF(kw_{block.also[0]}="","{block.also[1]}",{asks})'
        empty = block.empty[1:] if block.empty.startswith("=") else f'"{block.empty}"'
        said = f'=IF(kw_{block.figure}="",{empty},{asks})'
        page.formula(middle, left, page.layout.formula(said, middle), "empty")
    if block.drawn:
        _legend_in_cells(page, placed)
        _labels_in_cells(page, placed)
    made = _made(page, placed)
    made.chart_name = chart_name(page.name, row, left)
    width = sum(int(page.width(at) * 7 + 5) for at in range(left, left + block.span))
    made.set_size({"width": width - 12, "height": (block.rows - bool(block.drawn)) * ROW_HEIGHT * 4 // 3})
    made.set_title({"none": True})
    several = (
        block.legend
        and not block.drawn
        and block.kind not in ("scatter", _BRIDGE)
        and sum(bool(series.color) and not series.marks for series in block.series) > 1
    )
    unseen = [at for at, series in enumerate(block.series) if series.marks or not series.color]
    unseen += [len(block.series)] * _holds_nought(block)
    legend = {"position": "top", "font": _FONT, "delete_series": unseen}
    made.set_legend(legend if several else {"none": True})
    made.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    made.set_plotarea({"fill": {"none": True}})
    # LibreOffice draws what is unknown as nought unless a line spans it; ours is unknown at its ends only
    made.show_blanks_as("span")
    made.show_na_as_empty_cell()
    page.sheet.insert_chart(
        row + bool(block.drawn), left - 1, made, {"description": block.alt, "object_position": 1}
    )
    page.bottom = max(page.bottom, row + block.rows)


def _legend_in_cells(page: Page, placed: Placed) -> None:
    """In the row above a chart what its colours are, while there is something to draw; nothing of one."""
    block = placed.block
    assert isinstance(block, b.Chart)
    named = [series for series in block.series if series.color]
    room = block.span // max(len(named), 1)  # columns for each: a name runs on over those that stay empty
    for at, series in enumerate(named if len(named) > 1 else ()):
        column = placed.column + room * at
        for right, text, style in (
            (column, "■", page.style.swatch(series.color)),
            (column + 1, series.name, page.style("note")),
        ):
            shown = text[1:] if text.startswith("=") else f'"{text}"'
            said = page.layout.formula(f'=IF({block.drawn},{shown},"")')
            page.sheet.write_formula(placed.row, right - 1, said, style, "")


def _labels_in_cells(page: Page, placed: Placed) -> None:
    """Behind a chart, unseen, its labels, while there is something to draw."""
    block = placed.block
    assert isinstance(block, b.Chart)
    for at in range(page.layout.rows_of(block.labels)):
        row = placed.row + 2 + at
        said = f'=IF({block.drawn},INDEX({{{block.labels}}},{at + 1}),"")'
        page.formula(row, placed.column, page.layout.formula(said, row), "unseen")


def _labels(page: Page, placed: Placed) -> str:
    """The cells with the labels of a chart."""
    block = placed.block
    assert isinstance(block, b.Chart)
    if not block.drawn:
        return page.layout.reference(block.labels)
    first = placed.row + 2
    last = first + page.layout.rows_of(block.labels) - 1
    return f"={page.layout.place(page.name, first, placed.column, last)}"


def _made(page: Page, placed: Placed) -> Any:
    """The chart with its series; lines on top of columns are a chart of their own, combined."""
    block = placed.block
    assert isinstance(block, b.Chart)
    if block.kind == "scatter":
        return _scatter(page, block)
    drawn = {"stacked": _STACKED, _BRIDGE: _STACKED, _BOTH_SIDES: {"type": "bar"}, _SHARES_OF_ALL: _WHOLES}
    main = page.raw.add_chart(drawn.get(block.kind, {"type": block.kind}))
    other: Any = None
    for series in block.series:
        target = main
        if series.kind and series.kind != block.kind:
            other = other or page.raw.add_chart({"type": series.kind})
            target = other
        target.add_series(_series(page, placed, series))
    if _holds_nought(block):
        nought = {"values": _nought(page, placed), "border": {"none": True}, "fill": {"none": True}}
        if block.kind in ("bar", _BOTH_SIDES):
            main.add_series(nought)
        elif block.kind == "line":
            main.add_series(nought | {"line": {"none": True}, "marker": {"type": "none"}})
        else:  # a column of its own would take the place of another
            other = other or page.raw.add_chart({"type": "line"})
            other.add_series(nought | {"line": {"none": True}, "marker": {"type": "none"}})
    if other is not None:
        main.combine(other)
    labels: dict[str, Any] = {}
    if block.dates:
        labels = {"date_axis": True, "major_unit": 6, "major_unit_type": "months"}
    form = "mmm yy" if block.dates else ""
    values = _axis(_numbered(block), grid=True, **_ends(block))
    if block.kind in (
        "bar",
        _SHARES_OF_ALL,
    ):  # the axis of labels stands upright, the first one on top; bars carry their value
        main.set_x_axis({**_NO_AXIS, **_ends(block)})
        main.set_y_axis(_axis(form, reverse=True, **labels, **_clear(block), line={"none": True}))
    elif block.kind == _BOTH_SIDES:  # labels stand at the side, clear of the bars to the left of nought
        sides = _axis(_numbered(block), grid=True, label_position="high")
        main.set_x_axis(sides if block.axis else sides | _NO_AXIS)
        main.set_y_axis(_axis(reverse=True, label_position="low", line={"none": True}))
    else:
        bare: dict[str, Any] = {"line": {"none": True}} if block.drawn else {}
        main.set_x_axis(_axis(form, **labels, **_clear(block), **bare))
        main.set_y_axis(values if block.axis else values | _NO_AXIS)
    return main


def _scatter(page: Page, block: b.Chart) -> Any:
    """Points with their name beside them, and lines, in the plane of two figures; it needs no legend."""
    made = page.raw.add_chart({"type": "scatter", "subtype": "straight"})
    sides = iter(
        ("left", "right") * len(block.series)
    )  # points that are near each other have their names apart
    for series in block.series:
        if series.rows[0] < series.rows[1]:
            drawn = {"width": 1.5, "dash_type": "dash"} if series.dash else {"width": 0.75}
            look: dict[str, Any] = {"line": {"color": series.color, **drawn}, "marker": {"type": "none"}}
        elif series.marks:
            said = {"series_name": True, "value": False, "position": "right", "font": _AXIS_FONT}
            look = {"line": {"none": True}, "marker": {"type": "none"}, "data_labels": said}
        else:
            dot = {
                "type": "circle",
                "size": 9,
                "fill": {"color": series.color},
                "border": {"color": "#FFFFFF"},
            }
            said = {"series_name": True, "value": False, "position": next(sides), "font": _FONT}
            look = {"line": {"none": True}, "marker": dot, "data_labels": said}
        across, up = (page.layout.reference(one, series.rows) for one in (series.across, series.values))
        made.add_series({"name": series.name, "categories": across, "values": up, **look})
    if block.axis:
        ends = {"name": block.labels, "name_font": _AXIS_FONT, **_ends(block)}
        made.set_x_axis(_axis(NUMBERS[block.number], grid=True, **ends))
        made.set_y_axis(_axis(NUMBERS[block.number], grid=True, **_ends(block)))
    else:
        made.set_x_axis({**_NO_AXIS, **_ends(block)})
        made.set_y_axis({**_NO_AXIS, **_ends(block)})
    return made


def _clear(block: b.Chart) -> dict[str, Any]:
    """Labels stand clear of what lies under nought."""
    return {"label_position": "low"} if block.bottom is None else {}


def _holds_nought(block: b.Chart) -> bool:
    return block.bottom is None and block.top is None


def _nought(page: Page, placed: Placed) -> str:
    """A cell behind a chart that holds nought, unseen: with it among the values, the axis begins there.

    Where values may lie under nought the axis cannot be told to begin there, and LibreOffice lets bars of
    nearly the same length begin just before the shortest.
    """
    block = placed.block
    assert isinstance(block, b.Chart)
    row = placed.row + (block.rows if block.drawn else 1)  # clear of a legend and of labels in cells
    page.sheet.write_number(row - 1, placed.column - 1, 0, page.style("unseen", "niets"))
    return f"={page.layout.place(page.name, row, placed.column)}"


def _numbered(block: b.Chart) -> str:
    """The number format of an axis; it has no labels beyond what values of its kind can be.

    With a rule for the numbers below, LibreOffice leaves their minus to the format.
    """
    number = NUMBERS[block.number]
    if block.number in _SHARES:
        return f'[<=1.0001]{number};""'
    return number if block.least is None else f'[<{block.least:g}]"";[<0]-{number};{number}'


def _ends(block: b.Chart) -> dict[str, float]:
    """Where the axis of values begins and ends, as far as the chart does not say so itself."""
    return {name: end for name, end in (("min", block.bottom), ("max", block.top)) if end is not None}


def _series(page: Page, placed: Placed, series: b.Series) -> dict[str, Any]:
    block = placed.block
    assert isinstance(block, b.Chart)
    kind = series.kind or block.kind
    number = NUMBERS[block.number]
    named = series.name.startswith("=")  # by a cell
    made: dict[str, Any] = {
        "name": f"={page.layout.spot(series.name[1:])}" if named else series.name,
        "categories": _labels(page, placed),
        "values": page.layout.reference(series.values),
    }
    if series.margins is not None:
        below, above = (page.layout.reference(one) for one in series.margins)
        whisker = {"color": MUTED, "width": 1.25}
        made["y_error_bars"] = {
            "type": "custom", "minus_values": below, "plus_values": above, "line": whisker,
        }  # fmt: skip
    if series.marks:
        look = {"type": "circle", "size": 7, "border": {"color": "#FFFFFF"}, "fill": {"color": series.color}}
        targeted = not block.axis and any(one.dash for one in block.series)  # which lies above, as a rule
        beside = "below" if targeted else "above"
        cents = number if block.number != "euro" else NUMBERS["prijs"]  # of one customer, as a rule
        said = {"value": True, "position": beside, "font": _FONT, "num_format": cents}
        return made | {"line": {"none": True}, "marker": look, "data_labels": said}
    if kind == "line" and not series.color:
        return made | {"line": {"none": True}}
    if kind == "line":
        line: dict[str, Any] = {"color": series.color, "width": 2.25}
        if series.dash:
            line["dash_type"] = "dash"
        if block.dates or (series.dash and not series.dots):  # so many points that they would hide the line
            return made | {"line": line}
        fill = {"color": series.color}
        return made | {"line": line, "marker": {"type": "circle", "size": 4, "fill": fill, "border": fill}}
    if not series.color:
        return made | {"fill": {"none": True}, "border": {"none": True}, "gap": 40}
    if series.hatched:
        pattern = {"pattern": "wide_upward_diagonal", "fg_color": series.color, "bg_color": "#FFFFFF"}
        made |= {"pattern": pattern, "border": {"color": series.color, "width": 1}}
    else:
        made |= {"fill": {"color": series.color}, "border": {"none": True}}
    if kind == _SHARES_OF_ALL:  # a part that is too small for its figure has none
        ink = {"size": 10, "name": "Calibri", "color": ON_FILL[series.color]}
        made["data_labels"] = {"value": True, "font": ink, "num_format": '[<0.055]"";0%'}
        return made | {"gap": 45}
    if kind == "bar" or not (block.axis or kind == "line"):
        made["data_labels"] = {"value": True, "font": _FONT, "num_format": number}
    # The running month stands in the place of the others, not beside them; and so do both sides of nought
    in_one_place = kind == _BOTH_SIDES or any(one.hatched for one in block.series)
    alone = kind == "bar" and block.bottom is None  # beside the one that only holds nought
    overlap = {"overlap": 100} if in_one_place or alone else {}
    return made | {"gap": 60 if kind == "bar" else 40, **overlap}


def _axis(number: str = "", *, grid: bool = False, **more: Any) -> dict[str, Any]:
    """Options of a chart axis in our style."""
    options: dict[str, Any] = {
        "num_font": _AXIS_FONT,
        "line": {"color": LINE} if not grid else {"none": True},
        "major_tick_mark": "none",
        "minor_tick_mark": "none",
        "major_gridlines": {"visible": grid, "line": {"color": LINE, "width": 0.5}},
        **more,
    }
    if number:
        options["num_format"] = number
    return options
