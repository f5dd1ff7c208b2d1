"""Columns that need not be there and change the figures, known by what they hold: a currency, a refund.

A header in words that we know goes before; what the user names, or does not want taken, too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from klantwaarde_xl.data.reading.cells.contents import SAMPLE, Cells
from klantwaarde_xl.data.reading.cells.currencies import currency_named
from klantwaarde_xl.data.reading.cells.rows import Rows, shown
from klantwaarde_xl.data.reading.cells.yes_or_no import NO, YES
from klantwaarde_xl.data.reading.customers.address_beside_name import take_address
from klantwaarde_xl.data.reading.kinds.status_words import DISPUTES
from klantwaarde_xl.data.reading.naming.by_rate import BACK_TOO
from klantwaarde_xl.data.reading.naming.headers import accepted, forms, plain
from klantwaarde_xl.data.reading.naming.words import OF_REFUNDS
from klantwaarde_xl.data.reading.revenue.off_already import before_refunds, off_beside
from klantwaarde_xl.data.reading.sources.marked import MARK
from klantwaarde_xl.errors import Ambiguous

if TYPE_CHECKING:
    from klantwaarde_xl.data.tables import Column, Table

CURRENCY, REFUND = "valuta", "terugbetaald"
# Codes that hardly are anything else: `ALL`, `TOP` and `CUP` are words too
_SURE_CODES = "EUR USD GBP CHF SEK NOK DKK PLN CZK HUF CAD AUD"
_SURE = frozenset(_SURE_CODES.split())
_OTHER_CODES = "RON BGN ISK NZD JPY CNY HKD SGD ZAR INR BRL MXN TRY ILS AED SAR THB KRW"
_COMMON = _SURE | frozenset(_OTHER_CODES.split())
_MARKS = frozenset(["€", "$", "£", "EURO", "EUROS", "US$"])
_MOSTLY = 0.9
_WITH_VAT = 1.3  # what is paid back can be with VAT beside an amount without
_FEW_TIMES = 5  # a number of refunds, or little money
_MONEY = re.compile("amount|bedrag|tota|montant|betrag|kwota|value|waarde")
_OF_A_ROW = re.compile("(refund|return|retour|credit|nota)$")  # which is a refund itself: that is asked about
_OF_PIECES = frozenset(["retour", "returned", "geretourneerd", "retouren", "returns"])
_NET_SALES = frozenset(["netsales", "nettosales", "netrevenue", "nettoomzet", "nettoverkopen", "nettoumsatz"])
_GENERIC_WORDS = """
    currency currencies valuta munt muntsoort code cur ccy curr iso symbol total totaal amount bedrag price
    prijs the of van de in incl excl btw vat eur"""
_GENERIC = frozenset(_GENERIC_WORDS.split())


def with_contents(
    rows: Rows, table: Table, places: Mapping[str, int], named: Mapping[str, str] | None
) -> dict[str, int]:
    """The places of our columns with those that contents show; without a refund that is no money.

    Raises `Ambiguous` where two columns can be meant, or one can be something else.
    """
    found = dict(places)
    columns = {column.name: column for column in table.read}
    if not table.of_orders:
        return found
    take_address(rows, found, named or {})
    if REFUND not in (named or {}):
        _refund(rows, columns[REFUND], found)
        _not_twice(rows, found, named or {})
    _charged_back(rows, found, named or {})
    if CURRENCY not in found and CURRENCY not in (named or {}):
        place = _currency(rows, found)
        if place is not None:
            found[CURRENCY] = place
    return {name: found[name] for name in columns if name in found}


def is_known(header: str, column: Column) -> bool:
    """Whether a header is a word of ours for a column."""
    return bool(set(forms(header)) & set(accepted(column)))


def _charged_back(rows: Rows, found: dict[str, int], named: Mapping[str, str]) -> None:
    """Keep a column of what a bank took back where it holds money; where there is no other, as the refund.

    Of what was disputed a status tells better whether it went back.
    """
    if BACK_TOO not in found or BACK_TOO in named:
        return
    cells = rows.column(found[BACK_TOO])
    is_told = "disput" in plain(cells.header) and any(
        re.fullmatch(DISPUTES, plain(header)) for header in rows.headers
    )
    if not cells.is_numbers or REFUND in named or is_told:
        del found[BACK_TOO]
    elif REFUND not in found:
        found[REFUND] = found.pop(BACK_TOO)


# ── currencies ──────────────────────────────────────────────────────────────────────────────


def _currency(rows: Rows, places: Mapping[str, int]) -> int | None:
    free = [
        place for place, header in enumerate(rows.headers) if header.strip() and place not in places.values()
    ]
    lists = {place: texts for place, texts in rows.lists(free).items() if are_currencies(texts)}
    if len(lists) < 2:
        return next(iter(lists), None)
    one, *others = lists
    differing = [other for other in others if _differ(rows, one, other)]
    if not differing:
        return one
    amount = places.get("bedrag", places.get("stukprijs", places.get("erbij")))
    if amount is not None and (
        paired := _paired(rows.headers[amount], {at: rows.headers[at] for at in lists})
    ):
        return paired
    shown = ", ".join(f"{rows.name(at)} ({', '.join(list(texts)[:4])})" for at, texts in lists.items())
    of = f" van {rows.name(amount)}" if amount is not None else ""
    raise Ambiguous(
        f"Meer dan één kolom noemt een valuta, en zij zeggen niet hetzelfde: {shown}.",
        where=rows.where,
        remedy=f"Zeg welke die{of} is: {rows.typed(CURRENCY, one)}, of een van de andere achter het =; "
        f"{rows.typed(CURRENCY, None)} als geen ervan.",
    )


def are_currencies(texts: Mapping[str, int]) -> bool:
    """Whether nearly all texts are codes or signs of currencies, and one hardly is anything else."""
    codes = {text: text.upper() for text in texts}
    known = sum(count for text, count in texts.items() if codes[text] in _COMMON | _MARKS)
    sure = any(codes[text] in _SURE | _MARKS for text in texts)
    return sure and known >= _MOSTLY * sum(texts.values())


def _differ(rows: Rows, one: int, other: int) -> bool:
    """Whether two columns name two currencies on any row."""
    pairs = rows.con.execute(f"""select distinct {rows.cell(one)}, {rows.cell(other)} from lines
        where rij > {rows.header_row}""").fetchall()
    return any((currency_named(a) or a) != (currency_named(b) or b) for a, b in pairs)


def _paired(amount: str, headers: Mapping[int, str]) -> int | None:
    """The one column whose header has a word of the amount's that the others do not have."""
    words = words_of(amount)
    shared = {at: len(words & words_of(header)) for at, header in headers.items()}
    best = [at for at, count in shared.items() if count and count == max(shared.values())]
    return best[0] if len(best) == 1 else None


