"""The sheet Begrippen: what each word in a workbook means, from the declarations of what it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from klantwaarde_xl.data.results import results
from klantwaarde_xl.functions.registry import REGISTRY
from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook.styles import GREY

# Short names that the field uses, each with the function whose first sentence says what it is
_SHORT = ("AOV", "CAC", "CES", "CSAT", "KLDW", "NPS")
_OTHER = (
    (
        "CLV",
        (
            "Customer lifetime value: wat een klant opbrengt zolang hij blijft, teruggerekend naar nu. Marge "
            "per jaar na kosten × (1 + rente) / (1 + rente − retentie); de eerste marge telt nu."
        ),
    ),
    ("RFM", "Hoe kort geleden (recency), hoe vaak (frequency) en voor hoeveel (monetary) een klant kocht."),
    (
        "kosten per klant",
        (
            "Wat een klant per jaar kost aan behoud en transacties (service, verzending, betaling), zonder "
            "werving: die is de CAC. Gaat af van de marge; leeg is onbekend, geen nul: dan is er geen CLV."
        ),
    ),
    ("95%", "Tussen laag en hoog ligt de ware waarde in 95 van de 100 gevallen; zo ver reikt het toeval."),
)
_EVERYWHERE, _COMPUTED = "overal", "in een berekening"


def definitions(sheets: Sequence[b.Sheet], blocks: Sequence[tuple[str, b.Block]]) -> b.Sheet:
    """Return the sheet for a workbook of these sheets; blocks: theirs, with the name of their sheet."""
    places: dict[tuple[str, str], list[str]] = {}
    for term, meaning, where in (*_of_cards(blocks), *_of_results(blocks), *_of_words(repr(sheets))):
        places.setdefault((term, meaning), []).append(where)
    rows = [(*said, _joined(where)) for said, where in places.items()]
    ordered = sorted(rows, key=lambda row: (row[0].casefold(), row[2], row[1]))
    columns = (b.Column("begrip"), b.Column("wat het is", "label_wrap"), b.Column("waar", "unit_wrap"))
    return b.Sheet(
        "Begrippen",
        "Begrippen",
        "Wat elk cijfer en elke afkorting in dit werkboek betekent.",
        (b.Grid(columns, tuple(ordered)),),
        (34, 100, 30),
        purpose="Wat de woorden betekenen.",
        tab=GREY,
        freeze=True,
    )


def _joined(places: Sequence[str]) -> str:
    """Where a word stands, in the order of the sheets."""
    return _EVERYWHERE if _EVERYWHERE in places else ", ".join(dict.fromkeys(places))


def _printed(text: str) -> str:
    """A formula in words with the signs that are printed, where a function's help has those of a keyboard."""
    return text.replace(" x ", " × ").replace(" - ", " − ")


def _of_cards(blocks: Sequence[tuple[str, b.Block]]) -> Iterator[tuple[str, str, str]]:
    """The key figures of a page that say what they are."""
    for sheet, block in blocks:
        if isinstance(block, b.Cards):
            for card in block.cards:
                if card.means:
                    yield card.label, card.means, sheet


def _of_results(blocks: Sequence[tuple[str, b.Block]]) -> Iterator[tuple[str, str, str]]:
    """The columns of result tables, and the figures in cells, that say what they are."""
    figures = {one.name: one for result in results().values() for one in result.figures}
    for sheet, block in blocks:
        if isinstance(block, b.ResultBlock):
            for column in results()[block.result].columns:
                if column.help:
                    yield column.header, column.help, sheet
        elif isinstance(block, b.Grid):
            for cell in (cell for row in block.rows for cell in row if isinstance(cell, b.Given)):
                figure = figures.get(cell.figure)
                if figure is not None and " " in figure.help:
                    yield figure.label, f"{figure.help[0].upper()}{figure.help[1:].rstrip('.')}.", sheet


def _of_words(text: str) -> Iterator[tuple[str, str, str]]:
    """The abbreviations that stand anywhere in a workbook, and the functions that compute in it."""
    for word in _SHORT:
        if re.search(rf"\b{word}\b", text):
            yield word, _printed(REGISTRY[word].doc), _EVERYWHERE
    for name in sorted(set(re.findall(r"\b([A-Z][A-Z0-9_]{2,})\(", text))):
        if name in REGISTRY and name not in (*_SHORT, "CLV"):
            yield name, _printed(REGISTRY[name].doc), _COMPUTED
    for word, meaning in _OTHER:
        if re.search(rf"\b{re.escape(word)}", text):
            yield word, meaning, _EVERYWHERE
