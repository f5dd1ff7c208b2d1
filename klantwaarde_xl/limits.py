"""How large a workbook may be, and why: a small file never costs much, a large one what it is worth.

Nothing that a spreadsheet program saves comes near these. What is over one is refused in words, or, where it
only concerns the values that formulas show, left to the spreadsheet program to compute.
"""

from __future__ import annotations

MOST_PARTS = 10_000  # a workbook of a million rows and 25 sheets has some 150
MOST_BYTES = 4 << 30  # unpacked; a zip file without extensions can hold no more

# Sheets of alike cells pack some 20 times, of formatted cells without contents up to 40 times
UNPACKED_FREE = 64 << 20
UNPACKED_TIMES = 60

# Different texts: four columns of a million rows, no two cells alike
MOST_TEXTS = 4_000_000

MOST_STYLES = 65_490  # of cells, as Excel has them

LONGEST_FORMULA = 16_384  # characters; Excel takes 8.192, and names of newer functions are longer in a file
DEEPEST_FORMULA = 64  # brackets and calls within one another, as Excel allows
TALLEST_FORMULA = 256  # parts within one another, as terms of a sum are: each is a step down for who walks it

# The text of all formulas, shared ones written out: reading one takes as long as its characters and 40 more
FORMULA_TEXT = 2_000_000
FORMULA_TEXT_EACH = 40
FORMULA_TEXT_PER_BYTE = 0.5  # of the workbook unpacked, in which a formula stands with its cell

# The cells of one table: a million rows of 64 columns; a sheet has 16.384 columns
MOST_TABLE_CELLS = 64 << 20

# The cells that array formulas fill: four columns of a sheet, and a sheet has 16.384
MOST_ARRAY_CELLS = 4_000_000

# The engine for formulas: rows of numbers take thrice the size of their copy, different texts 12 times
ENGINE_MEMORY = 256 << 20  # bytes of address space
ENGINE_MEMORY_TIMES = 14
ENGINE_SECONDS = 6  # of one processor
ENGINE_SECONDS_PER_MB = 1

# Our functions: the cells that they are given, in all, and the seconds of one processor that they take
CELLS_READ = 2_000_000
CELLS_READ_PER_BYTE = 0.25  # a cell takes some twenty bytes, and is read in several rounds
CALL_SECONDS = 10
CALL_SECONDS_PER_MB = 3

# The columns of an export: shops with every field of their own have some hundreds; each is looked at in turn
MOST_FIELDS = 2_000

# Reading a sheet in a process of its own: 400.000 rows of six columns, 9 MB, take a tenth of this
READING_MEMORY = 768 << 20  # bytes of address space
READING_MEMORY_TIMES = 250  # the file as it is, packed
MOST_READING_MEMORY = 8 << 30
READING_SECONDS = 15  # of one processor
READING_SECONDS_PER_MB = 20


def most_unpacked(size: int) -> int:
    """Return how many bytes a file of that size may unpack to."""
    return min(MOST_BYTES, UNPACKED_FREE + UNPACKED_TIMES * size)


def most_formula_text(size: int) -> int:
    """Return how many characters all formulas may have in a workbook that unpacks to that size."""
    return FORMULA_TEXT + int(FORMULA_TEXT_PER_BYTE * size)


def engine_memory(size: int) -> int:
    """Return the bytes of address space that the engine may take for a copy of that size."""
    return ENGINE_MEMORY + ENGINE_MEMORY_TIMES * size


def engine_seconds(size: int) -> int:
    """Return the seconds of one processor that the engine may take for a copy of that size."""
    return ENGINE_SECONDS + ENGINE_SECONDS_PER_MB * size // (1 << 20)


def most_cells_read(size: int) -> int:
    """Return how many cells our functions may be given out of a copy of that size."""
    return CELLS_READ + int(CELLS_READ_PER_BYTE * size)


def call_seconds(size: int) -> int:
    """Return the seconds of one processor that our functions may take in a copy of that size."""
    return CALL_SECONDS + CALL_SECONDS_PER_MB * size // (1 << 20)


def reading_memory(size: int) -> int:
    """Return the bytes of address space that reading the sheets of a file of that size may take."""
    return min(MOST_READING_MEMORY, READING_MEMORY + READING_MEMORY_TIMES * size)


def reading_seconds(size: int) -> int:
    """Return the seconds of one processor that reading the sheets of a file of that size may take."""
    return READING_SECONDS + READING_SECONDS_PER_MB * size // (1 << 20)
