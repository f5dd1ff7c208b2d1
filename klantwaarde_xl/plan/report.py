"""What a refresh did, the same for every host, and the words in which every host tells it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.plan.lost import LOST_SHEET, Lost, Shifted
from klantwaarde_xl.plan.resolve import Resolved, TableChange
from klantwaarde_xl.xlsx.values import Covering

_SHOWN = 8  # lost values that a message names; the sheet has them all


@dataclass(frozen=True)
class Filled:
    """A result that was written: its title, how many rows, and what one and more of them are called."""

    title: str
    rows: int
    counted: tuple[str, str] = ("rij", "rijen")

    def __str__(self) -> str:
        return f"{self.title}: {format_number(self.rows, 0)} {self.counted[self.rows != 1]}"


@dataclass(frozen=True)
class Report:
    """What a refresh changed, and what its user should know.

    rows: per result. changes: what is new in the data, each a piece of a sentence. moved: rows that stand
    elsewhere now, with what the user had there; apart: columns of theirs that did not go along. cleared:
    title of a table, and `filter` or `sortering`.
    lost: the user's own values whose row is gone, over: formulas where the program writes; they stand on the
    sheet `Vervallen rijen`, as do retyped: their values there, and by_hand: rows of theirs that no file has.
    pointed: formulas that show another row than before. short: title and name of each table with ranges over
    its rows that end before the last of them. truncated:
    texts cut at the limit of a cell. notices: other things to know, each a sentence.
    is_same: whether all figures are those of the last refresh.
    """

    rows: tuple[Filled, ...] = ()
    cleared: tuple[tuple[str, str], ...] = ()
    lost: tuple[Lost, ...] = ()
    truncated: int = 0
    notices: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    moved: int = 0
    apart: tuple[str, ...] = ()
    over: tuple[Lost, ...] = ()
    pointed: tuple[Shifted, ...] = ()
    short: tuple[tuple[str, str, tuple[Covering, ...]], ...] = ()
    retyped: tuple[Lost, ...] = ()
    by_hand: tuple[Lost, ...] = ()
    is_same: bool = False

    @property
    def kept(self) -> tuple[Lost, ...]:
        """All that the sheet `Vervallen rijen` got."""
        return (*self.lost, *self.over, *self.retyped, *self.by_hand)


def report_of(resolved: Resolved, *, cleared: Sequence[tuple[str, str]] = (), truncated: int = 0) -> Report:
    """The report of a plan that was carried out; cleared: name of a table, and what was cleared."""
    titles = {change.name: change.write.called for change in resolved.tables}
    writes = [change.write for change in resolved.tables]
    return Report(
        rows=tuple(Filled(write.called, len(write.rows), write.counted) for write in writes),
        cleared=tuple((titles.get(name, name), what) for name, what in cleared),
        lost=resolved.lost,
        over=resolved.over,
        retyped=resolved.retyped,
        by_hand=resolved.by_hand,
        is_same=resolved.is_same,
        pointed=resolved.pointed,
        short=tuple(
            (change.write.called, change.name, change.short) for change in resolved.tables if change.short
        ),
        truncated=truncated,
        notices=resolved.plan.notices,
        changes=resolved.plan.changes,
        moved=sum(change.moved for change in resolved.tables if change.moves),
        apart=tuple(_stays(change) for change in resolved.tables if change.apart and _is_other(change)),
    )


def _is_other(change: TableChange) -> bool:
    """Whether a row stands elsewhere, or is gone."""
    return bool(change.moved) or sum(source is not None for source in change.sources) < change.old


def _stays(change: TableChange) -> str:
    columns = "kolom" if len(change.apart) == 1 else "de kolommen"
    letters = " en ".join(filter(None, (", ".join(change.apart[:-1]), change.apart[-1])))
    return f"{columns} {letters} naast {change.write.called}"


def in_words(report: Report, *, done: bool = True) -> list[str]:
    """The report as lines of Dutch: what was filled, then what to mind.

    done: False for what a refresh would do, with every value that goes, because no sheet has these yet.
    """
    lines = ["Het werkboek is ververst." if done else "Na het verversen:"]
    if report.changes:
        lines.append(f"Sinds de vorige keer: {', '.join(report.changes)}.")
    if report.is_same:
        lines.append(f"Er {'veranderde' if done else 'verandert'} niets: {_SAME}.")
    else:
        lines += [str(filled) for filled in report.rows]
    if report.moved:
        one = report.moved == 1
        rows = "1 rij staat" if one else f"{format_number(report.moved, 0)} rijen staan"
        what = "wat u in of tegen de tabel zette" if report.apart else "wat u erbij zette"
        lines.append(f"{rows} nu ergens anders; {what}, ging mee.")
    lines += [
        f"Let op: wat in {where} staat, ging niet met de rijen mee: het staat los van de tabel. "
        "Zet het in een kolom van de tabel zelf (in LibreOffice en in een gesloten bestand mag ook: er vlak "
        "tegenaan), dan gaat het voortaan mee."
        for where in report.apart
    ]
    lines += [f"Let op: {notice}" for notice in report.notices]
    lines += [f"Let op: {_CLEARED[what]} van {title} is gewist." for title, what in report.cleared]
    if report.truncated:
        texts = "tekst was" if report.truncated == 1 else "teksten waren"
        kept = "is" if report.truncated == 1 else "zijn"
        lines.append(f"Let op: {report.truncated} {texts} te lang voor een cel en {kept} afgekapt.")
    if report.lost:
        lines += [f"Let op: {_belonged(report.lost)} en {_stand(report.lost)} nu op het blad {LOST_SHEET}:"]
        lines += _listed(report.lost, _SHOWN if done else None)
    for told, found in _replaced(report):
        lines += [f"Let op: {told} op het blad {LOST_SHEET}:", *_listed(found, _SHOWN if done else None)]
    if report.pointed:
        lines += [f"Let op: {_point(len(report.pointed))}. Zoek een cijfer liever op naam, met X.ZOEKEN:"]
        lines += _listed(report.pointed, _SHOWN if done else None)
    for title, table, short in report.short:
        ranges = "1 bereik ziet" if len(short) == 1 else f"{len(short)} bereiken zien"
        lines.append(
            f"Let op: {ranges} niet alle rijen van {title}, want cellen groeien hier niet mee. "
            f"Schrijf {table}[kolom] in plaats van de cellen:"
        )
        lines += _listed([f"{one.said}: {one.target}" for one in short], _SHOWN if done else None)
    return lines


def warning(resolved: Resolved) -> list[str]:
    """What to ask before a refresh that takes the user's own values from where they are; nothing without."""
    lines = []
    if resolved.lost:
        lines = [f"{_belonged(resolved.lost)}. Na het verversen staat dat op het blad {LOST_SHEET}:"]
        lines += _listed(resolved.lost, _SHOWN)
    for told, found in _replaced(resolved):
        lines += [f"{told[0].upper()}{told[1:]} op het blad {LOST_SHEET}:", *_listed(found, _SHOWN)]
    return lines


