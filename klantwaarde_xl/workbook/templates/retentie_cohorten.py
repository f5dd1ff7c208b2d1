"""Whether customers come back, where they stop, and when a group of them has paid for its winning."""

from __future__ import annotations

from klantwaarde_xl.data.results.cohorts import AGES
from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook import standard as s
from klantwaarde_xl.workbook.phrases import day_words, known, percent, price, whole
from klantwaarde_xl.workbook.shown_groups import CHOICE, CHOSEN, HEAT, SHOWN
from klantwaarde_xl.workbook.styles import GREY, NAVY, ORANGE, TEAL

SETTINGS = (
    "kw_bedrijf", "kw_peildatum", "kw_cohortperiode", "kw_groep", "kw_marge", "kw_cac", "kw_inactief_na",
)  # fmt: skip
_MONTHS = 24
_WIDE = (20, 9, *(9.5,) * 13)

# ── Berekening ──────────────────────────────────────────────────────────────────────────────


def _earned(column: str, month: int) -> str:
    cell = f"INDEX(tblWaardeverloop[{column}],{month + 1})"
    return f'=IF(OR(COUNT(kw_gebruikt_marge)<1,N(kw_verloop_maanden)<{month},kw_verloop_maanden=""),NA(),IF({cell}="",NA(),{cell}*kw_gebruikt_marge))'


EARNED = b.Grid(
    tuple(b.Column(name, numbers=True) for name in ("maand", "alle klanten", "nieuwste", "CAC", "genoeg", "terugverdiend")),
    tuple(
        (b.Formula(f"={month}", "aantal"), b.Formula(_earned("omzet per klant", month), "euro2"), b.Formula(_earned("nieuwste", month), "euro2"),
         b.Formula(f'=IF(OR(COUNT(kw_cac)<1,N(kw_verloop_maanden)<{month}),NA(),kw_cac)', "euro2"),
         b.Formula('=IF(COUNT({.alle klanten},{.CAC})<2,0,IF({.alle klanten}>={.CAC},1,0))', "aantal"),
         b.Formula(f"=IF(N(kr_terug)={month},IF(ISNUMBER(kr_terug),{{.alle klanten}},NA()),NA())", "euro2"))
        for month in range(_MONTHS + 1)
    ),
    name="verloop", heading="Marge per klant sinds de eerste aankoop, opgeteld",
    looks=tuple(b.Faint(name) for name in ("alle klanten", "nieuwste", "CAC", "terugverdiend")),
)  # fmt: skip
COUNTS = b.Grid(
    s.LABEL_VALUE,
    (
        ("Terugverdiend na", b.Formula('=IF(SUM({verloop.genoeg})=0,"",MATCH(1,{verloop.genoeg},0)-1)', "aantal", name="kr_terug")),
        ("Waarde na 12 maanden", b.Formula(
            '=IF(OR(COUNT(kw_gebruikt_marge)<1,N(kw_verloop_maanden)<12),"",INDEX(tblWaardeverloop[omzet per klant],13)*kw_gebruikt_marge)', "euro2", name="kr_waarde")),
        ("Meeste afhakers na", b.Formula('=IF(OR(kw_koop_afhaken="",N(kw_koop_afhaakdeel)=0),"",kw_koop_afhaken&" aankoop")', name="kr_afhaken")),
        ("Wat de kaart toont", b.Formula('=IF(kw_toon="klanten",2,IF(kw_toon="omzet",3,IF(kw_toon="waarde per klant",4,1)))', "aantal", name="kr_toon")),
        ("Rijen van de groepen", b.Formula('=IF(N(kw_cohort_groepen)=0,0,COUNTA(tblCohortAandeel[groep]))', "aantal", name="kr_rijen")),
    ),
    heading="Geteld",
)  # fmt: skip
FIGURES = s.figures(
    ("cohort_groepen", "cohort_klanten", "cohort_periode", "cohort_jaar", "cohort_jaar_laag", "cohort_jaar_hoog", "cohort_oordeel", "cohort_loopt",
     "cohort_bericht", "koop_opnieuw", "koop_dagen", "koop_afhaken", "koop_afhaakdeel", "koop_afhakers", "koop_bericht", "curve_leeftijden",
     "curve_bericht", "verloop_maanden", "waarde_groepen"),
    "Cijfers van de verversing",
)  # fmt: skip

