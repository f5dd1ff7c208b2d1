"""Closed forms for named LAMBDAs that are more than a cell's formula: with LET, MAP, SCAN, sums over series.

In the notation of files without prefixes; `{argument}` is the argument as `functions/lambdas/reading.py`
read it: a number of one row, or a column of numbers or names without blanks. Where a form keeps nine
digits in a part of its range only, `na` says #N/A for the rest.
"""
