"""Two values under one name: the CLV of the formula and the value of the forecast, and the steps between.

The formula values an average buyer without end; the forecast values every customer in the data over
its horizon. Each step changes one thing, so the differences add up to the difference of the two.
"""

from __future__ import annotations

from dataclasses import dataclass

from klantwaarde_xl.workbook.blocks import Block, Column, Formula, Grid, Text

WEEKS_A_YEAR = "(365.25/7)"
FORECAST = "kw_perklant"
_EVER = "(1+kc_brug_rente)/(1+kc_brug_rente-kc_brug_retentie)"
_NOTES = (
    "De CLV vraagt: wat brengt een klant op zolang hij klant blijft?",
    "De prognose vraagt: wat brengt iedereen die ooit kocht op in de horizon?",
    "Beide kunnen goed zijn. Gebruik de CLV om te kiezen wat werving mag kosten, de prognose om omzet te plannen.",
)


@dataclass(frozen=True)
class Terms:
    """The formulas (without `=`) that stand for what the CLV is computed with.

    revenue: of a buyer a year; margin: share of it; costs: a customer a year; retention: a year;
    interest: a year.
    """

    revenue: str
    margin: str
    costs: str
    retention: str
    interest: str


def value_steps(terms: Terms, spans: tuple[int, int, int] = (1, 1, 1)) -> tuple[Block, ...]:
    """The two values side by side, and the steps from the one to the other.

    spans: columns of the sheet that each column of the two values takes.
    """
    return (_both(spans), _steps(), Text(_NOTES), _helpers(terms))


def _both(spans: tuple[int, int, int]) -> Grid:
    def words(text: str) -> Formula:
        return Formula(f"={text}", role="label_wrap")

    horizon = 'kw_gebruikt_horizon&" weken"'
    rows = (
        ("Waarde per klant", Formula(f'=IFERROR((kc_brug_marge-kc_brug_kosten)*{_EVER},"–")', "euro2", "output"),
         Formula(f'=IF({FORECAST}="","–",{FORECAST})', "euro2", "output")),
        ("Wie telt mee", words('"de gemiddelde koper van de laatste 12 hele maanden ("&kw_brug_kopers&")"'),
         words('IF(kw_bericht<>"","",IF(kw_klanten="","","iedereen die ooit kocht ("&kw_klanten&")"))')),
        ("Horizon", words('"zolang de klant blijft"'), words(horizon)),
        ("Wie blijft er", words('IFERROR(ROUND(100*kc_brug_retentie,1)&"% van de klanten per jaar","onbekend")'),
         words('IFERROR("per klant berekend; nu nog klant: "&ROUND(100*kw_actief/kw_klanten,0)&"%","onbekend")')),
        ("Kosten per klant", words('"eraf"'), words('"niet eraf"')),
        ("Rente", words('IFERROR(ROUND(100*kc_brug_rente,1)&"% per jaar, eerste jaar nu","onbekend")'),
         words('IF(kw_gebruikt_rente="","geen",ROUND(100*kw_gebruikt_rente,1)&"% per jaar, vanaf de aankoop")')),
    )  # fmt: skip
    return Grid(
        tuple(
            Column(header, span=span)
            for header, span in zip(("wat", "CLV (formule)", "klantwaarde (prognose)"), spans, strict=True)
        ),
        rows,
        heading="Twee waarden, twee vragen",
        since=2,
    )


def _helpers(terms: Terms) -> Grid:
    rows = (
        (
            "Marge per koper per jaar",
            Formula(f"=({terms.revenue})*{terms.margin}", "euro2", name="kc_brug_marge"),
        ),
        ("Kosten per klant per jaar", Formula(f"={terms.costs}", "euro2", name="kc_brug_kosten")),
        ("Retentie per jaar", Formula(f"={terms.retention}", "procent", name="kc_brug_retentie")),
        ("Rente per jaar", Formula(f"={terms.interest}", "procent", name="kc_brug_rente")),
        ("Horizon in jaren", Formula(f"=kw_gebruikt_horizon/{WEEKS_A_YEAR}", "getal", name="kc_brug_jaren")),
        (
            "Blijven en rente, per jaar",
            Formula("=kc_brug_retentie/(1+kc_brug_rente)", "klein", name="kc_brug_q"),
        ),
        ("Netto deel van de omzet", Formula("=kw_brug_netto/kw_brug_omzet", "procent", name="kc_brug_deel")),
        (
            "Deel van eerste aankopen",
            Formula("=kw_brug_eerste/kw_brug_omzet", "procent", name="kc_brug_eerstedeel"),
        ),
        (
            "Kopers op alle klanten",
            Formula("=kw_brug_kopers/kw_klanten", "procent", name="kc_brug_kopersdeel"),
        ),
    )
    return Grid(
        (Column("rekengetal"), Column("waarde", numbers=True)),
        rows,
        heading="Waarmee de stappen rekenen",
        since=2,
    )


def _steps() -> Grid:
    years = "INT(kc_brug_jaren)"
    within = f"IF(kc_brug_q=1,kc_brug_jaren,(1-kc_brug_q^{years})/(1-kc_brug_q)+(kc_brug_jaren-{years})*kc_brug_q^{years})"
    above = "{^.waarde per klant}"
    steps = (
        ("CLV van de formule", f"(kc_brug_marge-kc_brug_kosten)*{_EVER}", "kc_stap_clv",
         "marge min kosten, zolang de klant blijft"),
        ("Zonder kosten per klant", f"kc_brug_marge*{_EVER}", "", "de prognose trekt geen kosten af"),
        ("Alleen de horizon", f"kc_brug_marge*{within}", "", "niet zonder einde, maar de weken van de prognose"),
        ("Na retouren", f"{above}*kc_brug_deel", "", "de prognose rekent met wat er overbleef"),
        ("Zonder eerste aankopen", f"{above}*(1-kc_brug_eerstedeel)", "", "nieuwe klanten van straks tellen niet mee"),
        ("Over alle klanten", f"{above}*kc_brug_kopersdeel", "", "ook wie vorig jaar niets kocht"),
        ("Per klant voorspeld", FORECAST, "kc_stap_prognose", "wie nog klant is, en hoe vaak en voor hoeveel ieder koopt"),
    )  # fmt: skip
    rows = []
    for number, (label, formula, name, text) in enumerate(steps):
        value = f'IFERROR(IF(kc_brug_marge+{FORECAST}=0,"",{formula}),"")'
        difference = f'=IFERROR({{.waarde per klant}}-{above},"")' if number else '=""'
        rows.append((label, Formula(f"={value}", "euro2", name=name), Formula(difference, "euro2"), text))
    return Grid(
        (
            Column("stap"),
            Column("waarde per klant", numbers=True),
            Column("verschil", numbers=True),
            Column("waarom", "unit"),
        ),
        tuple(rows),
        name="stappen",
        heading="Van de CLV naar de prognose",
        since=2,
    )
