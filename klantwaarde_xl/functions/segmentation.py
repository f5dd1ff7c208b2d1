"""Declarations: dividing customers into groups."""

from __future__ import annotations

import datetime as dt

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.spec import Arg, Cell, Column, Example, Failure, Kind, Spec
from klantwaarde_xl.kernels import rfm

NUM, NA, VALUE = CellError.NUM, CellError.NA, CellError.VALUE
GROUP = "Segmentatie"

_CUSTOMERS = ("Anna", "Bram", "Anna", "Cees", "Dora", "Ella", "Bram", "Anna")
_DATES: tuple[dt.date, ...] = tuple(
    dt.date(2024, month, day)
    for month, day in ((1, 5), (2, 9), (3, 1), (3, 20), (6, 30), (9, 12), (10, 3), (12, 31))
)
_BAD_DATES: tuple[Cell, ...] = ("ooit", *_DATES[1:])
_AMOUNTS = (50.0, 20.0, 75.0, 10.0, 120.0, 35.0, 40.0, 60.0)

RFM = Spec(
    name="RFM",
    kernel=rfm.rfm,
    group=GROUP,
    doc="RFM-tabel: per klant dagen sinds de laatste aankoop (recency), aantal aankopen (frequency), omzet "
    "(monetary), de scores 1 t/m 5 en het segment. Gelijke waarden krijgen gelijke scores.",
    unit="tabel",
    sources=("D28",),
    args=(
        Arg("klanten", "customers", "Kolom met klantnamen of -nummers, een rij per aankoop.", "", Kind.KEYS),
        Arg("datums", "days", "Kolom met aankoopdatums, even lang.", "datum", Kind.DATES),
        Arg(
            "bedragen",
            "amounts",
            "Kolom met bedragen, even lang. Een negatief bedrag is een retour: het verlaagt de omzet en is "
            "geen aankoop.",
            "euro",
            Kind.FIGURES,
        ),
        Arg(
            "peildatum",
            "as_of",
            "Datum waarop u kijkt; latere aankopen tellen niet mee. Leeg is de laatste datum in de gegevens.",
            "datum",
            Kind.DATE,
        ),
    ),
    examples=(
        Example(
            (_CUSTOMERS, _DATES, _AMOUNTS),
            (
                ("klant", "dagen geleden", "aankopen", "omzet", "R", "F", "M", "segment"),
                ("Anna", 0.0, 3.0, 185.0, 5.0, 5.0, 5.0, "Kampioenen"),
                ("Bram", 89.0, 2.0, 60.0, 4.0, 4.0, 3.0, "Trouwe klanten"),
                ("Cees", 286.0, 1.0, 10.0, 1.0, 1.0, 1.0, "Verloren"),
                ("Dora", 184.0, 1.0, 120.0, 2.0, 1.0, 4.0, "Risico op vertrek"),
                ("Ella", 110.0, 1.0, 35.0, 3.0, 1.0, 2.0, "Dreigen in te slapen"),
            ),
            "artikel 003",
        ),
    ),
    failures=(
        Failure(NUM, "er zijn minder dan vijf klanten", (("Anna", "Bram"), _DATES[:2], _AMOUNTS[:2])),
        Failure(
            NA,
            "er zijn geen aankopen tot en met de peildatum",
            (_CUSTOMERS, _DATES, _AMOUNTS, dt.date(2023, 1, 1)),
        ),
        Failure(VALUE, "de kolommen zijn niet even lang", (_CUSTOMERS, _DATES[:3], _AMOUNTS)),
        Failure(VALUE, "een datum is geen datum", (_CUSTOMERS, _BAD_DATES, _AMOUNTS)),
        Failure(VALUE, "een bedrag is geen getal", (_CUSTOMERS, _DATES, ("gratis", *_AMOUNTS[1:]))),
        Failure(VALUE, "een klant ontbreekt", ((None, *_CUSTOMERS[1:]), _DATES, _AMOUNTS)),
    ),
    columns=(
        Column("klant", "customer", labels_of="klanten"),
        Column("dagen geleden", "recency"),
        Column("aankopen", "frequency"),
        Column("omzet", "monetary"),
        Column("R", "r"),
        Column("F", "f"),
        Column("M", "m"),
        Column("segment", "segment", texts=rfm.SEGMENT_NAMES),
    ),
)

SPECS = (RFM,)
