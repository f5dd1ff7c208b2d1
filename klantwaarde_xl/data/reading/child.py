"""The process that reads one workbook and may die of it: a request on its input, an answer on its output.

Run as `python -m klantwaarde_xl.data.reading.child`. It knows which headers are wanted, writes the
sheet that has them as marked text, and says which that was; the words are its parent's.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from klantwaarde_xl.data.reading.headers import HEADER_WITHIN, find_columns
from klantwaarde_xl.data.reading.text import write_cells
from klantwaarde_xl.data.reading.workbook import READY

_MEMORY = 8 << 30
_SECONDS = 1800  # of computing: far above what the largest sheet takes


def main() -> None:
    """Answer one request: the sheet that was taken, or the headers that were seen, or nothing readable."""
    import python_calamine  # noqa: F401  (missing, this dies before it says that it is ready)

    _limit()
    request = json.loads(sys.stdin.read())
    _say(READY)
    try:
        answer = _read(request)
    except MemoryError:
        raise SystemExit(1) from None  # no answer: too large
    except BaseException:  # native code that panics raises what is no Exception
        answer = {}
    _say(json.dumps(answer))


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _read(request: dict[str, Any]) -> dict[str, Any]:
    from python_calamine import CalamineWorkbook

    workbook = CalamineWorkbook.from_path(request["path"])
    headers: list[str] = []
    found: list[tuple[int, str, int, list[list[Any]]]] = []
    for name in workbook.sheet_names:
        rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for number, row in enumerate(rows[:HEADER_WITHIN]):
            texts = [cell if isinstance(cell, str) else "" for cell in row]
            headers = headers or [text for text in texts if text]
            if find_columns(texts, request["wanted"], request["needed"]) is not None:
                found.append((len(rows) - number, name, number, rows))
                break
    if not found:
        return {"headers": headers}
    _, name, number, rows = max(found, key=lambda sheet: sheet[0])
    write_cells(rows[number:], Path(request["text"]))
    return {"sheet": name, "row": number + 1, "others": [other[1] for other in found if other[1] != name]}


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; there the process just fails
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))


if __name__ == "__main__":
    main()
