"""The functions as named LAMBDAs of Excel: a workbook carries them, and nothing needs to be installed.

`definition.py` makes one from a declaration; `reading.py` reads its arguments as the adapter does;
`writing.py` writes it as files hold it, and as a user types it.
"""
