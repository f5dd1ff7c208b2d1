"""A plan on its way to Calc: which rows continue which, and what a missing part costs."""

import datetime as dt

import pytest

from klantwaarde_xl.errors import CellError, WorkbookChanged, error_of
from klantwaarde_xl.hosts.libreoffice.plainplan import contents_of, plain_plan, to_cell
from klantwaarde_xl.plan.plan import Contents, NameWrite, Plan, Table, TableWrite


def sources(old, new, key=("klant",)):
    """Which old row each new row continues, for tables of klant and dag beside a note."""
    contents = Contents(tables={"tblA": Table(("Klant", "notitie", "dag"), old)})
    plan = Plan((TableWrite("tblA", ("dag", "klant"), new, key),))
    (table,) = plain_plan(plan, contents)["tables"]
    assert table["positions"] == (2, 0)
    return table["sources"]


def test_a_row_continues_the_row_with_its_key():
    old = [("Anna", "x", 1.0), ("Bram", "y", 2.0)]
    assert sources(old, [(9, "Bram"), (9, "Cees"), (9, "Anna")]) == (1, -1, 0)


def test_equal_keys_continue_in_order_of_occurrence():
    old = [("Anna", "x", 1.0), ("Bram", "y", 2.0), ("Anna", "z", 3.0)]
    assert sources(old, [(9, "Anna"), (9, "Anna"), (9, "Anna")]) == (0, 2, -1)


def test_without_a_key_rows_continue_by_position():
    old = [("Anna", "x", 1.0), ("Bram", "y", 2.0)]
    assert sources(old, [(9, "Cees"), (9, "Dora"), (9, "Ella")], key=()) == (0, 1, -1)


def test_a_date_in_a_key_is_the_day_number_in_the_cell():
    old = [("Anna", "x", 45413.0), ("Anna", "y", 45414.0)]
    new = [(dt.date(2024, 5, 2), "Anna"), (dt.date(2024, 5, 1), "Anna")]
    assert sources(old, new, key=("klant", "dag")) == (1, 0)


def test_all_missing_parts_are_in_one_message():
    contents = Contents(tables={"tblA": Table(("klant",), [("Anna",)])})
    plan = Plan(
        (TableWrite("tblA", ("klant", "omzet"), (), ("jaar",)), TableWrite("tblB", ("x",), ())),
        (NameWrite("kw_a", 1),),
    )
    with pytest.raises(WorkbookChanged) as raised:
        plain_plan(plan, contents)
    assert raised.value.where == "kolom omzet in tblA, kolom jaar in tblA, tabel tblB, naam kw_a"


@pytest.mark.parametrize(
    ("value", "cell"),
    [(None, None), ("=1+1", "=1+1"), (True, 1.0), (3, 3.0), (dt.date(2024, 5, 1), 45413.0)],
)
def test_values_become_what_calc_stores(value, cell):
    assert to_cell(value) == cell
    assert type(to_cell(value)) is type(cell)


def test_errors_cross_in_both_directions():
    assert error_of(to_cell(CellError.NA)) is CellError.NA
    nan = CellError.REF.nan
    contents = contents_of({"names": {"kw_a": nan}, "tables": {"tblA": (("k",), ((nan,), (0.0,)), 4)}})
    assert contents.names["kw_a"] is CellError.REF
    assert contents.tables["tblA"].rows == [[CellError.REF], [0.0]]
