"""A workbook is read from any script, by a process that may die of it."""

import json
import subprocess
import sys

import openpyxl
import pytest

from klantwaarde_xl.data.reading.files import read_transactions
from klantwaarde_xl.data.reading.workbooks import workbook
from klantwaarde_xl.errors import FileUnreadable

PLAIN = """
from pathlib import Path
from klantwaarde_xl.data.reading.files import read_transactions
print("once")
print(read_transactions(Path("orders.xlsx")).rows())
"""


@pytest.fixture
def orders(tmp_path):
    book = openpyxl.Workbook()
    for row in (["klant", "datum", "bedrag"], ["A", "31-12-2024", 12.5]):
        book.active.append(row)
    book.save(tmp_path / "orders.xlsx")
    return tmp_path / "orders.xlsx"


def run(folder, *words):
    return subprocess.run([sys.executable, *words], cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_a_plain_script_without_a_main_guard_reads_a_workbook(tmp_path, orders):
    (tmp_path / "script.py").write_text(PLAIN, encoding="utf-8")
    done = run(tmp_path, "script.py")
    assert done.stderr == ""
    assert done.stdout == "once\n[('A', datetime.date(2024, 12, 31), 12.5)]\n"


@pytest.mark.slow
def test_python_from_standard_input_reads_a_workbook(tmp_path, orders):
    done = subprocess.run(
        [sys.executable, "-"], cwd=tmp_path, input=PLAIN, capture_output=True, text=True, check=False
    )
    assert done.stdout.startswith("once\n[('A'"), done.stderr


@pytest.mark.slow
def test_modules_in_the_folder_of_the_data_are_not_run(tmp_path, orders):
    (tmp_path / "python_calamine.py").write_text("raise SystemExit('taken over')", encoding="utf-8")
    (tmp_path / "elders").mkdir()
    (tmp_path / "elders" / "script.py").write_text(PLAIN, encoding="utf-8")
    done = run(tmp_path, "elders/script.py")
    assert done.stdout.count("\n") == 2, done.stderr


@pytest.mark.parametrize(
    ("child", "what"),
    [
        # it dies while it reads
        (f"print({workbook.READY!r}, flush=True); import os; os.abort()", "te groot of beschadigd"),
        (f"print({workbook.READY!r}, flush=True); raise SystemExit(1)", "te groot of beschadigd"),
        # it never begins
        ("raise ImportError('geen lezer')", "niet te starten: ImportError: geen lezer"),
        ("", "niet te starten: geen melding"),
        # it cannot make sense of the file
        (f"print({workbook.READY!r}); print({json.dumps({})!r})", "niet te lezen"),
    ],
)
def test_what_is_said_is_what_happened(tmp_path, orders, monkeypatch, child, what):
    (tmp_path / "kind_van_de_proef.py").write_text(child, encoding="utf-8")
    monkeypatch.setattr(workbook, "CHILD", "kind_van_de_proef")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(FileUnreadable) as error:
        read_transactions(orders)
    assert what in error.value.what
    assert str(orders) in error.value.where


def test_a_python_that_is_not_there_is_said(orders, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nergens/python")
    with pytest.raises(FileUnreadable, match="niet te starten"):
        read_transactions(orders)
