"""Two currencies are never added up: what to ask, what to say, and how a table without orders gets one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from klantwaarde_xl.data.reading.cells.currencies import EURO
from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.naming.headers import ABSENT, currency_of
from klantwaarde_xl.data.reading.revenue.currency_said import CURRENCY, named_by
from klantwaarde_xl.data.reading.sources.typed import quoted
from klantwaarde_xl.data.tables import Column, Kind
from klantwaarde_xl.dutch import format_number, format_rows
from klantwaarde_xl.errors import Ambiguous, UsageError

ALL_IN = "de bedragen zijn in "

Seen = Sequence[tuple[str, int, Any]]  # the codes that there are, the most used first: rows and sum of each


def as_currencies(said: str) -> str:
    """The option to type that says which currencies count, between quotes where one is no code."""
    return f"--valuta {said}" if re.fullmatch(r"[\w,=.…]+", said) else f'--valuta "{said}"'


def _shown(seen: Seen) -> str:
    return ", ".join(f"{code} ({format_rows(n)}, {format_number(float(v or 0), 2)})" for code, n, v in seen)


def several(seen: Seen, otherwise: str = "") -> Ambiguous:
    """The question which of several currencies counts; otherwise: what else the user can do (Dutch)."""
    first, second, *others = [code for code, _, _ in seen]
    rates = ",".join([first, f"{second}=0.92", *(f"{code}=…" for code in others)])
    return Ambiguous(
        f"De bedragen zijn in meer dan één valuta: {_shown(seen)}.",
        remedy=f"Kies er een: {as_currencies(first)}. Of geef koersen: {as_currencies(rates)} "
        f"(één stuk daarvan is 0,92 van de eerste).{otherwise}",
    )


def unnamed(code: str, without: int) -> Ambiguous:
    """The question in what currency amounts without one are, where all others are in one that is no euro."""
    many = "1 bedrag heeft" if without == 1 else f"{format_number(without, 0)} bedragen hebben"
    return Ambiguous(
        f"{many} geen valuta, en alle andere zijn in {code}.",
        remedy=f"Zijn ze ook in {code}: {as_currencies(code)}. "
        f"Zijn ze in euro: {as_currencies(f'EUR,{code}=0.92')} "
        f"(één {code} is 0,92 euro; zonder koers, --valuta EUR, telt {code} niet mee).",
    )


def refuse_absent(seen: Seen, rates: Mapping[str, float], without: int) -> None:
    """Raise `UsageError` where no amount is in a currency that the user chose; without: have none at all."""
    if not seen or not rates or without or {code for code, _, _ in seen} & rates.keys():
        return
    wanted = " of ".join(rates)
    raise UsageError(
        f"Geen bedrag is in {wanted} (--valuta). Er zijn bedragen in {_shown(seen)}.",
        remedy=f"Kies er een die er is: {as_currencies(seen[0][0])}.",
    )


def say_which(export: Export, codes: Sequence[str]) -> None:
    """Tell in which currency all amounts are from now on, and with which rates; codes: that there were."""
    rates = dict(export.reading.currencies)
    main = export.currency = next(iter(rates), codes[0] if codes else EURO)
    if main != EURO:
        export.say(CURRENCY, f"{ALL_IN}{main}, en zo toont een nieuw werkboek ze")
    elif codes and len(rates) > 1:
        export.say(
            CURRENCY,
            "omgerekend naar EUR met " + ", ".join(f"{c} = {format_number(r)}" for c, r in rates.items()),
        )


# ── tables without orders ───────────────────────────────────────────────────────────────────


def bring_to_one(export: Export) -> None:
    """Bring all amounts of a table without orders to one currency; raises `Ambiguous` as the user must say.

    A currency stands in a column of its own, in the header of an amount, or with the amount itself.
    """
    columns = [one for one in export.table.columns if one.is_money and export.has(one.name)]
    parts = [_codes(export, column) for column in columns]
    if not parts or not _is_named(export, columns):
        say_which(export, ())
        return
    export.con.execute(f"create or replace table currency as {' union all '.join(parts)}")
    _refuse_other_header(export, columns[0])
    seen = export.rows(
        "select code, count(*), sum(v) from currency where code is not null group by code order by 2 desc, 1"
    )
    codes = tuple(code for code, _, _ in seen)
    export.currencies = codes
    rates = dict(export.reading.currencies)
    if len(codes) > 1 and not rates:
        raise several(seen, " Of zet ze in de tabel zelf in één valuta.")
    refuse_absent(seen, rates, export.count("select count(*) from currency where code is null"))
    if rates and codes:
        _convert(export, columns, rates)
    say_which(export, codes)
    _say_unnamed(export, columns, next(iter(rates), codes[0] if codes else ""))
    export.con.execute("drop table currency")


def _is_named(export: Export, columns: Sequence[Column]) -> bool:
    """Whether anything names a currency; most tables have none."""
    if export.has(CURRENCY) or any(_of_header(export, column) for column in columns):
        return True
    return any(
        export.rows(f"select rij from {export.values(column.name)} where valuta is not null limit 1")
        for column in columns
        if column.kind is Kind.AMOUNT
    )


def _of_header(export: Export, column: Column) -> str:
    return currency_of(export.headers[export.places[column.name]])


def _codes(export: Export, column: Column) -> str:
    """The query (rij, kolom, code, v, own, mark) of one amount; own: what the column of currencies says."""
    own = named_by(export, f"nullif({export.shown(CURRENCY)}, '')") if export.has(CURRENCY) else "null"
    mark = "b.valuta" if column.kind is Kind.AMOUNT else "null"
    header = _of_header(export, column)
    # A header is of this very column; a dollar sign is of the country that the column of currencies says
    code = f"coalesce(mark, '{header}')" if header else "coalesce(own, mark)"
    return f"""select rij, '{column.name}' as kolom, {code} as code, v, own, mark
        from (select r.rij, cast({own} as varchar) as own, cast({mark} as varchar) as mark, b.v
              from raw r join {export.values(column.name)} b using (rij))"""


def _refuse_other_header(export: Export, column: Column) -> None:
    """Raise `Ambiguous` where the header of the amount and the column of currencies say two things."""
    header = _of_header(export, column)
    rows = export.rows(
        "select distinct own from currency where kolom = $name and own <> $header order by 1",
        {"name": column.name, "header": header},
    )
    if header and rows:
        raise Ambiguous(
            f"De kop {export.header(column.name)} zegt {header}, en kolom {export.header(CURRENCY)} zegt "
            f"{', '.join(code for (code,) in rows)}.",
            remedy=f"Zijn de bedragen in {header}, laat de andere kolom dan weg: "
            f'--kolommen "{CURRENCY}={ABSENT}". Zijn ze in wat die kolom zegt, haal {header} dan uit de kop.',
        )


def _convert(export: Export, columns: Sequence[Column], rates: dict[str, float]) -> None:
    """Leave out the rows of other currencies, and give every amount its worth in the first."""
    known = ", ".join(f"({quoted(code, chr(39))}, cast({rate!r} as double))" for code, rate in rates.items())
    export.con.execute(f"create or replace table rates as from (values {known}) as r (code, rate)")
    leave_out_others(export)
    for at, column in enumerate(columns):
        which = f"""from currency c join rates r using (code)
            where c.kolom = '{column.name}' and r.rate <> 1"""
        unsure = f"select 1 {which} and c.mark is null and c.rij in (select rij from raw)"
        if at and not _of_header(export, column) and export.rows(f"{unsure} limit 1"):
            raise Ambiguous(
                f"Kolom {export.header(CURRENCY)} zegt in welke valuta {export.header(columns[0].name)} is. "
                f"Of dat ook voor {export.header(column.name)} geldt, is niet te zien.",
                remedy=f"Zet de valuta in die kop, zoals '{column.name} (EUR)', of lees zonder die kolom: "
                f'--kolommen "{column.name}={ABSENT}".',
            )
        values = export.own_values(column.name)
        export.con.execute(
            f"""update {values} set v = {values}.v * c.rate
                from (select c.rij, r.rate {which}) c where c.rij = {values}.rij"""
        )
    export.con.execute("drop table rates")


def leave_out_others(export: Export) -> None:
    """Leave out the rows whose code in table currency is none of table rates."""
    others = "from currency where code is not null and code not in (select code from rates)"
    codes = export.rows(f"select distinct code {others}")
    export.leave_out(
        f"select rij {others}",
        "een valuta die u niet koos (--valuta)",
        codes[0][0] if len(codes) == 1 else None,
    )


def _say_unnamed(export: Export, columns: Sequence[Column], main: str) -> None:
    """Tell how many amounts stand without a currency where others have one; a plain number need have none."""
    names = ", ".join(f"'{column.name}'" for column in columns if column.kind is Kind.AMOUNT)
    count = export.count(
        f"select count(*) from currency join raw using (rij) where code is null and kolom in ({names})"
        if names
        else "select 0"
    )
    if count and main:
        say_without(export, count, main)


def say_without(export: Export, count: int, code: str) -> None:
    """Tell how many amounts without a currency were read as of which."""
    text = "bedrag zonder valuta is gelezen" if count == 1 else "bedragen zonder valuta zijn gelezen"
    export.say(CURRENCY, f"{format_number(count, 0)} {text} als {code}")
