"""Refreshing a workbook that its user filled in and made their own."""

import datetime as dt
import re
import zipfile

import openpyxl
import pytest
from lxml import etree

from klantwaarde_xl.addresses import column_letter
from klantwaarde_xl.data.reading.files import read_transactions
from klantwaarde_xl.errors import CellError, FileUnreadable, UsageError, WorkbookChanged, WorkbookInUse
from klantwaarde_xl.plan.closed import apply_plan, read_contents
from klantwaarde_xl.plan.plan import Contents, NameWrite, Plan, Table, TableWrite
from klantwaarde_xl.workbook.refresh import plan_refresh, refresh_file
from klantwaarde_xl.xlsx.package import Package
from tests.books import Looked
from tests.conftest import NOW

CACHES = re.compile(rb"<c:(num|str)Cache>.*?</c:\1Cache>", re.S)
KNOWN = "docProps/custom.xml"  # what the refresh wrote
LATER = NOW + dt.timedelta(days=1)
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def parts(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(before, after):
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def sheet_part(path, name):
    return f"xl/worksheets/sheet{Package.open(path).sheet_names().index(name) + 1}.xml"


@pytest.mark.slow
def test_refreshing_what_is_fresh_changes_only_the_moment_and_the_source(dashboard):
    before = parts(dashboard)
    done = refresh_file(dashboard, now=NOW)
    assert changed(before, parts(dashboard)) == {sheet_part(dashboard, "Start"), KNOWN}
    assert Package.open(dashboard).read_names("kw_bron")["kw_bron"] == "blad Gegevens"
    assert done.backup is not None
    assert parts(done.backup) == before


@pytest.mark.slow
@pytest.mark.parametrize("fixture", ["dashboard", "forecast_book"])
def test_a_refresh_is_told_in_words_without_the_names_of_our_tables(fixture, request):
    book = request.getfixturevalue(fixture)
    words = refresh_file(book, now=NOW, backup=False).words()
    rows = {name: len(Package.open(book).read_table(name).rows) for name in Package.open(book).table_names()}
    told = {
        "dashboard": lambda: f"Kerncijfers: {rows['tblKpi']} maanden",
        "forecast_book": lambda: f"Modellen naast elkaar: {rows['tblModelkeuze']} modellen",
    }
    assert words[0] == "Het werkboek is ververst."
    assert told[fixture]() in words
    assert not [line for line in words if "tbl" in line or "kw_" in line]


@pytest.mark.slow
def test_of_tables_that_nobody_computes_with_only_the_name_is_read(dashboard):
    contents = read_contents(Package.open(dashboard), "TBLTRANSACTIES")
    assert list(contents.tables) == ["tblTransacties"]
    assert contents.present.keys() >= {"tblKpi", "tblSegmenten", "tblRfm", "tblKwaliteit"}
    plan = plan_refresh(contents, now=NOW)
    assert plan.tables[0].title == "Kerncijfers"


@pytest.mark.slow
def test_a_changed_transaction_changes_the_figures(dashboard):
    package = Package.open(dashboard)
    table = package.read_table("tblTransacties")
    before = sum(row[3] for row in package.read_table("tblKpi").rows)
    rows = [list(row) for row in table.rows]
    rows[0][2] += 1000
    apply_plan(package, Plan((TableWrite("tblTransacties", table.headers, rows),)))
    package.save(dashboard, backup=False)
    refresh_file(dashboard, now=LATER, backup=False)
    after = Package.open(dashboard)
    assert sum(row[3] for row in after.read_table("tblKpi").rows) == pytest.approx(before + 1000)
    names = after.read_names("kw_")
    assert names["kw_ververst"] == pytest.approx((LATER - dt.datetime(1899, 12, 30)).total_seconds() / 86400)


@pytest.mark.slow
def test_a_named_file_replaces_the_data_and_all_that_follows_from_it(dashboard, tmp_path):
    source = tmp_path / "nieuw.csv"
    lines = [
        f"N{i};{day}-{month}-2025;{i},50" for i in range(1, 9) for month in (1, 3) for day in (i, i + 10)
    ]
    source.write_text("klant;datum;bedrag\n" + "\n".join(lines) + "\n", encoding="utf-8")
    refresh_file(dashboard, now=LATER, tables=read_transactions(source), backup=False)
    package = Package.open(dashboard)
    assert len(package.read_table("tblTransacties").rows) == 32
    assert [row[4] for row in package.read_table("tblKpi").rows] == [16.0, 0.0, 16.0]
    assert len(package.read_table("tblRfm").rows) == 8
    assert package.read_names("kw_bron")["kw_bron"] == "nieuw.csv"
    assert Looked("dashboard", package.shown()).card("Klanten")[0] == 8


def _customise(path):
    """What a user does: an own sheet with a chart, a colour rule, a column beside and in our table."""
    book_parts = parts(path)
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
    kpi, rfm = sheet_part(path, "KPI"), sheet_part(path, "RFM")
    own = (
        '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
        ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheetData><row r="1">'
        '<c r="A1" t="inlineStr"><is><t>Eigen blad</t></is></c><c r="B1"><f>SUM(tblKpi[omzet])</f><v>1</v></c></row></sheetData>'
        '<conditionalFormatting sqref="B1"><cfRule type="cellIs" dxfId="0" priority="1" operator="greaterThan">'
        '<formula>5</formula></cfRule></conditionalFormatting><drawing r:id="rId1"/></worksheet>'
    )
    chart = next(name for name in names if name.startswith("xl/charts/chart"))
    drawing = next(name for name in names if name.startswith("xl/drawings/drawing"))
    rels = "xl/worksheets/_rels/sheet90.xml.rels"
    book_parts["xl/worksheets/sheet90.xml"] = own.encode()
    book_parts[rels] = (
        b'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing" '
        b'Target="../drawings/drawing90.xml"/></Relationships>'
    )
    book_parts["xl/drawings/drawing90.xml"] = book_parts[drawing]
    source_rels = drawing.replace("drawings/", "drawings/_rels/") + ".rels"
    book_parts["xl/drawings/_rels/drawing90.xml.rels"] = book_parts[source_rels].replace(
        chart.rpartition("/")[2].encode(), b"chart90.xml"
    )
    place = Package.open(path).places()["tblKpi"][1]
    whole = f"'KPI'!${{0}}${place.top + 1}:${{0}}${place.bottom}".format(column_letter(place.left + 1))
    book_parts["xl/charts/chart90.xml"] = re.sub(
        rb"'Berekening'!\$[A-Z]+\$\d+:\$[A-Z]+\$\d+", whole.encode(), book_parts[chart]
    )
    types = book_parts["[Content_Types].xml"]
    for part, kind in (
        ("worksheets/sheet90.xml", "spreadsheetml.worksheet"),
        ("drawings/drawing90.xml", "drawing"),
        ("charts/chart90.xml", "drawingml.chart"),
    ):
        override = f'<Override PartName="/xl/{part}" ContentType="application/vnd.openxmlformats-officedocument.{kind}+xml"/>'
        types = types.replace(b"</Types>", override.encode() + b"</Types>")
    book_parts["[Content_Types].xml"] = types
    book = book_parts["xl/workbook.xml"]
    book_parts["xl/workbook.xml"] = book.replace(
        b"</sheets>", b'<sheet name="Eigen" sheetId="90" r:id="rId90"/></sheets>'
    )
    book_parts["xl/_rels/workbook.xml.rels"] = book_parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="rId90" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
        b'Target="worksheets/sheet90.xml"/></Relationships>',
    )
    note = b'<c r="R23" t="inlineStr"><is><t>campagne</t></is></c></row>'
    body = book_parts[kpi]
    at = body.index(b"</row>", body.index(b'<row r="23"'))
    body = body[:at] + note + body[at + 6 :]
    rule = (
        b'<conditionalFormatting sqref="C23:C40"><cfRule type="cellIs" dxfId="0" priority="9" operator="greaterThan">'
        b"<formula>100</formula></cfRule></conditionalFormatting>"
    )
    book_parts[kpi] = body.replace(b"</sheetData>", b"</sheetData>" + rule)
    assert rfm in book_parts
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in book_parts.items():
            archive.writestr(name, data)


