"""THE declaration of every spreadsheet function, and the one adapter between cells and kernels.

`registry.REGISTRY` holds all declarations; `adapter.call.call` computes one from cells, for any
host. The package itself reads as that collection, however it was imported, so that an analyst
writes `functions["CLV"](100, 0.8, 0.12)`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from klantwaarde_xl.functions.registry import Registry
    from klantwaarde_xl.functions.spec import Spec


class _Functions(ModuleType):
    """A module that is indexed by the name of a function; the registry is loaded when asked."""

    def __getitem__(self, name: str) -> Spec:
        return _registry()[name]

    def __contains__(self, name: object) -> bool:
        return name in _registry()

    def __iter__(self) -> Iterator[Spec]:
        return iter(_registry())

    def __len__(self) -> int:
        return len(_registry())

    def groups(self) -> dict[str, tuple[Spec, ...]]:
        """The functions by group, in order."""
        return _registry().groups()


def _registry() -> Registry:
    from klantwaarde_xl.functions.registry import REGISTRY

    return REGISTRY


sys.modules[__name__].__class__ = _Functions
