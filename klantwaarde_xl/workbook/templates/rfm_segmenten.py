"""Which customers get which attention, how they move, and what an action for some of them brought."""

from __future__ import annotations

from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook import standard as s
from klantwaarde_xl.workbook.phrases import amount, customers, day_words, known, percent, whole
from klantwaarde_xl.workbook.styles import BAD, GOOD, GREY, NAVY, ORANGE, TEAL

SETTINGS = (
    "kw_bedrijf", "kw_peildatum", "kw_peildatum_vorig", "kw_marge", "kw_segment", "kw_controle_deel", "kw_actie_start",
    "kw_actie_dagen", "kw_actie_kosten",
)  # fmt: skip
_SEGMENTS, _SCORES = 11, (1, 2, 3, 4, 5)
_FIGURES = (
    "rfm_klanten", "rfm_omzet", "rfm_beste", "rfm_beste_klanten", "rfm_risico", "rfm_risico_klanten", "rfm_bericht",
    "beweging_van", "beweging_omhoog", "beweging_omlaag", "beweging_gelijk", "beweging_nieuw", "beweging_bericht",
    "product_aantal", "product_beste", "product_winst", "product_deel", "product_bericht",
)  # fmt: skip
_PRODUCTS = (
    "productbeweging_van", "productbeweging_toen", "productbeweging_nu", "productbeweging_aantal", "productbeweging_groei",
    "productbeweging_erbij", "productbeweging_daling", "productbeweging_eraf", "productbeweging_bericht",
)  # fmt: skip
_ACTION = (
    "actie_lijst", "actie_controle", "actie_zonder", "actie_tot", "actie_bericht", "actie_let_op", "meting_acties",
    "meting_segment", "meting_van", "meting_tot", "meting_klanten", "meting_controle", "meting_per_klant", "meting_opbrengst",
    "meting_laag", "meting_hoog", "meting_kosten", "meting_oordeel", "meting_maat", "meting_bericht",
)  # fmt: skip


# A shop of cents has them on its page
_CENTS = 'kc_centen="ja"'
_FIGURE_OF_CENTS = b.Grid(
    s.LABEL_VALUE,
    (("Bedragen met centen", b.Formula('=IF(kw_rfm_omzet="","nee",IF(ABS(N(kw_rfm_omzet))<999.995,"ja","nee"))', name="kc_centen")),),
    heading="Hoe bedragen er staan",
)  # fmt: skip


def _with_cents(first: str, last: str) -> b.AsChosen:
    return b.AsChosen(first, last, "kc_centen", (("ja", "euro2"),))


_BETWEEN = f'"tussen "&{amount("kw_meting_laag")}&" en "&{amount("kw_meting_hoog")}'
_AFTER = 'IF(kw_meting_kosten="",""," na kosten")&IF(kw_meting_maat="omzet"," (in omzet: vul marge in)","")'
_BROUGHT = (
    f'IF(kw_meting_laag>0,"De actie voor "&kw_meting_segment&" bracht "&{amount("kw_meting_opbrengst")}&" op"&{_AFTER}&" ("&{_BETWEEN}&").",'
    f'IF(kw_meting_hoog<0,"De actie voor "&kw_meting_segment&" kostte "&{amount("-kw_meting_opbrengst")}&" meer dan zij bracht ("&{_BETWEEN}&").",'
    f'"Opbrengst van de actie voor "&kw_meting_segment&": "&{amount("kw_meting_opbrengst")}&{_AFTER}&" ("&{_BETWEEN}&"): nog niet aantoonbaar."))'
)
_WHICH = f'IF(kw_meting_segment="","","Gemeten van "&{day_words("kw_meting_van")}&" tot en met "&{day_words("kw_meting_tot")}&": "&{customers("kw_meting_klanten")}&" tegen "&kw_meting_controle&" in de controlegroep. ")'
_WAITS = 'IF(kw_meting_bericht="","",IF(kw_meting_opbrengst="","","Nu, "&kw_gebruikt_segment&": ")&kw_meting_bericht)'
_MOVED = (
    f'"Nu is "&{day_words("kw_productbeweging_toen+1")}&" tot en met "&{day_words("kw_productbeweging_nu")}&"; toen zijn evenveel dagen ervoor, vanaf "&{day_words("kw_productbeweging_van")}&". "'
    f'&IF(kw_productbeweging_groei="","","Meeste groei: "&kw_productbeweging_groei&" ("&{amount("kw_productbeweging_erbij", _CENTS)}&" erbij). ")'
    f'&IF(kw_productbeweging_daling="","","Meeste daling: "&kw_productbeweging_daling&" ("&{amount("kw_productbeweging_eraf", _CENTS)}&" eraf). ")&kw_productbeweging_bericht'
)
_PER_PRODUCT = f'IF(kw_product_aantal="",IF(kw_product_bericht="","Plak op Producten wat u per product verkocht, en ververs.",kw_product_bericht),IF(kw_productbeweging_aantal="",kw_productbeweging_bericht&"",TRIM({_MOVED})))'
_RISK = f'{customers("kw_rfm_risico_klanten")}&" met "&{amount("kw_rfm_risico", _CENTS)}&" omzet "&IF(kw_rfm_risico_klanten=1,"dreigt","dreigen")&" weg te blijven"'

