"""Declarations: what a new customer costs."""

from __future__ import annotations

from dataclasses import replace

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.declared.arguments import INTEREST, MARGIN, RETENTION
from klantwaarde_xl.functions.declared.closed import cashflow as closed_cashflow
from klantwaarde_xl.functions.declared.closed import groups as closed_groups
from klantwaarde_xl.functions.spec import Arg, Column, Example, Failure, Kind, Native, Spec, choices
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
    closed=closed_cashflow.PAYBACK,
)

_TEXT = "er staat tekst waar een getal hoort"
_NEW = Arg("nieuwe_klanten", "new_customers", "Aantal klanten dat die periode nieuw is.", "klanten")

CACBETAALD = Spec(
    name="CACBETAALD",
    kernel=acquisition.paid_cac,
    group=GROUP,
    doc="Betaalde CAC: kosten gedeeld door de nieuwe klanten die via betaalde werving kwamen. Hoger en "
    "strenger dan CAC, dat ook klanten meetelt die vanzelf kwamen; gebruik dit om budget te sturen.",
    unit="euro per betaalde klant",
    sources=("D10", "D30"),
    args=(
        Arg("mediakosten", "media_costs", "Advertentiekosten in de periode.", "euro"),
        replace(_NEW, doc="Aantal klanten dat die periode nieuw is, hoe ze ook kwamen."),
        Arg("vanzelf", "organic", "Hoeveel daarvan vanzelf kwamen: mond-tot-mond, zoekmachine.", "klanten"),
        Arg(
            "overige_kosten",
            "other_costs",
            "Overige wervingskosten: salarissen, bureau, software. Leeg: alleen mediakosten; invullen is "
            "beter, want volledig belast.",
            "euro",
        ),
    ),
    examples=(
        Example((6000, 200, 80), 50.0, "6000 / 120; gemengd zou 30 zijn"),
        Example((6000, 200, 80, 3000), 75.0, "met de overige kosten erbij"),
        Example((0, 200, 80), 0.0, "klanten zonder kosten"),
    ),
    failures=(
        Failure(DIV0, "alle nieuwe klanten kwamen vanzelf", (6000, 80, 80)),
        Failure(NUM, "er kwamen er meer vanzelf dan er nieuw zijn", (6000, 80, 90)),
        Failure(NUM, "kosten of aantal zijn negatief", (-6000, 200, 80)),
        Failure(NUM, "kosten of aantal zijn negatief", (6000, 200, -80)),
        Failure(NUM, "kosten of aantal zijn negatief", (6000, 200, 80, -1)),
        Failure(VALUE, _TEXT, ("veel", 200, 80)),
    ),
    native=(
        Native(
            "({mediakosten}+{overige_kosten})/({nieuwe_klanten}-{vanzelf})",
            num="OR({mediakosten}<0,{overige_kosten}<0,{vanzelf}<0,{nieuwe_klanten}<{vanzelf})",
        ),
    ),
)

_CHANNELS = ("e-mail", "zoekmachine", "beurs", "e-mail")
_CHANNEL_HEADERS = (
    "kanaal",
    "kosten",
    "nieuwe klanten",
    "CAC",
    "deel van de kosten",
    "deel van de klanten",
    "CAC alle kanalen",
)

