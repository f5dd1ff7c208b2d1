"""Declarations: what a change is worth: scenarios, recommendation, revenue and profit by kind."""

from __future__ import annotations

from dataclasses import replace

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.declared.arguments import MARGIN
from klantwaarde_xl.functions.declared.closed import groups as closed_groups
from klantwaarde_xl.functions.spec import Arg, Column, Example, Failure, Kind, Native, Spec
from klantwaarde_xl.kernels import effects

NUM, DIV0, NA, VALUE = CellError.NUM, CellError.DIV0, CellError.NA, CellError.VALUE
GROUP = "Effect"

_TEXT = "er staat tekst waar een getal hoort"
_CUSTOMERS = Arg("klanten", "customers", "Aantal klanten in de periode, bijvoorbeeld een jaar.", "klanten")
_REFERRALS = Arg(
    "aanbevelingen", "referrals", "Aantal mensen dat via een aanbeveling bij u komt kijken.", "mensen"
)
_CONVERSION = Arg("conversie", "conversion", "Deel van hen dat klant wordt, tussen 0 en 1.", "fractie")
_VALUE_EACH = Arg("waarde", "value_each", "Waarde van een nieuwe klant, bijvoorbeeld CLV.", "euro per klant")

AANBEVELINGSWAARDE = Spec(
    name="AANBEVELINGSWAARDE",
    kernel=effects.recommendation_value,
    group=GROUP,
    doc="Meerwaarde door aanbeveling (mond-tot-mond): aanbevelingen x conversie x waarde van een nieuwe "
    "klant.",
    unit="euro",
    sources=("D17",),
    args=(_REFERRALS, _CONVERSION, _VALUE_EACH),
    examples=(
        Example((4, 0.25, 1000), 1000.0, "vier aanbevelingen, één nieuwe klant"),
        Example((4, 0, 1000), 0.0, "niemand wordt klant"),
    ),
    failures=(
        Failure(NUM, "het aantal aanbevelingen is negatief", (-4, 0.25, 1000)),
        Failure(NUM, "de conversie ligt buiten 0 en 1", (4, 25, 1000)),
        Failure(VALUE, _TEXT, ("veel", 0.25, 1000)),
    ),
    native=(
        Native(
            "{aanbevelingen}*{conversie}*{waarde}",
            num="OR({aanbevelingen}<0,{conversie}<0,{conversie}>1)",
        ),
    ),
)

TOTALEKLANTWAARDE = Spec(
    name="TOTALEKLANTWAARDE",
    kernel=effects.value_with_recommendation,
    group=GROUP,
    doc="Klantwaarde met aanbevelingen: omzet + aanbevelingen x conversie x waarde - kosten.",
    unit="euro",
    sources=("D14", "D17"),
    args=(
        Arg("omzet", "revenue", "Omzet van de klant (of alle klanten) in de periode.", "euro"),
        Arg("kosten", "costs", "Alle kosten van die klant: werving, behoud, transacties.", "euro"),
        _REFERRALS,
        replace(_CONVERSION, doc=_CONVERSION.doc + " Leeg is 1: alleen wie klant werd is geteld."),
        _VALUE_EACH,
    ),
    examples=(
        Example((1000, 200, 4, 0.25, 500), 1300.0, "1000 + 500 - 200"),
        Example((1000, 200), 800.0, "zonder aanbevelingen: klantwaarde van artikel 001"),
    ),
    failures=(
        Failure(NUM, "de kosten zijn negatief", (1000, -200)),
        Failure(NUM, "het aantal aanbevelingen is negatief", (1000, 200, -4, 0.25, 500)),
        Failure(NUM, "de conversie ligt buiten 0 en 1", (1000, 200, 4, 25, 500)),
        Failure(VALUE, _TEXT, ("veel", 200)),
    ),
    native=(
        Native("{omzet}-{kosten}", num="{kosten}<0", before=2),
        Native(
            "{omzet}+{aanbevelingen}*{conversie}*{waarde}-{kosten}",
            num="OR({aanbevelingen}<0,{conversie}<0,{conversie}>1,{kosten}<0)",
        ),
    ),
)

