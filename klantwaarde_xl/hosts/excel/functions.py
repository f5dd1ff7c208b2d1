"""Excel through xlwings: classic (Windows), Server and Lite, from the same functions.

Importing this module puts every function of the registry here under its Excel name, as a
function that xlwings knows, beside the script `ververs`. It works on any platform, without
Excel and without a licence key: there the decorators of xlwings do nothing.

    xlwings' "Import Functions", Server, Lite: this module, as it is;
    a button in VBA: RunPython "from klantwaarde_xl.hosts import excel; excel.main()".
"""

from __future__ import annotations

import contextlib
import datetime as dt
import inspect
import logging
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any, TypeAlias

import xlwings as xw

from klantwaarde_xl.errors import CellError, KlantwaardeError
from klantwaarde_xl.functions.adapter.call import call
from klantwaarde_xl.functions.registry import REGISTRY
from klantwaarde_xl.functions.spec import Spec
from klantwaarde_xl.hosts.excel.book import OpenBook, is_desktop
from klantwaarde_xl.hosts.excel.protected import refuse_protected
from klantwaarde_xl.hosts.excel.write import refuse_if_full, write
from klantwaarde_xl.plan.plan import Contents, Plan
from klantwaarde_xl.plan.report import Report, in_words, warning
from klantwaarde_xl.plan.resolve import resolve

Planner: TypeAlias = Callable[..., Plan]
Question: TypeAlias = Callable[[str], bool]

log = logging.getLogger(__name__)

TITLE = "Klantwaarde XL"
CATEGORY = "Klantwaarde"

# ── what differs between the hosts ──────────────────────────────────────────────────────────

IS_CLASSIC = xw.func.__module__ == "xlwings.udfs"

# A VBA function can only return a real error value if VBA makes it: text stays text, and a
# VARIANT of type VT_ERROR does not survive the way back (xlwings issue 776). So our own VBA
# turns these texts, which nobody types, into CVErr. Server and Lite know "#N/A" itself.
SENTINELS = {error: f"#KW!{error.name}" for error in CellError}


def _render(error: CellError) -> str:
    return SENTINELS[error] if IS_CLASSIC else error.text


def _as_script(function: Callable[[xw.Book], None]) -> Any:
    """Offer a function to the host as a script or macro named after it."""
    if IS_CLASSIC:
        # A macro of VBA has no arguments, or no button can start it: the book stays Nothing.
        # Both type hints are meant for Server and Lite; classic would look for converters.
        function = xw.ret("default")(xw.arg("book", "raw", vba="Nothing")(function))
    return xw.script(name=function.__name__.capitalize())(function)


# ── functions in cells ──────────────────────────────────────────────────────────────────────


def _cell_function(spec: Spec) -> Callable[..., Any]:
    """Make the function that xlwings registers for a declaration.

    The name and the signature are the spreadsheet's: classic takes a function's own name, and
    its argument names are what the function wizard shows.
    """

    def function(*cells: Any) -> Any:
        return call(spec, cells, render=_render)

    function.__name__ = function.__qualname__ = spec.name
    function.__doc__ = spec.doc
    function.__annotations__ = {}  # xlwings would take them for converters
    function.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            inspect.Parameter(
                arg.name,
                inspect.Parameter.POSITIONAL_OR_KEYWORD,
                default=None if spec.is_optional(arg) else inspect.Parameter.empty,
            )
            for arg in spec.args
        ]
    )
    for arg in spec.args:
        # Two dimensions, always: otherwise a column arrives as a list, and looks like a row.
        decorate = xw.arg(arg.name, doc=arg.help(), ndim=2, err_to_str=True)
        function = decorate(function)
    register = xw.func(name=spec.name, namespace="", category=CATEGORY)
    registered: Callable[..., Any] = register(function)
    return registered


def registered() -> dict[str, Callable[..., Any]]:
    """All functions as xlwings registers them, by their Excel name."""
    return dict(_REGISTERED)


_REGISTERED = {spec.name: _cell_function(spec) for spec in REGISTRY}
globals().update(_REGISTERED)


# ── the button ──────────────────────────────────────────────────────────────────────────────


