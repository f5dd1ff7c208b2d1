"""Money in a column per rate of VAT: `Omzet hoog` beside `Omzet laag`, `BTW 21%` beside `BTW 9%`."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from functools import lru_cache

# Our columns of what comes with the first amount, or the first VAT
PARTS = ("plus2", "plus3", "plus4")
BACK_TOO = "terug2"  # what went back beside a first refund
TAX_PARTS = ("btw2", "btw3", "btw4")
_WORDS = (
    "hoog|laag|nul|vrijgesteld|verlaagd|onbelast|belast|high|low|zero|exempt|standard|reduced|normaal|"
    "erm(?:ä|ae)(?:ß|ss)igt|voll"
)
_TOKEN = (
    rf"(?<![^\W_])(?:(?:{_WORDS})(?![^\W_])|[0-9]{{1,2}}(?:[.,][0-9]{{1,2}})?\s*%|"
    r"(?:0|5|6|7|9|10|12|19|20|21|25)(?![\w.,]))"
)
_RATE = re.compile(rf"\([^()]*?{_TOKEN}[^()]*\)|{_TOKEN}", re.IGNORECASE)
# One of these makes of bare numbers rates, and no numbers of columns
_SURE = re.compile(rf"%|(?<![^\W_])(?:{_WORDS}|19|20|21|25)(?![^\W_])", re.IGNORECASE)
# What is taxed, where a column has a rate
_BASE_WORDS = """
    grondslag basis maatstaf omzetbtw grondslagbtw netsales nettoomzet nettoumsatz taxable taxableamount
    taxablesales verkopen verkoop"""
_BASES = frozenset(_BASE_WORDS.split())
_OF_VAT = re.compile(r"\b(?:at|vat|btw|tax|mwst|ust|tva|moms)\b", re.IGNORECASE)
_SAYS_NET = re.compile("net|excl|exkl|ex$|ht$")
_MOST = 1 + len(PARTS)


def places_by_rate(
    headers: Sequence[str],
    known: Callable[[str], Collection[str]],
    words: Collection[str],
    *,
    money: bool,
    bare: bool = False,
) -> list[int]:
    """The columns of one kind of money, by rate, in their order; of revenue at least two, else none.

    known: the plain forms of a header; words: those of that kind of money; money: revenue, and no tax;
    bare: a header may be nothing but the rate (`Laag 9%`).
    """
    return list(_places(tuple(headers), known, frozenset(words), money, bare))


@lru_cache(maxsize=64)  # asked for each column of the same file
def _places(
    headers: tuple[str, ...],
    known: Callable[[str], Collection[str]],
    words: frozenset[str],
    money: bool,
    bare: bool,
) -> tuple[int, ...]:
    wanted = words | (_BASES if money else frozenset())
    found: dict[str, dict[str, int]] = {}
    for at, header in enumerate(headers):
        rates = _RATE.findall(header)
        base = " ".join(_RATE.sub(" ", header).split()).strip(" -_:/")
        if not rates or not (base or bare):
            continue
        if base and wanted.isdisjoint(known(base)):
            less = " ".join(_OF_VAT.sub(" ", base).split())  # `Net at 9% VAT`
            if not money or less == base or not _SAYS_NET.match(less.casefold()):
                continue
            base = less
            if wanted.isdisjoint(known(base)):
                continue
        found.setdefault("".join(re.findall(r"\w", base.casefold())), {})[" ".join(rates).casefold()] = at
    families = sorted(found, key=lambda base: _SAYS_NET.match(base) is None)
    for by_rate in map(found.__getitem__, families):
        if (2 if money else 1) <= len(by_rate) <= _MOST and any(map(_SURE.search, by_rate)):
            return tuple(sorted(by_rate.values()))
    return ()
