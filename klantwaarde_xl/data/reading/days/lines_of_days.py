"""Lines of one order that have days of their own, of delivery for instance: the order is of the first."""

from __future__ import annotations

from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.naming.headers import forms, plain
from klantwaarde_xl.data.reading.naming.words import OF_AN_ARTICLE, ORDER
from klantwaarde_xl.dutch import format_number

_LONGEST = 31  # days between the first and the last line of one order


def join_days(export: Export, place: int) -> None:
    """Bring lines in table line_read, of one number and customer, to the first of their days, and say so.

    Only where a header says that the number is of an order and another that a row is a line with an article,
    and the lines stand together within a month: a number of a till or a contract comes back later. Lines
    below nought keep their day.
    """
    names = {plain(header) for header in export.headers}
    is_line = bool(names & OF_AN_ARTICLE) or export.has("aantal")
    if not is_line or not set(forms(export.headers[place])) & set(ORDER):
        return
    if not export.rows("""select 1 from line_read where nr is not null and klant is not null and bedrag >= 0
            group by nr, klant having min(dag) <> max(dag) limit 1"""):
        return
    export.con.execute(f"""
        create or replace table first_lines as
        with spots as (
          select rij, nr, klant, dag, bedrag, row_number() over (order by rij)
            - row_number() over (partition by nr, klant order by rij) as run
          from line_read
        )
        select nr, klant, min(dag) filter (bedrag >= 0) as first, min(rij) as begin, max(rij) as last
        from spots where nr is not null and klant is not null group by nr, klant, run
        having min(dag) filter (bedrag >= 0) <> max(dag) filter (bedrag >= 0)
          and date_diff('day', min(dag), max(dag) filter (bedrag >= 0)) <= {_LONGEST}""")
    count = export.count("select count(*) from first_lines")
    if count:
        export.con.execute("""
            update line_read set dag = f.first,
              orde = concat_ws(chr(31), f.nr, f.klant, cast(f.first as varchar))
            from first_lines f where line_read.rij between f.begin and f.last
              and line_read.nr = f.nr and line_read.klant = f.klant and line_read.bedrag >= 0""")
        orders = "order heeft" if count == 1 else "orders hebben"
        export.say(
            "rij",
            f"{format_number(count, 0)} {orders} regels op meer dan één dag: elk telt één keer, op de eerste",
        )
    export.con.execute("drop table first_lines")
