"""Formulas that users write around our functions: each has its right value, or none."""

import datetime as dt
import math
import zipfile
from xml.sax.saxutils import escape

import pytest

from klantwaarde_xl.addresses import address
from klantwaarde_xl.data.reading.files import read_transactions
from klantwaarde_xl.workbook.recalculate import recalculate, refill
from klantwaarde_xl.workbook.refresh import refresh_file
from klantwaarde_xl.xlsx.package import Package
from tests.conftest import NOW
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


def otherwise_in_calc(calc, package, values, path):
    """The formulas, in column J from row 1, of which Calc makes another value than ours."""
    path.write_bytes(package.to_bytes())
    document = calc.open(path=str(path))
    try:
        calc.recalculate(document)
        got = calc.many(document, [f"J{row}" for row in range(1, len(values) + 1)])
    finally:
        calc.close(document)
    return [
        (formula, value, other)
        for (formula, value), other in zip(values.items(), got, strict=True)
        if value is not None and not agree(value, other)
    ]


@pytest.mark.slow
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


OWN_FORMULAS = [
    "SUM(tblKpi[omzet])", "KLANTWAARDE(AVERAGE(tblRfm[omzet]),2)", "SUM(KLANTWAARDE(tblRfm[omzet],2))",
    "KLANTWAARDE(INDEX(tblRfm[omzet],MATCH(\"K10005\",tblRfm[klant],0)),2)", "NPS(Rekenhulp!I5:I9)",
    "GINICOEFFICIENT(tblRfm[omzet])", "TOPAANDEEL(tblRfm[omzet],0.2)", "CLV(ku_jaarmarge,0.8,kw_rente)",
    "COUNTIF(tblRfm[omzet],\">\"&KLANTWAARDE(100,1))", "SUM(RFM!K:K)", "MAX(RFM!K20:K40)", "A1*2", "A9&\" stuks\"",
    "SUMPRODUCT((tblRfm[omzet]>100)*tblRfm[aankopen])", "IFERROR(ONBEKEND(A1),0)", "SUM(A1:A15)",
    "IF(tblKpi[[#Totals],[omzet]]>0,1,0)", "ROUND(CLV(100,0.8,0.1)/A2,3)", ("INDEX(RFM(tblTransacties[klant],"
    "tblTransacties[datum],tblTransacties[bedrag]),2,3)"), "AOV(SUM(tblKpi[omzet]),SUM(tblKpi[orders]))",
]  # fmt: skip
OWN_COLUMN = "KLANTWAARDE(tblRfm[[#This Row],[omzet]],2)"


def customise(path):
    """Add a column of our function to tblRfm, and a sheet with formulas on our tables."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    package = Package.open(path)
    area = package.places()["tblRfm"][1]
    table = next(n for n, d in parts.items() if n.startswith("xl/tables/") and b'"tblRfm"' in d)
    old, new = (f"B{area.top}:{c}{area.bottom}".encode() for c in "JK")
    body = parts[table].replace(old, new).replace(b'<tableColumns count="9">', b'<tableColumns count="10">')
    column = (
        f'<tableColumn id="10" name="waarde"><calculatedColumnFormula>{OWN_COLUMN}</calculatedColumnFormula>'
    )
    parts[table] = body.replace(b"</tableColumns>", f"{column}</tableColumn></tableColumns>".encode())
    sheet = f"xl/worksheets/sheet{package.sheet_names().index('RFM') + 1}.xml"
    data = parts[sheet]
    for row in range(area.top, area.bottom + 1):
        cell = f'<c r="K{row}"><f>{OWN_COLUMN}</f><v>-98765</v></c>'
        if row == area.top:
            cell = f'<c r="K{row}" t="inlineStr"><is><t>waarde</t></is></c>'
        at = data.index(b"</row>", data.index(f'<row r="{row}"'.encode()))
        data = data[:at] + cell.encode() + data[at:]
    parts[sheet] = data
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><f>{escape(text)}</f><v>-98765</v></c></row>'
        for n, text in enumerate(OWN_FORMULAS, 1)
    )
    parts["xl/worksheets/sheet90.xml"] = (
        f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'.encode()
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
    for part, end, more in (
        ("[Content_Types].xml", b"</Types>", f'<Override PartName="/xl/worksheets/sheet90.xml" ContentType="{kind}"/>'),
        ("xl/workbook.xml", b"</sheets>", '<sheet name="Eigen" sheetId="90" r:id="rId90"/>'),
        ("xl/_rels/workbook.xml.rels", b"</Relationships>", ('<Relationship Id="rId90" Target="worksheets/sheet90.xml" '
         'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/>')),
    ):  # fmt: skip
        parts[part] = parts[part].replace(end, more.encode() + end)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


@pytest.mark.slow
def test_a_refreshed_dashboard_of_a_user_shows_what_calc_computes_or_nothing(dashboard, tmp_path, calc):
    customise(dashboard)
    source = tmp_path / "nieuw.csv"
    kept = Package.open(dashboard).read_table("tblTransacties").rows
    day = dt.date(1899, 12, 30)
    lines = ["klant;datum;bedrag", "AAA;1-1-2024;10"] + [
        f"{k};{day + dt.timedelta(int(d)):%d-%m-%Y};{str(b).replace('.', ',')}" for k, d, b in kept
    ]
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    refresh_file(dashboard, now=NOW, tables=read_transactions(source), backup=False)
    package = Package.open(dashboard)
    shown = package.shown()
    package.write_cached({sheet: dict.fromkeys(cells, -98765.0) for sheet, cells in shown.items()})
    package.save(tmp_path / "absurd.xlsx", backup=False)
    document = calc.open(path=str(tmp_path / "absurd.xlsx"))
    try:
        calc.recalculate(document)
        wrong = [
            (sheet, cell, value, got)
            for index, sheet in enumerate(package.sheet_names())
            for (cell, value), got in zip(
                shown.get(sheet, {}).items(),
                calc.many(document, list(shown.get(sheet, {})), index),
                strict=True,
            )
            if value is not None and not agree(value, got)
        ]
    finally:
        calc.close(document)
    assert not wrong
    table = Package.open(dashboard).read_table("tblRfm")
    omzet = table.headers.index("omzet")
    own = [row[-1] for row in table.rows]
    assert own == pytest.approx([2 * row[omzet] for row in table.rows])
    without = [OWN_FORMULAS[n] for n in range(len(OWN_FORMULAS)) if shown["Eigen"][f"A{n + 1}"] is None]
    assert without == ["IFERROR(ONBEKEND(A1),0)", "SUM(A1:A15)", "IF(tblKpi[[#Totals],[omzet]]>0,1,0)"]
