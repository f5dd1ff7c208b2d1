"""Declarations: who stays and who leaves."""

from __future__ import annotations

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.declared.closed import groups as closed_groups
from klantwaarde_xl.functions.spec import Arg, Column, Example, Failure, Kind, Native, Spec, choices
from klantwaarde_xl.kernels import retention
from klantwaarde_xl.wording import codes

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

_LOST_AND_NEW = "OR({begin}<0,{verloren}<0,{nieuw}<0,"

VERLOOP = Spec(
    name="VERLOOP",
    kernel=retention.churn_rate,
    group=GROUP,
    doc="Verloop (churn): verloren klanten gedeeld door de klanten aan het begin; 1 min de retentie.",
    unit="fractie per periode",
    sources=("D11", "D35"),
    args=(
        BEGIN,
        Arg(
            "verloren",
            "lost",
            "Aantal klanten dat in de periode vertrok. Met noemer begin: alleen klanten van het begin.",
            "klanten",
        ),
        Arg("nieuw", "new", "Nieuwe klanten in de periode; telt alleen bij een andere noemer.", "klanten"),
        Arg(
            "noemer",
            "denominator",
            "Waardoor u deelt.",
            kind=Kind.CHOICE,
            choices=choices(
                retention.Denominator,
                BEGIN=("begin", "het begin (standaard: 1 min retentie)"),
                AVERAGE=("gemiddelde", "van begin en eind, bij snelle groei; kan boven 1"),
                BEGIN_AND_NEW=("plusnieuw", "begin plus nieuw, als ook nieuwe vertrekken"),
            ),
        ),
    ),
    examples=(
        Example((200, 10), 0.05),
        Example((200, 200), 1.0, "iedereen is weg"),
        Example((200, 10, 50, "gemiddelde"), 10 / 220, "eind is 240, gemiddeld 220 klanten"),
        Example((200, 10, 50, "plusnieuw"), 0.04, "10 / 250"),
    ),
    failures=(
        Failure(DIV0, "er zijn geen klanten aan het begin", (0, 10)),
        Failure(NUM, "er zijn meer klanten vertrokken dan er waren", (200, 300)),
        Failure(NUM, "er zijn meer klanten vertrokken dan er waren", (200, 260, 50, "plusnieuw")),
        Failure(NUM, "een aantal is negatief", (200, -10)),
        Failure(NUM, "een aantal is negatief", (200, 10, -5, "gemiddelde")),
        Failure(NUM, "noemer is geen 0, 1 of 2", (200, 10, 50, 3)),
        Failure(VALUE, "er staat tekst waar een getal hoort", ("begin", 10)),
    ),
    native=(
        Native(
            "{verloren}/{begin}",
            num=_LOST_AND_NEW + "AND({begin}>0,{verloren}>{begin}))",
            before=3,
        ),
        Native(
            "{verloren}/IF({noemer}=0,{begin},IF({noemer}=1,{begin}+({nieuw}-{verloren})/2,{begin}+{nieuw}))",
            num=_LOST_AND_NEW + "AND({begin}+IF({noemer}=0,0,{nieuw})>0,"
            "{verloren}>{begin}+IF({noemer}=0,0,{nieuw})))",
        ),
    ),
)

