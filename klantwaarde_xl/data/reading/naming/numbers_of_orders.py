"""Headers of columns that may have the number of an order, without being one that we know for certain."""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.naming.headers import plain

# A header that says that it is a number of an order, and not its price, costs or kind
OF_A_NUMBER = re.compile(
    "(?:.*(?:order|bestel|bestelling|factuur|invoice|rechnungs?|beleg|auftrags?|commande|facture|zamowienia"
    "|receipt|bon|transactie|transaction|verkoop|declaratie|nota|boekings?|reserverings?|booking|reservation"
    "|opdracht|pakbon)(?:nr|nummer|number|no|num|id|ref|referentie|reference|code"
    "|name|naam)|(?:verkoop|in)?order|bestelling|factuur|invoice|auftrag|(?:kassa)?bon|nota|declaratie|incrementid"
    "|numerode(?:la)?commande|transacti(?:on|e)|receipt|beleg|boeking|booking|reservering|reservation)"
)
_MAY_BE_NUMBER = re.compile("id|nr|nummer|number|no|ref|referentie|reference|kenmerk|boeking|bonnen|ticket")


def may_be_number(header: str) -> bool:
    """Whether a header can be that of a number of an order."""
    return any(one.fullmatch(plain(header)) for one in (OF_A_NUMBER, _MAY_BE_NUMBER))
