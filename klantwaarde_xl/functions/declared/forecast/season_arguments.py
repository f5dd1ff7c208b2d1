"""Arguments of functions that may follow a season."""

from __future__ import annotations

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.spec import Arg, Cells, Failure, Kind, choices
from klantwaarde_xl.kernels.models.season.wanted import Wanted
from klantwaarde_xl.wording.seasons import WANTED

SEASON = Arg(
    "seizoen",
    "season",
    "Seizoen, als het zich bewijst (SEIZOENSTOETS). Leeg: auto bij model auto, anders geen.",
    kind=Kind.CHOICE,
    choices=choices(
        Wanted,
        NONE=(WANTED[Wanted.NONE], "zonder"),
        MONTHS=(WANTED[Wanted.MONTHS], "twaalf"),
        SHOPS=(WANTED[Wanted.SHOPS], "Pasen, zomer, Kerst …"),
        AUTO=(WANTED[Wanted.AUTO], "wat best voorspelde"),
    ),
)
INDEX = Arg(
    "index",
    "index",
    "Een eigen index van de drukte, die voor het seizoen gaat: twee kolommen, een datum en een getal dat "
    "geldt tot de volgende datum; na de laatste geldt dat van 52 weken eerder. Ook die moet zich bewijzen.",
    kind=Kind.MATRIX,
    dated=True,
)


def season_failures(*before: Cells) -> tuple[Failure, ...]:
    """What is wrong with these arguments, after all that stand before them."""
    return (
        Failure(CellError.NUM, "het seizoen bestaat niet", (*before, 9)),
        Failure(CellError.NUM, "de index heeft geen twee kolommen", (*before, None, ((1, 2, 3),))),
    )
