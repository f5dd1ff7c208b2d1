"""Declarations: what a customer is worth."""

from __future__ import annotations

from dataclasses import replace

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.declared.arguments import INFLATION, INTEREST, MARGIN, RETENTION
from klantwaarde_xl.functions.declared.closed import cashflow as closed_cashflow
from klantwaarde_xl.functions.spec import Arg, Example, Failure, Kind, Native, Spec, choices
from klantwaarde_xl.kernels import value

NUM, DIV0, VALUE = CellError.NUM, CellError.DIV0, CellError.VALUE
GROUP = "Waarde"

_Q = "({retentie}/((1+{rente})*(1+{inflatie})))"
_D = "(1/((1+{rente})*(1+{inflatie})))"


def _annuity(periods: str, ratio: str) -> str:
    """The kernel's annuity as a formula: whole periods, then the part of a broken one."""
    return (
        f"IF({ratio}=1,{periods},IF(INT({periods})=0,{periods},"
        f"(1-{ratio}^INT({periods}))/(1-{ratio})+({periods}-INT({periods}))*{ratio}^INT({periods})))"
    )


KLANTWAARDE = Spec(
    name="KLANTWAARDE",
    kernel=value.customer_value,
    group=GROUP,
    doc="Waarde van een klant: besteding per periode maal het aantal perioden, min de kosten. Met "
    "retentie, rente en inflatie telt een latere periode minder mee.",
    unit="euro",
    sources=("D1", "D2", "D13", "D14"),
    args=(
        Arg("besteding", "spend", "Gemiddelde besteding per klant per periode.", "euro per periode"),
        Arg("perioden", "periods", "Aantal perioden dat de klant koopt; mag gebroken zijn.", "perioden"),
        Arg("kosten", "costs", "Alle kosten van de klant samen: werving, behoud, transacties.", "euro"),
        RETENTION,
        INTEREST,
        INFLATION,
    ),
    examples=(
        Example((500, 2, 200), 800.0, "artikel 001 (de tabel daar noemt 1000: zonder de kosten)"),
        Example((1000,), 1000.0, "artikel 002: 50.000 / 50 klanten"),
        Example((500, 3, None, 0.8), 1220.0, "500 + 400 + 320"),
        Example((500, 2.5, 200), 1050.0, "een halve derde periode telt half"),
        Example((500, 3, 200, 0.8, 0.1, 0.02), 910.6996355502176, "q = 0,8 / (1,1 × 1,02)"),
    ),
    failures=(
        Failure(NUM, "het aantal perioden is negatief", (500, -1)),
        Failure(NUM, "de kosten zijn negatief", (500, 2, -200)),
        Failure(NUM, "de retentie ligt buiten 0 en 1", (500, 2, 0, 1.2)),
        Failure(NUM, "de rente is -100% of lager", (500, 2, 0, 1, -1)),
        Failure(NUM, "de inflatie is -100% of lager", (500, 2, 0, 1, 0, -1)),
        Failure(VALUE, "er staat tekst waar een getal hoort", ("veel", 2)),
        Failure(VALUE, "een verplicht getal ontbreekt", (None, 2)),
    ),
    native=(
        Native(
            "{besteding}*{perioden}-{kosten}",
            num="OR({perioden}<0,{kosten}<0)",
            before=3,
        ),
        Native(
            "{besteding}*" + _annuity("{perioden}", _Q) + "-{kosten}",
            num="OR({perioden}<0,{kosten}<0,{retentie}<0,{retentie}>1,{rente}<=-1,{inflatie}<=-1)",
        ),
    ),
    closed=closed_cashflow.VALUE,
)

