"""Declarations: how customers buy: repeat rate, time between purchases, drop-out."""

from __future__ import annotations

from klantwaarde_xl.functions.spec import Spec

SPECS: tuple[Spec, ...] = ()
