"""Statuses that payment services write as numbers, and what each says.

From the public code of Pay. (its plugins' list of states), of Buckaroo (its status codes) and of PrestaShop
(the states that it installs; from the eleventh on they differ by version, and a shop's own come behind).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

# By the name of a fate; the codes of one service are another's for something else
TABLES: Mapping[str, Mapping[str, str]] = {
    "Pay.": {
        "100": "PAID", "95": "OPEN", "97": "OPEN", "85": "OPEN", "80": "OPEN", "20": "OPEN", "25": "OPEN",
        "50": "OPEN", "90": "OPEN", "-51": "OPEN", "-60": "FAILED", "-63": "FAILED", "-64": "FAILED",
        "-80": "FAILED", "-90": "CANCELLED", "-71": "REFUNDED", "-72": "REFUNDED", "-81": "REFUNDED",
        "-82": "PARTLY_REFUNDED",
    },
    "Buckaroo": {
        "190": "PAID", "490": "FAILED", "491": "FAILED", "492": "FAILED", "690": "FAILED", "790": "OPEN",
        "791": "OPEN", "792": "OPEN", "793": "OPEN", "890": "CANCELLED", "891": "CANCELLED",
    },
    "PrestaShop": {
        "1": "OPEN", "2": "PAID", "3": "PAID", "4": "PAID", "5": "PAID", "6": "CANCELLED", "7": "REFUNDED",
        "8": "FAILED", "9": "PAID", "10": "OPEN",
    },
}  # fmt: skip
# Of each a code without which a list of numbers can be another's
_OWN = {"Pay.": re.compile("-[0-9]{2}"), "Buckaroo": re.compile("190")}
# Small numbers are of any program: the header has to be the one of these
_HEADERS = {"PrestaShop": re.compile("currentstate|idorderstate")}
_CODE = re.compile("-?[0-9]{1,4}")
_WORDS = frozenset(["0", "1"])  # say yes and no


def table_of(texts: Collection[str], header: str = "") -> str:
    """The service whose codes these are; empty where they are of none for certain. header: plain."""
    return next(
        (
            name
            for name, table in TABLES.items()
            if {*texts} <= table.keys()
            and (
                _HEADERS[name].fullmatch(header)
                if name in _HEADERS
                else any(_OWN[name].fullmatch(text) for text in texts)
            )
        ),
        "",
    )


def is_code(text: str) -> bool:
    """Whether a status is a number."""
    return _CODE.fullmatch(text) is not None


def are_codes(texts: Collection[str]) -> bool:
    """Whether a list of statuses is of numbers, more than one, that are no yes and no."""
    return len(texts) > 1 and all(map(is_code, texts)) and not {*texts} <= _WORDS
