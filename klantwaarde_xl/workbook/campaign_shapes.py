"""What the page of channels shows of campaigns, the budget, and when a customer has paid for himself."""

from __future__ import annotations

from klantwaarde_xl.data.results import campaigns
from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook import standard as s
from klantwaarde_xl.workbook.phrases import cut, known, money, price
from klantwaarde_xl.workbook.styles import BAD, GOOD, GREY, NAVY, ORANGE, TEAL

SINCE = 6  # the version of the template in which all of this came
_NAME, _CHANNEL, _ALONG, _SHARES = 26, 24, 20, 8
WORDS = (("verdient zich terug", GOOD), ("kost geld", BAD), ("bracht niemand", BAD))

FIGURES = s.figures(
    ("kanalen_cac_eerder", "kanalen_jaarmarge", "campagnes", "campagnes_oordeel", "campagnes_beste",
     *(f"campagne_rij_{n}" for n in range(1, 2 * campaigns.ENDS + 1)), "campagnes_kosten", "campagnes_rest", "campagnes_nieuw",
     "campagnes_straks", "campagnes_anders", "campagnes_bericht", "budget_nu", "budget_voorstel", "budget_extra", "budget_zonder", "budget_bericht"),
    "Campagnes en budget", since=SINCE,
)  # fmt: skip

# ── when a customer has paid for himself ────────────────────────────────────────────────────

_STEPS, _BEFORE = 24, 16  # points of the line, and how many of these lie before the crossing at most
_PAID = "kw_kanalen_terugverdiend"
_YEARS, _STAY = "INT({.maand}/12)", "kw_retentie_jaar"
_LEFT = f"IF({_YEARS}=0,1,{_STAY}^{_YEARS})"
_EARNED = f"kw_kanalen_jaarmarge*(IF({_STAY}=1,{_YEARS},(1-{_LEFT})/(1-{_STAY}))+{_LEFT}*({{.maand}}-12*{_YEARS})/12)"
STEP = b.Grid(
    s.LABEL_VALUE,
    (("Maanden tussen twee punten", b.Formula(f"=IF(COUNT({_PAID})=0,2,MAX(1,ROUNDUP({_PAID}/{_BEFORE},0)))", "aantal", name="ku_stap")),),
    heading="De lijn van terugverdienen",
)  # fmt: skip
PAYBACK = b.Grid(
    (b.Column("maand", numbers=True), *(b.Column(name, numbers=True) for name in ("marge", "CAC", "terug"))),
    tuple(
        (b.Formula(f"={n}*ku_stap", "aantal"),
         b.Formula(f"={known(f'kw_kanalen_jaarmarge,{_STAY}', _EARNED, 'NA()')}", "euro2"),
         b.Formula(f"={known('kw_kanalen_cac', 'kw_kanalen_cac', 'NA()')}", "euro2"),
         b.Formula(f"=IF(COUNT({_PAID})=0,NA(),IF(AND({{.maand}}>={_PAID},{{.maand}}-ku_stap<{_PAID}),{{.marge}},NA()))", "euro2"))
        for n in range(_STEPS + 1)
    ),
    name="terugverdienen", heading="Marge van een nieuwe klant, opgeteld", looks=tuple(b.Faint(name) for name in ("marge", "CAC", "terug")),
)  # fmt: skip
_CROSSING = (
    f'=IF(COUNT(kw_kanalen_jaarmarge)=0,"Wanneer een nieuwe klant is terugverdiend",IF(COUNT({_PAID})=0,"Een nieuwe klant verdient zijn CAC niet terug",'
    f'"Terugverdiend in maand "&{_PAID}))'
)
CROSSING = b.Chart(
    b.Formula(_CROSSING), "line", "terugverdienen.maand",
    (b.Series("marge, opgeteld per maand", "terugverdienen.marge", NAVY), b.Series("CAC", "terugverdienen.CAC", ORANGE, dash=True), b.Series("terugverdiend", "terugverdienen.terug", TEAL, marks=True)),
    "euro", "Lijnen: opgetelde marge van een nieuwe klant per maand na zijn eerste order, tegen de CAC.", rows=13, figure="kanalen_jaarmarge",
    empty="Nog niet te zeggen: zie de zin bovenaan.", bottom=None,
)  # fmt: skip

