"""The sheet Voorspelboek: what was forecast at each refresh, and what came."""

from __future__ import annotations

from klantwaarde_xl.data.forecast_ledger import LESS, MORE, WITHIN
from klantwaarde_xl.data.results.forecast_ledger import SHOWN
from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook.phrases import day_words, known, whole
from klantwaarde_xl.workbook.styles import BAD, GOOD, GREY, TEAL, WARN

SINCE = 5  # the version of the template in which all this came
_COLORS = ((WITHIN, GOOD), (LESS, BAD), (MORE, WARN))

_NOTHING = '""'
_LAST = "kw_vorige_verwacht,kw_vorige_laag,kw_vorige_hoog,kw_vorige_werkelijk"
_VERDICT = (
    f'IF(kw_vorige_werkelijk<kw_vorige_laag,"{LESS}",'
    f'IF(kw_vorige_werkelijk>kw_vorige_hoog,"{MORE}","{WITHIN}"))'
)
_SAID = (
    'IF(AND(kw_vorige_werkelijk>=kw_vorige_laag,kw_vorige_werkelijk<=kw_vorige_hoog),"✔","⚠")'
    f'&" Vorige voorspelling (van "&{day_words("kw_vorige_peildag")}'
    f'&", tot en met "&{day_words("kw_vorige_tot")}&"): "'
    f'&{whole("kw_vorige_verwacht")}&IF(ROUND(kw_vorige_verwacht,0)=1," aankoop"," aankopen")'
    f'&", werkelijk "&{whole("kw_vorige_werkelijk")}&": "&{_VERDICT}'
    f'&" (tussen "&{whole("kw_vorige_laag")}&" en "&{whole("kw_vorige_hoog")}&")"'
)
_PREVIOUS = f'IF(kw_ververst="","",{known(_LAST, _SAID, "kw_boek_bericht&" + _NOTHING)})'

# ── the sheet ───────────────────────────────────────────────────────────────────────────────

