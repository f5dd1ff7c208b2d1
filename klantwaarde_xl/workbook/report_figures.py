"""Behind the report for the board: the bridge of customer value, its key figures, and its targets."""

from __future__ import annotations

from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook import standard as s
from klantwaarde_xl.workbook.months import FILLED, last_year, of_month, year_before
from klantwaarde_xl.workbook.phrases import known, money, signed_money
from klantwaarde_xl.workbook.styles import BAD, GOOD, WARN
from klantwaarde_xl.workbook.typed import Typed

# ── Berekening ──────────────────────────────────────────────────────────────────────────────

CENTS = 'kc_centen="ja"'
_STEP = "INDEX(tblWaardebrug[waarde],{n})"
_BEFORE = "IF({.rij}=1,0,SUM(INDEX(tblWaardebrug[waarde],1):INDEX(tblWaardebrug[waarde],{.rij}-1)))"


def _drawn(which: str, value: str) -> b.Formula:
    """A column of the chart, where a row is of that kind; else nothing is drawn."""
    return b.Formula(f'=IF({{.waarde}}="",NA(),IF({which},{value},NA()))', "euro")


_ENDS, _MOVES = "OR({.rij}=1,{.rij}=5)", "AND({.rij}>1,{.rij}<5)"
BRIDGE = b.Grid(
    (b.Column("rij"), b.Column("stap"), *(b.Column(name, numbers=True) for name in ("waarde", "vanaf", "tot")), b.Column("label"),
     *(b.Column(name, numbers=True) for name in ("voet", "stand", "erbij", "eraf", "tot laag", "tot hoog", "ruimte"))),
    tuple(
        (b.Formula(f"={n}", "aantal"),
         b.Formula('=IF(ROWS(tblWaardebrug[stap])<5,"",INDEX(tblWaardebrug[stap],{.rij})&"")'),
         b.Formula('=IF(OR({.stap}="",kw_waarde=""),"",INDEX(tblWaardebrug[waarde],{.rij}))', "euro"),
         b.Formula('=IF({.waarde}="","",' + ("0" if n in (1, 5) else "{^.tot}") + ")", "euro"),
         b.Formula('=IF({.waarde}="","",{.vanaf}+{.waarde})', "euro"),
         b.Formula('=IF({.waarde}="","",{.stap}&" "&' + (money("{.waarde}", CENTS) if n in (1, 5) else signed_money("{.waarde}", CENTS)) + ")"),
         _drawn(_MOVES, "MIN({.vanaf},{.tot})"), _drawn(_ENDS, "{.waarde}"),
         _drawn(f"AND({_MOVES},{{.waarde}}>=0)", "{.waarde}"), _drawn(f"AND({_MOVES},{{.waarde}}<0)", "-{.waarde}"),
         b.Formula('=IF(AND({.rij}=5,ISNUMBER(kw_waarde_laag)),kw_waarde-kw_waarde_laag,NA())', "euro"),
         b.Formula('=IF(AND({.rij}=5,ISNUMBER(kw_waarde_hoog)),kw_waarde_hoog-kw_waarde,NA())', "euro"),
         b.Formula("=1.05*{.tot hoog}", "euro"))
        for n in range(1, 6)
    ),
    name="brug", heading="Van begin naar eind",
    looks=tuple(b.Faint(name) for name in ("voet", "stand", "erbij", "eraf", "tot laag", "tot hoog", "ruimte")),
)  # fmt: skip
_AGO = "EDATE(kw_laatste_maand,-12)"
FIGURES = b.Grid(
    s.LABEL_VALUE,
    (
        ("Laatste hele maand", b.Given("laatste_maand")),
        ("Hele maanden in de gegevens", b.Formula(FILLED, "aantal", name="kc_maanden")),
        ("Netto omzet, 12 maanden", b.Formula(last_year("netto omzet"), "euro", name="kc_netto")),
        ("Netto omzet, jaar ervoor", b.Formula(year_before("netto omzet"), "euro", name="kc_netto_vorig")),
        ("Klanten nu", b.Formula(f'=IF(kc_maanden<1,"",{of_month("klanten eind")})', "aantal", name="kc_klanten")),
        ("Klanten, jaar geleden", b.Formula(f'=IF(kc_maanden<12+kw_gebruikt_inactief_na,"",{of_month("klanten eind", _AGO)})', "aantal", name="kc_klanten_vorig")),
        ("Retentie, jaar geleden", b.Formula(
            f'=IF(kc_maanden<13,"",IFERROR(IF(INDEX(tblRetentie[retentie per jaar],MATCH({_AGO},tblRetentie[maand],0))="","",INDEX(tblRetentie[retentie per jaar],MATCH({_AGO},tblRetentie[maand],0))),""))',
            "procent", name="kc_retentie_vorig")),
        ("Klanten die dreigen te gaan", b.Formula('=IF(kw_waarde="","",SUMIFS(tblActies[klanten],tblActies[actie],"Terugwinnen"))', "aantal", name="kc_dreigt")),
        ("Hun klantwaarde", b.Formula('=IF(kw_waarde="","",SUMIFS(tblActies[klantwaarde],tblActies[actie],"Terugwinnen"))', "euro", name="kc_dreigt_waarde")),
        ("Slechtste kanaal dat geld kost", b.Formula('=IFERROR(INDEX(tblKanalen[kanaal],MATCH("kost geld",tblKanalen[oordeel],0)+COUNTIF(tblKanalen[oordeel],"kost geld")-1)&"","")', name="kc_duur")),
        *(
            (f"{what} van dat kanaal", b.Formula(f'=IF(kc_duur="","",IFERROR(IF(INDEX(tblKanalen[{what}],MATCH(kc_duur,tblKanalen[kanaal],0))="","",INDEX(tblKanalen[{what}],MATCH(kc_duur,tblKanalen[kanaal],0))),""))', "euro2", name=f"kc_duur_{what.lower()}"))
            for what in ("CAC", "CLV")
        ),
        ("Bedragen met centen", b.Formula('=IF(kw_waarde="","nee",IF(MAX(ABS(N(INDEX(tblWaardebrug[waarde],1))),ABS(N(kw_waarde)))<99.995,"ja","nee"))', name="kc_centen")),
        ("Kanalen die niemand brachten", b.Formula('=COUNTIF(tblKanalen[oordeel],"bracht niemand")', "aantal", name="kc_niemand")),
        ("Hun kosten", b.Formula('=SUMIFS(tblKanalen[kosten],tblKanalen[oordeel],"bracht niemand")', "euro", name="kc_niemand_kosten")),
        ("Het eerste daarvan", b.Formula('=IF(kc_niemand=0,"",INDEX(tblKanalen[kanaal],MATCH("bracht niemand",tblKanalen[oordeel],0)))', name="kc_niemand_naam")),
        ("Verandering is zeker", b.Formula('=IF(COUNT(kw_waardebrug_laag,kw_waardebrug_hoog)<2,"",IF(OR(kw_waardebrug_laag>0,kw_waardebrug_hoog<0),"ja","nee"))', name="kc_zeker")),
        ("Retentie daalde", b.Formula('=IF(COUNT(kw_retentie_jaar,kc_retentie_vorig,kw_retentie_jaar_hoog)<3,"",IF(kw_retentie_jaar_hoog<kc_retentie_vorig,"ja","nee"))', name="kc_daalde")),
        ("Klanten minder dan bij de retentie van toen", b.Formula('=IF(kc_daalde<>"ja","",IFERROR(ROUND((kc_retentie_vorig-kw_retentie_jaar)*INDEX(tblRetentie[klanten een jaar eerder],MATCH(kw_laatste_maand,tblRetentie[maand],0)),0),""))', "aantal", name="kc_minder")),
    ),
    heading="Kerncijfers",
)  # fmt: skip
GIVEN = s.figures(
    ("waarde", "waarde_laag", "waarde_hoog", "klanten", "actief", "beste_tiende", "bericht", "opmerking", "waardebrug_van", "waardebrug_verandering", "waardebrug_laag",
     "waardebrug_hoog", "waardebrug_oorzaak", "waardebrug_bericht", "retentie_jaar", "retentie_jaar_laag", "retentie_jaar_hoog", "retentie_bericht",
     "kanalen_ratio", "kanalen_cac", "kanalen_clv", "kanalen_bericht"),
    "Cijfers van de verversing",
)  # fmt: skip

