"""Days that are of a person, or of what comes after a sale: none is proposed before the day of one."""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.naming.headers import plain

_OF_BIRTH = re.compile("geboort|gebdat|birth|^dob$|geburt|naissance|nacimiento|nascita|nascimento|verjaardag")
_LATER = re.compile(
    "due|verval|uiterste|fallig|faellig|echeance|vencim|scadenza|limit|until|deadline|^eta$|expected|verwacht|"
    "estimated|planned|gepland|since|sinds|member|lidmaat|regist"
)


def is_of_birth(header: str) -> bool:
    """Whether a header is of the day on which somebody was born."""
    return _OF_BIRTH.search(plain(header)) is not None


def is_later(header: str) -> bool:
    """Whether by a header a day is one by which something is due or expected, or of somebody's account."""
    return _LATER.search(plain(header)) is not None
