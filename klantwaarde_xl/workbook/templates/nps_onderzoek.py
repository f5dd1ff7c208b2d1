"""How content and loyal customers are, whether that changes, what goes with it, and whom to call."""

from __future__ import annotations

from collections.abc import Callable

from klantwaarde_xl.data.results.survey_again import NO_ORDERS
from klantwaarde_xl.data.results.survey_measures import MEASURED
from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook import standard as s
from klantwaarde_xl.workbook import survey_groups
from klantwaarde_xl.workbook.answer_shades import SCALE, SHADES, SPREAD
from klantwaarde_xl.workbook.compared_waves import CHOOSER, FINDING, STEPS, WAVES
from klantwaarde_xl.workbook.phrases import customers, cut, money, percent, signed, tenths, whole
from klantwaarde_xl.workbook.styles import GREY, NAVY, ORANGE, TEAL

_SETTINGS = ("kw_bedrijf", "kw_peildatum", "kw_marge")
_ASPECTS = 6
_LONG = 28  # what fits beside a bar
_QUESTION = 50  # on two lines: questions begin alike
_EMPTY = "Nog geen antwoorden."

# ── from the tables, in the order of the page ───────────────────────────────────────────────


def _first(table: str) -> str:
    """How many rows of a result are of the question on the whole; they stand first."""
    return f'SUMPRODUCT(({table}[vraag]=ku_vraag)*({table}[schaal]=ku_schaal)*({table}[schaal]<>""))'


def _at(table: str, column: str, row: str, number: str, otherwise: str = '""') -> b.Formula:
    return b.Formula(f'=IF({{.rij}}="",{otherwise},INDEX({table}[{column}],{row}))', number)


ASPECTS = b.Grid(
    (b.Column("rij"), b.Column("aspect"), b.Column("aandeel", numbers=True)),
    tuple(
        (b.Formula(f'=IF({n}>COUNT(tblDrijfveren[aandeel]),"",{n})', "aantal"), b.Formula(f'=IF({{.rij}}="","",{cut("INDEX(tblDrijfveren[aspect],{.rij})", _QUESTION)})'), _at("tblDrijfveren", "aandeel", "{.rij}", "procent", "NA()"))
        for n in range(1, _ASPECTS + 1)
    ),
    name="drijvers", heading="Wat samengaat met de score", looks=(b.Faint("aandeel"),),
)  # fmt: skip
COUNTS = b.Grid(
    (b.Column("uitkomst"), b.Column("waarde", numbers=True)),
    (
        ("De vraag over het geheel", b.Formula('=IF(kw_maat_vraag="","",kw_maat_vraag)', name="ku_vraag")),
        ("Schaal van de vraag over het geheel", b.Formula('=IF(kw_maat_schaal="","",kw_maat_schaal)', name="ku_schaal")),
        *SCALE,
        ("Kwartalen met die vraag", b.Formula(f"={_first('tblEnqueteMetingen')}", "aantal", name="ku_metingen")),
        ("Antwoorden op de schaal", b.Formula(f"={_first('tblAntwoorden')}", "aantal", name="ku_scores")),
        ("Rijen met groepen", b.Formula(f"={_first('tblEnqueteUitkomst')}", "aantal", name="ku_groepen")),
        *STEPS,
        ("Trend per kwartaal", b.Formula('=IF(ku_metingen<2,"",IF(INDEX(tblEnqueteTrend[per kwartaal],1)="","",INDEX(tblEnqueteTrend[per kwartaal],1)*IF(ku_maat="CSAT",100,1)))', "een", name="ku_trend")),
        ("Oordeel over de trend", b.Formula('=IF(ku_trend="","",INDEX(tblEnqueteTrend[oordeel],1)&"")', name="ku_trendoordeel")),
        ("Waarde verschilt zeker", b.Formula('=IF(COUNT(kw_waarde_kans_laag,kw_waarde_kans_hoog)<2,"",IF(OR(AND(kw_waarde_verschil>0,kw_waarde_kans_laag>0.5),AND(kw_waarde_verschil<0,kw_waarde_kans_hoog<0.5)),"ja","nee"))', name="ku_zeker")),
        *(
            (f"Waarde per {who}", b.Formula(f'=IF(COUNT(tblWaardeNaastScore[klanten])<3,"",IF(INDEX(tblWaardeNaastScore[klanten],{row})=0,"",IF(INDEX(tblWaardeNaastScore[marge per klant],{row})="",INDEX(tblWaardeNaastScore[omzet per klant],{row}),INDEX(tblWaardeNaastScore[marge per klant],{row}))))', "euro", name=f"ku_{who}"))
            for who, row in (("promotor", 1), ("criticaster", 3))
        ),
        ("Zwaarste aspect", b.Formula('=IF(COUNT(tblDrijfveren[aandeel])=0,"",INDEX(tblDrijfveren[aspect],1))', name="ku_aspect")),
    ),
    heading="Waar de pagina op staat",
)  # fmt: skip
_WORTHS = (
    "waarde_verschil",
    "waarde_kans",
    "waarde_kans_laag",
    "waarde_kans_hoog",
    "waarde_bekend",
    "waarde_onbekend",
    "waarde_oordeel",
    "waarde_bericht",
)
_AGAIN = ("opnieuw_deel", "opnieuw_laag", "opnieuw_hoog", "opnieuw_klanten", "opnieuw_bericht")
_MEASURES = tuple(figure.name for figure in MEASURED.figures)
_FIGURES = ("enquete_schaal", "enquete_antwoorden", "enquete_leeg", "enquete_gemiddelde", "enquete_nps", "enquete_nps_laag", "enquete_nps_hoog",
            "enquete_csat", "enquete_csat_laag", "enquete_csat_hoog", "enquete_ces", "enquete_ces_laag", "enquete_ces_hoog",
            "drijfveren_verklaard", "bellen_klanten")  # fmt: skip

