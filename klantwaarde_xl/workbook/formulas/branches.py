"""Which part of a formula counts: what IF and its like do not take may be anything.

`IF(A1="","",MONTH(A1))` is right for an empty A1, though MONTH of it is not: what must hold in a
branch must hold only when the branch is taken. The engine says which one that is, with the numbers
of the branches in their places.
"""

from __future__ import annotations

from collections.abc import Sequence

from klantwaarde_xl.workbook.formulas.pieces import ONE, Piece
from klantwaarde_xl.workbook.formulas.prepared import Branch, Check, Parts, Probe


def branch(name: str, before: Sequence[Piece], count: int) -> tuple[Branch, ...]:
    """The branch that the argument behind those before stands in, of a call with so many arguments.

    None when the argument is always computed, and when there is no telling.
    """
    at = len(before)
    if at == 0:
        return ()
    if name == "IF":
        return _of(["IF(", before[0], ",1,2)"], at)
    if name in ("IFERROR", "IFNA"):
        return _of([f"IF({'ISERROR' if name == 'IFERROR' else 'ISNA'}(", before[0], "),1,2)"], 1)
    if name == "CHOOSE":
        return _of(["CHOOSE(", before[0], *(f",{number}" for number in range(1, count)), ")"], at)
    if name == "IFS":
        # a result where its condition is the first that holds, a condition where none before it does
        conditions = before[::2]
        asked: list[str | Piece] = []
        for number, condition in enumerate(conditions, 1):
            asked += ["IF(", condition, f",{number},"]
        return _of([*asked, "0", ")" * len(conditions)], len(conditions) if at % 2 else 0)
    if name == "SWITCH":
        has_default = count % 2 == 0
        is_default = has_default and at == count - 1
        if at % 2 and not is_default:
            return ()  # a value that is compared with
        asked = ["SWITCH(", before[0]]
        for number, value in enumerate(before[1::2], 1):
            asked += [",", value, f",{number}"]
        return _of([*asked, ",0)"], 0 if is_default else at // 2)
    return ()


def _of(asked: Sequence[str | Piece], number: int) -> tuple[Branch, ...]:
    pieces = [one for one in asked if isinstance(one, Piece)]
    if any(piece.shape != ONE or piece.stays for piece in pieces):
        return ()

    def chooses() -> tuple[Probe, tuple[Check, ...]]:
        parts: Parts = []
        for one in asked:
            parts += one.parts if isinstance(one, Piece) else [one]
        made = Piece.of(parts, pieces, "n")
        return Probe(made.alone()), made.if_moved

    return (Branch(chooses, number),)
