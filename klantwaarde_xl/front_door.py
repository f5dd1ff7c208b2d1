"""Python's edge of the house: who names no moment gets the real one, and only here.

Below this edge nothing asks the system for the time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from klantwaarde_xl import clock
from klantwaarde_xl.data.reading.cells.columns import Reading
from klantwaarde_xl.data.reading.files import Transactions
from klantwaarde_xl.plan.plan import Value
from klantwaarde_xl.workbook import build, refresh
from klantwaarde_xl.workbook.templates import Template

__all__ = ["build_workbook", "refresh_file"]


def build_workbook(
    template: Template,
    tables: Transactions | Mapping[str, Transactions] | None = None,
    *,
    inputs: Mapping[str, Value] | None = None,
    now: dt.datetime | None = None,
) -> build.Built:
    """Make a filled workbook to `save`, as `build.build_workbook`; now: by default the real moment."""
    return build.build_workbook(template, tables, now=now or _now(), inputs=inputs)


def refresh_file(
    path: Path,
    *,
    tables: Transactions | Mapping[str, Transactions] | None = None,
    reading: Reading | None = None,
    backup: bool = True,
    now: dt.datetime | None = None,
) -> refresh.Refreshed:
    """Refresh a closed workbook, as `refresh.refresh_file`; now: by default the real moment."""
    return refresh.refresh_file(path, now=now or _now(), tables=tables, reading=reading, backup=backup)


def _now() -> dt.datetime:
    return clock.now().replace(microsecond=0)
