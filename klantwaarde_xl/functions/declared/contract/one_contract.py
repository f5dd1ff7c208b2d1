"""Declarations: one customer with a contract, from the parameters that CONTRACTMODEL gives."""

from __future__ import annotations

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.declared.arguments import INTEREST
from klantwaarde_xl.functions.declared.closed import contracts as closed_contracts
from klantwaarde_xl.functions.spec import Arg, Example, Failure, Native, Spec
from klantwaarde_xl.kernels.models import contract

NUM, VALUE = CellError.NUM, CellError.VALUE
GROUP = "Contracten"

ALPHA = Arg("alpha", "alpha", "Parameter alpha uit CONTRACTMODEL, boven 0.")
BETA = Arg("beta", "beta", "Parameter beta uit CONTRACTMODEL, boven 0.")
SHAPE = Arg(
    "c",
    "c",
    "Parameter c van het model BdW, boven 0. Laat weg bij sBG: dan is c 1. Een lege cel is in Calc een 0 en "
    "geeft #GETAL!.",
)
PARAMETERS = (ALPHA, BETA, SHAPE)
PAID = Arg(
    "marge",
    "margin",
    "Marge op een klant per periode die hij betaalt: opbrengst min kosten.",
    "euro per periode",
)

_TEXT = "er staat tekst waar een getal hoort"
_WHOLE = "het aantal verlengingen is geen heel getal van 0 tot een miljoen"
_PARAMETER = "alpha, beta of c is niet boven 0; een lege cel voor c is in Calc een 0: laat c dan weg"
_ENDLESS = "de levensduur is oneindig: alpha maal c is hoogstens 1"
_WHICH = "de verlenging is geen heel getal van 1 tot een miljoen"


def _log_stay(t: str) -> str:
    return closed_contracts.log_stay(f"{t}^{{c}}")


BLIJFKANS = Spec(
    name="BLIJFKANS",
    kernel=contract.stay_probability,
    group=GROUP,
    doc="Kans dat een nieuwe klant met een contract na zoveel verlengingen nog klant is (overleving): "
    "S(t) = B(alpha, beta + t^c) / B(alpha, beta).",
    unit="fractie",
    sources=("D6", "D11"),
    args=(
        Arg("verlengingen", "renewals", "Aantal verlengingen t, heel; 0 is het begin.", "perioden"),
        *PARAMETERS,
    ),
    examples=(
        Example((1, 0.704077, 1.182043), 0.6267061480711725, "Regular: beta / (alpha + beta); 63,1% bleef"),
        Example((8, 0.704077, 1.182043), 0.2200850875417184, "Regular, Fader & Hardie 2007: 22,3% bleef"),
        Example((12, 0.668088, 3.806096), 0.37799931080386806, "High End, Fader & Hardie 2007: 39,4% bleef"),
        Example((4, 0.259336, 1.722551, 1.584362), 0.5929328051240831, "High End met de BdW: 59,3% bleef"),
        Example((0, 2, 3), 1.0, "aan het begin is iedereen er"),
    ),
    failures=(
        Failure(NUM, _WHOLE, (-1, 0.7, 1.2)),
        Failure(NUM, _WHOLE, (2.5, 0.7, 1.2)),
        Failure(NUM, _PARAMETER, (3, 0, 1.2)),
        Failure(NUM, _PARAMETER, (3, 0.7, 1.2, 0)),
        Failure(VALUE, _TEXT, ("drie", 0.7, 1.2)),
    ),
    native=(
        Native(
            f"EXP({_log_stay('{verlengingen}')})",
            num=f"OR({closed_contracts.WRONG},{closed_contracts.whole('verlengingen', 0)})",
        ),
    ),
    closed=closed_contracts.STAY,
)

CONTRACTRETENTIE = Spec(
    name="CONTRACTRETENTIE",
    kernel=contract.renewal_probability,
    group=GROUP,
    doc="Retentie bij de zoveelste verlenging: deel van de klanten die er dan nog zijn dat verlengt, "
    "S(t) / S(t-1). Stijgt bij sBG met de tijd, omdat wie makkelijk vertrekt al weg is.",
    unit="fractie per periode",
    sources=("D6", "D11"),
    args=(
        Arg("verlenging", "renewal", "De hoeveelste verlenging t, heel; 1 is de eerste.", "perioden"),
        *PARAMETERS,
    ),
    examples=(
        Example((1, 0.764, 1.296), 0.629126213592233, "beta / (alpha + beta)"),
        Example((5, 0.764, 1.296), 0.8739273927392739, "(beta + 4) / (alpha + beta + 4)"),
        Example((5, 0.259336, 1.722551, 1.584362), 0.9218757160922274, "met de BdW"),
    ),
    failures=(
        Failure(NUM, _WHICH, (0, 0.7, 1.2)),
        Failure(NUM, _WHICH, (1.5, 0.7, 1.2)),
        Failure(NUM, _PARAMETER, (3, 0.7, -1)),
        Failure(NUM, _PARAMETER, (3, 0.7, 1.2, 0)),
        Failure(VALUE, _TEXT, (1, "laag", 1.2)),
    ),
    native=(
        Native(
            "({beta}+{verlenging}-1)/({alpha}+{beta}+{verlenging}-1)",
            num=f"OR({{alpha}}<=0,{{beta}}<=0,{closed_contracts.whole('verlenging', 1)})",
            before=3,
        ),
        Native(
            f"EXP({_log_stay('{verlenging}')}-({_log_stay('({verlenging}-1)')}))",
            num=f"OR({closed_contracts.WRONG},{closed_contracts.whole('verlenging', 1)})",
        ),
    ),
    closed=closed_contracts.RENEW,
)

