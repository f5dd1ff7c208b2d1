"""Rows of a sheet that are struck through: whether they count is asked."""

import zipfile

import openpyxl
import pytest
from openpyxl.styles import Font

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, typed

HEAD = ["Klant", "Datum", "Bedrag"]


@pytest.fixture
def book(tmp_path):
    def made(name="lijst.xlsx", **sheets):
        """rows: customer, amount, and whether it is struck through."""
        made = openpyxl.Workbook()
        made.remove(made.active)
        for title, rows in sheets.items():
            sheet = made.create_sheet(title)
            sheet.append(["Lijst van dit jaar"])
            sheet.append(HEAD)
            for at, (customer, amount, struck) in enumerate(rows):
                sheet.append([customer, f"2025-03-{at + 1:02}", amount])
                for cell in sheet[sheet.max_row] if struck else ():
                    cell.font = Font(strike=True)
        made.save(tmp_path / name)
        return tmp_path / name

    return made


@pytest.mark.slow
def test_a_row_that_is_struck_through_is_asked_about_and_left_out_or_counted_as_the_advice_says(book):
    path = book(Blad=[("A", 5, False), ("B", 6, True), ("C", 7, False)])
    with pytest.raises(Ambiguous, match="1 rij is in het werkboek doorgestreept") as asked:
        read(path)
    assert asked.value.where.endswith("rij 4")
    assert '--zonder "Doorgestreept=ja"' in asked.value.remedy
    assert figures(typed(path, '--zonder "Doorgestreept=ja"'))[:2] == (2, 12.0)
    assert figures(typed(path, '--alleen "Doorgestreept=*"'))[:2] == (3, 18.0)


@pytest.mark.slow
def test_a_row_on_the_second_sheet_is_found_as_well(book):
    path = book(Jan=[("A", 5, False)], Feb=[("B", 6, False), ("C", 9, True)])
    with pytest.raises(Ambiguous, match="doorgestreept"):
        read(path)
    assert figures(typed(path, '--zonder "Doorgestreept=ja"'))[:2] == (2, 11.0)


@pytest.mark.slow
def test_a_workbook_whose_rows_are_all_struck_through_has_nothing_to_ask(book):
    assert figures(read(book(Blad=[("A", 5, True), ("B", 6, True)])))[:2] == (2, 11.0)


@pytest.mark.slow
def test_the_same_advice_holds_for_a_later_workbook_without_such_rows(book):
    assert figures(typed(book(Blad=[("A", 5, False)]), '--zonder "Doorgestreept=ja"'))[:2] == (1, 5.0)


def test_a_font_that_says_that_it_is_not_struck_through_is_not(book, tmp_path):
    path, other = book(Blad=[("A", 5, False), ("B", 6, True)]), tmp_path / "uit.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'<strike val="1" />', b'<strike val="0" />')
                         .replace(b'<strike val="1"/>', b'<strike val="0"/>'))  # fmt: skip
    assert figures(read(other))[:2] == (2, 11.0)


_ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:automatic-styles>
<style:style style:name="ce1" style:family="table-cell"><style:text-properties style:text-line-through-style="{line}"/></style:style>
</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="Blad1">{rows}</table:table>
</office:spreadsheet></office:body></office:document-content>"""


def ods(path, line):
    def row(cells, style=""):
        shown = "".join(
            f'<table:table-cell{style} office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for cell in cells
        )
        return f"<table:table-row>{shown}</table:table-row>"

    rows = [
        row(HEAD),
        row(["A", "2025-03-01", "5"]),
        row(["B", "2025-03-02", "6"], ' table:style-name="ce1"'),
    ]
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
        file.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{manifest}"/>')
        file.writestr("content.xml", _ODS.format(line=line, rows="".join(rows)))
    return path


@pytest.mark.slow
def test_a_row_of_an_opendocument_is_asked_about_too(tmp_path):
    with pytest.raises(Ambiguous, match="doorgestreept"):
        read(ods(tmp_path / "a.ods", "solid"))
    assert figures(read(ods(tmp_path / "b.ods", "none")))[:2] == (2, 11.0)
