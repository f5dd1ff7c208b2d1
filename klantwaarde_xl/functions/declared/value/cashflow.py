"""Declarations: value as a stream of amounts, over a horizon or from past transactions."""

from __future__ import annotations

import datetime as dt

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.declared.arguments import (
    CUSTOMERS,
    INTEREST,
    MARGIN,
    RETENTION,
    transaction_failures,
)
from klantwaarde_xl.functions.declared.closed import cashflow as closed_cashflow
from klantwaarde_xl.functions.declared.closed import customers as closed_customers
from klantwaarde_xl.functions.spec import Arg, Column, Example, Failure, Kind, Native, Spec, choices
from klantwaarde_xl.kernels import cashflow

NUM, NA, VALUE = CellError.NUM, CellError.NA, CellError.VALUE
GROUP = "Waarde"

_Q = "({retentie}*(1+{groei})/(1+{rente}))"
_OUTSIDE = "OR({horizon}<0,{horizon}<>INT({horizon}),{retentie}<0,{retentie}>1,{rente}<=-1,{groei}<=-1)"
_SUM = f"IF({_Q}=1,{{horizon}}+1,(1-{_Q}^({{horizon}}+1))/(1-{_Q}))"

_STREAM = (
    Arg(
        "marge", "margin", "Marge in euro per klant in de eerste periode (niet de omzet).", "euro per periode"
    ),
    RETENTION,
    INTEREST,
    Arg(
        "horizon",
        "horizon",
        "Aantal hele perioden vooruit na de eerste: 0 is alleen de eerste marge, 3 geeft vier marges.",
        "perioden",
    ),
    Arg("groei", "growth", "Groei van de marge per periode als fractie; leeg is 0.", "fractie per periode"),
    Arg(
        "betaling",
        "moment",
        "Moment in de periode waarop betaalt wie dan nog klant is.",
        kind=Kind.CHOICE,
        choices=choices(
            cashflow.Moment,
            BEGIN=("begin", "vooraf, de eerste marge vandaag (standaard)"),
            MIDDLE=("midden", "verspreid, gemiddeld halverwege"),
            END=("eind", "achteraf (Gupta en Lehmann)"),
        ),
    ),
)

CLVEINDIG = Spec(
    name="CLVEINDIG",
    kernel=cashflow.finite_clv,
    group=GROUP,
    doc="CLV over een eindige horizon: de som van marge x retentie^t / (1 + rente)^t voor t = 0 tot en met "
    "de horizon, met groei van de marge.",
    unit="euro",
    sources=("D3", "D13"),
    args=_STREAM,
    examples=(
        Example((100, 0.8, 0, 2), 244.0, "100 + 80 + 64"),
        Example((100, 0.8, 0.1, 0), 100.0, "horizon 0: alleen de eerste marge"),
        Example((110, 0.5, 0.1, 1, None, "eind"), 72.72727272727273, "55 / 1,1 + 27,5 / 1,21"),
        Example((100, 0.81, 0.21, 0, 0, "midden"), 81.81818181818181, "100 x 0,9 / 1,1"),
        Example((100, 0.5, 0, 2, 1), 300.0, "de marge verdubbelt terwijl de helft vertrekt"),
        Example((100, 0, 0.1, 5, 0, "begin"), 100.0, "niemand blijft: alleen de eerste marge"),
    ),
    failures=(
        Failure(NUM, "de horizon is negatief", (100, 0.8, 0.1, -1)),
        Failure(NUM, "de horizon is geen heel aantal perioden", (100, 0.8, 0.1, 2.5)),
        Failure(NUM, "de retentie ligt buiten 0 en 1", (100, 1.1, 0.1, 3)),
        Failure(NUM, "de rente is -100% of lager", (100, 0.8, -1, 3)),
        Failure(NUM, "de groei is -100% of lager", (100, 0.8, 0.1, 3, -1)),
        Failure(NUM, "betaling is geen 0, 1 of 2", (100, 0.8, 0.1, 3, 0, 3)),
        Failure(VALUE, 'betaling is niet "begin", "midden" of "eind"', (100, 0.8, 0.1, 3, 0, "ooit")),
        Failure(VALUE, "er staat tekst waar een getal hoort", ("hoog", 0.8, 0.1, 3)),
    ),
    native=(
        Native(f"{{marge}}*{_SUM}", num=_OUTSIDE, before=5),
        Native(
            # 0^0 is 1 for the kernel and an error in Excel
            f"{{marge}}*IF({{betaling}}=0,1,({{retentie}}/(1+{{rente}}))^({{betaling}}/2))*{_SUM}",
            num=_OUTSIDE,
        ),
    ),
    closed=closed_cashflow.FINITE,
)