CONTRACTLEVENSDUUR = Spec(
    name="CONTRACTLEVENSDUUR",
    kernel=contract.mean_lifetime,
    group=GROUP,
    doc="Verwachte levensduur van een nieuwe klant met een contract in perioden, de eerste meegeteld; bij "
    "sBG (alpha + beta - 1) / (alpha - 1). Bij alpha maal c tot en met 1 is hij oneindig.",
    unit="perioden",
    sources=("D3", "D6"),
    args=PARAMETERS,
    examples=(
        Example((2, 3), 4.0, "(2 + 3 - 1) / (2 - 1)"),
        Example((1.5, 1), 3.0, "1,5 / 0,5"),
        Example((3, 5, 0.8), 5.365855210280847, "som van S(t)"),
    ),
    failures=(
        Failure(NUM, _ENDLESS, (0.764, 1.296)),
        Failure(NUM, _ENDLESS, (2, 3, 0.5)),
        Failure(NUM, _PARAMETER, (2, 0)),
        Failure(NUM, _PARAMETER, (2, 3, 0)),
        Failure(VALUE, _TEXT, ("twee", 3)),
    ),
    native=(Native("({alpha}+{beta}-1)/({alpha}-1)", num="OR({alpha}<=1,{beta}<=0)", before=2),),
    closed=closed_contracts.LIFETIME,
)

CONTRACTWAARDE = Spec(
    name="CONTRACTWAARDE",
    kernel=contract.contract_value,
    group=GROUP,
    doc="Waarde van een nieuwe klant met een contract: marge maal de contante verwachte levensduur (DEL). "
    "Hij betaalt meteen en bij elke verlenging. Met marge 1 is het de DEL zelf, in perioden.",
    unit="euro",
    sources=("D6", "D13"),
    args=(PAID, INTEREST, *PARAMETERS),
    examples=(
        Example((100, 0.1, 0.764, 1.296), 362.01921995731794, "DEL 3,62"),
        Example((100, 0, 2, 3), 400.0, "zonder rente: 4 perioden"),
        Example((1, 0.1, 0.259336, 1.722551, 1.584362), 5.994285736661413, "DEL bij High End met de BdW"),
        Example((100, 0.1, 0.000001, 1000000), 1099.999999989, "niemand vertrekt: bijna 100 × 1,1 / 0,1"),
    ),
    failures=(
        Failure(NUM, "de rente is negatief", (100, -0.1, 0.764, 1.296)),
        Failure(NUM, f"de rente is 0 en {_ENDLESS}", (100, 0, 0.764, 1.296)),
        Failure(NUM, _PARAMETER, (100, 0.1, 0, 1.296)),
        Failure(NUM, _PARAMETER, (100, 0.1, 0.764, 1.296, 0)),
        Failure(VALUE, _TEXT, ("veel", 0.1, 0.764, 1.296)),
    ),
    closed=closed_contracts.VALUE,
)

CONTRACTRESTWAARDE = Spec(
    name="CONTRACTRESTWAARDE",
    kernel=contract.residual_value,
    group=GROUP,
    doc="Wat een klant met een contract vlak voor zijn volgende verlenging nog waard is: marge maal de "
    "contante verwachte resterende levensduur (DERL). Bij sBG is wie vaker verlengde meer waard.",
    unit="euro",
    sources=("D6", "D13"),
    args=(
        PAID,
        INTEREST,
        Arg(
            "verlengingen",
            "renewals",
            "Hoe vaak hij al verlengde, heel; 0 voor wie zijn eerste periode betaalde.",
            "perioden",
        ),
        *PARAMETERS,
    ),
    examples=(
        Example(
            (10, 0.1, 7, 0.668088, 3.806096),
            75.29629579475917,
            "High End na 7 jaar; jdmaturen, shifted_beta_geometric: 75,30",
        ),
        Example(
            (100, 0.1, 0, 0.764, 1.296),
            288.22114195304977,
            "(362,02 - 100) × 1,1: DEL zonder de eerste betaling",
        ),
        Example((100, 0.1, 4, 0.764, 1.296), 568.2489217815735, "na vier verlengingen twee keer zoveel"),
        Example((100, 0, 0, 2, 3), 300.0, "zonder rente: 4 perioden min de eerste"),
    ),
    failures=(
        Failure(NUM, _WHOLE, (100, 0.1, -1, 0.764, 1.296)),
        Failure(NUM, _WHOLE, (100, 0.1, 0.5, 0.764, 1.296)),
        Failure(NUM, "de rente is negatief", (100, -0.1, 1, 0.764, 1.296)),
        Failure(NUM, f"de rente is 0 en {_ENDLESS}", (100, 0, 1, 0.764, 1.296)),
        Failure(NUM, _PARAMETER, (100, 0.1, 1, 0.764, 1.296, 0)),
        Failure(VALUE, _TEXT, (100, "hoog", 1, 0.764, 1.296)),
    ),
    closed=closed_contracts.REST,
)
