"""The process beside LibreOffice that computes: requests in on stdin, answers out on stdout.

`python -m klantwaarde_xl.hosts.libreoffice.worker`; the extension starts it. Requests:

("call", name, cells)     → rows of numbers and text; an error is LibreOffice's NaN for it
("refresh", contents)     → ("plan", plan) or ("refused", what, where, remedy)

Before the first request it says ({"version": …, "python": …}) who it is.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import platform
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import IO, Any, TypeAlias

import klantwaarde_xl
from klantwaarde_xl.errors import CellError, KlantwaardeError
from klantwaarde_xl.functions.adapter.call import call
from klantwaarde_xl.functions.registry import REGISTRY
from klantwaarde_xl.hosts.libreoffice import plainplan
from klantwaarde_xl.hosts.libreoffice.component import wire
from klantwaarde_xl.plan.plan import Contents, Plan

Refresh: TypeAlias = Callable[..., Plan]
Rows: TypeAlias = tuple[tuple[Any, ...], ...]

# Calc waits for a function; one that takes longer ends as an error, and Calc is usable again.
LONGEST_CALL = 60.0

log = logging.getLogger(__name__)


def plan_refresh(contents: Contents, *, now: dt.datetime) -> Plan:
    """Compute the plan; its imports are heavy, so they wait until a refresh is asked for."""
    from klantwaarde_xl.workbook.refresh import plan_refresh as compute_plan

    return compute_plan(contents, now=now)


def serve(incoming: IO[bytes], outgoing: IO[bytes], *, refresh: Refresh = plan_refresh) -> None:
    """Answer requests until the other side closes the pipe."""
    limit = _Limit()
    wire.send(outgoing, {"version": klantwaarde_xl.__version__, "python": platform.python_version()})
    while True:
        try:
            kind, *arguments = wire.receive(incoming)
        except EOFError:
            return
        if kind == "call":
            with limit:
                answer: Any = compute(*arguments)
        else:
            answer = _plan(arguments[0], refresh)
        wire.send(outgoing, answer)


def compute(name: str, cells: list[Any]) -> Rows:
    """Compute one function for Calc; always rows, because that is what its methods return."""
    if name not in REGISTRY:  # an extension of another version than this package
        return ((CellError.NAME.nan,),)
    result = call(REGISTRY[name], cells, render=lambda error: error.nan)
    rows = result if isinstance(result, list) else [[result]]
    return tuple(tuple(_plain(value) for value in row) for row in rows)


def _plain(value: Any) -> float | str:
    """A cell of a result: text, or a float; a blank label shows as empty text."""
    if value is None:
        return ""
    return value if isinstance(value, str) else float(value)


def _plan(message: dict[str, Any], refresh: Refresh) -> tuple[Any, ...]:
    try:
        contents = plainplan.contents_of(message)
        plan = refresh(contents, now=dt.datetime.now())
        if message.get("taken") or message.get("under"):
            plan = replace(plan, notices=(*_rows_told(message, contents), *plan.notices))
        return ("plan", plainplan.plain_plan(plan, contents))
    except KlantwaardeError as error:
        return ("refused", error.what, error.where, error.remedy)
    except Exception as error:
        log.exception("refresh failed")
        return (
            "refused",
            f"Er ging iets mis in Klantwaarde XL: {type(error).__name__}: {error}",
            "",
            "Er is niets geschreven. Meld deze tekst aan de makers.",
        )


def _rows_told(message: dict[str, Any], contents: Contents) -> tuple[str, ...]:
    from klantwaarde_xl.workbook.refresh import own_input
    from klantwaarde_xl.workbook.rows_told import left_under, took_in

    own = {name.casefold() for name in own_input()}
    apart = {name: row for name, row in plainplan.apart_in(message).items() if name.casefold() in own}
    return (*took_in(message.get("taken", {}), contents), *left_under(apart, contents, [*apart]))


class _Limit:
    """Ends this process when a call takes longer than LONGEST_CALL.

    The clock is watched here and not in LibreOffice, whose Python has no thread to spare, and a
    kernel deep in compiled code can only be ended together with its process.
    """

    def __init__(self) -> None:
        self._until = float("inf")
        threading.Thread(target=self._watch, daemon=True).start()

    def __enter__(self) -> None:
        self._until = time.monotonic() + LONGEST_CALL

    def __exit__(self, *_: object) -> None:
        self._until = float("inf")

    def _watch(self) -> None:
        while True:
            time.sleep(1)
            if time.monotonic() > self._until:
                os._exit(3)


def claim_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Take stdin and stdout for messages only: what a library prints goes to stderr from here on."""
    incoming = os.fdopen(os.dup(0), "rb")
    outgoing = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return incoming, outgoing


def main() -> None:
    """Serve the LibreOffice that started this process."""
    serve(*claim_pipes())


if __name__ == "__main__":
    main()
