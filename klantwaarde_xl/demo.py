"""The main job on example data: a webshop's export, analysed, in workbooks that one can open."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from klantwaarde_xl.data.analysis import Analysis, analyse
from klantwaarde_xl.data.read import read_transactions
from klantwaarde_xl.data.sample import LAST_DAY, sample_csv, sample_orders
from klantwaarde_xl.workbook.build import build_without_data, build_workbook
from klantwaarde_xl.workbook.plan import Value
from klantwaarde_xl.workbook.templates import templates

# What the invented shop would fill in on the sheet Instellingen
INPUTS: dict[str, Value] = {
    "kw_bedrijf": "Voorbeeldwinkel (verzonnen)",
    "kw_marge": 0.35,
    "kw_rente": 0.08,
    "kw_wervingskosten": 15000,
    "kw_kosten_klant": 6,
}
DATA, DASHBOARD, FUNCTIONS = "webshop.csv", "klantwaarde-dashboard.xlsx", "klantwaarde-functies.xlsx"


# The templates that the project offers for download say the same on every day they are made
TEMPLATE_MOMENT = dt.datetime(LAST_DAY.year, LAST_DAY.month, LAST_DAY.day, 9) + dt.timedelta(days=1)
TEMPLATE_CUSTOMERS = 1000


@dataclass(frozen=True)
class Demo:
    """What the demo made."""

    data: Path
    dashboard: Path
    functions: Path
    analysis: Analysis


def make_demo(folder: Path, *, now: dt.datetime, step: Callable[[str], None]) -> Demo:
    """Write example data, the dashboard made from it, and the function sheet into a folder.

    step is told in Dutch what is being done. Existing files of these names are replaced.
    """
    folder.mkdir(parents=True, exist_ok=True)
    data, dashboard, functions = (folder / name for name in (DATA, DASHBOARD, FUNCTIONS))
    step("voorbeeldgegevens trekken")
    data.write_text(sample_csv(sample_orders()), encoding="utf-8")
    step("gegevens lezen en controleren")
    transactions = read_transactions(data)
    step("dashboard rekenen en schrijven")
    package = build_workbook(templates()["dashboard"], transactions, now=now, inputs=INPUTS)
    package.save(dashboard, backup=False)
    step("functieblad schrijven")
    build_without_data(templates()["functies"], now=now).save(functions, backup=False)
    return Demo(data, dashboard, functions, analyse(transactions))


def make_templates(folder: Path) -> list[Path]:
    """Write every template into a folder, filled with a small invented shop; return their paths.

    The result is the same on every day and every machine. Existing files are replaced.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    with tempfile.TemporaryDirectory(prefix="klantwaarde-") as name:
        source = Path(name) / "voorbeeldgegevens.csv"
        source.write_text(sample_csv(sample_orders(TEMPLATE_CUSTOMERS)), encoding="utf-8")
        transactions = read_transactions(source)
    for template in templates().values():
        if template.feeds:
            package = build_workbook(template, transactions, now=TEMPLATE_MOMENT, inputs=INPUTS)
        else:
            package = build_without_data(template, now=TEMPLATE_MOMENT)
        made.append(folder / f"klantwaarde-{template.id}.xlsx")
        package.save(made[-1], backup=False)
    return made
