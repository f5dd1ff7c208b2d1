"""A plan held against a workbook: what continues what, what is missing, what the user loses."""

import datetime as dt

import pytest

from klantwaarde_xl.errors import CellError, WorkbookChanged
from klantwaarde_xl.plan.plan import ChartWrite, Contents, NameWrite, Plan, Table, TableWrite
from klantwaarde_xl.plan.resolve import resolve
from klantwaarde_xl.xlsx.values import Pointed

HEADERS = ("Klant", "notitie", "omzet", "dubbel")
ROWS = [("Anna", "belt graag", 1.0, 2.0), ("Bram", None, 2.0, 4.0), ("Cees", 7.5, 3.0, 6.0)]
DOUBLE = {3: ("=C6*2", "=C7*2", "=C8*2")}


def changed(new, *, key=("klant",), rows=ROWS, formulas=DOUBLE, behind=0, columns=("omzet", "klant")):
    table = Table(HEADERS, rows, 5, "Klanten", formulas)
    write = TableWrite("TBLA", columns, new, key, "Klanten", ("klant", "klanten"))
    resolved = resolve(Plan((write,)), Contents(tables={"tblA": table}, days_behind=behind))
    return resolved.tables[0]


def test_columns_are_found_by_their_header_wherever_they_stand_and_in_any_case():
    change = changed([(9, "Anna")])
    assert (change.name, change.positions, change.old) == ("tblA", (2, 0), 3)


def test_a_new_row_continues_the_old_row_with_its_key():
    assert changed([(9, "Cees"), (9, "Dora"), (9, "anna"), (9, "Anna")]).sources == (2, None, None, 0)


def test_what_stood_beside_a_vanished_row_is_lost_with_its_place_its_key_and_its_value():
    lost = changed([(9, "Bram")]).lost
    assert [(one.row, one.belongs_to, one.column, one.value) for one in lost] == [
        (6, "klant Anna", "notitie", "belt graag"),
        (8, "klant Cees", "notitie", 7.5),
    ]
    assert str(lost[1]) == "Klanten, klant Cees (rij 8), kolom notitie: 7,5"


def test_without_a_key_what_falls_off_the_end_is_lost_and_told_by_its_row():
    (lost,) = changed([(9, "Dora"), (8, "Ella")], key=()).lost
    assert str(lost) == "Klanten, rij 8, kolom notitie: 7,5"


def test_a_formula_between_typed_values_is_lost_as_its_text():
    change = changed([(9, "Bram")], formulas={3: ("=C6*2", None, None)})
    assert change.typed == (1, 3)
    assert [one.value for one in change.lost] == ["belt graag", "=C6*2", 7.5, 6.0]


def test_a_column_of_formulas_moves_but_is_not_typed():
    change = changed([(9, "Bram")], rows=[(name, None, 1.0, None) for name, *_ in ROWS])
    assert (change.moves, change.typed, change.lost) == (True, (1,), ())


def test_a_formula_where_the_program_writes_is_told_with_whom_it_stood_by_and_moves_nothing():
    empty = [(name, None, amount, None) for name, _, amount, _ in ROWS]
    change = changed([(9, "Bram"), (8, "Anna")], rows=empty, formulas={2: (None, "=8*2", "=9*2")})
    assert [str(one) for one in change.over] == [
        "Klanten, klant Bram (rij 7), kolom omzet: =8*2",
        "Klanten, klant Cees (rij 8), kolom omzet: =9*2",
    ]
    assert (change.moves, change.lost) == (False, ())
    assert [str(one) for one in changed([(9, "Bram")], key=(), formulas={2: ("=1", None, None)}).over] == [
        "Klanten, rij 6, kolom omzet: =1"
    ]


def test_of_a_column_that_was_filled_with_formulas_the_first_is_told_and_how_many_more():
    rows = [(f"K{number}", None, 1.0, None) for number in range(30)]
    many = tuple(None if number < 2 else f"=A{number}" for number in range(30))
    (one,) = changed([(9, "K1")], rows=rows, formulas={2: many}).over
    assert (one.belongs_to, one.value) == ("klant K2", "=A2")
    assert one.column == "omzet (en nog 27 formules eronder)"
    assert len(changed([(9, "K1")], rows=rows, formulas={2: (*many[:22], *[None] * 8)}).over) == 20


def test_a_formula_that_shows_a_row_by_its_address_is_told_who_stands_there_now():
    empty = [(name, None, amount, None) for name, _, amount, _ in ROWS]
    pointed = [Pointed(0, "Mijn!A1", "Klanten!C6"), Pointed(1, "de naam vip", "Klanten!C7")]
    pointed.append(Pointed(2, "Mijn!A3", "Klanten!C8"))
    table = Table(HEADERS, empty, 5, "Klanten", pointed=pointed)
    for new, words in (
        ([(1, "Anna"), (2, "Bram"), (3, "Cees")], []),
        ([(1, "Anna"), (2, "Bart"), (3, "Cees")],
         ["de naam vip, die wijst naar Klanten!C7: was klant Bram, is nu klant Bart"]),
        ([(1, "Anna"), (3, "Cees")],
         ["de naam vip, die wijst naar Klanten!C7: was klant Bram, is nu klant Cees",
          "Mijn!A3, die wijst naar Klanten!C8: was klant Cees, is nu een lege rij"]),
    ):  # fmt: skip
        write = TableWrite("tblA", ("omzet", "klant"), new, ("klant",), "Klanten")
        change = resolve(Plan((write,)), Contents(tables={"tblA": table})).tables[0]
        assert [str(one) for one in change.pointed] == words
        assert not change.moves
    without = TableWrite("tblA", ("omzet", "klant"), [(1, "Bart")], (), "Klanten")
    assert resolve(Plan((without,)), Contents(tables={"tblA": table})).pointed == ()