# ── the page ────────────────────────────────────────────────────────────────────────────────


def _card(label: str, name: str, number: str, shown: Callable[[str], str], scales: str, means: str) -> b.Card:
    """A measure of the question that asks for it; of several questions the lowest and the highest."""
    cell = f"kw_maat_{name.lower()}"
    value = _unsigned(cell) if number == "punten" else cell
    several = f'{shown(f"{cell}_minst")}&" – "&{shown(f"{cell}_meest")}'
    between = f'IF({cell}_vraag="","",{cut(f"{cell}_vraag", 14)}&": ")&"tussen "&{shown(f"{cell}_laag")}&" en "&{shown(f"{cell}_hoog")}'
    lacks = f'IF({cell}_minst="",IF(kw_enquete_bericht="","nog geen antwoorden","{scales}"),{cell}_dragers&" vragen; laagst "&{cut(f"{cell}_zwakste", 14)})'
    return b.Card(
        label,
        b.Formula(f'=IF({cell}="",IF({cell}_minst="","–",{several}),{value})', number),
        b.Formula(f'=IF({cell}="",{lacks},{between})'),
        b.Formula(
            f'=IF({cell}="",IF({cell}_minst="","","elk op Uitkomsten"),{_answers(f"{cell}_antwoorden")}&" (95%)")'
        ),
        means=means,
    )


def _answers(number: str) -> str:
    return f'IF({number}=1,"1 antwoord",{whole(number)}&" antwoorden")'


def _unsigned(cell: str) -> str:
    """A number of points that its format would show as +0 or -0 is nought."""
    return f"IF(ABS({cell})<0.5,0,{cell})"


def _percent(cell: str) -> str:
    return percent(f"ROUND({cell},2)")


def _points(cell: str) -> str:
    return signed(f"ROUND({cell},0)")


def _worth(who: str, told: str) -> b.Card:
    lacks = f'IF(OR(kw_waarde_bericht="",kw_opnieuw_bericht="{NO_ORDERS}"),"{NO_ORDERS}","zie blad Waarde")'
    return b.Card(
        f"Waarde: per {who}", b.Formula(f'=IF(ku_{who}="","–",ku_{who})', "euro"),
        b.Formula(f'=IF(ku_{who}="",{lacks},IF(kw_gebruikt_marge="","omzet","marge")&" tot nu, per klant")'), b.Formula(f'=IF(ku_{who}="","",{told})'),
        means="Wat hij tot nu bracht, gemiddeld: marge, of omzet als er geen marge is ingevuld.",
    )  # fmt: skip


