"""A copy of a workbook with its cells and nothing else, for a program that only has to compute them.

Whatever such a program may not know how to read (notes, rules, tables, drawings, styles, what-if tables)
has no part in the values of cells, so it is not in the copy; nor is it compressed, for it is read once.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from klantwaarde_xl.limits import MOST_STYLES
from klantwaarde_xl.xlsx.added_sheet import CONTENT_TYPES, DECLARATION, STRICT
from klantwaarde_xl.xlsx.parts import Structure
from klantwaarde_xl.xlsx.scan import escape, local, parse, pieces, tags
from klantwaarde_xl.xlsx.sheet_read import SheetXml

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_NOTHING = DECLARATION + f'<worksheet xmlns="{_MAIN}"><sheetData/></worksheet>'.encode()
_WHAT_IF = re.compile(rb"""<((?:\w+:)?f)\s[^<>]*?t=["']dataTable["'][^<>]*?(?:/>|>[^<]*</\1\s*>)""")


def save_cells(structure: Structure, path: Path, empty: Sequence[str] = ()) -> None:
    """Write the workbook as a file: all worksheets under their names, each with its values and formulas.

    empty: what worksheets with nothing on them are called that come after those.
    """
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as copy:
        for name, chunks in _parts(structure, empty):
            with copy.open(name, "w") as part:
                for chunk in chunks:
                    part.write(chunk)


def _parts(structure: Structure, empty: Sequence[str]) -> Iterator[tuple[str, Iterable[bytes]]]:
    archive = structure.archive
    kinds, arrows, sheets = {"/xl/workbook.xml": "sheet.main", "/xl/styles.xml": "styles"}, [], []
    arrows.append(("styles", "styles.xml"))
    for part in structure.related(structure.workbook_part, "sharedStrings")[:1]:
        kinds["/xl/sharedStrings.xml"] = "sharedStrings"
        arrows.append(("sharedStrings", "sharedStrings.xml"))
        yield "xl/sharedStrings.xml", (archive.read(part),)
    pages = [(sheet.name, sheet.part) for sheet in structure.worksheets] + [(name, "") for name in empty]
    for number, (name, page) in enumerate(pages, 1):
        kinds[f"/xl/worksheets/sheet{number}.xml"] = "worksheet"
        arrows.append(("worksheet", f"worksheets/sheet{number}.xml"))
        title = escape(name).replace('"', "&quot;")
        sheets.append(f'<sheet name="{title}" sheetId="{number}" r:id="rId{len(arrows)}"/>')
        cells = _cells(archive.once(page, SheetXml)) if page else (_NOTHING,)
        yield f"xl/worksheets/sheet{number}.xml", cells
    book = f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{"".join(sheets)}</sheets></workbook>'
    yield "xl/workbook.xml", (DECLARATION, book.encode())
    yield "xl/_rels/workbook.xml.rels", (_arrows(arrows),)
    yield "xl/styles.xml", (_styles(structure),)
    yield "_rels/.rels", (_arrows([("officeDocument", "xl/workbook.xml")]),)
    types = "".join(
        f'<Override PartName="{name}" ContentType="{_TYPE}.{kind}+xml"/>' for name, kind in kinds.items()
    )
    default = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    )
    listing = f'<Types xmlns="{_PACKAGE}/content-types">{default}{types}</Types>'
    yield CONTENT_TYPES, (DECLARATION, listing.encode())


def _arrows(arrows: list[tuple[str, str]]) -> bytes:
    each = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(arrows, 1)
    )
    return DECLARATION + f'<Relationships xmlns="{_PACKAGE}/relationships">{each}</Relationships>'.encode()


def _cells(sheet: SheetXml) -> Iterator[bytes]:
    """A worksheet with its rows only; its root keeps the prefixes that these may use."""
    data, prefix = sheet.data, sheet.prefix
    root = next(tag for tag in tags(data) if tag.name == b"worksheet")
    yield data[root.start : root.end].replace(STRICT.encode(), _MAIN.encode())
    yield b"<%ssheetData>" % prefix
    if sheet.find(b"dataTable", sheet.head_end) >= 0:
        yield _WHAT_IF.sub(b"", data[sheet.head_end : sheet.tail_start])
    else:
        yield from pieces(data, sheet.head_end, sheet.tail_start)
    yield b"</%ssheetData></%sworksheet>" % (prefix, prefix)


def _styles(structure: Structure) -> bytes:
    """As many styles as cells may ask for, all the same."""
    many = 1
    for part in structure.related(structure.workbook_part, "styles")[:1]:
        root = structure.archive.once(part, parse)
        many = max(
            (min(len(element), MOST_STYLES) for element in root.iter() if local(element) == "cellXfs"),
            default=1,
        )
    plain = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"'
    xml = (
        f'<styleSheet xmlns="{_MAIN}">'
        '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        f'<cellStyleXfs count="1">{plain}/></cellStyleXfs>'
        f'<cellXfs count="{max(many, 1)}">' + f'{plain} xfId="0"/>' * max(many, 1) + "</cellXfs>"
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )
    return DECLARATION + xml.encode()
