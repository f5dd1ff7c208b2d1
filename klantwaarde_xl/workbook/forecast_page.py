"""The page of the forecast, cards, charts and the best customers, and the sheet Berekening behind it."""

from __future__ import annotations

from klantwaarde_xl.data.forecasts import ACTIONS, TOP
from klantwaarde_xl.data.results.forecast_ledger import FORETOLD, REPLAYED
from klantwaarde_xl.data.results.forecast_ledger import SHOWN as JUDGED
from klantwaarde_xl.kernels.models.next_purchase import WITHIN
from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook import standard as s
from klantwaarde_xl.workbook.ahead_sheet import months_chart
from klantwaarde_xl.workbook.phrases import (
    amount,
    best_tenth_brings,
    coming,
    cut,
    day_month,
    day_words,
    in_millions,
    known,
    money,
    month_words,
    month_year,
    not_whole,
    percent,
    whole,
)
from klantwaarde_xl.workbook.styles import GREY, TEAL

SINCE = 8  # the version of the template in which the page got these
_NONE, _DASH = '"nog geen prognose"', '"–"'

# ── Berekening ──────────────────────────────────────────────────────────────────────────────


def _action(action: str) -> tuple[str | b.Formula, ...]:
    """Customers and value of an action, of all customers; nothing without a forecast."""

    def figure(text: str, number: str) -> b.Formula:
        return b.Formula(f'=IF(kw_bericht<>"","",{text})', number)

    return (
        action,
        figure("SUMIFS(tblActies[klanten],tblActies[actie],{.actie})", "aantal"),
        figure("IF(N(kw_klanten)=0,0,{.klanten}/kw_klanten)", "procent"),
        figure("SUMIFS(tblActies[klantwaarde],tblActies[actie],{.actie})", "euro"),
        figure("IF(N(kw_waarde)=0,0,{.klantwaarde}/kw_waarde)", "procent"),
    )


_BY_ACTION = b.Grid(
    (b.Column("actie"), *(b.Column(name, numbers=True) for name in ("klanten", "deel", "klantwaarde", "deel waarde"))),
    tuple(_action(action) for action in ACTIONS.values()),
    name="acties",
    heading="Wat u met wie doet",
)  # fmt: skip
_REPLAYED = b.Grid(
    (b.Column("hoe eerder voorspeld"), b.Column("waarde", numbers=True), b.Column("uitleg", "unit", span=3)),
    (
        ("Waaraan getoetst", b.Given("toets"), "nagespeeld tot een voorspelling een uitkomst heeft"),
        ("Nagespeeld vanaf", b.Given("naspel_van"), "wat erna kwam, zag het model niet"),
        ("Verwacht", b.Given("naspel_verwacht"), "aankopen van wie er toen klant waren"),
        ("Laag (95%)", b.Given("naspel_laag"), "schatting en toeval samen"),
        ("Hoog (95%)", b.Given("naspel_hoog"), "schatting en toeval samen"),
        ("Werkelijk", b.Given("naspel_werkelijk"), "van dezelfde klanten, na retouren"),
        ("Eerste uitkomst vanaf", b.Given("boek_vanaf"), "met gegevens tot en met deze dag"),
    ),
    heading="Toets aan het verleden",
    since=SINCE,
)  # fmt: skip
_WHY_NONE = b.Grid(
    (b.Column("zonder prognose"), b.Column("tekst", span=4)),
    (("Reden", b.Given("reden")), ("Wat helpt", b.Given("helpt"))),
    since=SINCE,
)


_OF_NEXT, _OF_ALL = "rij van Volgende", "rij van Klanten"
_KEPT = (  # header, of which column, in which row, number format
    ("vanaf", "tblVolgende[verwacht vanaf]", _OF_NEXT, "datum"),
    ("tot", "tblVolgende[verwacht tot]", _OF_NEXT, "datum"),
    ("laag", "tblPrognose[laag]", _OF_ALL, "euro"),
    ("hoog", "tblPrognose[hoog]", _OF_ALL, "euro"),
)


