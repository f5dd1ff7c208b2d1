"""Declarations: what customers spend per purchase, by the Gamma-Gamma model."""

from __future__ import annotations

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.declared.arguments import CONFIDENCE, FIT_COLUMNS
from klantwaarde_xl.functions.declared.examples.fit_table import Row, fit_result
from klantwaarde_xl.functions.spec import Arg, Example, Failure, Kind, Native, Spec
from klantwaarde_xl.kernels.models import gammagamma
from klantwaarde_xl.reports import fits

NUM, NA, VALUE = CellError.NUM, CellError.NA, CellError.VALUE
GROUP = "Voorspellen"

PURCHASES = Arg(
    "herhaalaankopen",
    "frequency",
    "Aantal aankopen na de eerste (x): drie aankopen zijn twee herhaalaankopen.",
    "aankopen",
)
_MEAN = (6.25, 3.74, 15.44)

WEIGHTS = Arg(
    "aantal",
    "weights",
    "Kolom met hoeveel klanten elke rij is, even lang; leeg is een klant per rij.",
    "klanten",
    Kind.FIGURES,
)

_BOUGHT = (1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 4, 4, 5, 6, 8, 8)
_SPENT = (20, 18, 54, 4, 108, 27, 10, 21, 20, 51, 19, 47, 27, 22, 99, 12, 20, 20, 9, 26)
_MANY = (7, 3, 3, 5, 1, 3, 6, 8, 4, 8, 3, 1, 6, 2, 8, 5, 8, 7, 6, 1)
_COUNTED = "klanten met betaalde herhaalaankopen"
_WORDS = (
    ("p", "vorm: hoe hoger, hoe meer de aankopen van een klant op elkaar lijken"),
    ("q", "vorm: hoe hoger, hoe meer de klanten op elkaar lijken; boven 1 bestaat er een gemiddelde"),
    ("v", "schaal, in de munt van de bedragen"),
    ("gemiddelde besteding", "per aankoop, over alle klanten: p v / (q - 1)"),
)
_FOUND = (
    (3.5915314, 1.3242765, 1.743504, 7.3983757),
    (2.9844005, 0.5573308, 2.0696501, 4.3034551),
    (16.749653, 8.5282922, 6.174561, 45.436573),
    (30.314903, 3.1606438, 24.712095, 37.187997),
)
_TIE = "correlatie van herhaalaankopen en besteding; het model neemt aan dat die nul is"
_LOOSE = "Frequentie en besteding hangen nauwelijks samen (correlatie -0,03): het model past."
_TOO_FEW = (
    "Te weinig klanten met betaalde herhaalaankopen (3) om te zeggen of dit model past. Neem er minstens 10."
)


def _all_equal() -> tuple[Row, ...]:
    """The table of three customers who spend five each time."""
    unknown = "heeft op deze grens geen waarde: het model past even goed zonder"
    said = "geslaagd, op de grens: alle klanten besteden evenveel per aankoop: dat bedrag"
    headers, *_, mean, loglik, aic, bic, _, _ = fit_result(_WORDS, (), (), (_COUNTED, 3.0), "")
    return (
        headers,
        *((name, NA, "", "", "", unknown) for name in ("p", "q", "v")),
        (mean[0], 5.0, 0.0, 5.0, 5.0, mean[-1]),
        *((row[0], NA, "", "", "", row[-1]) for row in (loglik, aic, bic)),
        (_COUNTED, 3.0, "", "", "", ""),
        ("één bedrag", 1.0, "", "", "", said),
    )


