"""The key of pseudonyms: a file of its own, never in a workbook, readable by its owner only."""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path

from klantwaarde_xl.errors import UsageError, refusal

ENDING = ".key"
_BYTES = 32


def key_from(path: Path) -> tuple[bytes, bool]:
    """The key in a file, and whether it was made just now because the file was not there.

    Raises `UsageError` for a file that holds something else, or cannot be read or made.
    """
    if path.suffix.lower() != ENDING:
        raise UsageError(
            f"Een sleutel is een bestand dat eindigt op {ENDING}; {path} kan iets anders zijn.",
            remedy="Bijvoorbeeld: --pseudoniem klanten.key",
        )
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read(path), False
    except OSError as error:
        raise UsageError(
            f"De sleutel kan niet worden gemaakt: {refusal(error)}.",
            where=str(path),
            remedy="Kies een map die er is en waarin u mag schrijven.",
        ) from error
    key = secrets.token_bytes(_BYTES)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(f"{key.hex()}\n")
    return key, True


def _read(path: Path) -> bytes:
    try:
        text = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        text = ""
    if not re.fullmatch(rf"[0-9a-f]{{{2 * _BYTES}}}", text):
        raise UsageError(
            "Dit bestand is geen sleutel die `klantwaarde` maakte, of het is niet te lezen.",
            where=str(path),
            remedy="Noem de sleutel van de vorige keer, of een naam die er nog niet is.",
        )
    return bytes.fromhex(text)
