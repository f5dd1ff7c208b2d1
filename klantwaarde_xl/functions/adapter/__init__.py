"""Cells to arrays to a kernel and back to cells: once, for every host; never raises."""
