"""Every reason for which a kernel has no answer, in Dutch: each sentence once, a file per room.

A kernel raises `refused.NAME(field=…)`; the fields are those in braces in the sentence. It imports its
room as `refused`, and sentences of more than one room as `shared`.
"""
