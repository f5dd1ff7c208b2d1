"""The tables that users bring: which columns they need, and under which names those arrive."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from klantwaarde_xl.errors import ColumnsMissing


class ColumnType(Enum):
    """How the text of a column is read."""

    KEY = "naam of nummer"
    DATE = "datum"
    AMOUNT = "bedrag"


@dataclass(frozen=True)
class ColumnSpec:
    """A column we need: our own name, its type, and the names it has in exports."""

    name: str
    type: ColumnType
    synonyms: frozenset[str]


@dataclass(frozen=True)
class TableSpec:
    """A table we read: its Dutch name and its columns."""

    name: str
    columns: tuple[ColumnSpec, ...]


def _column(name: str, kind: ColumnType, synonyms: str) -> ColumnSpec:
    return ColumnSpec(name, kind, frozenset([name, *synonyms.split()]))


TRANSACTIONS = TableSpec(
    "transacties",
    (
        _column(
            "klant",
            ColumnType.KEY,
            "klantid klantnr klantnummer klantcode klantnaam relatie relatienummer debiteur debiteurnummer "
            "debiteurnr afnemer koper email emailadres klantemail customer customerid customernumber "
            "customername customeremail custid client clientid buyer buyerid "
            "account accountid user userid id",
        ),
        _column(
            "datum",
            ColumnType.DATE,
            "besteldatum orderdatum aankoopdatum factuurdatum transactiedatum verkoopdatum datumtijd "
            "aangemaakt aangemaaktop date orderdate orderdatetime purchasedate transactiondate invoicedate "
            "createdat created datetime timestamp day paidat",
        ),
        _column(
            "bedrag",
            ColumnType.AMOUNT,
            "omzet orderbedrag orderwaarde totaal totaalbedrag orderTotaal bedragexbtw bedragexclbtw "
            "totaalexclbtw subtotaal prijs waarde factuurbedrag amount total ordertotal totalamount revenue "
            "sales price value spend subtotal grandtotal totalprice netamount nettotal monetary".lower(),
        ),
    ),
)


def plain(header: str) -> str:
    """A header without case, accents, spaces and punctuation: `Klant-ID ` becomes `klantid`."""
    text = unicodedata.normalize("NFKD", header.replace("€", "").casefold())
    return re.sub(r"[^a-z0-9]", "", text)


def find_columns(
    headers: Sequence[str], table: TableSpec, named: Mapping[str, str] | None = None
) -> dict[str, int] | None:
    """Return the position of each needed column, or None when one cannot be found.

    named: the user's own words, our column name to the file's header. A name that fits
    more than one header prefers the header that is exactly our own or the user's name.
    """
    cleaned = [plain(header) for header in headers]
    found: dict[str, int] = {}
    for column in table.columns:
        wanted = plain((named or {}).get(column.name, column.name))
        if wanted in cleaned:
            found[column.name] = cleaned.index(wanted)
        elif named and column.name in named:
            return None
    for column in table.columns:
        if column.name in found:
            continue
        hits = [i for i, name in enumerate(cleaned) if name in column.synonyms and i not in found.values()]
        if not hits:
            return None
        found[column.name] = hits[0]
    return found


def columns_missing(headers: Sequence[str], table: TableSpec, where: str) -> ColumnsMissing:
    """The error for a file without the needed columns, naming what was there."""
    needed = ", ".join(column.name for column in table.columns)
    there = ", ".join(repr(header) for header in headers if header) or "geen koppen"
    example = ",".join(f"{column.name}=…" for column in table.columns)
    return ColumnsMissing(
        f"Niet alle kolommen zijn gevonden. Nodig: {needed}. Gevonden: {there}.",
        where=where,
        remedy=f"Geef de kolommen deze namen, of zeg welke het zijn met --kolommen {example}.",
    )
