"""Arguments that several functions declare in the same words."""

from __future__ import annotations

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.spec import Arg, Cells, Column, Failure, Kind, choices
from klantwaarde_xl.kernels.models.buying.face import AUTO_WORD, IN_TIME, Model, OfLog
from klantwaarde_xl.kernels.models.log.summary import Unit
from klantwaarde_xl.wording.buying import SAID

RETENTION = Arg(
    "retentie",
    "retention",
    "Deel van de klanten dat per periode blijft, tussen 0 en 1 (80% is 0,8).",
    unit="fractie per periode",
)
INTEREST = Arg(
    "rente",
    "interest",
    "Rente (disconteringsvoet) per periode als fractie: 0,1 is 10%. Maak van jaarrente maandrente met "
    "(1+rente)^(1/12)-1, niet door te delen door 12.",
    unit="fractie per periode",
)
INFLATION = Arg(
    "inflatie",
    "inflation",
    "Inflatie per periode als fractie: geld van later koopt minder. Laat leeg als in de rente de "
    "inflatie al zit (nominale rente).",
    unit="fractie per periode",
)
MARGIN = Arg(
    "marge",
    "margin",
    "Marge als deel van de omzet: winst gedeeld door omzet, hoogstens 1 (30% is 0,3).",
    unit="fractie",
)
CUSTOMERS = Arg(
    "klanten", "customers", "Kolom met klantnamen of -nummers, een rij per aankoop.", "", Kind.KEYS
)
DAYS = Arg("datums", "days", "Kolom met aankoopdatums, even lang.", "datum", Kind.DATES)
UNIT = Arg(
    "eenheid",
    "unit",
    "Eenheid van tijd van recentheid, leeftijd, horizon en parameters.",
    kind=Kind.CHOICE,
    choices=choices(
        Unit,
        WEEK=("weken", "standaard"),
        DAY=("dagen", "bij aankopen per dag"),
        MONTH=("maanden", "van 30,4 dagen"),
        YEAR=("jaren", "van 365,25 dagen"),
    ),
)
ALL_MODELS = choices(Model, **{model.name: (model.word, SAID[model].help) for model in Model})
MODEL = Arg(
    "model",
    "model",
    "Kansmodel van het koopgedrag.",
    kind=Kind.CHOICE,
    choices=choices(
        OfLog,  # a log has time
        **{model.name: (model.word, SAID[model].help) for model in IN_TIME},
        AUTO=(AUTO_WORD, "wat het best voorspelde wat later kwam (standaard)"),
    ),
)
CONFIDENCE = Arg(
    "zekerheid",
    "confidence",
    "Zekerheid van het interval, tussen 0 en 1: 0,95 is 95%. Uit de onzekerheid van de schatting "
    "(deltamethode op de logaritme).",
    unit="fractie",
)
FIT_COLUMNS = (
    Column("grootheid", "label"),
    Column("waarde", "value"),
    Column("standaardfout", "error", blank=True),
    Column("laag", "lower", blank=True),
    Column("hoog", "upper", blank=True),
    Column("toelichting", "note"),
)


def transaction_failures(
    customers: tuple[Cells, ...], days: tuple[Cells, ...], amounts: tuple[Cells, ...]
) -> tuple[Failure, ...]:
    """What is wrong with any three columns of transactions, shown on these good ones."""
    value = CellError.VALUE
    calls: tuple[tuple[str, tuple[object, ...]], ...] = (
        ("de kolommen zijn niet even lang", (customers, days[:3], amounts)),
        ("een datum is geen datum", (customers, ("ooit", *days[1:]), amounts)),
        ("een bedrag is geen getal", (customers, days, ("gratis", *amounts[1:]))),
        ("een klant ontbreekt", ((None, *customers[1:]), days, amounts)),
    )
    return tuple(Failure(value, when, args) for when, args in calls)  # type: ignore[arg-type]
