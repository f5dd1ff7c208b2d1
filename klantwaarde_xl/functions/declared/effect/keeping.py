"""Declarations: what keeping customers is worth, a loyalty programme, and why customers left."""

from __future__ import annotations

from dataclasses import replace

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.declared.arguments import INTEREST, RETENTION
from klantwaarde_xl.functions.spec import Arg, Column, Example, Failure, Kind, Native, Spec
from klantwaarde_xl.kernels import keeping

NUM, DIV0, NA, VALUE = CellError.NUM, CellError.DIV0, CellError.NA, CellError.VALUE
GROUP = "Effect"

_TEXT = "er staat tekst waar een getal hoort"
_ENDLESS = "de som loopt op zonder grens: 1 + rente moet groter zijn dan de retentie"
_CUSTOMERS = Arg("klanten", "customers", "Aantal klanten in het programma.", "klanten")
_MARGIN = Arg(
    "marge", "margin", "Marge in euro per klant per periode (dus niet de omzet).", "euro per periode"
)
_NOW = replace(
    RETENTION,
    name="retentie_nu",
    parameter="retention_before",
    doc="Deel van de klanten dat nu per periode blijft, tussen 0 en 1 (60% is 0,6).",
)
_THEN = replace(
    RETENTION,
    name="retentie_straks",
    parameter="retention_after",
    doc="Deel dat straks per periode blijft, tussen 0 en 1 (65% is 0,65).",
)
_UPLIFT = Arg(
    "stijging",
    "uplift",
    "Hoeveel de marge per klant stijgt door het programma, als fractie: 0,05 is 5%. Leeg is 0.",
    "fractie",
)
_COST = Arg(
    "kosten",
    "cost_each",
    "Wat het programma per klant per periode kost, zoals punten en korting. Leeg is 0.",
    "euro per periode",
)
_FIXED = Arg("vaste_kosten", "fixed_costs", "Wat het programma eenmalig kost. Leeg is 0.", "euro")

MAXBEHOUD = Spec(
    name="MAXBEHOUD",
    kernel=keeping.highest_retention_spend,
    group=GROUP,
    doc="Wat u per klant eenmalig hoogstens kunt uitgeven om hem te behouden: de stijging van zijn CLV door "
    "een hogere retentie.",
    unit="euro per klant",
    sources=("D38",),
    args=(_MARGIN, _NOW, _THEN, INTEREST),
    examples=(
        Example(
            (100, 0.6, 0.65, 0),
            100 * (0.65 / 0.35 - 0.6 / 0.4),
            "van 60% naar 65% bij 100 euro marge per jaar",
        ),
        Example(
            (100, 0.6, 0.65, 0.1), 100 * (0.65 / 0.45 - 0.6 / 0.5), "met 10% rente is later geld minder waard"
        ),
        Example((100, 0.6, 0.6, 0.1), 0.0, "wie even lang blijft, is niets meer waard"),
    ),
    failures=(
        Failure(NUM, "een retentie ligt buiten 0 en 1", (100, 0.6, 65, 0.1)),
        Failure(NUM, "de rente is -100% of lager", (100, 0.6, 0.65, -1)),
        Failure(NUM, _ENDLESS, (100, 0.6, 1, 0)),
        Failure(VALUE, _TEXT, ("veel", 0.6, 0.65, 0.1)),
    ),
    native=(
        Native(
            "{marge}*({retentie_straks}/(1+{rente}-{retentie_straks})-{retentie_nu}/(1+{rente}-{retentie_nu}))",
            num="OR({retentie_nu}<0,{retentie_nu}>1,{retentie_straks}<0,{retentie_straks}>1,{rente}<=-1,"
            "1+{rente}-MAX({retentie_nu},{retentie_straks})<=0)",
        ),
    ),
)

