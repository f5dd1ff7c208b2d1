"""Orders of which only a part was paid: they count in full, and that is said, with what is still open."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable

from klantwaarde_xl.data.reading.cells.contents import Cells
from klantwaarde_xl.data.reading.cells.rows import shown
from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.kinds.fates import Status
from klantwaarde_xl.data.reading.kinds.parts_of_payments import NTH, column_of_parts
from klantwaarde_xl.data.reading.naming.headers import forms, plain
from klantwaarde_xl.data.reading.naming.words import WAS_PAID
from klantwaarde_xl.data.reading.questions.choices import LINES, rows_option
from klantwaarde_xl.data.reading.revenue.paid_otherwise import is_paid_so
from klantwaarde_xl.data.reading.revenue.sums import holds
from klantwaarde_xl.dutch import format_count, format_number

_PAID = (
    "(ge)?(paid|payment|betaald|betaling|voldaan|bezahlt|zahlung|pay[ée]e?|r[ée]gl[ée]e?|pagad[oa]|pagat[oa]"
    "|pago)"
)
_PART = (
    "(part(ial(ly)?|ly|ieel|ielle(ment)?)?|deels|gedeeltelijke?|teil(weise)?|parcial(mente)?|parzial(mente)?)"
)
_PARTLY = re.compile(
    rf"\b[1-9][0-9]? ?% ?{_PAID}|\b{_PAID}\W+[1-9][0-9]? ?%|"
    rf"\b{_PART} ?{_PAID}|\b{_PAID}\W+{_PART}\b|\bdeelbeta(al|ling)|\baanbeta(ald|ling)|"
    r"\b(deposit|down ?payment) (paid|received)|\ban(be|ge)?zahl(t|ung)\b|\bacompte (pay|vers|re[cç])"
)
_BARE = re.compile(_PART)  # a part of a payment, where the word of a status is no more than that
_PAYMENTS = "betaa?l|payment|paid|zahl|paiement|pago|pagamento|voldaan"
_IS_PAYMENTS = re.compile(f"{_PAYMENTS}|financial")
_OF_PAYMENTS = re.compile(f"{_PAYMENTS}|status")
_NOT = re.compile(r"\b(un|on)(paid|betaald|voldaan)|\b(niet|not|nicht|geen|no|refund|terug)")
_OPEN_WORDS = """
    openstaand openstaandbedrag openstaandsaldo openbedrag nogopen nogtebetalen resttebetalen restant
    restbedrag outstanding outstandingbalance outstandingamount amountoutstanding amountdue balancedue
    amountremaining remaining remainingamount remainingbalance openamount unpaidamount offen offenerbetrag
    restbetrag resteapayer restedu soldedu restbetaling openstaandeschuld tevoldoen stillopen
    openposten opensaldo amountopen"""
_OPEN = frozenset(_OPEN_WORDS.split())
# What is left of an amount, or of an account: only a sum tells
_BALANCES = frozenset(["balance", "saldo", "restbetaling", "solde", "rest"])
_CENT = 0.011
_MOST_PAIRS = 20_001  # different pairs of an amount and what was paid of it
_WHAT_WAS_PAID = frozenset([*WAS_PAID, "betaald", "paid", "voldaan", "bezahlt", "totalbezahlt"])


def is_partly_paid(text: str, *, of_payments: bool = False) -> bool:
    """Whether a status says that a part was paid, and not of a refund.

    of_payments: its column is of payments, so that `Gedeeltelijk` alone says it.
    """
    said = re.sub("[_-]", " ", text.casefold()).strip()
    if of_payments and _BARE.fullmatch(said):
        return True
    counted = NTH.search(said)
    if counted and counted["what"] and int(counted["nth"]) < int(counted["of"]):
        return True
    return _PARTLY.search(said) is not None and not _NOT.search(said)


def say_partly_paid(export: Export, found: Iterable[Status]) -> None:
    """Tell of table tx, with a row for each order, which were paid in part; found: the columns of statuses.

    Another column of payments may say it as well. What was paid is no revenue that is short where the user
    has it for the amount.
    """
    by_user = {plain(header) for header, _ in export.reading.by_user}
    amount = forms(export.headers[export.places["bedrag"]]) if export.has("bedrag") else ()
    if not _WHAT_WAS_PAID.isdisjoint(amount):
        return
    told, parts = False, column_of_parts(export)
    known = {status.place for status in found}
    others = [
        place
        for place, header in enumerate(export.headers)
        if place not in known | {*export.places.values()} and _OF_PAYMENTS.search(plain(header))
    ]
    for place in [*sorted(known), *export.sample.lists(others)]:
        if parts and parts[0] == place:
            continue  # each row is a payment of its own
        header, cell = export.headers[place].strip(), cell_of(place)
        of_payments = _IS_PAYMENTS.search(plain(header)) is not None
        words = [
            word
            for word in {shown(text) for text in export.sample.every(place)}
            if plain(header) not in by_user and is_partly_paid(word, of_payments=of_payments)
        ]
        if words:
            _say(export, header, cell, sorted(words))
            told = True
    if not told:
        _say_by_money(export, known)


def _say(export: Export, header: str, cell: str, words: list[str]) -> None:
    rows = export.rows(
        f"""select rij, cast(bedrag as double) from tx join lines using (rij)
            where bedrag > 0 and list_contains($words, {cell}) order by rij""",
        {"words": words},
    )
    if not rows:
        return
    orders = "1 order is" if len(rows) == 1 else f"{format_number(len(rows), 0)} orders zijn"
    which = ", ".join(map(repr, words))
    held = export.money(sum(amount for _, amount in rows))
    counts = "dat telt voluit mee" if len(rows) == 1 else "die tellen voluit mee"
    without = " ".join(rows_option("--zonder", header, word) for word in words)
    export.say(
        "status",
        f"{orders} voor een deel betaald ({which}), samen {held}: {counts}{_open(export, rows)}; "
        f"zo niet: {without}",
    )


def _is_money(cells: Cells) -> bool:
    """Whether cells hold amounts: no words, and no 1 for yes or shares of 1."""
    return cells.is_numbers and any((number or 0.0) > 1 for number in cells.numbers)


def _say_by_money(export: Export, known: Container[int]) -> None:
    """Tell of orders that were paid in part where a column has what was paid or is open, without a word.

    known: the columns of statuses, which may be numbers.
    """
    money = export.sample.numbers
    for words, is_open in ((_OPEN, True), (_WHAT_WAS_PAID, False)):
        for place, header in enumerate(export.headers):
            is_rest = is_open and plain(header) in _BALANCES and _is_rest(export, place)
            if (
                (words.isdisjoint(forms(header)) and not is_rest)
                or place in export.places.values()
                or place in known
                or place not in money
                or _is_of_rows(export, place)
                or (not is_open and _is_paid_otherwise(export, place))
            ):
                continue
            cell = cell_of(place)
            pairs = export.rows(
                f"""select {cell}, cast(bedrag as double), count(*) from tx join lines using (rij)
                    where bedrag > 0 and regexp_matches({cell}, '[1-9]') group by 1, 2 limit {_MOST_PAIRS}"""
            )
            cells = Cells(place, header, tuple(text for text, *_ in pairs))
            if not _is_money(cells) or len(pairs) == _MOST_PAIRS:
                continue
            parts = [
                (number if is_open else amount - number, amount, count)
                for number, (_, amount, count) in zip(cells.numbers, pairs, strict=True)
                if number is not None and _CENT < number < amount - _CENT
            ]
            # What is without VAT is less than what was paid of it
            if not parts or (
                not is_open
                and any(
                    (number or 0.0) > pair[1] + _CENT
                    for number, pair in zip(cells.numbers, pairs, strict=True)
                )
            ):
                continue
            count = sum(times for *_, times in parts)
            left = export.money(sum(number * times for number, _, times in parts))
            held = export.money(sum(amount * times for _, amount, times in parts))
            paid = "" if is_open else f"; telt alleen wat is betaald: {export.sample.typed('bedrag', place)}"
            export.say(
                "status",
                f"{format_count(count, 'order is', 'orders zijn')} voor een deel betaald (kolom "
                f"{header.strip()!r}), samen {held}: dat telt voluit mee, en daarvan is {left} nog "
                f"open{paid}",
            )
            return


def _is_paid_otherwise(export: Export, place: int) -> bool:
    """Whether what was paid and what was paid with a gift card are the amount together, on the first rows."""
    money, amount = export.sample.numbers, export.places.get("bedrag")
    others = [one.numbers for one in money.values() if is_paid_so(one.header) and any(one.numbers)]
    return amount in money and any(
        holds(
            lambda paid, more, whole: abs(paid + abs(more) - whole) < _CENT,
            money[place].numbers,
            [number or 0.0 for number in other],
            money[amount].numbers,
        )
        for other in others
    )


def _is_of_rows(export: Export, place: int) -> bool:
    """Whether rows of one order have other amounts, or days, so that each is a payment of its own."""
    if export.unit not in LINES:
        return False
    number, cell, day = cell_of(export.places["order"]), cell_of(place), cell_of(export.places["datum"])
    return bool(
        export.rows(f"""select 1 from lines where rij > {export.header_row} and {number} <> ''
            group by {number} having min({cell}) <> max({cell}) or min({day}) <> max({day}) limit 1""")
    )


def _is_rest(export: Export, place: int) -> bool:
    """Whether what another column has is all but this of the amount, on the first rows."""
    money = export.sample.numbers
    if place not in money or not export.has("bedrag") or export.places["bedrag"] not in money:
        return False
    rest, amount = money[place].numbers, money[export.places["bedrag"]].numbers
    others = [one.numbers for at, one in money.items() if at not in (place, export.places["bedrag"])]
    return any(
        any(one) and holds(lambda part, left, whole: abs(part + left - whole) < _CENT, one, rest, amount)
        for one in others
    )


def _open(export: Export, rows: list[tuple[int, float]]) -> str:
    """What is still to be paid of these orders (Dutch), where a column has that, or what was paid."""
    for words, is_open in ((_OPEN, True), (_WHAT_WAS_PAID, False)):
        for place, header in enumerate(export.headers):
            if words.isdisjoint(forms(header)):
                continue
            texts = dict(
                export.rows(
                    f"""select rij, trim(cast(c{place} as varchar)) from lines
                        where rij in (select unnest($rows))""",
                    {"rows": [row for row, _ in rows]},
                )
            )
            cells = Cells(place, header, tuple(texts[row] or "" for row, _ in rows))
            if not _is_money(cells):
                continue
            known = [
                number if is_open else amount - number
                for number, (_, amount) in zip(cells.numbers, rows, strict=True)
                if number is not None
            ]
            if sum(known) > 0:
                return f", en daarvan is {export.money(sum(known))} nog open (kolom {header.strip()!r})"
    return ""
