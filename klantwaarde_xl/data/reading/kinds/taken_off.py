"""Rows of a kind that is money paid back, which the user said to count: they are taken off."""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.cells.yes_or_no import NO, YES
from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.kinds.status_words import CREDIT
from klantwaarde_xl.data.reading.naming.headers import plain
from klantwaarde_xl.data.reading.sources.engine import sql_texts
from klantwaarde_xl.data.reading.sources.source import OF_PARTS, PART
from klantwaarde_xl.dutch import format_rows

# Headers above what each row is
_KIND_WORDS = """
    type typ soort transactiontype transactietype transactiesoort recordtype rowtype boekingssoort
    documenttype documentsoort dc dcindicator debetcredit debitcredit afbij bijaf fase stage stagename
    dealstage dealfase pipelinestage salesstage verkoopfase
    reportingcategory kind transactionkind rowkind linetype regeltype regelsoort soortregel soortrij eventtype
    journaltype itemtype lineitemtype orderitemtype entrytype soortitem soortorder ordersoort typeorder
    ordertype typerelatie relatietype soortrelatie relatiesoort contacttype partnertype soortcontact
    art vorgang belegart vorgangsart buchungsart transaktionsart transaktionstyp umsatzart typeoperation
    typedetransaction typededocument factuursoort facturatype invoicetype soortfactuur typefactuur
    amounttype bedragsoort soortbedrag
    tipo tipodetransaccion tipodeoperacion tipooperacion tipotransaccion tipodemovimiento tipodetransacao
    tipodeoperacao tipotransacao tipooperazione tipotransazione tipodioperazione tipoditransazione
    boekingstype mutatiesoort soortmutatie betalingssoort"""
# Above the journal that a row of a ledger is in
_JOURNAL_WORDS = """
    dagboek dagboeknaam dagboekcode dagboeknummer dagboeknr dagboeksoort journaal journaalcode journaalnaam
    journal journalcode journalname"""
OF_JOURNALS = frozenset(_JOURNAL_WORDS.split())
OF_KINDS = frozenset(_KIND_WORDS.split()) | OF_JOURNALS
# Above yes for a row that is a refund itself: its amount is what went back
OF_REFUNDS = frozenset(
    ["isrefund", "isreturn", "isretour", "retour", "retourzending", "creditnota", "iscredit"]
)
# Headers of what was sold, and of how it was paid: a `Retourkoffer`, or `Credit`, is no money paid back
_OF_OTHERS = re.compile("artikel|article|product|item|sku|omschrijving|description|naam|name|method|betaalw")
# Of two that stand against each other the second is what goes out
_SIDES = {
    "c": "d", "credit": "debet", "cr": "dr", "bij": "af", "in": "uit", "+": "-",
    "credit transfer": "debit transfer",
}  # fmt: skip
_IN, _OUT = frozenset(_SIDES), frozenset([*_SIDES.values(), "debit"])
DISCOUNT = re.compile("korting|coupon|discount|rabatt|remise")
# Said of an order, and not of a row that takes one off
_TURNED_BACK = re.compile(
    "(.* )?(refunded|returned|terugbetaald|gerestitueerd|geretourneerd|teruggestort|erstattet|rembours[ée]e?)"
)
_BACK = re.compile(
    r"refund|terugbetal|terugstort|retour|return|credit(?!eur|or|.?(?:card|transfer))|chargeback|reversal|storn|erstatt|rembours|rückzahl|devoluc|devolu[çc]|reembols|rimbors|estorn|contra?cargo"
)


def comes_in(value: str) -> bool:
    """Whether a side of a ledger or an account is the one on which money comes in."""
    return value.strip().casefold() in _IN


def is_paid_back(value: str) -> bool:
    """Whether a kind of rows is money paid back or a discount by its word, not by the side of a ledger."""
    return _goes_off(value.casefold())


def _goes_off(word: str) -> bool:
    return _BACK.search(word) is not None or DISCOUNT.search(word) is not None