@pytest.mark.slow
def test_what_a_user_added_survives_a_refresh_with_other_data(dashboard, tmp_path):
    _customise(dashboard)
    before = parts(dashboard)
    source = tmp_path / "nieuw.csv"
    source.write_text(
        "klant;datum;bedrag\n"
        + "".join(f"N{i};{i}-{m}-2025;{i},50\n" for i in range(1, 9) for m in range(1, 8)),
        encoding="utf-8",
    )
    refresh_file(dashboard, now=LATER, tables=read_transactions(source), backup=False)
    after = parts(dashboard)
    ours = {
        sheet_part(dashboard, name)
        for name in (
            "Start",
            "Gegevens",
            "KPI",
            "Retentie",
            "RFM",
            "Berekening",
            "Rekenhulp",
            "CLV en prognose",
            "Begrippen",
            "Doelen",
            "Kosten",
            "Klanten",
            "Jaarcijfers",
            "Beste klanten",
        )
    }
    ours |= {sheet_part(dashboard, name) for name in ("Dashboard", "Controle", "Instellingen")}
    tables = {name for name in before if name.startswith("xl/tables/")}
    charts = {n for n, data in before.items() if n.startswith("xl/charts/") and b"'KPI'!" in data}
    assert charts == {"xl/charts/chart90.xml"}  # the user's draws the whole table; ours draw a window
    charts |= {
        name for name in before if name.startswith("xl/drawings/drawing")
    }  # these months give no retention
    bare = {
        name: CACHES.sub(b"", data) for name, data in before.items() if name.startswith("xl/charts/chart")
    }
    assert {n for n, data in bare.items() if CACHES.sub(b"", after[n]) != data} <= charts
    charts |= bare.keys()  # of the others only their copies of cells
    allowed = ours | tables | charts | {"xl/worksheets/sheet90.xml", "xl/workbook.xml", KNOWN}
    assert changed(before, after) <= allowed
    assert after.keys() == before.keys()
    book = after["xl/workbook.xml"].replace(b' fullCalcOnLoad="1"', b"")
    old = before["xl/workbook.xml"].replace(b' fullCalcOnLoad="1"', b"")
    # What is printed of Start grows with the journal
    start = re.compile(rb"(>(?:Start|'Start')!\$A\$1:\$[A-Z]+\$)\d+")
    assert start.sub(rb"\1", book) == start.sub(rb"\1", old)
    assert start.search(old)
    own, own_before = after["xl/worksheets/sheet90.xml"], before["xl/worksheets/sheet90.xml"]
    total = sum(i + 0.5 for i in range(1, 9)) * 7
    assert own == own_before.replace(b"<v>1</v>", f"<v>{total!r}</v>".encode())
    kpi = after[sheet_part(dashboard, "KPI")]
    assert b'<c r="R23" t="inlineStr"><is><t>campagne</t></is></c></row>' in kpi
    assert b'operator="greaterThan"' in kpi
    for data in after.values():
        if data.startswith(b"<?xml"):
            etree.fromstring(data)


