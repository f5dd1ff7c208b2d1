"""What a check says."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from klantwaarde_xl.errors import refusal


class State(Enum):
    """How it is: good, worth knowing, or broken."""

    GOOD = "goed"
    NOTE = "let op"
    WRONG = "fout"


@dataclass(frozen=True)
class Finding:
    """One check: what was looked at, how it is, what was found, and what to do about it (in Dutch)."""

    about: str
    state: State
    found: str
    remedy: str = ""


def good(about: str, found: str) -> Finding:
    """All is well."""
    return Finding(about, State.GOOD, found)


def note(about: str, found: str, remedy: str) -> Finding:
    """It may work, and the user should know."""
    return Finding(about, State.NOTE, found, remedy)


def wrong(about: str, found: str, remedy: str) -> Finding:
    """It does not work."""
    return Finding(about, State.WRONG, found, remedy)


def may_write(about: str, folder: Path, remedy: str) -> Finding:
    """Whether a file can be made in a folder, or in the nearest one above it that is there."""
    there = next(one for one in (folder, *folder.parents) if one.exists())
    try:
        with tempfile.TemporaryFile(dir=there):
            pass
    except OSError as error:
        return wrong(about, f"in {there} kan ik niet schrijven: {refusal(error)}", remedy)
    return good(about, f"{folder} is te schrijven")
