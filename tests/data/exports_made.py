"""Invented exports of two kinds of shop, a month at a time, and the reading of them with a recipe."""

import datetime as dt
from pathlib import Path

from klantwaarde_xl.data.reading.cells.columns import Reading
from klantwaarde_xl.data.reading.files import read_table
from klantwaarde_xl.data.reading.questions.recipe import as_text, from_text
from klantwaarde_xl.data.tables import TRANSACTIONS

TODAY = dt.date(2026, 11, 27)

SHOPIFY = """\
Name,Email,Financial Status,Currency,Subtotal,Taxes,Total,Created at,Lineitem quantity,Lineitem price,Refunded Amount
#1001,anna@mail.nl,paid,EUR,25.00,4.34,25.00,2026-09-03 20:39:37 +0200,1,10.00,0
#1001,anna@mail.nl,,,,,,2026-09-03 20:39:37 +0200,3,5.00,
#1002,bram@mail.nl,refunded,EUR,40.50,7.03,40.50,2026-09-14 09:00:00 +0200,1,40.50,40.50
#1003,anna@mail.nl,pending,EUR,12.00,2.08,12.00,2026-09-20 09:00:00 +0200,1,12.00,0
"""
SHOPIFY_NEXT = """\
Name,Email,Financial Status,Currency,Subtotal,Taxes,Total,Created at,Lineitem quantity,Lineitem price,Refunded Amount
#1004,cees@mail.nl,paid,EUR,1.234,0.21,1.234,2026-10-03 20:39:37 +0200,1,1.234,0
"""
LIGHTSPEED = """\
Bestelnummer;Besteldatum;Status;E-mail;Totaal incl. btw;Totaal excl. btw
ORD1;03/09/2026;Voltooid;anna@mail.nl;€ 121,00;€ 100,00
ORD2;14/09/2026;Geannuleerd;bram@mail.nl;€ 12,10;€ 10,00
ORD3;20/09/2026;Voltooid;anna@mail.nl;€ 24,20;€ 20,00
"""
# Three rows that by themselves say neither which part is the day nor whether 1.000 is a thousand
LIGHTSPEED_NEXT = """\
Bestelnummer;Besteldatum;Status;E-mail;Totaal incl. btw;Totaal excl. btw
ORD4;03/10/2026;Voltooid;anna@mail.nl;€ 1.210;€ 1.000
ORD5;04/10/2026;Geannuleerd;bram@mail.nl;€ 1.210;€ 1.000
ORD6;05/10/2026;Voltooid;cees@mail.nl;€ 2.420;€ 2.000
"""


def read(path, recipe=None, columns=None, **choices):
    """A table of transactions, as the command line reads it."""
    return read_table(
        Path(path), TRANSACTIONS, today=TODAY, columns=columns, reading=Reading(**choices), recipe=recipe
    )


def again(recipe):
    """A recipe after it was a file."""
    return from_text(as_text({"transacties": recipe}), ("transacties",), "recept.json")["transacties"]


def since(checked):
    """What its report says of changes."""
    return [note for note in checked.quality.notes if note.startswith("Sinds de vorige keer")]
