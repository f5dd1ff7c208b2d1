"""Which template a workbook was made from, in which version, and whether all of that is still there.

The document's properties say so; another program may have dropped them, and then its tables and
named cells do. What came in a later version of the template may be missing: the refresh then leaves
it out and says what the older workbook computes otherwise.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

from klantwaarde_xl.data.reading.naming.headers import find_columns, lacking, needed_of, wanted_of
from klantwaarde_xl.data.reading.sources.own_workbooks import MARK
from klantwaarde_xl.data.tables import tables
from klantwaarde_xl.errors import WorkbookChanged, WorkbookFull
from klantwaarde_xl.plan.missing import COLUMN, TABLE, Part, is_there, missing, refusal
from klantwaarde_xl.plan.plan import Contents, Plan, TableWrite
from klantwaarde_xl.typed_words import as_typed
from klantwaarde_xl.workbook.blocks import Template
from klantwaarde_xl.workbook.content import entries_of, headers_in, inputs_of, needs, optional
from klantwaarde_xl.workbook.parts import later_columns, parts_of
from klantwaarde_xl.workbook.templates import templates

ID, VERSION = MARK, "klantwaarde_sjabloonversie"
BOOK = "WERKBOEK.xlsx"  # what a workbook is called where its name is not known


def template_of(contents: Contents) -> Template:
    """The template that a workbook was made from; raises `WorkbookChanged` for one that is not ours."""
    there = _there(contents)
    said = templates().get(contents.properties.get(ID, ""))
    marks = _marks(said) if said is not None else []
    if said is not None and marks and there.issuperset(marks):
        return said
    shares: list[tuple[float, Template]] = []
    for template in templates().values():
        wanted = _marks(template)
        if wanted:
            shares.append((sum(name not in there for name in wanted) / len(wanted), template))
    share, best = min(shares, key=lambda found: found[0])
    if share > 0 and said is not None and marks:
        return said
    if share < 1 and (contents.table_names() or share <= 0.5):
        return best
    if contents.properties.get(ID):
        raise WorkbookChanged(
            "In dit werkboek valt niets te verversen: het komt niet uit gegevens.",
            remedy="Ververs een werkboek dat dat wel doet, zoals van "
            "`klantwaarde nieuw dashboard --gegevens BESTAND`.",
        )
    raise WorkbookChanged(
        "Dit werkboek is niet met Klantwaarde XL gemaakt: het heeft geen van onze tabellen.",
        remedy="Maak een werkboek met `klantwaarde nieuw dashboard --gegevens BESTAND`.",
    )


def _marks(template: Template) -> list[str]:
    """By what a workbook of any version is known: its tables, or where it has none what a user types in.

    Nothing for a template that is not refreshed.
    """
    if not template.refreshes:
        return []
    parts = [part for part, since in parts_of(template).items() if since == 1]
    typed = [*inputs_of(template), *entries_of(template)]
    return [part.name.casefold() for part in parts if part.kind == TABLE] or typed


def _there(contents: Contents) -> set[str]:
    """All names that a workbook knows, those of unfit parts too: that they are there tells enough."""
    return {name.casefold() for name in (*contents.table_names(), *contents.names, *contents.unfit)}


def version_of(contents: Contents, template: Template) -> int:
    """The version of its template that a workbook has; that of its newest part where it does not say."""
    said = contents.properties.get(VERSION, "")
    if contents.properties.get(ID) == template.id and said.isdecimal() and int(said) > 0:
        return min(int(said), template.version)
    there = _there(contents)
    return max(
        (
            since
            for part, since in parts_of(template).items()
            if (is_there(part, contents) if part.kind == COLUMN else part.name.casefold() in there)
        ),
        default=1,
    )


# ── what is missing ─────────────────────────────────────────────────────────────────────────


def refuse_incomplete(contents: Contents, template: Template, given: Collection[str]) -> None:
    """Raise `WorkbookChanged` that names all that a workbook of this version should have and has not.

    given: the input tables that come from files; of the others a user's own headers will do, and
    when nothing but those is amiss, reading them says more.
    """
    version = version_of(contents, template)
    own = [part for part, since in parts_of(template).items() if since <= version]
    lacking = [*missing(own, contents), *missing(_written(template, given, version), contents)]
    if lacking:
        lacking += missing(_read(template, given, contents), contents)
        raise refusal(list(dict.fromkeys(lacking)), contents, template.id)


def refuse_without_rows(contents: Contents, template: Template) -> None:
    """Raise `WorkbookChanged` that names the input tables, and their columns, that are not there.

    The other parts come with the present version of the template; where most of them are not there either,
    it is no workbook of ours, and all are named.
    """
    version = version_of(contents, template)
    own = [part for part, since in parts_of(template).items() if since <= version]
    others = list(missing(own, contents))
    lacking = list(missing(_read(template, (), contents), contents))
    if lacking or 2 * len(others) > len(own):
        raise refusal(list(dict.fromkeys([*others, *lacking])), contents, template.id)


def _written(template: Template, given: Collection[str], version: int) -> Iterator[Part]:
    """The input tables that are filled from a file, with our headers as far as this version had them."""
    later = {(part.name, *part.columns) for part, since in later_columns(template).items() if since > version}
    for table in (tables()[name] for name in needs(template) if name in given):
        headers = headers_in(template)[table.name]
        had = tuple(header for header in headers if (table.sheet_table, header) not in later)
        yield Part(table.sheet_table, TABLE, table.title, table.sheet, had)


def _read(template: Template, given: Collection[str], contents: Contents) -> Iterator[Part]:
    """The input tables that are read where they stand, with the columns that are not to be found."""
    for table in (tables()[name] for name in needs(template) if name not in given):
        found = contents.head(table.sheet_table)
        if found is None and table.name in optional(template):  # of a later version, or named above
            continue
        places = find_columns(found[1].headers, wanted_of(table, None), ()) if found else None
        lost = tuple(need.partition("|")[0] for need in lacking(needed_of(table, None), places or {}))
        yield Part(table.sheet_table, TABLE, table.title, table.sheet, lost)


# ── what an older workbook does without ─────────────────────────────────────────────────────


def fitted(plan: Plan, template: Template, contents: Contents) -> Plan:
    """A plan without the parts that an older workbook does not have, and with words about that."""
    version = version_of(contents, template)
    parts = {**parts_of(template), **later_columns(template)}
    later = [part for part, since in parts.items() if since > version]
    absent = [part for part in later if not is_there(part, contents)]
    gone = {part.name for part in absent if part.kind != COLUMN}
    columns = {(part.name, *part.columns) for part in absent if part.kind == COLUMN}
    return replace(
        plan,
        tables=tuple(_with_columns(write, columns) for write in plan.tables if write.table not in gone),
        names=tuple(write for write in plan.names if write.name not in gone),
        notices=(*plan.notices, *_older(template, version)),
    )


def _with_columns(write: TableWrite, absent: Collection[tuple[str, ...]]) -> TableWrite:
    """What a table gets without the columns, as (table, column), that it does not have."""
    kept = [at for at, column in enumerate(write.columns) if (write.table, column) not in absent]
    if len(kept) == len(write.columns):
        return write
    rows = [tuple(row[at] for at in kept) for row in write.rows]
    columns = tuple(write.columns[at] for at in kept)
    key = tuple(header for header in write.key if header in columns)
    return replace(write, columns=columns, rows=rows, key=key)


def _older(template: Template, version: int) -> Iterator[str]:
    """What to know of a workbook that is older than its template: what it computes otherwise, what to do."""
    if version >= template.version:
        return
    differs = "".join(f"; {what}" for since, what in template.changed if since > version)
    both = f"{version}, nu {template.version}"
    yield (
        f"dit werkboek is van een oudere versie van het sjabloon ({both}){differs}. Sluit het en geef het "
        f"de nieuwe bladen met: klantwaarde opwaarderen {BOOK}. Wat u erin maakte blijft."
    )


def with_new_sheets(error: WorkbookFull, contents: Contents, path: Path) -> WorkbookFull:
    """What does not fit in an older workbook, with the way to sheets that may have more room."""
    found = template_of(contents)
    version = version_of(contents, found)
    if version >= found.version:
        return error
    more = (
        f"Dit werkboek is van een oudere versie van het sjabloon ({version}, nu {found.version}): staat er "
        "niets van uzelf onder, geef het dan eerst de nieuwe bladen met: "
        f"klantwaarde opwaarderen {as_typed(path, ends_sentence=True)}."
    )
    return WorkbookFull(error.what, where=error.where, remedy=f"{error.remedy} {more}")
