"""What `MODELKEUZE` gives of the small shop."""

from __future__ import annotations

from klantwaarde_xl.functions.declared.examples.shop_results import table_of

CONTEST = table_of(
    """
model | log-score per klant | afwijking samen | fout per klant | rangorde | binnen 90% | oordeel
MBG/NBD | -1.28761 | 0.319154 | 1.09543 | 0.340261 | 0.933333 | gekozen: MBG/NBD, best in wat kwam na 02-07-2024, AIC gaf de doorslag
Pareto/NBD | -1.21469 | 0.474762 | 1.1509 | 0.399768 | 1 | even goed, op toeval na; AIC is minder gunstig
NBD | -1.27734 | 0.75472 | 1.27775 | 0.327582 | 1 | even goed, op toeval na; AIC is minder gunstig; de grens van BG/NBD
eigen tempo | -1.29408 | 0.78996 | 1.30985 | 0.331143 | 1 | even goed, op toeval na; AIC is minder gunstig
Poisson | -1.95631 | 0.817577 | 1.64403 | ' | 0.933333 | voorspelde minder goed
"""
)

CONTEST_SHORT = table_of(
    """
model | log-score per klant | afwijking samen | fout per klant | rangorde | binnen 90% | oordeel
Pareto/NBD | -1.19216 | 0.354387 | 1.14566 | 0.299761 | 1 | gekozen: Pareto/NBD, best in wat kwam na 17-05-2024, AIC gaf de doorslag
NBD | -1.21342 | 0.561387 | 1.11828 | 0.3083 | 1 | even goed, op toeval na; AIC is minder gunstig; de grens van BG/NBD en MBG/NBD
eigen tempo | -1.23914 | 0.613216 | 1.16145 | 0.3083 | 1 | even goed, op toeval na; AIC is minder gunstig
Poisson | -1.76888 | 0.643473 | 1.46624 | ' | 0.92 | voorspelde minder goed
"""
)
