"""The budget: what goes to each channel a month, and between which bounds a proposal may move it."""

from __future__ import annotations

from klantwaarde_xl.data.declared_tables.headers import words
from klantwaarde_xl.data.reading.doubts import Looked
from klantwaarde_xl.data.tables import CURRENCY, Column, Kind, Table

_BOUND = "Mag leeg blijven: wat het kanaal per maand ten {} krijgt."


def _twice(looked: Looked) -> list[str]:
    """Channels that stand in it more than once, whose rows add up."""
    found = looked.con.execute(
        "select min(kanaal) from budget group by lower(trim(kanaal)) having count(*) > 1 order by 1"
    ).fetchall()
    names = ", ".join(repr(name) for (name,) in found)
    return [f"meer dan een rij van {names}: die tellen samen"] if found else []


def _crossed(looked: Looked) -> list[str]:
    """Channels of which the floor lies above the ceiling: there is no amount between them."""
    found = looked.con.execute("select kanaal from budget where vloer > plafond order by rij").fetchall()
    return [f"{name!r}: de vloer is hoger dan het plafond" for (name,) in found]


BUDGET = Table(
    "budget",
    "tblBudget",
    "Budget",
    "Budget per kanaal en maand",
    (
        Column(
            "kanaal",
            Kind.KEY,
            words("kanaalnaam marketingkanaal mediakanaal channel channelname platform bron source segment"),
            "Zoals op Kosten.",
        ),
        Column(
            "nu",
            Kind.AMOUNT,
            words(
                "budget bedrag huidig current now spend besteding begroot amount maandbudget budgetpermaand"
            ),
            "Mag leeg blijven: wat u er nu per maand aan uitgeeft; leeg is het gemiddelde van Kosten.",
            required=False,
        ),
        Column(
            "vloer",
            Kind.AMOUNT,
            words("minimum min ondergrens floor tenminste minstens"),
            _BOUND.format("minste"),
            required=False,
            example=0.0,
        ),
        Column(
            "plafond",
            Kind.AMOUNT,
            words("maximum max bovengrens ceiling cap tenhoogste hoogstens"),
            _BOUND.format("hoogste"),
            required=False,
            example=500.0,
        ),
    ),
    doubts=(_twice, _crossed),
    aids=(CURRENCY,),
)
