"""One customer under BG/NBD, MBG/NBD, Pareto/NBD and BG/BB, in sums of which all terms are positive.

BG/NBD, MBG/NBD: what is expected in a time t is Σₖ P(k) Σₙ₌₁ᵏ E[(1 − p)ⁿ⁻¹], P(k) the negative binomial
chance of k purchases if nobody stopped and p the beta chance of stopping after each (Fader, Hardie & Lee
2005, eq. 9 and 10, before the sum is written as a hypergeometric function). Pareto/NBD: the odds of having
stopped are an integral over when (Schmittlein, Morrison & Colombo 1987, eq. 11), here by Gauss and Legendre.
BG/BB: over the opportunities since the last purchase (Fader, Hardie & Shang 2010).
"""

from __future__ import annotations

from klantwaarde_xl.functions.spec import Native

_MOST = 3000  # terms: more takes a sheet long, and says #N/A
_LAST = "1E-11"  # of the sum: what the terms that are left out may add
_PANELS = 24
# Gauss and Legendre's eight points between nought and one, and their weights
_NODES = (
    0.019855071751231912, 0.10166676129318664, 0.2372337950418355, 0.4082826787521751,
    0.5917173212478248, 0.7627662049581645, 0.8983332387068134, 0.9801449282487681,
)  # fmt: skip
_WEIGHTS = (0.05061426814518853, 0.11119051722668721, 0.15685332293894344, 0.18134189168918083)


def _row(numbers: tuple[float, ...]) -> str:
    return "{{" + ",".join(map(repr, numbers)) + "}}"


# {model}: 0 BG/NBD, 1 MBG/NBD (a customer may stop after the first purchase too), 2 Pareto/NBD, 3 BG/BB
_STOPS = "({herhaalaankopen}+({model}=1))"
_COUNTED = (
    "AND({model}=3,OR({recentheid}<>INT({recentheid}),{leeftijd}<>INT({leeftijd}),{leeftijd}>10000,"
    "{herhaalaankopen}>{recentheid}))"
)
_CUSTOMER = (
    "{herhaalaankopen}<0,{herhaalaankopen}<>INT({herhaalaankopen}),{recentheid}<0,{recentheid}>{leeftijd},"
    f"SIGN({{herhaalaankopen}})<>SIGN({{recentheid}}),{_COUNTED}"
)
_PARAMETERS = "{r}<=0,{alpha}<=0,{a}<=0,{b}<=0"
_AHEAD = "{horizon}<0,AND({model}=3,OR({horizon}<>INT({horizon}),{horizon}>10000))"

_ODDS = (
    f"IF({_STOPS}=0,0,EXP(MIN(700,LN({{a}}/({{b}}+{_STOPS}-1))"
    "+({r}+{herhaalaankopen})*LN(({alpha}+{leeftijd})/({alpha}+{recentheid})))))"
)
_PARETO_ODDS = (
    "LET(py,LN(({alpha}+{leeftijd})/({alpha}+{recentheid})),"
    f"pu,({{alpha}}+{{recentheid}})*EXP((SEQUENCE({_PANELS})-1+{_row(_NODES)})/{_PANELS}*py)-{{alpha}},"
    "pe,-({r}+{herhaalaankopen})*LN(({alpha}+pu)/({alpha}+{leeftijd}))"
    "-({a}+1)*LN(({b}+pu)/({b}+{leeftijd})),"
    f"{{a}}/({{b}}+{{leeftijd}})*py/{_PANELS}*"
    f"SUM(IF(pe>690,1E300,EXP(IF(pe>690,0,pe))*({{alpha}}+pu))*{_row(_WEIGHTS + _WEIGHTS[::-1])}))"
)
_COUNTED_ODDS = (
    "IF({leeftijd}={recentheid},0,SUM(SCAN(1,SEQUENCE({leeftijd}-{recentheid}),LAMBDA(bs,bj,LET(bk,{leeftijd}-bj,"
    "bs*({r}+{alpha}+bk)/({alpha}+bk-{herhaalaankopen})*IF(bj=1,{a},{a}+1+{b}+bk)/({b}+bk))))))"
)
_NOW = f"1/(1+IF({{model}}=3,{_COUNTED_ODDS},IF({{model}}=2,{_PARETO_ODDS},{_ODDS})))"


