"""The command line: commands, Dutch argument parsing, progress, the demo."""
