"""What stands in a yellow cell but cannot be counts as not filled in: pasting goes round a cell's validation.

A formula asks what is filled in with `COUNT(kw_marge,kw_rente)<2`, as `phrases.known` writes it; the layout
lets such a count leave out what the rule of a cell refuses. The cell turns red, and Controle says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from klantwaarde_xl.addresses import Area
from klantwaarde_xl.data.setting_kinds import FIRST_DAY, LAST_DAY, Kind, Setting

LABEL = "In elke gele cel staat wat er kan"
REMEDY = "Verbeter de rode cellen: wat daar staat kan niet, en telt als niet ingevuld."
TEST = "=ingevuld wat kan"  # of the check; the layout knows its cells
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
    return ",".join([f'AND(ISTEXT({cell}),{cell}<>"")', *filter(None, ranges)])


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


def check(entries: Sequence[tuple[str, Area, Setting]]) -> str:
    """A formula (without `=`) that is TRUE when no cell has what its rule refuses.

    entries: the cells that a user fills in, each with its sheet and rule.
    """
    tests = [
        _holds(sheet, area, rule) for sheet, area, rule in _joined(entries) if rule.kind is not Kind.TEXT
    ]
    return f"AND({','.join(tests)})" if tests else "TRUE"


def _holds(sheet: str, area: Area, rule: Setting) -> str:
    where = "'" + sheet.replace("'", "''") + "'!" + area.address
    if ":" not in area.address:
        return f"NOT(OR({impossible(where, rule)}))"
    low, high = _ends(rule)
    limits = [f'{where},"{sign}"&{end}' for sign, end in ((">=", low), ("<=", high)) if end]
    return f"COUNTA({where})=" + (f"COUNTIFS({','.join(limits)})" if limits else f"COUNT({where})")


def _joined(entries: Sequence[tuple[str, Area, Setting]]) -> list[tuple[str, Area, Setting]]:
    """The same cells with neighbours of one kind of rule as one area, down and then to the right."""
    for down in (True, False):
        found: dict[tuple[object, ...], tuple[str, Area, Setting]] = {}
        for sheet, area, rule in entries:
            same = (sheet, rule.kind, rule.between, rule.choices)
            before = (area.top - 1, area.left, area.right) if down else (area.top, area.bottom, area.left - 1)
            if rule.kind in NUMBERS and (one := found.pop((*same, *before), None)):
                area = one[1]._replace(bottom=area.bottom, right=area.right)
            after = (area.bottom, area.left, area.right) if down else (area.top, area.bottom, area.right)
            found[(*same, *after)] = (sheet, area, rule)
        entries = sorted(found.values(), key=lambda one: (one[0], one[1].left, one[1].top))
    return list(entries)
