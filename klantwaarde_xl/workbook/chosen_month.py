"""The month that the user of a dashboard chooses: its key figures, and those of a year earlier.

Nothing chosen is the last whole month. A month that runs, or of which there are no data, is no choice: then
nothing is shown, and why. Figures of a year are of the twelve months up to the chosen one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from klantwaarde_xl.data.settings import Kind, Setting
from klantwaarde_xl.wording.clv import FILL_COSTS, FILL_INTEREST, FILL_MARGIN
from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook.months import of_month, year_to
from klantwaarde_xl.workbook.phrases import (
    amount,
    known,
    month_year,
    not_whole,
    percent,
    price,
    tenths,
    whole,
)

_CHOSEN = (
    'IF(kw_laatste_maand="","",IF(kw_maand="",kw_laatste_maand,IF(NOT(ISNUMBER(kw_maand)),"",'
    'IF(OR(kw_maand<1,kw_maand>=EDATE(kw_laatste_maand,1)),"",'
    'IF(COUNTIFS(tblRetentie[maand],DATE(YEAR(kw_maand),MONTH(kw_maand),1))=1,DATE(YEAR(kw_maand),MONTH(kw_maand),1),"")))))'
)
_RUNS = (
    f'IF(kw_loopt_tot="","","  ·  "&{month_year("kw_loopt_tot")}&{not_whole("kw_loopt_tot")}&" (t/m "&DAY(kw_loopt_tot)&"-"&MONTH(kw_loopt_tot)'
    '&") en telt in geen kaart mee")'
)
NO_CHOICE = 'IF(kw_ververst="","ververs het werkboek",IF(kw_laatste_maand="","nog geen hele maand","kies een maand uit de lijst"))'
CHOOSER = b.Grid(
    (b.Column("kies een maand", span=2), b.Column("wat u ziet", span=10)),
    ((
        b.Input(Setting("", Kind.DAY, "Maand", "Kies een hele maand uit de lijst, of laat leeg voor de laatste.", number="maand"),
                "kw_maand", among=("tblRetentie.maand", "kc_maanden")),
        b.Formula(
            f'=IF(kc_maand="","Nog geen cijfers: "&{NO_CHOICE}&".",IF(kc_tot<12,"de maanden tot en met ","12 maanden tot en met ")&kc_maandnaam'
            f'&IF(kw_maand="","  ·  leeg is de laatste hele maand","")&{_RUNS})', role="label"),
    ),),
)  # fmt: skip


def _at(table: str, column: str, row: str) -> str:
    """A table's value in a row, empty where there is none; row: a cell with its number, or nothing."""
    cell = f"INDEX({table}[{column}],{row})"
    return f'IF({row}="","",IF({cell}="","",{cell}))'


def _row_of(table: str, month: str) -> str:
    return f'IF({month}="","",IFERROR(MATCH({month},{table}[maand],0),""))'


def _clv(of: str) -> str:
    """The CLV of the formula with what was counted over a year, and the settings of now."""
    value = f'CLV({of}_kopersnetto/{of}_kopers*kg_marge-kg_kosten,{of}_retentie,kg_rente,0,"nu")'
    guarded = f'IF(OR({of}_kopers=0,{of}_retentie>1,{of}_retentie>=1+kg_rente),"",{value})'
    return known(f"{of}_kopersnetto,{of}_kopers,{of}_retentie,kg_marge,kg_kosten,kg_rente", guarded)