_WRONG = "{klanten}<0,{stijging}<-1,{kosten}<0,{vaste_kosten}<0,{retentie_nu}<0,{retentie_nu}>1,{rente}<=-1"
_BEFORE = "{marge}*{retentie_nu}/(1+{rente}-{retentie_nu})"
_EACH = "({marge}*(1+{stijging})-{kosten})"
_OUTSIDE = (
    Failure(NUM, "het aantal klanten is negatief", (-200, 100, 0.6, 0.65, 0.1)),
    Failure(NUM, "een retentie ligt buiten 0 en 1", (200, 100, 0.6, 65, 0.1)),
    Failure(NUM, "de rente is -100% of lager", (200, 100, 0.6, 0.65, -1)),
    Failure(NUM, "de stijging is lager dan -100%", (200, 100, 0.6, 0.65, 0.1, -2)),
    Failure(NUM, "de kosten zijn negatief", (200, 100, 0.6, 0.65, 0.1, 0, -1)),
    Failure(NUM, "de vaste kosten zijn negatief", (200, 100, 0.6, 0.65, 0.1, 0, 0, -1)),
    Failure(NUM, _ENDLESS, (200, 100, 0.6, 1, 0)),
    Failure(VALUE, _TEXT, ("veel", 100, 0.6, 0.65, 0.1)),
)

LOYALITEITSWAARDE = Spec(
    name="LOYALITEITSWAARDE",
    kernel=keeping.loyalty_value,
    group=GROUP,
    doc="Wat een loyaliteitsprogramma oplevert: klanten x (CLV met hogere retentie en marge, na de kosten "
    "per klant - CLV nu), min de vaste kosten. Negatief: het kost meer dan het brengt.",
    unit="euro",
    sources=("D41",),
    args=(_CUSTOMERS, _MARGIN, _NOW, _THEN, INTEREST, _UPLIFT, _COST, _FIXED),
    examples=(
        Example(
            (200, 100, 0.6, 0.65, 0.1), 200 * 100 * (0.65 / 0.45 - 0.6 / 0.5), "alleen de retentie stijgt"
        ),
        Example(
            (200, 100, 0.6, 0.65, 0.1, 0.05, 8, 1000),
            200 * ((105 - 8) * 0.65 / 0.45 - 100 * 0.6 / 0.5) - 1000,
            "5% meer marge, 8 euro per klant per jaar, 1.000 euro om te beginnen",
        ),
        Example((200, 100, 0.6, 0.6, 0.1, 0, 5), -1200.0, "blijft niemand langer, dan kost het alleen"),
    ),
    failures=_OUTSIDE,
    native=(
        Native(
            f"{{klanten}}*({_EACH}*{{retentie_straks}}/(1+{{rente}}-{{retentie_straks}})-{_BEFORE})-{{vaste_kosten}}",
            num=f"OR({_WRONG},{{retentie_straks}}<0,{{retentie_straks}}>1,"
            "1+{rente}-MAX({retentie_nu},{retentie_straks})<=0)",
        ),
    ),
)

_NEEDED = f"({_BEFORE}+{{vaste_kosten}}/{{klanten}})"

