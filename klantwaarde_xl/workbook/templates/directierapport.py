"""One page for the board: what customers are worth, what changed and why, and what to do."""

from __future__ import annotations

from klantwaarde_xl.wording.clv import FILL_COSTS, FILL_INTEREST
from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook import standard as s
from klantwaarde_xl.workbook.months import change
from klantwaarde_xl.workbook.phrases import (
    best_tenth_brings,
    coming,
    customers,
    cut,
    day_words,
    decimals,
    in_millions,
    known,
    money,
    percent,
    price,
    signed_money,
    signed_percent,
    tenths,
    whole,
)
from klantwaarde_xl.workbook.report_figures import (
    BRIDGE,
    CENTS,
    FEW,
    FIGURES,
    GIVEN,
    GOALS,
    NO_GOAL,
    TARGETS,
    WORST,
    goal_of,
    light_of,
)
from klantwaarde_xl.workbook.styles import GREY, NAVY, ORANGE, TEAL
from klantwaarde_xl.workbook.typed import words

SETTINGS = (
    "kw_bedrijf", "kw_peildatum", "kw_rapport_maanden", "kw_horizon", "kw_marge", "kw_rente", "kw_kosten_klant", "kw_overige_kosten",
    "kw_inactief_na", "kw_model", "kw_seizoen",
)  # fmt: skip
_USED = tuple(name for name in SETTINGS if name != "kw_bedrijf")
_NOT_YET = "nog niet bekend"
_SEPARATED = '" · doel "'

# ── the page ────────────────────────────────────────────────────────────────────────────────


def _goal(name: str) -> str:
    """The stand of a key figure against its target; without one that there is none."""
    goal, form = goal_of(name), next(form for _, cell, form, *_ in TARGETS if cell == name)
    light = light_of(name, goal, ("✔ gehaald", "● bijna gehaald", "✖ niet gehaald"))
    shown = {
        "euro": money(goal, CENTS),
        "aantal": whole(goal),
        "procent": percent(goal),
        "getal": tenths(goal),
    }[form]
    return f'IF({name}="","",{known(goal, f"{light}&{_SEPARATED}&{shown}", NO_GOAL)})'


_VALUE = "Wat alle klanten van nu in de horizon naar verwachting nog brengen: marge, teruggerekend naar nu."


def _card(label: str, cell: str, number: str, note: str) -> b.Card:
    shown = b.Formula(f'=IF({cell}="","–",{cell})', number)
    return b.Card(
        label,
        shown,
        b.Formula(f'=IF(kw_ververst="","nog niets ingevuld",{note})'),
        b.Formula(f"={_goal(cell)}"),
        CENTS if number == "euro" else "",
        _VALUE if cell == "kw_waarde" else "",
    )


def _bare(formula: b.Formula) -> str:
    return formula.text.removeprefix("=")


