"""A year of customers and of revenue in pieces: who came and went, and of which purchases revenue is.

Both over the twelve months up to the chosen one (`chosen_month`), or as many as there are.
"""

from __future__ import annotations

from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook.phrases import customers, percent, signed, whole

_LEVELS = ("voet", "stand", "erbij", "eraf")


def _flow(column: str) -> str:
    return f'SUMIFS(tblKpi[{column}],tblKpi[maand],">"&EDATE(kc_maand,-12),tblKpi[maand],"<="&kc_maand)'


# what it is, its formula, whether it is a level
_MOVES = (
    ("begin", "INDEX(tblKpi[klanten begin],MAX(1,kc_rij-11))", True),
    ("nieuw", _flow("nieuw"), False),
    ("teruggekeerd", _flow("gereactiveerd"), False),
    ("verloren", f"-{_flow('verloren')}", False),
    ("eind", "INDEX(tblKpi[klanten eind],kc_rij)", True),
)


def _drawn(value: str) -> b.Formula:
    return b.Formula(f'=IF({{.aantal}}="",NA(),{value})', "aantal")


def _move(label: str, formula: str, *, level: bool) -> tuple[b.Cell, ...]:
    said = whole("{.aantal}") if level else signed("{.aantal}")
    foot, stand = ("NA()", "{.aantal}") if level else ("MIN({.vanaf},{.tot})", "NA()")
    more = "NA()" if level else "IF({.aantal}>=0,{.aantal},NA())"
    less = "NA()" if level else "IF({.aantal}<0,-{.aantal},NA())"
    return (
        label,
        b.Formula(f'=IF(kc_maand="","",{formula})', "aantal"),
        b.Formula('=IF({.aantal}="","",' + ("0" if level else "{^.tot}") + ")", "aantal"),
        b.Formula('=IF({.aantal}="","",{.vanaf}+{.aantal})', "aantal"),
        b.Formula(f'=IF({{.aantal}}="","","{label} "&{said})'),
        _drawn(foot), _drawn(stand), _drawn(more), _drawn(less),
    )  # fmt: skip


MOVED = b.Grid(
    (b.Column("stap"), *(b.Column(name, numbers=True) for name in ("aantal", "vanaf", "tot")), b.Column("label"), *(b.Column(name, numbers=True) for name in _LEVELS)),
    tuple(_move(label, formula, level=level) for label, formula, level in _MOVES),
    name="stroom", heading="Klanten van begin naar eind", looks=tuple(b.Faint(name) for name in _LEVELS),
)  # fmt: skip
_NET = "(INDEX({stroom.aantal},5)-INDEX({stroom.aantal},1))"


def _more(one: str, many: str, other: str, others: str) -> str:
    """How many more went one way than the other, of one and of more."""
    count = f"ABS({_NET})"
    return f'IF({count}=1,"Er {one} 1 klant meer dan er {other}","Er {many} "&{customers(count)}&" meer dan er {others}")'


MOVED_SAID = (
    '=IF(kc_maand="","Klanten: wie kwam en wie ging",IF(AND(MAX({stroom.aantal})=0,MIN({stroom.aantal})=0),"Geen klant om te volgen",IF(kc_tot<12+kw_gebruikt_inactief_na,"Klanten in "&MIN(12,kc_tot)&IF(kc_tot=1," maand"," maanden")&"; wie ging, is nog niet volledig te tellen",'
    f'IF({_NET}=0,"Er kwamen evenveel klanten als er gingen, in 12 maanden",IF({_NET}>0,{_more("kwam", "kwamen", "ging", "gingen")},{_more("ging", "gingen", "kwam", "kwamen")})&", in 12 maanden"))))'
)  # fmt: skip

# label, column of the result
_KINDS = (
    ("eerste aankopen", "direct"),
    ("herhaalaankopen", "herhaald"),
    ("mond-tot-mond", "mond-tot-mond"),
    ("zonder klant", "gasten"),
)


def _kind(label: str, column: str) -> tuple[b.Cell, ...]:
    cell = f"INDEX(tblJaar[{column}],kn_rij)"
    shown = f'"{label}"' if column != "gasten" else f'IF(N({{.omzet}})=0,"","{label}")'
    nothing = '{.omzet}=""' if column != "gasten" else "N({.omzet})=0"
    if column == "mond-tot-mond":
        shown = f'IF({{.omzet}}="","{label}: niet te zien","{label}")'
    return (
        b.Formula(f'=IF(kn_rij="","",{shown})'),
        b.Formula(f'=IF(kn_rij="","",IF({cell}="","",{cell}))', "euro"),
        b.Formula(f'=IF(OR({nothing},SUM({{verdeling.omzet}})<=0),NA(),{{.omzet}}/SUM({{verdeling.omzet}}))', "procent"),
    )  # fmt: skip


SPLIT = b.Grid(
    (b.Column("soort"), b.Column("omzet", numbers=True), b.Column("aandeel", numbers=True)),
    tuple(_kind(*one) for one in _KINDS),
    name="verdeling", heading="Omzet uit orders, 12 maanden", looks=(b.Faint("aandeel"),),
)  # fmt: skip
_PART = "INDEX({verdeling.aandeel},2)"
SPLIT_SAID = (
    '=IF(kn_rij="","Omzet: eerste aankoop, herhaling, mond-tot-mond",IF(IFERROR(' + _PART + ",0)>0," + percent(f"IFERROR({_PART},0)")
    + '&IF(SUM({verdeling.omzet})-N(kn_netto)>=0.5," van de omzet vóór retouren"," van de omzet")'
    '&" komt van klanten die terugkwamen","Geen omzet van klanten die terugkwamen"))'
)  # fmt: skip
