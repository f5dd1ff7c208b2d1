"""Targets: what a key figure has to be, in which month."""

from __future__ import annotations

from klantwaarde_xl.data.declared_tables.headers import words
from klantwaarde_xl.data.reading.doubts import Looked
from klantwaarde_xl.data.tables import CURRENCY, Column, Kind, Table


def _twice(looked: Looked) -> list[str]:
    """Figures with two targets for one month: nobody can tell which of them holds."""
    found = looked.con.execute(
        "select kengetal, count(*) from doelen group by kengetal, maand having count(*) > 1 order by 1"
    ).fetchall()
    names = ", ".join(dict.fromkeys(repr(name) for name, _ in found))
    return [f"meer dan één doel voor dezelfde maand bij {names}: haal weg wat niet geldt"] if found else []


DOELEN = Table(
    "doelen",
    "tblDoelen",
    "Doelen",
    "Doelen per kengetal en maand",
    (
        Column(
            "kengetal",
            Kind.KEY,
            words("kpi indicator metric maatstaf cijfer measure kengetallen naam name"),
            "Welk cijfer, zoals retentie per jaar of NPS.",
        ),
        Column(
            "maand",
            Kind.MONTH,
            words("periode datum per peildatum deadline streefdatum month period date duedate targetdate"),
            "Mag leeg blijven: de maand waarin het doel gehaald moet zijn; leeg is altijd.",
            required=False,
        ),
        Column(
            "doel",
            Kind.NUMBER,
            words("doelwaarde streefwaarde target targetvalue goal goalvalue norm begroting budget plan"),
            "De waarde die gehaald moet worden; 80% en 0,8 zijn hetzelfde.",
            maybe_money=True,
        ),
    ),
    doubts=(_twice,),
    aids=(CURRENCY,),
)
