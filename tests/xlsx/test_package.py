"""Refreshing a rich workbook: what changes, and that nothing else does."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from klantwaarde_xl.plan.closed import apply_plan
from klantwaarde_xl.plan.lost import Lost
from klantwaarde_xl.plan.plan import NameWrite, Plan, TableWrite
from klantwaarde_xl.xlsx.package import Edited, Package
from tests.workbook.rich import COLUMNS, TOP, cell, customers, edited, pack, rich, unpack, with_openpyxl
from tests.xlsx.applying import apply

DATA = "xl/worksheets/sheet3.xml"
OLD = 12
SIZES = (30, 5, 1, OLD, 0)


def write(rows: list[tuple[object, ...]], **more: object) -> Plan:
    return Plan((TableWrite("tblData", COLUMNS, rows, **{"key": ("KlantID",), **more}),))


def refreshed(data: bytes, rows: list[tuple[object, ...]], **more: object) -> tuple[bytes, Edited]:
    package = Package.from_bytes(data)
    report = apply(package, write(rows, **more))
    return package.to_bytes(), report


def lost(data: bytes, rows: list[tuple[object, ...]], **more: object) -> list[Lost]:
    return list(apply_plan(Package.from_bytes(data), write(rows, **more)).lost)


@pytest.fixture(scope="module")
def book() -> bytes:
    return rich(OLD)


def test_a_package_that_is_not_changed_is_the_same_file(book: bytes) -> None:
    assert Package.from_bytes(book).to_bytes() == book


@pytest.mark.parametrize("size", SIZES)
def test_the_new_body_is_read_back(book: bytes, size: int) -> None:
    data, _ = refreshed(book, customers(size))
    rows = Package.from_bytes(data).read_table("tblData").rows
    if size == 0:
        assert [row[:5] for row in rows] == [[None] * 5]
    else:
        day = dt.date(1899, 12, 30)
        want = [[k, n, float((d - day).days), b, m] for k, n, d, b, m in customers(size)]
        assert [row[:5] for row in rows] == want


@pytest.mark.parametrize("size", SIZES)
def test_openpyxl_and_calamine_read_the_new_body(book: bytes, size: int) -> None:
    data, _ = refreshed(book, customers(size))
    sheet = with_openpyxl(data)["Data"]
    bottom = TOP + max(1, size) - 1
    assert sheet.tables["tblData"].ref == f"A4:H{bottom}"
    read = [tuple(value.value for value in row) for row in sheet[f"A{TOP}:E{bottom}"]]
    midnight = dt.time()
    wanted = [(k, n, dt.datetime.combine(d, midnight), b, m) for k, n, d, b, m in customers(size)]
    assert read == (wanted or [(None,) * 5])
    assert sheet["A200"].value == "ver onder de tabel"
    other = CalamineWorkbook.from_filelike(io.BytesIO(data), load_tables=True)
    table = other.get_table_by_name("tblData").to_python()
    assert [row[:2] + row[3:5] for row in table] == [
        [k, n, b, m] for k, n, _, b, m in customers(size)
    ] or not size


def test_exactly_the_parts_that_must_change_change(book: bytes) -> None:
    data, report = refreshed(book, customers(30))
    before, after = unpack(book), unpack(data)
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {
        "[Content_Types].xml",
        "xl/_rels/workbook.xml.rels",
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/sheet3.xml",
        "xl/worksheets/sheet4.xml",
        "xl/charts/chart1.xml",
        "xl/tables/table1.xml",
        "xl/pivotCache/pivotCacheDefinition1.xml",
    }
    assert set(report.changed) == changed
    assert set(before) - set(after) == {"xl/calcChain.xml"} == set(report.dropped)


def test_the_same_size_changes_neither_charts_nor_other_sheets(book: bytes) -> None:
    _, report = refreshed(book, customers(OLD, 3))
    assert not [name for name in report.changed if "chart" in name or "sheet1" in name or "sheet4" in name]


def test_all_other_parts_keep_their_compressed_bytes_place_and_metadata(book: bytes) -> None:
    data, report = refreshed(book, customers(30))

    def members(content: bytes) -> list[tuple[object, ...]]:
        found = []
        with zipfile.ZipFile(io.BytesIO(content)) as source:
            for info in source.infolist():
                start = info.header_offset + 30 + len(info.filename)
                packed = content[start : start + info.compress_size]
                found.append((info.filename, info.date_time, info.external_attr, info.create_system, packed))
        return found

    gone = set(report.dropped)
    before = [member for member in members(book) if member[0] not in gone]
    after = members(data)
    assert [member[:4] for member in after] == [member[:4] for member in before]
    assert all(
        a[4] == b[4] for a, b in zip(after, before, strict=True) if a[0] not in report.changed
    )  # fmt: skip


@pytest.mark.parametrize("size", [30, 5])
def test_outside_the_table_the_sheet_is_the_same(book: bytes, size: int) -> None:
    """Put the few places that may differ aside, and compare the rest as text."""
    data, _ = refreshed(book, customers(size))

    def rest(content: bytes, bottom: int) -> str:
        text = unpack(content)[DATA].decode()
        text = re.sub(r'<row r="(\d+)".*?</row>', lambda m: m[0] if int(m[1]) < TOP else "", text)
        return re.sub(rf"(?<=[A-Z$]){bottom}\b", "#", text) + cell(content, DATA, "A200")

    assert rest(data, TOP + size - 1) == rest(book, TOP + OLD - 1)


@pytest.mark.parametrize("size", SIZES)
def test_cells_beside_the_table_stay_in_their_rows(book: bytes, size: int) -> None:
    data, _ = refreshed(book, customers(size))
    assert cell(data, DATA, "K5") == cell(book, DATA, "K5")
    assert "<f>D5+1</f>" in cell(data, DATA, "K7")


def test_cells_of_removed_rows_disappear(book: bytes) -> None:
    data, _ = refreshed(book, customers(2))
    text = unpack(data)[DATA].decode()
    assert not re.search(r'<c r="[A-H](?:7|8|9|1\d)"', text)


def test_the_height_of_a_row_stays(book: bytes) -> None:
    data, _ = refreshed(book, customers(30))
    assert re.search(r'<row r="6"[^>]* ht="30" customHeight="1"', unpack(data)[DATA].decode())


@pytest.mark.parametrize("size", SIZES)
def test_ranges_and_references_follow_the_body(book: bytes, size: int) -> None:
    data, _ = refreshed(book, customers(size))
    parts = {name: content.decode("utf-8", "replace") for name, content in unpack(data).items()}
    end = TOP + max(1, size) - 1
    assert (
        f'ref="A4:H{end}" totalsRowShown="0"><autoFilter ref="A4:H{end}"/>' in parts["xl/tables/table1.xml"]
    )
    sheet = parts[DATA]
    assert f"<f>SUM(D{TOP}:D{end})</f>" in cell(data, DATA, "C1")
    assert f"<f>SUM(D{TOP}:D{end})</f>" in cell(data, DATA, "K6")
    for areas in re.findall(r'sqref="([BDE]\d[^"]*)"|<xm:sqref>([^<]*)<', sheet):
        assert re.fullmatch(rf"[BDE]{TOP}(?::[BDE]{end})?", "".join(areas)), areas
    assert f"<xm:f>Data!D{TOP}:D{end}</xm:f><xm:sqref>D3</xm:sqref>" in parts["xl/worksheets/sheet1.xml"]
    assert f"<f>SUM(Data!$D${TOP}:$D${end})*2</f>" in parts["xl/worksheets/sheet4.xml"]
    assert f'COUNTIF(Data!A{TOP}:A{end},"Data!D{TOP}:D16")' in parts["xl/worksheets/sheet4.xml"]
    assert "+Data!D6</f>" in parts["xl/worksheets/sheet4.xml"]
    assert f">Data!$D${TOP}:$D${end}</definedName>" in parts["xl/workbook.xml"]
    assert f">Data!$A$1:$I${end}</definedName>" in parts["xl/workbook.xml"]
    assert parts["xl/charts/chart1.xml"].count(f"${end}</c:f>") == 2
    assert "<c:f>Data!$D$4</c:f>" in parts["xl/charts/chart1.xml"]
    pivot = parts["xl/pivotCache/pivotCacheDefinition1.xml"]
    assert f'ref="A4:H{end}"' in pivot
    assert 'refreshOnLoad="1"' in pivot


def test_shrinking_to_nothing_and_growing_again_restores_every_reference(book: bytes) -> None:
    package = Package.from_bytes(book)
    apply(package, write([]))
    apply(package, write(customers(OLD)))
    before, after = unpack(book), unpack(package.to_bytes())
    for name in ("xl/charts/chart1.xml", "xl/tables/table1.xml", "xl/worksheets/sheet4.xml"):
        assert after[name] == before[name], name


def test_the_calculation_chain_is_gone_everywhere_and_excel_computes_when_opening(book: bytes) -> None:
    data, _ = refreshed(book, customers(3))
    parts = unpack(data)
    assert not [name for name, content in parts.items() if b"calcChain" in content or "calcChain" in name]
    assert b'fullCalcOnLoad="1"' in parts["xl/workbook.xml"]


def test_a_workbook_without_calculation_settings_gets_them_behind_the_names(book: bytes) -> None:
    bare = edited(book, "xl/workbook.xml", '<calcPr calcId="124519" fullCalcOnLoad="1"/>', "")
    data, _ = refreshed(bare, customers(3))
    assert b'</definedNames><calcPr fullCalcOnLoad="1"/>' in unpack(data)["xl/workbook.xml"]


def test_a_calculated_column_gets_its_formula_in_every_row_without_a_stale_number(book: bytes) -> None:
    data, _ = refreshed(book, customers(20))
    for row in range(TOP, TOP + 20):
        xml = cell(data, DATA, f"F{row}")
        assert "[[#This Row],[Bedrag]]" in xml
        assert "<v>" not in xml


def test_columns_keep_the_style_of_the_first_row(book: bytes) -> None:
    data, _ = refreshed(book, customers(20))
    style = re.search(r' s="\d+"', cell(book, DATA, "C5"))
    assert style
    assert style[0] in cell(data, DATA, f"C{TOP + 19}")


def test_the_users_own_column_moves_with_its_key(book: bytes) -> None:
    rows = list(reversed(customers(OLD)))
    data, report = refreshed(book, rows)
    table = Package.from_bytes(data).read_table("tblData").rows
    assert {row[0]: row[6] for row in table if row[6]} == {
        f"K{n:04d}": f"nabellen K{n:04d}" for n in range(0, OLD, 3)
    }
    assert lost(book, rows) == []
    assert report.rekeyed == 4  # formulas that all rows have are written where they stand


def test_a_formula_that_moves_refers_to_its_own_new_row(book: bytes) -> None:
    data, _ = refreshed(book, list(reversed(customers(OLD))))
    assert "<f>D5*2</f>" in cell(data, DATA, "H5")
    assert cell(data, DATA, "H16") == '<c r="H16"><f>D16*2</f></c>'


def test_equal_keys_are_told_apart_by_their_occurrence(book: bytes) -> None:
    package = Package.from_bytes(book)
    twice = [("K1", "eerste", None, 1, 1), ("K1", "tweede", None, 2, 2)]
    apply(package, Plan((TableWrite("tblData", (*COLUMNS, "Opmerking"), [(*r, r[1]) for r in twice]),)))
    apply(package, write([("K0", "nieuw", None, 0, 0), *twice]))
    rows = package.read_table("tblData").rows
    assert [row[6] for row in rows] == [None, "eerste", "tweede"]


def test_values_whose_key_is_gone_are_reported(book: bytes) -> None:
    found = [one for one in lost(book, customers(OLD, 1)) if one.column == "Opmerking"]
    assert [(one.row, one.belongs_to, one.value) for one in found] == [
        (TOP, "KlantID K0000", "nabellen K0000")
    ]


def test_without_a_key_the_users_column_stays_in_place(book: bytes) -> None:
    data, _ = refreshed(book, customers(4, 50), key=())
    rows = Package.from_bytes(data).read_table("tblData").rows
    assert [row[6] for row in rows] == ["nabellen K0000", None, None, "nabellen K0003"]
    values = {one.value for one in lost(book, customers(4, 50), key=())}
    assert values >= {"nabellen K0006", "nabellen K0009"}


def test_a_number_typed_over_a_calculated_column_moves_with_its_key(book: bytes) -> None:
    odd = edited(book, DATA, cell(book, DATA, "F6"), '<c r="F6"><v>77</v></c>')
    data, _ = refreshed(odd, list(reversed(customers(OLD))))
    assert cell(data, DATA, "F15") == '<c r="F15"><v>77</v></c>'


def test_a_totals_row_moves_with_the_table_and_what_refers_to_it_follows() -> None:
    book = edited(rich(OLD, totals=True), "xl/worksheets/sheet4.xml", "Data!D6", "Data!D17")
    for size in (30, 3):
        data, _ = refreshed(book, customers(size))
        row = TOP + size
        assert f'ref="A4:H{row}" totalsRowCount' in unpack(data)["xl/tables/table1.xml"].decode()
        assert f'<autoFilter ref="A4:H{row - 1}"' in unpack(data)["xl/tables/table1.xml"].decode()
        assert "SUBTOTAL(109" in cell(data, DATA, f"D{row}")
        assert f"+Data!D{row}</f>" in unpack(data)["xl/worksheets/sheet4.xml"].decode()
        text = unpack(data)[DATA].decode()
        assert text.count("SUBTOTAL") == 1
        assert len(re.findall(r'<row r="(\d+)"', text)) == len(set(re.findall(r'<row r="(\d+)"', text)))


def test_an_active_filter_and_sort_are_cleared_and_hidden_rows_show_again(book: bytes) -> None:
    filtered = edited(
        book, "xl/tables/table1.xml", '<autoFilter ref="A4:H16"/>',
        '<autoFilter ref="A4:H16"><filterColumn colId="1"><filters><filter val="x"/></filters></filterColumn>'
        '<filterColumn colId="2" hiddenButton="1"/></autoFilter>'
        '<sortState ref="A5:H16"><sortCondition ref="A5:A16"/></sortState>',
    )  # fmt: skip
    filtered = edited(filtered, DATA, '<row r="7" ', '<row r="7" hidden="1" ')
    data, report = refreshed(filtered, customers(OLD))
    assert report.cleared == (("tblData", "filter"), ("tblData", "sortering"))
    table = unpack(data)["xl/tables/table1.xml"]
    assert b'<autoFilter ref="A4:H16"><filterColumn colId="2" hiddenButton="1"/></autoFilter>' in table
    assert b"sortState" not in table
    assert b"hidden=" not in unpack(data)[DATA]


def test_named_cells_are_set_and_keep_their_style(book: bytes) -> None:
    package = Package.from_bytes(book)
    apply(package, Plan(names=(NameWrite("KW_Retentie", 0.75), NameWrite("kw_leeg", "nieuw"))))
    assert package.read_names("kw_")["kw_retentie"] == 0.75
    assert package.read_names("kw_")["kw_leeg"] == "nieuw"
    data = package.to_bytes()
    style = re.search(r' s="\d+"', cell(book, "xl/worksheets/sheet2.xml", "B1"))
    assert style
    assert style[0] in cell(data, "xl/worksheets/sheet2.xml", "B1")
    assert with_openpyxl(data)["Mijn blad"]["C40"].value == "nieuw"


def test_a_workbook_that_counts_days_from_1904_gets_its_own_day_numbers(book: bytes) -> None:
    mac = edited(book, "xl/workbook.xml", "<workbookPr ", '<workbookPr date1904="1" ')
    data, _ = refreshed(mac, customers(2))
    assert cell(data, DATA, "C5").endswith("<v>43830</v></c>")
    assert with_openpyxl(data)["Data"]["C5"].value == dt.datetime(2024, 1, 1)


def test_a_sheet_with_prefixed_xml_is_refreshed_in_its_own_prefix() -> None:
    parts = unpack(rich(OLD))
    xml = parts[DATA].decode().replace("<worksheet xmlns=", "<x:worksheet xmlns:x=")
    names = "worksheet|sheetData|row|c|f|v|is|t|dimension|sheetPr|sheetViews|sheetView|pane|selection"
    names += "|sheetFormatPr|conditionalFormatting|cfRule|dataBar|cfvo|color|extLst|ext|colorScale"
    names += "|dataValidations?|formula1|pageMargins|legacyDrawing|tableParts?"
    xml = re.sub(rf"(</?)({names})(?=[\s/>])", r"\1x:\2", xml).replace("x:x:", "x:")
    parts[DATA] = xml.encode()
    data, _ = refreshed(pack(parts), customers(20))
    assert Package.from_bytes(data).read_table("tblData").rows[19][1] == "Café 19 & Zn."
    assert with_openpyxl(data)["Data"]["B24"].value == "Café 19 & Zn."


def test_a_shared_formula_in_the_users_column_is_written_out_when_it_moves(book: bytes) -> None:
    shared = edited(book, DATA, "<f>D5*2</f>", '<f t="shared" ref="H5:H6" si="0">D5*2</f>')
    shared = edited(shared, DATA, "<f>D6*2</f>", '<f t="shared" si="0"/>')
    assert Package.from_bytes(shared).formulas()["Data"]["H6"] == ""
    data, _ = refreshed(shared, list(reversed(customers(OLD))))
    assert "<f>D15*2</f>" in cell(data, DATA, "H15")
    assert "<f>D16*2</f>" in cell(data, DATA, "H16")
    assert b"shared" not in unpack(data)[DATA]


def test_a_sparkline_beside_a_single_row_stays_in_its_cell() -> None:
    one = rich(1)
    sheet = unpack(one)["xl/worksheets/sheet1.xml"].decode()
    group = re.search(r"<extLst>.*</extLst>", sheet)
    assert group
    moved = group[0].replace("<xm:sqref>D3</xm:sqref>", "<xm:sqref>D5</xm:sqref>")
    inner = re.search(r"<ext .*</ext>", moved)
    assert inner
    one = edited(one, DATA, "</extLst></worksheet>", inner[0] + "</extLst></worksheet>")
    data, _ = refreshed(one, customers(9))
    assert b"<xm:f>Data!D5:D13</xm:f><xm:sqref>D5</xm:sqref>" in unpack(data)[DATA]


def test_two_tables_on_one_sheet_are_written_together() -> None:
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Blad")
    sheet.add_table("A1:B2", {"name": "een", "columns": [{"header": "a"}, {"header": "b"}]})
    sheet.add_table("D1:D3", {"name": "twee", "columns": [{"header": "c"}]})
    sheet.write_formula("F1", "=SUM(A2:A2)+SUM(D2:D3)", None, 0)
    book.close()
    package = Package.from_bytes(out.getvalue())
    one = TableWrite("een", ("b", "a"), [(n, -n) for n in range(5)])
    apply(package, Plan((one, TableWrite("twee", ("c",), [("x",)]))))
    assert package.read_table("een").rows == [[float(-n), float(n)] for n in range(5)]
    assert package.read_table("twee").rows == [["x"]]
    assert package.formulas()["Blad"]["F1"] == "SUM(A2:A6)+SUM(D2:D2)"
