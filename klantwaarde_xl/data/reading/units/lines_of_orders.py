"""What stands in an export beside its orders and lines, before any value is read: totals, guests, blanks.

A row of a total is passed over; a line of an order takes what its order's first line says; who has no
account is nobody.
"""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.by_contents import CURRENCY, REFUND
from klantwaarde_xl.data.reading.customers.accounts_in_text import take_accounts_in_text
from klantwaarde_xl.data.reading.customers.codes_of_files import ask_codes_of_files
from klantwaarde_xl.data.reading.customers.invisible_signs import take_off_invisible
from klantwaarde_xl.data.reading.customers.keys import whole_numbers
from klantwaarde_xl.data.reading.customers.named_customers import name_the_blank
from klantwaarde_xl.data.reading.customers.names_apart import join_names
from klantwaarde_xl.data.reading.customers.nobody import GUESTS, mark_nobody
from klantwaarde_xl.data.reading.customers.phones import write_one_way
from klantwaarde_xl.data.reading.customers.relay_addresses import ask_relays
from klantwaarde_xl.data.reading.customers.senders import take_receivers
from klantwaarde_xl.data.reading.days.days_apart import join_days
from klantwaarde_xl.data.reading.days.dittos_of_days import fill_days
from klantwaarde_xl.data.reading.days.months_as_days import put_on_days
from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.kinds.example_rows import leave_out_examples
from klantwaarde_xl.data.reading.kinds.kinds_of_lines import NAMES
from klantwaarde_xl.data.reading.kinds.kinds_of_rows import ask
from klantwaarde_xl.data.reading.kinds.marked_rows import ask_marked
from klantwaarde_xl.data.reading.kinds.never_paid import ask_never_paid
from klantwaarde_xl.data.reading.kinds.paid_on import ask_unpaid
from klantwaarde_xl.data.reading.kinds.refund_flags import take_flag
from klantwaarde_xl.data.reading.kinds.status_columns import take_statuses
from klantwaarde_xl.data.reading.kinds.statuses import none_counts
from klantwaarde_xl.data.reading.kinds.trials import leave_out_trials
from klantwaarde_xl.data.reading.layout.blocks import ask_titles, leave_out_titles
from klantwaarde_xl.data.reading.layout.dittos import fill_dittos
from klantwaarde_xl.data.reading.layout.export_totals import leave_out_remarks, leave_out_undated, undated
from klantwaarde_xl.data.reading.layout.heads_of_customers import fill_from_heads
from klantwaarde_xl.data.reading.layout.summary_below import leave_out_summary
from klantwaarde_xl.data.reading.naming.headers import ABSENT, accepted, forms, plain
from klantwaarde_xl.data.reading.naming.words import CODES
from klantwaarde_xl.data.reading.questions.choices import ABOVE, ANYTHING, NOBODY, SIGNS
from klantwaarde_xl.data.reading.revenue.lines_off import take_lines_off
from klantwaarde_xl.data.reading.revenue.vat_of_rows import ask_vat_of_rows
from klantwaarde_xl.data.reading.sources.engine import drop, make_table
from klantwaarde_xl.data.reading.units.first_lines import fill_numbers
from klantwaarde_xl.data.reading.units.hours import write_hours
from klantwaarde_xl.data.reading.units.numbers_of_files import keep_files_apart
from klantwaarde_xl.data.reading.units.rounded_numbers import ask_rounded
from klantwaarde_xl.data.reading.units.shops import keep_shops_apart
from klantwaarde_xl.dutch import format_number, format_rows
from klantwaarde_xl.errors import Ambiguous, FileUnreadable

_HEAD = 3  # so many of our headers in one row make a header; one less where it has no figure at all
_FEW = 1000  # customers that are looked at one by one, before the engine is asked anything about all
_NO_ID = "0"  # of a guest, where customers have a number
# From this share on, and when each customer stands there once, rows without may be of the one above them
_MANY = 0.1


