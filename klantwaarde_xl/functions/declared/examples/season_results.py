"""What the functions show of the season of the small shop, as in `shop_results`."""

from __future__ import annotations

from klantwaarde_xl.functions.declared.examples.shop_results import table_of

MONTHS = table_of(
    """
deel van het jaar | factor | laag | hoog | dagen per jaar
januari | 1.019304 | 0.7210705 | 1.440887 | 30.02055
februari | 1.090624 | 0.7810307 | 1.522937 | 29.01986
maart | 0.9306884 | 0.6660383 | 1.300497 | 31.02123
april | 1.020187 | 0.7356388 | 1.414799 | 30.02055
mei | 1.012437 | 0.7335925 | 1.397273 | 31.02123
juni | 0.9526034 | 0.688308 | 1.318383 | 30.02055
juli | 1.113622 | 0.811493 | 1.528238 | 31.02123
augustus | 1.012468 | 0.7314019 | 1.401544 | 31.02123
september | 0.9693933 | 0.6964021 | 1.349398 | 30.02055
oktober | 1.003386 | 0.7223731 | 1.393715 | 31.02123
november | 0.8929248 | 0.6380582 | 1.249596 | 30.02055
december | 0.9835126 | 0.7057275 | 1.370638 | 31.02123
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
