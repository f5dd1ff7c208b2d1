"""The add-in's own VBA runs: its twin, a workbook with the same modules, opened in a real LibreOffice.

LibreOffice opens no .xlam, and one module that does not compile there (Declare, IRibbonControl) would
silence them all; so those have a stand-in, and the one line that calls Python shows what it would send.
LibreOffice shows an error value that VBA makes as its number, and knows no calendar of a workbook.
"""

import datetime as dt
import re

import pytest

from klantwaarde_xl.addresses import address
from klantwaarde_xl.dutch import date_to_serial
from klantwaarde_xl.errors import CellError
from klantwaarde_xl.hosts.excel.addin.build import addin_files, addin_modules
from klantwaarde_xl.hosts.excel.functions import SENTINELS
from klantwaarde_xl.hosts.zipped import write_zip
from tests.cases import EXAMPLES, same
from tests.hosts.libreoffice.blocks import API, blocks, plain

STAND_INS = {r"Python\.CallUDF\(.*\)": "KwSent(Name, Cells)", r"Area\.Worksheet\.Parent\.Date1904": "False"}
NUMBERS = {"NULL": 2000, "DIV0": 2007, "VALUE": 2015, "REF": 2023, "NAME": 2029, "NUM": 2036, "NA": 2042}
SERVER = """
Public Function KwServer() As Object
    Set KwServer = ThisComponent
End Function
"""
SHOWS = """
Public Function KwSent(ByVal Name As String, ByVal Cells As Variant) As Variant
    Dim i As Long, t As String
    t = Name
    For i = LBound(Cells) To UBound(Cells)
        t = t & "|" & AsText(Cells(i))
    Next i
    KwSent = t
End Function

Private Function AsText(ByVal v As Variant) As String
    Dim i As Long, j As Long, t As String
    If IsArray(v) Then
        For i = LBound(v, 1) To UBound(v, 1)
            For j = LBound(v, 2) To UBound(v, 2)
                t = t & AsText(v(i, j)) & "~"
            Next j
            t = t & "/"
        Next i
        AsText = t
    ElseIf IsEmpty(v) Then
        AsText = "-"
    Else
        AsText = CStr(v)
    End If
End Function

Public Function KWERROR(Text As String)
    KWERROR = KwShown(Text)
End Function

Public Function KWPIECES(Text As String)
    KWPIECES = KwSent("NPS", Array(KwArg(Worksheets(1).Range(Text))))
End Function

Public Function KWTABLE(Rows As Long)
    Dim Table(0 To 2, 0 To 1) As Variant, Row(0 To 1) As Variant
    Row(0) = "#KW!NUM"
    Row(1) = 7
    Table(0, 0) = "naam"
    Table(0, 1) = 1.5
    Table(1, 0) = "#KW!NA"
    Table(2, 1) = "#KW!DIV0"
    If Rows = 1 Then KWTABLE = KwShown(Row) Else KWTABLE = KwShown(Table)
End Function
"""

SILENT = {name: "" for name in addin_modules() if name.startswith(("KwUitleg", "KwRibbon", "ThisWorkbook"))}


@pytest.fixture(scope="module")
def twin(tmp_path_factory):
    """The add-in as a workbook."""
    path = tmp_path_factory.mktemp("twin") / "klantwaarde.xlsm"
    return write_zip(path, addin_files(".xlsm"), what="twin")


@pytest.fixture
def book(office, twin):
    """The twin opened, and what would call Python shows what it sends."""
    cells = addin_modules()["KwCellen"]
    for pattern, text in STAND_INS.items():
        cells, count = re.subn(pattern, text, cells)
        assert count == 1
    document = office.open_with_macros(
        path=str(twin), modules=SILENT | {"KwCellen": cells, "KwPython": SERVER, "KwShows": SHOWS}
    )
    yield document
    office.close(document)


def made(error):
    """An error value of VBA's in a cell of LibreOffice."""
    return f"Error {NUMBERS[error.name]}"


