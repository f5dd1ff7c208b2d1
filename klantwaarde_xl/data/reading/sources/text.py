"""Any source to one shape: a UTF-8 CSV of plain text, with the typed cells of a workbook beside it.

CSV and workbooks go through the same reading; what a workbook knows for certain (this is a number, this is a
date) must not become doubtful on the way. So numbers and days stand beside the text as they are
(`cell_columns.Beside`); where their text is asked for, a number is `MARK` plus its digits, a date in ISO.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from klantwaarde_xl.data.reading.sources.cell_columns import Beside
from klantwaarde_xl.data.reading.sources.dressed_fields import FORMULA, dress_of, undressed
from klantwaarde_xl.data.reading.sources.encoding import look_at
from klantwaarde_xl.data.reading.sources.fixed_width import NOTE as FIXED
from klantwaarde_xl.data.reading.sources.fixed_width import Fixed, fixed_columns, split
from klantwaarde_xl.data.reading.sources.loose_decimals import joined, places_of
from klantwaarde_xl.data.reading.sources.marked import MARK
from klantwaarde_xl.data.reading.sources.source import MARKS, PART, Source
from klantwaarde_xl.data.reading.sources.wrapped_lines import NOTE, sign_within, unwrapped
from klantwaarde_xl.errors import FileUnreadable

_SAMPLE = 1 << 16
_LINES = 200
_TABLE = 3  # fields, of a line that is no title with a comma in it
_SHARE = 0.4  # of the lines
_PATTERN = re.compile(r"[*?\[]")  # signs by which the engine finds other files than the one so called
_BLANKS = re.compile(" +")


@dataclass(frozen=True)
class RawText:
    """A CSV on disk, ready for the engine: how to read it, and where it came from.

    quotes: whose quotation marks it has: none, ours (written here, so they pair), or theirs; first_row:
    the source's row of its first record; heading: how many records its header ends after, known for what
    is read together; below: further texts of the same shape, whose rows follow; chosen: the user said
    which parts belong together; order: the place in it of each column of the first part, empty for the same;
    above: the record above the first, where that is not in it; marked: the source's rows
    that have a mark (`source.MARKS`); titles: lines above its first record that were not written; typed: the
    numbers and days that stand beside the CSV.
    """

    path: Path
    delimiter: str
    source: Source
    first_row: int = 1
    notes: tuple[str, ...] = ()
    quotes: Literal["none", "ours", "theirs"] = "ours"
    heading: int = 0
    below: tuple[RawText, ...] = ()
    chosen: bool = False
    order: tuple[int, ...] = ()
    above: tuple[str, ...] = ()
    marked: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    titles: tuple[str, ...] = ()
    typed: Beside | None = None

    @property
    def size(self) -> int:
        """Its bytes, with those of the texts below."""
        own = self.path.stat().st_size + (self.beside.size if self.beside else 0)
        return own + sum(one.size for one in self.below)

    @property
    def beside(self) -> Beside | None:
        """What stands beside its CSV; nothing beside another one that was made of it."""
        return self.typed if self.typed and self.typed.of == self.path else None

    @property
    def rows_marked(self) -> dict[str, tuple[int, ...]]:
        """The rows of all parts that have a mark, as they are numbered when read together."""
        parts = [*enumerate((self, *self.below))]
        return {
            mark: tuple(at * PART + row for at, part in parts for row in part.marked.get(mark, ()))
            for mark in MARKS
        }


@dataclass(frozen=True)
class TextColumn:
    """A column of text in the engine's table raw, on its way to values.

    text: its name there; into: the table to make of it; name, source: of it in messages; header: what the
    file calls it; sided: the user said which of its rows go off; has_comma: whether amounts beside it have a
    decimal comma, which few have to know; beside: the headers of the whole file; counts: whether its numbers
    are of whole things.
    """

    text: str
    into: str
    name: str
    source: Source
    header: str = ""
    sided: bool = False
    has_comma: Callable[[], bool] = lambda: False
    beside: tuple[str, ...] = ()
    counts: bool = False

    def where(self, row: int) -> str:
        """A cell of it, in words."""
        return f"{self.source.at(row)}, kolom {self.name}"


def sniff_delimiter(sample: str) -> str:
    """The delimiter that gives the most lines the same, largest number of fields; a blank where none does.

    Blanks part columns of a fixed width, when every line falls into the same number of words.
    """

    def score(delimiter: str) -> tuple[float, int]:
        widths = [len(row) for row in csv.reader(io.StringIO(sample), delimiter=delimiter) if row]
        if not widths:
            return (0.0, 0)
        usual = max(set(widths), key=widths.count)
        if usual == 1:  # of a short table most lines may be titles
            wide = [width for width in widths if width >= _TABLE]
            usual = max(set(wide), key=wide.count, default=1)
            usual = usual if wide.count(usual) > 1 else 1
        return (widths.count(usual) / len(widths), usual) if usual > 1 else (0.0, 1)

    best = max(";\t,|", key=score)
    fields = score(best)[1]
    if best == "," and fields < _TABLE:  # of titles, or of days in words
        best = max((sign for sign in ";\t|" if score(sign) >= (_SHARE, _TABLE)), key=score, default=best)
        fields = score(best)[1]
    # Two fields by commas may be the decimals of one column
    if fields < 2 or (best == "," and fields == 2):
        widths = {len(_words(line)) for line in sample.splitlines() if line.strip()}
        if len(widths) == 1 and widths.pop() > 2 and "\n" in sample.strip():
            return " "
    return best


def _words(line: str) -> list[str]:
    return _BLANKS.split(line.strip())


def from_csv(path: Path, folder: Path) -> RawText:
    """Find out how a file of text is to be read; where it is no clean UTF-8, bring it there (in folder).

    Raises `FileUnreadable` for text that no Western encoding explains.
    """
    look = look_at(path, MARK.encode())
    clean = folder / "bron.csv"
    try:
        with path.open("r", encoding=look.encoding) as file:
            sample = file.read(_SAMPLE)
            file.seek(0)
            hint = _hint(sample)
            if hint:
                file.readline()
            if sign := sign_within(_whole_lines(sample), path):
                return _unwrapped(file, sign, RawText(clean, sign, Source(path), 2 if hint else 1))
            delimiter = hint or _delimiter(sample)
            if not hint and (fixed := _fixed(sample, delimiter)):
                return _from_fixed(file, fixed, RawText(clean, ";", Source(path), notes=(FIXED,)))
            if delimiter == " ":
                return _from_words(file, path, clean)
            if sign := dress_of(_whole_lines(sample), delimiter):
                return _undressed(file, sign, RawText(clean, delimiter, Source(path), 2 if hint else 1))
            if delimiter == "," and (loose := _with_loose_decimals(sample)):
                return _joined(file, *loose, RawText(clean, ",", Source(path), 2 if hint else 1))
            if look.is_clean and not hint and not _PATTERN.search(str(path.absolute())):
                return RawText(path.absolute(), delimiter, Source(path), quotes=look.quotes)
            with clean.open("w", encoding="utf-8", newline="\n") as target:
                target.writelines(_cleaned(file, delimiter))
    except UnicodeDecodeError as error:
        raise FileUnreadable(
            "De tekens in dit bestand zijn niet te lezen.",
            where=f"{path}, byte {error.start}",
            remedy="Bewaar het bestand opnieuw als CSV UTF-8.",
        ) from error
    return RawText(clean, delimiter, Source(path), 2 if hint else 1, quotes=look.quotes)


def _with_loose_decimals(sample: str) -> tuple[tuple[int, ...], list[str]] | None:
    """The fields to put together again, and a row of a text that has them; None for any other text."""
    rows = list(csv.reader(io.StringIO("\n".join(_whole_lines(sample)))))
    if len({len(row) for row in rows}) < 2:
        return None
    places = places_of(rows)
    return (places, max(rows, key=len)) if places else None


def _joined(lines: Iterable[str], places: Sequence[int], widest: Sequence[str], raw: RawText) -> RawText:
    """Write a text with its decimals put together, and say so."""
    plain = (line.replace(MARK, "") for line in lines)
    with raw.path.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target, lineterminator="\n").writerows(joined(plain, places, len(widest)))
    shown = " en ".join(f"{widest[at]},{widest[at + 1]}" for at in places)
    note = (
        "bedragen staan zonder aanhalingstekens tussen komma's, en hebben zelf een komma: die zijn aan "
        f"elkaar gezet, zoals {shown}"
    )
    return replace(raw, notes=(note,))


def _unwrapped(lines: Iterable[str], sign: str, raw: RawText) -> RawText:
    """Write a text without the quotation marks around its lines, and say so."""
    plain = (line.replace(MARK, "") for line in lines)
    with raw.path.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target, delimiter=sign, lineterminator="\n").writerows(
            unwrapped(plain, sign, raw.source.path or raw.path)
        )
    return replace(raw, notes=(NOTE,))


def _undressed(lines: Iterable[str], sign: str, raw: RawText) -> RawText:
    """Write a text without the signs around its fields, and say so."""
    plain = (line.replace(MARK, "") for line in lines)
    with raw.path.open("w", encoding="utf-8", newline="") as target:
        records = undressed(plain, sign, raw.delimiter)
        csv.writer(target, delimiter=raw.delimiter, lineterminator="\n").writerows(
            record or [""] for record in records
        )
    shown = '="…"' if sign == FORMULA else f"{sign}…{sign}"
    return replace(raw, notes=(f"de tekens om de velden ({shown}) horen er niet bij, en zijn eraf gehaald",))


def _cleaned(lines: Iterable[str], delimiter: str) -> Iterator[str]:
    """Lines as the engine takes them: none of them blank, and no blanks between delimiters and quotes."""
    sign = re.escape(delimiter)
    before, behind = re.compile(f'(^|{sign}) +(?=")'), re.compile(f'(?<=") +({sign}|$)')
    for line in lines:
        if not line.strip():
            # The engine passes over blank lines; a delimiter keeps them, and so the row numbers
            yield delimiter + line
        elif '"' in line:
            yield behind.sub(r"\1", before.sub(r"\1", line.replace(MARK, "")))
        else:
            yield line.replace(MARK, "")


def _hint(sample: str) -> str:
    """The delimiter that Excel's own first line `sep=;` names; empty without such a line."""
    first = sample.partition("\n")[0].strip(" \r")
    return first[4] if len(first) == 5 and first.lower().startswith("sep=") else ""


