"""Text columns to amounts and numbers: `1.234,56`, `€ 12,50`, `12,-`, `(5)`, `1,234.56`, `-$9.99`.

The grammar is that of `dutch`, its patterns included. Beyond it a file has what programs and people
write about a number in a table (`="12.50"`, `kr. 5`, `3 st`), and every currency.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from klantwaarde_xl import dutch
from klantwaarde_xl.data.reading.cells.credits import CREDIT, NONE, sides_of
from klantwaarde_xl.data.reading.cells.currencies import WITHOUT_CENTS, marks
from klantwaarde_xl.data.reading.cells.looks import NOUGHT
from klantwaarde_xl.data.reading.cells.taxed import HOW_PAID, OF_VAT, vat_said
from klantwaarde_xl.data.reading.cells.valued import Valued, by_text, read_texts, show_values
from klantwaarde_xl.data.reading.cells.written import UNKNOWN, Written
from klantwaarde_xl.data.reading.sources.engine import sql_text
from klantwaarde_xl.data.reading.sources.marked import MARK
from klantwaarde_xl.data.reading.sources.text import TextColumn
from klantwaarde_xl.dutch import format_rows
from klantwaarde_xl.errors import Ambiguous

if TYPE_CHECKING:
    import duckdb

DECIMALS = ("komma", "punt")
PLACES = 6  # decimals of an amount: rates and prices per unit have four, and sums stay exact
AMOUNT = f"decimal(18, {PLACES})"
# An amount that goes times another: of two amounts as they are the engine keeps six digits before the point
FACTOR = f"decimal(20, {PLACES})"

# Digits by themselves, as most are: these need no taking apart, which is slow. Without three decimals they
# need no decision either
_PLAIN = "-?[0-9]+(?:[.,][0-9]+)?"
_BARE = "-?[0-9]+(?:[.,](?:[0-9]{1,2}|[0-9]{4,}))?"
# A text as a formula, so that no program takes it for something else; a 1 stands for the digits
_FORMULA = r'^\s*=?\s*"([^"]*)"\s*$|^\s*=([^"=]*)$'
# The point of a shortened word: behind it a blank, nothing, or a number that has one of its own (`Fr.5.00`)
_POINT = rf"({dutch.LETTER})\.({dutch.BLANKS}|$|[0-9 '’]+[.,])"
_FREE = "gratis|kosteloos|free|free of charge|kostenlos|gratuit|[€$£] *[-–]|[-–] *[€$£]"
_PIECES_OF = "aantal"
_OF_REVENUE = ("bedrag", "stukprijs")  # columns of which a nought that is no figure is told
_FIRST = 1000  # texts by which it is seen how a column is written
_PIECES = {f"_{word}": "" for word in ("X", "ST", "STK", "STUK", "STUKS", "PCS", "PC")}
# What a quantity is in, behind its digits; of one dimension there can be no two in a column
_DIMENSIONS = (
    ("KG", "KILO"), ("G", "GR", "GRAM"), ("MG",), ("TON",), ("L", "LTR", "LITER", "LITRE"), ("ML",),
    ("CL",), ("M", "MTR", "METER"), ("CM",), ("MM",), ("KM",), ("M²",), ("M³",),
    ("UUR", "UREN", "U", "H", "HR", "HRS", "HOURS"), ("MIN",), ("DAG", "DAGEN", "DAYS"),
)  # fmt: skip
_UNITS = {f"_{word}": words[0] for words in _DIMENSIONS for word in words}


def _matches(value: str, pattern: str) -> str:
    return f"regexp_full_match({value}, {sql_text(pattern)})"


def read_amounts(
    con: duckdb.DuckDBPyConnection, column: TextColumn, decimal: str | None, usual: Written = UNKNOWN
) -> Valued:
    """Make the view (rij, v DECIMAL(18,6), valuta) of a column's amounts; a percentage is none.

    valuta: the ISO code of the currency that the text names (`KR` for a crown of whichever country), null
    where it names none. decimal: what the user says the decimal sign is; usual: what it was before, which
    holds where the values do not decide. Raises `Ambiguous` when points or commas can be thousands as well
    as decimals.
    """
    digits = f"if(percent, null, try_cast({{0}} as decimal(24, {PLACES})))"
    exact = f"try_cast({{0}} as {AMOUNT})"  # what has more digits before its point is no amount of a customer
    return _read(con, column, _Sort(marks(), digits, exact, "valuta"), decimal, usual)


def read_numbers(
    con: duckdb.DuckDBPyConnection, column: TextColumn, decimal: str | None, usual: Written = UNKNOWN
) -> Valued:
    """Make the view (rij, v DOUBLE) of a column's numbers, `3 st` and `1,5 kg` among them; as `read_amounts`.

    Raises `Ambiguous` too for numbers in several units, as kilograms and grams.
    """
    known = {**dict.fromkeys(dutch.EUROS, ""), **_PIECES, **_UNITS}
    digits = "try_cast({0} as double) / if(percent, 100, 1)"
    finite = "if(isfinite(try_cast({0} as double)), try_cast({0} as double), null)"
    return _read(con, column, _Sort(known, digits, finite, ""), decimal, usual)


@dataclass(frozen=True)
class _Sort:
    """What numbers a column has.

    known: what the marks about the digits stand for, with others a text is no number; digits: the SQL of
    what digits with a point mean in table number_text, and value: of the value that this is; currency: the
    column that names it, if any.
    """

    known: Mapping[str, str]
    digits: str
    value: str
    currency: str


def _read(
    con: duckdb.DuckDBPyConnection, column: TextColumn, sort: _Sort, decimal: str | None, usual: Written
) -> Valued:
    """Read bare digits as they stand, row by row, and of what else is written each different text once."""
    text = column.text
    typed = _is_there(con, text, _is_typed(text))
    bare = f"ltrim({text}, '{MARK}')" if typed else text
    value = sort.value.format(f"replace({bare}, ',', '.')")
    if found := _only_bare(con, text):
        return show_values(
            con, column, Valued(value, written=found), sort.currency and "cast(null as varchar)"
        )
    odd = _is_odd(text, _BARE)
    written = _classes(con, column, odd, sort.known, decimal, usual, taxed=bool(sort.currency))
    notes = [vat_said(con, column), _noughts_said(con, column)]
    bare = f"{text} <> '' and not {odd}"
    sides = sides_of(con, column, bare) if sort.currency else NONE
    if not sort.currency:
        _refuse_units(con, column)
    signed = sort.value.format(f"if({sides.negative}, -value, value)")
    con.execute(f"""
        create or replace table {read_texts(column)} as
        select t as written, {signed} as v, valuta
        from (select *, {sort.digits.format(_digits(written))} as value from number_text)
        where {sides.known}""")
    con.execute("drop table number_text")
    # A text that was taken apart has its value from that, or none
    value = f"if({read_texts(column)}.written is null, {value}, {read_texts(column)}.v)"
    read = Valued(value, by_text(column), written, "; ".join(filter(None, (sides.note, *notes))))
    return show_values(con, column, read, sort.currency)


def _noughts_said(con: duckdb.DuckDBPyConnection, column: TextColumn) -> str:
    """What to say (Dutch) of a dash by itself in the place of money; empty where there is none."""
    if column.name not in _OF_REVENUE:
        return ""
    nought = _matches("lower(trim(t))", NOUGHT)
    texts = con.execute(f"select t from number_text where {nought} order by rij").fetchall()
    if not texts:
        return ""
    these = ", ".join(sql_text(text) for (text,) in texts)
    rows = con.execute(f"select count(*) from raw where {column.text} in ({these})").fetchall()[0][0]
    text = texts[0][0].strip()
    header = column.header or column.name
    return (
        f"bij {format_rows(rows)} staat {text!r}, gelezen als nul; telt zo'n rij niet als order: "
        f'--zonder "{header}={text}"'
    )


def _refuse_units(con: duckdb.DuckDBPyConnection, column: TextColumn) -> None:
    """Raise `Ambiguous` for numbers in more than one unit: a price is not of each of them."""
    units = con.execute("""select valuta, min(rij), arg_min(t, rij) from number_text where valuta <> ''
        group by 1 order by 2""").fetchall()
    if len(units) > 1:
        (_, _, first), (_, row, text) = units[:2]
        raise Ambiguous(
            f"Kolom {column.name} heeft hoeveelheden in meer dan één eenheid: {first} en {text}.",
            where=column.where(row),
            remedy="Reken ze in het bestand om naar één eenheid, die van de prijs. Staat het bedrag van de "
            "rij in een kolom, lees dan die: --kolommen aantal=-,bedrag=….",
        )


def _only_bare(con: duckdb.DuckDBPyConnection, text: str) -> Written | None:
    """How a column is written of which all texts are bare digits; None for another.

    The first texts tell which sign it has, and one look at all whether these have no other.
    """
    texts = f"select {text} as t from raw where not {_is_typed(text)}"
    comma, point = _signs(con, f"{texts} limit {_FIRST}")
    if not (comma and point):
        sign = "," if comma else "[.]" if point else "[^\\s\\S]"  # no sign at all
        if not _is_there(con, text, _is_odd(text, _BARE.replace("[.,]", sign))):
            return _told(comma, point)
    return None if _is_there(con, text, _is_odd(text, _BARE)) else _told(*_signs(con, texts))


def _signs(con: duckdb.DuckDBPyConnection, texts: str) -> tuple[bool, bool]:
    """Whether a query's texts t have a comma, and whether they have a point."""
    found = con.execute(f"select bool_or(contains(t, ',')), bool_or(contains(t, '.')) from ({texts})")
    comma, point = found.fetchall()[0]
    return bool(comma), bool(point)


