"""In an open Calc document all that a user made for a customer goes with the row: notes, colours, columns beside."""

import openpyxl
import pytest
import xlsxwriter

from tests.hosts.libreoffice import stub_worker
from tests.hosts.libreoffice.stub_book import add_customers
from tests.hosts.libreoffice.stub_worker import ROWS
from tests.hosts.libreoffice.test_refresh import refresh

WHO = ("Anna", "Bram", "Cees")
YELLOW = "FFFFFF00"


@pytest.fixture(scope="module", autouse=True)
def _stub(calc, worker_python):
    worker_python.use(stub_worker.__file__)
    yield
    worker_python.use()


def book(path, own, *, mark=WHO[1:]):
    """A table of three customers in C5:E8 without columns of the user's, and what he made for some of them."""
    with xlsxwriter.Workbook(path) as workbook:
        page = add_customers(workbook)
        yellow = workbook.add_format({"bg_color": "#FFFF00"})
        for row, one in enumerate(WHO, 5):
            page.write_row(row, 2, [one, row])
            if one in mark:
                own(page, row, one, yellow)
    return path


def note(page, row, one, yellow):
    page.write_comment(row, 3, f"over {one}")


def colour(page, row, one, yellow):
    page.write(row, 3, row, yellow)


def right(page, row, one, yellow):
    page.write(row, 5, f"over {one}")
    page.write_comment(row, 6, f"over {one}")


def left(page, row, one, yellow):
    page.write(row, 1, f"over {one}")


def refreshed(calc, path, plan):
    document = calc.open(path=str(path))
    try:
        done, message = refresh(calc, document, plan)
        assert done, message
        saved = path.with_name("na.xlsx")
        calc.save(document, path=str(saved))
    finally:
        calc.close(document)
    return saved, message


def marked(path):
    """For each mark the customer in whose row it is, and whom it names; a colour names nobody."""
    sheet = openpyxl.load_workbook(path)["Klanten"]
    found = set()
    for row in sheet.iter_rows(min_row=6, max_row=20):
        who = row[2].value
        for cell in row:
            said = [cell.comment.text] if cell.comment else []
            if isinstance(cell.value, str) and cell.value.startswith("over "):
                said.append(cell.value)
            found |= {(who, text.split()[-1]) for text in said}
            if cell.fill.fgColor.rgb == YELLOW:
                found.add((who, who))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("plan", ["omgekeerd", "groei"])
@pytest.mark.parametrize("own", [note, colour, right, left])
def test_what_was_made_for_a_customer_is_in_the_row_of_that_customer(calc, tmp_path, own, plan):
    saved, message = refreshed(calc, book(tmp_path / "voor.xlsx", own), plan)
    assert marked(saved) == {("Bram", "Bram"), ("Cees", "Cees")}
    sheet = openpyxl.load_workbook(saved)["Klanten"]
    assert [sheet.cell(row, 3).value for row in range(6, 6 + len(ROWS[plan]))] == [
        row[0] for row in ROWS[plan]
    ]
    assert "wat u erbij zette, ging mee" in message


@pytest.mark.slow
@pytest.mark.parametrize("own", [note, colour, right, left])
def test_what_was_made_for_a_customer_stays_where_no_row_moves(calc, tmp_path, own):
    """Calc drops a note from a cell that gets another value."""
    saved, message = refreshed(calc, book(tmp_path / "voor.xlsx", own), "gelijk")
    assert marked(saved) == {("Bram", "Bram"), ("Cees", "Cees")}
    assert "ergens anders" not in message


def test_undo_brings_notes_back_to_where_they_were(calc, tmp_path):
    document = calc.open(path=str(book(tmp_path / "voor.xlsx", note)))
    try:
        assert refresh(calc, document, "krimp")[0]
        assert calc.undo(document) == "Klantwaarde XL: ververs"
        calc.save(document, path=str(tmp_path / "na.xlsx"))
    finally:
        calc.close(document)
    assert marked(tmp_path / "na.xlsx") == {("Bram", "Bram"), ("Cees", "Cees")}


@pytest.mark.slow
@pytest.mark.parametrize("own", [note, right, left])
def test_what_was_made_for_a_customer_who_is_gone_is_kept_with_the_name(calc, tmp_path, own):
    saved, message = refreshed(calc, book(tmp_path / "voor.xlsx", own), "krimp")
    assert marked(saved) == {("Cees", "Cees")}
    kept = openpyxl.load_workbook(saved)["Vervallen rijen"].iter_rows(min_row=2, values_only=True)
    assert {(row[2], row[-1]) for row in kept} == {("klant Bram", "over Bram")}
    assert "Vervallen rijen" in message


@pytest.mark.slow
def test_an_array_of_several_rows_beside_the_table_stays_whole(calc, tmp_path):
    path = book(tmp_path / "voor.xlsx", note)
    document = calc.open(path=str(path))
    try:
        calc.write(document, cells=[["F6:F8", "array", "=D6:D8*2"]])
        done, message = refresh(calc, document, "omgekeerd")
        assert done, message
        calc.recalculate(document)
        assert calc.cells(document, "F6:F8") == [[2 * row[1]] for row in ROWS["omgekeerd"]]
        calc.save(document, path=str(tmp_path / "na.xlsx"))
    finally:
        calc.close(document)
    assert marked(tmp_path / "na.xlsx") == {("Bram", "Bram"), ("Cees", "Cees")}


@pytest.mark.slow
def test_columns_left_and_right_both_go_and_a_new_customer_gets_nothing(calc, tmp_path):
    def both(page, row, one, yellow):
        left(page, row, one, yellow)
        right(page, row, one, yellow)

    saved, _ = refreshed(calc, book(tmp_path / "voor.xlsx", both, mark=WHO), "groei")
    assert marked(saved) == {(one, one) for one in WHO}
    sheet = openpyxl.load_workbook(saved)["Klanten"]
    assert [sheet.cell(row, 2).value for row in range(6, 12)] == [
        f"over {name}" if name in WHO else None for name in stub_worker.GROWN
    ]


@pytest.mark.slow
def test_a_block_under_a_title_like_that_of_the_table_is_not_of_its_rows(calc, tmp_path):
    path = book(tmp_path / "voor.xlsx", right)
    made = openpyxl.load_workbook(path)
    page = made["Klanten"]
    for place, text in (("C4", "Klanten"), ("G4", "Per letter")):
        page[place] = text
        page[place].font = openpyxl.styles.Font(bold=True, size=14)
    for row, letter in enumerate("ABC", 6):
        page[f"G{row}"], page[f"G{row}"].comment = letter, None
    made.save(path)
    saved, _ = refreshed(calc, path, "omgekeerd")
    assert marked(saved) == {("Bram", "Bram"), ("Cees", "Cees")}
    sheet = openpyxl.load_workbook(saved)["Klanten"]
    assert [sheet[f"G{row}"].value for row in (6, 7, 8)] == ["A", "B", "C"]