KLDW = Spec(
    name="KLDW",
    kernel=value.kldw,
    group=GROUP,
    doc="Klant-levensduurwaarde (KLDW): gemiddelde omzet per klant per periode maal gemiddelde "
    "levensduur maal gemiddelde marge.",
    unit="euro",
    sources=("D3", "D4", "D13"),
    args=(
        Arg("omzet", "revenue", "Gemiddelde omzet per klant per periode.", "euro per periode"),
        Arg("levensduur", "lifetime", "Gemiddeld aantal perioden dat een klant blijft.", "perioden"),
        MARGIN,
        INTEREST,
        INFLATION,
    ),
    examples=(
        Example((400, 5, 0.3), 600.0, "artikel 001"),
        Example((400, 5, 1), 2000.0, "artikel 000: omzet maal levensduur"),
        Example((400, 5, 0.3, 0.1), 500.3838535619153, "levensduur verdisconteerd met 10%"),
    ),
    failures=(
        Failure(NUM, "de levensduur is negatief", (400, -5, 0.3)),
        Failure(NUM, "de marge is groter dan 1: vul 30% in als 0,3", (400, 5, 30)),
        Failure(NUM, "de rente is -100% of lager", (400, 5, 0.3, -1)),
        Failure(NUM, "de inflatie is -100% of lager", (400, 5, 0.3, 0, -1)),
        Failure(VALUE, "er staat tekst waar een getal hoort", (400, "lang", 0.3)),
    ),
    native=(
        Native("{omzet}*{levensduur}*{marge}", num="OR({levensduur}<0,{marge}>1)", before=3),
        Native(
            "{omzet}*{marge}*" + _annuity("{levensduur}", _D),
            num="OR({levensduur}<0,{marge}>1,{rente}<=-1,{inflatie}<=-1)",
        ),
    ),
    closed=closed_cashflow.LIFETIME_VALUE,
)

CLV = Spec(
    name="CLV",
    kernel=value.clv,
    group=GROUP,
    doc="Customer lifetime value bij vaste retentie zonder einddatum: marge x retentie / (1 + rente - "
    "retentie x (1 + groei)).",
    unit="euro",
    sources=("D3", "D13"),
    args=(
        Arg(
            "marge", "margin", "Marge in euro per klant per periode (dus niet de omzet).", "euro per periode"
        ),
        RETENTION,
        INTEREST,
        Arg("groei", "growth", "Groei van de marge per periode als fractie.", "fractie per periode"),
        Arg(
            "betaling",
            "timing",
            "Wanneer de eerste marge komt; het scheelt zonder groei precies een marge.",
            kind=Kind.CHOICE,
            choices=choices(
                value.Timing,
                LATER=("later", "na een periode (Gupta en Lehmann), standaard"),
                NOW=("nu", "vandaag"),
            ),
        ),
    ),
    examples=(
        Example((100, 0.8, 0.12), 250.0, "Gupta & Lehmann 2003, tabel 1: margemultiplicator 2,50"),
        Example((100, 0.8, 0.12, 0, "nu"), 350.0, "precies één marge meer"),
        Example((100, 0.8, 0.12, 0.05), 285.7142857142857),
        Example((100, 0, 0.12, 0, "nu"), 100.0, "zonder retentie blijft de eerste marge over"),
    ),
    failures=(
        Failure(NUM, "de retentie ligt buiten 0 en 1", (100, 1.1, 0.1)),
        Failure(NUM, "de rente is -100% of lager", (100, 0.8, -1)),
        Failure(NUM, "de groei is -100% of lager", (100, 0.8, 0.1, -1)),
        Failure(
            NUM,
            "de som loopt op zonder grens: 1 + rente moet groter zijn dan retentie x (1 + groei)",
            (100, 1, 0),
        ),
        Failure(NUM, "betaling is geen 0 of 1", (100, 0.8, 0.1, 0, 2)),
        Failure(VALUE, 'betaling is niet "later" of "nu"', (100, 0.8, 0.1, 0, "ooit")),
        Failure(VALUE, "er staat tekst waar een getal hoort", ("hoog", 0.8, 0.1)),
    ),
    native=(
        Native(
            "{marge}*{retentie}/(1+{rente}-{retentie}*(1+{groei}))",
            num="OR({retentie}<0,{retentie}>1,{rente}<=-1,{groei}<=-1,1+{rente}-{retentie}*(1+{groei})<=0)",
            before=4,
        ),
        Native(
            "{marge}*IF({betaling}=1,1+{rente},{retentie})/(1+{rente}-{retentie}*(1+{groei}))",
            num="OR({retentie}<0,{retentie}>1,{rente}<=-1,{groei}<=-1,1+{rente}-{retentie}*(1+{groei})<=0)",
        ),
    ),
)