FEW = s.figures(("waardebrug_weinig",), "Een klein begin", since=3)

# ── Doelen ──────────────────────────────────────────────────────────────────────────────────

# key figure, its cell, number format, unit, example of a target
TARGETS = (
    ("Waarde van onze klanten", "kw_waarde", "euro", "euro", 60000),
    ("Netto omzet, 12 maanden", "kc_netto", "euro", "euro", 220000),
    ("Klanten", "kc_klanten", "aantal", "klanten", 1800),
    ("Retentie per jaar", "kw_retentie_jaar", "procent", "deel van de klanten", 0.5),
    ("CLV : CAC", "kw_kanalen_ratio", "getal", "keer", 3),
)  # fmt: skip


def light_of(now: str, goal: str, said: tuple[str, str, str]) -> str:
    """How a figure stands against its target, in words."""
    green, orange, red = said
    light = f"DOELSTOPLICHT({now},{goal})"
    return f'IF({light}="groen","{green}",IF({light}="oranje","{orange}","{red}"))'


_STANDS = ("✔ gehaald", "● bijna", "✖ niet gehaald")


def goal_of(cell: str) -> str:
    """The name of the cell with the target of a figure."""
    return f"kw_doel_{cell.partition('_')[2]}"


def _stand(goal: str) -> str:
    return (
        f'=IF({{.nu}}="","geen doel gesteld",{known(goal, light_of("{.nu}", "{.doel}", _STANDS), NO_GOAL)})'
    )


