"""Declarations: what a new customer costs."""

from __future__ import annotations

from dataclasses import replace

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.shared import INTEREST, MARGIN, RETENTION
from klantwaarde_xl.functions.spec import Arg, Example, Failure, Native, Spec
from klantwaarde_xl.kernels import acquisition

NUM, DIV0, NA, VALUE = CellError.NUM, CellError.DIV0, CellError.NA, CellError.VALUE
GROUP = "Acquisitie"

CAC = Spec(
    name="CAC",
    kernel=acquisition.cac,
    group=GROUP,
    doc="Kosten per nieuwe klant (CAC): alle marketing- en verkoopkosten van werving gedeeld door het "
    "aantal nieuwe klanten.",
    unit="euro per nieuwe klant",
    sources=("D10",),
    args=(
        Arg("kosten", "costs", "Marketing- en verkoopkosten van werving in de periode.", "euro"),
        Arg("nieuwe_klanten", "new_customers", "Aantal klanten dat die periode nieuw is.", "klanten"),
    ),
    examples=(
        Example((10000, 200), 50.0, "artikel 000"),
        Example((0, 200), 0.0, "klanten zonder kosten"),
    ),
    failures=(
        Failure(DIV0, "er zijn geen nieuwe klanten", (10000, 0)),
        Failure(NUM, "kosten of aantal zijn negatief", (-10000, 200)),
        Failure(VALUE, "er staat tekst waar een getal hoort", ("veel", 200)),
    ),
    native=(Native("{kosten}/{nieuwe_klanten}", num="OR({kosten}<0,{nieuwe_klanten}<0)"),),
)

TERUGVERDIENTIJD = Spec(
    name="TERUGVERDIENTIJD",
    kernel=acquisition.payback_periods,
    group=GROUP,
    doc="Aantal perioden tot de marge van een klant de wervingskosten heeft terugverdiend. Met retentie of "
    "rente: het eerste hele aantal perioden waarin dat zo is.",
    unit="perioden",
    sources=("D10", "D30"),
    args=(
        Arg("wervingskosten", "acquisition_cost", "Kosten om een klant te werven (CAC).", "euro"),
        Arg("omzet", "revenue", "Omzet per klant per periode.", "euro per periode"),
        replace(MARGIN, doc=MARGIN.doc + " Leeg is 1: dan is de omzet al marge."),
        RETENTION,
        INTEREST,
    ),
    examples=(
        Example((300, 50, 0.5), 12.0, "300 / 25"),
        Example((90, 40), 2.25, "zonder verloop mag het antwoord gebroken zijn"),
        Example((300, 50, 1, 0.9), 9.0, "kleinste n met 50 x (1 + 0,9 + … + 0,9^(n-1)) >= 300"),
        Example((0, 50), 0.0, "geen kosten, meteen terugverdiend"),
    ),
    failures=(
        Failure(NA, "de kosten worden nooit terugverdiend", (300, 50, 0.5, 0.8)),
        Failure(NUM, "de marge is nul of negatief", (300, 50, 0)),
        Failure(NUM, "de kosten zijn negatief", (-300, 50)),
        Failure(NUM, "de marge is groter dan 1: vul 30% in als 0,3", (300, 50, 30)),
        Failure(NUM, "de retentie ligt buiten 0 en 1", (300, 50, 1, 1.5)),
        Failure(NUM, "de rente is -100% of lager", (300, 50, 1, 1, -1)),
        Failure(VALUE, "er staat tekst waar een getal hoort", (300, "maand")),
    ),
    native=(
        Native(
            "{wervingskosten}/({omzet}*{marge})",
            num="OR({wervingskosten}<0,{omzet}*{marge}<=0,{marge}>1)",
            before=3,
        ),
    ),
)

SPECS = (CAC, TERUGVERDIENTIJD)
