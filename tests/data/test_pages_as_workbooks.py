"""Web pages under the name of a workbook, as programs export `.xls`."""

import pytest

from klantwaarde_xl.data.reading.workbooks.html_tables import tables_of
from klantwaarde_xl.errors import FileUnreadable
from tests.data.exported import figures, read

ROWS = [("Factuurnr", "Datum", "Relatiecode", "Totaal"), ("31", "04-02-2025", "r7", "1.250,50"), ("32", "09-02-2025", "r9", "&euro; 80,00")]  # fmt: skip


def _table(rows, more=""):
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>\n" for row in rows)
    return f"<table border=1>{more}{cells}</table>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_table_of_a_page_is_read_as_the_text_that_it_shows(tmp_path, encoding):
    looks = "<style>td { mso-number-format: '0' }</style>" * 40
    title = "<tr><td colspan=4>Verkoop café</td></tr>"
    menu = _table([("Home", "Uitloggen")])
    page = f"<html><head>{looks}</head><body><table><tr><td>{menu}{_table(ROWS, title)}</td></tr></table></body></html>"
    path = tmp_path / "facturen.xls"
    path.write_bytes(page.encode(encoding))
    assert figures(read(path)) == (2, 1330.5, 1330.5, 2)
    assert tables_of(path)["tabel 2"].rows[0][0] == "Verkoop café"


def test_a_cell_over_several_rows_holds_its_place(tmp_path):
    path = tmp_path / "weken.xls"
    lines = "<tr><th>Klantnr<th>Datum<th>Bedrag</tr><tr><td rowspan=2>k1<td>4-2-2025<td>10,00</tr>"
    path.write_text(f"<table>{lines}<tr><td>5-2-2025<td>7,00</tr><tr><td>k2<td>6-2-2025<td>5,00</tr></table>")
    assert figures(read(path)) == (3, 22.0, 22.0, 2)


@pytest.mark.parametrize(
    "page", ["<html><body>U bent uitgelogd</body></html>", "<table><tr><td></td></tr></table>"]
)
def test_a_page_without_a_table_is_called_what_it_is(tmp_path, page):
    path = tmp_path / "export.xls"
    path.write_text(page)
    with pytest.raises(FileUnreadable):
        read(path)


def test_cells_over_more_than_a_table_has_are_no_table(tmp_path):
    path = tmp_path / "export.xls"
    path.write_text("<table><tr>" + "<td rowspan=65000 colspan=1900>1" * 2 + "</tr></table>")
    with pytest.raises(ValueError, match="more cells"):
        tables_of(path)
