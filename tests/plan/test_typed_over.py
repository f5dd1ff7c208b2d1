"""A value that a person typed over one of the program's: known by what the last refresh wrote, and by nothing else."""

import datetime as dt
import math
import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.plan.plan import Contents, NameWrite, Plan, Table, TableWrite
from klantwaarde_xl.plan.resolve import resolve
from klantwaarde_xl.plan.written import MOST_CELLS, MOST_ROWS, digest, is_written, written_in

MOMENT = dt.datetime(2026, 5, 1, 8, 0, 17)
COLUMNS = ("klant", "omzet", "sinds")
ROWS = [("Anna", 12.5, dt.date(2024, 2, 1)), ("Bram", 7.0, None), ("Cees", -3.25, dt.date(2025, 3, 4))]
HEADERS = ("Omzet", "eigen", "KLANT", "sinds")


def plan(rows=ROWS, *, moment=MOMENT, key=("klant",), is_input=False, **names):
    write = TableWrite("tblA", COLUMNS, rows, key, "Klanten", is_input=is_input)
    named = tuple(NameWrite(name, value, name.upper()) for name, value in names.items())
    return Plan((write,), (*named, NameWrite("kw_ververst", moment)), made=moment)


def cells(rows, behind=0):
    """What a workbook holds of rows: days as numbers, columns in another order, one of the user's between."""
    zero = dt.date(1899, 12, 30) + dt.timedelta(days=behind)
    plain = [[(one - zero).days if isinstance(one, dt.date) else one for one in row] for row in rows]
    return [[row[1], None, row[0], row[2]] for row in plain]


def book(rows, properties, *, moment=MOMENT, behind=0, formulas=None, **names):
    start = dt.datetime(1899, 12, 30) + dt.timedelta(days=behind)
    names["kw_ververst"] = (moment - start).total_seconds() / 86400 if moment else None
    table = Table(HEADERS, rows, 5, "Klanten", formulas or {})
    return Contents(names, {"tblA": table}, days_behind=behind, properties=properties)


def written(first, *, behind=0, empty=None):
    """The properties that a refresh leaves in a workbook, and that all programs keep."""
    names = dict.fromkeys((one.name for one in first.names), empty)
    contents = Contents(names, {"tblA": Table(HEADERS, [[None] * 4], 5, "Klanten")}, days_behind=behind)
    return resolve(first, contents).properties


def told(new, contents):
    return [str(one) for one in resolve(new, contents).retyped]


@pytest.mark.parametrize("behind", [0, 1462])
def test_what_the_program_wrote_is_never_told_however_the_rows_stand(behind):
    first = plan(kw_omzet=16.25)
    properties = written(first, behind=behind)
    later = plan([(name, 1.0, None) for name, *_ in ROWS[1:]], moment=MOMENT + dt.timedelta(days=1))
    for order in (ROWS, ROWS[::-1], ROWS[1:], ROWS[2:], []):
        assert told(later, book(cells(order, behind), properties, behind=behind, kw_omzet=16.25)) == []


def test_a_typed_value_is_told_by_its_row_and_column_and_kept_and_one_that_stays_is_not():
    properties = written(plan(kw_omzet=16.25, kw_groei=None))
    rows = cells(ROWS[::-1])
    rows[0][0], rows[1][3], rows[2][0] = 99.0, 45000.0, 13.0  # Cees, Bram, Anna
    new = plan([("Anna", 13, None), ("Bram", 8, None)], moment=MOMENT, kw_omzet=20.0, kw_groei=3.0)
    contents = book(rows, properties, kw_omzet=15.0, kw_groei="n.v.t.")
    assert told(new, contents) == [
        "Klanten, klant Cees (rij 6), kolom omzet: 99",
        "Klanten, klant Bram (rij 7), kolom sinds: 45000",
        "KW_OMZET, cel kw_omzet: 15",
        "KW_GROEI, cel kw_groei: n.v.t.",
    ]
    kept = resolve(new, contents).lost_rows()
    assert [row[1:] for row in kept] == [
        ("Klanten", "klant Cees", 6, "omzet", 99.0),
        ("Klanten", "klant Bram", 7, "sinds", 45000.0),
        ("KW_OMZET", "", None, "kw_omzet", 15.0),
        ("KW_GROEI", "", None, "kw_groei", "n.v.t."),
    ]


def test_a_day_that_was_typed_is_told_as_a_day_in_the_calendar_of_the_workbook():
    for behind in (0, 1462):
        rows = cells(ROWS, behind)
        rows[0][3] += 1
        (one,) = told(plan(), book(rows, written(plan(), behind=behind), behind=behind))
        assert one == "Klanten, klant Anna (rij 6), kolom sinds: 02-02-2024"


