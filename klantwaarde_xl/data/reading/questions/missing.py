"""What to say of a source without the needed columns: its header, what its contents propose, what to type."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from klantwaarde_xl.data.reading.cells.contents import Cells
from klantwaarde_xl.data.reading.cells.looks import (
    Head,
    first_filled,
    is_data,
    is_day,
    is_number,
    is_row,
    is_word,
    unmarked,
)
from klantwaarde_xl.data.reading.cells.yearless import have_months
from klantwaarde_xl.data.reading.layout.titles_of_blocks import TITLE, heads_of, titles_of
from klantwaarde_xl.data.reading.naming.by_rate import PARTS
from klantwaarde_xl.data.reading.naming.headers import (
    ABSENT,
    PATTERN,
    accepted,
    find_columns,
    forms,
    lacking,
    needed_of,
    plain,
    wanted_of,
)
from klantwaarde_xl.data.reading.naming.other_lists import OtherList, other_list, share_once
from klantwaarde_xl.data.reading.questions.choices import rows_option
from klantwaarde_xl.data.reading.questions.names_of_sheets import may_be_customers
from klantwaarde_xl.data.reading.questions.proposals import SHOWN, Proposal, answer, propose
from klantwaarde_xl.data.reading.revenue.sides import side_of
from klantwaarde_xl.data.reading.sources.parts import sheet_options
from klantwaarde_xl.data.reading.sources.source import OF_PARTS
from klantwaarde_xl.data.tables import Table
from klantwaarde_xl.errors import ColumnsMissing

_DATED = (
    "Zet in de kop van elke maand ook het jaar, zoals 'nov 2024': dan is elke maand een kolom met bedragen."
)


def no_header(
    heads: Sequence[Head],
    table: Table,
    where: str,
    named: Mapping[str, str] | None,
    sheets: Sequence[str] = (),
) -> ColumnsMissing:
    """The error for a text or workbook without the needed columns: by its likeliest header, else by number.

    heads: the first records of each of its sheets; sheets: their names, where there are any.
    """
    names = {name for column in table.read for name in accepted(column)}
    found = [(*_header(head, names), head, at) for at, head in enumerate(heads) if any(map(any, head))]
    if not found:
        return columns_missing([], [], table, where, named)
    _, row, head, sheet = max(found, key=lambda one: one[0])
    if row is None and not named:
        option = f"{sheet_options([sheets[sheet]])} " if len(sheets) > 1 else ""
        return _without_header(head, table, where, option)
    headers = unmarked(head)[row or 0]
    # Of sheets of one shape all are read, and their names may say whose rows these are
    alike = [
        (other, sheets[at], begin or 0)
        for (_, begin, other, at) in found
        if sheets and (at == sheet or unmarked(other)[begin or 0] == headers)
    ]
    called = [name for _, name, _ in alike]
    option = f"{sheet_options(called)} " if len(alike) < len(sheets) else ""
    rows = head[(row or 0) + 1 :]
    above = titles_of(unmarked(head), row or 0) or heads_of(unmarked(head), row or 0)
    titles = [*above.values()]
    if table.of_orders and may_be_customers(titles):
        part = TITLE.capitalize()
        shown = [[*[*one, *[""] * len(headers)][: len(headers)], titles[0]] for one in rows]
        return columns_missing([*headers, part], shown, table, where, named, option, part)
    if table.of_orders and may_be_customers(called):
        width, part = len(headers), OF_PARTS[1].capitalize()
        rows = [
            [*[*one, *[""] * width][:width], name]
            for other, name, at in alike
            for one in other[at + 1 :]
            if any(one)
        ]
        return columns_missing([*headers, part], rows, table, where, named, option, part)
    if table.whole and not table.of_orders:
        part, name = _part_of(alike, where)
        shown = [[*[*one, *[""] * len(headers)][: len(headers)], name] for one in rows]
        return columns_missing([*headers, part], shown, table, where, named, option, part)
    return columns_missing(headers, rows, table, where, named, option)


def _part_of(alike: Sequence[tuple[Head, str, int]], where: str) -> tuple[str, str]:
    """By what all rows of a file can be of one thing, and its name: a sheet of several, or the file."""
    of_files, of_sheets = (part.capitalize() for part in OF_PARTS)
    if len(alike) > 1:
        return of_sheets, alike[0][1]
    return of_files, Path(where.partition(", ")[0]).stem


def _header(head: Head, names: set[str]) -> tuple[tuple[int, ...], int | None]:
    """How good the likeliest header of a sheet is, and its index; None where the first record is data.

    That is the one with most of the words that we know; of those the last above the data, below titles.
    """
    records = unmarked(head)
    data = next((at for at, record in enumerate(records) if is_data(record)), len(records))
    top, _ = first_filled(records)

    def score(at: int) -> tuple[int, ...]:
        words = [plain(text) for text in records[at] if is_word(text)]
        if any(is_day(text) or is_number(text) for text in records[at]):
            return (0, 0, len(words), -at)
        above = len(words) > 1 and at < data < len(records)
        return (len(names.intersection(words)), at + 1 if above else 0, len(words), -at)

    best = max(range(len(records)), key=score)
    known, above, words, _ = score(best)
    if not known and (data == top or is_row(records, top)):
        return (0, 1, len(records[top])), None
    return (known, min(above, 1), words), best


def _without_header(head: Head, table: Table, where: str, option: str) -> ColumnsMissing:
    at, first = first_filled(unmarked(head))
    seen = ", ".join(f"{number}: {text!r}" for number, text in enumerate(first, 1))
    headers = [str(number) for number in range(1, len(first) + 1)]
    proposal = propose(headers, head[at:], table, {}, _needed(table))
    return ColumnsMissing(
        f"Dit bestand heeft geen kop. In de eerste rij staat in kolom {seen}.{_seen(proposal)}",
        where=where,
        remedy="Zeg welke kolom wat is, met het nummer; als dit klopt: "
        f"{option}{answer(proposal, headers)}. Of zet een regel met koppen boven de gegevens.",
    )


def _needed(table: Table) -> list[str]:
    return [column.name for column in table.columns if column.required]


def columns_missing(
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    table: Table,
    where: str,
    named: Mapping[str, str] | None = None,
    option: str = "",
    part: str = "",
) -> ColumnsMissing:
    """The error for a source without the needed columns: what is there, what it can be, and what to type.

    rows: the first ones, by which a column is known whose header is not; option: what goes before the answer;
    part: the last header, where it is none of the file's but says in which sheet a row stands.
    """
    cleaned = [plain(header) for header in headers]
    absent = [
        header for header in (named or {}).values() if plain(header) not in cleaned and header != ABSENT
    ]
    if several := _several(headers, table, named):
        name, fitting = several
        shown = ", ".join(map(repr, fitting))
        return ColumnsMissing(
            f"Voor {name} past meer dan één kolom: {shown}.",
            where=where,
            remedy=f'Kies er een: --kolommen "{name}={fitting[0]}".',
        )
    required = _needed(table)
    optional = [column.name for column in table.columns if not column.required]
    needed = ", ".join(required) + (f" (en als u ze hebt: {', '.join(optional)})" if optional else "")
    there = ", ".join(repr(header) for header in headers if header and header != part) or "geen koppen"
    said = {name: header for name, header in (named or {}).items() if header not in absent}
    places = find_columns(headers, wanted_of(table, said), (), rows) or {}
    missing = [need.partition("|")[0] for need in lacking(needed_of(table, said), places)]
    own = len(headers) - bool(part)
    proposal = propose(headers[:own], rows, table, places, missing or required)
    if part and table.whole in proposal.columns:
        texts = tuple(row[own] for row in rows)
        found = proposal.columns[table.whole]
        if not table.of_orders:
            found[:] = [one for one in found if one.may_be_names]
        found.append(Cells(own, part, texts))
    if table.of_orders and not named and (other := _other_list(headers, rows, places)):
        if "bedrag" in places:  # whose column has to be named: rows with one may be contracts still
            proposal.besides["bedrag"] = Cells(places["bedrag"], headers[places["bedrag"]].strip(), ())
        options = f"{option}{answer(proposal, headers)}"
        sale = "" if "…" in options else f" Is elke rij toch één verkoop, typ dan: {options}."
        return ColumnsMissing(
            f"Dit lijkt {other.what}: er ontbreekt {', '.join(missing or required)}.",
            where=f"{where}, kolom {other.header!r}",
            remedy=other.remedy if other.of_customers else f"{other.remedy}{sale}",
        )
    if table.of_orders and proposal.columns.get("datum") == [] and have_months(headers):
        # Months side by side are read once the customer is known
        proposal.columns = {name: one for name, one in proposal.columns.items() if name == "klant"}
    which = "De kolom {} staat" if len(absent) == 1 else "De kolommen {} staan"
    asked = f"{which.format(', '.join(map(repr, absent)))} niet in het bestand. " if absent else ""
    only = f" Er ontbreekt: {', '.join(missing)}." if missing else ""
    if "bedrag" in missing and "stukprijs" in places and "aantal" not in places:
        price = headers[places["stukprijs"]].strip()
        only += f" {price!r} is de prijs van één: hoeveel het er waren, is niet te zien."
    error = ColumnsMissing(
        f"{asked}Niet alle kolommen zijn gevonden. Nodig: {needed}.{only} Gevonden: {there}."
        f"{_seen(proposal)}",
        where=where,
        remedy=_remedy(proposal, headers, table, option) if proposal.columns else _DATED,
    )
    error.absent = tuple(absent)
    return error


def _other_list(
    headers: Sequence[str], rows: Sequence[Sequence[str]], places: Mapping[str, int]
) -> OtherList | None:
    def once(place: int) -> float:
        return share_once(row[place].strip() for row in rows if place < len(row))

    return other_list(headers, places, once)


def _remedy(proposal: Proposal, headers: Sequence[str], table: Table, option: str) -> str:
    nobody = _of_nobody(proposal, headers, table, option)
    typed = f"{option}{answer(proposal, headers)}"
    without = [name for name, columns in proposal.columns.items() if not columns]
    without = [name for name in without if name != "bedrag" or not proposal.pair]
    if not without:
        return (
            f"Als dit klopt, typ er dan achter: {typed}. Is het een andere kolom, zet dan die achter het =."
            f"{nobody}{_of_one(proposal, table)}"
        )
    if without == ["klant"] and nobody:  # the one answer that can be typed as it stands
        return (
            f"Voor klant is ook naar de inhoud geen kolom gevonden.{nobody} Staan zij er wel in, zeg dan "
            f"welke kolom het is, met uw kop op de …: {typed}."
        )
    names = " en ".join([", ".join(without[:-1]), without[-1]] if without[1:] else without)
    return (
        f"Voor {names} is ook naar de inhoud geen kolom gevonden. Exporteer met die kolom erbij, of zeg "
        f"welke het is, met uw kop op de …: {typed}.{nobody}{_of_one(proposal, table)}"
    )


def _of_one(proposal: Proposal, table: Table) -> str:
    """What to do where all rows are proposed to be of one thing, as their file is called."""
    first = next(iter(proposal.columns.get(table.whole, ())), None)
    if table.of_orders or first is None or plain(first.header) != OF_PARTS[0]:
        return ""
    return f" Bestand is de naam van het bestand, als alles van één {table.whole} is: geef het dan die naam."


def _of_nobody(proposal: Proposal, headers: Sequence[str], table: Table, option: str) -> str:
    """What to type where an export has no customers, as those of tills and payouts."""
    if (
        not table.of_orders
        or "klant" not in proposal.columns
        or not all(columns for name, columns in proposal.columns.items() if name != "klant")
    ):
        return ""
    others = {name: columns for name, columns in proposal.columns.items() if name != "klant"}
    said = answer(replace(proposal, columns={"klant": [], **others}), headers).replace(
        "klant=…", f"klant={ABSENT}"
    )
    what = "Heeft dit bestand geen klanten (van een kassa of uitbetaling), lees dan alleen de omzet"
    return f" {what}: {option}{said}."


def _seen(proposal: Proposal) -> str:
    """What the contents say of the columns that are missing, a line each; nothing for nothing."""
    if not any(proposal.columns.values()) and not proposal.scaled and not proposal.pair:
        return ""
    lines = [f"{name} kan zijn: {_shown(columns)}" for name, columns in proposal.columns.items() if columns]
    lines += [f"{name}: {_shown([column])}" for name, column in proposal.besides.items()]
    lines += [f"{one.name} staat naar zijn kop niet in euro's: reken het om" for one in proposal.scaled]
    if proposal.pair:
        inward, outward = proposal.pair
        debtors, others = "op een kaart van debiteuren", "op een rekening van omzet of bij een betaaldienst"
        first, second = (debtors, others) if side_of(inward.header) == "out" else (others, debtors)
        lines.append(
            f"bedrag kan zijn: {inward.name} min {outward.name}, zoals {first}; staan verkopen in "
            f"{outward.name} ({second}), draai erbij en eraf dan om"
        )
    if proposal.parts:
        money = proposal.columns["bedrag"][0]
        names = " en ".join(one.name for one in proposal.parts)
        can = "kan" if len(proposal.parts) == 1 else "kunnen"
        lines.append(
            f"{names} {can} bij {money.name} komen, als delen van één bedrag; "
            f"is {money.name} alles, laat {', '.join(PARTS[: len(proposal.parts)])} dan weg"
        )
    if proposal.beside:
        money = proposal.columns["bedrag"][0]
        lines.append(
            f"waar {money.name} leeg is, staat een bedrag in {proposal.beside.name}: als dat uitgaven zijn, "
            "tellen die rijen niet"
        )
    if proposal.priced:
        count, money = proposal.priced, proposal.columns["bedrag"][0]
        lines.append(
            f"is {money.name} de prijs van één stuk en {count.name} het aantal, dan in plaats van bedrag: "
            f"aantal={count.header},stukprijs={money.header}"
        )
    if prices := proposal.columns.get("stukprijs"):
        lines.append(
            f"het aantal keer {prices[0].name} is dan het bedrag; is het al dat van de rij, dan in plaats "
            f"van stukprijs: bedrag={prices[0].header}"
        )
    if proposal.sales:
        column, words = proposal.sales
        rest = [text for text in column.distinct if text not in words]
        lines.append(f"{column.name} zegt welke rijen tellen: {', '.join(words)} wel, {', '.join(rest)} niet")
    for column in proposal.others:
        some = ", ".join(column.distinct[:SHOWN])
        lines.append(
            f"zegt {column.name} ({some}) welke rijen tellen, dan ook: "
            + rows_option("--alleen", column.header, column.usual)
        )
    return " Naar de inhoud:\n" + "\n".join(f"  {line}" for line in lines)


def _shown(columns: Sequence[Cells]) -> str:
    return " of ".join(f"{column.name} ({column.example})" for column in columns[:SHOWN])


def _several(
    headers: Sequence[str], table: Table, named: Mapping[str, str] | None
) -> tuple[str, list[str]] | None:
    """The first needed column for which the questions of a survey leave a choice, and these questions."""
    for column in table.columns:
        if column.required and column.name not in (named or {}):
            patterns = [text for text in column.synonyms if text.startswith(PATTERN)]
            for text in patterns:
                fitting = [one for one in headers if any(re.match(text, form) for form in forms(one))]
                if len(fitting) > 1:
                    return column.name, fitting
    return None
