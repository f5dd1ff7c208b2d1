"""How busy days or weeks are: an index of the user's own, by which a forecast may follow the season."""

from __future__ import annotations

from klantwaarde_xl.data.declared_tables.headers import words
from klantwaarde_xl.data.reading import doubts
from klantwaarde_xl.data.tables import Column, Kind, Table

DRUKTE = Table(
    "drukte",
    "tblDrukte",
    "Drukte",
    "Drukte per dag, week of maand",
    (
        Column(
            "datum",
            Kind.DATE,
            words(
                "vanaf dag dagvan weekvan week maand periode start startdatum date day from weekstart since"
            ),
            "De dag vanaf welke de index geldt, tot de volgende rij.",
        ),
        Column(
            "index",
            Kind.NUMBER,
            words(
                "drukte seizoensindex seizoen factor waarde weging hoogseizoen actie bezoekers temperatuur "
                "busy season seasonindex highseason holiday promotion value weight traffic"
            ),
            "Hoe druk het is: een getal, of 1 voor druk en 0 voor niet druk. Ook voor dagen die nog komen.",
        ),
    ),
    doubts=(doubts.repeats,),
)
