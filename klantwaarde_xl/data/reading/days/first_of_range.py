"""Days that are a range, `05-01 t/m 08-01` of a stay or a week: the first of them is the day of the sale."""

from __future__ import annotations

import re
from collections.abc import Sequence

from klantwaarde_xl.data.reading.cells.rewritten import rewrite
from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.sources.marked import MARK
from klantwaarde_xl.dutch import MONTH_NUMBER, MONTHS

_NAMES = "|".join(sorted(MONTH_NUMBER, key=len, reverse=True))
# Of the first and of the last day of a range: @ is the number of it
_TIME = r"(?:,? ?\d{1,2}:\d{2}(?::\d{2})?)?"
_ISO = rf"(?P<iso@>\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}){_TIME}"
_NUMBERS = rf"(?P<d@>\d{{1,2}})(?P<sign@>[-/.])(?P<m@>\d{{1,2}})(?:[-/.](?P<y@>\d{{4}}|\d{{2}}))?{_TIME}"
_NAMED = rf"(?P<dn@>\d{{1,2}})\.?(?:[- ](?P<n@>{_NAMES})\.?)?(?:[- ](?P<yn@>\d{{4}}))?"
_DAY = rf"(?:[a-z]{{2,9}}\.?,? )?(?:{_ISO}|{_NUMBERS}|{_NAMED})"
_WORDS = r"t\s?/\s?m|tot en met|t\.?e\.?m\.?|tot|until|till|through|thru|to|bis|au|–|—|→|->"
_FROM, _TO = (_DAY.replace("@", number) for number in "12")
_RANGE = re.compile(rf"{_FROM}(?:\s*(?:{_WORDS})\s*|\s+-\s+){_TO}")
_ONE = re.compile(_FROM)


def take_first_days(export: Export, first: Sequence[str]) -> bool:
    """Write the first day of each range in its place, where all cells with a figure are ranges or days.

    first: the first texts of the column. Returns whether that was done.
    """
    if not any(first_of(text.lower()) for text in first):
        return False
    shown = f"lower(ltrim({export.shown('datum')}, '{MARK}'))"
    texts = [text for (text,) in export.rows(f"select distinct {shown} from raw") if re.search(r"\d", text)]
    days = {text: day for text in texts if (day := first_of(text))}
    if any(text not in days and not _ONE.fullmatch(text) for text in texts):
        return False
    rewrite(export, "datum", shown, days)
    one = next((text.lower() for text in first if text.lower() in days), next(iter(days)))
    export.say("datum", f"{one!r} is meer dan één dag: de eerste telt")
    return True


def first_of(text: str) -> str | None:
    """The first day of a range in small letters, with the month and year that only the last one has.

    None for what is no range.
    """
    found = _RANGE.fullmatch(text)
    if found is None:
        return None
    part = found.groupdict()
    if part["iso1"]:
        return part["iso1"]
    if part["d1"]:
        year = part["y1"] or _year(part["y2"], part["m1"], part["m2"]) or (part["iso2"] or "")[:4]
        if not year and part["sign1"] != "/" and 1 <= int(part["m1"]) <= len(MONTHS):
            return f"{int(part['d1'])} {MONTHS[int(part['m1']) - 1]}"  # which no year and month can be
        return part["sign1"].join(filter(None, [part["d1"], part["m1"], year]))
    month = part["n1"] or part["n2"]
    if not month:
        return None
    number, last = (str(MONTH_NUMBER[name]) if name else None for name in (month, part["n2"]))
    year = part["yn1"] or _year(part["yn2"], number, last)
    return " ".join(filter(None, [part["dn1"], month, year]))


def ends_of(text: str) -> tuple[str, str] | None:
    """The first and the last day of a range whose days are both as ISO 8601 has them; None for any other."""
    found = _RANGE.fullmatch(text)
    if found is None or not (found["iso1"] and found["iso2"]):
        return None
    first, last = (re.sub("[/.]", "-", found[name]) for name in ("iso1", "iso2"))
    return first, last


def _year(last: str | None, month: str | None, last_month: str | None) -> str:
    """The year that only the last day has; the one before it, where the months run on in January."""
    if not last:
        return ""
    before = month is not None and last_month is not None and int(month) > int(last_month)
    return str(int(last) - before).zfill(len(last))
