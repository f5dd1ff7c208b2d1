"""Checked tables without names: each customer under a code of its own, small groups together, no free text.

A code is a keyed digest (HMAC-SHA256), so that who has no key cannot find it by trying names, and the same
customer has the same code in every table and in every next workbook. See docs/design/privacy.md.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from klantwaarde_xl.data.reading.sources.source import Source
from klantwaarde_xl.data.tables import Column, Table
from klantwaarde_xl.errors import DataError

if TYPE_CHECKING:
    import duckdb

    from klantwaarde_xl.data.reading.files import Checked
    from klantwaarde_xl.data.reading.quality import Quality

NAMELESS = Source(Path("gegevens zonder namen"))  # in place of the file that they come from
CUSTOMER, MAIL = "klant", "e-mail"
PERSONAL = ("opmerking", MAIL)  # what a customer wrote, and where to reach him
GROUPS = (
    "kanaal",
    "campagne",
    "eerste product",
    "product",
    "regio",
    "segment",
    "plan",
)  # what several customers have in common
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
    """The same tables, in the engine changed where they are, and the names that are not in them.

    Raises `DataError` when two customers would get one code.
    """
    names = {name for checked in tables.values() for name in _values(checked, CUSTOMER)}
    mails = {mail for checked in tables.values() for mail in _values(checked, MAIL)}
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
        names | mails
    )


def _values(checked: Checked, name: str) -> set[str]:
    column = _column(checked.table, name)
    if column is None:
        return set()
    asked = f"select distinct {column.sql} from {checked.table.sql} where {column.sql} is not null"
    return {str(value) for (value,) in checked.con.execute(asked).fetchall()}


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
    for name in PERSONAL:
        if column := _column(checked.table, name):
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
    """What is said of the reading, without the names in it; a file may be called after a customer too."""
    quality, wanted = checked.quality, Names(names)
    notes = tuple(note for note in quality.notes if not wanted.found_in(note))
    problems = tuple(replace(one, text="") for one in quality.problems)
    return replace(quality, source=NAMELESS, notes=notes, problems=problems)


# ── looking afterwards ──────────────────────────────────────────────────────────────────────


_WORD = re.compile(r"[^\W_]+")
_LETTER = re.compile(r"[^\W\d_]")


class Names:
    """Names to look for in texts, as words of their own, whatever signs stand between and around these.

    Of more words than one the capitals do not matter (`jan_de_wit.csv`). One word alone is a name as it is
    spelled, and so is a word of ours with a number: `Klant 5`, where a text may say `per klant: 5`. A name
    without letters is a number in a text, and is not looked for.
    """

    def __init__(self, names: Iterable[str], but: Iterable[str] = ()) -> None:
        """but: texts that may be there; what stands in them is no name."""
        split = {name: _WORD.findall(unicodedata.normalize("NFC", name)) for name in names}
        there = {name: words for name, words in split.items() if words and _LETTER.search(name)}
        self._lengths = sorted({len(words) for words in there.values()})
        texts = [*but]
        ours = {
            word.casefold() for text in texts for word in _WORD.findall(unicodedata.normalize("NFC", text))
        }
        as_spelled = {name for name, words in there.items() if len(words) == 1 or _is_counted(words, ours)}
        self._spelled = {" ".join(words): name for name, words in there.items() if name in as_spelled}
        self._folded = {_folded(words): name for name, words in there.items() if name not in as_spelled}
        for words in (words for text in texts for words in self._runs(text)):
            self._spelled.pop(" ".join(words), None)
            self._folded.pop(_folded(words), None)

    def found_in(self, text: str) -> set[str]:
        """The names that stand in a text."""
        found = set[str]()
        for words in self._runs(text):
            found.update(filter(None, (self._spelled.get(" ".join(words)), self._folded.get(_folded(words)))))
        return found

    def _runs(self, text: str) -> Iterator[Sequence[str]]:
        words = _WORD.findall(unicodedata.normalize("NFC", text))
        for length in self._lengths:
            for at in range(len(words) - length + 1):
                yield words[at : at + length]


def _is_counted(words: Sequence[str], ours: set[str]) -> bool:
    """Whether a name is a word of ours with a number behind or before it."""
    lettered = [word for word in words if _LETTER.search(word)]
    return len(lettered) < len(words) and all(word.casefold() in ours for word in lettered)


def _folded(words: Sequence[str]) -> str:
    return " ".join(words).casefold()
