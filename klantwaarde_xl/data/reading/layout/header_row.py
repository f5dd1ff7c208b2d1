"""Which record of a file is its header: one line, two lines that make one, or none but numbered columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, compress

from klantwaarde_xl.data.reading.cells.looks import (
    NOUGHT,
    Head,
    first_filled,
    is_data,
    is_day,
    is_number,
    is_row,
    is_word,
    unmarked,
)
from klantwaarde_xl.data.reading.naming.headers import (
    find_columns,
    lacking,
    plain,
)
from klantwaarde_xl.data.reading.naming.table_prefixes import without_shared_words, without_tables
from klantwaarde_xl.data.reading.surveys.aspects import find_beside
from klantwaarde_xl.dutch import MONTH_NUMBER

_FEWEST_PARTS = 2  # words of a second line


@dataclass(frozen=True)
class Header:
    """A header that was found.

    texts: of each column; places: of our columns; at: the index of its last line, one before that of the
    first record of data; lines: how many it has, none where columns go by their number; width: how many
    fields it has, empty ones included; renamed: a header of the file that has a table before its field, and
    what it is called here.
    """

    texts: tuple[str, ...]
    places: Mapping[str, int]
    at: int
    lines: int
    width: int
    renamed: tuple[str, str] | None = None

    @property
    def top(self) -> int:
        """The index of its first line."""
        return self.at - self.lines + 1

    @property
    def shape(self) -> tuple[str, ...]:
        """What two tables have alike that can stand below one another: their plain headers, in order."""
        texts = [plain(text) for text in self.texts]
        while texts and not texts[-1]:
            texts.pop()
        return tuple(texts)

    def notes(self, first_row: int) -> tuple[str, ...]:
        """What to say of it; first_row: the source's row of the first record."""
        if self.renamed:
            return (say_renamed(*self.renamed),)
        if self.lines != 2:
            return ()
        row, texts = first_row + self.at, ", ".join(repr(text) for text in self.texts if text)
        return (f"de kop staat op twee regels, rij {row - 1} en {row}, en is samen gelezen: {texts}",)


def say_renamed(old: str, new: str) -> str:
    """That headers have a table before their field (Dutch); old, new: one of them, and what it is here."""
    return f"de koppen hebben de naam van een tabel voor zich, en heten hier zonder: {old!r} is {new!r}"


def find_header(head: Head, wanted: Mapping[str, Sequence[str]], needed: Sequence[str]) -> Header | None:
    """Return the first record that is a header with the needed columns, else the first two that make one.

    head: the first records of a file; wanted, needed: as `headers.find_columns`, where a column may also be
    wanted by its number. None when there is none.
    """
    head = unmarked(head)
    numbers = numbers_of(wanted)
    for at, line in enumerate(head):
        record = list(without_tables(line))
        places = places_in(record, line, wanted, needed, head[at + 1 :])
        if places is None and (bare := without_shared_words(line)) != tuple(line):
            places = places_in(bare, line, wanted, needed, head[at + 1 :])
            record = line if places is None else list(bare)
        texts = numbered(record, numbers)
        by_number = [record[place] for place, text in enumerate(texts) if text != record[place]]
        if by_number and is_data(record):
            break  # data, and no header above them
        # A column without a header has none for its number to stand for; one that is called tells of the rest
        gaps = [*filter(None, by_number)] if lacking(needed, numbers) else by_number
        gaps = [text for text in gaps if plain(text) or not text]  # a sign alone is called by its number
        if places is not None and all(map(is_word, gaps)):
            if (two := _over_answers(head, at + 1, wanted, needed)) is not None:
                return two
            if (two := _parted(head, at, wanted, needed)) is not None:
                return two
            pairs = zip(line, record, strict=True)
            renamed = next(((old, new) for old, new in pairs if old != new), None)
            if (hinted := _with_hints(record, places, head[at + 1 :], wanted, needed)) is not None:
                return Header(hinted, places, at + 1, 2, len(record), renamed)
            return Header(tuple(record), places, at, 1, len(record), renamed)
    for at in range(1, len(head)):
        if (pair := _two_lines(head[at - 1], head[at], wanted, needed)) is not None:
            return Header(pair[0], pair[1], at, 2, len(head[at]))
        if (two := _parted(head, at - 1, wanted, needed)) is not None:
            return two
    return _beside(head, wanted, needed) or _no_line(head, numbers, wanted, needed)


def places_in(
    texts: Sequence[str],
    line: Sequence[str],
    wanted: Mapping[str, Sequence[str]],
    needed: Sequence[str],
    below: Head,
) -> dict[str, int] | None:
    """The places of our columns in a header; line: as the file has it, and as the user may call a column."""
    said = {plain(old): plain(new) for old, new in zip(line, texts, strict=True) if old != new}
    if said:
        wanted = {
            name: tuple(said.get(word, word) for word in words) if len(words) == 1 else words
            for name, words in wanted.items()
        }
    return find_columns(numbered(texts, numbers_of(wanted)), wanted, needed, below)


