"""Values as they travel through a table: whatever goes in comes out, in our reader and in others."""

from __future__ import annotations

import datetime as dt
import decimal
import io

import numpy as np
import pandas as pd
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.plan.closed import apply_plan
from klantwaarde_xl.plan.plan import Plan, TableWrite, Value
from klantwaarde_xl.xlsx.package import Edited, Package
from tests.workbook.rich import COLUMNS, customers, rich, unpack, with_openpyxl
from tests.xlsx.applying import apply


def skeleton(columns: int = 1) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Blad")
    headers = [{"header": f"k{n}"} for n in range(columns)]
    sheet.add_table(0, 0, 1, columns - 1, {"name": "t", "columns": headers})
    book.close()
    return out.getvalue()


SKELETON = skeleton()


def through(values: list[Value]) -> tuple[list[Value], bytes, Edited]:
    package = Package.from_bytes(SKELETON)
    report = apply(package, Plan((TableWrite("t", ("k0",), [(value,) for value in values]),)))
    return [row[0] for row in package.read_table("t").rows], package.to_bytes(), report


TEXTS = st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=40), min_size=1, max_size=8)
TRICKY = st.lists(
    st.text(st.sampled_from("_x0041FDd\r\n\t &<>\"'\x00\x1f\ufffe€"), min_size=1, max_size=30),
    min_size=1,
    max_size=8,
)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(TEXTS | TRICKY)
def test_every_text_comes_back_as_it_was(texts: list[str]) -> None:
    assert through(list(texts))[0] == texts


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(TEXTS | TRICKY)
def test_openpyxl_reads_every_text_as_it_was(texts: list[str]) -> None:
    _, data, _ = through(list(texts))
    sheet = with_openpyxl(data)["Blad"]
    read = [sheet.cell(row, 1).value for row in range(2, len(texts) + 2)]
    assert [unescape(value) for value in read] == texts


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=8))
def test_every_number_comes_back_exactly(numbers: list[float]) -> None:
    assert through(list(numbers))[0] == numbers


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(st.integers(0, 60), st.integers(1, 25), st.randoms(use_true_random=False))
def test_notes_stay_with_their_customer_whatever_the_sizes(size: int, old: int, random: object) -> None:
    package = Package.from_bytes(rich(old))
    rows = customers(size)
    random.shuffle(rows)  # type: ignore[attr-defined]
    report = apply_plan(package, Plan((TableWrite("tblData", COLUMNS, rows, ("KlantID",)),)))
    table = package.read_table("tblData").rows
    assert [row[0] for row in table] == ([row[0] for row in rows] or [None])
    kept = {row[0]: row[6] for row in table if row[6]}
    assert kept == {f"K{n:04d}": f"nabellen K{n:04d}" for n in range(0, min(size, old), 3)}
    lost = {one.belongs_to for one in report.lost if one.column == "Opmerking"}
    assert lost == {f"KlantID {name}" for name in {f"K{n:04d}" for n in range(0, old, 3)} - set(kept)}


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (True, True),
        (False, False),
        (None, None),
        ("", None),
        (7, 7.0),
        (CellError.DIV0, CellError.DIV0),
        (float("nan"), CellError.NA),
        (float("inf"), CellError.NA),
        (CellError.NUM.nan, CellError.NUM),
        (dt.date(2024, 2, 29), 45351.0),
        (dt.datetime(2024, 2, 29, 12), 45351.5),
        (dt.date(1850, 1, 31), "31-01-1850"),
        (1234567890123456, "1234567890123456"),
        ("0123", "0123"),
        (np.float64(1.5), 1.5),
        (np.int64(3), 3.0),
        (np.bool_(True), True),
        (decimal.Decimal("2.50"), 2.5),
        (pd.Timestamp(2024, 2, 29), 45351.0),
        (pd.NaT, None),
    ],
)
def test_a_value_is_written_as_what_it_is(value: Value, read: Value) -> None:
    found = through([value, "anker"])[0][0]
    assert found == read
    assert type(found) is type(read)


def test_a_text_that_is_too_long_is_cut_at_excels_limit_and_counted() -> None:
    values, _, report = through(["x" * 32_767, "y" * 40_000, "🙂" * 20_000])
    assert [len(str(value)) for value in values] == [32_767, 32_767, 16_383]
    assert report.truncated == 2


def test_characters_that_xml_cannot_hold_are_escaped_and_counted() -> None:
    values, data, report = through(["a\x01b", "_x0041_", "a\ud800b", "gewoon"])
    assert values == ["a\x01b", "_x0041_", "a\ufffdb", "gewoon"]
    assert report.escaped == 3
    assert through(["a\x01b", "a\x01b"])[2].escaped == 2
    xml = unpack(data)["xl/worksheets/sheet1.xml"]
    assert b"a_x0001_b" in xml
    assert b"_x005F_x0041_" in xml


def test_spaces_around_a_text_stay() -> None:
    assert through(["  x", "y  ", " ", "a\nb"])[0] == ["  x", "y  ", " ", "a\nb"]
    sheet = with_openpyxl(through(["  x ", " "])[1])["Blad"]
    assert [sheet["A2"].value, sheet["A3"].value] == ["  x ", " "]


@pytest.mark.slow
def test_a_hundred_thousand_rows_are_all_written() -> None:
    package = Package.from_bytes(skeleton(2))
    rows = [(n, f"rij {n}") for n in range(100_000)]
    apply(package, Plan((TableWrite("t", ("k0", "k1"), rows),)))
    read = package.read_table("t").rows
    assert len(read) == 100_000
    assert read[0] == [0.0, "rij 0"]
    assert read[4095:4098] == [[float(n), f"rij {n}"] for n in (4095, 4096, 4097)]
    assert read[-1] == [99_999.0, "rij 99999"]
