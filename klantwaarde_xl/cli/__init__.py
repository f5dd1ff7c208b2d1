"""The command line: its words in Dutch, what each command does, progress, the demo."""
