"""All questions about a file at once: read again with the first answer to each, it shows the next ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from klantwaarde_xl.errors import Ambiguous, ColumnsMissing, KlantwaardeError

_MOST = 5  # questions
_LARGEST = 100_000_000  # bytes of a file that is read again for each
_OPEN = re.compile("…|NIEUWE KOP|--tabel")  # what the user has to fill in himself, or another table
_OPTION = r"--[a-z][a-z-]* (?:\"[^\"]*\"|[^\s\"]*[^\s\".,;:)])"
_ANSWER = re.compile(rf"{_OPTION}(?: {_OPTION})*")


def first_answer(remedy: str) -> str:
    """The first options of a remedy that can be typed as they stand; nothing where there are none."""
    found = (match[0] for match in _ANSWER.finditer(remedy))
    return next((text for text in found if not _OPEN.search(text)), "")


def may_be_read_again(source: Path | str) -> bool:
    """Whether a source is a file, or a folder, that is soon read once more."""
    path = Path(source)
    files = [path] if path.is_file() else [*path.iterdir()] if path.is_dir() else []
    return bool(files) and sum(one.stat().st_size for one in files if one.is_file()) <= _LARGEST


def with_next(error: KlantwaardeError, read: Callable[[Sequence[str]], object]) -> KlantwaardeError:
    """The error with every question that comes after it, and one line that answers all; else as it is.

    read: reads the file with these options beside those that were given; raises as reading does.
    """
    asked, typed = [error], [first_answer(error.remedy)]
    while typed[-1] and len(asked) < _MOST:
        try:
            read(typed)
        except (Ambiguous, ColumnsMissing) as later:
            if any(later.what == one.what for one in asked):
                break
            asked.append(later)
            typed.append(first_answer(later.remedy))
        except KlantwaardeError:
            break
        else:
            break
    return error if len(asked) == 1 else _together(asked, [one for one in typed if one])


def _together(asked: Sequence[KlantwaardeError], typed: Sequence[str]) -> KlantwaardeError:
    def numbered(texts: Sequence[str]) -> str:
        return "".join(f"\n  {at}. {text}" for at, text in enumerate(texts, 1))

    first = asked[0]
    whole = type(first)(
        f"Over dit bestand zijn er {len(asked)} vragen:{numbered([one.what for one in asked])}",
        where=first.where or next((one.where for one in asked if one.where), ""),
        remedy=f"Een antwoord op elke vraag:{numbered([one.remedy for one in asked])}\n"
        f"In één keer, met het eerste antwoord op elke vraag, typt u erachter:\n  {' '.join(typed)}",
    )
    if isinstance(first, ColumnsMissing) and isinstance(whole, ColumnsMissing):
        whole.absent = first.absent
    return whole
