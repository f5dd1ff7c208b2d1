"""What a chart over months says above it: a figure of the chosen month against a year earlier, and since when.

The rule: the month against the one twelve earlier. An amount changed from 5%, a share beyond what chance does
(95%); "sinds" is the month after the year's highest or lowest, if the last three months moved that one way.
"""

from __future__ import annotations

from collections.abc import Callable

from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook.phrases import amount, month_year, percent, price

_MONTHS = 13
_NET, _KEPT = "netto omzet", "retentie"
_KEPT_AT = "MATCH({.maand},tblRetentie[maand],0)"


def _month(back: int) -> tuple[b.Cell, ...]:
    kept = f"INDEX(tblRetentie[retentie per jaar],{_KEPT_AT})"
    return (
        b.Formula(f'=IF(kc_maand="","",EDATE(kc_maand,-{back}))', "maand"),
        b.Formula(f'=IF(kc_tot<={back},"",INDEX(tblKpi[{_NET}],kc_rij-{back}))', "euro"),
        b.Formula(f'=IF({{.maand}}="","",IFERROR(IF({kept}="","",{kept}),""))', "procent"),
        b.Formula(
            f'=IF({{.{_KEPT}}}="","",INDEX(tblRetentie[klanten een jaar eerder],{_KEPT_AT}))', "aantal"
        ),
        b.Formula(f'=IF({{.{_KEPT}}}="","",INDEX(tblRetentie[nog klant],{_KEPT_AT}))', "aantal"),
    )


COURSE = b.Grid(
    (b.Column("maand"), *(b.Column(name, numbers=True) for name in (_NET, _KEPT, "basis", "nog klant"))),
    tuple(_month(back) for back in range(_MONTHS)),
    name="verloop",
    heading="De gekozen maand en de twaalf ervoor, de nieuwste boven",
)


def _of(column: str, at: int) -> str:
    return f"INDEX({{verloop.{column}}},{at})"


def _sentence(
    label: str, column: str, changed: str, shown: Callable[[str], str], same: str
) -> tuple[b.Cell, ...]:
    """Which way a figure went, which way its last months go, which of the thirteen was the turn, the sentence."""
    now, before = _of(column, 1), _of(column, _MONTHS)
    enough = f"COUNT({{verloop.{column}}})={_MONTHS}"
    up, down = (
        ",".join(f"{_of(column, at)}{sign}{_of(column, at + 1)}" for at in (1, 2, 3)) for sign in "><"
    )
    extreme = f"IF({{.verandering}}>0,MIN({{verloop.{column}}}),MAX({{verloop.{column}}}))"
    trend = (
        f'IF({{.verandering}}>0,"stijgt","daalt")&" sinds "&{month_year("EDATE(kc_maand,2-{.sinds})")}'
        f'&": "&{shown(f"INDEX({{verloop.{column}}},{{.sinds}})")}&" → "&{{.nu}}'
    )
    other = '"is in "&kc_maandnaam&IF({.verandering}>0," hoger: "," lager: ")&{.nu}&", een jaar eerder "&{.eerder}'
    nothing = f"AND({now}=0,{before}=0)"
    level = f'IF({nothing},"is nul in "&kc_maandnaam&", en een jaar eerder ook","{same}: "&{{.nu}}&" in "&kc_maandnaam&", een jaar eerder "&{{.eerder}})'
    said = f'IF({{.verandering}}=0,{level},IF({{.sinds}}="",{other},{trend}))'
    none = (
        f'IF(COUNT({{verloop.{column}}})=0,"{label}: "&IF(kn_{_KEPT}="","nog niet te tellen","nog van geen maand volledig te tellen"),"{label}, elke maand opnieuw geteld")'
        if column == _KEPT
        else f'"{label} per maand"'
    )
    since = f"MATCH({extreme},{{verloop.{column}}},0)"
    return (
        label,
        b.Formula(f'=IF({enough},IF({changed},SIGN({now}-{before}),0),"")', "aantal"),
        b.Formula(f'=IF({enough},IF(AND({up}),1,IF(AND({down}),-1,0)),"")', "aantal"),
        b.Formula(
            f'=IF(N({{.verandering}})=0,"",IF({{.verandering}}={{.drie maanden}},{since},""))', "aantal"
        ),
        b.Formula(f'=IF({enough},{shown(now)},"")'),
        b.Formula(f'=IF({enough},{shown(before)},"")'),
        b.Formula(f'=IF({{.verandering}}="",{none},"{label} "&{said})', name=f"kz_{column.split()[0]}"),
    )


def _revenue(number: str) -> str:
    """An amount in whole euros, with cents where it is so small that these say nothing."""
    return f"IF(OR({number}=0,ABS({number})>=10),{amount(number)},{price(number)})"


_POOLED = f"((N({_of('nog klant', 1)})+N({_of('nog klant', _MONTHS)}))/(N({_of('basis', 1)})+N({_of('basis', _MONTHS)})))"
_CHANCE = f"1.96*SQRT({_POOLED}*(1-{_POOLED})*(1/{_of('basis', 1)}+1/{_of('basis', _MONTHS)}))"
FINDINGS = b.Grid(
    (b.Column("cijfer"), *(b.Column(name, numbers=True) for name in ("verandering", "drie maanden", "sinds")), b.Column("nu"), b.Column("eerder"), b.Column("zin")),
    (
        _sentence("Netto omzet", _NET, f"ABS({_of(_NET, 1)}-{_of(_NET, _MONTHS)})>=0.05*ABS({_of(_NET, _MONTHS)})", _revenue, "is gelijk gebleven"),
        _sentence("Retentie per jaar", _KEPT, f"ABS({_of(_KEPT, 1)}-{_of(_KEPT, _MONTHS)})>{_CHANCE}", percent, "is niet aantoonbaar veranderd"),
    ),
    name="zinnen", heading="Wat de grafieken zeggen",
)  # fmt: skip
