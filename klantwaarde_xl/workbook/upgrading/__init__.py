"""An older workbook brought to the present version of its template, with all that its user made in it."""
