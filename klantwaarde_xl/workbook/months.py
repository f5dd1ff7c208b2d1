"""The months of the monthly result: sums over whole years, the window that charts draw, the charts.

The sums and the comparison read `kc_maanden`, the whole months from the first one with an order, as the
result on retention has them (`FILLED`); a template with these names it among its figures. A refund of an
order that lies before the data makes a month of the monthly result, and none of these. The window ends at
row `kc_eind` of the result, of `chosen_month`.
"""

from __future__ import annotations

from typing import Any

from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook.phrases import known, month_words

MONTHS = 24
FILLED = '=COUNTIFS(tblRetentie[maand],"<="&kw_laatste_maand)'

_BEFORE = '">"&EDATE(kw_laatste_maand,-24),tblKpi[maand],"<="&EDATE(kw_laatste_maand,-12)'


def year_to(column: str, last: str, months: str) -> str:
    """A column's sum over the twelve months up to one; empty while there are fewer.

    last: the cell of that month; months: the cell with how many there are up to it.
    """
    within = f'tblKpi[maand],">"&EDATE({last},-12),tblKpi[maand],"<="&{last}'
    return f'=IF({months}<12,"",SUMIFS(tblKpi[{column}],{within}))'


def last_year(column: str) -> str:
    """A column's sum over the last twelve whole months; empty while there are fewer."""
    return year_to(column, "kw_laatste_maand", "kc_maanden")


def year_before(column: str) -> str:
    """A column's sum over the twelve months before those; empty while there are fewer."""
    return f'=IF(kc_maanden<24,"",SUMIFS(tblKpi[{column}],tblKpi[maand],{_BEFORE}))'


def of_month(column: str, month: str = "kw_laatste_maand") -> str:
    """A column's value of one month, without `=`; month: a cell or a formula for its first day."""
    return f"SUMIFS(tblKpi[{column}],tblKpi[maand],{month})"


# From result to window: header, number format, whether a running month is left out
_DRAWN = (
    ("nieuw", "aantal"),
    ("terugkerend", "aantal"),
    ("klanten eind", "aantal"),
)


def _window_row(back: int) -> tuple[str | b.Formula, ...]:
    """A month of the window, so many before the newest; what may not be drawn is #N/A."""

    def drawn(value: str, which: str, number: str) -> b.Formula:
        return b.Formula(f"=IF(OR({{.rij}}<1,{which}),NA(),{value})", number)

    runs, whole = "{.maand}>kw_laatste_maand", "{.maand}<=kw_laatste_maand"
    net = "INDEX(tblKpi[netto omzet],{.rij})"
    kept = "INDEX(tblRetentie[retentie per jaar],MATCH({.maand},tblRetentie[maand],0))"
    return (
        b.Formula(f"=kc_eind-{back}", "aantal"),
        b.Formula('=IF({.rij}<1,"",INDEX(tblKpi[maand],{.rij}))', "maand"),
        b.Formula('=IF({.rij}<1,"",' + month_words("MAX({.maand},1000)") + ")" if back % 3 == 0 else '=""'),
        drawn(net, runs, "euro"),
        drawn(net, whole, "euro"),
        *(drawn(f"INDEX(tblKpi[{header}],{{.rij}})", runs, number) for header, number in _DRAWN),
        b.Formula(f'=IFERROR(IF({kept}="",NA(),{kept}),NA())', "procent"),
        b.Formula(
            "=IF(ISNUMBER({.retentie per jaar}),"
            "IF(MOD(MONTH({.maand})-MONTH(kc_maand),6)=0,{.retentie per jaar},NA()),NA())",
            "procent",
        ),
        b.Formula(
            "=IF(AND(ISNUMBER({.retentie per jaar}),ISNUMBER(kd_retentie)),kd_retentie,NA())", "procent"
        ),
    )


_WINDOW_HEADERS = (
    "rij",
    "maand",
    "as",
    "netto omzet",
    "loopt nog",
    *(header for header, _ in _DRAWN),
    "retentie per jaar",
    "elk half jaar",
    "doel",
)
WINDOW = b.Grid(
    tuple(b.Column(header, numbers=header != "rij") for header in _WINDOW_HEADERS),
    tuple(_window_row(back) for back in reversed(range(MONTHS))),
    name="maanden",
    heading=f"De {MONTHS} maanden van de grafieken",
    looks=tuple(b.Faint(header) for header in _WINDOW_HEADERS[3:]),
)


def change(names: str, now: str, before: str) -> b.Formula:
    """A comment that compares with a year earlier; names: the cells that must hold numbers."""
    share = f"(ROUND(100*({now}/{before}-1),0)+0)"  # plus nought: there is no minus nought per cent
    said = (
        f'IF(MIN({names})=0,"",IF({share}=0,"gelijk aan een jaar eerder",'
        f'IF({share}>0,"▲ ","▼ ")&ABS({share})&"% t.o.v. een jaar eerder"))'
    )
    none = 'IF(kc_maanden<12,"nog geen 12 hele maanden","nog geen twee volle jaren")'
    return b.Formula(f"={known(names, said, none)}")


NO_MONTH = "Nog geen hele maand."


def trend(
    title: str | b.Formula, kind: str, number: str, alt: str, *series: b.Series, **more: Any
) -> b.Chart:
    """A chart over the months of the window; its series are columns of the window, `maanden.nieuw`."""
    return b.Chart(title, kind, "maanden.as", series, number, alt, rows=13, **more)
