"""Contracts: projections from a retention series, and the value of one contract."""
