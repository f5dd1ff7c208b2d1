"""What the functions show of the season of the small shop, as in `shop_results`."""

from __future__ import annotations

from klantwaarde_xl.functions.declared.examples.shop_results import table_of

MONTHS = table_of(
    """
deel van het jaar | factor | laag | hoog | dagen per jaar
januari | 1.019309 | 0.725608 | 1.43189 | 30.02055
februari | 1.088269 | 0.7836205 | 1.511356 | 29.01986
maart | 0.933546 | 0.6718753 | 1.297128 | 31.02123
april | 1.019292 | 0.7390366 | 1.405826 | 30.02055
mei | 1.008776 | 0.7352304 | 1.384097 | 31.02123
juni | 0.9499498 | 0.6904713 | 1.30694 | 30.02055
juli | 1.104411 | 0.8090375 | 1.507624 | 31.02123
augustus | 1.012159 | 0.7350975 | 1.393646 | 31.02123
september | 0.9718328 | 0.7019267 | 1.345524 | 30.02055
oktober | 1.005613 | 0.7277084 | 1.389646 | 31.02123
november | 0.8987544 | 0.6457426 | 1.2509 | 30.02055
december | 0.9892376 | 0.7132704 | 1.371978 | 31.02123
"""
)

INDEX = table_of(
    """
deel van het jaar | factor | laag | hoog | dagen per jaar
index 0 | 0.9332965 | 0.7671677 | 1.1354 | 242.1658
index 1 | 1.131238 | 0.8229449 | 1.555024 | 123.0842
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
