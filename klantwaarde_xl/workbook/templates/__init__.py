"""The ready-made workbooks, one file each: which parts, where, fed by which result tables."""
