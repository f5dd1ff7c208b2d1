"""A column that says what each row is: a sale, a payout, a fee. Which are sales is for the user to say."""

from __future__ import annotations

import re
from collections.abc import Sequence

from klantwaarde_xl.data.reading.cells.yes_or_no import NO, YES
from klantwaarde_xl.data.reading.customers.accounts import ask_accounts_of_staff
from klantwaarde_xl.data.reading.customers.own_account import is_of_a_bank
from klantwaarde_xl.data.reading.customers.own_companies import ask_own_companies
from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.kinds.adjusted import ask_adjusted
from klantwaarde_xl.data.reading.kinds.bank_statements import ask_expenses
from klantwaarde_xl.data.reading.kinds.chances import ask_chances
from klantwaarde_xl.data.reading.kinds.credit_codes import credit_codes
from klantwaarde_xl.data.reading.kinds.documents import credit_notes_among
from klantwaarde_xl.data.reading.kinds.entry_sides import (
    are_below,
    are_off,
    ask_letters,
    ask_sides,
    goes_back,
    letters_of_sides,
    side_column,
    sides_in,
)
from klantwaarde_xl.data.reading.kinds.events_of_orders import ask_events
from klantwaarde_xl.data.reading.kinds.fates import LOST, Fate, Status
from klantwaarde_xl.data.reading.kinds.kinds_of_lines import ask_names, is_shipping, no_revenue_in
from klantwaarde_xl.data.reading.kinds.ledger_accounts import ask_accounts
from klantwaarde_xl.data.reading.kinds.other_files import refuse_others
from klantwaarde_xl.data.reading.kinds.papers_of_sales import lesser_papers
from klantwaarde_xl.data.reading.kinds.replaced import ask_replaced
from klantwaarde_xl.data.reading.kinds.returned import DAYS_BACK, PIECES_BACK, ask_day_back, ask_returned
from klantwaarde_xl.data.reading.kinds.services import are_services
from klantwaarde_xl.data.reading.kinds.status_words import CREDIT
from klantwaarde_xl.data.reading.kinds.statuses import are_outcomes, fate_of, statuses_in
from klantwaarde_xl.data.reading.kinds.taken_off import (
    DISCOUNT,
    OF_JOURNALS,
    OF_KINDS,
    OF_REFUNDS,
    comes_in,
    is_paid_back,
    was_the_sale,
)
from klantwaarde_xl.data.reading.kinds.ways_of_paying import are_ways_of_paying
from klantwaarde_xl.data.reading.naming.headers import plain
from klantwaarde_xl.data.reading.questions.choices import rows_option
from klantwaarde_xl.data.reading.sources.engine import sql_texts
from klantwaarde_xl.data.reading.sources.marked import MARK
from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import Ambiguous

_OF_MONEY_TOO = ("refund",)  # headers of a yes and a no, or of an amount
# Pieces of words for money that moves and is no sale, or that is one the other way round; a blank as a point
_PIECES = r"""
    payout uitbetal opname withdraw fee (?<!verzend)kosten commissi conversi transfer overboek adjust
    correctie expense uitgave inkoop storting top.?up reserve(?!ring) chargeback refund terugbetal
    credit(?!.?card) debet debit(?!.?card) ^leveranciers?$ ^crediteur(en)?$ ^suppliers?$ ^vendors?$
    ^lieferant(en)?$ ^fournisseurs?$ ^intern(al|e|e.levering)?$ ^monsters?$ ^samples?$
    ^(garantie|warranty)(.?claim)?$ ^vervang(ing|ings|ende)?(.?(order|zending|levering|bestelling|artikel))?$
    ^replacement(.?(order|shipment|item|delivery|unit))?s?$
    storno erstatt rembours rückzahl auszahl retour korting coupon discount factuurbetaling uitgegeven
    factuur.ontvangen inkoopfactuur memoriaal authori[sz]ation ^auth$ autorisatie ^void dispute ^hold
    ^af$ ^bij$ verloren offerte pro.?forma ^concept ^draft ^quotes?$ ^(betalings)?herinnering$ ^aanmaning$
    \blost(.\(.*\))?$ ^ink[0-9]*$ ^inkp$ ^purchases?$ ^pur$ opwaard opgewaard aufladung ^recharge
    inter.?company ^(kopie|cop(y|ie)|dupli[ck]a(at|te?|ta))$ (?<!versand)geb[üu]e?hr ^provision ^virement
    ^retir(o|ada|ar)\b ^saque\b ^transferencia ^transfer[êe]ncia ^comisi[óo]n ^comiss[ãa]o ^tarifa ^taxa\b
    ^prelievo ^bonifico ^commissioni devoluc devolu[çc] reembols rimbors estorn contra?cargo ^ajuste
    ^frais(?!.de.(port|livraison)) ^other.?transactions?$ ^angebote?$ ^devis$ ^estimates?$ ^mahnung$
    ^(payment.)?reminder$ ^finance.?charge ^rentefactuur$"""
