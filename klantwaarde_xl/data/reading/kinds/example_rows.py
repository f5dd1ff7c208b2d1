"""A row at the top that shows how the table is to be filled in: `VOORBEELD`, `*example*`. It is no sale."""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.naming.headers import plain
from klantwaarde_xl.data.reading.questions.choices import ANYTHING, rows_option
from klantwaarde_xl.data.reading.sources.source import PART
from klantwaarde_xl.errors import Ambiguous

_HINT = "voorbeeld|example|beispiel|exemple|ejemplo|esempio"
_WORD = f"(?:{_HINT})"
_OF_WHAT = "(?:rij|regel|row|line|zeile|order|bestelling|klant|customer|kunde|naam|name|data)?"
_THIS_IS = "(?:(?:dit|this|dies|das|ceci|c'est|esto|questo)(?: (?:is|ist|est|es|[eè]))?(?: [a-zéè]{2,4})? )?"
_AWAY = "(?:verwijder|wis|delete|remove|overschrijf|overwrite|l[öo]sch|supprim|effac)"
# A cell that says nothing else, that is set apart by signs, or that begins so and says what to do with the
# row; a note of who bought may speak of an example somewhere in it
_SURE = re.compile(
    rf"\W*{_WORD}[ -]?{_OF_WHAT}[\W\d]*|[*<(\[]+ *{_WORD}\b.*"
    rf"|\W*{_THIS_IS}{_WORD}[ -]?{_OF_WHAT}\b.*\b{_AWAY}.*",
    re.DOTALL,
)
_MAYBE = re.compile(rf"{_WORD}\W.*|.*\W{_WORD}")
_ADDRESS = "@"
_TOP = 5  # records in which the first row stands, below blank ones


def leave_out_examples(export: Export) -> None:
    """Leave out the first row of a table, and of each part of it, that says it is an example, and say so.

    Where many rows have that word it is a name. Raises `Ambiguous` where a customer may just be called so.
    """
    seen = " ".join(text for row in export.sample.first[:_TOP] for text in row).casefold()
    if not export.source.parts and not re.search(_HINT, seen):
        return
    if export.count("select count(*) from raw") < 2:
        return
    first = f"select min(rij) from raw group by rij // {PART}"
    cells = ", ".join(map(cell_of, range(len(export.headers))))
    told = {plain(header) for header, _ in export.reading.by_user}
    for row, *texts in export.rows(f"select rij, {cells} from lines where rij in ({first}) order by rij"):
        for place, said in enumerate(texts):
            text = said.casefold()
            header = export.headers[place].strip()
            if plain(header) in told or not re.search(_HINT, text) or _again(export, place, row):
                continue
            if _SURE.fullmatch(text):
                why = f"{said!r} in kolom {header!r}, een voorbeeld"
                every = rows_option("--alleen", header, ANYTHING)
                export.leave_out(f"select {row}", f"{why}: telt niet mee (wel met {every})")
                break
            if place == export.places.get("klant") and _ADDRESS not in text and _MAYBE.fullmatch(text):
                raise _which(export, header, said, row)


def _again(export: Export, place: int, row: int) -> bool:
    """Whether another row has such a word in that column too."""
    cell = f"lower({cell_of(place)})"
    return bool(
        export.rows(
            f"select 1 from raw join lines using (rij) where rij <> {row} "
            f"and regexp_matches({cell}, '{_HINT}') limit 1"
        )
    )


def _which(export: Export, header: str, name: str, row: int) -> Ambiguous:
    return Ambiguous(
        f"De eerste rij lijkt een voorbeeld: {name!r} in kolom {header!r}.",
        where=export.source.at(row),
        remedy=f"Telt zij niet: {rows_option('--zonder', header, name)}. Is het een klant: "
        f"{rows_option('--alleen', header, ANYTHING)}.",
    )
