"""The values that a workbook's formulas show, computed without a spreadsheet program.

The engine evaluates what Excel has; our own functions it does not know. Their calls are taken out
of the formulas (`prepare.py`), the kernels compute them, and the formulas get the results; repeated
until nothing changes, because our functions may stand on formulas that stand on our functions.

A value is right or it is not there: what the engine may compute otherwise than Excel, and all that
stands on it, has none.
"""

from __future__ import annotations

import logging
import time
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from klantwaarde_xl.addresses import Area, address
from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.adapter.call import call
from klantwaarde_xl.limits import call_seconds
from klantwaarde_xl.plan.plan import Value
from klantwaarde_xl.workbook.formulas.bounded import all_prepared
from klantwaarde_xl.workbook.formulas.digested import reads_held
from klantwaarde_xl.workbook.formulas.engine_values import (
    content_of,
    fifteen_digits,
    is_engines_own,
    literal_of,
    value_of,
)
from klantwaarde_xl.workbook.formulas.fitting import LARGEST_BLOCK, Rows, fits_its_place, fitted
from klantwaarde_xl.workbook.formulas.precedents import Precedents
from klantwaarde_xl.workbook.formulas.prepared import (
    Branch,
    Check,
    Constant,
    Given,
    Parts,
    Prepared,
    Probe,
    Rule,
    Site,
    Takes,
)
from klantwaarde_xl.workbook.formulas.rules import rule_holds
from klantwaarde_xl.workbook.ironcalc import Engine, EngineAway, EngineFailed, Shown, scratch_beside
from klantwaarde_xl.xlsx.areas import Cells
from klantwaarde_xl.xlsx.large_sheets import unpacked
from klantwaarde_xl.xlsx.odd_cells import Place, booleans, oddly_written
from klantwaarde_xl.xlsx.package import Package

Values: TypeAlias = "dict[str, dict[str, Value]]"

log = logging.getLogger(__name__)

_DISTRUSTED = {Rule.NOT_ENGINES: (CellError.VALUE,), Rule.TRUSTED: (CellError.VALUE, CellError.NUM)}
_MOST_ROUNDS = 100  # as deep as our functions may stand on each other
_NOT_COMPUTED = (
    "de formules zijn hier niet uitgerekend: {why}. Bij het openen van het werkboek gebeurt het alsnog."
)
_TOO_MUCH = _NOT_COMPUTED.format(why="dat vraagt te veel")
_CALLS_NOT_COMPUTED = (
    "niet alle formules met functies van Klantwaarde XL zijn hier uitgerekend, omdat dat te lang duurt; "
    "bij het openen van het werkboek gebeurt het alsnog."
)
_PROBES, _BLOCKS = 1, 3  # columns of the scratch sheet


def refill(package: Package) -> tuple[str, ...]:
    """Give every formula cell of a package the value it shows; none where it cannot be known.

    Returns what the user should know: sentences about formulas that took too much to compute. Raises as
    `recalculate`.
    """
    with unpacked(package.structure):
        values, notices = _recalculated(package)
        package.write_cached(values, filled=values)
    return notices


def recalculate(package: Package) -> Values:
    """Evaluate every formula: sheet to address to value, the cells that array formulas fill included.

    None for a cell whose value cannot be known here. Raises `WorkbookUnsafe` for array formulas that
    fill more cells than `limits` allows.
    """
    return _recalculated(package)[0]


def _recalculated(package: Package) -> tuple[Values, tuple[str, ...]]:
    formulas = all_prepared(package)
    if formulas is None:
        return {sheet: dict.fromkeys(cells) for sheet, cells in package.formulas().items()}, (_TOO_MUCH,)
    if any(reads_held(one, package.held) for one in formulas):
        package.fill()
        formulas = all_prepared(package) or []
    shown: Mapping[int, Rows] = {}
    notices: tuple[str, ...] = ()
    odd = package.cells_that(oddly_written)  # the engine makes other values of these
    if formulas:
        try:
            scratch = scratch_beside(package.sheet_names())
            with Engine(lambda path: package.save_cells(path, (scratch,))) as engine:
                engine.write((sheet, *place) for sheet, places in odd.items() for place in places)
                seconds = call_seconds(engine.size)
                found = _Calculation(engine, scratch, formulas, package.cells_that(booleans), seconds)
                shown, notices = found.run(), found.notices
        except EngineAway as error:
            notices = (_NOT_COMPUTED.format(why=error),)
        except EngineFailed as error:
            log.info("Formules hebben geen waarde gekregen: %s", error)
            notices = (_TOO_MUCH,)
    return _values(formulas, shown), notices


