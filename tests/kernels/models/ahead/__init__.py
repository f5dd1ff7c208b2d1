"""Tests of what is still to come."""
