"""Probability models of buying and staying, each a module with the same small face.

`fit` estimates the parameters from customers; `p_alive`, `expected`, `conditional_expected` and
`pmf` follow from them. Arrays in, arrays out; time in any unit, as long as it is one unit.
scipy is imported inside the functions, so that listing the models costs nothing.
"""
