"""The folder of the zip on Windows: the real DLL and COM server of xlwings, the real Python, under Wine."""

import datetime as dt

import pytest
from openpyxl import load_workbook

from klantwaarde_xl.dutch import date_to_serial
from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.registry import REGISTRY
from klantwaarde_xl.hosts.excel.functions import SENTINELS
from klantwaarde_xl.xlsx.package import Package
from tests.cases import same
from tests.hosts.excel.wine import AT_ONCE, windows_path, wine_version

MODULE = "klantwaarde_xl.hosts.excel"
NEWER = 10  # where the package that computes formulas loads


def sent(value):
    """A value as an Excel cell hands it over."""
    if isinstance(value, tuple):
        rows = [row if isinstance(row, tuple) else (row,) for row in value]
        return (
            [[sent(cell) for cell in row] for row in rows]
            if len(rows) > 1 or len(rows[0]) > 1
            else sent(rows[0][0])
        )
    return date_to_serial(value) if isinstance(value, dt.date) else value


def shown(value):
    """A result as xlwings hands it over: nothing is empty text, a table of one row is that row."""
    if isinstance(value, tuple):
        rows = [[shown(cell) for cell in row] for row in value]
        return rows[0] if len(rows) == 1 else rows
    if isinstance(value, CellError):
        return SENTINELS[value]
    if isinstance(value, bool) or value is None:
        return "" if value is None else value
    if isinstance(value, dt.date):
        return date_to_serial(value)
    return float(value) if isinstance(value, int) else value


# No Excel here, so a stand-in in that Python for the workbook; it keeps what its box would say
STAND_IN = """
import types, xlwings
xlwings.said = []
app = types.SimpleNamespace(version="16.0", alert=lambda text, said=xlwings.said, **_: said.append(text))
book = types.SimpleNamespace(app=app, name="Map1.xlsx")
xlwings.Book.caller = staticmethod(lambda book=book: book)
"""
WRONG = {"KLANTWAARDE": ([500, -2, 0, None, None, None], CellError.NUM), "AOV": (["abc", 2], CellError.VALUE)}


def first_example(spec):
    args = [sent(value) for value in spec.examples[0].args]
    return [MODULE, spec.name, [*args, *[None] * (len(spec.args) - len(args))]]


@pytest.fixture(scope="module")
def told(windows):
    """All that is asked of a Python that was started as our VBA does; starting one takes Wine long."""
    calls = [
        *map(first_example, REGISTRY),
        *([MODULE, name, args] for name, (args, _) in WRONG.items()),
        [f"{MODULE}.ribbon", "press", ["controle"]],
    ]
    return windows.ask(times=3, first=[STAND_IN], calls=calls, last="__import__('xlwings').said[-1]")


@pytest.mark.slow
def test_every_function_answers_its_first_example(told):
    wrong = {}
    for spec, answer in zip(REGISTRY, told["answers"], strict=False):
        example = spec.examples[0]
        wanted = shown(example.result)
        if not same(answer.get("value"), wanted, max(example.close, 1e-9)):
            wrong[spec.name] = (answer, wanted)
    assert not wrong, wrong


def test_an_error_comes_as_the_text_that_vba_makes_an_error_of(told):
    answers = told["answers"][len(REGISTRY) :][: len(WRONG)]
    assert [one["value"] for one in answers] == [SENTINELS[error] for _, error in WRONG.values()]


def test_a_button_of_the_ribbon_answers(told):
    assert "een proefsom klopt" in told["last"]
    assert "pythonw.exe" in told["last"]


def test_one_python_serves_all_who_ask_and_it_is_that_of_the_folder(windows, told):
    assert len(told["processes"]) == 3
    assert len(set(told["processes"])) == 1
    assert set(told["programs"]) == {str(windows_path(windows.python / "pythonw.exe"))}


@pytest.mark.slow
def test_an_interpreter_that_is_not_there_is_answered_at_once(windows):
    # xlwings' library itself waits 122 seconds for a Python that does not come; this ends sooner, or fails
    told = windows.ask(program=r"Z:\bestaat niet\pythonw.exe", patience=AT_ONCE)
    assert "File not found" in told["said"]
    assert told["processes"] == []


# The demo with the workbooks that are looked at here; that it makes all of them is for tests/cli/test_commands.py
DEMO = """
import sys
from klantwaarde_xl.cli import demo
from klantwaarde_xl.cli.commands import main
every = demo.templates()
demo.templates = lambda: {name: every[name] for name in ("basis", "cac-kanalen", "dashboard", "prognose")}
sys.exit(main(["demo"]))
"""


@pytest.fixture(scope="module")
def demo(windows, tmp_path_factory):
    """The folder of `klantwaarde demo`, made by the zip."""
    folder = tmp_path_factory.mktemp("demo")
    (folder / "demo.py").write_text(DEMO, encoding="utf-8")
    done = windows.run(windows_path(folder / "demo.py"), cwd=folder, timeout=600)
    assert done.returncode == 0, done.stdout
    return folder / "klantwaarde-demo"


@pytest.mark.slow
def test_the_zip_makes_a_demo_and_refreshes_it_with_a_copy_of_the_old_one(windows, demo):
    forecast = Package.open(demo / "klantwaarde-prognose.xlsx").read_table("tblPrognose")
    assert len(forecast.rows) > 3000  # so the models were fitted there
    book = demo / "klantwaarde-cac-kanalen.xlsx"
    done = windows.run("-m", "klantwaarde_xl", "ververs", windows_path(book), timeout=600)
    assert "Ververst: " in done.stdout
    assert len(list(demo.glob("klantwaarde-cac-kanalen*.xlsx"))) == 2


def test_the_zip_gives_formulas_the_values_that_they_show(wine, demo):
    if wine_version(wine) < NEWER:
        pytest.skip(
            f"NOT TESTED: what computes formulas loads from Wine {NEWER} on; this is {wine_version(wine)}"
        )
    book = load_workbook(demo / "klantwaarde-basis.xlsx", data_only=True)
    assert [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == 800]