_EXCHANGE = re.compile(
    r"\bexchanged?\b(?!.?rate)|^(om)?ruil(ing|order|bestelling|zending|actie)?(en|s)?\b|^omgeruild|\bumtausch|^[ée]change"
)
_NO_SALE = re.compile("|".join([*_PIECES.split(), _EXCHANGE.pattern]))
_NOUGHT = f"([{MARK}€ ]*-?0*([.,]0*)?)?"  # an amount of nothing, as the user sees it
# What is paid of an invoice is that invoice once more
_DOCUMENT = re.compile("(verkoop|sales).?(factuur|invoice)|factuur|invoice|rechnung|facture")
_PAYMENT = re.compile("(ontvangen |received )?(betaling|payment|ontvangst|receipt|zahlung|paiement)(en|s)?")
# A journal of purchases stands beside others in which money moves; only that of sales holds these
_PURCHASES = re.compile("inkoop.*|ink[0-9]*|inkp|purchases?|purchase.?journal|pur")
_OTHER_JOURNALS = re.compile(
    "(kas|bank|giro|memo|memoriaal|mem|bnk|cash|begin.?balans|open|diversen|div|general|overig|salaris.*|pin|psp|"
    "mollie|rabo.*|ing|abn.*)([ -]?(boek|book|journal))?[ -]?[0-9]*"
)
_SALES = re.compile("ver?k|sale|omzet|revenue|factu|invoice|webs|shop", re.IGNORECASE)
# What a sale is called beside others; of a deal only what was won
_WON = re.compile(r".*\bwon( \(.*\))?|.*gewonnen.*|closed.?won.*")
# How far a deal came, where a status beside it says which were won
_STAGES = frozenset(
    ["stage", "stagename", "dealstage", "fase", "dealfase", "phase", "pipelinestage", "salesstage"]
)
_CORRECTION = re.compile(
    "(?:correctie|correction|adjustment|korrektur|storno)(?: (?:op|van|of|to|der|des))? (.{3,})"
)
# A column that says yes to what is no sale, and the words for yes
_FLAG_WORDS = """
    retour isretour geretourneerd retourzending refund isrefund isreturn returned creditnota iscredit"""
_FLAGS = frozenset(_FLAG_WORDS.split())
_OF_CODES = frozenset(["invoicetypecode", "documenttypecode", "typecode", "factuurtypecode", "invoicetype"])
# Of an order that is closed beside others that are complete: paid back with some, done with others
_STATES = frozenset(["status", "state", "orderstatus", "orderstate", "bestelstatus"])
_GERMAN = re.compile("betrag|kunde|rechnung|umsatz|beleg|buchung|zahlung|wahrung|waehrung|gegenkonto|zweck")
_MOVED = re.compile("transfer|bank.transfer|overboeking|top.?up|überweisung|virement")  # to an account too
_MOST, _SHOWN = 40, 8


