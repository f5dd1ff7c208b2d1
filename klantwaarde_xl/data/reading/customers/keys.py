"""Customers' numbers that a program wrote as fractions: `1001.0` is 1001."""

from __future__ import annotations

from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.sources.engine import make_table
from klantwaarde_xl.dutch import format_number


def whole_numbers(export: Export) -> None:
    """Take `.0` off customers' numbers where their column holds nothing but whole numbers."""
    if export.has("klant") and not export.sample.may_hold(export.places["klant"], lambda one: ".0" in one):
        return
    text, shown = export.text("klant"), export.shown("klant")
    # A customer's text has no blanks around it
    if not export.rows(f"select 1 from raw where ends_with({text}, '.0') limit 1"):
        return
    other = f"{shown} <> '' and not regexp_full_match({shown}, '[0-9]+(\\.0)?')"
    if export.rows(f"select 1 from raw where {other} limit 1"):
        return
    count = export.count(f"select count(*) from raw where ends_with({shown}, '.0')")
    whole = f"if(ends_with({shown}, '.0'), regexp_replace({shown}, '\\.0$', ''), {text})"
    make_table(export.con, "raw", f"select * replace ({whole} as {text}) from raw")
    export.say(
        "klant",
        f"{format_number(count, 0)} nummers in {export.header('klant')} eindigen op .0: 1001.0 is 1001",
    )
