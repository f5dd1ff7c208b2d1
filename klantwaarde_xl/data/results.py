"""What an analysis is asked for and what it gives: settings, and named tables of plain values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from klantwaarde_xl.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

Row = tuple[Any, ...]

MODELS = ("bg/nbd", "mbg/nbd", "pareto/nbd")  # in the order of `kernels.models.buying.Model`
LONGEST_HORIZON = 520  # weeks


@dataclass(frozen=True)
class Settings:
    """What the user decides about the analysis.

    inactive_months: months without an order after which a customer counts as lost (≥ 1);
    as_of: the day on which one looks back, None for the last day in the data.
    Of the forecast: horizon: weeks to look ahead, 0…520; margin: 0…1 of revenue, None values
    revenue itself; interest: 0…1 a year, None for none; model: one of `MODELS`. By default the
    MBG/NBD: in the BG/NBD who bought once is a customer for ever.
    """

    inactive_months: int = 12
    as_of: dt.date | None = None
    horizon: float = 52.0
    margin: float | None = None
    interest: float | None = None
    model: str = "mbg/nbd"

    def __post_init__(self) -> None:
        if not 1 <= self.inactive_months <= 120:
            raise UsageError(
                f"'Inactief na' staat op {self.inactive_months} maanden.",
                where="instelling kw_inactief_na",
                remedy="Vul een geheel aantal maanden in van 1 tot en met 120.",
            )
        if not 0 < self.horizon <= LONGEST_HORIZON:
            raise UsageError(
                f"De horizon staat op {self.horizon:g} weken.",
                where="instelling kw_horizon",
                remedy=f"Vul een aantal weken in van 1 tot en met {LONGEST_HORIZON}; een jaar is 52.",
            )
        if self.margin is not None and not 0 < self.margin <= 1:
            raise UsageError(
                f"De marge staat op {self.margin:g}.",
                where="instelling kw_marge",
                remedy="Vul een percentage in boven 0% en tot en met 100%, of laat de cel leeg voor omzet.",
            )
        if self.interest is not None and not 0 <= self.interest <= 1:
            raise UsageError(
                f"De rente staat op {self.interest:g}.",
                where="instelling kw_rente",
                remedy="Vul een percentage in van 0% tot en met 100%, bijvoorbeeld 8%.",
            )
        if self.model not in MODELS:
            raise UsageError(
                f"Het model {self.model!r} ken ik niet.",
                where="instelling kw_model",
                remedy=f"Kies {', '.join(MODELS[:-1])} of {MODELS[-1]}.",
            )


@dataclass(frozen=True)
class ResultTable:
    """A named table of results: headers, and rows of plain values."""

    name: str
    columns: tuple[str, ...]
    rows: list[Row]

    def column(self, name: str) -> list[Any]:
        """The values of one column."""
        at = self.columns.index(name)
        return [row[at] for row in self.rows]

    def frame(self) -> pd.DataFrame:
        """The table as a pandas DataFrame, for analysts."""
        import pandas as pd

        return pd.DataFrame(self.rows, columns=list(self.columns))
