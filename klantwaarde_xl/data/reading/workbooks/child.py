"""The process that reads one workbook and may die of it: a request on its input, an answer on its output.

Run as `python -m klantwaarde_xl.data.reading.workbooks.child`. It knows which headers are wanted, writes the
sheets that have them as marked text, and says which those were; the words are its parent's.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from klantwaarde_xl.data.reading.cells.contents import SAMPLE
from klantwaarde_xl.data.reading.layout.across import find_across
from klantwaarde_xl.data.reading.layout.customer_lines import find_lines
from klantwaarde_xl.data.reading.layout.header_row import Header, find_header
from klantwaarde_xl.data.reading.layout.side_by_side import blocks_of
from klantwaarde_xl.data.reading.naming.headers import HEADER_WITHIN
from klantwaarde_xl.data.reading.sources.cell_columns import CellFile
from klantwaarde_xl.data.reading.sources.marked import cell_text
from klantwaarde_xl.data.reading.sources.parts import is_copy
from klantwaarde_xl.data.reading.sources.source import HIDDEN, STRUCK, is_page, is_xml
from klantwaarde_xl.data.reading.workbooks.days_of_1904 import with_days
from klantwaarde_xl.data.reading.workbooks.error_cells import with_errors
from klantwaarde_xl.data.reading.workbooks.formulas import without_outcome
from klantwaarde_xl.data.reading.workbooks.hidden_rows import hidden_rows
from klantwaarde_xl.data.reading.workbooks.number_formats import with_currencies
from klantwaarde_xl.data.reading.workbooks.sheets import READY, Sheet, doubt, fill_merged
from klantwaarde_xl.data.reading.workbooks.struck_out import struck_rows
from klantwaarde_xl.limits import reading_memory, reading_seconds

_BLOCK = 10_000  # rows that are written at once
_SHOWN = 100  # fields of a first record that a message may name


def main() -> None:
    """Answer one request: the sheets that were taken, or what stands in the way, or nothing readable."""
    import python_calamine  # noqa: F401  (missing, this dies before it says that it is ready)

    request = json.loads(sys.stdin.read())
    _limit(Path(request["path"]).stat().st_size)
    _say(READY)
    try:
        answer = _read(request)
    except MemoryError:
        raise SystemExit(1) from None  # no answer: too large
    except BaseException:  # native code that panics raises what is no Exception
        answer = {}
    _say(json.dumps(answer))


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _read(request: dict[str, Any]) -> dict[str, Any]:
    answer = _read_sheets(request, has_year=False)
    if "heads" in answer and request["across"][1]:  # months across may have their year in a title
        again = _read_sheets(request, has_year=True)
        answer = again if "parts" in again else answer
    elif request["of_orders"] and answer.get(
        "wide"
    ):  # sheets of years beside sheets of the months of each: which is meant is asked
        again = _read_sheets(request, has_year=True)
        answer = again if "why" in again else answer
    return answer


def _read_sheets(request: dict[str, Any], *, has_year: bool) -> dict[str, Any]:
    there, hidden, sheet_of = _opened(Path(request["path"]))
    names = {name.casefold(): name for name in there}
    if absent := [name for name in request["sheets"] if name.casefold() not in names]:
        return {"absent": absent[0], "sheets": there}
    asked = [names[name.casefold()] for name in request["sheets"]]
    heads: list[list[list[str]]] = []
    headless: list[str] = []
    found: list[Sheet] = []
    filled, is_wide = 0, False
    for name in dict.fromkeys(asked) if asked else there:
        opened = sheet_of(name)
        rows = opened.to_python(skip_empty_area=False)
        with_errors(request["path"], name, rows)
        head = [[cell_text(cell) for cell in row] for row in rows[:HEADER_WITHIN]]
        wanted, needed = request["wanted"], request["needed"]
        header = find_header(head, wanted, needed)
        if header is None:
            across, terms = request["across"]
            wide = find_across(head, wanted, needed, across, terms, has_year=has_year)
            if wide is None and request["by_name"]:
                name_of, *called = request["by_name"]
                wide = find_across(head, wanted, needed, (name_of, across[1]), (), called=called)
            header, is_wide = None if wide is None else wide.header, is_wide or wide is not None
        if header is None and (lines := find_lines(head, wanted, needed)) is not None:
            rows = [*lines.rows(rows, cell_text)]
            header = find_header([[*map(cell_text, row)] for row in rows[:HEADER_WITHIN]], wanted, needed)
        if header is None:
            heads.append([[cell_text(cell) for cell in row[:_SHOWN]] for row in rows[:SAMPLE]])
            headless.append(name)
            continue
        sheet = Sheet(name, header, rows, _marked(request["path"], name, header, len(rows)), name in hidden)
        columns = [header.places[column] for column in request["filled"] if column in header.places]
        money = [header.places[column] for column in request["money"] if column in header.places]
        days = [header.places[column] for column in request["days"] if column in header.places]
        blocks = blocks_of(header.texts, wanted, needed)
        money, days = (
            [place + block.start - blocks[0].start for block in blocks for place in places] or places
            for places in (money, days)
        )
        with_days(request["path"], sheet.data, days)
        with_currencies(request["path"], name, rows, money)
        filled += fill_merged(sheet, opened.merged_cell_ranges or (), columns)
        found.append(sheet)
        if (cell := without_outcome(Path(request["path"]), sheet, request["amount"])) is not None:
            return {"formula": [name, *cell]}
    if not found or (asked and heads):
        return {"heads": heads, "sheets": headless}
    beside = is_wide and bool(headless) and not asked
    return {**_written(found, Path(request["folder"]), chosen=bool(asked)), "filled": filled, "wide": beside}


def _opened(path: Path) -> tuple[list[str], set[str], Callable[[str], Any]]:
    """The names of a workbook's sheets, those that are hidden, and what gives one by its name."""
    if is_xml(path):  # which few are
        from klantwaarde_xl.data.reading.workbooks.html_tables import tables_of
        from klantwaarde_xl.data.reading.workbooks.spreadsheet_xml import sheets_of

        sheets = tables_of(path) if is_page(path) else sheets_of(path)
        return [*sheets], set(), sheets.__getitem__
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    workbook = CalamineWorkbook.from_path(path)
    hidden = {one.name for one in workbook.sheets_metadata if one.visible != SheetVisibleEnum.Visible}
    return workbook.sheet_names, hidden, workbook.get_sheet_by_name