def prepare(export: Export) -> None:
    """Leave out what is no line of an order, fill in what a line leaves to its order, mark guests."""
    drop(export.con, "order_numbers")  # of a table that was read before
    fill_numbers(export)
    _unwanted(export)
    _heads_of_pages(export)
    leave_out_examples(export)
    write_hours(export)
    ask_marked(export)
    fill_dittos(export)
    join_names(export)
    take_accounts_in_text(export)
    ask(export)
    _say_found(export)
    join_days(export)
    put_on_days(export)
    take_flag(export)
    take_statuses(export)
    ask_vat_of_rows(export)
    whole_numbers(export)
    ask_rounded(export)
    write_one_way(export)
    take_receivers(export)
    if export.has("order"):
        keep_shops_apart(export)
        keep_files_apart(export)
        _runs(export)
        _fill(export)
    leave_out_trials(export)
    by_customer = False
    if not export.has("klant"):
        export.say(
            "klant",
            "geen: alle orders zijn van gasten. Zij tellen in de omzet en de orders; wat per klant wordt "
            "berekend (herhaling, segmenten, klantwaarde) is er niet",
        )
    without = undated(export)
    if without and fill_days(export):
        without = undated(export)
    if without:
        _repeated_heads(export)
        by_customer = leave_out_undated(export)
    leave_out_remarks(export)
    leave_out_summary(export)
    ask_titles(export)
    ask_unpaid(export)
    ask_never_paid(export)
    if export.has("klant"):
        fill_from_heads(export)
    if export.has("mail") and export.has("klant"):
        _mail_for_all(export)
    if export.has("klant"):
        _names_for_blank(export)
        ask_codes_of_files(export)
    _guests(export, below=by_customer)


def _heads_of_pages(export: Export) -> None:
    """Leave out the header where it stands again, as on each page of a report, before its words count.

    A title above it says what the rows below are, and is looked at later.
    """
    if not export.has("datum"):
        return
    day = export.places["datum"]
    if not any(row[day] == export.headers[day].strip() for row in export.sample.first) or not undated(export):
        return
    texts = [header.strip() for header in export.headers]
    there = [(place, text.replace("'", "''")) for place, text in enumerate(texts) if text]
    again = " and ".join(f"{cell_of(place)} = '{text}'" for place, text in there)
    found = export.rows(f"select rij from lines where rij in (from undated) and {again} order by rij")
    heads = [row for (row,) in found]
    if heads:
        leave_out_titles(export, heads)
        export.leave_out(f"select unnest({heads})", "de kop nog een keer")


def _repeated_heads(export: Export) -> None:
    """The header again, where files were put below one another; any other header begins another table."""
    known = {text for column in export.table.read for text in accepted(column)}
    cells = ", ".join(f"trim(coalesce(cast(c{at} as varchar), ''))" for at in range(len(export.headers)))
    same = [plain(header) for header in export.headers]
    again = []
    for row, *texts in export.rows(f"select rij, {cells} from lines where rij in (from undated)"):
        found = [plain(text) for text in texts]
        if found == same:
            again.append(row)
        elif sum(text in known for text in set(found)) >= (
            _HEAD if any(re.search("[0-9]", text) for text in texts) else _HEAD - 1
        ):
            raise FileUnreadable(
                "Halverwege begint een andere tabel: daar staan andere koppen.",
                where=f"{export.source.row(row)}: {', '.join(text for text in texts if text)}",
                remedy="Bewaar elke tabel als een eigen bestand; die met dezelfde koppen leest u samen, "
                "als map.",
            )
    if again:
        leave_out_titles(export, again)
        export.leave_out(f"select unnest({again})", "de kop nog een keer")


