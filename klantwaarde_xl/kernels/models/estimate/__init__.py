"""Estimation: the search, what it searches on, its cache, intervals, likelihood ratios."""
