"""Users who edit a workbook between refreshes, as many as asked: does anything leave its customer?

    python benchmarks/bewerkingen.py [LIVES STEPS WORKBOOK]

Each life is a new workbook that is edited in openpyxl and in an open Calc (rows and columns inserted, orders
sorted, typed and cleared, notes, links, colours, choices, rules, own columns and an own sheet) and refreshed
in between, STEPS steps in all, chosen by hypothesis, which shortens the life in which something goes wrong
and prints it. WORKBOOK: one with a table of customers, `rfm-segmenten` or `dashboard`, and LibreOffice;
or `excel`, the first while it stands open in Excel for Windows, as far as our stand-in for Excel goes.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

sys.path.insert(0, str(Path(__file__).parents[1]))  # for the lives, which the tests live too

from tests.hosts.excel.edited_open_book import EditedOpenBook, by_excel_for_windows, with_one_order
from tests.hosts.excel.wire import Interpreter
from tests.hosts.libreoffice.calc import Calc, find_host
from tests.workbook.edited_book import lives_of

LIVES, STEPS = 100, 20


def main() -> None:
    """Live, and say how many lives nothing was lost in."""
    lives, steps = (int(word) for word in (*sys.argv[1:3], *(LIVES, STEPS)[len(sys.argv[1:3]) :]))
    name = sys.argv[3] if sys.argv[3:] else "rfm-segmenten"
    many = settings(
        max_examples=lives, stateful_step_count=steps, deadline=None, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        _in_excel(many, Path(folder)) if name == "excel" else _in_two_programs(name, many, Path(folder))
    print(f"{lives} levens van {steps} stappen, {name}: niets kwijt ({time.monotonic() - began:.0f} s)")


def _in_excel(many, folder):
    classic = Interpreter("tests.hosts.excel.classic")
    package, refresh = with_one_order(folder), by_excel_for_windows(classic)
    try:
        run_state_machine_as_test(lambda: EditedOpenBook(package, True, refresh), settings=many)
    finally:
        classic.close()


def _in_two_programs(name, many, folder):
    calc = Calc(*find_host(), folder / "profile")
    try:
        run_state_machine_as_test(lives_of(name, calc), settings=many)
    finally:
        calc.stop()


if __name__ == "__main__":
    main()
