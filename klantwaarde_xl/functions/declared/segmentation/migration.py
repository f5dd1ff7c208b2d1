"""Declarations: customers moving between segments."""

from __future__ import annotations

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.spec import Arg, Column, Example, Failure, Kind, Spec, choices
from klantwaarde_xl.kernels import migration
from klantwaarde_xl.kernels.value import Timing

NUM, VALUE = CellError.NUM, CellError.VALUE
GROUP = "Segmentatie"

TRANSITIONS = Arg(
    "overgangen",
    "transitions",
    "Vierkant blok met overgangskansen: op rij i, kolom j de kans dat een klant van segment i een periode "
    "later in segment j zit. Elke rij is samen 1; neem vertrokken klanten op als segment.",
    "kans per periode",
    Kind.MATRIX,
)
SEGMENTS = Arg(
    "segmenten",
    "segments",
    "Namen van de segmenten in de volgorde van het blok; leeg is 1, 2, 3 …",
    "",
    Kind.KEYS,
)

_LEAVING = ((0.8, 0.2), (0.0, 1.0))
_MOVING = ((0.8, 0.2), (0.1, 0.9))
_NAMES = ("actief", "weg")
_HEADERS = ("segment", "waarde")
# Pfeifer & Carraway (2000): recency 1…4 and former customers; a purchase brings 40, mailing costs 4
_RECENCY = (
    (0.3, 0.7, 0.0, 0.0, 0.0),
    (0.2, 0.0, 0.8, 0.0, 0.0),
    (0.15, 0.0, 0.0, 0.85, 0.0),
    (0.05, 0.0, 0.0, 0.0, 0.95),
    (0.0, 0.0, 0.0, 0.0, 1.0),
)
_MARGINS = (36.0, -4.0, -4.0, -4.0, 0.0)
_NOT_ONE = ((0.8, 0.1), (0.0, 1.0))
_OUTSIDE = ((1.2, -0.2), (0.0, 1.0))
_CHAIN_FAILURES = (
    ("NUM", "een rij met kansen is samen geen 1", _NOT_ONE),
    ("NUM", "een kans ligt buiten 0 en 1", _OUTSIDE),
    ("VALUE", "het blok met kansen is niet vierkant", ((0.8, 0.2),)),
    ("VALUE", "een kans ontbreekt of is geen getal", ((0.8, None), (0.0, 1.0))),
    ("VALUE", "een kans ontbreekt of is geen getal", ((0.8, "rest"), (0.0, 1.0))),
)

MIGRATIEWAARDE = Spec(
    name="MIGRATIEWAARDE",
    kernel=migration.segment_values,
    group=GROUP,
    doc="Klantwaarde als klanten tussen segmenten bewegen (Markovketen): per beginsegment de contante waarde "
    "van alle marges, ook van klanten die later terugkomen.",
    unit="tabel",
    sources=("D6", "D13", "D22"),
    args=(
        TRANSITIONS,
        Arg(
            "marges",
            "values",
            "Rij of kolom met de marge min kosten van een klant per periode, een getal per segment.",
            "euro per periode",
            Kind.MATRIX,
        ),
        Arg(
            "rente",
            "interest",
            "Rente (disconteringsvoet) per periode als fractie: 0,1 is 10%. Leeg is 0; dan moet iedereen "
            "ooit voorgoed vertrekken.",
            "fractie per periode",
        ),
        Arg(
            "horizon",
            "horizon",
            "Laatste periode die meetelt, een heel getal; de eerste is 0 (vandaag). Leeg is zonder einde.",
            "perioden",
        ),
        Arg(
            "betaling",
            "timing",
            "Wanneer de eerste marge komt; het scheelt precies de marge van het beginsegment.",
            kind=Kind.CHOICE,
            choices=choices(
                Timing,
                LATER=("later", "na een periode en een overgang"),
                NOW=("nu", "vandaag (Pfeifer en Carraway), standaard"),
            ),
        ),
        SEGMENTS,
    ),
    examples=(
        Example(
            (_RECENCY, _MARGINS, 0.2),
            (
                _HEADERS,
                (1.0, 321504 / 6145),
                (2.0, 34128 / 6145),
                (3.0, 7686 / 6145),
                (4.0, -11184 / 6145),
                (5.0, 0.0),
            ),
            "voorbeeld van Pfeifer & Carraway 2000, zonder einde, in breuken nagerekend",
        ),
        Example(
            (_RECENCY, _MARGINS, 0.2, 4),
            (
                _HEADERS,
                (1.0, 64949 / 1296),
                (2.0, 1823 / 432),
                (3.0, 6139 / 10368),
                (4.0, -10265 / 5184),
                (5.0, 0.0),
            ),
            "hetzelfde voorbeeld tot en met periode 4: 50,115; 4,220; 0,592; -1,980",
        ),
        Example(
            (_LEAVING, (100.0, 0.0), 0.12, None, "later", _NAMES),
            (_HEADERS, ("actief", 250.0), ("weg", 0.0)),
            "twee segmenten: de CLV bij retentie 0,8 en rente 12%",
        ),
        Example(
            (_LEAVING, (100.0, 0.0)),
            (_HEADERS, (1.0, 500.0), (2.0, 0.0)),
            "zonder rente, toch eindig: 100 / 0,2",
        ),
    ),
    failures=(
        Failure(NUM, "de som heeft geen einde: geef rente of een horizon", (_MOVING, (100.0, 50.0))),
        Failure(NUM, "de rente is -100% of lager", (_LEAVING, (100.0, 0.0), -1)),
        Failure(NUM, "de horizon is geen heel getal vanaf 0", (_LEAVING, (100.0, 0.0), 0.1, -1)),
        Failure(NUM, "de horizon is geen heel getal vanaf 0", (_LEAVING, (100.0, 0.0), 0.1, 2.5)),
        Failure(NUM, "betaling is geen 0 of 1", (_LEAVING, (100.0, 0.0), 0.1, 5, 2)),
        Failure(VALUE, "er zijn niet evenveel marges als segmenten", (_LEAVING, (100.0, 0.0, 5.0), 0.1)),
        Failure(
            VALUE,
            "er zijn niet evenveel namen als segmenten",
            (_LEAVING, (100.0, 0.0), 0.1, None, None, ("actief", "slapend", "weg")),
        ),
        *(Failure(CellError[e], when, (chain, (100.0, 0.0), 0.1)) for e, when, chain in _CHAIN_FAILURES),
    ),
    columns=(Column(_HEADERS[0], "segment", labels_of="segmenten"), Column(_HEADERS[1], "value")),
)

