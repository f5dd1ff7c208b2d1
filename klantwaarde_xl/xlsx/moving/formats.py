"""The formats of one workbook behind those of another, so that cells of both keep their looks."""

from __future__ import annotations

import re
from typing import NamedTuple

from klantwaarde_xl.xlsx.moving.elements import listed, prefix_of, with_elements
from klantwaarde_xl.xlsx.scan import attribute, tags, whole, with_attribute

_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ORDER = (
    b"numFmts", b"fonts", b"fills", b"borders", b"cellStyleXfs", b"cellXfs", b"cellStyles", b"dxfs",
    b"tableStyles", b"colors", b"extLst",
)  # fmt: skip
_PARTS_OF_FORMAT = ((b"fonts", b"fontId"), (b"fills", b"fillId"), (b"borders", b"borderId"))
_FIRST_OWN_NUMBER = 164  # below it are the number formats that every program has


class Shift(NamedTuple):
    """By how much the numbers of formats grow: those of cells, and those of rules."""

    cells: int
    rules: int


def with_formats(own: bytes, other: bytes) -> tuple[bytes, Shift]:
    """The styles of a workbook with those of another behind them.

    other: the styles of a workbook of our own making, whose elements have no prefix.
    """
    shift = Shift(_many(own, b"cellXfs"), _many(own, b"dxfs"))
    numbers, own = _with_numbers(own, other)
    by = {index: _many(own, name) for name, index in _PARTS_OF_FORMAT}
    for name, _ in _PARTS_OF_FORMAT:
        own = _appended(own, name, _elements(other, name))
    styles, own = _with_styles(own, other, by, numbers)
    formats = [_of_style(_shifted(one, by, numbers), styles) for one in _elements(other, b"cellXfs")]
    own = _appended(own, b"cellXfs", formats)
    return _appended(own, b"dxfs", _elements(other, b"dxfs")), shift


def _elements(data: bytes, name: bytes) -> list[bytes]:
    found = listed(data, name)
    return found.elements if found else []


def _many(data: bytes, name: bytes) -> int:
    return len(_elements(data, name))


def _appended(own: bytes, name: bytes, elements: list[bytes]) -> bytes:
    if prefix_of(own):  # ours have none, so each says of what vocabulary it is
        elements = [re.sub(rb"^<(\w+)", rb'<\1 xmlns="%s"' % _MAIN, one) for one in elements]
    return with_elements(own, name, elements, _ORDER)


def _with_numbers(own: bytes, other: bytes) -> tuple[dict[str, str], bytes]:
    """The new numbers of the other's number formats, and the styles with those that are not there yet."""
    codes = {attribute(one, b"formatCode"): attribute(one, b"numFmtId") for one in _elements(own, b"numFmts")}
    taken = [int(number) for number in codes.values() if number and number.isdecimal()]
    following = max([_FIRST_OWN_NUMBER - 1, *taken]) + 1
    numbers: dict[str, str] = {}
    added = []
    for one in _elements(other, b"numFmts"):
        code, number = attribute(one, b"formatCode"), attribute(one, b"numFmtId") or ""
        known = codes.get(code)
        if known is None:
            known = codes[code] = str(following)
            following += 1
            added.append(with_attribute(one, b"numFmtId", known))
        numbers[number] = known
    return numbers, _appended(own, b"numFmts", added)


def _with_styles(
    own: bytes, other: bytes, by: dict[bytes, int], numbers: dict[str, str]
) -> tuple[dict[str, str], bytes]:
    """The new places of what the other's named styles say, and the workbook with those it lacks."""
    looks, there = _elements(other, b"cellStyleXfs"), _many(own, b"cellStyleXfs")
    kept = {mark: attribute(one, b"xfId") for one in _elements(own, b"cellStyles") for mark in _marks(one)}
    places: dict[str, str] = {"0": "0"}
    added, named = [], []
    if not there:
        added.append(_shifted(looks[0], by, numbers) if looks else b"<xf/>")
    for one in _elements(other, b"cellStyles"):
        place = attribute(one, b"xfId") or "0"
        if place == "0" and "0" not in kept.values() and not any(mark in kept for mark in _marks(one)):
            named.append(one)  # programs count the styles from the one that every cell has
        if place in places or whole(place) >= len(looks):
            continue
        known = next((kept[mark] for mark in _marks(one) if mark in kept), None)
        if known is None:
            known = str(there + len(added))
            added.append(_shifted(looks[whole(place)], by, numbers))
            named.append(with_attribute(one, b"xfId", known))
        places[place] = known
    return places, _appended(_appended(own, b"cellStyleXfs", added), b"cellStyles", named)


def _marks(style: bytes) -> tuple[str, ...]:
    """By what a named style is known: its number among those that every program has, its name."""
    found = attribute(style, b"builtinId"), (attribute(style, b"name") or "").casefold()
    return tuple(mark for mark in found if mark)


def _of_style(element: bytes, places: dict[str, str]) -> bytes:
    """A cell format of the other workbook with the place that its named style has now."""
    first = next(tags(element))
    opening = element[first.start : first.end]
    place = places.get(attribute(opening, b"xfId") or "0", "0")
    return with_attribute(opening, b"xfId", place) + element[first.end :]


def _shifted(element: bytes, by: dict[bytes, int], numbers: dict[str, str]) -> bytes:
    """A cell format of the other workbook with the places that its parts have now."""
    first = next(tags(element))
    opening = element[first.start : first.end]
    for name, shift in by.items():
        opening = with_attribute(opening, name, str(whole(attribute(opening, name)) + shift))
    number = attribute(opening, b"numFmtId") or "0"
    opening = with_attribute(opening, b"numFmtId", numbers.get(number, number))
    return opening + element[first.end :]
