"""Declarations: what each plan keeps and is worth, from the dates and amounts of contracts."""

from __future__ import annotations

import datetime as dt

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.declared.arguments import INTEREST
from klantwaarde_xl.functions.declared.contract.dates import (
    AS_OF,
    CUSTOMERS,
    ENDS,
    GAP,
    NO_GAP,
    PERIOD,
    PLANS,
    STARTS,
    TOO_LONG,
)
from klantwaarde_xl.functions.declared.contract.series import MODEL
from klantwaarde_xl.functions.spec import Arg, Column, Example, Failure, Kind, Spec
from klantwaarde_xl.reports import contract_dates

NUM, NA, VALUE = CellError.NUM, CellError.NA, CellError.VALUE
GROUP = "Contracten"

AMOUNTS = Arg(
    "bedragen",
    "amounts",
    "Kolom met wat elk contract per periode opbrengt, even lang: de prijs, of liever de marge.",
    "euro per periode",
    Kind.FIGURES,
)
HORIZON = Arg(
    "horizon",
    "horizon",
    "Aantal perioden waarover de waarde telt, heel, van 1 tot 1200. Leeg: zonder einde.",
    "perioden",
)
CONFIDENCE = Arg(
    "zekerheid",
    "confidence",
    "Zekerheid van de intervallen, tussen 0 en 1: 0,95 is 95%. Van retentie naar Wilson, van waarde uit de "
    "onzekerheid van schatting en bedrag (deltamethode op de logaritme).",
    "fractie",
)

_DAY = dt.date(2026, 1, 1)
_BEGUN = dt.date(2021, 1, 1)
_LEFT = {"goud": (14, 6, 3, 2, 1), "zilver": (12, 5, 2, 1, 0)}  # of forty, in each of five years
_EACH = 40
_PRICES = {"goud": 300.0, "zilver": 120.0}
_ROWS = tuple(
    (_BEGUN, end, plan, _PRICES[plan])
    for plan, left in _LEFT.items()
    for end in (
        *(dt.date(2021 + year, 12, 31) for year, count in enumerate(left) for _ in range(count)),
        *(None,) * (_EACH - sum(left)),
    )
)
_STARTS, _ENDS, _PLANS, _AMOUNTS = zip(*_ROWS, strict=True)
_COLUMNS = (_STARTS, _ENDS, _PLANS, _AMOUNTS)
_BROKEN = (_STARTS, ("loopt", *_ENDS[1:]), _PLANS, _AMOUNTS)

_HEADERS = (
    "plan",
    "contracten",
    "lopend",
    "met einddatum",
    "beëindigd",
    "perioden gevolgd",
    "retentie",
    "laag",
    "hoog",
    "bedrag",
    "waarde",
    "waarde laag",
    "waarde hoog",
    "restwaarde",
    "toelichting",
)

_COUNTED = (
    (80.0, 34.0, 0.0, 46.0, 250.0, 0.816, 0.7633112722, 0.8591244825),
    (40.0, 14.0, 0.0, 26.0, 118.0, 0.7796610169, 0.6967223271, 0.8449652121),
    (40.0, 20.0, 0.0, 20.0, 132.0, 0.8484848485, 0.7775349127, 0.8997251875),
)
_ONE = "Er is hoogstens één klant. Neem een cohort van meer klanten."
_ALONE = (1.0, 1.0, 0.0, 0.0, 2.0, 1.0, 0.34238022749, 1.0, 300.0, "", "", "", "", _ONE)