def ask(export: Export) -> None:
    """Raise `Ambiguous` when a column tells sales from what is none, and the user did not say which count."""
    refuse_others(export)
    ask_accounts_of_staff(export)
    ask_events(export)
    ask_adjusted(export)
    named = {plain(header) for header, _ in export.reading.by_user}
    ledgers = _ledgers(export)
    stages = _STAGES if _status_says_won(export) else frozenset()
    _ask_what_went_out(export, named)
    if entries := side_column(export):
        ask_accounts(export, entries)
    ask_sides(export)
    ask_expenses(export)
    for place, header in enumerate(export.headers):
        if (
            (
                plain(header) not in OF_KINDS | _FLAGS | _STATES | DAYS_BACK | _OF_CODES
                and not PIECES_BACK.fullmatch(plain(header))
                and place not in ledgers
            )
            or plain(header) in named | stages
            or _is_article(export, header)
            or place in export.places.values()
            or any(plain(header) == plain(one) for *_, one in export.credits)
        ):
            continue
        cell, seen = cell_of(place), _words_of(export, place)
        if plain(header) in _STATES:
            _ask_closed(export, Status(place, header.strip()), seen)
            continue
        if PIECES_BACK.fullmatch(plain(header)):
            ask_returned(export, header.strip(), cell)
            continue
        if plain(header) in DAYS_BACK:
            ask_day_back(export, header.strip(), cell)
            continue
        if plain(header) in _FLAGS:
            _ask_flag(export, header.strip(), cell, seen)
            continue
        sides = sides_in(header, dict(seen))
        if sides and not named.isdisjoint(OF_KINDS) and are_off(export, cell, sides[:1]):
            continue  # the kinds that the user chose say what it is, and the minus that it goes off
        ask_letters(export, header.strip(), cell, [word for word, _ in seen])
        _ask_kinds(export, header, cell, seen)
    ask_names(export)
    ask_accounts(export, None)
    ask_chances(export)
    ask_replaced(export)
    ask_own_companies(export)


def _is_article(export: Export, header: str) -> bool:
    """Whether `Art` is short for article, as it is where no other header is in German."""
    return plain(header) == "art" and not any(_GERMAN.search(plain(one)) for one in export.headers)


def _words_of(export: Export, place: int) -> list[tuple[str, int]]:
    """What stands in a column, and how often."""
    cell = cell_of(place)
    return export.rows(
        f"""select {cell}, count(*) from raw join lines using (rij) where {cell} <> ''
            group by 1 order by 2 desc, 1 limit {_MOST + 1}"""
    )


def _ask_what_went_out(export: Export, named: set[str]) -> None:
    """Raise by the kinds of rows where these tell what was paid back from all else that went out.

    Before the question of what came in and what went out, of which no answer can tell that.
    """
    for place, header in enumerate(export.headers):
        if plain(header) in OF_KINDS - OF_JOURNALS - named and not _is_article(export, header):
            seen = _words_of(export, place)
            words = [word for word, _ in seen]
            others = [word for word in words if _NO_SALE.search(word.casefold()) and not is_paid_back(word)]
            sides = sides_in(header, dict(seen))
            if others and not sides and any(map(is_paid_back, words)) and place not in export.places.values():
                _ask_kinds(export, header, cell_of(place), seen)


def _status_says_won(export: Export) -> bool:
    """Whether a column of statuses says of deals that they were won, so that no stage has to."""
    if _STAGES.isdisjoint(map(plain, export.headers)):
        return False
    places = [one.place for one in statuses_in(export.headers) if plain(one.header) not in _STAGES]
    seen = export.sample.lists(places)
    return any(_WON.fullmatch(text.casefold()) for texts in seen.values() for text in texts)


