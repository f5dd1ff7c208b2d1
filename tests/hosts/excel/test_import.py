"""Importing the host is cheap and free: no key, no pywin32, nothing of xlwings PRO of our own."""

import os
import subprocess
import sys

import pytest


def modules_after(code):
    clean = {k: v for k, v in os.environ.items() if not k.startswith("XLWINGS")}
    shown = f"{code}\nimport sys; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", shown], capture_output=True, text=True, check=True, env=clean
    )
    return set(done.stdout.split())


@pytest.mark.slow
def test_importing_without_a_key_takes_nothing_from_xlwings_pro():
    host = modules_after("import klantwaarde_xl.hosts.excel")
    alone = modules_after("import xlwings")  # it looks for a key itself
    assert "xlwings.pro" not in host
    assert {m for m in host if m.startswith("xlwings")} == {m for m in alone if m.startswith("xlwings")}


@pytest.mark.slow
def test_a_cold_start_imports_nothing_heavy_that_xlwings_does_not():
    host = modules_after("import klantwaarde_xl.hosts.excel")
    alone = modules_after("import xlwings")
    heavy = {"pandas", "duckdb", "scipy", "openpyxl", "lxml", "xlsxwriter", "ironcalc"}
    assert not heavy & (host - alone)


def test_every_function_can_be_called_from_python_under_its_excel_name():
    from klantwaarde_xl.functions.registry import REGISTRY
    from klantwaarde_xl.hosts import excel

    for spec in REGISTRY:
        assert getattr(excel, spec.name).__name__ == spec.name
    assert excel.KLANTWAARDE(500, 2, 200) == 800.0
    assert excel.KLANTWAARDE("tekst", 2) == "#VALUE!"
