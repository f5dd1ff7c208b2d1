"""Two values under one name: the CLV of the formula and the value of the forecast, and the steps between.

The formula values an average buyer without end; the forecast values every customer in the data over
its horizon. Each step changes one thing, so the differences add up to the difference of the two.
"""

from __future__ import annotations

from dataclasses import dataclass

from klantwaarde_xl.workbook.blocks import Block, Column, Formula, Grid, Text
from klantwaarde_xl.workbook.phrases import known, percent, ratio, whole

WEEKS_A_YEAR = "(365.25/7)"
FORECAST = "kw_perklant"
_BASE = "kc_brug_marge,kc_brug_kosten,kc_brug_retentie,kc_brug_rente"
_REVENUE = '"vul marge in, en ververs: zonder marge is dit omzet"'
_DASH, _UNKNOWN = '"–"', '"onbekend"'
_WHY_NO_MARGIN = (
    'IF(COUNT(kw_marge,kw_rente,kw_kosten_klant)<3,"vul marge, rente en kosten per klant in op Instellingen",'
    'IF(COUNT(kw_gebruikt_marge,kw_gebruikt_rente)<2,"ververs het werkboek","onbekend: er zijn nog geen 12 hele maanden"))'
)
_EVER = "(1+kc_brug_rente)/(1+kc_brug_rente-kc_brug_retentie)"
_NOTES = (
    "De CLV vraagt: wat brengt een klant op zolang hij klant blijft?",
    "De prognose vraagt: wat brengt iedereen die ooit kocht op in de horizon?",
    "Beide kunnen goed zijn. Gebruik de CLV om te kiezen wat werving mag kosten, de prognose om omzet te plannen.",
)


@dataclass(frozen=True)
class Terms:
    """The formulas (without `=`) that stand for what the CLV is computed with.

    revenue: of a buyer a year, after refunds, empty where it is not known; margin: share of it; costs: a
    customer a year; retention: a year; interest: a year. These four are names of cells.
    """

    revenue: str
    margin: str
    costs: str
    retention: str
    interest: str


def value_steps(terms: Terms, spans: tuple[int, int, int] = (1, 1, 1), why: int = 1) -> tuple[Block, ...]:
    """The two values side by side, and the steps from the one to the other.

    spans: columns of the sheet that each column of the two values takes; why: those of the reasons.
    """
    return (_both(spans), _steps(why), Text(_NOTES), _helpers(terms))


def _both(spans: tuple[int, int, int]) -> Grid:
    def words(text: str) -> Formula:
        return Formula(f"={text}", role="label_wrap")

    used, margin = "kw_gebruikt_rente", "kw_gebruikt_marge"
    rows = (
        ("Waarde per klant", Formula(f"={_ever('(kc_brug_marge-kc_brug_kosten)', _DASH)}", "euro2", "output"),
         Formula(f"={known(f'{FORECAST},{margin}', FORECAST, _DASH)}", "euro2", "output")),
        ("Wie telt mee",
         words(known("kw_brug_kopers", f'"de gemiddelde koper van de laatste 12 hele maanden ("&{whole("kw_brug_kopers")}&")"')),
         words(known(FORECAST, f'"iedereen die ooit kocht ("&{whole("kw_klanten")}&")"'))),
        ("Horizon", words('"zolang de klant blijft"'), words(known(FORECAST, 'kw_gebruikt_horizon&" weken"'))),
        ("Wie blijft er", words(known("kc_brug_retentie", f'{percent("kc_brug_retentie")}&" van de klanten per jaar"', _UNKNOWN)),
         words(known("kw_actief", '"per klant berekend; nu nog klant: "&ROUND(100*kw_actief/kw_klanten,0)&"%"', _UNKNOWN))),
        ("Marge", words(known("kc_brug_marge", '"marge, na kosten per klant"', _WHY_NO_MARGIN)),
         words(f'IF(kw_bericht<>"","geen prognose: zie Controle",{known(margin, percent(margin), _REVENUE)})')),
        ("Retouren", words('"eraf"'), words('"eraf"')),
        ("Kosten per klant", words('"eraf"'), words('"niet eraf"')),
        ("Rente", words(known("kc_brug_rente", f'{percent("kc_brug_rente")}&" per jaar, eerste jaar nu"', _UNKNOWN)),
         words(known(used, f'{percent(used)}&" per jaar, vanaf de aankoop"', '"geen"'))),
    )  # fmt: skip
    return Grid(
        tuple(
            Column(header, span=span)
            for header, span in zip(("wat", "CLV (formule)", "klantwaarde (prognose)"), spans, strict=True)
        ),
        rows,
        name="waarden",
        heading="Twee waarden, twee vragen",
        since=2,
    )


