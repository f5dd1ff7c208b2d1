"""Whether the sheets of a workbook may be called after customers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from klantwaarde_xl.data.reading.cells.years_named import years_named
from klantwaarde_xl.data.reading.sources.parts import is_copy, is_no_sale
from klantwaarde_xl.dutch import MONTH_NUMBER

# What a program calls a sheet, or a part of a year
_NO_NAME = re.compile(
    r"(blad|sheet|tabelle|feuil(le)?|hoja|foglio|deel|part|pagina|page|q|kwartaal|week|wk)?[\W\d_]*"
)


def may_be_customers(names: Sequence[str]) -> bool:
    """Whether sheets may be called after customers: not after periods, copies, or by number."""
    return len(names) > 1 and not any(
        _NO_NAME.fullmatch(name.casefold().strip())
        or years_named(name)
        or MONTH_NUMBER.keys() & set(re.findall(r"[^\W\d_]+", name.casefold()))
        or is_copy(name, names)
        or is_no_sale(name)
        for name in names
    )
