"""What reading an export, a forecast and an analysis cost beside what the engine needs for the same file.

    python benchmarks/gegevens.py [rows …]

It makes a log of so many orders (1.000.000 and 10.000.000; 100.000.000 is slow, and of Parquet only) and does
each job in fresh processes: three times, the very long ones once. It prints the medians of CPU seconds and
peak memory, and the ratio to the floor: DuckDB's own typed `read_csv` or `read_parquet` with one GROUP BY
over the same file, in the same run.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from processes import measure, report

ROWS = (1_000_000, 10_000_000)
MANY = 20_000_000  # from here on the log is one of a tenth, ten times
ROUNDS = 3
TYPES = "{'klant': 'varchar', 'datum': 'date', 'bedrag': 'decimal(18, 2)'}"
FLOOR = "select klant, count(*), sum(bedrag) from {0} group by 1"


def make(folder, rows):
    """The same log as CSV, Dutch dates and decimals, and as Parquet: of customers who come, buy and leave.

    A customer has a rate of buying, a length of life and a mean of spending of his own. The rows, which are
    orders, stand in no order of customers or days.
    """
    import duckdb

    con = duckdb.connect()
    con.execute("set enable_progress_bar = false")
    if rows >= MANY:
        make(folder, rows // 10)
        (folder / "log.parquet").rename(folder / "tenth.parquet")
        con.execute(f"""
            copy (select replace(klant, 'K', 'K' || part || '-') as klant, datum, bedrag
                  from range(10) parts(part), read_parquet('{folder / "tenth.parquet"}'))
              to '{folder / "log.parquet"}'""")
        return
    con.execute(f"""
        select setseed(0.5);
        create table customers as
        select nr, start, least(2000 - start, -ln(random()) * life) as days, -ln(random()) / 20 as rate,
          10 + 80 * random() as mean
        from (select range as nr, floor(random() * 1900) as start, 30 - ln(random()) * 400 as life
              from range({rows // 5}));
        create table log as
        select 'K' || nr as klant, date '2021-01-01' + cast(floor(start + later) as int) as datum,
          cast(mean * (0.2 - ln(random())) as decimal(18, 2)) as bedrag
        from (
          select *, 0 as later from customers
          union all select *, random() * days as later from (
            select * exclude (times) from (
              select *, unnest(range(cast(floor(days * rate + random()) as int))) as times from customers)))
        order by hash(nr, later) limit {rows}""")
    con.execute(f"copy log to '{folder / 'log.parquet'}'")
    con.execute(f"""
        copy (select klant, strftime(datum, '%d-%m-%Y') as datum,
                replace(cast(bedrag as varchar), '.', ',') as bedrag from log)
          to '{folder / "log.csv"}' (delimiter ';')""")


def floor_of_csv(folder):
    """DuckDB alone, told all types."""
    import duckdb

    told = f"delim=';', header=true, decimal_separator=',', dateformat='%d-%m-%Y', columns={TYPES}"
    duckdb.connect().execute(FLOOR.format(f"read_csv('{folder / 'log.csv'}', {told})")).fetchall()


def floor_of_parquet(folder):
    """DuckDB alone."""
    import duckdb

    duckdb.connect().execute(FLOOR.format(f"read_parquet('{folder / 'log.parquet'}')")).fetchall()


def csv(folder):
    """Read and check, told nothing."""
    from klantwaarde_xl import read_transactions

    read_transactions(folder / "log.csv")


def parquet(folder):
    """Read and check."""
    from klantwaarde_xl import read_transactions

    read_transactions(folder / "log.parquet")


def forecast(folder):
    """From Parquet to fitted models and the value of each customer."""
    from klantwaarde_xl import read_transactions
    from klantwaarde_xl.data.forecast_basis import basis_of
    from klantwaarde_xl.data.settings import Settings

    orders = read_transactions(folder / "log.parquet")
    models, message = basis_of(orders, Settings(), orders.last_day).models
    if models is None or message or not models.buying.converged:
        raise SystemExit(message or "no fit")


def analysis(folder):
    """From Parquet to every result that transactions have, none of them written."""
    from klantwaarde_xl import read_transactions
    from klantwaarde_xl.data.analyse import analyse
    from klantwaarde_xl.data.results import results

    orders = read_transactions(folder / "log.parquet")
    analyse(orders, names=[name for name, one in results().items() if set(one.needs) <= {"transacties"}])


def dashboard(folder):
    """From Parquet to a filled workbook, of which the rows that a sheet does not hold are left out."""
    from klantwaarde_xl.cli.commands import main

    book = folder / "dashboard.xlsx"
    book.unlink(missing_ok=True)
    main(["nieuw", "dashboard", "--gegevens", str(folder / "log.parquet"), "--uit", str(book)])


def xlsxwriter(folder):
    """XlsxWriter in constant memory: the cells of the dashboard's large sheets, and nothing else."""
    import duckdb
    import xlsxwriter

    con, log = duckdb.connect(), folder / "log.parquet"
    book = xlsxwriter.Workbook(folder / "floor.xlsx", {"constant_memory": True})
    looks = {
        "d": book.add_format({"num_format": "dd-mm-yyyy"}),
        "b": book.add_format({"num_format": "#,##0.00"}),
    }
    orders = f"select klant, datum, cast(bedrag as double) from '{log}'"
    customers = f"""
        select klant, max(datum), 2000 - date_diff('day', date '2021-01-01', max(datum)), count(*),
          cast(sum(bedrag) as double), 1, 2, 3, 'Kampioenen' from '{log}' group by 1 order by 1"""
    for query, kinds in ((orders, "tdb"), (customers, "tdnnbnnnt")):
        sheet, found, row = book.add_worksheet(), con.execute(query), 5
        write = {
            "t": sheet.write_string,
            "d": sheet.write_datetime,
            "n": sheet.write_number,
            "b": sheet.write_number,
        }
        while part := found.fetchmany(8192):
            for values in part:
                for column, (kind, value) in enumerate(zip(kinds, values, strict=True), 1):
                    write[kind](row, column, value, looks.get(kind))
                row += 1
    book.close()


CSV, PARQUET = "csv, DuckDB", "parquet, DuckDB"
# By name: what it does, its floor, how many times, and of fewer rows than how many
JOBS = {
    CSV: (floor_of_csv, None, ROUNDS, MANY),
    "csv": (csv, CSV, ROUNDS, MANY),
    PARQUET: (floor_of_parquet, None, ROUNDS, None),
    "parquet": (parquet, PARQUET, ROUNDS, None),
    "parquet to a fit": (forecast, PARQUET, ROUNDS, None),
    "all results": (analysis, PARQUET, 1, MANY),
    "xlsxwriter": (xlsxwriter, None, ROUNDS, 2_000_000),
    "dashboard": (dashboard, "xlsxwriter", ROUNDS, 2_000_000),
}


def compare(rows):
    """Print a line for each job."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        # Not here: a process counts the most memory of the one that started it as its own
        subprocess.run([sys.executable, __file__, "--make", str(folder), str(rows)], check=True)
        found = {}
        print(f"{f'{rows:,} orders':<20}{'CPU s':>8}{'MB':>8}{'floor':>8}")
        for name, (_, peer, rounds, most) in JOBS.items():
            if most is not None and rows >= most:
                continue
            found[name] = measure(__file__, name, folder, rounds if rows < MANY else 1)
            ratio = f"{found[name][0] / found[peer][0]:.2f}x" if peer else ""
            print(f"{name:<20}{found[name][0]:>8.2f}{found[name][1]:>8.0f}{ratio:>8}", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--job"]:
        report(JOBS[sys.argv[2]][0], Path(sys.argv[3]))
    elif sys.argv[1:2] == ["--make"]:
        make(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        for rows in map(int, sys.argv[1:] or ROWS):
            compare(rows)
