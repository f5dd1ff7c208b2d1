"""Headers with a table before the field: `orders.total`, `Sales[Total]`, `FACTURES_DATE`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from klantwaarde_xl.data.reading.naming.header_words import concepts_of

# Between a database, a table and its field
_BETWEEN = re.compile(r"\.|(?<! )/(?! )|\s*(?:→|->|::)\s*|: ")
_OF_A_TABLE = re.compile(r"[^\W\d][\w ]*")
_OF_A_FIELD = re.compile(r"[^\W_].*")
_LONGEST = 100  # signs of a header that is looked at: what is longer is a text
_IN_BRACKETS = re.compile(r"^\s*'?(?P<table>[\w ]*?)'?\s*\[(?:Sum(?=[A-Z]))?(?P<field>[^\[\]]+)\]\s*$")
_MOSTLY = 0.6  # of the headers
_ALIAS = 2  # letters of a table that a query calls otherwise
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
    "fecha|data|total|totaal|amount|bedrag|price|prijs|created|created_at|created_on|updated_at"
)
_SHARED = re.compile(r"(?P<table>(?i:order[_ ](?:items|lines))|[^\W\d_]+)[_ ](?P<field>[^\W_].*)")
_KNOWN = frozenset(
    ["product", "account", "contact", "item", "opportunity", "deal", "lead", "company", "refund"]
)


def without_tables(headers: Sequence[str]) -> tuple[str, ...]:
    """Headers as they would be called without the table that most have before their field."""
    said = [_qualified(text) if len(text) <= _LONGEST else None for text in headers]
    there = sum(map(bool, headers))
    if there < 2 or sum(found is not None for found in said) < _MOSTLY * there:
        return tuple(headers)
    return _called(headers, said)


def _qualified(header: str) -> tuple[str, str] | None:
    """The table and the field of a header that names both."""
    if found := _IN_BRACKETS.fullmatch(header):
        return found["table"] or "", found["field"]
    *tables, field = _BETWEEN.split(header)
    bare = [text.strip().strip("\"'`") for text in tables]
    field = field.rstrip().strip("\"'`")
    fits = bare and all(map(_OF_A_TABLE.fullmatch, bare)) and _OF_A_FIELD.fullmatch(field)
    return (bare[-1], field) if fits else None


def names_without_table(header: str) -> tuple[str, ...]:
    """What a header that names a table may be called here; none for another."""
    found = _qualified(header) if len(header) <= _LONGEST else None
    return (f"{_row_of(found[0])} {found[1]}".strip(), found[1]) if found else ()


def without_shared_words(headers: Sequence[str]) -> tuple[str, ...]:
    """Headers without the word that most begin with, or the names of tables that each begins with."""
    texts = [_BEFORE_TABLES.sub("", text.strip()) for text in headers]
    if any(len(text) > _LONGEST for text in texts):
        return tuple(headers)
    parted = [_SHARED.fullmatch(text) for text in texts]
    tables = [found["table"].casefold().replace("_", " ") if found else "" for found in parted]
    there = sum(map(bool, texts))
    often = Counter(filter(None, tables)).most_common(1)
    shared, times = often[0] if often else ("", 0)
    if there >= _FEWEST and all(
        table in _TABLE_WORDS for table, text in zip(tables, texts, strict=True) if text
    ):
        wanted = _TABLE_WORDS
    elif times >= max(_FEWEST, _MOSTLY * there):
        wanted = {shared}
    else:
        return tuple(headers)
    return _called(
        headers,
        [
            (found["table"], found["field"]) if found and table in wanted else None
            for found, table in zip(parted, tables, strict=True)
        ],
    )


def _called(headers: Sequence[str], parts: Sequence[tuple[str, str] | None]) -> tuple[str, ...]:
    """What each header is called by its table and field; as it stands where only signs would go.

    A field is called by itself. One that says nothing without its table, or is that of two tables, has before
    it what the rows of its table are, where that is a word that we know.
    """
    often = Counter(part[1].strip().casefold() for part in parts if part)
    one_table = len({part[0].casefold() for part in parts if part}) == 1
    named = []
    for header, part in zip(headers, parts, strict=True):
        table, field = (text.strip() for text in part or ("", header))
        says_little = _BARE_FIELDS.fullmatch(re.sub(r"\W", "_", field.casefold())) is not None
        if part and (says_little or often[field.casefold()] > 1):
            row = _row_of(table)
            # `Fact.nr` is short for something, and no field of a table
            is_table = row or one_table or len(table) <= _ALIAS
            field = f"{row} {field}".strip() if is_table else header
        named.append(header if _letters(header) == _letters(field) else field)
    twice = Counter(name.casefold() for name in named)
    return tuple(
        header if twice[name.casefold()] > 1 else name for header, name in zip(headers, named, strict=True)
    )


def _row_of(table: str) -> str:
    """What the rows of a table are; empty for a table of which we know no word, as an alias."""
    *before, last = re.split(r"[_ ]+", _BEFORE_TABLES.sub("", table.strip().casefold()))
    one = _ROWS.get(last) or (f"{last[:-3]}y" if last.endswith("ies") else last.removesuffix("s"))
    return " ".join([*before, one]) if last in _ROWS or one in _KNOWN or concepts_of(one) else ""


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold()
