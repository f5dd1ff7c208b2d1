"""Contracts (sBG, BdW): products of the chances to renew, and their discounted sum as far as it matters.

S(t) = B(α, β + tᶜ) / B(α, β). In the sBG (c = 1) it is a product of ratios; in the BdW a difference of
ln Γ, which keeps nine digits while tᶜ is not too large. The sum without end of the BdW is that of its first
terms and the integral of the rest, by the expansion of Γ(u + β) / Γ(u + α + β) for large u (Tricomi &
Erdélyi 1951) and Euler and Maclaurin's formula.
"""

from __future__ import annotations

from klantwaarde_xl.functions.spec import Native

_MOST = 3000  # terms
_LARGEST = 100_000  # of tᶜ and of the parameters, for which a difference of ln Γ has nine digits
_LARGE = 500  # of tᶜ, from which the expansion has ten digits

WRONG = "{alpha}<=0,{beta}<=0,{c}<=0"
_SBG = "({beta}+cn+ci-1)/({alpha}+{beta}+cn+ci-1)"


def log_stay(power: str) -> str:
    """Ln S(t) as a formula; power: tᶜ."""
    return (
        f"GAMMALN({{beta}}+{power})-GAMMALN({{beta}})+GAMMALN({{alpha}}+{{beta}})"
        f"-GAMMALN({{alpha}}+{{beta}}+{power})"
    )


def _log_stay(time: str) -> str:
    return log_stay(f"({time})^{{c}}")


def whole(name: str, least: int) -> str:
    """Where an argument is no whole number from least to a million."""
    return f"{{{name}}}<{least},{{{name}}}>1000000,INT({{{name}}})<>{{{name}}}"


def _if_near(time: str, value: str) -> str:
    """A value, or #N/A where the difference of ln Γ has lost its digits."""
    return f"IF(OR({{c}}*LN(MAX(1,{time}))>LN({_LARGEST}),{{alpha}}+{{beta}}>{_LARGEST}),#N/A,{value})"


STAY = Native(
    f"IF({{verlengingen}}=0,1,IF(AND({{c}}=1,{{verlengingen}}<={_MOST}),LET(cn,0,"
    f"REDUCE(1,SEQUENCE(MAX(1,MIN({_MOST},{{verlengingen}}))),LAMBDA(cs,ci,cs*{_SBG}))),"
    + _if_near("{verlengingen}", f"EXP({_log_stay('{verlengingen}')})")
    + "))",
    num=f"OR({WRONG},{whole('verlengingen', 0)})",
)
RENEW = Native(
    "IF({c}=1,({beta}+{verlenging}-1)/({alpha}+{beta}+{verlenging}-1),"
    + _if_near("{verlenging}", f"EXP({_log_stay('{verlenging}')}-({_log_stay('({verlenging}-1)')}))")
    + ")",
    num=f"OR({WRONG},{whole('verlenging', 1)})",
)

# ∫ of a power of (tᶜ + w) from N on, term by term: cj counts the terms
_REST = (
    "SUM(SCAN(1,SEQUENCE(60),LAMBDA(cs,cj,IF(cj=1,1,-cs*({0}+cj-2)/(cj-1)*cw/cu)))"
    "/(({0}+SEQUENCE(60)-1)*{{c}}-1))"
)
LIFETIME = Native(
    "IF({c}=1,({alpha}+{beta}-1)/({alpha}-1),"
    f"LET(cm,MAX(40,INT({_LARGE}^(1/{{c}}))+1,INT((20*({{alpha}}+{{beta}}))^(1/{{c}}))+1),"
    f"IF(OR({{c}}>2.5,cm>2*{_MOST},{{alpha}}+{{beta}}>{_LARGEST}),#N/A,LET("
    f"cf,SUM(MAP(SEQUENCE(cm)-1,LAMBDA(ct,EXP({_log_stay('ct')})))),"
    "cu,cm^{c},cw,{beta}+({alpha}-1)/2,ck,EXP(GAMMALN({alpha}+{beta})-GAMMALN({beta})-{alpha}*LN(cu))*cm,"
    "cx,{alpha}*({alpha}^2-1)/24,"
    f"ce,ck*({_REST.format('{alpha}')}+cx/cu^2*{_REST.format('({alpha}+2)')}),"
    f"cl,EXP({_log_stay('cm')}),"
    "cf+ce+cl/2+cl*{alpha}*{c}*cu/(cu+cw)/cm/12))))",
    num=f"OR({WRONG},{{alpha}}*{{c}}<=1)",
)


def _discounted(done: str) -> str:
    """Σ S(done + t) / S(done) / (1 + interest)ᵗ over t ≥ 0; #N/A where it is too long."""
    ratio = f"EXP({_log_stay('(cn+ct)')}-({_log_stay('cn')}))"
    return (
        f"LET(cn,{done},cd,1/(1+{{rente}}),"
        "IF(cd>=1,IF({c}<>1,#N/A,({alpha}+{beta}+cn-1)/({alpha}-1)),"
        "LET(ck,INT(30/MIN(30,-LN(cd)))+2,"
        f"IF(ck>{_MOST},#N/A,IF({{c}}=1,"
        f"SUM(SCAN(1,SEQUENCE(ck)-1,LAMBDA(cs,ci,IF(ci=0,1,cs*cd*{_SBG})))),"
        + _if_near("cn+ck", f"SUM(MAP(SEQUENCE(ck)-1,LAMBDA(ct,cd^ct*{ratio})))")
        + ")))))"
    )


_VALUED = f"{WRONG},{{rente}}<0,AND({{rente}}=0,{{alpha}}*{{c}}<=1)"
VALUE = Native(f"{{marge}}*{_discounted('0')}", num=f"OR({_VALUED})")
_NEXT = "({verlengingen}+1)"
REST = Native(
    "{marge}*IF({c}=1,({beta}+{verlengingen})/({alpha}+{beta}+{verlengingen}),"
    + _if_near(_NEXT, f"EXP({_log_stay(_NEXT)}-({_log_stay('{verlengingen}')}))")
    + f")*{_discounted(_NEXT)}",
    num=f"OR({_VALUED},{{verlengingen}}<0,{{verlengingen}}>=1000000,INT({{verlengingen}})<>{{verlengingen}})",
)
