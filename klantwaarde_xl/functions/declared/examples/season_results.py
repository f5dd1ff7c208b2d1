"""What the functions show of the season of the small shop, as in `shop_results`."""

from __future__ import annotations

from klantwaarde_xl.functions.declared.examples.shop_results import table_of

MONTHS = table_of(
    """
deel van het jaar | factor | laag | hoog | dagen per jaar
januari | 1.023468 | 0.697606 | 1.501545 | 30.02055
februari | 1.110472 | 0.7699167 | 1.601665 | 29.01986
maart | 0.916919 | 0.6343652 | 1.325325 | 31.02123
april | 1.024246 | 0.7161971 | 1.464793 | 30.02055
mei | 1.01492 | 0.7139986 | 1.442666 | 31.02123
juni | 0.94395 | 0.6615753 | 1.346848 | 30.02055
juli | 1.135948 | 0.805527 | 1.601905 | 31.02123
augustus | 1.014501 | 0.7109322 | 1.447693 | 31.02123
september | 0.9628015 | 0.6697977 | 1.38398 | 30.02055
oktober | 1.003252 | 0.6998887 | 1.438108 | 31.02123
november | 0.8717435 | 0.6019847 | 1.262385 | 30.02055
december | 0.9793002 | 0.6801591 | 1.410007 | 31.02123
"""
)

INDEX = table_of(
    """
deel van het jaar | factor | laag | hoog | dagen per jaar
index 0 | 0.9332919 | 0.7671628 | 1.135396 | 242.1658
index 1 | 1.131247 | 0.822953 | 1.555034 | 123.0842
"""
)

PROOFS = table_of(
    """
seizoen | winst in log-score | standaardfout | fout per vier weken | zonder seizoen | oordeel
maanden | ' | ' | ' | ' | minder dan 104 weken aan gegevens: te kort voor een seizoen
winkeljaar | ' | ' | ' | ' | minder dan 104 weken aan gegevens: te kort voor een seizoen
"""
)

PROOFS_INDEX = table_of(
    """
seizoen | winst in log-score | standaardfout | fout per vier weken | zonder seizoen | oordeel
maanden | ' | ' | ' | ' | minder dan 104 weken aan gegevens: te kort voor een seizoen
winkeljaar | ' | ' | ' | ' | minder dan 104 weken aan gegevens: te kort voor een seizoen
eigen index | ' | ' | ' | ' | minder dan 104 weken aan gegevens: te kort voor een seizoen
"""
)