# ── campaigns ───────────────────────────────────────────────────────────────────────────────


def _at(row: str, column: str) -> str:
    return f"INDEX(tblCampagnes[{column}],{row})"


ENDS = b.Grid(
    s.LABEL_VALUE,
    (
        ("Rij van de beste campagne", b.Formula('=IF(N(kw_campagnes_beste)=0,"",kw_campagne_rij_1)', "aantal", name="ku_beste")),
        ("Beste campagne", b.Formula(f'=IF(ku_beste="","",{cut(_at("ku_beste", "campagne"), _NAME)})', name="ku_beste_naam")),
        ("Rij van de slechtste campagne", b.Formula(
            f'=IF(kw_campagnes_beste="","",IF(CHOOSE(kw_campagnes_beste+1,{",".join(f"kw_campagne_rij_{n}" for n in range(1, campaigns.ENDS + 2))})="","",'
            f'CHOOSE(kw_campagnes_beste+1,{",".join(f"kw_campagne_rij_{n}" for n in range(1, campaigns.ENDS + 2))})))', "aantal", name="ku_slechtste")),
        ("Slechtste campagne", b.Formula(f'=IF(ku_slechtste="","",{cut(_at("ku_slechtste", "campagne"), _NAME)})', name="ku_slechtste_naam")),
    ),
    heading="Beste en slechtste campagne",
)  # fmt: skip
_LOST_COST, _LOST_VALUE = _at("ku_slechtste", "kosten"), f"N({_at('ku_slechtste', 'waarde')})"
_LOST = (
    f'ku_slechtste_naam&" kostte "&{price(_LOST_COST)}&" en bracht "&IF({_at("ku_slechtste", "nieuwe klanten")}=0,"niemand: schrijf haar op Kosten en Klanten hetzelfde, of stop.",'
    f'IF({_LOST_VALUE}<0,"minder dan niets","klanten met een waarde van "&{price(_LOST_VALUE)})&": stop of verbeter.")'
)
_PER_EURO = price(f"{_at('ku_beste', 'waarde')}/{_at('ku_beste', 'kosten')}")
_WON = f'"Het best: "&ku_beste_naam&", "&{_PER_EURO}&" waarde per € 1 kosten."'
_FEW = '"Nog geen oordeel over een campagne: geen bracht genoeg nieuwe klanten ("&kw_gebruikt_min_klanten&" of meer). Zie Campagnes."'
_COMING = 'IF(N(kw_campagnes_straks)=0,"","  Nog niet geteld: "&kw_campagnes_straks&IF(kw_campagnes_straks=1," campagne"," campagnes")&" waarvan de maand nog niet om is.")'
SAID = (
    f'=IF(kw_campagnes_bericht<>"",IF(kw_campagnes_bericht=kw_kanalen_bericht,"Over campagnes is nog geen oordeel: zie de zin bovenaan. Hun kosten en klanten staan op Campagnes.",kw_campagnes_bericht),'
    f'IF(kw_campagnes_anders<>"",kw_campagnes_anders,IF(kw_campagnes_oordeel="",{_FEW},IF(ku_slechtste="","",{_LOST})&IF(OR(ku_slechtste="",ku_beste=""),"","  ")&IF(ku_beste="","",{_WON})))&{_COMING})'
)


def _shown(n: int, column: str, number: str) -> b.Formula:
    row = f"kw_campagne_rij_{n}"
    return b.Formula(f'=IF({row}="","",IF({_at(row, column)}="","",{_at(row, column)}))', number)


def _name(n: int, column: str, longest: int) -> b.Formula:
    row = f"kw_campagne_rij_{n}"
    return b.Formula(f'=IF({row}="","",{cut(_at(row, column), longest)}&"")', role="name")


