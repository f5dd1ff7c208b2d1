"""Cells as other programs write them: to the format they are empty, a number, a boolean or a day all the same."""

import io
import re
import zipfile

import openpyxl
import pytest

from klantwaarde_xl.addresses import address
from klantwaarde_xl.workbook.layout import layout_of
from klantwaarde_xl.workbook.recalculate import refill
from klantwaarde_xl.workbook.templates import template
from klantwaarde_xl.xlsx.package import Package
from tests.workbook.test_recalculate import shown, workbook
from tests.workbook.test_user_formulas import agree, otherwise_in_calc

EMPTY = [
    '<c r="A1" t="n"/>', '<c r="A1" t="n"></c>', '<c r="A1"></c>', '<c r="A1"> </c>', '<c r="A1"><v/></c>',
    '<c r="A1"><v></v></c>', '<c r="A1" t="b"/>', '<c r="A1" t="e"/>', '<c r="A1" t="s"/>',
    '<c r="A1" t="d"/>', "<c r='A1' t='n'/>", '<c t="n" r="A1"/>', '<c r="A1" t="b"><v/></c>',
]  # fmt: skip
WRITTEN = {
    '<c r="A1"><v> 37 </v></c>': 37.0,
    '<c r="A1"><v>3.7E1</v></c>': 37.0,
    '<c r="A1"><v>+37</v></c>': 37.0,
    '<c r="A1"><v>.37</v></c>': 0.37,
    '<c r="A1" t="n"><v>-37</v></c>': -37.0,
    '<c r="A1" t="d"><v>2023-08-09</v></c>': 45147.0,
    '<c r="A1" t="d"><v>2023-08-09T12:00:00Z</v></c>': 45147.5,
    '<c r="A1" t="b"><v>true</v></c>': True,
    '<c r="A1" t="b"><v>false</v></c>': False,
    '<c r="A1" t="b"><v> 1 </v></c>': True,
}
FORMULAS = (
    '=IF(A1="","leeg","vol")', "=COUNTA(A1:A2)", "=COUNT(A1:A2)", "=ISBLANK(A1)", "=A1+1", '=A1&"!"',
    "=IF(A1,1,2)", "=SUM(A1:A2)", '=IF(A1="","",KLANTWAARDE(A1,2))', "=A1=TRUE", "=AVERAGE(A1:A2)",
)  # fmt: skip


def written(cell):
    """A workbook in which A1 is written as it is given."""
    package = workbook({"A1": 5, "A2": 3} | {f"J{at}": text for at, text in enumerate(FORMULAS, 1)})
    return replaced(package, "xl/worksheets/sheet1.xml", rb'<c r="A1"[^>]*><v>5</v></c>', cell.encode())


def replaced(package, part, old, new):
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package.to_bytes())) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            data = source.read(name)
            if name == part:
                data, count = re.subn(old, lambda _: new, data)
                assert count == 1
            archive.writestr(name, data)
    return Package.from_bytes(target.getvalue())


def of_value(value):
    """What the formulas show when A1 is written as most programs do."""
    cells = {"A2": 3} if value is None else {"A1": value, "A2": 3}
    return column(workbook(cells | {f"J{at}": text for at, text in enumerate(FORMULAS, 1)}))


def column(package):
    found = shown(package)
    return {text: found[f"J{at}"] for at, text in enumerate(FORMULAS, 1)}


@pytest.mark.parametrize("cell", EMPTY)
def test_an_empty_cell_is_empty_however_it_is_written(cell):
    assert column(written(cell)) == of_value(None)
    assert of_value(None)['=IF(A1="","leeg","vol")'] == "leeg"


@pytest.mark.parametrize("cell", WRITTEN)
def test_a_value_is_the_same_however_it_is_written(cell):
    wanted = of_value(WRITTEN[cell])
    assert column(written(cell)) == wanted
    assert wanted["=COUNTA(A1:A2)"] == 2.0


@pytest.mark.slow
@pytest.mark.parametrize("cell", [*EMPTY, *WRITTEN])
def test_calc_reads_them_so_too(cell, calc, tmp_path):
    package = written(cell)
    assert otherwise_in_calc(calc, package, column(package), tmp_path / "anders.xlsx") == []


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl.*")
@pytest.mark.parametrize("name", ["dashboard", "prognose"])
def test_a_workbook_that_another_program_saved_shows_the_same(name, shop_bytes, forecast_bytes):
    made = Package.from_bytes({"dashboard": shop_bytes, "prognose": forecast_bytes}[name])
    target = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(made.to_bytes())).save(target)
    saved = Package.from_bytes(target.getvalue())
    refill(saved)
    before, after = made.shown(), saved.shown()
    for spot in layout_of(template(name)).names.values():
        cell = address(spot.row, spot.column)
        if cell in before[spot.sheet]:
            assert agree(after[spot.sheet][cell], before[spot.sheet][cell]), (spot.sheet, cell)
