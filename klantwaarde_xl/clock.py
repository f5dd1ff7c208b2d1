"""The clock of whoever brings none: beside the command line and the hosts, the only one to ask the system.

Whatever computes takes `today` or `now` from its caller; a test looks for other clocks.
"""

from __future__ import annotations

import datetime as dt


def today() -> dt.date:
    """The computer's date."""
    return dt.date.today()


def now() -> dt.datetime:
    """The computer's date and time."""
    return dt.datetime.now()
