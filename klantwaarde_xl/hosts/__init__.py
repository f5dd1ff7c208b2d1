"""Where functions are called and a refresh plan is applied: Excel, LibreOffice, plain formulas."""

from klantwaarde_xl.threads import keep_to_one

keep_to_one()
