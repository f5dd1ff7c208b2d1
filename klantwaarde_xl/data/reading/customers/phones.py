"""Customers who are known by a telephone number: `06-12345678` and `+31 6 1234 5678` are one.

A number without a country is one of ours.
"""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.naming.headers import plain
from klantwaarde_xl.data.reading.sources.engine import make_table
from klantwaarde_xl.dutch import format_number

_HEADER = re.compile(
    "(klant|customer|billing|factuur|contact|mobiele?)?(telefoon|telefoonnummer|telefoonnr|tel|telnr|phone|phoneno|"
    "phonenumber|mobiel|mobielnummer|mobile|mobilenumber|gsm|gsmnummer|whatsapp|whatsappnummer|telefon|handy)"
    "(klant|customer|mobiel|1)?"
)
_COUNTRY = "31"  # of a number that has none: whoever writes a nought first is at home


def is_of_phones(header: str) -> bool:
    """Whether a header says that telephone numbers stand below it."""
    return _HEADER.fullmatch(plain(header)) is not None


def write_one_way(export: Export) -> None:
    """Write each telephone number of a customer as country and digits, and say how many ways there were."""
    if not export.has("klant") or not is_of_phones(export.headers[export.places["klant"]]):
        return
    text, shown = export.text("klant"), export.shown("klant")
    digits = f"regexp_replace(regexp_replace({shown}, '[(]0[)]', ''), '[^0-9+]', '', 'g')"
    digits = f"regexp_replace({digits}, '^{_COUNTRY}([0-9]{{9}})$', '+{_COUNTRY}\\1')"
    abroad = f"regexp_replace({digits}, '^(00|[+])', '+')"
    whole = f"""regexp_replace(regexp_replace({abroad}, '^0', '+{_COUNTRY}'),
        '^([1-9])', '+{_COUNTRY}\\1')"""
    # Fewer figures are no number of a telephone, and words are somebody
    figures = f"length(regexp_replace({shown}, '[^0-9]', '', 'g'))"
    one = f"if({figures} >= 9 and not regexp_matches({shown}, '\\pL'), {whole}, {text})"
    before = export.count(f"select count(distinct {shown}) from raw where {shown} <> ''")
    make_table(export.con, "raw", f"select * replace ({one} as {text}) from raw")
    after = export.count(f"select count(distinct {shown}) from raw where {shown} <> ''")
    same = f": {format_number(before, 0)} schrijfwijzen, {format_number(after, 0)} nummers"
    export.say("klant", f"kolom {export.header('klant')}: wie hetzelfde nummer heeft is één klant{same}")
