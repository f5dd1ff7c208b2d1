"""`klantwaarde vergeet`: nothing of one customer is left, nothing of anybody else is gone, and the rest is told."""

import io
import re
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from klantwaarde_xl.cli.forget import NOT_ALL
from klantwaarde_xl.workbook.kept_text import kept_of_cells
from klantwaarde_xl.xlsx.package import Package
from tests.workbook.rich import png

pytestmark = pytest.mark.filterwarnings("ignore:.*xtension is not supported")
JAN, MORE, CAFE = "Jan", "Jan Jansen", "Café Bo & Zn <1>"
ROWS = "".join(
    f"{name};{day}-{month}-2025;{amount},50\n"
    for name, amount in ((JAN, 10), (MORE, 20), (CAFE, 30), ("K10001", 40), ("1001", 50))
    for day, month in ((3, 3), (9, 5), (1, 8))
)


def text_of(path):
    """All that stands in a file, unpacked, without what XML writes otherwise."""
    with zipfile.ZipFile(path) as file:
        parts = [file.read(name).decode("utf-8", "replace") for name in file.namelist()]
    return "\n".join(parts).replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")


def rows(path, table):
    return Package.open(Path(path)).read_table(table).rows


def customers(path, table="tblTransacties"):
    return {row[0] for row in rows(path, table)}


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """A dashboard to which its user added a column, notes, a sheet, a picture, and rows that went."""
    from klantwaarde_xl.cli.commands import main

    folder = tmp_path_factory.mktemp("vergeten")
    (folder / "o.csv").write_text("klant;datum;bedrag\n" + ROWS, encoding="utf-8")
    path = folder / "d.xlsx"
    assert main(["nieuw", "dashboard", "--gegevens", str(folder / "o.csv"), "--uit", str(path)]) == 0
    book = openpyxl.load_workbook(path)
    sheet = book["RFM"]
    table = sheet.tables["tblRfm"]
    head = sheet[table.ref][0]
    top, left, right = head[0].row, head[0].column, head[-1].column
    sheet.cell(top, right + 1, "notitie")
    for row in range(top + 1, top + 6):
        name = sheet.cell(row, left).value
        sheet.cell(row, right + 1, f"bel {name} over geheim-{name}")
        sheet.cell(row, left).comment = Comment(f"weet alles van {name}: zwak-{name}", "Piet")
    own = book.create_sheet("Mijn blad")
    own["B2"], own["B3"], own["B4"] = "Let op Jan!", "Jansen komt ook", f'="Beste {CAFE}"'
    own["C2"].comment = Comment("vraag JAN nog eens", "Piet")
    own["D1"] = f"=RFM!{head[0].column_letter}{top + 1}"
    own.add_image(openpyxl.drawing.image.Image(io.BytesIO(png())), "F1")
    quality = next(one for one in book if "tblKwaliteit" in one.tables)
    cell = quality[quality.tables["tblKwaliteit"].ref][1][-1]
    cell.value = f"de rij van {JAN} is niet te lezen, die van {MORE} wel"
    lost = book.create_sheet("Vervallen rijen")
    lost.append(["vervallen op", "tabel", "hoorde bij", "rij", "kolom", "waarde"])
    lost.append(["1-1-2025", "RFM-scores", f"klant {JAN}", 20, "notitie", "oude geheim"])
    lost.append(["1-1-2025", "RFM-scores", f"klant {MORE}", 21, "notitie", "blijft"])
    book.save(path)
    return path


@pytest.fixture
def book(here, original):
    path = here / "d.xlsx"
    path.write_bytes(original.read_bytes())
    return path


@pytest.mark.slow
def test_the_list_comes_first_and_nothing_is_erased_without_a_yes(book, say):
    before = book.read_bytes()
    code, out, err = say("vergeet", JAN, "d.xlsx")
    assert (code, err) == (0, "")
    assert "Transacties (blad Gegevens): 3 rijen" in out
    assert "RFM-scores: 1 rij" in out
    assert 'd.xlsx: opmerking bij een cel, blad Mijn blad, cel C2: "vraag JAN nog eens"' in out
    assert "Er is niets gewist" in out
    assert book.read_bytes() == before


@pytest.mark.slow
def test_a_name_goes_and_a_name_that_has_it_in_it_stays(book, say):
    code, out, err = say("vergeet", JAN, "d.xlsx", "--ja")
    assert (code, err) == (NOT_ALL, "")
    assert 'niet gewist, kijk zelf: tekst, blad Mijn blad, cel B2: "Let op Jan!"' in out
    assert 'niet gewist, kijk zelf: opmerking bij een cel, blad Mijn blad, cel C2: "vraag JAN' in out
    assert "kijk zelf: afbeelding, blad Mijn blad" in out
    assert out.count("niet gewist") == 2, out
    for table in ("tblTransacties", "tblRfm"):
        assert JAN not in customers("d.xlsx", table)
        assert {MORE, CAFE, "K10001"} < customers("d.xlsx", table)
    text = text_of(book)
    assert "geheim-Jan<" not in text
    assert "zwak-Jan<" not in text
    assert "oude geheim" not in text
    assert "vraag JAN nog eens" in text
    assert text.count("geheim-Jan Jansen") == text.count("zwak-Jan Jansen") == 1
    assert "de rij van Jan" not in text
    assert "Jansen komt ook" in text
    assert "blijft" in text


