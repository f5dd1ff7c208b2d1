"""What the extension was built with, and the refusal that every part of it can raise."""

from __future__ import annotations

import json
import struct
from pathlib import Path

TITLE = "Klantwaarde XL"

with Path(__file__).with_name("extension.json").open(encoding="utf-8") as _file:
    FACTS = json.load(_file)

# The UNO names that the extension's configuration files use too.
INTERFACE: str = FACTS["interface"]
SERVICE: str = FACTS["service"]
FUNCTIONS: str = FACTS["implementation"]
HANDLER: str = FACTS["handler"]
PROTOCOL: str = FACTS["protocol"]

# LibreOffice's error numbers that have a name in Excel, and that name.
ERROR_TEXTS = {int(code): text for code, text in FACTS["errors"].items()}
VALUE_ERROR = 519
NAME_ERROR = 525


class Refused(Exception):
    """Something cannot be done: what, where, and what the user can do about it, in Dutch."""

    def __init__(self, what: str, where: str = "", remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        lines = [self.what]
        if self.where:
            lines.append("Waar: " + self.where)
        if self.remedy:
            lines.append("Oplossing: " + self.remedy)
        return "\n".join(lines)


def error_nan(code: int) -> float:
    """Return the NaN that Calc shows as an error; an error that Excel has no name for is #VALUE!."""
    known = code if code in ERROR_TEXTS else VALUE_ERROR
    value: float = struct.unpack("<d", struct.pack("<II", known, 0x7FF80000))[0]
    return value


def error_code(value: float) -> int:
    """Return the error number inside a NaN."""
    code: int = struct.unpack("<II", struct.pack("<d", value))[0]
    return code
