"""The copies of cells that charts carry, renewed: what a chart shows where nothing computes it anew.

Previews and viewers draw these copies; a spreadsheet program makes its own. A copy that cannot be renewed
(of a name, of a block, of very many cells) is left out, which every program takes for none. So is an old copy
in a chart of the newer kind (waterfall, funnel, histogram), whose copies have several levels.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from klantwaarde_xl.addresses import Area, area
from klantwaarde_xl.errors import CellError
from klantwaarde_xl.formula import quoted_sheet, sheet_of
from klantwaarde_xl.xlsx.archive import Archive
from klantwaarde_xl.xlsx.areas import Cells
from klantwaarde_xl.xlsx.held import HeldBodies
from klantwaarde_xl.xlsx.parts import Structure
from klantwaarde_xl.xlsx.scan import escape, unescape
from klantwaarde_xl.xlsx.sheet_read import SheetXml
from klantwaarde_xl.xlsx.values import Value

_MOST_CELLS = 100_000  # of one copy
# Before the formula may stand what a chart filter hides
_HIDDEN = rb"(?:<\1extLst>(?:(?!</\1extLst>).)*+</\1extLst>\s*)?"
_COPY = re.compile(
    rb"<((?:\w+:)?)(num|str)Ref>\s*%s<\1f>([^<]*)</\1f>\s*(<\1\2Cache>(.*?)</\1\2Cache>)" % _HIDDEN, re.S
)
# Of categories in levels, and of labels that show cells
_OTHER = re.compile(
    rb"(<((?:\w+:)?)(?:multiLvlStrRef|datalabelsRange)>\s*%s<\2f>([^<]*)</\2f>\s*)"
    rb"<\2(multiLvlStr|dlblRange)Cache>(.*?)</\2\4Cache>" % _HIDDEN.replace(rb"\1", rb"\2"),
    re.S,
)
_LEVEL = re.compile(rb"<((?:\w+:)?)lvl>(.*?)</\1lvl>", re.S)
_LEVELS = re.compile(
    rb"(<((?:\w+:)?)(num|str)Dim[\s>](?:(?!</\2\3Dim).)*?<\2f(?:\s[^>]*)?>([^<]*)</\2f>)"
    rb"((?:\s*<\2nf[\s>].*?</\2nf>)?\s*)((?:<\2lvl[\s/>].*?)?)(\s*</\2\3Dim\s*>)",
    re.S,
)
_LEVEL_POINT = re.compile(rb"""<(?:\w+:)?pt\s[^>]*?idx=["'](\d+)["'][^>]*>([^<]*)</""")
_POINT = re.compile(rb"""<(?:\w+:)?pt\s[^>]*?idx=["'](\d+)["'][^>]*>\s*<(?:\w+:)?v>([^<]*)</""")
_FORMAT = re.compile(rb"<(?:\w+:)?formatCode>[^<]*</(?:\w+:)?formatCode>")

Values = Callable[[str, Area], "list[Value] | None"]


def renew_charts(archive: Archive, structure: Structure, held: HeldBodies) -> bool:
    """Renew the copies in every chart of a workbook whose cells hold something else by now.

    held: bodies that are out of the workbook. Returns whether there are charts of their cells, which are left
    as they are until the bodies are in.
    """
    cells = _reader(structure)
    waiting = False
    for kind, renew in (("chart", renewed), ("chartEx", without_old_levels)):
        charts = (part for drawing in structure.drawings for part in structure.related(drawing, kind))
        for part in dict.fromkeys(charts):
            data = archive.read(part)
            if held.bodies and any(map(held.touches, _shown_in(data, structure))):
                waiting = True
            elif (new := renew(data, cells)) != data:
                archive.replace(part, (new,))
    return waiting


def _shown_in(chart: bytes, structure: Structure) -> Iterator[Cells]:
    """The cells of which a chart carries copies."""
    formulas = [one[3] for kind in (_COPY, _OTHER) for one in kind.finditer(chart)]
    formulas += [one[4] for one in _LEVELS.finditer(chart)]
    for formula in formulas:
        name, place = _place(unescape(formula.decode()))
        if place is not None and (sheet := structure.sheet(name)):
            yield Cells(sheet.name, place)


def renewed(chart: bytes, cells: Values) -> bytes:
    """Return a chart with its copies renewed.

    cells: gives the values of a sheet's area in one row or column; None where they cannot be told.
    """

    def one(match: re.Match[bytes]) -> bytes:
        whole, copy = match[0], match[4]
        formula = unescape(match[3].decode())
        if "[" in formula:  # of another workbook
            return whole
        points = _points(formula, match[2] == b"str", cells)
        if points is None:
            return whole.replace(copy, b"")
        old = {int(at): unescape(text.decode()) for at, text in _POINT.findall(match[5])}
        if _alike(old, {at: text for at, text in enumerate(points) if text is not None}):
            return whole
        return whole.replace(copy, _written(match[1], match[2], match[5], points))

    def other(match: re.Match[bytes]) -> bytes:
        formula = unescape(match[3].decode())
        levels = [found[2] for found in _LEVEL.finditer(match[5])] or [match[5]]
        is_old = "[" not in formula and not _levels_alike(formula, levels, cells)
        return match[1] if is_old else match[0]

    return _OTHER.sub(other, _COPY.sub(one, chart))


def _levels_alike(formula: str, levels: Sequence[bytes], cells: Values) -> bool:
    """Whether copies of a block, by column from the last to the first, hold what its cells hold."""
    sheet, place = _place(formula)
    if place is None or len(levels) != place.right - place.left + 1:
        return False
    for back, level in enumerate(levels):
        column = place._replace(left=place.right - back, right=place.right - back)
        points = _points(f"{quoted_sheet(sheet)}{column.address}", True, cells)
        old = {int(at): unescape(text.decode()) for at, text in _POINT.findall(level)}
        if points is None or not _alike(old, {at: one for at, one in enumerate(points) if one is not None}):
            return False
    return True


def without_old_levels(chart: bytes, cells: Values) -> bytes:
    """Return a chart of the newer kind without copies of cells that hold something else by now.

    cells: as for `renewed`.
    """

    def one(match: re.Match[bytes]) -> bytes:
        formula, levels = unescape(match[4].decode()), match[6]
        if not levels or "[" in formula:
            return match[0]
        points = _points(formula, match[3] == b"str", cells)
        old = {int(at): unescape(text.decode()) for at, text in _LEVEL_POINT.findall(levels)}
        is_one = levels.count(b"<%slvl" % match[2]) == 1
        if (
            points is not None
            and is_one
            and _alike(old, {at: x for at, x in enumerate(points) if x is not None})
        ):
            return match[0]
        return match[1] + match[5] + match[7]

    return _LEVELS.sub(one, chart)


def _place(formula: str) -> tuple[str, Area | None]:
    """The sheet and the cells of a copy; None for what is no area of one sheet."""
    prefix, mark, reference = formula.strip().rpartition("!")
    try:
        place = area(reference)
    except ValueError:
        return "", None
    return sheet_of(prefix + mark, ""), place if mark else None


def _points(formula: str, is_text: bool, cells: Values) -> list[str | None] | None:
    sheet, place = _place(formula)
    if place is None or place.cells > _MOST_CELLS:
        return None
    if place.top != place.bottom and place.left != place.right:
        return None
    values = cells(sheet, place)
    if values is None or (is_text and any(not isinstance(one, (str, type(None))) for one in values)):
        return None  # a number as text has a form that only its program knows
    return [_text(one, is_text) for one in values]


def _text(value: Value, is_text: bool) -> str | None:
    if is_text:
        return value if isinstance(value, str) else None
    if isinstance(value, CellError):
        return value.text
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return f"{float(value):.17g}" if not float(value).is_integer() else f"{value:.0f}"


def _alike(old: dict[int, str], new: dict[int, str]) -> bool:
    def same(one: str, other: str) -> bool:
        try:
            return one == other or float(one) == float(other)
        except ValueError:
            return False

    return old.keys() == new.keys() and all(same(text, new[at]) for at, text in old.items())


def _written(prefix: bytes, kind: bytes, old: bytes, points: Sequence[str | None]) -> bytes:
    form = _FORMAT.search(old)
    return b"".join(_elements(prefix, kind, form[0] if form else b"", points))


def _elements(prefix: bytes, kind: bytes, form: bytes, points: Sequence[str | None]) -> Iterator[bytes]:
    yield b'<%s%sCache>%s<%sptCount val="%d"/>' % (prefix, kind, form, prefix, len(points))
    for at, text in enumerate(points):
        if text is not None:
            value = escape(text).encode()
            yield b'<%spt idx="%d"><%sv>%s</%sv></%spt>' % (prefix, at, prefix, value, prefix, prefix)
    yield b"</%s%sCache>" % (prefix, kind)


def _reader(structure: Structure) -> Values:
    def cells(name: str, place: Area) -> list[Value] | None:
        sheet = structure.sheet(name)
        if sheet is None:
            return None
        xml = structure.archive.once(sheet.part, SheetXml)
        width = place.right - place.left + 1
        values: list[Value] = [None] * place.cells
        for row in xml.rows():
            if row.number > place.bottom:
                break
            if row.number >= place.top:
                start = (row.number - place.top) * width
                values[start : start + width] = xml.row_values(row, place.left, width, structure.strings)
        return values

    return cells
