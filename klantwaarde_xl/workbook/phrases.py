"""Pieces of formulas: values only where they are known, and numbers inside sentences.

A number that is glued to text would take the decimal sign of the program's language; these write
the Dutch comma whatever that is. What is unknown is empty, never arithmetic on an empty text.
"""

from __future__ import annotations

import re

from klantwaarde_xl.dutch import MONTHS, MONTHS_SHORT
from klantwaarde_xl.wording.clv import FILL_COSTS

RECENT_DAYS = 100  # between the last day of the data and a refresh


def known(names: str, formula: str, otherwise: str = '""') -> str:
    """A formula (without `=`) where all of these cells hold numbers; names: parted by commas."""
    return f"IF(COUNT({names})<{names.count(',') + 1},{otherwise},{formula})"


def first_lacking(needs: str) -> str:
    """Return what a sum waits for: the first of its settings that is empty, or an end.

    needs: settings without `kw_`, parted by blanks.
    """
    said = '"retentie 100%: geen einde"'
    for name in reversed(needs.split()):
        fill = {"kosten_klant": FILL_COSTS, "cac": "vul CAC in"}.get(name, f"vul {name} in")
        said = f'IF(COUNT(kw_{name})<1,"{fill}",{said})'
    return said


def ratio(part: str, total: str, function: str = "") -> str:
    """A cell by another where both are known and that is not nought; function: of ours that divides."""
    divided = f"{function}({part},{total})" if function else f"{part}/{total}"
    return known(f"{part},{total}", f'IF({total}=0,"",{divided})')


def needs(formula: str) -> str:
    """The cells of ours that a formula reads, parted by commas, as `known` takes them."""
    return ",".join(dict.fromkeys(re.findall(r"\bk[a-z]_\w+", re.sub(r'"[^"]*"', "", formula))))


def whole(number: str) -> str:
    """A whole number with a point between thousands."""
    return f'SUBSTITUTE(FIXED({number},0),",",".")'


def money(number: str, cents: str = "FALSE") -> str:
    """An amount of nought or more in whole euros, with its sign: `€ 12.500`; cents: when it has them."""
    return f'"€ "&{_rounded(number, cents)}'


def signed_money(number: str, cents: str = "FALSE") -> str:
    """As `money`, with a sign before it: `+€ 12.500`, `−€ 300`."""
    nought = f"ROUND({number},{decimals(cents)})=0"
    sign = f'IF({nought},"€ ",IF({number}<0,"−€ ","+€ "))'
    return f"{sign}&{_rounded(f'ABS({number})', cents)}"


def amount(number: str, cents: str = "FALSE") -> str:
    """As `money`, with a minus before its sign: `€ 1.240`, `−€ 300`."""
    below = f"ROUND({number},{decimals(cents)})<0"
    return f'IF({below},"−","")&"€ "&{_rounded(f"ABS({number})", cents)}'


def decimals(cents: str) -> str:
    """How many decimals an amount is rounded to; cents: when it has them, as a formula."""
    return "0" if cents == "FALSE" else f"IF({cents},2,0)"


def _rounded(number: str, cents: str) -> str:
    return whole(number) if cents == "FALSE" else f"IF({cents},{euros(number)},{whole(number)})"


def customers(number: str) -> str:
    """So many customers: `1 klant`, `1.204 klanten`."""
    return f'IF({number}=1,"1 klant",{whole(number)}&" klanten")'


def best_tenth_brings(number: str) -> str:
    """What the best tenth of so many customers does: of few it is rounded up to so many of them."""
    several = f'"beste "&ROUNDUP({number}/10,0)&" klanten brengen "'
    return f'IF({number}<=10,"beste klant brengt ",IF({number}<50,{several},"beste 10% brengt "))'


def day_words(day: str) -> str:
    """A day as `26-8-2026`, in every program."""
    return f'DAY({day})&"-"&MONTH({day})&"-"&YEAR({day})'


def not_whole(day: str) -> str:
    """What is said of the month of a day up to which it is counted: ` loopt nog`, or of one that is past."""
    return f'IF(kw_ververst>=DATE(YEAR({day}),MONTH({day})+1,1)," is niet heel"," loopt nog")'


