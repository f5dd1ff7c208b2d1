"""Plans of the articles to work out: what they bring, what they cost, and when they pay for themselves."""

from __future__ import annotations

from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook.phrases import known, money, percent, price
from klantwaarde_xl.workbook.typed import Typed, form_of, outcome

N, E, P, W = "aantal", "euro2", "procent", "euro"
RATE = "kv_rente"  # on Berekening: nought where nothing is filled in

# ── plans ───────────────────────────────────────────────────────────────────────────────────

_PLANS = (
    ("Meer waarde per klant", "artikel 002: van 1.000 naar 1.250 bij 50 klanten",
     (Typed("kw_hoger_klanten", "Klanten", N, 50, "per jaar"), Typed("kw_hoger_nu", "Waarde per klant nu", W, 1000, "euro"),
      Typed("kw_hoger_straks", "Waarde per klant straks", W, 1250, "euro"),
      Typed("kw_hoger_kosten", "Wat het kost", W, 12000, "euro per jaar: 12 × 1.000 reclame")),
     "WAARDESTIJGING(kw_hoger_klanten,kw_hoger_nu,kw_hoger_straks)",
     ("Waarde per klant waarbij het uit kan", 'IF(kw_hoger_klanten=0,"",kw_hoger_nu+kw_hoger_kosten/kw_hoger_klanten)', "euro2")),
    ("Pak dat extra tientje", "een extra dienst voor wie al klant is",
     (Typed("kw_dienst_klanten", "Klanten aan wie u hem aanbiedt", N, 200, "klanten"), Typed("kw_dienst_bedrag", "Prijs", E, 10, "euro per maand"),
      Typed("kw_dienst_deel", "Deelname", P, 0.25, "deel dat hem neemt"), Typed("kw_dienst_marge", "Marge erop", P, 0.6, "deel van de prijs"),
      Typed("kw_dienst_kosten", "Wat het kost", W, 1500, "euro per jaar")),
     "EXTRATIENTJE(kw_dienst_klanten,kw_dienst_bedrag,kw_dienst_deel,kw_dienst_marge)",
     ("Deelname waarbij het uit kan",
      'IF(kw_dienst_klanten*kw_dienst_bedrag*kw_dienst_marge=0,"",kw_dienst_kosten/(12*kw_dienst_klanten*kw_dienst_bedrag*kw_dienst_marge))', "procent")),
    ("Kosten besparen", "lagere kosten per klant bij gelijke beleving",
     (Typed("kw_minder_klanten", "Klanten", N, 400, "per jaar"), Typed("kw_minder_nu", "Kosten per klant nu", E, 6, "euro per jaar"),
      Typed("kw_minder_straks", "Kosten per klant straks", E, 4.5, "euro per jaar"), Typed("kw_minder_kosten", "Wat het kost", W, 400, "euro per jaar")),
     "KOSTENBESPARING(kw_minder_klanten,kw_minder_nu,kw_minder_straks)",
     ("Kosten per klant waarbij het uit kan", 'IF(kw_minder_klanten=0,"",kw_minder_nu-kw_minder_kosten/kw_minder_klanten)', "euro2")),
    ("Aanbevelingen", "klanten die klanten brengen",
     (Typed("kw_tip_mensen", "Mensen die via een klant komen kijken", N, 80, "per jaar"), Typed("kw_tip_deel", "Wordt klant", P, 0.25, "deel van hen"),
      Typed("kw_tip_waarde", "Waarde van een nieuwe klant", W, 150, "euro, zoals CLV"), Typed("kw_tip_kosten", "Wat het kost", W, 800, "euro per jaar")),
     "AANBEVELINGSWAARDE(kw_tip_mensen,kw_tip_deel,kw_tip_waarde)",
     ("Deel dat klant moet worden", 'IF(kw_tip_mensen*kw_tip_waarde=0,"",kw_tip_kosten/(kw_tip_mensen*kw_tip_waarde))', "procent")),
)  # fmt: skip


