"""Customers by month, quarter or year: cohorts, the curve over all of them, and who came and went."""

from __future__ import annotations

from klantwaarde_xl.functions.declared.closed.log import CUSTOMERS, TOO_MANY, table
from klantwaarde_xl.functions.spec import Native

_MOST_PERIODS = 1200


def _period(day: str) -> str:
    """The number of a day's period; before March 1900 Excel counts a day that never was."""
    return f"INT(IF({day}<61,22799+({day}>=2)+({day}>=33),12*YEAR({day})+MONTH({day})-1)/hq)"


def _activity(amounts: str, result: str) -> str:
    """Bind who buys when, for a result.

    hb: rows that count, hp: those that are a purchase, hm: their period; hl: the last, ho: the first; hf: a
    customer's first; hu: purchases, one a customer a period; hg: age of the customer in periods.
    """
    return (
        f"LET({CUSTOMERS},hq,CHOOSE({{periode}}+1,1,3,12),hd,VSTACK(INT({{datums}}),61),ha,VSTACK({amounts},0),"
        'hb,hx*(hd<=IF({peildatum}="",1E9,INT({peildatum}))),hp,hb*(ha>=0),'
        f"hm,MAP(hd,LAMBDA(hy,{_period('hy')})),IF(SUM(hp)=0,#N/A,LET("
        f'hl,IF({{peildatum}}="",MAX(hb*hm),{_period("{peildatum}")}),ho,MIN(IF(hb=1,hm,1E9)),'
        f"IF(hl-ho>={_MOST_PERIODS},#NUM!,LET("
        "hf,MAP(hi,LAMBDA(hy,MIN(IF((hi=hy)*hp>0,hm,1E9)))),"
        "he,IF(hp=1,hi*1E5+hm,-hn),hu,(MAP(he,LAMBDA(hy,XMATCH(hy,he)))=hn)*hp,"
        f"hg,IF(hm>hf,hm-hf,0),hs,MIN(hf),hw,hl-hs+1,{result})))))"
    )


def _label(periods: str) -> str:
    year = "INT(hy*hq/12)"
    part = f"(hy-{year}*12/hq+1)"
    name = f'IF(hq=3,{year}&"-K"&{part},{year}&"-"&RIGHT("0"&{part},2))'
    return f'MAP({periods},LAMBDA(hy,IF(hq=12,hy&"",{name})))'


COHORTS = Native(
    _activity(
        "{bedragen}",
        "IF(({toon}>1)*bedragen_o>0,#VALUE!,LET("
        "hj,SEQUENCE(hw+1,1,hs),hz,MAP(hj,LAMBDA(hy,SUM((hi=hn)*(hf=hy)))),"
        "hc,FILTER(hj,(hz>0)+(hj>hl)>0),hv,FILTER(hz,(hz>0)+(hj>hl)>0),"
        "pt,SEQUENCE(1,hw,0),hr,IF({toon}<2,hu,hb*ha),"
        'hh,MAP(hc+0*pt,0*hc+pt,hv+0*pt,LAMBDA(hy,pa,pn,IF(hy+pa>hl,"",'
        "SUM((hf=hy)*IF({toon}=4,hg<=pa,hg=pa)*hr)/IF(({toon}=1)+({toon}=2)>0,1,pn)))),"
        f'DROP(VSTACK(HSTACK("cohort","grootte",pt&""),HSTACK({_label("hc")},hv,hh)),-1)))',
    ),
    na=TOO_MANY,
)
CURVE = Native(
    _activity(
        "0*{datums}",
        "LET(hj,SEQUENCE(hw+1,1,0),hc,MAP(hj,LAMBDA(hy,SUM((hi=hn)*(hf+hy<=hl)))),"
        "hz,MAP(hj,LAMBDA(hy,SUM(hu*(hg=hy)))),hv,MAP(hj,LAMBDA(hy,SUM(hu*(hg=hy-1)*(hf+hy<=hl)))),"
        + table("leeftijd;klanten;actief;overleving;retentie", 'hj,hc,hz,hz/hc,IF(hv>0,hz/IF(hv>0,hv,1),"")')
        + ")",
    ),
    na=TOO_MANY,
)
FLOW = Native(
    _activity(
        "0*{datums}",
        "LET(hj,SEQUENCE(hw+1,1,hs),pk,hu*IFERROR(0*MAP(he,LAMBDA(hy,XMATCH(hy-1,he)))+1,0),"
        "hc,MAP(hj,LAMBDA(hy,SUM(hu*(hm=hy-1)))),hz,MAP(hj,LAMBDA(hy,SUM(hu*(hm=hy)))),"
        "hv,MAP(hj,LAMBDA(hy,SUM((hi=hn)*(hf=hy)))),pt,MAP(hj,LAMBDA(hy,SUM(pk*(hm=hy)))),"
        "hr,hz-hv-pt,hh,hz-hv-IF({teruggekeerd}=0,hr,0),"
        + table(
            "periode;begin;behouden;teruggekeerd;nieuw;verloren;eind;retentie",
            f"{_label('hj')},hc,pt,hr,hv,hc-pt,hz,IF(0*hc+hh>hc,IF(hc=0,#DIV/0!,#NUM!),hh/hc)",
        )
        + ")",
    ),
    na=TOO_MANY,
)
