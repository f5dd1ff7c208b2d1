"""Surveys: the difference of two waves of different customers, from the answers themselves."""

from __future__ import annotations

from klantwaarde_xl.functions.spec import Native


def _wave(scores: str, prefix: str, good: str, top: str) -> str:
    """What is shown of a wave (`…b`), and its mean and squared standard error with two answers more."""
    x = prefix
    counted = good.format(scores)
    apart = f"2*{x}n/({x}n+2)*({x}b-(1+{top})/2)^2"
    spread = f"(SUM(({scores}-{x}b)^2)+({top}^2-1)/6+{apart})/({x}n+2)"
    return (
        f"{x}n,ROWS({scores}),{x}t,IF({{wijze}}=0,SUM(({counted})*1),SUM({scores})),{x}b,{x}t/{x}n,"
        f"{x}m,({x}t+IF({{wijze}}=0,1,1+{top}))/({x}n+2),"
        f"{x}q,IF({{wijze}}=0,{x}m*(1-{x}m),{spread})/({x}n+2)"
    )


def _change(good: str, top: str, wrong: str = "") -> Native:
    first, later = "{scores_eerst}", "{scores_later}"
    outside = ",".join(f"SUM((({one}<1)+({one}>{top})+({one}<>INT({one})))*1)>0" for one in (first, later))
    return Native(
        f"LET({_wave(first, 'k', good, top)},{_wave(later, 'l', good, top)},"
        "mf,lm-km,ms,SQRT(kq+lq),mh,ms*NORMSINV((1+{zekerheid})/2),mv,lb-kb,"
        f"mm,IF({{wijze}}=0,1,{top}-1),"
        'VSTACK(HSTACK("eerst","later","verschil","ondergrens","bovengrens","p-waarde","oordeel"),'
        "HSTACK(kb,lb,mv,MAX(MIN(mf-mh,mv),-mm),MIN(MAX(mf+mh,mv),mm),2*NORMSDIST(-ABS(mf/ms)),"
        'IF(ABS(mf)<=mh,"geen aantoonbaar verschil",IF(mf>0,"gestegen","gedaald")))))',
        num=f"OR({wrong}{outside},{{zekerheid}}<=0,{{zekerheid}}>=1)",
    )


CSAT_CHANGE = _change("{0}>={{schaal}}-1", "{schaal}", "AND({schaal}<>5,{schaal}<>7,{schaal}<>10),")
CES_CHANGE = _change("IF({{vraag}}=2,({0}>=5)*1,({0}<=2)*1)", "({vraag}*2+3)")
