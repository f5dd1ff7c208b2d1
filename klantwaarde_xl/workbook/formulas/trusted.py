"""The functions of Excel that the engine is trusted with, and what each argument takes.

A function stands here when the engine gives what LibreOffice gives for all the calls in
tests/workbook/test_trusted.py; a formula with any other function has no value.

Arguments, one letter each, the letters behind `|` as often as they come:
v one value as it is   n one number   i one whole number   o one from 1 on
z one that is not empty   d one day   t one text   k a criterion (">5")
e one value whose error the function hides   r a range or array   s a range of texts
c cells only   a an array, computed cell by cell   p passed on: cells stay cells where cells may stand
Behind `=`, what comes out: n number, t text, b boolean, x any.
"""

from __future__ import annotations

from typing import NamedTuple

_TABLE = """
SUM |r=n  PRODUCT |r=n  SUMSQ |r=n  AVERAGE |r=n  MIN |r=n  MAX |r=n  COUNT |r=n  COUNTA |r=n
COUNTBLANK c=n  MEDIAN |r=n  STDEV |r=n  STDEV.S |r=n  STDEV.P |r=n  STDEVP |r=n  VAR |r=n  VAR.S |r=n
VAR.P |r=n  VARP |r=n  LARGE ri=n  SMALL ri=n  QUARTILE ri=n  QUARTILE.INC ri=n  PERCENTILE rn=n
PERCENTILE.INC rn=n  SUMPRODUCT |a=n  SUMIF ckc=n  AVERAGEIF ckc=n  COUNTIF ck=n  SUMIFS c|ck=n
COUNTIFS |ck=n  AVERAGEIFS c|ck=n  MAXIFS c|ck=n  MINIFS c|ck=n  SUBTOTAL n|c=n  ROWS r=n  COLUMNS r=n
ROUND nn=n  ROUNDUP nn=n  ROUNDDOWN nn=n  INT n=n  TRUNC nn=n  ABS n=n  SIGN n=n  SQRT n=n  EXP n=n
LN n=n  LOG nn=n  LOG10 n=n  POWER nn=n  MOD nn=n  PI =n  NORMSINV n=n  NORMSDIST n=n  NORM.S.INV n=n
GAMMALN n=n  YEAR d=n  MONTH d=n  DAY d=n  DATE nnn=n  EDATE dn=n  EOMONTH dn=n  WEEKDAY dn=n
ISOWEEKNUM d=n  DAYS dd=n  LEN t=n  FIND ttn=n  SEARCH ttn=n  N v=n  MATCH vrn=n  NPV n|r=n  PMT nnnnn=n
PV nnnnn=n  FV nnnnn=n  NPER nnnnn=n  IRR rn=n
AND |r=b  OR |r=b  NOT n=b  TRUE =b  FALSE =b  ISBLANK v=b  ISNUMBER e=b  ISTEXT e=b  ISERROR e=b
ISERR e=b  ISNA e=b  EXACT tt=b
LEFT tn=t  MID tnn=t  RIGHT tn=t  UPPER t=t  LOWER t=t  TRIM t=t  SUBSTITUTE tttn=t  REPT tn=t  UNICODE t=n
CONCATENATE |t=t  CONCAT |s=t  TEXTJOIN tn|s=t  T v=t  HYPERLINK tv=x  FIXED nnn=t  TEXT it=t
IF vpp=x  IFERROR ev=x  IFNA ev=x  IFS |vv=x  SWITCH vv|v=x  CHOOSE n|p=x  INDEX rii=x  VLOOKUP vrov=x
HLOOKUP vrov=x  XLOOKUP zrrv=x  NA =x  OFFSET cnnnn=x  INDIRECT t=x
"""


class Known(NamedTuple):
    """What a function takes and gives: letters of its first arguments, of the rest, of the result."""

    first: str
    rest: str
    gives: str

    def takes(self, count: int) -> str | None:
        """The letter of each of so many arguments; None when there are too many."""
        if count <= len(self.first):
            return self.first[:count]
        if not self.rest:
            return None
        more = count - len(self.first)
        return (self.first + self.rest * more)[:count] if more % len(self.rest) == 0 else None


def _read() -> dict[str, Known]:
    words = _TABLE.split()
    known = {}
    for name, pattern in zip(words[::2], words[1::2], strict=True):
        takes, _, gives = pattern.partition("=")
        first, _, rest = takes.partition("|")
        known[name] = Known(first, rest, gives)
    return known


TRUSTED = _read()

# These the engine also computes cell by cell, within SUMPRODUCT and in array formulas.
LIFTED = frozenset(("ABS", "YEAR", "MONTH", "DAY", "LEFT", "RIGHT", "LEN", "INT"))

# The result may be cells instead of values: other functions see more than what the cell shows.
GIVES_CELLS = frozenset(("IF", "CHOOSE", "INDEX", "OFFSET", "INDIRECT", "XLOOKUP"))

# Which cells these read is known only when they are computed.
DYNAMIC = frozenset(("OFFSET", "INDIRECT"))

# Newer than the format: in a file their names begin with `_xlfn.`, and a program knows them by no other.
_NEWER = """
CONCAT TEXTJOIN IFS SWITCH XLOOKUP MAXIFS MINIFS IFNA STDEV.S STDEV.P VAR.S VAR.P NORM.S.INV QUARTILE.INC
PERCENTILE.INC ISOWEEKNUM DAYS LET UNICODE
"""
PREFIXED = frozenset(_NEWER.split())

# Day numbers mean other days in a workbook that counts from 1904.
DATES = frozenset(
    ("YEAR", "MONTH", "DAY", "DATE", "EDATE", "EOMONTH", "WEEKDAY", "ISOWEEKNUM", "DAYS", "TEXT")
)

# These count a text or boolean that is written out, and skip it in a range.
ADDS_UP = frozenset(
    name for name, known in TRUSTED.items() if known.rest == "r" and known.gives == "n" and not known.first
) - {"COUNTA"}

# To these, empty cells are as if they were not there.
SKIPS_BLANKS = ADDS_UP | {"COUNTA"}

# In these the last argument must say that only an equal value will do: what the engine finds among
# values of unlike kinds is not what Excel finds.
EXACT_BY = {"MATCH": 3, "VLOOKUP": 4, "HLOOKUP": 4}

# These give whole numbers, which become the same text everywhere.
WHOLE = frozenset(
    ("DATE", "EDATE", "EOMONTH", "YEAR", "MONTH", "DAY", "ROWS", "COLUMNS", "COUNT", "COUNTA", "INT", "LEN")
)
