"""All functions, in the order in which users meet them.

A function is found here because its `Spec` stands in a file of `declared/`; the order of files is
stated once, in `FILES`, and the order within a file is the order of definition.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from importlib import import_module

from klantwaarde_xl.errors import SpecError, UsageError
from klantwaarde_xl.functions.spec import Spec

# The files of declared/ by the twelve groups that users see; a test finds a file forgotten here.
FILES = (
    "value.value value.ratios value.cashflow",
    "effect.effects effect.keeping effect.budget effect.goals",
    "rates",
    "acquisition",
    "retention.retention retention.cohorts",
    "behaviour",
    "contract.dates contract.plans contract.characteristics contract.series contract.one_contract",
    (
        "survey.nps survey.nps_waves survey.satisfaction survey.two_waves survey.trend survey.sample "
        "survey.drivers"
    ),
    "perceived",
    "segmentation.rfm segmentation.concentration segmentation.migration",
    (
        "forecast.log forecast.forecast forecast.model_checks forecast.parameters forecast.spending "
        "forecast.one_customer forecast.next_purchase forecast.ahead "
        "forecast.season forecast.characteristics"
    ),
    "mistakes",
)


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
        return isinstance(name, str) and name.upper() in self._specs

    def __getitem__(self, name: str) -> Spec:
        try:
            return self._specs[name.upper()]
        except KeyError:
            raise UsageError(f"Er is geen functie {name}.", remedy=self._instead_of(name)) from None

    def _instead_of(self, name: str) -> str:
        known = "`klantwaarde functies` toont alle functies."
        near = difflib.get_close_matches(name.upper(), self._specs, n=3, cutoff=0.66)
        return f"Bedoelde u {' of '.join(near)}? {known}" if near else known

    def groups(self) -> dict[str, tuple[Spec, ...]]:
        """The functions by group, in order."""
        names = dict.fromkeys(spec.group for spec in self)
        return {name: tuple(spec for spec in self if spec.group == name) for name in names}


def _declared() -> Iterator[Spec]:
    """Every `Spec` of the files, where it is defined first."""
    seen: set[int] = set()
    for name in " ".join(FILES).split():
        for value in vars(import_module(f"klantwaarde_xl.functions.declared.{name}")).values():
            if isinstance(value, Spec) and id(value) not in seen:
                seen.add(id(value))
                yield value


REGISTRY = Registry(_declared())