@pytest.mark.slow
def test_what_was_left_can_be_mended_as_advised_and_then_all_is_gone(book, say):
    say("vergeet", JAN, "d.xlsx", "--ja")
    opened = openpyxl.load_workbook(book)
    opened["Mijn blad"]["B2"] = "Let op!"
    opened["Mijn blad"]["C2"].comment = None
    opened.save(book)
    code, _, err = say("vergeet", JAN, "d.xlsx", "--ja")
    assert (code, "staat in geen van deze werkboeken" in err) == (3, True)


@pytest.mark.slow
def test_the_totals_stand_when_orders_stay_under_a_name_that_says_nothing(book, say):
    before = rows("d.xlsx", "tblKpi"), sum(row[2] for row in rows("d.xlsx", "tblTransacties"))
    order = [row[1:] for row in rows("d.xlsx", "tblTransacties")]
    code, out, _ = say("vergeet", CAFE, "d.xlsx", "--ja")
    assert code == NOT_ALL  # the formula of the user's own
    assert "formule, blad Mijn blad, cel B4" in out
    assert (rows("d.xlsx", "tblKpi"), sum(row[2] for row in rows("d.xlsx", "tblTransacties"))) == before
    assert [row[1:] for row in rows("d.xlsx", "tblTransacties")] == order
    (instead,) = {one for one in customers("d.xlsx") if str(one).startswith("vergeten-")}
    assert instead in out
    assert instead in customers("d.xlsx", "tblRfm")
    assert say("ververs", "d.xlsx")[0] == 0
    assert rows("d.xlsx", "tblKpi") == before[0]
    assert instead in customers("d.xlsx", "tblRfm")


@pytest.mark.slow
def test_orders_go_too_when_asked_and_the_figures_follow(book, say):
    say("vergeet", "K10001", "d.xlsx", "--ja", "--ook-bestellingen")
    assert len(rows("d.xlsx", "tblTransacties")) == 12
    assert not any("vergeten" in str(one) for one in customers("d.xlsx"))
    assert len(rows("d.xlsx", "tblRfm")) == 4
    assert "K10001" not in text_of(book)
    assert sum(row[1] or 0 for row in rows("d.xlsx", "tblKpi")) == pytest.approx(
        sum(row[2] for row in rows("d.xlsx", "tblTransacties"))
    )


@pytest.mark.slow
def test_a_number_is_a_customer_only_in_a_column_of_customers(book, say):
    code, out, _ = say("vergeet", "1001", "d.xlsx", "--ja")
    assert "niet gewist" not in out
    assert code == 0, out
    assert "1001" not in {str(one) for one in customers("d.xlsx")}


@pytest.mark.slow
def test_a_code_that_is_also_an_address_is_not_found_in_formulas(book, say):
    opened = openpyxl.load_workbook(book)
    opened["Mijn blad"]["A9"] = "=K10001+1"
    opened.save(book)
    code, out, _ = say("vergeet", "K10001", "d.xlsx", "--ja")
    assert (code, "niet gewist" in out) == (0, False), out


@pytest.mark.slow
def test_copies_that_have_the_customer_go_and_those_of_others_stay(book, say):
    assert say("ververs", "d.xlsx")[0] == 0
    (copy,) = book.parent.glob("d (back-up*")
    other = copy.with_name(copy.name.replace("d (", "dd ("))
    other.write_bytes(copy.read_bytes())
    out = say("vergeet", JAN, "d.xlsx", "--ja")[1]
    assert f"reservekopie, gaat helemaal weg: {copy.name}" in out
    assert not copy.exists()
    assert other.exists()
    assert list(book.parent.glob("*back-up*")) == [other]


@pytest.mark.slow
def test_all_workbooks_of_a_folder_may_be_named_copies_too(book, say):
    assert say("ververs", "d.xlsx")[0] == 0
    code, out, _ = say("vergeet", JAN, *sorted(path.name for path in book.parent.glob("*.xlsx")), "--ja")
    assert (code, out.count("Gewist uit")) == (NOT_ALL, 1)
    assert [path.name for path in book.parent.glob("*.xlsx")] == ["d.xlsx"]


@pytest.mark.slow
def test_a_workbook_that_is_not_ours_is_named_and_nothing_changes(book, say):
    openpyxl.Workbook().save("vreemd.xlsx")
    before = book.read_bytes()
    code, _, err = say("vergeet", JAN, "d.xlsx", "vreemd.xlsx", "--ja")
    assert (code, "Waar: vreemd.xlsx" in err) == (4, True)
    assert book.read_bytes() == before


