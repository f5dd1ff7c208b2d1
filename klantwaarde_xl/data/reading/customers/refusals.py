"""Columns that say no to mail: their yes is a no of consent, whatever a column of consent says."""

from __future__ import annotations

from klantwaarde_xl.data.reading.cells.yes_or_no import NO
from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.sources.engine import sql_texts
from klantwaarde_xl.dutch import format_count, format_rows

REFUSALS = ("afmelding", "nietmailen", "onbezorgd")
"""Our columns of them: who left, who is not to be written to, whose mail came back."""

_CONSENT = "toestemming"
# What says nothing below such a header, or that mail is welcome
_NOTHING = NO | {
    "", "none", "geen", "n/a", "nvt", "n.v.t.", "never", "nooit", "null", "nan", "nat", "–", "—", "soft",
    "soft bounce", "0.0", "0,0", "0000-00-00", "0000-00-00 00:00:00", "subscribed", "aangemeld",
    "ingeschreven", "opt-in", "opt in", "optin", "opted-in", "opted in", "actief", "active", "allowed",
    "toegestaan", "welkom", "delivered", "ok",
}  # fmt: skip


def read_refusals(export: Export) -> None:
    """Turn columns that say no to mail into consent in raw: any that says so goes before a yes, and is said.

    Without a column of consent, whoever did not say no may be written to.
    """
    names = [name for name in REFUSALS if export.has(name)]
    if not names or all(column.name != _CONSENT for column in export.table.columns):
        return
    nothing = sql_texts(_NOTHING)
    refused = " or ".join(f"lower({export.shown(name)}) not in ({nothing})" for name in names)
    consent, shown = export.text(_CONSENT), export.shown(_CONSENT)
    rows = export.count(f"select count(*) from raw where {refused}")
    which = " en ".join(export.header(name) for name in names)
    if export.has(_CONSENT):
        against = export.count(f"""select count(*) from raw
            where ({refused}) and {shown} <> '' and lower({shown}) not in ({sql_texts(NO)})""")
        export.con.execute(f"update raw set {consent} = 'nee' where {refused}")
        beside = f", ook waar {export.header(_CONSENT)} iets anders zegt ({format_rows(against)})"
        beside = beside if against else ""
    else:
        export.con.execute(f"update raw set {consent} = if({refused}, 'nee', 'ja')")
        beside = "; wie daar niets of nee heeft, komt op een lijst om te mailen, ook zonder een ja"
    columns = format_count(len(names), "kolom", "kolommen").split(" ", 1)[1]
    export.say(
        _CONSENT,
        f"{columns} {which} {'zegt' if len(names) == 1 else 'zeggen'} wie geen mail wil: {format_rows(rows)} "
        f"niet mailen{beside}",
    )
