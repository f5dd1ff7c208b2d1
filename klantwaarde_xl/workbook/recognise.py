"""Which template a workbook was made from, told by the tables and cells that are there.

Not by a property, which another program may drop. What came in a later version of the template may
be missing; the refresh then leaves it out and says what the older workbook computes otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from klantwaarde_xl.data.tables import tables
from klantwaarde_xl.errors import WorkbookChanged
from klantwaarde_xl.plan.plan import Contents, Plan
from klantwaarde_xl.workbook.blocks import Template
from klantwaarde_xl.workbook.content import feeds, inputs_of, later_parts, needs, result_of
from klantwaarde_xl.workbook.templates import templates


def template_of(contents: Contents) -> Template:
    """The template that a workbook was made from; raises `WorkbookChanged` naming what is missing."""
    there = {name.casefold() for name in (*contents.table_names(), *contents.names)}
    best: tuple[float, Template, list[str]] | None = None
    for template in templates().values():
        wanted = list(_parts(template)) if template.refreshes else []
        missing = [part for part in wanted if part.casefold() not in there]
        if wanted and not missing:
            return template
        share = len(missing) / max(len(wanted), 1)
        if wanted and share < 1 and (best is None or share < best[0]):
            best = share, template, missing
    if best is None or (not contents.table_names() and best[0] > 0.5):
        raise WorkbookChanged(
            "Dit werkboek is niet met Klantwaarde XL gemaakt: het heeft geen van onze tabellen.",
            remedy="Maak een werkboek met `klantwaarde nieuw dashboard --gegevens BESTAND`.",
        )
    _, template, missing = best
    raise WorkbookChanged(
        f"In dit werkboek ontbreekt: {', '.join(missing)}.",
        where="de tabellen en cellen van Klantwaarde XL",
        remedy="Geef de tabel haar naam terug (Tabelontwerp, Tabelnaam), of maak een nieuw werkboek "
        f"met `klantwaarde nieuw {template.id}`.",
    )


def _parts(template: Template) -> Iterator[str]:
    """What a workbook of any version has: its tables, or its settings where it has no tables."""
    names = [result_of(block.result).table for block in feeds(template) if block.since == 1]
    names += [tables()[name].sheet_table for name in needs(template)]
    yield from names or inputs_of(template)


def fitted(plan: Plan, template: Template, contents: Contents) -> Plan:
    """A plan without the parts that an older workbook does not have, and with words about that."""
    there = {name.casefold() for name in (*contents.table_names(), *contents.names)}
    if all(part.casefold() in there for part in later_parts(template)):
        return plan
    later = {part.casefold() for part in later_parts(template)}
    return replace(
        plan,
        tables=tuple(
            write
            for write in plan.tables
            if not (_gone(write.table, there) and write.table.casefold() in later)
        ),
        names=tuple(write for write in plan.names if not _gone(write.name, there)),
        notices=(*plan.notices, *_older(template)),
    )


def _gone(name: str, there: set[str]) -> bool:
    return name.casefold() not in there


def _older(template: Template) -> Iterator[str]:
    for _, what in template.changed:
        yield (
            f"dit werkboek is van een oudere versie van het sjabloon: {what}. "
            f"Maak een nieuw met `klantwaarde nieuw {template.id}`."
        )
