"""Large bodies are kept out of a workbook while it is computed; what comes out is the same."""

import datetime as dt
import io

import pytest
import xlsxwriter

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.workbook.recalculate import refill
from klantwaarde_xl.xlsx import held
from klantwaarde_xl.xlsx.package import NewBody, Package
from tests.workbook.rich import unpack

ROWS = [(f"K{n}", dt.date(2024, 1, 1) + dt.timedelta(n), n, n / 8 - 3) for n in range(40)]
HEADERS = ("klant", "dag", "aantal", "bedrag")
DIGESTED = [
    "=SUM(t[bedrag])", "=MIN(t[bedrag],7)", "=MAX(t[dag])", "=COUNT(t[klant])", "=COUNTA(t[klant])",
    "=COUNTA(Blad!B:C)", "=COUNT(Blad!A1:F99)", "=SUM(1,t[[aantal]:[bedrag]],Blad!A:A)", "=ROWS(t[klant])",
    "=MAX(t[klant])", "=MIN(t[klant])", '=IF(SUM(t[aantal])>100,"veel","weinig")', "=A1*2",
    "=COUNTA(Blad!B3:B1048576)<=ROWS(t[klant])",
]  # fmt: skip
READING = [
    "=AVERAGE(t[bedrag])", "=SUM(Blad!E4:E9)", '=SUMIF(t[klant],"K3",t[bedrag])', "=Blad!C5",
    "=INDEX(t[klant],3)", "=SUM(t[bedrag])+Blad!D7", '=SUM(INDIRECT("Blad!E3:E20"))', "=SUMPRODUCT(t[aantal]*2)",
]  # fmt: skip


def book(formulas):
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    made.set_properties({"created": dt.datetime(2026, 1, 1)})
    first, second = made.add_worksheet("Blad"), made.add_worksheet("Sommen")
    first.write(0, 0, 5)
    first.write_formula(0, 5, '=ROWS(t[klant])&" rijen"')
    first.add_table(1, 1, 2, 4, {"name": "t", "columns": [{"header": one} for one in HEADERS]})
    first.write(60, 2, "onder")
    for row, formula in enumerate(formulas):
        second.write_formula(row, 0, formula)
    made.close()
    return out.getvalue()


def filled(formulas, rows=ROWS, seen=None):
    package = Package.from_bytes(book(formulas))

    def then(edited):
        if seen is not None:
            seen.append((len(edited.held.bodies), edited.to_bytes()))
        refill(edited)
        if seen is not None:
            seen.append((len(edited.held.bodies), b""))

    package.edit([NewBody("t", range(4), rows, [None] * len(rows))], then=then)
    return package


@pytest.fixture
def large(monkeypatch):
    monkeypatch.setattr(held, "LARGE", 20)


@pytest.mark.parametrize(
    "formulas", [DIGESTED, READING, DIGESTED + READING], ids=["sommen", "cellen", "beide"]
)
def test_every_part_is_as_if_the_body_had_been_there(formulas, monkeypatch):
    plain = filled(formulas)
    monkeypatch.setattr(held, "LARGE", 20)
    assert unpack(filled(formulas).to_bytes()) == unpack(plain.to_bytes())
    assert None not in plain.shown()["Sommen"].values() or formulas is not DIGESTED


@pytest.mark.usefixtures("large")
def test_the_body_is_out_while_digests_will_do():
    seen = []
    package = filled(DIGESTED, seen=seen)
    assert [count for count, _ in seen] == [1, 1]
    assert b"K39" not in unpack(seen[0][1])["xl/worksheets/sheet1.xml"]
    assert [row[0] for row in package.read_table("t").rows] == [row[0] for row in ROWS]
    assert not package.held.bodies


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("formula", READING)
def test_a_formula_that_reads_its_cells_has_it_put_back(formula):
    seen = []
    filled([formula], seen=seen)
    assert [count for count, _ in seen] == [1, 0]


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("odd", [True, CellError.NA, float("nan"), dt.date(1899, 1, 1), 10**15])
def test_a_body_with_cells_that_count_one_way_here_and_another_there_stays_in(odd):
    seen = []
    filled(DIGESTED, [*ROWS, ("K", None, 1, odd)], seen)
    assert [count for count, _ in seen] == [0, 0]


@pytest.mark.usefixtures("large")
def test_a_failure_leaves_the_workbook_as_it_was():
    package = Package.from_bytes(book(DIGESTED))
    before = package.to_bytes()

    def fail(edited):
        edited.write_cached({"Sommen": {"A1": 5.0}})
        raise RuntimeError

    with pytest.raises(RuntimeError):
        package.edit([NewBody("t", range(4), ROWS, [None] * len(ROWS))], then=fail)
    assert package.to_bytes() == before


def test_a_chart_of_its_cells_waits_until_it_is_in(large):
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = made.add_worksheet("Blad")
    sheet.add_table(1, 1, 2, 4, {"name": "t", "columns": [{"header": one} for one in HEADERS]})
    sheet.write_column("G1", [3, 4])
    for at, cells in (("I2", "=Blad!$E$3:$E$5"), ("I20", "=Blad!$G$1:$G$2")):
        chart = made.add_chart({"type": "line"})
        chart.add_series({"values": cells, "values_data": [9, 9]})
        sheet.insert_chart(at, chart)
    made.close()
    package = Package.from_bytes(out.getvalue())
    seen = []

    def then(edited):
        seen.append(edited.renew_charts())
        parts = unpack(edited.to_bytes())
        seen.extend(b"<c:v>9</c:v>" in parts[f"xl/charts/chart{n}.xml"] for n in (1, 2))

    package.edit([NewBody("t", range(4), ROWS, [None] * len(ROWS))], then=then)
    assert seen == [True, True, False]
    assert not package.renew_charts()
    own, other = (unpack(package.to_bytes())[f"xl/charts/chart{n}.xml"] for n in (1, 2))
    assert b"<c:v>-3</c:v>" in own
    assert b"<c:v>-2.875</c:v>" in own
    assert b"<c:v>3</c:v>" in other
