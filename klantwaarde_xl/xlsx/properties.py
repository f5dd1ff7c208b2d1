"""Custom properties of a document: text that programs keep with a workbook, set without touching the rest."""

from __future__ import annotations

from collections.abc import Mapping

from klantwaarde_xl.xlsx.added_sheet import CONTENT_TYPES, DECLARATION, STRICT, insert, insert_all
from klantwaarde_xl.xlsx.archive import Archive
from klantwaarde_xl.xlsx.parts import Structure, relationships_part
from klantwaarde_xl.xlsx.scan import Edits, attribute, escape, local, parse, tags, whole

_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_OF_USERS = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # [MS-OSHARED] 2.3.3.2.2: properties with a name
_FIRST = 2  # 0 and 1 are taken by the format
_PLACES = {
    False: ("http://schemas.openxmlformats.org/officeDocument/2006", "custom-properties"),
    True: ("http://purl.oclc.org/ooxml/officeDocument", "customProperties"),
}


def with_properties(archive: Archive, structure: Structure, prefix: str, values: Mapping[str, str]) -> None:
    """Put these texts in place of the properties whose name begins so, whatever its capitals."""
    space, kind = _PLACES[STRICT.encode() in archive.read(structure.workbook_part)]
    part = next(iter(structure.properties_parts), "")
    if not part:
        part = _added(archive, structure, f"{space}/{kind}", f"{space}/relationships/{kind}")
    archive.replace(part, (_without(archive.read(part), prefix.casefold()),))
    used = [whole(one.get("pid")) for one in archive.once(part, parse) if local(one) == "property"]
    elements = []
    for number, (name, value) in enumerate(values.items(), max([_FIRST - 1, *used]) + 1):
        title = escape(name).replace('"', "&quot;")
        text = (
            f'<kw:lpwstr xmlns:kw="{space}/docPropsVTypes" xml:space="preserve">{escape(value)}</kw:lpwstr>'
        )
        elements.append((f'property fmtid="{_OF_USERS}" pid="{number}" name="{title}"', text))
    insert_all(archive, part, b"Properties", elements)


def _without(data: bytes, prefix: str) -> bytes:
    """The part without the properties of a prefix, and with an end of its own to put others before."""
    edits = Edits(data)
    start = -1
    for tag in tags(data):
        text = data[tag.start : tag.end]
        if tag.name == b"Properties" and tag.kind == "empty":
            name = text[1:].split()[0].rstrip(b"/>")
            edits.replace(tag.start, tag.end, text.removesuffix(b"/>") + b"></" + name + b">")
        elif tag.name == b"property" and tag.kind == "open":
            start = tag.start if (attribute(text, b"name") or "").casefold().startswith(prefix) else -1
        elif tag.name == b"property" and tag.kind == "close" and start >= 0:
            edits.replace(start, tag.end, b"")
            start = -1
    return edits.result()


def _added(archive: Archive, structure: Structure, namespace: str, relation: str) -> str:
    """Add an empty part for properties, known to the package."""
    taken = {part.lower() for part in archive.names()}
    part = next(name for n in range(100) if (name := f"docProps/custom{n or ''}.xml").lower() not in taken)
    archive.add(part, (DECLARATION, f'<Properties xmlns="{namespace}"></Properties>'.encode()))
    known = {arrow.id for arrow in structure.relationships("")}
    identity = next(f"rId{n}" for n in range(1, 100_000) if f"rId{n}" not in known)
    arrows = archive.resolve(relationships_part("")) or relationships_part("")
    insert(
        archive, arrows, b"Relationships", f'Relationship Id="{identity}" Type="{relation}" Target="{part}"/'
    )
    insert(archive, CONTENT_TYPES, b"Types", f'Override PartName="/{part}" ContentType="{_TYPE}"/')
    return part
