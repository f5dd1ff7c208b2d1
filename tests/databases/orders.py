"""Two orders as statements that make them, and as they are read."""

import datetime as dt

from klantwaarde_xl.data.reading.files import read_transactions

TODAY = dt.date(2026, 11, 27)
MARCH = dt.date(2024, 3, 1)
ORDERS = "create table orders (klant varchar(20), datum date, bedrag numeric(9, 2))"
FILLED = "insert into orders values ('Jansen', '2024-03-01', 12.50), ('De Vries', '2024-03-02', -2.05)"
READ = [("Jansen", MARCH, 12.5), ("De Vries", dt.date(2024, 3, 2), -2.05)]


def rows(source, **options):
    """The rows of a source of transactions, as read on a day of these tests."""
    return read_transactions(source, today=TODAY, **options).rows()
