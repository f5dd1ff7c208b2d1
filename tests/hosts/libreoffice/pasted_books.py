"""What is typed in an empty workbook of each kind, what is pasted under it later, and what then has to be there.

The figures are counted here, row by row in plain Python, from the rows as they were typed.
"""

import datetime as dt
from collections import Counter, defaultdict
from functools import cache

from klantwaarde_xl.data.sample import sample_orders
from klantwaarde_xl.data.sample_channels import sample_costs, sample_customers
from klantwaarde_xl.data.sample_survey import sample_answers
from klantwaarde_xl.dutch import date_to_serial
from klantwaarde_xl.workbook.content import main_table, needs
from klantwaarde_xl.workbook.templates import template, templates

PASTED = 50
SETTINGS = {
    "kw_marge": 0.4, "kw_rente": 0.05, "kw_kosten_klant": 4, "kw_inactief_na": 6, "kw_cohortperiode": "maand", "kw_min_klanten": 2, "kw_horizon": 26, "kw_doelratio": 5.5,
}  # fmt: skip
NAMES = tuple(one.id for one in templates().values() if one.refreshes and main_table(one))


@cache
def all_rows():
    """The rows of a small shop, by input table."""
    orders = sample_orders(customers=90)
    return {
        "transacties": [(one.customer, one.day, one.amount) for one in orders],
        "kosten": sample_costs(orders),
        "klanten": sample_customers(orders),
        "enquete": [
            (
                one.day,
                one.score,
                "1 t/m 5" if one.question else "0 t/m 10",
                one.question or None,
                one.customer,
            )
            for one in sample_answers(orders)
        ],
    }


def typed_first(name):
    """The rows that a user begins with, by input table; of those that grow later the last ones wait."""
    there = {table: rows for table, rows in all_rows().items() if table in needs(template(name))}
    return {table: rows[:-PASTED] if table in growing(name) else rows for table, rows in there.items()}


def pasted_later(name):
    return {table: all_rows()[table][-PASTED:] for table in growing(name)}


def growing(name):
    """The tables under which rows are pasted: the main one, and the costs."""
    return tuple(
        dict.fromkeys(
            [main_table(template(name)), *(["kosten"] if "kosten" in needs(template(name)) else [])]
        )
    )


# ── counted by hand ─────────────────────────────────────────────────────────────────────────


def month(day):
    return day.replace(day=1)


class Shop:
    """Orders of nought or more, and all rows, of customer, day, amount."""

    def __init__(self, rows):
        self.rows = rows
        self.orders = [row for row in rows if row[2] >= 0]
        self.first = {}
        for customer, day, _ in self.orders:
            self.first[customer] = min(day, self.first.get(customer, day))

    def by_month(self):
        """Net revenue, orders and new customers of each month."""
        net, orders = defaultdict(float), Counter(month(day) for _, day, _ in self.orders)
        for _, day, amount in self.rows:
            net[month(day)] += amount
        new = Counter(month(day) for day in self.first.values())
        months, last = [min(net)], max(net)
        while months[-1] < last:  # also those in which nobody bought
            months.append(month(months[-1] + dt.timedelta(days=31)))
        return {one: (net[one], float(orders[one]), float(new[one])) for one in months}

    def by_customer(self):
        """Orders, net revenue and last day of each customer."""
        net = defaultdict(float)
        for customer, _, amount in self.rows:
            net[customer] += amount
        orders = Counter(customer for customer, _, _ in self.orders)
        last = {customer: max(day for who, day, _ in self.orders if who == customer) for customer in orders}
        return {
            customer: (float(orders[customer]), net[customer], float(date_to_serial(last[customer])))
            for customer in orders
        }


def year_of(shop, costs):
    """Costs and new customers of the last twelve whole months; no costs where a month has none."""
    end = month(max(day for _, day, _ in shop.rows))  # that month still runs
    begin = end.replace(year=end.year - 1)
    known = [(month(day), amount) for day, _, amount in costs if begin <= day < end]
    spent = sum(amount for _, amount in known) if len({day for day, _ in known}) == 12 else None
    return spent, sum(begin <= day < end for day in shop.first.values())


def wanted(name, rows):
    """Named cells, and tables as rows of some of their columns, that these rows come to."""
    figures, tables = {}, {}
    if name == "nps-onderzoek":
        whole = [score for _, score, _, question, _ in rows["enquete"] if not question]
        figures["kw_enquete_antwoorden"] = len(whole)
        figures["kw_enquete_nps"] = (
            100 * (sum(score >= 9 for score in whole) - sum(score <= 6 for score in whole)) / len(whole)
        )
        return figures, tables
    shop = Shop(rows["transacties"])
    figures |= {
        "kw_rijen_tabel": len(shop.rows),
        "kw_bedrag_gebruikt": sum(amount for *_, amount in shop.rows),
    }
    if name in ("dashboard", "directierapport"):
        tables["tblKpi", ("maand", "netto omzet", "orders", "nieuw")] = [
            (float(date_to_serial(one)), *found) for one, found in shop.by_month().items()
        ]
    if name in ("dashboard", "rfm-segmenten"):
        tables["tblRfm", ("klant", "aankopen", "omzet", "laatste aankoop")] = [
            (customer, *found) for customer, found in shop.by_customer().items()
        ]
    if name == "cac-kanalen":
        spent, new = year_of(shop, rows["kosten"])
        figures |= {
            "kw_kanalen_kosten": spent,
            "kw_kanalen_nieuw": new,
            "kw_kanalen_cac": spent and spent / new,
        }
    if name == "retentie-cohorten":
        newest = max(day for _, day, _ in shop.rows)
        sizes = Counter(month(day) for day in shop.first.values() if month(day) < month(newest))
        figures["kw_cohort_klanten"] = sum(sizes.values())
        tables["tblCohortKlanten", ("omvang",)] = [(float(sizes[one]),) for one in sorted(sizes)]
    if name == "prognose":
        bought = shop.by_customer()
        tables["tblPrognose", ("klant", "laatste aankoop")] = [
            (who, last) for who, (_, net, last) in bought.items() if net > 0.004
        ]
    return figures, tables
