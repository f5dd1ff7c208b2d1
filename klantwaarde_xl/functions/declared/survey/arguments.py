"""Arguments that survey functions share: which measure, on which scale, and columns row by row."""

from __future__ import annotations

from dataclasses import replace

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.declared.survey.nps import CONFIDENCE, GROUP
from klantwaarde_xl.functions.spec import Arg, Cells, Failure, Kind, choices
from klantwaarde_xl.kernels.measures import Measure

__all__ = ["CONFIDENCE", "GROUP", "MEASURE", "SCALE", "SCORES", "WAVE_NAMES", "measure_failures"]

NUM, DIV0, VALUE = CellError.NUM, CellError.DIV0, CellError.VALUE

MEASURE = Arg(
    "maat",
    "measure",
    "Wat er van de antwoorden wordt gemaakt.",
    kind=Kind.CHOICE,
    choices=choices(
        Measure,
        NPS=("nps", "0-10, in punten, standaard"),
        CSAT=("csat", "deel met een van de twee hoogste scores"),
        CES=("ces", "gemiddeld gemak"),
        EASY=("gemak", "deel voor wie het makkelijk was"),
        MEAN=("gemiddelde", "gemiddelde score"),
    ),
)
SCALE = Arg(
    "schaal",
    "scale",
    "Hoogste antwoord van de schaal. 0 is de gewone: 10 bij nps, 5 bij csat en gemiddelde, 7 bij ces en "
    "gemak. Ook 7 of 10 bij csat; 4, 7 of 10 bij gemiddelde; 5 bij ces en gemak (dan is laag makkelijk).",
    "hoogste antwoord",
)
SCORES = Arg(
    "scores",
    "scores",
    "Kolom met antwoorden, per klant een rij; leeg is geen antwoord.",
    "score",
    Kind.TRIANGLE,
)
WAVE_NAMES = Arg(
    "metingen",
    "waves",
    "Bij welke meting elk antwoord hoort (jaar, kwartaal, naam), in de volgorde van de tijd: de eerste die u "
    "noemt is de eerste.",
    "naam of nummer",
    Kind.KEYS,
)
FIRST = replace(
    SCORES,
    name="scores_eerst",
    parameter="before",
    doc="Kolom met de eerste score van elke klant; leeg is geen antwoord.",
)
SECOND = replace(
    SCORES,
    name="scores_later",
    parameter="after",
    doc="De latere score van dezelfde klant, in dezelfde rij; leeg is geen antwoord.",
)


def measure_failures(
    *before: Cells, shown: tuple[Cells, ...], confidence: bool = True
) -> tuple[Failure, ...]:
    """What is wrong with a measure, scale or confidence; before, shown: the arguments up to the measure."""
    args = (*before, *shown)
    failures = (
        Failure(NUM, "maat is geen 0 t/m 4", (*args, 5)),
        Failure(VALUE, 'maat is geen woord als "nps" of "csat"', (*args, "rapportcijfer")),
        Failure(NUM, "de schaal past niet bij de maat", (*args, "nps", 5)),
    )
    outside = Failure(NUM, "de zekerheid ligt niet tussen 0 en 1", (*args, None, None, 95))
    return (*failures, outside) if confidence else failures
