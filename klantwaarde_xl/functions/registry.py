"""All functions, in the order in which users meet them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from klantwaarde_xl.errors import NotAvailable, SpecError
from klantwaarde_xl.functions import (
    acquisition,
    behaviour,
    cashflow,
    cohorts,
    contract,
    effects,
    fits,
    forecast,
    history,
    migration,
    modelfit,
    onecustomer,
    perceived,
    rates,
    retention,
    segmentation,
    spending,
    survey,
    value,
    warnings,
)
from klantwaarde_xl.functions.spec import Spec


class Registry:
    """An ordered, closed collection of declarations; refuses two functions of one name."""

    def __init__(self, specs: Iterable[Spec]) -> None:
        self._specs: dict[str, Spec] = {}
        for spec in specs:
            if spec.name in self._specs:
                raise SpecError(f"{spec.name} staat twee keer in het register.")
            self._specs[spec.name] = spec

    def __iter__(self) -> Iterator[Spec]:
        return iter(self._specs.values())

    def __len__(self) -> int:
        return len(self._specs)

    def __contains__(self, name: object) -> bool:
        return name in self._specs

    def __getitem__(self, name: str) -> Spec:
        try:
            return self._specs[name.upper()]
        except KeyError:
            raise NotAvailable(
                f"Er is geen functie {name}.", remedy="`klantwaarde functies` toont alle functies."
            ) from None

    def groups(self) -> dict[str, tuple[Spec, ...]]:
        """The functions by group, in order."""
        names = dict.fromkeys(spec.group for spec in self)
        return {name: tuple(spec for spec in self if spec.group == name) for name in names}


_MODULES = (
    value,
    cashflow,
    effects,
    rates,
    acquisition,
    retention,
    behaviour,
    cohorts,
    contract,
    survey,
    perceived,
    segmentation,
    migration,
    history,
    forecast,
    modelfit,
    fits,
    spending,
    onecustomer,
    warnings,
)

REGISTRY = Registry(spec for module in _MODULES for spec in module.SPECS)