WAARDESTIJGING = Spec(
    name="WAARDESTIJGING",
    kernel=effects.value_increase,
    group=GROUP,
    doc="Wat een hogere waarde per klant oplevert: klanten x (waarde straks - waarde nu), min het budget dat "
    "u ertegenover zet. Negatief: het budget wordt niet gedekt.",
    unit="euro per periode",
    sources=("D18",),
    args=(
        _CUSTOMERS,
        Arg("waarde_nu", "value_before", "Waarde per klant nu.", "euro per klant"),
        Arg("waarde_straks", "value_after", "Waarde per klant na de verbetering.", "euro per klant"),
        Arg(
            "budget", "budget", "Uitgave die de stijging moet dekken, in dezelfde periode; leeg is 0.", "euro"
        ),
    ),
    examples=(
        Example((50, 1000, 1250), 12500.0, "artikel 002: 12.500 euro per jaar meer"),
        Example((50, 1000, 1250, 12000), 500.0, "artikel 002: dekt 12 x 1.000 euro reclame"),
        Example((50, 1000, 900), -5000.0, "een daling kost geld"),
    ),
    failures=(
        Failure(NUM, "het aantal klanten is negatief", (-50, 1000, 1250)),
        Failure(NUM, "het budget is negatief", (50, 1000, 1250, -12000)),
        Failure(VALUE, _TEXT, ("veel", 1000, 1250)),
    ),
    native=(
        Native("{klanten}*({waarde_straks}-{waarde_nu})", num="{klanten}<0", before=3),
        Native("{klanten}*({waarde_straks}-{waarde_nu})-{budget}", num="OR({klanten}<0,{budget}<0)"),
    ),
)

EXTRATIENTJE = Spec(
    name="EXTRATIENTJE",
    kernel=effects.extra_service,
    group=GROUP,
    doc="Wat een extra dienst voor bestaande klanten oplevert: klanten x deelname x bedrag per maand x marge "
    "x 12 maanden.",
    unit="euro",
    sources=("D19",),
    args=(
        Arg("klanten", "customers", "Aantal bestaande klanten dat u de dienst aanbiedt.", "klanten"),
        Arg("bedrag", "amount", "Prijs van de dienst per klant per maand.", "euro per maand"),
        Arg("deelname", "take_up", "Deel van de klanten dat de dienst neemt, tussen 0 en 1.", "fractie"),
        replace(MARGIN, doc=MARGIN.doc + " Leeg is 1: dan is het bedrag al marge."),
        Arg("maanden", "months", "Aantal maanden; leeg is een jaar.", "maanden"),
    ),
    examples=(
        Example((200, 10, 0.25), 6000.0, "een tientje per maand van een kwart van 200 klanten"),
        Example((200, 10, 0.25, 0.5, 6), 1500.0, "halve marge, half jaar"),
        Example((200, 10, 0), 0.0, "niemand doet mee"),
    ),
    failures=(
        Failure(NUM, "het aantal klanten is negatief", (-200, 10, 0.25)),
        Failure(NUM, "de deelname ligt buiten 0 en 1", (200, 10, 25)),
        Failure(NUM, "de marge is groter dan 1: vul 30% in als 0,3", (200, 10, 0.25, 50)),
        Failure(NUM, "het aantal maanden is negatief", (200, 10, 0.25, 1, -6)),
        Failure(VALUE, _TEXT, ("veel", 10, 0.25)),
    ),
    native=(
        Native(
            "{klanten}*{bedrag}*{deelname}*{marge}*{maanden}",
            num="OR({klanten}<0,{deelname}<0,{deelname}>1,{marge}>1,{maanden}<0)",
        ),
    ),
)

KOSTENBESPARING = Spec(
    name="KOSTENBESPARING",
    kernel=effects.cost_saving,
    group=GROUP,
    doc="Wat lagere kosten per klant opleveren bij gelijke beleving: klanten x (kosten nu - kosten straks), "
    "min wat de besparing zelf kost.",
    unit="euro per periode",
    sources=("D20",),
    args=(
        _CUSTOMERS,
        Arg("kosten_nu", "cost_before", "Kosten per klant in de periode, nu.", "euro per klant"),
        Arg("kosten_straks", "cost_after", "Kosten per klant in de periode, straks.", "euro per klant"),
        Arg("investering", "investment", "Wat de besparing in de periode kost; leeg is 0.", "euro"),
    ),
    examples=(
        Example((50, 200, 150), 2500.0, "50 x 50"),
        Example((50, 200, 150, 3000), -500.0, "de investering is in deze periode nog niet terug"),
    ),
    failures=(
        Failure(NUM, "het aantal klanten is negatief", (-50, 200, 150)),
        Failure(NUM, "kosten of investering zijn negatief", (50, -200, 150)),
        Failure(NUM, "kosten of investering zijn negatief", (50, 200, -150)),
        Failure(NUM, "kosten of investering zijn negatief", (50, 200, 150, -3000)),
        Failure(VALUE, _TEXT, ("veel", 200, 150)),
    ),
    native=(
        Native(
            "{klanten}*({kosten_nu}-{kosten_straks})",
            num="OR({klanten}<0,{kosten_nu}<0,{kosten_straks}<0)",
            before=3,
        ),
        Native(
            "{klanten}*({kosten_nu}-{kosten_straks})-{investering}",
            num="OR({klanten}<0,{kosten_nu}<0,{kosten_straks}<0,{investering}<0)",
        ),
    ),
)

