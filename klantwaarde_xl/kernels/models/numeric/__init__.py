"""Functions that would overflow or cancel when written as published."""
