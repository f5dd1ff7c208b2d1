"""Declarations: customers by the period of their first purchase."""

from __future__ import annotations

import datetime as dt

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.declared.arguments import CUSTOMERS, DAYS
from klantwaarde_xl.functions.declared.closed import periods as closed_periods
from klantwaarde_xl.functions.spec import Arg, Column, Example, Failure, Kind, Spec, choices
from klantwaarde_xl.kernels import cohorts

NUM, DIV0, NA, VALUE = CellError.NUM, CellError.DIV0, CellError.NA, CellError.VALUE
GROUP = "Retentie"

PERIOD = Arg(
    "periode",
    "period",
    "Lengte van een periode.",
    kind=Kind.CHOICE,
    choices=choices(
        cohorts.Period,
        MONTH=("maand", "standaard"),
        QUARTER=("kwartaal", "bij enkele aankopen per jaar"),
        YEAR=("jaar", "bij een aankoop per jaar of minder"),
    ),
)
AS_OF = Arg(
    "peildatum",
    "as_of",
    "Datum waarop u kijkt; latere aankopen tellen niet mee. Leeg is de laatste datum in de gegevens. Neem "
    "het eind van een periode, anders is de laatste periode nog niet af.",
    "datum",
    Kind.DATE,
)

_NAMES = ("Anna", "Bram", "Eva", "Anna", "Cees", "Eva", "Anna", "Bram", "Cees", "Dora")
_DATES: tuple[dt.date, ...] = tuple(
    dt.date(2024, month, day)
    for month, day in (
        (1, 5), (1, 12), (1, 30), (2, 3), (2, 10), (2, 28), (3, 1), (3, 15), (3, 20), (3, 31),
    )
)  # fmt: skip
_AMOUNTS = (50.0, 40.0, 10.0, 20.0, 80.0, 20.0, 30.0, 60.0, 40.0, 25.0)
_EARLY = dt.date(2023, 1, 1)
_ANCIENT = (("Anna", "Bram"), (dt.date(1901, 1, 1), dt.date(2024, 1, 1)))
_COLUMNS = (
    Failure(VALUE, "de kolommen zijn niet even lang", (_NAMES, _DATES[:3])),
    Failure(VALUE, "een datum is geen datum", (_NAMES[:2], (_DATES[0], "ooit"))),
    Failure(VALUE, "een klant ontbreekt", ((None, "Bram"), _DATES[:2])),
    Failure(NUM, "een datum ligt voor 1900 of de datums beslaan meer dan 1200 perioden", _ANCIENT),
    Failure(
        NUM,
        "een datum ligt voor 1900 of de datums beslaan meer dan 1200 perioden",
        (("Anna",), (-5,)),
    ),
)

COHORTTABEL = Spec(
    name="COHORTTABEL",
    kernel=cohorts.cohort_table,
    group=GROUP,
    doc="Cohorten: klanten naar de periode van hun eerste aankoop, en wat zij 0, 1, 2 … perioden later doen. "
    "Leeftijden na de laatste periode zijn #N/B; een nul is echt niets.",
    unit="tabel",
    sources=("D7",),
    args=(
        CUSTOMERS,
        DAYS,
        Arg(
            "bedragen",
            "amounts",
            "Kolom met bedragen, even lang; nodig voor omzet. Een negatief bedrag is een retour: het "
            "verlaagt de omzet en is geen aankoop.",
            "euro",
            Kind.FIGURES,
        ),
        Arg(
            "toon",
            "shown",
            "Wat de cellen tonen.",
            kind=Kind.CHOICE,
            choices=choices(
                cohorts.Shown,
                RETENTION=("retentie", "deel van het cohort dat koopt (standaard)"),
                CUSTOMERS=("klanten", "aantal kopers"),
                REVENUE=("omzet", "samen"),
                REVENUE_PER_CUSTOMER=("perklant", "omzet gedeeld door de grootte"),
                CUMULATIVE_PER_CUSTOMER=("waarde", "opgetelde omzet per klant: historische CLV"),
            ),
        ),
        PERIOD,
        AS_OF,
    ),
    examples=(
        Example(
            (_NAMES, _DATES),
            (
                ("cohort", "grootte", "0", "1", "2"),
                ("2024-01", 3.0, 1.0, 2 / 3, 2 / 3),
                ("2024-02", 1.0, 1.0, 1.0, ""),
                ("2024-03", 1.0, 1.0, "", ""),
            ),
            "artikel 003",
        ),
        Example(
            (_NAMES, _DATES, _AMOUNTS, "omzet"),
            (
                ("cohort", "grootte", "0", "1", "2"),
                ("2024-01", 3.0, 100.0, 40.0, 90.0),
                ("2024-02", 1.0, 80.0, 40.0, ""),
                ("2024-03", 1.0, 25.0, "", ""),
            ),
            "samen 375, de omzet van alle aankopen",
        ),
        Example(
            (_NAMES, _DATES, _AMOUNTS, "waarde", "kwartaal", dt.date(2024, 6, 30)),
            (("cohort", "grootte", "0", "1"), ("2024-K1", 5.0, 75.0, 75.0)),
            "tweede kwartaal zonder aankopen",
        ),
    ),
    failures=(
        Failure(NA, "er zijn geen aankopen tot en met de peildatum", (_NAMES, _DATES, None, 0, 0, _EARLY)),
        Failure(VALUE, "voor omzet zijn bedragen nodig", (_NAMES, _DATES, None, "omzet")),
        *_COLUMNS,
    ),
    columns=(Column("cohort", "cohort"), Column("grootte", "size"), Column("{n}", "ages", blank=True)),
    closed=closed_periods.COHORTS,
)