def words_of(header: str) -> set[str]:
    """The words of a header of money or a currency that say which it is, as `payout` of `Payout total`."""
    split = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header)
    return {plain(word) for word in re.split(r"[\W_]+", split) if word} - _GENERIC


# ── refunds ─────────────────────────────────────────────────────────────────────────────────


def _refund(rows: Rows, column: Column, found: dict[str, int]) -> None:
    """Take the column of refunds that a part of its header shows, where it holds money of its order."""
    place = found.get(REFUND)
    if place is not None and is_known(rows.headers[place], column):
        return
    found.pop(REFUND, None)
    fitting = [
        at
        for at, header in enumerate(rows.headers)
        if at not in found.values()
        and any(re.match(OF_REFUNDS, form) for form in forms(header))
        and _is_refund(rows, at, found)
    ]
    # One that says yes to an order that was paid back whole leaves the part that went back to the other
    flags = [at for at in fitting if {shown(text).lower() for text in rows.every(at)} <= YES | NO]
    if len(fitting) == 2 and len(flags) == 1:
        fitting = flags
    if len(fitting) > 1 and any(_differ(rows, fitting[0], other) for other in fitting[1:]):
        raise Ambiguous(
            f"Meer dan één kolom kan zeggen wat is terugbetaald: {', '.join(map(rows.name, fitting))}.",
            where=rows.where,
            remedy=f"Zeg welke: {rows.typed(REFUND, fitting[0])}, of een andere achter het =; "
            f"{rows.typed(REFUND, None)} als geen ervan.",
        )
    if fitting:
        found[REFUND] = fitting[0]


