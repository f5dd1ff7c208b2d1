"""Declarations: what makes contracts last, by a characteristic that they had from the start."""

from __future__ import annotations

import datetime as dt

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.declared.arguments import INTEREST
from klantwaarde_xl.functions.declared.contract.dates import AS_OF, CUSTOMERS, ENDS, GAP, PERIOD, STARTS
from klantwaarde_xl.functions.declared.contract.plans import AMOUNTS, CONFIDENCE, HORIZON
from klantwaarde_xl.functions.spec import Arg, Cells, Column, Example, Failure, Kind, Spec
from klantwaarde_xl.reports import contract_characteristics

NUM, NA, VALUE = CellError.NUM, CellError.NA, CellError.VALUE
GROUP = "Contracten"

_DAY, _BEGUN = dt.date(2026, 1, 1), dt.date(2021, 1, 1)
# Of forty by each channel, who left in each of five years, and what they pay
_LEFT = {"web": (14, 6, 3, 2, 1), "winkel": (7, 4, 2, 1, 1), "beurs": (12, 3, 1, 0, 0)}
_EACH = {"web": 40, "winkel": 30, "beurs": 20}
_AGES = {"web": 30.0, "winkel": 45.0, "beurs": 38.0}
_ROWS = tuple(
    (_BEGUN, end, channel, 100.0 + 10 * (at % 3), _AGES[channel] + at % 10)
    for channel, left in _LEFT.items()
    for at, end in enumerate(
        (
            *(dt.date(2021 + year, 12, 31) for year, count in enumerate(left) for _ in range(count)),
            *(None,) * (_EACH[channel] - sum(left)),
        )
    )
)
_STARTS, _ENDS, _CHANNELS, _AMOUNTS, _OWN = zip(*_ROWS, strict=True)
_HEADERS = (
    "contracten",
    "vertrekt x zo snel",
    "laag",
    "hoog",
    "verlengt de eerste keer",
    "bedrag",
    "waarde",
    "waarde laag",
    "waarde hoog",
    "oordeel",
)
_TERMS = (AS_OF, INTEREST, HORIZON, PERIOD, CUSTOMERS, GAP, CONFIDENCE)


def _columns(first: Column) -> tuple[Column, ...]:
    fields = contract_characteristics.Kinds._fields[1:]
    return (
        first,
        *(
            Column(header, field, blank=field.startswith("value"))
            for header, field in zip(_HEADERS, fields, strict=True)
        ),
    )


def _failures(column: Cells, same: Cells) -> tuple[Failure, ...]:
    whole = (_STARTS, _ENDS, column, _AMOUNTS)
    alike = (_STARTS, _ENDS, same, _AMOUNTS)
    running = (_STARTS, (None,) * len(_STARTS), column, _AMOUNTS)
    return (
        Failure(NA, "het kenmerk is van alle contracten hetzelfde", (*alike, _DAY, 0.05)),
        Failure(NA, "niemand vertrok", (*running, _DAY, 0.05, None, "jaar")),
        Failure(NA, "er is geen contract begonnen tot en met de peildatum", (*whole, dt.date(2020, 1, 1), 0)),
        Failure(NUM, "de rente is negatief", (*whole, _DAY, -0.1)),
        Failure(NUM, "de horizon is geen heel getal van 1 tot 1200", (*whole, _DAY, 0.1, 1.5)),
        Failure(NUM, "de zekerheid ligt niet tussen 0 en 1", (*whole, _DAY, 0.1, 5, "jaar", None, 0, 1)),
        Failure(VALUE, "de kolommen zijn niet even lang", (*whole[:3], (300.0, 120.0), _DAY, 0.1)),
    )


