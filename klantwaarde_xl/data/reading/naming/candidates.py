"""Which other headers of a file could have been meant, so that no choice between two is silent."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from klantwaarde_xl.data.reading.customers.own_account import own_accounts
from klantwaarde_xl.data.reading.naming.headers import ANY_ID, BY_ANSWERS, PATTERN, accepted, forms, plain

if TYPE_CHECKING:
    from klantwaarde_xl.data.tables import Column, Table


def candidates(headers: Sequence[str], table: Table, found: Mapping[str, int]) -> dict[str, list[str]]:
    """For each of our columns the headers that could also have been meant, where there are any."""
    cleaned = [plain(header) for header in headers]
    own = own_accounts(cleaned) if table.of_orders else set()
    others = {
        column.name: [
            headers[at].strip()
            for at, name in enumerate(cleaned)
            if _fits(name, column) and name != ANY_ID and at not in found.values() and at not in own
        ]
        for column in table.columns
    }
    return {name: there for name, there in others.items() if there}


def other_candidates(others: Mapping[str, Sequence[str]]) -> list[str]:
    """Say in Dutch which headers could also have been meant, so that a choice is never silent."""
    return [
        f"voor {name} kon ook {', '.join(map(repr, headers))}: kies zelf met --kolommen {name}=…"
        for name, headers in others.items()
    ]


def _fits(name: str, column: Column) -> bool:
    return name in accepted(column) or any(
        name and re.match(text, name) for text in column.synonyms if text.startswith(PATTERN)
    )


def is_by_answers(header: str, column: Column) -> bool:
    """Whether only its answers can have shown that this header is of a column."""
    return BY_ANSWERS in column.synonyms and not any(_fits(form, column) for form in forms(header))