# ── the page ────────────────────────────────────────────────────────────────────────────────


def _card(label: str, figure: str, number: str, note: str, otherwise: str, means: str = "") -> b.Card:
    return b.Card(
        label,
        b.Formula(f'=IF({figure}="","–",{figure})', number),
        b.Formula(f'=IF(kw_ververst="","nog niets ingevuld",IF({figure}="",{otherwise},{note}))'),
        means=means,
    )


_MONEY = 'IF(COUNT(kw_gebruikt_marge)<1,"vul marge in, en ververs",{})'
CARDS = b.Cards(
    (
        _card("Koopt een jaar later", "kw_cohort_jaar", "procent",
              '"tussen "&ROUND(100*kw_cohort_jaar_laag,0)&"% en "&ROUND(100*kw_cohort_jaar_hoog,0)&"% (95%)"', f'IF(kw_cohort_vanaf="","nog geen groep is zo oud","kan vanaf "&{day_words("kw_cohort_vanaf")})'),
        _card("Koopt nog eens", "kw_koop_opnieuw", "procent", '"binnen "&kw_gebruikt_inactief_na&IF(kw_gebruikt_inactief_na=1," maand"," maanden")', '"nog te vroeg om te tellen"'),
        _card("Tussen aankopen", "kw_koop_dagen", "aantal", '"dagen (de middelste)"', '"nog geen herhaling"', "Van alle tijden tussen twee aankopen is de helft korter, de helft langer."),
        _card("Meeste afhakers na", "kr_afhaken", "tekst", f'{percent("kw_koop_afhaakdeel")}&" koopt niet meer"', 'IF(kw_koop_afhaken="","nog te vroeg om te tellen","niemand haakte af")', "De aankoop waarna de meeste klanten niet meer kochten."),
        _card("Waarde na 12 maanden", "kr_waarde", "prijs", '"marge per klant"', _MONEY.format('"nog niemand is zo lang klant"'), "Marge per klant in de eerste twaalf maanden, opgeteld."),
        _card("Terugverdiend na", "kr_terug", "aantal", f'IF(kr_terug=1,"maand","maanden")&", CAC "&{price("kw_cac")}',
              _MONEY.format('IF(COUNT(kw_cac)<1,"vul CAC in op Instellingen","niet in "&N(kw_verloop_maanden)&" maanden")'), "De eerste maand waarin de opgetelde marge per klant de CAC dekt."),
    )
)  # fmt: skip
_SAYS = (
    f'=IF(kw_ververst="","{s.NOTHING_YET}",IF(kw_cohort_bericht<>"",kw_cohort_bericht,IF(kw_cohort_oordeel="","Met drie groepen die een "&kw_cohort_periode&" ouder zijn ziet u of nieuwe klanten '
    'vaker terugkomen.",kw_cohort_oordeel)))'
)
_PAID = (
    '=IF(COUNT(kw_gebruikt_marge)<1,"Opgetelde marge per klant",IF(COUNT(kw_cac)<1,"Marge per klant; vul CAC in voor het punt van terugverdienen",IF(kr_terug="","De CAC is in "&'
    'N(kw_verloop_maanden)&" maanden nog niet terugverdiend",IF(kr_terug=0,"De eerste maand verdient de CAC al terug","Terugverdiend in maand "&kr_terug))))'
)
_STOP = f'=IF(kw_koop_afhaakdeel="","Afhakers per aankoop",IF(kw_koop_afhaakdeel=0,"Niemand haakte af",{percent("kw_koop_afhaakdeel")}&" koopt na de "&kw_koop_afhaken&" aankoop niet meer"))'
_CURVE = '=IF(AND(kw_curve_bericht="",kw_curve_leeftijden<>""),"Wie nog koopt, per "&kw_cohort_periode&"; gestreept: contractkromme","Wie nog koopt, per "&kw_cohort_periode)'
_TIME = f'=IF(kw_koop_dagen="","Dagen tussen twee aankopen","De helft van wie terugkomt, doet dat binnen "&{whole("kw_koop_dagen")}&" dagen")'


