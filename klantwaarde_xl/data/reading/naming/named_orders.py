"""What numbers the orders of a file, by its contents: a column that is just called `Name`, or none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from klantwaarde_xl.data.reading.naming.header_words import concepts_of

_OF_LINES = 3  # columns `Line: …` that show that a row is a line of an order
_NAME = "name"
_OF_NUMBERS = re.compile(r"n[ro]$|nummer|number|id$|code|ref|key", re.IGNORECASE)
_NUMBERS = frozenset(["number", "id", "code", "reference"])
_WORDS, _MOSTLY = 4, 0.5  # words of a text that is no number, and the share of such texts


def number_orders(
    headers: Sequence[str], names: Sequence[str], found: dict[str, int], below: Sequence[Sequence[str]]
) -> None:
    """Leave `order` out where its column holds what was ordered, and take `Name` where that has it.

    names: the plain headers; below: the first records under them. `Name` goes before another column that is
    filled less often: the number of the receipt of a till, say, is there in every export of a shop, and empty
    for orders that came from elsewhere and for later lines.
    """
    if "order" in found and _tells_what(headers[found["order"]], found["order"], below):
        del found["order"]
    lines = [name for name in names if name.startswith("line")]
    of_lines = len(lines) >= _OF_LINES or any(name.startswith("lineitem") for name in lines)
    if not of_lines or _NAME not in names or names.index(_NAME) in found.values():
        return
    own = names.index(_NAME)
    if "order" not in found or _filled(below, found["order"]) < _filled(below, own):
        found["order"] = own


def _filled(below: Sequence[Sequence[str]], at: int) -> int:
    """In how many of these records a column has a text."""
    return sum(bool(record[at].strip()) for record in below if at < len(record))


def _tells_what(header: str, at: int, below: Sequence[Sequence[str]]) -> bool:
    """Whether a column of orders says what was ordered, in words, and does not number them.

    Its header has no word for a number: `Cart Order` above `2x brown bread, sliced`.
    """
    if _OF_NUMBERS.search(header.strip()) or concepts_of(header) & _NUMBERS:
        return False
    texts = [record[at].strip() for record in below if at < len(record) and record[at].strip()]
    said = sum(
        len(re.findall(r"[^\W\d_]{2,}", text)) >= _WORDS - 1 and len(text.split()) >= _WORDS for text in texts
    )
    return bool(texts) and said > _MOSTLY * len(texts)
