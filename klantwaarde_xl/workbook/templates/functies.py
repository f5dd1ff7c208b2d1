"""The function sheet: every function with its arguments and live examples, from the registry."""

from __future__ import annotations

from textwrap import wrap

from klantwaarde_xl.errors import MEANINGS
from klantwaarde_xl.functions.adapter.cells import as_rows
from klantwaarde_xl.functions.notation import (
    FILE,
    call_formula,
    shown_cells,
    shown_example,
)
from klantwaarde_xl.functions.plain import plain_formula
from klantwaarde_xl.functions.registry import REGISTRY
from klantwaarde_xl.functions.spec import Spec
from klantwaarde_xl.workbook.blocks import (
    Block,
    Column,
    Formula,
    Grid,
    Link,
    Sheet,
    Spill,
    Template,
    Text,
)
from klantwaarde_xl.workbook.example_ranges import ExampleRanges, as_formula
from klantwaarde_xl.workbook.styles import TEAL

_UNITS = (("euro", "euro2"), ("fractie", "procent"))
_WIDTHS = (34, 18, 18, 14, 14, 14, 14, 14, 14, 14)
_PRINTED = 16  # columns: of the widest result, and of words that run on beside it
_LINE = 140  # characters of text that fit in the width of the title
_ARGUMENTS = (
    Column("argument"),
    Column("eenheid", "unit"),
    Column("leeg betekent", "unit"),
    Column("uitleg", "label_wrap", span=7),
)
_EXAMPLES = (
    Column("voorbeeld", "formula_wrap", span=4),
    Column("uitkomst", "output", numbers=True),
    Column("toelichting", "unit_wrap", span=5),
)
_FITS, _FITS_THREE = 11, 40  # characters of a result in one column, and over three


def _columns(longest: int) -> tuple[Column, ...]:
    """The columns of examples, of which the longest result in words has so many characters."""
    if longest <= _FITS:
        return _EXAMPLES
    role = "output_wrap" if longest > _FITS_THREE else "output"
    return (
        Column("voorbeeld", "formula_wrap", span=4),
        Column("uitkomst", role, numbers=True, span=3),
        Column("toelichting", "unit_wrap", span=3),
    )


def _function(spec: Spec, data: ExampleRanges, *, live: bool) -> list[Block]:
    """What it does, its arguments, and its examples with their declared results; live: which call the function."""
    arguments = tuple(
        (arg.name, arg.unit, spec.default_text(arg) if spec.is_optional(arg) else "verplicht", arg.help())
        for arg in spec.args
    )
    blocks: list[Block] = [
        Text(
            (*wrap(spec.doc, _LINE), *wrap(spec.signature(), _LINE)),
            "plain",
            heading=spec.name,
            anchor=spec.name,
        ),
        Grid(_ARGUMENTS, arguments),
    ]
    singles = []
    columns = _columns(
        max((len(one.result) for one in spec.examples if isinstance(one.result, str)), default=0)
    )
    for example in spec.examples:
        formula = call_formula(spec, data.place(spec, example).texts, FILE)
        result, shown = example.result, shown_example(spec, example)[0]
        cells = shown_cells(spec, example.args)
        note = "; ".join(text for text in (example.source, cells and f"in {cells}") if text)
        if isinstance(result, tuple):
            blocks += [
                Grid(_EXAMPLES, ((shown, "", note),)),
                Spill(formula if live else "", tuple(map(tuple, as_rows(result)))),
            ]
            continue
        number = next((form for unit, form in _UNITS if spec.unit.startswith(unit)), "getal")
        known = live or (not spec.texts and plain_formula(formula) != formula)
        singles.append(
            (shown, Formula(formula if known else as_formula(result), number, columns[1].role), note)
        )
    if singles:
        blocks.insert(2, Grid(columns, tuple(singles)))
    return blocks


def _sheets(live: bool) -> tuple[Sheet, ...]:
    data = ExampleRanges()
    blocks = [block for spec in REGISTRY for block in _function(spec, data, live=live)]
    errors = Grid(
        (Column("foutwaarde"), Column("in Calc", "unit"), Column("wat eraan scheelt")),
        tuple(
            (error.dutch, error.in_calc, f"{meaning[0].upper()}{meaning[1:]}.")
            for error, meaning in MEANINGS.items()
        ),
        heading="Waarom staat er een fout?",
    )
    hint = Text(("Welke cel een bereik bederft, zegt FOUTCEL: =FOUTCEL(A:A) geeft de rij en wat er staat.",))
    overview = Grid(
        (
            Column("functie"),
            Column("groep", "unit"),
            Column("wat doet hij", "label_wrap"),
            Column("schrijfwijze", "formula_wrap"),
        ),
        tuple((Link(spec.name), spec.group, spec.doc, spec.signature()) for spec in REGISTRY),
    )
    return (
        Sheet(
            "Start", "Functies van Klantwaarde XL", "Klik op een naam voor argumenten en werkende voorbeelden.",
            (Text(("Wat de functies geven, staat er ook zonder invoegtoepassing. Hoe u ze zelf typt in Excel of LibreOffice: zie install.md.",)), errors, hint, overview),
            (26, 18, 74, 70), tab=TEAL,
        ),
        Sheet(
            "Functies", "Alle functies", "Links staat wat u typt, in de groene cel wat eruit komt. Kopieer een voorbeeld en verander een getal.",
            tuple(blocks), _WIDTHS, "Elke functie met argumenten en voorbeelden.", printed=_PRINTED,
        ),
        data.sheet(),
    )  # fmt: skip


TEMPLATE = Template(
    id="functies",
    version=2,
    title="Functies van Klantwaarde XL",
    purpose="Alle functies met argumenten en werkende voorbeelden.",
    sheets=_sheets,
    refreshes=False,
)