def _mail_for_all(export: Export) -> None:
    """Where a code is missing and an e-mail address is there, the address says who each customer is."""
    customer, mail = export.text("klant"), export.text("mail")
    gap = f"{customer} in ('', '{_NO_ID}') and {mail} <> ''"
    if not export.count(f"select count(*) from raw where {gap}"):
        return
    make_table(export.con, "raw", f"select * replace ({mail} as {customer}) from raw")
    export.say(
        "klant", f"{export.header('klant')} is niet altijd ingevuld: {export.header('mail')} zegt wie het is"
    )


def _names_for_blank(export: Export) -> None:
    """Where a number is missing and a name is there, the name says who it is, on all lines of an order."""
    codes = set(forms(export.headers[export.places["klant"]])) & set(CODES)
    none = f"{export.text('klant')} in ('', '{_NO_ID}')" if codes else f"{export.text('klant')} = ''"
    nobody = ", ".join(f"'{mark}'" for mark in GUESTS)
    if name_the_blank(export, none, nobody) and export.has("order"):
        _fill(export)


def _runs(export: Export) -> None:
    """Make table order_run (rij, orde): of each row the lines of one number and day that stand together.

    The same number further down, or of another day, may be another order, of another year or till.
    """
    order, day = export.shown("order"), export.shown("datum")
    export.con.execute(f"""
        create or replace table order_run as
        with numbered as (
          select rij, {order} as nr, {day} as day, row_number() over (order by rij) as spot from raw
        ), runs as (
          select rij, nr, day, spot - row_number() over (partition by nr order by rij) as run from numbered
        )
        select rij, case when nr = '' then 'rij ' || rij else concat_ws(chr(31), nr, run, last_value(
            nullif(day, '') ignore nulls) over (partition by nr, run order by rij)) end as orde from runs""")


def _unwanted(export: Export) -> None:
    """Rows that the user leaves out, or does not keep, by the contents of a column."""
    for header, pattern in export.reading.without:
        wanted = pattern.replace("'", "''")
        which = f"select rij from {_said_of(export, header)} where lower(said) glob lower('{wanted}')"
        why = f"{header} is {_in_words(pattern)}"
        if not (NAMES.fullmatch(plain(header)) and take_lines_off(export, which, why)):
            export.leave_out(which, why)
    for header, values in export.reading.only:
        said_of = _said_of(export, header)
        if values == ANYTHING:
            continue
        # Between commas, so that a value that has a comma of its own is found whole
        said = values.replace("'", "''")
        kept, one = _between(f"'{said}'"), _between("said")
        found = f"contains({kept}, {one})"
        if "?" in values:  # stands for signs that an option cannot have
            typed = f"regexp_replace(said, '{SIGNS}', '?', 'g')"
            found = f"({found} or contains({kept}, {_between(typed)}))"
        export.leave_out(
            f"select rij from {said_of} where not {found}",
            f"{header} is niet {_in_words(values)}",
        )


def _in_words(values: str) -> str:
    """What an option says a cell has to be, as a sentence has it: an empty one has a word too."""
    return ",".join(one or "leeg" for one in values.split(","))


def _said_of(export: Export, header: str) -> str:
    """The query (rij, said) of what a column says of each row of raw.

    A line without a day, that goes on with an order and says nothing, is as the line with its number.
    """
    cell, rows = export.cell(header), "raw join lines using (rij)"
    plainly = f"(select rij, {cell} as said from {rows})"
    if not (export.has("order") and export.has("datum")):
        return plainly
    number = export.shown("order")
    goes_on = f"{number} <> '' and {export.shown('datum')} = ''"
    if not export.rows(f"select 1 from raw where {goes_on} limit 1"):
        return plainly
    first = f"""first_value(nullif({cell}, '') ignore nulls) over (partition by {number} order by rij
        rows between unbounded preceding and unbounded following)"""
    return (
        f"""(select rij, if({cell} = '' and {goes_on}, coalesce({first}, ''), {cell}) as said from {rows})"""
    )


