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
    """A column we need: our own name, its type, and its names in exports, the surest first."""

    name: str
    type: ColumnType
    synonyms: tuple[str, ...]


@dataclass(frozen=True)
class TableSpec:
    """A table we read: its Dutch name and its columns."""

    name: str
    columns: tuple[ColumnSpec, ...]


def _column(name: str, kind: ColumnType, synonyms: str) -> ColumnSpec:
    return ColumnSpec(name, kind, (name, *synonyms.split()))


TRANSACTIONS = TableSpec(
    "transacties",
    (
        _column(
            "klant",
            ColumnType.KEY,
            "klantid klantnr klantnummer klantcode customerid customernumber custid "
            "customeruserid clientid buyerid debiteurnummer debiteurnr relatienummer relatienr "
            "customer client buyer relatie debiteur afnemer koper emailadres email customeremail "
            "billingemail klantemail emailbilling klantnaam debiteurnaam customername accountid "
            "userid account user",
        ),
        _column(
            "datum",
            ColumnType.DATE,
            "orderdatum besteldatum aankoopdatum transactiedatum verkoopdatum factuurdatum "
            "datumtijd aangemaaktop aangemaakt besteldop orderdate purchasedate transactiondate "
            "invoicedate date createdat created orderdatetime datetime timestamp paidat day",
        ),
        _column(
            "bedrag",
            ColumnType.AMOUNT,
            "bedragexclbtw bedragexbtw totaalexclbtw totaalexbtw omzet orderbedrag orderwaarde "
            "ordertotaal totaalbedrag totaal totaalinclbtw bedraginclbtw totaalprijs "
            "factuurbedrag amount totalamount ordertotal ordertotalamount grandtotal totalprice "
            "nettotal netamount total revenue sales subtotaal subtotal spend monetary value price "
            "priceincl waarde prijs",
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

    named: the user's own words, our column name to the file's header. Where several headers
    fit, the surest name wins: a customer number before an e-mail address, a total before a subtotal.
    """
    cleaned = [plain(header) for header in headers]
    found: dict[str, int] = {}
    for column in table.columns:
        given = (named or {}).get(column.name)
        wanted = (plain(given),) if given is not None else column.synonyms
        hit = next((cleaned.index(name) for name in wanted if name in cleaned), None)
        if hit is None:
            return None
        found[column.name] = hit
    return found


def other_candidates(headers: Sequence[str], table: TableSpec, found: Mapping[str, int]) -> list[str]:
    """Say in Dutch which headers could also have been meant, so that a choice is never silent."""
    cleaned = [plain(header) for header in headers]
    said = []
    for column in table.columns:
        others = [
            repr(headers[i])
            for i, name in enumerate(cleaned)
            if name in column.synonyms and i != found[column.name]
        ]
        if others:
            said.append(
                f"voor {column.name} kon ook {', '.join(others)}: kies zelf met --kolommen {column.name}=…"
            )
    return said


def columns_missing(
    headers: Sequence[str], table: TableSpec, where: str, named: Mapping[str, str] | None = None
) -> ColumnsMissing:
    """The error for a file without the needed columns, naming what was there and what was asked for."""
    cleaned = [plain(header) for header in headers]
    absent = [header for header in (named or {}).values() if plain(header) not in cleaned]
    needed = ", ".join(column.name for column in table.columns)
    there = ", ".join(repr(header) for header in headers if header) or "geen koppen"
    example = ",".join(f"{column.name}=…" for column in table.columns)
    asked = f"De kolom {', '.join(map(repr, absent))} staat niet in het bestand. " if absent else ""
    return ColumnsMissing(
        f"{asked}Niet alle kolommen zijn gevonden. Nodig: {needed}. Gevonden: {there}.",
        where=where,
        remedy=f"Geef de kolommen deze namen, of zeg welke het zijn met --kolommen {example}.",
    )
