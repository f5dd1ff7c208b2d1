"""What a value must be, so that every spreadsheet in every country makes the same of it.

A number that becomes text, or text that becomes a number, comes out by the country that the
spreadsheet is set to: "3,5" is a number in the Netherlands and none in the United States.
"""

from __future__ import annotations

import math
import re

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.workbook.formulas.prepared import Rule

_AMBIGUOUS = re.compile(r"<>|[<>=]*\s*[-+€$]?\d")  # "<>x": the engine skips numbers
_WHOLE = re.compile(r"(?!<>)[<>=]*-?\d+")
FIRST_SURE_DAY = 61  # 1 March 1900; Excel has a 29 February before it


def rule_holds(rule: Rule, value: object) -> bool:
    """Whether a value is the same in every country, for the use that is made of it."""
    if rule is Rule.NUMBER:
        words = ("true", "false", "waar", "onwaar")
        return not isinstance(value, str) or not (
            any(character.isdigit() for character in value) or value.strip().casefold() in words
        )
    if rule in (Rule.WHOLE, Rule.ORDINAL):
        is_whole = isinstance(value, float) and value == int(value)
        return isinstance(value, CellError) or (is_whole and (rule is Rule.WHOLE or value >= 1))  # type: ignore[operator]
    if rule is Rule.DAY:
        return isinstance(value, CellError) or (isinstance(value, float) and value >= FIRST_SURE_DAY)
    if rule in (Rule.BOOLEAN, Rule.NO_BOOLEAN):
        is_boolean = isinstance(value, bool)
        return is_boolean is (rule is Rule.BOOLEAN) or value is None or isinstance(value, CellError)
    if rule is Rule.FILLED:
        return value is not None
    if rule is Rule.NOT_ZERO:
        return value is not None and value != 0 and value != ""
    if rule in (Rule.TRUSTED, Rule.NOT_ENGINES):
        return True
    if rule in (Rule.CRITERION, Rule.JOINED):
        if isinstance(value, str):
            return is_plain_criterion(value)
        return value is not None if rule is Rule.CRITERION else not isinstance(value, bool)
    if isinstance(value, bool):
        return False
    if not isinstance(value, float):
        return True
    return abs(value) < 1e15 and value == int(value) and (value != 0 or math.copysign(1, value) > 0)


def is_plain_criterion(text: str) -> bool:
    """Whether a criterion holds no number or date that countries write in their own ways."""
    return _WHOLE.fullmatch(text) is not None or _AMBIGUOUS.match(text) is None
