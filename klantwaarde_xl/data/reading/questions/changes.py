"""What of an export is not as its recipe says: a question where it would be read otherwise, else a note."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from klantwaarde_xl.data.reading.cells.written import Written
from klantwaarde_xl.data.reading.export import SINCE, Export
from klantwaarde_xl.data.reading.load import Loaded
from klantwaarde_xl.data.reading.naming.headers import ABSENT, plain
from klantwaarde_xl.data.reading.questions.choices import LINES, ONE_ROW
from klantwaarde_xl.data.reading.questions.recipe import AFRESH, Recipe
from klantwaarde_xl.data.reading.revenue.one_currency import as_currencies
from klantwaarde_xl.data.reading.sources.source import NO_COLUMNS
from klantwaarde_xl.data.tables import Table
from klantwaarde_xl.errors import Ambiguous, ColumnsMissing

# Of these a new column changes what an order is or what it brings; the others only explain
_DECIDING = ("bedrag", "order", "terugbetaald")
_UNITS = {
    ONE_ROW: "een order",
    LINES[0]: "een regel van een order, waarvan de bedragen optellen",
    LINES[1]: "een regel van een order, met op elke regel het bedrag van de hele order",
}
_SIGNS = {"komma": "een komma", "punt": "een punt"}


def columns_gone(error: ColumnsMissing, columns: Mapping[str, str], table: Table) -> ColumnsMissing:
    """The error of a file that lacks columns, where a recipe named them; columns: their headers."""
    gone = [column for column in table.read if columns.get(column.name, ABSENT) in error.absent]
    names = [column.name for column in gone] or ["KOLOM"]
    remedy = "Heet een kolom nu anders, zeg het dan: " + " ".join(
        f'--kolommen "{name}=NIEUWE KOP"' for name in names
    )
    if gone and not any(column.required for column in gone):
        remedy += "; is zij er niet meer: " + " ".join(f'--kolommen "{name}={ABSENT}"' for name in names)
    return ColumnsMissing(
        f"{SINCE} is deze export veranderd. {error.what}",
        where=error.where,
        remedy=f"{remedy}. Is het een andere export? {AFRESH}",
    )


def check_columns(
    loaded: Loaded, recipe: Recipe, said: Mapping[str, str], by: Sequence[str], where: str
) -> list[str]:
    """Notes on columns that came; said: those that the user names now; by: whose words tell which rows count.

    Raises `ColumnsMissing` for a column of statuses, or of rows to leave out, that went, and `Ambiguous` for
    one that came and would change what is read.
    """
    there = {plain(header) for header in loaded.headers}
    named = [*recipe.statuses, *(header for header in by if plain(header) not in NO_COLUMNS)]
    if gone := [header for header in named if plain(header) not in there]:
        raise ColumnsMissing(
            f"{SINCE} is deze export veranderd: de kolom {', '.join(map(repr, gone))} staat er niet meer in. "
            "Die zei welke orders tellen.",
            where=f"{where}: {', '.join(header for header in loaded.headers if header.strip())}",
            remedy=f"Exporteer met die kolom, of lees zonder. {AFRESH}",
        )
    came = {
        name: loaded.headers[place].strip()
        for name, place in loaded.places.items()
        if name not in recipe.columns and name not in said
    }
    if asked := {name: header for name, header in came.items() if name in _DECIDING}:
        name, header = next(iter(asked.items()))
        raise Ambiguous(
            f"{SINCE} is er een kolom bijgekomen die verandert wat er gelezen wordt: {header!r}, als {name}.",
            where=where,
            remedy=f"Neem haar mee met --kolommen {_quoted(name, header)}, of laat haar weg met "
            f'--kolommen "{name}={ABSENT}". Het antwoord komt in het recept.',
        )
    return [
        f"{SINCE}: kolom {header!r} is erbij gekomen, gelezen als {name}" for name, header in came.items()
    ]


def new_candidates(candidates: Mapping[str, Sequence[str]], recipe: Recipe) -> list[str]:
    """Notes on headers that could be meant and were not there before."""
    return [
        f"{SINCE}: voor {name} kan nu ook {header!r}: kies zelf met --kolommen {_quoted(name, header)}"
        for name, headers in candidates.items()
        for header in headers
        if header not in recipe.others
    ]


def new_aspects(passed: Sequence[str], recipe: Recipe) -> list[str]:
    """Notes on columns of answers that were not there before; passed: heads that were not taken."""
    return [
        f"{SINCE}: kolom {header!r} kan ook een vraag van de enquête zijn; noem dan alle aspecten: "
        "--aspecten …"
        for header in passed
        if header not in recipe.others
    ]


def changed_currency(export: Export, recipe: Recipe) -> list[str]:
    """Notes on currencies that were not there; raises `Ambiguous` when the only one is another."""
    codes, rates = export.currencies, dict(export.reading.currencies)
    known = recipe.currencies or ("EUR",)
    new = [code for code in (codes or ("EUR",)) if code not in known]
    if len(codes) <= 1 and new and not rates:
        raise Ambiguous(
            f"{SINCE} is de valuta veranderd: toen {', '.join(known)}, nu "
            f"{codes[0] if codes else 'zonder valuta, en dat leest als EUR'}.",
            where=f"kolom {export.header('valuta')}" if export.has("valuta") else "",
            remedy=f"Klopt dat, zeg het dan: {as_currencies(new[0])}. Is het een andere export? {AFRESH}",
        )
    return [
        f"{SINCE}: er zijn bedragen in {code}, dat was er niet: "
        + ("zij tellen mee" if code in rates else "zij tellen niet mee (--valuta)")
        for code in (new if codes else ())
    ]


def changed_rows(export: Export, recipe: Recipe) -> list[str]:
    """A note on order numbers that now repeat.

    Raises `Ambiguous` when the amount on lines is the order's and was the line's, or the reverse.
    """
    now, before = export.unit, recipe.unit
    if now not in LINES or now in (before, export.reading.lines):
        return []
    if before == ONE_ROW:
        return [f"{SINCE}: een rij was toen {_UNITS[before]}, nu {_UNITS[now]}"]
    if before not in LINES:
        return []
    raise Ambiguous(
        f"{SINCE} is deze export veranderd. Een rij was toen {_UNITS[before]}; nu lijkt het {_UNITS[now]}.",
        where=f"kolom {export.header('bedrag')}",
        remedy=f"Zeg wat het nu is: --regels {LINES[0]} (elke regel telt) of --regels {LINES[1]} (het telt "
        "één keer per order).",
    )


def changed_writing(now: Written, before: Written) -> list[str]:
    """Notes on another decimal sign and another order of dates, that the data themselves tell."""
    notes = []
    if now.decimal and before.decimal and now.decimal != before.decimal:
        old, new = _SIGNS[before.decimal], _SIGNS[now.decimal]
        notes.append(f"{SINCE}: voor de decimalen staat nu {new}, toen {old}")
    if now.date_order and before.date_order and now.date_order != before.date_order:
        notes.append(f"{SINCE}: de volgorde van datums is nu {now.date_order}, toen {before.date_order}")
    return notes


def changed_kind(now: str, before: str) -> list[str]:
    """A note on another kind of source."""
    return [] if now == before else [f"{SINCE}: de bron is nu {now}, toen {before}"]


def _quoted(name: str, header: str) -> str:
    return f'"{name}={header}"'
