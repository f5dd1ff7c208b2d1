"""Behind the page of customer experience: weights, what falls short in order, places on the value map."""

from __future__ import annotations

from klantwaarde_xl.data.settings import Kind, Setting, setting
from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook import possible
from klantwaarde_xl.workbook.phrases import cut, known
from klantwaarde_xl.workbook.styles import LINE

PRICE = possible.read("kw_prijsgewicht", setting("kw_prijsgewicht"), "0.5")
WEIGHTS, SCORES = (0, 100), (1, 10)
ASPECTS, LOADS, REASONS = 12, 5, 8  # rows of what is typed
_NAME = 26  # what fits beside a bar


def _rule(between: tuple[float, float]) -> Setting:
    return Setting("", Kind.NUMBER, "", "", between=between)


def weighted(side: str, count: int, experience: str) -> b.Grid:
    """Weights and weighted scores of a side, nought where a score is missing; count: of its aspects."""
    score, weight = f"INDEX({{{side}.{experience}}},{{.nr}})", f"INDEX({{{side}.gewicht}},{{.nr}})"
    gap, other = f"INDEX({{{side}.kloof}},{{.nr}})", f"INDEX({{{side}.concurrent}},{{.nr}})"
    used = possible.read(weight, _rule(WEIGHTS), "1")
    unknown, apart = (f'{possible.read(one, _rule(SCORES))}=""' for one in (score, other))
    return b.Grid(
        (b.Column("nr"), *(b.Column(name, numbers=True) for name in ("telt", "maal score", "kloof telt", "maal kloof", "naast elkaar", "maal verhouding"))),
        tuple(
            (b.Formula(f"={n}", "aantal"),
             b.Formula(f"=IF({unknown},0,{used})", "getal"), b.Formula(f"=IF({{.telt}}=0,0,{{.telt}}*{score})", "getal"),
             b.Formula(f'=IF({gap}="",0,{used})', "getal"), b.Formula(f'=IF({gap}="",0,{{.kloof telt}}*{gap})', "getal"),
             b.Formula(f"=IF(OR({unknown},{apart}),0,{used})", "getal"), b.Formula(f"=IF({{.naast elkaar}}=0,0,{{.naast elkaar}}*{score}/{other})", "getal"))
            for n in range(1, count + 1)
        ),
        name=f"gewogen_{side}", heading=f"Gewogen: {'voordelen' if side == 'voordeel' else 'investeringen'}",
    )  # fmt: skip


def _mean(products: str, weights: str) -> str:
    return f'=IF(SUM({weights})=0,"",SUM({products})/SUM({weights}))'


_GAIN, _LOAD = "gewogen_voordeel", "gewogen_last"
_BOTH = f"SUM({{{_GAIN}.kloof telt}},{{{_LOAD}.kloof telt}})"
FIGURES = b.Grid(
    (b.Column("uitkomst", span=2), b.Column("waarde", numbers=True)),
    (
        ("Voordelen, gewogen", b.Formula(_mean(f"{{{_GAIN}.maal score}}", f"{{{_GAIN}.telt}}"), "een", name="ku_voordelen")),
        ("Investeringen, gewogen", b.Formula(_mean(f"{{{_LOAD}.maal score}}", f"{{{_LOAD}.telt}}"), "een", name="ku_lasten")),
        ("Balans", b.Formula(f"={known('ku_voordelen,ku_lasten', 'ku_voordelen-ku_lasten')}", "een", name="ku_balans")),
        ("Kans op vertrek", b.Formula(f"={known('ku_balans', 'WAARDERISICO(ku_balans)')}", name="ku_risico")),
        ("Kloof, gewogen", b.Formula(f'=IF({_BOTH}=0,"",SUM({{{_GAIN}.maal kloof}},{{{_LOAD}.maal kloof}})/{_BOTH})', "een", name="ku_kloof")),
        ("Prijsverhouding", b.Formula('=IF(COUNT({prijzen.verhouding})=0,"",AVERAGE({prijzen.verhouding}))', "getal", name="ku_prijs")),
        ("Kwaliteitsverhouding", b.Formula(_mean(f"{{{_GAIN}.maal verhouding}}", f"{{{_GAIN}.naast elkaar}}"), "getal", name="ku_kwaliteit")),
        ("Plaats op de waardekaart", b.Formula(
            f'=IF(COUNT(ku_prijs,ku_kwaliteit,N(kw_prijsgewicht))<3,"",IF(ku_prijs<=0,"",WAARDEKAART_POSITIE(ku_kwaliteit,ku_prijs,{PRICE})))', name="ku_plaats")),
        ("Aspecten die tegenvallen", b.Formula('=COUNTIF({voordeel.oordeel},"✖ valt tegen")+COUNTIF({last.oordeel},"✖ valt tegen")', "aantal", name="ku_tegen")),
        ("Wat het meest tegenvalt", b.Formula(
            f'=IF(ku_tegen=0,"",{cut("IF(OR(COUNT({voordeel.kloof})=0,MIN({last.kloof})<MIN({voordeel.kloof})),INDEX({last.aspect},MATCH(MIN({last.kloof}),{last.kloof},0)),INDEX({kloven.aspect},1))", _NAME)})', name="ku_ergst")),
        ("Aspecten met verwachting en ervaring", b.Formula("=COUNT({voordeel.kloof},{last.kloof})", "aantal", name="ku_beoordeeld")),
    ),
    name="cijfers", heading="Uitkomsten",
)  # fmt: skip


