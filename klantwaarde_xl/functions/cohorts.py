"""Declarations: customers by the period of their first purchase."""

from __future__ import annotations

from klantwaarde_xl.functions.spec import Spec

SPECS: tuple[Spec, ...] = ()
