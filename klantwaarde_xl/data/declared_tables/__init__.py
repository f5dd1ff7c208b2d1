"""The input tables beside transactions and costs, each declared in a file of its own."""

from klantwaarde_xl.data.declared_tables.addresses import ADRESSEN
from klantwaarde_xl.data.declared_tables.budget import BUDGET
from klantwaarde_xl.data.declared_tables.busy_days import DRUKTE
from klantwaarde_xl.data.declared_tables.contracts import CONTRACTEN
from klantwaarde_xl.data.declared_tables.customers import KLANTEN
from klantwaarde_xl.data.declared_tables.goals import DOELEN
from klantwaarde_xl.data.declared_tables.prices import PRIJZEN
from klantwaarde_xl.data.declared_tables.products import PRODUCTEN
from klantwaarde_xl.data.declared_tables.survey import ENQUETE

OTHERS = (ENQUETE, CONTRACTEN, DOELEN, PRIJZEN, KLANTEN, DRUKTE, ADRESSEN, PRODUCTEN, BUDGET)
