"""The texts that a workbook's cells share: cut at their items by position, as a sheet is at its cells."""

from __future__ import annotations

import re
from io import BytesIO

from lxml import etree

from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import WorkbookUnsafe
from klantwaarde_xl.limits import MOST_TEXTS
from klantwaarde_xl.xlsx.scan import ATTRIBUTES, WellFormed, has_doctype, has_dtd, local, not_xml
from klantwaarde_xl.xlsx.sheet_read import plain_text, without_hex

# An item as nearly every program writes it, one without text, or any other; no item stands in another
_ITEM = re.compile(
    rb'<si><t(?: xml:space="preserve")?>([^<]*)</t></si>|<si(?:%s)(?:/>|>(.*?)</si\s*>)' % ATTRIBUTES, re.S
)
_PHONETIC = re.compile(rb"<rPh(?=[\s/>]).*?</rPh\s*>", re.S)
_TEXT = re.compile(rb"<t(?=[\s/>])%s(?:/>|>([^<]*)</t\s*>)" % ATTRIBUTES)
_ROOT = re.compile(rb"<sst(?=[\s/>])")


def shared_strings(data: bytes, part: str) -> list[str]:
    """Return the texts; a phonetic guide is no part of one.

    Raises WorkbookUnsafe for what is no XML, has a document type, or holds more texts than `limits` allows.
    """
    root = _ROOT.search(data)
    if root is None or b"<!" in data[root.start() :] or data.find(b"<?", root.start()) >= 0:
        return _parsed(data, part)
    check = WellFormed(part)
    check.feed(data)
    check.close()
    _refuse_too_many(data.count(b"<si"), part)
    return [
        plain_text((plain if plain else _runs(other)).decode())
        for plain, other in _ITEM.findall(data, root.start())
    ]


def _runs(item: bytes) -> bytes:
    if b"rPh" in item:
        item = _PHONETIC.sub(b"", item)
    return b"".join(_TEXT.findall(item))


def _parsed(data: bytes, part: str) -> list[str]:
    """With a parser, one item at a time: what has prefixes, comments or another encoding."""
    strings: list[str] = []
    try:
        for _, item in etree.iterparse(
            BytesIO(data), tag="{*}si", resolve_entities=False, no_network=True, load_dtd=False
        ):
            if not strings and has_doctype(item):
                raise has_dtd(part)
            pieces = [
                element.text or "" for element in item.iter("{*}t") if local(element.getparent()) != "rPh"
            ]
            strings.append(without_hex("".join(pieces)))
            _refuse_too_many(len(strings), part)
            item.clear()
            while item.getprevious() is not None:
                del item.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise not_xml(part) from error
    return strings


def _refuse_too_many(count: int, part: str) -> None:
    if count > MOST_TEXTS:
        raise WorkbookUnsafe(
            f"Het werkboek heeft meer dan {format_number(MOST_TEXTS, 0)} verschillende teksten.",
            where=part,
            remedy="Verdeel de gegevens over meer werkboeken, of lees ze als CSV of Parquet.",
        )
