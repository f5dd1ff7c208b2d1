"""The list of sheets and the names of a workbook, when some of its sheets are replaced."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from klantwaarde_xl.xlsx.moving.elements import listed, prefix_of, with_elements
from klantwaarde_xl.xlsx.moving.formulas import Followed
from klantwaarde_xl.xlsx.parts import Structure
from klantwaarde_xl.xlsx.scan import Edits, attribute, escape, tags, unescape, whole, with_attribute

_ORDER = (
    b"fileVersion", b"fileSharing", b"workbookPr", b"workbookProtection", b"bookViews", b"sheets",
    b"functionGroups", b"externalReferences", b"definedNames", b"calcPr", b"oleSize", b"customWorkbookViews",
    b"pivotCaches", b"smartTagPr", b"smartTagTypes", b"webPublishing", b"fileRecoveryPr",
    b"webPublishObjects", b"extLst",
)  # fmt: skip
_BUILT_IN = "_xlnm."
_NAME = re.compile(rb"^<[^>]*>([^<]*)<")


class _Name(NamedTuple):
    name: str
    tab: int  # −1 for the whole workbook
    element: bytes


def with_names(
    data: bytes, old: Structure, new: Structure, tabs: Sequence[tuple[str, str]], how: Followed
) -> bytes:
    """The workbook part with its sheets in another order, and the names of both workbooks.

    tabs: of every sheet what it is called in the part and what it becomes. A name that both have is the new
    workbook's; one of the user's that looks at a replaced sheet looks at the one in its place.
    """
    places = {name: at for at, (name, _) in enumerate(tabs)}
    before = old.tabs
    data = _with_views(data, before, places)
    data = _with_sheets(data, tabs)
    titles = [title for _, title in tabs]
    ours = [_moved(one, titles.index(new.tabs[one.tab]) if one.tab >= 0 else -1) for one in _names(new)]
    known = {one.name.casefold() for one in ours if one.tab < 0}
    kept = []
    for one in _names(old):
        if one.tab < 0 and (one.name.casefold() in known or one.name.casefold() in how.gone):
            continue
        if one.tab >= 0:
            if one.tab >= len(before):
                continue
            if how.places.replaced(before[one.tab]) is not None and one.name.startswith(_BUILT_IN):
                continue
            one = _moved(one, places[before[one.tab]])
        kept.append(one._replace(element=_followed(one, how)))
    every = sorted([*kept, *ours], key=lambda one: (one.name.casefold(), one.tab))
    return _with_list(data, [one.element for one in every])


def _names(structure: Structure) -> Iterator[_Name]:
    found = listed(structure.archive.read(structure.workbook_part), b"definedNames")
    for element in found.elements if found else ():
        opening = element[: next(tags(element)).end]
        tab = attribute(opening, b"localSheetId")
        yield _Name(attribute(opening, b"name") or "", whole(tab, -1), element)


def _moved(one: _Name, tab: int) -> _Name:
    """A name of one sheet that stands elsewhere in the order."""
    if one.tab < 0:
        return one
    end = next(tags(one.element)).end
    opening = with_attribute(one.element[:end], b"localSheetId", str(tab))
    return _Name(one.name, tab, opening + one.element[end:])


def _followed(one: _Name, how: Followed) -> bytes:
    found = _NAME.match(one.element)
    if found is None:
        return one.element
    old = unescape(found[1].decode())
    now = how.formula(old, "", f"de naam {one.name}")
    if now == old:
        return one.element
    return one.element[: found.start(1)] + escape(now).encode() + one.element[found.end(1) :]


def _with_sheets(data: bytes, tabs: Sequence[tuple[str, str]]) -> bytes:
    found = listed(data, b"sheets")
    if found is None:
        raise LookupError("sheets")
    by_name = {attribute(one, b"name") or "": one for one in found.elements}
    written = [with_attribute(by_name[name], b"name", title) for name, title in tabs]
    edits = Edits(data)
    edits.replace(found.first.end, found.last.start, b"".join(written))
    return edits.result()


def _with_views(data: bytes, before: Sequence[str], places: dict[str, int]) -> bytes:
    """The window shows the same sheet, wherever its tab stands now."""
    edits = Edits(data)
    for tag in tags(data):
        if tag.name == b"workbookView" and tag.kind in ("open", "empty"):
            text = data[tag.start : tag.end]
            for name in (b"activeTab", b"firstSheet"):
                at = whole(attribute(text, name))
                if attribute(text, name) is not None or name == b"activeTab":
                    shown = places.get(before[at], 0) if 0 <= at < len(before) else 0
                    text = with_attribute(text, name, str(shown))
            edits.replace(tag.start, tag.end, text)
    return edits.result()


def _with_list(data: bytes, elements: Sequence[bytes]) -> bytes:
    found = listed(data, b"definedNames")
    prefix = prefix_of(data)
    if prefix:
        elements = [_prefixed(one, prefix) for one in elements]
    if found is None:
        return with_elements(data, b"definedNames", elements, _ORDER, counted=False)
    edits = Edits(data)
    body = b"".join(elements)
    edits.replace(
        found.first.start, found.last.end, b"<%sdefinedNames>%s</%sdefinedNames>" % (prefix, body, prefix)
    )
    return edits.result()


def _prefixed(element: bytes, prefix: bytes) -> bytes:
    """An element of ours, which has no prefix, as the part writes its own."""
    return re.sub(rb"(</?)(definedName)(?=[\s>])", rb"\1" + prefix + rb"\2", element)
