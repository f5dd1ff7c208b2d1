"""The actions of the invented webshop, one over and one running, each drawn the day before it began."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from klantwaarde_xl.data.action_book import BOOK_NAME
from klantwaarde_xl.data.analyse import analyse
from klantwaarde_xl.data.reading.files import Checked
from klantwaarde_xl.data.results import Row
from klantwaarde_xl.data.settings import Settings
from klantwaarde_xl.kernels.rfm import Segment
from klantwaarde_xl.wording.segments import SEGMENT_NAMES

_OVER = Settings(
    segment=SEGMENT_NAMES[Segment.CHAMPIONS],
    control_share=0.25,
    action_start=dt.date(2026, 6, 1),
    action_cost=1.0,
)
RUNS = Settings(
    segment=SEGMENT_NAMES[Segment.AT_RISK],
    control_share=0.2,
    action_start=dt.date(2026, 11, 9),
    action_cost=1.5,
)


def sample_book(tables: Mapping[str, Checked]) -> Sequence[Row]:
    """The book of actions as the shop's refreshes left it."""
    rows: Sequence[Row] = ()
    for one in (_OVER, RUNS):
        assert one.action_start
        day = one.action_start - dt.timedelta(days=1)
        drawn = analyse(tables, replace(one, as_of=day), (BOOK_NAME,), today=day, earlier={BOOK_NAME: rows})
        rows = drawn[BOOK_NAME].rows
    return rows