def _best(place: int) -> tuple[b.Cell, ...]:
    """A customer of the best: where he stands in the tables of customers, and what is there."""
    name = f"INDEX(tblTop[klant],{place})"
    return (
        b.Formula(f'=IF(ROWS(tblTop[klant])<{place},"",IF({name}="","",{name}))'),
        *(
            b.Formula(f'=IF({{.klant}}="","",IFERROR(MATCH({{.klant}},{table}[klant],0),""))', "aantal")
            for table in ("tblVolgende", "tblPrognose")
        ),
        *(
            b.Formula(
                f'=IF({{.{row}}}="","",IF(INDEX({column},{{.{row}}})="","",INDEX({column},{{.{row}}})))',
                number,
            )
            for _, column, row, number in _KEPT
        ),
    )


_PLACES = b.Grid(
    (b.Column("klant"), *(b.Column(name, numbers=True) for name in (_OF_NEXT, _OF_ALL, *(one[0] for one in _KEPT)))),
    tuple(_best(place) for place in range(1, TOP + 1)),
    name="besten",
    heading="De beste klanten op de andere bladen",
)  # fmt: skip
WORKINGS = b.Sheet(
    "Berekening", "Berekening", "Tussenstappen. Hier hoeft u niets in te vullen; de pagina leest deze cellen.",
    (
        b.Beside((b.Stack((_BY_ACTION, _REPLAYED, _WHY_NONE)), _PLACES)),
        b.ResultBlock("prognosetop", f"De {TOP} klanten met de meeste waarde", room=TOP),
        b.ResultBlock("toetsen", "Verwacht en werkelijk", room=JUDGED, since=SINCE),
        b.ResultBlock("maandbeeld", "Omzet per maand", room=25, since=SINCE),
    ),
    (26, 16, 14, 16, 16, 16, 16, 18, 18, 14, 14, 14, 14), "De tussenstappen van de pagina.", tab=GREY, prints="page",
)  # fmt: skip

# ── cards ───────────────────────────────────────────────────────────────────────────────────

_LAST = "kw_vorige_verwacht,kw_vorige_laag,kw_vorige_hoog,kw_vorige_werkelijk"
_REPLAY = "kw_naspel_verwacht,kw_naspel_laag,kw_naspel_hoog,kw_naspel_werkelijk"
_SOON = f"(kw_peildag+{WITHIN[0]:.0f})"


def _shown(name: str, number: str) -> b.Formula:
    """A figure, or a dash while there is none."""
    return b.Formula(f'=IF({name}="","–",{name})', number)


def _between(name: str, *, euros: bool = False) -> b.Formula:
    low, high = (f"{name}_{end}" for end in ("laag", "hoog"))
    said = (
        in_millions(low, high, 9_999_999.5, " tot € ", f"{high}<99.995")
        if euros
        else f'{whole(low)}&" tot "&{whole(high)}'
    )
    return b.Formula(f'=IF({name}="",{_NONE},"verwachting "&{said})')


def _if_known(text: str, name: str = "kw_waarde", otherwise: str = _NONE) -> b.Formula:
    return b.Formula(f'=IF({name}="",{otherwise},{text})')


def _held(of: str) -> str:
    """Whether what came lies between the ends of a forecast."""
    return f"AND({of}_werkelijk>={of}_laag,{of}_werkelijk<={of}_hoog)"


