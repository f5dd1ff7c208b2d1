"""xlwings classic in an interpreter of its own: the real import_udfs and CallUDF, without Excel."""

from decimal import Decimal

from tests.hosts.excel import fakecom

fakecom.install()

from xlwings import com_server, udfs  # noqa: E402

from klantwaarde_xl.addresses import address, area  # noqa: E402
from tests.hosts.excel.wire import answer, decode, encode, plan  # noqa: E402

MODULE = "klantwaarde_xl.hosts.excel"


def _cell(value):
    """A cell as COM gives it."""
    if not isinstance(value, dict):
        return float(value) if isinstance(value, int) and not isinstance(value, bool) else value
    ((kind, text),) = value.items()
    return {
        "error": fakecom.ERRORS.get,
        "date": fakecom.Time.fromisoformat,
        "euro": Decimal,
        "missing": lambda _: fakecom.MISSING,
    }[kind](text)


def _argument(value):
    if isinstance(value, list):
        return fakecom.FakeRange([[_cell(cell) for cell in row] for row in value])
    return _cell(value)


def call(name, args):
    caller = fakecom.FakeRange([[None]])
    try:
        result = com_server.XLPython().CallUDF(MODULE, name, tuple(map(_argument, args)), None, caller)
    except Exception as error:
        return {"raised": repr(error)}
    return {"value": result}


def call_by_addin(name, args):
    """Call a function as the VBA of our own add-in does: with values, in place of references to cells."""
    values = [
        tuple(tuple(map(_cell, row)) for row in one) if isinstance(one, list) else _cell(one) for one in args
    ]
    return {"value": com_server.XLPython().CallUDF(MODULE, name, tuple(values))}


def generate():
    book = fakecom.FakeWorkbook()
    udfs.import_udfs(MODULE, book)
    return {"vba": book.vba, "options": book.options}


def press(what):
    """Start the macro as the generated VBA does; say what the user gets to see."""
    from unittest.mock import MagicMock, patch

    import xlwings as xw

    from klantwaarde_xl.errors import WorkbookChanged
    from klantwaarde_xl.hosts import excel
    from klantwaarde_xl.plan.report import Filled, Report

    book = MagicMock()
    book.app.engine.type = "desktop"
    outcomes = {
        "wrong": WorkbookChanged("Tabel tblKpi ontbreekt."),
        "bug": ZeroDivisionError("secret"),
        "done": [Report((Filled("Kerncijfers", 1, ("maand", "maanden")),))],
        "declined": [None],
    }
    with (
        patch.object(xw.Book, "caller", lambda: book),
        patch.object(excel.functions, "refresh_book", MagicMock(side_effect=outcomes[what])),
    ):
        outcome = call("ververs", [None])
    return {**outcome, "shown": [str(told.args[0]) for told in book.app.alert.call_args_list]}


def ribbon(action):
    """Press a button of the add-in as its VBA does, for a workbook in a desktop Excel; what the box says."""
    from unittest.mock import MagicMock, patch

    import xlwings as xw

    book = MagicMock()
    with patch.object(xw.Book, "caller", lambda: book):
        com_server.XLPython().CallUDF(MODULE + ".ribbon", "press", (action,))
    return [str(told.args[0]) for told in book.app.alert.call_args_list]


def refresh(sheet, tables, names):
    """Refresh a book behind COM objects; return what its sheet holds then and what was done."""
    import xlwings as xw

    from klantwaarde_xl.errors import KlantwaardeError
    from klantwaarde_xl.hosts import excel
    from klantwaarde_xl.plan.report import in_words
    from tests.hosts.excel.comsheet import Euro, Properties, Workbook

    workbook = Workbook(
        decode(sheet["rows"]),
        sheet["tables"],
        sheet["names"],
        sheet["totals"],
        date1904=sheet.get("date1904", False),
        protected=sheet.get("protected", False),
        added=[(name, decode(rows)) for name, rows in sheet.get("added", {}).items()],
    )
    workbook.draw(sheet.get("charts", ()), locked=sheet.get("locked", False))
    workbook.is_filtered = sheet.get("filtered", False)
    workbook.CustomDocumentProperties = Properties(sheet.get("properties", {}))
    for where in map(area, sheet.get("euros", ())):
        row = workbook.model._row(where.top)
        row[where.left - 1] = Euro(row[where.left - 1])
    workbook.ProtectContents, workbook.unlocked = (
        sheet.get("sheet_protected", False),
        sheet.get("unlocked", ()),
    )
    for kind, cells in sheet.get("attached", {}).items():
        workbook.model.attached[kind] = {
            (where.top, where.left): said for at, said in cells.items() for where in [area(at)]
        }
    book = xw.Book(impl=xw._xlwindows.Book(workbook))
    asked, seen = [], []

    def planner(contents, now):
        seen.append(contents)
        return plan(tables, names, sheet.get("hide", ()))

    def ask(question):
        asked.append(question)
        return sheet["answer"]

    error = report = None
    try:
        growing, answered = sheet.get("growing", ()), ask if "answer" in sheet else None
        report = excel.refresh_book(book, planner=planner, ask=answered, growing=growing)
    except KlantwaardeError as refused:
        error = [type(refused).__name__, str(refused)]
    cells = {name: at for name, at in sheet["names"].items() if at.isalnum()}
    return {
        "error": error,
        "asked": asked,
        "words": report and in_words(report),
        "days_behind": seen[0].days_behind if seen else None,
        "reads": workbook.reads,
        "sheets": {one.Name: encode(one.model.rows) for one in workbook.Worksheets[1:]},
        "active": workbook.ActiveSheet.Name,
        "bodies": {name: encode(workbook.model.body(name)) for name in workbook.model.tables},
        "cells": {name: encode(workbook.model.cell(at)) for name, at in cells.items()},
        "log": workbook.log,
        "properties": workbook.CustomDocumentProperties.held,
        "attached": {
            kind: {address(*place): said for place, said in held.items()}
            for kind, held in workbook.model.attached.items()
        },
        "charts": {chart.Name: chart.Visible for chart in workbook.frames},
    }


def real(state, now, *, answer):
    """Refresh a book behind COM objects with the program's own computation; the state it leaves."""
    import xlwings as xw

    from klantwaarde_xl.errors import KlantwaardeError
    from klantwaarde_xl.hosts import excel
    from klantwaarde_xl.plan.report import in_words
    from tests.hosts.excel.comsheet import Properties, Workbook
    from tests.hosts.excel.sheetmodel import Sheet

    sheet = Sheet((), {}, state["names"])
    sheet.become(state)
    added = [(name, one.rows) for name, one in sheet.added.items()]
    workbook = Workbook(sheet.rows, state["tables"], sheet.names, sheet.totals, added=added)
    workbook.model.attached = sheet.attached
    workbook.CustomDocumentProperties = Properties(sheet.properties)
    asked = []

    def ask(question):
        asked.append(question)
        return answer

    error = report = None
    try:
        report = excel.refresh_book(xw.Book(impl=xw._xlwindows.Book(workbook)), now=decode(now), ask=ask)
    except KlantwaardeError as refused:
        error = [type(refused).__name__, str(refused)]
    workbook.model.added = {one.Name: one.model for one in workbook.Worksheets[1:]}
    workbook.model.properties = workbook.CustomDocumentProperties.held
    left = workbook.model.state()
    return {"error": error, "asked": asked, "words": report and in_words(report), "state": left}


if __name__ == "__main__":
    answer(
        call=call,
        call_by_addin=call_by_addin,
        generate=generate,
        press=press,
        ribbon=ribbon,
        refresh=refresh,
        real=real,
    )
