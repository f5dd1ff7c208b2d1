"""`klantwaarde vergeet` leaves what is not the customer's: of others, of twins, of files of other workbooks."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from klantwaarde_xl.cli.forget import NOT_ALL
from klantwaarde_xl.xlsx.package import Package
from tests.workbook.rich import png

pytestmark = pytest.mark.filterwarnings("ignore:.*xtension is not supported")
NAMES = ("Zilver", "ZILVER", "zilver BV", "24", "Regel\nTwee", "Maart", "Anker")


def row_of(sheet, name):
    """The row of a customer on a sheet with one column of them."""
    return next(row for row in range(1, sheet.max_row + 1) for cell in sheet[row][:3] if cell.value == name)


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """A workbook in which the row of each customer has a note about another, a link, a picture and own text."""
    from klantwaarde_xl.cli.commands import main

    folder = tmp_path_factory.mktemp("anderen")
    lines = [
        f'"{one}";{day}-{at + 1}-2025;{10 * at + 5},00\n' for at, one in enumerate(NAMES) for day in (2, 9)
    ]
    (folder / "o.csv").write_text("klant;datum;bedrag\n" + "".join(lines), encoding="utf-8")
    path = folder / "w.xlsx"
    assert main(["nieuw", "rfm-segmenten", "--gegevens", str(folder / "o.csv"), "--uit", str(path)]) == 0
    book = openpyxl.load_workbook(path)
    sheet = next(one for one in book if "tblRfm" in one.tables)
    head = sheet[sheet.tables["tblRfm"].ref][0]
    top, left, right = head[0].row, head[0].column, head[-1].column
    sheet.cell(top, right + 1, "van mij")
    for at, row in enumerate(range(top + 1, top + 1 + len(NAMES))):
        name = sheet.cell(row, left).value
        sheet.cell(row, left).comment = Comment(
            f"eigen {at} van {name!r}, leverde in maart 24 stuks zilver", "P"
        )
        sheet.cell(row, left + 1).hyperlink = f"mailto:adres{at}@post.nl"
        sheet.cell(row, right + 1, f"vak {at}")
        image = openpyxl.drawing.image.Image(io.BytesIO(png()))
        sheet.add_image(image, sheet.cell(row, left + 2).coordinate)
    own = book.create_sheet("Eigen")
    own["A1"].comment = Comment("overleg 24 maart over ZILVER", "P")
    for row in range(3, 33):
        own.cell(row, 1, f"Zilver {row} besproken")
    lost = book.create_sheet("Vervallen rijen")
    lost.append(["vervallen op", "tabel", "hoorde bij", "rij", "kolom", "waarde"])
    lost.append(["1-1-2025", "RFM-scores", "klant Anker", 20, "notitie", "neemt 24 in maart"])
    lost.append(["1-1-2025", "RFM-scores", "klant 24", 21, "notitie", "van hem"])
    lost.append(["1-1-2025", "RFM-scores", "klant Oud", 22, "notitie", "al weg"])
    book.save(path)
    return path


@pytest.fixture
def book(here, original):
    path = here / "w.xlsx"
    path.write_bytes(original.read_bytes())
    return path


def notes(path):
    """Sheet, cell and text of every note."""
    opened = openpyxl.load_workbook(path)
    return {
        (sheet.title, cell.coordinate, cell.comment.text)
        for sheet in opened
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def everything(path):
    with zipfile.ZipFile(path) as file:
        return b"\n".join(file.read(name) for name in file.namelist()).decode("utf-8", "replace")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["24", "Maart", "Zilver", "ZILVER"])
def test_only_the_note_on_the_row_goes_whatever_words_other_notes_have(book, say, name):
    before, cells = notes(book), values(book)
    code, out, _ = say("vergeet", name, "w.xlsx", "--ja")
    assert code == NOT_ALL
    (gone,) = before - notes(book)
    assert repr(name) in gone[2]
    assert f"(opmerking): {gone[2]}" in out
    assert notes(book) < before
    own = [line for line in out.splitlines() if "opmerking bij een cel, blad Eigen, cel A1" in line]
    # Of twins each has its own spelling; the note says ZILVER
    assert own == (
        []
        if name == "Zilver"
        else [
            '  niet gewist, kijk zelf: opmerking bij een cel, blad Eigen, cel A1: "overleg 24 maart over ZILVER"'
        ]
    )
    now = values(book)
    changed = {old for key, old in cells.items() if now.get(key) != old}
    assert {str(one) for one in changed if not str(one).startswith("vak")} <= {name, *_of(name)}


def _of(name):
    return {"1-1-2025", "RFM-scores", "klant 24", "21", "notitie", "van hem"} if name == "24" else set()


def values(path):
    opened = openpyxl.load_workbook(path)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in opened
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and not cell.value.startswith("=")
    }


@pytest.mark.slow
def test_rows_that_vanished_go_by_whose_they_were(book, say):
    say("vergeet", "24", "w.xlsx", "--ja")
    text = everything(book)
    assert ("neemt 24 in maart" in text, "van hem" in text) == (True, False)
    code, out, _ = say("vergeet", "Oud", "w.xlsx", "--ja")
    assert ("al weg" in everything(book), "Vervallen rijen: 1 rij" in out) == (False, True)
    assert (code, "De orders staan er nog" in out) == (0, False)


@pytest.mark.slow
def test_where_a_link_led_goes_with_the_row(book, say):
    before = everything(book)
    say("vergeet", "Anker", "w.xlsx", "--ja")
    gone = [
        at for at in range(len(NAMES)) if f"adres{at}@" in before and f"adres{at}@" not in everything(book)
    ]
    assert len(gone) == 1


@pytest.mark.slow
def test_every_place_that_is_left_is_told_before_and_after(book, say):
    for words in ((), ("--ja",)):
        _, out, _ = say("vergeet", "Zilver", "w.xlsx", *words)
        told = [line for line in out.splitlines() if "tekst, blad Eigen, cel A" in line]
        assert len(told) == 30
        assert any('cel A32: "Zilver 32 besproken"' in line for line in told)


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("maart", 3, "Bedoelde u Maart?"),
        ("zilver", 3, "Bedoelde u ZILVER of Zilver?"),
        ("*", 3, "in geen van deze werkboeken"),
        ("Segmenten", 3, "in geen van deze werkboeken"),
        ("besproken", NOT_ALL, 'w.xlsx: tekst, blad Eigen, cel A7: "Zilver 7 besproken"'),
    ],
)
def test_a_name_that_is_no_customer_changes_nothing(book, say, name, code, said):
    before = book.read_bytes()
    found, out, err = say("vergeet", name, "w.xlsx", "--ja")
    assert (found, said in out + err) == (code, True), out + err
    assert book.read_bytes() == before


@pytest.mark.slow
def test_a_name_with_a_line_break_is_found_by_its_words(book, say):
    code, _, err = say("vergeet", "Regel Twee", "w.xlsx", "--ja")
    assert err == ""
    assert code in (0, NOT_ALL)
    keys = {str(row[0]) for row in Package.open(book).read_table("tblTransacties").rows}
    assert len(keys) == len(NAMES)
    assert not any("Twee" in key for key in keys)


@pytest.mark.slow
def test_copies_that_only_have_the_word_stay_and_are_told(book, say):
    opened = openpyxl.load_workbook(book)
    for row in opened["Gegevens"].iter_rows():
        for cell in row:
            if cell.value == "Anker":
                cell.value = "Ander"
    sheet = next(one for one in opened if "tblRfm" in one.tables)
    sheet.cell(row_of(sheet, "Anker"), 2).value = "Ander"
    opened["Vervallen rijen"]["C2"] = "klant Ander"
    opened["Eigen"]["B1"] = "uit het Anker"
    copy = Path("w (back-up 2025-01-01 10.00.00).xlsx")
    opened.save(copy)
    code, out, _ = say("vergeet", "Anker", "w.xlsx", "--ja")
    assert (code, copy.exists()) == (NOT_ALL, True)
    assert f"reservekopie {copy.name} noemt de naam" in out


@pytest.mark.slow
def test_copies_and_reports_of_a_workbook_that_is_not_there_any_more_are_told(book, say):
    data = book.read_bytes()
    old = Path("oud (back-up 2025-01-01 10.00.00).xlsx")
    other = Path("ander (back-up 2025-01-01 10.00.00).xlsx")
    for path in (old, other, Path("ander.xlsx")):
        path.write_bytes(data)
    report = Path("oud (verslag 2025-01-01 10.00.00).txt")
    report.write_text("klant Anker: kolom notitie\n", encoding="utf-8")
    Path("ander (verslag 2025-01-01 10.00.00).txt").write_text("klant Anker\n", encoding="utf-8")
    mine = Path("w (verslag 2025-01-01 10.00.00).txt")
    mine.write_text("klant Anker: kolom notitie\n", encoding="utf-8")
    code, out, _ = say("vergeet", "Anker", "w.xlsx", "--ja")
    assert code == NOT_ALL
    assert (old.exists(), report.exists(), other.exists(), mine.exists()) == (True, True, True, False)
    assert f'klantwaarde vergeet "Anker" "{old}"' in out
    assert f"verslag {report.name}, van een werkboek dat hier niet meer staat" in out
    assert "ander (" not in out
    report.unlink()
    assert say("vergeet", "Anker", str(old), "--ja")[0] in (0, NOT_ALL)
    assert say("vergeet", "Anker", "w.xlsx", "--ja")[0] == 3  # nothing has the name any more
    assert "Anker" not in {row[0] for row in Package.open(old).read_table("tblTransacties").rows}


def test_the_folder_itself_is_no_workbook(book, say):
    code, _, err = say("vergeet", "Anker", ".")
    assert (code, "Dit is een map" in err) == (say("vergeet", "Anker", str(Path.cwd()))[0], True)