_WAITS = f'IF(kw_waarde="",{_NONE},IF(kw_boek_vanaf="","zie blad Voorspelboek","uitkomst vanaf "&{day_words("kw_boek_vanaf")}))'
_CAME = f'"werkelijk "&{whole("kw_vorige_werkelijk")}&", t/m "&{day_words("kw_vorige_tot")}'
_WITHIN = f'IF({_held("kw_vorige")},"✔ tussen ","✖ buiten ")&{whole("kw_vorige_laag")}&" en "&{whole("kw_vorige_hoog")}&" (95%)"'
_PLAYED = (
    f'IF({_held("kw_naspel")},"✔","✖")&" nagespeeld "&{whole("kw_naspel_verwacht")}'
    f'&", werkelijk "&{whole("kw_naspel_werkelijk")}'
)
CARDS = b.Cards(
    (
        b.Card("Klantwaarde, samen", _shown("kw_waarde", "prijs"), _between("kw_waarde", euros=True),
               _if_known(f'"gemiddeld "&{amount("kw_perklant", "ABS(kw_perklant)<9.995")}&" per klant"', otherwise='""'),
               means="Verwachte aankopen in de horizon × besteding × marge, van alle klanten, teruggerekend naar nu."),
        b.Card("Verwachte aankopen", _shown("kw_aankopen", "aantal"), _between("kw_aankopen"),
               _if_known('"in "&kw_gebruikt_horizon&IF(kw_gebruikt_horizon=1," week"," weken")', otherwise='""')),
        b.Card("Nog klant", _shown("kw_actief", "aantal"),
               _if_known(f'"van "&{whole("kw_klanten")}&IF(kw_klanten=1," klant ("," klanten (")&ROUND(100*kw_actief/kw_klanten,0)&"%)"'),
               b.Formula(f'=IF(N(kw_waarde)=0,"",{best_tenth_brings("kw_klanten")}&ROUND(100*kw_beste_tiende/kw_waarde,0)&"% van de waarde")')),
        b.Card("Aan de beurt", _shown("kw_volgende_beurt", "aantal"),
               _if_known('"te verwachten vóór "&' + day_month(_SOON), "kw_volgende_beurt"),
               _if_known('"wie: zie blad Volgende"', "kw_volgende_beurt", '""')),
        b.Card("Te laat", _shown("kw_volgende_laat", "aantal"),
               _if_known('"langer stil dan bij hen past"', "kw_volgende_laat"),
               _if_known(f'IF(kw_volgende_laat=0,"",{money("kw_volgende_laat_waarde", "kw_volgende_laat_waarde<9.995")}&" klantwaarde: bel of mail")', "kw_volgende_laat", '""')),
        b.Card("Vorige voorspelling", b.Formula(f"={known(_LAST, 'kw_vorige_verwacht', _DASH)}", "aantal"),
               b.Formula(f"={known(_LAST, _CAME, _WAITS)}"),
               b.Formula(f"={known(_LAST, _WITHIN, known(_REPLAY, _PLAYED))}"),
               means="Aankopen die eerder zijn voorspeld. Nagespeeld: voorspeld uit alleen de gegevens van toen, zolang er geen uitkomst is."),
    )
)  # fmt: skip

# ── what the value stands on, or why there is none ──────────────────────────────────────────

_MARGIN = (
    'IF(kw_gebruikt_marge="","Zonder marge: klantwaarde is hier omzet, geen winst",'
    '"Klantwaarde na een marge van "&' + percent("kw_gebruikt_marge") + ")"
)
_INTEREST = (
    'IF(N(kw_gebruikt_rente)=0,"zonder rente","tegen "&'
    + percent("kw_gebruikt_rente")
    + '&" rente per jaar")'
)
_RUNS = (
    f'IF(COUNT(tblMaandbeeld[loopt nog])=0,""," Gearceerd: "&{month_year("kw_peildag")}&{not_whole("kw_peildag")}&" (t/m "&{day_month("kw_peildag")}'
    '&"); de lijn is met wat er naar verwachting nog bij komt.")'
)
_SEASON = 'IF(kw_seizoen_top="",""," "&kw_seizoen_zin&".")'
_YOUNG = (
    'IF(kw_peildag-kw_periode_van>=7*kw_gebruikt_horizon,""," De horizon is langer dan de gegevens: wie stopt is nog nauwelijks te zien, '
    'de verwachting kan te hoog zijn.")'
)
NOTICE = b.Message(
    b.Formula(
        f'=IF(kw_ververst="","{s.NOTHING_YET}",IF(kw_bericht<>"","Er is nog geen prognose: "&kw_reden&". Wat helpt: "&kw_helpt&".",'
        f'{s.ORDERS_SAID}&{_MARGIN}&", "&{_INTEREST}&"."&{_RUNS}&{_YOUNG}&{_SEASON}&" Welk model, en waarom: zie Model."))',
        role="remark",
    ),
    34,
    stressed='=kw_bericht<>""',
)

# ── charts and the best customers ───────────────────────────────────────────────────────────

