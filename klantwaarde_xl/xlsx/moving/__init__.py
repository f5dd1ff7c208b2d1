"""Sheets of one workbook put in the place of those of another, with what its user made on these."""
