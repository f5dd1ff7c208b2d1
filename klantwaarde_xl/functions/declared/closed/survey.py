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
CSAT_INTERVAL = Native(
    "LET(kn,ROWS({scores}),kt,SUM(({scores}>={schaal}-1)*1),kz," + _Z + ",kp,kt/kn,"
    "kc,kp+kz*kz/(2*kn),kh,kz*SQRT(kp*(1-kp)/kn+(kz/(2*kn))^2),ks,1+kz*kz/kn,"
    'VSTACK(HSTACK("CSAT","ondergrens","bovengrens","tevreden","antwoorden"),'
    "HSTACK(kp,IF(kt=0,0,(kc-kh)/ks),IF(kt=kn,1,(kc+kh)/ks),kt,kn)))",
    num="OR(AND({schaal}<>5,{schaal}<>7,{schaal}<>10),"
    "SUM((({scores}<1)+({scores}>{schaal})+({scores}<>INT({scores})))*1)>0," + _NO_CONFIDENCE + ")",
)
