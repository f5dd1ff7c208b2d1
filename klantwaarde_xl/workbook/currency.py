"""The currency of a workbook: in which it shows amounts, and that of its own rows, which cells do not say.

A workbook for another currency is the one for euros with another sign in its formats and sentences. Which one
it is for, a property says; in which its rows are, the sheet Controle.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from klantwaarde_xl.data.one_money import money_of
from klantwaarde_xl.data.reading.cells.currencies import EURO, WITHOUT_CENTS, sign_of
from klantwaarde_xl.data.reading.files import Checked
from klantwaarde_xl.data.reading.revenue.currency_said import CURRENCY
from klantwaarde_xl.data.reading.revenue.one_currency import ALL_IN
from klantwaarde_xl.data.reading.sources.own_workbooks import MARK
from klantwaarde_xl.data.results.quality import QUALITY, READ_ONCE
from klantwaarde_xl.data.tables import TRANSACTIONS
from klantwaarde_xl.plan.held import held_rows
from klantwaarde_xl.plan.plan import Contents
from klantwaarde_xl.xlsx.archive import Archive

PROPERTY = "klantwaarde_valuta"
_SIGN = sign_of(EURO)
_CENTS = f"[${_SIGN}-413] #,##0.00"
_WORD = re.compile(r"\b[Ee]uro(?:'s)?\b")
_WORDS = ("euro", "euro's")
_SAYS_AMOUNTS = re.compile(r"xl/(?:worksheets|charts|drawings)/[^/]+\.xml|xl/(?:styles|sharedStrings)\.xml")


def shown_in(properties: Mapping[str, str]) -> str:
    """The code of the currency in which a workbook with these properties shows amounts."""
    return properties.get(PROPERTY, EURO)


def in_currency(template: bytes, code: str) -> bytes:
    """A template that was drawn for euros, with nothing of a user in it, as one for another currency."""
    if code == EURO:
        return template
    archive = Archive.read_from(template)
    for name in archive.names():
        if _SAYS_AMOUNTS.fullmatch(name):
            text = archive.read(name).decode("utf-8")
            said = text.replace(_CENTS, _CENTS.removesuffix(".00")) if code in WITHOUT_CENTS else text
            said = _WORD.sub(code, said).replace(_SIGN, sign_of(code))
            if said != text:
                archive.replace(name, (said.encode("utf-8"),))
    return archive.to_bytes()


def in_euros(text: str, code: str) -> Iterator[str]:
    """What a text of a template for a currency can be in the one for euros."""
    yield text
    if code != EURO:
        # A dollar that no blank follows is of an address
        for said in (text, text.replace(f"{sign_of(code)} ", f"{_SIGN} ")):
            yield from (said.replace(code, word) for word in _WORDS)


def remark_on(tables: Mapping[str, Checked], properties: Mapping[str, str], template: str) -> tuple[str, ...]:
    """What to know where a workbook shows amounts in another currency than the data that it gets are in.

    Of one that does not say what it was made from, it is not known in which it shows them.
    """
    shows, has = shown_in(properties), money_of(tables)
    if TRANSACTIONS.name not in tables or MARK not in properties or shows == has:
        return ()
    said = (
        f"dit werkboek toont bedragen in {shows}, en uw gegevens zijn in {has}: lees {sign_of(shows)} als "
        f"{sign_of(has)}, of maak een nieuw met: klantwaarde nieuw {template} --gegevens BESTAND"
    )
    return (said,)


def with_kept_currency(read: Checked, contents: Contents) -> Checked:
    """A table of a workbook's own with the currency that its rows had when they came from a file.

    Without such, they are in the currency in which the workbook shows them.
    """
    if read.quality.currency != EURO or read.table.name != TRANSACTIONS.name:
        return read
    code = shown_in(contents.properties)
    said = re.compile(re.escape(ALL_IN) + "([A-Z]{3})(?![A-Z])")
    for kind, _, about, _, text in held_rows(contents, QUALITY.table, QUALITY.headers, ()):
        if kind in READ_ONCE and about == CURRENCY and (match := said.match(str(text))):
            code = match[1]
    return replace(read, quality=replace(read.quality, currency=code, currency_named=code != EURO))
