"""The last day of what may still run: far ahead, and written as a day in 9999 where there is none."""

from __future__ import annotations

import datetime as dt

from klantwaarde_xl.data.reading.days.months_of_contracts import take_contract_months
from klantwaarde_xl.data.reading.days.running_words import RUNNING, STATUS
from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.sources.engine import sql_texts
from klantwaarde_xl.data.tables import Column
from klantwaarde_xl.dutch import FIRST_YEAR, format_number

# What programs write for "no end"; in 2099 only the last day of the year
_NEVER = (
    r"(^|\D)(9999|2999)(\D|$)|^\D*(31-12-2099|2099-12-31|31/12/2099|12/31/2099)\b"
    r"|^\D*0{1,4}[-/.]0{1,2}[-/.]0{1,4}\b"
)

_SHOWN = 4  # words of a status

# Words in the place of an end: it runs on. `onbekend` is no such word
_RUNNING = (
    r"\s*(?:t/m|tot( en met)?|until|to)? *(lopend|lopende|loopt( nog| door)?|doorlopend|onbepaald|"
    r"(voor )?onbepaalde tijd|heden|nu|nvt|n\.v\.t\.?"
    r"|n/a|na|geen|nog niet|actief|active|open|open end|onbeperkt|indefinite|unlimited|ongoing|current|"
    r"present|today|vandaag|nooit|never|none|null|nan|nat"
    r"|[-–—]+)\s*"
)


def latest_of(column: Column, today: dt.date) -> dt.date:
    """The day after whose next year a column holds no dates; two digits mean none after the last."""
    return dt.date(FIRST_YEAR + 98, 12, 31) if column.not_before or column.ahead else today


def read_endless(export: Export) -> None:
    """Empty the ends in raw that stand for none (`31-12-9999`, `lopend`), and say how many these are."""
    for column in export.table.columns:
        if not column.not_before:
            continue
        if not export.has(column.name):
            take_contract_months(export, column)
            _say_stopped(export, column)
            continue
        text = export.shown(column.name)
        for which, shown in (
            (f"regexp_matches({text}, '{_NEVER}')", "een dag als 31-12-9999: dat is geen einde"),
            (f"regexp_full_match(lower({text}), '{_RUNNING}')", "een woord als lopend: dan is er geen einde"),
        ):
            if count := export.count(f"select count(*) from raw where {which}"):
                export.con.execute(f"update raw set {export.text(column.name)} = null where {which}")
                export.say(column.name, f"{format_number(count, 0)} keer {shown}")
        take_contract_months(export, column)
        _say_stopped(export, column)


def _say_stopped(export: Export, end: Column) -> None:
    """Say which rows without an end have a status that is another than running: a trial, a pause, an end."""
    if not any(column.name == STATUS for column in export.table.read) or not export.has(STATUS):
        return
    status, words = export.shown(STATUS), sql_texts(RUNNING)
    open_ = f"{export.shown(end.name)} = '' and" if export.has(end.name) else ""
    found = export.rows(
        f"""select {status}, count(*) from raw
            where {open_} {status} <> '' and lower({status}) not in ({words})
            group by 1 order by 2 desc, 1"""
    )
    if found:
        shown = ", ".join(f"{text!r} ({format_number(count, 0)})" for text, count in found[:_SHOWN])
        more = f" en nog {len(found) - _SHOWN}" if len(found) > _SHOWN else ""
        export.say(
            STATUS,
            f"kolom {export.header(STATUS)} noemt {shown}{more} bij contracten zonder einde: die tellen als "
            "lopend vanaf hun start; vul hun einde in, of haal weg wat geen contract is",
        )