_EACH = "IF(N({.nieuw})=0,0,N({.waarde})/{.nieuw})"
EXTREMES = b.Grid(
    (b.Column("campagne", span=2), b.Column("kanaal", span=2), *(b.Column(name, numbers=True) for name in ("kosten", "nieuw", "CAC", "marge nu", "waarde", "ROI")), b.Column("oordeel", span=2)),
    tuple(
        (_name(n, "campagne", _NAME), _name(n, "kanaal", _CHANNEL), _shown(n, "kosten", "euro"), _shown(n, "nieuwe klanten", "aantal"), _shown(n, "CAC", "euro2"),
         _shown(n, "marge tot nu", "euro"), _shown(n, "waarde", "euro"),
         b.Formula(f'=IF(N({{.kosten}})<=0,"",CAMPAGNEROI({{.kosten}},{{.nieuw}},{_EACH}))', "procent"),
         b.Formula(f'=IF(kw_campagne_rij_{n}="","",{_at(f"kw_campagne_rij_{n}", "oordeel")}&"")'))
        for n in range(1, 2 * campaigns.ENDS + 1)
    ),
    name="uitersten", looks=(b.Filled("campagne", "oordeel"), b.Words("oordeel", WORDS)), since=SINCE,
)  # fmt: skip
CAMPAIGNS = b.Sheet(
    "Campagnes", "Campagnes", "Wat elke campagne kostte, won en opbrengt; daaronder per kanaal wat bij geen campagne staat.",
    (b.Message(b.Formula(SAID, role="finding"), 36),
     b.Text(("Waarde: nieuwe klanten × de CLV van het kanaal. Marge tot nu: op wat zij al kochten, voor kosten per klant. ROI: (waarde − kosten) / kosten; 0% is quitte.",)),
     b.ResultBlock("campagnes", looks=(b.Words("oordeel", WORDS),), room=12, since=SINCE)),
    (34, 22, 11, 11, 12, 12, 12, 12, 12, 12, 13, 13, 11, 12, 11, 22), "Kosten, nieuwe klanten, waarde en rendement per campagne.", tab=GREY,
)  # fmt: skip

# ── the budget ──────────────────────────────────────────────────────────────────────────────


def _spread(left: str, level: str, bounds: str, more: str) -> str:
    """What there is to say of a proposal; left: of money that no ceiling has room for, bounds: that cost money."""
    return f'IF(kw_budget_extra="","",IF(kw_budget_nu-kw_budget_voorstel>=1,{left},IF(kw_budget_extra<=-1,{bounds},IF(kw_budget_extra<1,{level},{more}))))'


