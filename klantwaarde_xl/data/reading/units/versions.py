"""Orders that were changed later and stand in an export once for each version: the last one counts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.naming.headers import forms, plain
from klantwaarde_xl.data.reading.naming.words import OF_AN_ARTICLE
from klantwaarde_xl.data.reading.questions.choices import LAST, LINES
from klantwaarde_xl.data.reading.sources.marked import MARK
from klantwaarde_xl.dutch import DATE_ORDERS, bare_date, date_readings, format_count
from klantwaarde_xl.errors import Ambiguous

_OF_VERSIONS = re.compile(
    "(?:order|bestel|factuur|invoice|document)?(?:versie|version|revisie|revision|rev)"
    "(?:nr|nummer|number|no)?"
)
_CHANGED = "gewijzigd|modified|updated?|bijgewerkt|aangepast|edited|changed|geändert|geandert|aktualisiert"
_OF_CHANGES = re.compile(
    f"(?:order|bestelling|factuur|invoice|datum|date|laatst(?:e|elijk)?|last|zuletzt)*(?:{_CHANGED}"
    "|wijziging(?:s|en)?|mutatie|modification|änderung|anderung)(?:op|at|on|am|date|datum|time|utc|gmt)*"
)
_VERSION = re.compile(
    r"\W*(?:versie|version|revisie|revision|rev|ver|v|r)?[ .#-]*(?:(\d{1,4})(?:[.,]0)?|([a-z]))\W*"
)
_TIME = re.compile(r"(?<!\d)(\d{1,2}):(\d\d)(?::(\d\d(?:[.,]\d+)?))?(?:\s*([ap])\.?m\b)?")
_OF_LINES = re.compile("regel|line|btw|vat|tax")  # lines of other articles can have these in common


@dataclass(frozen=True)
class _Row:
    """A row of an order that stands there more often; said: which version or moment its column has."""

    rij: int
    order: tuple[str, ...]
    said: str
    amount: float | None


def keep_last_versions(export: Export) -> None:
    """Leave out the rows of an order that a later version of it replaces, and say so.

    A column of versions tells by itself. Where rows with one number, customer and day were changed at other
    moments and have other amounts, the user is asked: raises `Ambiguous`. Beside a column of articles either
    tells only where an article of the order comes again. `--regels laatste` needs no column: there the row
    furthest down is the last.
    """
    if not export.has("order") or export.of_rows in LINES:
        return
    chosen = export.of_rows == LAST
    for place in _free(export, _OF_VERSIONS):
        rows = _several(export, place, by_day=False)
        if rows and (last := _by_number(rows)) is not None:
            _leave_out(export, rows, last, f"die met de hoogste in kolom {export.sample.name(place)}")
            return
    for place in _free(export, _OF_CHANGES):
        rows = _several(export, place, by_day=not chosen)
        if rows and not chosen and _differ(rows):
            raise _question(export, place, rows)
        if rows and chosen:
            _leave_out(
                export, rows, _by_moment(export, place, rows), f"de laatste in {export.sample.name(place)}"
            )
            return
    if chosen:
        rows = _several(export, None, by_day=False)
        lowest = {row.order: row.rij for row in sorted(rows, key=attrgetter("rij"))}
        _leave_out(export, rows, {*lowest.values()}, "die het laagst in het bestand staat")


def _free(export: Export, pattern: re.Pattern[str]) -> list[int]:
    """The columns that are none of ours and whose header a pattern fits."""
    taken = {*export.places.values()}
    return [
        place
        for place, header in enumerate(export.headers)
        if place not in taken and any(map(pattern.fullmatch, (plain(header), *forms(header))))
    ]


def _several(export: Export, place: int | None, *, by_day: bool) -> list[_Row]:
    """The rows of orders of which a column says other things; None for one that says another in each row.

    An order has a number and a customer, and by_day its day. Below nought nothing is a version.
    """
    key = [
        export.shown(name) for name in ("order", "klant", "datum")[: 3 if by_day else 2] if export.has(name)
    ]
    said = "'' || rij" if place is None else cell_of(place)
    articles = [
        cell_of(at)
        for at, header in enumerate(export.headers)
        if place is not None and {*forms(header)} & OF_AN_ARTICLE and not _OF_LINES.search(plain(header))
    ]
    again = "true"
    if articles or (place is not None and export.has("aantal")):
        article = f"concat_ws(chr(31), {', '.join(articles) or 'rij'})"
        again = f"count(distinct ({article}, said)) > count(distinct {article})"
    cells = "".join(f", c{at}" for at in range(len(export.headers)))
    return [
        _Row(rij, tuple(order), text, None if amount is None else float(amount))
        for rij, order, text, amount in export.rows(f"""
            with told as (
              select rij, [{", ".join(key)}] as one, {said} as said, v{cells}
              from raw join lines using (rij) left join {export.values("bedrag")} using (rij)
              where {export.shown("order")} <> '')
            select rij, one, said, v from told semi join (
              select one from told group by one
              having min(said) <> max(said) and coalesce(min(v), 0) >= 0 and {again}) using (one)
            order by rij""")
    ]


def _by_number(rows: Sequence[_Row]) -> set[int] | None:
    """The rows of the highest version of each order; None where a text is no version."""
    numbers = {}
    for said in {row.said for row in rows}:
        found = _VERSION.fullmatch(said.replace(MARK, "").casefold())
        if said and found is None:
            return None
        numbers[said] = 0 if found is None else int(found[1]) if found[1] else ord(found[2])
    return _highest(rows, numbers)


def _highest(rows: Sequence[_Row], numbers: Mapping[str, float]) -> set[int]:
    """The rows of each order whose text has the highest number."""
    most: dict[tuple[str, ...], float] = defaultdict(float)
    for row in rows:
        most[row.order] = max(most[row.order], numbers[row.said])
    return {row.rij for row in rows if numbers[row.said] == most[row.order]}


def _by_moment(export: Export, place: int, rows: Sequence[_Row]) -> set[int]:
    """The rows of the latest moment of each order; raises `Ambiguous` for what is none, or can be two."""
    texts = {row.said for row in rows}
    wanted = export.reading.date_order
    orders = [wanted] if wanted in DATE_ORDERS else [*DATE_ORDERS]
    ways = [_highest(rows, moments) for order in orders if (moments := _moments(texts, order)) is not None]
    if not ways:
        raise Ambiguous(
            f"Welke rij van een order de laatste is, zegt kolom {export.sample.name(place)} niet: niet alles "
            "daarin is een datum.",
            remedy="Laat in het bestand alleen de laatste rij van elke order staan, of tel alles op met "
            f"--regels {LINES[0]}.",
        )
    if any(way != ways[0] for way in ways):
        raise Ambiguous(
            f"In kolom {export.sample.name(place)} kan de dag ook de maand zijn, en dat maakt uit voor welke "
            "rij van een order de laatste is.",
            remedy="Zeg de volgorde: --datumvolgorde dmj of --datumvolgorde mdj.",
        )
    return ways[0]


def _moments(texts: set[str], order: str) -> dict[str, float] | None:
    """The moment of each text, in seconds, in an order of its date; None where one is no date."""
    found = {}
    for text in texts:
        said = text.replace(MARK, "").strip()
        if re.fullmatch(r"\d+(?:[.,]\d+)?", said):  # days or seconds since a first day
            found[text] = float(said.replace(",", "."))
            continue
        read = date_readings(bare_date(said)) if said else None
        day = getattr(read, order) if read else None
        if said and day is None:
            return None
        found[text] = day.toordinal() * 86_400.0 + _seconds(said) if day else 0.0
    return found


def _seconds(text: str) -> float:
    """The time of day in a text, in seconds; 0 for none."""
    if (found := _TIME.search(text.casefold())) is None:
        return 0.0
    hour = int(found[1]) % 12 + 12 * (found[4] == "p") if found[4] else int(found[1])
    return hour * 3600 + int(found[2]) * 60 + float((found[3] or "0").replace(",", "."))


def _differ(rows: Sequence[_Row]) -> bool:
    """Whether the rows of any order have other amounts."""
    amounts: dict[tuple[str, ...], set[float | None]] = defaultdict(set)
    for row in rows:
        amounts[row.order].add(row.amount)
    return any(len(found) > 1 for found in amounts.values())


def _leave_out(export: Export, rows: Sequence[_Row], last: set[int], which: str) -> None:
    earlier = [row.rij for row in rows if row.rij not in last]
    if not earlier:
        return
    orders = format_count(len({row.order for row in rows}), "order staat", "orders staan")
    export.leave_out(
        f"select unnest({earlier})", "een eerdere versie van een order (telt elke rij: --regels optellen)"
    )
    export.say("rij", f"{orders} er in meer dan één versie: {which} telt")


def _question(export: Export, place: int, rows: Sequence[_Row]) -> Ambiguous:
    orders = format_count(len({row.order for row in rows}), "order heeft", "orders hebben")
    one = [row for row in rows if row.order == rows[0].order]
    shown = " en ".join(f"{export.source.at(row.rij)} ({row.said})" for row in (one[0], one[-1]))
    return Ambiguous(
        f"{orders} meer rijen, die volgens kolom {export.sample.name(place)} op een ander moment zijn "
        "gewijzigd: is elke rij een nieuwe versie van de hele order, of een deel ervan?",
        where=f"order {one[0].order[0]}: {shown}",
        remedy=f"Telt alleen de laatste versie: --regels {LAST}. Horen alle rijen bij de order: "
        f"--regels {LINES[0]}.",
    )
