"""How value is spread over customers: sorted and summed up."""

from __future__ import annotations

from klantwaarde_xl.functions.spec import Native

_HAIR = "(1-1E-12)"
_NONE = "SUM(({waarden}<0)*1)>0"


def _sorted(text: str) -> str:
    """A figure of the values from large to small, cw; without any above nought #DIV/0!."""
    return f"IF(SUM({{waarden}})=0,#DIV/0!,LET(cw,SORT({{waarden}},1,-1),cn,ROWS(cw),cs,SUM(cw),{text}))"


_SHARE = f"OR({_NONE},AND(SUM({{waarden}})<>0,OR({{deel}}<=0,{{deel}}>1)))"
PARETO = Native(
    _sorted(f"LET(cc,SCAN(0,cw,LAMBDA(ca,cb,ca+cb)),cl,INDEX(cc,cn),(SUM((cc<{{deel}}*cl*{_HAIR})*1)+1)/cn)"),
    num=_SHARE,
)
TOP = Native(_sorted(f"SUM(TAKE(cw,-INT(-{{deel}}*cn*{_HAIR})))/cs"), num=_SHARE)
GINI = Native(
    _sorted("IF(cn=1,0,MAX(0,-SUM((2*SEQUENCE(cn)-cn-1)*cw)/((cn-({correctie}=1))*cs)))"),
    num=_NONE,
)
