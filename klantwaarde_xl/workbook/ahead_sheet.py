"""The sheet Vooruit: revenue of the months to come, of present customers and of new ones, with ends."""

from __future__ import annotations

from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook.phrases import amount, whole
from klantwaarde_xl.workbook.standard import alt
from klantwaarde_xl.workbook.styles import MUTED, NAVY, ON_NAVY, ORANGE, TEAL

SINCE = 5  # the version of the template in which it came
_NONE = '"–"'

# label, figure, explanation
_FIGURES = (
    ("Omzet, samen", "omzet", "van alle maanden hieronder die nog komen"),
    ("Omzet van huidige klanten", "huidige", "wie al klant was op de peildag"),
    ("Omzet van nieuwe klanten", "nieuwe", "wie nog komt: de eerste aankoop en wat erna volgt"),
    ("Aankopen, samen", "aankopen", "een dag van een klant is een aankoop"),
    ("Nieuwe klanten", "aantal", "volgens de laatste hele maanden"),
)


def _card(label: str, name: str, number: str, means: str = "") -> b.Card:
    said = amount if number == "euro" else whole
    low, high = (said(f"kw_vooruit_{name}_{end}") for end in ("laag", "hoog"))
    return b.Card(
        label,
        b.Formula(f'=IF(kw_vooruit_{name}="",{_NONE},kw_vooruit_{name})', number),
        b.Formula(f'=IF(kw_vooruit_{name}="","nog niet bekend","tussen "&{low}&" en "&{high})'),
        means=means,
    )


_CARDS = b.Cards(
    (
        _card(
            "Omzet, samen",
            "omzet",
            "euro",
            "Verwachte omzet na retouren van alle maanden die nog komen, van iedereen.",
        ),
        _card("Van huidige klanten", "huidige", "euro", "Het deel daarvan van wie nu al klant is."),
        _card("Van nieuwe klanten", "nieuwe", "euro", "Het deel daarvan van wie nog klant wordt."),
        _card(
            "Aankopen, samen",
            "aankopen",
            "aantal",
            "Verwachte aankopen in alle maanden die nog komen; een dag van een klant is er een.",
        ),
        _card("Nieuwe klanten", "aantal", "aantal"),
        b.Card(
            "Dan nog klant",
            b.Formula(f'=IF(kw_vooruit_klant="",{_NONE},kw_vooruit_klant)', "aantal"),
            b.Formula(
                f'=IF(kw_vooruit_klant="","nog niet bekend","van "&{whole("kw_actief")}&" die het nu zijn")'
            ),
        ),
    )
)
_MESSAGE = b.Message(
    b.Formula(
        '=IF(kw_vooruit_bericht="","","Nieuwe klanten: "&kw_vooruit_bericht)&IF(kw_vooruit_omzet="",""," '
        'Tussen: wat straks geteld wordt, ligt daar met 95% kans tussen.")',
        role="remark",
    )
)
_COMING, _PAST = 'tblVooruit[van],">"&kw_peildag', 'tblVooruit[tot en met],"<="&kw_peildag'
_EACH = amount(f"SUMIFS(tblVooruit[omzet samen],{_COMING})/MAX(1,COUNTIFS({_COMING}))")
_WAS = amount(f"SUMIFS(tblVooruit[geteld],{_PAST})/MAX(1,COUNTIFS({_PAST}))")
_MONTHS = f'IF(COUNTIFS({_PAST})=1,"maand",COUNTIFS({_PAST})&" maanden")'
_BEFORE = f'IF(COUNTIFS({_PAST})=0,"",", tegen "&{_WAS}&" in de laatste "&{_MONTHS})'
_FINDING = (
    '=IF(kw_vooruit_omzet="","Omzet per maand: geteld, en wat er komt",IF(kw_vooruit_nieuwe="",'
    f'"Van huidige klanten: gemiddeld "&{_EACH}&" per maand",'
    'IF(ROUND(kw_vooruit_nieuwe,0)=0,"Zonder nieuwe klanten: ","Verwacht: gemiddeld ")'
    f'&{_EACH}&" per maand"&{_BEFORE}))'
)


