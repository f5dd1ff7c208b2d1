"""A sheet with tables as far as a refresh touches it: what a client sends, and what actions do."""

import datetime as dt
import re

from klantwaarde_xl.addresses import Area, address, area
from tests.hosts.excel.wire import decode, encode

WIDTH = 256  # columns that a row has at most


def _trimmed(row):
    last = max((at for at, cell in enumerate(row, 1) if cell is not None), default=0)
    return row[:last]


class Sheet:
    """Cells from A1 on, one list a row; tables by name as areas that include header and totals."""

    def __init__(self, rows, tables, names=(), *, totals=()):
        self.rows = [list(row) for row in rows]
        self.tables = {name: area(reference) for name, reference in tables.items()}
        self.names = dict(names)
        self.totals = set(totals)
        self.formatted = []  # areas that took over the format of their first row
        self.added = {}  # sheets behind this one, by name
        self.properties = {}  # of the document; of Excel for Windows alone too
        # Of Excel for Windows alone, by row and column: texts of notes, threads and links, and colours
        self.attached = {"note": {}, "thread": {}, "link": {}, "fill": {}}

    def state(self):
        """All that it holds, as JSON."""
        return {
            "rows": encode([_trimmed(row) for row in self.rows]),
            "tables": {name: where.address for name, where in self.tables.items()},
            "names": self.names,
            "totals": sorted(self.totals),
            "properties": self.properties,
            "attached": {
                kind: [[*at, said] for at, said in held.items()] for kind, held in self.attached.items()
            },
            "added": {name: encode([_trimmed(row) for row in one.rows]) for name, one in self.added.items()},
        }

    def become(self, state):
        """Hold what a state says; its names stay."""
        self.rows = decode(state["rows"])
        self.tables = {name: area(reference) for name, reference in state["tables"].items()}
        self.totals = set(state["totals"])
        self.properties = state["properties"]
        self.attached = {
            kind: {(row, column): said for row, column, said in held}
            for kind, held in state["attached"].items()
        }
        self.added = {name: Sheet(decode(rows), {}) for name, rows in state["added"].items()}

    def book(self):
        """The book as the JavaScript client of xlwings sends it."""
        return {
            "client": "Office.js",
            "version": "0.37.8",
            "book": {"name": "Map1.xlsx", "active_sheet_index": 0, "selection": "A1"},
            "names": [self._name(name, target) for name, target in self.names.items()],
            "sheets": [
                {
                    "name": "Blad 1",
                    "values": [[self._sent(cell) for cell in row] for row in self.rows],
                    "pictures": [],
                    "tables": [self._table(name, where) for name, where in self.tables.items()],
                },
                *(sheet.sent(name) for name, sheet in self.added.items()),
            ],
        }

    def sent(self, name):
        """This sheet, without tables, as the client sends it."""
        values = [[self._sent(cell) for cell in row] for row in self.rows]
        return {"name": name, "values": values, "pictures": [], "tables": []}

    @staticmethod
    def _sent(cell):
        if isinstance(cell, dt.date):
            return f"{cell:%Y-%m-%d}T00:00:00.000Z"
        return "" if cell is None else cell

    @staticmethod
    def _name(name, target):
        cell = target if re.fullmatch(r"[A-Z]+\d+(:[A-Z]+\d+)?", target) else None
        absolute = cell and re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", cell)
        return {
            "name": name,
            "sheet_index": 0 if cell else None,
            "address": cell,
            "refers_to": f"='Blad 1'!{absolute}" if cell else target,
            "book_scope": True,
            "scope_sheet_name": None,
            "scope_sheet_index": None,
        }

    def _table(self, name, where):
        last = where.bottom - (name in self.totals)
        total = Area(where.bottom, where.left, where.bottom, where.right).address
        return {
            "name": name,
            "range_address": where.address,
            "header_row_range_address": Area(where.top, where.left, where.top, where.right).address,
            "data_body_range_address": Area(where.top + 1, where.left, last, where.right).address,
            "total_row_range_address": total if name in self.totals else None,
            "show_headers": True,
            "show_totals": name in self.totals,
            "show_autofilter": True,
        }

    def body(self, name):
        """The rows of a table below its header."""
        where = self.tables[name]
        last = where.bottom - (name in self.totals)
        return [self._row(r)[where.left - 1 : where.right] for r in range(where.top + 1, last + 1)]

    def cell(self, reference):
        where = area(reference)
        return self._row(where.top)[where.left - 1]

    def _row(self, number):
        while len(self.rows) < number:
            self.rows.append([])
        row = self.rows[number - 1]
        row += [None] * (WIDTH - len(row))
        return row

    def replay(self, actions):
        """Do what the client would do with the recorded actions."""
        for action in actions:
            if action["func"] == "addSheet":
                place, name = action["args"]
                assert place == 1 + len(self.added), "a sheet comes behind the others"
                self.added[name] = Sheet([], {})
                continue
            sheets = [self, *self.added.values()]
            getattr(sheets[action.get("sheet_position") or 0], "_" + action["func"])(action)

    def _setValues(self, action):  # noqa: N802  the names are the client's
        values = action["values"]
        assert len(values) == action["row_count"]
        for r, row in enumerate(values, action["start_row"] + 1):
            assert len(row) == action["column_count"]
            for c, value in enumerate(row, action["start_column"]):
                self._row(r)[c] = self._typed(value)

    @staticmethod
    def _typed(value):
        """What Excel makes of a value: an apostrophe keeps text, other digits become something."""
        if not isinstance(value, str):
            return value
        if value.startswith("'"):
            return value[1:]
        if re.fullmatch(r"\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?", value):
            return dt.datetime.fromisoformat(value)
        assert not re.match(r"[=+\-@]|.*\d", value), f"Excel would not keep {value!r} as text"
        return value or None

    def _rangeClearContents(self, action):  # noqa: N802
        for r in range(action["start_row"] + 1, action["start_row"] + action["row_count"] + 1):
            for c in range(action["start_column"], action["start_column"] + action["column_count"]):
                self._row(r)[c] = None

    def _resizeTable(self, action):  # noqa: N802
        index, reference = action["args"]
        name = list(self.tables)[index]
        old, new = self.tables[name], area(reference)
        assert (old.top, old.left, old.right) == (new.top, new.left, new.right)
        assert name not in self.totals, "a totals row is in the way"
        assert new.bottom > new.top, "a table has at least one row"
        self.tables[name] = new

    def _tableSort(self, action):  # noqa: N802
        index, (key,), (ascending,) = action["args"]
        name = list(self.tables)[index]
        where = self.tables[name]
        assert ascending
        body = self.body(name)
        order = sorted(range(len(body)), key=lambda at: body[at][key - 1])
        for r, at in enumerate(order, where.top + 1):
            self._row(r)[where.left - 1 : where.right] = body[at]
        came = {where.top + 1 + at: r for r, at in enumerate(order, where.top + 1)}
        for kind, held in self.attached.items():
            self.attached[kind] = {
                (came.get(r, r) if where.left <= c <= where.right else r, c): said
                for (r, c), said in held.items()
            }

    def _showTotalsTable(self, action):  # noqa: N802
        index, shown = action["args"]
        name = list(self.tables)[index]
        where = self.tables[name]
        if shown:
            where = where._replace(bottom=where.bottom + 1)
            self._row(where.bottom)[where.left - 1] = "Totaal"
            self.totals.add(name)
        else:
            self._row(where.bottom)[where.left - 1 : where.right] = [None] * (where.right - where.left + 1)
            where = where._replace(bottom=where.bottom - 1)
            self.totals.remove(name)
        self.tables[name] = where

    def _clearAutoFilterTable(self, action):  # noqa: N802
        index, columns = action["args"]
        assert 0 <= index < len(self.tables)
        assert columns is None

    def _rangeAutofill(self, action):  # noqa: N802
        *_, target, kind = action["args"]
        assert kind == "FillFormats"
        first = address(action["start_row"] + 1, action["start_column"] + 1, absolute=True)
        assert target.startswith(first)
        self.formatted.append(target)