def _say_found(export: Export) -> None:
    """Tell which columns were known by what they hold."""
    for name, what in ((CURRENCY, "de valuta"), (REFUND, "wat is terugbetaald")):
        if export.is_by_contents(name):
            export.say(
                name,
                f"kolom {export.header(name)} is naar haar inhoud {what}; "
                f"zo niet: --kolommen {name}={ABSENT}",
            )


def _between(text: str) -> str:
    return f"',' || lower(regexp_replace(trim({text}), '\\s*,\\s*', ',', 'g')) || ','"


def _fill(export: Export) -> None:
    """Lines that go on with an order have its customer, day and currency."""
    names = [name for name in ("klant", "datum", "valuta") if export.has(name)]
    blank = " or ".join(f"{export.shown(name)} = ''" for name in names)
    if not export.count(f"select count(*) from raw where {export.shown('order')} <> '' and ({blank})"):
        return
    filled = ", ".join(
        f"""case when {shown} = '' then coalesce(first_value(if({shown} = '', null, {text}) ignore nulls)
                over (partition by orde order by rij
                  rows between unbounded preceding and unbounded following), {text})
              else {text} end as {text}"""
        for text, shown in ((export.text(name), export.shown(name)) for name in names)
    )
    make_table(
        export.con,
        "raw",
        f"select * exclude (orde) replace ({filled}) from raw join order_run using (rij)",
    )


def _guests(export: Export, *, below: bool) -> None:
    """Customers who are nobody: their orders count, in nobody's figures; below: as `_blanks`.

    Makes table customers (k, n, first) of all there are, with nobody's.
    """
    if not export.has("klant"):
        return
    _count_customers(export)
    if take_off_invisible(export):
        _count_customers(export)
    _blanks(export, below=below)
    is_code = set(forms(export.headers[export.places["klant"]])) & set(CODES)
    mark_nobody(export, *((_NO_ID,) if is_code else ()))
    ask_relays(export)


def _count_customers(export: Export) -> None:
    customer = export.text("klant")
    there = export.count(f"""
        create or replace temp table customers as
        select {customer} as k, count(*) as n, min(rij) as first from raw group by 1""")
    export.customers = [name for (name,) in export.rows("select k from customers")] if there <= _FEW else None


def _blanks(export: Export, *, below: bool) -> None:
    """Rows without a customer below one with: of guests, or of the one above, as the user says.

    below: subtotals by customer show that they are of the one above. Table customers has how many rows each
    has, and the first of these.
    """
    customer = export.text("klant")
    if not export.may_be_a_customer(lambda name: not name):
        return
    rows, blank, first, once = export.rows("""
        select sum(n), coalesce(sum(n) filter (k = ''), 0), arg_min(k, first),
          coalesce(max(n) filter (k <> ''), 0) = 1
        from customers""")[0]
    if not blank or not first or export.reading.blanks == NOBODY:
        return
    # Who stands on rows without a day only, and nobody on the others, is the head of a group
    dated = f"{customer} <> '' and rij not in (from undated)"
    below = below or not export.rows(f"select 1 from raw where {dated} limit 1")
    if export.reading.blanks == ABOVE or below:
        above = f"last_value(nullif({customer}, '') ignore nulls) over (order by rij)"
        make_table(export.con, "raw", f"select * replace ({above} as {customer}) from raw")
        export.say("klant", f"bij {format_rows(blank)} zonder klant is het die van de rij erboven")
    elif once and blank >= max(2, _MANY * rows) and not none_counts(export, f"{customer} = ''"):
        row = export.rows(f"select min(rij) from raw where {customer} = ''")[0][0]
        raise Ambiguous(
            f"Bij {format_number(blank, 0)} van de {format_number(rows, 0)} rijen staat geen klant.",
            where=f"{export.source.row(row)}, kolom {export.header('klant')}",
            remedy="Zeg van wie ze zijn: --lege-klant gast (van niemand: wel omzet, geen klant) of "
            "--lege-klant erboven (van de klant erboven).",
        )
