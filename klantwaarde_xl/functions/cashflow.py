"""Declarations: CLV over a finite horizon and from real transactions."""

from __future__ import annotations

from klantwaarde_xl.functions.spec import Spec

SPECS: tuple[Spec, ...] = ()