def test_a_table_in_which_the_user_has_nothing_needs_no_moves():
    empty = [(name, None, amount, None) for name, _, amount, _ in ROWS]
    assert not changed([(9, "Bram")], rows=empty, formulas={}).moves


@pytest.mark.parametrize("behind", [0, 1462])
def test_a_day_is_matched_with_its_number_in_the_workbooks_calendar(behind):
    days = [dt.date(2023, 2, 28), dt.date(2024, 2, 29)]
    zero = dt.date(1899, 12, 30) + dt.timedelta(days=behind)
    rows = [((day - zero).days, "bij " + str(day.year), 1.0, None) for day in days]
    change = changed([(1, days[1]), (2, days[0])], rows=rows, formulas={}, behind=behind)
    assert change.sources == (1, 0)
    gone = changed([(1, days[1])], rows=rows, formulas={}, behind=behind).lost
    assert [one.belongs_to for one in gone] == ["klant 28-02-2023"]


def test_a_number_that_is_a_name_is_no_day_in_a_workbook_from_1904():
    rows = [(1001.0, "vaste klant", 1.0, None)]
    assert changed([(1, "1001")], rows=rows, formulas={}, behind=1462).sources == (0,)


def test_everything_that_is_missing_is_in_one_message_with_its_sheet_and_what_is_there():
    contents = Contents(
        names={"kw_b": 1},
        tables={"tblA": Table(HEADERS, ROWS, 5, "Klanten")},
        present={"tblC": Table((), ())},
        unfit={"tblD": "zonder kopregel", "kw_a": "wijst niet naar één cel"},
    )
    writes = (
        TableWrite("tblA", ("klant", "winst"), (), ("jaar",)),
        TableWrite("tblB", ("x",), ()),
        TableWrite("tblD", ("x",), ()),
    )
    with pytest.raises(WorkbookChanged) as raised:
        resolve(Plan(writes, (NameWrite("kw_a", 1), NameWrite("KW_B", 2), NameWrite("kw_weg", 3))), contents)
    assert raised.value.where.split(", ") == [
        "kolom winst in tblA op blad Klanten",
        "kolom jaar in tblA op blad Klanten",
        "tabel tblB",
        "tabel tblD (zonder kopregel)",
        "naam kw_a (wijst niet naar één cel)",
        "naam kw_weg",
    ]
    assert raised.value.remedy.endswith("De tabellen die er zijn: tblA, tblC.")


def test_names_are_written_as_the_workbook_has_them():
    resolved = resolve(Plan(names=(NameWrite("kw_RENTE", 0.1),)), Contents(names={"Kw_Rente": 0.2}))
    assert resolved.names == (("Kw_Rente", 0.1),)


def test_the_lines_for_the_sheet_of_vanished_rows_say_when_where_and_what():
    table = Table(HEADERS, [("Anna", CellError.NA, 1.0, True)], 5, "Klanten")
    plan = Plan((TableWrite("tblA", ("Klant", "omzet"), [], ("Klant",)),), made=dt.datetime(2026, 3, 4, 5, 6))
    resolved = resolve(plan, Contents(tables={"tblA": table}))
    assert resolved.lost_rows() == [
        ("04-03-2026 05:06", "tblA", "Klant Anna", 6, "notitie", CellError.NA),
        ("04-03-2026 05:06", "tblA", "Klant Anna", 6, "dubbel", True),
    ]


@pytest.mark.parametrize(
    ("held", "known", "to_do"),
    [
        (None, False, False),  # a new workbook, or one that was so already
        (7.5, False, False),
        (None, True, True),
        ("", True, True),
        (" ", True, True),
        (0.0, True, None),  # known and still known: whoever hid it did not do it for want of figures
        (CellError.NA, True, None),
    ],
)
def test_a_chart_is_hidden_without_a_figure_and_shown_when_it_comes(held, known, to_do):
    plan = Plan(charts=tuple(ChartWrite(name, "kw_cijfer", known) for name in ("Grafiek", "Weg")))
    resolved = resolve(plan, Contents(names={"KW_Cijfer": held}, charts=["Anders", "Grafiek"]))
    assert resolved.charts == (() if to_do is None else (("Grafiek", to_do),))


@pytest.mark.parametrize(
    ("held", "known", "to_do"),
    [({"kw_cijfer": 1}, True, True), ({"kw_cijfer": 1, "kw_groep": 2}, True, None), ({}, False, False)],
)
def test_a_chart_in_a_group_is_shown_when_the_last_of_both_comes(held, known, to_do):
    plan = Plan(charts=(ChartWrite("Grafiek", "kw_cijfer", known, ("kw_groep",)),))
    resolved = resolve(plan, Contents(names=held, charts=["Grafiek"]))
    assert resolved.charts == (() if to_do is None else (("Grafiek", to_do),))
