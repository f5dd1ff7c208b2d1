"""Columns that say which orders count, known by their words, under a header that is none of ours."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from klantwaarde_xl.data.reading.cells.rows import Rows
from klantwaarde_xl.data.reading.cells.yes_or_no import NO, YES
from klantwaarde_xl.data.reading.customers.own_account import says_money_in
from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.kinds.coded_words import as_pattern, coded_list, with_later, without_code
from klantwaarde_xl.data.reading.kinds.fates import Fate, Status
from klantwaarde_xl.data.reading.kinds.no_amount import hold_nothing
from klantwaarde_xl.data.reading.kinds.not_yet import are_ordered_first
from klantwaarde_xl.data.reading.kinds.status_codes import are_codes, is_code, table_of
from klantwaarde_xl.data.reading.kinds.status_words import CREDIT
from klantwaarde_xl.data.reading.kinds.statuses import (
    AUTHORISED,
    REQUESTED,
    are_outcomes,
    fate_of,
    status_at,
    statuses_in,
    statuses_of,
    usual,
)
from klantwaarde_xl.data.reading.kinds.taken_off import OF_KINDS, paid_back
from klantwaarde_xl.data.reading.naming.headers import forms, plain
from klantwaarde_xl.data.reading.naming.words import WAS_PAID
from klantwaarde_xl.data.reading.questions.choices import rows_option
from klantwaarde_xl.data.reading.sources.marked import MARK
from klantwaarde_xl.dutch import format_number, format_rows
from klantwaarde_xl.errors import Ambiguous

# A header above yes and no
_CANCELLED = re.compile(
    "(is|was|order|bestelling|factuur|invoice)?(geannuleerd|annulering|cancell?ed|canceled|verwijderd|deleted|"
    "void|voided|annule|annulee|cancelad[oa]|anulad[oa]|annullat[oa]|nietig|ingetrokken|offerte|quote|brouillon|devis|demo|"
    "storniert|vervallen|anulowane|storno|stornierung|proforma|concept|draft|entwurf|noshow|intern|internal|"
    "(tijdig|optijd)?(afgezegd|afgemeld)|interneorder|internebestelling|internalorder|fraude?|fraudulent|fraudulous|verlaten|abandoned)"
    "(order|bestelling|flag|janee|jn)?"
)
# Above yes and no: a yes is still to be paid
_UNPAID = re.compile(
    "(is)?(onbetaald|nietbetaald|openstaand|unpaid|notpaid|open|nogtebetalen|impayee?|nonpayee?|offen|unbezahlt|"
    "outstanding|onvoldaan|nietvoldaan|impagad[oa]|nonpagat[oa])(janee|jn|flag)?"
)
# Above yes and no, or a mark and nothing: only a yes may be a sale
_DONE = re.compile(
    "(is)?(completed?|afgerond|voltooid|valid|geldig|gueltig|akkoord|geaccepteerd|accepted|goedgekeurd|approved|"
    "doorgegaan|factureerbaar|billable|abrechenbar|declarabel|declareerbaar|facturabel|doorbelast|doorbelasten|"
    "doorbelastbaar|(te)?factureren|chargeable|gerealiseerd|definitief|bevestigd|confirmed|aanwezig|verschenen|"
    "attended|geboekt|gebucht|booked|gefactureerd|invoiced|fakturiert|opgehaald|afgehaald|collected|pickedup|abgeholt)"
)
# Beside a status of payments only that says whether it is a sale
_PRESENT = re.compile("(is|was)?(aanwezig|verschenen|attended|present|checkedin|ingecheckt|anwesend)")
# Above yes and no: a yes may be no sale, or one that was taken back
_DOUBTED = re.compile(
    "(is)?(disputed?|dispuut|betwist|chargeback|chargedback|garantie|warranty|vervanging|replacement|ersatz|"
    "monster|sample|gratis|weggegeven)(order|bestelling)?"
)
# Headers of what is no sale, or only of why
_OTHERS = re.compile(
    "klant|customer|client|kunde|lead|abonn|subscri|nieuwsbrief|newsletter|marketing|optin|consent|ticket|"
    "contact|mail|account|lid|member|product|artikel|article|voorraad|stock|reden|reason|grund|opmerking|notitie|remark|"
    "note|memo|omschrijving|description|land|country|maat|size|kleur|color|categor|merk|brand|"
    "export|import|sync|print|risk|review|methode|method|type|soort|conditie|condition|kanaal|channel|tag|label|groep|group"
)
# Of a name of a thing; a program may write one of a status too: `state.technicalName`
_NAMES = re.compile("naam|name")
_HINTS = re.compile(
    "status|statut|^state$|fase|phase|stage|voortgang|progress|afhandel|toestand|zustand|etat|stand|payment|betaling|"
    "zahlung|paiement|annul|cancel|storno|resultaat|result|outcome|verloop"
)
_BAD = frozenset({Fate.CANCELLED, Fate.FAILED, Fate.TURNED_BACK, Fate.REFUNDED, Fate.DRAFT, Fate.OPEN,
                  Fate.PARTLY_REFUNDED})  # fmt: skip
_MAY_BE_ELSE = frozenset({Fate.DRAFT, Fate.OPEN})  # `open` is of a box too
_OF_MONEY = re.compile("paid|pay|betaal|betal|bezahl|voldaan")
# Known words that are of other things as well
_WEAK = frozenset(["nieuw", "new", "active", "actief", "inactive", "inactief", "ok"])
_CERTAIN = re.compile(
    "geannuleerd|cancell?ed|canceled|storniert|annulée?|anulowan[eay]|mislukt|failed|voided"
)
_WORDS, _LONGEST, _SHOWN = 5, 40, 8
_PAID = frozenset([*WAS_PAID, "betaald", "paid", "voldaan", "bezahlt", "ontvangen"])
# In a column of yes and no
_NOTHING = frozenset(["n.v.t.", "nvt", "n/a", "na", "#n/a", "?", "onbekend", "unknown", "geen", "none"])
_FEWEST_ROWS = 3  # of which a number for each is no code
_MOST_CODES = 20


def take_statuses(export: Export) -> None:
    """Take the columns of statuses that no header shows; raises `Ambiguous` where one is doubtful."""
    _take_codes(export)
    _take_steps(export)
    known = statuses_of(export)
    by_user = {plain(header) for header, _ in export.reading.by_user}
    taken = {*export.places.values(), *(status.place for status in (*known, *export.flags))}
    rows = export.sample
    free = [
        at
        for at, header in enumerate(export.headers)
        if plain(header) and at not in taken and plain(header) not in by_user
    ]
    names = [plain(header) for header in export.headers]
    listed = rows.lists(free)
    _take_coded(export, [at for at in free if at not in listed])
    for place, texts in listed.items():
        if says_money_in(names, texts):
            continue
        header = export.headers[place].strip()
        if _CANCELLED.fullmatch(plain(header)) and _is_flag(texts):
            export.flags.append(Status(place, header.strip(), of_cancel=True))
            _say(export, rows, place, texts, f"zegt welke rijen niet tellen{_odd(texts)}")
            continue
        if _UNPAID.fullmatch(plain(header)) and _is_flag(texts):
            export.flags.append(Status(place, header.strip(), of_unpaid=True))
            _say(export, rows, place, texts, f"zegt wat nog niet is betaald{_odd(texts)}")
            continue
        if _PRESENT.fullmatch(plain(header)) and _is_flag(texts) and any(one.of_payment for one in known):
            export.say("status", f"kolom {header!r} zegt wie er was, en niets over de betaling")
            continue
        if _DONE.fullmatch(plain(header)) and _is_flag(texts):
            _ask_done(export, place, texts)
            continue
        if _DOUBTED.fullmatch(plain(header)) and _is_flag(texts):
            _ask_doubted(export, place, texts)
            continue
        before = export.earlier is not None and header.strip() in export.earlier.statuses
        is_outcome = plain(header) in OF_KINDS and are_outcomes(texts)
        if before or is_outcome or _is_status(status_at(place, header), texts, beside=bool(known)):
            export.flags.append(_by_contents(place, header, texts))
            _say(export, rows, place, texts, "is naar haar inhoud een status")
        elif not known and _may_be(header, texts):
            raise Ambiguous(
                f"Kolom {rows.name(place)} lijkt te zeggen welke orders tellen: {_shown(texts)}.",
                remedy=f"Zeg welke tellen: {_only(export, place, texts, every=False)}. "
                f"Telt alles: {_only(export, place, texts, every=True)}.",
            )
        elif len(texts) > 1 and "status" in plain(header) and not _is_of_others(plain(header)):
            shown = _shown(dict([*texts.items()][:_SHOWN]))
            which = f'kies dan met --alleen "{header}=…"'
            export.say("status", f"kolom {header!r} is niet gebruikt: {shown}; zegt zij wat telt, {which}")


def _take_coded(export: Export, free: Sequence[int]) -> None:
    """Take the columns in which each row may have a code of its own beside the word of a status."""
    for place in free:
        texts = coded_list(export.sample, place)
        header = export.headers[place].strip()
        if texts and _is_status(status_at(place, header), texts, beside=False):
            texts = with_later(export.sample, place, texts)
            export.flags.append(_by_contents(place, header, texts))
            export.say("status", f"kolom {header!r} is naar haar inhoud een status, met codes erbij")


def _are_amounts(export: Export, place: int) -> bool:
    """Whether whole numbers below a header of what was paid are that: each another, or mostly the amount."""
    if _PAID.isdisjoint(forms(export.headers[place])):
        return False
    numbers = [one for one in export.sample.column(place).numbers if one is not None]
    if len(numbers) >= _FEWEST_ROWS and len({*numbers}) == len(numbers):
        return True
    if not export.has("bedrag"):
        return False
    pairs = zip(
        export.sample.column(place).numbers,
        export.sample.column(export.places["bedrag"]).numbers,
        strict=True,
    )
    return 2 * sum(None not in pair and pair[0] == pair[1] for pair in pairs) > len(numbers) > 0


def _take_codes(export: Export) -> None:
    """Know the statuses that are numbers of a payment service; raises `Ambiguous` for numbers of another."""
    by_user = {plain(header) for header, _ in export.reading.by_user}
    asked = []
    told = False
    for status in statuses_in(export.headers):
        cell = cell_of(status.place)
        texts = export.sample.texts(status.place)
        if texts is None:
            some = f"select distinct {cell} from lines where rij > {export.header_row} limit {_MOST_CODES}"
            texts = [text for (text,) in export.rows(some)]
        texts = [text for text in texts[:_MOST_CODES] if text]
        if name := table_of(texts, plain(status.header)):
            export.codes[status.place] = name
            export.say("status", f"kolom {status.header!r} heeft de codes van {name}")
        elif (
            are_codes(texts)
            and len(texts) < _MOST_CODES
            and plain(status.header) not in by_user
            and not _are_amounts(export, status.place)
        ):
            asked.append(status)
        told = told or bool(name) or not all(map(is_code, texts))
    known = export.earlier.statuses if export.earlier else {}
    asked = [status for status in asked if status.header not in known]
    if not asked or told or export.reading.counted or by_user & {plain(one.header) for one in asked}:
        return
    status, cell = asked[0], cell_of(asked[0].place)
    seen = dict(
        export.rows(f"""select {cell}, count(*) from raw join lines using (rij) where {cell} <> ''
        group by 1 order by 2 desc, 1""")
    )
    raise Ambiguous(
        f"Kolom {status.header!r} zegt met een nummer of een order telt: {_shown(seen)}.",
        remedy=f"Zeg welke tellen: {rows_option('--alleen', status.header, next(iter(seen)))} (met komma's "
        f'voor meer). Telt alles: --alleen "{status.header}=*".',
    )


def _take_steps(export: Export) -> None:
    """Know statuses whose last step is authorised, or refused, and in which paid comes after ordered."""
    for status in statuses_in(export.headers):
        texts = export.sample.lists([status.place]).get(status.place, {})
        coded = {} if texts else coded_list(export.sample, status.place)
        texts = texts or with_later(export.sample, status.place, coded)
        if are_ordered_first(texts):
            export.ordered.add(status.place)
        if _are_payments(texts):
            export.authorised.add(status.place)
            word = next(text for text in texts if AUTHORISED.fullmatch(without_code(text).casefold()))
            seen = next(row[status.place] for row in export.sample.first if word in row[status.place])
            word = as_pattern(seen)
            export.say(
                "status",
                f"kolom {status.header!r}: {word!r} is de laatste stap in dit bestand, en telt als betaald; "
                f"zo niet: {rows_option('--zonder', status.header, word)}",
            )


def _by_contents(place: int, header: str, texts: Mapping[str, int]) -> Status:
    """A column of statuses that no header shows."""
    paid, first = _are_payments(texts), are_ordered_first(texts)
    return replace(status_at(place, header), authorised=paid, ordered=first)


def _are_payments(texts: Mapping[str, int]) -> bool:
    """Whether all words are authorised, or say that nothing came of it, as one at least does."""
    said = {text.casefold() for text in texts} - {REQUESTED}
    others = [text for text in said if not AUTHORISED.fullmatch(without_code(text))]
    fates = {fate_of(text, Status(0, "status")) for text in others}
    return len(others) < len(said) and Fate.FAILED in fates and fates <= {Fate.FAILED, Fate.CANCELLED}


def _ask_done(export: Export, place: int, texts: Mapping[str, int]) -> None:
    """Raise where some rows say yes and others say no or nothing: whether these count is not known."""
    yes = [text for text in texts if text.casefold().lstrip(MARK) in YES]
    cell = cell_of(place)
    blank = export.count(f"select count(*) from raw join lines using (rij) where {cell} = ''")
    if not yes or (len(yes) == len(texts) and not blank):
        return
    header, no = export.headers[place].strip(), sum(texts.values()) - sum(texts[one] for one in yes) + blank
    rows = format_rows(no)
    shown = ",".join(text.lstrip(MARK) for text in yes)
    every = _only(export, place, texts, every=True)
    words = ", ".join("'" + text.lstrip(MARK).replace("'", "''") + "'" for text in yes)
    others = f"select rij from raw join lines using (rij) where {cell} not in ({words})"
    if hold_nothing(export, others):
        none = f"kolom {header!r} is geen ja, en geen bedrag"
        export.leave_out(others, f"{none}: telt niet mee (wel met {every})")
        return
    raise Ambiguous(
        f"Kolom {header!r} is bij {rows} geen ja: tellen die als verkoop?",
        remedy=f"Zo niet: {rows_option('--alleen', header, shown)}. Telt alles: {every}.",
    )


def _ask_doubted(export: Export, place: int, texts: Mapping[str, int]) -> None:
    """Raise where some rows say yes: a dispute, or what was given away, may be no sale."""
    yes = {text: count for text, count in texts.items() if text.casefold().lstrip(MARK) in YES}
    every = export.count("select count(*) from raw")
    if not yes or sum(yes.values()) >= every:
        return
    header, count = export.headers[place].strip(), sum(yes.values())
    without = " ".join(rows_option("--zonder", header, text.lstrip(MARK)) for text in yes)
    raise Ambiguous(
        f"Kolom {header!r} is bij {format_rows(count)} ja: tellen die als verkoop?",
        remedy=f"Zo niet: {without}. Telt alles: {_only(export, place, texts, every=True)}.",
    )


def _is_flag(texts: Mapping[str, int]) -> bool:
    """Whether a column says yes and no; beside these it may say nothing, or a word here and there."""
    said = {text: text.casefold().lstrip(MARK) for text in texts}
    known = [text for text, word in said.items() if word in YES | NO]
    others = {word for word in said.values() if word not in YES | NO | _NOTHING}
    if not known or any(re.search("[0-9]", word) for word in others):
        return False  # a number of pieces, say
    return not others or 2 * sum(texts[text] for text in known) > sum(texts.values())


def _is_status(status: Status, texts: Mapping[str, int], *, beside: bool) -> bool:
    """Whether most words are of statuses, one of which does not count; beside: a header shows another."""
    header = plain(status.header)
    if _OTHERS.search(header) or any(len(text) > _LONGEST for text in texts):
        return False
    named = _NAMES.search(header) is not None
    fates = {text: fate_of(text, status) for text in texts}
    told = {text for text in texts if _tells(text) and fates[text] is not Fate.UNKNOWN}
    bad = {text for text in told if fates[text] in _BAD}
    hard = {text for text in bad if fates[text] not in _MAY_BE_ELSE or _OF_MONEY.search(text.casefold())}
    if not bad or (beside and not hard):
        return False
    if told == {*texts}:
        return bool(hard) or (not named and any(fates[text] is Fate.PAID for text in told))
    rows = sum(texts[text] for text in told)
    mostly = 2 * len(told) > len(texts) and 2 * rows > sum(texts.values())
    return not (beside or named) and (
        (mostly and bool(hard)) or (bool(_HINTS.search(header)) and (mostly or bool(hard)))
    )


def _is_of_others(header: str) -> bool:
    """Whether a plain header is of what is no sale, or names a thing."""
    return _OTHERS.search(header) is not None or _NAMES.search(header) is not None


def _tells(text: str) -> bool:
    said = without_code(text.strip()).casefold()
    return said not in YES | NO | _WEAK and len(said.split()) <= _WORDS and not re.search("[0-9@]", said)


def _may_be(header: str, texts: Mapping[str, int]) -> bool:
    """Whether a word says of an order that it does not count, beside words that we do not know."""
    few = len(texts) <= _SHOWN and all(len(text) <= _LONGEST for text in texts)
    return few and not _is_of_others(plain(header)) and any(_CERTAIN.fullmatch(t.casefold()) for t in texts)


def _shown(texts: Mapping[str, int]) -> str:
    return ", ".join(f"{text} ({format_number(count, 0)})" for text, count in texts.items()).replace(MARK, "")


def _only(export: Export, place: int, texts: Mapping[str, int], *, every: bool) -> str:
    """The option by which only some words of a column count, or every one, and rows without."""
    none = {text for text in texts if _CERTAIN.fullmatch(text.casefold())} | {*paid_back([*texts])}
    words = [text for text in texts if every or text not in none]
    cell = cell_of(place)
    if export.count(f"select count(*) from raw join lines using (rij) where {cell} = ''"):
        words.append("")
    return rows_option("--alleen", export.headers[place].strip(), *words)


def _say(export: Export, rows: Rows, place: int, texts: Mapping[str, int], what: str) -> None:
    # Of money paid back that the user names the sign would turn
    plainly = len(texts) <= _SHOWN and not paid_back([*texts])
    undo = f"; tellen alle rijen: {_only(export, place, texts, every=True)}" if plainly else ""
    export.say("status", f"kolom {rows.name(place)} {what}{undo}".replace(MARK, ""))


def _odd(texts: Mapping[str, int]) -> str:
    """The words of a column of yes and no that are neither, which count."""
    odd = {text: count for text, count in texts.items() if text.casefold().lstrip(MARK) not in YES | NO}
    return f"; niet herkend, telt mee: {_shown(odd)}" if odd else ""


def ask_credits(export: Export) -> None:
    """Raise where a status says that rows are credit notes, and none of these has a minus."""
    by_user = {plain(header) for header, _ in export.reading.by_user}
    for status in (*statuses_of(export), *export.flags):
        cell = cell_of(status.place)
        one = f"select 1 from lines where regexp_matches(lower({cell}), '{CREDIT}') limit 1"
        if plain(status.header) in by_user or export.reading.counted:
            continue
        if not export.sample.may_hold(status.place, re.compile(CREDIT).search) or not export.rows(one):
            continue
        seen = export.rows(f"""select {cell}, count(*), sum(v), min(v) from raw join lines using (rij)
            join {export.values("bedrag")} using (rij) where {cell} <> '' group by 1 order by 1""")
        notes = [one for one in seen if re.search(CREDIT, one[0].casefold())]
        if len(notes) != 1 or len(notes) == len(seen) or notes[0][3] < 0 or not notes[0][2]:
            continue
        word, count, held, _ = notes[0]
        counted = usual(export) - {Fate.REFUNDED, Fate.PARTLY_REFUNDED}
        sales = [text for text, *_ in seen if fate_of(text, status) in counted]
        many = format_rows(count)
        raise Ambiguous(
            f"Kolom {status.header!r} heeft {word!r} bij {many} zonder minteken, samen "
            f"{format_number(float(held), 2)}.",
            remedy=f"Gaat dat van de omzet af: {rows_option('--alleen', status.header, *sales, word)}. "
            f"Telt het niet: {rows_option('--alleen', status.header, *sales)}.",
        )
