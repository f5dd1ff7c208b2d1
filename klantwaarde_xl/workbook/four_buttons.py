"""The four variables of article 001, each ten per cent better: what that brings, and which brings most."""

from __future__ import annotations

import re

from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook.phrases import known, price

_INPUT, _NUMBER = r"(?<!N\()\b(kw_\w+)\b", r"N(\1)"


def filled(names: str, formula: str) -> str:
    """A formula, or nothing while one of the cells it needs is empty; no function is given an empty cell."""
    return f"={known(names, re.sub(_INPUT, _NUMBER, formula))}"


def _value(margin: str = "ku_jaarmarge", retention: str = "kw_retentie", cac: str = "kw_cac") -> str:
    return f'CLV({margin},{retention},ku_rente,0,"nu")-{cac}'


# the four variables of article 001 (D15), each ten per cent better: label, now, then, number format, value then
_BUTTONS = (
    ("Kosten", "kw_kosten_klant", "kw_kosten_klant*0.9", "euro2", _value("ku_marge_kosten")),
    ("Opbrengst", "ku_jaaromzet", "ku_jaaromzet*1.1", "euro2", _value("ku_marge_opbrengst")),
    ("Retentie", "kw_retentie", "MAX(kw_retentie,MIN(0.99,kw_retentie*1.1))", "procent",
     _value(retention="MAX(kw_retentie,MIN(0.99,kw_retentie*1.1))")),
    ("Acquisitie", "kw_cac", "kw_cac*0.9", "euro2", _value(cac="0.9*kw_cac")),
)  # fmt: skip
BUTTONS = b.Grid(
    (
        b.Column("knop"), b.Column("nu", numbers=True), b.Column("straks", numbers=True),
        b.Column("waarde straks", numbers=True), b.Column("erbij per klant", numbers=True, span=2),
    ),
    tuple(
        (label, b.Formula(f"={known(now, now)}", number), b.Formula(f"={known(now, then)}", number),
         b.Formula(filled("ku_netto", value), "euro2"), b.Formula(filled("ku_netto", f"{value}-ku_netto"), "euro2"))
        for label, now, then, number, value in _BUTTONS
    ),
    name="knoppen", heading="Vier knoppen, elk 10% beter",
)  # fmt: skip
GAINS = "{knoppen.erbij per klant}"
_BY = '"Lagere kosten brengen","Meer opbrengst brengt","Meer retentie brengt","Goedkoper werven brengt"'
_TOP = f"MAX({GAINS})-0.005"


def _tied() -> str:
    """The names of the buttons that bring as much as the best, with `en` between them."""
    named = []
    for place, (label, *_) in enumerate(_BUTTONS, 1):
        before = [f"INDEX({GAINS},{other})>{_TOP}" for other in range(1, place)]
        said = f'IF(OR({",".join(before)})," en {label.lower()}","{label}")' if before else f'"{label}"'
        named.append(f'IF(INDEX({GAINS},{place})>{_TOP},{said},"")')
    return "&".join(named)


BEST = (
    f'=IF(COUNT({GAINS})=0,IF(N(kw_retentie)=1,"Een retentie van 100% heeft geen einde: vul minder in.","Vul aankoopwaarde, frequentie, marge, kosten per klant (0 mag), retentie, rente en CAC in."),IF(COUNTIF({GAINS},">"&MAX({GAINS})-0.005)>1,{_tied()}&" brengen evenveel: "&{price(f"MAX({GAINS})")}&" per klant",'
    f'CHOOSE(MATCH(MAX({GAINS}),{GAINS},0),{_BY})&" het meest: "&{price(f"MAX({GAINS})")}&" per klant"))'
)
