"""A name as one word of a command, so that what a message says to type can be typed as it stands."""

from __future__ import annotations

import os
import re
import shlex

_PLAIN = re.compile(r"[\w./\\:@%+=,~-]+")
_IN_QUOTES_TOO = re.compile(r'["$`!\\]')  # what a shell reads between double quotes as something else


def as_typed(name: object, *, ends_sentence: bool = False) -> str:
    """Return a file, folder or other name as it is typed in a command: in quotes where it needs them.

    ends_sentence: a full stop follows, which quotes keep out of the name.
    """
    text = str(name)
    if (
        not ends_sentence
        and _PLAIN.fullmatch(text)
        and not text.startswith(("-", "~"))
        and ("\\" not in text or os.name == "nt")
    ):
        return text
    if os.name != "nt" and _IN_QUOTES_TOO.search(text):
        return shlex.quote(text)
    return f'"{text}"'