def _not_twice(rows: Rows, found: dict[str, int], named: Mapping[str, str]) -> None:
    """Of amounts from which refunds are off already take what they were before, so that these go off once."""
    amount, back = found.get("bedrag"), found.get(REFUND)
    if amount is None or back is None:
        return
    before = before_refunds(rows, amount, back)
    if before is None:
        if plain(rows.headers[amount]) in _NET_SALES and off_beside(rows, amount, back) is not None:
            del found[REFUND]
            return
        _ask_whether_off(rows, amount, back)
        return
    if "bedrag" in named:
        del found[REFUND]
        return
    for name in [name for name, place in found.items() if place == before]:
        del found[name]
    found["bedrag"] = before


def _ask_whether_off(rows: Rows, amount: int, back: int) -> None:
    """Raise for net sales beside refunds, where no sum shows whether these are off already."""
    header, said = plain(rows.headers[amount]), f"regexp_matches({rows.cell(back)}, '[1-9]')"
    one = f"select 1 from lines where rij > {rows.header_row} and {said} limit 1"
    if header not in _NET_SALES or not rows.con.execute(one).fetchall():
        return
    raise Ambiguous(
        f"Of {rows.name(back)} van {rows.name(amount)} al af is, is niet te zien.",
        where=rows.where,
        remedy=f"Is het er al af: {rows.typed(REFUND, None)}. "
        f"Gaat het er nog af: {rows.typed(REFUND, back)}.",
    )


def _is_refund(rows: Rows, place: int, found: Mapping[str, int]) -> bool:
    """Whether a column holds what was paid back, or yes and no; raises `Ambiguous` where it is doubtful."""
    amount = found.get("bedrag")
    other = "''" if amount is None else rows.cell(amount)
    there = f"from lines where rij > {rows.header_row} and {rows.cell(place)} <> ''"
    nought = f"regexp_full_match({rows.cell(place)}, '[{MARK}€ ]*-?0+([.,]0+)?')"
    pairs = rows.con.execute(
        f"select distinct {rows.cell(place)}, {other} {there} and not {nought} limit {SAMPLE}"
    ).fetchall()
    header = plain(rows.headers[place])
    if not pairs:  # nothing was paid back, and nothing is lost by not taking it
        return _MONEY.search(header) is not None
    backs = Cells(place, header, tuple(text for text, _ in pairs))
    if header in _OF_PIECES and not (backs.is_numbers and backs.has_cents):
        return False  # these are asked about with what else says that rows are returned
    said = {shown(text).casefold() for text in backs.distinct}
    if said <= YES | NO:
        yes = said & YES
        return len(yes) == len(backs.distinct) or (bool(yes) and not _OF_A_ROW.search(header))
    wholes = Cells(place, header, tuple(text for _, text in pairs))
    if not backs.is_numbers or backs.is_days:
        return False
    known = [(abs(back), abs(whole)) for back, whole in zip(backs.numbers, wholes.numbers, strict=True)
             if back is not None and whole is not None]  # fmt: skip
    fits = sum(back <= _WITH_VAT * whole + 0.01 for back, whole in known) >= _MOSTLY * len(known)
    if amount is not None and not fits and before_refunds(rows, amount, place) is None:
        if off_beside(rows, amount, place) is not None:
            return False  # beside a discount, say: it is off already
        _ask(rows, place, "Het is vaak meer dan het bedrag van de rij.")
    small = all(back % 1 == 0 and back <= _FEW_TIMES for back, _ in known)
    if small and not backs.has_cents and not _MONEY.search(header):
        _ask(rows, place, "Het kan ook het aantal zijn.")
    return True


def _ask(rows: Rows, place: int, why: str) -> None:
    raise Ambiguous(
        f"Kolom {rows.name(place)} kan zeggen welk bedrag is terugbetaald. {why}",
        where=rows.where,
        remedy=f"Is het dat bedrag: {rows.typed(REFUND, place)}. "
        f"Is het iets anders: {rows.typed(REFUND, None)}.",
    )