def coming(weeks: str, day: str) -> str:
    """So many weeks from a day on: `de komende 52 weken`, or, of a day long past, which weeks they were."""
    many = f'{weeks}&IF({weeks}=1," week"," weken")'
    return f'IF(kw_ververst-{day}>{RECENT_DAYS},"in de "&{many}&" na "&{day_words(day)},"de komende "&{many})'


def day_month(day: str) -> str:
    """A day and its month, short: `26 nov`."""
    names = ",".join(f'"{name}"' for name in MONTHS_SHORT)
    return f'DAY({day})&" "&CHOOSE(MONTH({day}),{names})'


def month_words(day: str) -> str:
    """The month of a day, short: `nov 26`, in Dutch in every program."""
    names = ",".join(f'"{name}"' for name in MONTHS_SHORT)
    return f'CHOOSE(MONTH({day}),{names})&" "&RIGHT(YEAR({day}),2)'


def month_year(day: str) -> str:
    """The month and year of a day in full: `november 2026`."""
    names = ",".join(f'"{name}"' for name in MONTHS)
    return f'CHOOSE(MONTH({day}),{names})&" "&YEAR({day})'


def price(number: str) -> str:
    """An amount, with cents under € 100: `€ 45,60`, `€ 1.240`, `−€ 3,20`."""
    cents = f'IF({number}<0,"−","")&"€ "&{euros(f"ABS({number})")}'
    return f"IF(ABS({number})<99.995,{cents},{amount(number)})"


def euros(number: str) -> str:
    """An amount of nought or more with two decimals behind a comma, without thousands."""
    cents = f"ROUND(100*({number}),0)"
    return f'INT({cents}/100)&","&RIGHT("0"&MOD({cents},100),2)'


def in_millions(low: str, high: str, least: float, between: str, cents: str = "FALSE") -> str:
    """Two amounts with words between them, as `money`; in millions where the higher is that much."""
    millions = f'{_millions(low)}&"{between}"&{_millions(high)}&" mln"'
    both = f'{_rounded(low, cents)}&"{between}"&{_rounded(high, cents)}'
    return f'"€ "&IF({high}>={least:.0f},{millions},{both})'


def _millions(number: str) -> str:
    """An amount of nought or more in millions, with one decimal under a thousand of them."""
    return f"IF({number}<999950000,{tenths(f'{number}/1000000')},{whole(f'{number}/1000000')})"


def signed(number: str) -> str:
    """A whole number with its sign: `+12`, `−1.204`, `0`."""
    return f'IF({number}>0,"+",IF({number}<0,"−",""))&{whole(f"ABS({number})")}'


def tenths(number: str) -> str:
    """A number of nought or more with one decimal behind a comma."""
    rounded = f"ROUND(10*({number}),0)"
    return f'INT({rounded}/10)&","&MOD({rounded},10)'


def percent(share: str) -> str:
    """A share of nought or more as a percentage, with one decimal behind a comma where it has one."""
    tenths = f"ROUND(1000*({share}),0)"
    return f'INT({tenths}/10)&IF(MOD({tenths},10)=0,"",","&MOD({tenths},10))&"%"'


def signed_percent(share: str) -> str:
    """As `percent`, of a share that may lie below nought: `−3,8%`."""
    return f'IF(ROUND(1000*({share}),0)<0,"−","")&{percent(f"ABS({share})")}'


def cut(text: str, longest: int) -> str:
    """A text that a user gave, with dots in it where it is longer than so many characters.

    Its end stays, for names that begin alike differ there. An emoji is two characters in Excel, of which
    half is no text: one on which a cut falls is left out.
    """
    tail = (longest - 1) // 3
    head = longest - 1 - tail
    before = f"IF({_splits(f'MID({text},{head},2)')},{head - 1},{head})"
    after = f"IF({_splits(f'MID({text},LEN({text})-{tail},2)')},{tail - 1},{tail})"
    return f'IF(LEN({text})>{longest},LEFT({text},{before})&"…"&RIGHT({text},{after}),{text})'


def _splits(two: str) -> str:
    """Whether two characters are one emoji."""
    return f"IFERROR(_xlfn.UNICODE({two}),0)>65535"
