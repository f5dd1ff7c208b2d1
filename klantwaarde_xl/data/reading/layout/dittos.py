"""Cells that say `idem`, or have a mark for it: they hold what the cell above them holds."""

from __future__ import annotations

from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.sources.engine import make_table, sql_texts
from klantwaarde_xl.data.reading.sources.typed import TEXT, types_of
from klantwaarde_xl.data.reading.units.shops import keep_numbers
from klantwaarde_xl.dutch import format_number

_WORDS = """
    idem id. ditto dito dto dto. zelfde dezelfde als.boven zie.boven zie.hierboven same see.above
    " '' ,, „ “ ” ″ 〃 ´´ `` ↑ ^"""
_MARKS = tuple(word.replace(".", " ") if len(word) > len("dto.") else word for word in _WORDS.split())
_IN_SMALL = frozenset(mark.lower() for mark in _MARKS)
_READ = ("klant", "mail", "datum", "order", "valuta")


def fill_dittos(export: Export) -> None:
    """Give cells of customers, days and numbers that say the same as above what stands there; say so."""
    types = types_of(export.con, "lines")[1:]
    names = [name for name in _READ if export.has(name) and types[export.places[name]] == TEXT]
    marks = sql_texts(_all_cases())
    for name in names:
        place = f"c{export.places[name]}"
        if not export.sample.may_hold(export.places[name], _IN_SMALL.__contains__):
            continue
        # The cells themselves are sooner looked through than what is made of them
        if not export.rows(f"select 1 from lines where {place} in ({marks}) limit 1"):
            continue
        text = export.text(name)
        is_mark = f"trim({text}) in ({marks})"
        count = export.count(f"select count(*) from raw where {is_mark}")
        above = f"last_value(if({is_mark}, null, {text}) ignore nulls) over (order by rij)"
        make_table(
            export.con,
            "raw",
            f"select * replace (if({is_mark}, coalesce({above}, {text}), {text}) as {text}) from raw",
        )
        if name == "order":
            keep_numbers(export)
        if count:
            word = export.rows(f"select trim({place}) from lines where trim({place}) in ({marks}) limit 1")[
                0
            ][0]
            cells = "1 cel zegt" if count == 1 else f"{format_number(count, 0)} cellen zeggen"
            export.say(name, f"{cells} {word!r} in {export.header(name)}: daar staat wat erboven staat")


def _all_cases() -> list[str]:
    return [*dict.fromkeys(form for word in _MARKS for form in (word, word.capitalize(), word.upper()))]