LEVENSDUUR = Spec(
    name="LEVENSDUUR",
    kernel=retention.expected_lifetime,
    group=GROUP,
    doc="Verwachte levensduur van een klant bij vast verloop: 1 / verloop. Klanten verschillen, dus wie al "
    "lang klant is blijft in het echt langer.",
    unit="perioden",
    sources=("D3", "D4"),
    args=(
        Arg(
            "verloop",
            "churn",
            "Deel van de klanten dat per periode vertrekt, tussen 0 en 1; 1 min de retentie.",
            "fractie per periode",
        ),
        Arg(
            "eerste_periode",
            "first_period",
            "Of de periode waarin de klant komt meetelt.",
            kind=Kind.CHOICE,
            choices=choices(
                retention.FirstPeriod,
                INCLUDED=("mee", "1 / verloop (standaard; de klant betaalt aan het begin van elke periode)"),
                EXCLUDED=("zonder", "retentie / verloop, precies een periode minder"),
            ),
        ),
    ),
    examples=(
        Example((0.2,), 5.0, "1 / 0,2"),
        Example((0.2, "zonder"), 4.0, "0,8 / 0,2"),
        Example((1, "zonder"), 0.0, "iedereen vertrekt meteen"),
    ),
    failures=(
        Failure(DIV0, "zonder verloop komt er geen eind aan", (0,)),
        Failure(NUM, "het verloop ligt buiten 0 en 1", (1.2,)),
        Failure(NUM, "het verloop ligt buiten 0 en 1", (-0.1, "zonder")),
        Failure(VALUE, "er staat tekst waar een getal hoort", ("weinig",)),
    ),
    native=(
        Native("1/{verloop}", num="OR({verloop}<0,{verloop}>1)", before=1),
        Native("IF({eerste_periode}=1,1-{verloop},1)/{verloop}", num="OR({verloop}<0,{verloop}>1)"),
    ),
)

REVENUE_BEGIN = Arg(
    "begin",
    "begin",
    "Terugkerende omzet aan het begin, van de klanten die er toen waren.",
    "euro per periode",
)
SHRUNK = Arg("krimp", "shrunk", "Omzet die blijvende klanten minder besteden.", "euro per periode")
LOST_REVENUE = Arg("verlies", "lost", "Omzet van klanten die vertrokken.", "euro per periode")
_TOO_MUCH = "er is meer omzet verloren dan er was"
_NO_REVENUE = "er is geen omzet aan het begin"
_TEXT = "er staat tekst waar een getal hoort"
_LESS = "AND({begin}>0,{krimp}+{verlies}>{begin}*(1+1E-12))"

NRR = Spec(
    name="NRR",
    kernel=retention.net_revenue_retention,
    group=GROUP,
    doc="Netto omzetretentie (NRR): (begin + uitbreiding - krimp - verlies) / begin. Omzet van nieuwe "
    "klanten telt niet mee; boven 1 groeien de klanten harder dan er verloren gaat.",
    unit="fractie per periode",
    sources=("D11", "D21"),
    args=(
        REVENUE_BEGIN,
        Arg("uitbreiding", "grown", "Omzet die blijvende klanten meer besteden.", "euro per periode"),
        SHRUNK,
        LOST_REVENUE,
    ),
    examples=(
        Example((10000, 1500, 300, 700), 1.05, "10.500 / 10.000"),
        Example((10000, 0, 0, 10000), 0.0, "iedereen is weg"),
    ),
    failures=(
        Failure(DIV0, _NO_REVENUE, (0, 100, 0, 0)),
        Failure(NUM, _TOO_MUCH, (1000, 0, 400, 700)),
        Failure(NUM, "een bedrag is negatief", (1000, -50, 0, 0)),
        Failure(VALUE, _TEXT, (1000, "meer", 0, 0)),
    ),
    native=(
        Native(
            "({begin}+{uitbreiding}-MIN({begin},{krimp}+{verlies}))/{begin}",
            num="OR({begin}<0,{uitbreiding}<0,{krimp}<0,{verlies}<0," + _LESS + ")",
        ),
    ),
)

