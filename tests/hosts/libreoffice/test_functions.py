"""Every function in real cells: typed, from an .xlsx, saved back, as an array, over errors."""

import re
import zipfile

import pytest
import xlsxwriter

from klantwaarde_xl.addresses import address
from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.notation import FILE
from klantwaarde_xl.functions.registry import REGISTRY
from tests.cases import EXAMPLES, FAILURES, same
from tests.hosts.libreoffice.blocks import API, blocks, plain
from tests.on_demand import OnDemand

# An error among loose numbers: Calc refuses the range before the function sees it (Err:504)
REFUSED_BY_CALC = {
    f"{p.id} fails"
    for p in FAILURES
    for spec, failure in [p.values]
    for arg, cells in zip(spec.args, failure.args, strict=False)
    if not arg.kind.is_column and isinstance(cells, tuple) and any(isinstance(c, CellError) for c in cells)
}
NAMES = [spec.name for spec in REGISTRY]
ABSURD = -987654321


@pytest.fixture(scope="module")
def typed(calc):
    """The result of each block whose formula was typed into a cell, by function."""
    document = calc.new()

    def show(name):
        cells, found = [], blocks_of(API, name)
        for block in found.values():
            cells += [[address(r, c), *plain(v)] for r, c, v in block.cells if v is not None]
            cells.append([block.area.address, "array" if block.is_spilled else "formula", block.formula])
        calc.write(document, cells=cells)
        results = calc.many(document, [block.area.address for block in found.values()])
        return dict(zip(found, results, strict=True))

    yield OnDemand(show)
    calc.close(document)


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """A workbook as XlsxWriter writes it, every formula with a cached value that is wrong."""
    path = tmp_path_factory.mktemp("book") / "functies.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        page = workbook.add_worksheet()
        for block in blocks(FILE).values():
            for row, column, value in block.cells:
                if value is not None:
                    kind, content = plain(value)
                    write = page.write_formula if kind == "formula" else page.write
                    write(row - 1, column - 1, content)
            a = block.area
            if block.is_spilled:
                span = (a.top - 1, a.left - 1, a.bottom - 1, a.right - 1)
                page.write_array_formula(*span, f"{{{block.formula}}}", None, ABSURD)
            else:
                page.write_formula(a.top - 1, a.left - 1, block.formula, None, ABSURD)
    return path


@pytest.fixture(scope="module")
def opened(calc, book):
    """The workbook opened in Calc and recalculated."""
    document = calc.open(path=str(book))
    calc.recalculate(document)
    yield document
    calc.close(document)


@pytest.fixture(scope="module")
def imported(calc, opened):
    found = blocks(FILE)
    results = calc.many(opened, [block.area.address for block in found.values()])
    return dict(zip(found, results, strict=True))


def blocks_of(dialect, name):
    return {key: block for key, block in blocks(dialect).items() if key.partition("-")[0] == name}


def wrong(shown, dialect, name):
    """The blocks of a function that show something else than is declared, with what they show."""
    found = blocks_of(dialect, name)
    assert found
    return {
        key: shown[key]
        for key, block in found.items()
        if not same(shown[key], 504 if key in REFUSED_BY_CALC else block.wanted, block.close)
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_typed_formula_gives_the_declared_result(typed, name):
    assert wrong(typed[name], API, name) == {}


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_formula_in_an_xlsx_gives_the_declared_result(imported, name):
    assert wrong(imported, FILE, name) == {}


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".xlsx", ".ods"])
def test_a_saved_workbook_opens_with_the_same_results(calc, opened, imported, tmp_path, suffix):
    path = tmp_path / f"terug{suffix}"
    calc.save(opened, path=str(path))
    again = calc.open(path=str(path))
    calc.recalculate(again)
    results = calc.many(again, [block.area.address for block in blocks(FILE).values()])
    calc.close(again)
    assert same(results, list(imported.values()), 1e-12)  # a file holds fifteen digits


@pytest.mark.slow
def test_a_formula_saved_to_xlsx_reads_as_it_was_written(calc, opened, tmp_path):
    path = tmp_path / "terug.xlsx"
    calc.save(opened, path=str(path))
    page = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
    found = set(re.findall(r"<f[^>]*>(.*?)</f>", page))
    assert "KLANTWAARDE(500,2,200)" in found
    assert not [formula for formula in found if "NL.KLANTWAARDE" in formula.upper()]


def test_a_column_in_gives_a_column_out(calc, sheet):
    cells = [[f"A{row}", "value", 100.0 * row] for row in (1, 2, 3)]
    calc.write(sheet, cells=[*cells, ["B1:B3", "array", "=KLANTWAARDE(A1:A3;2;50)"]])
    assert calc.cells(sheet, "B1:B3") == [[150.0], [350.0], [550.0]]