def _helpers(terms: Terms) -> Grid:
    figures = (
        ("Omzet per koper, na retouren", "omzet", "euro2", terms.revenue),
        ("Marge per koper per jaar", "marge", "euro2", _product("kc_brug_omzet", terms.margin)),
        ("Kosten per klant per jaar", "kosten", "euro2", _product(terms.costs)),
        ("Retentie per jaar", "retentie", "procent", _product(terms.retention)),
        ("Rente per jaar", "rente", "procent", _product(terms.interest)),
        ("Horizon in jaren", "jaren", "getal", f"kw_gebruikt_horizon/{WEEKS_A_YEAR}"),
        ("Blijven en rente, per jaar", "q", "klein",
         known("kc_brug_retentie,kc_brug_rente", "kc_brug_retentie/(1+kc_brug_rente)")),
        ("Deel van eerste aankopen", "eerstedeel", "procent", ratio("kw_brug_eerste", "kw_brug_omzet")),
        ("Kopers op alle klanten", "kopersdeel", "procent", ratio("kw_brug_kopers", "kw_klanten")),
    )  # fmt: skip
    rows = tuple(
        (label, Formula(f"={formula}", number, name=f"kc_brug_{name}"))
        for label, name, number, formula in figures
    )
    return Grid(
        (Column("rekengetal"), Column("waarde", numbers=True)),
        rows,
        heading="Waarmee de stappen rekenen",
        since=2,
    )


def _product(*factors: str) -> str:
    """The product of cells, where all are filled in: nothing is invented for what is not."""
    return known(",".join(factors), "*".join(factors))


def _ever(yearly: str, without: str = '""') -> str:
    """What a yearly amount is worth as long as customers stay, where that sum has an end."""
    return known(_BASE, f"IF(kc_brug_retentie<1+kc_brug_rente,{yearly}*{_EVER},{without})", without)


def _steps(why: int) -> Grid:
    years = "INT(kc_brug_jaren)"
    # Where nobody stays only the first year counts; nought to the power nought is an error
    within = f"IF(kc_brug_q=0,MIN(1,kc_brug_jaren),IF(kc_brug_q=1,kc_brug_jaren,(1-kc_brug_q^{years})/(1-kc_brug_q)+(kc_brug_jaren-{years})*kc_brug_q^{years}))"
    above = "{^.waarde per klant}"
    horizon = f"{_BASE},kc_brug_jaren,kc_brug_q"
    steps = (
        ("CLV van de formule", _ever("(kc_brug_marge-kc_brug_kosten)"), "kc_stap_clv",
         "marge min kosten, retouren eraf, zolang de klant blijft"),
        ("Zonder kosten per klant", _ever("kc_brug_marge"), "", "de prognose trekt geen kosten af"),
        ("Alleen de horizon", known(horizon, f"kc_brug_marge*{within}"), "",
         "niet zonder einde, maar de weken van de prognose"),
        ("Zonder eerste aankopen", known(f"{above},kc_brug_eerstedeel", f"{above}*(1-kc_brug_eerstedeel)"), "",
         "nieuwe klanten van straks tellen niet mee"),
        ("Over alle klanten", known(f"{above},kc_brug_kopersdeel", f"{above}*kc_brug_kopersdeel"), "",
         "ook wie vorig jaar niets kocht; zonder wie alles terugbracht"),
        ("Per klant voorspeld", known(FORECAST, FORECAST), "kc_stap_prognose",
         "wie nog klant is, en hoe vaak en voor hoeveel ieder koopt"),
    )  # fmt: skip
    rows = []
    for number, (label, formula, name, text) in enumerate(steps):
        here = "{.waarde per klant}"
        difference = known(f"{here},{above}", f"{here}-{above}") if number else '""'
        rows.append(
            (label, Formula(f"={formula}", "euro2", name=name), Formula(f"={difference}", "euro2"), text)
        )
    return Grid(
        (
            Column("stap"),
            Column("waarde per klant", numbers=True),
            Column("verschil", numbers=True),
            Column("waarom", "unit", span=why),
        ),
        tuple(rows),
        name="stappen",
        heading="Van de CLV naar de prognose",
        since=2,
    )
