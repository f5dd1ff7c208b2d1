"""Which orders count: the words of a shop's statuses to what became of an order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from klantwaarde_xl.data.reading.cells.looks import NOUGHT
from klantwaarde_xl.data.reading.cells.yes_or_no import NO, PAID_BACK, YES
from klantwaarde_xl.data.reading.export import SINCE, Export, cell_of
from klantwaarde_xl.data.reading.kinds.coded_words import without_code
from klantwaarde_xl.data.reading.kinds.documents import are_all_documents, are_due
from klantwaarde_xl.data.reading.kinds.fates import CHOICES, LOST, WORDS, Fate, Status
from klantwaarde_xl.data.reading.kinds.not_yet import is_not_yet
from klantwaarde_xl.data.reading.kinds.quotes import hold_quotes
from klantwaarde_xl.data.reading.kinds.status_codes import TABLES
from klantwaarde_xl.data.reading.kinds.status_words import DELIVERY, ORDERS, PAYMENT, PIECES, STATUS
from klantwaarde_xl.data.reading.naming.headers import forms, of_record, plain
from klantwaarde_xl.data.reading.naming.words import CANCELLED_ON, INVOICE, PAID
from klantwaarde_xl.data.reading.questions.choices import ANYTHING
from klantwaarde_xl.data.reading.sources.marked import MARK
from klantwaarde_xl.dutch import format_number, format_rows
from klantwaarde_xl.errors import Ambiguous

SHOWN = 8
# A list of statuses is short; what is longer, or says it in longer words, are remarks on customers
_MOST_WORDS = 30
_LONGEST_WORD = 40
_MOST_ROWS = 200  # that differ in their statuses


_PAID_BACK = f"{int(Fate.TURNED_BACK)}, {int(Fate.REFUNDED)}"
# Without a word of the user; an open invoice is a sale all the same
COUNTED = frozenset({Fate.REFUNDED, Fate.PARTLY_REFUNDED, Fate.UNKNOWN, Fate.PAID})
_NO_SALES = frozenset({*LOST, Fate.DRAFT, Fate.OPEN})
COUNTED_INVOICES = COUNTED | {Fate.OPEN}

_PATTERNS = tuple((Fate[name], re.compile("|".join(pieces.split()))) for name, pieces in PIECES)


# A payment service keeps its costs beside what came in and what is left of that
_OF_MONEY = (
    frozenset(["bruto", "gross", "brutto", "amount", "bedrag"]),
    frozenset(["kosten", "fee", "fees", "gebühr", "gebuhr"]),
    frozenset(["net", "netto", "nettobedrag", "netamount"]),
)
_NUMBER = re.compile(rf"[€$£ ]*-?[\d.,]+ ?(?:eur|€)?|{NOUGHT}")
_INVOICES = frozenset(INVOICE)
# Above what each row is: an invoice, a credit note
_OF_DOCUMENTS = re.compile(
    "(soort|type|kind)(document|factuur|invoice)?|(document|factuur|invoice)(soort|type)"
)
_FEW_KINDS = 9
# What a program adds behind a word: the pipeline of a deal, the way of paying
_ADDED = re.compile(r"\s*\([^()]*\)$")
AUTHORISED = re.compile("authori[sz]ed|geautoriseerd|autorisiert|autorisée?|autorizad[oa]|autorizzat[oa]")
REQUESTED = "received"  # of a payment service: the request, before anything came of it


def statuses_in(headers: Sequence[str]) -> list[Status]:
    """The columns of a file that say what became of an order, by their headers."""
    names = {plain(header) for header in headers}
    of_money = all(names & words for words in _OF_MONEY)
    numbers = {form for header in headers for form in forms(header)}
    of_invoice = (not numbers.isdisjoint(INVOICE) or are_due([*names])) and not of_money
    return [
        replace(status_at(place, header), of_money=of_money, of_invoice=of_invoice)
        for place, header in enumerate(headers)
        if (name := plain(of_record(header))) in PAID or name in CANCELLED_ON or STATUS.fullmatch(name)
    ]


def statuses_of(export: Export) -> list[Status]:
    """The same of an export, with the service whose codes they are, once that is known.

    They are of invoices too where a column says of each row that counts that it is one, or a credit note.
    """
    found = statuses_in(export.headers)
    of_invoice = bool(found) and _are_invoices(export)
    of_quote = bool(found) and hold_quotes(export)
    return [
        replace(
            one,
            codes=export.codes.get(one.place, ""),
            authorised=one.place in export.authorised,
            ordered=one.place in export.ordered,
            of_invoice=one.of_invoice or of_invoice,
            of_quote=of_quote,
        )
        for one in found
    ]


def _are_invoices(export: Export) -> bool:
    for place, header in enumerate(export.headers):
        if _OF_DOCUMENTS.fullmatch(plain(header)) and place not in export.places.values():
            cell = cell_of(place)
            seen = export.rows(f"select distinct {cell} from raw join lines using (rij) limit {_FEW_KINDS}")
            if are_all_documents([text for (text,) in seen]):
                return True
    return False


def are_outcomes(words: Iterable[str]) -> bool:
    """Whether all words say whether a payment went through, and one that it did not."""
    fates = {fate_of(word, Status(0, "status")) for word in words}
    return fates <= {Fate.PAID, Fate.OPEN, *LOST} and not fates.isdisjoint(LOST)


def status_at(place: int, header: str) -> Status:
    """A column of statuses, and of what these are by its header."""
    name = plain(header)
    return Status(
        place,
        header.strip(),
        of_order=bool(ORDERS.search(name)) and "payment" not in name,
        of_payment=name in PAID or bool(PAYMENT.search(name)),
        of_delivery=bool(DELIVERY.search(name)),
    )


def fate_of(text: str, status: Status) -> Fate | None:
    """What a status says; None for nothing."""
    said = text.replace(MARK, "").strip().casefold().replace("_", " ")
    if not said:
        return None
    if status.codes:
        return Fate[TABLES[status.codes][said]] if said in TABLES[status.codes] else Fate.UNKNOWN
    if plain(status.header) in CANCELLED_ON:
        return Fate.CANCELLED if re.search("[1-9]", said) else None
    if (yes := status.yes) is not None:
        return yes if said in YES or (status.of_refund and said in PAID_BACK) else None
    if plain(status.header) in PAID and said in YES | NO:
        return Fate.PAID if said in YES else Fate.OPEN
    if status.authorised and (said == REQUESTED or AUTHORISED.fullmatch(without_code(said))):
        return Fate.OPEN if said == REQUESTED else Fate.PAID
    if is_not_yet(status, said):
        return Fate.OPEN
    fate = _by_words(said)
    if fate is Fate.UNKNOWN and _ADDED.search(said):
        fate = _by_words(_ADDED.sub("", said))
    if fate is Fate.UNKNOWN and (word := without_code(said)) != said:
        fate = _by_words(word)
    if status.of_delivery:
        return fate if fate in (Fate.CANCELLED, Fate.REFUNDED) else None
    return Fate.TURNED_BACK if fate is Fate.REFUNDED and status.of_order else fate


def _by_words(said: str) -> Fate:
    return next((fate for fate, pattern in _PATTERNS if pattern.search(said)), Fate.UNKNOWN)


def _fate(export: Export, text: str, status: Status) -> Fate | None:
    """What a status says, as it was read before; a word that is new as `fate_of`.

    What the user typed behind `--alleen` is a sale: he chose it.
    """
    if (chosen := fate_of(text, status)) in _NO_SALES and _is_chosen(export, text, status):
        return Fate.PAID
    before = export.earlier.statuses.get(status.header, {}) if export.earlier else {}
    if text in before:
        word = before[text]
        return None if word is None else CHOICES[word]
    return chosen


def _is_chosen(export: Export, text: str, status: Status) -> bool:
    """Whether the user typed this word of a column as one that counts; of numbers `*` is every one."""
    said = [values for header, values in export.reading.only if plain(header) == plain(status.header)]
    if ANYTHING in said and re.fullmatch(rf"{MARK}?[0-9]+", text.strip()) and not status.codes:
        return True
    return any(text.casefold() in [one.strip().casefold() for one in values.split(",")] for values in said)


def _is_word(text: str, status: Status) -> bool:
    """Whether it is a word of a list of statuses, and no amount, number or address of somebody."""
    return fate_of(text, status) is not Fate.UNKNOWN or not re.search("[0-9@]", text)


def _is_money(status: Status, texts: list[str]) -> bool:
    """Whether what stands below `Betaald` is how much was paid: no word, and cents in any of it."""
    said = [text.replace(MARK, "") for text in texts if text]
    numbers = [text for text in said if _NUMBER.fullmatch(text.casefold())]
    cents = any(re.search(r"[.,]\d", text) for text in numbers)
    return plain(status.header) in PAID and bool(said) and numbers == said and cents


def _remember(export: Export, status: Status, texts: Iterable[str]) -> None:
    """Keep what each word of a column says, where they are words of a list."""
    words = sorted(text for text in texts if text and _is_word(text, status))
    listed = len(words) <= _MOST_WORDS and all(len(word) <= _LONGEST_WORD for word in words)
    kept = words if listed and plain(status.header) not in CANCELLED_ON else []
    fates = {word: _fate(export, word, status) for word in kept}
    export.statuses[status.header] = {
        word: None if fate is None else WORDS[fate] for word, fate in fates.items()
    }


def find_fates(export: Export) -> list[Status]:
    """The columns of statuses, where any row has one; none otherwise.

    Makes table fate (rij, fate) of the rows with one; a line without takes that of its order, as table
    order_run has them.
    """
    found = [*statuses_of(export), *export.flags]
    if not found:
        return []
    parts, ticked = [], []
    for status in [*found]:
        texts = export.sample.every(status.place)
        if _is_money(status, texts):
            found.remove(status)
            continue
        known = [(text, fate) for text in texts if (fate := _fate(export, text, status)) is not None]
        _remember(export, status, texts)
        if status.of_quote or (plain(status.header) in PAID and {fate for _, fate in known} == {Fate.PAID}):
            ticked.append(status)
        name = f"fates{status.place}"
        if known:
            export.con.execute(
                f"create or replace temp table {name} as "
                "select unnest($said::varchar[]) as said, unnest($fate::int[]) as fate",
                {"said": [text for text, _ in known], "fate": [int(fate) for _, fate in known]},
            )
            parts.append(
                f"""select rij, fate, {status.of_payment} and fate = {int(Fate.PAID)} as paid
                    from lines join {name} on trim(cast(c{status.place} as varchar)) = said"""
            )
    if not parts:
        return []
    open_ = int(Fate.OPEN)
    worst = f"""select rij, case when bool_or(paid) then min(fate) filter (fate <> {open_})
          else min(fate) end as fate from ({" union all ".join(parts)}) group by rij"""
    if export.has("order"):
        worst = f"""select rij, coalesce(w.fate, first_value(w.fate ignore nulls) over (
                partition by orde order by rij
                rows between unbounded preceding and unbounded following)) as fate
            from order_run left join ({worst}) w using (rij)"""
    if ticked:  # a column in which yes is all that is said: who is not ticked has not paid, or agreed
        worst = f"select rij, coalesce(fate, {open_}) as fate from raw left join ({worst}) using (rij)"
    export.con.execute(f"create or replace table fate as select * from ({worst}) where fate is not null")
    for status in ticked:
        _say_not_ticked(export, status)
    return found


def _say_not_ticked(export: Export, status: Status) -> None:
    blank = export.count(f"""select count(*) from raw join lines using (rij) join fate using (rij)
        where fate = {int(Fate.OPEN)} and {cell_of(status.place)} = ''""")
    if blank:
        export.say(
            "status",
            f"kolom {status.header!r} is bij {format_rows(blank)} leeg: niet "
            f"{'geaccepteerd' if status.of_quote else 'betaald'}",
        )


def leave_out_no_sales(export: Export, found: list[Status]) -> None:
    """Leave out the rows that are no sale by table fate, and say so; found: the columns of statuses."""
    counted = export.reading.counted
    kinds = frozenset(CHOICES[word] for word in counted) if counted else usual(export)
    if not counted and _have_rows_of_their_own(export, kinds):
        kinds |= {Fate.TURNED_BACK}
    there = {fate for (fate,) in export.rows("select distinct fate from fate")}
    for fate in Fate:
        if fate not in kinds and int(fate) in there:
            export.leave_out(
                f"select rij from fate where fate = {int(fate)}",
                f"status {WORDS[fate]}: telt niet mee (--tellen kiest wat meetelt)",
            )
    for status in found:
        if shown := _shown(export, status, kinds):
            export.say("status", f"kolom {status.header!r}: {shown}")
        _note_new(export, status, kinds)


def _have_rows_of_their_own(export: Export, kinds: frozenset[Fate]) -> bool:
    """Whether what refunded orders got back stands in rows below nought; raises `Ambiguous` for too little.

    kinds: what counts besides orders that were turned back. A row below nought with the number of a sale is
    of that sale.
    """
    if not export.goes_below("bedrag"):
        return False
    if not export.rows(f"select rij from fate where fate in ({_PAID_BACK}) limit 1"):
        return True
    number = f"nullif({export.shown('order')}, '')" if export.has("order") else "null"
    # The same amount on each line can be that of the whole order: then it counts once
    orders, paid, back, below, turned, known = export.rows(f"""
        with priced as (select rij, v, fate, coalesce({number}, 'rij ' || rij) as nr
          from {export.values("bedrag")} join raw using (rij) left join fate using (rij)
        ), refunded as (select nr, bool_or(fate = {int(Fate.TURNED_BACK)}) as turned,
            if(min(v) = max(v), max(v), sum(v)) as v, nr in (select nr from priced where v < 0) as known
          from priced where v > 0 and fate in ({_PAID_BACK}) group by nr)
        select count(*) filter (not known), coalesce(sum(v) filter (not known), 0),
          (select coalesce(-sum(v), 0) from priced
            where v < 0 and nr not in (select nr from priced where v >= 0)),
          (select count(*) from priced where v < 0),
          count(*) filter (turned and not known), count(*) filter (turned and known)
        from refunded""")[0]
    if not below or not orders or back >= paid:
        return bool(below)
    if not back and not (turned and known):
        return not turned
    found = export.rows("select distinct fate from fate join raw using (rij) order by 1 desc")
    kept = [Fate(fate) for (fate,) in found if Fate(fate) in kinds - {Fate.REFUNDED}]
    others = [WORDS[fate] for fate in kept] or [WORDS[Fate.PAID]]
    refunded = [WORDS[Fate(fate)] for (fate,) in found if fate in (Fate.TURNED_BACK, Fate.REFUNDED)]
    raise Ambiguous(
        f"{format_number(orders, 0)} {'order heet' if orders == 1 else 'orders heten'} terugbetaald (samen "
        f"{format_number(paid, 2)}), en de rijen onder nul die daarvan kunnen zijn, zijn samen "
        f"{format_number(back, 2)}: staan de terugbetalingen daarin?",
        remedy=f"Zo nee: --tellen {_typed(others)} (wat terugbetaald heet, telt dan niet). Zo ja, als "
        f"een deel is terugbetaald: --tellen {_typed([*others, *refunded])}.",
    )


def _typed(words: Sequence[str]) -> str:
    """Words as the user types them behind an option."""
    return f'"{",".join(words)}"'


def _note_new(export: Export, status: Status, kinds: frozenset[Fate]) -> None:
    """Note the column, or its words, that were not there before."""
    if export.earlier is None:
        return
    before, header = export.earlier.statuses.get(status.header), repr(status.header)
    if before is None:
        export.changes.append(f"{SINCE}: kolom {header} is erbij gekomen, en zegt welke orders tellen")
    for word in export.statuses[status.header] if before else ():
        if before and word not in before:
            counts = _counts(_fate(export, word, status), kinds)
            export.changes.append(f"{SINCE}: status {word!r} in kolom {header} is nieuw: {counts}")


def _shown(export: Export, status: Status, kinds: frozenset[Fate]) -> str:
    """What stands in a column, how often, and whether it counts; of dates only how many there are."""
    cell = cell_of(status.place)
    if plain(status.header) in CANCELLED_ON:
        dates = export.count(f"select count(*) from lines where rij > {export.header_row} and {cell} <> ''")
        counts = _counts(Fate.CANCELLED, kinds)
        return f"{format_number(dates, 0)} keer ingevuld, geannuleerd: {counts}" if dates else ""
    values = export.rows(
        f"""select {cell}, count(*), coalesce(sum(v), 0) from lines left join {export.values("bedrag")}
            using (rij) where rij > {export.header_row} and {cell} <> '' group by 1 order by 2 desc, 1"""
    )
    told = [(_fate(export, said, status), said, count, held) for said, count, held in values]
    # What is not known counts by a guess: it goes before, with its money, and is never left out unseen
    unknown = sorted((one for one in told if one[0] is Fate.UNKNOWN), key=lambda one: -abs(one[3]))
    known = [one for one in told if one[0] is not Fate.UNKNOWN]
    listed, rest = unknown[:_MOST_WORDS], unknown[_MOST_WORDS:]
    if rest:
        name = f"{format_number(len(rest), 0)} andere woorden"
        listed.append((Fate.UNKNOWN, name, sum(one[2] for one in rest), sum(one[3] for one in rest)))
    shorter = max(SHOWN - len(listed), 0)
    listed += known[:shorter]
    shown = [
        f"{said} ({format_number(count, 0)}"
        f"{f', samen {export.money(held)}' if fate is Fate.UNKNOWN and fate in kinds else ''}"
        f": {_counts(fate, kinds)})"
        for fate, said, count, held in listed
    ]
    return ", ".join([*shown, "…"] if len(known) > shorter else shown)


def _counts(fate: Fate | None, kinds: frozenset[Fate]) -> str:
    if fate is None:
        return "zegt niets over de betaling"
    said = "niet herkend, " if fate is Fate.UNKNOWN else ""
    return said + ("telt mee" if fate in kinds else "telt niet mee")


def none_counts(export: Export, which: str) -> bool:
    """Whether each row of raw of which SQL holds has a status that does not count, before any is left out."""
    found = [*statuses_of(export), *export.flags]
    if not found:
        return False
    kinds = frozenset(CHOICES[word] for word in export.reading.counted) or usual(export)
    cells = ", ".join(cell_of(status.place) for status in found)
    rows = export.rows(
        f"select distinct {cells} from raw join lines using (rij) where {which} limit {_MOST_ROWS}"
    )
    told = [
        {_fate(export, text, status) for text, status in zip(row, found, strict=True)} - {None}
        for row in rows
    ]
    return len(rows) < _MOST_ROWS and all(fates and fates.isdisjoint(kinds) for fates in told)


def usual(export: Export) -> frozenset[Fate]:
    """Which orders count where the user does not say; of invoices also open ones, not of their payments."""
    if hold_quotes(export):
        return COUNTED - {Fate.UNKNOWN}
    is_invoice = export.has("order")
    is_invoice &= not _INVOICES.isdisjoint(forms(export.headers[export.places.get("order", 0)]))
    is_invoice |= bool(export.credits) or _are_invoices(export)  # a column calls the other rows invoices
    is_invoice |= are_due([plain(header) for header in export.headers])
    is_invoice &= not any(status.of_money for status in statuses_of(export))
    return COUNTED_INVOICES if is_invoice else COUNTED
