"""The table of a fit as examples write it: figures and words apart, so that each is written once."""

from __future__ import annotations

from collections.abc import Sequence

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.declared.arguments import FIT_COLUMNS
from klantwaarde_xl.functions.spec import Cell

HEADERS = tuple(column.header for column in FIT_COLUMNS)
GOOD = "geslaagd: dit is de best passende waarde"

Row = tuple[Cell, ...]


def fit_result(
    words: Sequence[tuple[str, str]],
    figures: Sequence[Row],
    quality: Row,
    counted: tuple[str, float],
    model: str,
    message: str = "",
) -> tuple[Row, ...]:
    """The table of a fit with its headers.

    words: label and explanation of each row with an interval; figures: value, standard error, lower
    and upper of each; quality: log-likelihood, AIC and BIC; counted: what n counts, and n; message:
    why it failed. A fit that failed has neither figures nor quality.
    """
    explained = ("hoe hoger hoe beter, op dezelfde klanten", "lager is beter", "lager is beter")
    names = ("log-aannemelijkheid", "AIC", "BIC")
    rows = figures or [(CellError.NUM,) * 4] * len(words)
    values = quality or (CellError.NUM,) * 3
    return (
        HEADERS,
        *((label, *row, note) for (label, note), row in zip(words, rows, strict=True)),
        *((name, one, "", "", "", note) for name, one, note in zip(names, values, explained, strict=True)),
        (*counted, "", "", "", ""),
        (model, float(not message), "", "", "", message or GOOD),
    )
