"""The order and the names of sheets when some of them are replaced and others are added."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from klantwaarde_xl.xlsx.parts import Sheet


def tabs_of(old: Sequence[Sheet], new: Sequence[Sheet], replaced: Mapping[str, str]) -> list[tuple[str, str]]:
    """The sheets in the order that they get: what each was called (as the archive has it now) and its name.

    An own sheet stays behind the sheet that it stood behind.
    """
    before = {target: name for name, target in replaced.items()}
    tabs = [sheet.name for sheet in old]
    found = [(before.get(sheet.name) or passing_name(sheet.name, tabs), sheet.name) for sheet in new]
    others = renamed([sheet for sheet in old if sheet.name not in replaced], new)
    place = 0
    for sheet in old:
        if sheet.name in replaced:
            place = found.index((sheet.name, replaced[sheet.name])) + 1
            continue
        found.insert(place, (sheet.name, others.get(sheet.name, sheet.name)))
        place += 1
    return found


def passing_name(name: str, taken: Collection[str]) -> str:
    """A name for a sheet that is added, which none of the others has."""
    return next(free for n in range(1, 1000) if (free := f"{n} {name}") not in taken)


def renamed(own: Sequence[Sheet], new: Sequence[Sheet]) -> dict[str, str]:
    """Own sheets whose name a new sheet has, with another name."""
    taken = {sheet.name.casefold() for sheet in (*own, *new)}
    fresh = {sheet.name.casefold() for sheet in new}
    found = {}
    for sheet in own:
        if sheet.name.casefold() in fresh:
            name = next(
                free for n in range(1, 1000)
                if (free := f"{sheet.name[:20]} (eigen{'' if n == 1 else f' {n}'})").casefold() not in taken
            )  # fmt: skip
            taken.add(name.casefold())
            found[sheet.name] = name
    return found
