"""A column of cells to values of its kind: numbers, days, currencies, periods."""