_MOST = "MATCH(MAX({acties.deel waarde}),{acties.deel waarde},0)"
_TOP_ACTION = (
    '=IF(N(kw_waarde)=0,"Wat u met wie doet: klanten en waarde",'
    + percent(f"INDEX({{acties.deel}},{_MOST})")
    + f'&" van de klanten ("&LOWER(INDEX({{acties.actie}},{_MOST}))&") draagt "&'
    + percent(f"INDEX({{acties.deel waarde}},{_MOST})")
    + '&" van de waarde")'
)
_FORETOLD = (
    f'=IF(kw_toets="{FORETOLD}",kw_boek_binnen&" van "&kw_boek_getoetst&IF(kw_boek_getoetst=1," voorspelling viel"," voorspellingen vielen")'
    f'&" binnen het interval",IF(kw_toets="{REPLAYED}","Nagespeeld vanaf "&{day_words("kw_naspel_van")}&": "&{whole("N(kw_naspel_verwacht)")}'
    f'&" verwacht, "&{whole("N(kw_naspel_werkelijk)")}&" gekomen","Hoe goed voorspelden wij eerder?"))'
)
_ACTIONS = b.Chart(
    b.Formula(_TOP_ACTION), "bar", "acties.actie",
    (b.Series("deel van de klanten", "acties.deel", GREY), b.Series("deel van de klantwaarde", "acties.deel waarde", TEAL)),
    "procent", s.alt("Staven", "deel van de klanten en deel van de klantwaarde, per actie", "Wat u met wie doet"),
    span=5, rows=9, figure="actief",
)  # fmt: skip
_TESTED = b.Chart(
    b.Formula(_FORETOLD), "column", "tblToetsen.tot en met",
    (b.Series("verwacht, met interval (95%)", "tblToetsen.verwacht", GREY, margins=("tblToetsen.omlaag", "tblToetsen.omhoog")),
     b.Series("werkelijk", "tblToetsen.werkelijk", TEAL),
     b.Series("", "tblToetsen.hoog", "", kind="line")),  # unseen: it makes the axis reach the ends
    "aantal", s.alt("Kolommen", "aankopen verwacht, met interval, en werkelijk, per tijdvak", "Verwacht en werkelijk"),
    span=5, rows=12, figure="toets", empty="Nog geen toets: zie Verloop.",
)  # fmt: skip


def _customer(place: int) -> tuple[b.Cell, ...]:
    """One of the best customers: when he buys again, half of the times, and what he is worth."""

    def of(column: str) -> str:
        return f"INDEX({{besten.{column}}},{place})"

    def where(text: str, number: str = "", role: str = "label") -> b.Formula:
        return b.Formula(f'=IF({of("klant")}="","",{text})', number, role)

    again = f'{day_month(of("vanaf"))}&" – "&DAY({of("tot")})&" "&{month_words(of("tot"))}'
    ends = in_millions(of("laag"), of("hoog"), 999_999.5, " – ", f"{of('hoog')}<9.995")
    return (
        where(cut(of("klant"), 32), role="name"),
        where(f"INDEX(tblTop[kans nog klant],{place})", "procent"),
        where(f'IF({of("tot")}="","–",{again})', role="name"),
        where(f"INDEX(tblTop[klantwaarde],{place})", "euro of centen"),
        where(f'IF({of("hoog")}="","–",{ends})', role="name"),
        where(f"INDEX(tblTop[actie],{place})"),
    )


_CUSTOMERS = b.Grid(
    (
        b.Column("klant", span=2), b.Column("kans nog klant", numbers=True), b.Column("koopt weer, halve kans"),
        b.Column("klantwaarde", numbers=True), b.Column("laag – hoog"), b.Column("actie"),
    ),
    tuple(_customer(place) for place in range(1, TOP + 1)),
    heading=f"De {TOP} klanten met de meeste waarde",
)  # fmt: skip


def page(advice: tuple[str, ...]) -> b.Sheet:
    """The page; advice: what one does with whom, a line an action."""
    return b.Sheet(
        "Prognose", "Wat kopen klanten hierna, en hoe goed voorspelden we eerder?",
        b.Formula(
            '=IF(kw_bedrijf="","",kw_bedrijf&"  ·  ")&IF(kw_ververst="","nog niet ververst",'
            f'{coming("kw_gebruikt_horizon", "kw_peildag")}&"  ·  gegevens tot en met "&{day_words("kw_peildag")})'
        ),
        (
            CARDS,
            NOTICE,
            b.WhenKnown("actief", (
                b.Beside((months_chart(7, 14), b.Stack((_ACTIONS, b.Text(advice)))), gap=0),
                b.Beside((_TESTED, _CUSTOMERS), gap=0),
            )),
        ),
        (15,) * 12, "De komende tijd op één pagina, klaar om af te drukken.", tab=TEAL, prints="page",
    )  # fmt: skip