_COUNTED = 'IF(COUNT(kw_waarde_bekend)<1,"",' + customers("kw_waarde_bekend") + '&" met orders")'
_SURE = 'IF(ku_zeker="","",IF(ku_zeker="ja","verschil is geen toeval","verschil kan toeval zijn"))'
CARDS = b.Cards(
    (
        _card("Tevredenheid: CSAT", "CSAT", "procent", _percent, "geen schaal van 5, 7 of 10", "Deel van de antwoorden dat een van de twee hoogste scores is."),
        _card("Tevredenheid: CES (gemak)", "CES", "een", tenths, "geen vraag van 1 t/m 7", "Gemiddelde op een schaal van 1 tot en met 7: hoe makkelijk het ging."),
        _card("Loyaliteit: NPS", "NPS", "punten", _points, "geen vraag van 0 t/m 10", "Percentage promotors (9–10) − percentage criticasters (0–6), in punten."),
        b.Card(
            "Loyaliteit: koopt opnieuw", b.Formula('=IF(kw_opnieuw_deel="","–",kw_opnieuw_deel)', "procent"),
            b.Formula(f'=IF(kw_opnieuw_deel="",IF(kw_opnieuw_bericht="","{NO_ORDERS}",kw_opnieuw_bericht),"tussen "&{percent("kw_opnieuw_laag")}&" en "&{percent("kw_opnieuw_hoog")})'),
            b.Formula(f'=IF(kw_opnieuw_deel="","","in 90 dagen, "&{customers("kw_opnieuw_klanten")})'),
            means="Deel van wie antwoordde dat binnen 90 dagen daarna weer kocht.",
        ),
        _worth("promotor", _COUNTED),
        _worth("criticaster", _SURE),
    )
)  # fmt: skip
_TREND = (
    '=IF(ku_metingen=0,"Nog geen kwartaal met antwoorden",ku_maat&" per kwartaal"&IF(ku_trend="","",IF(ku_trendoordeel="geen aantoonbaar verschil",'
    f'": geen aantoonbare trend",": "&IF(ku_trend<0,"daalt ","stijgt ")&{tenths("ABS(ku_trend)")}&" per kwartaal")))'
)
_MOST = f'=IF(ku_aspect="",IF(kw_drijfveren_bericht="","Drijfveren vragen ook oordelen per aspect","Geen drijfveren: zie Drijfveren"),IF(LEN(ku_aspect)>{_LONG},"De bovenste vraag",UPPER(LEFT(ku_aspect,1))&MID(ku_aspect,2,{_LONG}))&IF(COUNT(tblDrijfveren[aandeel])=1," is het enige aspect"," gaat het meest samen met de score (alle samen 100%)"))'
_SAID = f'=IF(kw_enquete_bericht="","Nog niets ingevuld. Plak uw antwoorden op Enquete, en ververs.",IF(kw_maat_schaal="",kw_enquete_bericht,{FINDING}))'
_ASKED = f'IF(kw_maat_vraag="","de vraag over het geheel","“"&{cut("kw_maat_vraag", 60)}&"”")'
_COUNT = f'IF(COUNT(kw_maat_antwoorden)<1,"Er zijn meer vragen: zie Uitkomsten.",{_answers("kw_maat_antwoorden")}&" op "&{_ASKED}&IF(N(kw_maat_leeg)=0,"",", "&{whole("kw_maat_leeg")}&" zonder antwoord")&".")'
_REMARK = (
    f'=IF(kw_enquete_bericht="","",IF(AND(COUNT(kw_maat_antwoorden)=1,N(kw_maat_antwoorden)<ku_minst),"Nog "&(ku_minst-kw_maat_antwoorden)&IF(ku_minst-kw_maat_antwoorden=1," antwoord"," antwoorden")&" nodig: van zo weinig klanten zegt een cijfer bijna niets.",'
    f'{_COUNT})&IF(N(kw_bellen_klanten)=0," Niemand om te bellen."," "&{customers("kw_bellen_klanten")}&" om te bellen: ontevreden, hooguit 90 dagen geleden (blad Bellen)."))'
)
_WORTH = (
    '=IF(kw_waarde_verschil="","","Een promotor kocht gemiddeld "&IF(kw_waarde_verschil<0,'
    + money("-kw_waarde_verschil") + '&" minder",' + money("kw_waarde_verschil") + '&" meer")&" dan een criticaster; "'
    '&IF(ku_zeker="ja","dat is geen toeval (95%).","dat kan toeval zijn.")&" Bekend van "&' + whole("kw_waarde_bekend")
    + '&" klanten, van "&' + whole("kw_waarde_onbekend") + '&" niet.")'
)  # fmt: skip
_KNOWN = "maat_antwoorden"
SHEETS = (
    s.start(
        "Klantonderzoek: NPS, CSAT, CES", "Hoe tevreden en trouw zijn klanten, en wie bellen we?",
        (
            "Plak op Enquete de antwoorden: datum, score, en als u ze hebt klant, vraag, kanaal, opmerking.",
            "Plak op Gegevens uw orders, als u wilt zien wat tevreden klanten waard zijn (mag leeg blijven).",
            s.REFRESH,
            "Lees op Onderzoek wat veranderde en of dat toeval kan zijn; bel wie op Bellen staat.",
        ),
        links=11, journal_since=3,
    ),
    s.settings(_SETTINGS, ("Zonder peildatum tellen alle antwoorden tot en met vandaag.",), used=True, later=((2, "kw_marge"),)),
    s.data("enquete", "De antwoorden. Plak hier uw export of noem een bestand.", (14, 10, 14, 22, 26, 18, 18, 44)),
    s.input_table("transacties", "Uw orders: klant, datum, bedrag. Alleen nodig voor waarde naast score.", (34, 16, 16, 16, 16), optional=True, since=2),
    b.Sheet("Uitkomsten", "Uitkomsten", "Per vraag, segment en kanaal. Tussen laag en hoog ligt die van alle klanten (95%).",
            (b.ResultBlock("enqueteuitkomst", room=20, later=tuple((7, name) for name in survey_groups.PARTS)),), (24, 12, 12, 20, 13, 13, 13, 10, 10, 10, 11, 11, 11, 11, 11, 11, 60, 11, 11, 11), "NPS, CSAT en CES per vraag, segment en kanaal.", tab=GREY, freeze=True),
    b.Sheet("Metingen", "Metingen", "Per kwartaal, met de marge. Hier kloppen alle oordelen van een vraag samen (95%); Onderzoek vergelijkt er twee.",
            (b.Beside((b.ResultBlock("enquetemetingen", room=20, later=((7, "bijgesteld"), (7, "standaardfout"), (7, "spreiding"))), b.ResultBlock("enquetetrend", room=8))),), (24, 12, 14, 14, 12, 12, 12, 13, 12, 28, 13, 14, 12, 3, 24, 12, 14, 14, 12, 12, 12, 13, 28), "Hoe elke vraag zich per kwartaal ontwikkelt.", tab=GREY),
    b.Sheet("Drijfveren", "Drijfveren", b.Formula('=IF(kw_drijfveren_bericht="","Welk aspect gaat samen met de score? Samenhang is geen oorzaak.",kw_drijfveren_bericht)'),
            (b.Beside((b.ResultBlock("drijfveren", room=8), b.ResultBlock("antwoorden", room=20))),), (26, 14, 13, 13, 26, 16, 12, 12, 12, 12, 3, 24, 12, 12, 13, 12), "Wat samengaat met de score, en hoe vaak elk antwoord is gegeven.", tab=GREY),
    b.Sheet("Waarde", "Waarde naast score", b.Formula('=IF(kw_waarde_bericht="","Zijn promotors meer waard dan criticasters? Naar het laatste antwoord van elke klant.",kw_waarde_bericht)'),
            (b.Message(b.Formula(_WORTH, role="finding"), 24), b.ResultBlock("waardenaastscore", room=3, since=2, later=((7, "kocht opnieuw"),))), (24, 13, 14, 14, 14, 16, 13, 16, 14), "Wat promotors, passief tevredenen en criticasters kochten.", tab=GREY),
    b.Sheet("Bellen", "Wie u belt", b.Formula('=IF(kw_bellen_bericht="","Wie het meest kocht boven, zonder orders de slechtste score. Zet bij gebeld wie u sprak.",kw_bellen_bericht)'),
            (b.ResultBlock("bellen", room=20, later=((7, "kocht"),), own=(b.Own("gebeld", ("ja", "nee"), "Zet hier of u hem sprak; het blijft bij de klant als u ververst."),)),), (24, 14, 10, 12, 50, 18, 18, 14, 14, 12), "Ontevreden klanten van de laatste negentig dagen.", tab=ORANGE, freeze=True),
    b.Sheet("Berekening", "Berekening", "Tussenstappen. Hier hoeft u niets in te vullen; de pagina leest deze cellen.",
            (b.Beside((b.Stack((WAVES, SPREAD, survey_groups.GROUPS, ASPECTS, survey_groups.ALL)), b.Stack((COUNTS, s.figures((*_FIGURES, "enquete_bericht", "drijfveren_maat", "drijfveren_antwoorden", "drijfveren_bericht", "bellen_bericht"), "Cijfers van de verversing"), s.figures(_WORTHS, "Waarde naast score", 2), s.figures(_MEASURES, "NPS, CSAT en CES van de enquête", 7), s.figures(_AGAIN, "Opnieuw kopen", 7))))),),
            (8, 30, 14, 14, 14, 14, 14, 12, 12, 12, 12, 3, 44, 22), "Waar de cijfers op de pagina vandaan komen.", tab=GREY),
    b.Sheet(
        "Onderzoek", "Klantonderzoek", b.Formula('=IF(kw_bedrijf="","",kw_bedrijf&"  ·  ")&"Hoe tevreden en trouw zijn klanten?"'),
        (CHOOSER, CARDS, b.Message(b.Formula(_SAID, role="finding"), 24), b.Message(b.Formula(_REMARK, role="remark"), 20), b.WhenKnown(_KNOWN, (
            b.Beside((
                b.Chart(b.Formula(_TREND), "line", "metingen.kwartaal", (b.Series("waarde", "metingen.waarde", NAVY, margins=("metingen.tot laag", "metingen.tot hoog")),
                         *(b.Series(end, f"metingen.{end}", "") for end in ("laag", "hoog"))),  # unseen, so that the axis reaches both
                        "afgerond", "Lijn: NPS of CSAT per kwartaal, met de marge van 95%.", figure=_KNOWN, empty=_EMPTY, rows=12, bottom=None, least=-100, top=100),
                b.Chart("Hoe vaak elk antwoord is gegeven", "stacked", "verdeling.score", SHADES, "aantal", "Kolommen: aantal antwoorden per score.", figure=_KNOWN, empty=_EMPTY, rows=12),
            ), gap=0),
            b.Beside((
                b.Chart(b.Formula(survey_groups.TITLE), "shares", "groepen.groep", survey_groups.SERIES, "deel",
                        "Staven: deel van de antwoorden dat hoog, ertussen en laag is, per segment en kanaal.", figure=_KNOWN, rows=12, top=1, drawn="COUNT({groepen.hoog})>0"),
                b.Chart(b.Formula(_MOST), "bar", "drijvers.aspect", (b.Series("aandeel", "drijvers.aandeel", TEAL),), "procent",
                        "Staven: aandeel van elk aspect in wat de score verklaart.", figure="drijfveren_verklaard", empty="Drijfveren vragen oordelen per aspect naast de vraag over het geheel.", rows=12),
            ), gap=0),
        ))),
        (12,) * 12, "De uitkomst op één pagina, klaar om af te drukken.", tab=TEAL, prints="page",
    ),
    s.controls(
        (
            s.ALL_READ,
            b.Check("Er zijn genoeg antwoorden voor een oordeel", "=kw_maat_antwoorden>=30", "Onder 30 antwoorden is de marge zo groot dat u weinig weet; vraag meer klanten.", '=kw_maat_antwoorden<>""'),
            b.Check("De vraag over het geheel heeft één schaal", '=ku_schaal<>""', "Er zijn meer vragen of schalen; elk heeft een eigen rij op Uitkomsten.", "=ROWS(tblEnqueteUitkomst[vraag])>1"),
            b.Check("De antwoorden tellen op", '=SUMPRODUCT((tblAntwoorden[vraag]=ku_vraag)*(tblAntwoorden[schaal]=ku_schaal),tblAntwoorden[antwoorden])=kw_maat_antwoorden', "Ververs het werkboek.", '=AND(ku_schaal<>"",kw_maat_antwoorden<>"")'),
            b.Check("De gegevens in dit werkboek zijn die van de laatste verversing", "=ROWS(tblEnquete[score])=kw_rijen_tabel", "Ververs het werkboek: de tabel op Enquete is veranderd."),
            s.as_used(("kw_peildatum", "kw_marge")),
            b.Check("De antwoorden zijn hooguit 100 dagen oud op de dag van verversen", "=kw_ververst-kw_periode_tot<=100", "Vraag klanten opnieuw; oude cijfers zijn een veelgemaakte fout."),
        ),
    ),
)  # fmt: skip

TEMPLATE = b.Template(
    id="nps-onderzoek", version=8, title="Klantonderzoek: NPS, CSAT, CES", purpose="NPS, CSAT en CES met marges, per kwartaal en kanaal, drijfveren en wie u belt.",
    sheets=SHEETS, sources=("D12", "D26", "D27", "D29"),
)  # fmt: skip
