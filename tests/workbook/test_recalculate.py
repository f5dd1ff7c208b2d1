"""Values of formulas: right or none, also where the engine fails or other countries differ."""

import errno
import io
import subprocess
import sys
import tempfile
import threading
import zipfile

import pytest
import xlsxwriter

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.workbook import ironcalc
from klantwaarde_xl.workbook.ironcalc import Engine, EngineAway, EngineFailed
from klantwaarde_xl.workbook.recalculate import recalculate, refill
from klantwaarde_xl.workbook.refresh import refresh_file
from klantwaarde_xl.xlsx.package import Package
from tests.conftest import NOW
from tests.workbook.user_formulas import CUSTOMERS, book

ABSURD = -98765.0


def workbook(cells, *, arrays=(), names=(), sheets=(), options=None):
    """A package with cells on Blad1 (a formula starts with =), each formula with an absurd value."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, options or {}) as made:
        page = made.add_worksheet("Blad1")
        for name in sheets:
            made.add_worksheet(name)
        for where, value in cells.items():
            if isinstance(value, str) and value.startswith("="):
                page.write_formula(where, value, None, ABSURD)
            else:
                page.write(where, value)
        for area, formula in arrays:
            page.write_array_formula(area, formula, None, ABSURD)
        for name, formula in names:
            made.define_name(name, formula)
    return Package.from_bytes(out.getvalue())


def shown(package):
    return recalculate(package)["Blad1"]


def test_a_formula_in_a_users_column_gets_the_row_it_stands_on():
    values = recalculate(Package.from_bytes(book()))["Eigen"]
    assert [values[f"E{row}"] for row in range(4, 10)] == [2 * omzet for _, omzet, _ in CUSTOMERS]
    halves = [omzet if score > 5 else 0 for _, omzet, score in CUSTOMERS]
    assert [values[f"F{row}"] for row in range(4, 10)] == halves


def test_what_cannot_be_known_loses_its_old_value():
    package = workbook({"A1": "=ONBEKEND(1)", "A2": "=AOV(10,4)"})
    refill(package)
    assert package.shown()["Blad1"] == {"A1": None, "A2": 2.5}


@pytest.mark.parametrize(
    "formula",
    [
        "=A1+1",
        "=SUM(A:A)",
        "=SUM(A1:A9)",
        "=COUNT(naam)",
        "=B2",
        "=IFERROR(A1,0)",
        "=NPS(A1:A3)",
        "=AOV(A1,2)",
    ],
)
def test_what_stands_on_an_unknown_value_is_unknown(formula):
    cells = {"A1": "=ONBEKEND(1)", "A2": 9, "B2": "=A1*2", "C1": formula, "C2": "=C1&C1", "D9": "=A2*2"}
    values = shown(workbook(cells, names=[("naam", "=Blad1!$A$1:$A$3")]))
    assert (values["C1"], values["C2"], values["D9"]) == (None, None, 18.0)


@pytest.mark.parametrize(
    "formula", ["=TODAY()", "=NOW()", "=RAND()", '=CELL("row")', '=INFO("release")', "=RANDBETWEEN(1,9)"]
)
def test_what_is_another_every_time_has_no_value(formula):
    assert shown(workbook({"A1": formula, "A2": "=A1*0"})) == {"A1": None, "A2": None}


@pytest.mark.slow
def test_dynamic_references_have_their_value_when_all_others_are_known():
    cells = {"A1": 3, "A2": "=A1*2", "B1": '=INDIRECT("A"&2)', "B2": "=SUM(OFFSET(A1,0,0,2,1))"}
    values = shown(workbook(cells))
    assert (values["B1"], values["B2"]) == (6.0, 9.0)
    values = shown(workbook(cells | {"D1": "=ONBEKEND()"}))
    assert (values["A2"], values["B1"], values["B2"]) == (6.0, None, None)


@pytest.mark.parametrize(
    ("cells", "formula"),
    [
        ({"A1": "3,5"}, "=A1*2"),  # 7 in the Netherlands, an error in the United States
        ({"A1": "1.234"}, "=ROUND(A1,0)"),
        ({"A1": 12.5}, '="€ "&A1'),
        ({"A1": 1234.5}, '=TEXT(A1,"0.00")'),
        ({"A1": 46000}, '=TEXT(A1,"dd-mm-yyyy")'),
        ({"A1": 12.5}, '=TEXT(A1,"0")'),  # the engine rounds halves to even
        ({"A1": True}, '=A1&""'),
        ({"A1": 1234.5}, "=FIXED(A1,2)"),
        ({"A1": 1}, '=COUNTIF(A1:A9,">0,5")'),
        ({"A1": 5}, '=COUNTIF(A1:A9,"<>a")'),  # the engine leaves numbers out
        ({"A1": 5}, '=IFERROR(EXP(A1*1000),"te groot")'),  # the engine does not see the overflow
        ({"A1": None}, "=YEAR(A2)"),  # 1900 in Excel, 1899 in Calc
        ({"A1": 5}, "=ROUND(-A1*0,0)&\"x\""),
    ],
)  # fmt: skip
def test_what_another_program_or_country_makes_otherwise_has_no_value(cells, formula):
    assert shown(workbook({**cells, "C1": formula}))["C1"] is None


def test_an_empty_cell_as_a_number_of_ours_has_no_value():
    """Excel leaves the argument out, Calc hands over a nought."""
    values = shown(
        workbook({"A1": "=KLDW(400,5,B1)", "A2": "=KLDW(400,5,0.3,)", "A3": "=NPS(B1:B3)", "B2": 9})
    )
    assert values == {"A1": None, "A2": 600.0, "A3": 100.0}


def test_a_whole_number_becomes_text_everywhere():
    values = shown(
        workbook({"A1": 12, "B1": '="klanten: "&A1', "B2": '=SUBSTITUTE(FIXED(12345.6,0),",",".")'})
    )
    assert (values["B1"], values["B2"]) == ("klanten: 12", "12.346")


def test_a_criterion_has_the_fifteen_digits_that_excel_writes():
    # 1/3 becomes 0.333333333333333, which is less, so that the third itself is more than that
    values = shown(workbook({"A1": "=1/3", "A2": "=2/3", "B1": '=COUNTIF(A1:A2,">"&A1)'}))
    assert values["B1"] == 2.0


def test_a_formula_that_stands_on_itself_has_no_value():
    cells = {"A1": "=NPS(A1:A3)", "A2": 9, "B1": "=AOV(B2,1)", "B2": "=B1+1", "C1": "=AOV(A2,2)"}
    values = shown(workbook(cells))
    assert (values["A1"], values["B1"], values["B2"], values["C1"]) == (None, None, None, 4.5)


@pytest.mark.slow
def test_a_long_chain_of_our_functions_is_right_or_unknown():
    cells = {"A1": 2.0} | {f"A{row}": f"=AOV(A{row - 1}*2,2)+1" for row in range(2, 160)}
    values = shown(workbook(cells))
    assert all(values[f"A{row}"] in (row + 1.0, None) for row in range(2, 160))
    assert values["A90"] == 91.0


def test_an_array_formula_fills_its_cells_and_nothing_stale_remains():
    cells = {"A1": 1, "A2": 2, "A3": 3}
    package = workbook(cells, arrays=[("C1:C3", "{=KLANTWAARDE(A1:A3,2)}"), ("D1:D3", "{=ONBEKEND(A1:A3)}")])
    data = package.to_bytes()
    package.write_cached(
        {"Blad1": dict.fromkeys(("C2", "C3", "D2", "D3"), 77.0)}, filled={"Blad1": {"C2", "C3", "D2", "D3"}}
    )
    refill(package)
    again = recalculate(Package.from_bytes(data))["Blad1"]
    assert [again[f"C{row}"] for row in (1, 2, 3)] == [2.0, 4.0, 6.0]
    assert [again[f"D{row}"] for row in (1, 2, 3)] == [None] * 3


def test_a_table_that_spills_over_other_cells_than_before_has_no_value():
    package = workbook({"A1": 1, "A2": 2, "A3": 3})
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        page = made.add_worksheet("Blad1")
        for row in range(3):
            page.write(row, 0, row)
        page.write_dynamic_array_formula("C1:C2", "=KLANTWAARDE(A1:A3,2)", None, ABSURD)
        page.write_dynamic_array_formula("D1:D3", "=KLANTWAARDE(A1:A3,2)", None, ABSURD)
    values = shown(Package.from_bytes(out.getvalue()))
    assert [values["C1"], values["C2"]] == [None, None]
    assert [values["D1"], values["D2"], values["D3"]] == [0.0, 2.0, 4.0]
    assert not list(package.formula_cells())


def test_days_in_a_workbook_that_counts_from_1904_have_no_value():
    package = workbook({"A1": 46000, "B1": "=YEAR(A1)", "B2": "=A1+1"}, options={"date_1904": True})
    assert package.days_behind
    assert shown(package) == {"B1": None, "B2": 46001.0}


@pytest.mark.slow
def test_a_shared_formula_is_computed_in_each_of_its_cells():
    package = workbook(
        {"A1": 10, "A2": 20, "A3": 30, "B1": "=AOV(A1,2)", "B2": "=AOV(A2,2)", "B3": "=AOV(A3,2)"}
    )
    data = package.to_bytes()
    parts = {
        n: zipfile.ZipFile(io.BytesIO(data)).read(n) for n in zipfile.ZipFile(io.BytesIO(data)).namelist()
    }
    page = parts["xl/worksheets/sheet1.xml"]
    page = page.replace(b"<f>AOV(A1,2)</f>", b'<f t="shared" ref="B1:B3" si="0">AOV(A1,2)</f>')
    for row in (2, 3):
        page = page.replace(b"<f>AOV(A%d,2)</f>" % row, b'<f t="shared" si="0"/>')
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in (parts | {"xl/worksheets/sheet1.xml": page}).items():
            archive.writestr(name, content)
    assert shown(Package.from_bytes(out.getvalue())) == {"B1": 5.0, "B2": 10.0, "B3": 15.0}


def test_an_error_of_ours_is_a_value_and_goes_on():
    values = shown(workbook({"A1": "=AOV(1,0)", "A2": '=KLANTWAARDE("x",2)', "A3": "=A2+1", "A4": "=A1+1"}))
    assert values == {
        "A1": CellError.DIV0,
        "A2": CellError.VALUE,
        "A3": CellError.VALUE,
        "A4": CellError.DIV0,
    }


@pytest.mark.slow
def test_a_users_dashboard_keeps_only_values_that_are_right(dashboard):
    """A sheet of the user's own with formulas on our tables, refreshed twice."""
    package = Package.open(dashboard)
    before = package.shown()
    refresh_file(dashboard, now=NOW, backup=False)
    after = Package.open(dashboard).shown()
    lost = [
        (s, c)
        for s, cells in before.items()
        for c, v in cells.items()
        if v is not None and after[s][c] is None
    ]
    assert not lost