def _ask_kinds(export: Export, header: str, cell: str, seen: list[tuple[str, int]]) -> None:
    """Raise where kinds of rows are no sale, unless each is off by its minus."""
    words = [value for value, _ in seen]
    if notes := credit_notes_among(words):
        _take_off(export, header, cell, notes)
        return
    if (are_ways_of_paying(words) or are_services(words)) and not are_below(export):
        return
    handed = no_revenue_in(export, cell, words)
    none = [word for word in words if word in handed or _NO_SALE.search(word.casefold())]
    if any(_DOCUMENT.fullmatch(value.casefold()) for value, _ in seen):
        none += [value for value, _ in seen if _PAYMENT.fullmatch(value.casefold())]
    lost = [word for word in words if fate_of(word, Status(0, header)) in LOST]
    before = lesser_papers(export, cell, words)
    others = (*_beside(words), *letters_of_sides(export, cell, words), *before)
    failed = [] if are_outcomes(words) else filter(str.isalpha, lost)  # of statuses; `Fail-safe` is a lock
    waiting = _not_sold_yet(words, Status(0, header.strip()))
    held = waiting if plain(header) in _STAGES else []
    none += [word for word in dict.fromkeys([*others, *failed, *held]) if word not in none]
    if plain(header) in OF_JOURNALS and not none and not any(map(_SALES.match, words)):
        none = [word for word in words[1:] if word not in credit_codes(words)]  # numbers: nobody can tell
    sales = [word for word in words if word not in {*none, *lost, *waiting}]
    if is_of_a_bank([plain(one) for one in export.headers]) and not export.has("order"):
        none = [word for word in none if not _MOVED.fullmatch(word.casefold())]
    if len(none) < len(words):
        none = _with_an_amount(export, header, cell, none)
    if not none or len(seen) > _MOST or len(seen) < 2:
        _say_shipping(export, header.strip(), words)
        return
    if all(goes_back(word, words) for word in none) and are_off(export, cell, none):
        _say_off(export, header, none)
        return
    shown = ", ".join(f"{value} ({format_number(count, 0)})" for value, count in seen[:_SHOWN])
    spent = [word for word in sales if not is_paid_back(word) and are_off(export, cell, [word])]
    sales = [word for word in sales if word not in spent]
    sales = sales or [value for value, _ in seen if comes_in(value)] or [seen[0][0]]
    sales += [word for word in none if _corrects(word, sales) and are_off(export, cell, [word])]
    off = [word for word in none if DISCOUNT.search(word.casefold())]
    again = f"; is {off[0]!r} er nog niet af: {_only(header, [*sales, *off])}" if off else ""
    if more := [word for word in none if _EXCHANGE.search(word.casefold())]:
        again += f"; telt ook wat er bij een ruil is bijbetaald: {_only(header, [*sales, *more])}"
    paid = _money_back(words)
    back = [word for word in none if word not in (*off, *paid) and _goes_off(header, word)]
    back = [word for word in back if not was_the_sale(export, cell, word)]
    which = f"Zeg welke tellen: {_only(header, sales)}"
    if back:
        which = (
            f"Tellen de verkopen, en gaat wat terugbetaald is eraf: {_only(header, [*sales, *back])} (zonder "
            f"minteken krijgt het dat). Alleen de verkopen: {_only(header, sales)}"
        )
    once = ", ".join(map(repr, before))
    twice = f" Dezelfde verkopen staan er ook als {once}: geteld wordt elke verkoop een keer." if once else ""
    raise Ambiguous(
        f"Kolom {header.strip()!r} zegt wat elke rij is, en niet alles lijkt een verkoop: {shown}.{twice}",
        remedy=f"{which}{again}.",
    )


def _not_sold_yet(words: list[str], status: Status) -> list[str]:
    """Words of what is no sale yet by the words of statuses, beside one that is: an option, a hold."""
    fates = {word: fate_of(word, status) for word in words}
    if Fate.PAID not in fates.values():
        return []
    return [word for word, fate in fates.items() if fate in (Fate.OPEN, Fate.DRAFT)]


def _corrects(word: str, sales: Sequence[str]) -> bool:
    """Whether a word is of what is taken off a sale: `Correctie verkoopprijs` off `Verkoopprijs, betaald`."""
    found = _CORRECTION.fullmatch(word.casefold())
    return found is not None and any(sale.casefold().startswith(found[1]) for sale in sales)


def _say_off(export: Export, header: str, words: list[str]) -> None:
    shown = f"wat in kolom {header.strip()!r} {', '.join(map(repr, words))} heet"
    export.say("bedrag", f"{shown}, heeft een minteken: het is eraf")


def _take_off(export: Export, header: str, cell: str, notes: list[str]) -> None:
    """See to it that credit notes go off: a list of documents has no other reading of one."""
    if are_off(export, cell, notes):
        _say_off(export, header, notes)
    else:
        export.credits.append((cell, tuple(notes), header.strip()))


def _with_an_amount(export: Export, header: str, cell: str, none: list[str]) -> list[str]:
    """Of kinds that are no sale those with money; rows of the others, of nothing or nought, are left out."""
    if not none or not export.has("bedrag"):
        return none
    blank = [
        word
        for (word,) in export.rows(f"""select {cell} from raw join lines using (rij) group by 1
            having count(*) filter (not regexp_full_match({export.shown("bedrag")}, '{_NOUGHT}')) = 0""")
        if word in none
    ]
    if blank:
        these = sql_texts(blank)
        export.leave_out(
            f"select rij from raw join lines using (rij) where {cell} in ({these})",
            f"{', '.join(blank)} in kolom {header.strip()!r}, en geen bedrag",
        )
    return [word for word in none if word not in blank]