def _delimiter(sample: str) -> str:
    return sniff_delimiter("\n".join(_whole_lines(sample)))


def _whole_lines(sample: str) -> list[str]:
    """The first lines of a sample, of which the last may be cut off."""
    lines = sample.splitlines()
    whole = lines[:-1] if len(lines) > 1 and len(sample) == _SAMPLE else lines
    return whole[:_LINES]


def _fixed(sample: str, delimiter: str) -> Fixed | None:
    """Where the columns of a fixed width stand, in a text whose header has no delimiter."""
    lines = _whole_lines(sample)
    first = next((line for line in lines if line.strip()), "")
    if "\t" in sample or (delimiter != " " and delimiter in first):
        return None
    found = fixed_columns(lines)
    if found is None or (delimiter != " " and delimiter in lines[found.header]):
        return None
    # Of as many words as columns each is one, wherever it stands
    return None if delimiter == " " and len(found.columns) == len(_words(lines[found.header])) else found


def _from_fixed(lines: Iterable[str], fixed: Fixed, raw: RawText) -> RawText:
    """Write columns of a fixed width as a CSV."""
    plain = (line.replace(MARK, "") for line in lines)
    with raw.path.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target, delimiter=raw.delimiter, lineterminator="\n").writerows(
            split(plain, fixed, raw.source.path or raw.path)
        )
    return raw


def _from_words(lines: Iterable[str], path: Path, clean: Path) -> RawText:
    """Write columns that blanks part as a CSV; raises `FileUnreadable` for a line of more words or fewer."""
    width = 0
    with clean.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, delimiter=";", lineterminator="\n")
        for row, line in enumerate(lines, 1):
            words = _words(line.replace(MARK, "")) if line.strip() else [""] * max(width, 1)
            width = width or len(words)
            if len(words) != width:
                raise FileUnreadable(
                    f"In deze rij staan {len(words)} stukken tekst tussen spaties, in de eerste {width}: "
                    "welke kolom welke is, is dan niet te zeggen.",
                    where=f"{path}, rij {row}",
                    remedy="Bewaar het bestand als CSV, met een puntkomma tussen de kolommen.",
                )
            writer.writerow(words)
    note = "de kolommen zijn gescheiden op spaties"
    return RawText(clean, ";", Source(path), notes=(note,))
