"""Rates of VAT in Europe, as shares of a price without it."""

from __future__ import annotations

RATES = (0.04, 0.05, 0.055, 0.06, 0.07, 0.08, 0.09, 0.1, 0.12, 0.13, 0.135, 0.17, 0.18, 0.19, 0.2, 0.21,
         0.22, 0.23, 0.24, 0.25, 0.27)  # fmt: skip

# Of the Netherlands, Belgium and Germany, without those that a fee, a tip or a discount has as well
USUAL = (0.06, 0.07, 0.09, 0.12, 0.19, 0.21)
