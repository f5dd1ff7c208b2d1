"""Rows without an amount or a day that another column has: by which option they are read, and not lost."""

from __future__ import annotations

from klantwaarde_xl.data.reading.cells.contents import SAMPLE, Cells
from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.naming.headers import ABSENT, as_option, forms, plain
from klantwaarde_xl.data.reading.naming.words import DATE
from klantwaarde_xl.data.reading.questions.stamps import is_stamp
from klantwaarde_xl.data.reading.revenue.sums import holds
from klantwaarde_xl.data.reading.units.first_lines import of_order_above

_CENT = 0.011
_PRODUCT = ("aantal", "stukprijs")


def read_otherwise(export: Export) -> str:
    """The option that reads all rows of which table problems says that a cell is empty; nothing for none.

    That is advice (Dutch) with what to type, of an export of orders.
    """
    if not export.table.of_orders:
        return ""
    found = []
    for name, advise in (("bedrag", _amount), ("datum", _day)):
        at = export.table.read.index(export.column(name))
        rows = [row for (row,) in export.rows(f"""select rij from problems
            where kolom = {at} and trim(inhoud) = '' order by rij limit {SAMPLE}""")]  # fmt: skip
        if rows and name in export.places and (advice := advise(export, rows)):
            found.append(advice)
    return " ".join(found)


def _amount(export: Export, rows: list[int]) -> str:
    sample = export.sample
    amount = sample.column(export.places["bedrag"])
    if export.has("incl") and not export.reading.vat and _is_full(export, export.places["incl"], rows):
        return f"Met btw ({export.header('incl')}) staat het bedrag er wel: --btw incl."
    if all(export.has(name) and _is_full(export, export.places[name], rows) for name in _PRODUCT):
        pieces, price = (sample.column(export.places[name]).numbers for name in _PRODUCT)
        product = [
            a * b if a is not None and b is not None else None for a, b in zip(pieces, price, strict=True)
        ]
        if _are_same(amount, product):
            of = " × ".join(export.header(name) for name in _PRODUCT)
            return f"{of} staat er wel, en is op de andere rijen het bedrag: --kolommen bedrag={ABSENT}."
    taken = {place for name, place in export.places.items() if name != "incl"}
    for place, one in sample.numbers.items():
        if place not in taken and _are_same(amount, one.numbers) and _is_full(export, place, rows):
            option = as_option(export.headers, "bedrag", place)
            return (
                f"Kolom {sample.name(place)} heeft het bedrag wel, en is op de andere rijen gelijk: {option}."
            )
    return ""


def _are_same(amount: Cells, other: tuple[float | None, ...] | list[float | None]) -> bool:
    """Whether another column is the amount wherever both are filled, in some rows."""
    both = any(None not in pair and pair[0] for pair in zip(amount.numbers, other, strict=True))
    return both and holds(lambda one, two: abs(one - two) < _CENT, amount.numbers, other)


def _day(export: Export, rows: list[int]) -> str:
    return _other_day(export, rows) or of_order_above(export, rows)


def _other_day(export: Export, rows: list[int]) -> str:
    sample = export.sample
    days = [
        place
        for place, header in enumerate(export.headers)
        if plain(header) and place not in export.places.values() and sample.column(place).is_days
        and not is_stamp(header)
        and _is_full(export, place, rows)
    ]  # fmt: skip
    if not days:
        return ""
    best = min(days, key=lambda place: min((DATE.index(form) for form in forms(export.headers[place])
                                            if form in DATE), default=len(DATE)))  # fmt: skip
    option = as_option(export.headers, "datum", best)
    return f"Kolom {sample.name(best)} heeft op alle rijen een datum: {option}."


def _is_full(export: Export, place: int, rows: list[int]) -> bool:
    """Whether a column has something on every row that is read, and what is no nothing on these."""
    cell = cell_of(place)
    blank = f"select 1 from raw join lines using (rij) where {cell} in ('', '-') limit 1"
    nought = f"""select 1 from lines where rij in (select unnest($rows))
        and not regexp_matches({cell}, '[1-9]') limit 1"""
    return not export.rows(blank) and not export.rows(nought, {"rows": rows})