# ── the engine apart ──────────────────────────────────────────────────────────────────────────


def test_an_engine_that_dies_leaves_no_value_and_no_error(monkeypatch):
    package = workbook({"A1": "=AOV(10,4)", "A2": "=1+1"})
    monkeypatch.setattr(Engine, "evaluate", lambda self: self._process.kill() or self._ask("evaluate"))
    refill(package)
    assert package.shown()["Blad1"] == {"A1": None, "A2": None}


def test_an_engine_that_hangs_is_ended(monkeypatch):
    monkeypatch.setattr(ironcalc, "engine_seconds", lambda size: 0.0001)
    with pytest.raises(EngineFailed):
        Engine(lambda path: path.write_bytes(b"geen werkboek" * 200_000))


def test_what_is_no_workbook_is_a_failure_with_words():
    with pytest.raises(EngineFailed, match=r"\w"):
        Engine(lambda path: path.write_bytes(b"geen werkboek"))


@pytest.mark.parametrize(
    ("where", "error", "words"),
    [
        ("tempfile.TemporaryDirectory", OSError(errno.ENOSPC, "No space left"), "de schijf is vol"),
        (
            "tempfile.gettempdir",
            FileNotFoundError(errno.ENOENT, "No usable temporary directory"),
            "dit bestand of deze map bestaat niet",
        ),
        (
            "subprocess.Popen",
            PermissionError(errno.EACCES, "denied", "python.exe"),
            "u hebt er geen rechten voor (python.exe)",
        ),
        (
            "subprocess.Popen",
            BlockingIOError(errno.EAGAIN, "no process"),
            "het besturingssysteem weigert het",
        ),
    ],
)
def test_an_engine_that_cannot_start_costs_the_values_and_says_why(
    monkeypatch, tmp_path, where, error, words
):
    def refuse(*args, **how):
        raise error

    package = workbook({"A1": "=AOV(10,4)", "A2": "=1+1"})
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(where, refuse)
    (notice,) = refill(package)
    assert f"de rekenmachine start niet: {words}" in notice
    assert package.shown()["Blad1"] == {"A1": None, "A2": None}
    assert list(tmp_path.iterdir()) == []


def test_a_copy_for_the_engine_that_finds_no_room_leaves_nothing(monkeypatch, tmp_path):
    def fill(path):
        path.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left")

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(EngineAway, match="de schijf is vol"):
        Engine(fill)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_other_threads_keep_their_standard_output():
    """A plain script without a guard for `__main__`: it computes, and all that it prints comes out."""
    script = (
        "import os, threading\n"
        "from tests.workbook.test_recalculate import workbook, shown\n"
        "stop = threading.Event()\n"
        "def talk():\n"
        "    while not stop.is_set():\n"
        "        os.write(1, b'x')\n"
        "        stop.wait(0.001)\n"
        "thread = threading.Thread(target=talk)\n"
        "package = workbook({'A1': '=AOV(10,4)'})\n"
        "before = os.fstat(1)\n"
        "thread.start()\n"
        "seen = {os.fstat(1).st_ino for _ in range(3) if shown(package)}\n"
        "stop.set(); thread.join()\n"
        "assert seen == {before.st_ino}\n"
        "print('klaar', shown(package)['A1'])\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.stdout.strip("x").strip() == "klaar 2.5", done.stderr
    assert threading.active_count() >= 1