def test_a_function_is_a_number_inside_another_formula(calc, sheet):
    formulas = ["=1+AOV(10;4)", '=IF(AOV(10;4)>2;"ja";"nee")', '=IFERROR(AOV(1;0);"geen orders")']
    calc.write(sheet, cells=[[f"A{i}", "formula", f] for i, f in enumerate(formulas, 1)])
    assert calc.cells(sheet, "A1:A3") == [[3.5], ["ja"], ["geen orders"]]


def test_a_single_value_over_an_array_area_fills_it(calc, sheet):
    calc.write(sheet, cells=[["A1:B2", "array", "=AOV(10;4)"]])
    assert calc.cells(sheet, "A1:B2") == [[2.5, 2.5], [2.5, 2.5]]


@pytest.mark.parametrize("error", list(CellError), ids=lambda error: error.name)
def test_an_error_cell_comes_out_as_the_same_error(calc, sheet, error):
    cells = [["A1", "formula", f"={error.text}"], ["A2", "value", 9.0]]
    cells += [["B1", "formula", "=AOV(A1;2)"], ["B2", "formula", "=OMZETRETENTIE(A1:A2;A1:A2)"]]
    calc.write(sheet, cells=[*cells, ["B3:B3", "array", "=NPS(A1:A2+0)"]])
    assert calc.cells(sheet, "B1:B3") == [[error], [error], [error]]


def test_a_range_with_an_error_in_an_argument_that_takes_values_is_err_504(calc, sheet):
    # Calc's own answer for every add-in: the function is not called at all.
    calc.write(sheet, cells=[["A1", "formula", "=NA()"], ["B1:B2", "array", "=AOV(A1:A2;2)"]])
    calc.write(sheet, cells=[["B3", "formula", "=NPS(A1:A2)"]])
    assert calc.cells(sheet, "B1:B3") == [[504], [504], [504]]


def test_an_error_without_a_name_in_excel_comes_out_as_value(calc, sheet):
    calc.write(sheet, cells=[["A1", "formula", "=1+"], ["B1", "formula", "=OMZETRETENTIE(A1:A2;A1:A2)"]])
    assert calc.cells(sheet, "B1") is CellError.VALUE


def test_an_omitted_argument_takes_its_default_and_an_empty_cell_is_zero(calc, sheet):
    # Calc hands over 0 for a reference to an empty cell; nothing tells it from a real 0.
    calc.write(sheet, cells=[["A1", "formula", "=KLDW(400;5;0.3;)"], ["A2", "formula", "=KLDW(400;5;C9)"]])
    assert calc.cells(sheet, "A1:A2") == [[600.0], [0.0]]


def test_whole_columns_are_read_as_far_as_the_sheet_is_used(calc, sheet):
    example = next(p.values[1] for p in EXAMPLES if p.id == "RFM-0")
    cells = [
        [address(row, column), *plain(value)]
        for column, values in enumerate(example.args, 1)
        for row, value in enumerate(values, 1)
    ]
    # A longer column elsewhere on the sheet makes rows that are blank in all three.
    calc.write(sheet, cells=[*cells, ["Z50", "value", 1.0], ["E1:L6", "array", "=RFM(A:A;B:B;C:C)"]])
    assert same(calc.cells(sheet, "E1:L6"), example.result)


def test_a_range_function_follows_the_cells_it_reads(calc, sheet):
    cells = [["B1", "formula", "=NPS(A1:A2)"], ["A1", "formula", "=AOV(18;2)"], ["A2", "value", 3.0]]
    calc.write(sheet, cells=cells)
    calc.recalculate(sheet)
    assert calc.cells(sheet, "B1") == 0.0
    calc.write(sheet, cells=[["A2", "value", 10.0]])
    assert calc.cells(sheet, "B1") == 100.0


def test_a_formula_that_reads_itself_is_an_error(calc, sheet):
    calc.write(sheet, cells=[["A1", "value", 9.0], ["A2", "formula", "=OMZETRETENTIE(A1:A2;A1:A2)"]])
    assert calc.cells(sheet, "A2") is CellError.VALUE


def test_text_in_dutch_notation_is_a_number(calc, sheet):
    calc.write(sheet, cells=[["A1", "text", "€ 1.234,50"], ["B1", "formula", "=AOV(A1;2)"]])
    assert calc.cells(sheet, "B1") == 617.25


@pytest.mark.parametrize("spec", REGISTRY, ids=lambda spec: spec.name)
def test_the_function_wizard_shows_the_declaration(calc, spec):
    shown = calc.describe(function=spec.name)
    assert shown["description"] == spec.doc
    assert [(name, text) for name, text, _ in shown["arguments"]] == [
        (arg.name, arg.help()) for arg in spec.args
    ]
