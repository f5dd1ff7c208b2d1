"""One customer under BG/NBD, MBG/NBD, Pareto/NBD and BG/BB, in sums of which all terms are positive.

BG/NBD, MBG/NBD: what is expected in a time t is Σₖ P(k) Σₙ₌₁ᵏ E[(1 − p)ⁿ⁻¹], P(k) the negative binomial
chance of k purchases if nobody stopped and p the beta chance of stopping after each (Fader, Hardie & Lee
2005, eq. 9 and 10, before the sum is written as a hypergeometric function). Pareto/NBD: the odds of having
stopped are an integral over when (Schmittlein, Morrison & Colombo 1987, eq. 11), here by the trapezium rule,
in a time of which both ends lie so far away that it has all digits.
BG/BB: over the opportunities since the last purchase (Fader, Hardie & Shang 2010).
"""

from __future__ import annotations

from klantwaarde_xl.functions.spec import Native

_MOST = 3000  # terms: more takes a sheet long, and says #N/A
_LAST = "1E-11"  # of the sum: what the terms that are left out may add
_STEP = 0.3  # between the points of an integral, in the logarithm of what is behind over what is to come
_TAIL = 30  # beyond e⁻³⁰ nothing counts

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
    "LET(pg,{leeftijd}-{recentheid},"
    f"pl,-{_TAIL}-LN(1+({{r}}+{{herhaalaankopen}})*pg/({{alpha}}+{{recentheid}}))"
    "-LN(1+({a}+1)*pg/({b}+{recentheid})),"
    f"pv,1/(1+EXP(-pl-{_STEP}*SEQUENCE(INT(({_TAIL}-pl)/{_STEP})))),pu,{{recentheid}}+pg*pv,"
    "pe,-({r}+{herhaalaankopen})*LN(({alpha}+pu)/({alpha}+{leeftijd}))"
    "-({a}+1)*LN(({b}+pu)/({b}+{leeftijd})),"
    f"{{a}}/({{b}}+{{leeftijd}})*pg*{_STEP}*SUM(IF(pe>690,1E300,EXP(IF(pe>690,0,pe))*pv*(1-pv))))"
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


# The chance of {aantal} purchases: of exactly ck where cx is 1, else of the ck-th in time


def _ordered(r: str, alpha: str, b: str) -> str:
    """Of a BG/NBD who is there: who stays for ck − 1 purchases, and has so many or more in time."""
    return (
        f"LET(gr,{r},gz,{{horizon}}/({alpha}+{{horizon}}),ga,{{a}},gb,{b},"
        "gm,gr*gz/(1-gz),gk,IF(gz<=0,1,ck+INT(gm+12*SQRT(gm/(1-gz))+30/MIN(30,-LN(gz))+30)),"
        f"IF(gz<=0,(ck=0)*1,IF((gk>{_MOST})+(gr*LN(1-gz)<-700)>0,#N/A,IF(ck=0,(1-gz)^gr,LET(gn,SEQUENCE(gk),"
        "gp,SCAN((1-gz)^gr,gn,LAMBDA(gs,gi,gs*(gr+gi-1)/gi*gz)),"
        "gw,SCAN(1,gn,LAMBDA(gs,gi,IF(gi=1,1,gs*(gb+gi-2)/(ga+gb+gi-2)))),"
        "gt,SUM(gp*(gn>=ck)),gq,gz*(gr+gk)/(gk+1),"
        f"IF(gq>=1,#N/A,IF(INDEX(gp,gk)*gq/(1-gq)>{_LAST}*gt,#N/A,"
        "INDEX(gw,ck)*IF(cx,((gb+ck-1)*INDEX(gp,ck)+ga*gt)/(ga+gb+ck-1),gt))))))))"
    )


def _in_time(r: str, alpha: str, b: str) -> str:
    """Of a Pareto/NBD who is there: over when the customer stops, or over the ck-th purchase."""
    return (
        f"LET(pr,{r},pa,{alpha},pb,{b},pt,{{horizon}},pl,-{_TAIL}-LN(1+pt/pb)-LN(1+pt/pa),"
        f"ph,{_STEP}*MIN(1,SQRT(1/MAX(1,ck)+1/pr),3/SQRT({{a}})),"
        f"IF(pt=0,(ck=0)*1,IF((pr+ck>1E4)+({_TAIL}-pl>{_MOST}*ph)>0,#N/A,LET("
        f"pu,pt/(1+EXP(-pl-ph*SEQUENCE(INT(({_TAIL}-pl)/ph)))),"
        "pc,GAMMALN(pr+ck)-GAMMALN(pr)-GAMMALN(MAX(1,ck+cx)),"
        "pm,EXP(pc-pr*LN(1+pu/pa)-ck*LN(1+pa/pu)-{a}*LN(1+pu/pb)),"
        "ph*SUM(pm*(1-pu/pt)*IF(cx,{a}*pu/(pb+pu),1))"
        "+IF(cx,EXP(pc-pr*LN(1+pt/pa)-ck*LN(1+pa/pt)-{a}*LN(1+pt/pb)),0)))))"
    )


def _at_chances(r: str, alpha: str, b: str) -> str:
    """Of a BG/BB who is there: over the last opportunity, or over that of the ck-th purchase."""
    return (
        f"LET(br,{r},ba,{alpha},bb,{b},bn,SEQUENCE({{horizon}}+1)-1,SUM((bn>=ck)*IF(cx,IF(bn={{horizon}},1,"
        "{a}/({a}+bb+bn)),1)*SCAN(1,bn,LAMBDA(bs,bj,IF(bj=0,1,bs*(bb+bj-1)/({a}+bb+bj-1)"
        "*IF(bj<=ck,br+bj-1,(bj-1+cx)/(bj-ck)*(ba+bj-1-ck))/(br+ba+bj-1))))))"
    )


def _chance(there: str, purchases: str, age: str) -> str:
    """The chance of a customer with so many purchases at that age; there: that he still is one."""
    r, alpha, b = f"({{r}}+{purchases})", f"({{alpha}}+{age})", f"({{b}}+{age})"
    stops = f"({{b}}+{purchases}+({{model}}=1))"
    return (
        "LET(cx,({telling}=0)*1,ck,{aantal}+({telling}=2),IF(ck+cx=0,1,LET("
        f"cw,{there},cf,IF({{model}}=3,{_at_chances(r, f'({{alpha}}+{age}-{purchases})', b)},"
        f"IF({{model}}=2,{_in_time(r, alpha, b)},{_ordered(r, alpha, stops)})),"
        "IF(cx,cw*cf+(1-cw)*(ck=0),IF({telling}=1,cw*cf,IF(cw*cf>0.999,#N/A,1-cw*cf))))))"
    )


_COUNT = "{aantal}<0,{aantal}<>INT({aantal})"
CHANCE = Native(
    _chance(_NOW, "{herhaalaankopen}", "{leeftijd}"), num=f"OR({_COUNT},{_CUSTOMER},{_PARAMETERS},{_AHEAD})"
)
NEW_CHANCE = Native(
    _chance("IF({model}=1,{b}/({a}+{b}),1)", "0", "0"), num=f"OR({_COUNT},{_PARAMETERS},{_AHEAD})"
)