def _paid_back(row: int) -> tuple[b.Cell, ...]:
    """After how many periods the margin of a group on the page covers the CAC, in words."""
    reached = '"nog niet"'
    for age in reversed(range(AGES + 1)):
        column = f"na {age}" if age else "begin"
        reached = f'IF(N(INDEX(tblCohortWaarde[{column}],{{.rij}}))>=kw_cac,"{f"na {age}" if age else "meteen"}",{reached})'
    return (
        b.Formula(f'=INDEX({{getoond.groep}},{row})&""'),
        b.Formula(
            '=IF(OR({.groep}="",COUNT(kw_cac)<1,COUNT(kw_gebruikt_marge)<1),"",IFERROR(MATCH({.groep},tblCohortWaarde[groep],0),""))',
            "aantal",
        ),
        b.Formula(f'=IF({{.rij}}="","",{reached})'),
    )


PAID_BACK = b.Grid(
    (b.Column("groep"), b.Column("rij", numbers=True), b.Column("na")), tuple(_paid_back(row) for row in range(1, SHOWN + 2)),
    name="terug", heading="Wanneer een groep zijn CAC terugverdient",
)  # fmt: skip
PAGE = b.WhenKnown("cohort_groepen", (
    b.Beside((
        b.Chart(b.Formula(_CURVE), "line", "tblRetentiecurve.leeftijd",
                (b.Series("kocht", "tblRetentiecurve.aandeel", NAVY, margins=("tblRetentiecurve.omlaag", "tblRetentiecurve.omhoog")),
                 b.Series("contractkromme", "tblRetentiecurve.contractkromme", ORANGE, dash=True),
                 b.Series("hoog", "tblRetentiecurve.hoog", "")),  # unseen, so that the axis reaches the margins
                "procent", "Lijn: deel van de klanten dat zoveel perioden na de eerste aankoop kocht, met marges; gestreept de contractkromme.",
                figure="curve_leeftijden", empty="Nog geen groep is een periode oud.", rows=12),
        b.Chart(b.Formula(_PAID), "line", "verloop.maand",
                (b.Series("alle klanten", "verloop.alle klanten", NAVY), b.Series("nieuwste", "verloop.nieuwste", TEAL), b.Series("CAC", "verloop.CAC", ORANGE, dash=True),
                 b.Series("terugverdiend", "verloop.terugverdiend", ORANGE, marks=True)),
                "euro", "Lijnen: marge per klant, opgeteld per maand sinds de eerste aankoop, tegen de CAC; een punt waar zij is terugverdiend.",
                figure="waarde_groepen", empty="Vul op Instellingen de marge in, en ververs.", rows=12, bottom=None),
    ), gap=0),
    b.Beside((
        b.Chart(b.Formula(_STOP), "column", "tblKoopladder.aankoop", (b.Series("afhakers", "tblKoopladder.afhakers", NAVY),),
                "procent", "Kolommen: deel van de klanten dat na zoveel aankopen niet meer kocht.", axis=False,
                figure="koop_afhakers", empty="Nog te vroeg om afhakers te tellen.", rows=10),
        b.Chart(b.Formula(_TIME), "column", "tblKoopintervallen.dagen", (b.Series("keren", "tblKoopintervallen.deel", TEAL),),
                "procent", "Kolommen: hoe vaak er zoveel dagen tussen twee aankopen lagen.", axis=False,
                figure="koop_dagen", empty="Nog geen klant kocht twee keer.", rows=10),
    ), gap=0),
    CHOICE,
    HEAT,
    b.Text((b.Formula('="CAC terug: na zoveel perioden ("&kw_cohort_periode&") dekt de marge per klant de CAC"&IF(OR(COUNT(kw_cac)<1,COUNT(kw_gebruikt_marge)<1),"; vul CAC en marge in op Instellingen, en ververs.",IF(kr_toon=4,"; dat vak is omlijnd.","."))'), "Alleen hele perioden. De eerste groep kan klanten bevatten die al voor uw gegevens kochten. Meer groepen staan op Terugkeer en Waarde.",)),
))  # fmt: skip


