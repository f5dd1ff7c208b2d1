"""References to one row of a table: found in formulas and names, and not taken for ranges or the table's own."""

import io

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.table import Table

from klantwaarde_xl.addresses import Area
from klantwaarde_xl.xlsx.package import Package
from klantwaarde_xl.xlsx.pointers import pointers
from klantwaarde_xl.xlsx.pointing import at_rows_of, covering, formula_at, link_at, name_of

BODY, OUTER = Area(4, 2, 8, 4), (2, 5)
TABLE = {"name": "tbl", "columns": [{"header": name} for name in ("klant", "datum", "bedrag")]}
"""B4:D8 on Klanten, with a column beside it that is of its rows."""


def found(cells=(), names=(), links=(), most=10**6):
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    sheets = {name: made.add_worksheet(name) for name in ("Klanten", "Mijn 'b' lad")}
    for sheet, place, formula in cells:
        sheets[sheet].write_formula(place, formula)
    sheets["Klanten"].add_table("B3:D8", TABLE)
    for sheet, place, url in links:
        sheets[sheet].write_url(place, url)
    sheets["Klanten"].print_area("B4:D4")
    for name, formula in names:
        made.define_name(name, formula)
    made.close()
    structure = Package.from_bytes(out.getvalue()).structure
    return [
        (one.said, one.target) for one in at_rows_of(pointers(structure, most), "KLANTEN", BODY, outer=OUTER)
    ]


@pytest.mark.parametrize(
    ("formula", "target"),
    [
        ("=Klanten!B4", "Klanten!B4"),
        ("=klanten!$D$8*2", "klanten!D8"),
        ("=SUM('Klanten'!B6:D6)", "Klanten!B6:D6"),
        ("=Klanten!B5:D5 Klanten!C:C", "Klanten!B5:D5"),
        ("=IF(Klanten!B5=0,0,Klanten!$B$5)", "Klanten!B5"),  # once
        ("=Klanten!B3", None),  # its header
        ("=Klanten!B9", None),
        ("=Klanten!A5", None),
        ("=Klanten!E5", None),
        ("=SUM(Klanten!B4:B8)", None),
        ("=SUM(Klanten!B4:B5)", None),
        ("=SUM(Klanten!C:C)", None),
        ("=B5", None),
        ('="Klanten!B5"', None),
        ("=Klanten!LOG10(5)", None),
    ],
)
def test_a_formula_on_another_sheet(formula, target):
    assert found([("Mijn 'b' lad", "A1", formula)]) == ([("Mijn 'b' lad!A1", target)] if target else [])


@pytest.mark.parametrize(
    ("place", "is_told"), [("F5", True), ("A5", True), ("D12", True), ("E5", False), ("C6", False)]
)
def test_a_formula_on_the_sheet_itself_unless_it_is_of_the_rows(place, is_told):
    assert found([("Klanten", place, "=$B$4&D7")]) == (
        [(f"Klanten!{place}", "Klanten!B4"), (f"Klanten!{place}", "Klanten!D7")] if is_told else []
    )


def test_a_name_and_not_what_programs_name_for_themselves():
    names = [("vip", "=Klanten!$B$5"), ("alles", "=Klanten!$B$4:$B$8")]
    assert found(names=names) == [("de naam vip", "Klanten!B5")]


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("internal:Klanten!B5", "Klanten!B5"),
        ("internal:'Klanten'!B5:D5", "Klanten!B5:D5"),
        ("internal:Klanten!B1", None),
        ("internal:Klanten!B4:B8", None),
        ("internal:vip", None),
        ("https://voorbeeld.nl/#Klanten!B5", None),
        ("external:ander.xlsx#Klanten!B5", None),
    ],
)
def test_a_link_to_a_row(url, target):
    sheet = "Mijn 'b' lad"
    said = [(f"de koppeling in {sheet}!C2", target)] if target else []
    assert found(links=[(sheet, "C2", url)]) == said
    assert found(links=[("Klanten", "C5", url)]) == []  # in the table's own rows it goes along


def test_a_link_that_another_program_wrote_as_an_address():
    book = openpyxl.Workbook()
    book.active.title = "Mijn"
    sheet = book.create_sheet("Klanten")
    sheet.append([])
    sheet.append([None, "klant", "datum"])
    sheet.add_table(Table(displayName="tbl", ref="B2:C8"))
    book.active["C2"].hyperlink = "#Klanten!B5"
    out = io.BytesIO()
    book.save(out)
    structure = Package.from_bytes(out.getvalue()).structure
    (one,) = at_rows_of(pointers(structure, 10**6), "Klanten", BODY, outer=OUTER)
    assert (one.said, one.target) == ("de koppeling in Mijn!C2", "Klanten!B5")


def test_of_more_formulas_than_are_read_anywhere_none_is_said():
    cells = [("Mijn 'b' lad", f"A{row}", "=Klanten!B5") for row in range(1, 4)]
    assert len(found(cells)) == 3
    assert found(cells, most=25) == []


@pytest.mark.parametrize(
    ("formula", "wanted"),
    [
        ("SUM(Klanten!D4:D8)", ("Klanten!D4:D8", 8)),
        ("SUM(klanten!$D$3:$E$8)", ("Klanten!D3:E8", 8)),
        ("SUM(Klanten!D1:D8)", ("Klanten!D1:D8", 8)),
        ("SUM(Klanten!D4:D40)", ("Klanten!D4:D40", 40)),  # with room
        ("VLOOKUP(1,Klanten!B4:H8,6,0)", ("Klanten!B4:H8", 8)),
        ("SUM(Klanten!D5:D8)", None),
        ("SUM(Klanten!D4:D7)", None),
        ("SUM(Klanten!D:D)+Klanten!D4+SUM(tbl[bedrag])", None),
        ("SUM(Klanten!G4:G8)", None),
        ("SUM(D4:D8)", None),
        ('"Klanten!D4:D8"', None),
    ],
)
def test_a_range_over_all_rows_is_known_with_its_last_row(formula, wanted):
    found = covering([formula_at("Blad", 1, 1, formula)], "Klanten", BODY, outer=OUTER)
    assert [(one.said, one.target, one.last) for one in found] == ([("Blad!A1", *wanted)] if wanted else [])


def test_a_range_that_many_formulas_have_is_named_once_and_a_link_is_none():
    said = [formula_at("Klanten", row, 5, f"D{row}/SUM($D$4:$D$8)") for row in range(4, 9)]
    said += [name_of("alles", "Klanten!$D$4:$D$8"), link_at("Blad", 1, 1, "Klanten!D4:D8")]
    found = covering(said, "Klanten", BODY, outer=OUTER)
    assert [(one.said, one.target) for one in found] == [("Klanten!E4", "Klanten!D4:D8")]