SEGMENTOMVANG = Spec(
    name="SEGMENTOMVANG",
    kernel=migration.segment_sizes,
    group=GROUP,
    doc="Verwacht aantal klanten per segment nu en in elke volgende periode, bij vaste overgangskansen en "
    "een vaste instroom. Periode 0 is het begin.",
    unit="tabel",
    sources=("D22", "D28"),
    args=(
        TRANSITIONS,
        Arg(
            "aantallen",
            "counts",
            "Rij of kolom met het aantal klanten nu, een getal per segment.",
            "klanten",
            Kind.MATRIX,
        ),
        Arg("perioden", "periods", "Aantal perioden vooruit, een heel getal van 0 tot 1200.", "perioden"),
        Arg(
            "instroom",
            "inflow",
            "Rij of kolom met nieuwe klanten per periode in elk segment; zij bewegen vanaf de periode erna. "
            "Leeg is geen.",
            "klanten per periode",
            Kind.MATRIX,
        ),
        SEGMENTS,
    ),
    examples=(
        Example(
            (_MOVING, (100.0, 50.0), 2),
            (
                ("segment", "periode 0", "periode 1", "periode 2"),
                (1.0, 100.0, 85.0, 74.5),
                (2.0, 50.0, 65.0, 75.5),
            ),
            "100 x 0,8 + 50 x 0,1 = 85; samen steeds 150",
        ),
        Example(
            (_LEAVING, (100.0, 0.0), 1, (30.0, 0.0), _NAMES),
            (("segment", "periode 0", "periode 1"), ("actief", 100.0, 110.0), ("weg", 0.0, 20.0)),
            "80 blijven, 30 nieuw",
        ),
        Example(
            (_LEAVING, (100.0, 0.0), 0),
            (("segment", "periode 0"), (1.0, 100.0), (2.0, 0.0)),
            "nul perioden: alleen het begin",
        ),
    ),
    failures=(
        Failure(NUM, "een aantal klanten is negatief", (_LEAVING, (-100.0, 0.0), 2)),
        Failure(NUM, "perioden is geen heel getal van 0 tot 1200", (_LEAVING, (100.0, 0.0), -1)),
        Failure(NUM, "perioden is geen heel getal van 0 tot 1200", (_LEAVING, (100.0, 0.0), 1201)),
        Failure(VALUE, "er zijn niet evenveel aantallen als segmenten", (_LEAVING, (100.0, 0.0, 5.0), 2)),
        *(Failure(CellError[e], when, (chain, (100.0, 0.0), 2)) for e, when, chain in _CHAIN_FAILURES),
    ),
    columns=(Column("segment", "segment", labels_of="segmenten"), Column("periode {n}", "sizes")),
)
