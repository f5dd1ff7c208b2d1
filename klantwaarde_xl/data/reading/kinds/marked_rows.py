"""Rows of a sheet that somebody struck through or hid: whether they are sales still, only he can say."""

from __future__ import annotations

from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.naming.headers import plain
from klantwaarde_xl.data.reading.questions.choices import ANYTHING, rows_option
from klantwaarde_xl.data.reading.sources.source import HIDDEN, MARKS, STRUCK
from klantwaarde_xl.dutch import format_count
from klantwaarde_xl.errors import Ambiguous

_WORDS = {
    STRUCK: "in het werkboek doorgestreept: telt dat nog als verkoop?",
    HIDDEN: "in het werkboek verborgen, met een filter of met de hand: telt dat mee?",
}


def ask_marked(export: Export) -> None:
    """Raise `Ambiguous` where some rows are struck through or hidden, and others not."""
    said = {plain(header) for header, _ in export.reading.by_user}
    for mark in MARKS:
        if export.marked.get(mark) and mark not in said:
            _ask(export, mark)


def _ask(export: Export, mark: str) -> None:
    name = mark.capitalize()
    is_marked = f"{export.cell(name)} <> ''"
    filled = f"{export.shown('bedrag')} <> ''" if export.has("bedrag") else "true"
    count, first, rest = export.rows(f"""select count(*) filter ({is_marked}), min(rij) filter ({is_marked}),
        count(*) filter (not {is_marked}) from raw where {filled}""")[0]
    if count and rest:
        rows = format_count(count, "rij is", "rijen zijn")
        raise Ambiguous(
            f"{rows} {_WORDS[mark]}",
            where=export.source.at(first),
            remedy=f'Zo niet: --zonder "{name}=ja". Telt alles: {rows_option("--alleen", name, ANYTHING)}.',
        )
