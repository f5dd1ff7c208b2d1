"""The command line: its words in Dutch, what each command does, progress, the demo."""

from klantwaarde_xl.threads import keep_to_one

keep_to_one()
