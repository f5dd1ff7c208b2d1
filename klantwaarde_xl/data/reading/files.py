"""The user's transaction file to a checked table inside the engine."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from klantwaarde_xl.data.reading.columns import Reading, read_amounts, read_dates
from klantwaarde_xl.data.reading.doubts import TOTALS, notes
from klantwaarde_xl.data.reading.quality import Problem, Quality
from klantwaarde_xl.data.reading.text import RawText, from_cells, from_csv
from klantwaarde_xl.data.reading.workbook import HEADER_WITHIN, from_workbook
from klantwaarde_xl.data.tables import TRANSACTIONS, columns_missing, find_columns, other_candidates
from klantwaarde_xl.errors import FileUnreadable

if TYPE_CHECKING:
    import duckdb

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Transactions:
    """Checked transactions in the engine: table tx (rij, klant, dag, cents), and their quality."""

    con: duckdb.DuckDBPyConnection
    quality: Quality
    first_day: dt.date
    last_day: dt.date

    def rows(self) -> list[tuple[str, dt.date, float]]:
        """Customer, date and amount of every transaction, in the order of the source."""
        return self.con.execute("select klant, dag, cents / 100.0 from tx order by rij").fetchall()


def read_transactions(
    path: Path,
    *,
    columns: Mapping[str, str] | None = None,
    reading: Reading | None = None,
    skip_refused: bool = False,
) -> Transactions:
    """Read a CSV or XLSX file of transactions: customer, date, amount.

    columns: our column name to the file's header, where that is not recognised; reading: what
    the user says about dates and decimals; skip_refused leaves unreadable rows out instead of
    raising.
    Raises `FileUnreadable`, `ColumnsMissing`, `Ambiguous` or `RowsRefused`; each says where.
    """
    with tempfile.TemporaryDirectory(prefix="klantwaarde-") as name:
        folder = Path(name)
        if _kind(path) == "xlsx":
            raw = from_workbook(path, folder, TRANSACTIONS, columns)
        else:
            raw = from_csv(path, folder)
        return _check(raw, columns, reading or Reading(), skip_refused=skip_refused)


def transactions_from_cells(
    headers: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    source: str,
    first_row: int = 2,
    reading: Reading | None = None,
) -> Transactions:
    """Read transactions from the cells of a table, as a workbook's refresh does.

    Raises as `read_transactions`; unreadable rows are left out and stand in the quality report,
    because the table is the user's to mend.
    """
    with tempfile.TemporaryDirectory(prefix="klantwaarde-") as name:
        raw = from_cells([headers, *rows], Path(name), source, first_row - 1)
        return _check(raw, None, reading or Reading(), skip_refused=True)


def _kind(path: Path) -> str:
    """`xlsx` or `csv`, by content; raises `FileUnreadable` where content and name disagree."""
    if not path.exists():
        raise FileUnreadable(
            "Dit bestand bestaat niet.", where=str(path), remedy="Controleer de naam en de map."
        )
    if path.is_dir():
        raise FileUnreadable("Dit is een map.", where=str(path), remedy="Noem een CSV- of XLSX-bestand.")
    try:
        with path.open("rb") as file:
            head = file.read(512)
    except OSError as error:
        raise FileUnreadable(
            "Dit bestand is niet te openen.",
            where=f"{path} ({error.strerror})",
            remedy="Sluit het in andere programma's en controleer of u het mag lezen.",
        ) from error
    if not head.strip():
        raise FileUnreadable("Dit bestand is leeg.", where=str(path), remedy="Exporteer de gegevens opnieuw.")
    advice = "Bewaar de gegevens in Excel of LibreOffice als .xlsx of .csv."
    if head.startswith(_OLE):
        raise FileUnreadable(
            "Dit werkboek is beveiligd met een wachtwoord of heeft de oude vorm .xls.",
            where=str(path),
            remedy=advice,
        )
    if head.lstrip().lower().startswith((b"<html", b"<!doctype html", b"<table", b"<?xml")):
        raise FileUnreadable("Dit is een webpagina met een andere naam.", where=str(path), remedy=advice)
    is_zip, suffix = head.startswith(_ZIP), path.suffix.lower()
    if is_zip and suffix not in (".xlsx", ".xlsm"):
        raise FileUnreadable(
            "Dit bestand is ingepakt: een zip of een werkboek met de verkeerde extensie.",
            where=str(path),
            remedy="Pak het uit, of geef een werkboek de extensie .xlsx.",
        )
    if not is_zip and suffix not in (".csv", ".txt", ".tsv"):
        what = (
            "Dit is geen werkboek, al heet het zo."
            if suffix.startswith(".xls")
            else "Dit soort bestand kan niet."
        )
        raise FileUnreadable(
            what, where=str(path), remedy="Gebruik .csv voor tekst, .xlsx voor een werkboek."
        )
    return "xlsx" if is_zip else "csv"


def _check(
    raw: RawText, columns: Mapping[str, str] | None, reading: Reading, *, skip_refused: bool
) -> Transactions:
    import duckdb

    con = duckdb.connect()
    try:
        taken, headers, header_row = _load(con, raw, columns)
        _refuse_open_quote(con, raw.source, taken)
        read_amounts(con, reading, raw.source)
        read_dates(con, reading, raw.source)
    except duckdb.Error as error:
        raise FileUnreadable(
            "De regels in dit bestand zijn niet te lezen.",
            where=raw.source,
            remedy="Kijk of aanhalingstekens en scheidingstekens kloppen, of bewaar het als .xlsx.",
        ) from error
    con.execute(
        """
        create table tx as select r.rij, r.klant, d.dag, a.cents
        from raw r join days d using (rij) join amounts a using (rij)
        where r.klant <> '' and not """
        + TOTALS.format("r.klant")
        + " order by r.rij"
    )
    others = other_candidates(headers, TRANSACTIONS, taken) if columns is None else []
    quality = replace(
        _report(con, raw.source),
        notes=(*raw.notes, *notes(con, headers, header_row), *others),
        headers=tuple((name, headers[place].strip()) for name, place in taken.items()),
    )
    if not skip_refused:
        quality.raise_if_refused()
    first, last = con.execute("select min(dag), max(dag) from tx").fetchall()[0]
    if first is None:
        quality.raise_if_refused()
        raise FileUnreadable(
            "Er staan geen transacties in.",
            where=raw.source,
            remedy="Kies een bestand met rijen onder de koppen.",
        )
    return Transactions(con, quality, first, last)


def _load(
    con: duckdb.DuckDBPyConnection, raw: RawText, columns: Mapping[str, str] | None
) -> tuple[dict[str, int], list[str], int]:
    """Make table raw: row number as the user's program shows it, and the three columns as text.

    Returns the place of each column, all headers, and the headers' row.
    """
    con.execute("set preserve_insertion_order = true")
    con.execute(
        """create table lines as select row_number() over () + ? - 1 as rij, * from read_csv(
            ?, delim = ?, header = false, all_varchar = true, auto_detect = false, quote = '"', escape = '"',
            null_padding = true, strict_mode = false, max_line_size = 10000000, columns = ?)""",
        [raw.first_row, str(raw.path), raw.delimiter, _width(raw)],
    )
    head = con.execute(f"select * from lines order by rij limit {HEADER_WITHIN}").fetchall()
    for line in head:
        headers = [text or "" for text in line[1:]]
        found = find_columns(headers, TRANSACTIONS, columns)
        if found is not None:
            names = [f"coalesce(c{found[c.name]}, '')" for c in TRANSACTIONS.columns]
            con.execute(
                f"""create table cells as select rij,
                    regexp_replace(trim(ltrim(nfc_normalize({names[0]}), '\x02'), ' \u00a0\t'),
                      '[\\s\u00a0]+', ' ', 'g') as klant,
                    {names[1]} as datum, {names[2]} as bedrag
                  from lines where rij > ? and trim({" || ".join(names)}) <> ''""",
                [line[0]],
            )
            # E-mail addresses do not mind capitals; a row without date and amount is no order
            con.execute(
                r"update cells set klant = lower(klant) where regexp_full_match(klant, '\S+@\S+\.\S+')"
            )
            con.execute("create table blank as from cells where trim(datum) = '' and trim(bedrag) = ''")
            con.execute("create table raw as from cells where trim(datum) <> '' or trim(bedrag) <> ''")
            return found, headers, line[0]
    first = [text or "" for text in head[0][1:]] if head else []
    raise columns_missing(first, TRANSACTIONS, raw.source, columns)


def _refuse_open_quote(con: duckdb.DuckDBPyConnection, source: str, taken: Mapping[str, int]) -> None:
    """A quote that is never closed swallows the rows behind it; better no figures than those."""
    text = " || ".join(f"coalesce(c{place}, '')" for place in taken.values())
    rows = con.execute(
        f"select rij from lines where contains({text}, chr(10)) order by rij limit 1"
    ).fetchall()
    if rows:
        raise FileUnreadable(
            "Een aanhalingsteken in dit bestand wordt niet gesloten; de regels erachter vallen dan weg.",
            where=f"{source}, rij {rows[0][0]}",
            remedy='Verwijder het losse " in die regel, of bewaar het bestand als .xlsx.',
        )


def _width(raw: RawText) -> dict[str, str]:
    """Every line's fields as c0, c1, …: as many as the widest of the first lines."""
    import csv
    import itertools

    with raw.path.open(encoding="utf-8", newline="") as file:
        first = itertools.islice(csv.reader(file, delimiter=raw.delimiter), 200)
        widest = max((len(row) for row in first), default=1)
    return {f"c{i}": "VARCHAR" for i in range(max(widest, 1))}


