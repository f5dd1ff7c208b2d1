"""A workbook file: a zip of XML parts, read and edited so that nothing else in it changes.

`package` is the way in.
"""
