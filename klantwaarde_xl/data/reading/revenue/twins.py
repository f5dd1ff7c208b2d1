"""Money that stands twice, in two currencies: the amount, its refund and its currency are of one kind."""

from __future__ import annotations

import re
from collections.abc import Mapping

from klantwaarde_xl.data.reading.cells.currencies import EURO, currency_named
from klantwaarde_xl.data.reading.cells.rows import Rows
from klantwaarde_xl.data.reading.naming.headers import ABSENT, currency_of, forms, plain
from klantwaarde_xl.dutch import format_count
from klantwaarde_xl.errors import Ambiguous

Places = dict[str, int]

_OF_CURRENCIES = re.compile("currency|valuta|munt|w[a]?e?hrung|devise|waluta")
# What headers of money and of its currency are made of, besides the kind of money
_COMMON = re.compile(
    "amount|grand|total|totaal|bedrag|order|currenc(?:y|ies)|valuta|munt(?:soort|eenheid|code)?|waehrung|wahrung"
    "|code|iso|refund(?:ed)?|terugbetaald|of$"
)
_OWN = re.compile("converted|base|basis|shop|store|winkel|omgerekend")  # in the currency of the shop itself
_IN = re.compile(r"[\s_]in[\s_(]+[a-z]{3}\W*$", re.IGNORECASE)
_REFUND = re.compile("refund|terugbetaald")


def with_twins(rows: Rows, found: Places, named: Mapping[str, str], wanted: str) -> Mapping[str, str]:
    """Take the amount that is in one currency, and the columns that go with it; wanted: by the user, if any.

    Returns what was named, with the column of currencies as absent where it is not that of the amount.
    Raises `Ambiguous` for twins of which neither is in euros, or of which rows have only one.
    """
    if "bedrag" not in found:
        return named
    _by_column(rows, found, named, wanted)
    _by_header(rows, found, named, wanted)
    if not wanted and not {"bedrag", "valuta"} & set(named) and _in_one(rows, found):
        return {**named, "valuta": ABSENT}
    return named


def with_its_refund(rows: Rows, found: Places, named: Mapping[str, str]) -> None:
    """Take the refund, the VAT and other money of the kind that the amount is, where the file has them."""
    amount = found.get("bedrag")
    for name in ("terugbetaald", "btw", "incl", "korting"):
        if amount is None or name in named or name not in found:
            continue
        header, of_amount = rows.headers[found[name]], rows.headers[amount]
        for at, other in enumerate(rows.headers):
            if at in found.values():
                continue
            by_kind = _role(other) == _role(header) and _kind(other) == _kind(of_amount) != _kind(header)
            by_code = _base(other) == _base(header) != "" and currency_of(other) == currency_of(of_amount)
            if (by_kind and _kinds_matter(rows)) or (by_code and currency_of(header) != currency_of(other)):
                found[name] = at
                break


def _kind(header: str) -> str:
    """What kind of money a header is of: `converted` of Converted Amount; nothing of Amount."""
    return _COMMON.sub("", plain(header))


def _role(header: str) -> str:
    kind = _kind(header)
    return plain(header).replace(kind, "") if kind else plain(header)


def _kinds_matter(rows: Rows) -> bool:
    return len([header for header in rows.headers if _OF_CURRENCIES.search(plain(header))]) > 1


