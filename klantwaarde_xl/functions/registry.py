"""All functions, in the order in which users meet them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from klantwaarde_xl.errors import NotAvailable, SpecError
from klantwaarde_xl.functions.declared import acquisition, behaviour, mistakes, perceived, rates
from klantwaarde_xl.functions.declared.contract import series
from klantwaarde_xl.functions.declared.effect import effects
from klantwaarde_xl.functions.declared.forecast import (
    forecast,
    log,
    model_checks,
    one_customer,
    parameters,
    spending,
)
from klantwaarde_xl.functions.declared.retention import cohorts, retention
from klantwaarde_xl.functions.declared.segmentation import migration, rfm
from klantwaarde_xl.functions.declared.survey import nps
from klantwaarde_xl.functions.declared.value import cashflow, value
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
    series,
    nps,
    perceived,
    rfm,
    migration,
    log,
    forecast,
    model_checks,
    parameters,
    spending,
    one_customer,
    mistakes,
)

REGISTRY = Registry(spec for module in _MODULES for spec in module.SPECS)