# ── the page ────────────────────────────────────────────────────────────────────────────────


def _card(
    label: str, figure: str, value: str, number: str, note: str, otherwise: str, means: str = ""
) -> b.Card:
    return b.Card(
        label,
        b.Formula(f'=IF({figure}="","–",{value})', number),
        b.Formula(f'=IF(kw_ververst="","nog niets ingevuld",IF({figure}="",{otherwise},{note}))'),
        cents=_CENTS if number == "euro" else "",
        means=means,
    )


def _part(figure: str) -> str:
    """Its part of all revenue; there is none where refunds of others leave less than it brought."""
    return f'IF(AND(kw_rfm_omzet>0,{figure}<=kw_rfm_omzet),{percent(f"MAX(0,{figure})/kw_rfm_omzet")}&" van de omzet","omzet")'


CARDS = b.Cards(
    (
        _card("Klanten", "kw_rfm_klanten", "kw_rfm_klanten", "aantal",
              f'IF(kw_beweging_nieuw="","met een aankoop",{whole("kw_beweging_nieuw")}&" nieuw sinds "&{day_words("kw_beweging_van")})', '"minstens vijf nodig"'),
        _card("Waarde kampioenen", "kw_rfm_beste", "kw_rfm_beste", "euro", f'{customers("kw_rfm_beste_klanten")}&", "&{_part("kw_rfm_beste")}', '"minstens vijf nodig"', "Alles wat kampioenen kochten, retouren eraf."),
        _card("Waarde met risico", "kw_rfm_risico", "kw_rfm_risico", "euro", f'{customers("kw_rfm_risico_klanten")}&IF(kw_rfm_risico_klanten=1," dreigt"," dreigen")&" weg te blijven"', '"minstens vijf nodig"', "Alles wat klanten in Risico op vertrek en Niet kwijtraken kochten, retouren eraf."),
        _card("Omhoog / omlaag", "kw_beweging_omhoog", f'"▲ "&{whole("kw_beweging_omhoog")}&"   ▼ "&{whole("kw_beweging_omlaag")}', "", f'"klanten, sinds "&{day_words("kw_beweging_van")}', '"zie Beweging"', "Klanten die sinds de vorige peildatum naar een hoger of een lager segment gingen."),
        _card("Op de lijst", "kw_actie_lijst", "kw_actie_lijst", "aantal", '"en "&kw_actie_controle&" in de controlegroep"', '"zie Actielijst"', "Klanten van het gekozen segment die de actie krijgen; de controlegroep staat er niet op."),
        _card("Actie bracht op", "kw_meting_opbrengst", "kw_meting_opbrengst", "euro", f'{_BETWEEN}', '"nog niets gemeten"', "Wat wie de actie kreeg meer bracht dan de controlegroep, na kosten."),
    )
)  # fmt: skip
_SAYS = f'=IF(kw_ververst="","{s.NOTHING_YET}",IF(kw_rfm_bericht<>"",kw_rfm_bericht,IF(kw_meting_opbrengst<>"",{_BROUGHT},IF(kw_rfm_risico_klanten=0,"Geen waardevolle klant dreigt weg te blijven",{_RISK}))))'


