"""What a refresh costs beside openpyxl, which loads the same workbook and saves it.

    python benchmarks/verversen.py [rows …]

It makes a dashboard with so many orders on its own sheet (100.000 and 1.000.000), and refreshes it from
that sheet, three times, each time in a fresh process; then a dashboard of 8.000 customers with conditional
formats that make a spreadsheet look at a whole column for each cell. It prints the medians of CPU seconds
and peak memory, child processes included, and the ratio to the peer: for the rules, the same workbook
without any.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from gegevens import make
from processes import measure, report

ROWS = (100_000, 1_000_000)
ROUNDS = 3
RULES = {
    "a rule on the mean": ("F{0}:F{1}", "F{0}>AVERAGE(F${0}:F${1})"),
    "a rule on doubles": ("B{0}:B{1}", "COUNTIF($B${0}:$B${1},$B{0})>1"),
    "a rule over all columns": ("B{0}:K{1}", "$F{0}>AVERAGE($F${0}:$F${1})"),
}
RULED_ORDERS = 40_000  # of 8.000 customers


def build(folder, rows):
    """A dashboard with all of its orders on the sheet."""
    from klantwaarde_xl.cli.commands import main

    make(folder, rows)
    main(["nieuw", "dashboard", "--gegevens", str(folder / "log.csv"), "--uit", str(folder / "book.xlsx")])


def with_rule(folder, name):
    """The same with a conditional format on the table of customers."""
    from openpyxl import load_workbook
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import PatternFill

    book = load_workbook(folder / "book.xlsx")
    sheet = next(sheet for sheet in book if "tblRfm" in sheet.tables)
    first, last = (int("".join(filter(str.isdigit, end))) for end in sheet.tables["tblRfm"].ref.split(":"))
    where, formula = RULES.get(name, (None, None))
    if where:
        fill = PatternFill("solid", bgColor="FFF2CC")
        sheet.conditional_formatting.add(
            where.format(first + 1, last), FormulaRule(formula=[formula.format(first + 1, last)], fill=fill)
        )
    book.save(folder / f"{name}.xlsx")


def ververs(folder, name="book"):
    """Refresh a copy from its own sheets."""
    from klantwaarde_xl.cli.commands import main

    copy = folder / "copy.xlsx"
    shutil.copy(folder / f"{name}.xlsx", copy)
    if main(["ververs", str(copy), "--zonder-kopie"]):
        raise SystemExit(1)


def openpyxl(folder):
    """Load and save, which loses what openpyxl does not know."""
    from openpyxl import load_workbook

    load_workbook(folder / "book.xlsx").save(folder / "copy.xlsx")


PLAIN = "no rule"
JOBS = {
    "openpyxl": openpyxl,
    "ververs": ververs,
    **{name: lambda folder, name=name: ververs(folder, name) for name in (PLAIN, *RULES)},
}


def compare(rows):
    """A refresh beside openpyxl."""
    with tempfile.TemporaryDirectory() as place:
        subprocess.run(
            [sys.executable, __file__, "--build", place, str(rows)], check=True, stdout=subprocess.DEVNULL
        )
        print(f"{f'{rows:,} orders':<28}{'CPU s':>8}{'MB':>8}")
        found = {}
        for name in ("openpyxl", "ververs"):
            found[name] = measure(
                __file__, name, place, ROUNDS if rows < 1_000_000 or name == "ververs" else 1
            )
            print(f"{name:<28}{found[name][0]:>8.2f}{found[name][1]:>8.0f}", flush=True)
        times, memory = (found["openpyxl"][at] / found["ververs"][at] for at in (0, 1))
        print(f"{times:.1f} times as fast, {1 / memory:.2f} of the memory")


def compare_rules():
    """A refresh with each rule beside one without, of workbooks that went through the same program."""
    with tempfile.TemporaryDirectory() as place:
        subprocess.run(
            [sys.executable, __file__, "--build", place, str(RULED_ORDERS)],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        print(f"{f'{RULED_ORDERS:,} orders':<28}{'CPU s':>8}{'MB':>8}{'ratio':>8}")
        plain = None
        for name in (PLAIN, *RULES):
            with_rule(Path(place), name)
            seconds, memory = measure(__file__, name, place, ROUNDS)
            plain = plain or seconds
            print(f"{name:<28}{seconds:>8.2f}{memory:>8.0f}{seconds / plain:>7.2f}x", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--job"]:
        report(JOBS[sys.argv[2]], Path(sys.argv[3]))
    elif sys.argv[1:2] == ["--build"]:
        build(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        for rows in map(int, sys.argv[1:] or ROWS):
            compare(rows)
        compare_rules()
