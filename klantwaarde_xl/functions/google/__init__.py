"""The functions for Google Sheets: one Apps Script file, from the same closed forms as the LAMBDAs.

`javascript.py` writes a formula's tree as JavaScript; `script.py` makes the file, with a Dutch description
for each function; `runtime.js` has what the formulas call: a spreadsheet's functions and its errors.
"""
