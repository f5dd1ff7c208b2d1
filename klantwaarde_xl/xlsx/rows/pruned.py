"""Replacing and removing elements of a part; a list that becomes empty goes with its last element."""

from __future__ import annotations

from klantwaarde_xl.xlsx.scan import Edits, Tag, attribute, tags, with_attribute

# Lists that the format does not allow to be empty, up to the extensions that hold them
_LISTS = {
    b"dataValidations", b"conditionalFormattings", b"hyperlinks", b"ignoredErrors", b"protectedRanges",
    b"sparklines", b"sparklineGroups", b"ext", b"extLst",
}  # fmt: skip
_NEEDS = {b"sparklineGroup": b"sparklines"}  # what is nothing without one of its elements


class _Open:
    """An element that has begun: its tag, and how many of its elements stay and go."""

    def __init__(self, tag: Tag) -> None:
        self.tag, self.stay = tag, 0
        self.gone: list[bytes] = []

    def is_empty(self) -> bool:
        name = self.tag.name
        return bool(self.gone) and (
            (name in _LISTS and not self.stay) or (name in _NEEDS and _NEEDS[name] in self.gone)
        )


class Pruned(Edits):
    """Replacements and removals in one part, made together at the end."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self._removed: dict[int, int] = {}

    def __bool__(self) -> bool:
        return bool(self._changes or self._removed)

    def remove(self, start: int, end: int) -> None:
        """Remove an element, from the start of its first tag to the end of its last."""
        self._removed[start] = end

    def result(self) -> bytes:
        """The part with all edits made; the same bytes without any."""
        if self._removed:
            self._prune()
        edits = Edits(self._data)
        at = 0
        for start in sorted(self._removed):
            if start >= at:  # not within one that goes already
                at = self._removed[start]
                edits.replace(start, at, b"")
        for start, end, new in self._changes:
            if not any(first <= start < last for first, last in self._removed.items()):
                edits.replace(start, end, new)
        return edits.result()

    def _prune(self) -> None:
        data, stack = self._data, [_Open(Tag(0, 0, b"", "open"))]
        for tag in tags(data):
            if tag.kind == "open":
                stack.append(_Open(tag))
            elif tag.kind == "empty":
                self._count(stack[-1], tag.name, tag.start)
            elif tag.kind == "close" and len(stack) > 1:
                closed = stack.pop()
                if closed.is_empty():
                    self._removed[closed.tag.start] = tag.end
                elif closed.gone:
                    self._recount(closed)
                self._count(stack[-1], tag.name, closed.tag.start)

    def _count(self, parent: _Open, name: bytes, start: int) -> None:
        if start in self._removed:
            parent.gone.append(name)
        else:
            parent.stay += 1

    def _recount(self, opened: _Open) -> None:
        text = self._data[opened.tag.start : opened.tag.end]
        if opened.tag.name in _LISTS and attribute(text, b"count") is not None:
            self.replace(opened.tag.start, opened.tag.end, with_attribute(text, b"count", str(opened.stay)))
