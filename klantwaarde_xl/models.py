"""The probability models for an analyst: from a log to each customer's future, arrays in, arrays out.

Time is in one unit throughout, weeks by default; a model of buying has `fit`, `p_alive`,
`conditional_expected` and more. Where it has no best values its fit is of a limit (`fit.model` says
which, `called(fit.model)` in Dutch), whose functions `functions_of(fit)` gives. `gammagamma` is about
spending, `contract` about subscriptions.
"""

from __future__ import annotations

from klantwaarde_xl.kernels.models import contract, gammagamma
from klantwaarde_xl.kernels.models.buying import bgbb
from klantwaarde_xl.kernels.models.buying.bgnbd import BGNBD as bgnbd  # noqa: N811
from klantwaarde_xl.kernels.models.buying.face import functions_of
from klantwaarde_xl.kernels.models.buying.mbgnbd import MBGNBD as mbgnbd  # noqa: N811
from klantwaarde_xl.kernels.models.buying.paretonbd import PARETONBD as paretonbd  # noqa: N811
from klantwaarde_xl.kernels.models.log.summary import Summary, Unit, summarise
from klantwaarde_xl.refusals.titles import called

__all__ = [
    "Summary",
    "Unit",
    "bgbb",
    "bgnbd",
    "called",
    "contract",
    "functions_of",
    "gammagamma",
    "mbgnbd",
    "paretonbd",
    "summarise",
]
