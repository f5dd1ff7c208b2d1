"""Reading and editing XML as bytes: every edit replaces a few bytes, the rest stays as it is.

A parser that loads and writes a part back would change quotes, prefixes and declarations that
the user's program cares about. So small parts are read with a parser, and changed here.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from xml.parsers import expat

from lxml import etree

from klantwaarde_xl.errors import OddContent, WorkbookUnsafe

# What stands between a tag's name and its end; a quoted value may hold > and /.
ATTRIBUTES = rb"""[^>"'/]*+(?:(?:"[^"]*+"|'[^']*+'|/(?!>))[^>"'/]*+)*+"""
_TAG = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<(/?)([^\s/>!?]++)(" + ATTRIBUTES + rb")(/?)>", re.S
)
_ATTRIBUTE = re.compile(rb"""\s([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_ENTITY = re.compile(r"&(?:#x([0-9A-Fa-f]+)|#(\d+)|(lt|gt|amp|quot|apos));")
_PIECE = 1 << 16  # bytes
_COPIED = 1 << 22  # bytes of a part that stay as they are, at once
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}


@lru_cache(maxsize=256)
def _plain(text: bytes) -> re.Pattern[bytes]:
    return re.compile(re.escape(text))


def place_of(data: bytes, text: bytes, start: int, end: int) -> int:
    """Where a text stands first in a part of XML; -1 for nowhere.

    What begins as every tag does `bytes.find` looks for three times as long.
    """
    found = _plain(text).search(data, start, end)
    return found.start() if found else -1


class Tag(NamedTuple):
    """One tag: where it stands, its name without prefix, and its kind."""

    start: int
    end: int
    name: bytes
    kind: str  # "open", "close", "empty"; "other" for comments and the like


def tags(data: bytes, start: int = 0, end: int | None = None) -> Iterator[Tag]:
    """Give every tag of well-formed XML, in order."""
    for match in _TAG.finditer(data, start, len(data) if end is None else end):
        name = match[2]
        if name is None:
            yield Tag(match.start(), match.end(), b"", "other")
            continue
        kind = "close" if match[1] else "empty" if match[4] else "open"
        yield Tag(match.start(), match.end(), name.rpartition(b":")[2], kind)


def texts(data: bytes, names: frozenset[bytes], start: int = 0) -> Iterator[tuple[int, int]]:
    """Give start and end of the text of every element with one of the names and text only."""
    opened: Tag | None = None
    for tag in tags(data, start):
        if opened is not None and tag.kind == "close" and tag.name == opened.name:
            yield opened.end, tag.start
        opened = tag if tag.kind == "open" and tag.name in names else None


def unescape(text: str) -> str:
    """Replace the five entities of XML and character numbers; nothing else exists in a workbook."""
    return _ENTITY.sub(_character, text) if "&" in text else text


def _character(match: re.Match[str]) -> str:
    if match[3]:
        return _NAMED[match[3]]
    number = int(match[1], 16) if match[1] else int(match[2])
    return chr(number) if number < 0x110000 else "\ufffd"


def escape(text: str) -> str:
    """Escape text for an element's contents; quotes stay, as spreadsheet programs write them."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(tag: bytes, name: bytes) -> str | None:
    """Return an attribute of a tag (or of the text of its attributes); None if it has none."""
    if name not in tag:
        return None
    for match in _ATTRIBUTE.finditer(tag):
        if match[1] == name:
            return unescape((match[2] if match[2] is not None else match[3]).decode())
    return None


def whole(text: str | None, otherwise: int = 0) -> int:
    """The whole number that an attribute holds, otherwise where it has none; raises OddContent."""
    if not text:
        return otherwise
    try:
        return int(text)
    except ValueError as error:
        raise OddContent(text, "een geheel getal") from error


def with_attribute(tag: bytes, name: bytes, value: str | None) -> bytes:
    """Return a tag with one attribute set, added at its end, or (None) removed."""
    new = b"" if value is None else b' %s="%s"' % (name, escape(value).replace('"', "&quot;").encode())
    for match in _ATTRIBUTE.finditer(tag):
        if match[1] == name:
            return tag[: match.start()] + new + tag[match.end() :]
    close = len(tag) - (2 if tag.endswith(b"/>") else 1)
    return tag[:close] + new + tag[close:]


def pieces(data: bytes, start: int, end: int) -> Iterator[bytes]:
    """Give a part from start to end in pieces, so that a large one has no copy of itself beside it."""
    for at in range(start, end, _COPIED):
        yield data[at : min(at + _COPIED, end)]


class Edits:
    """Replacements in one part, made together at the end."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._changes: list[tuple[int, int, bytes]] = []

    def replace(self, start: int, end: int, new: bytes) -> None:
        """Replace the bytes from start to end; nothing is noted when they are the same."""
        if self._data[start:end] != new:
            self._changes.append((start, end, new))

    def __bool__(self) -> bool:
        return bool(self._changes)

    def result(self) -> bytes:
        """Return the part with all replacements made."""
        return b"".join(self.chunks())

    def chunks(self) -> Iterator[bytes]:
        """Give the same in pieces."""
        at = 0
        for start, end, new in [*sorted(self._changes), (len(self._data), len(self._data), b"")]:
            yield from pieces(self._data, at, start)
            yield new
            at = end


def check_letters(data: bytes, part: str) -> None:
    """Raise WorkbookUnsafe for a part that is not in UTF-8, as every spreadsheet program writes its own."""
    if data.isascii():
        return
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for at in range(0, len(data), _PIECE):
            decoder.decode(data[at : at + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise not_xml(part) from error


class WellFormed:
    """Check that chunks of bytes together are XML: no DTD, no entities, every prefix bound."""

    def __init__(self, part: str) -> None:
        self._part = part
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartDoctypeDeclHandler = self._refuse_dtd

    def feed(self, chunk: bytes) -> None:
        """Check the next chunk; raises WorkbookUnsafe."""
        self._parse(chunk, False)

    def close(self) -> None:
        """Check that nothing is missing at the end; raises WorkbookUnsafe."""
        self._parse(b"", True)

    def _parse(self, chunk: bytes, final: bool) -> None:
        try:
            self._parser.Parse(chunk, final)
        except (expat.ExpatError, LookupError, ValueError) as error:  # broken, or in an alphabet of its own
            raise not_xml(self._part) from error

    def _refuse_dtd(self, *_: object) -> None:
        raise has_dtd(self._part)


def parse(data: bytes, part: str) -> etree._Element:
    """Parse a small part for reading; raises WorkbookUnsafe for broken XML or a DTD."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise not_xml(part) from error
    if has_doctype(root):
        raise has_dtd(part)
    return root


def has_doctype(element: etree._Element) -> bool:
    """Say whether the document of an element declares a document type."""
    return bool(element.getroottree().docinfo.doctype)  # type: ignore[attr-defined]


def local(element: etree._Element) -> str:
    """Return an element's name without its namespace; empty for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def not_xml(part: str) -> WorkbookUnsafe:
    """Return the error for a part that is not well-formed."""
    return WorkbookUnsafe(
        "Een onderdeel van het werkboek is geen geldige XML.",
        where=part,
        remedy="Open het bestand in Excel, laat het herstellen en sla het opnieuw op.",
    )


def has_dtd(part: str) -> WorkbookUnsafe:
    """Return the error for a part with a document type declaration."""
    return WorkbookUnsafe(
        "Het werkboek bevat een DTD. Dat doet geen spreadsheetprogramma; het kan een aanval zijn.",
        where=part,
        remedy="Vraag de afzender naar de herkomst. Gebruik het bestand niet.",
    )