_LAST = "kn_maand=kw_laatste_maand"
_OWN_VALUE = (
    f"AND({_LAST},OR(kg_aov<>kc_aov_klant,kg_frequentie<>kc_frequentie,kg_retentie<>kw_retentie_jaar))"
)
_OWN_COST = f"AND({_LAST},OR(kg_werving<>kc_werving,kg_nieuw<>kc_nieuw))"
# name, label, number format, formula of the chosen month, the same of a year earlier where it is another
_STEPS: tuple[tuple[str, str, str, str, str], ...] = (
    ("maand", "Maand", "maand", "{M}", 'IF(kc_maand="","",EDATE(kc_maand,-12))'),
    ("maanden", "Maanden tot en met", "aantal", "kc_tot", "kc_tot-12"),
    ("rij", "Rij van blad Jaarcijfers", "aantal", _row_of("tblJaar", "{M}"), ""),
    ("teller", "Rij van blad Retentie", "aantal", _row_of("tblRetentie", "{M}"), ""),
    ("netto", "Netto omzet, 12 maanden", "euro", year_to("netto omzet", "{M}", "{N}")[1:], ""),
    ("orderomzet", "Omzet uit orders, 12 maanden", "euro", year_to("omzet", "{M}", "{N}")[1:], ""),
    ("orders", "Orders, 12 maanden", "aantal", year_to("orders", "{M}", "{N}")[1:], ""),
    ("nieuw", "Nieuwe klanten, 12 maanden", "aantal", year_to("nieuw", "{M}", "{N}")[1:], ""),
    ("klanten", "Klanten aan het eind", "aantal", f'IF({{N}}<1,"",{of_month("klanten eind", "{M}")})',
     f'IF(kv_maanden<kw_gebruikt_inactief_na,"",{of_month("klanten eind", "kv_maand")})'),
    ("aov", "Orderwaarde", "euro2", known("kn_orderomzet,kn_orders", 'IF(kn_orders=0,"",AOV(kn_orderomzet,kn_orders))'),
     known("kv_orderomzet,kv_orders", 'IF(kv_orders=0,"",AOV(kv_orderomzet,kv_orders))')),
    ("kopers", "Kopers, 12 maanden", "aantal", _at("tblJaar", "kopers", "{R}"), ""),
    ("kopersnetto", "Omzet van kopers, na retouren", "euro", _at("tblJaar", "na retouren", "{R}"), ""),
    ("retentie", "Retentie per jaar", "procent", f'IF({_LAST},IF(kw_retentie_jaar="","",kw_retentie_jaar),{_at("tblRetentie", "retentie per jaar", "kn_teller")})',
     _at("tblRetentie", "retentie per jaar", "kv_teller")),
    ("clv", "CLV", "euro2", f"IF({_LAST},ku_clv,{_clv('kn')})", f'IF({_OWN_VALUE},"",{_clv("kv")})'),
    ("kosten", "Kosten van werving", "euro", f"IF({_LAST},kg_werving,{_at('tblJaar', 'kosten', 'kn_rij')})",
     f'IF({_OWN_COST},"",IF({_at("tblJaar", "kosten", "kn_rij")}=kn_kosten,{_at("tblJaar", "kosten", "kv_rij")},""))'),
    ("cac", "CAC", "euro2", f"IF({_LAST},ku_cac," + known("kn_kosten,kn_nieuw", 'IF(kn_nieuw=0,"",CAC(kn_kosten,kn_nieuw))') + ")",
     known("kv_kosten,kv_nieuw", 'IF(kv_nieuw=0,"",CAC(kv_kosten,kv_nieuw))')),
)  # fmt: skip


def _step(name: str, label: str, number: str, now: str, before: str) -> tuple[b.Cell, ...]:
    cells = []
    for of, text in (("kn", now), ("kv", before or now)):
        month = "kc_maand" if name == "maand" else f"{of}_maand"
        for short, long in (("{M}", month), ("{N}", f"{of}_maanden"), ("{R}", f"{of}_rij")):
            text = text.replace(short, long)
        cells.append(b.Formula(f"={text}", number, name=f"{of}_{name}"))
    return label, *cells