def _map(sheet: str, title: str, result: str, what: str, purpose: str, first: str = "na 1") -> b.Sheet:
    """A sheet with one heat map; nothing stands under it, because there are ever more groups."""
    lacks = b.Formula(
        '=IF(kw_cohort_bericht<>"",kw_cohort_bericht,IF(kw_cohort_loopt="","",kw_cohort_loopt&" ")&"Leeg is nog toekomst.")',
        role="remark",
    )
    if result == "cohortwaarde":
        lacks = b.Formula(
            '=IF(kw_cohort_bericht<>"",kw_cohort_bericht,IF(kw_waarde_groepen="","Zonder marge is er geen waarde: vul haar in op Instellingen, en ververs.","Leeg is nog toekomst."&IF(COUNT(kw_cac)=1," Omlijnd: vanaf hier dekt de marge de CAC.","")))',
            role="remark",
        )
    said = b.Formula(
        f'="{what}, per "&IF(kw_cohort_periode="","periode",kw_cohort_periode)&" na de eerste aankoop"'
    )
    reached = (b.Reached("begin", "na 12", "kw_cac"),) if result == "cohortwaarde" else ()
    blocks = (
        b.Message(lacks, 20),
        b.ResultBlock(result, looks=(*reached, b.Scale(first, "na 12")), room=13),
    )
    return b.Sheet(sheet, title, said, blocks, _WIDE, purpose, tab=GREY, freeze=True)


