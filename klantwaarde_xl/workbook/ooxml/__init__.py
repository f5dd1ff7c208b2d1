"""The file format: a zip of XML parts, read and edited so that nothing else in it changes.

`workbook.package` is the way in; nothing outside imports from here except saving and the guard.
"""