def _place(r: int, fm: int, column: str) -> str:
    return f"INDEX(tblSegmentkaart[{column}],{(5 - r) * 5 + fm})"


def _map_rows(r: int) -> tuple[tuple[b.Cell, ...], ...]:
    """Two rows of the map: names with their customers, and under them what they bring."""

    def cell(shown: str, number: str = "") -> b.Formula:
        return b.Formula(f'=IF(COUNT(tblSegmentkaart[R])=0,"",{shown})', number, "state")

    names, money = [], []
    for fm in _SCORES:
        many, earned, sold = (_place(r, fm, column) for column in ("klanten", "marge", "omzet"))
        names.append(cell(f'{_place(r, fm, "segment")}&"  ·  "&{whole(many)}'))
        money.append(cell(f'IF({many}=0,"",IF({earned}="",{sold},{earned}))', "euro of centen"))
    return (f"R {r}", *names), ({5: "kort geleden", 1: "lang geleden"}.get(r, ""), *money)


MAP = b.Grid(
    (b.Column("R en FM", span=2), *(b.Column(f"FM {fm}{({1: ': zelden, weinig', 5: ': vaak, veel'}).get(fm, '')}", span=2) for fm in _SCORES)),
    tuple(row for r in reversed(_SCORES) for row in _map_rows(r)),
    name="kaart", heading="Waar uw klanten staan: segment · klanten, en hun marge (zonder marge omzet); donker is veel",
    looks=(b.Shades("FM 1: zelden, weinig", "FM 5: vaak, veel", 2),),
)  # fmt: skip


def _row(n: int) -> tuple[b.Cell, ...]:
    def cell(column: str, number: str = "", role: str = "calculation") -> b.Formula:
        found = f"INDEX(tblSegmentwaarde[{column}],{n})"
        return b.Formula(f'=IF(kw_rfm_klanten="","",IF({found}="","",{found}))', number, role)

    return (
        cell("segment", role="label"), cell("klanten", "aantal"), cell("deel", "procent"), cell("omzet", "euro"), cell("marge", "euro"),
        cell("vorige", "aantal"), cell("verschil", "punten"), cell("wat u doet", role="unit"),
    )  # fmt: skip


