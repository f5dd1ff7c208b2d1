"""The cells of a workbook with the CDNOW log, a part and a summary of it, and contracts; written by `write`."""

import datetime as dt
import importlib.resources
import itertools
from functools import cache
from typing import NamedTuple

import xlsxwriter

from klantwaarde_xl.dutch import date_to_serial
from tests.kernels.models.season import shop, winter

SHEETS = ("aankopen", "deel", "samenvatting", "contracten", "looptijden", "winkel", "drukte", "uit")
OUT = SHEETS.index("uit")
END = dt.date(1997, 9, 30)
ROWS, CUSTOMERS = 6919, 2357

# Fader & Hardie 2007, appendix B: per cent left after years 0–7; and three cohorts, made up
LEFT = (
    (100, 63.1, 46.8, 38.2, 32.6, 28.9, 26.2, 24.1),
    (100, 86.9, 74.3, 65.3, 59.3, 55.1, 51.7, 49.1),
)
COUNTED = dt.date(2026, 1, 1)  # the day on which the contracts with dates are
BLOCK = ((1000, 700, 560, 480), (1200, 850, 690, None), (900, 620, None, None))


class Columns(NamedTuple):
    """A range of a sheet: whole columns, or the rows from `top` to `bottom`."""

    sheet: str
    first: str
    last: str
    top: int = 0
    bottom: int = 0

    @property
    def text(self):
        rows = (self.top or "", self.bottom or "")
        return f"${self.sheet}.{self.first}{rows[0]}:{self.last}{rows[1]}"


@cache
def log():
    """The CDNOW sample as it ships with Lifetimes: customer, day, dollars, month of the first purchase."""
    source = importlib.resources.files("lifetimes") / "datasets" / "CDNOW_sample.txt"
    lines = [line.split() for line in source.read_text(encoding="utf-8").splitlines() if line.strip()]
    days = [dt.datetime.strptime(line[2], "%Y%m%d").date() for line in lines]
    first = {}
    for line, day in zip(lines, days, strict=True):
        first[line[1]] = min(day, first.get(line[1], day))
    months = ("januari", "februari", "maart")
    return [
        (line[1], float(date_to_serial(day)), float(line[4]), months[first[line[1]].month - 1])
        for line, day in zip(lines, days, strict=True)
    ]


@cache
def part():
    """One customer of four of that log, for calls of which nobody published what they give."""
    return [row for row in log() if int(row[0]) % 4 == 1]


@cache
def summary():
    """Repeat purchases, recency and age in weeks, and spend per repeat purchase, by hand."""
    bought, end = {}, date_to_serial(END)
    for customer, day, amount, _ in log():
        if day <= end:
            days = bought.setdefault(customer, {})
            days[day] = days.get(day, 0.0) + amount
    rows = []
    for days in bought.values():
        first, x = min(days), len(days) - 1
        later = sum(days.values()) - days[first]
        row = (float(x), (max(days) - first) / 7, (end - first) / 7, later / x if x else 0.0)
        rows.append(tuple(float(f"{value:.16G}") for value in row))  # as XlsxWriter writes a number
    return rows


def contracts():
    """Two series in columns A and B, a block from D on."""
    rows = [[*pair, None, None, None, None, None] for pair in zip(*LEFT, strict=True)]
    for row, cohort in zip(rows, BLOCK, strict=False):
        row[3:] = cohort
    return rows


def spells():
    """The cohorts of the block as contracts a row: start, end, plan and amount a year, of a customer each."""
    rows = []
    for plan, cohort in zip(("goud", "zilver", "brons"), BLOCK, strict=True):
        counts = [count for count in cohort if count]
        start = date_to_serial(COUNTED.replace(year=COUNTED.year - len(counts) + 1))
        for year, (before, after) in enumerate(itertools.pairwise(counts), COUNTED.year - len(counts) + 2):
            end = date_to_serial(dt.date(year, 1, 1))
            rows += [(start, end, plan, 120.0)] * ((before - after) // 10)
        rows += [(start, None, plan, 120.0)] * (counts[-1] // 10)
    return [(*row, f"K{number}") for number, row in enumerate(rows)]


@cache
def seasonal():
    """A shop of three years that is busy in November and December: customer, day, amount."""
    return [
        (f"W{code:03}", float(day), 10.0 + code % 7)
        for code, day in zip(*(column.tolist() for column in shop(winter, customers=250)), strict=True)
    ]


def busy():
    """An index of one's own of those years: 2 in November and December, else 1, from each month on."""
    months = [dt.date(2022 + at // 12, at % 12 + 1, 1) for at in range(36)]
    return [(float(date_to_serial(one)), 2.0 if one.month > 10 else 1.0) for one in months]


CELLS = {
    "aankopen": log,
    "deel": part,
    "samenvatting": summary,
    "contracten": contracts,
    "looptijden": spells,
    "winkel": seasonal,
    "drukte": busy,
}


def cells_of(argument):
    """What the function gets for an argument."""
    if isinstance(argument, dt.date):
        return float(date_to_serial(argument))
    if not isinstance(argument, Columns):
        return argument
    rows = CELLS[argument.sheet]()[slice(max(argument.top - 1, 0), argument.bottom or None)]
    first, last = ord(argument.first) - 65, ord(argument.last) - 64
    return [tuple(row[first:last]) for row in rows]


def write(path):
    """Write the sheets, the last one empty, without formulas."""
    with xlsxwriter.Workbook(path) as book:
        pages = {name: book.add_worksheet(name) for name in SHEETS}
        for name, rows in CELLS.items():
            for number, row in enumerate(rows()):
                pages[name].write_row(number, 0, row)
