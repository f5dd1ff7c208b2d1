"""The zip for Windows: Python itself, the product, what it needs, and the add-in, to unpack and double-click.

`lock` says which packages, by version and hash; `fetch` brings them; `unpack` lays them out as Windows'
Python finds them; `build` makes the folder and the zip.
"""
