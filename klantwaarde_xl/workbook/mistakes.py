"""The common mistakes in a customer value (D35), judged on the sheet with plain formulas."""

from __future__ import annotations

from collections.abc import Mapping

from klantwaarde_xl.kernels import mistakes
from klantwaarde_xl.workbook.blocks import Column, Formula, Grid, Words
from klantwaarde_xl.workbook.styles import BAD, GOOD, MUTED

_FINE, _WARNS, _OPEN = mistakes.OUTCOMES
# By the facts that each check of the kernel needs: what is TRUE when it is made. A year is the period
_MADE = {
    ("revenue", "margin"): "{margin}>={revenue}",
    ("retention",): "",
    ("retention", "period"): (f"AND({{retention}}>{mistakes.HIGHEST_YEARLY_RETENTION},{{retention}}<1)"),
    ("interest", "period"): (
        f"AND({{interest}}<>0,OR({{interest}}<{mistakes.LOWEST_YEARLY_INTEREST},"
        f"{{interest}}>{mistakes.HIGHEST_YEARLY_INTEREST}))"
    ),
    ("interest",): "{interest}<=0",
    ("costs",): "{costs}<=0",
    ("clv", "cac"): f"OR({{cac}}<=0,{{clv}}<{mistakes.HEALTHY_RATIO:g}*{{cac}})",
    ("horizon", "history"): "{horizon}>{history}",
    ("latest", "today"): (f"OR({{today}}-{{latest}}<0,{{today}}-{{latest}}>{mistakes.STALE_DAYS})"),
}
_RETENTION = {
    "Retentie tussen 0% en 100%": "OR({retention}<0,{retention}>1)",
    "Klanten verlopen": "{retention}=1",
}


def mistakes_table(facts: Mapping[str, str]) -> Grid:
    """A row for each mistake that can be judged: its outcome, and what to do when it is made.

    facts: the words of `kernels.mistakes.check_inputs` → a formula without `=`.
    """
    rows = []
    for check in mistakes.CHECKS:
        made = _RETENTION.get(check.name) or _MADE.get(check.needs, "")
        known = [facts[need] for need in check.needs if need in facts]
        if not made or len(known) + ("period" in check.needs) < len(check.needs):
            continue
        test = made.format_map(facts)
        numbers = ",".join(f"ISNUMBER({fact})" for fact in known)
        outcome = f'=IF(IFERROR(AND({numbers}),FALSE),IF({test},"{_WARNS}","{_FINE}"),"{_OPEN}")'
        advice = check.advice.replace('"', '""')
        advised = Formula(f'=IF({{.uitkomst}}="{_WARNS}","{advice}","")', role="label")
        rows.append((check.name, Formula(outcome), advised))
    return Grid(
        (Column("veelgemaakte fout"), Column("uitkomst"), Column("wat te doen", "label", span=3)),
        tuple(rows),
        name="fouten",
        heading="Veelgemaakte fouten",
        looks=(Words("uitkomst", ((_FINE, GOOD), (_WARNS, BAD), (_OPEN, MUTED))),),
        since=2,
    )
