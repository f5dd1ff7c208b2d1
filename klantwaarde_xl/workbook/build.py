"""A template and an analysis to a workbook that shows its numbers in any viewer.

XlsxWriter makes the skeleton with one-row tables; the plan fills them with the same code that a
refresh uses; then every formula gets the value it shows.
"""

from __future__ import annotations

import datetime as dt
import io
import warnings
from collections.abc import Mapping

import klantwaarde_xl
from klantwaarde_xl.data.reading.files import Transactions
from klantwaarde_xl.data.settings import settings_of
from klantwaarde_xl.plan.closed import apply_plan
from klantwaarde_xl.plan.plan import NameWrite, Plan, Value
from klantwaarde_xl.workbook.recalculate import refill
from klantwaarde_xl.workbook.refresh import plan_for
from klantwaarde_xl.workbook.sheets import Book
from klantwaarde_xl.workbook.templates import Template
from klantwaarde_xl.xlsx.package import Package


def build_workbook(
    template: Template,
    transactions: Transactions,
    *,
    now: dt.datetime,
    inputs: Mapping[str, Value] | None = None,
) -> Package:
    """Make a filled workbook.

    inputs: values for the user's named cells instead of the defaults; names that this template does
    not have are left out.
    Returns a package to save. Raises the errors of the analysis, and `WorkbookFull` when the
    transactions do not fit in a sheet.
    """
    inputs = {name: value for name, value in (inputs or {}).items() if name in template.inputs}
    settings = settings_of(inputs, template.settings)
    plan = plan_for(template, transactions, settings, now=now, write_data=True)
    given = tuple(NameWrite(name, value) for name, value in inputs.items())
    package = Package.from_bytes(skeleton(template, now))
    apply_plan(package, Plan(plan.tables, (*plan.names, *given)))
    refill(package)
    return package


def build_without_data(template: Template, *, now: dt.datetime) -> Package:
    """Make a workbook that needs no data, such as the function sheet."""
    package = Package.from_bytes(skeleton(template, now))
    refill(package)
    return package


def skeleton(template: Template, created: dt.datetime) -> bytes:
    """The template as XlsxWriter makes it: all parts, empty tables, formulas without values."""
    target = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # XlsxWriter warns and goes on where it should refuse
        book = Book(
            target,
            properties={
                "title": template.title,
                "author": "Klantwaarde XL",
                "comments": template.purpose,
                "created": created,
            },
            has_checks=bool(template.feeds),
            custom={
                "klantwaarde_sjabloon": template.id,
                "klantwaarde_sjabloonversie": template.version,
                "klantwaarde_programma": klantwaarde_xl.__version__,
            },
        )
        template.write(book)
        book.close()
    return target.getvalue()
