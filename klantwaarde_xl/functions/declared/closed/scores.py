"""RFM scores of a column of values."""

from __future__ import annotations

from klantwaarde_xl.functions.spec import Native

SCORES = Native(
    "LET(sv,{waarden},sn,ROWS(sv),sw,IF({beste}=1,-sv,sv),"
    "ss,MAP(sw,LAMBDA(sy,INT(5*(2*SUM((sw<sy)*1)+SUM((sw=sy)*1))/(2*sn))+1)),"
    'VSTACK(HSTACK("waarde","score"),HSTACK(sv,ss)))',
    num="ROWS({waarden})<5",
    na="AND({alles_gelijk}=1,MIN({waarden})=MAX({waarden}))",
)
