"""Purchases after each other: the days between them, how many there are, and after which customers stop."""

from __future__ import annotations

from klantwaarde_xl.functions.declared.closed.log import CUSTOMERS, TOO_MANY, table
from klantwaarde_xl.functions.spec import Native

# hz: rows that are a purchase of their own; hg: days to the customer's next one; hm: whether there is one
_PURCHASES = (
    f"{CUSTOMERS},hd,VSTACK(INT({{datums}}),0),hb,hi*1E7+hd,"
    "hz,IF({zelfde_dag}=1,hx,(MAP(hb,LAMBDA(hy,XMATCH(hy,hb)))=hn)*hx)"
)
_NEXT = (
    "hg,MAP(hi,hd,hn,LAMBDA(hy,hu,hv,MIN(IF((hi=hy)*hz*((hd>hu)+(hd=hu)*(hn>hv))>0,hd,1E9))-hu)),"
    "hm,hz*(hg<9E8)"
)

INTERVAL = Native(
    f"LET({_PURCHASES},{_NEXT},IF(SUM(hm)=0,#N/A,LET("
    "hc,MAP(hi,LAMBDA(hy,SUM((hi=hy)*hm))),hs,MAP(hi,LAMBDA(hy,SUM((hi=hy)*hm*hg))),"
    "ha,IF({weging}=1,hs/IF(hc=0,1,hc),hg),ho,IF({weging}=1,(hi=hn)*(hc>0),hm),"
    "IF({maat}=1,MEDIAN(FILTER(ha,ho)),SUM(ha*ho)/SUM(ho)))))",
    na=TOO_MANY,
)
LADDER = Native(
    f"LET({_PURCHASES},{_NEXT},"
    "ho,MAP(hi,hd,hn,LAMBDA(hy,hu,hv,SUM((hi=hy)*hz*((hd<hu)+(hd=hu)*(hn<=hv))))),"
    "hj,hz*(hd<=MAX(hd)-{wachttijd})*(ho<={hoogste}),"
    "IF(SUM(hj)=0,#N/A,LET(ha,SEQUENCE(MAX(hj*ho)+1),hc,MAP(ha,LAMBDA(hy,SUM(hj*(ho=hy)))),"
    "hs,MAP(ha,LAMBDA(hy,SUM(hj*hm*(ho=hy)))),"
    + table("aankoop;klanten;stopte;kocht opnieuw;haakte af", "ha,hc,hc-hs,hs/hc,(hc-hs)/hc")
    + ")))",
    num="OR({wachttijd}<0,{hoogste}<1,{hoogste}<>INT({hoogste}))",
    na=TOO_MANY,
)
FREQUENCY = Native(
    f"LET({_PURCHASES},"
    'hl,IF({van}="",-1E9,INT({van})),hu,IF({tot}="",1E9,INT({tot})),'
    "IF(hu<hl,#NUM!,LET(hj,hz*(hd>=hl)*(hd<=hu),hs,IF({noemer}=0,hj,hx),"
    "hc,SUM((hi=hn)*(MAP(hi,LAMBDA(hy,SUM((hi=hy)*hs)))>0)),IF(hc=0,#DIV/0!,SUM(hj)/hc))))",
    na=TOO_MANY,
)
