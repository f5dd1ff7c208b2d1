"""The marks by which a text names its currency, and the currency that each names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from klantwaarde_xl.dutch import format_number

# ISO 4217: money of countries, with those that recent data may still name
_CODES = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD "
    "CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD "
    "GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD "
    "KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK "
    "NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD "
    "SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF "
    "XCD XCG XOF XPF YER ZAR ZMW ZWG"
)
CODES = frozenset(_CODES.split())
EURO = "EUR"  # what amounts are in that say nothing
# Of which nothing is less than one
WITHOUT_CENTS = frozenset(
    ["JPY", "KRW", "VND", "CLP", "ISK", "PYG", "UGX", "XOF", "XAF", "RWF", "KMF", "GNF"]
)
# In capitals, as texts are compared. A crown is of three countries: `KR` is no code, and says so.
_SYMBOLS = {
    "€": "EUR", "EURO": "EUR", "EUROS": "EUR", "$": "USD", "US$": "USD", "£": "GBP", "¥": "JPY", "KR": "KR",
    "FR": "CHF", "SFR": "CHF", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "NZ$": "NZD",
    "HK$": "HKD", "S$": "SGD", "SG$": "SGD", "R$": "BRL", "MX$": "MXN", "ZŁ": "PLN", "KČ": "CZK", "₹": "INR",
    "₺": "TRY", "₽": "RUB", "₩": "KRW", "₴": "UAH", "฿": "THB", "₫": "VND", "₪": "ILS", "₱": "PHP",
    "RP": "IDR", "RM": "MYR", "FT": "HUF", "LEI": "RON", "₦": "NGN", "ЛВ": "BGN", "РУБ": "RUB",
    "ГРН": "UAH", "ДИН": "RSD", "₸": "KZT", "₾": "GEL", "֏": "AMD", "₼": "AZN", "ZL": "PLN",
}  # fmt: skip
# What a header may end in: of letters alone those that are no word
_BEHIND = [sign for sign in _SYMBOLS if not sign.isascii() or "$" in sign]
SIGNS = (*sorted(CODES), "EURO", "KR", "ZL", *_BEHIND)
# As people write them in full, without the `s` or `'s` of many
_NAMES = {
    "EURO": "EUR", "POND": "GBP", "PONDEN": "GBP", "POND STERLING": "GBP", "POUND": "GBP",
    "POUND STERLING": "GBP", "BRITSE POND": "GBP", "BRITSE PONDEN": "GBP", "BRITISH POUND": "GBP",
    "DOLLAR": "USD", "US DOLLAR": "USD", "AMERIKAANSE DOLLAR": "USD", "ZWITSERSE FRANK": "CHF",
    "ZWITSERSE FRANKEN": "CHF", "SWISS FRANC": "CHF", "YEN": "JPY", "DEENSE KROON": "DKK",
    "DEENSE KRONEN": "DKK", "ZWEEDSE KROON": "SEK", "ZWEEDSE KRONEN": "SEK", "NOORSE KROON": "NOK",
    "NOORSE KRONEN": "NOK",
}  # fmt: skip
# A symbol beside a code of its kind: the code says which of them it is
_KINDS = {
    "$": "USD AUD CAD NZD HKD SGD MXN ARS CLP COP TWD",
    "£": "GBP EGP GIP",
    "¥": "JPY CNY",
    "KR": "SEK NOK DKK ISK",
}


def currency_named(text: str) -> str:
    """The code of a currency from its code, symbol or name, capitals or not; empty for anything else.

    `Euro's` and `Eur.` are one, and so is what says it twice: `Euro (€)`, `EUR - euro`.
    """
    whole = _named(text)
    said = {_named(part) for part in _BETWEEN.split(text) if part} if not whole else set()
    return said.pop() if len(said) == 1 else whole


_SIGNS = {"EUR": "€", "USD": "$", "GBP": "£"}  # of one currency each, to a Dutch reader
_BETWEEN = re.compile(r"\s*[()\[\]/:]\s*|\s+-\s+")


def _named(text: str) -> str:
    word = " ".join(text.upper().replace("’", "'").removesuffix(".").split())
    return word if word in CODES else _SYMBOLS.get(word) or _NAMES.get(re.sub("'?S$", "", word), "")


def sign_of(code: str) -> str:
    """What stands before an amount in a currency: `€`, `$`, `DKK`."""
    return _SIGNS.get(code, code)


def with_currency(amount: float, code: str | None, places: int = 2) -> str:
    """An amount as a Dutch reader sees it: `€ 1.234,00`, `$ 5,00`, `DKK 5,00`.

    code: None where it is of several currencies, which stands without a mark.
    """
    number = format_number(amount, places)
    return number if code is None else f"{sign_of(code)} {number}"


@cache
def marks() -> Mapping[str, str]:
    """The currency by what stands about the digits: the mark in front, `_`, the mark behind.

    Marks are in capitals, without blanks: `$_`, `_EUR`, `$_USD` and `USD$_` (for `USD $5`).
    """
    found: dict[str, str] = {}
    for mark, code in {**{code: code for code in CODES}, **_SYMBOLS}.items():
        found[f"{mark}_"] = found[f"_{mark}"] = code
    for symbol, named in _SYMBOLS.items():
        for code in _KINDS.get(symbol, named).split():
            found[f"{symbol}_{code}"] = found[f"{code}{symbol}_"] = code
    return found
