"""One clock: the day and the moment come from the edge, and nothing below it asks the system."""

import ast
import datetime as dt
import re
from pathlib import Path

import pytest

import klantwaarde_xl
from klantwaarde_xl import clock
from klantwaarde_xl.data.analyse import analyse
from klantwaarde_xl.data.reading.files import read_transactions, transactions_from_cells
from klantwaarde_xl.workbook.build import build_workbook
from klantwaarde_xl.workbook.refresh import refresh_file
from klantwaarde_xl.workbook.templates import templates

ROOT = Path(klantwaarde_xl.__file__).parent
FILES = sorted(ROOT.rglob("*.py"))
# The edges: where a person or a program starts something now
EDGES = {
    "clock.py",
    "cli/commands.py",
    "hosts/excel/functions.py",
    "hosts/libreoffice/worker.py",
}
CALLS = {
    **{name: {"today", "now", "utcnow"} for name in ("date", "datetime", "dt", "Timestamp", "pd")},
    "time": {"time", "time_ns", "localtime", "gmtime", "ctime", "strftime"},
}
SHOWN = ("functions/declared/", "functions/manual.py")
IN_TEXT = re.compile(
    r"\b(current_date|current_timestamp|localtimestamp|get_current_\w+|transaction_timestamp)\b"
    r"|\b(now|today|vandaag|nu)\(\)|\bdate\('now'",
    re.IGNORECASE,
)


def clocks(source):
    """Each place where a module asks for the time: a call on a clock, or words for the engine or a sheet."""
    tree = ast.parse(source)
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
            if node.func.attr in CALLS.get(name, ()):
                yield f"{name}.{node.func.attr}, line {node.lineno}"
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            yield f"from time, line {node.lineno}"
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield from (f"{found[0]}, line {node.lineno}" for found in IN_TEXT.finditer(node.value))


@pytest.mark.slow
def test_nothing_but_an_edge_asks_for_the_time():
    for path in FILES:
        place = path.relative_to(ROOT).as_posix()
        if place not in EDGES:
            found = clocks(path.read_text(encoding="utf-8"))
            # Examples and the manual may show what users type
            assert [one for one in found if "VANDAAG()" not in one or not place.startswith(SHOWN)] == [], (
                place
            )


@pytest.mark.parametrize(
    "text",
    [
        "import datetime\nx = datetime.datetime.now()",
        "import datetime as dt\nx = dt.date.today()",
        "from datetime import date\nx = date.today()",
        "import time\nx = time.time()",
        "from time import time\nx = time()",
        "con.execute('select current_date')",
        "con.execute(f'select {x} where d < CURRENT_DATE + 366')",
        "con.execute('select now()')",
        "formula = '=TODAY()-1'",
        "import pandas as pd\nx = pd.Timestamp.now()",
    ],
)
def test_the_search_finds_a_clock(text):
    assert list(clocks(text))


@pytest.mark.parametrize(
    "text", ["x = now()", "x = clock.today()", "def f():\n    'at current_date'", "x = 'now'"]
)
def test_the_search_leaves_other_words_alone(text):
    assert not list(clocks(text))


@pytest.fixture
def no_clock(monkeypatch):
    def refuse():
        raise AssertionError("somebody asked for the time")

    monkeypatch.setattr(clock, "today", refuse)
    monkeypatch.setattr(clock, "now", refuse)


CELLS = [["A", dt.date(2024, 1, 5), 10], ["A", dt.date(2025, 3, 5), 10], ["B", dt.date(2026, 10, 31), 10]]


def shop(today):
    return transactions_from_cells(("klant", "datum", "bedrag"), CELLS, source="S", today=today)


@pytest.mark.slow
@pytest.mark.usefixtures("no_clock")
def test_who_brings_a_day_meets_no_clock(tmp_path, shop_csv):
    now = dt.datetime(2026, 11, 27, 9)
    transactions = read_transactions(shop_csv, today=now.date())
    path = tmp_path / "dashboard.xlsx"
    build_workbook(templates()["dashboard"], transactions, now=now).save(path)
    assert refresh_file(path, now=now).backup


def test_the_day_of_reading_holds_until_another_is_given():
    read = shop(dt.date(2026, 3, 1))
    assert analyse(read, None, []).as_of == dt.date(2025, 3, 5)  # of the last order that had come
    assert analyse(read, None, [], today=dt.date(2026, 12, 1)).as_of == dt.date(2026, 10, 31)


def test_an_order_to_come_does_not_count_and_is_said():
    read = shop(dt.date(2026, 3, 1))
    assert any("1 order met een datum in de toekomst" in note for note in read.quality.notes)
    assert len(analyse(read, None, ["rfm"])["rfm"].rows) == 1


def test_the_year_that_cannot_be_follows_the_day():
    problems = shop(dt.date(2024, 3, 1)).quality.problems
    assert [(problem.row, problem.reason) for problem in problems] == [(4, "het jaartal kan niet kloppen")]


@pytest.mark.slow
def test_a_workbook_made_on_an_earlier_day_has_no_later_day_in_it():
    now = dt.datetime(2026, 3, 1, 9)
    built = build_workbook(templates()["dashboard"], shop(dt.date(2026, 11, 27)), now=now)
    names = built.package.read_names("kw_")
    assert names["kw_peildag"] <= names["kw_ververst"]
