"""Files called `.xls` that are XML of Excel 2003, or text: read as what they are."""

import pytest

from klantwaarde_xl.errors import FileUnreadable, UsageError
from tests.data.exported import figures, read, typed

HEAD = (
    '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
)


def cell(value, kind="String", more=""):
    return f'<Cell{more}><Data ss:Type="{kind}">{value}</Data></Cell>'


def row(*cells, more=""):
    return f"<Row{more}>{''.join(cells)}</Row>"


def order(number, who, day, amount):
    return row(
        cell(number), cell(who), cell(f"2025-04-{day}T00:00:00.000", "DateTime"), cell(amount, "Number")
    )


TITLES = row(*map(cell, ["Ordernummer", "Klant", "Datum", "Totaal"]))
ORDERS = [
    order("1001", "K1", "03", "12.5"),
    order("1002", "K2", "04", "1234.56"),
    order("1003", "K1", "13", "7"),
]


def book(folder, *sheets, name="orders.xls"):
    text = "".join(
        f'<Worksheet ss:Name="{title}"><Table>{"".join(rows)}</Table></Worksheet>' for title, rows in sheets
    )
    path = folder / name
    path.write_text(f"{HEAD}{text}</Workbook>", encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["orders.xls", "orders.xml"])
def test_a_workbook_in_xml_is_read_as_any_other(tmp_path, name):
    checked = read(book(tmp_path, ("Orders", [TITLES, *ORDERS]), name=name))
    assert figures(checked) == (3, 1254.06, 1254.06, 2)
    assert str(checked.quality.source).endswith("blad Orders")
    assert [str(one[1]) for one in checked.rows()] == ["2025-04-03", "2025-04-04", "2025-04-13"]


def test_cells_and_rows_that_are_passed_over_and_merged_keep_their_places(tmp_path):
    rows = [
        row(cell("Verkopen april", more=' ss:MergeAcross="3"')),
        row(*map(cell, ["Ordernummer", "Klant", "Datum", "Totaal"]), more=' ss:Index="4"'),
        row(cell("1001"), cell("K1", more=' ss:MergeDown="1"'), cell("2025-04-03T00:00:00", "DateTime"), cell("5", "Number")),
        row(cell("1002"), cell("2025-04-04T00:00:00", "DateTime", ' ss:Index="3"'), cell("6", "Number")),
    ]  # fmt: skip
    checked = read(book(tmp_path, ("Orders", rows)))
    assert figures(checked) == (2, 11.0, 11.0, 1)


def test_its_sheets_can_be_chosen(tmp_path):
    path = book(tmp_path, ("Maart", [TITLES, *ORDERS[:1]]), ("April", [TITLES, *ORDERS[1:]]))
    assert figures(typed(path, "--blad April"))[:2] == (2, 1241.56)
    with pytest.raises(UsageError, match="geen blad 'Mei'"):
        typed(path, "--blad Mei")


@pytest.mark.parametrize(
    "text",
    [
        HEAD + '<Worksheet ss:Name="a"><Table><Row ss:Index="99999999"></Row></Table></Worksheet></Workbook>',
        HEAD + '<Worksheet ss:Name="a"><Table><Row>',
        HEAD
        + '<Worksheet ss:Name="a"><Table><Row><Cell><Data ss:Type="Number">x</Data></Cell></Row></Table></Worksheet></Workbook>',
    ],
)
def test_what_is_damaged_or_hostile_is_refused(tmp_path, text):
    path = tmp_path / "orders.xls"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileUnreadable, match="niet te lezen"):
        read(path)


def test_other_xml_is_refused_with_what_helps(tmp_path):
    path = tmp_path / "orders.xls"
    path.write_text('<?xml version="1.0"?><orders><order/></orders>', encoding="utf-8")
    with pytest.raises(FileUnreadable, match="bestand in XML"):
        read(path)


@pytest.mark.parametrize("sign", ["\t", ";", ","])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_text_that_is_called_a_workbook_so_that_excel_opens_it_is_read(tmp_path, sign, encoding):
    path = tmp_path / "orders.xls"
    lines = ["Ordernummer|Klant|Datum|Totaal", "1001|Zoë|03-04-2025|12.50", "1002|K2|14-04-2025|7.25"]
    path.write_text("\n".join(lines).replace("|", sign) + "\n", encoding=encoding)
    assert figures(read(path)) == (2, 19.75, 19.75, 2)


@pytest.mark.parametrize("content", [b"x\n", b"een regel\nnog een\n", b"a\tb\tc\n\x00\x01\x02", b"a;b;c"])
def test_what_is_no_table_stays_refused(tmp_path, content):
    path = tmp_path / "orders.xls"
    path.write_bytes(content)
    with pytest.raises(FileUnreadable, match="geen werkboek, al heet het zo"):
        read(path)
