"""What the user may say where a file does not, in the words of the options."""

from __future__ import annotations

import re

ONE_ROW, ONCE = "order", "ordertotaal"
"""What a row is, where it is no line; an amount that stands on each line of an order and counts once."""
LINES = ("optellen", ONCE)
"""Of amounts that stand on lines."""
LAST = "laatste"
"""Of rows of one order: only its last version counts."""
EACH_ONCE = "eenmaal"
"""Of rows without an order's number: those that stand there once more count once."""
NOBODY, ABOVE = BLANKS = ("gast", "erboven")
"""Of rows without a customer."""
ANYTHING = "*"
"""Of a column: all of its rows count, whatever stands there."""

SIGNS = r'["$`\\!\[\]\n\r]'
"""Of a text: what ends an option, or what a command line or a pattern takes for something else."""


def rows_option(option: str, header: str, *words: str) -> str:
    """The option to type for rows with these words: `--alleen "Soort=verkoop,TV 32?"`.

    A sign that cannot stand in it is any sign, in a word, and nothing in a header, which is known without.
    """
    said = ",".join(re.sub(SIGNS, "?", word) for word in words)
    return f'{option} "{re.sub(SIGNS, "", header).replace("=", "").strip()}={said}"'