CACPERKANAAL = Spec(
    name="CACPERKANAAL",
    kernel=acquisition.cac_per_channel,
    group=GROUP,
    doc="CAC per wervingskanaal als tabel: kosten, nieuwe klanten, CAC en aandelen, naast de CAC van alle "
    "kanalen samen. Een kanaal zonder nieuwe klanten heeft #DEEL/0! als CAC.",
    unit="tabel",
    sources=("D10", "D16"),
    args=(
        Arg("kanalen", "channels", "Kolom met het kanaal; dezelfde naam telt op.", "", Kind.KEYS),
        Arg("kosten", "costs", "Kolom met wervingskosten, even lang.", "euro", Kind.FIGURES),
        Arg(
            "nieuwe_klanten",
            "new_customers",
            "Kolom met nieuwe klanten, even lang. Geef wie vanzelf kwam een eigen kanaal met kosten 0.",
            "klanten",
            Kind.FIGURES,
        ),
    ),
    examples=(
        Example(
            (_CHANNELS, (100.0, 600.0, 200.0, 100.0), (10.0, 20.0, 0.0, 10.0)),
            (
                _CHANNEL_HEADERS,
                ("e-mail", 200.0, 20.0, 10.0, 0.2, 0.5, 25.0),
                ("zoekmachine", 600.0, 20.0, 30.0, 0.6, 0.5, 25.0),
                ("beurs", 200.0, 0.0, DIV0, 0.2, 0.0, 25.0),
            ),
            "de beurs bracht niemand; samen 1000 / 40 = 25",
        ),
        Example(
            (("beurs",), (200.0,), (4.0,)),
            (_CHANNEL_HEADERS, ("beurs", 200.0, 4.0, 50.0, 1.0, 1.0, 50.0)),
            "een kanaal: het is zelf het geheel",
        ),
    ),
    failures=(
        Failure(NUM, "kosten of aantal zijn negatief", (("e-mail", "beurs"), (100.0, -1.0), (10.0, 5.0))),
        Failure(NUM, "kosten of aantal zijn negatief", (("e-mail", "beurs"), (100.0, 1.0), (10.0, -5.0))),
        Failure(NA, "er zijn geen rijen", ((None, None), (None, None), (None, None))),
        Failure(VALUE, "de kolommen zijn niet even lang", (_CHANNELS, (100.0, 600.0), (10.0, 20.0))),
        Failure(VALUE, "een kanaal ontbreekt", ((None, "beurs"), (100.0, 1.0), (10.0, 5.0))),
        Failure(VALUE, "een getal is geen getal", (("e-mail", "beurs"), (100.0, "veel"), (10.0, 5.0))),
    ),
    columns=tuple(
        Column(header, field, labels_of="kanalen" if field == "channel" else "")
        for header, field in zip(_CHANNEL_HEADERS, acquisition.ChannelCosts._fields, strict=True)
    ),
    closed=closed_groups.CHANNELS,
)

ACQUISITIEPERCENTAGE = Spec(
    name="ACQUISITIEPERCENTAGE",
    kernel=acquisition.acquisition_rate,
    group=GROUP,
    doc="Acquisitiepercentage: nieuwe klanten in de periode gedeeld door de klanten aan het begin, of door "
    "de bereikte prospects. Per kanaal: geef kolommen.",
    unit="fractie",
    sources=("D16",),
    args=(
        _NEW,
        Arg("basis", "base", "Klanten aan het begin van de periode, of bereikte prospects.", "mensen"),
        Arg(
            "soort",
            "reference",
            "Wat de basis telt.",
            kind=Kind.CHOICE,
            choices=choices(
                acquisition.Reference,
                CUSTOMERS=(
                    "klanten",
                    "klanten aan het begin, zoals bij retentie (standaard); mag boven 1 komen",
                ),
                PROSPECTS=("prospects", "bereikte mensen: hoogstens 1"),
            ),
        ),
    ),
    examples=(
        Example((50, 400), 0.125, "50 nieuw op 400 klanten"),
        Example((50, 2000, "prospects"), 0.025, "50 nieuw van 2000 bereikt"),
        Example((50, 40), 1.25, "meer dan verdubbeld"),
        Example((0, 400), 0.0, "niemand nieuw"),
    ),
    failures=(
        Failure(DIV0, "de basis is nul", (50, 0)),
        Failure(NUM, "een aantal is negatief", (-50, 400)),
        Failure(NUM, "er zijn meer nieuwe klanten dan bereikte prospects", (50, 40, "prospects")),
        Failure(VALUE, 'soort is niet "klanten" of "prospects"', (50, 400, "iedereen")),
        Failure(VALUE, _TEXT, ("veel", 400)),
    ),
    native=(
        Native("{nieuwe_klanten}/{basis}", num="OR({nieuwe_klanten}<0,{basis}<0)", before=2),
        Native(
            "{nieuwe_klanten}/{basis}",
            num="OR({nieuwe_klanten}<0,{basis}<0,AND({soort}=1,{basis}<>0,{nieuwe_klanten}>{basis}))",
        ),
    ),
)

