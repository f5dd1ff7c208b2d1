"""Declarations: the common mistakes, found."""

from __future__ import annotations

from klantwaarde_xl.functions.spec import Spec

SPECS: tuple[Spec, ...] = ()
