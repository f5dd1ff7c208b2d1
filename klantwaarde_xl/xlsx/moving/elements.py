"""The elements of a list in a part, as they are written, and elements put into a part in its order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from klantwaarde_xl.xlsx.scan import Edits, Tag, attribute, tags, with_attribute

_NAME = re.compile(rb"</?([^\s/>]+)")


class Listed(NamedTuple):
    """A list right below the root of a part: its first and last tag, and its elements."""

    first: Tag
    last: Tag
    elements: list[bytes]


def listed(data: bytes, name: bytes) -> Listed | None:
    """A list of a part, by its name without prefix; None without one."""
    found: Tag | None = None
    elements: list[bytes] = []
    start = -1
    for tag, depth in _deep(data):
        if depth == 1 and tag.name == name:
            if tag.kind == "empty":
                return Listed(tag, tag, [])
            if tag.kind == "close" and found is not None:
                return Listed(found, tag, elements)
            found = tag
        elif found is not None and depth == 2:
            if tag.kind == "open":
                start = tag.start
            else:
                elements.append(data[tag.start if tag.kind == "empty" else start : tag.end])
    return None


def _deep(data: bytes) -> Iterator[tuple[Tag, int]]:
    """Every tag with how many elements it lies in."""
    depth = 0
    for tag in tags(data):
        if tag.kind == "other":
            continue
        depth -= tag.kind == "close"
        yield tag, depth
        depth += tag.kind == "open"


def prefix_of(data: bytes) -> bytes:
    """The prefix that the root of a part has, with its colon."""
    root = next(tag for tag in tags(data) if tag.kind != "other")
    name = _NAME.match(data, root.start)
    return name[1][: len(name[1]) - len(root.name)] if name else b""


def with_elements(
    data: bytes, name: bytes, elements: Sequence[bytes], order: Sequence[bytes], *, counted: bool = True
) -> bytes:
    """A part with elements at the end of one of its lists, which is made where the part has none.

    order: the names of what may stand below the root, as its schema has them; the elements are of the part's
    own namespace and have the prefix of its root. counted: whether the list says how many it has.
    """
    if not elements:
        return data
    found, prefix, body = listed(data, name), prefix_of(data), b"".join(elements)
    edits = Edits(data)
    if found is None:
        tag = prefix + name
        count = b' count="%d"' % len(elements) if counted else b""
        place = _place(data, name, order)
        edits.replace(place, place, b"<%s%s>%s</%s>" % (tag, count, body, tag))
        return edits.result()
    opening = data[found.first.start : found.first.end]
    if attribute(opening, b"count") is not None:
        opening = with_attribute(opening, b"count", str(len(found.elements) + len(elements)))
    if found.first == found.last:
        whole = opening.removesuffix(b"/>") + b">" + body + b"</%s%s>" % (prefix, name)
        edits.replace(found.first.start, found.first.end, whole)
    else:
        edits.replace(found.first.start, found.first.end, opening)
        edits.replace(found.last.start, found.last.start, body)
    return edits.result()


def with_element(data: bytes, element: bytes, order: Sequence[bytes]) -> bytes:
    """A part with one more element right below its root, in the order of its schema."""
    name = next(tags(element)).name
    place = _place(data, name, order)
    return data[:place] + element + data[place:]


def _place(data: bytes, name: bytes, order: Sequence[bytes]) -> int:
    """Where an element belongs: before the first that comes later in the order, else at the end."""
    later = set(order[order.index(name) + 1 :])
    end = len(data)
    for tag, depth in _deep(data):
        if depth == 1 and tag.name in later:
            return tag.start
        if depth == 0 and tag.kind == "close":
            end = tag.start
    return end
