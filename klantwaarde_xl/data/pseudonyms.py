"""Checked tables without names: each customer under a code of its own, small groups together, no free text.

A code is a keyed digest (HMAC-SHA256), so that who has no key cannot find it by trying names, and the same
customer has the same code in every table and in every next workbook. See docs/design/privacy.md.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from klantwaarde_xl.data.tables import Column, Table
from klantwaarde_xl.errors import DataError

if TYPE_CHECKING:
    import duckdb

    from klantwaarde_xl.data.reading.files import Checked
    from klantwaarde_xl.data.reading.quality import Quality

CUSTOMER, FREE = "klant", "opmerking"
GROUPS = ("kanaal", "eerste product", "regio", "segment", "plan")  # what several customers have in common
SMALLEST = 5  # customers: a group of fewer may point at one of them
TOGETHER = "overig"
_LENGTH = (
    16  # of 64 hexadecimal digits: 64 bits, a chance of one in ten million that a million customers clash
)


def code_of(name: str, key: bytes) -> str:
    """The code under which a customer stands in place of the name."""
    text = unicodedata.normalize("NFC", name.strip())
    return "P" + hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:_LENGTH]


def without_names(tables: Mapping[str, Checked], key: bytes) -> tuple[dict[str, Checked], frozenset[str]]:
    """The same tables, in the engine changed where they are, and the names that are not in them any more.

    Raises `DataError` when two customers would get one code.
    """
    names: set[str] = set()
    for checked in tables.values():
        if column := _column(checked.table, CUSTOMER):
            asked = f"select distinct {column.sql} from {checked.table.sql} where {column.sql} is not null"
            names.update(str(name) for (name,) in checked.con.execute(asked).fetchall())
    codes = {name: code_of(name, key) for name in names}
    if len(set(codes.values())) < len({unicodedata.normalize("NFC", name.strip()) for name in names}):
        raise DataError(
            "Twee klanten zouden hetzelfde pseudoniem krijgen.",
            remedy="Kies een andere sleutel: een nieuwe naam.",
        )
    for checked in tables.values():
        _rename(checked, codes)
    for group in GROUPS:
        _merge(tables, group)
    return {name: replace(one, quality=_without(one, names)) for name, one in tables.items()}, frozenset(
        names
    )


def _column(table: Table, name: str) -> Column | None:
    return next((column for column in table.columns if column.name == name), None)


def _rename(checked: Checked, codes: Mapping[str, str]) -> None:
    con, relation = checked.con, checked.table.sql
    if column := _column(checked.table, CUSTOMER):
        _put(con, "codes", codes)
        con.execute(
            f"update {relation} set {column.sql} = codes.new from codes "
            f"where {relation}.{column.sql} = codes.old"
        )
        con.execute("drop table codes")
    if column := _column(checked.table, FREE):
        con.execute(f"update {relation} set {column.sql} = null")


def _put(con: duckdb.DuckDBPyConnection, name: str, pairs: Mapping[str, str]) -> None:
    con.execute(
        f"create temp table {name} as select unnest($old::varchar[]) as old, unnest($new::varchar[]) as new",
        {"old": list(pairs), "new": list(pairs.values())},
    )


def _merge(tables: Mapping[str, Checked], group: str) -> None:
    """Let groups with too few customers be one, in every table that has them."""
    sizes: dict[str, int] = {}
    for checked in tables.values():
        customer, column = _column(checked.table, CUSTOMER), _column(checked.table, group)
        if customer is None or column is None:
            continue
        counted = checked.con.execute(
            f"select {column.sql}, count(distinct coalesce({customer.sql}, cast(rij as varchar))) "
            f"from {checked.table.sql} where {column.sql} is not null group by all"
        ).fetchall()
        for value, count in counted:
            sizes[value] = max(sizes.get(value, 0), count)
    if small := too_small(sizes):
        for checked in tables.values():
            if column := _column(checked.table, group):
                checked.con.execute(
                    f"update {checked.table.sql} set {column.sql} = $together where {column.sql} in "
                    "(select unnest($small::varchar[]))",
                    {"together": TOGETHER, "small": sorted(small)},
                )


def too_small(sizes: Mapping[str, int]) -> set[str]:
    """The groups to put together: all that are too small, and the next ones till together they are not."""
    by_size = sorted(sizes, key=lambda name: (name != TOGETHER, sizes[name], name))
    small = {name for name in sizes if sizes[name] < SMALLEST}
    if small and TOGETHER in sizes:
        small.add(TOGETHER)
    for name in by_size:
        if not small or sum(sizes[one] for one in small) >= SMALLEST:
            break
        small.add(name)
    return small


def _without(checked: Checked, names: set[str]) -> Quality:
    quality = checked.quality
    notes = tuple(note for note in quality.notes if not names_in(note, names))
    return replace(quality, notes=notes, problems=tuple(replace(one, text="") for one in quality.problems))


# ── looking afterwards ──────────────────────────────────────────────────────────────────────


def names_in(text: str, names: set[str] | frozenset[str]) -> set[str]:
    """Which names stand in a text, whole, as words of their own."""
    return {piece for piece in pieces(text) if piece in names}


_MOST_WORDS = 6  # of a name


def pieces(text: str) -> set[str]:
    """A text, and every run of a few words of it, with and without the signs around them."""
    words = text.split()
    runs = {
        " ".join(words[at : at + length])
        for at in range(len(words))
        for length in range(1, _MOST_WORDS + 1)
        if at + length <= len(words)
    }
    return {text, text.strip(), *runs, *(run.strip(".,;:!?'\"()[]") for run in runs)}
