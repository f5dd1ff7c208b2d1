"""The sheet with what each channel cost and whom it won, month by month."""

from __future__ import annotations

from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook.column_looks import Course
from klantwaarde_xl.workbook.phrases import cut, month_words
from klantwaarde_xl.workbook.styles import GREY

SINCE = 7  # the version of the template in which it came
_CHANNELS, _MONTHS, _NAME = 8, 12, 26
_ROWS = "tblKanaalMaanden"


def _month(number: int) -> b.Column:
    """The column of a month, with its name above it."""
    said = month_words(f"EDATE(kw_kanalen_van,{number - 1})")
    shown = b.Formula(f'=IF({number}>N(kw_kanalen_maanden),"",{said})')
    return b.Column(str(number), numbers=True, shown=shown)


def _grid(heading: str, column: str, number: str, *, may_lack: bool = False) -> b.Grid:
    """A figure of each channel in each month; may_lack: whether a channel's may be unknown."""

    def each(row: int, month: int) -> b.Formula:
        channel = f"INDEX(tblKanalen[kanaal],{row})"
        found = f"SUMPRODUCT(({_ROWS}[kanaal]={channel})*({_ROWS}[maand]=EDATE(kw_kanalen_van,{month - 1}))*{_ROWS}[{column}])"
        if may_lack:  # asked only of a channel that is there
            found = f'IF(INDEX(tblKanalen[{column}],{row})="","",{found})'
        return b.Formula(f'=IF(OR({{.kanaal}}="",{month}>N(kw_kanalen_maanden)),"",{found})', number)

    return b.Grid(
        (
            b.Column("kanaal"), *(_month(month) for month in range(1, _MONTHS + 1)),
            b.Column("samen", numbers=True), b.Column("verloop"),
        ),
        tuple(
            (
                b.Formula(f'=IF({row}>ROWS(tblKanalen[kanaal]),"",{cut(f"INDEX(tblKanalen[kanaal],{row})", _NAME)}&"")', role="name"),
                *(each(row, month) for month in range(1, _MONTHS + 1)),
                b.Formula(f'=IF({{.kanaal}}="","",IF(INDEX(tblKanalen[{column}],{row})="","",INDEX(tblKanalen[{column}],{row})))', number),
                None,
            )
            for row in range(1, _CHANNELS + 1)
        ),
        heading=heading,
        looks=(b.Filled("kanaal", "verloop"), Course("verloop", "1", str(_MONTHS))),
    )  # fmt: skip


SHEET = b.Sheet(
    "Kanalen per maand", "Kanalen per maand", "Wat elk kanaal per maand kostte, en wie er nieuw kwam. De eerste acht kanalen; alle staan in de lijst eronder.",
    (
        b.WhenKnown("kanalen_maanden", (
            _grid("Nieuwe klanten per maand", "nieuwe klanten", "aantal"),
            _grid("Kosten per maand", "kosten", "euro", may_lack=True),
        )),
        b.ResultBlock("kanaalmaanden", "Alle kanalen, maand voor maand", since=SINCE),
    ),
    (26, *(12,) * _MONTHS, 11, 16), "Kosten en nieuwe klanten per kanaal en maand.", tab=GREY,
)  # fmt: skip
TOTAL = b.Check(
    "De maanden tellen op tot de kanalen",
    f"=AND(SUM({_ROWS}[nieuwe klanten])=kw_kanalen_nieuw,ABS(SUM({_ROWS}[kosten])-SUM(tblKanalen[kosten]))<0.005)",
    "Ververs het werkboek.",
    since=SINCE,
)
