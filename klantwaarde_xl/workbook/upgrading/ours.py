"""Which sheets of an older workbook are the template's, whatever they are called now."""

from __future__ import annotations

from klantwaarde_xl.addresses import address
from klantwaarde_xl.errors import WorkbookChanged
from klantwaarde_xl.plan.missing import COLUMN
from klantwaarde_xl.workbook.blocks import Template
from klantwaarde_xl.workbook.currency import in_euros, shown_in
from klantwaarde_xl.workbook.layout import layout_of
from klantwaarde_xl.workbook.parts import parts_of
from klantwaarde_xl.workbook.upgrading.older import older
from klantwaarde_xl.xlsx.moving.places import contents_of, is_number, plain
from klantwaarde_xl.xlsx.package import Package

_MOST = 0.5  # share of a sheet's cells that a version of the template wrote, from which it is its sheet


def sheets_of_template(package: Package, fresh: Package, template: Template, version: int) -> dict[str, str]:
    """By name of a sheet of the older workbook the sheet of the present version that takes its place.

    version: of the older workbook; what has the name of a part that came later is the user's.
    Raises `WorkbookChanged` for a part of the template that stands on a sheet of the user's.
    """
    layout = layout_of(template)
    known = {
        plain(text) for name in fresh.sheet_names() for text in contents_of(fresh.structure, name).values()
    }
    targets = {spot_name.casefold(): spot.sheet for spot_name, spot in layout.names.items()}
    targets |= {name.casefold(): field.sheet for name, field in layout.fields.items()}
    later = {
        part.name.casefold()
        for part, since in parts_of(template).items()
        if since > version and part.kind != COLUMN
    }
    targets = {name: sheet for name, sheet in targets.items() if name not in later}
    votes: dict[str, dict[str, int]] = {}
    for name, (sheet, _, _) in package.places().items():
        if name.casefold() in targets:
            chosen = votes.setdefault(sheet, {})
            target = targets[name.casefold()]
            chosen[target] = chosen.get(target, 0) + 1
    fresh_names = {name.casefold(): name for name in fresh.sheet_names()}
    found: dict[str, str] = {}
    for place in package.structure.worksheets:
        sheet = place.name
        voted = votes.get(sheet, {})
        same = fresh_names.get(sheet.casefold())
        if same is not None and (same in voted or _is_ours(package, sheet, template, known)):
            found[sheet] = same
        elif voted:
            target = max(voted, key=lambda name: voted[name])
            if not _is_ours(package, sheet, template, known):
                raise _moved(package, sheet, targets)
            found[sheet] = target
    if len(set(found.values())) < len(found):
        twice = sorted(name for name, target in found.items() if list(found.values()).count(target) > 1)
        raise WorkbookChanged(
            "Een blad van het sjabloon staat twee keer in dit werkboek; ik weet niet welk van beide geldt.",
            where=", ".join(twice),
            remedy="Zet de tabellen en cellen met een naam terug op één van deze bladen.",
        )
    return found


def _is_ours(package: Package, sheet: str, template: Template, known: set[str]) -> bool:
    """Whether most of what a sheet says was written by a version of the template.

    What stands beside the rows of a table says nothing: a remark for each customer is the user's.
    """
    tables = [one for one in package.structure.tables if one.sheet.name == sheet]
    rows = {row for one in tables for row in range(one.top, one.bottom + 1)}
    contents = contents_of(package.structure, sheet).items()
    texts = [(place, text) for place, text in contents if not is_number(text) and place[0] not in rows]
    wrote, currency = older(template.id).wrote, shown_in(package.custom_properties())
    ours = sum(
        plain(text) in known or any(wrote(one, sheet, address(*place)) for one in in_euros(text, currency))
        for place, text in texts
    )
    return bool(texts) and ours / len(texts) >= _MOST


def _moved(package: Package, sheet: str, targets: dict[str, str]) -> WorkbookChanged:
    names = [
        name
        for name, (place, _, _) in package.places().items()
        if place == sheet and name.casefold() in targets
    ]
    return WorkbookChanged(
        "Onderdelen van het sjabloon staan op een blad van uzelf; dat blad wil ik niet vervangen.",
        where=f"blad {sheet}: {', '.join(names)}",
        remedy="Knip ze en plak ze op een blad dat alleen daarvoor is, en probeer het opnieuw.",
    )