CLVHISTORISCH = Spec(
    name="CLVHISTORISCH",
    kernel=value.historical_clv,
    group=GROUP,
    doc="Historische CLV: gemiddelde aankoopwaarde maal aankopen per periode maal levensduur, naar keuze "
    "maal de marge en min de kosten.",
    unit="euro",
    sources=("D5",),
    args=(
        Arg("aankoopwaarde", "order_value", "Gemiddelde waarde van een aankoop.", "euro"),
        Arg("frequentie", "frequency", "Gemiddeld aantal aankopen per periode.", "aankopen per periode"),
        Arg("levensduur", "lifetime", "Gemiddeld aantal perioden dat een klant blijft.", "perioden"),
        replace(MARGIN, doc=MARGIN.doc + " Leeg is 1: dan staat er omzet, geen winst."),
        Arg("kosten", "costs", "Kosten die er eenmalig af gaan, zoals de werving.", "euro"),
    ),
    examples=(
        Example((50, 5, 3), 750.0, "artikel 003: 50 x 5 = 250 per jaar, drie jaar"),
        Example((50, 5, 3, 0.4, 100), 200.0, "met marge en kosten"),
        Example((50, 5, 0), 0.0, "geen levensduur, geen waarde"),
    ),
    failures=(
        Failure(NUM, "de frequentie is negatief", (50, -5, 3)),
        Failure(NUM, "de levensduur is negatief", (50, 5, -3)),
        Failure(NUM, "de marge is groter dan 1: vul 30% in als 0,3", (50, 5, 3, 40)),
        Failure(NUM, "de kosten zijn negatief", (50, 5, 3, 0.4, -100)),
        Failure(VALUE, "er staat tekst waar een getal hoort", (50, "vaak", 3)),
    ),
    native=(
        Native(
            "{aankoopwaarde}*{frequentie}*{levensduur}",
            num="OR({frequentie}<0,{levensduur}<0)",
            before=3,
        ),
        Native(
            "{aankoopwaarde}*{frequentie}*{levensduur}*{marge}-{kosten}",
            num="OR({frequentie}<0,{levensduur}<0,{marge}>1,{kosten}<0)",
        ),
    ),
)

AOV = Spec(
    name="AOV",
    kernel=value.average_order_value,
    group=GROUP,
    doc="Gemiddelde orderwaarde (AOV): omzet gedeeld door het aantal orders.",
    unit="euro per order",
    sources=("D8",),
    args=(
        Arg("omzet", "revenue", "Omzet in de periode, bij voorkeur zonder btw.", "euro"),
        Arg("orders", "orders", "Aantal orders in dezelfde periode.", "orders"),
    ),
    examples=(
        Example((50000, 1000), 50.0, "artikel 001"),
        Example((-20, 4), -5.0, "meer retouren dan verkopen"),
    ),
    failures=(
        Failure(DIV0, "er zijn geen orders", (50000, 0)),
        Failure(NUM, "het aantal orders is negatief", (50000, -10)),
        Failure(VALUE, "er staat tekst waar een getal hoort", ("omzet", 10)),
    ),
    native=(Native("{omzet}/{orders}", num="{orders}<0"),),
)

