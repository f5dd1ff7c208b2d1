"""Declaration: a budget spread over groups."""

from __future__ import annotations

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.spec import Arg, Column, Example, Failure, Kind, Spec
from klantwaarde_xl.kernels import budget

NUM, NA, VALUE = CellError.NUM, CellError.NA, CellError.VALUE
GROUP = "Effect"

_CHANNELS, _SPENT, _BROUGHT = ("zoeken", "beurs"), (1000.0, 1000.0), (4000.0, 2000.0)
_NOTHING = (None, None)

BUDGETVERDELING = Spec(
    name="BUDGETVERDELING",
    kernel=budget.spread_budget,
    group=GROUP,
    doc="Verdeelt een budget over kanalen of segmenten zo, dat de volgende euro overal evenveel brengt, "
    "tussen vloer en plafond. Aanname: keer zoveel geld brengt (keer)^elasticiteit zoveel op.",
    unit="tabel",
    sources=("D40",),
    args=(
        Arg("groepen", "groups", "Kolom met het kanaal of segment.", "", Kind.KEYS),
        Arg(
            "uitgaven",
            "spent",
            "Kolom met wat u er nu aan uitgeeft, even lang.",
            "euro per periode",
            Kind.FIGURES,
        ),
        Arg(
            "opbrengsten",
            "brought",
            "Kolom met wat dat brengt, even lang: nieuwe klanten x CLV, voor aftrek van de uitgaven.",
            "euro per periode",
            Kind.FIGURES,
        ),
        Arg("budget", "budget", "Wat u samen wilt uitgeven. Leeg: wat u nu uitgeeft.", "euro per periode"),
        Arg(
            "vloer",
            "floor",
            "Kolom met wat elk ten minste krijgt; een lege cel is niets. Leeg: niets.",
            "euro",
            Kind.OPEN_FIGURES,
        ),
        Arg(
            "plafond",
            "ceiling",
            "Kolom met wat elk ten hoogste krijgt; een lege cel is geen grens. Leeg: geen grens.",
            "euro",
            Kind.OPEN_FIGURES,
        ),
        Arg(
            "elasticiteit",
            "elasticity",
            "Hoe de opbrengst meegroeit, tussen 0 en 1. Leeg is 0,5: twee keer zoveel geld brengt 41% meer.",
            "",
        ),
    ),
    examples=(
        Example(
            (_CHANNELS, _SPENT, _BROUGHT),
            (
                ("groep", "nu", "voorstel", "verschil", "brengt nu", "brengt straks", "volgende euro"),
                ("zoeken", 1000.0, 1600.0, 600.0, 4000.0, 4000 * 1.6**0.5, 2000 / 1000 / 1.6**0.5),
                ("beurs", 1000.0, 400.0, -600.0, 2000.0, 2000 * 0.4**0.5, 1000 / 1000 / 0.4**0.5),
                ("samen", 2000.0, 2000.0, 0.0, 6000.0, 4000 * 1.6**0.5 + 2000 * 0.4**0.5, NA),
            ),
            "wat per euro twee keer zoveel brengt, krijgt vier keer zoveel",
        ),
        Example(
            (_CHANNELS, _SPENT, _BROUGHT, 3000, (0.0, 800.0), (1500.0, 5000.0)),
            (
                ("groep", "nu", "voorstel", "verschil", "brengt nu", "brengt straks", "volgende euro"),
                ("zoeken", 1000.0, 1500.0, 500.0, 4000.0, 4000 * 1.5**0.5, 2000 / 1000 / 1.5**0.5),
                ("beurs", 1000.0, 1500.0, 500.0, 2000.0, 2000 * 1.5**0.5, 1000 / 1000 / 1.5**0.5),
                ("samen", 2000.0, 3000.0, 1000.0, 6000.0, 6000 * 1.5**0.5, NA),
            ),
            "zoeken loopt tegen zijn plafond",
        ),
        Example(
            (_CHANNELS, _SPENT, _BROUGHT, 3000, (None, 800.0), (1500.0, None)),
            (
                ("groep", "nu", "voorstel", "verschil", "brengt nu", "brengt straks", "volgende euro"),
                ("zoeken", 1000.0, 1500.0, 500.0, 4000.0, 4000 * 1.5**0.5, 2000 / 1000 / 1.5**0.5),
                ("beurs", 1000.0, 1500.0, 500.0, 2000.0, 2000 * 1.5**0.5, 1000 / 1000 / 1.5**0.5),
                ("samen", 2000.0, 3000.0, 1000.0, 6000.0, 6000 * 1.5**0.5, NA),
            ),
            "een lege cel is geen vloer, of geen plafond",
        ),
    ),
    failures=(
        Failure(NA, "er zijn geen rijen", (_NOTHING, _NOTHING, _NOTHING)),
        Failure(NA, "geen groep brengt iets op", (_CHANNELS, _SPENT, (0.0, 0.0))),
        Failure(NUM, "een bedrag is negatief", (_CHANNELS, (1000.0, -1.0), _BROUGHT)),
        Failure(NUM, "het budget is negatief", (_CHANNELS, _SPENT, _BROUGHT, -1)),
        Failure(
            NUM,
            "een vloer is hoger dan zijn plafond",
            (_CHANNELS, _SPENT, _BROUGHT, 3000, (5.0, 5.0), (4.0, 9.0)),
        ),
        Failure(
            NUM, "de vloeren zijn samen hoger dan het budget", (_CHANNELS, _SPENT, _BROUGHT, 1, (5.0, 5.0))
        ),
        Failure(
            NUM, "de elasticiteit ligt niet tussen 0 en 1", (_CHANNELS, _SPENT, _BROUGHT, None, None, None, 1)
        ),
        Failure(VALUE, "de kolommen zijn niet even lang", (_CHANNELS, (1.0,), _BROUGHT)),
        Failure(VALUE, "een bedrag is geen getal", (_CHANNELS, (1.0, "veel"), _BROUGHT)),
    ),
    columns=(
        Column("groep", "group", labels_of="groepen", together="samen"),
        Column("nu", "now"),
        Column("voorstel", "proposed"),
        Column("verschil", "change"),
        Column("brengt nu", "value_now"),
        Column("brengt straks", "value_then"),
        Column("volgende euro", "next_euro"),
    ),
)
