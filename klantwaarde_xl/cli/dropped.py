"""The workbooks that were dropped on `Ververs.cmd`, or into the window of `Ververs.command`.

    python -m klantwaarde_xl.cli.dropped WERKBOEK …

What was dropped stands in the environment as the system wrote it down, because a command
interpreter cuts names such as `R&D.xlsx`; where it does not, the words of the command count.
"""

from __future__ import annotations

import os
import re
import shlex
import sys
from collections.abc import Mapping, Sequence

from klantwaarde_xl.cli.commands import main
from klantwaarde_xl.hosts.setup.commands import DROPPED_ON

_LINE = "--regel"  # the environment holds a line of a Mac's Terminal
# A word between quotes, or one without blanks; a stray quote at the end belongs to nobody
_WORD = re.compile(r'"([^"]*)"|([^\s"]+)')
_SCRIPT = re.compile(r'ververs[^"\\/]*?\.cmd"?', re.IGNORECASE)


def dropped(words: Sequence[str], environment: Mapping[str, str]) -> list[str]:
    """The paths that were dropped, in order.

    words: those of the command; environment: with the line as Windows or a Terminal wrote it.
    """
    line = environment.get(DROPPED_ON, "")
    if _LINE in words:
        return _of_terminal(line)
    scripts = list(_SCRIPT.finditer(line))
    if not scripts:  # typed in a window: the words arrived whole
        return list(words)
    behind = line[scripts[0].end() :]
    return [quoted or bare for quoted, bare in _WORD.findall(behind) if quoted or bare]


def _of_terminal(line: str) -> list[str]:
    try:
        return shlex.split(line)
    except ValueError:  # a quote that was typed and not closed
        return [line.strip()]


def refresh_all(paths: Sequence[str]) -> int:
    """Refresh each workbook, also after one that could not be; the code is the first that was not 0."""
    codes = []
    for path in paths:
        print(f"\n{path}")
        codes.append(main(["ververs", path]))
    if not paths:
        print("Sleep een werkboek (.xlsx of .xlsm) van Klantwaarde XL op dit bestand om het te verversen.")
        print("Er mogen er meer tegelijk. Naast elk blijft een kopie van het oude staan.")
        return 2
    failed = [code for code in codes if code]
    print(f"\n{len(paths) - len(failed)} van {len(paths)} ververst.")
    return failed[0] if failed else 0


if __name__ == "__main__":
    sys.exit(refresh_all(dropped(sys.argv[1:], os.environ)))