CONTRACTPLANNEN = Spec(
    name="CONTRACTPLANNEN",
    kernel=contract_dates.plan_table,
    group=GROUP,
    doc="Retentie en waarde per plan uit de datums en bedragen van contracten: geteld wie bleef, en geraamd "
    "(sBG of BdW) wat een nieuw contract waard is, en wat de lopende contracten zonder einddatum vanaf hun "
    "volgende verlenging nog opbrengen.",
    unit="tabel",
    sources=("D6", "D7", "D11", "D22"),
    args=(
        STARTS,
        ENDS,
        PLANS,
        AMOUNTS,
        AS_OF,
        INTEREST,
        HORIZON,
        PERIOD,
        MODEL,
        CUSTOMERS,
        GAP,
        CONFIDENCE,
    ),
    examples=(
        Example(
            (*_COLUMNS, _DAY, 0.05, None, "jaar"),
            (
                _HEADERS,
                ("alle", *_COUNTED[0], 210.0, 1593.100867, 1160.860755, 2186.283206, 81663.8393, ""),
                ("goud", *_COUNTED[1], 300.0, 1802.884971, 1120.244936, 2901.503156, 45778.23326, ""),
                ("zilver", *_COUNTED[2], 120.0, 1117.655425, 771.239075, 1619.671109, 35885.60604, ""),
            ),
            "goud houdt 14 van 40 na vijf jaar; de restwaarde van alle is de som",
            close=1e-5,
        ),
        Example(
            (*_COLUMNS, _DAY, 0.05, 5, "jaar", "bdw"),
            (
                _HEADERS,
                ("alle", *_COUNTED[0], 210.0, 614.5438008, 528.9464916, 713.9929824, 24863.80112, ""),
                ("goud", *_COUNTED[1], 300.0, 826.0582241, 693.8616269, 983.4413132, 15350.90645, ""),
                ("zilver", *_COUNTED[2], 120.0, 372.836401, 318.8261934, 435.9961157, 9512.894679, ""),
            ),
            "over vijf jaar, met de BdW",
            close=1e-5,
        ),
        Example(
            ((_BEGUN,), (None,), ("goud",), (300.0,), dt.date(2021, 3, 1), 0),
            (
                _HEADERS,
                ("alle", *_ALONE),
                ("goud", *_ALONE),
            ),
            "één contract: geteld wordt het, geraamd niet",
        ),
    ),
    failures=(
        Failure(
            NA, "er is geen contract begonnen tot en met de peildatum", (*_COLUMNS, dt.date(2020, 1, 1), 0)
        ),
        Failure(
            NUM,
            "een contract eindigt voor zijn start",
            ((_DAY,), (_BEGUN,), ("goud",), (9,), _DAY, 0),
        ),
        Failure(NUM, TOO_LONG, ((dt.date(1901, 1, 1),), (None,), ("goud",), (9,), _DAY, 0)),
        Failure(NUM, NO_GAP, (*_COLUMNS, _DAY, 0.1, 5, "jaar", 0, None, -1)),
        Failure(NUM, "de rente is negatief", (*_COLUMNS, _DAY, -0.1)),
        Failure(NUM, "de horizon is geen heel getal van 1 tot 1200", (*_COLUMNS, _DAY, 0.1, 1.5)),
        Failure(NUM, "model is geen sbg of bdw (0 of 1)", (*_COLUMNS, _DAY, 0.1, None, "jaar", 2)),
        Failure(
            NUM, "de zekerheid ligt niet tussen 0 en 1", (*_COLUMNS, _DAY, 0.1, 5, "jaar", 0, None, 0, 1)
        ),
        Failure(
            VALUE, "er staat tekst of een lege cel waar een datum of bedrag hoort", (*_BROKEN, _DAY, 0.1)
        ),
        Failure(VALUE, "de kolommen zijn niet even lang", (*_COLUMNS[:3], (300.0, 120.0), _DAY, 0.1)),
    ),
    columns=(
        Column(_HEADERS[0], "plan", labels_of="plannen", together="alle"),
        Column(_HEADERS[1], "contracts"),
        Column(_HEADERS[2], "running"),
        Column(_HEADERS[3], "ending"),
        Column(_HEADERS[4], "ended"),
        Column(_HEADERS[5], "exposure"),
        Column(_HEADERS[6], "retention", blank=True),
        Column(_HEADERS[7], "lower", blank=True),
        Column(_HEADERS[8], "upper", blank=True),
        Column(_HEADERS[9], "price"),
        Column(_HEADERS[10], "value", blank=True),
        Column(_HEADERS[11], "value_lower", blank=True),
        Column(_HEADERS[12], "value_upper", blank=True),
        Column(_HEADERS[13], "residual", blank=True),
        Column(_HEADERS[14], "note"),
    ),
)
