"""What is wanted of the key figures in the month that the user of a dashboard chooses, and how far it is.

A target is of a month, a quarter, half a year or a year, of each of them, or of always; of several that hold, the
one that names its period goes first, then the shortest. A sum is held against it over its own months, never over
the twelve of the card, and there is no verdict on a period that is not over, unless the target is reached.
"""

from __future__ import annotations

from klantwaarde_xl.data.settings import Kind, Setting
from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook.chosen_month import KEYS, Key

# What the target of a figure is, by the name of its number format
_OF_FORMAT = {
    "euro": (Kind.AMOUNT, "euro", (0.0, None)),
    "euro2": (Kind.AMOUNT, "euro", (0.0, None)),
    "aantal": (Kind.COUNT, "klanten", (0.0, 1e9)),
    "procent": (Kind.SHARE, "", (0.0, 1.0)),
}


def _rule(key: Key) -> Setting:
    kind, unit, between = _OF_FORMAT[key.number]
    return Setting("", kind, key.name, "", unit=unit, between=between, number=key.number)


TARGET_KINDS = b.ByWord("doel", "kengetal", tuple((key.name, _rule(key)) for key in KEYS))
BEGUN = tuple((key.name, None, None, None, "lager" if key.lower else "hoger", 0.1) for key in KEYS)

# term, first day of the one that the chosen month is in, months
_TERMS = (
    ("maand", "kc_maand", 1), ("kwartaal", "kc_kwartaal", 3), ("halfjaar", "kc_halfjaar", 6), ("jaar", "kc_jaar", 12),
)  # fmt: skip
_ALWAYS = 2 * len(_TERMS) + 1  # the last choice: those of a named period, of each period, of always
_NAMED = f"{{.keus}}<={len(_TERMS)}"
_SIGNS = ("✔ gehaald · ", "● bijna · ", "✖ niet gehaald · ")


def _within(first: str, months: str) -> str:
    return f'tblDoelen[maand],">="&{first},tblDoelen[maand],"<"&EDATE({first},{months})'


def _choice(ours: str) -> str:
    """Which target holds, as a number; nought for none."""
    found = [
        f'COUNTIFS({ours},tblDoelen[termijn],"{term}",{_within(first, str(many))})'
        for term, first, many in _TERMS
    ]
    found[0] += f'+COUNTIFS({ours},tblDoelen[termijn],"",{_within("kc_maand", "1")})'  # a month says enough
    found += [f'COUNTIFS({ours},tblDoelen[termijn],"{term}",tblDoelen[maand],"")' for term, *_ in _TERMS]
    found += [f'COUNTIFS({ours},tblDoelen[termijn],"",tblDoelen[maand],"")']
    chosen = "0"
    for number in range(len(found), 0, -1):
        chosen = f"IF({found[number - 1]}>0,{number},{chosen})"
    return f'=IF(kc_maand="",0,{chosen})'


def _of_choice(what: tuple[str, ...], number: str = "") -> b.Formula:
    """What belongs to the choice, empty for always and for none."""
    each = ",".join(what)
    return b.Formula(f'=IF(OR({{.keus}}=0,{{.keus}}={_ALWAYS}),"",CHOOSE({{.keus}},{each},{each}))', number)


