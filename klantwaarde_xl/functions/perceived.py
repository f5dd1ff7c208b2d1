"""Declarations: value as the customer perceives it."""

from __future__ import annotations

from klantwaarde_xl.functions.spec import Spec

SPECS: tuple[Spec, ...] = ()
