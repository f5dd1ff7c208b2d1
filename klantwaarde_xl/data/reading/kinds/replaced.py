"""Rows that another row takes the place of: one of the two names the other, or says why it came back."""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.naming.headers import plain
from klantwaarde_xl.data.reading.questions.choices import rows_option
from klantwaarde_xl.dutch import format_rows
from klantwaarde_xl.errors import Ambiguous

_BY_ANOTHER = re.compile(
    "(vervangen|gecrediteerd)(door|met|op|via)(factuur|creditnota|creditfactuur)?(nr|nummer)?|"
    "(replaced|superseded|credited|voided|reversed)by(invoice|creditnote)?(no|nr|number|id)?|"
    "(ersetzt|storniert)durch|(remplacee?|annulee?)par|storno(reden|code)|(reversal|chargeback)(reason|code)|"
    "stornogrund"
)
_OF_ANOTHER = re.compile(
    "(vervangt|vervanging(van|voor)|tervervangingvan|replaces|supersedes|replacement(of|for)|ersetzt|remplace)"
    "(de|het|the)?(oude|original|previous)?"
    "(factuur|order|bestelling|invoice|rechnung|facture|document)?(nr|nummer|no|number|id)?"
)
_NOTHING = ("", "-", "0", "nee", "no", "nein", "non", "false", "nvt", "n.v.t.", "n/a", "null", "none")


def ask_replaced(export: Export) -> None:
    """Raise `Ambiguous` where some rows name the one that replaces or credits them and count above nought."""
    named = {plain(header) for header, _ in export.reading.by_user}
    for place, header in enumerate(export.headers):
        if not _BY_ANOTHER.fullmatch(plain(header)) or plain(header) in named:
            continue
        if place in export.places.values():
            continue
        cell, name = cell_of(place), header.strip()
        nothing = ", ".join(f"'{text}'" for text in _NOTHING)
        rows = "raw join lines using (rij) where true"
        above = (
            f"not regexp_matches({export.shown('bedrag')}, '^[(-]|-$')" if export.has("bedrag") else "true"
        )
        these = f"lower({cell}) not in ({nothing}) and {above}"
        count, first = export.rows(f"select count(*), min(rij) from {rows} and {these}")[0]
        blanks = [text for (text,) in export.rows(f"select distinct {cell} from {rows} and not ({these})")]
        if not count or not blanks or not set(map(str.lower, blanks)) <= set(_NOTHING):
            continue
        many = format_rows(count)
        raise Ambiguous(
            f"Kolom {name!r} is ingevuld bij {many}: dan kan wat er stond teruggedraaid of vervangen zijn.",
            where=export.source.at(first),
            remedy=f"Telt dat niet: {rows_option('--alleen', name, *blanks)}. Telt het "
            f'toch: --alleen "{name}=*".',
        )


def leave_out_replaced(export: Export) -> None:
    """Leave out what a row above nought says that it replaces, unless another one takes it off."""
    if not export.has("order"):
        return
    named = {plain(header) for header, _ in export.reading.by_user}
    number, who = export.shown("order"), export.shown("klant") if export.has("klant") else "''"
    for place, header in enumerate(export.headers):
        if not _OF_ANOTHER.fullmatch(plain(header)) or plain(header) in named:
            continue
        if place in export.places.values():
            continue
        export.leave_out(
            f"""with sums as (
                  select {number} as nr, any_value({who}) as klant, sum(v) as v
                  from raw join {export.values("bedrag")} using (rij) where {number} <> '' group by 1
                ), older as (
                  select distinct {cell_of(place)} as nr, {number} as by
                  from raw join lines using (rij) where {cell_of(place)} <> ''
                ), gone as (
                  select old.nr from older join sums old using (nr) join sums new on new.nr = older.by
                  where new.nr <> old.nr and new.v > 0 and old.v > 0 and not exists (
                    from sums back where back.klant = old.klant and back.v = -old.v)
                ) select rij from raw where {number} in (select nr from gone)""",
            f"vervangen door een rij die het nummer noemt in kolom {header.strip()!r}; telt het toch: "
            f'--alleen "{header.strip()}=*"',
        )
