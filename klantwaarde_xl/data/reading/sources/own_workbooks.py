"""Workbooks of ours among files with data: what a refresh fills is no export."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

MARK = "klantwaarde_sjabloon"  # the property of a document that says from which template it was made
_PROPERTIES = "docProps/custom.xml"
_LARGEST = 1_000_000  # bytes of the properties of a document that are looked at
# What a damaged or odd package raises when it is opened or read
_UNREADABLE = (
    OSError, KeyError, ValueError, RuntimeError, EOFError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip


def is_own(file: Path) -> bool:
    """Whether a file is a workbook that was made here, or a copy of one; False for what cannot be opened."""
    if file.suffix.lower() not in (".xlsx", ".xlsm"):
        return False
    try:
        with zipfile.ZipFile(file) as package, package.open(_PROPERTIES) as properties:
            return MARK.encode() in properties.read(_LARGEST)
    except _UNREADABLE:
        return False