def _marked(path: str, name: str, header: Header, count: int) -> dict[str, list[int]]:
    """The rows below a header that are struck through or hidden, as a spreadsheet counts.

    count: rows of the sheet that hold anything; who hides all others hides a million.
    """
    struck = struck_rows(path, name, {*header.places.values()}, header.places.get("bedrag"))
    both = {STRUCK: struck, HIDDEN: hidden_rows(path, name)}
    return {mark: [row + 1 for row in rows if header.at < row < count] for mark, rows in both.items()}


def _written(found: list[Sheet], folder: Path, *, chosen: bool) -> dict[str, Any]:
    """Write the sheets that are read together, or say why it has to be asked which those are."""
    full = found if chosen else [sheet for sheet in found if sheet.count] or found[:1]
    why = doubt(full)
    if why == "vorm" or (why and not chosen):
        names = [sheet.name for sheet in full]
        first = [sheet for sheet in full if not is_copy(sheet.name, names)]
        alike = [sheet.name for sheet in first] if len(first) > 1 and not doubt(first) else []
        shown = [[sheet.name, sheet.count, sheet.hidden] for sheet in full]
        return {"why": why, "sheets": shown, "together": alike}
    parts = []
    for at, sheet in enumerate(full):
        header = sheet.header
        text = folder / f"blad{at}.csv"
        typed = _stored(sheet, text)
        titles = [" ".join(filter(None, map(cell_text, row))) for row in sheet.rows[: header.top]]
        above = [cell_text(cell) for cell in sheet.rows[header.top - 1]] if header.top else []
        told = [above, sheet.marked, list(filter(None, titles)), typed]
        parts.append([sheet.name, str(text), header.top + 1, header.lines, *told])
    return {"parts": parts}


def _stored(sheet: Sheet, path: Path) -> dict[str, Any]:
    """Write a sheet from its header on; what stands beside its CSV, for an answer."""
    header = sheet.header
    with CellFile(path) as file:
        file.add_header(sheet.rows[header.top : header.at + 1])
        for at in range(header.at + 1, len(sheet.rows), _BLOCK):
            file.add(sheet.rows[at : at + _BLOCK])
        return file.close().told()


def _limit(size: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; there the process just fails
        return
    for kind, wanted in (
        (resource.RLIMIT_AS, reading_memory(size)),
        (resource.RLIMIT_CPU, reading_seconds(size)),
    ):
        at_most = resource.getrlimit(kind)[1]  # what the user's own system allows
        limit = wanted if at_most == resource.RLIM_INFINITY else min(wanted, at_most)
        resource.setrlimit(kind, (limit, limit))


if __name__ == "__main__":
    main()