def _replaced(found: Report | Resolved) -> Iterator[tuple[str, Sequence[Lost]]]:
    """What the user made where the program writes, of each kind that there is: in words, and which."""
    if found.over:
        yield _was_over(found.over), found.over
    if found.retyped:
        yield _was_retyped(found.retyped), found.retyped
    if found.by_hand:
        yield _was_by_hand(found.by_hand), found.by_hand


_SAME = "alle cijfers zijn dezelfde als na de vorige verversing"
_CLEARED = {"filter": "het filter", "sortering": "de sortering"}


def _belonged(lost: Sequence[Lost]) -> str:
    if len(lost) == 1:
        return "1 waarde van uzelf hoort bij een rij die er niet meer is"
    return f"{format_number(len(lost), 0)} waarden van uzelf horen bij rijen die er niet meer zijn"


def _point(many: int) -> str:
    if many == 1:
        return "1 formule, naam, vorm of koppeling wijst naar een rij waar nu een andere staat"
    counted = f"{format_number(many, 0)} formules, namen, vormen en koppelingen"
    return f"{counted} wijzen naar rijen waar nu andere staan"


def of_untied(sheets: Sequence[str]) -> list[str]:
    """Words for controls that filled a cell of a row that is gone; sheets: where each of them stands."""
    lines = []
    for sheet, many in Counter(sheets).items():
        controls = "1 besturingselement" if many == 1 else f"{many} besturingselementen"
        fills = "vulde" if many == 1 else "vulden"
        lines.append(
            f"{controls} op blad {sheet} {fills} een cel in een rij die er niet meer is, en "
            f"{'vult' if many == 1 else 'vullen'} nu niets."
        )
    return lines


def of_numbers(columns: Sequence[tuple[str, str]], titles: Mapping[str, str]) -> list[str]:
    """Words for columns of formulas that new rows did not get: by table, whose titles are given."""
    return [
        f"de formules in kolom {letter} van {titles.get(table, table)} kijken per rij naar een ander blad of "
        "naast de tabel, op rijnummer; nieuwe rijen kregen er geen. Zoek liever op naam, met X.ZOEKEN."
        for table, letter in columns
    ]


def _was_over(over: Sequence[Lost]) -> str:
    if len(over) == 1:
        return "in een cel die Klantwaarde XL vult stond een formule van uzelf; na het verversen staat die"
    many = format_number(len(over), 0)
    return f"in {many} cellen die Klantwaarde XL vult stonden formules van uzelf; na het verversen staan die"


def _was_retyped(retyped: Sequence[Lost]) -> str:
    if len(retyped) == 1:
        return "in een cel die Klantwaarde XL vult typte u een waarde; na het verversen staat die"
    many = format_number(len(retyped), 0)
    return f"in {many} cellen die Klantwaarde XL vult typte u een waarde; na het verversen staan die"


def _was_by_hand(rows: Sequence[Lost]) -> str:
    if len(rows) == 1:
        return (
            "1 rij typte of wijzigde u in een tabel die uit een bestand komt, en dat bestand heeft haar niet "
            "zo. Zet haar daarin; na het verversen staat zij"
        )
    return (
        f"{format_number(len(rows), 0)} rijen typte of wijzigde u in een tabel die uit een bestand komt, en "
        "dat bestand heeft ze niet zo. Zet ze daarin; na het verversen staan zij"
    )


def _stand(lost: Sequence[Lost]) -> str:
    return "staat" if len(lost) == 1 else "staan"


def _listed(lost: Sequence[Lost | Shifted | str], most: int | None) -> list[str]:
    lines = [f"  {one}" for one in lost[:most]]
    rest = len(lost) - len(lines)
    return [*lines, f"  … en nog {format_number(rest, 0)}"] if rest > 0 else lines
