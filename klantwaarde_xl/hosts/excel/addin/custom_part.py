"""A custom XML part in the add-in: what Excel itself keeps and shows nobody, for other add-ins to read."""

from __future__ import annotations

from collections.abc import Mapping

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ITEM_ID = "{6E9C7B3A-52B4-4D0E-9A8F-2C1D8E5B7F40}"  # any, as long as no other part in the file has it
_ITEM, _ABOUT, _LINKS = "customXml/item1.xml", "customXml/itemProps1.xml", "customXml/_rels/item1.xml.rels"
_TYPES, _BOOK = "[Content_Types].xml", "xl/_rels/workbook.xml.rels"


def with_custom_part(parts: Mapping[str, bytes], text: str, *, namespace: str) -> dict[str, bytes]:
    """The parts of a workbook with this XML among them, to be found by the namespace of its root."""
    about = (
        f'{_HEAD}<ds:datastoreItem ds:itemID="{_ITEM_ID}" xmlns:ds="{_OFFICE}/customXml">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{namespace}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    links = (
        f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/relationships/customXmlProps" Target="itemProps1.xml"/>'
        "</Relationships>"
    )
    link = f'<Relationship Id="rIdItem1" Type="{_OFFICE}/relationships/customXml" Target="../{_ITEM}"/>'
    kind = (
        f'<Override PartName="/{_ABOUT}" '
        'ContentType="application/vnd.openxmlformats-officedocument.customXmlProperties+xml"/>'
    )
    return {
        **parts,
        _TYPES: parts[_TYPES].replace(b"</Types>", kind.encode() + b"</Types>"),
        _BOOK: parts[_BOOK].replace(b"</Relationships>", link.encode() + b"</Relationships>"),
        _ITEM: text.encode(),
        _ABOUT: about.encode(),
        _LINKS: links.encode(),
    }
