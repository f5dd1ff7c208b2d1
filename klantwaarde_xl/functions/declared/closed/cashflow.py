"""Payments over time."""

from __future__ import annotations

from klantwaarde_xl.functions.spec import Native


def _annuity(periods: str, ratio: str) -> str:
    """1 + q + q² + … over a number of periods, a broken one for its part; near q = 1 by its first terms."""
    return (
        f"LET(an,{periods},aq,{ratio},am,INT(an),ad,aq-1,"
        "IF(ABS(ad)*an<1E-4,am*(1+(am-1)/2*ad*(1+(am-2)/3*ad)),IF(am=0,0,(1-aq^am)/(1-aq)))"
        "+IF(an=am,0,(an-am)*IF(am=0,1,aq^am)))"
    )


_WRONG = "{retentie}<0,{retentie}>1,{rente}<=-1,{groei}<=-1"

TABLE = Native(
    "LET(fp,SEQUENCE({horizon}+1,1,0),ft,fp+{betaling}/2,fs,IF(ft=0,1,{retentie}^ft),ff,(1+{rente})^-ft,"
    "fm,{marge}*(1+{groei})^fp,fe,fm*fs,fc,IF(fp=0,{wervingskosten},0),fw,fe*ff,"
    "fu,SCAN(-{wervingskosten},fw,LAMBDA(fa,fb,fa+fb)),"
    'VSTACK(HSTACK("periode","overleving","marge","verwachte marge","wervingskosten","disconteringsfactor",'
    '"contante waarde","cumulatief"),HSTACK(fp,fs,fm,fe,fc,ff,fw,fu)))',
    num=f"OR({{horizon}}<0,{{horizon}}>1200,{{horizon}}<>INT({{horizon}}),{_WRONG},{{wervingskosten}}<0)",
)
TOTAL = Native(
    'LET(fl,INT(IF({peildatum}="",MAX({datums}),{peildatum})),fa,fl-INT({datums}),'
    "{marge}*SUM((fa>=0)*(1+{rente})^(fa/365)*{bedragen}))",
    num="OR({marge}>1,{rente}<=-1)",
)


def _paid(periods: str) -> str:
    """What a number of periods brings of the first payment."""
    return f"IF({periods}=0,0,IF(pq=0,1,IF(pq=1,{periods},(1-pq^({periods}))/(1-pq))))"


# The inverse of the annuity, mended where the rounding of the logarithm is a period off
PAYBACK = Native(
    "LET(ph,{wervingskosten}/({omzet}*{marge}),pq,{retentie}/(1+{rente}),"
    "IF(({retentie}=1)*({rente}=0),ph,LET(pe,ph*(1-1E-12),"
    "pr,1+ph*(pq-1),"
    "pg,IF(pq=0,0,IF(pq=1,-INT(-ph),IF(pr<=0,0,MAX(0,-INT(-LN(pr)/LN(pq)))))),"
    f"pd,IF(pg>=1,IF({_paid('pg-1')}>=pe,pg-1,pg),pg),"
    f"pu,IF({_paid('pd')}<pe,pd+1,pd),"
    f"IF((pq<1)*(ph*(1-pq)>1-1E-12)*({_paid('pu')}<pe),#N/A,pu))))",
    num="OR({wervingskosten}<0,{omzet}*{marge}<=0,{marge}>1,{rente}<=-1,{retentie}<0,{retentie}>1)",
)

_PERIODS = "{perioden}<0,{kosten}<0,{retentie}<0,{retentie}>1,{rente}<=-1,{inflatie}<=-1"
VALUE = Native(
    "{besteding}*" + _annuity("{perioden}", "{retentie}/((1+{rente})*(1+{inflatie}))") + "-{kosten}",
    num=f"OR({_PERIODS})",
)
LIFETIME_VALUE = Native(
    "{omzet}*{marge}*" + _annuity("{levensduur}", "1/((1+{rente})*(1+{inflatie}))"),
    num="OR({levensduur}<0,{marge}>1,{rente}<=-1,{inflatie}<=-1)",
)
FINITE = Native(
    "{marge}*IF({betaling}=0,1,({retentie}/(1+{rente}))^({betaling}/2))*"
    + _annuity("({horizon}+1)", "{retentie}*(1+{groei})/(1+{rente})"),
    num=f"OR({{horizon}}<0,{{horizon}}<>INT({{horizon}}),{_WRONG})",
)