CAMPAGNEROI = Spec(
    name="CAMPAGNEROI",
    kernel=acquisition.campaign_roi,
    group=GROUP,
    doc="Rendement (ROI) van een campagne: (nieuwe klanten x waarde x marge - kosten) / kosten. 0 is quitte, "
    "1 is verdubbeld, -1 is alles kwijt.",
    unit="fractie",
    sources=("D30",),
    args=(
        Arg("kosten", "costs", "Alle kosten van de campagne.", "euro"),
        replace(_NEW, doc="Aantal nieuwe klanten door de campagne."),
        Arg("waarde", "value_each", "Waarde per nieuwe klant: omzet of CLV.", "euro per klant"),
        replace(MARGIN, doc=MARGIN.doc + " Leeg is 1: dan is de waarde al marge, zoals CLV."),
    ),
    examples=(
        Example((2000, 20, 500, 0.3), 0.5, "20 x 500 x 0,3 = 3000 op 2000"),
        Example((2000, 0, 500), -1.0, "geen klanten: alles kwijt"),
    ),
    failures=(
        Failure(DIV0, "de campagne heeft geen kosten", (0, 20, 500)),
        Failure(NUM, "kosten of aantal zijn negatief", (-2000, 20, 500)),
        Failure(NUM, "kosten of aantal zijn negatief", (2000, -20, 500)),
        Failure(NUM, "de marge is groter dan 1: vul 30% in als 0,3", (2000, 20, 500, 30)),
        Failure(VALUE, _TEXT, ("veel", 20, 500)),
    ),
    native=(
        Native(
            "({nieuwe_klanten}*{waarde}*{marge}-{kosten})/{kosten}",
            num="OR({kosten}<0,{nieuwe_klanten}<0,{marge}>1)",
        ),
    ),
)

_CUSTOMERS_NEEDED = "{vaste_kosten}/({omzet}-{variabele_kosten})"

BREAKEVENKLANTEN = Spec(
    name="BREAKEVENKLANTEN",
    kernel=acquisition.break_even_customers,
    group=GROUP,
    doc="Aantal klanten waarbij de vaste kosten zijn terugverdiend: vaste kosten / (omzet - variabele kosten "
    "per klant).",
    unit="klanten",
    sources=("D14", "D30"),
    args=(
        Arg("vaste_kosten", "fixed_costs", "Vaste kosten, van een campagne of een periode.", "euro"),
        Arg("omzet", "revenue", "Omzet per klant in dezelfde tijd (of marge).", "euro per klant"),
        Arg(
            "variabele_kosten",
            "variable_costs",
            "Kosten per klant die er zonder die klant niet zijn; leeg is 0: dan is omzet al marge.",
            "euro per klant",
        ),
        Arg(
            "afronden",
            "rounding",
            "Of het antwoord hele klanten zijn.",
            kind=Kind.CHOICE,
            choices=choices(
                acquisition.Rounding,
                UP=("omhoog", "eerste hele klant waarbij het uit kan (standaard)"),
                NONE=("niet", "gebroken, om mee verder te rekenen"),
            ),
        ),
    ),
    examples=(
        Example((1000, 50, 20), 34.0, "1000 / 30 = 33,3"),
        Example((1000, 50, 20, "niet"), 33.333333333333336, "gebroken"),
        Example((597, 19.9), 30.0, "30 x 19,90 is precies genoeg"),
        Example((0, 50), 0.0, "geen kosten, niemand nodig"),
    ),
    failures=(
        Failure(NUM, "een klant levert niets op", (1000, 20, 20)),
        Failure(NUM, "de kosten zijn negatief", (-1000, 50)),
        Failure(NUM, "de kosten zijn negatief", (1000, 50, -20)),
        Failure(VALUE, 'afronden is niet "omhoog" of "niet"', (1000, 50, 20, "omlaag")),
        Failure(VALUE, _TEXT, ("veel", 50)),
    ),
    native=(
        Native(
            f"-INT(-{_CUSTOMERS_NEEDED}*(1-1E-12))",
            num="OR({vaste_kosten}<0,{variabele_kosten}<0,{omzet}<={variabele_kosten})",
            before=3,
        ),
        Native(
            f"IF({{afronden}}=1,-INT(-{_CUSTOMERS_NEEDED}*(1-1E-12)),{_CUSTOMERS_NEEDED})",
            num="OR({vaste_kosten}<0,{variabele_kosten}<0,{omzet}<={variabele_kosten})",
        ),
    ),
)