TABLE = b.Grid(
    (b.Column("segment", span=2), *(b.Column(name, numbers=True) for name in ("klanten", "deel", "waarde", "marge", "vorige", "verschil")), b.Column("wat u doet", span=4)),
    tuple(_row(n) for n in range(1, _SEGMENTS + 1)),
    name="overzicht", heading="Wat elk segment bracht, en wat u ermee doet", looks=(b.Bar("deel"), _with_cents("waarde", "marge")),
)  # fmt: skip
_KNOWN = "rfm_klanten"
SHEETS = (
    s.start(
        "Segmenten en acties", "Wie geven we welke aandacht, en wat bracht dat op?",
        (
            "Plak op Gegevens uw orders, op Adressen wie u mag mailen, op Producten wat u per product verkocht, met de dag (beide mogen leeg blijven).",
            "Vul op Instellingen de marge in. Voor een actie: het segment, de eerste dag, en wat zij per klant kost.",
            s.REFRESH,
            "Kopieer Actielijst naar uw mailprogramma. Wie in de controlegroep is geloot, staat er niet op.",
            "Ververs met nieuwe orders als de actie voorbij is: Meting zegt wat zij bracht.",
        ),
        links=14, journal_since=2,
    ),
    s.settings(SETTINGS, ("Een nieuwe actie is een nieuwe eerste dag of een ander segment. Wat eerder is geloot, blijft op Actieboek staan.", "Blijf dit werkboek verversen zolang een actie loopt: een nieuw werkboek kent de loting niet."), used=True),
    s.data("transacties", "Uw transacties: klant, datum, bedrag.", (34, 16, 16, 16, 16)),
    s.input_table("adressen", "E-mailadres en toestemming van klanten.", (34, 36, 16, 16), optional=True),
    s.input_table("producten", "Wat per product of dienst is verkocht, wat dat kostte, en wanneer.", (30, 16, 16, 30, 16), optional=True),
    b.Sheet("RFM", "Scores per klant", "R: hoe kort geleden, F: hoe vaak, M: hoeveel; 5 is het best, en gelijke klanten krijgen gelijke scores.",
            (b.ResultBlock("rfm", room=20),), (30, 16, 14, 12, 14, 8, 8, 8, 24), "Van elke klant de scores en het segment.", tab=GREY, freeze=True, prints="head"),
    b.Sheet("Segmenten", "Segmenten", "Wat het meest bracht staat boven; daaronder de kaart van R tegen het gemiddelde van F en M.",
            (b.ResultBlock("segmentwaarde", looks=(b.Bar("deel"), _with_cents("omzet", "marge")), room=11), b.ResultBlock("segmentkaart", "Kaart van R en FM", (_with_cents("omzet", "marge"),), room=25, apart=True)),
            (24, 12, 22, 14, 14, 16, 12, 12, 72), "Klanten, omzet, marge en advies per segment.", tab=GREY),
    b.Sheet("Per product", "Winst per product of dienst", b.Formula('=IF(kw_product_bericht<>"",kw_product_bericht,IF(kw_product_aantal="","Plak op Producten wat u per product verkocht, en ververs.","Wat het meest verdient staat boven, met wie het koopt."))'),
            (b.ResultBlock("productwinst", looks=(b.Bar("deel van de winst"),), room=12),), (28, 12, 14, 14, 14, 12, 18, 26, 18), "Omzet, kosten en winst van elk product.", tab=GREY, freeze=True),
    b.Sheet("Beweging", "Beweging tussen segmenten en per product",
            b.Formula(f'=IF(kw_beweging_bericht<>"",kw_beweging_bericht,IF(kw_beweging_van="","Waar klanten vandaan komen, en waar zij nu zijn.","Rijen: segment op "&{day_words("kw_beweging_van")}&"; kolommen: segment nu. Wie eens klant was, blijft in een segment."))'),
            (b.ResultBlock("segmentbeweging", looks=(b.Scale("Kampioenen", "Verloren"),), room=12),
             b.Text((), heading="Per product of dienst: klanten, omzet en winst, toen en nu"), b.Message(b.Formula(f"={_PER_PRODUCT}", role="remark"), 32),
             b.ResultBlock("productbeweging", room=12, since=3)), (24, *(14,) * 12), "Hoe klanten van segment wisselden, en per product kwamen en gingen.", tab=GREY),
    b.Sheet("Actielijst", "Actielijst", b.Formula(
                f'=IF(kw_actie_bericht<>"",kw_actie_bericht,IF(kw_actie_lijst="","Vul op Instellingen een actie in, en ververs.",{customers("kw_actie_lijst")}&" om te kopiëren; "&kw_actie_controle&" in de controlegroep staan er niet op."&IF(kw_actie_zonder="",""," Zonder toestemming: "&{whole("kw_actie_zonder")}&", ook niet.")))'),
            (b.Message(b.Formula('=IF(kw_actie_let_op="","",kw_actie_let_op)', role="remark"), 20), b.ResultBlock("actielijst", room=20)),
            (30, 36, 24, 14, 16), "Wie de actie krijgt, om te kopiëren naar uw mailprogramma.", tab=ORANGE, freeze=True),
    b.Sheet("Meting", "Wat acties brachten", "Wie de actie kreeg tegen de controlegroep, zoals geloot: ook wie niet opende of kocht telt mee.",
            (b.Message(b.Formula(f'=IF(kw_ververst="","",IF(kw_meting_opbrengst="",kw_meting_bericht,{_BROUGHT}))', role="finding"), 24), b.ResultBlock("actiemeting", looks=(b.Words("oordeel", (("bracht op", GOOD), ("kostte meer", BAD))),), room=8)),
            (14, 14, 22, 12, 12, 12, 12, 12, 12, 12, 12, 12, 13, 13, 13, 62), "Opbrengst van elke actie na kosten, met een marge van 95%.", tab=TEAL),
    b.Sheet("Actieboek", "Actieboek", "Wie wanneer is geloot, en wat hij in de actie kocht. Verwijder de rijen van een actie die niet doorging.",
            (b.ResultBlock("actieboek", room=20),), (14, 24, 30, 12, 14, 12, 14, 18, 14), "De loting van elke actie. Ligt vast vanaf de eerste dag.", tab=GREY, freeze=True, prints="head"),
    b.Sheet("Berekening", "Berekening", "Tussenstappen. Hier hoeft u niets in te vullen; de pagina leest deze cellen.",
            (b.Beside((b.Stack((s.figures(_FIGURES, "Segmenten en beweging"), _FIGURE_OF_CENTS)), s.figures(_ACTION, "Actie en meting"), s.figures(_PRODUCTS, "Beweging per product", since=3))),), (40, 60, 3, 40, 60, 3, 40, 60), "Waar de cijfers op de pagina vandaan komen.", tab=GREY),
    b.Sheet(
        "Segmentkaart", "Segmenten en acties",
        b.Formula(f'=IF(kw_bedrijf="","",kw_bedrijf&"  ·  ")&"Wie geven we welke aandacht?"&IF(kw_peildag="","","  ·  t/m "&{day_words("kw_peildag")})'),
        (CARDS, b.Message(b.Formula(_SAYS, role="finding"), 24), b.WhenKnown(_KNOWN, (
            b.Message(b.Formula(f'=IF(kw_ververst="","",{_WHICH}&{_WAITS})', role="remark"), 32), MAP, TABLE,
            b.Message(b.Formula(f'=IF(kw_product_beste="",kw_product_bericht&"","Meeste winst: "&kw_product_beste&", "&{amount("kw_product_winst", _CENTS)}&IF(kw_product_deel="","",IF(OR(kw_product_deel<0,kw_product_deel>1),""," ("&{percent("kw_product_deel")}&" van alle winst)"))&". "&IF(kw_product_bericht="","",kw_product_bericht&" ")&"Zie Per product.")', role="remark"), 32),
            b.Text(("Waarde is alles wat klanten kochten, retouren eraf. De marge van 95% zegt hoe ver het toeval reikt. Meer staat op Beweging en Meting.",)),
        ))),
        (*(12,) * 8, *(16,) * 4), "De uitkomst op één pagina, klaar om af te drukken.", tab=NAVY, prints="page",
    ),
    s.controls(
        (
            s.ALL_READ,
            s.AS_REFRESHED,
            s.NOTHING_BELOW,
            s.as_used(tuple(name for name in SETTINGS if name != "kw_bedrijf")),
            s.NO_FUTURE,
            s.NO_HOLES,
            s.MARGIN,
            s.all_customers("De scores zijn van alle klanten", "=ROWS(tblRfm[klant])=kw_rfm_klanten", when='=kw_rfm_klanten<>""'),
            b.Check("De segmenten en de kaart tellen op tot alle klanten", "=AND(SUM(tblSegmentwaarde[klanten])=kw_rfm_klanten,SUM(tblSegmentkaart[klanten])=kw_rfm_klanten)",
                    "Ververs het werkboek.", '=kw_rfm_klanten<>""'),
            b.Check("Wie bewoog, bleef of nieuw is, is samen iedereen", f'={known("kw_beweging_gelijk", "kw_beweging_omhoog+kw_beweging_omlaag+kw_beweging_gelijk+kw_beweging_nieuw=SUM(tblBeweging[samen])", "FALSE")}',
                    "Lees op Beweging wat er ontbreekt.", '=kw_rfm_klanten<>""'),
            b.Check("De controlegroep is groot genoeg om straks te meten", "=kw_actie_controle>=10", "Kies een groter deel of een groter segment, voor de eerste dag van de actie.", '=kw_actie_lijst<>""'),
            b.Check("De kosten van de actie zijn ingevuld", '=kw_actie_kosten<>""', "Vul in wat de actie per klant kost, ook als dat nul is.", '=kw_actie_lijst<>""'),
            b.Check("Er is niets om op te letten voor u mailt", '=kw_actie_let_op=""', "Lees op Actielijst wat er ontbreekt.", '=kw_actie_lijst<>""'),
            s.RECENT,
        ),
    ),
)  # fmt: skip

TEMPLATE = b.Template(
    id="rfm-segmenten", version=5, title="Segmenten en acties", purpose="RFM-segmenten, hun beweging, een actielijst met controlegroep en wat de actie bracht.",
    sheets=SHEETS, sources=("D22", "D28"),
)  # fmt: skip