_BETWEEN = f'IF(kw_waarde_laag="","{_NOT_YET}","tussen "&{in_millions("kw_waarde_laag", "kw_waarde_hoog", 9_999_999.5, " en € ", CENTS)})'
_KEPT = f'IF(kw_retentie_jaar="","nog geen heel jaar","tussen "&{percent("kw_retentie_jaar_laag")}&" en "&{percent("kw_retentie_jaar_hoog")}&IF(kw_retentie_bericht="","",", onvolledig"))'
CARDS = b.Cards(
    (
        _card("Waarde van onze klanten", "kw_waarde", "euro", _BETWEEN),
        _card("Klanten", "kc_klanten", "aantal", _bare(change("kc_klanten,kc_klanten_vorig", "kc_klanten", "kc_klanten_vorig"))),
        _card("Retentie per jaar", "kw_retentie_jaar", "procent", _KEPT),
        _card("CLV : CAC", "kw_kanalen_ratio", "keer", f'IF(kw_kanalen_ratio="",IF(kw_gebruikt_marge="","vul marge in, en ververs",IF(COUNT(tblKosten[bedrag])=0,"plak kosten op Kosten",IF(SUM(tblKanalen[nieuwe klanten])=0,"geen nieuwe klanten",IF(COUNT(tblKanalen[CAC])=0,"Kosten mist maanden",IF(kw_gebruikt_rente="","{FILL_INTEREST}",IF(kw_gebruikt_kosten_klant="","{FILL_COSTS}",IF(kw_retentie_jaar="","retentie nog onbekend","zie blad Kanalen"))))))),"vuistregel: 3 keer")'),
    )
)  # fmt: skip
_SINCE = 'DAY(kw_waardebrug_van)&"-"&MONTH(kw_waardebrug_van)&"-"&YEAR(kw_waardebrug_van)'
_DECIMALS = decimals(CENTS)
# Of the amounts as the page shows them: from € 492 to € 494 is € 2
_CHANGE = (
    f"ROUND(ROUND(N(INDEX({{brug.waarde}},5)),{_DECIMALS})-ROUND(N(INDEX({{brug.waarde}},1)),{_DECIMALS}),2)"
)
_SAME = f"{_CHANGE}=0"
_MOVED = money(f"ABS({_CHANGE})", CENTS)
_FINDING = (
    f'=IF(kw_bericht<>"","Nog geen prognose van de waarde: onderaan staat waarom",IF(kw_waardebrug_verandering="","{s.NOTHING_YET}",'
    f'IF({_SAME},"De waarde is even hoog als op "&' + _SINCE + ','
    f'IF(kc_zeker<>"ja","Of de waarde veranderde, is niet zeker: "&IF({_CHANGE}<0,"−","+")&' + _MOVED + '&" sinds "&' + _SINCE
    + f',"De waarde "&IF({_CHANGE}<0,"daalde ","steeg ")&' + _MOVED + '&" sinds "&' + _SINCE
    + '&IF(kw_waardebrug_oorzaak="","",", vooral door "&kw_waardebrug_oorzaak)))))'
)  # fmt: skip
_WHAT = 'IF(kw_gebruikt_marge="","omzet (zonder marge)","marge")'
_WORTH = (
    f'=IF(kw_waarde="","De waarde is nog niet bekend.","Onze klanten brengen "&{coming("kw_gebruikt_horizon", "kw_peildag")}&" naar verwachting "&{money("kw_waarde", CENTS)}&" "&{_WHAT}'
    f'&"; de "&{best_tenth_brings("N(kw_klanten)")}&{percent("IF(kw_waarde=0,0,kw_beste_tiende/kw_waarde)")}&" daarvan.")'
)
_FROM_FEW = (
    'IF(COUNT(kw_waardebrug_weinig)=0,"",IF(kw_waardebrug_weinig=0," Er waren toen nog geen klanten: dit is de waarde zelf.",'
    '" Met "&kw_waardebrug_weinig&IF(kw_waardebrug_weinig=1," klant"," klanten")&" aan het begin is zij zo onzeker als de waarde zelf."))'
)
_SURE = (
    f'=IF(kw_waardebrug_verandering="","Wat er veranderde, is nog niet te zeggen.",IF(AND({_SAME},ROUND(N(kw_waardebrug_laag),{_DECIMALS})=0,ROUND(N(kw_waardebrug_hoog),{_DECIMALS})=0),"De waarde veranderde niet: nieuwe klanten, wat klanten kochten en wie vertrok, deden samen niets.","De verandering van "&IF({_SAME},"",IF({_CHANGE}<0,"−","+"))&' + _MOVED
    + '&IF(kc_zeker=""," is te onzeker om er grenzen bij te noemen."," ligt tussen "&' + signed_money("kw_waardebrug_laag", CENTS) + '&" en "&' + signed_money("kw_waardebrug_hoog", CENTS) + '&" (95%)"'
    f'&IF(kc_zeker="ja",".",", en kan dus toeval zijn."))&{_FROM_FEW}))'
)  # fmt: skip
_TARGET = (
    '=IF(kc_doelen=0,"Er zijn geen doelen gesteld: vul ze in op Doelen.",IF(kc_slechtst>=1,"Alle "&kc_doelen&" gestelde doelen zijn gehaald.",'
    f'"Het verst van zijn doel is "&kc_slechtst_naam&": "&{signed_percent("kc_slechtst")}&" van het doel."))'
)
_RISK = (
    '=IF(kc_dreigt="","Wie dreigt te gaan, is nog niet te zeggen.",IF(kc_dreigt=0,"Er zijn geen waardevolle klanten die dreigen te gaan.",'
    f'{whole("kc_dreigt")}&IF(kc_dreigt=1," waardevolle klant, goed voor "," waardevolle klanten, samen goed voor ")&{money("kc_dreigt_waarde", CENTS)}&IF(kc_dreigt=1,", dreigt te gaan.",", dreigen te gaan.")))'
)
_ADVICE = (
    f'=IF(kw_ververst="","Een advies komt na het verversen.",IF(kc_duur<>"","Verlaag de kosten van "&{cut("kc_duur", 60)}&": "&IF(COUNT(kc_duur_cac,kc_duur_clv)=2,"een klant kost daar "&{price("kc_duur_cac")}&" en brengt "&{price("kc_duur_clv")}&".","dat kanaal kost meer dan zijn klanten brengen."),'
    f'IF(kc_niemand>0,"Zoek uit waarom "&IF(kc_niemand=1,{cut("kc_niemand_naam", 50)}&" niemand bracht: ",kc_niemand&" kanalen niemand brachten: samen ")&{money("kc_niemand_kosten")}&" kosten, en geen nieuwe klant.",'
    f'IF(AND(ISNUMBER(kw_kanalen_ratio),N(kw_kanalen_ratio)<3),IF(N(kw_kanalen_ratio)<0,"Verlaag de kosten per klant: een klant kost u na zijn werving meer dan hij brengt.","Verlaag de kosten van werving: een klant brengt "&{tenths("ABS(N(kw_kanalen_ratio))")}&" keer wat hij kost"&IF(COUNT(kw_kanalen_clv,kw_kanalen_cac)=2," ("&{price("kw_kanalen_clv")}&" tegen "&{price("kw_kanalen_cac")}&")","")&", onder de vuistregel van 3."),'
    f'IF(kc_daalde="ja","Zet in op behoud: de retentie daalde van "&{percent("kc_retentie_vorig")}&" naar "&{percent("kw_retentie_jaar")}&" in een jaar"&IF(N(kc_minder)<1,"",", "&{customers("kc_minder")}&" minder")&".",'
    f'IF(N(kc_dreigt)>0,"Benader wie dreigt te gaan, voor het te laat is: het gaat om "&{money("kc_dreigt_waarde", CENTS)}&".",'
    f'IF(AND(kc_zeker="ja",N(kw_waardebrug_verandering)<0),"Zoek uit waarom de waarde "&{_MOVED}&" daalde: op Waarde staat hoeveel elke stap deed.",'
    'IF(AND(kc_doelen>0,N(kc_slechtst)<1),"Begin bij het doel dat het verst weg is: "&kc_slechtst_naam&".",'
    'IF(OR(kw_waarde="",AND(kc_daalde="",kw_kanalen_ratio="")),"Voor een advies is nog te weinig bekend: "&IF(kw_waarde="","er is geen prognose van de waarde.","de retentie van een jaar eerder en CLV : CAC ontbreken."),"Ga zo door, en kijk opnieuw op "&'
    + day_words("EDATE(kw_peildag,3)")
    + '&".")))))))))'
)
TOLD = b.Grid(
    (b.Column("wat u moet weten", "label_wrap", span=7), b.Column("bron")),
    tuple(
        (b.Formula(text, role="label_wrap"), b.Link(anchor))
        for text, anchor in ((_WORTH, "Waarde"), (_SURE, "Waarde"), (_TARGET, "Doelen"), (_RISK, "Acties"), (_ADVICE, "Cijfers"))
    ),
)  # fmt: skip
DECIDED = b.Grid(
    (b.Column("besluiten", span=8),),
    tuple((words(f"kw_besluit_{n}", f"Besluit {n}", example=said, most=120),) for n, said in enumerate(
        ("Klanten die dreigen te gaan krijgen deze maand een bericht.", "Het budget gaat naar de kanalen die zich terugverdienen.", None), 1)),
)  # fmt: skip
_HEAD = (
    '=IF(kw_bedrijf="","",kw_bedrijf&"  ·  ")&IF(kw_waardebrug_van="","wat zijn onze klanten waard?","van "&' + _SINCE
    + '&" tot en met "&DAY(kw_peildag)&"-"&MONTH(kw_peildag)&"-"&YEAR(kw_peildag))&IF(kw_opsteller="","","  ·  opgesteld door "&kw_opsteller)'
)  # fmt: skip
PAGE = b.Sheet(
    "Rapport", "Directierapport klantwaarde", b.Formula(_HEAD),
    (CARDS, b.Chart(
        b.Formula(_FINDING), "bridge", "brug.label",
        (b.Series("", "brug.voet", ""), b.Series("stand", "brug.stand", NAVY, margins=("brug.tot laag", "brug.tot hoog")), b.Series("erbij", "brug.erbij", TEAL), b.Series("eraf", "brug.eraf", ORANGE),
         b.Series("", "brug.ruimte", "")),  # unseen: it makes the axis reach the end of the margin
        "euro", "Watervaldiagram: de klantwaarde van begin tot eind, met wie geworven werd, wat klanten kochten en wie vertrok.",
        span=8, rows=13, figure="waardebrug_van", empty="Nog geen waarde om te vergelijken.",
     ), b.WhenKnown("peildag", (TOLD,)), DECIDED,
     b.Message(b.Formula(f'={s.ORDERS_SAID}&IF(kw_bericht<>"","Waarom er geen prognose is: "&kw_bericht,"Waarde: wat klanten van nu naar verwachting nog brengen, geschat uit wat zij eerder kochten."&IF(kw_opmerking="",""," Wat daaraan bijzonder is, staat in het werkboek, op blad Berekening."))', role="remark"), 76)),
    (12,) * 8, "Eén A4 om af te drukken of als PDF te bewaren.", tab=TEAL, prints="page", portrait=True,
)  # fmt: skip


