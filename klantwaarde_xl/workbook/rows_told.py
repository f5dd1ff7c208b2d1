"""What is said of rows that lie under a table: which are its rows now, and which are not."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.plan.plan import Contents


def took_in(taken: Mapping[str, tuple[int, int]], contents: Contents) -> Iterator[str]:
    """Say which rows under which table, from the first to the last, are its rows now."""
    for name, (first, last) in taken.items():
        found = contents.head(name)
        table = f"de tabel op blad {found[1].sheet}" if found else f"de tabel {name}"
        many, rows = last - first + 1, f"rij {first}"
        if many == 1:
            yield f"de rij onder {table} hoort er nu bij ({rows})."
        else:
            yield f"{format_number(many, 0)} rijen onder {table} horen er nu bij ({rows} t/m {last})."


def left_under(found: Mapping[str, int], contents: Contents, read: Collection[str]) -> Iterator[str]:
    """Say which rows look like rows of a table and do not count; read: the tables whose own rows do."""
    for name, row in found.items():
        head = contents.head(name)
        where = f"op blad {head[1].sheet} " if head else ""
        told = (
            f"rij {row} {where}lijkt een rij van de tabel erboven, maar staat er los onder en telt niet mee"
        )
        if name.casefold() in {one.casefold() for one in read}:
            yield f"{told}. Hoort zij erbij, zet haar dan vlak onder de tabel en ververs opnieuw."
        else:
            yield f"{told}: die tabel komt uit het bestand. Zet haar daarin, of haal haar weg."
