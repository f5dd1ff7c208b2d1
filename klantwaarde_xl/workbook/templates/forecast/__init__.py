"""The forecast of customers: who still is one, what they will buy and be worth, and whether to believe it.

Sheets, in the order in which figures flow: Start, Instellingen, Gegevens, Klanten, Model, Verloop,
Prognose, Controle.
"""
