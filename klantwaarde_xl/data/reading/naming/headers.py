"""Which header of a file is which of our columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from klantwaarde_xl.data.reading.cells.currencies import SIGNS, currency_named
from klantwaarde_xl.data.reading.cells.looks import Head, are_days, are_times
from klantwaarde_xl.data.reading.cells.only_day import day_before_payment, day_of_closing, only_day
from klantwaarde_xl.data.reading.cells.parted_days import PART
from klantwaarde_xl.data.reading.cells.period_columns import take_periods
from klantwaarde_xl.data.reading.customers.accounts_against import account_against
from klantwaarde_xl.data.reading.naming.by_rate import PARTS, TAX_PARTS, places_by_rate
from klantwaarde_xl.data.reading.naming.companies import company_of
from klantwaarde_xl.data.reading.naming.counted import counted, take_price, without_unit
from klantwaarde_xl.data.reading.naming.guest_column import guest_in
from klantwaarde_xl.data.reading.naming.header_words import alike, concepts_of, is_net_of, sureness
from klantwaarde_xl.data.reading.naming.kept_back import take_before_fees
from klantwaarde_xl.data.reading.naming.lone_columns import day_said, name_alone, paid_alone
from klantwaarde_xl.data.reading.naming.named_orders import number_orders
from klantwaarde_xl.data.reading.naming.names_in_parts import name_in_parts
from klantwaarde_xl.data.reading.naming.not_these import not_these
from klantwaarde_xl.data.reading.naming.small_money import parts_said, without_parts
from klantwaarde_xl.data.reading.naming.stays import day_of_arrival
from klantwaarde_xl.data.reading.naming.table_prefixes import names_without_table
from klantwaarde_xl.data.reading.naming.treatments import owner_in, price_of_treatment
from klantwaarde_xl.data.reading.naming.words import ALL, AMOUNT, OF_A_PIECE, TAX, TAX_RATES, WAS_PAID
from klantwaarde_xl.data.reading.surveys.scales import ENDS
from klantwaarde_xl.errors import UsageError

if TYPE_CHECKING:
    from klantwaarde_xl.data.tables import Column, Table

# A remark in a header, and at its end a currency, a zone of time, or that it is in the shop's own money
_REMARK = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_CODE = re.compile(
    rf"[\s(\[_-]+(?:in )?({'|'.join(map(re.escape, SIGNS))}|UTC|CET|CEST|GMT|base)\.?[)\]]?\s*$",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"\(-\w+\)")  # `Gastnaam (-namen)`
# What a program puts before the name of each field, and a payment service behind what a shop told it
_FIELD = re.compile(r"^\W*(?:fld_?|ot_)(?=[^\W\d_])", re.IGNORECASE)
_RECORD = re.compile(r"^\s*[^\W\d_]+\s+[-–]\s+(?=[^\W\d_]{3})")  # `Deal - Value`
_PLACE = re.compile(
    r"\s+[-–]\s+(?:work|home|werk|thuis|priv[eé]|zakelijk)\s*$", re.IGNORECASE
)  # `Email - Work`
_YES_OR_NO = re.compile(r"\W(?:ja?|y(?:es)?)\s*[/,-]\s*n(?:ee|o)?\W", re.IGNORECASE)
_RECORDS = re.compile(r"^\s*(order|customer)s_(?=id|name|email|status|date)", re.IGNORECASE)
_METADATA = re.compile(r"\s*\(metadata\)\s*$", re.IGNORECASE)
SHARE = "percent"  # what a header with % has for its last word
_PER_CENT = re.compile(r"\d+(?:[.,]\d+)?\s*(?:%|pct|perc|percent|procent|prozent)")  # of VAT
PATTERN = "^"  # the first sign of a word that stands for many headers, such as the questions of a survey
BY_ANSWERS = "?"  # in place of such a word: any question whose answers are whole numbers from 0 to 10
_FEWEST_ANSWERS, _NO_WORDS = 3, (PATTERN, BY_ANSWERS)
ABSENT = "-"  # said of a column: it is not to be taken from this file
_SIGNS, _SHORT = {"€": "eur", "$": "usd", "£": "gbp"}, 5
ANY_ID = "id"  # of a customer where it repeats; else it is of the row
_WEAK = frozenset([ANY_ID, *OF_A_PIECE, *WAS_PAID, *TAX_RATES])  # words that give way to others that say more
_TURNED = ("bedrag", "incl", "stukprijs")  # give way where the user says that an amount goes off
_MAY_BE_ONE = {"datum": "order", "order": "datum"}
_NONE = ("",)  # the plain headers of what is absent
HEADER_WITHIN = 20  # a title and a date above the header are common in exports


@lru_cache(4096)
def plain(header: str) -> str:
    """A header without case, accents, spaces and punctuation, in any script: `Klant-ID ` is `klantid`.

    The sign of a currency alone is its code.
    """
    if len(header) < _SHORT and (code := _SIGNS.get(header.strip())):
        return code
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKD", header.casefold()))


def name_of(headers: Sequence[str], place: int) -> str:
    """By what a column is named: its header, or its number where that has no letters or is not alone."""
    own = plain(headers[place])
    alone = [plain(header) for header in headers].count(own) == 1
    return headers[place].strip() if own and alone else str(place + 1)


def as_option(headers: Sequence[str], name: str, place: int | None) -> str:
    """The option to type that says which column is one of ours; None: none is."""
    said = f"{name}={ABSENT if place is None else name_of(headers, place)}"
    return f"--kolommen {said}" if re.fullmatch(r"[\w=-]+", said) else f'--kolommen "{said}"'


@lru_cache(4096)
def forms(header: str) -> tuple[str, ...]:
    """The plain forms under which a header may be known: whole, without a currency, a zone or a scale.

    `Purchase Amount (USD)` is `purchaseamountusd` and `purchaseamount`, `Score (1-5)` also `score`, and
    `amount_cents` also `amount` (see `parts_in`). Any other remark, as `(dagen)`, says that it is something
    else. Per cent is no amount, and a word of the header: `Korting %` is `kortingpercent`. What is none of
    our words in these forms is also known by the words that say the same.
    """
    texts = _literal(header)
    return texts if not texts or ALL.intersection(texts) else (*texts, *alike(_CODE.sub("", header)))


@lru_cache(4096)
def _literal(header: str) -> tuple[str, ...]:
    """The forms of a header in its own words."""
    if "%" in _REMARK.sub(lambda found: "" if "btw" in found[0].casefold() else found[0], header):
        return (f"{plain(header)}{SHARE}",)
    unscaled = _REMARK.sub(
        lambda found: "" if ENDS.search(found[0]) or _YES_OR_NO.search(found[0]) else found[0], header
    )
    bare = _METADATA.sub("", _FIELD.sub("", of_record(header)))
    texts = [plain(text) for text in (
        header, _CODE.sub("", header), unscaled, _PLURAL.sub("", header), _PER_CENT.sub("", header), bare,
        _CODE.sub("", bare), without_unit(header),
    )]  # fmt: skip
    whole = [without_parts(text) for text in texts]
    return tuple(dict.fromkeys(text for text in (*texts, *whole) if text))


def of_record(header: str) -> str:
    """A header without the record of which a program says it is a field: `Deal - Value`, `customers_id`."""
    return _RECORDS.sub(r"\1_", _PLACE.sub("", _RECORD.sub("", header)))


def parts_in(header: str) -> int:
    """In how many parts of its unit a header has its money: 100 for `amount_cents`, `Bedrag (in centen)`."""
    return max(parts_said(plain(text)) for text in (header, _CODE.sub("", header)))


def currency_of(header: str) -> str:
    """The code of the currency that a header names behind its words; empty for none."""
    found = _CODE.search(header)
    return currency_named(found[1]) if found else ""


def accepted(column: Column) -> tuple[str, ...]:
    """The plain headers under which a column is recognised, the surest first."""
    own = plain(column.name)
    return column.synonyms if own in column.synonyms else (own, *column.synonyms)


def find_columns(
    headers: Sequence[str],
    wanted: Mapping[str, Sequence[str]],
    needed: Sequence[str],
    below: Sequence[Sequence[str]] = (),
) -> dict[str, int] | None:
    """Return the position of each column that is there, or None when a needed one is not.

    wanted: for each of our names the plain headers that will do, the surest first (a customer
    number before an e-mail address, a total before a subtotal). A header serves one column, the first
    that wants it. A pattern (`PATTERN`) will do where it fits a single header, and so will a column known by
    its answers alone (`BY_ANSWERS`). needed: as `needed_of`; below: the first records under the headers.
    """
    known: dict[str, list[int]] = {}
    for at, header in enumerate(headers):
        for text in _literal(header):
            known.setdefault(text, []).append(at)
    for text, places in known.items():  # a header that is the word itself, before one that has more to it
        places.sort(key=lambda at: plain(headers[at]) != text)
    found: dict[str, int] = {}
    names = [plain(header) for header in headers]
    for name, accepts in wanted.items():
        taken = {*found.values(), *not_these(name, headers, names, below, is_ours=len(accepts) > 1)}
        if name in _MAY_BE_ONE and len(wanted.get("order", _NONE)) == 1:
            taken.discard(found.get(_MAY_BE_ONE[name], -1))  # rows of a day are an order, as the user says
        words = [text for text in accepts if text in known or text[:1] in _NO_WORDS]
        free = (at for text in words for at in _places(text, headers, known, taken, below) if at not in taken)
        if (hit := next(free, None)) is not None:
            found[name] = hit
    _by_words_alike(headers, below, found, wanted)
    if set(PARTS) <= wanted.keys():
        _by_rate(headers, found, wanted)
    _count(headers, found, wanted, below)
    _by_the_piece(headers, found, wanted)
    _without_vat(headers, found, wanted)
    take_before_fees(names, found, wanted)
    if len(wanted.get("bedrag", ())) > 1:  # one word is the user's own
        found |= paid_alone(names, found, below) or price_of_treatment(headers, names, found, below)
    _by_names(headers, found, wanted, below)
    if {"klant", "datum"} <= wanted.keys() and "datum" not in found and len(wanted["datum"]) > 1:
        found |= (
            day_said(names, below)
            or only_day(headers, [*found.values()], below)
            or day_of_arrival(headers, below)
        )
    if len(wanted.get("datum", _NONE)) > 1:
        found |= day_of_closing(names, found)
        found |= day_before_payment(headers, found, below)
    if {"datum", "jaar"} <= wanted.keys():
        ours = {name: len(wanted[name]) > 1 for name in ("datum", "jaar")}
        ours[PART] = PART in wanted
        take_periods([plain(header) for header in headers], found, ours, below)
    return None if lacking(needed, found) else found


def _count(
    headers: Sequence[str],
    found: dict[str, int],
    wanted: Mapping[str, Sequence[str]],
    below: Sequence[Sequence[str]],
) -> None:
    """Take the number of what a price is of; beside several counts a price is no revenue."""
    if len(wanted.get("aantal", _NONE)) > 1:  # one word is the user's
        found |= counted(headers, found, below)
        if len(wanted.get("bedrag", _NONE)) > 1:
            take_price(headers, found, below)


def _by_rate(headers: Sequence[str], found: dict[str, int], wanted: Mapping[str, Sequence[str]]) -> None:
    """Take revenue and VAT in columns by rate, where the file has neither in one."""
    kinds = (("bedrag", PARTS, revenue_by_rate), ("btw", TAX_PARTS, tax_by_rate))
    for name, parts, places in kinds:
        if name not in found and len(wanted[name]) > 1:  # one word is the user's
            found |= dict(zip((name, *parts), places(headers), strict=False))


def revenue_by_rate(headers: Sequence[str]) -> list[int]:
    """The columns of revenue per rate of VAT, where a file has it so."""
    bare = len(tax_by_rate(headers)) > 1  # beside VAT that says of what
    return places_by_rate(headers, forms, set(AMOUNT) - set(OF_A_PIECE), money=True, bare=bare)


def tax_by_rate(headers: Sequence[str]) -> list[int]:
    """The columns of VAT per rate, where a file has it so."""
    return places_by_rate(headers, forms, TAX, money=False)


def _by_words_alike(
    headers: Sequence[str], below: Head, found: dict[str, int], wanted: Mapping[str, Sequence[str]]
) -> None:
    """Take headers that say in other words what a column is, where none has a word of ours, or a weak one."""
    others: dict[str, list[int]] = {}
    for at, header in enumerate(headers):
        is_free = at not in found.values() and not are_times(below, at)  # `Tot` beside `Van` is no total
        for text in () if not is_free else set(forms(header)) - set(_literal(header)):
            others.setdefault(text, []).append(at)
    for places in others.values():
        places.sort(key=lambda at: sureness(headers[at]))
    for name, accepts in wanted.items() if others else ():
        own = set(_literal(headers[found[name]])) if name in found else set()
        if len(accepts) == 1 or (name in found and _WEAK.isdisjoint(own)):
            continue  # as the user says, or in our words
        if not own.isdisjoint(WAS_PAID):
            accepts = accepts[: min(accepts.index(text) for text in own if text in accepts)]
        free = (at for text in accepts for at in others.get(text, ()) if at not in found.values())
        free = (at for at in free if name not in _TURNED or not are_days(below, at))  # `Van` and `Tot`
        if (hit := next(free, None)) is not None:
            found[name] = hit


def _without_vat(headers: Sequence[str], found: dict[str, int], wanted: Mapping[str, Sequence[str]]) -> None:
    """Of the same money with and without VAT take the one without, and keep the other beside it."""
    money = found.get("bedrag")
    if money is None or len(wanted["bedrag"]) == 1:  # one word is the user's
        return
    nets = [at for at, header in enumerate(headers) if is_net_of(header, headers[money])]
    if not set(wanted["bedrag"]).isdisjoint(_literal(headers[money])):
        nets = [at for at in nets if "excl" in concepts_of(headers[at])]  # net may be without fees
    others = {at for name, at in found.items() if name != "stukprijs" or len(wanted[name]) == 1}
    if len(nets) == 1 and nets[0] not in others:
        found["bedrag"] = nets[0]
        found.setdefault("incl", money)
        if found.get("stukprijs") == nets[0]:
            del found["stukprijs"]


def _places(
    text: str,
    headers: Sequence[str],
    known: Mapping[str, Sequence[int]],
    taken: set[int],
    below: Sequence[Sequence[str]],
) -> Sequence[int]:
    """The columns under a plain header; the one free column that a pattern or its answers show, or none."""
    if text[:1] not in _NO_WORDS:
        return known.get(text, ())
    if text == BY_ANSWERS:
        found = {at for at, header in enumerate(headers) if is_question(header) and _is_answered(below, at)}
    else:
        found = {at for form, places in known.items() if re.match(text, form) for at in places}
    return list(found - taken) if len(found - taken) == 1 else []


def is_question(header: str) -> bool:
    """Whether a header is a question, or as long as one."""
    return header.rstrip().endswith("?") or len(header.split()) > 3


def _is_answered(below: Sequence[Sequence[str]], at: int) -> bool:
    """Whether all answers in a column are whole numbers from 0 to 10, and there are some."""
    answers = [record[at] for record in below if at < len(record) and record[at].strip()]
    return len(answers) >= _FEWEST_ANSWERS and all(re.fullmatch(r"10|\d", answer) for answer in answers)


def _by_the_piece(headers: Sequence[str], found: dict[str, int], wanted: Mapping[str, Sequence[str]]) -> None:
    """A price beside a number of pieces is of one piece, and no revenue; the surest one, of several."""
    at = found.get("bedrag")
    if at is None or "aantal" not in found or not set(forms(headers[at])) & set(OF_A_PIECE):
        return
    if "stukprijs" not in found or len(wanted["stukprijs"]) > 1:  # one word is the user's
        found["stukprijs"] = at
    del found["bedrag"]


def _by_names(
    headers: Sequence[str],
    found: dict[str, int],
    wanted: Mapping[str, Sequence[str]],
    below: Sequence[Sequence[str]],
) -> None:
    """Take what just names the order, or who is a customer; one word that is wanted is the user's."""
    names = [plain(header) for header in headers]
    if len(wanted.get("order", _NONE)) > 1:
        number_orders(headers, names, found, below)
    if {"klant", "order"} <= wanted.keys() and len(wanted["klant"]) > 1:
        _by_last_name(names, found)
        found |= owner_in(names, found) or company_of(names, found, below)
        found |= guest_in(headers, found, below)
        found |= name_alone(names, found, below)
        found |= account_against(headers, names, found, below)