@pytest.mark.slow
def test_a_column_that_the_user_added_to_a_table_follows_its_customer(dashboard, tmp_path):
    _add_column(dashboard, Package.open(dashboard).places()["tblRfm"][1].bottom)
    first = Package.open(dashboard).read_table("tblRfm")
    notes = {row[0]: row[-1] for row in first.rows}
    assert sum(value is not None for value in notes.values()) == 2
    source = tmp_path / "nieuw.csv"
    kept = Package.open(dashboard).read_table("tblTransacties").rows
    lines = [f"AAA{i};1-1-2024;10" for i in range(5)]
    lines += [
        f"{k};{dt.date(1899, 12, 30) + dt.timedelta(days=int(d)):%d-%m-%Y};{str(b).replace('.', ',')}"
        for k, d, b in kept
    ]
    source.write_text("klant;datum;bedrag\n" + "\n".join(lines) + "\n", encoding="utf-8")
    refresh_file(dashboard, now=LATER, tables=read_transactions(source), backup=False)
    after = {row[0]: row[-1] for row in Package.open(dashboard).read_table("tblRfm").rows}
    assert {k: v for k, v in after.items() if v is not None} == {
        k: v for k, v in notes.items() if v is not None
    }
    assert len(after) == len(notes) + 5


def _add_column(path, last):
    """Widen tblRfm by a column K with a note on two rows."""
    book_parts = parts(path)
    table = next(
        n for n, d in book_parts.items() if n.startswith("xl/tables/") and b'displayName="tblRfm"' in d
    )
    top = Package.open(path).places()["tblRfm"][1].top
    data = book_parts[table].replace(f"B{top}:J{last}".encode(), f"B{top}:K{last}".encode())
    data = data.replace(b'<tableColumns count="9">', b'<tableColumns count="10">')
    book_parts[table] = data.replace(
        b"</tableColumns>", b'<tableColumn id="10" name="notitie"/></tableColumns>'
    )
    part = sheet_part(path, "RFM")
    body = book_parts[part]
    for row, text in ((top, "notitie"), (top + 3, "bellen"), (top + 11, "mailen")):
        at = body.index(b"</row>", body.index(f'<row r="{row}"'.encode()))
        body = body[:at] + f'<c r="K{row}" t="inlineStr"><is><t>{text}</t></is></c>'.encode() + body[at:]
    book_parts[part] = body
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in book_parts.items():
            archive.writestr(name, content)


@pytest.mark.slow
def test_settings_in_the_workbook_decide(dashboard):
    package = Package.open(dashboard)
    apply_plan(
        package, Plan(names=(NameWrite("kw_inactief_na", 3), NameWrite("kw_peildatum", dt.date(2025, 6, 30))))
    )
    package.save(dashboard, backup=False)
    refresh_file(dashboard, now=LATER, backup=False)
    after = Package.open(dashboard)
    assert len(after.read_table("tblKpi").rows) == 20
    assert after.read_table("tblKpi").rows[3][13] is not None


