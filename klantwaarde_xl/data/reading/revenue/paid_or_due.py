"""What was paid beside money under a header that nobody knows, which may be the revenue."""

from __future__ import annotations

import re
from collections.abc import Mapping

from klantwaarde_xl.data.reading.cells.contents import Cells
from klantwaarde_xl.data.reading.cells.rows import Rows
from klantwaarde_xl.data.reading.naming.headers import name_of, plain
from klantwaarde_xl.data.reading.revenue.running_totals import is_total_so_far
from klantwaarde_xl.errors import Ambiguous

# Money that is no revenue, and numbers that are no money
_OTHERS = re.compile(
    "openstaand|saldo|solde|kontostand|cumul|balance|due|outstanding|limiet|limit|korting|discount|btw|vat|tax|kosten|costs?|fee|inkoop|"
    "marge|margin|terug|refund|cadeau|gift|punten|points|nummer|number|nr$|id$|code|tel|post|jaar|year|aantal|qty|"
    "gewicht|weight|rekening|iban|koers|rate|stand|tegoed|budget|offerte|quote"
)
_DUE = re.compile("openstaand|outstanding|(amount|balance)due|nogtebetalen|teontvangen")
_MOSTLY = 0.9


def ask_paid(rows: Rows, found: Mapping[str, int], money: Mapping[int, Cells]) -> None:
    """Raise `Ambiguous` where other money is what was paid on some rows and more on others, or still due."""
    paid = found["bedrag"]
    if paid not in money:
        return
    whole = None
    due = next((at for at, one in money.items() if _DUE.search(plain(one.header)) and any(one.numbers)), None)
    if due is not None and _is_whole(money[paid], money[due]):
        whole, due = due, None
    if due is not None and due not in found.values():
        both = f"bedrag={name_of(rows.headers, paid)},plus2={name_of(rows.headers, due)}"
        raise Ambiguous(
            f"Kolom {rows.name(paid)} is wat is betaald, en in {rows.name(due)} staat wat nog open is: van "
            "een rij die niet is betaald, telt dan niets.",
            where=rows.where,
            remedy=f'Is de omzet die twee samen: --kolommen "{both}". Telt alleen wat is betaald: '
            f"{rows.typed('bedrag', paid)}.",
        )
    fitting = [
        at
        for at, one in money.items()
        if at not in found.values()
        and (at == whole or not _OTHERS.search(plain(one.header)))
        and _is_more(money[paid], one)
        and not is_total_so_far(one, money[paid])
    ]
    if not fitting:
        return
    raise Ambiguous(
        f"Kolom {rows.name(paid)} is wat is betaald; wat er te betalen was, kan in {rows.name(fitting[0])} "
        "staan: dat is soms meer.",
        where=rows.where,
        remedy=f"Is dat de omzet: {rows.typed('bedrag', fitting[0])}. Telt wat is betaald: "
        f"{rows.typed('bedrag', paid)}.",
    )


def _is_whole(paid: Cells, due: Cells) -> bool:
    """Whether what was due is what was paid where anything was: all that there was to pay, and no rest."""
    pairs = [
        (one, all_) for one, all_ in zip(paid.numbers, due.numbers, strict=True) if one and all_ is not None
    ]
    return bool(pairs) and sum(abs(one - all_) < 0.01 for one, all_ in pairs) >= _MOSTLY * len(pairs)


def _is_more(paid: Cells, other: Cells) -> bool:
    pairs = [
        (one or 0.0, whole)
        for one, whole in zip(paid.numbers, other.numbers, strict=True)
        if whole is not None
    ]
    same = [abs(one - whole) < 0.01 for one, whole in pairs]
    more = [whole > one for one, whole in pairs]
    return any(same) and any(more) and sum(map(any, zip(same, more, strict=True))) >= _MOSTLY * len(pairs)