_MANY = "kw_boek_verwacht,kw_boek_werkelijk"
_DEVIATION = 'IF(kw_boek_werkelijk=0,"",kw_boek_verwacht/kw_boek_werkelijk-1)'
_FIGURES = (
    ("Voorspellingen met een uitkomst", b.Given("boek_getoetst"), "elk over de tijd die al voorbij is"),
    (
        "Daarvan binnen de marge",
        b.Given("boek_binnen"),
        b.Formula(
            '=IF(N(kw_boek_getoetst)=0,"",ROUND(100*kw_boek_binnen/kw_boek_getoetst,0)&"%; ")'
            '&"bedoeld is 95%"',
            role="unit",
        ),
    ),
    ("Verwacht, aaneen", b.Given("boek_verwacht"), "aankopen, tijdvakken na elkaar"),
    ("Gekomen, aaneen", b.Given("boek_werkelijk"), "van dezelfde klanten, zelfde tijd"),
    (
        "Afwijking",
        b.Formula(
            f"={known(_MANY, _DEVIATION)}", "verschil"
        ),
        "plus: er werd te veel verwacht",
    ),
    ("Vorige voorspelling van", b.Given("vorige_peildag"), "peildatum"),
    ("Uitkomst tot en met", b.Given("vorige_tot"), "de laatste dag die al voorbij is"),
    ("Verwachte aankopen toen", b.Given("vorige_verwacht"), "van de klanten op de peildatum"),
    ("Marge van", b.Given("vorige_laag"), "95%: schatting en toeval samen"),
    ("Marge tot", b.Given("vorige_hoog"), "95%: schatting en toeval samen"),
    ("Werkelijke aankopen", b.Given("vorige_werkelijk"), "van dezelfde klanten, na retouren"),
    ("Melding van het boek", "", b.Given("boek_bericht", lines=3)),
    ("Melding van de tienden", "", b.Given("tienden_bericht", lines=3)),
)  # fmt: skip
FIGURES = b.Grid(
    (b.Column("cijfer", span=3), b.Column("waarde", numbers=True), b.Column("uitleg", "unit", span=4)),
    _FIGURES,
    heading="Hoe goed waren de voorspellingen?",
    since=SINCE,
)
OUTCOMES = b.Chart(
    b.Formula(
        '=IF(N(kw_boek_getoetst)=0,"Verwachte en werkelijke aankopen",kw_boek_binnen&" van "&kw_boek_getoetst'
        '&IF(kw_boek_getoetst=1," voorspelling kwam"," voorspellingen kwamen")&" uit binnen de marge")'
    ),
    "column",
    "tblVoorspeltoets.periode",
    (
        b.Series(
            "verwacht, met marge",
            "tblVoorspeltoets.verwacht",
            GREY,
            margins=("tblVoorspeltoets.marge omlaag", "tblVoorspeltoets.marge omhoog"),
        ),
        b.Series("werkelijk", "tblVoorspeltoets.kwam", TEAL),
        b.Series("", "tblVoorspeltoets.hoog", "", kind="line"),  # unseen: it makes the axis reach the ends
    ),
    "aantal",
    "Kolommen per voorspelling: aankopen verwacht, met de marge, en werkelijk.",
    span=4,
    rows=12,
    figure="vorige_tot",
    empty="Nog geen voorspelling om te tekenen.",
)
BY_TENTH = b.Chart(
    "Per tiende van de klanten: verwacht en werkelijk",
    "column",
    "tblVoorspeltienden.tiende",
    (
        b.Series("verwacht", "tblVoorspeltienden.verwacht", GREY),
        b.Series("werkelijk", "tblVoorspeltienden.kwam", TEAL),
    ),
    "aantal",
    "Kolommen per tiende van de klanten, wie het meest zou kopen voorop: aankopen verwacht en werkelijk.",
    span=4,
    rows=12,
    figure="vorige_tot",
    empty="Nog geen voorspelling om te tekenen.",
)
LEDGER = b.Sheet(
    "Voorspelboek",
    "Voorspelboek",
    "Wat verwachtten wij bij elke verversing, en wat kwam er?",
    (
        b.Message(
            b.Formula(f'={_PREVIOUS}&IF(kw_tienden_bericht="","","  ·  "&kw_tienden_bericht)', role="remark")
        ),
        b.Beside((FIGURES, OUTCOMES)),
        b.Beside(
            (
                b.WhenKnown(
                    "vorige_tot",
                    (b.ResultBlock("voorspeltienden", "De vorige per tiende", room=10, since=SINCE),),
                ),
                BY_TENTH,
            )
        ),
        b.WhenKnown(
            "vorige_tot",
            (
                b.ResultBlock(
                    "voorspeltoets",
                    f"De laatste {SHOWN} voorspellingen met een uitkomst",
                    (b.Words("oordeel", _COLORS),),
                    room=SHOWN,
                    since=SINCE,
                ),
            ),
        ),
        b.Text(
            (
                "Marge, van laag tot hoog: met 95% kans ligt daarin wat komt, door schatting en toeval.",
                "Verandering (actie, prijs, concurrent) zit er niet in: die ziet u aan wat erbuiten valt.",
                "Alleen klanten van de peildatum tellen mee, in verwacht en in werkelijk; nieuwe niet.",
                "Voorspellingen over dezelfde tijd zijn vaak samen goed of samen mis: geen losse bewijzen.",
                "Elke verversing voegt regels toe, of vervangt die van de peildatum. Wat u wist, blijft weg.",
            )
        ),
        b.ResultBlock(
            "voorspelboek",
            "Het boek: wat elke verversing voorspelde",
            (b.Words("oordeel", _COLORS),),
            since=SINCE,
        ),
    ),
    (12, 9, 12, 12, 11, 9, 9, 9, 11, 24, 22, 13, 13, *(9.5,) * 10, 42),
    "Wat eerdere verversingen voorspelden, en wat er kwam.",
    tab=GREY,
    printed=13,
)