CONTRACTKENMERK = Spec(
    name="CONTRACTKENMERK",
    kernel=contract_characteristics.of_names,
    group=GROUP,
    doc="Welke contracten houden het langst? Per waarde van een kenmerk (kanaal, actie, regio) hoeveel keer "
    "zo snel zij bij de eerste verlenging vertrekken als de grootste groep, met interval, en wat een nieuw "
    "contract van elke soort waard is.",
    unit="tabel",
    sources=("D6", "D7", "D22"),
    args=(
        STARTS,
        ENDS,
        Arg(
            "kenmerk",
            "kinds",
            "Kolom met een kenmerk per contract, even lang; van contracten die aansluiten telt het eerste.",
            kind=Kind.KEYS,
        ),
        AMOUNTS,
        *_TERMS,
    ),
    examples=(
        Example(
            (_STARTS, _ENDS, _CHANNELS, _AMOUNTS, _DAY, 0.05, None, "jaar"),
            (
                ("kenmerk", *_HEADERS),
                (
                    "web",
                    40.0,
                    1.0,
                    1.0,
                    1.0,
                    0.6292568,
                    109.75,
                    682.0074,
                    438.8114,
                    1059.986,
                    "de maat: de andere worden hiermee vergeleken",
                ),
                (
                    "winkel",
                    30.0,
                    0.6224787,
                    0.3022259,
                    1.282086,
                    0.7316628,
                    110.0,
                    1006.064,
                    667.0052,
                    1517.478,
                    "geen aantoonbaar verschil in vertrek",
                ),
                (
                    "beurs",
                    20.0,
                    1.966948,
                    0.8823913,
                    4.384543,
                    0.4632034,
                    109.5,
                    344.7501,
                    171.9375,
                    691.2546,
                    "geen aantoonbaar verschil in vertrek",
                ),
            ),
            "per kanaal",
            close=1e-5,
        ),
        Example(
            (_STARTS, _ENDS, _CHANNELS, _AMOUNTS, _DAY, 0.05, 5, "jaar"),
            (
                ("kenmerk", *_HEADERS),
                (
                    "web",
                    40.0,
                    1.0,
                    1.0,
                    1.0,
                    0.6292568,
                    109.75,
                    301.1758,
                    253.551,
                    357.7462,
                    "de maat: de andere worden hiermee vergeleken",
                ),
                (
                    "winkel",
                    30.0,
                    0.6224787,
                    0.3022259,
                    1.282086,
                    0.7316628,
                    110.0,
                    352.4964,
                    298.6024,
                    416.1175,
                    "geen aantoonbaar verschil in vertrek",
                ),
                (
                    "beurs",
                    20.0,
                    1.966948,
                    0.8823913,
                    4.384543,
                    0.4632034,
                    109.5,
                    227.6631,
                    170.0968,
                    304.7119,
                    "geen aantoonbaar verschil in vertrek",
                ),
            ),
            "over vijf jaar",
            close=1e-5,
        ),
    ),
    failures=(
        *_failures(_CHANNELS, ("web",) * len(_STARTS)),
        Failure(
            NA,
            "het kenmerk heeft te veel soorten, zoals een per contract",
            (_STARTS, _ENDS, tuple(range(len(_STARTS))), _AMOUNTS, _DAY, 0.05),
        ),
    ),
    columns=_columns(Column("kenmerk", "kind", labels_of="kenmerk")),
)

CONTRACTGETAL = Spec(
    name="CONTRACTGETAL",
    kernel=contract_characteristics.of_numbers,
    group=GROUP,
    doc="Wat doet een getal, zoals leeftijd of korting, met vertrek en waarde van contracten? Het middelste "
    "naast een laag (een tiende zit eronder) en een hoog getal (een tiende zit erboven).",
    unit="tabel",
    sources=("D6", "D7"),
    args=(
        STARTS,
        ENDS,
        Arg(
            "getallen",
            "numbers",
            "Kolom met een getal per contract, even lang; van contracten die aansluiten telt het eerste.",
            kind=Kind.FIGURES,
        ),
        AMOUNTS,
        *_TERMS,
    ),
    examples=(
        Example(
            (_STARTS, _ENDS, _OWN, _AMOUNTS, _DAY, 0.05, None, "jaar"),
            (
                ("getal", *_HEADERS),
                (
                    40.0,
                    35.0,
                    1.0,
                    1.0,
                    1.0,
                    0.6166335,
                    109.7143,
                    671.1738,
                    486.3299,
                    926.2731,
                    "de maat: de andere worden hiermee vergeleken",
                ),
                (
                    32.0,
                    24.0,
                    1.429388,
                    1.016329,
                    2.010325,
                    0.529475,
                    110.0,
                    472.8975,
                    280.8471,
                    796.2769,
                    "vertrekt eerder (aantoonbaar)",
                ),
                (
                    51.1,
                    31.0,
                    0.6091567,
                    0.3795054,
                    0.9777778,
                    0.7253114,
                    109.6774,
                    1006.49,
                    677.7644,
                    1494.651,
                    "blijft langer (aantoonbaar)",
                ),
            ),
            "leeftijd",
            close=1e-5,
        ),
        Example(
            (_STARTS, _ENDS, _OWN, _AMOUNTS, _DAY, 0.05, 5, "jaar", None, None, 0.8),
            (
                ("getal", *_HEADERS),
                (
                    40.0,
                    35.0,
                    1.0,
                    1.0,
                    1.0,
                    0.6166335,
                    109.7143,
                    296.9042,
                    273.8249,
                    321.9287,
                    "de maat: de andere worden hiermee vergeleken",
                ),
                (
                    32.0,
                    24.0,
                    1.429388,
                    1.143674,
                    1.78648,
                    0.529475,
                    110.0,
                    258.175,
                    225.2785,
                    295.8753,
                    "vertrekt eerder (aantoonbaar)",
                ),
                (
                    51.1,
                    31.0,
                    0.6091567,
                    0.4470463,
                    0.8300525,
                    0.7253114,
                    109.6774,
                    349.8202,
                    314.9428,
                    388.5601,
                    "blijft langer (aantoonbaar)",
                ),
            ),
            "met intervallen van 80%",
            close=1e-5,
        ),
    ),
    failures=_failures(_OWN, (1.0,) * len(_STARTS)),
    columns=_columns(Column("getal", "kind")),
)
