"""Sheet Prognose: the coming year on one printable page."""

from __future__ import annotations

from klantwaarde_xl.data.forecasts import ACTIONS, TOP
from klantwaarde_xl.workbook.sheets import Book, Field, Page, axis
from klantwaarde_xl.workbook.styles import BAD, GREY, TEAL
from klantwaarde_xl.workbook.templates.forecast.inputs import ADVICE
from klantwaarde_xl.workbook.templates.forecast.model import ALT_PROGRESS, progress_chart

_SIZE = (588, 300)
_TABLES = 26  # the row of the headers below the charts
_VALUE = "tblPrognose[klantwaarde]"
_MANY = "ROUNDUP(ROWS(tblPrognose[klant])/10,0)"
_EDGE = f"LARGE({_VALUE},{_MANY})"
# The values above the edge, and the edge itself for the rest of the tenth: customers may be equal
_BEST = f'SUMIFS({_VALUE},{_VALUE},">"&{_EDGE})+({_MANY}-COUNTIFS({_VALUE},">"&{_EDGE}))*{_EDGE}'
_DEVIATION = "kw_erna_verwacht/kw_erna_werkelijk-1"
TOP_FIELDS = (
    Field("klant", "tekst"),
    Field("laatste aankoop", "datum"),
    Field("kans nog klant", "procent"),
    Field("verwachte aankopen", "een"),
    Field("klantwaarde", "euro"),
    Field("actie", "tekst"),
)


def _shown(name: str) -> str:
    """A figure, or a dash while there is none."""
    return f'=IF({name}="","–",{name})'


def _whole(number: str) -> str:
    """A whole number as text with a point between thousands, whatever the language of the program."""
    return f'SUBSTITUTE(FIXED({number},0),",",".")'


def _between(name: str, euro: str = "") -> str:
    low, high = (_whole(f"{name}_{end}") for end in ("laag", "hoog"))
    return f'=IF({name}="","nog geen prognose","tussen {euro}"&{low}&" en {euro}"&{high}&" (95%)")'


CARDS = (
    ("B:C", "Klantwaarde, samen", _shown("kw_waarde"), "euro", _between("kw_waarde", "€ ")),
    ("D:E", "Verwachte aankopen", _shown("kw_aankopen"), "aantal", _between("kw_aankopen")),
    ("F:G", "Nog klant", _shown("kw_actief"), "aantal",
     f'=IF(kw_actief="","nog geen prognose","van "&{_whole("kw_klanten")}&" klanten ("&ROUND(100*kw_actief/kw_klanten,0)&"%)")'),
    ("H:I", "Waarde van de beste 10%", f'=IF(kw_waarde="","–",{_BEST})', "euro",
     f'=IF(kw_waarde="","nog geen prognose",{_whole(_MANY)}&" klanten, "&ROUND(100*H5/kw_waarde,0)&"% van de waarde")'),
    ("J:K", "Klantwaarde per klant", _shown("kw_perklant"), "euro2", _between("kw_perklant", "€ ")),
    ("L:M", "Voorspelling getoetst", f'=IFERROR(ROUND({_DEVIATION},3),"–")', "verschil",
     f'=IFERROR(IF(ABS({_DEVIATION})<=0.2,"✔ ","⚠ ")&"verwacht "&{_whole("kw_erna_verwacht")}&", geteld "&{_whole("kw_erna_werkelijk")},"niet te toetsen: zie Verloop")'),
)  # fmt: skip


def board(book: Book) -> Page:
    """The page that one prints and talks about."""
    page = book.page("Prognose", "Klantprognose", "", (13.5,) * 12, tab=TEAL)
    page.formula(
        "B2",
        '=IF(kw_bedrijf="","vul uw gegevens in op Instellingen",kw_bedrijf)&"  ·  de komende "'
        '&kw_gebruikt_horizon&" weken  ·  gegevens tot en met "&DAY(kw_peildag)&"-"&MONTH(kw_peildag)&"-"&YEAR(kw_peildag)',
        "subtitle",
    )
    page.sheet.set_row(2, 8)
    for columns, label, value, number, note in CARDS:
        page.card(columns, 4, label, value, number, note)
    for row, height in ((3, 24), (4, 32), (5, 20)):
        page.sheet.set_row(row, height)
    page.message("B7:M7", f"={_NOTICE}", "remark", 30)
    alarm = book.raw.add_format({"font_color": BAD, "bold": True, "italic": False})
    page.sheet.conditional_format("B7", {"type": "formula", "criteria": '=kw_bericht<>""', "format": alarm})
    page.chart("B8", progress_chart(book), "Herhaalaankopen: werkelijk en verwacht", ALT_PROGRESS, _SIZE)
    page.chart(
        "H8",
        _by_action(book),
        "Wat u met wie doet: klanten en waarde",
        "Staven per actie: deel van de klanten en deel van de klantwaarde.",
        _SIZE,
    )
    page.heading(f"B{_TABLES - 1}", f"De {TOP} klanten met de meeste waarde", "G")
    page.table("tblTop", _TABLES, 2, TOP_FIELDS)
    _actions(page)
    page.sheet.print_area(f"A1:M{_TABLES + TOP + 1}")
    page.sheet.fit_to_pages(1, 1)
    return page


_MARGIN = (
    'IF(kw_gebruikt_marge="","Zonder marge: klantwaarde is hier omzet, geen winst",'
    '"Klantwaarde na een marge van "&ROUND(100*kw_gebruikt_marge,1)&"%")'
)
_INTEREST = (
    'IF(N(kw_gebruikt_rente)=0,"zonder rente","tegen "&ROUND(100*kw_gebruikt_rente,1)&"% rente per jaar")'
)
_NOTICE = (
    'IF(kw_bericht<>"","⚠ Geen prognose: "&kw_bericht,'
    f'{_MARGIN}&" · "&{_INTEREST}&" · model "&UPPER(kw_gebruikt_model))'
)


def _actions(page: Page) -> None:
    """Customers and value by action, from the table of customers; the chart draws it."""
    page.heading(f"I{_TABLES - 1}", "Wat u met wie doet", "M")
    page.header_row(_TABLES, "I", ("actie", "klanten", "deel", "klantwaarde", "deel waarde"), numbers=True)
    first = _TABLES + 1
    for row, action in enumerate(ACTIONS.values(), first):
        page.text(f"I{row}", action, "label")
        page.formula(f"J{row}", f"=COUNTIFS(tblPrognose[actie],I{row})", number="aantal")
        page.formula(f"K{row}", f"=J{row}/ROWS(tblPrognose[klant])", number="procent")
        page.formula(f"L{row}", f"=SUMIFS({_VALUE},tblPrognose[actie],I{row})", number="euro")
        page.formula(f"M{row}", f"=IF(N(kw_waarde)=0,0,L{row}/kw_waarde)", number="procent")
    for row, (action, _, advice) in enumerate(ADVICE, first + len(ACTIONS) + 1):
        page.text(f"I{row}", f"{action}: {advice}", "note")


def _by_action(book: Book) -> object:
    chart = book.raw.add_chart({"type": "bar"})
    first, last = _TABLES + 1, _TABLES + len(ACTIONS)
    for name, column, color in (("deel van de klanten", "K", GREY), ("deel van de klantwaarde", "M", TEAL)):
        chart.add_series(
            {
                "name": name,
                "categories": f"='Prognose'!$I${first}:$I${last}",
                "values": f"='Prognose'!${column}${first}:${column}${last}",
                "fill": {"color": color},
                "gap": 60,
            }
        )
    chart.set_x_axis(axis("0%", grid=True))
    chart.set_y_axis(axis(reverse=True))
    return chart
