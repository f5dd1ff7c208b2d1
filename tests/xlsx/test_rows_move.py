"""Everything that belongs to a row goes where its customer goes, in a closed file."""

import datetime as dt
import io
import re

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from klantwaarde_xl.plan.closed import apply_plan
from klantwaarde_xl.plan.plan import Plan, TableWrite
from klantwaarde_xl.xlsx.package import NewBody, Package
from tests.workbook.rich import cell, edited, pack, unpack, with_openpyxl
from tests.xlsx.attached_book import KINDS, OURS, SHEET, TOP, attached_book, everything, found, rows_of

SOME = ["Anna", "Bram", "Cees", "Dora", "Ella", "Fred", "Gijs", "Hans"]
MARKED = ("Bram", "Ella", "Hans")


def refreshed(data, customers):
    """The workbook after a refresh with these customers, and the report."""
    package = Package.from_bytes(data)
    report = apply_plan(package, Plan((TableWrite("tblA", OURS, rows_of(customers), ("klant",)),)))
    return package.to_bytes(), report


def kept_text(data):
    """What the sheet of vanished rows has, as one text."""
    sheet = with_openpyxl(data)["Vervallen rijen"]
    return "\n".join(" | ".join(str(value) for value in row) for row in sheet.values)


@pytest.fixture(scope="module")
def book():
    return attached_book(SOME, MARKED)


def test_the_reader_of_these_tests_sees_everything_where_it_was_put(book):
    assert found(book) == everything(MARKED)


@pytest.mark.parametrize(
    "customers",
    [
        SOME[::-1],
        ["Aad", *SOME],
        ["Ella", "Bram", "Hans"],
        ["Aad", "Anna", "Bert", "Bram", "Carl", "Ella", "Gijs", "Guus", "Hans", "Zeno", "Zus"],
        ["Hans", *(f"Nieuw {n}" for n in range(40)), "Ella", "Bram"],
    ],
    ids=["turned", "one first", "few", "between", "many"],
)
@pytest.mark.parametrize("totals", [False, True], ids=["", "totals"])
def test_what_belongs_to_a_customer_is_in_the_row_of_that_customer(customers, totals):
    data, report = refreshed(attached_book(SOME, MARKED, totals=totals), customers)
    assert found(data) == everything(MARKED)
    assert report.lost == ()


@pytest.mark.slow
def test_from_one_row_to_2500_to_none_to_100_nothing_is_ever_with_another_customer():
    alone = attached_book(["K1250"], ("K1250",))
    many = [f"K{n:04}" for n in range(1, 2501)]
    data, _ = refreshed(alone, many)
    of_column = ("kleur", "validatie", "opmaakregel")  # of the only row there was: its column's
    want = {kind: pairs for kind, pairs in everything(("K1250",)).items() if kind not in of_column}
    assert {kind: pairs for kind, pairs in found(data).items() if kind not in of_column} == want
    data, report = refreshed(data, [])
    assert {one.belongs_to for one in report.lost} == {"klant K1250"}
    assert {kind for kind, pairs in found(data).items() if pairs} <= set(of_column)
    data, report = refreshed(data, many[1000:1100])
    assert report.lost == ()
    assert {kind for kind, pairs in found(data).items() if pairs} <= set(of_column)


def test_everything_of_a_customer_who_is_gone_that_says_something_is_kept_with_the_name(book):
    data, report = refreshed(book, [one for one in SOME if one != "Ella"])
    assert found(data) == everything(("Bram", "Hans"))
    text = kept_text(data)
    for said in (
        "van mij | in Ella", "ernaast | naast Ella", "klant (opmerking) | opmerking Ella",
        "omzet (gesprek) | Piet: vraag Ella", "omzet (gesprek) | Piet: antwoord Ella",
        "naam (koppeling) | https://voorbeeld.nl/Ella", "naam (afbeelding) | foto Ella",
        "omzet (vorm) | tekst Ella",
    ):  # fmt: skip
        assert f"klant Ella | {TOP + 4} | {said}" in text, said
    assert len(report.lost) == 8


