"""A column of refunds that says yes or no to each order, and no amount."""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.cells.columns import cleaned
from klantwaarde_xl.data.reading.cells.contents import Cells
from klantwaarde_xl.data.reading.cells.yes_or_no import NO, NOT_BACK, PAID_BACK, YES
from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.kinds.fates import Status
from klantwaarde_xl.data.reading.naming.headers import plain
from klantwaarde_xl.data.reading.naming.words import OF_REFUNDS
from klantwaarde_xl.data.reading.sources.engine import make_table
from klantwaarde_xl.data.reading.sources.typed import type_of
from klantwaarde_xl.errors import Ambiguous

_MOST_WORDS = 30  # of a column that is looked at for yes and no
_WHOLE = re.compile(
    "(is)?(fully|full|whole|completely|volledig|geheel|helemaal)(refund|refunded|terugbetaald|gerestitueerd|"
    "teruggestort)"
)
_MOST_AMOUNTS = 1000  # different ones that are looked at


def take_flag(export: Export) -> None:
    """A column of refunds that says yes or no, and no amount, tells which orders were paid back whole."""
    if not export.has("terugbetaald"):
        return
    place = export.places["terugbetaald"]
    shown = f"lower({cell_of(place)})"
    said = {
        text
        for (text,) in export.rows(
            f"select distinct {shown} from raw join lines using (rij) where {shown} <> '' limit {_MOST_WORDS}"
        )
    }
    is_amount = re.search("amount|bedrag|tota", plain(export.headers[place])) is not None
    digits = {text for text in said if text.isdigit()}
    # Noughts alone are no money that went back, unless another column has that
    says = said & (YES | PAID_BACK) or (said and (not digits or (said <= NO and _other_has(export, place))))
    if said <= YES | NO | PAID_BACK | NOT_BACK and says and not is_amount and digits in (said, set()):
        del export.places["terugbetaald"]
        place = _with_amounts_back(export, place)
        export.flags.append(Status(place, export.headers[place].strip(), of_refund=True))


def _other_has(export: Export, place: int) -> bool:
    """Whether the first rows of another column of refunds hold money."""
    others = (at for at, header in enumerate(export.headers) if at != place and _is_of_refunds(header))
    return any(any(export.sample.column(at).numbers) for at in others)


def _is_of_refunds(header: str) -> bool:
    return re.search(OF_REFUNDS, plain(header)) is not None


def _with_amounts_back(export: Export, flag: int) -> int:
    """Take a column beside the one that says yes with what was paid back in part, of other orders than these.

    Returns the column that says yes: that one, or one that says it of orders that were paid back whole.
    Raises `Ambiguous` where it has amounts of both: then all went back of an order with yes, or only that.
    """
    if "terugbetaald" in export.named:
        return flag
    whole = [at for at, header in enumerate(export.headers) if at != flag and _WHOLE.fullmatch(plain(header))]
    rows = export.sample
    for place, header in enumerate(export.headers):
        if place == flag or not _is_of_refunds(header):
            continue
        back = Cells(place, header, tuple(text for (text,) in export.rows(f"""
            select distinct {rows.cell(place)} from lines where rij > {export.header_row}
            limit {_MOST_AMOUNTS}""")))  # fmt: skip
        if back.is_numbers and any(number not in (None, 0, 1) for number in back.numbers):
            for says in (flag, *whole):
                if _is_of_others(export, says, place):
                    _take(export, place)
                    return says
            shown, yes = header.strip(), export.headers[flag].strip()
            raise Ambiguous(
                f"Kolom {yes!r} zegt of een order is terugbetaald, en {shown!r} hoeveel er terugging.",
                remedy=f'Ging alleen dat bedrag terug: --kolommen "terugbetaald={shown}". Is een order met '
                f'ja helemaal terugbetaald: --kolommen "terugbetaald={yes}".',
            )
    return flag


def _is_of_others(export: Export, flag: int, place: int) -> bool:
    """Whether no order that was paid back whole has an amount in a column, which text holds."""
    words = ", ".join(f"'{word}'" for word in YES | PAID_BACK)
    return type_of(export.con, export.text("terugbetaald"), "raw") == "VARCHAR" and not export.rows(
        f"""select 1 from raw join lines using (rij) where lower({cell_of(flag)}) in ({words})
            and regexp_matches({cell_of(place)}, '[1-9]') limit 1"""
    )


def _take(export: Export, place: int) -> None:
    text = cleaned(export.column("terugbetaald"), f"coalesce(cast(c{place} as varchar), '')")
    make_table(
        export.con,
        "raw",
        f"select raw.* replace ({text} as {export.text('terugbetaald')}) from raw join lines using (rij)",
    )
    export.places["terugbetaald"] = place
    export.say(
        "terugbetaald",
        f"kolom {export.header('terugbetaald')} is wat in delen is terugbetaald; welke orders helemaal zijn "
        "terugbetaald, zegt een andere kolom",
    )
