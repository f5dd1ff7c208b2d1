"""A worksheet of our own making as it reads in another workbook: other formats, texts in their cells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from klantwaarde_xl.xlsx.moving.elements import listed
from klantwaarde_xl.xlsx.moving.formats import Shift
from klantwaarde_xl.xlsx.scan import tags

_STYLE = re.compile(rb'(<(?:c|row)(?: [^<>]*?)? s=")(\d+)"')
_COLUMN_STYLE = re.compile(rb'(<col (?:[^<>]*? )?style=")(\d+)"')
_RULE = re.compile(rb'( \w*[dD]xfId=")(\d+)"')
_TEXT = re.compile(rb'(<c r="[A-Z]+\d+"(?: s="\d+")?) t="s"><v>(\d+)</v></c>')
_RELATION = re.compile(rb'( r:id=")([^"]*)"')


def texts_of(shared: bytes) -> list[bytes]:
    """What the elements of a table of shared texts hold."""
    found = []
    for one in _listed_texts(shared):
        opening = next(tags(one))
        found.append(one[opening.end : one.rindex(b"</")] if opening.kind == "open" else b"<t></t>")
    return found


def _listed_texts(shared: bytes) -> list[bytes]:
    root = next(tag for tag in tags(shared) if tag.kind != "other")
    found = listed(b"<a>" + shared[root.start :] + b"</a>", root.name)
    return found.elements if found else []


def converted(
    data: bytes, shift: Shift, texts: Sequence[bytes], relations: Mapping[str, str] | None = None
) -> bytes:
    """The worksheet, or a table of it: formats further by a shift, shared texts written out in their cells.

    relations: by the id of a relationship in it the one that it has now.
    """

    def further(by: int) -> object:
        return lambda match: b'%s%d"' % (match[1], int(match[2]) + by)

    data = _STYLE.sub(further(shift.cells), data)  # type: ignore[call-overload]
    data = _COLUMN_STYLE.sub(further(shift.cells), data)  # type: ignore[call-overload]
    data = _RULE.sub(further(shift.rules), data)  # type: ignore[call-overload]
    data = _TEXT.sub(
        lambda match: b'%s t="inlineStr"><is>%s</is></c>' % (match[1], texts[int(match[2])]), data
    )
    new = relations or {}
    return _RELATION.sub(
        lambda match: b'%s%s"' % (match[1], new.get(match[2].decode(), match[2].decode()).encode()), data
    )