def _money_back(words: list[str]) -> list[str]:
    """Refunds beside invoices, credit notes and payments: money of which the credit note is already off."""
    said = [word.casefold() for word in words]
    papers = any(map(_DOCUMENT.fullmatch, said)) and any(re.search(CREDIT, word) for word in said)
    if not papers or not any(map(_PAYMENT.fullmatch, said)):
        return []
    return [word for word in words if is_paid_back(word) and not re.search(CREDIT, word.casefold())]


def _goes_off(header: str, word: str) -> bool:
    """Whether rows with a word are taken off where the user names it: a refund, or a credit note."""
    return is_paid_back(word) if plain(header) in OF_KINDS else bool(re.search(CREDIT, word.casefold()))


def _only(header: str, words: list[str]) -> str:
    return rows_option("--alleen", header.strip(), *words)


def _beside(words: list[str]) -> list[str]:
    """Words that are no sale by one beside them: journals beside purchases, deals beside those won."""
    if any(_PURCHASES.fullmatch(word.casefold()) for word in words):
        return [word for word in words if _OTHER_JOURNALS.fullmatch(word.casefold())]
    won = [word for word in words if _WON.fullmatch(word.casefold())]
    return [word for word in words if word not in won] if won else []


def _say_shipping(export: Export, header: str, words: list[str]) -> None:
    if shipping := [word for word in words if is_shipping(word)]:
        shown = ", ".join(map(repr, shipping))
        without = " ".join(rows_option("--zonder", header, word) for word in shipping)
        export.say("bedrag", f"verzending telt mee (kolom {header!r}: {shown}); zo niet: {without}")


def _ledgers(export: Export) -> set[int]:
    """Columns that say nothing but invoice, payment and credit note, whatever their header."""
    rows = export.sample.first
    found = set()
    for place in range(len(export.headers)):
        said = {row[place].casefold() for row in rows} - {""}
        papers, payments = ({text for text in said if one.fullmatch(text)} for one in (_DOCUMENT, _PAYMENT))
        credit = {text for text in said if re.search(CREDIT, text)}
        if papers and payments and said == papers | payments | credit:
            found.add(place)
    return found


def _ask_flag(export: Export, header: str, cell: str, seen: list[tuple[str, int]]) -> None:
    """Raise where yes and no are all that is said; a number of pieces is no such column."""
    said = [value for value, _ in seen]
    if not {value.casefold() for value in said} <= YES | NO:
        if plain(header) not in _OF_MONEY_TOO:  # of which that is asked later
            ask_returned(export, header, cell)
        return
    yes = {value: count for value, count in seen if value.casefold() in YES}
    if not yes or (plain(header) in OF_REFUNDS and are_off(export, cell, list(yes))):
        return
    shown = ", ".join(f"{value} ({format_number(count, 0)})" for value, count in yes.items())
    without = " ".join(rows_option("--zonder", header, value) for value in yes)
    blank = [""] if export.count(f"select count(*) from raw join lines using (rij) where {cell} = ''") else []
    every = rows_option("--alleen", header, *said, *blank)
    counts = f"Is hun bedrag al goed, een retour met een minteken, zeg dan dat alles telt: {every}."
    remedy = f"Laat ze weg met {without}. {counts}"
    if plain(header) in OF_REFUNDS:
        off = f"Gaan ze van de omzet af: {every} (staat er geen minteken, dan krijgen ze dat)."
        remedy = f"{off} Laat ze weg met {without}."
    raise Ambiguous(
        f"Kolom {header!r} zegt van rijen dat zij geen verkoop zijn: {shown}.",
        remedy=remedy,
    )


def _ask_closed(export: Export, status: Status, seen: list[tuple[str, int]]) -> None:
    """Raise where closed stands beside complete, and nothing says what was paid back."""
    known = export.earlier is not None and status.header in export.earlier.statuses
    closed = {value: count for value, count in seen if value.casefold() in ("closed", "gesloten")}
    done = [value for value, _ in seen if fate_of(value, status) is Fate.PAID]
    if known or export.reading.counted or export.has("terugbetaald") or not closed or not done:
        return
    words = ", ".join(f"{value!r} ({format_number(count, 0)})" for value, count in closed.items())
    raise Ambiguous(
        f"Kolom {status.header!r} heeft {words} naast {done[0]!r}: bij het ene programma is dat "
        "afgerond, bij het andere terugbetaald.",
        remedy=f"Telt het niet: {rows_option('--alleen', status.header, *done)}. Telt het wel: "
        f"{rows_option('--alleen', status.header, *done, *closed)}.",
    )
