"""Hiding charts of a drawing, and showing them again, by their name; nothing else about them changes."""

from __future__ import annotations

from collections.abc import Mapping

from klantwaarde_xl.xlsx.scan import Edits, attribute, tags, with_attribute

_TRUE = ("1", "true")


def chart_names(drawing: bytes) -> list[str]:
    """The names of the charts, pictures and shapes of a drawing."""
    return [
        attribute(drawing[tag.start : tag.end], b"name") or ""
        for tag in tags(drawing)
        if tag.name == b"cNvPr" and tag.kind != "close"
    ]


def with_charts(drawing: bytes, shown: Mapping[str, bool]) -> bytes:
    """Return a drawing in which some of its charts are to be seen or not."""
    edits = Edits(drawing)
    for tag in tags(drawing):
        if tag.name != b"cNvPr" or tag.kind == "close":
            continue
        text = drawing[tag.start : tag.end]
        wanted = shown.get(attribute(text, b"name") or "")
        if wanted is not None and (attribute(text, b"hidden") in _TRUE) is wanted:
            edits.replace(tag.start, tag.end, with_attribute(text, b"hidden", None if wanted else "1"))
    return edits.result()