def _goal(key: Key) -> tuple[b.Cell, ...]:
    """A figure's target, what it is held against, and how it stands, in words."""
    default, other = ("lager", "hoger") if key.lower else ("hoger", "lager")
    ours = f'tblDoelen[kengetal],"{key.name}",tblDoelen[doel],">-1000000000000"'

    def of(what: str, more: str = "") -> str:
        named = f"{ours},{_within('{.eerste dag}', '{.maanden}')},tblDoelen[termijn]"
        month = f'IF({{.keus}}=1,{what}{named},""{more}),0)'
        return f'IF({_NAMED},{what}{named},{{.termijn}}{more})+{month},{what}{ours},tblDoelen[maand],"",tblDoelen[termijn],{{.termijn}}{more}))'

    sides = of("COUNTIFS(", f',tblDoelen[beter],"{other}"')
    side = f'IF({sides}>0,"{other}","{default}")'
    blank = of("COUNTIFS(", ',tblDoelen[speling],""')
    room = f"IF({blank}>0,0.1,{of('SUMIFS(tblDoelen[speling],')})"
    light = [f'DOELSTOPLICHT({{.nu}},{{.doel}},"{one}",{{.speling}})' for one in ("lager", "hoger")]
    now = f"kn_{key.cell}"
    if key.over:
        now = f"IF({{.keus}}={_ALWAYS},{now},{key.over.replace('{from}', '{.eerste dag}')})"
    elif key.cell == "cac":  # costs are of twelve months
        now = f'IF(AND({{.maanden}}<>"",{{.maanden}}<>12),"",{now})'
    over = "{.gehad}={.maanden}" if key.over else "kc_maand=EDATE({.eerste dag},{.maanden}-1)"
    return (
        key.name,
        b.Formula(_choice(ours), "aantal"),
        _of_choice(tuple(f'"{term}"' for term, *_ in _TERMS)),
        _of_choice(tuple(first for _, first, _ in _TERMS), "datum"),
        _of_choice(tuple(str(many) for *_, many in _TERMS), "aantal"),
        b.Formula('=IF({.maanden}="","",COUNTIFS(tblKpi[maand],">="&{.eerste dag},tblKpi[maand],"<="&kc_maand))', "aantal"),
        b.Formula(f'=IF({{.maanden}}="",TRUE,{over})'),
        b.Formula(f'=IF({{.keus}}=0,0,{of("COUNTIFS(")})', "aantal"),
        b.Formula(f'=IF({{.aantal}}=1,{of("SUMIFS(tblDoelen[doel],")},"")', key.number, name=f"kd_{key.cell}"),
        b.Formula(f'=IF({{.aantal}}=1,{side},"")'),
        b.Formula(f'=IF({{.aantal}}=1,{room},"")', "procent"),
        b.Formula(f'=IF({{.doel}}="","",{now})', key.number),
        b.Formula(f'=IF(OR({{.doel}}="",{{.nu}}=""),"",IF({{.beter}}="lager",{light[0]},{light[1]}))'),
        b.Formula(f"={_stands(key, ours)}", name=f"ks_{key.cell}"),
    )  # fmt: skip


def _stands(key: Key, ours: str) -> str:
    """How far a target is, in words; a period that is not over has no verdict but that its target is reached."""
    signs = [
        f'IF({{.licht}}="{light}","{sign}",'
        for light, sign in zip(("groen", "oranje", "rood"), _SIGNS, strict=True)
    ]
    reached = '"✔ gehaald · "' if key.cell == "netto" else '"✔ op doel · "'
    grows = 'AND({.licht}="groen",{.beter}="hoger")' if key.cell == "netto" else '{.licht}="groen"'
    sign = f'IF({{.voorbij}},{"".join(signs)}""))),IF({grows},{reached},""))'
    goal, now = key.shown("{.doel}"), key.shown("{.nu}")
    part = f'" {"in" if key.over else "na"} "&{{.gehad}}&" van "&{{.maanden}}&" maanden"'
    after = f'", werd "&{now}' if key.over else '""'
    how = f'IF({{.nu}}="","",IF({{.voorbij}},{after},", nu "&{now}&{part}))'
    if key.cell == "cac":
        how = f'IF({{.nu}}="",IF({{.maanden}}=12,"","; de kaart is over 12 maanden"),{how})'
    told = f'{sign}&"doel "&IF({{.termijn}}="",{goal},{{.termijn}}&": "&{goal}&{how})'
    none = f'IF(COUNTIFS({ours})>0,IF(kc_maand="","doel geldt zodra een maand heel is","geen doel voor deze maand"),"geen doel gesteld")'
    return f'IF({{.aantal}}>1,"meer dan één doel: kijk op Doelen",IF({{.doel}}="",{none},{told}))'


GOALS = b.Grid(
    (
        b.Column("kerncijfer"), b.Column("keus", numbers=True), b.Column("termijn"), b.Column("eerste dag", numbers=True),
        b.Column("maanden", numbers=True), b.Column("gehad", numbers=True), b.Column("voorbij"), b.Column("aantal", numbers=True),
        b.Column("doel", numbers=True), b.Column("beter"), b.Column("speling", numbers=True), b.Column("nu", numbers=True),
        b.Column("licht"), b.Column("stand"),
    ),
    tuple(_goal(key) for key in KEYS),
    name="doelen", heading="Doelen van de gekozen maand",
)  # fmt: skip
