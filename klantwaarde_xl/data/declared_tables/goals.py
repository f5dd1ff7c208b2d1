"""Targets: what a key figure has to be, in which month, quarter, half year or year."""

from __future__ import annotations

from klantwaarde_xl.data.declared_tables.headers import words
from klantwaarde_xl.data.reading.doubts import Looked
from klantwaarde_xl.data.tables import CURRENCY, YEAR, Column, Kind, Table
from klantwaarde_xl.dutch import format_number


def _twice(looked: Looked) -> list[str]:
    """Figures with two targets for one period: nobody can tell which of them holds."""
    found = looked.con.execute(
        "select kengetal, count(*) from doelen group by kengetal, maand, termijn having count(*) > 1 "
        "order by 1"
    ).fetchall()
    names = ", ".join(dict.fromkeys(repr(name) for name, _ in found))
    return [f"meer dan één doel voor dezelfde periode bij {names}: haal weg wat niet geldt"] if found else []


# What key figures are called, and columns beside goals of these
_FIGURES = (
    r"omzet|revenue|klanten|customers|orderwaarde|\baov\b|retentie|retention|\bclv\b|\bcac\b|\bnps\b|marge|margin|"
    r"churn|orders|bestellingen|csat|\bces\b|winst|profit|conversie|verloop"
)
_NO_GOALS = r"gehaald|werkelijk|actual|realisatie|gerealiseerd|verschil|variance|vorig|last ?year|previous"

_SHARE = r"retentie|retention|marge|margin|verloop|churn|conversie|aandeel|share"


def _shares(looked: Looked) -> list[str]:
    """Shares above 1: 80 is no 80%."""
    found = looked.con.execute(
        "(select kengetal, doel from doelen where regexp_matches(lower(kengetal), $share) and doel > 1) "
        "union all (select 'speling van ' || kengetal, speling from doelen where speling > 1) limit 3",
        {"share": _SHARE},
    ).fetchall()
    return [
        f"{name}: {format_number(value)} is {format_number(100 * value)}%; bedoelt u "
        f"{format_number(value)}%, schrijf dan het procentteken erbij"
        for name, value in found
    ]


DOELEN = Table(
    "doelen",
    "tblDoelen",
    "Doelen",
    "Doelen per kengetal en periode",
    (
        Column(
            "kengetal",
            Kind.KEY,
            words(
                "kpi kerncijfer kerncijfers indicator metric maatstaf cijfer measure kengetallen naam name"
            ),
            "Welk cijfer, zoals retentie per jaar of NPS.",
        ),
        Column(
            "maand",
            Kind.MONTH,
            words(
                "periode datum per peildatum deadline streefdatum month period date duedate targetdate "
                "kwartaal quarter halfjaar"
            ),
            "Mag leeg blijven: de maand, het kwartaal (Q1 2026), halfjaar of jaar van het doel, of de eerste "
            "maand daarvan; leeg is altijd.",
            required=False,
            ahead=True,
        ),
        Column(
            "doel",
            Kind.NUMBER,
            (
                *words("doelwaarde streefwaarde target targetvalue goal goalvalue"),
                r"^(doel|doelen|target|goal|streefwaarde|begroting|budget)(voor|for)?(q[1-4]|h[12])?(19|20)\d\d$",
                r"^(q[1-4]|h[12])?(19|20)\d\d(doel|doelen|target|goal|streefwaarde|begroting|budget)$",
                *words("norm begroting budget plan"),
            ),
            "De waarde die gehaald moet worden; 80% en 0,8 zijn hetzelfde.",
            number="cijfer",
            maybe_money=True,
        ),
        Column(
            "termijn",
            Kind.TEXT,
            words("periodesoort soortperiode periodetype periodtype granularity"),
            "Mag leeg blijven: maand, kwartaal, halfjaar of jaar; leeg is wat bij maand staat.",
            required=False,
            example="maand",
            choices=("maand", "kwartaal", "halfjaar", "jaar"),
        ),
        Column(
            "beter",
            Kind.TEXT,
            words("richting welkekant direction better betteris"),
            "Mag leeg blijven: hoger of lager, de kant die goed is.",
            required=False,
            example="hoger",
            choices=("hoger", "lager"),
        ),
        Column(
            "speling",
            Kind.NUMBER,
            words("tolerantie tolerance"),
            "Mag leeg blijven: het deel van het doel dat bij bijna gehaald nog mag ontbreken, zoals 10%.",
            required=False,
            number="procent",
            example=0.1,
            between=(0.0, 1.0),
        ),
    ),
    doubts=(_twice, _shares),
    aids=(YEAR, CURRENCY),
    across=("maand", "doel"),
    by_name=("kengetal", _FIGURES, _NO_GOALS),
)