def _by_last_name(names: Sequence[str], found: dict[str, int]) -> None:
    """Of orders whose customers have nothing but a first and a last name, the last (see `names_apart`)."""
    if "klant" not in found and (parts := name_in_parts(names)) and parts[-1] not in found.values():
        found["klant"] = parts[-1]


def lacking(needed: Sequence[str], found: Mapping[str, int]) -> list[str]:
    """What is needed and not there; `bedrag|aantal+stukprijs` is one of these, or the two together."""
    return [
        need
        for need in needed
        if not any(all(name in found for name in way.split("+")) for way in need.split("|"))
    ]


def wanted_of(table: Table, named: Mapping[str, str] | None) -> dict[str, tuple[str, ...]]:
    """The plain headers that will do for each column of a table; the user's own word goes before ours.

    named: our column name to the file's header, or `ABSENT`. Raises `UsageError` for a name that
    no column has.
    """
    names = [column.name for column in table.read]
    for name in named or {}:
        if name not in names:
            raise UsageError(
                f"Bij {table.name} hoort geen kolom '{name}'.", remedy=f"Kies uit: {', '.join(names)}."
            )
    turned = _TURNED if goes_out_alone(named) else ()
    given = {name: (forms(header) or _NONE)[:1] for name, header in (named or {}).items()}
    # What the user points at is theirs to give: no other column may take it first
    first = {column.name: given[column.name] for column in table.read if column.name in given}
    rest = {
        column.name: () if column.name in turned else accepted(column)
        for column in table.read
        if column.name not in given
    }
    return first | rest


