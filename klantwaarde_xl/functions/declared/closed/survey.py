"""Surveys: intervals and tables from the answers themselves."""

from __future__ import annotations

from klantwaarde_xl.functions.spec import Native

_WHOLE = "SUM((({0}<0)+({0}>10)+({0}<>INT({0})))*1)>0"


def _counted(scores: str, prefix: str, text: str) -> str:
    """Promoters, passives and detractors under `…p`, `…n` (all) and `…d`."""
    return f"{prefix}n,ROWS({scores}),{prefix}p,SUM(({scores}>=9)*1),{prefix}d,SUM(({scores}<=6)*1),{text}"


def _spread(prefix: str, added: str) -> str:
    """Score and the square of its standard error, with so many answers added, as `…m` and `…q`."""
    p, n, d = (f"({prefix}{one}+{added}/4)" if one != "n" else f"({prefix}n+{added})" for one in "pnd")
    return f"{prefix}m,({p}-{d})/{n},{prefix}q,MAX(0,({p}+{d})*{n}-({p}-{d})^2)/({n}-{{noemer}})/{n}^2"


_POPULATION = "IF({populatie}=0,1,IF({populatie}=kn,0,({populatie}-kn)/({populatie}-1)))"
_NO_CONFIDENCE = "{zekerheid}<=0,{zekerheid}>=1"
_Z = "NORMSINV((1+{zekerheid})/2)"

NPS_INTERVAL = Native(
    "LET("
    + _counted("{scores}", "k", f"kf,{_POPULATION},ka,IF({{wijze}}=0,3,0)*kf,")
    + "IF(kn+ka<2*{noemer},#DIV/0!,LET("
    + _spread("k", "ka")
    + f",ks,100*SQRT(kq*kf),kh,ks*{_Z},kt,100*(kp-kd)/kn,"
    "kl,MAX(MIN(100*km-kh,kt),-100),ku,MIN(MAX(100*km+kh,kt),100),"
    "kg,kh+100*ABS(km-(kp-kd)/kn),"
    'VSTACK(HSTACK("NPS","ondergrens","bovengrens","standaardfout","foutmarge","antwoorden"),'
    "HSTACK(kt,kl,ku,ks,kg,kn)))))",
    num=f"IF({_WHOLE.format('{scores}')},TRUE,OR({_NO_CONFIDENCE},{{populatie}}<0,"
    "AND({populatie}>0,{populatie}<ROWS({scores}))))",
)
NPS_SHARES = Native(
    "LET("
    + _counted("{scores}", "k", "")
    + 'VSTACK(HSTACK("groep","antwoorden","aandeel"),HSTACK("promotors (9-10)",kp,kp/kn),'
    'HSTACK("passieven (7-8)",kn-kp-kd,(kn-kp-kd)/kn),HSTACK("criticasters (0-6)",kd,kd/kn)))',
    num=_WHOLE.format("{scores}"),
)
NPS_CHANGE = Native(
    "LET("
    + _counted("{scores_eerst}", "k", "")
    + _counted("{scores_later}", "l", "ka,IF({wijze}=0,3,0),")
    + "IF(MIN(kn,ln)+ka<2*{noemer},#DIV/0!,LET("
    + f"{_spread('k', 'ka')},{_spread('l', 'ka')}"
    ",ks,100*SQRT(kq+lq),kv,100*(lm-km),kx,100*(kp-kd)/kn,ky,100*(lp-ld)/ln,"
    "IF(ks=0,#DIV/0!,"
    'VSTACK(HSTACK("NPS eerst","NPS later","verschil","standaardfout","z","p-waarde","oordeel"),'
    "HSTACK(kx,ky,ky-kx,ks,kv/ks,2*NORMSDIST(-ABS(kv/ks)),"
    f'IF(ABS(kv)<=ks*{_Z},"geen aantoonbaar verschil",IF(kv>0,"gestegen","gedaald"))))))))',
    num=f"OR({_WHOLE.format('{scores_eerst}')},{_WHOLE.format('{scores_later}')},{_NO_CONFIDENCE})",
)
_ALL_BELOW = "SUM((({{scores}}<1)+({{scores}}>{0})+({{scores}}<>INT({{scores}})))*1)>0"


def _interval(header: str, good: str, counted: str, top: str) -> str:
    """Wilson's interval of a share, or that of a mean with two answers more."""
    apart = f"2*kn/(kn+2)*(kb-(1+{top})/2)^2"
    spread = f"(SUM(({{scores}}-kb)^2)+({top}^2-1)/6+{apart})/(kn+2)"
    return (
        f"LET(kn,ROWS({{scores}}),kt,SUM(({counted})*1),kz,{_Z},kp,kt/kn,"
        "kc,kp+kz*kz/(2*kn),kh,kz*SQRT(kp*(1-kp)/kn+(kz/(2*kn))^2),ks,1+kz*kz/kn,"
        f"kb,SUM({{scores}})/kn,km,(SUM({{scores}})+1+{top})/(kn+2),ke,kz*SQRT({spread}/(kn+2)),"
        f'VSTACK(HSTACK("{header}","ondergrens","bovengrens","{good}","antwoorden"),'
        "IF({wijze}=0,HSTACK(kp,IF(kt=0,0,(kc-kh)/ks),IF(kt=kn,1,(kc+kh)/ks),kt,kn),"
        f"HSTACK(kb,MAX(MIN(km-ke,kb),1),MIN(MAX(km+ke,kb),{top}),kt,kn))))"
    )


CSAT_INTERVAL = Native(
    _interval("CSAT", "tevreden", "{scores}>={schaal}-1", "{schaal}"),
    num="OR(AND({schaal}<>5,{schaal}<>7,{schaal}<>10),"
    + _ALL_BELOW.format("{schaal}")
    + f",{_NO_CONFIDENCE})",
)
_EFFORT = "({vraag}*2+3)"  # 1 to 5 for question 1, 1 to 7 for question 2
CES_INTERVAL = Native(
    _interval("CES", "makkelijk", "IF({vraag}=2,({scores}>=5)*1,({scores}<=2)*1)", _EFFORT),
    num=f"OR({_ALL_BELOW.format(_EFFORT)},{_NO_CONFIDENCE})",
)