def test_an_emptied_cell_is_nothing_to_keep_and_a_formula_is_told_as_one():
    rows = cells(ROWS)
    rows[0][0], rows[1][0] = None, 14.0
    found = resolve(plan(), book(rows, written(plan()), formulas={0: (None, "=7*2", None)}))
    assert found.retyped == ()
    assert [one.value for one in found.over] == ["=7*2"]


def test_a_row_of_the_users_own_is_told_whole_and_so_is_a_name_that_was_changed():
    rows = cells(ROWS)
    rows.insert(1, [5.0, None, "Zus", None])
    rows[-1][2] = "Cees jr."
    assert told(plan(), book(rows, written(plan()))) == [
        "Klanten, klant Zus (rij 7), kolom klant: Zus",
        "Klanten, klant Zus (rij 7), kolom omzet: 5",
        "Klanten, klant Cees jr. (rij 9), kolom klant: Cees jr.",
    ]


def test_a_row_that_was_copied_is_the_users_once():
    rows = [*cells(ROWS), cells(ROWS)[0]]
    assert len(told(plan(), book(rows, written(plan())))) == 3


def test_without_a_key_rows_are_known_by_all_they_hold_or_by_their_place():
    properties = written(plan(key=()))
    rows = cells(ROWS[::-1])
    assert told(plan(ROWS[:1], key=()), book(rows, properties)) == []
    rows[1][0] = 8.0
    assert told(plan(ROWS[:1], key=()), book(rows, properties)) == ["Klanten, rij 7, kolom omzet: 8"]


@pytest.mark.parametrize("moment", [MOMENT + dt.timedelta(seconds=5), None])
def test_where_another_refresh_wrote_without_keeping_it_nothing_is_known(moment):
    rows = cells(ROWS)
    rows[0][0] = 99.0
    contents = book(rows, written(plan()), moment=moment)
    assert written_in(contents) is None
    assert told(plan(), contents) == []


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "1", '{"versie":1}', '{"versie":2,"op":null,"namen":{},"tabellen":{},"invoer":{}}'],
)
def test_what_cannot_be_read_is_not_known(text):
    assert written_in(Contents(properties={"klantwaarde_geschreven_001": text})) is None


def test_errors_as_calc_writes_them_are_nobodys_formula():
    rows = [("Anna", math.nan, None), ("Bram", CellError.NA, None)]
    held = cells(rows)
    held[0][0], held[1][0] = CellError.NUM, CellError.NA
    found = resolve(plan(), book(held, written(plan(rows)), formulas={0: ("=#NUM!", "=#N/A")}))
    assert (found.retyped, found.over) == ((), ())


@pytest.mark.parametrize("behind", [0, 1462])
def test_a_refresh_that_writes_what_the_last_one_wrote_is_the_same_and_no_other_is(behind):
    later = MOMENT + dt.timedelta(days=1)
    contents = book(
        cells(ROWS, behind), written(plan(kw_omzet=1.0), behind=behind), behind=behind, kw_omzet=1.0
    )
    assert resolve(plan(moment=later, kw_omzet=1.0), contents).is_same
    other = [(*ROWS[0][:2], dt.date(2024, 2, 2)), *ROWS[1:]]
    for rows, figure in (
        (ROWS, 1.01),
        (ROWS[::-1], 1.0),
        (ROWS[:2], 1.0),
        ([*ROWS, ROWS[0]], 1.0),
        (other, 1.0),
    ):
        assert not resolve(plan(rows, moment=later, kw_omzet=figure), contents).is_same
    stale = book(cells(ROWS, behind), contents.properties, moment=later, behind=behind, kw_omzet=1.0)
    assert not resolve(plan(moment=later, kw_omzet=1.0), stale).is_same


def test_the_journal_does_not_tell_a_refresh_from_the_last_and_too_much_is_never_the_same():
    head = TableWrite("tblJ", ("op",), [(MOMENT,)], ("op",), is_journal=True)
    large = TableWrite("tblB", ("op",), [(1.0,)] * (MOST_CELLS + 1), ("op",))
    first = plan()
    for more, is_same in ((head, True), (large, False)):
        both = Plan((*first.tables, more), first.names)
        tables = {"tblA": Table(HEADERS, cells(ROWS)), more.table: Table(("op",), [(1.0,)])}
        properties = resolve(both, Contents({"kw_ververst": None}, tables)).properties
        there = Contents(book([], {}).names, tables, properties=properties)
        another = replace(more, rows=[*more.rows, (2.0,)])
        assert resolve(Plan((*first.tables, another), first.names), there).is_same == is_same


# ── rows of input ───────────────────────────────────────────────────────────────────────────

