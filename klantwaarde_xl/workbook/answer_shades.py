"""How often each answer was given, in three shades: of an NPS its own, else the ends of its scale."""

from __future__ import annotations

from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook.styles import GREY, ORANGE, TEAL

# Of each kind of answer: its name, its first and last score on a scale of 0 to 10; its name and which scores
# on any other, of which CSAT counts the two highest
_KINDS = (
    ("criticasters", 0, 6, "twee laagste", "{.score}<=ku_laagst+1"),
    ("passief", 7, 8, "ertussen", "AND({.score}>ku_laagst+1,{.score}<ku_hoogst-1)"),
    ("promotors", 9, 10, "twee hoogste", "{.score}>=ku_hoogst-1"),
)
_OF_TEN = 'ku_schaal="0 t/m 10"'


def _shade(low: int, high: int, other: str) -> b.Formula:
    """How often an answer was given, where it is of a kind."""
    within = f"IF({_OF_TEN},AND({{.score}}>={low},{{.score}}<={high}),{other})"
    return b.Formula(
        f'=IF(OR({{.rij}}="",COUNT(ku_laagst,ku_hoogst)<2),NA(),IF({within},{{.antwoorden}},NA()))', "aantal"
    )


_READ = ("score", "antwoorden")
_NAMES = tuple(kind for kind, *_ in _KINDS)


def _answer(place: int) -> tuple[b.Cell, ...]:
    """One score with how often it was given, in the column of its kind."""
    read = (f'=IF({{.rij}}="","",INDEX(tblAntwoorden[{name}],{{.rij}}))' for name in _READ)
    return (
        b.Formula(f'=IF({place}>ku_scores,"",{place})', "aantal"),
        *(b.Formula(text, "aantal") for text in read),
        *(_shade(low, high, other) for _, low, high, _, other in _KINDS),
    )


SPREAD = b.Grid(
    (b.Column("rij"), *(b.Column(name, numbers=True) for name in (*_READ, *_NAMES))),
    tuple(_answer(place) for place in range(1, 12)),
    name="verdeling",
    heading="Antwoorden per score",
    looks=tuple(b.Faint(name) for name in _NAMES),
)
# Named cells for the formulas above, and for the legend
SCALE: tuple[tuple[b.Cell, ...], ...] = (
    *(
        (
            f"{label} score van die schaal",
            b.Formula(f'=IF(ku_scores=0,"",INDEX(tblAntwoorden[score],{row}))', "aantal", name=name),
        )
        for label, name, row in (("Laagste", "ku_laagst", "1"), ("Hoogste", "ku_hoogst", "ku_scores"))
    ),
    *(
        (
            f"In de legenda voor {kind}",
            b.Formula(f'=IF({_OF_TEN},"{kind}","{other}")', name=f"ku_naam_{kind}"),
        )
        for kind, _, _, other, _ in _KINDS
    ),
)
SHADES = tuple(
    b.Series(f"=ku_naam_{kind}", f"verdeling.{kind}", color)
    for (kind, *_), color in zip(_KINDS, (ORANGE, GREY, TEAL), strict=True)
)