@pytest.mark.parametrize("value", ["twaalf", 2.5, 0, 500])
def test_a_setting_that_cannot_be_is_refused_and_nothing_is_written(dashboard, value):
    package = Package.open(dashboard)
    apply_plan(package, Plan(names=(NameWrite("kw_inactief_na", value),)))
    package.save(dashboard, backup=False)
    before = dashboard.read_bytes()
    with pytest.raises(UsageError, match="Oplossing"):
        refresh_file(dashboard, now=LATER)
    assert dashboard.read_bytes() == before
    assert len(list(dashboard.parent.iterdir())) == 1


@pytest.mark.slow
def test_an_unreadable_row_in_the_data_table_is_left_out_and_reported(dashboard):
    package = Package.open(dashboard)
    table = package.read_table("tblTransacties")
    rows = [list(row) for row in table.rows]
    rows[3][1] = "ooit"
    apply_plan(package, Plan((TableWrite("tblTransacties", table.headers, rows),)))
    package.save(dashboard, backup=False)
    refresh_file(dashboard, now=LATER, backup=False)
    after = Package.open(dashboard)
    assert after.read_names("kw_rijen")["kw_rijen_geweigerd"] == 1
    assert ["geweigerd", 5.0 + 3, "datum", "ooit", "dit is geen datum"] in after.read_table(
        "tblKwaliteit"
    ).rows


def test_a_workbook_of_others_and_one_with_a_table_renamed_are_refused(tmp_path, dashboard):
    book = openpyxl.Workbook()
    book.save(tmp_path / "ander.xlsx")
    with pytest.raises(WorkbookChanged, match="niet met Klantwaarde XL"):
        refresh_file(tmp_path / "ander.xlsx", now=LATER)
    content = parts(dashboard)
    with zipfile.ZipFile(dashboard, "w") as archive:
        for name, data in content.items():
            archive.writestr(name, data.replace(b'"tblKpi"', b'"Kerncijfers"'))
    with pytest.raises(WorkbookChanged, match="tblKpi"):
        refresh_file(dashboard, now=LATER)


def test_an_open_workbook_is_left_alone(dashboard):
    (dashboard.parent / f"~${dashboard.name}").write_bytes(bytes([3]) + b"Jan" + b" " * 51 + bytes(110))
    before = dashboard.read_bytes()
    with pytest.raises(WorkbookInUse, match="Jan"):
        refresh_file(dashboard, now=LATER)
    assert dashboard.read_bytes() == before


def test_an_empty_data_table_is_said_in_words(shop_bytes):
    package = Package.from_bytes(shop_bytes)
    tables = package.table_heads()
    tables["tblTransacties"] = Table(("klant", "datum", "bedrag"), [[None, None, None]])
    with pytest.raises(FileUnreadable, match="geen transacties"):
        plan_refresh(Contents(package.read_names("kw_"), tables), now=NOW)


@pytest.mark.slow
def test_a_plan_is_data_that_names_tables_and_cells(shop_bytes):
    package = Package.from_bytes(shop_bytes)
    tables = {name: package.read_table(name) for name in package.table_names()}
    plan = plan_refresh(Contents(package.read_names("kw_"), tables), now=NOW)
    assert [write.table for write in plan.tables] == [
        "tblKpi",
        "tblRetentie",
        "tblSegmenten",
        "tblRfm",
        "tblPareto",
        "tblJaar",
        "tblBeste",
        "tblKwaliteit",
        "tblJournaal",
    ]
    for write in plan.tables:
        assert all(len(row) == len(write.columns) for row in write.rows)


COPY = re.compile(rb"<c:f>'Berekening'!\$([A-Z]+)\$(\d+):\$\1\$\d+</c:f><c:\w+Cache>(.*?)</c:\w+Cache>", re.S)


@pytest.mark.slow
def test_charts_carry_what_their_cells_show(dashboard):
    """What a preview draws."""
    package = Package.open(dashboard)
    table = package.read_table("tblTransacties")
    rows = [[*row[:2], 2 * row[2]] for row in table.rows]
    columns = ("klant", "datum", "bedrag")
    apply_plan(package, Plan((TableWrite("tblTransacties", columns, rows, columns),)))
    package.save(dashboard, backup=False)
    refresh_file(dashboard, now=NOW, backup=False)
    shown, seen = Package.open(dashboard).shown()["Berekening"], set()
    for name, data in parts(dashboard).items():
        for letter, top, copy in COPY.findall(data) if name.startswith("xl/charts/") else ():
            for at, text in re.findall(rb'<c:pt idx="(\d+)"><c:v>([^<]*)</c:v>', copy):
                cell = f"{letter.decode()}{int(top) + int(at)}"
                if cell not in shown:  # of a result's table, no formula
                    continue
                value = shown[cell]
                seen.add(type(value))
                told = text.decode()
                assert (value.text if isinstance(value, CellError) else value) == (
                    float(told) if isinstance(value, float) else told
                )
    assert seen >= {str, float}