def _bought(r: str, alpha: str, a: str, b: str) -> str:
    """Expected purchases in the horizon of who may stop after each; #N/A where the sum is too long."""
    return (
        f"LET(gr,{r},gz,{{horizon}}/({alpha}+{{horizon}}),ga,{a},gb,{b},gm,gr*gz/(1-gz),"
        "gk,IF(gz<=0,1,INT(gm+12*SQRT(gm/(1-gz))+30/MIN(30,-LN(gz))+30)),"
        f"IF(gz<=0,0,IF((gk>{_MOST})+(gr*LN(1-gz)<-700)>0,#N/A,LET(gn,SEQUENCE(gk),"
        "gp,SCAN((1-gz)^gr,gn,LAMBDA(gs,gi,gs*(gr+gi-1)/gi*gz)),"
        "gw,SCAN(1,gn,LAMBDA(gs,gi,IF(gi=1,1,gs*(gb+gi-2)/(ga+gb+gi-2)))),"
        "gc,SCAN(0,gw,LAMBDA(gs,gi,gs+gi)),"
        "gt,SUM(gp*gc),gl,INDEX(gp,gk)*INDEX(gc,gk),gq,gz*(gr+gk)/(gk+1)*(1+1/gk),"
        f"IF(gq>=1,#N/A,IF(gl*gq/(1-gq)>{_LAST}*gt,#N/A,gt))))))"
    )


def _stayed(scale: str) -> str:
    """Expected part of the horizon that a customer of the Pareto/NBD stays."""
    return f"LET(pb,{scale},pl,LN(1+{{horizon}}/pb),IF({{a}}=1,pb*pl,pb*(1-EXP(-({{a}}-1)*pl))/({{a}}-1)))"


def _occasions(passed: str) -> str:
    """Expected opportunities of the horizon at which a customer of the BG/BB is still there."""
    return (
        "IF({horizon}=0,0,SUM(SCAN(1,SEQUENCE({horizon}),"
        f"LAMBDA(bs,bj,bs*({{b}}+{passed}+bj-1)/({{a}}+{{b}}+{passed}+bj-1)))))"
    )


ALIVE = Native(
    f"{_NOW}*IF({{model}}=3,({{b}}+{{leeftijd}})/({{a}}+{{b}}+{{leeftijd}}),1)",
    num=f"OR({_CUSTOMER},{_PARAMETERS})",
)
EXPECTED = Native(
    f"{_NOW}*IF({{model}}=3,({{r}}+{{herhaalaankopen}})/({{r}}+{{alpha}}+{{leeftijd}})*{_occasions('{leeftijd}')},"
    f"IF({{model}}=2,({{r}}+{{herhaalaankopen}})/({{alpha}}+{{leeftijd}})*{_stayed('({b}+{leeftijd})')},"
    + _bought("({r}+{herhaalaankopen})", "({alpha}+{leeftijd})", "{a}", f"({{b}}+{_STOPS})")
    + "))",
    num=f"OR({_CUSTOMER},{_PARAMETERS},{_AHEAD})",
)
NEW = Native(
    f"IF({{model}}=3,{{r}}/({{r}}+{{alpha}})*{_occasions('0')},IF({{model}}=2,{{r}}/{{alpha}}*{_stayed('{b}')},"
    "IF({model}=1,{b}/({a}+{b}),1)*" + _bought("{r}", "{alpha}", "{a}", "({b}+({model}=1))") + "))",
    num=f"OR({_PARAMETERS},{_AHEAD})",
)