GRR = Spec(
    name="GRR",
    kernel=retention.gross_revenue_retention,
    group=GROUP,
    doc="Bruto omzetretentie (GRR): (begin - krimp - verlies) / begin. Uitbreiding telt niet mee, dus nooit "
    "boven 1.",
    unit="fractie per periode",
    sources=("D11", "D21"),
    args=(REVENUE_BEGIN, SHRUNK, LOST_REVENUE),
    examples=(
        Example((10000, 300, 700), 0.9, "9.000 / 10.000"),
        Example((10000, 0, 0), 1.0, "niets verloren"),
    ),
    failures=(
        Failure(DIV0, _NO_REVENUE, (0, 0, 0)),
        Failure(NUM, "de uitkomst zou boven 100% komen: krimp of verlies is negatief", (1000, -50, 0)),
        Failure(NUM, _TOO_MUCH, (1000, 400, 700)),
        Failure(VALUE, _TEXT, (1000, "iets", 0)),
    ),
    native=(
        Native(
            "({begin}-MIN({begin},{krimp}+{verlies}))/{begin}",
            num="OR({begin}<0,{krimp}<0,{verlies}<0," + _LESS + ")",
        ),
    ),
)

OMZETVERLOOP = Spec(
    name="OMZETVERLOOP",
    kernel=retention.revenue_churn,
    group=GROUP,
    doc="Omzetverloop (revenue churn): (krimp + verlies) / begin, is 1 - GRR. Met uitbreiding erbij het "
    "netto omzetverloop, 1 - NRR; dat is onder nul als de klanten harder groeien dan er verloren gaat.",
    unit="fractie per periode",
    sources=("D11", "D35"),
    args=(
        REVENUE_BEGIN,
        SHRUNK,
        LOST_REVENUE,
        Arg(
            "uitbreiding",
            "grown",
            "Omzet die blijvende klanten meer besteden. Leeg geeft het bruto verloop, dat groei niet laat "
            "verbergen wat u kwijtraakt.",
            "euro per periode",
        ),
    ),
    examples=(
        Example((10000, 300, 700), 0.1, "bruto: 1.000 / 10.000"),
        Example((10000, 300, 700, 1500), -0.05, "netto: (1.000 - 1.500) / 10.000"),
    ),
    failures=(
        Failure(DIV0, _NO_REVENUE, (0, 0, 0)),
        Failure(NUM, _TOO_MUCH, (1000, 400, 700)),
        Failure(NUM, "een bedrag is negatief", (1000, 0, -10)),
        Failure(VALUE, _TEXT, ("omzet", 0, 0)),
    ),
    native=(
        Native(
            "(MIN({begin},{krimp}+{verlies})-{uitbreiding})/{begin}",
            num="OR({begin}<0,{krimp}<0,{verlies}<0,{uitbreiding}<0," + _LESS + ")",
        ),
    ),
)

REVENUE_COLUMNS = (
    Arg(
        "omzet_begin",
        "begin",
        "Kolom met omzet per klant in de eerste periode, een rij per klant; 0 voor wie toen geen klant was.",
        "euro",
        Kind.FIGURES,
    ),
    Arg(
        "omzet_eind",
        "end",
        "Kolom met omzet van dezelfde klanten in de tweede periode, even lang; 0 voor wie vertrok.",
        "euro",
        Kind.FIGURES,
    ),
)
_BEFORE = (100.0, 200.0, 50.0, 150.0, 0.0)
_AFTER = (120.0, 150.0, 0.0, 150.0, 80.0)
_COLUMN_FAILURES = (
    Failure(NUM, "een omzet is negatief", ((100, 200), (100, -20))),
    Failure(VALUE, "de kolommen zijn niet even lang", (_BEFORE, _AFTER[:3])),
    Failure(VALUE, "een omzet is leeg of geen getal: vul 0 in voor wie vertrok", ((100, 200), (100, None))),
    Failure(VALUE, "een omzet is leeg of geen getal: vul 0 in voor wie vertrok", ((100, 200), (100, "weg"))),
)

# A formula would take a blank for zero and a shorter column for #N/A.
_SAME_ROWS = 'IF(COUNT({omzet_begin})<>COUNT({omzet_eind}),"x"+0,'
_NEGATIVE = 'COUNTIF({omzet_begin},"<0")+COUNTIF({omzet_eind},"<0")>0'

