"""The common mistakes in a customer value (D35), judged on the sheet with plain formulas."""

from __future__ import annotations

from collections.abc import Mapping

from klantwaarde_xl.kernels import mistakes
from klantwaarde_xl.kernels.mistakes import Mistake
from klantwaarde_xl.wording import mistakes as wording
from klantwaarde_xl.workbook.blocks import Column, Formula, Grid, Words
from klantwaarde_xl.workbook.styles import BAD, GOOD, MUTED

# What is TRUE on the sheet when a mistake is made; a year is the period. The others cannot be judged there
_MADE = {
    Mistake.MARGIN_IS_REVENUE: "{margin}>={revenue}",
    Mistake.RETENTION_NO_SHARE: "OR({retention}<0,{retention}>1)",
    Mistake.NOBODY_LEAVES: "{retention}=1",
    Mistake.PERIOD_OF_RETENTION: f"AND({{retention}}>{mistakes.HIGHEST_YEARLY_RETENTION},{{retention}}<1)",
    Mistake.PERIOD_OF_INTEREST: (
        f"AND({{interest}}<>0,OR({{interest}}<{mistakes.LOWEST_YEARLY_INTEREST},"
        f"{{interest}}>{mistakes.HIGHEST_YEARLY_INTEREST}))"
    ),
    Mistake.NO_INTEREST: "{interest}<=0",
    Mistake.NO_COSTS: "{costs}<=0",
    Mistake.VALUE_BELOW_COST_OF_WINNING: f"OR({{cac}}<=0,{{clv}}<{mistakes.HEALTHY_RATIO:g}*{{cac}})",
    Mistake.HORIZON_BEYOND_DATA: "{horizon}>{history}",
    Mistake.STALE_DATA: f"OR({{today}}-{{latest}}<0,{{today}}-{{latest}}>{mistakes.STALE_DAYS})",
}


def mistakes_table(facts: Mapping[str, str]) -> Grid:
    """A row for each mistake that can be judged: its outcome, and what to do when it is made.

    facts: the words of `kernels.mistakes.check_inputs` → a formula without `=`.
    """
    rows = []
    for check in mistakes.CHECKS:
        made = _MADE.get(check.mistake, "")
        known = [facts[need] for need in check.needs if need in facts]
        if not made or len(known) + ("period" in check.needs) < len(check.needs):
            continue
        test = made.format_map(facts)
        numbers = ",".join(f"ISNUMBER({fact})" for fact in known)
        judged = f'IF({test},"{wording.WARNS}","{wording.FINE}")'
        outcome = f'=IF(IFERROR(AND({numbers}),FALSE),{judged},"{wording.OPEN}")'
        advice = wording.advice_on(check.mistake).replace('"', '""')
        advised = Formula(f'=IF({{.uitkomst}}="{wording.WARNS}","{advice}","")', role="label")
        rows.append((wording.NAMES[check.mistake], Formula(outcome), advised))
    return Grid(
        (Column("veelgemaakte fout"), Column("uitkomst"), Column("wat te doen", "label", span=3)),
        tuple(rows),
        name="fouten",
        heading="Veelgemaakte fouten",
        looks=(Words("uitkomst", ((wording.FINE, GOOD), (wording.WARNS, BAD), (wording.OPEN, MUTED))),),
        since=2,
    )
