"""Declarations: what a change is worth: scenarios, recommendation, goals."""

from __future__ import annotations

from klantwaarde_xl.functions.spec import Spec

SPECS: tuple[Spec, ...] = ()
