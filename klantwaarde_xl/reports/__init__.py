"""Kernels' results as Dutch tables for people."""