_CURVE = ("leeftijd", "klanten", "actief", "overleving", "retentie")

RETENTIECURVE = Spec(
    name="RETENTIECURVE",
    kernel=cohorts.retention_curve,
    group=GROUP,
    doc="Retentiecurve over alle cohorten: per leeftijd in perioden het deel van de klanten dat nog koopt "
    "(overleving) en dat deel ten opzichte van een periode eerder (retentie).",
    unit="tabel",
    sources=("D7", "D11"),
    args=(CUSTOMERS, DAYS, PERIOD, AS_OF),
    examples=(
        Example(
            (_NAMES, _DATES),
            (_CURVE, (0.0, 5.0, 5.0, 1.0, ""), (1.0, 4.0, 3.0, 0.75, 0.75), (2.0, 3.0, 2.0, 2 / 3, 1.0)),
            "elke leeftijd alleen met cohorten die oud genoeg zijn",
        ),
        Example((_NAMES, _DATES, "jaar"), (_CURVE, (0.0, 5.0, 5.0, 1.0, "")), "alles in een jaar"),
    ),
    failures=(
        Failure(NA, "er zijn geen aankopen tot en met de peildatum", (_NAMES, _DATES, 0, _EARLY)),
        *_COLUMNS,
    ),
    columns=(
        Column(_CURVE[0], "age"),
        Column(_CURVE[1], "customers"),
        Column(_CURVE[2], "active"),
        Column(_CURVE[3], "survival"),
        Column(_CURVE[4], "retention", blank=True),
    ),
    closed=closed_periods.CURVE,
)

_FLOW = ("periode", "begin", "behouden", "teruggekeerd", "nieuw", "verloren", "eind", "retentie")

KLANTSTROOM = Spec(
    name="KLANTSTROOM",
    kernel=cohorts.customer_flow,
    group=GROUP,
    doc="Per periode wie bleef, terugkeerde, nieuw was en verloren ging: begin - verloren + teruggekeerd + "
    "nieuw = eind. Een klant is er als hij in die periode koopt.",
    unit="tabel",
    sources=("D11", "D29"),
    args=(
        CUSTOMERS,
        DAYS,
        PERIOD,
        Arg(
            "teruggekeerd",
            "returned",
            "Wie na een gat terugkomt telt in de retentie als",
            kind=Kind.CHOICE,
            choices=choices(
                cohorts.Returned,
                NEW=("nieuw", "opnieuw gewonnen (standaard; de retentie blijft onder 1)"),
                RETAINED=("behouden", "nooit weggeweest, past bij wie zelden koopt"),
            ),
        ),
        AS_OF,
    ),
    examples=(
        Example(
            (_NAMES, _DATES),
            (
                _FLOW,
                ("2024-01", 0.0, 0.0, 0.0, 3.0, 0.0, 3.0, DIV0),
                ("2024-02", 3.0, 2.0, 0.0, 1.0, 1.0, 3.0, 2 / 3),
                ("2024-03", 3.0, 2.0, 1.0, 1.0, 1.0, 4.0, 2 / 3),
            ),
            "Bram keert in maart terug",
        ),
        Example(
            (_NAMES, _DATES, None, "behouden", dt.date(2024, 3, 31)),
            (
                _FLOW,
                ("2024-01", 0.0, 0.0, 0.0, 3.0, 0.0, 3.0, DIV0),
                ("2024-02", 3.0, 2.0, 0.0, 1.0, 1.0, 3.0, 2 / 3),
                ("2024-03", 3.0, 2.0, 1.0, 1.0, 1.0, 4.0, 1.0),
            ),
            "Bram telt als behouden: 3 / 3",
        ),
    ),
    failures=(
        Failure(NA, "er zijn geen aankopen tot en met de peildatum", (_NAMES, _DATES, 0, 0, _EARLY)),
        Failure(NUM, "teruggekeerd is geen 0 of 1", (_NAMES, _DATES, 0, 2)),
        *_COLUMNS,
    ),
    columns=(
        Column(_FLOW[0], "period"),
        Column(_FLOW[1], "begin"),
        Column(_FLOW[2], "retained"),
        Column(_FLOW[3], "returned"),
        Column(_FLOW[4], "new"),
        Column(_FLOW[5], "lost"),
        Column(_FLOW[6], "end"),
        Column(_FLOW[7], "retention"),
    ),
    closed=closed_periods.FLOW,
)
