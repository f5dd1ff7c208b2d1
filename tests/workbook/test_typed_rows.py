"""A dashboard whose user typed orders under the table and notes beside customers, without a corner to drag."""

import datetime as dt

import pytest

from klantwaarde_xl.addresses import column_letter
from klantwaarde_xl.data.reading.files import read_transactions
from klantwaarde_xl.dutch import date_to_serial
from klantwaarde_xl.errors import WorkbookChanged
from klantwaarde_xl.workbook.refresh import refresh_file
from klantwaarde_xl.xlsx.package import Package
from tests.conftest import NOW
from tests.workbook.own_column import add_column
from tests.workbook.rich import edited

LATER = NOW + dt.timedelta(days=1)
ORDER = dt.date(2025, 1, 6)


def typed(path, table, rows, *, below=0, beside=0):
    """Type rows under a table (as many empty rows apart), or in the columns beside it from its first row on."""
    package = Package.open(path)
    sheet, body, _ = package.places()[table]
    part = f"xl/worksheets/sheet{package.sheet_names().index(sheet) + 1}.xml"
    data = path.read_bytes()
    if beside:
        for row, value in rows:
            at = body.top + 1 + row
            text = (
                f'<c r="{column_letter(body.right + beside)}{at}" t="inlineStr"><is><t>{value}</t></is></c>'
            )
            end = f'</row><row r="{at + 1}"'
            data = edited(data, part, end, text + end)
    else:
        lines = []
        for at, row in enumerate(rows, body.bottom + 1 + below):
            cells = "".join(
                _cell(f"{column_letter(body.left + i)}{at}", value) for i, value in enumerate(row)
            )
            lines.append(f'<row r="{at}">{cells}</row>')
        data = edited(data, part, "</sheetData>", "".join(lines) + "</sheetData>")
    path.write_bytes(data)
    return body.bottom + 1


def _cell(place, value):
    if value is None:
        return ""
    if isinstance(value, dt.date):
        value = date_to_serial(value)
    if isinstance(value, str) and value.startswith("="):
        return f'<c r="{place}"><f>{value[1:]}</f></c>'
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'
    return f'<c r="{place}"><v>{value}</v></c>'


def revenue(path):
    return sum(row[3] for row in Package.open(path).read_table("tblKpi").rows)


@pytest.mark.slow
def test_orders_typed_under_the_table_count_and_are_told(dashboard):
    refresh_file(dashboard, now=NOW, backup=False)
    before = revenue(dashboard)
    first = typed(dashboard, "tblTransacties", [("A-nieuw", ORDER, 1000.0), ("A-nieuw", ORDER, 500.5)])
    words = refresh_file(dashboard, now=LATER, backup=False).words()
    assert revenue(dashboard) == pytest.approx(before + 1500.5)
    assert (
        f"Let op: 2 rijen onder de tabel op blad Gegevens horen er nu bij (rij {first} t/m {first + 1})."
        in words
    )
    again = refresh_file(dashboard, now=LATER, backup=False).words()
    assert not [line for line in again if "horen er nu bij" in line]


@pytest.mark.slow
def test_rows_apart_from_the_table_are_left_alone(dashboard):
    refresh_file(dashboard, now=NOW, backup=False)
    before = revenue(dashboard)
    typed(dashboard, "tblTransacties", [("A-nieuw", ORDER, 1000.0)], below=1)
    refresh_file(dashboard, now=LATER, backup=False)
    assert revenue(dashboard) == pytest.approx(before)


def test_a_row_that_is_no_order_is_refused_by_its_number_and_nothing_changes(dashboard):
    first = typed(dashboard, "tblTransacties", [("Bron: onze kassa", None, None)])
    before = dashboard.read_bytes()
    with pytest.raises(WorkbookChanged, match=f"Rij {first} staat direct onder de tabel"):
        refresh_file(dashboard, now=LATER)
    assert dashboard.read_bytes() == before


@pytest.mark.slow
def test_a_row_that_cannot_be_read_is_told_by_its_number_as_one_in_the_table_is(dashboard):
    first = typed(dashboard, "tblTransacties", [("A-nieuw", "volgende week", 10.0)])
    refresh_file(dashboard, now=LATER, backup=False)
    told = Package.open(dashboard).read_table("tblKwaliteit").rows
    assert ["geweigerd", float(first), "datum", "volgende week", "dit is geen datum"] in told


