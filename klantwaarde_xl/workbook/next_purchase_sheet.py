"""The sheet Volgende: when each customer is expected to buy again, and who is late."""

from __future__ import annotations

from klantwaarde_xl.wording.next_purchase import GONE, ON_TIME, ONCE, OVERDUE
from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook.phrases import whole
from klantwaarde_xl.workbook.styles import BAD, GOOD, MUTED, TEAL

SINCE = 5  # the version of the template in which it came


def _shown(name: str, number: str) -> b.Formula:
    return b.Formula(f'=IF(kw_{name}="","–",kw_{name})', number)


def _said(name: str, text: str) -> b.Formula:
    return b.Formula(f'=IF(kw_{name}="","nog geen prognose",{text})')


_LATE = "kw_volgende_laat"
_CARDS = b.Cards(
    (
        b.Card(
            "Te laat",
            _shown("volgende_laat", "aantal"),
            _said("volgende_laat", '"langer stil dan bij hen past"'),
        ),
        b.Card(
            "Hun klantwaarde",
            _shown("volgende_laat_waarde", "euro"),
            _said("volgende_laat", f'IF({_LATE}=1,"van 1 klant","van "&{whole(_LATE)}&" klanten samen")'),
            means="Klantwaarde van alle klanten die te laat zijn, samen.",
        ),
        b.Card(
            "Kopen binnen 30 dagen",
            _shown("volgende_maand", "aantal"),
            _said("volgende_maand", '"van "&' + whole("kw_klanten") + '&" klanten"'),
        ),
        b.Card(
            "Kopen binnen 90 dagen",
            _shown("volgende_kwartaal", "aantal"),
            _said("volgende_kwartaal", '"van "&' + whole("kw_klanten") + '&" klanten"'),
        ),
    )
)
_FIGURES = b.Grid(
    (b.Column("cijfer", span=2), b.Column("waarde", numbers=True), b.Column("uitleg", "unit", span=4)),
    (
        ("Te laat", b.Given("volgende_laat"), "klanten die langer stil zijn dan bij hen past"),
        ("Klantwaarde van wie te laat is", b.Given("volgende_laat_waarde"), "nu, samen"),
        ("Aan de beurt", b.Given("volgende_beurt", 8), "op schema, en verwacht vanaf binnen 30 dagen"),
        ("Kopen binnen 30 dagen", b.Given("volgende_maand"), "alle kansen opgeteld"),
        ("Kopen binnen 90 dagen", b.Given("volgende_kwartaal"), "alle kansen opgeteld"),
    ),
    since=SINCE,
)
NEXT = b.Sheet(
    "Volgende",
    "Volgende aankoop",
    b.Formula(
        '=IF(kw_deel_klanten<>"","Hier staan "&kw_deel_klanten,"Wie te laat is staat boven, de meeste waarde '
        'eerst: bel of mail die klanten nu.")'
    ),
    (
        _CARDS,
        _FIGURES,
        b.Text(
            (
                "Te laat: hooguit één op de vier keer is zo'n klant zo lang stil en toch nog klant.",
                "Verwacht vanaf, verwacht, tot: een kwart, de helft, drie kwart kocht dan, van wie nog komt.",
            )
        ),
        b.ResultBlock(
            "volgende",
            "Per klant",
            looks=(
                b.Bar("koopt binnen 30 dagen", 1),
                b.Bar("klantwaarde"),
                b.Words("oordeel", ((OVERDUE, BAD), (ON_TIME, GOOD), (ONCE, MUTED), (GONE, MUTED))),
            ),
            since=SINCE,
        ),
    ),
    (22, 14, 14, 14, 13, 13, 13, 13, 13, 12, 30, 13),
    "Wanneer elke klant weer koopt, en wie te laat is.",
    tab=TEAL,
    prints="head",
)
CHECKS = (
    b.Check(
        "Kansen op een volgende aankoop lopen op met de dagen",
        "=SUMPRODUCT((tblVolgende[koopt binnen 30 dagen]>tblVolgende[binnen 60 dagen]+1E-9)"
        "+(tblVolgende[binnen 60 dagen]>tblVolgende[binnen 90 dagen]+1E-9))=0",
        "Ververs het werkboek.",
        '=kw_volgende_laat<>""',
        since=SINCE,
    ),
)