def needed_of(table: Table, named: Mapping[str, str] | None) -> tuple[str, ...]:
    """The columns without which a table cannot be read: the required ones and those the user named.

    A column that others can stand in for is named with them: `bedrag|aantal+stukprijs`.
    """
    there = [name for name, header in (named or {}).items() if header != ABSENT]
    turned = ["eraf"] if goes_out_alone(named) else []
    return tuple(
        "|".join([column.name, *column.instead, *turned])
        if column.instead and column.name not in there
        else column.name
        for column in table.read
        if (column.required and not _is_left_out(column, named)) or column.name in there
    )


def goes_out_alone(named: Mapping[str, str] | None) -> bool:
    """Whether the user says that the amount is what went out, by itself: its sign is turned."""
    said = {name for name, header in (named or {}).items() if header != ABSENT}
    return "eraf" in said and said.isdisjoint({"erbij", *_TURNED})


def _is_left_out(column: Column, named: Mapping[str, str] | None) -> bool:
    """Whether the user says that a column is not there, of which every cell may be empty: nobody's orders."""
    return column.open_cells and (named or {}).get(column.name) == ABSENT


def find_header(headers: Sequence[str], wanted: str) -> int:
    """The place of a header that the user names; raises `UsageError` with those that there are."""
    for said in (wanted, *names_without_table(wanted)):
        for at, header in enumerate(headers):
            if plain(header) == plain(said):
                return at
    there = ", ".join(repr(header) for header in headers if header.strip())
    raise UsageError(f"Er is geen kolom {wanted!r}.", remedy=f"Kies uit: {there}.")
