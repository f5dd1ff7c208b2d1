"""Customers by their name, written now with capitals and now without: `Jan Bos` and `JAN BOS` are one."""

from __future__ import annotations

from klantwaarde_xl.data.reading.engine import make_table
from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.headers import forms
from klantwaarde_xl.data.reading.words import CODES, MAILS
from klantwaarde_xl.dutch import format_number

_SHOWN = 3


def join_writings(export: Export) -> None:
    """Give customers whose names differ in capitals alone the name that most of their rows have.

    A code may be another one in capitals, and stays as it is; so does what has a figure in it.
    Table customers has all of them.
    """
    header = export.headers[export.places["klant"]]
    if set(forms(header)) & {*CODES, *MAILS}:
        return
    customer = export.text("klant")
    export.con.execute("""
        create or replace temp table writings as
        with twice as (
          select lower(k) as low from customers
          where k <> '' and not regexp_matches(k, '[0-9_]') group by 1 having count(*) > 1
        )
        select k, first_value(k) over (partition by low order by n desc, first) as one
        from (select *, lower(k) as low from customers) semi join twice using (low)""")
    seen = export.rows("select one, count(*) from writings group by one order by count(*) desc, one")
    if seen:
        make_table(
            export.con,
            "raw",
            f"""select raw.* replace (coalesce(w.one, {customer}) as {customer})
                from raw left join writings w on w.k = {customer}""",
        )
        export.con.execute("""
            create or replace temp table customers as
            select coalesce(one, k) as k, sum(n) as n, min(first) as first
            from customers left join writings using (k) group by 1""")
        shown = ", ".join(repr(name) for name, _ in seen[:_SHOWN])
        names = "1 naam staat" if len(seen) == 1 else f"{format_number(len(seen), 0)} namen staan"
        export.say(
            "klant",
            f"{names} er met andere hoofdletters in, zoals {shown}: dat is telkens één klant",
        )
    export.con.execute("drop table writings")