def _with_cents(column: str) -> b.AsChosen:
    return b.AsChosen(column, column, "kc_centen", (("ja", "euro2"),))


# ── the sheets ──────────────────────────────────────────────────────────────────────────────

SHEETS = (
    s.start(
        "Directierapport", "Wat zijn onze klanten waard, wat veranderde, en wat doen we?",
        (
            "Plak op Gegevens uw orders; op Kosten en Klanten, als u ze hebt, wat werving kostte en waar klanten vandaan kwamen.",
            "Vul op Instellingen marge, rente en kosten per klant (0 mag) in, en over hoeveel maanden het rapport gaat; op Doelen wat u wilt halen.",
            s.REFRESH,
            "Lees het Rapport, schrijf er de besluiten bij, en maak er een PDF van: klantwaarde pdf, met dit bestand gesloten.",
        ),
        links=13, journal_since=2,
    ),
    s.settings(SETTINGS, ("Voor een kwartaal dat af is: zet de peildatum op de laatste dag ervan.",), used=True),
    b.Sheet("Doelen", "Doelen", "Wat wilt u halen? Meer is bij elk van deze cijfers beter.",
            (b.Text(("Gele cellen zijn van u. Bijna gehaald is vanaf 90% van het doel.",), anchor="Doelen"), GOALS, WORST,
             b.Grid((b.Column("gegeven"), b.Column("waarde")), (("Opgesteld door", words("kw_opsteller", "Opgesteld door", example="Afdeling marketing")),), heading="Op het rapport")),
            (30, 18, 16, 16, 20, 24), "Uw doelen, en hoe ver u bent.", prints="page"),
    s.data("transacties", "Uw transacties: klant, datum, bedrag.", (34, 16, 16, 16, 16)),
    s.input_table("kosten", "Kosten per kanaal en maand.", (14, 26, 16, 26), optional=True, without=("bereikt",)),
    s.input_table("klanten", "Klanten, met het kanaal waardoor zij klant werden.", (34, 24, 24, 24), optional=True, without=("campagne",)),
    b.Sheet("Waarde", "Hoe de waarde veranderde", b.Formula('=IF(kw_waardebrug_bericht="","Elke stap is van andere klanten; samen tellen zij precies op.",kw_waardebrug_bericht)'),
            (b.Text(("Beide waarden komen uit hetzelfde model, geschat op alle gegevens: het verschil is van de klanten.",), anchor="Waarde"),
             b.ResultBlock("waardebrug", looks=(_with_cents("waarde"),), room=5), b.Text(("Wie wat vraagt, volgens de prognose.",), anchor="Acties"), b.ResultBlock("acties", "Klanten en waarde per actie", (_with_cents("klantwaarde"),), room=4)),
            (20, 16, 12, 84, 16), "De stappen van begin naar eind, en wie dreigt te gaan.", tab=GREY, prints="page"),
    b.Sheet("Kanalen", "Kanalen", b.Formula('=IF(kw_kanalen_bericht="","De beste verhouding boven; over de laatste 12 hele maanden.",kw_kanalen_bericht)'),
            (b.ResultBlock("kanalen", room=12),),
            (24, 13, 12, 12, 12, 12, 14, 12, 12, 12, 24), "Kosten, CAC, CLV en oordeel per kanaal.", tab=GREY),
    b.Sheet("Retentie", "Retentie per jaar, geteld", "Van wie een jaar eerder klant was: welk deel is het nog?",
            (b.ResultBlock("retentie", room=24),), (14, 18, 14, 18, 12, 12, 14), "Hoeveel klanten van een jaar geleden er nog zijn.", tab=GREY, freeze=True),
    b.Sheet("KPI", "Kerncijfers per maand", "Klanten eind = begin + nieuw + gereactiveerd − verloren.",
            (b.ResultBlock("kpi", room=36),), (14,) * 16, "Omzet, orders en klanten per maand.", tab=GREY, freeze=True),
    b.Sheet("Berekening", "Berekening", "Tussenstappen. Hier hoeft u niets in te vullen; het rapport leest deze cellen.",
            (BRIDGE, b.Text(("Met deze cijfers maakt het rapport zijn zinnen.",), anchor="Cijfers"), b.Beside((FIGURES, b.Stack((GIVEN, FEW))))), (44, 18, 14, 44, 22, 30, 12, 12, 12, 12, 12, 12, 12), "Waar de cijfers op het rapport vandaan komen.", tab=GREY),
    PAGE,
    s.controls(
        (
            s.ALL_READ,
            s.AS_REFRESHED,
            s.NOTHING_BELOW,
            s.NO_FUTURE,
            s.NO_HOLES,
            s.RECENT,
            s.as_used(_USED),
            s.MARGIN,
            s.INTEREST,
            s.COSTS,
            b.Check("De stappen tellen op tot de waarde nu", "=ABS(SUM(tblWaardebrug[waarde])-2*kw_waarde)<0.01", "Ververs het werkboek.", '=kw_waardebrug_bericht=""'),
            b.Check("Er is een prognose", '=kw_bericht=""', "Lees op Rapport waarom niet."),
            b.Check("De retentie is over een heel jaar te tellen", '=kw_retentie_bericht=""', "Er zijn meer maanden met gegevens nodig."),
        ),
    ),
)  # fmt: skip

TEMPLATE = b.Template(
    id="directierapport", version=7, title="Directierapport klantwaarde", purpose="Eén A4: wat klanten waard zijn, wat veranderde en waarom, doelen en besluiten.",
    sheets=SHEETS, sources=("D23", "D29", "D32"),
)  # fmt: skip