_LEFT_OVER, _LESS, _MORE = (
    money("kw_budget_nu-kw_budget_voorstel"),
    money("-kw_budget_extra"),
    money("kw_budget_extra"),
)
_SPREAD = _spread(
    f'"Binnen de plafonds blijft "&{_LEFT_OVER}&" per maand over: verhoog er een op Budget, of geef minder uit."', '"Het budget staat al waar het het meeste brengt."',
    f'"De grenzen op Budget kosten naar schatting "&{_LESS}&" per maand."', f'"Anders verdeeld brengt hetzelfde budget naar schatting "&{_MORE}&" per maand meer."',
)  # fmt: skip
_SPREAD_BRIEF = _spread(
    f'"Binnen de plafonds blijft "&{_LEFT_OVER}&" per maand over"', '"Het budget staat al waar het het meeste brengt"',
    f'"De grenzen op Budget kosten "&{_LESS}&" per maand"', f'"Anders verdeeld: naar schatting "&{_MORE}&" per maand meer"',
)  # fmt: skip
BUDGET_SAID = (
    f'=IF(kw_budget_bericht<>"",IF(kw_budget_bericht=kw_kanalen_bericht,"Zonder deze cijfers is er geen voorstel voor het budget: "&kw_kanalen_bericht,kw_budget_bericht),'
    f"{_SPREAD})"
)
_PROPOSED = 'IF({.rij}="",NA(),INDEX(tblBudgetvoorstel[%s],{.rij}))'
SHARES = b.Grid(
    (b.Column("rij"), b.Column("kanaal", span=2), *(b.Column(name, numbers=True) for name in ("nu", "voorstel"))),
    tuple(
        (b.Formula(f'=IF({n}>COUNT(tblBudgetvoorstel[nu]),"",{n})', "aantal"),
         b.Formula(f'=IF({{.rij}}="","",{cut("INDEX(tblBudgetvoorstel[kanaal],{.rij})", _ALONG)})'),
         *(b.Formula(f"={_PROPOSED % column}", "euro") for column in ("nu", "voorstel")))
        for n in range(1, _SHARES + 1)
    ),
    name="verdeling", heading="Budget, de eerste kanalen", looks=(b.Faint("nu"), b.Faint("voorstel")),
)  # fmt: skip
SPREAD = b.Chart(
    b.Formula(f'=IF(kw_budget_extra="","Budget verdelen",{_SPREAD_BRIEF})'),
    "bar", "verdeling.kanaal", (b.Series("budget nu", "verdeling.nu", GREY), b.Series("voorstel", "verdeling.voorstel", TEAL)),
    "euro", "Staven: budget per kanaal en maand, nu en in het voorstel. De cijfers staan op Budgetvoorstel.", rows=13, figure="budget_voorstel", empty='=IF(kw_budget_bericht=kw_kanalen_bericht,"Nog geen voorstel: zie de zin bovenaan.",kw_budget_bericht)',
)  # fmt: skip
BUDGET = s.input_table(
    "budget",
    "Welke kanalen u uit één budget betaalt, en tussen welke grenzen.",
    (26, 14, 14, 14),
    optional=True,
    since=SINCE,
)
PROPOSAL = b.Sheet(
    "Budgetvoorstel", "Budgetvoorstel", "Waar brengt meer geld het meest op? Bedragen per maand.",
    (b.Message(b.Formula(BUDGET_SAID, role="finding"), 24),
     b.Chart(b.Formula(f'=IF(COUNT(tblBudgetvoorstel[nu])>{_SHARES},"De eerste {_SHARES} kanalen, nu en in het voorstel","Nu en in het voorstel")'), "bar", "verdeling.kanaal",
             (b.Series("nu", "verdeling.nu", GREY), b.Series("voorstel", "verdeling.voorstel", TEAL)), "euro", "Staven: budget per kanaal, nu en in het voorstel. De cijfers staan eronder.", span=8, rows=10, figure="budget_voorstel", empty="Nog geen voorstel."),
     b.Text((
         "Aanname: twee keer zoveel geld brengt 41% meer, vier keer zoveel twee keer zoveel. Elk bedrag dat erbij komt, brengt dus minder dan het vorige.",
         "Wat een kanaal brengt: nieuwe klanten × CLV, over de laatste 12 hele maanden. Het voorstel verdeelt zo dat € 1 meer overal evenveel brengt, tussen vloer en plafond.",
         "Een kanaal zonder oordeel houdt wat het heeft. Zet op Budget een plafond op wat een kanaal aankan; verder dan u ooit uitgaf, is het een gok.",
         b.Formula('=IF(kw_budget_zonder="","","Niet op Budget, en dus niet verdeeld: "&kw_budget_zonder&".")'),
     )),
     b.ResultBlock("budgetvoorstel", room=12, since=SINCE)),
    (26, 13, 13, 13, 14, 14, 14, 36), "Wat elk kanaal zou krijgen, en wat dat extra brengt.", tab=GREY,
)  # fmt: skip

CHECKS = (
    b.Check("Campagnes en wat bij geen campagne staat, tellen op tot de kanalen",
            "=AND(ABS(SUM(tblCampagnes[kosten])-SUM(tblKanalen[kosten]))<0.01,SUM(tblCampagnes[nieuwe klanten])=SUM(tblKanalen[nieuwe klanten]))",
            "Ververs het werkboek.", '=kw_campagnes<>""', since=SINCE),
    b.Check("Een campagne heeft op Kosten en op Klanten hetzelfde kanaal", '=kw_campagnes_anders=""', "Lees op Campagnes om welke het gaat.", '=kw_campagnes<>""', since=SINCE),
    b.Check("Het voorstel verdeelt het hele budget", "=ABS(kw_budget_voorstel-kw_budget_nu)<0.01", "Een plafond laat geld over: verhoog er een op Budget, of geef minder uit.",
            '=kw_budget_voorstel<>""', since=SINCE),
)  # fmt: skip
