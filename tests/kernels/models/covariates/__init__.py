"""Characteristics of customers and what they do."""