_FLOW_HEADERS = (
    "periode",
    "overleving",
    "marge",
    "verwachte marge",
    "wervingskosten",
    "disconteringsfactor",
    "contante waarde",
    "cumulatief",
)

CLVKASSTROOM = Spec(
    name="CLVKASSTROOM",
    kernel=cashflow.cash_flow,
    group=GROUP,
    doc="De kasstroom van een klant als tabel, per periode. De laatste waarde onder cumulatief is CLVEINDIG "
    "min de wervingskosten; waar cumulatief positief wordt, is de klant terugverdiend.",
    unit="tabel",
    sources=("D3", "D13", "D14"),
    args=(
        *_STREAM,
        Arg(
            "wervingskosten", "acquisition_cost", "Kosten om de klant te werven, vandaag; leeg is 0.", "euro"
        ),
    ),
    examples=(
        Example(
            (100, 0.5, 0.25, 2, None, None, 120),
            (
                _FLOW_HEADERS,
                (0.0, 1.0, 100.0, 100.0, 120.0, 1.0, 100.0, -20.0),
                (1.0, 0.5, 100.0, 50.0, 0.0, 0.8, 40.0, 20.0),
                (2.0, 0.25, 100.0, 25.0, 0.0, 0.64, 16.0, 36.0),
            ),
            "in periode 1 terugverdiend; 156 - 120 = 36",
        ),
        Example(
            (100, 0.5, 0.25, 0, 0, "eind"),
            (_FLOW_HEADERS, (0.0, 0.5, 100.0, 50.0, 0.0, 0.8, 40.0, 40.0)),
            "één marge, aan het eind van de periode",
        ),
    ),
    failures=(
        Failure(NUM, "de horizon is geen geheel getal van 0 tot en met 1200", (100, 0.8, 0.1, -1)),
        Failure(NUM, "de horizon is geen geheel getal van 0 tot en met 1200", (100, 0.8, 0.1, 2.5)),
        Failure(NUM, "de horizon is geen geheel getal van 0 tot en met 1200", (100, 0.8, 0.1, 1201)),
        Failure(NUM, "de retentie ligt buiten 0 en 1", (100, 1.1, 0.1, 3)),
        Failure(NUM, "de rente of de groei is -100% of lager", (100, 0.8, -1, 3)),
        Failure(NUM, "de rente of de groei is -100% of lager", (100, 0.8, 0.1, 3, -1)),
        Failure(NUM, "de wervingskosten zijn negatief", (100, 0.8, 0.1, 3, 0, 0, -50)),
        Failure(VALUE, 'betaling is niet "begin", "midden" of "eind"', (100, 0.8, 0.1, 3, 0, "ooit")),
        Failure(VALUE, "er staat tekst waar een getal hoort", ("hoog", 0.8, 0.1, 3)),
    ),
    columns=tuple(
        Column(header, field) for header, field in zip(_FLOW_HEADERS, cashflow.CashFlow._fields, strict=True)
    ),
    closed=closed_cashflow.TABLE,
)

# ── from past transactions ──────────────────────────────────────────────────────────────────

_CUSTOMERS = ("Anna", "Bram", "Anna", "Anna")
_DATES = (dt.date(2023, 12, 31), dt.date(2022, 12, 31), dt.date(2022, 12, 31), dt.date(2023, 12, 31))
_AMOUNTS = (100.0, 200.0, 50.0, -20.0)
_NONE = (None, None)

_HISTORY = (
    Arg("datums", "days", "Kolom met aankoopdatums, een rij per aankoop.", "datum", Kind.DATES),
    Arg(
        "bedragen",
        "amounts",
        "Kolom met bedragen, even lang. Een negatief bedrag is een retour en verlaagt de waarde.",
        "euro",
        Kind.FIGURES,
    ),
    Arg("marge", "margin", MARGIN.doc + " Leeg is 1: de bedragen zijn dan al marge.", "fractie"),
    Arg(
        "rente",
        "interest",
        "Rente per jaar als fractie waarmee vroegere marges tot de peildatum aangroeien (jaar van 365 "
        "dagen); leeg is 0.",
        "fractie per jaar",
    ),
    Arg(
        "peildatum",
        "as_of",
        "Datum waarop u kijkt; latere aankopen tellen niet mee. Leeg is de laatste datum in de gegevens.",
        "datum",
        Kind.DATE,
    ),
)

