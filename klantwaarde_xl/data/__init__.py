"""The user's files to checked tables, and tables to an analysis."""
