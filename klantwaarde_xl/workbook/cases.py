"""Four scenarios of what may happen, side by side, and which assumption weighs most in them."""

from __future__ import annotations

from klantwaarde_xl.data.settings import setting
from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook import plans, possible
from klantwaarde_xl.workbook.phrases import known
from klantwaarde_xl.workbook.styles import NAVY, ORANGE
from klantwaarde_xl.workbook.typed import Typed

N, E, P, V, W = "aantal", "euro2", "procent", "getal", "euro"

# ── four scenarios ──────────────────────────────────────────────────────────────────────────

CASES = ("nu", "slechtst", "basis", "best")
# name, label, number format, unit, explanation, example for each case
KNOBS = (
    ("klanten", "Klanten", N, "klanten", "wie nu klant is", (400, 380, 400, 410)),
    ("nieuw", "Nieuwe klanten", N, "klanten dit jaar", "wie u dit jaar erbij wint", (60, 40, 70, 100)),
    ("order", "Orderwaarde", E, "euro per order", "omzet / orders", (50, 47, 51, 55)),
    ("keer", "Aankoopfrequentie", V, "orders per jaar", "per klant", (5, 4.5, 5.1, 5.5)),
    ("marge", "Marge", P, "deel van de omzet", "wat overblijft na inkoop", (0.35, 0.33, 0.35, 0.37)),
    ("kosten", "Kosten per klant", E, "euro per jaar", "service, verzending, behoud", (6, 8, 6, 5)),
    ("blijft", "Retentie", P, "per jaar", "deel dat volgend jaar nog klant is", (0.65, 0.58, 0.67, 0.73)),
    ("cac", "CAC", E, "euro per nieuwe klant", "werving / nieuwe klanten", (40, 52, 40, 35)),
    ("vast", "Vaste kosten", W, "euro per jaar", "wat niet met klanten meegroeit", (18000, 18500, 18000, 18000)),
    ("markt", "Marktomvang", W, "euro per jaar", "omzet van alle aanbieders samen", (2000000, 1900000, 2000000, 2100000)),
)  # fmt: skip
ENTRIES = b.Grid(
    (b.Column("gegeven"), *(b.Column(case, numbers=True) for case in CASES), b.Column("eenheid", "unit"), b.Column("uitleg", "unit")),
    tuple(
        (label, *(Typed(f"kw_{name}_{case}", label, form, example, f"{label}, {case}. Leeg: als nu." if case != "nu" else note).cell
                  for case, example in zip(CASES, examples, strict=True)), unit, note)
        for name, label, form, unit, note, examples in KNOBS
    ),
    heading="Uw aannamen (leeg in een scenario: als nu)",
)  # fmt: skip


def _taken(name: str, case: str) -> str:
    entries = {cell.name: cell.rule for row in ENTRIES.rows for cell in row if isinstance(cell, b.Input)}
    own, now = f"kw_{name}_{case}", f"kw_{name}_nu"
    taken = possible.read(own, entries[own])
    return f"={taken}" if own == now else f'=IF({own}="",{possible.read(now, entries[now])},{taken})'


_INTEREST = f'IF(kw_rente="",0,{possible.read("kw_rente", setting("kw_rente"))})'
_TAKEN_ROWS: tuple[tuple[b.Cell, ...], ...] = tuple(
    (label, *(b.Formula(_taken(name, case), form, name=f"kv_{name}_{case}") for case in CASES))
    for name, label, form, *_ in KNOBS
)
TAKEN = b.Grid(
    (b.Column("gegeven"), *(b.Column(case, numbers=True) for case in CASES)),
    (*_TAKEN_ROWS, ("Rente", b.Formula(f"={_INTEREST}", P, name=plans.RATE), "", "", "")),
    heading="Waarmee gerekend wordt",
)  # fmt: skip


def _of(case: str, **instead: str) -> dict[str, str]:
    """The cells of a case by the name of their knob, some of another case."""
    return {name: f"kv_{name}_{instead.get(name, case)}" for name, *_ in KNOBS}


_YEAR = "{order}*{keer}*{marge}-{kosten}"
_CLV = f'CLV({_YEAR},{{blijft}},{plans.RATE},0,"nu")'
_EVERYBODY = "({klanten}+{nieuw})"
_ALL = f"{_EVERYBODY}*{_CLV}-{{nieuw}}*{{cac}}"
# name, label, formula, number format, what it is
_OUTCOMES = (
    ("omzet", "Omzet per jaar", f"{_EVERYBODY}*{{order}}*{{keer}}", "euro", "alle klanten × orderwaarde × frequentie"),
    ("jaarmarge", "Marge per klant per jaar", _YEAR, "euro2", "omzet × marge − kosten per klant"),
    ("clv", "CLV", _CLV, "euro2", "zolang hij blijft, eerste marge nu"),
    ("netto", "CLV na werving", f"{_CLV}-{{cac}}", "euro2", "CLV − CAC"),
    ("samen", "Klantwaarde samen", _ALL, "euro", "alle klanten × CLV − wat de nieuwe klanten kostten"),
    ("winst", "Winst per jaar", f"{_EVERYBODY}*({_YEAR})-{{nieuw}}*{{cac}}-{{vast}}", "euro", "marge − werving − vaste kosten"),
    ("aandeel", "Marktaandeel", f"MARKTAANDEEL({_EVERYBODY}*{{order}}*{{keer}},{{markt}})", "procent", "omzet / marktomvang"),
    ("ratio", "CLV : CAC", f"{_CLV}/{{cac}}", "keer", "vuistregel: 3 of meer"),
)  # fmt: skip


