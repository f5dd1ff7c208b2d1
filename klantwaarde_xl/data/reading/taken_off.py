"""Rows of a kind that is money paid back, which the user said to count: they are taken off."""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.headers import find_header, plain
from klantwaarde_xl.data.reading.status_words import CREDIT
from klantwaarde_xl.data.reading.statuses import NO, YES
from klantwaarde_xl.dutch import format_number

# Headers above what each row is
_KIND_WORDS = """
    type typ soort transactiontype transactietype transactiesoort recordtype rowtype boekingssoort
    documenttype documentsoort dc dcindicator debetcredit debitcredit afbij bijaf fase stage dealstage
    reportingcategory kind transactionkind rowkind linetype regeltype regelsoort soortregel soortrij eventtype
    journaltype"""
OF_KINDS = frozenset(_KIND_WORDS.split())
# Above yes for a row that is a refund itself: its amount is what went back
OF_REFUNDS = frozenset(
    ["isrefund", "isreturn", "isretour", "retour", "retourzending", "creditnota", "iscredit"]
)
# Headers of what was sold, and of how it was paid: a `Retourkoffer`, or `Credit`, is no money paid back
_OF_OTHERS = re.compile("artikel|article|product|item|sku|omschrijving|description|naam|name|method|betaalw")
# Of two that stand against each other the second is what goes out
_SIDES = {"c": "d", "credit": "debet", "cr": "dr", "bij": "af", "in": "uit", "+": "-"}
_IN, _OUT = frozenset(_SIDES), frozenset([*_SIDES.values(), "debit"])
_BACK = re.compile(
    r"refund|terugbetal|terugstort|retour|return|credit(?!.?card)|chargeback|reversal|storn|erstatt|rembours|rückzahl"
)


def comes_in(value: str) -> bool:
    """Whether a side of a ledger or an account is the one on which money comes in."""
    return value.strip().casefold() in _IN


def paid_back(values: list[str]) -> list[str]:
    """Those of these kinds of rows that are money paid back; none where they are the only ones."""
    said = [value.strip().casefold() for value in values]
    if set(said) <= _IN | _OUT:
        found = [value for value, word in zip(values, said, strict=True) if word in _OUT]
    else:
        found = [value for value, word in zip(values, said, strict=True) if _BACK.search(word)]
    return found if len(found) < len(values) else []


def take_off(export: Export) -> None:
    """Give rows of those kinds a minus, where the user named them beside sales and none has one itself.

    Kinds stand in a column of kinds; in a status only a credit note is one: an order that was refunded is
    a sale and its refund, which `statuses` sees to.
    """
    if not export.has("bedrag"):
        return
    for header, _ in export.reading.only:
        if _OF_OTHERS.search(plain(header)):
            continue
        cell = cell_of(find_header(export.headers, header))
        kinds = export.rows(f"select distinct {cell} from raw join lines using (rij) where {cell} <> ''")
        back = paid_back([kind for (kind,) in kinds])
        if plain(header) in OF_REFUNDS and {kind.casefold() for (kind,) in kinds} <= YES | NO:
            back = [kind for (kind,) in kinds if kind.casefold() in YES]
        elif plain(header) not in OF_KINDS:
            back = [kind for kind in back if re.search(CREDIT, kind.casefold())]
        if not back:
            continue
        amounts = export.values("bedrag")
        these = ", ".join("'" + kind.replace("'", "''") + "'" for kind in back)
        rows = f"select rij from raw join lines using (rij) where {cell} in ({these})"
        minus, count, held = export.rows(
            f"""select count(*) filter (v < 0), count(*) filter (v > 0), sum(v) filter (v > 0)
                from {amounts} where rij in ({rows})"""
        )[0]
        if minus or not count:
            continue
        export.own_values("bedrag")
        export.con.execute(f"update {amounts} set v = -v where rij in ({rows})")
        shown = ", ".join(map(repr, sorted(back)))
        export.say(
            "bedrag",
            f"{format_number(count, 0)} rijen met {shown} in {header}, samen € "
            f"{format_number(float(held), 2)}, zijn van de omzet af: terugbetalingen zonder minteken",
        )