NO_GOAL = '"geen doel gesteld"'
_PART = 'IF(OR({.nu}="",{.doel}=0),"",{.nu}/{.doel})'
GOALS = b.Grid(
    (b.Column("kerncijfer"), b.Column("nu", numbers=True), b.Column("doel", numbers=True), b.Column("deel van het doel", numbers=True), b.Column("stand"), b.Column("eenheid", "unit")),
    tuple(
        (label, b.Formula(f'=IF({cell}="","",{cell})', form),
         Typed(goal_of(cell), f"Doel: {label.lower()}", form, example, "Leeg: geen doel. Meer is beter.").cell,
         b.Formula(f"={known(goal_of(cell), _PART)}", "procent"), b.Formula(_stand(goal_of(cell))), unit)
        for label, cell, form, unit, example in TARGETS
    ),
    name="doelen", heading="Uw doelen (leeg: geen doel)",
    looks=(b.Words("stand", (("✔ gehaald", GOOD), ("● bijna", WARN), ("✖ niet gehaald", BAD))),),
)  # fmt: skip
WORST = b.Grid(
    s.LABEL_VALUE,
    (
        ("Doelen gesteld", b.Formula("=COUNT({doelen.deel van het doel})", "aantal", name="kc_doelen")),
        ("Slechtste", b.Formula('=IF(kc_doelen=0,"",MIN({doelen.deel van het doel}))', "procent", name="kc_slechtst")),
        ("Welk", b.Formula('=IF(kc_doelen=0,"",INDEX({doelen.kerncijfer},MATCH(kc_slechtst,{doelen.deel van het doel},0)))', name="kc_slechtst_naam")),
    ),
    heading="Het verst van zijn doel",
)  # fmt: skip
