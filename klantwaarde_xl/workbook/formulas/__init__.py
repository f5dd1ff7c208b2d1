"""Formulas made ready for the engine: what can be known, what it stands on, what must hold."""
