"""Headers with a table before the field: `orders.total`, `Sales[Total]`, `FACTURES_DATE`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

# The last table before a field, behind those of a database and a schema
_QUALIFIED = re.compile(
    r"""^\s*(?:[^\W\d]["'`\w ]*(?:\.|/|\s*(?:→|->|::)\s*))*?(?:["'`]?(?P<table>[^\W\d][\w ]*?)["'`]?
        (?:\.|/|\s*(?:→|->|::|:\ )\s*))["'`]?(?P<field>[^\W_][\w -]*?(?:\ ?\([\w %€$]+\))?)["'`]?\s*$""",
    re.VERBOSE,
)
_IN_BRACKETS = re.compile(r"^\s*'?(?P<table>[\w ]*?)'?\s*\[(?:Sum(?=[A-Z]))?(?P<field>[^\[\]]+)\]\s*$")
_MOSTLY = 0.6  # of the headers
_FEWEST = 3  # headers that share what stands before them
# What a table is called, as its rows are: a field `id` of it is the number of one of these
_ROWS = {
    "klanten": "klant", "bestellingen": "bestelling", "facturen": "factuur", "betalingen": "betaling",
    "verkopen": "verkoop", "transacties": "transactie", "orderregels": "orderregel", "relaties": "relatie",
    "factuurregels": "factuurregel", "producten": "product", "artikelen": "artikel", "verkooporders": "order",
    "debiteuren": "debiteur", "rechnungen": "rechnung", "kunden": "kunde", "bestellungen": "bestellung",
    "posts": "order", "postmeta": "order", "users": "customer", "user": "customer", "sales": "sale",
    "people": "customer", "addresses": "address",
}  # fmt: skip
_TABLE_WORDS = {
    *_ROWS, "orders", "order items", "order lines", "customers", "clients", "invoices", "transactions",
    "payments", "products", "items", "factures", "commandes", "pedidos", "ventas", "ventes",
}  # fmt: skip
_BEFORE_TABLES = re.compile(r"^(?:tbl|dbo|wp|public|ps|oc)_", re.IGNORECASE)
# Says of which table it is only with that before it
_BARE_FIELDS = re.compile(
    "id|nr|no|num|number|nummer|code|key|ref|reference|name|naam|nom|nombre|email|e_mail|mail|date|datum|day|"
    "fecha|data|total|totaal|amount|bedrag|price|prijs|status|state|created|created_at|created_on|updated_at|"
    "type"
)


def without_tables(headers: Sequence[str]) -> tuple[str, ...]:
    """Headers as they would be called without the table that most have before their field."""
    said = [_QUALIFIED.match(text) or _IN_BRACKETS.match(text) for text in headers]
    there = sum(map(bool, headers))
    fields = [
        text if found is None else _named(found["table"] or "", found["field"])
        for text, found in zip(headers, said, strict=True)
    ]
    if there < 2 or sum(found is not None for found in said) < _MOSTLY * there:
        return tuple(headers)
    return _apart(headers, fields)


def without_shared_words(headers: Sequence[str]) -> tuple[str, ...]:
    """Headers without the word that all begin with, or the names of tables that each begins with."""
    texts = [_BEFORE_TABLES.sub("", text.strip()) for text in headers]
    parted = [
        re.fullmatch(r"(?P<table>(?i:order[_ ](?:items|lines))|[^\W\d_]+)[_ ](?P<field>\S.*)", text)
        for text in texts
    ]
    there = [found for found, text in zip(parted, texts, strict=True) if text]
    if len(there) < _FEWEST or None in there:
        return tuple(headers)
    tables = {found["table"].casefold().replace("_", " ") for found in there if found}
    if len(tables) > 1 and not tables <= _TABLE_WORDS:
        return tuple(headers)
    return _apart(
        headers,
        [
            _named(found["table"], found["field"]) if found else text
            for found, text in zip(parted, texts, strict=True)
        ],
    )


def _named(table: str, field: str) -> str:
    """A field by itself, and with what its table has rows of where it says nothing without."""
    if not _BARE_FIELDS.fullmatch(field.strip().casefold().replace(" ", "_")):
        return field.strip()
    bare = _BEFORE_TABLES.sub("", table.strip().casefold())
    if len(bare) < 3:
        return field.strip()  # an alias
    parts = re.split(r"[_ ]+", bare)
    return " ".join([*parts[:-1], _row_of(parts[-1]), field.strip()])


def _row_of(table: str) -> str:
    if table in _ROWS:
        return _ROWS[table]
    if table.endswith("ies"):
        return f"{table[:-3]}y"
    return table[:-1] if table.endswith("s") and not table.endswith("ss") else table


def _apart(headers: Sequence[str], fields: Sequence[str]) -> tuple[str, ...]:
    """The fields; the whole header where two fields would be called the same, or only signs are gone."""
    often = Counter(text.casefold() for text in fields)
    return tuple(
        header if often[text.casefold()] > 1 or _letters(header) == _letters(text) else text
        for header, text in zip(headers, fields, strict=True)
    )


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold()
