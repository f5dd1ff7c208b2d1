"""Threads of the linear algebra, which are of no use to sums as small as ours."""

from __future__ import annotations

import os


def keep_to_one() -> None:
    """Let numpy's linear algebra have one thread in this process, unless its user said how many.

    Another one that it wakes, for ten thousand numbers to add, goes on looking for work for nearly a tenth of
    a second: as much as the sums of a whole forecast take. It must be called before numpy is imported, so
    only where the process is ours: a script that imports us keeps what it has.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
