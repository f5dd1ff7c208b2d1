"""Which formulas stand on which: to find what stands on an unknown value, or on itself."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TypeAlias

from klantwaarde_xl.workbook.formulas.prepared import Prepared
from klantwaarde_xl.xlsx.areas import Cells

_Node: TypeAlias = "int | Cells"


class Precedents:
    """The formulas of a workbook, and the formula cells that each reads.

    Areas are nodes of the graph too, so that one that many formulas read is looked through once.
    """

    def __init__(self, formulas: Sequence[Prepared]) -> None:
        self._formulas = formulas
        found: dict[str, dict[int, list[tuple[int, int]]]] = {}
        for number, one in enumerate(formulas):
            area = one.cell.fills
            for column in range(area.left, area.right + 1):
                rows = found.setdefault(one.sheet, {}).setdefault(column, [])
                rows += [(row, number) for row in range(area.top, area.bottom + 1)]
        self._cells = {
            sheet: {column: sorted(rows) for column, rows in columns.items()}
            for sheet, columns in found.items()
        }

    def within(self, cells: Cells) -> Iterator[int]:
        """Give the formulas that fill a cell of an area."""
        columns, area = self._cells.get(cells.sheet, {}), cells.area
        wide = area.right - area.left >= len(columns)
        for column in columns if wide else range(area.left, area.right + 1):
            rows = columns.get(column)
            if rows and area.left <= column <= area.right:
                first = bisect_left(rows, (area.top, 0))
                last = bisect_right(rows, (area.bottom, len(self._formulas)))
                yield from (number for _, number in rows[first:last])

    def unknown(self, roots: Collection[int]) -> set[int]:
        """Return the formulas whose value cannot be known, given some that are not.

        Those that stand on an unknown one, directly or not, and those that stand on themselves. Where
        only computing tells what a formula reads, it reads everything.
        """
        found = self._spread(roots)
        anything = {number for number, one in enumerate(self._formulas) if one.reads_anything}
        if found - anything and anything - found:
            found = self._spread(found | anything)
        return found

    def _spread(self, roots: Collection[int]) -> set[int]:
        """Tarjan's components, each after all that it stands on."""
        bad: set[_Node] = set()
        order: dict[_Node, int] = {}
        low: dict[_Node, int] = {}
        open_nodes: list[_Node] = []
        is_open: set[_Node] = set()
        for start in range(len(self._formulas)):
            if start in order:
                continue
            order[start] = low[start] = len(order)
            open_nodes.append(start)
            is_open.add(start)
            path: list[tuple[_Node, Iterator[_Node]]] = [(start, iter(self._next(start)))]
            while path:
                node, following = path[-1]
                for other in following:
                    if other not in order:
                        order[other] = low[other] = len(order)
                        open_nodes.append(other)
                        is_open.add(other)
                        path.append((other, iter(self._next(other))))
                        break
                    if other in is_open:
                        low[node] = min(low[node], order[other])
                    elif other in bad:
                        bad.add(node)
                else:
                    path.pop()
                    if low[node] == order[node]:
                        self._close(node, open_nodes, is_open, bad, roots)
                    if path:
                        above = path[-1][0]
                        low[above] = min(low[above], low[node])
                        if node in bad:
                            bad.add(above)
        return {node for node in bad if isinstance(node, int)}

    def _close(
        self,
        node: _Node,
        open_nodes: list[_Node],
        is_open: set[_Node],
        bad: set[_Node],
        roots: Collection[int],
    ) -> None:
        """Take a whole component off the list; a circle is unknown, and so is what holds an unknown."""
        members = [open_nodes.pop()]
        while members[-1] != node:
            members.append(open_nodes.pop())
        is_open.difference_update(members)
        if len(members) > 1 or any(member in bad or member in roots for member in members):
            bad.update(members)

    def _next(self, node: _Node) -> Iterable[_Node]:
        if isinstance(node, int):
            return dict.fromkeys(self._formulas[node].reads)
        return self.within(node)
