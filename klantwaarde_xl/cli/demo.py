"""The main job on example data: a webshop's export, analysed, in workbooks that one can open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from klantwaarde_xl.data.action_book import BOOK_NAME
from klantwaarde_xl.data.reading.files import Checked, read_table
from klantwaarde_xl.data.sample import RUNS_TO, Order, sample_csv, sample_orders
from klantwaarde_xl.data.sample_actions import RUNS, sample_book
from klantwaarde_xl.data.sample_addresses import addresses_csv, sample_addresses
from klantwaarde_xl.data.sample_campaigns import (
    budget_csv,
    campaigns_of_costs,
    campaigns_of_customers,
    costs_csv,
    customers_csv,
    sample_budget,
)
from klantwaarde_xl.data.sample_channels import sample_costs, sample_customers
from klantwaarde_xl.data.sample_goals import goals_csv
from klantwaarde_xl.data.sample_products import products_csv, sample_products
from klantwaarde_xl.data.sample_survey import sample_answers, survey_csv
from klantwaarde_xl.data.tables import tables as input_tables
from klantwaarde_xl.leftovers import scratch
from klantwaarde_xl.plan.plan import Value
from klantwaarde_xl.workbook.build import Built, build_workbook, empty_workbook, lacking_tables
from klantwaarde_xl.workbook.content import asked, examples_of, needs
from klantwaarde_xl.workbook.named_functions import name_functions
from klantwaarde_xl.workbook.sources import keep_sources
from klantwaarde_xl.workbook.templates import Template, templates

# What the invented shop would fill in on the sheet Instellingen
INPUTS: dict[str, Value] = {
    "kw_bedrijf": "Voorbeeldwinkel (verzonnen)",
    "kw_marge": 0.35,
    "kw_rente": 0.08,
    "kw_wervingskosten": 15000,
    "kw_kosten_klant": 6,
    "kw_besteding": 250,
    "kw_perioden": 3,
    "kw_kosten": 58,
    "kw_aankoopwaarde": 50,
    "kw_frequentie": 5,
    "kw_levensduur": 3,
    "kw_retentie": 0.65,
    "kw_cac": 40,
    "kw_inflatie": 0.02,
    "kw_segment": RUNS.segment,
    "kw_controle_deel": RUNS.control_share,
    "kw_actie_start": RUNS.action_start,
    "kw_actie_kosten": RUNS.action_cost,
}
# What it exports, by input table, and under which name the demo writes it
DATA = {
    "transacties": "webshop.csv",
    "kosten": "kosten.csv",
    "klanten": "klanten.csv",
    "budget": "budget.csv",
    "enquete": "enquete.csv",
    "adressen": "adressen.csv",
    "producten": "producten.csv",
    "doelen": "doelen.csv",
}

# The templates that the project offers for download say the same on every day they are made: they are
# made on the morning after the invented shop's last order, and the demo never before it.
TEMPLATE_MOMENT = dt.datetime.combine(RUNS_TO, dt.time(9)) + dt.timedelta(days=1)
TEMPLATE_CUSTOMERS = 1200


@dataclass(frozen=True)
class Demo:
    """What the demo made, the workbooks by the id of their template, and from how much.

    data: the files of example data, by input table; missing: by template that was not made, the input
    tables that have no example data.
    """

    data: Mapping[str, Path]
    workbooks: Mapping[str, Path]
    orders: int
    customers: int
    missing: Mapping[str, tuple[str, ...]]


def make_demo(folder: Path, *, now: dt.datetime, step: Callable[[str], None]) -> Demo:
    """Write example data, and every workbook that can be made from it, into a folder.

    step is told in Dutch what is being done. Existing files of these names are replaced.
    """
    now = max(now, TEMPLATE_MOMENT)
    folder.mkdir(parents=True, exist_ok=True)
    step("voorbeeldgegevens trekken")
    data = _write_data(folder, sample_orders())
    step("gegevens lezen en controleren")
    given = _read(data, now.date())
    made = {}
    missing = {name: lacks for name, template in templates().items() if (lacks := _lacks(template, given))}
    for template in (one for name, one in templates().items() if name not in missing):
        step(f"{template.id} rekenen en schrijven")
        made[template.id] = _make(template, given, folder, now, kept=True)
    rows = given["transacties"].rows()
    orders = sum(amount >= 0 for _, _, amount in rows)  # a negative row is a refund
    return Demo(data, made, orders, len({customer for customer, _, _ in rows}), missing)


def _write_data(folder: Path, orders: list[Order]) -> dict[str, Path]:
    costs = sample_costs(orders)
    texts = {
        "transacties": sample_csv(orders),
        "kosten": costs_csv(campaigns_of_costs(costs)),
        "klanten": customers_csv(campaigns_of_customers(sample_customers(orders), orders)),
        "budget": budget_csv(sample_budget(costs)),
        "enquete": survey_csv(sample_answers(orders)),
        "adressen": addresses_csv(sample_addresses(orders)),
        "producten": products_csv(sample_products(orders)),
        "doelen": goals_csv(),
    }
    paths = {name: folder / file for name, file in DATA.items()}
    for name, path in paths.items():
        path.write_text(texts[name], encoding="utf-8")
    return paths


def _read(data: Mapping[str, Path], today: dt.date) -> dict[str, Checked]:
    """All tables in one engine, for results over more than one."""
    given: dict[str, Checked] = {}
    for name, path in data.items():
        con = next((one.con for one in given.values()), None)
        given[name] = read_table(path, input_tables()[name], today=today, con=con)
    return given


def _lacks(template: Template, given: Mapping[str, Checked]) -> tuple[str, ...]:
    """The input tables of a template for which there are no example data."""
    return tuple(lacking_tables(template, given))


def _make(
    template: Template,
    given: Mapping[str, Checked],
    folder: Path,
    now: dt.datetime,
    *,
    named: bool = False,
    kept: bool = False,
) -> Path:
    """Write one workbook under the name that `klantwaarde nieuw` gives it; empty where data lack.

    named: with the functions as names; kept: it knows the files of data beside it.
    """
    path, built = folder / file_name(template.id), _built(template, given, now, {})
    if named:
        name_functions(built.package)
    if kept and not _lacks(template, given):
        keep_sources(built.package, {name: DATA[name] for name in needs(template) if name in given})
    built.save(path)
    return path


def example_data(now: dt.datetime) -> dict[str, Checked]:
    """Draw the invented shop and read its tables as of a moment, for one `example_workbook` or several."""
    with scratch() as folder:
        return _read(_write_data(folder, sample_orders()), max(now, TEMPLATE_MOMENT).date())


def example_workbook(
    template: Template,
    *,
    now: dt.datetime,
    inputs: Mapping[str, Value] | None = None,
    given: Mapping[str, Checked] | None = None,
) -> Built:
    """Make a workbook filled with the invented shop, or with one example row where there are no such data.

    inputs: what the user says of its named cells, before what the shop would fill in; given: the
    `example_data` of that moment, where they are at hand.
    """
    return _built(template, given or example_data(now), max(now, TEMPLATE_MOMENT), inputs or {})


def _built(
    template: Template, given: Mapping[str, Checked], now: dt.datetime, inputs: Mapping[str, Value]
) -> Built:
    filled = {**INPUTS, **examples_of(template), **inputs}
    if _lacks(template, given):
        return empty_workbook(template, now=now, inputs=filled)
    earlier = {BOOK_NAME: sample_book(given)} if BOOK_NAME in asked(template) else {}
    return build_workbook(template, given, now=now, inputs=filled, earlier=earlier)


def file_name(template: str) -> str:
    """What the workbook of a template is called."""
    return f"klantwaarde-{template}.xlsx"


def make_templates(folder: Path, *, named: bool = False) -> list[Path]:
    """Write every template into a folder, filled with a small invented shop; return their paths.

    named: with the functions as names, in every one.
    A template for which there are no example data is written with one example row.
    The result is the same on every day and every machine. Existing files are replaced.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with scratch() as there:
        data = _write_data(there, sample_orders(TEMPLATE_CUSTOMERS))
        given = _read(data, TEMPLATE_MOMENT.date())
    made = templates().values()
    return [_make(one, given, folder, TEMPLATE_MOMENT, named=named) for one in made]
