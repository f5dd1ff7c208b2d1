"""What a model with characteristics expects: customers with the same ones have parameters of their own."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.buying import face
from klantwaarde_xl.kernels.models.covariates.estimate import Explained
from klantwaarde_xl.kernels.models.estimate.search import Params
from klantwaarde_xl.kernels.models.log.purchases import Codes


def of_each(
    explained: Explained, characteristics: Floats, ask: Callable[[face.Buying, Params, Codes], Floats]
) -> Floats:
    """Return what ask gives of each customer.

    ask: gets the functions of the model, parameters, and which customers have these.
    """
    columns = np.asarray(characteristics, dtype=np.float64)
    different, place = np.unique(columns, axis=0, return_inverse=True)
    theta = np.log([*explained.fit.params.values()])
    logs, found = explained.moves.logs(theta, different), np.empty(columns.shape[0])
    order = np.argsort(place.ravel(), kind="stable")
    ends = np.searchsorted(place.ravel()[order], np.arange(different.shape[0] + 1))
    for at in range(different.shape[0]):
        rows = order[ends[at] : ends[at + 1]]
        found[rows] = ask(face.functions_of(explained.plain), np.exp(logs[:, at]), rows)
    return found
