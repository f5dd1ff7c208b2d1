"""What runs inside LibreOffice's own Python (3.8 or later): the standard library and uno, nothing else.

In the extension this folder is the package `klantwaarde_calc`; the worker imports `wire` from here
too, so both ends of the pipe share one definition of a message.
"""
