"""What changes if we do something: four scenarios side by side, plans, keeping customers, loyalty."""

from __future__ import annotations

from dataclasses import replace

from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook import plans
from klantwaarde_xl.workbook import standard as s
from klantwaarde_xl.workbook.cases import (
    BARS,
    CASES,
    ENDLESS,
    ENTRIES,
    FILL_IN,
    HEAVIEST,
    KNOBS,
    MOVES,
    NOT_YET,
    RESULTS,
    SPANS,
    TAKEN,
    TORNADO,
)
from klantwaarde_xl.workbook.phrases import amount, money
from klantwaarde_xl.workbook.styles import GREY, NAVY, ORANGE, TEAL

_SETTINGS = ("kw_bedrijf", "kw_rente")

# ── the page ────────────────────────────────────────────────────────────────────────────────


_MEANS = {
    "samen": "Alle klanten × CLV − wat de nieuwe klanten kostten, met de aannamen van {}.",
    "winst": "Marge van alle klanten − werving − vaste kosten, per jaar, met de aannamen van {}.",
}


def _card(name: str, label: str, case: str) -> b.Card:
    cell, now = f"ku_{name}_{case}", f"ku_{name}_nu"
    more = f'IF(ROUND({cell}-{now},0)=0,"gelijk aan nu",IF({cell}<{now},"−","+")&{money(f"ABS({cell}-{now})")}&" t.o.v. nu")'
    return b.Card(
        f"{label}, {case}", b.Formula(f'=IF({cell}="","–",{cell})', "euro"),
        b.Formula(f'=IF({cell}="",IF({ENDLESS},"geen einde: zie hieronder","vul Scenario\'s in"),IF({now}="","",{more}))'),
        means=_MEANS[name].format(case),
    )  # fmt: skip


_CARDS = b.Cards(
    tuple(
        _card(name, label, case)
        for name, label in (("samen", "Klantwaarde"), ("winst", "Winst"))
        for case in CASES[1:]
    )
)
_SUMS = b.Grid(
    (b.Column("scenario"), b.Column("klantwaarde samen", numbers=True), b.Column("winst per jaar", numbers=True)),
    tuple((case, b.Formula(f"=ku_samen_{case}", "euro"), b.Formula(f"=ku_winst_{case}", "euro")) for case in CASES),
    name="sommen", heading="Voor de grafiek",
)  # fmt: skip
_ALL_CASES = ",".join(f"ku_samen_{case}" for case in CASES[1:])
_RANGE = f'=IF(COUNT(ku_samen_slechtst,ku_samen_best)<2,{NOT_YET},IF(ROUND(MAX({_ALL_CASES})-MIN({_ALL_CASES}),0)=0,"Klantwaarde is overal "&{amount("ku_samen_basis")},"Klantwaarde tussen "&{amount(f"MIN({_ALL_CASES})")}&" en "&{amount(f"MAX({_ALL_CASES})")}))'
_NOW = ",".join(f"kw_{name}_nu" for name, *_ in KNOBS)
_MARKETS, _SHARES = (",".join(f"{name}_{case}" for case in CASES) for name in ("kv_markt", "ku_aandeel"))
_WIDE = (17,) + (12,) * 11

