"""Example addresses of the invented webshop's customers, and whether they consented to mail."""

from __future__ import annotations

import numpy as np

from klantwaarde_xl.data.sample import Order

SEED = 20260104
_CONSENTS, _KNOWN = 0.86, 0.97  # of the customers


def sample_addresses(orders: list[Order], seed: int = SEED) -> list[tuple[str, str, str]]:
    """Customer, e-mail address and consent of nearly everybody with an order; the same ones every time."""
    rng = np.random.default_rng(seed)
    names = sorted({one.customer for one in orders})
    known, yes = rng.random(len(names)) < _KNOWN, rng.random(len(names)) < _CONSENTS
    return [
        (name, f"{name.lower()}@voorbeeld.nl", "ja" if consents else "nee")
        for name, there, consents in zip(names, known, yes, strict=True)
        if there
    ]


def addresses_csv(addresses: list[tuple[str, str, str]]) -> str:
    """The addresses as a program for mailing exports them."""
    return "\n".join(["Klantnummer;E-mailadres;Toestemming", *(";".join(one) for one in addresses)]) + "\n"
