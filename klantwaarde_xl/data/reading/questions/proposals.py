"""What a source without the needed columns could mean by its contents, and the answer to type."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from klantwaarde_xl.data.reading.cells.contents import Cells, cells_of
from klantwaarde_xl.data.reading.customers.own_account import hold_accounts
from klantwaarde_xl.data.reading.customers.phones import is_of_phones
from klantwaarde_xl.data.reading.kinds.fates import Fate, Status
from klantwaarde_xl.data.reading.kinds.statuses import COUNTED, fate_of
from klantwaarde_xl.data.reading.kinds.ways_of_paying import are_ways_of_paying
from klantwaarde_xl.data.reading.naming.by_rate import PARTS
from klantwaarde_xl.data.reading.naming.counted import is_number_of
from klantwaarde_xl.data.reading.naming.headers import ABSENT, PATTERN, accepted, name_of, plain
from klantwaarde_xl.data.reading.questions import guesses
from klantwaarde_xl.data.reading.questions.choices import rows_option
from klantwaarde_xl.data.reading.questions.guessed_days import days
from klantwaarde_xl.data.reading.questions.none_of_ours import is_scaled
from klantwaarde_xl.data.reading.revenue import sides
from klantwaarde_xl.data.tables import Column, Kind, Table

SHOWN = 3  # headers for one column
_SHORTEST = 3  # letters of a word that was made shorter
# Signs that a command line, or our own reading of an option, takes for something else
_SPECIAL = re.compile(r"[\"$`\\%!\n\r]|^['\s]|\s$|,\s*[^\s,=]+\s*=")
_GOES_OUT = re.compile("uit|uitgave|uitgaven|af|out|paidout|expenses?|moneyout|ausgaben?|kosten")
# A price, and no sum of a line or an order; what other shops pay
_PRICE = re.compile(
    r"^(?!.*(tota|line|regel|order|bestel|eind|final|sum)).*(price|prijs|preis|prix)\b", re.IGNORECASE
)
_OF_SHOPS = re.compile("wholesale|groothandel", re.IGNORECASE)
# What a bill of work, or of a meal, is made of
_OF_WORK = re.compile(
    "(bedrag|kosten|totaal|omzet)?(arbeid(sloon|suren)?|loon|werk|materia(al|len)|onderdelen|producten|"
    "behandeling(en)?|voorrij|reis|eten|drank(en|jes)?|keuken|bar|kamer|ontbijt|logies|labou?r|parts|materials?)(kosten)?"
)
_COMES_IN = frozenset(["bij", "in", "ontvangen", "ontvangsten", "inkomsten"])
_OF_PAYMENT = re.compile(
    "betaa?l|paid|payment|voorschot|open|rest|due|korting|discount|refund|retour", re.IGNORECASE
)
_DEPOSIT = re.compile(
    "(bedrag)?(aanbetal(ing|d)|voorschot|anzahlung|acompte|deposit|downpayment|eerste(betaling|termijn))(bedrag|amount|paid)?"
)
_REST = re.compile(
    "(bedrag)?(rest(ant|betaling|bedrag|zahlung)?|slotbetaling|slottermijn|eindbetaling|tweede(betaling|termijn)|balance|"
    "finalpayment|remainder|remaining|solde)(bedrag|amount|paid|payment)?"
)
_YES_OR_NO = re.compile(r"ja|nee|yes|no|true|false|waar|onwaar|y|n|j|-|\W*", re.IGNORECASE)


@dataclass
class Proposal:
    """Which columns of a source can be which of ours.

    columns: for each of ours that is missing what can be meant, the likeliest first; besides: columns of
    ours that need not be there, and change what is read; sales: a column that says which rows are
    sales, and its words for those; others: columns of a few words that may say so too; priced: the column of
    pieces, where the amount can be the price of one; scaled: money that is not in euros, but in thousands;
    pair: two columns of money that can be the amount together, what is added and what goes off; beside: one
    that is filled in the rows, and only there, in which the proposed amount is empty; parts: what may come
    with that amount, where no column has the sum.
    """

    columns: dict[str, list[Cells]]
    besides: dict[str, Cells] = field(default_factory=dict)
    sales: tuple[Cells, list[str]] | None = None
    others: list[Cells] = field(default_factory=list)
    priced: Cells | None = None
    scaled: list[Cells] = field(default_factory=list)
    pair: tuple[Cells, Cells] | None = None
    beside: Cells | None = None
    parts: list[Cells] = field(default_factory=list)


def propose(
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    table: Table,
    found: Mapping[str, int],
    missing: Sequence[str],
) -> Proposal:
    """Propose a column for each that is missing, by a sample of rows; found: the places of the others.

    Of an export in which more than one is missing also what else changes the figures, which a header in
    words that we know would have said: the number of the order, the currency, the rows that are no sale.
    """
    there = cells_of(headers, rows)
    by_place = {column.place: column for column in there}
    left = [column for column in there if column.place not in found.values()]
    chosen: dict[str, Cells | None] = {name: by_place.get(place) for name, place in found.items()}
    given: dict[str, list[Cells]] = {}
    # A customer is known by coming again on other days, so days go before
    for column in sorted((one for one in table.columns if one.name in missing), key=_before):
        day = next((chosen[one.name] for one in table.dates if chosen.get(one.name)), None)
        money = chosen.get("bedrag")
        sums = guesses.parts_of(money, left) if money and column.kind is Kind.KEY else []
        free = [one for one in left if one not in sums]
        fitting = [one for one in _fitting(column, free, there, day, table) if one not in chosen.values()]
        given[column.name] = fitting
        chosen[column.name] = next(iter(fitting), None)
    proposal = Proposal({name: given[name] for name in missing if name in given})
    if table.amount and given.get(table.amount.name) == []:
        numbers = [one for one in left if one.is_numbers and "%" not in one.header]
        proposal.scaled = [one for one in numbers if is_scaled(one)]
    if table.of_orders:
        if "klant" in given:
            given["klant"][:0] = guesses.unnamed_heads(headers, rows)
        _priced(proposal, left, found)
        if given.get("bedrag"):
            _with_money(proposal, there, found)
        if given.get("bedrag") == []:
            _without_money(proposal, there, left, found, chosen.get("order"))
        if len(missing) > 1:
            _besides(proposal, left, table, chosen)
    return proposal


def _with_money(proposal: Proposal, there: Sequence[Cells], found: Mapping[str, int]) -> None:
    """Say what the columns of money that there are may be together; none where two sides say more."""
    moneys = proposal.columns["bedrag"]
    moneys.sort(key=lambda one: _GOES_OUT.fullmatch(plain(one.header)) is not None)
    if halves := _deposit_and_rest(there, moneys):
        moneys[:] = halves
        proposal.parts = halves[1:]
    elif not any(one.has_cents for one in moneys) and sides.pair_of(there):
        moneys.clear()  # whole numbers say less than two columns that stand against each other
    elif "aantal" in found and "stukprijs" not in found and _PRICE.search(moneys[0].header):
        _of_one(proposal)
    elif _are_ways_of_paying(moneys) or all(_OF_WORK.fullmatch(plain(one.header)) for one in moneys):
        moneys.sort(key=lambda one: one.place)
        proposal.parts = moneys[1:]
    else:
        proposal.parts = _parts(moneys)
        proposal.beside = next((one for one in there if _fills(one, moneys[0])), None)


def _without_money(
    proposal: Proposal,
    there: Sequence[Cells],
    left: Sequence[Cells],
    found: Mapping[str, int],
    number: Cells | None,
) -> None:
    """Propose what came in, a number of pieces, or two sides, where no other column can be the amount."""
    moneys = proposal.columns["bedrag"]
    if inward := [one for one in there if plain(one.header) in _COMES_IN]:
        moneys.extend(one for one in inward if one.is_numbers)
        proposal.beside = next((one for one in there if _fills(one, inward[0])), None)
    if moneys:
        return
    counts = [one for one in left if is_number_of(one.header) and one.is_numbers]
    if "stukprijs" in found and "aantal" not in found and counts:
        del proposal.columns["bedrag"]
        proposal.columns["aantal"] = counts
        return
    _paired(proposal, there, number)
    one_side = [one for one in left if sides.side_of(one.header) and one.is_numbers]
    if len(one_side) == 1:  # the other is empty
        moneys.extend(one_side)


_MOSTLY = 0.8  # of the rows
_LEFT = 0.85  # of an amount, at least, after the fees of who paid it out


def _before(column: Column) -> int:
    return [Kind.DATE, Kind.MONTH, Kind.AMOUNT, Kind.NUMBER].index(column.kind) if column.kind in _SURE else 9


_SURE = (Kind.DATE, Kind.MONTH, Kind.AMOUNT, Kind.NUMBER)


def _fitting(
    column: Column, left: Sequence[Cells], there: Sequence[Cells], day: Cells | None, table: Table
) -> list[Cells]:
    match column.kind:
        case Kind.DATE | Kind.MONTH:
            return days(left)
        case Kind.AMOUNT | Kind.NUMBER:
            return guesses.amounts(left)
        case Kind.KEY if table.of_orders:
            found = guesses.customers(left, there, day, lambda one: _is_like(one.header, column))
            found = found or [one for one in left if hold_accounts(one.distinct)]
            return found or [one for one in left if is_of_phones(one.header)]
        case Kind.KEY | Kind.TEXT:
            words = [one for one in left if not (one.is_days or one.is_numbers)]
            return sorted(
                words, key=lambda one: (not _is_like(one.header, column), not one.repeats, one.place)
            )
    return []


def _is_like(header: str, column: Column) -> bool:
    """Whether a header is a name of the column from which letters were left out: `Rel.nr`."""
    name = plain(header)
    words = [word for word in accepted(column) if not word.startswith(PATTERN) and word[:1] == name[:1]]
    return len(name) >= _SHORTEST and any(_is_within(name, word) for word in words)


def _is_within(short: str, long: str) -> bool:
    letters = iter(long)
    return all(letter in letters for letter in short)


def _priced(proposal: Proposal, left: Sequence[Cells], found: Mapping[str, int]) -> None:
    """A number of pieces beside the money: then that can be of one piece."""
    money = proposal.columns.get("bedrag", [])
    counts = [one for one in guesses.pieces(left) if len(one.distinct) > 1]
    taken = [columns[0] for columns in proposal.columns.values() if columns]
    free = [one for one in counts if one not in taken]
    if len(money) == 1 and free and "aantal" not in found and not guesses.is_product(left, money[0]):
        proposal.priced = free[0]


def _paired(proposal: Proposal, columns: Sequence[Cells], number: Cells | None) -> None:
    """Debit and credit beside one another; of a journal only the accounts of revenue."""
    pair = sides.pair_of(columns)
    if pair and sides.is_of_debtors(columns, pair):
        pair = pair[1], pair[0]
    if pair and sides.is_journal(columns, number, pair):
        proposal.sales = sides.revenue_accounts(columns)
        pair = pair if proposal.sales else None
    proposal.pair = pair


def _of_one(proposal: Proposal) -> None:
    """Propose a price beside a number of pieces as that of one, what a shop asks of other shops first."""
    prices = proposal.columns.pop("bedrag")
    prices.sort(key=lambda one: _OF_SHOPS.search(one.header) is None)
    proposal.columns["stukprijs"] = [one for one in prices if _PRICE.search(one.header)]


def _besides(
    proposal: Proposal, left: Sequence[Cells], table: Table, chosen: Mapping[str, Cells | None]
) -> None:
    customer, day = chosen.get("klant"), chosen.get("datum")
    free = [one for one in left if one not in chosen.values()]
    numbers = guesses.order_numbers(free, customer, day) if customer and day else []
    if "order" not in chosen and numbers:
        proposal.besides["order"] = numbers[0]
    if "valuta" not in chosen and (moneys := guesses.currencies(free)):
        proposal.besides["valuta"] = moneys[0]
    words = [one for one in guesses.lists(free) if one not in proposal.besides.values()]
    others = []
    for column in words:
        sales = _sales(column)
        if sales and proposal.sales is None:
            proposal.sales = (column, sales)
        elif len(column.distinct) > 1:
            others.append(column)
    # Of many lists only those that have a word of an order: a long list of questions is read by nobody
    proposal.others = [one for one in others if _may_say(one)] if len(others) > SHOWN else others


def _may_say(column: Cells) -> bool:
    """Whether a text of a column, other than yes and no, is a word for what became of an order."""
    status = Status(column.place, column.header)
    words = [text for text in column.distinct if not _YES_OR_NO.fullmatch(text)]
    return any(fate_of(text, status) is not Fate.UNKNOWN for text in words)


def _sales(column: Cells) -> list[str] | None:
    """The words of a column for a sale, where each of its words is known as what became of an order."""
    if any(_YES_OR_NO.fullmatch(text) for text in column.distinct):
        return None
    fates = {text: fate_of(text, Status(column.place, column.header)) for text in column.distinct}
    if Fate.UNKNOWN in fates.values():
        return None
    counted = [text for text, fate in fates.items() if fate in COUNTED and fate is not Fate.REFUNDED]
    return counted if counted and len(counted) < len(fates) else None


def answer(proposal: Proposal, headers: Sequence[str]) -> str:
    """The options that say what is proposed, as they are typed; a `…` for what has none."""
    names = {name: next(iter(columns), None) for name, columns in proposal.columns.items()}
    if proposal.pair:
        names = {name: one for name, one in names.items() if name != "bedrag"}
        names |= dict(zip(("erbij", "eraf"), proposal.pair, strict=True))
    names |= dict(zip(PARTS, proposal.parts, strict=False))
    pairs = ",".join(
        f"{name}={_typed(column, headers) if column else '…'}"
        for name, column in (names | proposal.besides).items()
    )
    said = [f"--kolommen {_quoted(pairs)}"]
    if proposal.beside and not _SPECIAL.search(proposal.beside.header):
        said.append(f'--zonder "{proposal.beside.header}=?*"')
    if proposal.sales:
        column, words = proposal.sales
        if not any(map(_SPECIAL.search, (column.header, *words))):
            said.append(rows_option("--alleen", column.header, *words))
    return " ".join(said)


def _deposit_and_rest(there: Sequence[Cells], moneys: Sequence[Cells]) -> list[Cells]:
    """What was paid at first and what came after, which are the amount together where no column has it."""
    halves = [
        next((one for one in there if of.fullmatch(plain(one.header)) and one.is_numbers), None)
        for of in (_DEPOSIT, _REST)
    ]
    found = [one for one in halves if one]
    places = {one.place for one in found}
    return found if len(found) == len(halves) and all(one.place in places for one in moneys) else []


def _are_ways_of_paying(moneys: Sequence[Cells]) -> bool:
    """Whether each column of money is what was paid in one way, so that a sale is all of them together."""
    return 1 < len(moneys) <= 1 + len(PARTS) and are_ways_of_paying(one.header for one in moneys)


def _parts(moneys: Sequence[Cells]) -> list[Cells]:
    """Columns of money beside the first one that look like parts of one amount: each is nought on some rows.

    What was paid, or is still to be paid, is no part, one that is filled on every row may be the amount, and
    one that is nearly the amount wherever it is filled may be what was left of it.
    """
    money, *others = moneys
    if any(_is_nearly(one, money) for one in others):
        return []
    gaps = [any(number in (0, None) for number in one.numbers) for one in moneys]
    paid = any(_OF_PAYMENT.search(one.header) for one in others)
    return others if not gaps[0] and all(gaps[1:]) and not paid and len(others) <= len(PARTS) else []


def _is_nearly(part: Cells, money: Cells) -> bool:
    """Whether a column is a little less than money in all rows in which it is not nought: several."""
    both = [
        (one, other)
        for one, other in zip(part.numbers, money.numbers, strict=True)
        if one and other is not None
    ]
    return len(both) > 1 and all(_LEFT * abs(other) <= abs(one) <= abs(other) for one, other in both)


def _fills(column: Cells, money: Cells) -> bool:
    """Whether a column of money is filled in the rows, and only there, in which another one is empty.

    Few rows have neither, such as that of a balance; where many have, a third column has theirs.
    """
    empty = [not text for text in money.texts]
    rows = [at for at, text in enumerate(column.texts) if text or not empty[at]]
    most = len(rows) >= _MOSTLY * len(empty)
    return (
        most and any(empty) and column.is_numbers and all(bool(column.texts[at]) == empty[at] for at in rows)
    )


def _quoted(pairs: str) -> str:
    return pairs if re.fullmatch(r"[\w=,.…-]*[\w=,…-]", pairs) else f'"{pairs}"'


def _typed(column: Cells, headers: Sequence[str]) -> str:
    """By what a column is named on a command line: its number where its header cannot be typed."""
    bare = not _SPECIAL.search(column.header) and column.header != ABSENT
    return name_of(headers, column.place) if bare else str(column.place + 1)
