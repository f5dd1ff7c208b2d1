"""Which table of a database is meant: the only one, or the one that the user names; else it is asked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from klantwaarde_xl.data.reading.naming.headers import find_columns, is_question, needed_of, wanted_of
from klantwaarde_xl.data.reading.sources.typed import quoted
from klantwaarde_xl.data.reading.surveys.aspects import may_show
from klantwaarde_xl.data.tables import Table
from klantwaarde_xl.errors import Ambiguous, FileUnreadable

_SHOWN = 12
# What programs call the table of what was sold, among many others with a name, a day and an amount
_OF_SALES = re.compile(
    "(.*_)?(orders?|sales?(_?orders?)?|invoices?|transactions?|payments?|bestelling(en)?|verkoop|verkopen|facturen|"
    "transacties|betalingen|bestellungen|auftr(ä|ae)ge|rechnungen|verk(ä|ae)ufe|commandes|ventes|factures|ventas|"
    "pedidos|ordini|vendite)"
)


@dataclass(frozen=True)
class Relation:
    """A table or view: its schema (empty where one need not say it), name and columns."""

    schema: str
    name: str
    headers: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.schema}.{self.name}" if self.schema else self.name

    def sql(self, mark: str = '"') -> str:
        """Its name as an identifier; mark: the quote of the database's SQL."""
        return ".".join(quoted(part, mark) for part in (self.schema, self.name) if part)


def is_query(part: str) -> bool:
    """Whether what stands behind the `#` is a query, and no name of a table."""
    return re.match(r"(select|with)[\s(*\"]", part, re.IGNORECASE) is not None


def relations(columns: Sequence[tuple[str, str, str]], usual: str) -> list[Relation]:
    """The tables of a list of (schema, table, column); usual: the schema that one need not say."""
    found: dict[tuple[str, str], list[str]] = {}
    for schema, name, header in columns:
        found.setdefault(("" if schema == usual else schema, name), []).append(header)
    return [Relation(schema, name, tuple(headers)) for (schema, name), headers in found.items()]


def choose(
    there: Sequence[Relation], part: str, table: Table, named: Mapping[str, str] | None, where: str
) -> Relation:
    """The relation that part names, or without part the only one.

    Raises `FileUnreadable` when it is not there, and `Ambiguous`, which names them all, those with the
    needed columns first, when there are several.
    """
    if not there:
        raise FileUnreadable(
            "Er staat geen tabel in deze database die u mag lezen.",
            where=where,
            remedy="Controleer de naam van de database, of vraag de beheerder om leesrechten.",
        )
    if not part:
        if len(there) > 1:
            raise _which(there, table, named, where)
        return there[0]
    for same in (str.__str__, str.casefold):
        found = [one for one in there if {*map(same, _names(one))} & {same(part), same(_bare(part))}]
        if len(found) == 1:
            return found[0]
        if found:
            raise _which(found, table, named, where)
    near = get_close_matches(part, [str(one) for one in there], n=3, cutoff=0.6)
    others = near or [str(one) for one in there][:_SHOWN]
    raise FileUnreadable(
        f"De tabel {part!r} staat niet in deze database, of u mag haar niet lezen.",
        where=where,
        remedy=f"{'Bedoelt u' if near else 'Kies uit'}: {', '.join(others)}"
        f"{' …' if not near and len(there) > _SHOWN else ''}.",
    )


def _names(one: Relation) -> list[str]:
    """How a user may write a relation, quotes left out."""
    return [str(one)] if one.schema else [one.name, f"public.{one.name}", f"main.{one.name}"]


def _bare(part: str) -> str:
    return re.sub('["`]', "", part)


def _which(there: Sequence[Relation], table: Table, named: Mapping[str, str] | None, where: str) -> Ambiguous:
    wanted, needed = wanted_of(table, named), needed_of(table, named)
    sure = [one for one in needed if not may_show(wanted, one)]  # its answers are not there to look at
    fit = [
        str(one)
        for one in there
        if find_columns(one.headers, wanted, needed) is not None
        or (sure != list(needed) and any(map(is_question, one.headers))
            and find_columns(one.headers, wanted, sure) is not None)
    ]  # fmt: skip
    rest = [str(one) for one in there if str(one) not in fit]
    if table.of_orders:
        for names in (fit, rest):
            names.sort(key=lambda name: _OF_SALES.fullmatch(name.casefold().rpartition(".")[2]) is None)
    shown = [*fit, *rest][:_SHOWN]
    more = f" … en nog {len(there) - len(shown)}" if len(there) > len(shown) else ""
    known = f" De kolommen voor {table.name} staan in: {', '.join(fit[:_SHOWN])}." if fit else ""
    return Ambiguous(
        f"Er staan {len(there)} tabellen in deze database: {', '.join(shown)}{more}.{known}",
        where=where,
        remedy=f'Zet de tabel achter een #: "{where}#{shown[0]}"',
    )
