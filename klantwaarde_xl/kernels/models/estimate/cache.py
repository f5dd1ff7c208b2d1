"""What takes long is done once for the same numbers, however many cells ask for it."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import numpy as np

from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.estimate.search import Fit

Kept = TypeVar("Kept")


class Memory(Generic[Kept]):
    """The last results of computations; kept: how many, the ones used last."""

    def __init__(self, kept: int) -> None:
        self.kept = kept
        self._results: OrderedDict[tuple[str, bytes], Kept] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, name: str, columns: Sequence[Floats], compute: Callable[..., Kept]) -> Kept:
        """Return compute(*columns), or what it returned the last time for these numbers.

        name: what is computed, with which settings; columns: the numbers it is computed from.
        """
        key = name, _digest(columns)
        with self._lock:
            if key in self._results:
                self._results.move_to_end(key)
                return self._results[key]
        found = compute(*columns)
        with self._lock:
            self._results[key] = found
            if len(self._results) > self.kept:
                self._results.popitem(last=False)
        return found

    def __len__(self) -> int:
        return len(self._results)

    def forget(self) -> None:
        """Forget everything."""
        with self._lock:
            self._results.clear()


def _digest(columns: Sequence[Floats]) -> bytes:
    digest = hashlib.blake2b(digest_size=16)
    for column in columns:
        digest.update(repr(np.shape(column)).encode())  # one number and a list of one are different answers
        block = np.ascontiguousarray(column, dtype=np.float64)
        digest.update(block.data)
    return digest.digest()


remembered: Memory[Fit] = Memory(64)  # fits