def _on_map(figure: str) -> b.Formula:
    """A figure of the map, on its edge where it lies beyond, nothing while there is no place to show."""
    return b.Formula(f'=IF(ku_plaats="",NA(),MIN(1.5,MAX(0.5,{figure})))', "getal")


_FAIR = f"{PRICE}/MAX(0.01,1-{PRICE})"
MAP = b.Grid(
    (b.Column("punt", span=2), b.Column("prijs", numbers=True), b.Column("kwaliteit", numbers=True)),
    (
        ("wij", _on_map("ku_prijs"), _on_map("ku_kwaliteit")), ("concurrent", _on_map("1"), _on_map("1")),
        ("eerlijk, links", _on_map(f"1-0.5/MAX(1,{_FAIR})"), _on_map(f"1-0.5*MIN(1,{_FAIR})")),
        ("eerlijk, rechts", _on_map(f"1+0.5/MAX(1,{_FAIR})"), _on_map(f"1+0.5*MIN(1,{_FAIR})")),
        ("even duur, onder", _on_map("1"), _on_map("0.5")), ("even duur, boven", _on_map("1"), _on_map("1.5")),
        ("even goed, links", _on_map("0.5"), _on_map("1")), ("even goed, rechts", _on_map("1.5"), _on_map("1")),
        ("beter", _on_map("1"), _on_map("1.44")), ("minder", _on_map("1"), _on_map("0.56")),
        ("goedkoper", _on_map("0.58"), _on_map("1")), ("duurder", _on_map("1.42"), _on_map("1")),
    ),
    name="kaart", heading="Waardekaart (concurrent is 1)", looks=(b.Faint("prijs"), b.Faint("kwaliteit")),
)  # fmt: skip
# The axes of the map are lines of it, so that it is blank while there is no place to show
CROSS = (
    *(b.Series(name, "kaart.kwaliteit", LINE, across="kaart.prijs", rows=rows) for name, rows in (("even duur", (5, 6)), ("even goed", (7, 8)))),
    *(b.Series(name, "kaart.kwaliteit", "", across="kaart.prijs", rows=(row, row), side=side)
      for row, (name, side) in enumerate((("beter ↑", "right"), ("minder ↓", "right"), ("← goedkoper", "below"), ("duurder →", "below")), 9)),
)  # fmt: skip
ORDER = b.Grid(
    (b.Column("nr"), b.Column("kloof", numbers=True), b.Column("waarde weg", numbers=True)),
    tuple(
        (b.Formula(f"={n}", "aantal"),
         b.Formula(f'=IF({n}>ROWS({{voordeel.kloof}}),"",IF(INDEX({{voordeel.kloof}},{n})="","",INDEX({{voordeel.kloof}},{n})+{n}/1000000000))', "getal"),
         b.Formula(f'=IF(INDEX({{vertrek.waarde weg}},{n})="","",INDEX({{vertrek.waarde weg}},{n})-{n}/1000000)', "euro") if n <= REASONS else b.Formula('=""'))
        for n in range(1, ASPECTS + 1)
    ),
    name="volgorde", heading="Waarop gesorteerd wordt",
)  # fmt: skip


def _ranked(grid: str, by: str, pick: str, rank: int, column: str, number: str, otherwise: str) -> b.Formula:
    place = f"MATCH({pick}({{volgorde.{by}}},{rank}),{{volgorde.{by}}},0)"
    found = f"INDEX({{{grid}.{column}}},{place})"
    if not number:  # a name, beside a bar and in a sentence
        found = cut(found, _NAME)
    return b.Formula(f"=IF(COUNT({{volgorde.{by}}})<{rank},{otherwise},{found})", number)


GAPS = b.Grid(
    (b.Column("aspect", span=2), b.Column("verwachting", numbers=True), b.Column("ervaring", numbers=True), b.Column("kloof", numbers=True)),
    tuple(
        (_ranked("voordeel", "kloof", "SMALL", n, "aspect", "", '""'),
         *(_ranked("voordeel", "kloof", "SMALL", n, column, "een", "NA()") for column in ("verwachting", "ervaring", "kloof")))
        for n in range(1, ASPECTS + 1)
    ),
    name="kloven", heading="Wat het meest tegenvalt boven", looks=(b.Faint("verwachting"), b.Faint("ervaring"), b.Faint("kloof")),
)  # fmt: skip
LOST = b.Grid(
    (b.Column("reden", span=2), b.Column("waarde weg", numbers=True), b.Column("klanten", numbers=True), b.Column("opgeteld", numbers=True)),
    tuple(
        (_ranked("vertrek", "waarde weg", "LARGE", n, "reden", "", '""'), _ranked("vertrek", "waarde weg", "LARGE", n, "waarde weg", "euro", "NA()"),
         _ranked("vertrek", "waarde weg", "LARGE", n, "klanten", "aantal", "NA()"),
         b.Formula(f'=IF(OR(COUNT({{volgorde.waarde weg}})<{n},SUM({{vertrek.waarde weg}})=0),NA(),{{.waarde weg}}/SUM({{vertrek.waarde weg}})'
                   + ("" if n == 1 else "+{^.opgeteld}") + ")", "procent"))
        for n in range(1, REASONS + 1)
    ),
    name="redenen", heading="De duurste reden boven", looks=(b.Faint("waarde weg"), b.Faint("klanten"), b.Faint("opgeteld")),
)  # fmt: skip