BESTEDINGSMODEL = Spec(
    name="BESTEDINGSMODEL",
    kernel=fits.spending_parameters,
    group=GROUP,
    doc="Schat wat klanten per aankoop besteden (Gamma-Gamma): parameters met interval, het gemiddelde over "
    "alle klanten, en of besteding en aantal aankopen los van elkaar staan, zoals het model aanneemt.",
    unit="tabel",
    sources=("D6", "D8"),
    args=(
        Arg(
            "herhaalaankopen",
            "frequency",
            "Kolom met het aantal aankopen na de eerste; klanten met 0 tellen niet mee.",
            "aankopen",
            Kind.FIGURES,
        ),
        Arg(
            "besteding",
            "mean_spend",
            "Kolom met de gemiddelde besteding per herhaalaankoop, even lang; 0 waar er geen zijn of alles "
            "gratis was: die klant telt niet mee.",
            "euro per aankoop",
            Kind.FIGURES,
        ),
        WEIGHTS,
        CONFIDENCE,
    ),
    examples=(
        Example(
            (_BOUGHT, _SPENT, _MANY),
            (
                *fit_result(
                    _WORDS, _FOUND, (-399.13011, 804.26022, 811.92185), (_COUNTED, 95.0), "Gamma-Gamma"
                ),
                ("samenhang", -0.032172174, "", -0.23220952, 0.17047621, _TIE),
                ("samenhang past", 1.0, "", "", "", _LOOSE),
            ),
            "95 klanten in 20 rijen",
            close=1e-5,
        ),
        Example(
            ((1, 2, 3), (5, 5, 5)),
            (
                *_all_equal(),
                ("samenhang", 0.0, "", "", "", _TIE),
                ("samenhang past", 0.0, "", "", "", _TOO_FEW),
            ),
            "iedereen besteedt evenveel: dat bedrag is het antwoord, parameters zijn er niet",
        ),
    ),
    failures=(
        Failure(NUM, "een aantal herhaalaankopen is negatief of gebroken", ((1.5, 2), (20, 30))),
        Failure(NUM, "een besteding is negatief", ((1, 2), (20, -5))),
        Failure(NUM, "een aantal klanten is negatief", ((1, 2), (20, 30), (1, -1))),
        Failure(NUM, "de zekerheid ligt niet tussen 0 en 1", (_BOUGHT, _SPENT, _MANY, 95)),
        Failure(VALUE, "de kolommen zijn niet even lang", ((1, 2, 3), (20, 30))),
        Failure(VALUE, "er staat tekst tussen de getallen", ((1, 2), (20, "veel"))),
        Failure(VALUE, "een cel is leeg", ((1, 2), (20, None))),
    ),
    columns=FIT_COLUMNS,
)

VERWACHTEBESTEDING = Spec(
    name="VERWACHTEBESTEDING",
    kernel=gammagamma.expected_spend,
    group=GROUP,
    doc="Wat een klant naar verwachting per aankoop besteedt (Gamma-Gamma): tussen zijn eigen gemiddelde en "
    "dat van alle klanten, dichter bij het eigen naarmate hij vaker kocht.",
    unit="euro per aankoop",
    sources=("D6", "D8"),
    args=(
        PURCHASES,
        Arg(
            "besteding",
            "mean_spend",
            "Gemiddelde besteding van de klant per herhaalaankoop; telt niet zonder herhaalaankopen (dan 0).",
            "euro per aankoop",
        ),
        Arg("p", "p", "Parameter p uit BESTEDINGSMODEL."),
        Arg("q", "q", "Parameter q uit BESTEDINGSMODEL."),
        Arg("v", "v", "Parameter v uit BESTEDINGSMODEL.", "euro"),
    ),
    examples=(
        Example((2, 22.35, *_MEAN), 24.663713910761153, "Fader & Hardie, nota 025, klant 1 van CDNOW: 24,65"),
        Example((1, 11.77, *_MEAN), 18.916852057842046, "idem, klant 2: 18,91"),
        Example((0, 0, *_MEAN), 35.21897810218978, "idem, klant 3: 35,17, het gemiddelde van alle klanten"),
        Example((7, 73.74, *_MEAN), 71.46967089696709, "idem, klant 6: 71,46"),
        Example(
            (3, 20, 6, 0.8, 15), 25.280898876404493, "bij q onder 1 heeft alleen wie kocht een gemiddelde"
        ),
    ),
    failures=(
        Failure(NUM, "het aantal herhaalaankopen is negatief of gebroken", (1.5, 22.35, *_MEAN)),
        Failure(NUM, "de besteding is niet groter dan nul", (2, 0, *_MEAN)),
        Failure(NUM, "een parameter is niet groter dan nul", (2, 22.35, 0, 3.74, 15.44)),
        Failure(NUM, "p × x + q is hoogstens 1: er bestaat geen gemiddelde", (0, 0, 6.25, 0.8, 15.44)),
        Failure(VALUE, "er staat tekst waar een getal hoort", ("veel", 22.35, *_MEAN)),
        Failure(VALUE, "een verplicht getal ontbreekt", (2, None, *_MEAN)),
    ),
    native=(
        Native(
            "{p}*({v}+{herhaalaankopen}*{besteding})/({p}*{herhaalaankopen}+{q}-1)",
            num="OR({herhaalaankopen}<0,{herhaalaankopen}<>INT({herhaalaankopen}),"
            "AND({herhaalaankopen}>0,{besteding}<=0),{p}<=0,{q}<=0,{v}<=0,{p}*{herhaalaankopen}+{q}<=1)",
        ),
    ),
)
