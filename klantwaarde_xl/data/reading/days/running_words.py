"""The words of a status that say that a contract runs, and the column they stand in."""

from __future__ import annotations

STATUS = "status"

RUNNING = frozenset([
    "actief", "lopend", "loopt", "active", "live", "running", "ongoing", "current", "paid", "betaald", "ja",
    "yes", "true", "waar", "1", "j", "y", "non_renewing", "nonrenewing", "ingegaan", "geactiveerd",
    "activated", "lid", "aktiv", "in force", "getekend", "signed", "1.0",
])  # fmt: skip