def refresh_book(
    book: xw.Book,
    *,
    now: dt.datetime | None = None,
    planner: Planner | None = None,
    ask: Question | None = None,
    growing: Collection[str] | None = None,
) -> Report | None:
    """Refresh an open workbook: read it, compute, write what changed, and report.

    book: an open workbook of any xlwings engine. now: the moment that counts as today.
    planner: `(contents, *, now) -> Plan`, by default `workbook.refresh.plan_refresh`.
    ask: is asked, before anything changes, whether values of the user's may go to the sheet
    `Vervallen rijen`; after a no nothing is written and there is no report.
    growing: the tables that take in what stands right under them, by default those in which the user types.
    Raises a KlantwaardeError before the first write when the workbook or its data do not allow it.
    """
    opened = OpenBook(book, _growing() if growing is None else growing)
    plan = (planner or _plan_refresh)(opened.contents, now=now or dt.datetime.now())
    if opened.below or opened.beyond:
        plan = replace(plan, notices=(*_rows_told(opened), *plan.notices))
    resolved = resolve(plan, opened.contents_for(plan))
    refuse_protected(opened, resolved)
    refuse_if_full(opened, resolved)
    question = warning(resolved)
    if question and ask is not None and not ask("\n".join(question)):
        return None
    if not opened.is_desktop:  # the writes are sent in one go afterwards
        return write(opened, resolved)
    with _quiet(book.app):
        report = write(opened, resolved)
    book.app.calculate()
    return report


def _plan_refresh(contents: Contents, *, now: dt.datetime) -> Plan:
    # Imported here: the analysis needs DuckDB, and a cell function should not wait for it.
    from klantwaarde_xl.workbook.refresh import plan_refresh

    return plan_refresh(contents, now=now)


def _growing() -> list[str]:
    from klantwaarde_xl.workbook.refresh import own_input

    return own_input()


def _rows_told(opened: OpenBook) -> tuple[str, ...]:
    from klantwaarde_xl.workbook.rows_told import left_under, took_in

    rows = {name: (below.first, below.last) for name, below in opened.below.items()}
    beyond = opened.beyond
    return (*took_in(rows, opened.contents), *left_under(beyond, opened.contents, [*beyond]))


def _quiet(app: xw.App) -> contextlib.AbstractContextManager[Any]:
    """Hold back recalculation and drawing: each would otherwise happen after every block."""
    quiet: contextlib.AbstractContextManager[Any] = app.properties(
        calculation="manual", screen_updating=False
    )
    return quiet


def refresh_and_tell(book: xw.Book) -> None:
    """Refresh a workbook; tell the user in Dutch what was done or went wrong, in the way the host can."""
    try:
        report = refresh_book(book, ask=_asking(book)) if is_desktop(book) else refresh_book(book)
    except KlantwaardeError as error:
        message = str(error)
    except Exception:
        # The wall between our code and the user: a traceback helps nobody there.
        log.exception("refresh failed")
        message = _unexpected(book)
    else:
        if report is not None:
            book.app.alert("\n".join(in_words(report)), title=TITLE, mode="info")
        return
    if not is_desktop(book):
        raise xw.XlwingsError(message)  # shown in the task pane; no write has been sent
    book.app.alert(message, title=TITLE, mode="critical")


def _asking(book: xw.Book) -> Question:
    """Ask in a box of Excel's; a macro clears what Ongedaan maken could bring back."""

    def ask(question: str) -> bool:
        prompt = f"{question}\n\nWilt u verversen?"
        answer: str | None = book.app.alert(prompt, title=TITLE, buttons="ok_cancel", mode="info")
        return answer == "ok"

    return ask


def _unexpected(book: xw.Book) -> str:
    what = "Verversen is door een onverwachte fout gestopt."
    if not is_desktop(book):
        return f"{what}\nHet werkboek is niet veranderd."
    return f"{what}\nOplossing: sluit het werkboek zonder op te slaan, open het opnieuw en ververs nog eens."


def ververs(book: xw.Book) -> None:
    """Ververs de berekeningen van Klantwaarde XL in dit werkboek."""
    refresh_and_tell(xw.Book.caller() if book is None else book)


ververs = _as_script(ververs)


def main() -> None:
    """Refresh the workbook whose button was clicked (RunPython)."""
    refresh_and_tell(xw.Book.caller())
