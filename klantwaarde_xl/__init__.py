"""Klantwaarde XL: customer value in the spreadsheet.

Importing this package loads nothing heavy; what a job needs is imported when it runs.
"""

__version__ = "0.1.0"