def plan(place: int) -> b.Grid:
    """One of the plans as a form."""
    title, note, entries, brings, (limit, even, number) = _PLANS[place]
    needed, costs = ",".join(one.name for one in entries), entries[-1].name
    gives, left = f"ku_plan{place}", f"ku_over{place}"
    return form_of(
        f"{place + 1}. {title}: {note}", entries,
        outcome("Brengt per jaar op", needed, brings, "euro", gives),
        outcome("Blijft over", f"{gives},{costs}", f"{gives}-{costs}", "euro", left),
        outcome(limit, needed, even, number, f"ku_even{place}"),
    )  # fmt: skip


_LEFT = tuple(f"ku_over{place}" for place in range(len(_PLANS)))
SIDE_BY_SIDE = b.Grid(
    (b.Column("plan", span=2), b.Column("brengt op", numbers=True), b.Column("kost", numbers=True), b.Column("over", numbers=True),
     b.Column("oordeel", span=2), b.Column("kan uit bij", "unit", span=3), b.Column("", numbers=True)),
    tuple(
        (title, b.Formula(f"=ku_plan{place}", "euro"), b.Formula(f"={known(entries[-1].name, entries[-1].name)}", "euro"),
         b.Formula(f"=ku_over{place}", "euro", "output"),
         b.Formula('=IF({.over}="","nog niet ingevuld",IF({.over}<0,"✖ kost meer dan het brengt",IF({.over}=0,"● precies quitte","✔ brengt geld op")))', role="label"),
         limit, b.Formula(f"=ku_even{place}", number))
        for place, (title, _, entries, _, (limit, _, number)) in enumerate(_PLANS)
    ),
    name="plannen", heading="De plannen, elk per jaar",
)  # fmt: skip
ARTICLE = (
    f'=IF(ku_over0="","Vul op Plannen het eerste plan in.","Van "&{money("kw_hoger_nu")}&" naar "&{money("kw_hoger_straks")}&" bij "&kw_hoger_klanten'
    f'&IF(kw_hoger_klanten=1," klant: "," klanten: ")&{money("ABS(ku_plan0)")}&IF(ku_plan0<0," per jaar minder. Dat dekt "," per jaar meer. Dat dekt ")&{money("kw_hoger_kosten")}&'
    f'IF(ku_over0<0," niet: "&{money("-ku_over0")}&" tekort.","; "&{money("ku_over0")}&" over."))'
)

# ── keeping customers, and a loyalty programme ──────────────────────────────────────────────

