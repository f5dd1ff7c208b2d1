"""Data that several examples share, and the results they have."""