def _report(con: duckdb.DuckDBPyConnection, source: str) -> Quality:
    problems = con.execute(
        """
        select rij, 'klant', '', 'de klant ontbreekt' from raw where klant = ''
        union all
        select rij, 'klant', klant, 'dit lijkt een totaalregel' from raw where """
        + TOTALS.format("klant")
        + """
        union all
        select rij, 'datum', datum, case when trim(datum) = '' then 'de datum ontbreekt'
            when regexp_full_match(trim(datum), '\\d{1,2}[-./]\\d{1,2}[-./]\\d{2}')
              then 'het jaartal heeft twee cijfers'
            when try_cast(regexp_extract(datum, '(\\d{4})', 1) as int)
              not between 1980 and year(current_date) + 1
              then 'het jaartal kan niet kloppen'
            else 'dit is geen datum' end
          from raw anti join days using (rij)
        union all
        select rij, 'bedrag', bedrag, case when trim(bedrag) = '' then 'het bedrag ontbreekt'
            else 'dit is geen bedrag' end
          from raw anti join amounts using (rij)
        order by 1, 2"""
    ).fetchall()
    rows_read, rows_kept = con.execute(
        "select (select count(*) from raw), (select count(*) from tx)"
    ).fetchall()[0]
    return Quality(
        source,
        rows_read,
        rows_kept,
        tuple(
            Problem(row, column, text.replace("\x02", "")[:80], reason)
            for row, column, text, reason in problems
        ),
    )
