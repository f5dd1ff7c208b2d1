"""Columns of a sample that hold no customers, by header and contents: things, places, times."""

from __future__ import annotations

import re
from collections.abc import Sequence

from klantwaarde_xl.data.reading.cells.contents import Cells
from klantwaarde_xl.data.reading.customers.own_account import is_account, is_of_a_bank, own_accounts
from klantwaarde_xl.data.reading.kinds.entry_sides import sides_in
from klantwaarde_xl.data.reading.kinds.fates import Fate, Status
from klantwaarde_xl.data.reading.kinds.statuses import fate_of
from klantwaarde_xl.data.reading.kinds.taken_off import OF_KINDS
from klantwaarde_xl.data.reading.naming.headers import plain
from klantwaarde_xl.data.reading.naming.words import CUSTOMER
from klantwaarde_xl.data.reading.questions.other_days import is_of_birth
from klantwaarde_xl.data.reading.questions.stamps import is_key_of_time

# A word of a header that says what is below it, whatever it stands beside: `order city`, `Deal Stage`
_OF_WHAT_WORDS = """
    product products produkt produit artikel artikelen article item items sku ean upc gtin isbn titel
    title dienst service arrangement behandeling treatment menu gerecht variant bundle plan pakket city
    stad plaats woonplaats gemeente town village ville ort stadt country land pays region regio
    provincie state staat postcode zip postal straat street adres address route wijk stage fase phase
    stap step status kind soort type typ category categorie group groep segment tag tags gateway method
    methode betaalwijze psp provider result resultaat outcome reden reason merk brand vendor terminal
    kassa kassier cashier till register medewerker employee staff verkoper seller salesperson owner
    eigenaar vertegenwoordiger manager agent behandelaar stylist kapper monteur therapeut bediende ober
    baliemedewerker filiaal vestiging store winkel shop locatie location branch warehouse magazijn
    marketplace fulfilment fulfillment zaal tafel kamer room table tijd tijdstip time uur hour dag day
    weekday weekdag maand month jaar year kwartaal quarter kleur color colour maat size currency valuta
    munt btw vat tax btwcode bron source medium campagne campaign channel kanaal utm coupon kortingscode
    leverancier supplier carrier vervoerder verzendmethode valutacode mutatiesoort dagboek journaal
    rekening grootboek kostenplaats afdeling department project side checkout cart payout settlement
    session batch workflow request duur duration min mins minuten minutes seconds click clicks line
    lineitem lines uren hours nachten nights dagen days personen
    persons gasten guests leeftijd age aantal qty quantity count km instructeur instructor docent
    transaction transactie transaktion event confirmation bevestiging bevestigingscode
    volgnr volgnummer sequence opportunity deal period periode verzendadres bezorgadres
    afleveradres oorspronkelijk original
    betaling payment zahlung review beoordeling url link bestand file bestandsnaam filename pdf
    unit units eenheid einheit discount rabatt remise voucher vouchercode promo promotion promocode fee fees
    tarief tarifa tarif rate commission commissie
    reference referentie referenz ref kenmerk
    issuer kaartuitgever kaartmerk kaartsoort
    vertrek bestemming ophaaladres herkomst destination origin pickup dropoff departure arrival
    trainer coach chauffeur driver bezorger adviseur consultant begeleider"""
_OF_WHAT = frozenset(_OF_WHAT_WORDS.split())
_ENDS = re.compile(
    ".*(soort|type|status|fase|groep|plaats|wijze|methode|land|kanaal|merk|datum|tijd|dag|maand"
    "|regel(nr|nummer)?)"
)
# The account of a ledger that an entry is on
_OF_LEDGERS = re.compile(
    "grootboek.*|gl?account.*|.*ledger.*|sachkonto.*|rekening(naam|omschrijving)|accountcode"
)
_NOTED = frozenset(
    ["omschrijving", "description", "opmerking", "opmerkingen", "note", "notes", "memo", "mededeling"]
)
_NAMED = frozenset(["naam", "name"])  # a bank writes who paid and what for in one column
_TIME = re.compile(r"\d{1,2}[:.]\d{2}([:.]\d{2})?( ?[ap]m)?", re.IGNORECASE)
_HASH = re.compile(r"#\w+")  # of an order, as shops write it
_CODES = "NL BE DE FR GB UK US LU AT ES IT PL DK SE NO FI CH IE PT CZ NLD BEL DEU FRA GBR USA ESP ITA"
_COUNTRIES = frozenset(_CODES.split())
_MOSTLY = 0.9
_SEVERAL = 3  # names that each have one price: of two it can be chance
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def is_of_others(header: str) -> bool:
    """Whether a word of a header says that its column is of a thing, a place, a time or staff."""
    if plain(header) in CUSTOMER:
        return False
    if plain(header) in OF_KINDS | {"code"} or _OF_LEDGERS.fullmatch(plain(header)) or is_key_of_time(header):
        return True
    if is_of_birth(header):
        return True
    words = {word for word in re.split(r"[\W_\d]+", _CAMEL.sub(" ", header).casefold()) if word}
    if words & _NOTED and not words & _NAMED:
        return True
    return bool(words & _OF_WHAT) or any(_ENDS.fullmatch(word) for word in words)


def holds_others(column: Cells, columns: Sequence[Cells], pieces: Sequence[Cells]) -> bool:
    """Whether what stands in a column is no customer: times, countries, orders, statuses, or articles.

    pieces: the columns of numbers of pieces beside it.
    """
    texts, names = column.distinct, [plain(one.header) for one in columns]
    if is_account(plain(column.header)) and (
        own_accounts(names) or (len(texts) == 1 and is_of_a_bank(names))
    ):
        return True
    for pattern in (_TIME, _HASH):
        if sum(pattern.fullmatch(text) is not None for text in texts) >= _MOSTLY * len(texts):
            return True
    if {text.upper() for text in texts} <= _COUNTRIES or sides_in(column.header, dict.fromkeys(texts, 1)):
        return True
    status = Status(column.place, column.header)
    if len(texts) > 1 and all(fate_of(text, status) not in (None, Fate.UNKNOWN) for text in texts):
        return True
    return not column.is_codes and len(texts) >= _SEVERAL and have_prices(column, columns, pieces)


def have_prices(column: Cells, columns: Sequence[Cells], pieces: Sequence[Cells]) -> bool:
    """Whether each of these names has one price for a piece, beside several numbers of pieces."""
    counted = any(len({*seen}) > 1 for one in pieces for seen in _beside(column, one).values())
    if not counted or not column.repeats:
        return False
    prices = [one for one in columns if one.is_numbers and one not in pieces and not one.is_days]
    return any(
        len({*price.filled}) > 1 and all(len({*seen}) == 1 for seen in _beside(column, price).values())
        for price in prices
    )


def _beside(column: Cells, other: Cells) -> dict[str, list[str]]:
    """What stands beside each text of a column."""
    found: dict[str, list[str]] = {}
    for text, value in zip(column.texts, other.texts, strict=True):
        if text and value:
            found.setdefault(text, []).append(value)
    return found
