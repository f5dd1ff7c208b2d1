"""Entries of a ledger with one amount: each stands there on two accounts or more, and one is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from klantwaarde_xl.data.reading.cells.looks import BELOW
from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.naming.headers import plain
from klantwaarde_xl.data.reading.questions.choices import rows_option
from klantwaarde_xl.data.reading.sources.engine import sql_texts
from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import Ambiguous

_HEADER = re.compile(
    "(grootboek(rekening)?|rekening|glaccount|account|ledger(account)?|konto|sachkonto)"
    "(nummer|nr|number|code|naam|name|omschrijving|description)?"
)
# By its name, or by its number in the Dutch decimal scheme
_OF_REVENUE = re.compile(
    r"8\d{2,4}\b.*|.*(omzet(?!bel)|verkopen|opbrengst|revenue|\bsales\b(?! tax)|turnover|erlös)"
)
_OF_DEBTORS = re.compile(r"13\d{2,3}\b.*|.*(debiteur|receivable|debtor|forderung)")
_OF_OTHERS = re.compile(
    r"1[0-7]\d{2,3}|.*(\bbtw\b|omzetbelasting|\bvat\b|\btax\b|\bkas\b|\bbank\b|crediteur|payable|kruispost"
    "|inkoop|kost)"
)
_INVOICES = "de facturen, met btw"
_MOST, _SHOWN = 200, 8


def ask_accounts(export: Export, sides: tuple[str, str, str] | None) -> None:
    """Raise `Ambiguous` where revenue and what stands against it are both in one column of amounts.

    sides: a column that says of each row whether it is debit or credit, and its words for these: on an
    account of revenue it needs no question (`chose_revenue`), on one of debtors the answer says it too.
    """
    for name, seen, chosen, what in _asked(export):
        shown = ", ".join(f"{text} ({format_number(count, 0)})" for text, count in seen[:_SHOWN])
        option = rows_option("--alleen", name, *chosen)
        if sides and what == _INVOICES:
            option = f"{option} {rows_option('--retour', sides[0], sides[2])}"
        raise Ambiguous(
            f"Kolom {name!r} heeft rekeningen van een grootboek; een boeking staat op meer dan één: {shown}.",
            remedy=f'Kies welke rekening telt; {what}: {option}. Tellen alle rijen: --alleen "{name}=*".',
        )


def chose_revenue(export: Export) -> bool:
    """Whether the user chose accounts, and all rows that are left are of revenue: sold stands at credit."""
    chosen = [header for header, values in export.reading.only if is_of_accounts(header) and values != "*"]
    return bool(chosen) and _kinds_left(export, chosen[0]) == {"revenue"}


def _asked(export: Export) -> Iterator[tuple[str, list[tuple[str, int]], list[str], str]]:
    """Columns of accounts: header, accounts with their rows, those to choose first, and what these hold."""
    named = {plain(header) for header, _ in export.reading.by_user}
    for place, header in enumerate(export.headers if export.has("bedrag") else ()):
        name = header.strip()
        if not is_of_accounts(name) or plain(name) in named or place in export.places.values():
            continue
        cell, amount = cell_of(place), export.shown("bedrag")
        seen = export.rows(f"""select {cell}, count(*),
              2 * count(*) filter (regexp_matches({amount}, '{BELOW}')) > count(*)
            from raw join lines using (rij) where {cell} <> '' group by 1 order by 2 desc, 1 limit {_MOST}""")
        kinds = {text: _kind(text.casefold()) for text, *_ in seen}
        revenue = [(text, less) for text, _, less in seen if kinds[text] == "revenue"]
        debtors = [text for text, _, less in seen if kinds[text] == "debtors" and not less]
        if not revenue or {*kinds.values()} <= {"revenue", ""}:
            continue
        plus = [text for text, less in revenue if not less]
        if (
            plus
            and debtors
            and _are_of_nobody(export, cell, plus)
            and not _are_of_nobody(export, cell, debtors)
        ):
            plus = []
        # A ledger writes revenue with a minus: what debtors owe for it has none, and has VAT
        chosen, what = (plus, "de omzet") if plus or not debtors else (debtors, _INVOICES)
        if not chosen:
            chosen, what = [text for text, _ in revenue], "de omzet (het teken keert dan om)"
        yield name, [(text, count) for text, count, _ in seen], chosen, what


def _are_of_nobody(export: Export, cell: str, accounts: list[str]) -> bool:
    """Whether no row on these accounts has a customer."""
    if not export.has("klant"):
        return True
    these = sql_texts(accounts)
    who = export.shown("klant")
    return not export.rows(
        f"select 1 from raw join lines using (rij) where {cell} in ({these}) and {who} <> '' limit 1"
    )


def is_of_accounts(header: str) -> bool:
    """Whether a header says on which account of a ledger a row is."""
    return _HEADER.fullmatch(plain(header)) is not None


def turn_revenue(export: Export) -> None:
    """Turn the sign of all amounts where the user chose accounts on which revenue has a minus, and say so."""
    chosen = [header for header, values in export.reading.only if is_of_accounts(header) and values != "*"]
    if not chosen or not export.has("bedrag"):
        return
    amounts = export.values("bedrag")
    held, more = export.rows(f"select coalesce(sum(v), 0), count(*) filter (v > 0) from {amounts}")[0]
    if held >= 0 or (more and _kinds_left(export, chosen[0]) != {"revenue"}):
        return
    for name in ("bedrag", *(["incl"] if export.has("incl") else [])):
        export.con.execute(f"update {export.own_values(name)} set v = -v")
    export.say(
        "bedrag",
        f"op deze rekening (kolom {chosen[0]!r}) heeft omzet een minteken: het teken van elk bedrag is "
        "omgekeerd",
    )


def _kinds_left(export: Export, header: str) -> set[str]:
    """What the accounts in a column are of, in the rows that count."""
    seen = export.rows(f"select distinct {export.cell(header)} from raw join lines using (rij)")
    return {_kind(text.casefold()) for (text,) in seen}


def _kind(text: str) -> str:
    """What an account is of: `debtors`, `others` or `revenue`; empty for what nobody can tell."""
    kinds = (("debtors", _OF_DEBTORS), ("others", _OF_OTHERS), ("revenue", _OF_REVENUE))
    return next((kind for kind, pattern in kinds if pattern.match(text)), "")