def months_chart(span: int, rows: int) -> b.Chart:
    """Revenue by month: columns of what was counted, then a line in a band, and new customers apart."""
    return b.Chart(
        b.Formula(_FINDING),
        "stacked",
        "tblMaandbeeld.as",
        (
            b.Series("geteld", "tblMaandbeeld.geteld", NAVY),
            b.Series("onvolledige maand", "tblMaandbeeld.loopt nog", NAVY, hatched=True),
            b.Series("", "tblMaandbeeld.voet", ""),
            b.Series("laag tot hoog (95%)", "tblMaandbeeld.band", ON_NAVY),
            b.Series("verwacht", "tblMaandbeeld.verwacht", ORANGE, kind="line"),
            b.Series("waarvan nieuwe klanten", "tblMaandbeeld.nieuwe klanten", MUTED, kind="line", dash=True),
        ),
        "euro",
        alt(
            "Kolommen en lijnen",
            "omzet per maand, geteld en verwacht, met een band en met die van nieuwe klanten",
            "Omzet per maand",
        ),
        span=span,
        rows=rows,
        figure="vooruit_omzet",
        bottom=None,
        empty="Nog geen maanden vooruit te tekenen: zie Vooruit.",
    )


def _figure(label: str, name: str, text: str) -> tuple[b.Cell, ...]:
    """A figure with its ends."""
    return label, *(b.Given(f"vooruit_{name}{end}") for end in ("", "_laag", "_hoog")), text


_TOTALS = b.Grid(
    (
        b.Column("alle maanden die komen", span=2),
        b.Column("verwacht", numbers=True),
        b.Column("laag (95%)", numbers=True),
        b.Column("hoog (95%)", numbers=True),
        b.Column("uitleg", "unit", span=4),
    ),
    (
        *(_figure(*row) for row in _FIGURES),
        ("Dan nog klant", b.Given("vooruit_klant"), "", "", "van wie nu klant is: de kansen opgeteld"),
        ("Vooruit tot en met", b.Given("vooruit_tot"), "", "", "de laatste dag die meetelt"),
    ),
    since=SINCE,
)
_BASIS = b.Grid(
    (b.Column("nieuwe klanten, waarop", "label_wrap", span=12),),
    ((b.Given("vooruit_bericht", lines=3),),),
    since=SINCE,
)
_NOTES = (
    "Laag en hoog: wat straks geteld wordt, ligt daar met 95% kans tussen. Toeval en schatting tellen mee.",
    "Niet daarin: acties, andere prijzen, een nieuwe concurrent.",
    "Hele maanden, dus iets verder dan de weken van de Prognose. Maanden tellen op.",
    "Hun laag en hoog tellen niet op, want mee- en tegenvallers heffen elkaar deels op.",
    "Omzet na retouren, zonder marge en rente. Een *: de lopende maand, geteld met wat er nog komt.",
)
_UNTIL = '"&DAY(kw_vooruit_tot)&"-"&MONTH(kw_vooruit_tot)&"-"&YEAR(kw_vooruit_tot)&"'
AHEAD = b.Sheet(
    "Vooruit",
    "Vooruit",
    b.Formula(
        '=IF(kw_vooruit_tot="","Wat komt er de komende maanden binnen?",'
        f'"Wat komt er binnen tot en met {_UNTIL}, van wie klant is en van wie nog komt?")'
    ),
    (
        _CARDS,
        _MESSAGE,
        b.WhenKnown("vooruit_omzet", (months_chart(12, 19),)),
        _TOTALS,
        _BASIS,
        b.Text(_NOTES),
        b.ResultBlock("vooruit", "Per maand", since=SINCE),
    ),
    (14,) * 12 + (12,) * 3,
    "Omzet per maand: van huidige klanten, van nieuwe, samen, laag en hoog.",
    tab=TEAL,
    prints="wide",
)
CHECKS = (
    b.Check(
        "De maanden op Vooruit tellen op tot het totaal",
        "=ABS(SUM(tblVooruit[omzet huidige])-kw_vooruit_huidige)<0.005",
        "Ververs het werkboek.",
        "=ISNUMBER(kw_vooruit_huidige)",
        since=SINCE,
    ),
)
