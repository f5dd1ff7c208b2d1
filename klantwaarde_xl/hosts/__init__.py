"""Where functions are called and a refresh plan is applied: Excel, LibreOffice, plain formulas."""
