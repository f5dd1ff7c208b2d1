"""A row a customer from a log of purchases: RFM, what they brought so far, and their class."""

from __future__ import annotations

from klantwaarde_xl.functions.declared.closed.log import CUSTOMERS, TOO_MANY, per_customer, table
from klantwaarde_xl.functions.spec import Native

_SHOWN = "MAP({0},LAMBDA(hy,INDEX(hk,hy)))"


def _fifths(values: str, group: str) -> str:
    """Scores 1 to 5 within a group, in whole numbers."""
    return (
        f"MAP({values},{group},LAMBDA(hy,hz,INT(5*(2*SUM(({group}=hz)*({values}<hy))+SUM(({group}=hz)*({values}=hy)))"
        f"/(2*SUM(({group}=hz)*1)))+1))"
    )


def rfm(segments: tuple[str, ...], grid: str) -> Native:
    """RFM; segments: their names; grid: two digits each, R 5 to 1 by the mean of F and M from 1 to 5."""
    names = ",".join(f'"{name}"' for name in segments)
    segment = (
        f'MAP(hr,hf,hm,LAMBDA(hy,hz,hw,CHOOSE(VALUE(MID("{grid}",10*(5-hy)+2*INT((hz+hw)/2)-1,2)),{names})))'
    )
    return Native(
        f"LET({CUSTOMERS},"
        'hl,IF({peildatum}="",MAX({datums}),{peildatum}),'
        "hb,(VSTACK({datums},1E9)<=hl)*1,ha,VSTACK({bedragen},0),hp,hb*(ha>=0),hd,VSTACK(INT({datums}),0),"
        "IF(SUM(hp)=0,#N/A,LET(hj,MAP(hi,LAMBDA(hy,SUM((hi=hy)*hp)))*(hi=hn),"
        # customers with a purchase, in the order in which they appear
        "IF(SUM((hj>0)*1)<5,#NUM!,LET(hc,FILTER(hn,hj>0),"
        f"hq,{per_customer('hp')},ho,{per_customer('hb*ha')},"
        "he,INT(hl)-MAP(hc,LAMBDA(hy,MAX((hi=hy)*hp*hd))),hg,0*hc,"
        "IF(AND({alles_gelijk}=1,OR(MIN(he)=MAX(he),MIN(hq)=MAX(hq),MIN(ho)=MAX(ho))),#N/A,LET("
        f"hs,-he,hr,{_fifths('hs', 'hg')},"
        f"hu,IF({{scores}}=1,hr,hg),hf,{_fifths('hq', 'hu')},"
        f"hv,IF({{scores}}=1,10*hr+hf,hg),hm,{_fifths('ho', 'hv')},"
        'VSTACK(HSTACK("klant","dagen geleden","aankopen","omzet","R","F","M","segment"),'
        f"HSTACK({_SHOWN.format('hc')},he,hq,ho,hr,hf,hm,{segment})))))))))",
        na=TOO_MANY,
    )


PAST_VALUE = Native(
    f"LET({CUSTOMERS},"
    'hl,INT(IF({peildatum}="",MAX({datums}),{peildatum})),'
    "hd,VSTACK(hl-INT({datums}),0),hb,(hd>=0)*1,ha,VSTACK({bedragen},0),"
    "hj,MAP(hi,LAMBDA(hy,SUM((hi=hy)*hb))),hc,FILTER(hn,(hi=hn)*(hj>0)),"
    f"ho,{per_customer('hb*ha')},"
    + table(
        "klant;aankopen;omzet;marge;historische CLV",
        f"{_SHOWN.format('hc')},{per_customer('hb*(ha>=0)')},ho,{{marge}}*ho,"
        f"{{marge}}*{per_customer('hb*ha*(1+{rente})^(hd*hb/365)')}",
    )
    + ")",
    num="OR({marge}>1,{rente}<=-1)",
    na=TOO_MANY,
)

_HAIR = "1E-12"
CLASSES = Native(
    f"LET({CUSTOMERS},hc,FILTER(hn,hi=hn),hv,VSTACK({{waarden}},0),hs,{per_customer('hv')},hq,SUM(hs),"
    "IF(MIN(hs)<0,#NUM!,IF(MAX(hs)<=0,#DIV/0!,LET(hj,SEQUENCE(ROWS(hs)),"
    # from large to small; of equals who came first
    "ho,MAP(hs,hj,LAMBDA(hy,hz,SUM((hs>hy)*1)+SUM((hs=hy)*(hj<=hz)))),"
    "hr,MAP(hj,LAMBDA(hy,XMATCH(hy,ho))),hw,MAP(hr,LAMBDA(hy,INDEX(hs,hy))),"
    f"hb,MAP(hw,LAMBDA(hy,SUM((hs>hy)*hs)))/hq+{_HAIR},"
    + table(
        "klant;waarde;cumulatief deel;klasse",
        "MAP(hr,LAMBDA(hy,INDEX(hk,INDEX(hc,hy)))),hw,SCAN(0,hw,LAMBDA(hy,hz,hy+hz))/hq,"
        'MID("ABC",1+({grens_a}<=hb)+({grens_b}<=hb),1)',
    )
    + "))))",
    num="OR({grens_a}<=0,{grens_a}>={grens_b},{grens_b}>1)",
    na=TOO_MANY,
)