@pytest.mark.slow
def test_the_data_beside_the_workbook_that_still_have_the_name_are_named(here, say):
    Path("o.csv").write_text("klant;datum;bedrag\n" + ROWS, encoding="utf-8")
    say("nieuw", "dashboard", "--gegevens", "o.csv", "--uit", "e.xlsx")
    code, out, _ = say("vergeet", CAFE, "e.xlsx", "--ja")
    assert (code, "niet gewist: o.csv, waaruit dit werkboek komt" in out) == (NOT_ALL, True)
    Path("o.csv").write_text("klant;datum;bedrag\n" + ROWS.replace(f"{JAN};", "Iemand;"), encoding="utf-8")
    assert "o.csv, waaruit" not in say("vergeet", JAN, "e.xlsx", "--ja")[1]  # only in a longer name


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["Jann", "d.xlsx"], 3, "Bedoelde u Jan?"),
        ([" ", "d.xlsx"], 2, "Er staat geen klant"),
        (["Jan", "weg.xlsx"], 3, "weg.xlsx"),
        (["Jan"], 2, "ontbreekt"),
    ],
)
def test_bad_words_are_refused_and_nothing_changes(book, say, words, code, said):
    before = book.read_bytes()
    found, _, err = say("vergeet", *words, "--ja")
    assert (found, said in err) == (code, True), err
    assert book.read_bytes() == before


@pytest.mark.slow
def test_an_open_workbook_and_formulas_among_the_orders_are_refused(book, say):
    book.with_name("~$d.xlsx").write_bytes(b"\x03Piet")
    assert say("vergeet", JAN, "d.xlsx", "--ja")[0] == 4
    book.with_name("~$d.xlsx").unlink()
    opened = openpyxl.load_workbook(book)
    sheet = opened["Gegevens"]
    top = sheet[sheet.tables["tblTransacties"].ref][0][0].row
    sheet.cell(top + 2, 3, "=1+1")
    opened.save(book)
    before = book.read_bytes()
    code, _, err = say("vergeet", JAN, "d.xlsx", "--ja")
    assert (code, "In kolom datum staan formules" in err) == (4, True), err
    assert book.read_bytes() == before


@pytest.mark.slow
def test_a_person_at_a_terminal_is_asked(book, say, monkeypatch):
    asked = []
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda words: asked.append(words) or "nee")
    assert "niets gewist" in say("vergeet", JAN, "d.xlsx")[1]
    assert "RFM-scores: 1 rij" in asked[0]
    monkeypatch.setattr("builtins.input", lambda words: "ja")
    say("vergeet", JAN, "d.xlsx")
    assert JAN not in customers("d.xlsx")


@pytest.mark.slow
def test_the_address_of_a_customer_goes_and_is_looked_for_everywhere(here, say):
    Path("o.csv").write_text("klant;datum;bedrag\n" + ROWS, encoding="utf-8")
    mails = f"{JAN};boefje@x.nl;ja\n{MORE};net@x.nl;ja\n"
    Path("a.csv").write_text(f"klant;e-mail;toestemming\n{mails}", encoding="utf-8")
    words = ["--gegevens", "o.csv", "--gegevens", "adressen=a.csv", "--uit", "r.xlsx"]
    assert say("nieuw", "rfm-segmenten", *words)[0] == 0
    opened = openpyxl.load_workbook("r.xlsx")
    opened.create_sheet("Mijn blad")["A1"] = "mail naar Boefje@x.nl"
    opened.save("r.xlsx")
    code, out, _ = say("vergeet", JAN, "r.xlsx", "--ja")
    assert code == NOT_ALL
    assert 'niet gewist, kijk zelf: tekst, blad Mijn blad, cel A1: "mail naar Boefje@x.nl"' in out
    assert "niet gewist: a.csv, waaruit dit werkboek komt" in out
    assert text_of("r.xlsx").casefold().count("boefje@x.nl") == 1
    assert "net@x.nl" in text_of("r.xlsx")
    assert [row[1] for row in rows("r.xlsx", "tblAdressen")] == [None, "net@x.nl"]


@pytest.mark.slow
def test_a_code_of_two_letters_is_not_found_in_what_is_kept_of_cells(here, say):
    def kept_with(code):
        rows = "".join(
            f"{code if at % 9 == 4 else f'Kok {at % 9}'};{1 + at}-3-2025;{10 + at},25\n" for at in range(27)
        )
        Path("k.csv").write_text(f"klant;datum;bedrag\n{rows}", encoding="utf-8")
        assert say("nieuw", "dashboard", "--gegevens", "k.csv", "--uit", "k.xlsx", "--overschrijven")[0] == 0
        return " ".join(kept_of_cells(Package.open(Path("k.xlsx"))))

    code = re.findall('"([A-Z][a-z])"', kept_with("Mus"))[0]
    assert f'"{code}"' in kept_with(code)
    out, err = say("vergeet", code, "k.xlsx")[1:]
    assert "3 rijen" in out + err
    assert "eigenschappen" not in out + err
