"""The command line: its words in Dutch, what each command does, progress, the demo."""

import gc

from klantwaarde_xl.threads import keep_to_one

keep_to_one()
# What a command makes by the hundred thousand (rows, parts of formulas) has no circles: to look for these
# after every few hundred new objects, as Python does, took a tenth of a refresh, and after every hundred
# thousand still a thirtieth
gc.set_threshold(1_000_000, 20, 20)