CHOSEN = b.Grid(
    (b.Column("gekozen maand"), b.Column("waarde", numbers=True), b.Column("uitleg", "unit")),
    (
        ("Gekozen maand", b.Formula(f"=IFERROR({_CHOSEN},\"\")", "maand", name="kc_maand"), "leeg op Dashboard: de laatste hele maand"),
        ("In woorden", b.Formula(f'=IF(kc_maand="","",{month_year("kc_maand")})', name="kc_maandnaam"), ""),
        *(
            (label, b.Formula(f'=IF(kc_maand="","",DATE(YEAR(kc_maand),{month},1))', "datum", name=name), f"eerste dag; voor doelen per {term}")
            for label, month, name, term in (
                ("Kwartaal van de maand", "3*INT((MONTH(kc_maand)-1)/3)+1", "kc_kwartaal", "kwartaal"),
                ("Halfjaar van de maand", "6*INT((MONTH(kc_maand)-1)/6)+1", "kc_halfjaar", "halfjaar"),
                ("Jaar van de maand", "1", "kc_jaar", "jaar"),
            )
        ),
        ("Rij op blad KPI", b.Formula('=IF(kc_maand="","",MATCH(kc_maand,tblKpi[maand],0))', "aantal", name="kc_rij"), ""),
        ("Maanden tot en met", b.Formula('=IF(kc_maand="",0,MATCH(kc_maand,tblRetentie[maand],0))', "aantal", name="kc_tot"), "vanaf de eerste order"),
        ("Laatste rij van de grafieken", b.Formula(
            '=IF(kc_maand="",IF(kw_maand="",ROWS(tblKpi[maand]),0),IF(kc_maand=kw_laatste_maand,ROWS(tblKpi[maand]),kc_rij))', "aantal", name="kc_eind"),
         "met de lopende maand, als de laatste is gekozen"),
    ),
    heading="Welke maand",
)  # fmt: skip
STEPS = b.Grid(
    (b.Column("cijfer"), b.Column("gekozen maand", numbers=True), b.Column("jaar eerder", numbers=True)),
    tuple(_step(*one) for one in _STEPS),
    heading="Van de gekozen maand, en een jaar eerder",
)


def _clv_at(retention: str) -> str:
    """The CLV of the last month at another retention, of which the counted one is only a sample."""
    needed = "ku_clv,kg_rente,kg_retentie,kw_retentie_jaar_laag,kw_retentie_jaar_hoog"
    counted = f"AND({_LAST},kg_retentie=kw_retentie_jaar,kw_retentie_jaar_hoog<1+kg_rente)"
    value = f'IF({counted},ku_clv*(1+kg_rente-kg_retentie)/(1+kg_rente-{retention}),"")'
    return f"={known(needed, value)}"


CLV_ENDS = b.Grid(
    (b.Column("CLV bij de retentie"), b.Column("waarde", numbers=True), b.Column("uitleg", "unit")),
    (
        ("van de ondergrens", b.Formula(_clv_at("kw_retentie_jaar_laag"), "euro2", name="kc_clv_laag"), "95% zekerheid"),
        ("van de bovengrens", b.Formula(_clv_at("kw_retentie_jaar_hoog"), "euro2", name="kc_clv_hoog"), "95% zekerheid"),
    ),
    heading="Hoe zeker de CLV is",
)  # fmt: skip
CLV_BETWEEN = (
    'IF(COUNT(kc_clv_laag,kc_clv_hoog)<2,"",", de CLV daarmee tussen "&'
    f'{price("MIN(kc_clv_laag,kc_clv_hoog)")}&" en "&{price("MAX(kc_clv_laag,kc_clv_hoog)")})'
)

# ── key figures ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Key:
    """A key figure on the page: its name, its cell without `kn_`, its number format, how text shows it.

    lower: less is better; lacks: why it is not known, and why it is not of a year earlier, as formulas; over: of
    part of a period, from `{from}` up to the chosen month, as a formula; none for what stands at its end; means: as
    of a card.
    """

    name: str
    cell: str
    number: str
    shown: Callable[[str], str]
    lacks: str
    lacked: str
    lower: bool = False
    over: str = ""
    means: str = ""


_TOO_SHORT, _NO_YEAR = '"nog geen 12 hele maanden"', '"nog geen twee volle jaren"'
_NO_CLV = (
    f'IF(kg_marge="","{FILL_MARGIN}",IF(kg_rente="","{FILL_INTEREST}",IF(kg_kosten="","{FILL_COSTS}",'
    f'IF(kn_maanden<12,{_TOO_SHORT},IF(kn_retentie="","retentie nog onbekend",'
    'IF(kn_retentie>1,"retentie boven 100%: zie Rekenhulp","retentie 100%: geen einde"))))))'
)
_NO_CAC = f'IF(kn_maanden<12,{_TOO_SHORT},IF(kn_kosten="",IF({_LAST},IF(COUNT(tblKosten[bedrag])=0,"vul kosten van werving in","Kosten mist maanden"),"geen kosten van die 12 maanden"),"geen nieuwe klanten"))'