def test_what_stands_apart_from_the_table_stays(book):
    data, _ = refreshed(book, ["Aad", *SOME[::-1]])
    sheet = with_openpyxl(data)["Klanten"]
    assert sheet["J5"].value == "staat los van de tabel"
    assert sheet["J6"].comment.text.strip() == "ook los"


def test_new_rows_look_like_the_column_and_have_its_rules_but_not_those_of_one_customer(book):
    data, _ = refreshed(book, ["Bram", "Nieuw"])
    assert "FFFFFF00" not in with_openpyxl(data)["Klanten"][f"D{TOP + 1}"].fill.fgColor.rgb
    xml = unpack(data)[SHEET].decode()
    assert f'sqref="D{TOP}:D{TOP + 1}"' in xml  # data bars
    assert f'sqref="B{TOP}:B{TOP + 1}"' in xml  # longest name


def test_days_keep_looking_like_days_when_most_rows_were_pasted_without_a_format():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Klanten")
    sheet.add_table("A1:A5", {"name": "t", "columns": [{"header": "dag"}]})
    sheet.write_number(1, 0, 46000, book.add_format({"num_format": "dd-mm-yyyy"}))
    sheet.write_column(2, 0, [46001, 46002, 46003])
    book.close()
    package = Package.from_bytes(out.getvalue())
    days = [dt.date(2026, 1, day) for day in range(1, 8)]
    apply_plan(package, Plan((TableWrite("t", ("dag",), [(day,) for day in days], ("dag",)),)))
    cells = with_openpyxl(package.to_bytes())["Klanten"]["A2:A8"]
    assert [cell.value.date() for (cell,) in cells] == days


def test_a_formula_that_is_the_same_in_all_rows_is_written_for_new_customers_too(book):
    data, _ = refreshed(book, ["Aad", "Bram", "Zus"])
    for row in range(TOP, TOP + 3):
        assert f"<f>D{row}*2</f>" in cell(data, SHEET, f"F{row}")


def test_a_formula_that_differs_between_rows_is_not_spread(book):
    parts = unpack(book)
    xml = parts[SHEET].decode()
    for row in range(TOP, TOP + len(SOME)):
        xml = xml.replace(f"<f>D{row}*2</f>", f"<f>D{row}*{row}</f>")
    odd, _ = refreshed(pack({**parts, SHEET: xml.encode()}), ["Bram", "Nieuw"])
    assert f"<f>D{TOP}*{TOP + 1}</f>" in cell(odd, SHEET, f"F{TOP}")
    assert cell(odd, SHEET, f"F{TOP + 1}") == ""


def test_a_formula_over_its_own_row_stays_that_in_a_table_of_one_row_too():
    for customers in (["Bram"], ["Bram", "Cees"]):
        book = edited(attached_book(customers, ()), SHEET, f"<f>D{TOP}*2</f>", f"<f>SUM(C{TOP}:D{TOP})</f>")
        data, _ = refreshed(book, ["Aad", "Bram", "Cees"])
        assert f"<f>SUM(C{TOP + 1}:D{TOP + 1})</f>" in cell(data, SHEET, f"F{TOP + 1}")


@pytest.mark.parametrize("kind", KINDS)
def test_refreshing_with_the_same_customers_in_the_same_order_moves_nothing(book, kind):
    data, _ = refreshed(book, SOME)
    assert found(data)[kind] == everything(MARKED)[kind]


def test_parts_in_which_nothing_moves_keep_their_bytes(book):
    data, _ = refreshed(book, SOME)
    before, after = unpack(book), unpack(data)
    for name in ("xl/comments1.xml", "xl/drawings/vmlDrawing1.vml", "xl/drawings/drawing1.xml"):
        assert after[name] == before[name]
    assert after[SHEET].partition(b"</sheetData>")[2] == before[SHEET].partition(b"</sheetData>")[2]


