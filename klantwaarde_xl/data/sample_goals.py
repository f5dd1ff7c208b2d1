"""Example targets: what the invented shop wants of its key figures."""

from __future__ import annotations

# key figure, target, the side that is good; without a month, so for always
GOALS = (
    ("Netto omzet", "250000", "hoger"), ("Klanten", "2000", "hoger"), ("Orderwaarde", "60", "hoger"),
    ("Retentie per jaar", "50%", "hoger"), ("CLV", "70", "hoger"), ("CAC", "18", "lager"),
)  # fmt: skip


def goals_csv() -> str:
    """The targets as somebody keeps them in a list."""
    lines = [f"{name};{goal};{side};10%" for name, goal, side in GOALS]
    return "\n".join(["Kerncijfer;Doel;Beter;Speling", *lines]) + "\n"
