"""The function file: the functions as names, with an example and a place to type beside each.

No cell calls them, so that the file is right in Protected View, on a phone and in LibreOffice too.
"""

from __future__ import annotations

import re

from klantwaarde_xl.errors import MEANINGS
from klantwaarde_xl.functions.adapter.call import call
from klantwaarde_xl.functions.lambdas.definition import lambdas
from klantwaarde_xl.functions.notation import DUTCH, call_formula
from klantwaarde_xl.functions.registry import REGISTRY
from klantwaarde_xl.functions.spec import Example, Spec
from klantwaarde_xl.workbook.blocks import (
    Beside,
    Block,
    Cell,
    Column,
    Formula,
    Grid,
    Legend,
    Sheet,
    Spill,
    Template,
    Text,
)
from klantwaarde_xl.workbook.example_ranges import ExampleRanges, as_formula
from klantwaarde_xl.workbook.styles import NAVY, TEAL

_STEPS = (
    "1.  Klik bovenin op Bewerken inschakelen, als Excel dat vraagt.",
    "2.  Kies op Functies of Tabellen een functie, en typ haar voorbeeld over in de gele cel ernaast.",
    "3.  Vergelijk met de groene uitkomst, en zet dan uw eigen getallen of cellen op die plaats.",
    "4.  Een nieuw werkboek met de functies: sla dit bestand op onder een andere naam, en voeg uw eigen bladen toe.",
    "5.  Een werkboek dat u al hebt: sluit het, en laat iemand met Klantwaarde XL uitvoeren: klantwaarde voegtoe WERKBOEK.",
)
_NOTES = (
    "Voor Excel 365 en 2024, op Windows, Mac en web. De functies zitten in dit bestand (Formules, Namen beheren).",
    "Excel 2016 tot en met 2021 toont #NAAM?. In LibreOffice typt u ze met de extensie van Klantwaarde XL.",
    "Scheidt uw Excel argumenten met een komma, typ dan , in plaats van ; en een punt in getallen.",
    "Geen enkele cel van ons roept de functies aan: wat er staat, staat er overal.",
)
_ROLES = (("input", "hier typt u"), ("output", "wat eruit hoort te komen"))
_COLUMNS = (
    Column("functie"),
    Column("wat zij antwoordt", "label_wrap"),
    Column("argumenten", "formula_wrap"),
    Column("voorbeeld", "formula_wrap"),
    Column("uitkomst", numbers=True),
    Column("typ hier", "input"),
)
_UNITS = (("euro", "euro2"), ("fractie", "procent"))


def _answer(spec: Spec) -> str:
    """What a function answers, in one sentence."""
    return re.split(r"(?<=[.?!])\s+(?=[A-Z])", spec.doc)[0]


def _arguments(spec: Spec) -> str:
    return spec.signature().removeprefix(spec.name)


def _typed(spec: Spec, example: Example, data: ExampleRanges) -> str:
    return call_formula(spec, data.place(spec, example, DUTCH).texts, DUTCH)


def _row(spec: Spec, data: ExampleRanges) -> tuple[Cell, ...]:
    example = next(one for one in spec.examples if not isinstance(one.result, tuple))
    number = next((form for unit, form in _UNITS if spec.unit.startswith(unit)), "cijfer")
    role = "output_wrap" if isinstance(example.result, str) else "output"
    result = Formula(as_formula(call(spec, example.args)), number, role)
    return spec.name, _answer(spec), _arguments(spec), _typed(spec, example, data), result, None


def _table(spec: Spec, data: ExampleRanges) -> list[Block]:
    example = next(one for one in spec.examples if isinstance(one.result, tuple))
    rows = call(spec, example.args)
    return [
        Text(
            (_answer(spec), f"{_typed(spec, example, data)}     van {_arguments(spec)}"),
            "plain",
            heading=spec.name,
        ),
        Beside((Spill("", tuple(map(tuple, rows))), Grid((Column("typ hier", "input"),), ((None,),)))),
    ]


def _gives_one(spec: Spec) -> bool:
    return any(not isinstance(one.result, tuple) for one in spec.examples)


def _explained(specs: list[Spec]) -> Sheet:
    columns = (
        Column("functie"),
        Column("argument"),
        Column("eenheid", "unit"),
        Column("leeg betekent", "unit"),
        Column("uitleg", "label_wrap"),
    )
    rows = tuple(
        (
            spec.name,
            arg.name,
            arg.unit,
            spec.default_text(arg) if spec.is_optional(arg) else "verplicht",
            arg.help(),
        )
        for spec in specs
        for arg in spec.args
    )
    return Sheet(
        "Argumenten", "Argumenten", "Wat elke functie vraagt, en wat een leeg argument betekent.",
        (Grid(columns, rows),), (28, 24, 24, 18, 90), "Wat elke functie vraagt.", freeze=True,
    )  # fmt: skip


def _sheets(live: bool) -> tuple[Sheet, ...]:
    specs = [one.spec for one in lambdas().values()]
    data = ExampleRanges()
    singles: list[Block] = [
        Grid(_COLUMNS, tuple(_row(spec, data) for spec in group), heading=name)
        for name, members in REGISTRY.groups().items()
        if (group := [spec for spec in members if spec in specs and _gives_one(spec)])
    ]
    tables = [block for spec in specs if not _gives_one(spec) for block in _table(spec, data)]
    errors = Grid(
        (Column("foutwaarde"), Column("wat eraan scheelt", span=2)),
        tuple((error.dutch, f"{meaning[0].upper()}{meaning[1:]}.") for error, meaning in MEANINGS.items()),
        heading="Waarom staat er een fout?",
    )
    start = Sheet(
        "Start", FUNCTION_FILE.title, f"{len(specs)} functies om te proberen en over te nemen, zonder installatie.",
        (Text(_STEPS, "step", "Zo werkt het"), Legend(_ROLES), errors, Text(_NOTES)),
        (26, 34, 60), tab=TEAL, prints="page",
    )  # fmt: skip
    return (
        start,
        Sheet(
            "Functies", "Functies", "Typ een voorbeeld over in de gele cel; in de groene staat wat eruit hoort te komen.",
            tuple(singles), (27, 52, 44, 44, 26, 22), "Functies met één uitkomst.", tab=NAVY,
        ),
        Sheet(
            "Tabellen", "Functies met een tabel", "Rechts van elk voorbeeld is ruimte: typ het over in de gele cel.",
            tuple(tables), (22, *(20,) * 18), "Functies die een tabel geven.", tab=NAVY,
        ),
        _explained(specs),
        data.sheet(),
    )  # fmt: skip


FUNCTION_FILE = Template(
    id="functiebestand",
    version=1,
    title="Functiebestand van Klantwaarde XL",
    purpose="De functies als namen, met een voorbeeld en een plek om te typen.",
    sheets=_sheets,
    refreshes=False,
    names_functions=True,
)