def _is_there(con: duckdb.DuckDBPyConnection, text: str, which: str) -> bool:
    return bool(con.execute(f"select {text} from raw where {which} limit 1").fetchall())


def _is_typed(text: str) -> str:
    """The SQL of `starts_with`, as a comparison, which looks at no more than the first bytes."""
    return f"({text} >= '{MARK}' and {text} < '{chr(ord(MARK) + 1)}')"


def _is_odd(text: str, bare: str) -> str:
    """The SQL that says whether a text is neither typed nor bare digits, as a pattern has these."""
    return f"({text} <> '' and not {_is_typed(text)} and not {_matches(text, bare)})"


def _classes(
    con: duckdb.DuckDBPyConnection,
    column: TextColumn,
    odd: str,
    known: Mapping[str, str],
    decimal: str | None,
    usual: Written,
    *,
    taxed: bool,
) -> Written:
    """Make table number_text (t, rij, body, negative, side, percent, valuta, taxed, kind); how it is written.

    taxed: whether a text may say that it is with or without VAT; odd: SQL that says of which texts of the
    column, the others being bare; rij: the first row of a text.
    """
    # Of money and of pieces a dash by itself is nought; of another number, such as a score, it is none
    nought = taxed or column.counts or column.name == _PIECES_OF
    _split(con, column, odd, f"{_FREE}|{NOUGHT}" if nought else _FREE)
    _undress(con, known, taxed=taxed)
    con.execute(f"""
        create or replace table number_text as
        select t, rij, body, negative, side, percent, valuta, taxed,
          case when not sound or (worded and starts_with(body, '.')) then 'bad'
               when tag <> '' then case
                 when starts_with(tag, ',') and {_matches("body", dutch.WHOLE_EUROS)} then 'comma'
                 when starts_with(tag, '.') and {_matches("body", dutch.WHOLE)} then 'point' else 'bad' end
               when {_matches("body", dutch.DOUBT)} then 'doubt'
               when {_matches("body", dutch.WHOLE)} then 'whole'
               when {_matches("body", dutch.COMMA)} then 'comma'
               when {_matches("body", dutch.POINT)} then 'point'
               when {_matches("body", dutch.EXPONENT)}
                 then case when contains(body, ',') then 'comma' when contains(body, '.') then 'point'
                      else 'whole' end
               else 'bad' end as kind
        from number_parts join number_dress using (lead, tail)""")
    for name in ("number_parts", "number_dress"):
        con.execute(f"drop table {name}")
    return _decide(con, column, odd, decimal, usual)


