"""What an upgrade did, in Dutch: what was carried, what is new, and by its place what could not go along."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from klantwaarde_xl.data.results import results
from klantwaarde_xl.data.tables import tables
from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.plan.report import in_words
from klantwaarde_xl.workbook.copies import about_copies
from klantwaarde_xl.workbook.upgrading.upgrade import Upgraded

_MANY = {
    "opmerking": "opmerkingen",
    "gesprek": "gesprekken",
    "koppeling": "koppelingen",
    "regel voor opmaak": "regels voor opmaak",
    "regel voor invoer": "regels voor invoer",
}


def about(upgraded: Upgraded, most: int | None = None) -> list[str]:
    """The report as lines of Dutch, the copy of the old file last.

    most: how many lines each list of what stays behind may have; None for all.
    """
    found, done = upgraded.template, upgraded.done
    lines = [f"{found.title}: van versie {upgraded.version} naar versie {found.version}."]
    lines += [f"Overgenomen: {one}" for one in _carried(upgraded)]
    if upgraded.added:
        lines.append(f"Nieuw: {_blades(upgraded.added)}.")
    for old, new in done.renamed.items():
        lines.append(f"Let op: uw blad {old} heet nu {new}, want het sjabloon heeft zelf een blad {old}.")
    for old, new in upgraded.named.items():
        lines.append(
            f"Let op: het blad {old} heet nu {new}. Formules volgen dat; een naam als tekst, in INDIRECT of "
            "HYPERLINK, past u aan."
        )
    lines.append(
        "Let op: breedtes, verborgen rijen en kolommen, tabkleuren en vastgezette titels van de bladen van "
        "het sjabloon zijn die van het nieuwe."
    )
    for name, value in upgraded.gone:
        lines.append(f"Let op: de instelling {name} is er niet meer; daar stond {value}.")
    for heading, stayed in lists_of(upgraded):
        lines += [heading, *stayed[:most]]
        if most is not None and len(stayed) > most:
            lines.append(f"  … en nog {format_number(len(stayed) - most, 0)}")
    if upgraded.report is not None:
        lines += in_words(upgraded.report)
    return [*lines, *about_copies(upgraded.backup, upgraded.days, upgraded.expired)]


def lists_of(upgraded: Upgraded) -> list[tuple[str, list[str]]]:
    """What stays behind in the copy, and the formulas that point at nothing now, each under its heading."""
    done = upgraded.done
    stayed = [f"  {one.where}: {one.kind}{f' {one.text}' if one.text else ''}" for one in done.left]
    stayed += [
        f"  tabel {_title(one.table)}: {', '.join(one.headers)}; daar is geen plaats meer voor"
        for one in done.no_room
    ]
    broken = [f"  {one.where}: ={one.formula} (wees naar {', '.join(one.at)})" for one in done.broken]
    found = [
        ("Niet overgenomen; dit staat nog in de kopie:", stayed),
        ("Deze formules wijzen nergens meer naar en tonen #VERW! of #NAAM?:", broken),
    ]
    return [(heading, lines) for heading, lines in found if lines]


def _carried(upgraded: Upgraded) -> Iterator[str]:
    done = upgraded.done
    for title, rows in upgraded.rows.items():
        yield f"{title}: {_count(rows, 'rij', 'rijen')}"
    if upgraded.settings:
        yield _count(upgraded.settings, "ingevulde cel", "ingevulde cellen")
    by_table: dict[str, list[str]] = {}
    for table, header in done.columns:
        by_table.setdefault(_title(table), []).append(header)
    for table, headers in by_table.items():
        yield f"{_count(len(headers), 'eigen kolom', 'eigen kolommen')} van {table}: {', '.join(headers)}"
    for kind, many in done.counts.items():
        yield _count(many, kind, _MANY[kind])
    if done.sheets:
        yield f"uw eigen {_blades([done.renamed.get(name, name) for name in done.sheets])}"


def _title(table: str) -> str:
    """What people call a table of the template."""
    titles = {one.sheet_table: one.title for one in tables().values()}
    titles |= {one.table: one.title for one in results().values() if one.table}
    return titles.get(table, table)


def _blades(names: Sequence[str]) -> str:
    return f"{'blad' if len(names) == 1 else 'bladen'} {', '.join(names)}"


def _count(many: int, one: str, more: str) -> str:
    return f"{format_number(many, 0)} {one if many == 1 else more}"