def test_the_height_of_a_row_in_which_two_tables_stand_stays_with_neither():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Klanten")
    for place, name in ((1, "een"), (4, "twee")):
        sheet.add_table(0, place, 3, place, {"name": name, "columns": [{"header": "klant"}]})
        sheet.write_column(1, place, ["Anna", "Bram", "Cees"])
    sheet.set_row(2, 33)
    book.close()
    package = Package.from_bytes(out.getvalue())
    rows = [("Cees",), ("Anna",), ("Bram",)]
    apply_plan(
        package, Plan(tuple(TableWrite(name, ("klant",), rows, ("klant",)) for name in ("een", "twee")))
    )
    heights = with_openpyxl(package.to_bytes())["Klanten"].row_dimensions
    assert [heights[row].height for row in (2, 3, 4)] == [None, 33, None]


def saved_elsewhere(customers, rows):
    """A table as another program saves it; rows: what it says of each row behind its number."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Klanten")
    sheet.add_table(0, 1, len(customers), 1, {"name": "een", "columns": [{"header": "klant"}]})
    sheet.write_column(1, 1, customers)
    book.close()
    parts = unpack(out.getvalue())
    name = "xl/worksheets/sheet1.xml"
    text = parts[name].decode()
    for number, said in enumerate(rows, 2):
        text = re.sub(rf'<row r="{number}"[^>]*>', f'<row r="{number}" {said}>', text)
    return Package.from_bytes(pack(parts | {name: text.encode()}))


PLAIN = 'customFormat="false" ht="{}" hidden="false" customHeight="false" outlineLevel="0" collapsed="false"'


@pytest.mark.parametrize(
    ("customers", "rows"),
    [
        (["Anna"], [PLAIN.format("12.8")]),
        (["Anna", "Bram", "Cees"], [PLAIN.format("12.8"), PLAIN.format("23.85"), PLAIN.format("12.8")]),
        (["Anna", "Bram"], ['spans="2:2" ht="30"', "hidden='0'"]),
        (["Anna", "Bram"], ['ht="30" customHeight="0"', 'outlineLevel="0"']),
    ],
)
def test_what_a_program_says_of_every_row_is_nothing_that_the_user_put_there(customers, rows):
    package = saved_elsewhere(customers, rows)
    new = [("Aad",), *((name,) for name in customers)]
    report = apply_plan(package, Plan((TableWrite("een", ("klant",), new, ("klant",)),)))
    assert (report.moved, report.lost) == (0, ())
    text = unpack(package.to_bytes())["xl/worksheets/sheet1.xml"].decode()
    assert not re.search(r"<row [^>]* ht=", text)  # made of a text that stands elsewhere now


@pytest.mark.parametrize(
    "said",
    [
        'ht="30" customHeight="1"',
        'ht="30" customHeight="true"',
        'hidden="1"',
        'outlineLevel="2"',
        's="1" customFormat="1"',
    ],
)
def test_what_somebody_did_to_a_row_goes_with_it(said):
    package = saved_elsewhere(["Anna", "Bram", "Cees"], [PLAIN.format("12"), said, PLAIN.format("12")])
    new = [("Aad",), ("Anna",), ("Bert",), ("Bram",), ("Cees",)]
    report = apply_plan(package, Plan((TableWrite("een", ("klant",), new, ("klant",)),)))
    assert report.moved == 3
    text = unpack(package.to_bytes())["xl/worksheets/sheet1.xml"].decode()
    assert [int(row) for row in re.findall(rf'<row r="(\d+)" {said}', text)] == [5]


NAMES = [f"Klant{n:02}" for n in range(24)]
LISTS = st.lists(st.permutations(NAMES).map(lambda names: names[:14]), min_size=1, max_size=4)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(st.sets(st.sampled_from(NAMES), min_size=1, max_size=6), st.permutations(NAMES), LISTS, st.booleans())
def test_after_any_refreshes_everything_is_with_its_customer_or_told(marked, first, later, totals):
    """Of so many rows no more than six are marked, so that what they have never becomes the column's."""
    first = first[:14]
    marked = [one for one in first if one in marked]
    data, there = attached_book(first, marked, totals=totals), set(marked)
    for customers in later:
        data, report = refreshed(data, customers)
        gone = there - set(customers)
        assert {one.belongs_to for one in report.lost} == {f"klant {one}" for one in gone}
        there -= gone
        assert found(data) == everything(there)


