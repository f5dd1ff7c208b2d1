"""The example shop with its channels, campaigns and budget, analysed."""

import datetime as dt

import duckdb

from klantwaarde_xl.data.analyse import analyse
from klantwaarde_xl.data.reading.files import read_table
from klantwaarde_xl.data.sample import sample_csv, sample_orders
from klantwaarde_xl.data.sample_campaigns import (
    budget_csv,
    campaigns_of_costs,
    campaigns_of_customers,
    costs_csv,
    customers_csv,
    sample_budget,
)
from klantwaarde_xl.data.sample_channels import sample_costs, sample_customers
from klantwaarde_xl.data.settings import Settings
from klantwaarde_xl.data.tables import tables
from klantwaarde_xl.workbook.build import no_rows

TODAY = dt.date(2026, 11, 27)
ORDERS = sample_orders(1500)
CUSTOMERS = campaigns_of_customers(sample_customers(ORDERS), ORDERS)
COSTS = campaigns_of_costs(sample_costs(ORDERS))
FIRST, LAST = dt.date(2025, 11, 1), dt.date(2026, 10, 31)
MONEY = Settings(margin=0.35, interest=0.08, customer_cost=6.0, other_costs=500.0, least_customers=5)
TEXTS = {
    "transacties": sample_csv(ORDERS),
    "kosten": costs_csv(COSTS),
    "klanten": customers_csv(CUSTOMERS),
    "budget": budget_csv(sample_budget(sample_costs(ORDERS))),
}
REST = "(zonder campagne)"


def analysed(folder, texts, settings=MONEY):
    con, given = duckdb.connect(), {}
    for name in ("transacties", "kosten", "klanten", "budget"):
        if not (text := texts.get(name)):
            given[name] = no_rows(name, con, TODAY)
            continue
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        given[name] = read_table(folder / f"{name}.csv", tables()[name], today=TODAY, con=con)
    names = ("kanalen", "campagnes", "budgetvoorstel")
    return analyse(given, settings, names, today=TODAY)


def rows_of(analysis, name="campagnes", key=("campagne", "kanaal")):
    table = analysis[name]
    rows = (dict(zip(table.columns, row, strict=True)) for row in table.rows)
    return {tuple(row[one] for one in key): row for row in rows}
