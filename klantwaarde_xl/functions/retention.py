"""Declarations: who stays and who leaves."""

from __future__ import annotations

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.spec import Arg, Example, Failure, Native, Spec
from klantwaarde_xl.kernels import retention

NUM, DIV0, VALUE = CellError.NUM, CellError.DIV0, CellError.VALUE
GROUP = "Retentie"

BEGIN = Arg("begin", "begin", "Aantal klanten aan het begin van de periode.", "klanten")

RETENTIE = Spec(
    name="RETENTIE",
    kernel=retention.retention_rate,
    group=GROUP,
    doc="Retentie: deel van de klanten van het begin dat er aan het eind nog is, (eind - nieuw) / begin.",
    unit="fractie per periode",
    sources=("D11",),
    args=(
        BEGIN,
        Arg("eind", "end", "Aantal klanten aan het eind van de periode.", "klanten"),
        Arg(
            "nieuw",
            "new",
            "Nieuwe klanten in de periode. Zonder dit getal tellen nieuwe klanten mee als gebleven en is "
            "de retentie te hoog.",
            "klanten",
        ),
    ),
    examples=(
        Example((100, 90, 10), 0.8, "definitie van het vak"),
        Example((100, 90), 0.9, "artikel 000: eind / begin"),
        Example((100, 0), 0.0, "iedereen is weg"),
    ),
    failures=(
        Failure(DIV0, "er zijn geen klanten aan het begin", (0, 90)),
        Failure(NUM, "er zijn meer klanten gebleven dan er waren: vul de nieuwe klanten in", (100, 120)),
        Failure(NUM, "er zijn meer nieuwe klanten dan klanten aan het eind", (100, 90, 95)),
        Failure(NUM, "een aantal is negatief", (-100, 90)),
        Failure(VALUE, "er staat tekst waar een getal hoort", (100, "negentig")),
    ),
    native=(
        Native(
            "({eind}-{nieuw})/{begin}",
            num="OR({begin}<0,{eind}<0,{nieuw}<0,{nieuw}>{eind},AND({begin}>0,{eind}-{nieuw}>{begin}))",
        ),
    ),
)

VERLOOP = Spec(
    name="VERLOOP",
    kernel=retention.churn_rate,
    group=GROUP,
    doc="Verloop (churn): verloren klanten gedeeld door de klanten aan het begin; 1 min de retentie.",
    unit="fractie per periode",
    sources=("D11", "D35"),
    args=(
        BEGIN,
        Arg("verloren", "lost", "Aantal klanten van het begin dat in de periode vertrok.", "klanten"),
    ),
    examples=(
        Example((200, 10), 0.05),
        Example((200, 200), 1.0, "iedereen is weg"),
    ),
    failures=(
        Failure(DIV0, "er zijn geen klanten aan het begin", (0, 10)),
        Failure(NUM, "er zijn meer klanten vertrokken dan er waren", (200, 300)),
        Failure(NUM, "een aantal is negatief", (200, -10)),
        Failure(VALUE, "er staat tekst waar een getal hoort", ("begin", 10)),
    ),
    native=(
        Native(
            "{verloren}/{begin}",
            num="OR({begin}<0,{verloren}<0,AND({begin}>0,{verloren}>{begin}))",
        ),
    ),
)

SPECS = (RETENTIE, VERLOOP)
