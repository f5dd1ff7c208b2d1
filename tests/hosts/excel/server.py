"""xlwings Server in an interpreter of its own: function calls, and refreshes that are recorded.

Needs the key for non-commercial use, which only our tests have.
"""

import asyncio
import datetime as dt
import logging

import xlwings as xw
import xlwings.server

from klantwaarde_xl.errors import KlantwaardeError
from klantwaarde_xl.hosts import excel
from klantwaarde_xl.plan.report import Filled, Report, in_words
from tests.hosts.excel.wire import answer, encode, plan

NOW = dt.datetime(2026, 1, 2, 3, 4, 5)


def call(name, args):
    data = {
        "func_name": name,
        "args": args,
        "client": "Office.js",
        "version": xw.__version__,
        "runtime": "1.4",
        "date_format": "d-m-jjjj",
        "culture_info_name": "nl-NL",
        "caller_address": "[Map1.xlsx]Blad1!C5",
    }
    return {"value": asyncio.run(xlwings.server.custom_functions_call(data, excel))}


def meta():
    functions = xlwings.server.custom_functions_meta(excel)["functions"]
    return {"functions": functions, "scripts": xlwings.server.custom_scripts_meta(excel)}


def refresh(book, tables, names):
    """Refresh with a plan that is given; return the contents that were read and the actions."""
    seen = []

    def planner(contents, *, now):
        seen.append((contents, now))
        return plan(tables, names)

    opened = xw.Book(json=book)
    error = report = None
    try:
        report = excel.refresh_book(opened, now=NOW, planner=planner, growing=())
    except KlantwaardeError as refused:
        error = [type(refused).__name__, str(refused)]
    contents, now = seen[0]
    read = {name: [t.headers, encode(t.rows)] for name, t in contents.tables.items()}
    return {
        "error": error,
        "words": report and in_words(report),
        "now": now.isoformat(),
        "names": {name: encode(value) for name, value in contents.names.items()},
        "tables": read,
        "actions": opened.json()["actions"],
    }


def real(book):
    """Refresh with the program's own computation; return the actions, and why it was refused."""
    opened = xw.Book(json=book)
    error = report = None
    try:
        report = excel.refresh_book(opened, now=NOW)
    except KlantwaardeError as refused:
        error = [type(refused).__name__, str(refused)]
    return {"error": error, "words": report and in_words(report), "actions": opened.json()["actions"]}


def script(book, failing):
    """Run the script as the server does, on a book for which refreshing fails."""

    def fail(_):
        raise KlantwaardeError("Geen transacties.") if failing == "known" else ZeroDivisionError("secret")

    logging.disable()
    done = Report((Filled("Kerncijfers", 36, ("maand", "maanden")),), notices=("er is geen prognose.",))
    kept, excel.functions.refresh_book = excel.functions.refresh_book, fail if failing else lambda _: done
    opened = xw.Book(json=book)
    try:
        run = xlwings.server.custom_scripts_call(excel, "ververs", typehint_to_value={xw.Book: opened})
        returned = asyncio.run(run)
    except xw.XlwingsError as error:
        return {"shown": str(error)}
    finally:
        excel.functions.refresh_book = kept
    told = [action["args"][0] for action in opened.json()["actions"] if action["func"] == "alert"]
    return {"returned": returned is opened, "told": told}


if __name__ == "__main__":
    answer(call=call, meta=meta, refresh=refresh, real=real, script=script)
