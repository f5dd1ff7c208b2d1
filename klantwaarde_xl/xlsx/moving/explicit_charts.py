"""A chart of our own making that says all it means.

What a chart leaves out, programs fill in by the program that a workbook says it was saved by: LibreOffice
takes a workbook of a later Excel to mean yes where one of our own means no (labels with names, smooth lines).
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from klantwaarde_xl.xlsx.scan import local, parse

_SHOWN = ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")
_LABELS = ("idx", "delete", "layout", "tx", "numFmt", "spPr", "txPr", "dLblPos", *_SHOWN)
_BEGIN = ("barDir", "scatterStyle", "radarStyle", "grouping", "varyColors")
_TITLE = ("tx", "layout", "overlay")
_LEGEND = ("legendPos", "legendEntry", "layout", "overlay")
_BAR = ("idx", "order", "tx", "spPr", "invertIfNegative")
_LINE = (
    "idx", "order", "tx", "spPr", "marker", "dPt", "dLbls", "trendline", "errBars", "cat", "val", "xVal",
    "yVal", "smooth",
)  # fmt: skip


def explicit(data: bytes, part: str) -> bytes:
    """The chart with a no wherever it says nothing; raises WorkbookUnsafe for what is no XML."""
    root = parse(data, part)
    _say(root, "roundedCorners", ("date1904", "lang", "roundedCorners"))
    for element in root.iter():
        name, around = local(element), local(parent) if (parent := element.getparent()) is not None else ""
        if name == "title":
            _say(element, "overlay", _TITLE)
        elif name == "legend":
            _say(element, "overlay", _LEGEND)
        elif name in ("dLbls", "dLbl") and not any(local(one) == "delete" for one in element):
            for shown in _SHOWN:
                _say(element, shown, ("dLbl", *_LABELS))
        elif name.endswith("Chart") and around == "plotArea":
            _say(element, "varyColors", _BEGIN)
        elif name == "ser" and around in ("lineChart", "scatterChart"):
            _say(element, "smooth", _LINE)
        elif name == "ser" and around == "barChart":
            _say(element, "invertIfNegative", _BAR)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _say(parent: etree._Element, name: str, order: Sequence[str]) -> None:
    """Give an element a child that means no, unless it has it; order: what stands before it."""
    if any(local(one) == name for one in parent):
        return
    before = order[: order.index(name)]
    place = sum(local(one) in before for one in parent)
    made = etree.SubElement(parent, f"{{{etree.QName(parent).namespace}}}{name}", val="0")
    parent.insert(place, made)