def _since(column: str) -> str:
    """A column's sum from `{from}` up to the chosen month."""
    return f'SUMIFS(tblKpi[{column}],tblKpi[maand],">="&{{from}},tblKpi[maand],"<="&kc_maand)'


KEYS = (
    Key("Netto omzet", "netto", "euro", amount, _TOO_SHORT, _NO_YEAR, over=_since("netto omzet")),
    Key("Klanten", "klanten", "aantal", whole, _TOO_SHORT, '"nog geen "&(12+kw_gebruikt_inactief_na)&" hele maanden"'),
    Key("Orderwaarde", "aov", "euro2", price, f'IF(kn_maanden<12,{_TOO_SHORT},"geen orders")', _NO_YEAR,
        over=f'IF({_since("orders")}=0,"",AOV({_since("omzet")},{_since("orders")}))',
        means="Omzet uit orders / orders, over de twaalf maanden tot en met de gekozen; retouren gaan er niet af."),
    Key("Retentie per jaar", "retentie", "procent", percent, '"nog te kort: zie Retentie"', '"vorig jaar nog niet te tellen"'),
    Key("CLV", "clv", "euro2", price, _NO_CLV, f'IF({_OWN_VALUE},"met uw aanname op Rekenhulp","vorig jaar nog niet te tellen")'),
    Key("CAC", "cac", "euro2", price, _NO_CAC, f'IF({_OWN_COST},"met uw aanname op Rekenhulp","kosten van vorig jaar niet bekend")', lower=True),
)  # fmt: skip

# ── cards ───────────────────────────────────────────────────────────────────────────────────


def _compared(key: Key) -> tuple[b.Cell, ...]:
    """How a figure is against a year earlier, in words; shares differ by points."""
    now, before = f"kn_{key.cell}", f"kv_{key.cell}"
    is_share = key.number == "procent"
    moved = (
        f"(ROUND(1000*{now},0)-ROUND(1000*{before},0))/10"  # as both are shown
        if is_share
        else f'IF(OR({before}<=0,{now}<0),"",ROUND(100*({now}/{before}-1),0))'
    )
    points = f'{tenths("ABS({.verschil})")}&" procentpunt (vorig jaar "'
    size = points if is_share else 'ABS({.verschil})&"% t.o.v. vorig jaar ("'
    said = (
        'IF({.verschil}="","vorig jaar "&{.vorig jaar},IF({.verschil}=0,"gelijk aan vorig jaar (",'
        f'IF({{.verschil}}>0,"▲ ","▼ ")&{size})&{{.vorig jaar}}&")")'
    )
    lacks = f'IF({now}="",{key.lacks},IF({before}="",{key.lacked},{said}))'
    if key.cell == "retentie":
        lacks = f'IF(AND({_LAST},kw_retentie_bericht<>"",{now}<>""),"onvolledig: zie Retentie",{lacks})'
    return (
        key.name,
        b.Formula(f'=IF(COUNT({now},{before})<2,"",{moved})', "cijfer"),
        b.Formula(f'=IF({before}="","",{key.shown(before)})'),
        b.Formula(f'=IF(kc_maand="",{NO_CHOICE},{lacks})', name=f"kt_{key.cell}"),
    )


COMPARED = b.Grid(
    (b.Column("kerncijfer"), b.Column("verschil", numbers=True), b.Column("vorig jaar"), b.Column("zin")),
    tuple(_compared(key) for key in KEYS),
    heading="Tegen een jaar eerder",
)


def _card(key: Key) -> b.Card:
    now = f"kn_{key.cell}"
    return b.Card(
        key.name,
        b.Formula(
            f'=IF(kc_maand="","–",IF({now}="","–",{now}))', "prijs" if key.shown is price else key.number
        ),
        b.Formula(f"=kt_{key.cell}"),
        b.Formula(f"=ks_{key.cell}"),
        means=key.means,
    )


CARDS = b.Cards(tuple(_card(key) for key in KEYS))
