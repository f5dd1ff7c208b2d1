"""What the user may say where a file does not, in the words of the options."""

from __future__ import annotations

ONE_ROW, ONCE = "order", "ordertotaal"
"""What a row is, where it is no line; an amount that stands on each line of an order and counts once."""
LINES = ("optellen", ONCE)
"""Of amounts that stand on lines."""
NOBODY, ABOVE = BLANKS = ("gast", "erboven")
"""Of rows without a customer."""
ANYTHING = "*"
"""Of a column: all of its rows count, whatever stands there."""