@pytest.mark.slow
def test_a_note_beside_a_customer_stays_with_that_customer_when_another_comes_first(dashboard):
    refresh_file(dashboard, now=NOW, backup=False)
    package = Package.open(dashboard)
    customers = [row[0] for row in package.read_table("tblRfm").rows]
    typed(dashboard, "tblRfm", [(0, "bellen!"), (7, "mailen")], beside=1)
    typed(dashboard, "tblTransacties", [("A-nieuw", ORDER, 1000.0), ("0-nieuw", ORDER, 1000.0)])
    done = refresh_file(dashboard, now=LATER, backup=False)
    assert done.report.lost == ()
    table = Package.open(dashboard).read_own("tblRfm", range(9), {0})
    notes = {row[0]: row[9] for row in table.rows if row[9]}
    assert notes == {customers[0]: "bellen!", customers[7]: "mailen"}
    assert table.rows[0][0] == "0-nieuw"


@pytest.mark.slow
def test_a_row_apart_under_a_table_is_told_and_counts_when_it_is_put_as_advised(dashboard):
    before = dashboard.read_bytes()
    first = typed(dashboard, "tblTransacties", [("A-nieuw", ORDER, 1000.0)], below=1)
    done = refresh_file(dashboard, now=LATER, backup=False)
    (told,) = [line for line in done.words() if "telt niet mee" in line]
    assert f"rij {first + 1} op blad Gegevens" in told
    assert "vlak onder de tabel" in told
    assert "A-nieuw" not in {row[0] for row in Package.open(dashboard).read_table("tblRfm").rows}
    dashboard.write_bytes(before)
    typed(dashboard, "tblTransacties", [("A-nieuw", ORDER, 1000.0)])
    done = refresh_file(dashboard, now=LATER, backup=False)
    assert not [line for line in done.words() if "telt niet mee" in line]
    assert "A-nieuw" in {row[0] for row in Package.open(dashboard).read_table("tblRfm").rows}


@pytest.mark.slow
def test_a_row_under_a_table_that_a_file_replaces_is_told(dashboard, tmp_path):
    first = typed(dashboard, "tblTransacties", [("A-nieuw", ORDER, 1000.0)])
    path = tmp_path / "nieuw.csv"
    path.write_text("klant;datum;bedrag\nB;1-2-2026;10\nC;1-3-2026;20\n", encoding="utf-8")
    done = refresh_file(dashboard, now=LATER, backup=False, tables=read_transactions(path))
    (told,) = done.report.by_hand
    assert (told.row, told.belongs_to) == (first, "klant A-nieuw")
    assert Package.open(dashboard).read_table("tblTransacties").rows[-1][0] == "C"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("day", "amount", "counts"),
    [
        (ORDER, "=25*4", True),
        ("=DATE(2025,1,6)", "=ROUND(99.999,0)", True),
        ("=TODAY()", 100.0, False),
        (ORDER, "=RAND()*100", False),
    ],
)
def test_a_formula_saved_without_its_outcome_gets_it_or_is_told(dashboard, day, amount, counts):
    first = typed(dashboard, "tblTransacties", [("A-nieuw", day, amount)])
    words = refresh_file(dashboard, now=LATER, backup=False).words()
    told = [line for line in words if "geen uitkomst" in line]
    customers = {row[0]: row[4] for row in Package.open(dashboard).read_table("tblRfm").rows}
    assert customers.get("A-nieuw") == (100.0 if counts else None)
    assert bool(told) != counts
    assert counts or f"({'C' if day == '=TODAY()' else 'D'}{first})" in told[0]


@pytest.mark.slow
def test_formulas_of_the_users_own_columns_need_no_outcome(dashboard):
    add_column(dashboard, "tblTransacties", "jaar", {0: "=YEAR(C5)", 1: "=RAND()"})
    words = refresh_file(dashboard, now=LATER, backup=False).words()
    assert not [line for line in words if "geen uitkomst" in line]
