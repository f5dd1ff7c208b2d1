"""Arguments that several functions declare in the same words."""

from __future__ import annotations

from klantwaarde_xl.functions.spec import Arg

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