def sent(value):
    """An argument as the stand-in shows it."""
    if value is None:
        return "-"
    if isinstance(value, CellError):
        return "0"  # what LibreOffice hands over for an error in a range
    if isinstance(value, tuple) and len(value) == 1 and not isinstance(value[0], tuple):
        return sent(value[0])
    if isinstance(value, tuple):
        rows = [row if isinstance(row, tuple) else (row,) for row in value]
        return "".join("".join(f"{sent(cell)}~" for cell in row) + "/" for row in rows)
    if isinstance(value, dt.date):
        return sent(date_to_serial(value))
    return value if isinstance(value, str) else str(value)


def parts(text):
    """What was shown, with numbers as numbers."""
    found = re.split(r"[|~/]", str(text))
    return [
        float(part) if re.fullmatch(r"-?[\d.]+(E[+-]?\d+)?", part, re.IGNORECASE) else part for part in found
    ]


@pytest.mark.slow
def test_every_function_sends_its_arguments_in_order_and_nothing_for_what_is_left_out(office, book):
    laid = blocks(API)
    cells = []
    for p in EXAMPLES:
        cells += [[address(r, c), *plain(v)] for r, c, v in laid[p.id].cells if v is not None]
        cells.append([address(laid[p.id].area.top, laid[p.id].area.left), "formula", laid[p.id].formula])
    office.write(book, cells=cells)
    office.recalculate(book)
    shown = office.many(book, [address(laid[p.id].area.top, laid[p.id].area.left) for p in EXAMPLES])
    wrong = {}
    for p, got in zip(EXAMPLES, shown, strict=True):
        spec, example = p.values
        # For what is left out between two arguments LibreOffice hands over nought
        between = [0 if value is None else value for value in example.args]
        args = [*between, *[None] * (len(spec.args) - len(example.args))]
        wanted = "|".join([spec.name, *map(sent, args)])
        if not same(parts(got), parts(wanted)):
            wrong[p.id] = (got, wanted)
    assert not wrong, list(wrong.items())[:5]


@pytest.mark.parametrize("error", list(CellError), ids=lambda error: error.name)
def test_an_error_is_a_real_error_value(office, book, error):
    office.write(book, cells=[["A1", "formula", f'=KWERROR("{SENTINELS[error]}")']])
    assert office.cells(book, "A1") == made(error)


def test_text_that_is_no_error_of_ours_stays_text(office, book):
    office.write(book, cells=[["A1", "formula", '=KWERROR("#KW!ANDERS")']])
    assert office.cells(book, "A1") == "#KW!ANDERS"


def test_a_table_has_its_errors_in_their_cells_and_nothing_where_there_is_no_value(office, book):
    office.write(book, cells=[["A1:B3", "array", "=KWTABLE(3)"]])
    assert office.cells(book, "A1:B3") == [
        ["naam", 1.5],
        [made(CellError.NA), ""],
        ["", made(CellError.DIV0)],
    ]


def test_a_table_of_one_row_is_a_row(office, book):
    office.write(book, cells=[["A1:B1", "array", "=KWTABLE(1)"]])
    assert office.cells(book, "A1:B1") == [[made(CellError.NUM), 7.0]]


def test_a_whole_column_is_read_as_far_as_its_sheet_is_used(office, book):
    cells = [["A1", "value", 9.0], ["A2", "value", 3.0], ["C4", "text", "laatste"]]
    office.write(book, cells=[*cells, ["D1", "formula", "=NPS(A:A)"]])
    assert office.cells(book, "D1") == "NPS|9~/3~/-~/-~/"


def test_loose_pieces_of_a_sheet_are_an_error_and_never_the_first_piece(office, book):
    cells = [["A1", "value", 9.0], ["A3", "value", 3.0], ["D1", "formula", '=KWPIECES("A1,A3")']]
    office.write(book, cells=[*cells, ["D2", "formula", '=KWPIECES("A1:A3")']])
    assert office.cells(book, "D1") == f"NPS|{made(CellError.VALUE)}"
    assert office.cells(book, "D2") == "NPS|9~/-~/3~/"


def test_without_python_a_cell_says_that_the_function_is_not_installed(office, twin):
    absent = """
Public Function KwServer() As Object
    Err.Raise 1000, , "weg"
End Function
"""
    document = office.open_with_macros(path=str(twin), modules=SILENT | {"KwPython": absent})
    office.write(document, cells=[["A1", "formula", "=AOV(10;4)"]])
    assert office.cells(document, "A1") == made(CellError.NAME)
    office.close(document)