CLVPERKLANT = Spec(
    name="CLVPERKLANT",
    kernel=cashflow.clv_per_customer,
    group=GROUP,
    doc="Historische CLV per klant uit de transacties: aankopen, omzet, marge, en die marge met rente tot de "
    "peildatum. Voor aftrek van wervingskosten.",
    unit="tabel",
    sources=("D5", "D13", "D14"),
    args=(
        CUSTOMERS,
        *_HISTORY,
    ),
    examples=(
        Example(
            (_CUSTOMERS, _DATES, _AMOUNTS, 0.5, 0.1),
            (
                ("klant", "aankopen", "omzet", "marge", "historische CLV"),
                ("Anna", 2.0, 130.0, 65.0, 67.5),
                ("Bram", 1.0, 200.0, 100.0, 110.0),
            ),
            "Anna: (100 - 20) x 0,5 + 50 x 0,5 x 1,1; een retour is geen aankoop",
        ),
        Example(
            (_CUSTOMERS, _DATES, _AMOUNTS, None, None, dt.date(2023, 1, 1)),
            (
                ("klant", "aankopen", "omzet", "marge", "historische CLV"),
                ("Anna", 1.0, 50.0, 50.0, 50.0),
                ("Bram", 1.0, 200.0, 200.0, 200.0),
            ),
            "latere aankopen tellen niet mee",
        ),
    ),
    failures=(
        Failure(NUM, "de marge is groter dan 1: vul 30% in als 0,3", (_CUSTOMERS, _DATES, _AMOUNTS, 30)),
        Failure(NUM, "de rente is -100% of lager", (_CUSTOMERS, _DATES, _AMOUNTS, 1, -1)),
        *transaction_failures(_CUSTOMERS, _DATES, _AMOUNTS),
    ),
    columns=(
        Column("klant", "customer", labels_of="klanten"),
        Column("aankopen", "purchases"),
        Column("omzet", "revenue"),
        Column("marge", "margin"),
        Column("historische CLV", "value"),
    ),
    closed=closed_customers.PAST_VALUE,
)


def _compounded(last: str) -> str:
    """The kernel's sum as a formula; columns of different lengths are #VALUE! in it too."""
    age = f"({last}-INT({{datums}}+0))"
    return f"{{marge}}*SUMPRODUCT(({age}>=0)*(1+{{rente}})^({age}/365),{{bedragen}})"


CLVTOTAAL = Spec(
    name="CLVTOTAAL",
    kernel=cashflow.total_clv,
    group=GROUP,
    doc="Historische CLV van alle klanten samen: de som van de marges tot de peildatum, zo nodig met rente. "
    "Gedeeld door het aantal klanten is dit de gemiddelde.",
    unit="euro",
    sources=("D5", "D9", "D13"),
    args=_HISTORY,
    examples=(
        Example((_DATES, _AMOUNTS), 330.0, "100 + 200 + 50 - 20"),
        Example((_DATES, _AMOUNTS, 0.5, 0.1), 177.5, "0,5 x (80 + 250 x 1,1)"),
        Example((_DATES, _AMOUNTS, 1, 0, dt.date(2023, 1, 1)), 250.0, "latere aankopen tellen niet mee"),
        Example((_NONE, _NONE), 0.0, "zonder aankopen geen waarde"),
    ),
    failures=(
        Failure(NUM, "de marge is groter dan 1: vul 30% in als 0,3", (_DATES, _AMOUNTS, 30)),
        Failure(NUM, "de rente is -100% of lager", (_DATES, _AMOUNTS, 1, -1)),
        Failure(VALUE, "de kolommen zijn niet even lang", (_DATES[:3], _AMOUNTS)),
        Failure(VALUE, "een datum is geen datum", (("ooit", *_DATES[1:]), _AMOUNTS)),
        Failure(VALUE, "een bedrag is geen getal", (_DATES, ("gratis", *_AMOUNTS[1:]))),
        Failure(NA, "een cel bevat zelf een fout; die komt er zo weer uit", (_DATES, (NA, *_AMOUNTS[1:]))),
    ),
    native=(
        Native(_compounded("INT(MAX({datums}))"), num="OR({marge}>1,{rente}<=-1)", before=4),
        Native(_compounded("INT({peildatum})"), num="OR({marge}>1,{rente}<=-1)"),
    ),
    closed=closed_cashflow.TOTAL,
)
