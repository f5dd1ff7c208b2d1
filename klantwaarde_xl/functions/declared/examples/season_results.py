"""What the functions show of the season of the small shop, as in `shop_results`."""

from __future__ import annotations

from klantwaarde_xl.functions.declared.examples.shop_results import table_of

MONTHS = table_of(
    """
deel van het jaar | factor | laag | hoog | dagen per jaar
januari | 1.01931 | 0.7256086 | 1.431891 | 30.02055
februari | 1.088241 | 0.7835992 | 1.511318 | 29.01986
maart | 0.9335505 | 0.6718789 | 1.297134 | 31.02123
april | 1.01926 | 0.7390118 | 1.405783 | 30.02055
mei | 1.008733 | 0.7351969 | 1.384039 | 31.02123
juni | 0.9499289 | 0.6904555 | 1.306913 | 30.02055
juli | 1.104369 | 0.8090047 | 1.50757 | 31.02123
augustus | 1.012166 | 0.7351027 | 1.393655 | 31.02123
september | 0.9718591 | 0.7019465 | 1.345558 | 30.02055
oktober | 1.005644 | 0.7277316 | 1.389687 | 31.02123
november | 0.8988044 | 0.64578 | 1.250967 | 30.02055
december | 0.9892862 | 0.713307 | 1.372042 | 31.02123
"""
)

INDEX = table_of(
    """
deel van het jaar | factor | laag | hoog | dagen per jaar
index 0 | 0.9333465 | 0.7672215 | 1.135442 | 242.1658
index 1 | 1.131139 | 0.8228584 | 1.554917 | 123.0842
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
