"""Columns that say no to mail: their yes is a no of consent, whatever a column of consent says."""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.cells.yes_or_no import NO
from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.naming.headers import ABSENT, plain
from klantwaarde_xl.data.reading.sources.engine import sql_texts
from klantwaarde_xl.data.reading.sources.source import OF_PARTS
from klantwaarde_xl.dutch import format_count, format_rows

REFUSALS = ("afmelding", "nietmailen", "onbezorgd")
"""Our columns of them: who left, who is not to be written to, whose mail came back."""

_CONSENT = "toestemming"
# What no column says that is about anything but mail
_UNMISTAKABLE = (
    "unsubscribed", "unsubscribe", "uitgeschreven", "afgemeld", "opt-out", "opt out", "opted-out",
    "opted out", "opted_out", "bounced", "hard bounce", "no consent", "geen toestemming", "never subscribed",
    "never_subscribed", "do not contact", "do not mail", "niet mailen", "geen mailing", "geen mail",
    "spam complaint", "complained", "suppressed", "abgemeldet",
)  # fmt: skip
# In the name of a file of a program for mail, which writes one for each sort of address
_FILE_SAYS_NO = (
    "(un|non|not)[ _-]?subscribed|cleaned|uitgeschreven|afgemeld|opt[ _-]?outs?\\b|bounced|suppress"
)
_FILE_SAYS_YES = "subscribed|aangemeld|ingeschreven"
# What says nothing below such a header, or that mail is welcome
_NOTHING = NO | {
    "", "none", "geen", "n/a", "nvt", "n.v.t.", "never", "nooit", "null", "nan", "nat", "–", "—", "soft",
    "soft bounce", "0.0", "0,0", "0000-00-00", "0000-00-00 00:00:00", "subscribed", "aangemeld",
    "ingeschreven", "opt-in", "opt in", "optin", "opted-in", "opted in", "actief", "active", "allowed",
    "toegestaan", "welkom", "delivered", "ok",
}  # fmt: skip


def read_refusals(export: Export) -> None:
    """Turn columns that say no to mail into consent in raw: any that says so goes before a yes, and is said.

    Without a column of consent one is taken whose cells say no to mail, as a status does (`Unsubscribed`);
    without that, whoever did not say no may be written to.
    """
    if all(column.name != _CONSENT for column in export.table.columns):
        return
    if not export.has(_CONSENT) and _CONSENT not in export.absent:
        _take_status(export)
    names = [name for name in REFUSALS if export.has(name)]
    if not names:
        if not export.has(_CONSENT) and _CONSENT not in export.absent:
            _take_names_of_files(export)
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


def _take_status(export: Export) -> None:
    """Take the column of consent by its cells, where one of them says no to mail in words of nothing else."""
    taken, words = {*export.places.values()}, sql_texts(_UNMISTAKABLE)
    for place, header in enumerate(export.headers):
        if place in taken:
            continue
        cell = f"trim(coalesce(cast(c{place} as varchar), ''))"
        found = export.rows(
            f"""select {cell}, count(*) from lines join raw using (rij) where lower({cell}) in ({words})
                group by 1 order by 2 desc, 1 limit 1"""
        )
        if found:
            consent = export.text(_CONSENT)
            export.con.execute(f"update raw set {consent} = {cell} from lines where lines.rij = raw.rij")
            export.places[_CONSENT] = place
            export.say(
                _CONSENT,
                f"kolom {header.strip()!r} zegt wie geen mail wil, zoals {found[0][0]!r}; gaat zij over iets "
                f"anders: --kolommen {_CONSENT}={ABSENT}",
            )
            return


def _take_names_of_files(export: Export) -> None:
    """Take consent from what the files are called, where one says that those in it want no mail."""
    files = export.source.part_names(OF_PARTS[0])
    refused = [name for name in files if re.search(_FILE_SAYS_NO, name.casefold())]
    if not refused or any(plain(header) == OF_PARTS[0] for header in export.headers):
        return
    name, consent = f"lower({export.cell(OF_PARTS[0])})", export.text(_CONSENT)
    export.con.execute(
        f"""update raw set {consent} = case when regexp_matches({name}, '{_FILE_SAYS_NO}') then 'nee'
            when regexp_matches({name}, '{_FILE_SAYS_YES}') then 'ja' else {consent} end"""
    )
    export.say(
        _CONSENT,
        f"het bestand heet {', '.join(map(repr, refused))}: wie daarin staat, krijgt geen mail; gaat die "
        f"naam over iets anders: --kolommen {_CONSENT}={ABSENT}",
    )