def _values(formulas: Sequence[Prepared], shown: Mapping[int, Rows]) -> Values:
    values: Values = {}
    for number, one in enumerate(formulas):
        area, rows = one.cell.fills, shown.get(number)
        cells = values.setdefault(one.sheet, {})
        for row in range(area.top, area.bottom + 1):
            for column in range(area.left, area.right + 1):
                value = rows[row - area.top][column - area.left] if rows else None
                cells[address(row, column)] = value
    return values


class _Calculation:
    """One workbook in the engine, and its formulas made ready."""

    def __init__(
        self,
        engine: Engine,
        scratch: str,
        formulas: Sequence[Prepared],
        booleans: Mapping[str, Sequence[Place]],
        seconds: float,
    ) -> None:
        self._end = time.process_time() + seconds  # then our functions have taken enough
        self._booleans: dict[tuple[str, int], list[int]] = {}  # sheet and column → rows, in order
        for sheet, places in booleans.items():
            for row, column, _ in places:
                self._booleans.setdefault((sheet, column), []).append(row)
        self._engine, self._scratch, self._formulas = engine, scratch, formulas
        self._sites = [site for one in formulas for site in one.sites]
        self._probes = self._all_probes()
        self._arguments: dict[Site, list[Any]] = {}
        self._unsettled: set[Site] = set()
        self._taken: dict[Branch, bool] = {}  # without those of which it is not known
        self._free = 1  # the first free row for blocks on the scratch sheet

    def _all_probes(self) -> list[Probe]:
        found: dict[int, Probe] = {}
        for one in self._formulas:
            asked = [check.target for check in one.checks] + [given for s in one.sites for given in s.given]
            found |= {id(probe): probe for probe in asked if isinstance(probe, Probe)}
        for row, probe in enumerate(found.values(), 1):
            probe.row = row
        return list(found.values())

    def run(self) -> Mapping[int, Rows]:
        """Return the values of the formulas whose values can be known."""
        self._settle()
        shown = self._shown()
        for one, rows in zip(self._formulas, shown, strict=True):
            for row, line in enumerate(rows, one.cell.fills.top):
                for column, value in enumerate(line, one.cell.fills.left):
                    if isinstance(value, bool):
                        insort(self._booleans.setdefault((one.sheet, column), []), row)
        roots = {number for number, one in enumerate(self._formulas) if not one.known}
        roots |= self._broken_rules()
        roots |= {n for n, one in enumerate(self._formulas) if self._unsettled.intersection(one.sites)}
        values = {
            number: rows
            for number, rows in enumerate(shown)
            if number not in roots and self._is_known(self._formulas[number], rows)
        }
        roots |= set(range(len(self._formulas))) - set(values)
        unknown = Precedents(self._formulas).unknown(roots)
        return {number: rows for number, rows in values.items() if number not in unknown}

    # ── our calls ─────────────────────────────────────────────────────────────────────────────

    @property
    def notices(self) -> tuple[str, ...]:
        """What the user should know: that some of our calls were not computed."""
        return (_CALLS_NOT_COMPUTED,) if time.process_time() > self._end and self._unsettled else ()

    def _settle(self) -> None:
        """Compute until the results of our calls no longer change, or have taken too long."""
        self._write(self._formulas)
        self._write(self._probes)
        for _ in range(_MOST_ROUNDS):
            self._engine.evaluate()
            self._unsettled = self._compute()
            if not self._unsettled or time.process_time() > self._end:
                return
            self._set_texts()
            self._write([one for one in self._formulas if self._unsettled.intersection(_sites(one.parts))])
            self._write([one for one in self._probes if self._unsettled.intersection(_sites(one.parts))])

    def _compute(self) -> set[Site]:
        """Compute the calls whose arguments changed; return those whose results did."""
        wanted = dict.fromkeys(
            self._place(given)
            for site in self._sites
            for given in site.given
            if isinstance(given, (Cells, Probe))
        )
        read = dict(zip(wanted, self._engine.read([self._used(cells) for cells in wanted]), strict=True))
        changed = set()
        for site in self._sites:
            if time.process_time() > self._end:
                changed.add(site)
                continue
            arguments = [self._argument(given, read) for given in site.given]
            if self._arguments.get(site) == arguments:
                continue
            self._arguments[site] = arguments
            result = call(site.spec, arguments) if site.spec else fifteen_digits(arguments[0])
            if result != site.result:
                site.result = result
                changed.add(site)
        return changed

    def _place(self, given: Cells | Probe) -> Cells:
        if isinstance(given, Cells):
            return given
        return Cells(self._scratch, Area(given.row, _PROBES, given.row, _PROBES))

    def _used(self, cells: Cells) -> Cells:
        return self._engine.used(cells) if cells.is_whole else cells

    def _argument(self, given: Given, read: Mapping[Cells, list[list[Shown]]]) -> Any:
        """What a kernel gets: a value, or rows of values."""
        if isinstance(given, Constant):
            return given.value
        if isinstance(given, Site):
            return given.result
        rows = [[value_of(one) for one in row] for row in read[self._place(given)]]
        return rows[0][0] if len(rows) == 1 and len(rows[0]) == 1 else rows

    # ── formulas in the engine ────────────────────────────────────────────────────────────────

    def _write(self, ready: Sequence[Prepared | Probe]) -> None:
        """Put formulas and expressions in the engine, with the results of our calls so far."""
        cells: list[Any] = []
        for one in ready:
            if isinstance(one, Probe):
                cells.append((self._scratch, one.row, _PROBES, [_text(one.parts)]))
            elif one.parts:
                area = one.cell.fills
                size = [area.bottom - area.top + 1, area.right - area.left + 1] if one.cell.is_array else []
                cells.append((one.sheet, area.top, area.left, [_text(one.parts), *size]))
        self._engine.write(cells)

    def _set_texts(self) -> None:
        for one in self._formulas:
            for site in one.sites:
                if site in self._unsettled:
                    self._set_text(one, site)

    def _set_text(self, one: Prepared, site: Site) -> None:
        """The text that stands for a call: its value, or the block of cells that holds its table."""
        rows = site.rows()
        if one.is_call and one.cell.is_array and site is one.sites[-1]:
            rows = fitted(rows, one) or [[CellError.NA]]
        is_single = len(rows) == 1 and len(rows[0]) == 1
        if is_single or site.takes is Takes.FIRST:
            site.text = literal_of(rows[0][0])
        elif site.takes is Takes.ONE or len(rows) * len(rows[0]) > LARGEST_BLOCK:
            site.text = "#N/A"
        else:
            site.text = self._block(rows)

    def _block(self, rows: Rows) -> str:
        """Write a table on the scratch sheet and return its address."""
        top, self._free = self._free, self._free + len(rows) + 1
        cells = [
            (self._scratch, row, column, content_of(value))
            for row, line in enumerate(rows, top)
            for column, value in enumerate(line, _BLOCKS)
        ]
        self._engine.write(cells)
        area = Area(top, _BLOCKS, top + len(rows) - 1, _BLOCKS + len(rows[0]) - 1)
        return Cells(self._scratch, area).text

    # ── what is known ─────────────────────────────────────────────────────────────────────────

    def _shown(self) -> list[Rows]:
        """The values of all formulas, in rows."""
        shown: list[Rows] = list(self._engine.read([one.fills for one in self._formulas]))
        for number, one in enumerate(self._formulas):
            if one.is_call and one.known:
                rows = one.sites[-1].rows()
                shown[number] = (fitted(rows, one) or []) if one.cell.is_array else [[rows[0][0]]]
        return shown

    def _broken_rules(self) -> set[int]:
        """The formulas with a value in them that another country, or Excel, takes otherwise."""
        checks = {check: number for number, one in enumerate(self._formulas) for check in one.checks}
        failed = self._failed(checks)
        errors = [site for site in self._sites if any(CellError.VALUE in row for row in site.rows())]
        self._look_at([one for check in failed for one in check.within])
        self._look_at([one for site in errors for one in site.within])
        broken = {
            checks[check]
            for check in failed
            if all(self._taken.get(one, True) for one in check.within)  # in doubt it counts
        }
        for number, one in enumerate(self._formulas):
            if any(not fits_its_place(one, site) for site in one.sites):
                broken.add(number)
        return broken

    def _failed(self, checks: Iterable[Check]) -> list[Check]:
        """The rules that do not hold."""
        asked, failed = [], []
        for check in checks:
            if check.rule is not Rule.NO_BOOLEAN:
                asked.append(check)
            elif isinstance(check.target, Cells) and self._has_boolean(check.target):
                failed.append(check)
        wanted = dict.fromkeys(self._place(c.target) for c in asked if not isinstance(c.target, Site))
        read = dict(zip(wanted, self._engine.read([self._used(cells) for cells in wanted]), strict=True))
        for check in asked:
            if isinstance(check.target, Site):
                values = [value for row in check.target.rows() for value in row]
            else:
                values = [value for row in read[self._place(check.target)] for value in row]
            if check.rule in _DISTRUSTED and not isinstance(check.target, Site):
                holds = not any(is_engines_own(v) or v in _DISTRUSTED[check.rule] for v in values)
            else:
                holds = all(rule_holds(check.rule, value) for value in values)
            if not holds:
                failed.append(check)
        return failed

    def _has_boolean(self, cells: Cells) -> bool:
        sheet, area = cells
        return any(
            bisect_left(rows, area.top) < bisect_right(rows, area.bottom)
            for (where, column), rows in self._booleans.items()
            if where == sheet and area.left <= column <= area.right
        )

    def _look_at(self, branches: Iterable[Branch]) -> None:
        """Find out which branches are taken."""
        asked = [one for one in dict.fromkeys(branches) if not one.chooses.row]
        if not asked:
            return
        for row, one in enumerate(asked, len(self._probes) + 1):
            one.chooses.row = row
        self._probes += [one.chooses for one in asked]
        self._write([one.chooses for one in asked])
        self._engine.evaluate()
        chosen = self._engine.read([self._place(one.chooses) for one in asked])
        failed = set(self._failed(need for one in asked for need in one.needs))
        for one, rows in zip(asked, chosen, strict=True):
            if isinstance(rows[0][0], float) and failed.isdisjoint(one.needs):
                self._taken[one] = rows[0][0] == one.number

    def _is_known(self, one: Prepared, rows: Rows) -> bool:
        """Whether what the engine gives is a value, or an error that is not the engine's own."""
        values = [value for row in rows for value in row]
        if one.is_call:
            return bool(values)
        if not values or any(value is None or is_engines_own(value) for value in values):
            return False
        if one.reads_anything and any(isinstance(value, CellError) for value in values):
            return False
        return CellError.VALUE not in values or self._has_value_error(one)

    def _has_value_error(self, one: Prepared) -> bool:
        """Whether #VALUE! comes from a cell or call that has it, and not from the engine."""
        sites = [s for s in one.sites if all(self._taken.get(branch, False) for branch in s.within)]
        if any(CellError.VALUE in row for site in sites for row in site.rows()):
            return True
        reads = [self._used(cells) for cells in dict.fromkeys(one.reads)]
        return any(CellError.VALUE in row for rows in self._engine.read(reads) for row in rows)


def _sites(parts: Parts | None) -> list[Site]:
    return [part for part in parts or () if isinstance(part, Site)]


def _text(parts: Parts) -> str:
    return "".join(part.text if isinstance(part, Site) else part for part in parts)
