"""The map of groups on the page of retention: the user chooses what it shows, and it does so at once."""

from __future__ import annotations

from klantwaarde_xl.data.settings import Kind, Setting
from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook.phrases import cut

SHOWN, _AGES = 8, 7  # groups below the row of all, and periods after the first
# What is shown, its table, its number format, and what the map is then called
_KINDS = (
    ("aandeel", "tblCohortAandeel", "procent", "Welk deel van een groep in welke periode kocht"),
    ("klanten", "tblCohortKlanten", "aantal", "Hoeveel klanten van een groep in welke periode kochten"),
    ("omzet", "tblCohortOmzet", "euro", "Omzet van een groep in elke periode, retouren eraf"),
    ("waarde per klant", "tblCohortWaarde", "euro2", "Marge per klant van een groep, opgeteld tot en met elke periode"),
)  # fmt: skip
_WORDS = tuple(word for word, *_ in _KINDS)
_RULE = Setting("", Kind.CHOICE, "Wat de kaart toont", "Aandeel, klanten, omzet of waarde per klant; werkt meteen.",
                choices=_WORDS, default=_WORDS[0])  # fmt: skip
CHOICE = b.Grid(
    (b.Column("kies een kaart", span=2), b.Column("", span=10)),
    ((
        b.Input(_RULE, "kw_toon"),
        b.Formula('=IF(AND(kr_toon=4,kw_waarde_groepen=""),"Zonder marge is er geen waarde: vul haar in op Instellingen, en ververs.",'
                  '"werkt meteen; alle groepen staan op Terugkeer, Terugkeer klanten, Omzet en Waarde")', role="unit"),
    ),),
)  # fmt: skip


def _of_kind(cells: list[str]) -> str:
    """What belongs to the choice, of one for each kind."""
    chosen = cells[0]
    for number, one in enumerate(cells[1:], 2):
        chosen = f"IF(kr_toon={number},{one},{chosen})"
    return chosen


def _last(row: int) -> str:
    """Of which row of the shares a row of the map is: all, and then the last groups, or of products the largest."""
    if row == 1:
        return "1"
    return (
        f'IF(AND(kw_gebruikt_groep="eerste aankoop",kr_rijen>{SHOWN + 1}),kr_rijen-{SHOWN + 1 - row},{row})'
    )


CHOSEN = b.Grid(
    (b.Column("wat"), b.Column("rij", numbers=True), b.Column("groep")),
    tuple(
        (f"rij {row}",
         b.Formula("=IF({.groep}=\"\",\"\"," + _of_kind([f"IFERROR(MATCH({{.groep}},{table}[groep],0),\"\")" for _, table, *_ in _KINDS]) + ")", "aantal"),
         b.Formula(f'=IF({row}>kr_rijen,"",INDEX(tblCohortAandeel[groep],{_last(row)})&"")'))
        for row in range(1, SHOWN + 2)
    ),
    name="getoond", heading="Wat de kaart toont",
)  # fmt: skip


def _cell(row: int, column: str) -> b.Formula:
    """A cell of the map, blank in the future; customers and revenue of all groups are added up."""
    at = f"INDEX({{getoond.rij}},{row})"
    found = _of_kind([f"INDEX({table}[{column}],{at})" for _, table, *_ in _KINDS])
    otherwise = '""'
    if row == 1:
        sums = {
            word: f'IF(COUNT({table}[{column}])=0,"",SUM({table}[{column}]))' for word, table, *_ in _KINDS
        }
        otherwise = f'IF(kr_toon=2,{sums["klanten"]},IF(kr_toon=3,{sums["omzet"]},""))'
    return b.Formula(f'=IF({at}="",{otherwise},IF({found}="","",{found}))', "procent")


def _row(row: int) -> tuple[b.Cell, ...]:
    group = f"INDEX({{getoond.groep}},{row})"
    size = f'=IF({group}="","",INDEX(tblCohortAandeel[omvang],{_last(row)}))'
    ages = ("begin", *(f"na {age}" for age in range(1, _AGES + 1)))
    return (
        b.Formula(f"={cut(group, 30)}", role="name"), b.Formula(size, "aantal"), *(_cell(row, name) for name in ages),
        b.Formula(f"=INDEX({{terug.na}},{row})"),
    )  # fmt: skip


_LAST_AGE = f"na {_AGES}"
HEAT = b.Grid(
    (b.Column("groep", span=2), b.Column("omvang", numbers=True), b.Column("begin", numbers=True),
     *(b.Column(f"na {age}", numbers=True) for age in range(1, _AGES + 1)), b.Column("CAC terug")),
    tuple(_row(row) for row in range(1, SHOWN + 2)),
    name="kaart", heading=b.Formula("=" + _of_kind([f'"{said}"' for *_, said in _KINDS]) + '&" (donker: veel)"'),
    looks=(b.Filled("groep", "CAC terug"), b.Reached("begin", _LAST_AGE, "kw_cac", f'kw_toon="{_WORDS[-1]}"'), b.AsChosen("begin", _LAST_AGE, "kw_toon", tuple((word, number) for word, _, number, _ in _KINDS)),
           b.Scale("na 1", _LAST_AGE, from_row=2)),
)  # fmt: skip