def numbers_of(wanted: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """The columns that are wanted by their number."""
    return {name: int(accepts[0]) for name, accepts in wanted.items() if _is_number(accepts)}


def _is_number(accepts: Sequence[str]) -> bool:
    return len(accepts) == 1 and accepts[0].isdigit() and 0 < int(accepts[0]) <= 16_384


def numbered(record: Sequence[str], numbers: Mapping[str, int]) -> list[str]:
    """A record with numbers of columns for their texts, where these are wanted and are no header's text."""
    texts = list(record)
    for number in numbers.values():
        if number <= len(record) and str(number) not in map(plain, record):
            texts[number - 1] = str(number)
    return texts


def _two_lines(
    above: Sequence[str], below: Sequence[str], wanted: Mapping[str, Sequence[str]], needed: Sequence[str]
) -> tuple[tuple[str, ...], dict[str, int]] | None:
    """The header that two lines make (`Klant` above `Naam`), and the places of our columns in it."""
    if any(is_day(text) or is_number(text) for text in (*above, *below)):
        return None
    joined = _joined(above, below)
    places = _places_of(joined, below, wanted, needed)
    return None if places is None else (joined, places)


def _places_of(
    joined: Sequence[str],
    below: Sequence[str],
    wanted: Mapping[str, Sequence[str]],
    needed: Sequence[str],
) -> dict[str, int] | None:
    """The places of our columns in two lines, by both together or by what the second alone calls them."""
    width = len(below)
    once = Counter(plain(low) for low in below)
    # A name on the second line alone will do where no other column has it there
    alone = [low if once[plain(low)] == 1 else "" for low in below]
    found = find_columns([*joined, *alone], wanted, needed)
    if found is None:
        return None
    places: dict[str, int] = {}
    # One column may be two of ours by its two names: what is needed or typed comes first
    for name in sorted(found, key=lambda one: (one not in needed, len(wanted.get(one, ())) != 1)):
        place = found[name] % width
        if place not in places.values():
            places[name] = place
        elif name in needed:
            return None
    return places


def _parted(head: Head, at: int, wanted: Mapping[str, Sequence[str]], needed: Sequence[str]) -> Header | None:
    """The header of two lines of which the second parts some columns of the first, each by a word.

    What it parts has a name over several columns, once or over each. Below any other column it may be empty
    or hold a word, as what to fill in there; that is no part of its name.
    """
    if at + 1 >= len(head):
        return None
    above, below = head[at], head[at + 1]
    if not all(is_word(low) and not any(map(str.isdigit, low)) for low in below if low):
        return None
    own = [*above, *[""] * (len(below) - len(above))][: len(below)]
    spread = [*accumulate(own, _or_before)]
    once = Counter(spread)
    is_part = [bool(up and low) and once[up] > 1 for up, low in zip(spread, below, strict=True)]
    parts = [*compress(zip(spread, below, strict=True), is_part)]
    if len({*parts}) < _FEWEST_PARTS or len({*parts}) < len(parts):
        return None
    three = zip(is_part, spread, below, own, strict=True)
    texts = [f"{up} {low}" if part else text for part, up, low, text in three]
    places = _places_of(texts, below, wanted, needed)
    return None if places is None else Header(tuple(texts), places, at + 1, 2, len(texts))


def _with_hints(
    texts: Sequence[str],
    places: Mapping[str, int],
    rows: Head,
    wanted: Mapping[str, Sequence[str]],
    needed: Sequence[str],
) -> tuple[str, ...] | None:
    """A header with what the line below it says of its amounts, as `in euro` and `(USD)`.

    What it says of other columns, as `(dd-mm-jjjj)`, is no part of their names, by which much is known.

    rows: below the header. None where the first of these is no such line: it has a word where an amount
    belongs, no figure at all, and is no header itself.
    """
    below = [*rows[0], *[""] * (len(texts) - len(rows[0]))][: len(texts)] if rows else []
    amount = below[places["bedrag"]] if below and "bedrag" in places else ""
    day = below[places["datum"]].casefold() if below and "datum" in places else ""
    if not is_word(amount) or re.fullmatch(NOUGHT, amount.casefold()) or day in MONTH_NUMBER:
        return None
    if any(map(str.isdigit, "".join(below))) or find_columns(below, wanted, needed) is not None:
        return None
    return tuple(f"{text} {amount}" if at == places["bedrag"] else text for at, text in enumerate(texts))


def _or_before(before: str, text: str) -> str:
    return text or before


def _beside(head: Head, wanted: Mapping[str, Sequence[str]], needed: Sequence[str]) -> Header | None:
    """The header above several columns of answers; of two lines where the first fills gaps in the second."""
    for at, record in enumerate(head):
        places = find_beside(record, wanted, needed, head[at + 1 :])
        if places is None:
            continue
        pair = _over_answers(head, at, wanted, needed)
        if pair is not None and len(pair.places) > len(places):
            return pair
        return Header(tuple(record), places, at, 1, len(record))
    return None


def _over_answers(
    head: Head, at: int, wanted: Mapping[str, Sequence[str]], needed: Sequence[str]
) -> Header | None:
    """The header of two lines over columns of answers, where each line fills gaps in the other."""
    if not 0 < at < len(head):
        return None
    above, below = head[at - 1], head[at]
    pairs = list(zip(above, below, strict=False))
    if any(is_day(text) or is_number(text) for text in (*above, *below)):
        return None
    if not any(up and not low for up, low in pairs) or not any(low and not up for up, low in pairs):
        return None
    joined = _joined(above, below)
    places = find_beside(joined, wanted, needed, head[at + 1 :])
    return None if places is None else Header(joined, places, at, 2, len(below))


def _joined(above: Sequence[str], below: Sequence[str]) -> tuple[str, ...]:
    """The texts of two lines as one header, as wide as the second."""
    width = len(below)
    both = zip([*above, *[""] * (width - len(above))][:width], below, strict=True)
    return tuple(low if up == low else f"{up} {low}".strip() for up, low in both)


def _no_line(
    head: Head, numbers: Mapping[str, int], wanted: Mapping[str, Sequence[str]], needed: Sequence[str]
) -> Header | None:
    """The header of a file without one, of which every needed column is wanted by its number."""
    at, first = first_filled(head)
    if lacking(needed, numbers) or not is_row(head, at):
        return None
    texts = tuple(str(number) for number in range(1, len(first) + 1))
    places = find_columns(texts, wanted, needed)
    return None if places is None else Header(texts, places, at - 1, 0, len(first))
