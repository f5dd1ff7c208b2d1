r"""Excel's list of add-ins to open: `OPEN`, `OPEN1`, `OPEN2`, … in its `Options`.

Excel reads up to the first number that is missing, so our place is the first that is free, and a
place that we leave is closed. What others have there keeps its text, its kind and its order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from klantwaarde_xl.hosts.setup.registry import TEXT, Registry, Root, Value

OFFICE = r"Software\Microsoft\Office"
OLDEST = 16  # 2016, 2019, 2021, 2024 and Microsoft 365 all call themselves 16.0


@dataclass(frozen=True)
class Opened:
    """One line of the list: its number, and the add-in that Excel opens for it."""

    number: int
    value: Value

    @property
    def path(self) -> PureWindowsPath:
        r"""The file: the text without switches such as `/R` and without quotes."""
        text = re.sub(r"^(\s*/\w+)*\s*", "", str(self.value.data))
        return PureWindowsPath(text.strip().strip('"'))


def name_of(number: int) -> str:
    """The name of a line: `OPEN`, `OPEN1` and so on."""
    return f"OPEN{number or ''}"


def versions(registry: Registry) -> list[str]:
    """The versions of Office that this user has settings of, newest first; at least 16.0."""
    found = [one for one in registry.keys(Root.USER, OFFICE) if re.fullmatch(r"\d+\.0", one)]
    known = [one for one in found if float(one) >= OLDEST]
    return sorted(known, key=float, reverse=True) or [f"{OLDEST}.0"]


def options_key(version: str) -> str:
    """Where Excel keeps the list."""
    return rf"{OFFICE}\{version}\Excel\Options"


def opened(registry: Registry, version: str) -> list[Opened]:
    """The list, in order of number."""
    found = []
    for name, value in registry.values(Root.USER, options_key(version)).items():
        if match := re.fullmatch(r"OPEN([1-9]\d*)?", name, re.IGNORECASE):
            found.append(Opened(int(match[1] or 0), value))
    return sorted(found, key=lambda one: one.number)


def first_hole(lines: list[Opened]) -> int:
    """The first number that is missing; Excel reads no further than that."""
    numbers = {one.number for one in lines}
    return next(number for number in range(len(numbers) + 1) if number not in numbers)


def is_named(line: Opened, file_name: str) -> bool:
    """Whether a line opens a file of this name, in any folder."""
    return line.path.name.casefold() == file_name.casefold()


def add(registry: Registry, version: str, path: Path) -> None:
    """Let Excel open this file at its start; once, whatever is there already."""
    text = f'/R "{path}"'
    lines = opened(registry, version)
    ours = [one for one in lines if is_named(one, path.name)]
    if len(ours) == 1 and ours[0].number < first_hole(lines):
        number = ours[0].number
    else:  # none, too many, or one where Excel does not come
        remove(registry, version, path.name)
        number = first_hole(opened(registry, version))
    if not ours or ours[0].value.data != text or ours[0].number != number:
        registry.put(options_key(version), name_of(number), Value(text, TEXT))


def remove(registry: Registry, version: str, file_name: str) -> int:
    """Take the lines of this file out and close their places; return how many there were.

    A line is first written where it goes and then removed where it was: a computer that stops in
    between has an add-in twice, never one too few.
    """
    key = options_key(version)
    lines = opened(registry, version)
    removed = [one for one in lines if is_named(one, file_name)]
    if not removed:
        return 0
    places = iter(sorted(one.number for one in lines))
    kept = [one for one in lines if one not in removed]
    for line, number in zip(kept, places, strict=False):
        if line.number != number:
            registry.put(key, name_of(number), line.value)
    for number in places:
        registry.remove(key, name_of(number))
    return len(removed)