# ── tables ──────────────────────────────────────────────────────────────────────────────────

_NOTHING = (None, None)
_KINDS = ("direct", "terugkerend", "direct", "mond-tot-mond")
_SPLIT_HEADERS = ("soort", "omzet", "aandeel")

OMZETVERDELING = Spec(
    name="OMZETVERDELING",
    kernel=effects.revenue_split,
    group=GROUP,
    doc="Verdeling van de omzet over soorten, zoals direct, terugkerend en mond-tot-mond: omzet en aandeel "
    "per soort. Werkt op drie regels en op alle transacties.",
    unit="tabel",
    sources=("D21",),
    args=(
        Arg("soorten", "kinds", "Kolom met de soort omzet, een rij per bedrag.", "", Kind.KEYS),
        Arg(
            "bedragen", "amounts", "Kolom met bedragen, even lang; een retour negatief.", "euro", Kind.FIGURES
        ),
    ),
    examples=(
        Example(
            (_KINDS, (300.0, 500.0, 100.0, 100.0)),
            (
                _SPLIT_HEADERS,
                ("direct", 400.0, 0.4),
                ("terugkerend", 500.0, 0.5),
                ("mond-tot-mond", 100.0, 0.1),
            ),
            "rijen van dezelfde soort tellen op",
        ),
        Example(
            (("direct", "terugkerend"), (0.0, 0.0)),
            (_SPLIT_HEADERS, ("direct", 0.0, DIV0), ("terugkerend", 0.0, DIV0)),
            "zonder omzet valt er niets te verdelen",
        ),
    ),
    failures=(
        Failure(NA, "er zijn geen rijen", (_NOTHING, _NOTHING)),
        Failure(VALUE, "de kolommen zijn niet even lang", (_KINDS, (300.0, 500.0))),
        Failure(VALUE, "een soort ontbreekt", ((None, "direct"), (300.0, 500.0))),
        Failure(VALUE, "een bedrag is geen getal", (("direct", "direct"), (300.0, "veel"))),
    ),
    columns=(
        Column("soort", "kind", labels_of="soorten"),
        Column("omzet", "revenue"),
        Column("aandeel", "share"),
    ),
    closed=closed_groups.SPLIT,
)

_GROUP_HEADERS = ("groep", "omzet", "kosten", "winst", "marge", "deel van de winst")
_GROUPS = ("advies", "onderhoud", "advies", "training")

WINSTPERGROEP = Spec(
    name="WINSTPERGROEP",
    kernel=effects.result_per_group,
    group=GROUP,
    doc="Winstgevendheid per dienst of segment: omzet, kosten, winst, marge en deel van de hele winst. "
    "Bij verlies in totaal bestaat het deel niet (#GETAL!).",
    unit="tabel",
    sources=("D22",),
    args=(
        Arg("groepen", "groups", "Kolom met de dienst, het product of het segment.", "", Kind.KEYS),
        Arg("omzet", "revenue", "Kolom met omzet, even lang; een retour negatief.", "euro", Kind.FIGURES),
        Arg("kosten", "costs", "Kolom met de kosten bij die omzet, even lang.", "euro", Kind.FIGURES),
    ),
    examples=(
        Example(
            (_GROUPS, (500.0, 400.0, 500.0, 0.0), (200.0, 100.0, 200.0, 50.0)),
            (
                _GROUP_HEADERS,
                ("advies", 1000.0, 400.0, 600.0, 0.6, 600 / 850),
                ("onderhoud", 400.0, 100.0, 300.0, 0.75, 300 / 850),
                ("training", 0.0, 50.0, -50.0, DIV0, -50 / 850),
            ),
            "training heeft nog geen omzet, dus geen marge",
        ),
        Example(
            (("advies",), (100.0,), (150.0,)),
            (_GROUP_HEADERS, ("advies", 100.0, 150.0, -50.0, -0.5, NUM)),
            "verlies in totaal",
        ),
    ),
    failures=(
        Failure(NA, "er zijn geen rijen", (_NOTHING, _NOTHING, _NOTHING)),
        Failure(VALUE, "de kolommen zijn niet even lang", (_GROUPS, (1.0, 2.0), (1.0, 2.0))),
        Failure(VALUE, "een groep ontbreekt", ((None, "advies"), (1.0, 2.0), (1.0, 2.0))),
        Failure(VALUE, "een bedrag is geen getal", (("advies", "advies"), (1.0, "veel"), (1.0, 2.0))),
    ),
    columns=(
        Column("groep", "group", labels_of="groepen"),
        Column("omzet", "revenue"),
        Column("kosten", "costs"),
        Column("winst", "profit"),
        Column("marge", "margin"),
        Column("deel van de winst", "share"),
    ),
    closed=closed_groups.RESULT,
)
