"""THE declaration of every spreadsheet function, and the one adapter between cells and kernels.

`registry.REGISTRY` holds all declarations; `adapter.call.call` computes one from cells, for any host.
"""
