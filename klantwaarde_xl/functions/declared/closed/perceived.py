"""Weighted means of scores."""

from __future__ import annotations

from klantwaarde_xl.functions.spec import Native


def _weighted(scores: str, weights: str) -> str:
    return f"SUM(({scores})*{weights})/SUM({weights})"


TOTAL_GAP = Native(_weighted("{ervaring}-{verwachting}", "{gewichten}"), num="SUM(({gewichten}<0)*1)>0")
QUALITY = Native(
    "IF(SUM(({scores_concurrent}=0)*1)>0,#DIV/0!,"
    + _weighted("{eigen_scores}/{scores_concurrent}", "{gewichten}")
    + ")",
    num="IF((ROWS({eigen_scores})<>ROWS({scores_concurrent}))"
    "+(COLUMNS({eigen_scores})<>COLUMNS({scores_concurrent}))>0,#VALUE!,"
    "SUM(({eigen_scores}<0)+({scores_concurrent}<0))+SUM(({gewichten}<0)*1)>0)",
)
_GAINED = "{voordelen}*{gewicht_voordelen}"
_GIVEN = "{investeringen}*{gewicht_investeringen}"
BALANCE = Native(
    "LET(bs,SUM({gewicht_voordelen}),bt,SUM({gewicht_investeringen}),IF(bs*bt=0,#DIV/0!,"
    f"IF({{wijze}}=2,SUM({_GAINED})-SUM({_GIVEN}),IF({{wijze}}=1,(SUM({_GAINED})/bs)/(SUM({_GIVEN})/bt),"
    f"SUM({_GAINED})/bs-SUM({_GIVEN})/bt))))",
    num="SUM(({gewicht_voordelen}<0)*1)+SUM(({gewicht_investeringen}<0)*1)>0",
)
