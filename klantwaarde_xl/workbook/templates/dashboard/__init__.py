"""The customer value dashboard: from transactions to key figures, segments and a calculator.

Sheets, in the order in which figures flow: Start, Instellingen, Gegevens, KPI, RFM, Berekening,
Rekenhulp, Dashboard, Controle.
"""
