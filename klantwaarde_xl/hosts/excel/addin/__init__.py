"""Our own add-in for Excel on Windows, `klantwaarde_xl.xlam`, built from the registry without Excel.

`wrappers` renders a function of VBA for every declaration, and what the function wizard shows of it;
`vba/` holds the modules that are the same for all (the door to Python, cells in, cells out, the
ribbon's one callback); `tab` is the ribbon; `build` puts it all into a file. xlwings stays the base
(its DLL, its COM server, its `Book`); none of its VBA comes along.
"""
