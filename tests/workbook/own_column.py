"""What a user does in Excel: type in the column beside a table, which Excel then takes into the table."""

import re
import zipfile

from klantwaarde_xl.addresses import column_letter
from klantwaarde_xl.xlsx.package import Package


def add_column(path, table, header, cells):
    """Widen a table by a column.

    cells: by row of the table (from 0) text, a number, or a formula that starts with `=`.
    """
    sheet, area, _ = Package.open(path).places()[table]
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    wider = area._replace(right=area.right + 1)
    part = next(name for name, data in parts.items() if f'displayName="{table}"'.encode() in data)
    data = parts[part].replace(area.address.encode(), wider.address.encode())
    width = area.right - area.left + 1
    data = data.replace(
        f'<tableColumns count="{width}">'.encode(), f'<tableColumns count="{width + 1}">'.encode()
    )
    column = f'<tableColumn id="{width + 1}" name="{header}"/></tableColumns>'
    parts[part] = data.replace(b"</tableColumns>", column.encode())
    place = f"xl/worksheets/sheet{Package.open(path).sheet_names().index(sheet) + 1}.xml"
    body = _with_cell(parts[place].decode(), area.top, wider.right, header)
    for row, content in cells.items():
        body = _with_cell(body, area.top + 1 + row, wider.right, content)
    parts[place] = body.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def _with_cell(sheet, row, column, content):
    """A sheet with one more cell; the column must be free in that row."""
    address = f"{column_letter(column)}{row}"
    sheet = re.sub(rf'<c r="{address}"[^>]*/>', "", sheet)
    assert f'r="{address}"' not in sheet
    found = re.search(rf'<row r="{row}"[^>]*>(.*?)</row>', sheet)
    cells = re.findall(r'<c r="([A-Z]+)\d+".*?(?:/>|</c>)', found[1])
    assert all((len(letters), letters) < (len(address.rstrip("0123456789")), address) for letters in cells)
    if isinstance(content, str) and content.startswith("="):
        inner = f"<f>{content[1:]}</f>"
    elif isinstance(content, str):
        return _put(sheet, found, f'<c r="{address}" t="inlineStr"><is><t>{content}</t></is></c>')
    else:
        inner = f"<v>{content}</v>"
    return _put(sheet, found, f'<c r="{address}">{inner}</c>')


def _put(sheet, row, cell):
    return sheet[: row.end(1)] + cell + sheet[row.end(1) :]