def _digits(written: Written) -> str:
    """The SQL of the digits in table number_text; without any doubt the sign does not matter."""
    doubtful = "replace(body, ',', '')" if written.decimal == "punt" else "replace(body, '.', '')"
    return f"""case kind when 'comma' then replace(replace(body, '.', ''), ',', '.')
                      when 'point' then replace(body, ',', '')
                      when 'doubt' then replace({doubtful}, ',', '.')
                      when 'whole' then body end"""


def _split(con: duckdb.DuckDBPyConnection, column: TextColumn, odd: str, free: str) -> None:
    """Make table number_parts (t, rij, lead, body, tail): a text's digits, and what stands about them.

    free: the pattern of what is nought without a digit.
    """
    text = f"regexp_replace(t, {sql_text(_POINT)}, '\\1\\2', 'g')"
    con.execute(f"""
        create or replace table number_parts as
        with apart as (
          select t, rij, case
            when {_matches("lower(trim(t))", free)} then {{'lead': '', 'body': '0', 'tail': ''}}
            when {_matches("t", _PLAIN)}
              then {{'lead': if(starts_with(t, '-'), '-', ''), 'body': ltrim(t, '-'), 'tail': ''}}
            else regexp_extract({text}, {sql_text(f"^{dutch.SPLIT}$")}, ['lead', 'body', 'tail']) end as part
          from (select {column.text} as t, min(rij) as rij from raw where {odd} group by 1)
        )
        select t, rij, part.lead, part.tail, case when {_matches("part.body", dutch.THOUSANDS)}
          then regexp_replace(part.body, {sql_text(dutch.BLANKS)}, '', 'g') else upper(part.body) end as body
        from apart""")