SHEETS = (
    s.start(
        "Scenario's: wat als", "Wat verandert er als wij iets doen?",
        (
            "Vul op Scenario's de kolom nu in, en alleen wat in een scenario anders wordt.",
            "Reken op Plannen, Behoud en Loyaliteit een plan door: wat brengt het, wat kost het, wanneer kan het uit?",
            "Lees op Scenariopagina wat het uitmaakt, en welke aanname het zwaarst weegt.",
        ),
        links=9, has_data=False,
    ),
    s.settings(_SETTINGS, ("Alles rekent meteen; verversen hoeft niet.",)),
    b.Sheet("Scenario's", "Scenario's", "Vul nu in; een leeg vak in een scenario is als nu.", (ENTRIES,),
            (26, 15, 15, 15, 15, 22, 40), "Uw aannamen: nu, slechtst, basis, best.", tab=ORANGE, prints="page"),
    b.Sheet("Plannen", "Plannen", "Wat brengt het, wat kost het, en wanneer kan het uit?",
            (b.Beside((b.Stack((plans.plan(0), plans.plan(2))), b.Stack((plans.plan(1), plans.plan(3))))),), (38, 16, 34, 3, 38, 16, 30),
            "Vier plannen uit de artikelen, met uw cijfers.", tab=ORANGE, prints="page"),
    b.Sheet("Behoud", "Behoud", "Hoeveel mag u uitgeven om een klant te houden?",
            (plans.KEEPING, b.Beside((plans.MORE, b.Chart(b.Formula(plans.KEPT), "bar", "behoud.retentie erbij", (b.Series("per klant", "behoud.hoogste uitgave per klant", TEAL),),
             "euro2", "Staven: hoogste uitgave per klant per procentpunt retentie erbij.", span=4, rows=12, drawn="COUNT({behoud.hoogste uitgave per klant})>0")))),
            (32, 18, 26, 3, 20, 20, 20, 20), "De hoogste uitgave om een klant te houden.", tab=ORANGE, prints="page"),
    b.Sheet("Loyaliteit", "Loyaliteit", b.Formula(plans.LOYAL_SAID), (plans.LOYALTY, b.Message(b.Formula(plans.LIMIT_SAID, role="remark"))),
            (36, 18, 40), "Wat een programma oplevert, en vanaf welke retentie.", tab=ORANGE, prints="page"),
    b.Sheet("Berekening", "Berekening", "Tussenstappen. Hier hoeft u niets in te vullen; de pagina leest deze cellen.",
            (TAKEN, SPANS, TORNADO, _SUMS), (26, 20, 16, 16, 16, 16), "Waar de cijfers op de pagina vandaan komen.", tab=GREY, prints="page"),
    b.Sheet(
        "Scenariopagina", "Wat als", b.Formula('=IF(kw_bedrijf="","",kw_bedrijf&"  ·  ")&"Wat verandert er als wij iets doen?"'),
        (_CARDS, b.Beside((
            b.Chart(b.Formula(HEAVIEST), "tornado", "tornado.aanname", BARS,
                    "euro", "Staven: verschil in klantwaarde samen als één aanname slechtst of best uitvalt.", axis=False, drawn=MOVES),
            b.Chart(b.Formula(_RANGE), "column", "sommen.scenario", (b.Series("klantwaarde samen", "sommen.klantwaarde samen", NAVY),
                    b.Series("winst per jaar", "sommen.winst per jaar", TEAL)), "euro", "Kolommen: klantwaarde samen en winst per scenario.", axis=False, bottom=None,
                    drawn="COUNT({sommen.klantwaarde samen},{sommen.winst per jaar})>0"),
        ), gap=0), RESULTS, plans.SIDE_BY_SIDE, b.Message(b.Formula(plans.ARTICLE, role="remark"), 20)),
        _WIDE, "De uitkomst op één pagina, klaar om af te drukken.", tab=TEAL, prints="page",
    ),
    s.controls(
        (
            replace(s.INTEREST, when=f"=COUNT({_NOW})>0"),
            b.Check("De kolom nu is ingevuld", f"=COUNT({_NOW})={len(KNOBS)}", FILL_IN, f"=COUNT({_NOW})>0"),
            b.Check("Slechtst is niet beter dan best", "=ku_samen_slechtst<=ku_samen_best", "Kijk welke aanname verwisseld is. Kost een klant meer dan hij brengt, dan is langer blijven slechter.",
                    "=COUNT(ku_samen_slechtst,ku_samen_best)=2"),
            b.Check("Basis ligt tussen slechtst en best", "=AND(ku_samen_basis>=ku_samen_slechtst,ku_samen_basis<=ku_samen_best)",
                    "Kijk of basis de waarschijnlijkste aannamen heeft.", "=COUNT(ku_samen_slechtst,ku_samen_basis,ku_samen_best)=3"),
            b.Check("De markt is groter dan uw omzet", f"=COUNT({_SHARES})=COUNT({_MARKETS})",
                    "Marktomvang is de omzet van alle aanbieders samen, uzelf meegeteld.", f"=COUNT({_MARKETS},ku_omzet_nu)>1"),
            b.Check("Het plan van artikel 002 klopt", "=ABS(ku_plan0-kw_hoger_klanten*(kw_hoger_straks-kw_hoger_nu))<0.005", "Er is een formule veranderd op Plannen.",
                    '=COUNT(ku_plan0,kw_hoger_klanten)=2'),
        ),
        has_data=False,
    ),
)  # fmt: skip

TEMPLATE = b.Template(
    id="scenario", version=3, title="Scenario's: wat als", purpose="Slechtst, basis en best naast elkaar, en plannen met hun break-even.",
    sheets=SHEETS, sources=("D15", "D17", "D18", "D19", "D20", "D31", "D38", "D41"), names_functions=True,
)  # fmt: skip
