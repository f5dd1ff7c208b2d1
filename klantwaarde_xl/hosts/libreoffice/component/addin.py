# ruff: noqa: D102, N802 - UNO names these methods and documents them
"""The functions in Calc's cells: one method for each, made from the list that the build recorded."""

from __future__ import annotations

from typing import Any

import uno
import unohelper
from com.sun.star.lang import Locale, XLocalizable, XServiceInfo, XServiceName

from .cells import arguments
from .facts import FACTS, FUNCTIONS, INTERFACE, NAME_ERROR, SERVICE, VALUE_ERROR, Refused, error_nan
from .link import LINK, Lost

# Every function returns rows: Calc shows the one value of a 1 × 1 result in a cell, spills a larger
# one in an array formula, and (unlike for a plain `any`) accepts errors and text in either.
Rows = Any
_UNREACHABLE = ((error_nan(NAME_ERROR),),)  # what Excel shows for a function whose add-in is missing
_BROKEN = ((error_nan(VALUE_ERROR),),)


class Functions(unohelper.Base, uno.getClass(INTERFACE), XServiceInfo, XServiceName, XLocalizable):
    """The add-in that Calc calls."""

    def __init__(self, context: Any, *_: Any) -> None:
        self._locale = Locale("nl", "NL", "")

    def getServiceName(self) -> str:
        return SERVICE

    def getImplementationName(self) -> str:
        return FUNCTIONS

    def supportsService(self, name: str) -> bool:
        return name == SERVICE

    def getSupportedServiceNames(self) -> tuple[str, ...]:
        return (SERVICE,)

    def setLocale(self, locale: Any) -> None:
        self._locale = locale

    def getLocale(self) -> Any:
        return self._locale


def _method(name: str) -> Any:
    def compute(self: Functions, *given: Any) -> Rows:
        try:
            return LINK.ask("call", name, arguments(given))
        except Refused:
            return _UNREACHABLE
        except Lost:
            return _BROKEN

    return compute


for _function in FACTS["functions"]:
    setattr(Functions, _function["method"], _method(_function["name"]))
