"""Periods of a table to the first day and the term of each: months, quarters, half years, years.

Goals of several terms can hold one another, as a year holds its months: they are asked about, never added up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantwaarde_xl.data.reading.cells.terms import (
    MONTH,
    TERMS,
    TERMS_EACH,
    Period,
    period_in,
    period_of_year,
    term_named,
    term_of_header,
)
from klantwaarde_xl.data.reading.days.months_as_ranges import ask_long_ranges, take_months
from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.naming.headers import plain
from klantwaarde_xl.data.reading.sources.engine import make_rows
from klantwaarde_xl.data.reading.sources.typed import TEXT, type_of
from klantwaarde_xl.data.tables import Column, Kind
from klantwaarde_xl.dutch import MONTH_NUMBER
from klantwaarde_xl.errors import Ambiguous

if TYPE_CHECKING:
    from klantwaarde_xl.data.reading.sources.text import RawText
    from klantwaarde_xl.data.reading.sources.typed import Typed

TERM = "termijn"  # the column that says how long a period is
YEAR = "jaar"  # one that helps: of what stands beside it without its year
_QUARTERS = ("kwartaal", "quarter", "qtr")


def read_terms(export: Export, raw: RawText | Typed) -> None:
    """Write each period in raw as its first month, with its term; a year of its own is put with its month.

    In a table without a column of terms, what is longer than a month stays as it is and is refused as no
    month. Raises `Ambiguous` for a term that is not known or is not that of its period.
    """
    take_months(export)
    month = _month(export)
    if month is None and _has_terms(export):
        _terms_of_amounts(export)
    if month is None:
        return
    _ask_year(export, month)
    if not (export.has(month.name) or export.has(YEAR)):
        if _has_terms(export):
            _of_header(export, month)
        return
    text, has_terms = export.text(month.name), _has_terms(export)
    is_text = type_of(export.con, text) == TEXT
    if not is_text and not has_terms:
        return
    quarters = export.has(month.name) and plain(export.headers[export.places[month.name]]) in _QUARTERS
    shown = [
        export.shown(name) if name and export.has(name) else _unsaid(export, name)
        for name in (month.name, YEAR, TERM if has_terms else "")
    ]
    known = []
    for row, written, year, told in export.rows(f"select min(rij), {', '.join(shown)} from raw group by all"):
        where = f"{raw.source.at(row)}, kolom {TERM}"
        term = _told(told, where)
        period = _period(written, year, quarters=quarters, has_terms=has_terms)
        if period is not None and term not in (None, period.term):
            raise Ambiguous(
                f"De termijn is hier {term}, en de periode {period}.",
                where=where,
                remedy=f"Vul bij {TERM} {period.term} in, of laat die cel leeg.",
            )
        if period is not None:
            known.append((written, year, told, period.start.isoformat(), period.term))
        elif written:
            known.append((written, year, told, written, term or MONTH))
    _write(export, shown, known, text if is_text else "", export.text(TERM) if has_terms else "")


def _unsaid(export: Export, name: str) -> str:
    """The SQL of a column that is not there: the year that the user says, of months without one."""
    return f"'{export.reading.year}'" if name == YEAR and export.reading.year is not None else "''"


def _ask_year(export: Export, month: Column) -> None:
    """Raise `Ambiguous` where all months are without a year, and nobody says which it is."""
    if not export.has(month.name) or export.has(YEAR) or export.reading.year is not None:
        return
    shown = export.shown(month.name)
    texts = [text for (text,) in export.rows(f"select distinct {shown} from raw where {shown} <> ''")]
    if texts and all(text.casefold().rstrip(".") in MONTH_NUMBER for text in texts):
        raise Ambiguous(
            f"De maanden hebben geen jaar, zoals {texts[0]!r}.",
            where=f"kolom {export.headers[export.places[month.name]].strip()}",
            remedy="Zeg welk jaar het is: --jaar … (met uw jaar op de …), of zet er een kolom jaar bij.",
        )


def _of_header(export: Export, month: Column) -> None:
    """Write in raw the period that the header of the goals names (`Doel 2026`), where no column does."""
    for name, place in export.places.items():
        header = export.headers[place].strip()
        rests = header.partition(" ")[2], header.rpartition(" ")[0]
        period = next(filter(None, map(period_in, rests)), None)
        if export.column(name).kind is Kind.NUMBER and period is not None:
            start, term = export.text(month.name), export.text(TERM)
            export.con.execute(f"update raw set {start} = '{period.start}', {term} = '{period.term}'")
            export.say(month.name, f"{period}, zoals de kop {export.header(name)} zegt")


def _terms_of_amounts(export: Export) -> None:
    """Write in raw of which term each amount is: as its header says, else the column of terms."""
    amount, term = export.table.amount, export.text(TERM)
    if amount is None or not export.has(amount.name):
        return
    if (told := term_of_header(export.headers[export.places[amount.name]])) is not None:
        export.con.execute(f"update raw set {term} = '{told}' where {export.shown(amount.name)} <> ''")
        export.say(TERM, f"{export.header(amount.name)} is per {told}, zoals de kop zegt")
        return
    if export.has(TERMS_EACH):  # `3` beside `month`
        each = export.shown(TERMS_EACH)
        told = f"if({each} in ('', '1'), {export.shown(TERM)}, concat({each}, ' ', {export.shown(TERM)}))"
        export.con.execute(f"update raw set {term} = {told} where {export.shown(TERM)} <> ''")
    found = export.rows(f"select {export.shown(TERM)} as told, count(*) from raw group by told order by told")
    for text, count in found:
        named = term_named(text)
        if text and named is None:
            export.say(
                TERM, f"{text!r} kennen wij niet ({count} keer): van welke termijn dat is, blijft leeg"
            )
        export.con.execute(
            f"update raw set {term} = $named where {export.shown(TERM)} = $text",
            {"named": named or "", "text": text},
        )


def _month(export: Export) -> Column | None:
    return next((column for column in export.table.columns if column.kind is Kind.MONTH), None)


def _has_terms(export: Export) -> bool:
    return TERM in export.table.headers


def _told(told: str, where: str) -> str | None:
    if told and term_named(told) is None:
        raise Ambiguous(
            f"De termijn {told!r} kennen wij niet.",
            where=where,
            remedy=f"Vul er een van deze in: {', '.join(TERMS)}.",
        )
    return term_named(told) if told else None


def _period(written: str, year: str, *, quarters: bool, has_terms: bool) -> Period | None:
    period = period_in(written)
    if period is None and year and (written or has_terms):
        period = period_of_year(written, year, quarters=quarters)
    return period if period is None or has_terms or period.term == MONTH else None


def _write(
    export: Export, shown: list[str], known: list[tuple[str, str, str, str, str]], text: str, term: str
) -> None:
    """Put what is known of (text, year, told) in raw: the first day in column text, the term in its own."""
    if not known:
        return
    con = export.con
    make_rows(con, "periods", dict.fromkeys(("t", "y", "told", "v", "term"), "varchar"), known)
    sets = [f"{column} = p.{value}" for column, value in ((text, "v"), (term, "term")) if column]
    con.execute(
        f"""update raw set {", ".join(sets)} from periods p
            where p.t = {shown[0]} and p.y = {shown[1]} and p.told = {shown[2]}"""
    )
    con.execute("drop table periods")


# ── once the months are read ────────────────────────────────────────────────────────────────


def check_terms(export: Export, raw: RawText | Typed) -> None:
    """Leave one of the goals that hold one another, as the user says; raises `Ambiguous` when he did not.

    Also for a period that does not begin where its term does, such as a quarter in February.
    """
    ask_long_ranges(export)
    month = _month(export)
    if month is None or not _has_terms(export):
        return
    terms = ", ".join(f"('{term}', {months})" for term, months in TERMS.items())
    export.con.execute(
        f"""create or replace table goals as
            select r.rij, {export.shown(export.table.headers[0])} as name, m.v as start, k.term, k.months
            from raw r join {export.values(month.name)} m using (rij)
            join (values {terms}) k(term, months) on k.term = {export.shown(TERM)}"""
    )
    for row, start, term in export.rows(
        "select rij, start, term from goals where (month(start) - 1) % months <> 0 order by rij limit 1"
    ):
        raise Ambiguous(
            f"In {Period(start, MONTH)} begint geen {term}.",
            where=f"{raw.source.at(row)}, kolom {month.name}",
            remedy=f"Vul de eerste maand van dat {term} in, of schrijf het uit, zoals Q1 2026 of 2026.",
        )
    for term in export.reading.terms:
        export.leave_out(
            f"select b.rij {_OVERLAP} and a.term = '{term}'",
            f"een ander doel per {term} gaat voor (--{TERM})",
        )
        export.con.execute("delete from goals where rij not in (select rij from raw)")
    _ask(export, raw)
    export.con.execute("drop table goals")


# Terms nest: of two that share a day the longer holds the shorter
_OVERLAP = """from goals a join goals b on lower(a.name) = lower(b.name) and a.months <> b.months
    and a.start < b.start + to_months(b.months) and b.start < a.start + to_months(a.months)"""


def _ask(export: Export, raw: RawText | Typed) -> None:
    found = export.rows(
        f"""select a.rij, a.name, a.start, a.term, b.rij, b.start, b.term {_OVERLAP} and a.months < b.months
            order by a.rij, b.rij limit 1"""
    )
    if not found:
        return
    row, name, start, term, other, longer, long_term = found[0]
    said = list(export.reading.terms)
    choices = [",".join([*said, one]) for one in (term, long_term) if one not in said]
    raise Ambiguous(
        f"Voor {name!r} overlappen twee doelen elkaar: {Period(start, term)} en {Period(longer, long_term)}.",
        where=f"{raw.source.at(row)} en {other}" if not raw.source.parts else raw.source.at(row),
        remedy=f"Zeg welk doel voorgaat: {' of '.join(f'--{TERM} {one}' for one in choices)}. "
        "Of haal een van de twee weg; doelen over dezelfde tijd worden nooit opgeteld.",
    )
