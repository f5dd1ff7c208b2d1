"""Orders that are numbered in a column that is just called `Name`, beside columns of their lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_OF_LINES = 3  # columns `Line: …` that show that a row is a line of an order
_NAME = "name"


def named_order_in(
    names: Sequence[str], found: Mapping[str, int], below: Sequence[Sequence[str]]
) -> dict[str, int]:
    """The place of `order` where `Name` has it, and no other column for it is filled as often; else nothing.

    names: the plain headers; below: the first records under them. The number of the receipt of a till, say,
    is there in every export of a shop, and empty for orders that came from elsewhere and for later lines.
    """
    lines = [name for name in names if name.startswith("line")]
    of_lines = len(lines) >= _OF_LINES or any(name.startswith("lineitem") for name in lines)
    if not of_lines or _NAME not in names or names.index(_NAME) in found.values():
        return {}
    own = names.index(_NAME)
    other = "order" in found and _filled(below, found["order"]) >= _filled(below, own)
    return {} if other else {"order": own}


def _filled(below: Sequence[Sequence[str]], at: int) -> int:
    """In how many of these records a column has a text."""
    return sum(bool(record[at].strip()) for record in below if at < len(record))
