"""Segments and channels of a survey, the best on top: who answered high, in between and low."""

from __future__ import annotations

from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook.phrases import cut, signed, whole
from klantwaarde_xl.workbook.styles import GREY, ORANGE, TEAL

SHOWN = 8  # of more, the best half and the worst half
_MOST = 24
_TABLE = "tblEnqueteUitkomst"
_OF_TEN = 'ku_schaal="0 t/m 10"'
_VALUE = f'IF({_OF_TEN},INDEX({_TABLE}[NPS],{{.rij}}),IF(INDEX({_TABLE}[CSAT],{{.rij}})="","",100*INDEX({_TABLE}[CSAT],{{.rij}})))'


def _group(place: int) -> tuple[b.Cell, ...]:
    few = f"INDEX({_TABLE}[antwoorden],{{.rij}})<ku_minst"
    return (
        b.Formula(f'=IF({place + 1}>ku_groepen,"",{place + 1})', "aantal"),
        b.Formula(f'=IF({{.rij}}="","",IF({few},"",IF({_VALUE}="","",{_VALUE}-{place}/1000000000)))', "een"),
        b.Formula(f'=IF({{.rij}}="",0,IF({few},1,0))', "aantal"),
    )


ALL = b.Grid(
    (b.Column("rij"), b.Column("waarde", numbers=True), b.Column("te weinig", numbers=True)),
    tuple(_group(place) for place in range(1, _MOST + 1)),
    name="allegroepen", heading="Alle segmenten en kanalen",
)  # fmt: skip
_COUNT = "COUNT({allegroepen.waarde})"
PARTS = ("deel hoogste", "deel midden", "deel laagste")


def _ranked(place: int) -> tuple[b.Cell, ...]:
    rank = f"{place}" if place <= SHOWN // 2 else f"MAX({place},{_COUNT}-{SHOWN - place})"
    row = f"MATCH(LARGE({{allegroepen.waarde}},{rank}),{{allegroepen.waarde}},0)"
    name = f"INDEX({_TABLE}[groep],{{.rij}})"
    value = f'IF({_OF_TEN},{signed(f"ROUND({_VALUE},0)")},{whole(f"ROUND({_VALUE},0)")}&"%")'
    many = whole(f"INDEX({_TABLE}[antwoorden],{{.rij}})")
    shares = (f"INDEX({_TABLE}[{part}],{{.rij}})" for part in PARTS)
    return (
        b.Formula(f'=IF({place}>MIN({SHOWN},{_COUNT}),"",INDEX({{allegroepen.rij}},{row}))', "aantal"),
        b.Formula(f'=IF({{.rij}}="","",{cut(name, 18)}&" ("&{many}&"): "&{value})'),
        *(b.Formula(f'=IF({{.rij}}="",NA(),IF({one}="",NA(),{one}))', "deel") for one in shares),
    )


GROUPS = b.Grid(
    (b.Column("rij"), b.Column("groep"), *(b.Column(name, numbers=True) for name in ("hoog", "midden", "laag"))),
    tuple(_ranked(place) for place in range(1, SHOWN + 1)),
    name="groepen", heading="Per segment en kanaal, de beste boven", looks=tuple(b.Faint(name) for name in ("hoog", "midden", "laag")),
)  # fmt: skip
SERIES = tuple(
    b.Series(f"=ku_naam_{kind}", f"groepen.{column}", color)
    for kind, column, color in (
        ("promotors", "hoog", TEAL),
        ("passief", "midden", GREY),
        ("criticasters", "laag", ORANGE),
    )
)
_FEW = "SUM({allegroepen.te weinig})"
_BEST = "INDEX({groepen.groep},1)"
TITLE = (
    f'=IF(ku_groepen<2,"Zonder segment of kanaal zijn er geen groepen",IF({_COUNT}=0,"Geen groep heeft genoeg antwoorden",'
    f'IF({_COUNT}>{SHOWN},"De {SHOWN // 2} beste en {SHOWN // 2} zwakste groepen","Per segment en kanaal")&" (antwoorden): "&IF({_OF_TEN},"NPS","CSAT")'
    f'&IF({_FEW}=0,"","; "&{_FEW}&" met te weinig")))'
)