ORDERS = [("Anna", 10.0, dt.date(2025, 1, 1)), ("Bram", 20.0, dt.date(2025, 1, 2))]


def by_hand(new, rows, properties):
    found = resolve(plan(new, key=COLUMNS, is_input=True), book(rows, properties))
    assert found.retyped == ()
    return [str(one) for one in found.by_hand]


def test_rows_typed_under_orders_from_a_file_are_told_unless_the_file_has_them_now():
    properties = written(plan(ORDERS, key=COLUMNS, is_input=True))
    typed = [*ORDERS, ("Cees", 30.0, dt.date(2025, 1, 3)), ORDERS[0]]
    assert by_hand(ORDERS, cells(typed), properties) == [
        "Klanten, klant Cees (rij 8), kolom klant | omzet | sinds: Cees | 30 | 03-01-2025",
        "Klanten, klant Anna (rij 9), kolom klant | omzet | sinds: Anna | 10 | 01-01-2025",
    ]
    assert by_hand(typed, cells(typed), properties) == []
    assert by_hand([], cells(ORDERS[::-1]), properties) == []  # the shop took them out


def test_an_order_that_was_corrected_by_hand_is_told_as_it_was_corrected():
    properties = written(plan(ORDERS, key=COLUMNS, is_input=True))
    rows = cells(ORDERS)
    rows[1][0] = 25.0
    assert by_hand(ORDERS, rows, properties) == [
        "Klanten, klant Bram (rij 7), kolom klant | omzet | sinds: Bram | 25 | 02-01-2025"
    ]


def test_a_plain_refresh_between_keeps_what_came_from_the_file():
    first = plan(ORDERS, key=COLUMNS, is_input=True)
    contents = book(cells(ORDERS), written(first))
    between = resolve(Plan(names=(NameWrite("kw_ververst", MOMENT),)), contents).properties
    typed = [*ORDERS, ("Cees", 30.0, None)]
    assert len(by_hand(ORDERS, cells(typed), between)) == 1


def test_of_many_orders_those_behind_the_files_are_told():
    many = [(f"K{number}", float(number), None) for number in range(MOST_ROWS + 1)]
    properties = written(plan(many, key=COLUMNS, is_input=True))
    assert sum(map(len, properties.values())) < 300
    assert by_hand(many, cells([*many, ("Cees", 30.0, None)]), properties) == [
        f"Klanten, klant Cees (rij {MOST_ROWS + 7}), kolom klant | omzet: Cees | 30"
    ]


def test_a_workbook_of_which_nothing_is_known_tells_of_no_row():
    between = resolve(Plan(names=(NameWrite("kw_ververst", MOMENT),)), book(cells(ORDERS), {})).properties
    assert by_hand([], cells(ORDERS), between) == []


# ── digests ─────────────────────────────────────────────────────────────────────────────────


@given(st.floats(allow_nan=False, allow_infinity=False), st.integers(0, 2**32))
def test_a_number_of_which_the_last_digits_differ_is_the_same(number, seed):
    said = digest(number)
    assert is_written(number, said)
    assert is_written(float(f"{number:.15g}"), said)
    near = number * (1 + random.Random(seed).uniform(-1e-12, 1e-12))
    assert is_written(near, said)


@pytest.mark.parametrize(
    ("one", "other"),
    [(True, 1.0), (0, -0.0), (None, ""), (math.inf, CellError.NUM), (dt.date(2024, 1, 1), 45292.0),
     ("a  b\r\nc", "a b\nc"), (dt.datetime(2024, 1, 1, 12), 45292.5),
     ("7", 7.0), ("0", 0)],
)  # fmt: skip
def test_what_programs_store_otherwise_is_the_same(one, other):
    assert digest(one) == digest(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [(1.0, 1.01), (9_999_999.98, 9_999_999.99), ("007", 7.0), ("", 0.0), ("1.0", 1.0), ("a", "A")],
)
def test_what_a_person_changes_is_another(one, other):
    assert not is_written(other, digest(one))


def test_what_is_kept_stays_small_and_the_small_tables_come_first():
    large = TableWrite("tblB", COLUMNS, [("x", 1.0, None)] * (MOST_CELLS // 3), ("klant",))
    both = Plan((large, *plan().tables), plan().names)
    there = Contents({"kw_ververst": None}, {"tblA": Table(HEADERS, []), "tblB": Table(COLUMNS, [])})
    properties = resolve(both, there).properties
    known = written_in(book(cells(ROWS), properties))
    assert known is not None
    assert (known.knows("TBLA"), known.knows("tblB")) == (True, False)
    assert all(len(text) <= 255 for text in properties.values())
