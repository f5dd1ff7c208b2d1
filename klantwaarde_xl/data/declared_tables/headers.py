"""Headers that several of these tables share."""

from __future__ import annotations

from klantwaarde_xl.data.reading.naming.headers import ANY_ID
from klantwaarde_xl.data.reading.naming.words import CUSTOMER


def words(text: str) -> tuple[str, ...]:
    """Plain headers that blanks part."""
    return tuple(text.split())


# Where a customer need not be there, a column that is just called `id` is of the row
WHO = tuple(word for word in CUSTOMER if word != ANY_ID)