OMZETRETENTIE = Spec(
    name="OMZETRETENTIE",
    kernel=retention.revenue_retention,
    group=GROUP,
    doc="Omzetretentie uit twee kolommen met omzet per klant: netto, bruto of in klanten. Alleen klanten met "
    "omzet aan het begin tellen mee.",
    unit="fractie per periode",
    sources=("D11", "D21"),
    args=(
        *REVENUE_COLUMNS,
        Arg(
            "maat",
            "measure",
            "Wat er bewaard is.",
            kind=Kind.CHOICE,
            choices=choices(
                retention.RevenueMeasure,
                NET=("netto", "NRR, met uitbreiding (standaard)"),
                GROSS=("bruto", "GRR, per klant hoogstens de omzet van het begin"),
                CUSTOMERS=("klanten", "deel van de klanten, hoe groot ook"),
            ),
        ),
    ),
    examples=(
        Example((_BEFORE, _AFTER), 0.84, "(120 + 150 + 0 + 150) / 500"),
        Example((_BEFORE, _AFTER, "bruto"), 0.8, "(100 + 150 + 0 + 150) / 500"),
        Example((_BEFORE, _AFTER, "klanten"), 0.75, "drie van de vier klanten"),
    ),
    failures=(Failure(DIV0, "geen klant had omzet aan het begin", ((0, 0), (10, 20))), *_COLUMN_FAILURES),
    native=(
        Native(
            _SAME_ROWS + "SUMPRODUCT(({omzet_begin}>0)*{omzet_eind})/SUM({omzet_begin}))",
            num=_NEGATIVE,
            before=2,
        ),
        Native(
            _SAME_ROWS
            + "IF({maat}=0,SUMPRODUCT(({omzet_begin}>0)*{omzet_eind})/SUM({omzet_begin}),IF({maat}=1,"
            "SUMPRODUCT(({omzet_eind}<{omzet_begin})*{omzet_eind}"
            "+({omzet_eind}>={omzet_begin})*{omzet_begin})/SUM({omzet_begin}),"
            'SUMPRODUCT(({omzet_begin}>0)*({omzet_eind}>0))/COUNTIF({omzet_begin},">0"))))',
            num=_NEGATIVE,
        ),
    ),
)

OMZETBRUG = Spec(
    name="OMZETBRUG",
    kernel=retention.revenue_bridge,
    group=GROUP,
    doc="Van de omzet van het begin naar die van het eind: begin + uitbreiding - krimp - verlies + nieuw = "
    "eind, elk met het aantal klanten. Levert de getallen voor NRR en GRR.",
    unit="tabel",
    sources=("D21", "D22"),
    args=REVENUE_COLUMNS,
    examples=(
        Example(
            (_BEFORE, _AFTER),
            (
                ("post", "klanten", "omzet"),
                ("begin", 4.0, 500.0),
                ("uitbreiding", 1.0, 20.0),
                ("krimp", 1.0, 50.0),
                ("verlies", 1.0, 50.0),
                ("nieuw", 1.0, 80.0),
                ("eind", 4.0, 500.0),
            ),
            "500 + 20 - 50 - 50 + 80 = 500",
        ),
        Example(
            ((0,), (30,)),
            (
                ("post", "klanten", "omzet"),
                ("begin", 0.0, 0.0),
                ("uitbreiding", 0.0, 0.0),
                ("krimp", 0.0, 0.0),
                ("verlies", 0.0, 0.0),
                ("nieuw", 1.0, 30.0),
                ("eind", 1.0, 30.0),
            ),
            "alleen een nieuwe klant",
        ),
    ),
    failures=_COLUMN_FAILURES,
    columns=(
        Column("post", "step", texts=codes.BRIDGE_STEPS),
        Column("klanten", "customers"),
        Column("omzet", "revenue"),
    ),
    closed=closed_groups.BRIDGE,
)
