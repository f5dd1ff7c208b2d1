"""VAT and discount that a file has as percentages: which columns these are, and their values as shares."""

from __future__ import annotations

from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.naming.headers import ABSENT
from klantwaarde_xl.data.reading.revenue.sums import is_of_a_hundred, shares_in
from klantwaarde_xl.errors import FileUnreadable

MAY_BE = ("btw", "korting")


def find_shares(export: Export) -> None:
    """Note which columns hold shares, before any value is read."""
    amount = export.places.get("bedrag")
    rows = export.sample
    for name in MAY_BE:
        if export.has(name) and (name != "btw" or export.reading.vat):
            beside = rows.column(amount) if amount is not None and name == "btw" else None
            if shares_in(rows.column(export.places[name]), beside) is not None:
                export.shares.add(name)


def make_shares(export: Export) -> None:
    """Give these columns the shares that their texts mean: 0.21 of 21%, of 21 and of 0.21."""
    for name in export.shares & export.places.keys():
        values, is_part = export.values(name), f"contains({export.shown(name)}, '%')"
        bare = [
            float(value)
            for (value,) in export.rows(
                f"select distinct v from {values} join raw using (rij) where not {is_part} limit 1000"
            )
        ]
        divided = "v / 100" if is_of_a_hundred(bare) else "v"
        export.set_values(
            name, f"select rij, if({is_part}, v, {divided}) as v from {values} join raw using (rij)"
        )


def refuse_words(export: Export, name: str, what: str) -> None:
    """Raise for VAT or a discount in words, such as `hoog`, which would count as none."""
    text = export.shown(name)
    words = export.rows(
        f"""select {text}, min(rij) from raw anti join {export.values(name)} using (rij)
            where {text} not in ('', '-') group by 1 order by 2 limit 1"""
    )
    if words:
        raise FileUnreadable(
            f"In kolom {export.header(name)} staat {words[0][0]!r}: dat is geen bedrag en geen percentage, "
            f"dus {what}, is niet te zeggen.",
            where=export.source.row(words[0][1]),
            remedy="Zet in die kolom bedragen of percentages, of lees zonder haar: --kolommen "
            f"{name}={ABSENT}{', zonder --btw' if name == 'btw' else ''}.",
        )