@pytest.mark.parametrize(
    ("number", "format_", "kept"),
    [
        (46148, "dd-mm-yyyy", "06-05-2026"),
        (46148.297, "d mmm yyyy h:mm", "06-05-2026 07:07"),
        (46148, "mmm-yy", "06-05-2026"),
        (46148, "#,##0.00", 46148),
        (0.5, "h:mm", 0.5),
        (46148, '0 "dagen"', 46148),
    ],
)
def test_a_day_of_a_customer_who_is_gone_is_kept_as_a_day(number, format_, kept):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Klanten")
    sheet.add_table("A1:B3", {"name": "t", "columns": [{"header": "klant"}, {"header": "gebeld"}]})
    sheet.write_column(1, 0, ["A", "B"])
    sheet.write_number(2, 1, number, book.add_format({"num_format": format_}))
    book.close()
    package = Package.from_bytes(out.getvalue())
    report = apply_plan(package, Plan((TableWrite("t", ("klant",), [("A",)], ("klant",)),)))
    assert with_openpyxl(package.to_bytes())["Vervallen rijen"]["F2"].value == kept
    assert str(kept).replace(".", ",") in str(report.lost[0])


def test_one_long_word_of_a_customer_who_is_gone_is_begun_in_the_message():
    package = Package.from_bytes(attached_book(["Anna", "Bram"], ()))
    rows = package.read_table("tblA").rows
    package.edit([NewBody("tblA", [3], [["lang" * 100], [rows[1][3]]])])
    report = apply_plan(package, Plan((TableWrite("tblA", OURS, rows_of(["Bram"]), ("klant",)),)))
    assert "kolom van mij: langlang" in str(report.lost[0])


def test_a_long_note_of_a_customer_who_is_gone_is_short_in_the_message_and_whole_on_the_sheet():
    long = "lang verhaal " * 2000
    data = attached_book(["Anna", "Bram"], ())
    package = Package.from_bytes(data)
    rows = package.read_table("tblA").rows

    package.edit([NewBody("tblA", [3], [[long], [rows[1][3]]])])
    report = apply_plan(package, Plan((TableWrite("tblA", OURS, rows_of(["Bram"]), ("klant",)),)))
    assert len(str(report.lost[0])) < 300
    assert long.strip() in kept_text(package.to_bytes())


def test_a_picture_in_a_cell_goes_with_its_customer_and_is_called_so_when_that_is_gone():
    """Stored as an error with a number for what it shows, which older programs do not know."""
    data = attached_book(["Anna", "Bram"], ())
    xml = unpack(data)[SHEET].decode()
    picture = '<c r="E{0}" t="e" vm="{0}"><v>#VALUE!</v></c>'
    for row in (TOP, TOP + 1):
        xml = xml.replace(f'<c r="F{row}"', picture.format(row) + f'<c r="F{row}"')
    after, report = refreshed(pack(unpack(data) | {SHEET: xml.encode()}), ["Aad", "Bram"])
    assert cell(after, SHEET, f"E{TOP + 1}") == picture.format(TOP + 1)
    assert cell(after, SHEET, f"E{TOP}") == ""
    assert [str(one.value) for one in report.lost] == ["afbeelding of gegevenstype in de cel"]