AANKOOPFREQUENTIE = Spec(
    name="AANKOOPFREQUENTIE",
    kernel=value.purchase_frequency,
    group=GROUP,
    doc="Aankoopfrequentie: aantal orders gedeeld door het aantal klanten in dezelfde periode.",
    unit="orders per klant",
    sources=("D5", "D15", "D23"),
    args=(
        Arg("orders", "orders", "Aantal orders in de periode.", "orders"),
        Arg("klanten", "customers", "Aantal verschillende klanten dat in die periode kocht.", "klanten"),
    ),
    examples=(
        Example((1000, 400), 2.5),
        Example((0, 400), 0.0, "wel klanten, geen orders"),
    ),
    failures=(
        Failure(DIV0, "er zijn geen klanten", (1000, 0)),
        Failure(NUM, "een aantal is negatief", (-1, 400)),
        Failure(VALUE, "er staat tekst waar een getal hoort", (1000, "klanten")),
    ),
    native=(Native("{orders}/{klanten}", num="OR({orders}<0,{klanten}<0)"),),
)

MARGE = Spec(
    name="MARGE",
    kernel=value.margin,
    group=GROUP,
    doc="Marge als deel van de omzet: winst gedeeld door omzet, met winst = omzet min kosten.",
    unit="fractie",
    sources=("D4",),
    args=(
        Arg("omzet", "revenue", "Omzet in de periode, bij voorkeur zonder btw.", "euro"),
        Arg("kosten", "costs", "Kosten die bij die omzet horen, in dezelfde periode.", "euro"),
    ),
    examples=(
        Example((50000, 35000), 0.3, "15.000 winst op 50.000 omzet"),
        Example((1000, 1250), -0.25, "meer kosten dan omzet: verlies"),
    ),
    failures=(
        Failure(DIV0, "er is geen omzet", (0, 100)),
        Failure(NUM, "omzet of kosten zijn negatief", (-100, 50)),
        Failure(NUM, "omzet of kosten zijn negatief", (100, -50)),
        Failure(VALUE, "er staat tekst waar een getal hoort", ("omzet", 50)),
    ),
    native=(Native("({omzet}-{kosten})/{omzet}", num="OR({omzet}<0,{kosten}<0)"),),
)

MARGEMULTIPLE = Spec(
    name="MARGEMULTIPLE",
    kernel=value.margin_multiple,
    group=GROUP,
    doc="Hoeveel keer de marge per periode een klant waard is: retentie / (1 + rente - retentie x (1 + "
    "groei)). Maal de marge is dit de CLV.",
    unit="keer de marge",
    sources=("D3", "D13"),
    args=CLV.args[1:],
    examples=(
        Example((0.8, 0.12), 2.5, "Gupta & Lehmann 2003, tabel 1"),
        Example((0.9, 0.1), 4.5, "Gupta & Lehmann 2003, tabel 1"),
        Example((0.8, 0.12, None, "nu"), 3.5, "eerste marge vandaag: precies één meer"),
        Example((0, 0.12), 0.0, "zonder retentie komt er na vandaag niets meer"),
    ),
    failures=(
        Failure(NUM, "de retentie ligt buiten 0 en 1", (1.1, 0.1)),
        Failure(NUM, "de rente is -100% of lager", (0.8, -1)),
        Failure(NUM, "de groei is -100% of lager", (0.8, 0.1, -1)),
        Failure(NUM, "de som loopt op zonder grens", (1, 0)),
        Failure(VALUE, "er staat tekst waar een getal hoort", ("hoog", 0.1)),
    ),
    native=(
        Native(
            "{retentie}/(1+{rente}-{retentie}*(1+{groei}))",
            num="OR({retentie}<0,{retentie}>1,{rente}<=-1,{groei}<=-1,1+{rente}-{retentie}*(1+{groei})<=0)",
            before=3,
        ),
        Native(
            "IF({betaling}=1,1+{rente},{retentie})/(1+{rente}-{retentie}*(1+{groei}))",
            num="OR({retentie}<0,{retentie}>1,{rente}<=-1,{groei}<=-1,1+{rente}-{retentie}*(1+{groei})<=0)",
        ),
    ),
)
