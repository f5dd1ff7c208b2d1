"""A large body that nobody writes is out while a workbook is computed; what comes out is the same."""

import datetime as dt
import io

import pytest
import xlsxwriter

from klantwaarde_xl.workbook.recalculate import refill
from klantwaarde_xl.xlsx import held, many_rows
from klantwaarde_xl.xlsx.digests import Digest
from klantwaarde_xl.xlsx.large_sheets import streamed_table
from klantwaarde_xl.xlsx.package import NewBody, Package
from tests.workbook.rich import unpack
from tests.xlsx.test_held import DIGESTED, READING

HEADERS = ("klant", "dag", "aantal", "bedrag")
ROWS = [(f"K{n}", 45000.0 + n, float(n), n / 8 - 3) for n in range(40)]
SHEET = "xl/worksheets/sheet1.xml"


def book(formulas, change=None, rows=ROWS):
    """A workbook with `t` full of rows, a small table that is refreshed, and formulas on a third sheet."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    made.set_properties({"created": dt.datetime(2026, 1, 1)})
    first, second, third = (made.add_worksheet(one) for one in ("Blad", "Sommen", "Uitkomst"))
    first.write(0, 0, 5)
    first.write_formula(0, 5, '=ROWS(t[klant])&" rijen"', None, "40 rijen")
    columns = [{"header": one} for one in HEADERS]
    first.add_table(1, 1, 1 + len(rows), 4, {"name": "t", "columns": columns, "data": rows})
    first.write(60, 2, "onder")
    third.add_table(0, 0, 1, 0, {"name": "uit", "columns": [{"header": "som"}]})
    for row, formula in enumerate(formulas):
        second.write_formula(row, 0, formula)
    if change is not None:
        change(first)
    made.close()
    return out.getvalue()


def refreshed(data):
    """The workbook after an edit of another table, and how many bodies were out before and after it computed."""
    package, seen = Package.from_bytes(data), []
    assert len(list(streamed_table(package.structure, "t").rows)) > 0

    def then(edited):
        seen.append((len(edited.held.bodies), b"K39" in unpack(edited.to_bytes())[SHEET]))
        refill(edited)
        seen.append((len(edited.held.bodies), None))

    edited = package.edit([NewBody("uit", [0], [[1.0], [2.0]], [0, None])], then=then)
    return package, seen, edited


@pytest.fixture
def large(monkeypatch):
    monkeypatch.setattr(held, "LARGE", 20)
    monkeypatch.setattr(many_rows, "_BLOCK", 900)  # what passes by in parts


@pytest.mark.parametrize(
    "formulas", [DIGESTED, READING, DIGESTED + READING], ids=["sommen", "cellen", "beide"]
)
def test_every_part_is_as_if_the_body_had_been_there(formulas, monkeypatch):
    plain, *_ = refreshed(book(formulas))
    monkeypatch.setattr(held, "LARGE", 20)
    assert unpack(refreshed(book(formulas))[0].to_bytes()) == unpack(plain.to_bytes())
    assert None not in plain.shown()["Sommen"].values() or formulas is not DIGESTED


@pytest.mark.usefixtures("large")
def test_it_is_out_while_digests_will_do_and_its_part_keeps_its_bytes():
    data = book(DIGESTED)
    package, seen, edited = refreshed(data)
    assert seen == [(1, False), (1, None)]
    assert unpack(package.to_bytes())[SHEET] == unpack(data)[SHEET]
    assert SHEET not in edited.changed


@pytest.mark.usefixtures("large")
def test_a_value_that_changed_on_its_sheet_stands_beside_the_same_rows():
    def stale(sheet):
        sheet.write_formula(0, 5, '=ROWS(t[klant])&" rijen"', None, "3 rijen")

    package, seen, edited = refreshed(book(DIGESTED, stale))
    assert seen[0] == (1, False)
    assert SHEET in edited.changed
    assert package.shown()["Blad"] == {"F1": "40 rijen"}
    assert [tuple(row) for row in package.read_table("t").rows] == ROWS


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("formula", READING)
def test_a_formula_that_reads_its_cells_has_it_put_back(formula):
    assert [count for count, _ in refreshed(book([formula]))[1]] == [1, 0]


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize(
    "change",
    [
        lambda sheet: sheet.write(9, 6, 3),
        lambda sheet: sheet.write(9, 0, "links"),
        lambda sheet: sheet.write(9, 3, True),
        lambda sheet: sheet.write_formula(9, 3, "=1+1", None, 2),
        lambda sheet: sheet.write_formula(9, 3, '=""', None, ""),
        lambda sheet: sheet.write_formula(9, 3, "=NA()", None, "#N/A"),
        lambda sheet: sheet.write(9, 3, 1e15),
        lambda sheet: sheet.set_row(9, None, None, {"hidden": True}),
        lambda sheet: sheet.write_array_formula("H1:H12", "{=A1*{1;2;3;4;5;6;7;8;9;10;11;12}}"),
    ],
    ids=["beside", "left", "boolean", "formula", "no text", "error", "long", "hidden", "array"],
)
def test_a_body_with_more_than_plain_values_stays_in(change):
    assert [count for count, _ in refreshed(book(DIGESTED, change))[1]] == [0, 0]


@pytest.mark.usefixtures("large")
def test_a_digest_is_of_all_rows_and_leaves_out_empty_cells():
    rows = [*ROWS, (None, None, "n.v.t.", -1e14), ("x", 1.5, None, None)]
    package = Package.from_bytes(book([], rows=rows))
    streamed = streamed_table(package.structure, "T")
    assert package.structure.digests == {}
    assert list(streamed.rows)[-1] == ["x", 1.5, None, None]
    expected = [
        Digest(41),
        Digest(41, 41, sum(row[1] for row in ROWS) + 1.5, 1.5, 45039.0),
        Digest(41, 40, 780.0, 0.0, 39.0),
        Digest(41, 41, sum(row[3] for row in ROWS) - 1e14, -1e14, 39 / 8 - 3),
    ]
    assert package.structure.digests == {"t": expected}