def _computed(formula: str, cells: dict[str, str]) -> str:
    """A formula over a case, nothing while something is missing or the CLV has no end."""
    needed = ",".join(cell for name, cell in cells.items() if f"{{{name}}}" in formula)
    guards = [f"{cells['blijft']}>=1+{plans.RATE}"] if "CLV(" in formula else []
    needed += f",{plans.RATE}" if "CLV(" in formula else ""
    guards += [f"{cells['cac']}=0"] if "/{cac}" in formula else []
    if "{markt}" in formula:
        guards.append(
            f"OR({cells['markt']}<=0,{f'{_EVERYBODY}*{{order}}*{{keer}}'.format_map(cells)}>{cells['markt']})"
        )
    whole = formula.format_map(cells)
    for guard in guards:
        whole = f'IF({guard},"",{whole})'
    return known(needed, whole)


RESULTS = b.Grid(
    (b.Column("uitkomst", span=2), *(b.Column(case, numbers=True) for case in CASES), b.Column("hoe", "unit", span=6)),
    tuple(
        (label, *(b.Formula(f"={_computed(text, _of(case))}", number, "output", f"ku_{name}_{case}") for case in CASES), how)
        for name, label, text, number, how in _OUTCOMES
    ),
    name="uitkomsten", heading="Vier scenario's naast elkaar",
)  # fmt: skip

# ── which assumption weighs most ────────────────────────────────────────────────────────────

_MOVING = tuple((name, label) for name, label, *_ in KNOBS if f"{{{name}}}" in _ALL)


def _moved(name: str, case: str) -> b.Formula:
    other = _computed(f"{_ALL}-ku_samen_basis", _of("basis", **{name: case}))
    return b.Formula(f'=IF(ku_samen_basis="","",{other})', "euro")


SPANS = b.Grid(
    (b.Column("aanname"), b.Column("slechtst", numbers=True), b.Column("best", numbers=True), b.Column("grootte", numbers=True)),
    tuple(
        (label, _moved(name, "slechtst"), _moved(name, "best"),
         b.Formula(f'=IF(COUNT({{.slechtst}},{{.best}})<2,"",MAX({{.slechtst}},{{.best}},0)-MIN({{.slechtst}},{{.best}},0)+{place}/1000000000)', "euro"))
        for place, (name, label) in enumerate(_MOVING)
    ),
    name="spreiding", heading="Klantwaarde samen, als één aanname van basis afwijkt",
)  # fmt: skip
_KNOWN = f"COUNT({{spreiding.grootte}})={len(_MOVING)}"


def _ranked(rank: int, column: str, number: str = "") -> b.Formula:
    place = f"MATCH(LARGE({{spreiding.grootte}},{rank}),{{spreiding.grootte}},0)"
    return b.Formula(f'=IF({_KNOWN},INDEX({{spreiding.{column}}},{place}),"")', number)


def _drawn(side: str, other: str, covers: str) -> b.Formula:
    """A bar, and nothing where that of the other case covers it: their values would be written over each other."""
    hidden = f"AND({{.{side}}}*{{.{other}}}>0,ABS({{.{side}}}){covers}ABS({{.{other}}}))"
    hidden = f"OR({hidden},AND(ROUND({{.{side}}},0)=0,ROUND({{.{other}}},0)=0))"  # neither does anything
    return b.Formula(f'=IF({{.{side}}}="",NA(),IF({hidden},NA(),{{.{side}}}))', "euro")


def _room(rank: int) -> b.Formula:
    """What the axis needs beyond the longest bars, so that their values do not run into the labels."""
    if rank > 2:
        return b.Formula("=NA()", "euro")
    pick = ("MIN", "MAX")[rank - 1]
    return b.Formula(f"=IF({_KNOWN},1.25*{pick}(0,{{tornado.slechtst}},{{tornado.best}}),NA())", "euro")


_ON_PAGE = ("staaf slechtst", "staaf best", "ruimte")
TORNADO = b.Grid(
    (b.Column("aanname"), *(b.Column(name, numbers=True) for name in ("slechtst", "best", *_ON_PAGE))),
    tuple(
        (_ranked(rank, "aanname"), _ranked(rank, "slechtst", "euro"), _ranked(rank, "best", "euro"),
         _drawn("slechtst", "best", "<"), _drawn("best", "slechtst", "<="), _room(rank))
        for rank in range(1, len(_MOVING) + 1)
    ),
    name="tornado", heading="De zwaarste boven", looks=tuple(b.Faint(name) for name in _ON_PAGE),
)  # fmt: skip
ENDLESS = f"MAX({','.join(f'kv_blijft_{case}' for case in CASES)})>=1+N({plans.RATE})"
# The one that is not seen stands in the middle: LibreOffice counts the names of bars from the other end
BARS = (
    b.Series("slechtst", "tornado.staaf slechtst", ORANGE),
    b.Series("ruimte", "tornado.ruimte", ""),
    b.Series("best", "tornado.staaf best", NAVY),
)
MOVES = f"AND({_KNOWN},MAX({{spreiding.grootte}})>=0.5)"
FILL_IN = "Vul op Scenario's de kolom nu in."
NOT_YET = f'IF({ENDLESS},"Een retentie van 100% heeft geen einde: vul minder in.","{FILL_IN}")'
HEAVIEST = (
    f'=IF({_KNOWN},IF(MAX({{spreiding.grootte}})<0.5,"Slechtst en best zijn gelijk aan basis",'
    f'INDEX({{tornado.aanname}},1)&" weegt het zwaarst"),{NOT_YET})'
)
