"""The one currency of all amounts, which sums are said in; it may be too early to know that there is one."""

from __future__ import annotations

from klantwaarde_xl.data.reading.cells.currencies import EURO, currency_named
from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.naming.headers import currency_of
from klantwaarde_xl.data.reading.revenue.currency_of_parts import codes_of_parts
from klantwaarde_xl.data.reading.sources.engine import stands
from klantwaarde_xl.data.reading.sources.typed import quoted
from klantwaarde_xl.data.tables import Kind

CURRENCY = "valuta"  # the column that names the currency of its row
_FIRST = 1000  # rows of which the texts are looked at, while no amount has been read


def named_by(export: Export, text: str) -> str:
    """The SQL of the code that a text names; what names none stands for itself."""
    texts = [said for (said,) in export.rows(f"select distinct {text} from raw") if said]
    cases = " ".join(
        f"when {quoted(said, chr(39))} then '{code}'" for said in texts if (code := currency_named(said))
    )
    return f"case {text} {cases} else upper({text}) end" if cases else f"upper({text})"


def currency_of_rows(export: Export) -> str | None:
    """The code of the one currency that all rows have, euros where none is said; None for several."""
    codes = _own(export) or _marks(export) or _headers(export) or {*codes_of_parts(export).values()}
    if not codes:
        return next((code for code, _ in export.reading.currencies), EURO)
    return codes.pop() if len(codes) == 1 else None


def _own(export: Export) -> set[str]:
    if not export.has(CURRENCY):
        return set()
    cells = export.rows(f"select distinct {export.text(CURRENCY)} from raw")
    texts = {str(cell or "").strip() for (cell,) in cells}
    return {currency_named(text) or text.upper() for text in texts if text}


def _marks(export: Export) -> set[str]:
    """What stands with the amounts themselves."""
    found: set[str] = set()
    for name in _money(export):
        values, text = export.values(name), export.shown(name)
        if stands(export.con, values):
            rows = export.rows(f"select distinct valuta from {values} where valuta is not null")
        else:
            mark = rf"trim(regexp_replace({text}, '[-+()\d.,''\s]', '', 'g'))"
            rows = export.rows(f"select distinct {mark} from (from raw limit {_FIRST})")
        found |= {code for (mark,) in rows if mark and (code := currency_named(mark))}
    return found


def _headers(export: Export) -> set[str]:
    return {code for name in _money(export) if (code := currency_of(export.headers[export.places[name]]))}


def _money(export: Export) -> list[str]:
    """The columns of amounts that there are; of several for one thing, the first is revenue's own."""
    names = [one.name for one in export.table.columns if one.kind is Kind.AMOUNT]
    names += ["stukprijs", "erbij", "eraf"] if export.table.of_orders else []
    there = [name for name in names if export.has(name)]
    return there[:1] if "bedrag" in there and export.table.of_orders else there
