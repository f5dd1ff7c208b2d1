"""Signs that nobody sees in a name or an address, as pasted texts have them: one customer stays one."""

from __future__ import annotations

from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.sources.engine import make_table

# Blanks without a width, joiners, marks of the direction of writing, a mark of the order of bytes
_SIGNS = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"


def take_off_invisible(export: Export) -> bool:
    """Take them off in raw where any customer of table customers has one; whether one had."""
    if not export.may_be_a_customer(lambda name: any(sign in name for sign in _SIGNS)):
        return False
    has = " or ".join(f"contains(k, '{sign}')" for sign in _SIGNS)
    if not export.rows(f"select 1 from customers where {has} limit 1"):
        return False
    text = export.text("klant")
    bare = f"trim(translate({text}, '{_SIGNS}', ''), ' \u00a0\t')"
    make_table(export.con, "raw", f"select * replace ({bare} as {text}) from raw")
    return True
