"""A progress bar on a terminal, on standard error; elsewhere nothing."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator

Step = Callable[[str], None]


@contextlib.contextmanager
def progress(steps: int, *, silent: bool = False) -> Iterator[Step]:
    """Show how far a command is; it calls what it gets with what it does now, in Dutch.

    silent: nothing on a terminal either.
    """
    if silent or not _may_show():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(24), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("beginnen", total=steps)
        begun = False

        def step(text: str) -> None:
            nonlocal begun
            bar.update(task, description=text, advance=1 if begun else 0)
            begun = True

        yield step


def _may_show() -> bool:
    """Whether a bar may be wanted, which rich knows: to ask it costs more than most that a bar is for."""
    with contextlib.suppress(AttributeError, ValueError):  # no standard error, or one that is closed
        return sys.stderr.isatty() or not {"FORCE_COLOR", "TTY_COMPATIBLE"}.isdisjoint(os.environ)
    return False
