"""Declarations: how value is spread over customers, part of the segmentation functions."""

from __future__ import annotations

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.declared.closed import customers as closed_customers
from klantwaarde_xl.functions.declared.closed import spread as closed_spread
from klantwaarde_xl.functions.spec import Arg, Column, Example, Failure, Kind, Spec, choices
from klantwaarde_xl.kernels import concentration

NUM, DIV0, VALUE = CellError.NUM, CellError.DIV0, CellError.VALUE
GROUP = "Segmentatie"

_VALUES = Arg(
    "waarden", "values", "Waarde of omzet van elke klant; lege cellen tellen niet mee.", "euro", Kind.NUMBERS
)
_TEN = (50, 30, 6, 4, 3, 2, 2, 1, 1, 1)  # adds up to 100
_NO_VALUE = Failure(DIV0, "alle waarden zijn nul of er zijn er geen", ((0, 0, None),))
_NEGATIVE = Failure(NUM, "een waarde is negatief", ((50, -10),))
_TEXT = Failure(VALUE, "er staat tekst tussen de waarden", ((50, "veel"),))

PARETOAANDEEL = Spec(
    name="PARETOAANDEEL",
    kernel=concentration.pareto_share,
    group=GROUP,
    doc="Kleinste deel van de klanten dat samen een deel van de waarde brengt, standaard 80%. Bij de "
    "80/20-regel is de uitkomst 20%.",
    unit="fractie van de klanten",
    sources=("D22", "D31"),
    args=(_VALUES, Arg("deel", "share", "Deel van de waarde, boven 0 en hoogstens 1.", "fractie")),
    examples=(
        Example((_TEN,), 0.2, "2 van 10 klanten brengen 80 van 100"),
        Example((_TEN, 0.9), 0.4, "50 + 30 + 6 + 4 = 90"),
        Example(((5, 5, 5, 5),), 1.0, "gelijke klanten: pas de vierde haalt 80%"),
        Example(((100,),), 1.0, "een klant"),
    ),
    failures=(
        _NO_VALUE,
        _NEGATIVE,
        Failure(NUM, "het deel ligt niet tussen 0 en 1", (_TEN, 80)),
        _TEXT,
    ),
    closed=closed_spread.PARETO,
)

TOPAANDEEL = Spec(
    name="TOPAANDEEL",
    kernel=concentration.top_share,
    group=GROUP,
    doc="Deel van de waarde dat de beste klanten samen brengen, standaard de beste 20% (naar boven afgerond "
    "op hele klanten).",
    unit="fractie van de waarde",
    sources=("D22", "D31"),
    args=(_VALUES, Arg("deel", "share", "Deel van de klanten, boven 0 en hoogstens 1.", "fractie")),
    examples=(
        Example((_TEN,), 0.8, "de beste 2 van 10"),
        Example((_TEN, 0.15), 0.8, "1,5 klant wordt 2"),
        Example(((5, 5, 5, 5), 1), 1.0, "alle klanten"),
    ),
    failures=(
        _NO_VALUE,
        _NEGATIVE,
        Failure(NUM, "het deel ligt niet tussen 0 en 1", (_TEN, 0)),
        _TEXT,
    ),
    closed=closed_spread.TOP,
)

_ABC_HEADERS = ("klant", "waarde", "cumulatief deel", "klasse")

ABCKLASSEN = Spec(
    name="ABCKLASSEN",
    kernel=concentration.abc_classes,
    group=GROUP,
    doc="ABC-klassen: klanten van groot naar klein met hun cumulatieve deel van de waarde. A tot 80%, B tot "
    "95%, de rest C; wie de grens passeert hoort er nog bij, en gelijke klanten krijgen gelijke klassen.",
    unit="tabel",
    sources=("D22", "D28"),
    args=(
        Arg(
            "klanten",
            "customers",
            "Kolom met klanten (of producten, diensten); rijen van een klant worden opgeteld.",
            "",
            Kind.KEYS,
        ),
        Arg("waarden", "values", "Kolom met waarde of omzet, even lang.", "euro", Kind.FIGURES),
        Arg("grens_a", "border_a", "Cumulatief deel tot waar klasse A loopt.", "fractie"),
        Arg("grens_b", "border_b", "Cumulatief deel tot waar klasse B loopt, groter dan grens_a.", "fractie"),
    ),
    examples=(
        Example(
            (("Anna", "Bram", "Cees", "Dora", "Bram"), (70, 10, 6, 4, 10)),
            (
                _ABC_HEADERS,
                ("Anna", 70.0, 0.7, "A"),
                ("Bram", 20.0, 0.9, "A"),
                ("Cees", 6.0, 0.96, "B"),
                ("Dora", 4.0, 1.0, "C"),
            ),
            "Bram koopt twee keer en passeert de 80%",
        ),
        Example(
            (("Anna", "Bram", "Cees"), (98, 1, 1)),
            (
                _ABC_HEADERS,
                ("Anna", 98.0, 0.98, "A"),
                ("Bram", 1.0, 0.99, "C"),
                ("Cees", 1.0, 1.0, "C"),
            ),
            "een klant die bijna alles brengt is A",
        ),
    ),
    failures=(
        Failure(DIV0, "alle waarden zijn nul of er zijn er geen", (("Anna", "Bram"), (0, 0))),
        Failure(NUM, "een klant heeft samen een negatieve waarde", (("Anna", "Bram"), (5, -1))),
        Failure(NUM, "de grenzen lopen niet op van 0 naar 1", (("Anna", "Bram"), (5, 1), 0.95, 0.8)),
        Failure(VALUE, "de kolommen zijn niet even lang", (("Anna", "Bram"), (5, 1, 2))),
        Failure(VALUE, "er staat tekst tussen de waarden", (("Anna", "Bram"), (5, "veel"))),
    ),
    columns=(
        Column("klant", "customer", labels_of="klanten"),
        Column("waarde", "value"),
        Column("cumulatief deel", "cumulative_share"),
        Column("klasse", "klass", texts=concentration.CLASSES),
    ),
    closed=closed_customers.CLASSES,
)

GINICOEFFICIENT = Spec(
    name="GINICOEFFICIENT",
    kernel=concentration.gini,
    group=GROUP,
    doc="Gini-coefficient van de waarde over klanten: 0 als iedereen evenveel waard is, bijna 1 als een "
    "klant alles brengt. Hoog betekent: afhankelijk van weinig klanten.",
    unit="0 tot 1",
    sources=("D22", "D31"),
    args=(
        _VALUES,
        Arg(
            "correctie",
            "correction",
            "Bij weinig klanten kan de gewone Gini 1 niet halen.",
            kind=Kind.CHOICE,
            choices=choices(
                concentration.Correction,
                NONE=("geen", "de gewone Gini, standaard"),
                SMALL_SAMPLE=("klein", "maal n/(n-1): een klant met alles geeft 1"),
            ),
        ),
    ),
    examples=(
        Example(((1, 2, 3, 4),), 0.25, "(-3 - 2 + 3 + 12) / (4 x 10)"),
        Example(((0, 0, 0, 100),), 0.75, "een van vier brengt alles"),
        Example(((0, 0, 0, 100), "klein"), 1.0, "met correctie"),
        Example(((7, 7, 7),), 0.0, "iedereen gelijk"),
        Example(((100,),), 0.0, "een klant"),
    ),
    failures=(
        _NO_VALUE,
        _NEGATIVE,
        Failure(NUM, "correctie is geen 0 of 1", (_TEN, 2)),
        _TEXT,
    ),
    closed=closed_spread.GINI,
)
