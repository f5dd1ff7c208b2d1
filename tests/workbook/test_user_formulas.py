"""Formulas that users write around our functions: each has its right value, or none."""

import math

import pytest

from klantwaarde_xl.addresses import address
from klantwaarde_xl.workbook.recalculate import recalculate, refill
from klantwaarde_xl.xlsx.package import Package
from tests.workbook.user_formulas import PLAIN, book, formulas

# Right in Excel, and an error of LibreOffice's own: it cannot hand an array to a function that wants cells
CALC_CANNOT = {"NPS({10,9,3})"}


@pytest.fixture(scope="module")
def package():
    package = Package.from_bytes(book())
    refill(package)
    return package


@pytest.fixture(scope="module")
def values(package):
    return recalculate(package)


@pytest.fixture(scope="module")
def by_calc(calc, tmp_path_factory, values):
    """What LibreOffice with our extension computes in the same cells."""
    path = tmp_path_factory.mktemp("formules") / "eigen.xlsx"
    path.write_bytes(book())
    document = calc.open(path=str(path))
    try:
        calc.recalculate(document)
        sheets = Package.open(path).sheet_names()
        return {
            sheet: dict(zip(cells, calc.many(document, list(cells), sheets.index(sheet)), strict=True))
            for sheet, cells in values.items()
            if cells
        }
    finally:
        calc.close(document)


def agree(got, expected):
    got, expected = (float(v) if isinstance(v, bool) else v for v in (got, expected))
    if isinstance(got, float) and isinstance(expected, float):
        return math.isclose(got, expected, rel_tol=1e-9, abs_tol=1e-9)
    return got == expected


def test_no_value_is_another_than_calc_computes(values, by_calc):
    texts = {address(row, 6): text for row, text in formulas().items()}
    wrong = [
        (sheet, cell, texts.get(cell) if sheet == "Blad1" else "", value, by_calc[sheet][cell])
        for sheet, cells in values.items()
        for cell, value in cells.items()
        if value is not None and not agree(value, by_calc[sheet][cell])
        and not (sheet == "Blad1" and texts.get(cell) in CALC_CANNOT)
    ]  # fmt: skip
    assert not wrong


def test_most_formulas_have_their_value(values):
    known = [row for row in formulas() if values["Blad1"][address(row, 6)] is not None]
    assert len(PLAIN) >= 100
    assert len(known) >= 95
