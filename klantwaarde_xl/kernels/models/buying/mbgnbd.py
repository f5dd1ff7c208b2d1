"""MBG/NBD: the BG/NBD in which a customer may stop after the first purchase too.

Batislam, Denizel & Filiztekin (2007), "Empirical validation and comparison of models for customer
base analysis", International Journal of Research in Marketing 24(3); Hoppe & Wagner (2007). The
purchase rate λ is gamma(r, alpha) over the customers, the chance p to stop beta(a, b).
"""

from __future__ import annotations

from klantwaarde_xl.kernels.models.buying.bgnbd import BetaChances

MBGNBD = BetaChances("MBG/NBD", 1)
