"""Forecasts from a log, a summary or typed parameters, and how far to believe them."""