def _by_column(rows: Rows, found: Places, named: Mapping[str, str], wanted: str) -> None:
    """Pair amounts with columns of currencies, where there are two of these."""
    if not _kinds_matter(rows):
        return
    there = [at for at, header in enumerate(rows.headers) if _OF_CURRENCIES.search(plain(header))]
    codes = {at: texts for at, texts in rows.lists(there).items() if all(map(currency_named, texts))}
    by_kind: dict[str, int] = {}
    # Of one kind the header that is our word goes before one that has more to it, as of the refund
    for at in sorted(
        codes, key=lambda at: (at != found.get("valuta"), _REFUND.search(plain(rows.headers[at])) is not None)
    ):
        by_kind.setdefault(_kind(rows.headers[at]), at)
    amount = rows.headers[found["bedrag"]]
    own = by_kind.get(_kind(amount))
    if own is None or len(by_kind) < 2:
        return
    if "valuta" not in named:
        found["valuta"] = own
    if wanted or {"bedrag", "valuta"} & set(named) or len(_same_case(codes[own])) == 1:
        return
    for at, header in enumerate(rows.headers):
        kind = _kind(header)
        if not _OWN.fullmatch(kind) or kind not in by_kind or _role(header) != _role(amount):
            continue
        if found.get("incl", at) == at and len(_same_case(codes[by_kind[kind]])) == 1:
            found.pop("incl", None)
            found["bedrag"], found["valuta"] = at, by_kind[kind]
            return


def _in_one(rows: Rows, found: Places) -> bool:
    """Take the same amount in euros, or in the one currency in which it is, where each row has it.

    It stands beside one in the currency of that row.
    """
    amount, codes = rows.headers[found["bedrag"]], found.get("valuta")
    if currency_of(amount) or codes is None:
        return False
    twins = {
        currency_of(header): at for at, header in enumerate(rows.headers) if _base(header) == plain(amount)
    }
    if len(_same_case(rows.lists([codes]).get(codes, {}))) < 2 or not (EURO in twins or len(twins) == 1):
        return False
    at = twins.get(EURO, next(iter(twins.values())))
    where = f"rij > {rows.header_row} and {rows.cell(at)} = '' and {rows.cell(found['bedrag'])} <> ''"
    if rows.con.execute(f"select 1 from lines where {where} limit 1").fetchall():
        return False
    found["bedrag"] = at
    del found["valuta"]
    if found.get("incl") == at:
        del found["incl"]
    return True


def _same_case(texts: Mapping[str, int]) -> set[str]:
    return {text.upper() for text in texts}


def _base(header: str) -> str:
    """A header without its currency: `amount` of Amount (USD) and of Amount in USD."""
    if not currency_of(header) or len(forms(header)) < 2:
        return ""
    base = forms(header)[1]
    return base.removesuffix("in") if _IN.search(header) else base


def _by_header(rows: Rows, found: Places, named: Mapping[str, str], wanted: str) -> None:
    """Choose among amounts whose headers differ in nothing but the currency."""
    amount = rows.headers[found["bedrag"]]
    base = _base(amount)
    if "bedrag" in named or not base:
        return
    twins = {currency_of(header): at for at, header in enumerate(rows.headers) if _base(header) == base}
    if len(twins) < 2:
        return
    cells = [f"({rows.cell(at)} <> '')" for at in twins.values()]
    gaps = rows.con.execute(
        f"select count(*) from lines where rij > {rows.header_row} and ({' or '.join(cells)}) "
        f"and not ({' and '.join(cells)})"
    ).fetchall()[0][0]
    chosen = wanted or EURO
    shown = ", ".join(rows.name(at) for at in twins.values())
    if gaps and not wanted:
        have = format_count(gaps, "rij heeft", "rijen hebben")
        raise Ambiguous(
            f"Het bedrag staat in {shown}, en {have} er maar een van: twee valuta's zijn niet op te tellen.",
            where=rows.where,
            remedy="Zet ze in één kolom met de valuta ernaast. Alleen de ene, zonder de rijen van de andere: "
            f"{rows.typed('bedrag', found['bedrag'])} --overslaan.",
        )
    if chosen not in twins:
        raise Ambiguous(
            f"Het bedrag staat er in meer dan één valuta: {shown}.",
            where=rows.where,
            remedy=f"Kies er een: {' of '.join(rows.typed('bedrag', at) for at in twins.values())}.",
        )
    found["bedrag"] = twins[chosen]
