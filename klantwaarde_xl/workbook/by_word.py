"""Numbers whose kind hangs on a word in their row, such as targets: what each may be, typed and pasted."""

from __future__ import annotations

from klantwaarde_xl.data.settings import Kind, Setting
from klantwaarde_xl.errors import SpecError
from klantwaarde_xl.workbook.column_looks import ByWord
from klantwaarde_xl.workbook.styles import NUMBERS

_LONGEST = 255  # of a formula that a program checks typing with, and of what it says


def number_of(rule: Setting) -> str:
    """The format of a number with its unit behind it; an amount and a share have theirs in their format."""
    unit = f'" {rule.unit}"' if rule.unit and rule.kind in (Kind.COUNT, Kind.NUMBER) else ""
    return NUMBERS[rule.form] + unit


def _limits(look: ByWord, number: str) -> dict[str, list[str]]:
    """Each limit as a formula over a number, with the words that it is of."""
    found: dict[str, list[str]] = {}
    for word, rule in look.rules:
        low, high = rule.between
        limits = [f"{number}{sign}{end:.15g}" for sign, end in ((">=", low), ("<=", high)) if end is not None]
        for limit in [*limits, *([f"INT({number})={number}"] if rule.kind is Kind.COUNT else [])]:
            found.setdefault(limit, []).append(word)
    return found


def validation(look: ByWord, word: str, number: str) -> dict[str, str]:
    """What a program checks when the user types; word, number: the cells of one row."""
    tests = [f"ISNUMBER({number})"]
    for limit, words in _limits(look, number).items():
        others = ",".join(f'{word}<>"{one}"' for one in words)
        tests.append(limit if len(words) == len(look.rules) else f"OR(AND({others}),{limit})")
    said = [f"{name}: {rule.message()}" for name, rule in look.rules if rule.kind is not Kind.AMOUNT]
    message = " ".join([*said, "Andere: een bedrag van nul of meer."])
    formula = f"=AND({','.join(tests)})"
    if max(len(formula), len(message)) > _LONGEST:
        raise SpecError(f"De kolom {look.column} heeft te veel soorten getallen.")
    return {"criteria": formula, "message": message}


def fits(look: ByWord, table: str) -> str:
    """A formula that is TRUE when every number in a table fits its word; text is a number of no kind."""
    number, word = f"{table}[{look.column}]", f"{table}[{look.word}]"
    beyond = []
    for limit, words in _limits(look, number).items():
        of = "+".join(f'({word}="{one}")' for one in words)
        beyond.append(f'({of})*({number}<>"")*(1-({limit}))')
    return f"=AND(COUNTA({number})=COUNT({number}),SUMPRODUCT({'+'.join(beyond)})=0)"