def was_the_sale(export: Export, cell: str, word: str) -> bool:
    """Whether rows of `Refunded` are the orders themselves: no number of an order has these and others."""
    if not export.has("order") or not _TURNED_BACK.fullmatch(word.strip().casefold()):
        return False
    number = export.shown("order")
    return not export.rows(
        f"""select 1 from raw join lines using (rij) where {number} <> ''
            group by {number} having count(distinct {cell} = $word) > 1 limit 1""",
        {"word": word},
    )


def paid_back(values: list[str]) -> list[str]:
    """Those of these kinds of rows that are money paid back or a discount; none where all are."""
    said = [value.strip().casefold() for value in values]
    if set(said) <= _IN | _OUT:
        found = [value for value, word in zip(values, said, strict=True) if word in _OUT]
    else:
        found = [value for value, word in zip(values, said, strict=True) if _goes_off(word)]
    return found if len(found) < len(values) else []


def take_off(export: Export) -> None:
    """Give rows of those kinds a minus, where the user named them beside sales and none has one itself.

    Kinds stand in a column of kinds; in a status only a credit note is one: an order that was refunded is
    a sale and its refund, which `statuses` sees to. Rows that the user says are refunds have one in any case.
    """
    for header, pattern in export.reading.back:
        text = pattern.replace("'", "''")
        cell = export.cell(header)
        _put_minus(
            export,
            f"select rij from raw join lines using (rij) where lower({cell}) glob lower('{text}')",
            f"{pattern!r} in {header}",
        )
    for part, name in export.back_parts:
        rows = f"select rij from raw where rij // {PART} = {part}"
        amounts = export.values("bedrag")
        if not export.rows(f"select 1 from {amounts} where v < 0 and rij in ({rows}) limit 1"):
            _put_minus(export, rows, f"blad {name!r}")
    for cell, words, header in export.credits:
        these = sql_texts(words)
        _put_minus(
            export,
            f"select rij from raw join lines using (rij) where {cell} in ({these})",
            f"{', '.join(map(repr, words))} in {header}",
        )
    if not export.has("bedrag"):
        return
    for header, _ in export.reading.only:
        if _OF_OTHERS.search(plain(header)) or plain(header) in OF_PARTS:
            continue
        cell = export.cell(header)
        kinds = export.rows(f"select distinct {cell} from raw join lines using (rij) where {cell} <> ''")
        back = paid_back([kind for (kind,) in kinds])
        if plain(header) in OF_REFUNDS and {kind.casefold() for (kind,) in kinds} <= YES | NO:
            back = [kind for (kind,) in kinds if kind.casefold() in YES]
        elif plain(header) not in OF_KINDS:
            back = [kind for kind in back if re.search(CREDIT, kind.casefold())]
        if not back:
            continue
        these = sql_texts(back)
        rows = f"select rij from raw join lines using (rij) where {cell} in ({these})"
        if not export.rows(
            f"select 1 from {export.values('bedrag')} where v < 0 and rij in ({rows}) limit 1"
        ):
            _put_minus(export, rows, f"{', '.join(map(repr, sorted(back)))} in {header}")


def _put_minus(export: Export, rows: str, what: str) -> None:
    """Turn the sign of amounts above nought, and of the same with VAT; rows: SQL that gives their `rij`."""
    amounts = export.values("bedrag")
    count, held = export.rows(f"select count(*), sum(v) from {amounts} where v > 0 and rij in ({rows})")[0]
    if not count:
        return
    for name in ("bedrag", *(["incl"] if export.has("incl") else [])):
        values = export.own_values(name)
        export.con.execute(f"update {values} set v = -v where v > 0 and rij in ({rows})")
    many = format_rows(count)
    export.say(
        "bedrag",
        f"{many} met {what}, samen {export.money(held)}, {'is' if count == 1 else 'zijn'} van "
        "de omzet af: geld terug of korting, zonder minteken",
    )