SHEETS = (
    s.start(
        "Retentie en cohorten", "Komen klanten terug, en wanneer is een groep terugverdiend?",
        (
            "Plak op Gegevens uw orders: klant, datum, bedrag.",
            "Vul op Instellingen uw marge in, en wat het kost om een klant te winnen (CAC).",
            "Wilt u groepen per eerste product of kanaal? Vul dan ook Klanten; anders blijft dat blad leeg.",
            s.REFRESH,
            "Lees op Retentie of klanten terugkomen en wanneer zij terugverdiend zijn.",
        ),
        links=12, journal_since=2,
    ),
    s.settings(SETTINGS, ("De CAC werkt meteen; de andere keuzes na verversen.",), used=True),
    s.data("transacties", "Uw transacties: klant, datum, bedrag.", (34, 16, 16, 16, 16)),
    s.input_table("klanten", "Mag leeg blijven: eerste product en kanaal van klanten.", (34, 24, 24, 24), optional=True, without=("campagne",)),
    _map("Terugkeer", "Komen groepen terug?", "cohortaandeel", "Deel van de groep dat kocht", "Warmtekaart: welk deel van een groep weer kocht."),
    _map("Terugkeer klanten", "Hoeveel klanten komen terug?", "cohortklanten", "Klanten die kochten", "Warmtekaart: hoeveel klanten van een groep weer kochten."),
    _map("Waarde", "Wat brengt een klant op?", "cohortwaarde", "Marge per klant, opgeteld", "Warmtekaart: opgetelde marge per klant van een groep.", first="begin"),
    _map("Omzet", "Wat brengen groepen op?", "cohortomzet", "Omzet van de groep, retouren eraf", "Warmtekaart: omzet per groep en periode."),
    b.Sheet(
        "Koopgedrag", "Hoe kopen klanten?", "Wie pas kort geleden kocht, telt niet als afhaker. Wachttijden die nog lopen, zijn niet te zien: de echte tijd is langer.",
        (b.Message(b.Formula('=IF(kw_koop_bericht="","",kw_koop_bericht)', role="remark"), 32),
         b.ResultBlock("koopladder", "Afhakers per aankoop", (b.Bar("afhakers", 1),), room=10),
         b.ResultBlock("koopintervallen", "Tijd tussen aankopen", (b.Bar("deel", 1),), room=7),
         b.ResultBlock("waardeverloop", "Omzet per klant sinds de eerste aankoop", room=25, apart=True),
         b.Message(b.Formula('=IF(kw_curve_bericht="","",kw_curve_bericht)', role="remark"), 32),
         b.ResultBlock("retentiecurve", "Retentiekromme", room=16, apart=True)),
        (16, 13, 16, 14, 12, 12, 12, 12, 16), "Afhakers, tijd tussen aankopen, omzet per maand en retentiekromme.", tab=GREY,
    ),
    b.Sheet(
        "Berekening", "Berekening", "Tussenstappen. Hier hoeft u niets in te vullen; de pagina leest deze cellen.",
        (b.Beside((b.Stack((EARNED, PAID_BACK, CHOSEN)), b.Stack((COUNTS, FIGURES, s.figures(("cohort_vanaf",), "Als nog geen groep zo oud is", 4))))),), (14, 14, 12, 12, 10, 14, 3, 36, 40),
        "Waar de cijfers op de pagina vandaan komen.", tab=GREY, prints="page", portrait=True,
    ),
    b.Sheet(
        "Retentie", "Retentie en cohorten",
        b.Formula(f'=IF(kw_bedrijf="","",kw_bedrijf&"  ·  ")&IF(kw_cohort_groepen="","Komen klanten terug?",{whole("kw_cohort_klanten")}&IF(kw_cohort_klanten=1," klant"," klanten")&" in "&kw_cohort_groepen&IF(kw_cohort_groepen=1," groep"," groepen")&"  ·  alleen hele perioden")'),
        (CARDS, b.Message(b.Formula(_SAYS, role="finding"), 24),
         b.Message(b.Formula('=IF(kw_ververst="","",'+s.ORDERS_SAID+'&kw_cohort_loopt&IF(OR(kw_cohort_loopt="",kw_curve_bericht=""),""," ")&kw_curve_bericht)', role="remark"), 18), PAGE),
        (12,) * 12, "De uitkomst op één pagina, klaar om af te drukken.", tab=TEAL, prints="page", portrait=True,
    ),
    s.controls(
        (
            s.ALL_READ,
            s.AS_REFRESHED,
            s.NOTHING_BELOW,
            s.as_used(tuple(name for name in SETTINGS if name not in ("kw_bedrijf", "kw_cac"))),
            s.NO_FUTURE,
            s.NO_HOLES,
            s.MARGIN,
            b.Check("De CAC is ingevuld", "=kw_cac>0", "Zonder CAC is niet te zeggen wanneer een groep is terugverdiend."),
            b.Check("Er is een hele periode", '=kw_cohort_bericht=""', "Lees op Retentie wat er ontbreekt."),
            b.Check("De klanten van alle groepen zijn alle klanten van hele perioden", f'={known("kw_cohort_klanten", "SUM(tblCohortKlanten[omvang])=kw_cohort_klanten", "TRUE")}',
                    "Ververs het werkboek.", when='=kw_cohort_bericht=""'),
            s.RECENT,
        ),
    ),
)  # fmt: skip

TEMPLATE = b.Template(
    id="retentie-cohorten", version=5, title="Retentie en cohorten",
    purpose="Warmtekaarten per groep, retentiekromme, afhakers en het punt van terugverdienen.",
    sheets=SHEETS, sources=("D7", "D11", "D23"),
)  # fmt: skip
