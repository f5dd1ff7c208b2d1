"""What a user put on the rows of a table besides values, in a refresh of an open Excel for Windows."""

from types import SimpleNamespace

import pytest

from klantwaarde_xl.hosts.excel import attached
from tests.hosts.excel.test_refresh import NAMES, ROWS, write
from tests.hosts.excel.test_refresh_com import body, refreshed
from tests.hosts.excel.wire import decode

BARE = [row[:2] for row in ROWS]  # nothing of the user's in a cell
REVERSED = write([["cato", 3], ["bram", 2], ["anna", 1]])


def with_attached(classic, *tables, rows=BARE, table="A3:B6", book=None, **attached):
    return refreshed(classic, *tables, rows=rows, table=table, book={"attached": attached, **(book or {})})


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["note", "thread", "link", "fill"])
def test_what_is_on_a_row_goes_with_it_though_no_column_is_the_users(classic, kind):
    said = 255.0 if kind == "fill" else "bel in mei"
    done = with_attached(classic, REVERSED, **{kind: {"A4": said}})
    assert [row[0] for row in body(done)] == ["cato", "bram", "anna"]
    assert done["attached"][kind] == {"A6": said}


def test_rows_on_which_nothing_is_are_written_in_their_place(classic):
    done = with_attached(classic, REVERSED, note={"A1": "van een andere rij", "D5": "ernaast"})
    assert [entry[0] for entry in done["log"] if entry[0] == "Value"] == ["Value"]
    assert done["attached"]["note"] == {"A1": "van een andere rij", "D5": "ernaast"}


def test_before_a_row_goes_with_a_note_the_user_is_asked_and_a_no_keeps_it(classic):
    gone = write([["bram", 2], ["cato", 3]])
    done = with_attached(classic, gone, note={"B4": "kent de directeur"}, book={"answer": False})
    (question,) = done["asked"]
    assert "Klant anna (rij 4), kolom Omzet (opmerking): kent de directeur" in question
    assert done["attached"]["note"] == {"B4": "kent de directeur"}
    assert [row[0] for row in body(done)] == ["anna", "bram", "cato"]


def test_texts_on_vanished_rows_are_kept_and_nothing_of_them_stays_behind(classic):
    gone = write([["cato", 3]])
    on = {"thread": {"A4": "nabellen?"}, "link": {"A5": "mailto:bram@example.nl"}, "fill": {"A4": 255.0}}
    done = with_attached(classic, gone, note={"A6": "trouw"}, **on)
    kept = [row[2:6] for row in decode(done["sheets"]["Vervallen rijen"])]
    assert kept[1:] == [
        ["Klant anna", 4.0, "Klant (gesprek)", "nabellen?\nja"],
        ["Klant bram", 5.0, "Klant (koppeling)", "mailto:bram@example.nl"],
    ]
    assert done["attached"] == {"note": {"A4": "trouw"}, "thread": {}, "link": {}, "fill": {}}


def test_new_rows_look_like_one_that_is_still_there(classic):
    more = write([["cato", 3], *([name, 1] for name in ("daan", "els", "finn"))])
    done = with_attached(classic, more, note={"A6": "trouw"})
    assert ["AutoFill", "A4:B7", 3] in done["log"]  # anna and bram are gone, with how they looked
    assert done["attached"]["note"] == {"A4": "trouw"}


@pytest.mark.parametrize("coloured", ["A4", "A5", "A6"])
def test_new_rows_do_not_take_the_colour_of_one_customer(classic, coloured):
    more = write([[name, 1] for name in ("daan", "anna", "bram", "cato", "els")])
    done = with_attached(classic, more, fill={coloured: 255.0})
    (place,) = done["attached"]["fill"]
    was = BARE[int(coloured[1]) - 1][0]
    assert body(done)[int(place[1:]) - 4][0] == was


@pytest.mark.parametrize("coloured", ["A4", "A5", "A6"])
def test_when_all_customers_go_their_colours_go_too(classic, coloured):
    done = with_attached(classic, write([["daan", 1], ["els", 2]]), fill={coloured: 255.0})
    assert done["attached"]["fill"] == {}


def test_what_most_rows_look_like_is_what_new_rows_look_like(classic):
    more = write([[name, 1] for name in ("anna", "bram", "cato", "daan")])
    done = with_attached(classic, more, fill={"A4": 255.0, "A5": 255.0})
    assert set(done["attached"]["fill"]) == {"A4", "A5", "A7"}


def test_columns_outside_the_table_are_named_when_rows_stand_elsewhere(classic):
    rows = [
        [*row, None, note] for row, note in zip(BARE, [None] * 3 + ["eerste", None, "derde"], strict=True)
    ]
    done = with_attached(classic, REVERSED, rows=rows)
    (line,) = (line for line in done["words"] if "kolom D" in line)
    assert "ging niet met de rijen mee" in line
    still = refreshed(classic, write([["anna", 11], ["bram", 21], ["cato", 31]]), rows=rows, table="A3:B6")
    assert not any("kolom D" in line for line in still["words"])


class WideSheet:
    """A sheet used as far as its last column, with something in a few; it counts what it was asked."""

    def __init__(self, *filled):
        self.filled, self.asked = filled, 0
        self.book = SimpleNamespace(app=SimpleNamespace(api=SimpleNamespace(WorksheetFunction=self)))

    def range(self, first, last):
        return SimpleNamespace(api=(first[1], last[1]))

    def CountA(self, columns):  # noqa: N802  the name is Excel's
        self.asked += 1
        return float(sum(columns[0] <= column <= columns[1] for column in self.filled))


def test_a_sheet_that_is_used_to_its_last_column_is_not_asked_about_each():
    sheet = WideSheet(2, 700, 16_384)
    assert [*attached._filled(sheet, 2, 9, 1, 16_384)] == [2, 700, 16_384]
    assert sheet.asked < 100


def test_a_formula_and_a_name_that_show_a_row_are_told_when_another_stands_there(classic):
    rows = [
        *([*row[:2], None, None] for row in ROWS[:2]),
        *ROWS[2:3],
        *([*row[:2], None, None] for row in ROWS[3:]),
    ]
    rows[0] = [*rows[0], None, None, None, "=B4*2", "=SUM(B4:B6)"]  # in H1 and I1
    same = refreshed(classic, write([["anna", 1], ["bram", 2], ["cato", 3]]), rows=rows)
    assert not [line for line in same["words"] if "wijst naar" in line]
    more = {"names": {**NAMES, "vip": "='Map1.xlsx'!$A$5"}}
    done = refreshed(classic, write([["aad", 0], ["anna", 1], ["bram", 2]]), rows=rows, book=more)
    assert done["error"] is None
    assert [line for line in done["words"] if line.startswith("  ")] == [
        "  Map1.xlsx!H1, die wijst naar Map1.xlsx!B4: was Klant anna, is nu Klant aad",
        "  de naam vip, die wijst naar Map1.xlsx!A5: was Klant bram, is nu Klant anna",
    ]