def _undress(con: duckdb.DuckDBPyConnection, known: Mapping[str, str], *, taxed: bool) -> None:
    """Make table number_dress: what each lead and tail, of which there are few, says of the digits between.

    sound: whether this is how a number is dressed; worded: whether a point behind it can be that of a word;
    side: of a book that it names (`credits`); taxed: `IN` or `EX` where it says so of VAT.
    """
    bare = f"regexp_replace(lead || '1' || tail, {sql_text(_FORMULA)}, '\\1\\2')"
    bare = f"upper(regexp_replace({bare}, {sql_text(dutch.BLANKS)}, '', 'g'))"
    bare = f"replace(regexp_replace({bare}, {sql_text(dutch.DASHES)}, '-', 'g'), '{dutch.MINUS}', '-')"
    dressed = sql_text(f"^{dutch.DRESSED}$")
    if taxed:
        bare = f"regexp_replace({bare}, {sql_text(HOW_PAID)}, '')"
    vat = f"regexp_extract(dress, {sql_text(OF_VAT)}, 1)" if taxed else "''"
    plainly = f"regexp_replace(dress, {sql_text(OF_VAT)}, '')" if taxed else "dress"
    con.execute(
        f"""
        create or replace table number_dress as
        with known as (select unnest($marks) as mark, unnest($codes) as valuta), parted as (
          select lead, tail, side, taxed, regexp_extract(bare, {dressed}, {list(dutch.PARTS)}) as part,
            regexp_full_match(bare, {dressed}) as fits
          from (select lead, tail, taxed, regexp_extract(dress, '{CREDIT}', 2) as side,
                  regexp_replace(dress, '{CREDIT}', '\\1') as bare
                from (select lead, tail, {vat} as taxed, {plainly} as dress
                      from (select distinct lead, tail, {bare} as dress from number_parts)))
        ), signed as (
          select lead, tail, side, taxed, fits, part.tag, part.percent <> '' as percent,
            part.front || part.inner || part.behind || part.last as signs,
            part.ahead || part.within || '_' || part.after || part.rear as mark,
            contains(part.behind || part.last, '-') as less
          from parted
        )
        select lead, tail, side, taxed, tag, percent, valuta,
          regexp_matches(lead, '{dutch.LETTER}$') as worded,
          signs in ('-', '()') as negative,
          fits and signs in {dutch.SIGNS} and (signed.mark = '_' or known.mark is not null)
            and not (tag <> '' and less)
            and not regexp_matches(lead || '1' || tail, {sql_text(dutch.TWO_DASHES)})
            and not (side <> '' and signs <> '') as sound
        from signed left join known on signed.mark = known.mark""",
        {"marks": list(known), "codes": list(known.values())},  # sooner bound than parsed: there are hundreds
    )


def _told(comma: bool, point: bool) -> Written:
    """What decimals with a comma, with a point, or with both, tell."""
    if comma == point:
        return Written(None, decimals_mixed=comma)
    return Written("komma" if comma else "punt")


def _decide(
    con: duckdb.DuckDBPyConnection, column: TextColumn, odd: str, decimal: str | None, usual: Written
) -> Written:
    text = column.text
    comma, point = _signs(con, f"select {text} as t from raw where not {odd} and not {_is_typed(text)}")
    seen = {kind for (kind,) in con.execute("select distinct kind from number_text").fetchall()}
    told = _told(comma or "comma" in seen, point or "point" in seen)
    if "doubt" not in seen:
        return told
    if column.counts:
        found = con.execute("select distinct contains(body, ',') from number_text where kind = 'doubt'")
        if len(signs := found.fetchall()) == 1:
            return Written("punt" if signs[0][0] else "komma", told.decimals_mixed)
    if decimal or told.decimal:
        return Written(decimal or told.decimal, told.decimals_mixed)
    if usual.decimal and (usual.decimals_mixed or not told.decimals_mixed):
        return Written(usual.decimal, told.decimals_mixed)
    # Of money without cents a sign is one of thousands
    whole = f"coalesce(valuta, '') in {tuple(sorted(WITHOUT_CENTS))}"
    signs = con.execute(
        f"select distinct contains(body, ','), {whole} from number_text where kind = 'doubt'"
    ).fetchall()
    if len(signs) == 1 and signs[0][1]:
        return Written("punt" if signs[0][0] else "komma", told.decimals_mixed)
    row = con.execute(
        "select rij, body from number_text where kind = 'doubt' order by rij limit 1"
    ).fetchall()[0]
    raise Ambiguous(
        f"Bedragen zoals {row[1]} zijn op twee manieren te lezen: als duizendtallen of als decimalen.",
        where=column.where(row[0]),
        remedy="Zeg welk teken de decimalen scheidt: --decimaal komma (1.234,56) "
        "of --decimaal punt (1,234.56).",
    )
