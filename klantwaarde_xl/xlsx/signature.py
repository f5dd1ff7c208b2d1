"""Workbooks that are digitally signed: any change makes the signature invalid."""

from __future__ import annotations

from klantwaarde_xl.errors import WorkbookUnsafe
from klantwaarde_xl.xlsx.archive import Archive
from klantwaarde_xl.xlsx.parts import Structure


def refuse_signed(archive: Archive, structure: Structure) -> None:
    """Raise `WorkbookUnsafe` for a signed workbook."""
    signed = any(name.lower().startswith("_xmlsignatures/") for name in archive.names())
    signed = signed or any(
        arrow.kind == "origin" and "signature" in arrow.target.lower()
        for arrow in structure.relationships("")
    )
    if signed:
        raise WorkbookUnsafe(
            "Het werkboek is digitaal ondertekend; een wijziging maakt de handtekening ongeldig.",
            remedy="Verwijder de handtekening in Excel (Bestand, Info), doe dit opnieuw, en onderteken weer.",
        )
