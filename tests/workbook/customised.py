"""An older dashboard as its user left it: own columns, notes, colours, links, rules, sheets, names and figures."""

import datetime as dt
import shutil
import tempfile
from pathlib import Path

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import TableColumn, TableFormula

from klantwaarde_xl.workbook.refresh import show_values
from klantwaarde_xl.xlsx.package import Package

OLDER = Path(__file__).with_name("older")
TOP, BOTTOM = 20, 169  # the customers of the older dashboard, on its sheet RFM
FORMULAS = {
    "B1": "Dashboard!B5",
    "B2": "kc_netto",
    "B3": "SUM(tblRfm[omzet])",
    "B4": f"SUM(RFM!F{TOP}:F{BOTTOM})",
    "B5": 'VLOOKUP("K10002",RFM!B:J,5,FALSE)',
    "B6": "SUM(Gegevens!$D$5:$D$5000)",
    "B7": "MijnMarge*100",
    "B8": 'Retentie!A1&"!"',
    "B9": f'COUNTIF(RFM!$K${TOP}:$K${BOTTOM},"trouw")',
    "B10": "kc_kopers",
    "B11": "Berekening!C14+1",
    "B12": "Instellingen!C10",
}
BREAK = ("B1", "B10", "B11")  # cells and a name that the present version does not have


def customised(path):
    """Make it at a path; returns by what it is the customer of each thing."""
    book = openpyxl.load_workbook(OLDER / "dashboard-1.xlsx")
    rfm = book["RFM"]
    _widen(rfm, "tblRfm", f"B19:L{BOTTOM}", ("notitie", None), ("dubbel", "tblRfm[[#This Row],[omzet]]*2"))
    rfm["K19"], rfm["L19"], rfm["M19"] = "notitie", "dubbel", "ernaast"
    for row in range(TOP, BOTTOM + 1):
        rfm.cell(row, 12).value = "=tblRfm[[#This Row],[omzet]]*2"
        rfm.cell(row, 13).value = f"=F{row}+1"
    rfm["K22"], rfm["K30"] = "bellen!", "trouw"
    rfm["B25"].comment = Comment("vaste klant", "Jan")
    rfm["K40"].comment = Comment("over de notitie", "Jan")
    rfm["B28"].fill = PatternFill("solid", fgColor="FFFF00")
    rfm["B33"].hyperlink = "https://example.org/klant?a=1&b=2"
    rfm.column_dimensions["K"].width = 33
    rule = DataValidation(type="list", formula1='"bellen!,trouw"')
    rule.add(f"K{TOP}:K{BOTTOM}")
    rfm.add_data_validation(rule)
    green = CellIsRule("equal", ['"trouw"'], fill=PatternFill(bgColor="00FF00"))
    rfm.conditional_formatting.add(f"K{TOP}:K{BOTTOM}", green)
    whose = {what: rfm[cell].value for what, cell in
             {"bellen!": "B22", "trouw": "B30", "opmerking": "B25", "eigen": "B40", "kleur": "B28", "link": "B33"}.items()}  # fmt: skip
    data = book["Gegevens"]
    _widen(data, "tblTransacties", "B4:E429", ("herkomst", None))
    data["E4"], data["E6"] = "herkomst", "beurs"
    data["B430"], data["C430"], data["D430"] = "AANVULLING", dt.date(2026, 10, 30), 250
    book["Instellingen"]["C10"] = 12345
    book["Rekenhulp"]["D7"] = 0.41  # an assumption for the margin, in a cell without a name
    book["Dashboard"]["O5"] = "mijn kanttekening"
    own = book.create_sheet("Mijn blad", 2)
    for cell, text in FORMULAS.items():
        own[cell] = f"={text}"
    chart = BarChart()
    chart.add_data(Reference(rfm, min_col=6, min_row=19, max_row=BOTTOM), titles_from_data=True)
    own.add_chart(chart, "D2")
    book.create_sheet("Retentie")["A1"] = "van mij"
    book.defined_names["MijnMarge"] = DefinedName("MijnMarge", attr_text="Instellingen!$C$8")
    book.save(path)
    _shown(path)
    return whose


def _widen(sheet, table, reference, *columns):
    """Let a table have more columns: a header and a formula each."""
    found = sheet.tables[table]
    found.ref = found.autoFilter.ref = reference
    for header, formula in columns:
        column = TableColumn(id=len(found.tableColumns) + 1, name=header)
        if formula:
            column.calculatedColumnFormula = TableFormula(attr_text=formula)
        found.tableColumns.append(column)


def _shown(path):
    """Give the formulas their values, as a spreadsheet program does when it saves."""
    package = Package.open(path)
    show_values(package)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "shown.xlsx"
        package.save(made, backup=False)
        shutil.copy(made, path)