LOYALITEITSGRENS = Spec(
    name="LOYALITEITSGRENS",
    kernel=keeping.loyalty_break_even,
    group=GROUP,
    doc="De retentie waarbij een loyaliteitsprogramma zichzelf precies terugverdient; daarboven levert het "
    "op. LOYALITEITSWAARDE is dan nul.",
    unit="fractie per periode",
    sources=("D41",),
    args=(_CUSTOMERS, _MARGIN, _NOW, INTEREST, _UPLIFT, _COST, _FIXED),
    examples=(
        Example((200, 100, 0.6, 0.1), 0.6, "een programma dat niets kost, hoeft niets te veranderen"),
        Example(
            (200, 100, 0.6, 0.1, 0.05, 8, 1000),
            125 * 1.1 / (97 + 125),
            "8 euro per klant per jaar, 1.000 euro vast",
        ),
    ),
    failures=(
        *(
            Failure(one.error, one.when, (*one.args[:3], *one.args[4:]))
            for one in _OUTSIDE
            if one.args[3] == 0.65
        ),
        Failure(NUM, "de retentie ligt buiten 0 en 1", (200, 100, 60, 0.1)),
        Failure(NUM, _ENDLESS, (200, 100, 1, 0)),
        Failure(DIV0, "er zijn geen klanten om het van terug te verdienen", (0, 100, 0.6, 0.1)),
        Failure(
            NA,
            "geen retentie is hoog genoeg: het programma verdient zich nooit terug",
            (200, 100, 0.6, 0.1, 0, 90),
        ),
        Failure(NA, "het programma kost meer dan de marge van een klant", (200, 100, 0.6, 0.1, 0, 120)),
    ),
    native=(
        Native(
            f"{_NEEDED}*(1+{{rente}})/({_EACH}+{_NEEDED})",
            num=f"OR({_WRONG},1+{{rente}}-{{retentie_nu}}<=0)",
            na=f"IF({{klanten}}=0,FALSE,OR({_EACH}<=0,{_NEEDED}*(1+{{rente}})>{_EACH}+{_NEEDED},{_NEEDED}<0))",
        ),
    ),
)

# ── why customers left ──────────────────────────────────────────────────────────────────────

_REASONS = ("prijs", "service", "prijs", "verhuisd")
_HEADERS = ("reden", "klanten", "deel van de klanten", "waarde", "deel van de waarde", "opgeteld")

VERTREKREDENEN = Spec(
    name="VERTREKREDENEN",
    kernel=keeping.leaving_reasons,
    group=GROUP,
    doc="Waarom klanten vertrokken: per reden hoeveel klanten en hoeveel waarde er weg is, de duurste reden "
    "boven; opgeteld is het deel tot en met deze reden (Pareto).",
    unit="tabel",
    sources=("D39",),
    args=(
        Arg("redenen", "reasons", "Kolom met de reden, een rij per vertrokken klant.", "", Kind.KEYS),
        Arg(
            "waarden",
            "values",
            "Kolom met wat elk waard was, even lang; weet u dat niet, zet er dan enen.",
            "euro",
            Kind.FIGURES,
        ),
    ),
    examples=(
        Example(
            (_REASONS, (100.0, 500.0, 150.0, 250.0)),
            (
                _HEADERS,
                ("service", 1.0, 0.25, 500.0, 0.5, 0.5),
                ("prijs", 2.0, 0.5, 250.0, 0.25, 0.75),
                ("verhuisd", 1.0, 0.25, 250.0, 0.25, 1.0),
            ),
            "de helft van de waarde ging om de service, en niet om de prijs",
        ),
        Example(
            (_REASONS, (1.0, 1.0, 1.0, 1.0)),
            (
                _HEADERS,
                ("prijs", 2.0, 0.5, 2.0, 0.5, 0.5),
                ("service", 1.0, 0.25, 1.0, 0.25, 0.75),
                ("verhuisd", 1.0, 0.25, 1.0, 0.25, 1.0),
            ),
            "met enen geteld: dan lijkt het de prijs",
        ),
    ),
    failures=(
        Failure(NA, "er zijn geen rijen", ((None, None), (None, None))),
        Failure(VALUE, "de kolommen zijn niet even lang", (_REASONS, (1.0, 2.0))),
        Failure(VALUE, "een reden ontbreekt", ((None, "prijs"), (1.0, 2.0))),
        Failure(VALUE, "een waarde is geen getal", (("prijs", "prijs"), (1.0, "veel"))),
    ),
    columns=(
        Column("reden", "reason", labels_of="redenen"),
        Column("klanten", "customers"),
        Column("deel van de klanten", "share"),
        Column("waarde", "value"),
        Column("deel van de waarde", "value_share"),
        Column("opgeteld", "running"),
    ),
)