_KEEP = (
    Typed("kw_behoud_klanten", "Klanten", N, 400, "klanten"), Typed("kw_behoud_marge", "Marge per klant", E, 80, "euro per jaar"),
    Typed("kw_behoud_nu", "Retentie nu", P, 0.6, "per jaar"), Typed("kw_behoud_straks", "Retentie straks", P, 0.65, "per jaar"),
    Typed("kw_behoud_kosten", "Wat u wilt uitgeven", E, 15, "euro per klant, eenmalig"),
)  # fmt: skip
_FINITE = "MAX(kw_behoud_nu,kw_behoud_straks)>=1+" + RATE
KEEPING = form_of(
    "Wat mag behoud kosten?", _KEEP,
    outcome("Hoogste uitgave per klant", f"kw_behoud_marge,kw_behoud_nu,kw_behoud_straks,{RATE}", f'IF({_FINITE},"",MAXBEHOUD(kw_behoud_marge,kw_behoud_nu,kw_behoud_straks,{RATE}))', "euro2", "ku_hoogste"),
    outcome("Hoogste uitgave samen", "ku_hoogste,kw_behoud_klanten", "ku_hoogste*kw_behoud_klanten", "euro", "ku_hoogste_samen"),
    outcome("Blijft over per klant", "ku_hoogste,kw_behoud_kosten", "ku_hoogste-kw_behoud_kosten", "euro2", "ku_behoud_over"),
)  # fmt: skip
_STEPS = tuple(range(1, 11))
MORE = b.Grid(
    (b.Column("retentie erbij"), b.Column("retentie", numbers=True), b.Column("hoogste uitgave per klant", numbers=True)),
    tuple(
        (f"+{step} procentpunt", b.Formula(f'=IF(COUNT(kw_behoud_nu)<1,"",IF(kw_behoud_nu+{step}/100>1,"",kw_behoud_nu+{step}/100))', "procent"),
         b.Formula(f'=IF(OR(COUNT(kw_behoud_marge,kw_behoud_nu,{RATE})<3,{{.retentie}}=""),"",IF({{.retentie}}>=1+{RATE},"",MAXBEHOUD(kw_behoud_marge,kw_behoud_nu,{{.retentie}},{RATE})))', "euro2"))
        for step in _STEPS
    ),
    name="behoud", heading="Wat elk procentpunt retentie mag kosten",
)  # fmt: skip
_HIGHER = "COUNT(kw_behoud_nu,kw_behoud_straks)=2"
KEPT = (
    f'=IF(AND({_HIGHER},N(kw_behoud_straks)<=N(kw_behoud_nu)),"Retentie straks is niet hoger dan nu: daar is niets aan uit te geven",'
    f'IF({_HIGHER},IF(MAX(kw_behoud_nu,kw_behoud_straks)>=1+{RATE},"Een retentie van 100% heeft geen einde: vul minder in.",'
    'IF(ku_hoogste="","Vul de marge per klant in.",'
    f'IF(ku_behoud_over="","Hoogste uitgave: "&{price("ku_hoogste")}&" per klant",IF(ku_behoud_over<0,"Dit kost meer dan het brengt: "&'
    f'{price("-ku_behoud_over")}&" per klant te veel","Dit verdient zich terug: "&{price("ku_behoud_over")}&" per klant over")))),"Vul marge en retentie in."))'
)
_LOYAL = (
    Typed("kw_loyaal_klanten", "Klanten in het programma", N, 400, "klanten"), Typed("kw_loyaal_marge", "Marge per klant nu", E, 80, "euro per jaar"),
    Typed("kw_loyaal_nu", "Retentie nu", P, 0.6, "per jaar"), Typed("kw_loyaal_straks", "Retentie straks", P, 0.66, "per jaar"),
    Typed("kw_loyaal_stijging", "Marge stijgt met", P, 0.05, "door vaker of meer kopen"), Typed("kw_loyaal_kosten", "Kosten per klant", E, 6, "euro per jaar: punten, korting"),
    Typed("kw_loyaal_vast", "Vaste kosten", W, 2500, "euro, eenmalig"),
)  # fmt: skip
_LOYAL_NEEDS = "kw_loyaal_klanten,kw_loyaal_marge,kw_loyaal_nu,N(kw_loyaal_stijging),N(kw_loyaal_kosten),N(kw_loyaal_vast),kv_rente"
_EXTRA = "N(kw_loyaal_stijging),N(kw_loyaal_kosten),N(kw_loyaal_vast)"
LOYALTY = form_of(
    "Wat brengt een loyaliteitsprogramma?", _LOYAL,
    outcome("Levert op, na alle kosten", f"{_LOYAL_NEEDS},kw_loyaal_straks",
            f'IF(MAX(kw_loyaal_nu,kw_loyaal_straks)>=1+{RATE},"",LOYALITEITSWAARDE(kw_loyaal_klanten,kw_loyaal_marge,kw_loyaal_nu,kw_loyaal_straks,{RATE},{_EXTRA}))', "euro", "ku_loyaal"),
    outcome("Retentie waarbij het uit kan", _LOYAL_NEEDS,
            f'IF(OR(kw_loyaal_klanten=0,kw_loyaal_nu>=1+{RATE}),"",IFERROR(LOYALITEITSGRENS(kw_loyaal_klanten,kw_loyaal_marge,kw_loyaal_nu,{RATE},{_EXTRA}),""))', "procent", "ku_grens"),
)  # fmt: skip
LOYAL_SAID = (
    f'=IF(ku_loyaal="","Vul het programma in.",IF(ku_loyaal<0,"Het programma kost "&{money("-ku_loyaal")}&" meer dan het brengt","Het programma levert "&'
    f'{money("ku_loyaal")}&" op"))'
)
LIMIT_SAID = (
    '=IF(ku_loyaal="","",IF(ku_grens="","Geen retentie is hoog genoeg om het terug te verdienen.","Het kan uit vanaf een retentie van "&'
    f'{percent("ku_grens")}&"."))'
)
