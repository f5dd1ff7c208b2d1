"""What stands in a yellow cell but cannot be counts as not filled in: pasting goes round a cell's validation.

A formula asks what is filled in with `COUNT(kw_marge,kw_rente)<2`, as `phrases.known` writes it; the layout
lets such a count leave out what the rule of a cell refuses. The cell turns red, and pages say which it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from klantwaarde_xl.data.setting_kinds import FIRST_DAY, LAST_DAY, Kind, Setting

LABEL = "In elke gele cel staat wat er kan"
REMEDY = "Zie Gele cellen hieronder: wat kan niet heet, telt als niet ingevuld tot u het verbetert."
TEST = '=SUMPRODUCT(({invoer.stand}="kan niet")*1)=0'  # over the list of `entered`
NUMBERS = (Kind.SHARE, Kind.AMOUNT, Kind.COUNT, Kind.NUMBER)
_COUNT = re.compile(r"\bCOUNT\(((?:N\()?k[a-z]_\w+\)?(?:,(?:N\()?k[a-z]_\w+\)?)*)\)(?=[<>=])", re.IGNORECASE)


def _ends(rule: Setting) -> tuple[str, str]:
    """The least and most of a cell as formulas write them; empty without."""
    if rule.kind is Kind.DAY:
        low, high = (f"DATE({day.year},{day.month},{day.day})" for day in (FIRST_DAY, LAST_DAY))
        return low, f"{high}+1"
    low, high = ("" if end is None else f"{end:.15g}" for end in rule.between)
    return low, high


def impossible(cell: str, rule: Setting) -> str:
    """Tests, parted by commas, of which one holds when a cell has what its rule refuses; empty for words."""
    if rule.kind is Kind.CHOICE:
        others = [f'{cell}<>"{one}"' for one in ("", *rule.choices)]
        return f"AND({','.join(others)})"
    if rule.kind is Kind.TEXT:
        return ""
    low, high = _ends(rule)
    beyond = ("" if not low else f"{cell}<{low}", "" if not high else f"{cell}>{high}")
    # A blank cell reads as nought, which is no fault of it
    ranges = [f"AND(ISNUMBER({cell}),{beyond[0]})" if _is_above_nought(rule) else beyond[0], beyond[1]]
    part = f"INT(N({cell}))<>N({cell})" if rule.kind is Kind.COUNT else ""
    return ",".join([f'AND(ISTEXT({cell}),{cell}<>"")', *filter(None, [*ranges, part])])


def impossible_in(cells: str, rule: Setting) -> str:
    """Whether one of a column of numbers is what their rule refuses."""
    low, high = _ends(rule)
    limits = [f'{cells},"{sign}{end}"' for sign, end in ((">=", low), ("<=", high)) if end]
    within = f"COUNTIFS({','.join(limits)})" if limits else f"COUNT({cells})"
    beyond = f"COUNTA({cells})<>{within}"
    if rule.kind is not Kind.COUNT:
        return beyond
    return f"IF({beyond},TRUE,SUMPRODUCT((INT({cells})<>{cells})*1)>0)"  # no text comes to INT


def _is_above_nought(rule: Setting) -> bool:
    return rule.kind is Kind.DAY or (rule.between[0] or 0) > 0


def read(cell: str, rule: Setting, otherwise: str = '""') -> str:
    """What is in a cell where that can be, else what a blank one gives (a formula without `=`)."""
    return f"IF(OR(NOT(ISNUMBER({cell})),{impossible(cell, rule)}),{otherwise},{cell})"


def counted(formula: str, rules: Mapping[str, Setting]) -> str:
    """A formula whose counts of filled cells leave out what cannot be; rules: of the cells, by name."""

    def leave_out(match: re.Match[str]) -> str:
        names = re.findall(r"k[a-z]_\w+", match[1])
        ruled = [(name, rules[name.lower()]) for name in names if name.lower() in rules]
        tests = [impossible(name, rule) for name, rule in ruled if rule.kind in NUMBERS]
        return f"{match[0]}-OR({','.join(tests)})" if tests else match[0]

    return _COUNT.sub(leave_out, formula)
