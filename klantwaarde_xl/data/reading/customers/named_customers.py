"""Customers without a number, or an e-mail address, whose name stands beside it: they are somebody."""

from __future__ import annotations

from klantwaarde_xl.data.reading.customers.accounts_against import is_against
from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.naming.headers import forms, plain
from klantwaarde_xl.data.reading.naming.names_in_parts import name_in_parts
from klantwaarde_xl.data.reading.naming.words import (
    CODES,
    MAILS,
    NAMES,
)
from klantwaarde_xl.data.reading.sources.engine import make_table
from klantwaarde_xl.dutch import format_number, format_rows

_OF_OTHERS = ("id", "account", "accountname", "accountnaam", "user")
_OF_PEOPLE = tuple(word for word in NAMES if word not in _OF_OTHERS)
_OF_ANYTHING = ("naam", "name")  # of an article as well: those who come again have to have one name
_MOSTLY = 0.9


def name_the_blank(export: Export, none: str, nobody: str) -> bool:
    """Let a name say who a row without a number is, and tell whether it does for any.

    none: SQL of such a row; nobody: the names, as SQL, that shops write where there is no customer. A name
    that one number has elsewhere is that customer. What the user says of blanks goes before.
    """
    header = export.headers[export.places["klant"]]
    by_number = set(forms(header)) & {*CODES, *MAILS} or is_against(plain(header))
    if export.reading.blanks or not by_number:
        return False
    customer, places = export.text("klant"), name_places(export)
    if not places or not export.rows(f"select 1 from raw where {none} limit 1"):
        return False
    cells = ", ".join(f"nullif({cell_of(at)}, '')" for at in places)
    name = f"trim(regexp_replace(concat_ws(' ', {cells}), '\\s+', ' ', 'g'))"
    export.con.execute(f"""
        create or replace temp table named as
        select rij, {customer} as k, {name} as name, lower({name}) as same, {none} as none
        from raw join lines using (rij) where {name} <> '' and lower({name}) not in ({nobody})""")
    rows = _name(export, places, header) if _are_of_people(export, places) else 0
    export.con.execute("drop table named")
    return rows > 0


def name_places(export: Export) -> list[int]:
    """The columns of the name of a customer, whole or in parts; none where there are none."""
    free = {plain(header): at for at, header in reversed([*enumerate(export.headers)])
            if at not in export.places.values()}  # fmt: skip
    if whole := next((free[word] for word in _OF_PEOPLE if word in free), None):
        return [whole]
    taken = {*export.places.values()}
    return name_in_parts(["" if at in taken else plain(one) for at, one in enumerate(export.headers)])


def _are_of_people(export: Export, places: list[int]) -> bool:
    """Whether nearly every customer with a number has one name."""
    numbers, one, again = export.rows("""
        select count(*), count(*) filter (names = 1), count(*) filter (n > 1 and names = 1)
        from (select k, count(*) as n, count(distinct same) as names
              from named where not none group by k)""")[0]
    weak = plain(export.headers[places[0]]) in _OF_ANYTHING
    return bool(one >= _MOSTLY * numbers and (again or not weak or not numbers))


def _name(export: Export, places: list[int], header: str) -> int:
    customer = export.text("klant")
    export.con.execute("""
        create or replace temp table renamed as
        with known as (
          select same, min(k) as k from named where not none group by same having count(distinct k) = 1
        ), first as (select same, arg_min(name, rij) as name from named group by same)
        select rij, coalesce(known.k, first.name) as who, known.k is not null as is_known
        from named join first using (same) left join known using (same) where none""")
    rows, known = export.rows("select count(*), count(*) filter (is_known) from renamed")[0]
    if rows:
        make_table(
            export.con,
            "raw",
            f"""select raw.* replace (coalesce(who, {customer}) as {customer})
                from raw left join renamed using (rij)""",
        )
        shown = " en ".join(repr(export.headers[at].strip()) for at in places)
        many = format_rows(rows)
        also = f"; {format_number(known, 0)} ervan van een klant met een nummer die zo heet"
        export.say(
            "klant",
            f"{header.strip()!r} is bij {many} niet ingevuld: daar zegt {shown} wie het is"
            f"{also if known else ''} (van niemand: --lege-klant gast)",
        )
    export.con.execute("drop table renamed")
    return int(rows)
