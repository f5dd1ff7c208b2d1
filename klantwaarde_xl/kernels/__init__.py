"""The computations: arrays in, numbers out. numpy (and scipy) only; no host, no file.

A kernel named *elementwise* broadcasts its arguments and marks each element that has no
value with the NaN of a cell error; other kernels raise a `FunctionError`.
"""
